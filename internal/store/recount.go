package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/compile"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
	"gongkai/internal/work"
)

// Recounts counts figures anew from the records, each read as it is kept.
type Recounts struct{ DB *DB }

// figureKey is a figure of an organ and a year.
type figureKey struct {
	organ string
	year  int
	cell  string
}

// tallied is what was counted, one by one.
type tallied struct {
	n     map[figureKey]int64
	years []int
}

func (t tallied) add(organ string, year int, cell string) { t.n[figureKey{organ, year, cell}]++ }

// Recount reads every request and document and holds what they count in some years
// against the counters.
func (s Recounts) Recount(ctx context.Context, first, last int) (r compile.Recount, err error) {
	t := tallied{n: map[figureKey]int64{}}
	for year := first; year <= last; year++ {
		t.years = append(t.years, year)
	}
	if err := eachRecord(ctx, s.DB, "request", scanRequest, func(one foi.Request) { r.Records++; t.request(one) }); err != nil {
		return r, err
	}
	if err := eachRecord(ctx, s.DB, "document", scanDocument, func(one publish.Document) { r.Records++; t.document(one) }); err != nil {
		return r, err
	}
	organs, err := collect(ctx, s.DB.read, scanText, "SELECT id FROM organ ORDER BY id")
	if err != nil {
		return r, err
	}
	r.Organs = len(organs)
	for _, organ := range organs {
		for _, year := range t.years {
			kept, err := s.kept(ctx, organ, year)
			if err != nil {
				return r, err
			}
			r.Cells += len(kept)
			for cell, n := range kept {
				if real := t.n[figureKey{organ, year, cell}]; real != n {
					r.Wrong = append(r.Wrong, compile.Mismatch{Organ: organ, Year: year, Cell: cell, Kept: n, Real: real})
				}
				delete(t.n, figureKey{organ, year, cell})
			}
		}
	}
	for c, n := range t.n { // of which no counter knows anything
		r.Wrong = append(r.Wrong, compile.Mismatch{Organ: c.organ, Year: c.year, Cell: c.cell, Real: n})
	}
	slices.SortFunc(r.Wrong, func(a, b compile.Mismatch) int {
		return strings.Compare(a.Organ+a.Cell, b.Organ+b.Cell)
	})
	return r, nil
}

// recordsAtOnce is how many records are read at a time.
const recordsAtOnce = 500

