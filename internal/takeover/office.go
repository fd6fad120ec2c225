package takeover

import (
	"context"
	"encoding/json"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/arrival"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/ident"
	"gongkai/internal/job"
	"gongkai/internal/org"
)

// Imported is that a ledger became requests.
const Imported event.Kind = "ledger.imported"

// EventKinds gives the words for what happens.
func EventKinds() []event.Meaning {
	return []event.Meaning{{Kind: Imported, Chinese: "导入台账", English: "ledger taken over"}}
}

// Store keeps ledgers on their way.
type Store interface {
	arrival.Store[Ledger]
	// Add keeps a ledger together with the job that looks at it.
	Add(ctx context.Context, l Ledger, j job.Job) error
	// Ledger gives NotFound when there is none.
	Ledger(ctx context.Context, id string) (Ledger, error)
	// Latest gives the latest ledgers that somebody brought, without their content.
	Latest(ctx context.Context, person string, most int) ([]Ledger, error)
	// Forget drops those that came before a moment.
	Forget(ctx context.Context, before time.Time) error
}

// Sealer seals what is known of a ledger.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
}

// Office takes ledgers over.
type Office struct {
	Store Store
	Desk  *foi.Desk
	Trees org.Trees
	Queue job.Queue
	Seals Sealer
	// Read gives the rows of a spreadsheet.
	Read func(ctx context.Context, name string, data []byte) ([][]string, error)
	// People knows who brought a ledger, and what they may do now.
	People interface {
		Person(ctx context.Context, id string) (account.Person, error)
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	Clock clock.Clock
	IDs   ident.Source
}

func place(id string) string { return "ledger/" + id }

func (o Office) seal(id string, c Content) ([]byte, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return o.Seals.Seal(place(id), plain)
}

func (o Office) open(l Ledger) (c Content, err error) {
	if len(l.Sealed) == 0 {
		return c, nil
	}
	plain, err := o.Seals.Open(place(l.ID), l.Sealed)
	if err == nil {
		err = json.Unmarshal(plain, &c)
	}
	if err != nil {
		err = errs.Wrap(err, errs.Corrupt, "保存的台账解不开；请重新选择文件。")
	}
	return c, err
}

// MayBring tells with nil whether the actor may bring a ledger into an organ.
func (o Office) MayBring(ctx context.Context, actor account.Actor, organ string) error {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	return actor.May(account.HandleRequests, organ, tree)
}

// Bring takes a file in, to be looked at.
func (o Office) Bring(ctx context.Context, actor account.Actor, organ, name string, data []byte) (id string, err error) {
	if err := o.MayBring(ctx, actor, organ); err != nil {
		return "", err
	}
	l := Ledger{Ticket: arrival.Ticket{ID: o.IDs.New(), Organ: organ, Person: actor.ID, State: arrival.Looking, At: o.Clock.Now()}}
	if l.Sealed, err = o.seal(l.ID, Content{Name: name, File: data}); err != nil {
		return "", err
	}
	j, err := o.desk().Begin(&l)
	if err != nil {
		return "", err
	}
	return l.ID, o.Store.Add(ctx, l, j)
}

// desk is what passes ledgers on.
func (o Office) desk() arrival.Desk[Ledger, *Ledger] {
	return arrival.Desk[Ledger, *Ledger]{Store: o.Store, Queue: o.Queue, Noun: "台账", Name: "ledger", Look: LookKind, Keep: KeepKind, Person: o.People.Person, Load: o.Store.Ledger}
}

// Standing is a ledger as its page shows it.
type Standing struct {
	Ledger
	Content
	Job job.Job // that has it; zero when none does
}

// Show gives a ledger to who brought it. To others it is not there.
func (o Office) Show(ctx context.Context, actor account.Actor, id string) (s Standing, err error) {
	if s.Ledger, err = o.Store.Ledger(ctx, id); err != nil {
		return s, err
	}
	if s.Person != actor.ID {
		return s, errs.New(errs.NotFound, "没有这份台账，可能已经过期清除。")
	}
	if err := o.MayBring(ctx, actor, s.Organ); err != nil {
		return s, err
	}
	if s.Content, err = o.open(s.Ledger); err != nil {
		return s, err
	}
	s.Job, err = o.desk().Job(ctx, s.Ticket)
	return s, err
}

// Latest gives the latest ledgers that the actor brought.
func (o Office) Latest(ctx context.Context, actor account.Actor) ([]Ledger, error) {
	const most = 5
	return o.Store.Latest(ctx, actor.ID, most)
}

// Look lets a ledger be looked at again, with what its columns mean.
func (o Office) Look(ctx context.Context, actor account.Actor, id string, m sheet.Mapping) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State != arrival.Looked || s.Found.Trouble != "" {
		return o.desk().Refusal(s.State)
	}
	s.Mapping, s.Found = m, Found{}
	return o.pass(ctx, s, arrival.Looking)
}

// Confirm lets the requests of a ledger be kept.
func (o Office) Confirm(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State != arrival.Looked {
		return o.desk().Refusal(s.State)
	}
	if !s.Found.Good() {
		return errs.New(errs.Conflict, "台账里还有问题，没有导入；请更正以后重新检查。")
	}
	return o.pass(ctx, s, arrival.Keeping)
}

// pass gives a ledger that was looked at to a job.
func (o Office) pass(ctx context.Context, s Standing, to arrival.State) (err error) {
	if s.Sealed, err = o.seal(s.ID, s.Content); err != nil {
		return err
	}
	return o.desk().Pass(ctx, s.Ledger, to)
}

// Again lets a job be tried anew that was given up.
func (o Office) Again(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	return o.desk().Again(ctx, s.Ledger, s.Job)
}

// GiveUp throws a ledger away that was not kept.
func (o Office) GiveUp(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	return o.desk().GiveUp(ctx, s.Ticket, s.Job)
}

// keepFor is how long a ledger waits for who brought it.
const keepFor = 3 * 24 * time.Hour

// Forget drops ledgers whose time is over.
func (o Office) Forget(ctx context.Context) error {
	return o.Store.Forget(ctx, o.Clock.Now().Add(-keepFor))
}
