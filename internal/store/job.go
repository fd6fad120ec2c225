package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
	"gongkai/internal/paging"
)

// Jobs keeps the queue.
type Jobs struct{ DB *DB }

const jobColumns = "id, kind, payload, single, state, run_at, attempts, lease, leased_until, done, total, error, created_at, finished_at"

func scanJob(row interface{ Scan(...any) error }) (job.Job, error) {
	var (
		j                               job.Job
		payload                         string
		runAt, until, created, finished int64
	)
	err := row.Scan(&j.ID, &j.Kind, &payload, &j.Single, &j.State, &runAt, &j.Attempts, &j.Lease, &until, &j.Done, &j.Total, &j.Error, &created, &finished)
	j.Payload, j.RunAt, j.LeasedUntil, j.CreatedAt, j.FinishedAt = []byte(payload), moment(runAt), moment(until), moment(created), moment(finished)
	return j, err
}

// Add keeps a new job, or takes the unfinished one of the same single, and does
// with it what judge says.
func (s Jobs) Add(ctx context.Context, j job.Job, judge func(*job.Job) []event.Event) (kept job.Job, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		kept, err = s.add(ctx, tx, j)
		if err != nil || judge == nil {
			return err
		}
		events := judge(&kept)
		if _, err := tx.ExecContext(ctx, "UPDATE job SET run_at = $1 WHERE id = $2 AND state = 'waiting'", micros(kept.RunAt), kept.ID); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
	return kept, err
}

// add asks the unique index who comes first, so that two processes that add at
// once agree. When the other one ends between the two statements it asks again.
func (s Jobs) add(ctx context.Context, tx *Tx, j job.Job) (job.Job, error) {
	for range 3 {
		n, err := tx.exec(ctx, `INSERT INTO job (id, kind, payload, single, state, run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (single) WHERE single <> '' AND state IN ('waiting', 'running') DO NOTHING`,
			j.ID, string(j.Kind), string(j.Payload), j.Single, string(j.State), micros(j.RunAt), micros(j.CreatedAt))
		if err != nil || n == 1 {
			return j, err
		}
		other, err := scanJob(tx.QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job WHERE single = $1 AND state IN ('waiting', 'running')", j.Single))
		if !errors.Is(err, sql.ErrNoRows) {
			return other, err
		}
	}
	return j, errs.New(errs.Unavailable, "后台任务正忙，请稍后重试。")
}

// Job gives a job by its key.
func (s Jobs) Job(ctx context.Context, id string) (job.Job, error) {
	return s.one(ctx, s.DB.read, "", id)
}

func (s Jobs) one(ctx context.Context, q querier, tail, id string) (job.Job, error) {
	j, err := scanJob(q.QueryRowContext(ctx, "SELECT "+jobColumns+" FROM job WHERE id = $1"+tail, id))
	return j, missing(err, "没有这个任务，可能已经过期清除。")
}

var jobOrders = map[string]string{"": "created_at DESC, id DESC", "run": "run_at, id", "created": "created_at, id"}

// List gives a part of all jobs, the latest first.
func (s Jobs) List(ctx context.Context, q paging.Query) (paging.Page[job.Job], error) {
	var (
		page paging.Page[job.Job]
		w    where
	)
	if state := q.Filter(job.FilterState); state != "" {
		w.add("state = ?", state)
	}
	if kind := q.Filter(job.FilterKind); kind != "" {
		w.add("kind = ?", kind)
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "job"); err != nil {
		return page, err
	}
	if q.Sort == "" {
		q.Desc = false
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanJob, "SELECT "+jobColumns+" FROM job"+w.sql()+" ORDER BY "+ordered(jobOrders, q)+tail, args...)
	return page, err
}

// Count tells how many jobs are in each state.
func (s Jobs) Count(ctx context.Context) (map[job.State]int, error) {
	type count struct {
		state job.State
		n     int
	}
	counts, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (c count, err error) {
		err = row.Scan(&c.state, &c.n)
		return c, err
	}, "SELECT state, COUNT(*) FROM job GROUP BY state")
	all := map[job.State]int{}
	for _, c := range counts {
		all[c.state] = c.n
	}
	return all, err
}

// Kinds gives the kinds of the jobs there are.
func (s Jobs) Kinds(ctx context.Context) ([]job.Kind, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (k job.Kind, err error) {
		err = row.Scan(&k)
		return k, err
	}, "SELECT DISTINCT kind FROM job ORDER BY kind")
}

// ofKinds narrows to jobs that there is a handler for.
func (w *where) ofKinds(kinds []job.Kind) {
	w.in("kind", keys(kinds))
}

