package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
)

// Store keeps jobs and when schedules are due.
type Store interface {
	// Add keeps a new job, or takes the unfinished one of the same Single. What
	// is done with it then and what is to be told is judge's; nil for nothing.
	Add(ctx context.Context, j Job, judge func(*Job) []event.Event) (Job, error)
	// Job gives a job by its key; NotFound when there is none.
	Job(ctx context.Context, id string) (Job, error)
	// List gives a part of all jobs, narrowed by FilterState and FilterKind.
	List(ctx context.Context, q paging.Query) (paging.Page[Job], error)
	// Count tells how many jobs are in each state.
	Count(ctx context.Context) (map[State]int, error)
	// Kinds gives the kinds of the jobs there are.
	Kinds(ctx context.Context) ([]Kind, error)

	// Claim makes the job of some kinds that has been due longest the lease's,
	// and counts the attempt; false when none is due.
	Claim(ctx context.Context, kinds []Kind, lease string, now, until time.Time) (Job, bool, error)
	// Renew keeps the progress and prolongs the lease; false when it is lost.
	Renew(ctx context.Context, j Job) (bool, error)
	// Finish keeps how an attempt ended, if its lease still holds.
	Finish(ctx context.Context, lease string, j Job) (bool, error)
	// Lapsed gives jobs whose lease has run out.
	Lapsed(ctx context.Context, now time.Time) ([]Job, error)
	// NextDue tells when the next of the waiting jobs is due; zero for none.
	NextDue(ctx context.Context, kinds []Kind) (time.Time, error)
	// Change changes a job as judge says, whoever works on it.
	Change(ctx context.Context, id string, judge func(*Job) ([]event.Event, error)) error
	// Drop forgets jobs that were done or cancelled before a moment.
	Drop(ctx context.Context, before time.Time) (int, error)

	// Plans gives the schedules by name, as they are kept.
	Plans(ctx context.Context) (map[string]Plan, error)
	// Plan keeps when a schedule is due, if it is still kept as before says.
	Plan(ctx context.Context, before, after Plan) (bool, error)
	// Fire is Plan together with Add.
	Fire(ctx context.Context, before, after Plan, j Job) (bool, error)
}

// Filters of lists.
const (
	FilterState = "state"
	FilterKind  = "kind"
)

// Queue takes jobs in.
type Queue struct {
	Store Store
	Clock clock.Clock
	IDs   ident.Source
}

// Options say when a job is done.
type Options struct {
	RunAt  time.Time // not before; zero for at once
	Single string    // of unfinished jobs only one has this name; "" for any number
}

// Add takes in a job. The payload is encoded as JSON; nil stands for {}. When an
// unfinished job has the same Single, that one is given and none is added.
func (q Queue) Add(ctx context.Context, kind Kind, payload any, opts Options) (Job, error) {
	j, err := q.Make(kind, payload, opts)
	if err != nil {
		return Job{}, err
	}
	return q.Store.Add(ctx, j, nil)
}

// Make makes a job that another room keeps together with its own record.
func (q Queue) Make(kind Kind, payload any, opts Options) (Job, error) {
	raw := json.RawMessage("{}")
	if payload != nil {
		var err error
		if raw, err = json.Marshal(payload); err != nil {
			return Job{}, fmt.Errorf("payload of job %s: %w", kind, err)
		}
	}
	now := q.Clock.Now()
	if opts.RunAt.IsZero() {
		opts.RunAt = now
	}
	return Job{ID: q.IDs.New(), Kind: kind, Payload: raw, Single: opts.Single, State: Waiting, RunAt: opts.RunAt, CreatedAt: now}, nil
}
