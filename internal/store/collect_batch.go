package store

import (
	"context"
	"encoding/json"
	"time"

	collecting "gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
)

const batchColumns = "id, keeper_id, person_id, reading, job_id, mark, sent, total, settled, trouble, created_at"

func scanBatch(row interface{ Scan(...any) error }) (b collecting.Batch, err error) {
	var at int64
	var reading bool
	var sent, settled string
	if err = row.Scan(&b.ID, &b.Keeper, &b.Person, &reading, &b.Job, &b.Mark, &sent, &b.Total, &settled, &b.Trouble, &at); err != nil {
		return b, err
	}
	b.Read, b.At = !reading, moment(at)
	if err := json.Unmarshal([]byte(sent), &b.Sent); err != nil {
		return b, err
	}
	return b, json.Unmarshal([]byte(settled), &b.Settled)
}

// AddBatch keeps a batch with the job that reads it, unless the same is there.
func (s Collection) AddBatch(ctx context.Context, b collecting.Batch, j job.Job, since time.Time, events []event.Event) (id string, err error) {
	sent, err := json.Marshal(b.Sent)
	if err != nil {
		return "", err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		same, err := collect(ctx, tx, scanText, "SELECT id FROM received_batch WHERE mark = $1 AND (reading OR created_at > $2) ORDER BY id DESC LIMIT 1", b.Mark, micros(since))
		if err != nil {
			return err
		}
		if id = first(same); id != "" {
			return nil
		}
		query, args := insertRows("received_batch", batchColumns, [][]any{{b.ID, b.Keeper, b.Person, true, b.Job, b.Mark, string(sent), b.Total, "[]", "", micros(b.At)}})
		n, err := tx.exec(ctx, query+" ON CONFLICT (mark) WHERE reading DO NOTHING", args...)
		if err != nil {
			return err
		}
		if n == 0 { // the other press of the button was quicker
			return tx.QueryRowContext(ctx, "SELECT id FROM received_batch WHERE mark = $1 AND reading", b.Mark).Scan(&id)
		}
		id = b.ID
		if _, err := Jobs(s).add(ctx, tx, j); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
	return id, err
}

const noBatch = "没有这批文件，可能已经过期清除。"

// Batch gives a batch.
func (s Collection) Batch(ctx context.Context, id string) (collecting.Batch, error) {
	b, err := scanBatch(s.DB.read.QueryRowContext(ctx, "SELECT "+batchColumns+" FROM received_batch WHERE id = $1", id))
	return b, missing(err, noBatch)
}

// LatestBatches gives the latest that somebody brought.
func (s Collection) LatestBatches(ctx context.Context, person string, most int) ([]collecting.Batch, error) {
	return collect(ctx, s.DB.read, scanBatch, "SELECT "+batchColumns+" FROM received_batch WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2", person, most)
}

// StepBatch moves one on by a file that was refused.
func (s Collection) StepBatch(ctx context.Context, step collecting.Step) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.stepBatch(ctx, &step) })
}

// stepBatch moves a batch on by a file, once.
func (tx *Tx) stepBatch(ctx context.Context, step *collecting.Step) error {
	if step == nil {
		return nil
	}
	b, err := scanBatch(tx.QueryRowContext(ctx, "SELECT "+batchColumns+" FROM received_batch WHERE id = $1"+tx.forUpdate(), step.Batch))
	if err != nil {
		return missing(err, noBatch)
	}
	if b.Read || len(b.Settled) != step.At {
		return collecting.ErrOvertaken
	}
	settled, err := json.Marshal(append(b.Settled, step.Settled))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE received_batch SET settled = $1 WHERE id = $2", string(settled), step.Batch)
	return err
}

// EndBatch ends one that is being read.
func (s Collection) EndBatch(ctx context.Context, id, trouble string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE received_batch SET reading = FALSE, trouble = $1 WHERE id = $2 AND reading", trouble, id)
		return err
	})
}

// AgainBatch gives one that is being read to another job.
func (s Collection) AgainBatch(ctx context.Context, id string, j job.Job) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE received_batch SET job_id = $1 WHERE id = $2 AND reading", j.ID, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.New(errs.Conflict, "这批文件已经读完。")
		}
		_, err = Jobs(s).add(ctx, tx, j)
		return err
	})
}

// ForgetBatches drops what was brought before a moment.
func (s Collection) ForgetBatches(ctx context.Context, before time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM received_batch WHERE created_at < $1 AND NOT reading", micros(before))
		return err
	})
}
