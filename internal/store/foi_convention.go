package store

import (
	"context"

	"gongkai/internal/foi"
)

// conventionStep is the migration behind which requests are counted by other conventions.
const conventionStep = "convention"

// otherRequests are the conventions by which table 3 differs from the default.
var otherRequests = []foi.Conventions{{Each: true}, {ByFirst: true}, {Each: true, ByFirst: true}}

// countOther adds by how much a request counts otherwise by other conventions.
func (t tallies) countOther(r foi.Request, by int) {
	base := r.Tallies(foi.Conventions{})
	for _, c := range otherRequests {
		for _, one := range r.Tallies(c) {
			t.add(otherKey(r.Organ, c, one), tallyCount{n: by})
		}
		for _, one := range base {
			t.add(otherKey(r.Organ, c, one), tallyCount{n: -by})
		}
	}
}

func otherKey(organ string, c foi.Conventions, one foi.Tally) tallyKey {
	return tallyKey{
		table: otherTally, organ: organ, due: c.String(), from: one.Received.Year(), to: yearOrNone(one.Ended.Year(), one.Ended.IsZero()), kind: one.Column, what: one.Outcome,
	}
}

// saveConventions keeps what other conventions count of a request.
func (tx *Tx) saveConventions(ctx context.Context, r foi.Request) error {
	for _, p := range r.Parties {
		if p.Role != foi.JoinsIn {
			continue
		}
		if err := tx.repeat(ctx, "INSERT INTO request_joint (request_id, no, joint_kind) VALUES ($1, $2, $3) ON CONFLICT (request_id, no) DO UPDATE SET joint_kind = excluded.joint_kind", r.ID, p.No, p.Kind); err != nil {
			return err
		}
	}
	for _, x := range r.Disputes {
		for i, stage := range x.Stages(true) {
			if err := tx.repeat(ctx, `INSERT INTO request_stage (request_id, ref, nth, organ_id, kind, filed_on, decided_on, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
				ON CONFLICT (request_id, ref, nth) DO UPDATE SET filed_on = excluded.filed_on, decided_on = excluded.decided_on, result = excluded.result`,
				r.ID, x.Ref, i+1, r.Organ, string(x.Kind), dayText(stage.FiledOn), dayText(stage.DecidedOn), string(stage.Result)); err != nil {
				return err
			}
		}
	}
	return nil
}

// recast writes what other conventions count of the requests that a program before
// conventionStep wrote, and moves to the default what a reply had settled otherwise.
func (tx *Tx) recast(ctx context.Context) error {
	for after := ""; ; {
		batch, last, err := nextRecords(ctx, tx, "request", "", scanRequest, after)
		if err != nil || len(batch) == 0 {
			return err
		}
		t := tallies{}
		for _, r := range batch {
			if ended, first := r.CountedAs(false), r.CountedAs(true); ended != r.Ended || first != r.Ended {
				if err := tx.repeat(ctx, "UPDATE request SET ended = $1, ended_first = $2 WHERE id = $3", ended, first, r.ID); err != nil {
					return err
				}
			}
			if err := tx.saveConventions(ctx, r); err != nil {
				return err
			}
			t.countOther(r, 1)
			t.resettle(r)
		}
		if err := tx.writeTallies(ctx, t); err != nil {
			return err
		}
		after = last
	}
}

// resettle moves a request from the outcome that its reply settled, by which it was
// counted before, to that of the default.
func (t tallies) resettle(r foi.Request) {
	one, ok := r.Tally()
	if !ok || one.Outcome == r.Ended {
		return
	}
	key := tallyKey{table: requestTally, organ: r.Organ, from: one.Received.Year(), to: yearOrNone(one.Ended.Year(), one.Ended.IsZero()), kind: one.Column, what: one.Outcome}
	t.add(key, tallyCount{n: 1})
	key.what = r.Ended
	t.add(key, tallyCount{n: -1})
}
