package collect

import (
	"context"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
)

// Sender is another gongkai that may send reports, known by its public key, for the
// organs at and below one.
type Sender struct {
	ID      string
	Organ   string // at and below it
	Name    string
	Key     string // verifier key of golang.org/x/mod/sumdb/note, as its public log shows it
	AddedBy string
	AddedAt time.Time
	EndedAt time.Time // zero while it may send
	UsedAt  time.Time // when something came last; zero for never
}

// What happens to senders.
const (
	SenderAdded event.Kind = "sender.added"
	SenderEnded event.Kind = "sender.ended"
)

// SenderSubject names a sender in the log.
func SenderSubject(id string) event.Subject { return event.Subject{Type: "sender", ID: id} }

// State is what verify compares with the record.
func (s Sender) State() string {
	return event.Digest([]any{s.ID, s.Organ, s.Name, s.Key, s.AddedBy, s.AddedAt.UnixMicro(), !s.EndedAt.IsZero()})
}

// Senders gives those that may send, or could, for organs of the actor.
func (d *Desk) Senders(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Sender], error) {
	places := actor.Where(account.EditClients)
	if len(places) == 0 {
		return paging.Page[Sender]{}, actor.May(account.EditClients, "", &org.Tree{})
	}
	return d.Store.Senders(ctx, places, q)
}

// AddSender lets another gongkai send reports for the organs at and below one.
func (d *Desk) AddSender(ctx context.Context, actor account.Actor, organ, name, key string) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.EditClients, organ, tree); err != nil {
		return err
	}
	var wrong errs.Fields
	name, key = strings.TrimSpace(name), strings.TrimSpace(key)
	if n := len([]rune(name)); n == 0 || n > 60 {
		wrong.Add("name", "请填写发送方的名称，不超过60个字。")
	}
	if _, err := note.NewVerifier(key); err != nil {
		wrong.Add("key", "公钥不正确；请从对方系统“公开日志”页面复制整行，如 zwgk.example.gov.cn+1a2b3c4d+……。")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	s := Sender{ID: d.IDs.New(), Organ: organ, Name: name, Key: key, AddedBy: actor.ID, AddedAt: d.Clock.Now()}
	e := d.pen(actor.ID).Write(organ, SenderSubject(s.ID), SenderAdded, map[string]any{"name": name, "key": key})
	e.State = s.State()
	return d.Store.AddSender(ctx, s, e1(e))
}

// EndSender lets a sender send no more. What it sent stays.
func (d *Desk) EndSender(ctx context.Context, actor account.Actor, id string) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	s, err := d.Store.Sender(ctx, id)
	if err != nil {
		return err
	}
	if err := actor.May(account.EditClients, s.Organ, tree); err != nil {
		return err
	}
	if !s.EndedAt.IsZero() {
		return errs.New(errs.Conflict, "这个发送方已经停用。")
	}
	s.EndedAt = d.Clock.Now()
	e := d.pen(actor.ID).Write(s.Organ, SenderSubject(id), SenderEnded, map[string]any{"name": s.Name})
	e.State = s.State()
	return d.Store.EndSender(ctx, s, e1(e))
}

// Sender gives one.
func (d *Desk) Sender(ctx context.Context, actor account.Actor, id string) (Sender, error) {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Sender{}, err
	}
	s, err := d.Store.Sender(ctx, id)
	if err != nil {
		return s, err
	}
	return s, actor.May(account.EditClients, s.Organ, tree)
}
