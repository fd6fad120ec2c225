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

// figureKey is a figure of an organ and a year, by a convention that is not the default.
type figureKey struct {
	organ    string
	year     int
	cell     string
	counting string
}

// countings are the conventions that a night counts by: what organs may decide, each
// alternative at least once.
var countings = []foi.Conventions{{}, {Each: true, Stages: true}, {ByFirst: true, Once: true}, {Each: true, ByFirst: true, Stages: true, Once: true}}

// tallied is what was counted, one by one.
type tallied struct {
	n     map[figureKey]int64
	years []int
}

func (t tallied) add(organ string, year int, cell string) { t.n[figureKey{organ, year, cell, ""}]++ }

// Recount reads every request and document and holds what they count in some years
// against the counters.
func (s Recounts) Recount(ctx context.Context, first, last int) (r compile.Recount, err error) {
	t := tallied{n: map[figureKey]int64{}}
	for year := first; year <= last; year++ {
		t.years = append(t.years, year)
	}
	if err := eachRecord(ctx, s.DB, "request", "", scanRequest, func(one foi.Request) { r.Records++; t.request(one) }); err != nil {
		return r, err
	}
	if err := eachRecord(ctx, s.DB, "document", "", scanDocument, func(one publish.Document) { r.Records++; t.document(one) }); err != nil {
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
			for k, n := range kept {
				if real := t.n[k]; real != n {
					r.Wrong = append(r.Wrong, compile.Mismatch{Organ: organ, Year: year, Cell: k.cell, Counting: k.counting, Kept: n, Real: real})
				}
				delete(t.n, k)
			}
		}
	}
	for c, n := range t.n { // of which no counter knows anything
		r.Wrong = append(r.Wrong, compile.Mismatch{Organ: c.organ, Year: c.year, Cell: c.cell, Counting: c.counting, Real: n})
	}
	slices.SortFunc(r.Wrong, func(a, b compile.Mismatch) int {
		return strings.Compare(a.Organ+a.Cell+a.Counting, b.Organ+b.Cell+b.Counting)
	})
	return r, nil
}

// recordsAtOnce is how many records are read at a time.
const recordsAtOnce = 500

// eachRecord hands over all records of a table by their keys, or those of an organ.
func eachRecord[T any](ctx context.Context, db *DB, table, organ string, scan func(interface{ Scan(...any) error }) (T, error), each func(T)) error {
	for after := ""; ; {
		some, last, err := nextRecords(ctx, db.read, table, organ, scan, after)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, one := range some {
			each(one)
		}
		after = last
	}
}

// nextRecords gives some records behind a key, with the key of the last.
func nextRecords[T any](ctx context.Context, q querier, table, organ string, scan func(interface{ Scan(...any) error }) (T, error), after string) (some []T, last string, err error) {
	of, args := "", []any{after, recordsAtOnce}
	if organ != "" {
		of, args = " AND organ_id = $3", append(args, organ)
	}
	some, err = collect(ctx, q, func(row interface{ Scan(...any) error }) (one T, err error) {
		var file string
		if err := row.Scan(&last, &file); err != nil {
			return one, err
		}
		return scan(text(file))
	}, "SELECT id, file FROM "+table+" WHERE id > $1"+of+" ORDER BY id LIMIT $2", args...)
	return some, last, err
}

// text is a row that holds one text.
type text string

// Scan reads it.
func (t text) Scan(into ...any) error {
	*into[0].(*string) = string(t)
	return nil
}

// cellOf2, cellOf3 and cellOf4 name cells of the tables as the form does.
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

func cellOf3(c foi.Cell) string {
	return annual.Ref{Table: "table3", Row: c.Row, Column: c.Column}.String()
}

func cellOf4(kind foi.DisputeKind, result foi.Result) string {
	i := slices.IndexFunc(foi.Results(), func(c foi.Choice) bool { return c.Value == string(result) })
	return annual.Ref{Table: "table4", Row: string(kind), Column: "C" + strconv.Itoa(i+1)}.String()
}

func (t tallied) request(r foi.Request) {
	for _, c := range countings {
		tallies, three, four := r.Tallies(c), c.OfRequests().String(), c.OfDisputes().String()
		for _, year := range t.years {
			for cell, n := range foi.CountTable3(year, tallies) {
				t.n[figureKey{r.Organ, year, cellOf3(cell), three}] += int64(n)
			}
			for at, n := range foi.CountTable4(year, r.Disputes, c) {
				t.n[figureKey{r.Organ, year, cellOf4(at.Kind, at.Result), four}] += int64(n)
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
func (s Recounts) kept(ctx context.Context, organ string, year int) (map[figureKey]int64, error) {
	all := map[figureKey]int64{}
	add := func(cells map[string]int64, counting string) {
		for cell, n := range cells {
			all[figureKey{organ, year, cell, counting}] += n
		}
	}
	for _, c := range countings {
		three, four, err := s.keptRequests(ctx, organ, year, c)
		if err != nil {
			return nil, err
		}
		add(three, c.OfRequests().String())
		add(four, c.OfDisputes().String())
	}
	documents, err := s.keptDocuments(ctx, organ, year)
	add(documents, "")
	return all, err
}

// keptRequests gives the counters of tables 3 and 4 by a convention.
func (s Recounts) keptRequests(ctx context.Context, organ string, year int, c foi.Conventions) (three, four map[string]int64, err error) {
	three, four = map[string]int64{}, map[string]int64{}
	t3, t4, err := Requests(s).Count(ctx, account.Place{Organ: organ}, year, c)
	for cell, n := range t3 {
		three[cellOf3(cell)] += int64(n)
	}
	for at, n := range t4 {
		four[cellOf4(at.Kind, at.Result)] += int64(n)
	}
	return three, four, err
}

// keptDocuments gives the counters of table 2, and of what was published.
func (s Recounts) keptDocuments(ctx context.Context, organ string, year int) (map[string]int64, error) {
	all := map[string]int64{}
	f, err := Documents(s).Count(ctx, account.Place{Organ: organ}, year)
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
