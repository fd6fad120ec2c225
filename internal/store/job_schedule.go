package store

import (
	"context"

	"gongkai/internal/job"
)

// Plans gives the schedules by name, as they are kept.
func (s Jobs) Plans(ctx context.Context) (map[string]job.Plan, error) {
	plans, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (job.Plan, error) {
		var (
			p          job.Plan
			next, last int64
		)
		err := row.Scan(&p.Name, &p.Timing, &next, &last)
		p.NextAt, p.LastAt = moment(next), moment(last)
		return p, err
	}, "SELECT name, timing, next_at, last_at FROM job_schedule ORDER BY name")
	all := map[string]job.Plan{}
	for _, p := range plans {
		all[p.Name] = p
	}
	return all, err
}

// Plan keeps when a schedule is due, if it is still kept as before says.
func (s Jobs) Plan(ctx context.Context, before, after job.Plan) (ours bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		ours, err = plan(ctx, tx, before, after)
		return err
	})
	return ours, err
}

// Fire is Plan together with Add: of many processes only one has the due moment.
func (s Jobs) Fire(ctx context.Context, before, after job.Plan, j job.Job) (ours bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if ours, err = plan(ctx, tx, before, after); err != nil || !ours {
			return err
		}
		_, err := s.add(ctx, tx, j)
		return err
	})
	return ours, err
}

func plan(ctx context.Context, tx *Tx, before, after job.Plan) (bool, error) {
	if before.Name == "" {
		n, err := tx.exec(ctx, "INSERT INTO job_schedule (name, timing, next_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING", after.Name, after.Timing, micros(after.NextAt))
		return n == 1, err
	}
	n, err := tx.exec(ctx, "UPDATE job_schedule SET timing = $1, next_at = $2, last_at = $3 WHERE name = $4 AND timing = $5 AND next_at = $6",
		after.Timing, micros(after.NextAt), micros(after.LastAt), after.Name, before.Timing, micros(before.NextAt))
	return n == 1, err
}
