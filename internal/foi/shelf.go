package foi

import (
	"context"
	"encoding/json"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// ShelfKey names what somebody has put aside: the form of an act with a request,
// one of each.
type ShelfKey struct {
	Person, Request string
	Act             event.Kind
}

// place is where it is sealed: moved to another row it cannot be opened.
func (k ShelfKey) place() string {
	return "shelf/" + k.Person + "/" + k.Request + "/" + string(k.Act)
}

// Subject names it among what needs files.
func (k ShelfKey) Subject() event.Subject { return event.Subject{Type: "shelf", ID: k.place()} }

// Shelved is a form that somebody has begun and not sent, as it is kept.
type Shelved struct {
	ShelfKey
	Sealed []byte
	Files  []string // hashes of what was uploaded with it
	At     time.Time
	Until  time.Time
}

// Typed is what stood in it. Personal data may be among it, so it is sealed like
// them, and only who typed it gets it back.
type Typed struct {
	Act    event.Kind          `json:"act"`
	At     time.Time           `json:"at"`
	Seen   int                 `json:"seen"` // entries of the history when it was put aside
	Fields map[string][]string `json:"fields"`
	Files  map[string][]File   `json:"files,omitempty"`
}

// maxTyped is how many bytes may be put aside with one form.
const maxTyped = 2 << 20

// ShelfStore keeps what was put aside.
type ShelfStore interface {
	// Shelved gives what a person has put aside about a request and may still have.
	Shelved(ctx context.Context, person, request string, now time.Time) ([]Shelved, error)
	// Shelve takes the place of what stood under the same key.
	Shelve(ctx context.Context, s Shelved) error
	// Unshelve throws it away; nothing being there is no error.
	Unshelve(ctx context.Context, k ShelfKey) error
	// ForgetShelved throws away whose time is over.
	ForgetShelved(ctx context.Context, now time.Time) error
	// EveryShelved gives all of it behind a key, in order, so many at a time.
	EveryShelved(ctx context.Context, after ShelfKey, most int) ([]Shelved, error)
	// Resealed changes how it is sealed, if it still is as it was.
	Resealed(ctx context.Context, k ShelfKey, before, after []byte) error
}

// ShelfSeals is what a shelf wants of the key file.
type ShelfSeals interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
	Stale(sealed []byte) bool
}

// Shelf is where a form lies that somebody will go on with.
type Shelf struct {
	Store ShelfStore
	Desk  *Desk
	Seals ShelfSeals
	Clock clock.Clock
}

// Put puts a form aside for who typed it. Sending the form takes it away, and so do
// the days that the organ has set.
func (s *Shelf) Put(ctx context.Context, actor account.Actor, request string, typed Typed) error {
	r, err := s.Desk.Request(ctx, actor, request)
	if err != nil {
		return err
	}
	typed.Seen = len(r.History)
	return s.shelve(ctx, actor, r.Organ, r.ID, typed)
}

// NewRequest is what a registration is put aside as, before there is a request.
const NewRequest event.Kind = "request.new"

// PutNew puts a registration aside.
func (s *Shelf) PutNew(ctx context.Context, actor account.Actor, organ string, typed Typed) error {
	tree, err := s.Desk.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.HandleRequests, organ, tree); err != nil {
		return err
	}
	typed.Act = NewRequest
	return s.shelve(ctx, actor, organ, "", typed)
}

func (s *Shelf) shelve(ctx context.Context, actor account.Actor, organ, request string, typed Typed) error {
	policy, err := s.Desk.Policies.RequestPolicy(ctx, organ)
	if err != nil {
		return err
	}
	typed.At = s.Clock.Now()
	plain, err := json.Marshal(typed)
	if err != nil {
		return err
	}
	if len(plain) > maxTyped {
		return errs.New(errs.TooLarge, "填写的内容超过%d MiB，不能暂存；请删减以后再暂存。", maxTyped>>20)
	}
	one := Shelved{ShelfKey: ShelfKey{actor.ID, request, typed.Act}, At: typed.At, Until: typed.At.AddDate(0, 0, policy.ShelfDays)}
	if one.Sealed, err = s.Seals.Seal(one.place(), plain); err != nil {
		return err
	}
	for _, files := range typed.Files {
		for _, f := range files {
			one.Files = append(one.Files, f.Hash)
		}
	}
	return s.Store.Shelve(ctx, one)
}

// Of gives what the actor has put aside about a request, the latest first.
func (s *Shelf) Of(ctx context.Context, actor account.Actor, request string) ([]Typed, error) {
	kept, err := s.Store.Shelved(ctx, actor.ID, request, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	var all []Typed
	for _, k := range kept {
		plain, err := s.Seals.Open(k.place(), k.Sealed)
		if err != nil {
			return nil, err
		}
		var t Typed
		if err := json.Unmarshal(plain, &t); err != nil {
			return nil, errs.Wrap(err, errs.Corrupt, "暂存的内容损坏，读不出来；请重新填写。")
		}
		all = append(all, t)
	}
	return all, nil
}

// Drop throws away what the actor has put aside.
func (s *Shelf) Drop(ctx context.Context, actor account.Actor, request string, act event.Kind) error {
	return s.Store.Unshelve(ctx, ShelfKey{actor.ID, request, act})
}

// shelvedAtOnce is how many are read at a time.
const shelvedAtOnce = 200

// each goes through everything on the shelf.
func (s *Shelf) each(ctx context.Context, do func(Shelved) error) error {
	var last ShelfKey
	for {
		some, err := s.Store.EveryShelved(ctx, last, shelvedAtOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, one := range some {
			last = one.ShelfKey
			if err := do(one); err != nil {
				return err
			}
		}
	}
}

// Reseal seals with the active key what an older one has sealed, and gives the
// number.
func (s *Shelf) Reseal(ctx context.Context) (n int, err error) {
	err = s.each(ctx, func(one Shelved) error {
		if !s.Seals.Stale(one.Sealed) {
			return nil
		}
		plain, err := s.Seals.Open(one.place(), one.Sealed)
		if err != nil {
			return err
		}
		fresh, err := s.Seals.Seal(one.place(), plain)
		if err == nil {
			err = s.Store.Resealed(ctx, one.ShelfKey, one.Sealed, fresh)
		}
		n++
		return err
	})
	return n, err
}

// Sealed goes through everything that is sealed.
func (s *Shelf) Sealed(ctx context.Context, look func(place string, sealed []byte) error) error {
	return s.each(ctx, func(one Shelved) error { return look(one.place(), one.Sealed) })
}
