package store

import (
	"context"
	"encoding/json"
	"time"

	"gongkai/internal/accession"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
	"gongkai/internal/publish"
)

// Accessions keeps catalogues of old sites on their way in.
type Accessions struct{ DB *DB }

const accessionColumns = "id, organ_id, section_id, person_id, state, job_id, content, done, kept, late, created_at"

func scanAccession(row interface{ Scan(...any) error }) (b accession.Batch, err error) {
	var at int64
	var late string
	if err = row.Scan(&b.ID, &b.Organ, &b.Section, &b.Person, &b.State, &b.Job, &b.Content, &b.Done, &b.Kept, &late, &at); err != nil {
		return b, err
	}
	b.At = moment(at)
	return b, json.Unmarshal([]byte(late), &b.Late)
}

// Add keeps a list together with the job that looks at it.
func (s Accessions) Add(ctx context.Context, b accession.Batch, j job.Job) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		query, args := insertRows("accession", accessionColumns, [][]any{{b.ID, b.Organ, b.Section, b.Person, string(b.State), b.Job, b.Content, b.Done, b.Kept, "[]", micros(b.At)}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		_, err := Jobs(s).add(ctx, tx, j)
		return err
	})
}

// Batch gives a list.
func (s Accessions) Batch(ctx context.Context, id string) (accession.Batch, error) {
	b, err := scanAccession(s.DB.read.QueryRowContext(ctx, "SELECT "+accessionColumns+" FROM accession WHERE id = $1", id))
	return b, missing(err, "没有这次导入，可能已经过期清除。")
}

// Change makes a list that is in a state what it is now. How far it is, is changed by
// its stretches alone.
func (s Accessions) Change(ctx context.Context, from arrival.State, b accession.Batch, j *job.Job, happened ...event.Event) (changed bool, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE accession SET state = $1, job_id = $2, content = $3 WHERE id = $4 AND state = $5", string(b.State), b.Job, b.Content, b.ID, string(from))
		if changed = n == 1; err != nil || !changed {
			return err
		}
		if j != nil {
			if _, err := Jobs(s).add(ctx, tx, *j); err != nil {
				return err
			}
		}
		return tx.append(ctx, happened)
	})
	return changed, err
}

// keepStretch moves a list on by a stretch, once.
func (tx *Tx) keepStretch(ctx context.Context, s *publish.Stretch) error {
	if s == nil {
		return nil
	}
	b, err := scanAccession(tx.QueryRowContext(ctx, "SELECT "+accessionColumns+" FROM accession WHERE id = $1"+tx.forUpdate(), s.List))
	if err != nil {
		return missing(err, "没有这次导入，可能已经过期清除。")
	}
	if b.State != arrival.Keeping || b.Done != s.From {
		return errs.New(errs.Conflict, "这份清单的第%d行以后已经导入。", s.From+1)
	}
	state := arrival.Keeping
	if s.Last {
		state = arrival.Kept
	}
	late, err := json.Marshal(append(make([]publish.Problem, 0, len(b.Late)), append(b.Late, s.Refused...)...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE accession SET state = $1, done = $2, kept = $3, late = $4 WHERE id = $5", string(state), s.To, b.Kept+s.Kept, string(late), s.List)
	return err
}

// Latest gives the latest lists that somebody brought.
func (s Accessions) Latest(ctx context.Context, person string, most int) ([]accession.Batch, error) {
	return collect(ctx, s.DB.read, scanAccession, "SELECT "+accessionColumns+" FROM accession WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2", person, most)
}

// Drop forgets a list.
func (s Accessions) Drop(ctx context.Context, id string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM accession WHERE id = $1", id)
		return err
	})
}

// Forget drops those that came before a moment.
func (s Accessions) Forget(ctx context.Context, before time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM accession WHERE created_at < $1 AND state <> 'keeping'", micros(before))
		return err
	})
}
