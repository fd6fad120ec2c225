package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/publish"
	"gongkai/internal/work"
)

// The counters of publication, by their tables.
const (
	documentTally = "document_tally"
	postTally     = "post_tally"
	issueTally    = "issue_tally"
)

// countDocument adds a document to the counters, or with -1 takes it out of them.
func (t tallies) countDocument(d publish.Document, by int) {
	if one, ok := d.Tally(); ok {
		t.add(tallyKey{table: documentTally, organ: d.Organ, kind: string(one.Kind), from: one.Made, to: one.Ended}, tallyCount{n: by})
	}
	for _, p := range d.Posts {
		if p.From.IsZero() {
			continue // it never stood there, or not yet
		}
		t.add(tallyKey{table: postTally, organ: d.Organ, from: p.From.Year(), kind: string(p.Channel)}, tallyCount{n: by})
	}
	if one, ok := d.Issuance(); ok {
		c := tallyCount{n: by}
		if one.Late {
			c.late = by
		}
		if one.Measured {
			c.days = by
		}
		t.add(tallyKey{table: issueTally, organ: d.Organ, from: one.Year, kind: one.Subject}, c)
	}
}

func (tx *Tx) keepDocumentTally(ctx context.Context, k tallyKey, c tallyCount) error {
	var err error
	switch k.table {
	case documentTally:
		_, err = tx.ExecContext(ctx, `INSERT INTO document_tally (organ_id, kind, made, ended, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (organ_id, kind, made, ended) DO UPDATE SET n = document_tally.n + excluded.n`, k.organ, k.kind, k.from, k.to, c.n)
	case postTally:
		_, err = tx.ExecContext(ctx, `INSERT INTO post_tally (organ_id, year, channel, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (organ_id, year, channel) DO UPDATE SET n = post_tally.n + excluded.n`, k.organ, k.from, k.kind, c.n)
	default:
		_, err = tx.ExecContext(ctx, `INSERT INTO issue_tally (organ_id, year, subject, n, late, measured) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (organ_id, year, subject) DO UPDATE SET n = issue_tally.n + excluded.n, late = issue_tally.late + excluded.late, measured = issue_tally.measured + excluded.measured`,
			k.organ, k.from, k.kind, c.n, c.late, c.days)
	}
	return err
}

// Count gives the figures of a year over a place: what publish.CountTable2 gives for
// the same documents.
func (s Documents) Count(ctx context.Context, place account.Place, year int) (publish.Figures, error) {
	f := publish.Figures{Table2: publish.Table2{}, Posts: map[publish.Channel]int{}, Issued: map[string]int{}}
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("made <= ? AND (ended = 0 OR ended >= ?)", year, year)
	err := s.each(ctx, "SELECT kind, made, ended, SUM(n) FROM document_tally"+w.sql()+" GROUP BY 1, 2, 3", w.args, func(scan func(...any) error) error {
		var t publish.Tally
		var n int
		if err := scan(&t.Kind, &t.Made, &t.Ended, &n); err != nil || n == 0 {
			return err
		}
		for _, cell := range t.Cells(year) {
			f.Table2[publish.Cell{Kind: t.Kind, Cell: cell}] += n
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	w = where{}
	w.within("organ_id", []account.Place{place})
	w.add("year = ?", year)
	err = s.each(ctx, "SELECT channel, SUM(n) FROM post_tally"+w.sql()+" GROUP BY 1", w.args, func(scan func(...any) error) error {
		var channel publish.Channel
		var n int
		if err := scan(&channel, &n); err != nil || n == 0 {
			return err
		}
		f.Posts[channel] = n
		return nil
	})
	if err != nil {
		return f, err
	}
	return f, s.each(ctx, "SELECT subject, SUM(n), SUM(late), SUM(measured) FROM issue_tally"+w.sql()+" GROUP BY 1", w.args, func(scan func(...any) error) error {
		var subject string
		var n, late, measured int
		if err := scan(&subject, &n, &late, &measured); err != nil || n == 0 {
			return err
		}
		f.Issued[subject] = n
		f.Timely, f.Measured = f.Timely+measured-late, f.Measured+measured
		return nil
	})
}

func (s Documents) each(ctx context.Context, query string, args []any, one func(scan func(...any) error) error) error {
	rows, err := s.DB.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := one(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// documentAgenda gives what is to be done about a document as items of work. Their
// days are fixed: the document counts them.
func documentAgenda(a publish.Agenda) agenda {
	wanted := make([]work.Opening, len(a.Duties))
	for i, d := range a.Duties {
		wanted[i] = work.Opening{
			Organ: d.Organ, Task: work.Publish, Subject: publish.Subject(a.Document), Title: d.Title(a.Name), Note: d.Cite,
			Link: "/desk/documents/" + a.Document, For: work.Holder{Person: d.Person, Role: d.Role}, Due: d.Due,
		}
	}
	return agenda{about: publish.Subject(a.Document), wanted: wanted, fulfilled: a.Fulfilled, closing: a.Closing}
}

// DisclosedRequests tells from which requests documents can be made (条例§44).
type DisclosedRequests struct{ DB *DB }

// Answered gives the number of a request that an organ has disclosed something to.
func (s DisclosedRequests) Answered(ctx context.Context, request, organ string) (string, error) {
	r, err := Requests(s).Request(ctx, request)
	if err != nil {
		return "", err
	}
	if r.Organ != organ || r.Outcome != "R3.1" && r.Outcome != "R3.2" {
		return "", publish.NotDisclosed(r.Number)
	}
	return r.Number, nil
}
