package store

import (
	"context"
	"encoding/json"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
)

// Letters keeps letters of requests and the texts of templates. A letter is one
// document; the other columns are what is asked for.
type Letters struct{ DB *DB }

func scanPaper(row interface{ Scan(...any) error }) (p foi.Paper, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(file), &p); err != nil {
		return p, errs.Wrap(err, errs.Corrupt, "文书的记录损坏，读不出来；请从备份恢复。")
	}
	return p, nil
}

// Papers gives the letters of a request, the oldest first.
func (s Letters) Papers(ctx context.Context, request string) ([]foi.Paper, error) {
	return papersOf(ctx, s.DB.read, request)
}

func papersOf(ctx context.Context, q querier, request string) ([]foi.Paper, error) {
	return collect(ctx, q, scanPaper, "SELECT file FROM letter WHERE request_id = $1 ORDER BY id", request)
}

// Paper gives one.
func (s Letters) Paper(ctx context.Context, id string) (foi.Paper, error) {
	return paperByID(ctx, s.DB.read, id)
}

func paperByID(ctx context.Context, q querier, id string) (foi.Paper, error) {
	p, err := scanPaper(q.QueryRowContext(ctx, "SELECT file FROM letter WHERE id = $1", id))
	return p, missing(err, "没有这份文书。")
}

// AddPaper keeps a letter that no act sends. The request does not change meanwhile.
func (s Letters) AddPaper(ctx context.Context, pen event.Pen, request string, judge func(foi.Request, foi.Around) (foi.Paper, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := requestByID(ctx, tx, request, tx.forUpdate())
		if err != nil {
			return err
		}
		p, events, err := judge(r, tx.aroundRequest(ctx))
		if err == nil {
			err = tx.keepPaper(ctx, p)
		}
		if err != nil {
			return err
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		return tx.keepPostings(ctx, pen, p)
	})
}

// UpdatePaper changes one as judge says. Its request does not change meanwhile.
func (s Letters) UpdatePaper(ctx context.Context, pen event.Pen, id string, judge func(*foi.Paper, foi.Request) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		p, err := paperByID(ctx, tx, id)
		if err != nil {
			return err
		}
		r, err := requestByID(ctx, tx, p.Request, tx.forUpdate()) // also keeps others from the letter
		if err != nil {
			return err
		}
		if p, err = paperByID(ctx, tx, id); err != nil {
			return err
		}
		events, err := judge(&p, r)
		if err == nil {
			err = tx.keepPaper(ctx, p)
		}
		if err != nil {
			return err
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		return tx.keepPostings(ctx, pen, p)
	})
}

func (tx *Tx) keepPaper(ctx context.Context, p foi.Paper) error {
	file, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO letter (id, request_id, organ_id, kind, number, state, file) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, number = excluded.number, state = excluded.state, file = excluded.file`,
		p.ID, p.Request, p.Organ, p.Kind, p.Number, string(p.State), string(file))
	return err
}

const templateColumns = "organ_id, kind, nth, text, saved_by, saved_at"

func scanTemplate(row interface{ Scan(...any) error }) (s letter.Saved, err error) {
	var at int64
	err = row.Scan(&s.Organ, &s.Kind, &s.Nth, &s.Text, &s.By, &at)
	s.At = moment(at)
	return s, err
}

// Templates gives the last text of each kind of each of some organs.
func (s Letters) Templates(ctx context.Context, organs []string) ([]letter.Saved, error) {
	var all []letter.Saved
	for _, organ := range organs {
		own, err := collect(ctx, s.DB.read, scanTemplate, `SELECT `+templateColumns+` FROM letter_template t WHERE organ_id = $1
			AND nth = (SELECT MAX(nth) FROM letter_template l WHERE l.organ_id = t.organ_id AND l.kind = t.kind) ORDER BY kind`, organ)
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	return all, nil
}

// TemplateHistory gives the texts that an organ gave a kind, the latest first.
func (s Letters) TemplateHistory(ctx context.Context, organ, kind string) ([]letter.Saved, error) {
	return templateHistory(ctx, s.DB.read, organ, kind)
}

func templateHistory(ctx context.Context, q querier, organ, kind string) ([]letter.Saved, error) {
	return collect(ctx, q, scanTemplate, "SELECT "+templateColumns+" FROM letter_template WHERE organ_id = $1 AND kind = $2 ORDER BY nth DESC", organ, kind)
}

// SaveTemplate adds a text. Of two that come at once the second fails.
func (s Letters) SaveTemplate(ctx context.Context, organ, kind string, judge func(letter.Saved) (letter.Saved, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		before, err := templateHistory(ctx, tx, organ, kind)
		if err != nil {
			return err
		}
		last := letter.Saved{Organ: organ, Kind: kind}
		if len(before) > 0 {
			last = before[0]
		}
		next, events, err := judge(last)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO letter_template ("+templateColumns+") VALUES ($1, $2, $3, $4, $5, $6)",
			organ, kind, last.Nth+1, next.Text, next.By, micros(next.At)); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}
