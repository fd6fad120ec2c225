package event

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// Head says how long the log was at a moment and what its root was then. Signed
// and published, it binds everything before it: whoever has kept one can prove
// that the log was changed.
//
// Its note is signed as golang.org/x/mod/sumdb/note does, over four lines:
//
//	the log's origin, which is the name of its key
//	the size in decimal
//	the root in base64
//	the time, as 2026-11-22T09:30:00.000000+08:00
type Head struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	At     time.Time
	Note   string // with its signatures, as published
}

// timeForm is how heads and receipts write a time. It takes one form only.
const timeForm = "2006-01-02T15:04:05.000000-07:00"

// maxSize bounds what a head may claim; no log comes near it.
const maxSize = 1 << 56

// SignHead signs what a log is at a moment.
func SignHead(log *Log, at time.Time, signer note.Signer) (Head, error) {
	h := Head{Origin: signer.Name(), Size: log.Size(), Root: log.Root(), At: clock.Cut(at)}
	signed, err := note.Sign(&note.Note{Text: h.text()}, signer)
	h.Note = string(signed)
	return h, err
}

func (h Head) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s\n", h.Origin, h.Size, h.Root, h.At.Format(timeForm))
}

// OpenHead reads a signed head and checks its signature against keys that the
// caller trusts. The error says what is wrong.
func OpenHead(signed string, keys note.Verifiers) (Head, error) {
	n, err := note.Open([]byte(signed), keys)
	var (
		unknown *note.UnverifiedNoteError
		invalid *note.InvalidSignatureError
	)
	switch {
	case errors.As(err, &unknown):
		return Head{}, errs.Wrap(err, errs.Invalid, "签名摘要由“%s”的密钥签名，而所用的公钥不是它的；请核对公钥的来源。", signers(unknown.Note))
	case errors.As(err, &invalid):
		return Head{}, errs.Wrap(err, errs.Invalid, "签名摘要的内容与“%s”的签名不符：摘要被改动过，或者签名是伪造的。", invalid.Name)
	case err != nil:
		return Head{}, errs.Wrap(err, errs.Corrupt, "签名摘要不完整或者格式不对，请重新取得。")
	}
	h, ok := parseHead(n.Text)
	if !ok {
		return Head{}, errs.New(errs.Corrupt, "签名摘要的内容不是日志摘要：应为名称、条数、根值和时间四行。")
	}
	h.Note = signed
	return h, nil
}

func signers(n *note.Note) string {
	var names []string
	for _, s := range n.UnverifiedSigs {
		names = append(names, s.Name)
	}
	return strings.Join(names, "、")
}

// ParseHead reads a head without looking at its signature, for showing it; only
// OpenHead proves anything.
func ParseHead(signed string) (Head, bool) {
	text, _, _ := strings.Cut(signed, "\n\n")
	h, ok := parseHead(text + "\n")
	h.Note = signed
	return h, ok
}

func parseHead(text string) (h Head, ok bool) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return h, false
	}
	h.Origin = lines[0]
	var err error
	if h.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || h.Size < 0 || h.Size > maxSize {
		return h, false
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return h, false
	}
	if h.At, err = time.Parse(timeForm, lines[3]); err != nil {
		return h, false
	}
	h.At = h.At.In(clock.Shanghai)
	return h, h.text() == text // one way to write it, no other
}
