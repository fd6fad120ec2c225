package holiday

import (
	"context"
	"sync"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
)

// Store keeps notices.
type Store interface {
	// Revision counts the changes of what is in force.
	Revision(ctx context.Context) (int64, error)
	// All gives every notice, in the order in which they were added.
	All(ctx context.Context) ([]Record, error)
	// Update changes a notice as judge says, or adds it when there is none with
	// its key. judge sees all notices as the transaction does, and gives the one
	// to keep. Changes of notices come one after the other.
	Update(ctx context.Context, judge func(all []Record) (Record, []event.Event, error)) error
}

// Mover counts open deadlines anew. Both methods leave alone what is closed, and
// what the calendar does not reach.
type Mover interface {
	// Preview gives the deadlines that another calendar moves, among the first of those
	// that are open; all tells whether it has looked at every one.
	Preview(ctx context.Context, next *calendar.Calendar, most int) (moves []calendar.Move, all bool, err error)
	// Apply moves them, and tells as it goes how many it has moved; a second time it
	// finds nothing to move.
	Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar, told func(moved int)) (moved int, err error)
}

// Keeper keeps the calendar that all deadlines are counted by. It may be used
// from many goroutines.
type Keeper struct {
	Store  Store
	Trees  org.Trees
	Clock  clock.Clock
	IDs    ident.Source
	Movers []Mover // set before anybody uses the keeper
	// Later lets the deadlines be moved by a job, which calls Move; nil where Apply moves
	// them itself. A county has thousands of them.
	Later func(ctx context.Context, actor, notice string) error

	mu       sync.Mutex
	calendar *calendar.Calendar
	revision int64
	looked   time.Time
}

// glance is how long the calendar is taken for current without asking.
const glance = time.Second

// Forget makes the next look ask the database.
func (k *Keeper) Forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.looked = time.Time{}
}

// Calendar gives the calendar in force: the built-in notices, and those that
// were applied since. It is made once and again only when a notice is applied:
// by this process at once, by another within the second.
func (k *Keeper) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.Clock.Now()
	if k.calendar != nil && now.Sub(k.looked) < glance && !now.Before(k.looked) {
		return k.calendar, nil
	}
	revision, err := k.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	if k.calendar == nil || revision != k.revision {
		all, err := k.Store.All(ctx)
		if err != nil {
			return nil, err
		}
		made, err := compose(inForce(all))
		if err != nil {
			return nil, err
		}
		k.calendar, k.revision = made, revision
	}
	k.looked = now
	return k.calendar, nil
}

func (k *Keeper) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.looked = time.Time{}
}

// List gives every notice that was added, the latest first.
func (k *Keeper) List(ctx context.Context, actor account.Actor) ([]Record, error) {
	if err := k.maySee(actor); err != nil {
		return nil, err
	}
	all, err := k.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	latest := make([]Record, len(all))
	for i, r := range all {
		latest[len(all)-1-i] = r
	}
	return latest, nil
}

// Notice gives one notice.
func (k *Keeper) Notice(ctx context.Context, actor account.Actor, id string) (Record, error) {
	all, err := k.List(ctx, actor)
	if err != nil {
		return Record{}, err
	}
	return find(all, id)
}

func find(all []Record, id string) (Record, error) {
	for _, r := range all {
		if r.ID == id {
			return r, nil
		}
	}
	return Record{}, errs.New(errs.NotFound, "没有这份放假通知。")
}

// maySee judges SeeCalendar, which holds for the one calendar wherever it was
// granted.
func (k *Keeper) maySee(actor account.Actor) error {
	if actor.Can(account.SeeCalendar) {
		return nil
	}
	return actor.May(account.SeeCalendar, "", &org.Tree{})
}

// MayEdit tells with nil whether the actor may change the calendar. All organs
// count by it, so the right must hold in an organ that is below none.
func (k *Keeper) MayEdit(ctx context.Context, actor account.Actor) error {
	_, err := k.mayEdit(ctx, actor)
	return err
}

// mayEdit also gives the organ whose business the change is.
func (k *Keeper) mayEdit(ctx context.Context, actor account.Actor) (string, error) {
	tree, err := k.Trees.Tree(ctx)
	if err != nil {
		return "", err
	}
	err = actor.May(account.EditCalendar, "", tree)
	for _, root := range tree.Children("") {
		if err = actor.May(account.EditCalendar, root.ID, tree); err == nil {
			return root.ID, nil
		}
	}
	return "", err
}

func (k *Keeper) pen(actor string) event.Pen {
	return event.Pen{Actor: actor, At: k.Clock.Now(), IDs: k.IDs}
}
