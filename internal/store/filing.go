package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/filing"
	"gongkai/internal/work"
)

// Filings keeps what sections file: figures and returns each as one JSON text, and what
// counts of them as rows that are added up.
type Filings struct{ DB *DB }

func scanFigure(row interface{ Scan(...any) error }) (f filing.Figure, err error) {
	return f, scanFile(row, &f, "填报指标")
}

func scanReturn(row interface{ Scan(...any) error }) (r filing.Return, err error) {
	return r, scanFile(row, &r, "填报")
}

func scanFile(row interface{ Scan(...any) error }, into any, what string) error {
	var file string
	if err := row.Scan(&file); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(file), into); err != nil {
		return errs.Wrap(err, errs.Corrupt, "%s的记录损坏，读不出来；请从备份恢复。", what)
	}
	return nil
}

const (
	noFigure = "没有这个填报指标。"
	noReturn = "没有这份填报。"
)

// Figures gives the list of an organ.
func (s Filings) Figures(ctx context.Context, organ string) ([]filing.Figure, error) {
	return collect(ctx, s.DB.read, scanFigure, "SELECT file FROM filing_figure WHERE organ_id = $1 ORDER BY nth, id", organ)
}

// Figure gives one.
func (s Filings) Figure(ctx context.Context, id string) (filing.Figure, error) {
	f, err := scanFigure(s.DB.read.QueryRowContext(ctx, "SELECT file FROM filing_figure WHERE id = $1", id))
	return f, missing(err, noFigure)
}