// Claim makes the job that has been due longest the lease's. Whoever's update
// comes second finds it no longer waiting and looks for the next.
func (s Jobs) Claim(ctx context.Context, kinds []job.Kind, lease string, now, until time.Time) (j job.Job, ok bool, err error) {
	if len(kinds) == 0 {
		return j, false, nil
	}
	var w where
	w.add("state = 'waiting' AND run_at <= ?", micros(now))
	w.ofKinds(kinds)
	query := "SELECT id FROM job" + w.sql() + " ORDER BY run_at, id LIMIT 1"
	for {
		var id string
		err = s.DB.read.QueryRowContext(ctx, query, w.args...).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return j, false, nil
		}
		if err != nil {
			return j, false, err
		}
		if j, ok, err = s.take(ctx, id, lease, now, until); ok || err != nil {
			return j, ok, err
		}
	}
}

func (s Jobs) take(ctx context.Context, id, lease string, now, until time.Time) (j job.Job, ok bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE job SET state = 'running', attempts = attempts + 1, lease = $1, leased_until = $2 WHERE id = $3 AND state = 'waiting' AND run_at <= $4",
			lease, micros(until), id, micros(now))
		if err != nil || n == 0 {
			return err
		}
		ok = true
		j, err = s.one(ctx, tx, "", id)
		return err
	})
	return j, ok && err == nil, err
}

// Renew keeps the progress and prolongs the lease; false when it is lost.
func (s Jobs) Renew(ctx context.Context, j job.Job) (kept bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE job SET leased_until = $1, done = $2, total = $3 WHERE id = $4 AND lease = $5", micros(j.LeasedUntil), j.Done, j.Total, j.ID, j.Lease)
		kept = n == 1
		return err
	})
	return kept, err
}

// Finish keeps how an attempt ended, if its lease still holds.
func (s Jobs) Finish(ctx context.Context, lease string, j job.Job) (kept bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := s.save(ctx, tx, "lease", lease, j)
		kept = n == 1
		return err
	})
	return kept, err
}

// save keeps what can change of a job, where a column still has a value.
func (s Jobs) save(ctx context.Context, tx *Tx, column, value string, j job.Job) (int64, error) {
	return tx.exec(ctx, `UPDATE job SET state = $1, run_at = $2, attempts = $3, lease = $4, leased_until = $5, done = $6, total = $7, error = $8, finished_at = $9
		WHERE id = $10 AND `+column+` = $11`,
		string(j.State), micros(j.RunAt), j.Attempts, j.Lease, micros(j.LeasedUntil), j.Done, j.Total, j.Error, micros(j.FinishedAt), j.ID, value)
}

// Lapsed gives jobs whose lease has run out.
func (s Jobs) Lapsed(ctx context.Context, now time.Time) ([]job.Job, error) {
	return collect(ctx, s.DB.read, scanJob, "SELECT "+jobColumns+" FROM job WHERE state = 'running' AND leased_until < $1 ORDER BY leased_until LIMIT 100", micros(now))
}

// NextDue tells when the next of the waiting jobs is due; zero for none.
func (s Jobs) NextDue(ctx context.Context, kinds []job.Kind) (time.Time, error) {
	if len(kinds) == 0 {
		return time.Time{}, nil
	}
	var (
		w  where
		at int64
	)
	w.add("state = 'waiting'")
	w.ofKinds(kinds)
	err := s.DB.read.QueryRowContext(ctx, "SELECT run_at FROM job"+w.sql()+" ORDER BY run_at, id LIMIT 1", w.args...).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return moment(at), err
}

// Change changes a job as judge says, whoever works on it.
func (s Jobs) Change(ctx context.Context, id string, judge func(*job.Job) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		j, err := s.one(ctx, tx, tx.forUpdate(), id)
		if err != nil {
			return err
		}
		events, err := judge(&j)
		if err != nil {
			return err
		}
		if _, err := s.save(ctx, tx, "id", id, j); duplicate(err) {
			return errs.Wrap(err, errs.Conflict, "同一项工作已经有一个任务在等待或者运行。")
		} else if err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Drop forgets jobs that were done or cancelled before a moment.
func (s Jobs) Drop(ctx context.Context, before time.Time) (int, error) {
	var dropped int64
	err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) (err error) {
		dropped, err = tx.exec(ctx, "DELETE FROM job WHERE state IN ('done', 'cancelled') AND finished_at < $1", micros(before))
		return err
	})
	return int(dropped), err
}
