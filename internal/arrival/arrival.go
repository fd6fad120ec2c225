// Package arrival holds what all lists have in common that somebody brings and that
// become records: a job looks at them line by line, who brought them reads what was found
// and says a word, and a second job keeps what is to be kept. A list is in one state at a
// time and at most one job has it; what comes of an attempt that was overtaken is
// nothing. What stands in a list, and what it becomes, is the business of takeover and
// accession.
//
// Start at Desk.
package arrival

import (
	"context"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
)

// State is how far a list is.
type State string

// The states.
const (
	Looking State = "looking" // it is read and looked at
	Looked  State = "looked"  // it is known what is wrong with it
	Keeping State = "keeping" // its records are being kept
	Kept    State = "kept"
)

// Busy tells whether a job has the list.
func (s State) Busy() bool { return s == Looking || s == Keeping }

// Ticket is what is known of any list on its way in.
type Ticket struct {
	ID     string
	Organ  string
	Person string // who brought it
	State  State
	Job    string // that has it, or had it last
	At     time.Time
}

// Of gives the ticket of what has one.
func (t *Ticket) Of() *Ticket { return t }

// Store keeps lists on their way.
type Store[L any] interface {
	// Change makes a list that is in a state what it is now, with the job that is to
	// have it then, nil for none, and with what happened; false when it is in that
	// state no longer.
	Change(ctx context.Context, from State, l L, j *job.Job, happened ...event.Event) (bool, error)
	// Drop forgets a list.
	Drop(ctx context.Context, id string) error
}

// Desk passes lists from hand to hand: *L has a ticket.
type Desk[L any, P interface {
	*L
	Of() *Ticket
}] struct {
	Store  Store[L]
	Queue  job.Queue
	Noun   string   // what such a list is called, in Chinese
	Name   string   // of its key in what a job is told
	Look   job.Kind // that looks at it
	Keep   job.Kind // that keeps it
	Person func(ctx context.Context, id string) (account.Person, error)
	// Load gives a list by its key, NotFound when there is none.
	Load func(ctx context.Context, id string) (L, error)
}

// Begin makes the job that is first to have a list.
func (d Desk[L, P]) Begin(l *L) (job.Job, error) { return d.job(l, Looking) }

// job makes the job that has lists in a state.
func (d Desk[L, P]) job(l *L, in State) (job.Job, error) {
	kind := d.Look
	if in == Keeping {
		kind = d.Keep
	}
	t := P(l).Of()
	j, err := d.Queue.Make(kind, map[string]string{d.Name: t.ID}, job.Options{})
	t.Job = j.ID
	return j, err
}

// Job gives the job that has a list; zero when none does.
func (d Desk[L, P]) Job(ctx context.Context, t Ticket) (job.Job, error) {
	if !t.State.Busy() {
		return job.Job{}, nil
	}
	j, err := d.Queue.Store.Job(ctx, t.Job)
	if errs.KindOf(err) == errs.NotFound {
		err = nil
	}
	return j, err
}

// Pass gives a list that was looked at to the next job, with what happened.
func (d Desk[L, P]) Pass(ctx context.Context, l L, to State, happened ...event.Event) error {
	P(&l).Of().State = to
	j, err := d.job(&l, to)
	if err != nil {
		return err
	}
	changed, err := d.Store.Change(ctx, Looked, l, &j, happened...)
	if err == nil && !changed {
		err = d.Refusal(to)
	}
	return err
}

// Looked keeps what a job has found, while it still has the list.
func (d Desk[L, P]) Looked(ctx context.Context, l L) error {
	t := P(&l).Of()
	from := t.State
	t.State = Looked
	_, err := d.Store.Change(ctx, from, l, nil)
	return err
}

// Refusal says why nothing can be done with a list in a state.
func (d Desk[L, P]) Refusal(s State) error {
	switch s {
	case Kept:
		return errs.New(errs.Conflict, "这份%s已经导入。", d.Noun)
	case Keeping:
		return errs.New(errs.Conflict, "这份%s正在导入，请等待结果。", d.Noun)
	case Looking, Looked:
	}
	return errs.New(errs.Conflict, "这份%s正在检查，请等待结果。", d.Noun)
}

// Again lets a job be tried anew that was given up.
func (d Desk[L, P]) Again(ctx context.Context, l L, last job.Job) error {
	in := P(&l).Of().State
	if !in.Busy() || last.Unfinished() {
		return d.Refusal(in)
	}
	j, err := d.job(&l, in)
	if err != nil {
		return err
	}
	_, err = d.Store.Change(ctx, in, l, &j)
	return err
}

// GiveUp throws a list away; what it became already stays.
func (d Desk[L, P]) GiveUp(ctx context.Context, t Ticket, last job.Job) error {
	if t.State.Busy() && last.Unfinished() {
		return d.Refusal(t.State)
	}
	return d.Store.Drop(ctx, t.ID)
}

// Work does one of the jobs with the list that it names, as the person who brought it.
// When the list is gone, or further already, there is nothing to do. What is wrong with
// it for good is told by refused.
func (d Desk[L, P]) Work(ctx context.Context, j *job.Active, in State, do func(context.Context, account.Actor, L) error, refused func(context.Context, L, error) error) error {
	var told map[string]string
	if err := j.Read(&told); err != nil {
		return err
	}
	l, err := d.Load(ctx, told[d.Name])
	if errs.KindOf(err) == errs.NotFound || err == nil && P(&l).Of().State != in {
		return nil
	}
	if err != nil {
		return err
	}
	person, err := d.Person(ctx, P(&l).Of().Person)
	if err != nil {
		return err
	}
	if !person.Active {
		return refused(ctx, l, errs.New(errs.Forbidden, "导入%s的人已经停用，没有继续导入。", d.Noun))
	}
	err = do(ctx, person.Actor(), l)
	if k := errs.KindOf(err); k == errs.Forbidden || k == errs.Invalid || k == errs.TooLarge {
		return refused(ctx, l, err)
	}
	return err
}
