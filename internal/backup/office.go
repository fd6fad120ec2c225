package backup

import (
	"context"
	"io"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
)

// Roots tells which organs are at the top: a backup holds everything, so it
// needs the right there.
type Roots interface {
	Roots(ctx context.Context) ([]string, account.Hierarchy, error)
}

// Office is what people do with backups. Each act is an event of the organ at
// the top.
type Office struct {
	Shelf  Shelf
	Roots  Roots
	Append func(ctx context.Context, events ...event.Event) error
	Clock  clock.Clock
	IDs    ident.Source
}

func (o Office) may(ctx context.Context, actor account.Actor) (organ string, err error) {
	roots, h, err := o.Roots.Roots(ctx)
	if err != nil {
		return "", err
	}
	for _, root := range roots {
		if err := actor.May(account.MakeBackup, root, h); err != nil {
			return "", err
		}
		organ = root
	}
	if organ == "" {
		return "", errs.New(errs.Conflict, "系统还没有初始化。")
	}
	return organ, nil
}

func (o Office) record(ctx context.Context, actor account.Actor, organ, name string, kind event.Kind) error {
	pen := event.Pen{Actor: actor.ID, At: o.Clock.Now(), IDs: o.IDs}
	return o.Append(ctx, pen.Write(organ, event.Subject{Type: "backup", ID: name}, kind, nil))
}

// List gives the backups, the newest first.
func (o Office) List(ctx context.Context, actor account.Actor) ([]Entry, error) {
	if _, err := o.may(ctx, actor); err != nil {
		return nil, err
	}
	return o.Shelf.List()
}

// Make writes one now.
func (o Office) Make(ctx context.Context, actor account.Actor) (Entry, Manifest, error) {
	organ, err := o.may(ctx, actor)
	if err != nil {
		return Entry{}, Manifest{}, err
	}
	e, m, err := o.Shelf.Make(ctx, "manual")
	if err != nil {
		return e, m, err
	}
	return e, m, o.record(ctx, actor, organ, e.Name, "backup.made")
}

// Verify reads one wholly.
func (o Office) Verify(ctx context.Context, actor account.Actor, name string) (Manifest, error) {
	if _, err := o.may(ctx, actor); err != nil {
		return Manifest{}, err
	}
	return o.Shelf.Verify(ctx, name)
}

// Open gives one to be taken elsewhere.
func (o Office) Open(ctx context.Context, actor account.Actor, name string) (io.ReadCloser, Entry, error) {
	organ, err := o.may(ctx, actor)
	if err != nil {
		return nil, Entry{}, err
	}
	e, err := o.Shelf.Entry(name)
	if err != nil {
		return nil, e, err
	}
	if err := o.record(ctx, actor, organ, name, "backup.downloaded"); err != nil {
		return nil, e, err
	}
	r, err := o.Shelf.Open(name)
	return r, e, err
}

// EventKinds gives the words for what happens to backups.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: "backup.made", Chinese: "备份", English: "backup made"},
		{Kind: "backup.downloaded", Chinese: "下载备份", English: "backup downloaded"},
	}
}
