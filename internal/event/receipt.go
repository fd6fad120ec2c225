package event

import (
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// MaxReceipt is how many bytes a receipt or a consistency proof may have.
const MaxReceipt = 256 << 10

// The schema of a receipt file.
const (
	receiptSchema  = "gongkai receipt"
	receiptVersion = 1
)

// Receipt is a file that proves to anybody, without this system, that an event
// stands in the log that a head was signed for.
type Receipt struct {
	Schema  string      `json:"schema"`
	Version int         `json:"version"`
	Event   Record      `json:"event"`
	Index   int64       `json:"index"` // place in the log, from 0
	Leaf    tlog.Hash   `json:"leaf"`  // LeafHash of the event, base64
	Proof   []tlog.Hash `json:"proof"` // of inclusion (RFC 6962 2.1.1), from the leaf up
	Head    string      `json:"head"`  // the signed note
	Key     string      `json:"key"`   // name of the key that signed it
}

// Record is an event as files have it: every field of the leaf as text.
type Record struct {
	ID      string `json:"id"`
	At      string `json:"at"` // 2026-11-22T09:30:00.000000+08:00
	Actor   string `json:"actor"`
	Organ   string `json:"organ"`
	Subject string `json:"subject"`
	Kind    string `json:"kind"`
	Data    string `json:"data"` // the JSON text exactly as it was written
	State   string `json:"state"`
}

// NewReceipt puts a receipt together.
func NewReceipt(e Event, index int64, proof tlog.RecordProof, head Head) Receipt {
	return Receipt{
		Schema: receiptSchema, Version: receiptVersion, Index: index, Leaf: LeafHash(e), Proof: append([]tlog.Hash{}, proof...), Head: head.Note, Key: head.Origin,
		Event: Record{e.ID, e.At.In(clock.Shanghai).Format(timeForm), e.Actor, e.Organ, e.Subject.String(), string(e.Kind), string(e.Data), e.State},
	}
}

// JSON gives the receipt as a file.
func (r Receipt) JSON() []byte { return file(r) }

// Proven is what a receipt that holds has proven.
type Proven struct {
	Event Event
	Index int64
	Head  Head
}

// VerifyReceipt checks a receipt against keys that the caller trusts; nothing
// else is needed. The error says in Chinese what is wrong.
func VerifyReceipt(raw []byte, keys note.Verifiers) (Proven, error) {
	var r Receipt
	if err := readFile(raw, &r, "回执", receiptSchema, receiptVersion); err != nil {
		return Proven{}, err
	}
	e, err := r.Event.event()
	if err != nil {
		return Proven{}, err
	}
	if LeafHash(e) != r.Leaf {
		return Proven{}, errs.New(errs.Invalid, "回执中的记录（%s）被改动过：按记录算出的指纹与回执所载的不同。", e.ID)
	}
	head, err := OpenHead(r.Head, keys)
	if err != nil {
		return Proven{}, err
	}
	switch {
	case head.Origin != r.Key:
		return Proven{}, errs.New(errs.Invalid, "回执写的公钥名称“%s”与签名摘要的“%s”不同：回执被改动过。", r.Key, head.Origin)
	case r.Index < 0 || r.Index >= head.Size:
		return Proven{}, errs.New(errs.Invalid, "回执写的位置（%d）不在签名摘要所载的%d条之内：回执被改动过。", r.Index, head.Size)
	}
	if err := tlog.CheckRecord(r.Proof, head.Size, head.Root, r.Index, r.Leaf); err != nil {
		return Proven{}, errs.Wrap(err, errs.Invalid, "包含证明不成立：记录、位置或者证明中有一处被改动过，这份回执不能证明该记录在日志中。")
	}
	return Proven{e, r.Index, head}, nil
}

// event turns a record back; it refuses what could be read in two ways.
func (r Record) event() (Event, error) {
	e := Event{ID: r.ID, Actor: r.Actor, Organ: r.Organ, Kind: Kind(r.Kind), Data: json.RawMessage(r.Data), State: r.State}
	at, err := time.Parse(timeForm, r.At)
	if err != nil || at.Format(timeForm) != r.At {
		return e, errs.New(errs.Corrupt, "回执中记录的时间“%s”格式不对，应如 2026-11-22T09:30:00.000000+08:00。", clip(r.At))
	}
	e.At = at.In(clock.Shanghai)
	if e.At.Format(timeForm) != r.At {
		return e, errs.New(errs.Corrupt, "回执中记录的时间“%s”不是北京时间。", r.At)
	}
	var found bool
	if e.Subject.Type, e.Subject.ID, found = strings.Cut(r.Subject, "/"); !found {
		return e, errs.New(errs.Corrupt, "回执中记录的对象“%s”格式不对，应为“类型/编号”。", clip(r.Subject))
	}
	if !json.Valid(e.Data) {
		return e, errs.New(errs.Corrupt, "回执中记录的内容不是合法的 JSON。")
	}
	return e, nil
}

// clip shortens foreign text for a sentence.
func clip(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
