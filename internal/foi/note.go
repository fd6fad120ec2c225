package foi

import (
	"context"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Note is a word from one officer to the next about a request. It is no part of
// the request: it is never sent, shown to an applicant, or written into an event.
type Note struct {
	ID, Request, By string
	At              time.Time
	Text            string
}

// Noted is the event of a note; it says that there is one.
const Noted event.Kind = "request.noted"

// MaxNote is how many characters a note may have.
const MaxNote = 2000

// NoteStore keeps notes.
type NoteStore interface {
	AddNote(ctx context.Context, n Note, events ...event.Event) error
	// Notes gives those of a request, the latest first.
	Notes(ctx context.Context, request string) ([]Note, error)
}

// Notebook is what is done with notes.
type Notebook struct {
	Store NoteStore
	Desk  *Desk
}

// Write keeps a note of somebody who may do something with the request.
func (b Notebook) Write(ctx context.Context, actor account.Actor, request, text string) error {
	r, err := b.request(ctx, actor, request)
	if err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return errs.InField("note", "请写下备注的内容。")
	case n > MaxNote:
		return errs.InField("note", "备注太长，不超过2000个字。")
	}
	n := Note{ID: b.Desk.IDs.New(), Request: r.ID, By: actor.ID, At: b.Desk.Clock.Now(), Text: text}
	noted := event.Pen{Actor: actor.ID, At: n.At, IDs: b.Desk.IDs}.Write(r.Organ, Subject(r.ID), Noted, map[string]string{"note": n.ID})
	return b.Store.AddNote(ctx, n, noted)
}

// Of gives the notes about a request, to those who may see all of it.
func (b Notebook) Of(ctx context.Context, actor account.Actor, request string) ([]Note, error) {
	r, err := b.request(ctx, actor, request)
	if err != nil {
		return nil, err
	}
	return b.Store.Notes(ctx, r.ID)
}

// request loads a request for somebody who may see it where it is handled: who was
// asked to search reads no notes.
func (b Notebook) request(ctx context.Context, actor account.Actor, id string) (Request, error) {
	r, err := b.Desk.Request(ctx, actor, id)
	if err != nil {
		return r, err
	}
	tree, err := b.Desk.Trees.Tree(ctx)
	if err != nil {
		return r, err
	}
	return r, actor.May(account.SeeRequests, r.Organ, tree)
}