// eachRecord hands over all records of a table by their keys.
func eachRecord[T any](ctx context.Context, db *DB, table string, scan func(interface{ Scan(...any) error }) (T, error), each func(T)) error {
	type keyed struct {
		id     string
		record T
	}
	after := ""
	for {
		some, err := collect(ctx, db.read, func(row interface{ Scan(...any) error }) (k keyed, err error) {
			var file string
			if err := row.Scan(&k.id, &file); err != nil {
				return k, err
			}
			k.record, err = scan(text(file))
			return k, err
		}, "SELECT id, file FROM "+table+" WHERE id > $1 ORDER BY id LIMIT $2", after, recordsAtOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, k := range some {
			each(k.record)
		}
		after = some[len(some)-1].id
	}
}

// text is a row that holds one text.
type text string

// Scan reads it.
func (t text) Scan(into ...any) error {
	*into[0].(*string) = string(t)
	return nil
}

// cellOf2 and cellOf4 name cells of tables 2 and 4 as the form does.
func cellOf2(kind publish.Kind, cell string) string {
	row := "regulations"
	if kind == publish.NormativeDoc {
		row = "normativeDocuments"
	}
	if cell == publish.CellInForce {
		cell = "inForce"
	}
	return annual.Ref{Table: "table2", Row: row, Column: cell}.String()
}

func cellOf4(kind foi.DisputeKind, result foi.Result) string {
	i := slices.IndexFunc(foi.Results(), func(c foi.Choice) bool { return c.Value == string(result) })
	return annual.Ref{Table: "table4", Row: string(kind), Column: "C" + strconv.Itoa(i+1)}.String()
}

func (t tallied) request(r foi.Request) {
	one, ok := r.Tally()
	for _, year := range t.years {
		if in, out := one.Rows(year); ok && in != "" {
			t.add(r.Organ, year, annual.Ref{Table: "table3", Row: in, Column: one.Column}.String())
			t.add(r.Organ, year, annual.Ref{Table: "table3", Row: out, Column: one.Column}.String())
		}
		for _, x := range r.Disputes {
			if result := x.Column(year); result != "" {
				t.add(r.Organ, year, cellOf4(x.Kind, result))
			}
		}
	}
}

func (t tallied) document(d publish.Document) {
	one, normative := d.Tally()
	issued, public := d.Issuance()
	for _, year := range t.years {
		if normative {
			for _, cell := range one.Cells(year) {
				t.add(d.Organ, year, cellOf2(one.Kind, cell))
			}
		}
		if public && issued.Year == year {
			t.add(d.Organ, year, "documents.published")
		}
		for _, p := range d.Posts {
			if !p.From.IsZero() && p.From.Year() == year {
				t.add(d.Organ, year, "posts."+string(p.Channel))
			}
		}
	}
}

// kept gives what the counters say, in the same names.
func (s Recounts) kept(ctx context.Context, organ string, year int) (map[string]int64, error) {
	place, all := account.Place{Organ: organ}, map[string]int64{}
	t3, t4, err := Requests(s).Count(ctx, place, year)
	if err != nil {
		return nil, err
	}
	for cell, n := range t3 {
		all[annual.Ref{Table: "table3", Row: cell.Row, Column: cell.Column}.String()] += int64(n)
	}
	for at, n := range t4 {
		all[cellOf4(at.Kind, at.Result)] += int64(n)
	}
	f, err := Documents(s).Count(ctx, place, year)
	for cell, n := range f.Table2 {
		all[cellOf2(cell.Kind, cell.Cell)] += int64(n)
	}
	for channel, n := range f.Posts {
		all["posts."+string(channel)] += int64(n)
	}
	for _, n := range f.Issued {
		all["documents.published"] += int64(n)
	}
	return all, err
}

// nightsKept is how many nights are remembered.
const nightsKept = 60

// Keep keeps what a night found, with the work about it.
func (s Recounts) Keep(ctx context.Context, r compile.Recount, pen event.Pen, events []event.Event, a compile.Alarm) error {
	wrong, err := json.Marshal(r.Wrong)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO figure_recount (id, made_at, first_year, last_year, organs, records, cells, wrong) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			r.ID, micros(r.At), r.First, r.Last, r.Organs, r.Records, r.Cells, string(wrong)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM figure_recount WHERE id NOT IN (SELECT id FROM figure_recount ORDER BY made_at DESC LIMIT $1)", nightsKept); err != nil {
			return err
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		all := agenda{about: a.About, closing: "统计数与逐件清点一致"}
		if a.Organ != "" {
			all.wanted = []work.Opening{{
				Organ: a.Organ, Task: work.Report, Subject: a.About, Title: a.Title, Note: "条例§50", Link: "/desk/reports/recount", For: work.Holder{Role: account.Supervisor}, Due: a.Due,
			}}
		}
		return tx.keepWork(ctx, pen, []agenda{all})
	})
}

// Recounted gives the latest nights.
func (s Recounts) Recounted(ctx context.Context, most int) ([]compile.Recount, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (r compile.Recount, err error) {
		var at int64
		var wrong string
		if err := row.Scan(&r.ID, &at, &r.First, &r.Last, &r.Organs, &r.Records, &r.Cells, &wrong); err != nil {
			return r, err
		}
		r.At = moment(at)
		return r, json.Unmarshal([]byte(wrong), &r.Wrong)
	}, "SELECT id, made_at, first_year, last_year, organs, records, cells, wrong FROM figure_recount ORDER BY made_at DESC LIMIT $1", most)
}
