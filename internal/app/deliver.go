package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/setting"
	"gongkai/internal/web/api"
)

// deliverReports is the job that carries reports to the superior's gongkai.
const deliverReports job.Kind = "report.deliver"

// outbox is how reports leave for the superior's gongkai.
func (a *App) outbox() collect.Outbox {
	r := a.rooms
	return collect.Outbox{
		Desk: r.collect, Courier: courier{&http.Client{Timeout: 2 * time.Minute}},
		Signer:  func() (note.Signer, error) { return a.keys.LogSigner() },
		Reports: r.reports, Print: enclosed,
	}
}

// superiors read off the settings to whom organs submit.
type superiors struct{ settings *setting.Book }

// Superior gives to whom an organ submits.
func (x superiors) Superior(ctx context.Context, organ string) (s compile.Superior, err error) {
	if s.Name, err = x.settings.Text(ctx, organ, setting.SuperiorName); err != nil {
		return s, err
	}
	s.Address, err = x.settings.Text(ctx, organ, setting.SuperiorSite)
	s.Address = strings.TrimSuffix(s.Address, "/")
	return s, err
}

// enclosed makes the files that go along with a report.
func enclosed(r *annual.Report) ([]collect.Enclosed, error) {
	form := write.Document(r)
	var b bytes.Buffer
	if err := open.Write(&b, doc.DOCX, form); err != nil {
		return nil, err
	}
	return []collect.Enclosed{{Name: form.Title + ".docx", SHA256: sha256Hex(b.Bytes()), Content: b.Bytes()}}, nil
}

// reportsIn takes in what another gongkai sends.
type reportsIn struct{ *collect.Desk }

// Receiver names the key to which others send.
func (r reportsIn) Receiver() string { return r.Name }

// courier carries reports over HTTP.
type courier struct{ client *http.Client }

// maxReply is how many bytes of an answer are read.
const maxReply = 1 << 20

// Receiver asks a site for the name of its key.
func (c courier) Receiver(ctx context.Context, address string) (string, error) {
	var said struct {
		Name string `json:"name"`
	}
	if err := c.call(ctx, http.MethodGet, address+api.Prefix+"/reports/receiver", nil, &said); err != nil {
		return "", err
	}
	if said.Name == "" {
		return "", errs.New(errs.Unavailable, "上级系统没有说明它是谁，请核对设置的网址。")
	}
	return said.Name, nil
}

// Carry brings an envelope to a site.
func (c courier) Carry(ctx context.Context, address string, e collect.Envelope) (string, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	var said struct {
		ID    string `json:"id"`
		Organ string `json:"organ"`
	}
	if err := c.call(ctx, http.MethodPost, address+api.Prefix+"/reports/received", body, &said); err != nil {
		return "", err
	}
	return said.ID, nil
}

func (c courier) call(ctx context.Context, method, address string, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "上级系统的网址“%s”不正确，请核对设置。", address)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(r)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "连不上上级系统，稍后自动重试。")
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxReply))
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "上级系统的应答没有收全，稍后自动重试。")
	}
	if answer.StatusCode == http.StatusOK {
		if err := json.Unmarshal(raw, into); err != nil {
			return errs.Wrap(err, errs.Unavailable, "上级系统的应答看不懂，请核对设置的网址。")
		}
		return nil
	}
	var problem struct {
		Detail string `json:"detail"`
	}
	if err := json.Unmarshal(raw, &problem); err != nil || problem.Detail == "" {
		return errs.Wrap(errors.Join(err, errors.New(answer.Status)), errs.Unavailable, "上级系统暂时不能接收（%s），稍后自动重试。", answer.Status)
	}
	if answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusTooManyRequests {
		return errs.New(errs.Unavailable, "上级系统：%s", problem.Detail)
	}
	return errs.New(errs.Conflict, "%s", problem.Detail)
}

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