// Keep adds figures or changes them.
func (s Filings) Keep(ctx context.Context, figures []filing.Figure, c filing.Change) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, f := range figures {
			file, err := json.Marshal(f)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO filing_figure (id, organ_id, name, nth, file) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (id) DO UPDATE SET name = excluded.name, nth = excluded.nth, file = excluded.file`, f.ID, f.Organ, f.Name, f.Nth, string(file))
			if duplicate(err) {
				return taken("name", "已经有名称为“"+f.Name+"”的指标。")
			}
			if err != nil {
				return err
			}
		}
		return tx.keepFiling(ctx, c)
	})
}

func (tx *Tx) keepFiling(ctx context.Context, c filing.Change) error {
	if err := tx.append(ctx, c.Events); err != nil {
		return err
	}
	all := make([]agenda, len(c.Agendas))
	for i, a := range c.Agendas {
		all[i] = filingAgenda(a)
	}
	return tx.keepWork(ctx, c.Pen, all)
}

// Organs gives those that have a list.
func (s Filings) Organs(ctx context.Context) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT DISTINCT organ_id FROM filing_figure ORDER BY organ_id")
}

// Return gives a return.
func (s Filings) Return(ctx context.Context, id string) (filing.Return, error) {
	r, err := scanReturn(s.DB.read.QueryRowContext(ctx, "SELECT file FROM filing_return WHERE id = $1", id))
	return r, missing(err, noReturn)
}

// Update changes a return, or begins it.
func (s Filings) Update(ctx context.Context, id string, judge func(*filing.Return) (filing.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := scanReturn(tx.QueryRowContext(ctx, "SELECT file FROM filing_return WHERE id = $1"+tx.forUpdate(), id))
		err = missing(err, noReturn)
		begins := errs.KindOf(err) == errs.NotFound
		if err != nil && !begins {
			return err
		}
		before := len(r.Versions)
		c, err := judge(&r)
		if err != nil {
			return err
		}
		if err := tx.putReturn(ctx, r, begins); err != nil {
			return err
		}
		if len(r.Versions) != before {
			if err := tx.putFiled(ctx, r); err != nil {
				return err
			}
		}
		if err := tx.useOfFiling(ctx, r); err != nil {
			return err
		}
		return tx.keepFiling(ctx, c)
	})
}

func (tx *Tx) putReturn(ctx context.Context, r filing.Return, begins bool) error {
	file, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if !begins {
		_, err = tx.ExecContext(ctx, "UPDATE filing_return SET status = $1, versions = $2, file = $3 WHERE id = $4", string(r.Status), len(r.Versions), string(file), r.ID)
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO filing_return (id, organ_id, year, status, versions, file) VALUES ($1, $2, $3, $4, $5, $6)",
		r.ID, r.Organ, r.Period.Year, string(r.Status), len(r.Versions), string(file))
	if duplicate(err) {
		return errs.New(errs.Conflict, "另一个人同时开始了这份填报，请刷新页面。")
	}
	return err
}

// putFiled makes the rows that are added up those of the version that counts.
func (tx *Tx) putFiled(ctx context.Context, r filing.Return) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM filing_value WHERE return_id = $1", r.ID); err != nil {
		return err
	}
	last, _ := r.Last()
	var lines [][]any
	for _, key := range slices.Sorted(maps.Keys(last.Values)) {
		lines = append(lines, []any{r.ID, key, r.Organ, r.Period.Year, last.Values[key]})
	}
	for some := range slices.Chunk(lines, fillRows) {
		query, args := insertRows("filing_value", "return_id, key, organ_id, year, n", some)
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// useOfFiling notes which papers a return refers to.
func (tx *Tx) useOfFiling(ctx context.Context, r filing.Return) error {
	want := map[fileUse]bool{}
	for _, f := range r.Papers() {
		want[fileUse{f.Hash, useRecord}] = true
	}
	return tx.use(ctx, filing.Subject(r.ID).String(), want, nil)
}

// Standing gives how the returns of a year stand.
func (s Filings) Standing(ctx context.Context, organ string, year int) ([]filing.Standing, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (one filing.Standing, err error) {
		if err := row.Scan(&one.ID, &one.Status, &one.Versions); err != nil {
			return one, err
		}
		one.Key, err = filing.ParseKey(one.ID)
		return one, err
	}, "SELECT id, status, versions FROM filing_return WHERE organ_id = $1 AND year = $2 ORDER BY id", organ, year)
}

func scanFiled(row interface{ Scan(...any) error }) (v filing.Value, err error) {
	if err := row.Scan(&v.Return, &v.Key, &v.N); err != nil {
		return v, err
	}
	k, err := filing.ParseKey(v.Return)
	v.Period = k.Period
	return v, err
}

// Values gives what was confirmed of a year.
func (s Filings) Values(ctx context.Context, organ string, year int) ([]filing.Value, error) {
	return collect(ctx, s.DB.read, scanFiled, "SELECT return_id, key, n FROM filing_value WHERE organ_id = $1 AND year = $2 ORDER BY key, return_id", organ, year)
}

// Used tells whether a figure was ever filed, as a number or as a sheet.
func (s Filings) Used(ctx context.Context, organ, key string) (bool, error) {
	returns, err := collect(ctx, s.DB.read, scanReturn, "SELECT file FROM filing_return WHERE organ_id = $1", organ)
	return slices.ContainsFunc(returns, func(r filing.Return) bool { return r.Has(key) }), err
}

// Remind makes people's lists what they should be.
func (s Filings) Remind(ctx context.Context, pen event.Pen, agendas []filing.Agenda) error {
	for some := range slices.Chunk(agendas, agendasAtOnce) { // one change each, that others need not wait
		if err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
			return tx.keepFiling(ctx, filing.Change{Pen: pen, Agendas: some})
		}); err != nil {
			return err
		}
	}
	return nil
}

// Append keeps events.
func (s Filings) Append(ctx context.Context, events []event.Event) error {
	return s.DB.Append(ctx, events...)
}

func filingAgenda(a filing.Agenda) agenda {
	all := agenda{about: filing.Subject(a.Return), closing: a.Closing}
	if a.Fulfilled != "" {
		all.fulfilled = []string{a.Fulfilled}
	}
	if d := a.Duty; d != nil {
		all.wanted = []work.Opening{{
			Organ: d.Organ, Task: work.Report, Subject: all.about, Title: d.Title, Note: "国办公开办函〔2021〕30号", Link: filing.Path(a.Return),
			For: work.Holder{Role: d.Role}, Due: d.Due,
		}}
	}
	return all
}
