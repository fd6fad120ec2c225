package takeover

import (
	"context"
	"encoding/json"
	"time"

	"gongkai/internal/account"
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
	// Add keeps a ledger together with the job that looks at it.
	Add(ctx context.Context, l Ledger, j job.Job) error
	// Ledger gives NotFound when there is none.
	Ledger(ctx context.Context, id string) (Ledger, error)
	// Change makes a ledger that is in a state what it is now, with the job that is to
	// have it then, nil for none; false when it is in that state no longer.
	Change(ctx context.Context, from State, l Ledger, j *job.Job) (bool, error)
	// Latest gives the latest ledgers that somebody brought, without their content.
	Latest(ctx context.Context, person string, most int) ([]Ledger, error)
	// Drop forgets a ledger that no job has.
	Drop(ctx context.Context, id string) error
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
	l := Ledger{ID: o.IDs.New(), Organ: organ, Person: actor.ID, State: Looking, At: o.Clock.Now()}
	if l.Sealed, err = o.seal(l.ID, Content{Name: name, File: data}); err != nil {
		return "", err
	}
	j, err := o.job(LookKind, &l)
	if err != nil {
		return "", err
	}
	return l.ID, o.Store.Add(ctx, l, j)
}

// job makes the job that is to have a ledger.
func (o Office) job(kind job.Kind, l *Ledger) (job.Job, error) {
	j, err := o.Queue.Make(kind, map[string]string{"ledger": l.ID}, job.Options{})
	l.Job = j.ID
	return j, err
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
	if s.Content, err = o.open(s.Ledger); err != nil || !s.State.Busy() {
		return s, err
	}
	s.Job, err = o.Queue.Store.Job(ctx, s.Ledger.Job)
	if errs.KindOf(err) == errs.NotFound {
		err = nil
	}
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
	if s.State != Looked || s.Found.Trouble != "" {
		return busy(s.State)
	}
	s.Mapping, s.Found = m, Found{}
	return o.pass(ctx, s, Looking, LookKind)
}

// Confirm lets the requests of a ledger be kept.
func (o Office) Confirm(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State != Looked {
		return busy(s.State)
	}
	if !s.Found.Good() {
		return errs.New(errs.Conflict, "台账里还有问题，没有导入；请更正以后重新检查。")
	}
	return o.pass(ctx, s, Keeping, KeepKind)
}

// pass gives a ledger that was looked at to a job.
func (o Office) pass(ctx context.Context, s Standing, to State, kind job.Kind) (err error) {
	l := s.Ledger
	if l.Sealed, err = o.seal(l.ID, s.Content); err != nil {
		return err
	}
	l.State = to
	j, err := o.job(kind, &l)
	if err != nil {
		return err
	}
	changed, err := o.Store.Change(ctx, Looked, l, &j)
	if err == nil && !changed {
		err = busy(to)
	}
	return err
}

func busy(s State) error {
	switch s {
	case Kept:
		return errs.New(errs.Conflict, "这份台账已经导入。")
	case Keeping:
		return errs.New(errs.Conflict, "这份台账正在导入，请等待结果。")
	}
	return errs.New(errs.Conflict, "这份台账正在检查，请等待结果。")
}

// Again lets a job be tried anew that was given up.
func (o Office) Again(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if !s.State.Busy() || s.Job.Unfinished() {
		return busy(s.State)
	}
	kind := LookKind
	if s.State == Keeping {
		kind = KeepKind
	}
	l := s.Ledger
	j, err := o.job(kind, &l)
	if err != nil {
		return err
	}
	_, err = o.Store.Change(ctx, l.State, l, &j)
	return err
}

// GiveUp throws a ledger away that was not kept.
func (o Office) GiveUp(ctx context.Context, actor account.Actor, id string) error {
	s, err := o.Show(ctx, actor, id)
	if err != nil {
		return err
	}
	if s.State.Busy() && s.Job.Unfinished() {
		return busy(s.State)
	}
	return o.Store.Drop(ctx, id)
}

// keepFor is how long a ledger waits for who brought it.
const keepFor = 3 * 24 * time.Hour

// Forget drops ledgers whose time is over.
func (o Office) Forget(ctx context.Context) error {
	return o.Store.Forget(ctx, o.Clock.Now().Add(-keepFor))
}
