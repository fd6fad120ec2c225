package mail

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"gongkai/internal/errs"
)

// Gateway hands short messages over to the gateway of an operator, by a webhook:
// one POST of JSON {"id", "to", "text", "at"}, which the gateway answers with a
// status of 2xx. It may be sent again with the same id.
//
// The call is signed: SignatureHeader holds “sha256=” and the hexadecimal
// HMAC-SHA256, with the shared secret, of TimeHeader's value, a full stop, and
// the body. A gateway refuses what is not signed, or older than some minutes.
type Gateway struct {
	URL    string
	Secret string
}

// Headers of a call.
const (
	SignatureHeader = "X-Gongkai-Signature"
	TimeHeader      = "X-Gongkai-Time" // seconds since 1970
)

// shortMessage is the body of a call.
type shortMessage struct {
	ID   string `json:"id"`
	To   string `json:"to"`
	Text string `json:"text"`
	At   string `json:"at"` // RFC 3339
}

// hook never follows a redirect, which would carry the number elsewhere.
var hook = &http.Client{
	Timeout:       timeout,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Send hands over one message.
func (g Gateway) Send(ctx context.Context, m Message) error {
	body, err := json.Marshal(shortMessage{m.ID, m.To, m.Text, m.At.Format(time.RFC3339)})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(body))
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "短信网关的地址不正确，请检查配置项 sms-url。")
	}
	at := strconv.FormatInt(m.At.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(TimeHeader, at)
	r.Header.Set(SignatureHeader, Sign(g.Secret, at, body))
	resp, err := hook.Do(r)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "短信网关没有应答，稍后自动重试。")
	}
	defer func() { _ = resp.Body.Close() }()
	const enough = 64 << 10 // the rest of an answer is nobody's business
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, enough))
	switch {
	case resp.StatusCode >= 200 && resp.StatusCode < 300:
		return nil
	case resp.StatusCode == http.StatusUnprocessableEntity:
		return errs.New(errs.Invalid, "短信网关拒收：号码或者内容不被接受（%d）。", resp.StatusCode)
	}
	return errs.New(errs.Unavailable, "短信网关没有接收短信（%d），稍后自动重试。", resp.StatusCode)
}

// Sign gives the signature of a call.
func Sign(secret, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "."))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}
