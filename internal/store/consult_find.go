package store

import (
	"context"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/search"
)

// textsMost is how many consultations are looked through, those that ended last: an organ
// asks a few times a year.
const textsMost = 2_000

// saysItself gives what a consultation is found by besides its title and what its files
// say.
func saysItself(c consult.Consultation) string {
	text := []string{c.Content.Draft.Text, c.Content.Explanation.Text}
	for _, f := range c.Files() {
		text = append(text, f.Name)
	}
	if f, told := c.Told(); told {
		text = append(text, f.Text)
	}
	return strings.Join(text, "\n")
}

// joinedOf gives a consultation as words are looked for in it.
func joinedOf(c consult.Consultation, body string) string {
	return search.Joined(c.Content.Title) + "\n" + search.Joined(body)
}

// listConsultation keeps what a consultation is found by. Whether everybody may find it is
// told by its days, when it is looked for.
func (tx *Tx) listConsultation(ctx context.Context, c consult.Consultation) error {
	var files []publish.File
	for _, f := range c.Files() {
		files = append(files, publish.File{Hash: f.Hash})
	}
	body, err := tx.withFiles(ctx, saysItself(c), files)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO consultation_text (consultation_id, joined, body) VALUES ($1, $2, $3)
		ON CONFLICT (consultation_id) DO UPDATE SET joined = excluded.joined, body = excluded.body`, c.ID, joinedOf(c, body), body)
	return err
}

// Find gives the consultations that everybody may read on a day and that say all terms of a
// query; what they say comes with them, by their keys.
func (s Consultations) Find(ctx context.Context, query search.Query, q paging.Query, today calendar.Date) (page paging.Page[consult.Row], says map[string]string, err error) {
	w := &where{}
	askedPublicly(w, today)
	w.add("id IN (SELECT id FROM consultation ORDER BY closes DESC, id LIMIT ?)", textsMost)
	for _, t := range query.Terms {
		w.add(`EXISTS (SELECT 1 FROM consultation_text t WHERE t.consultation_id = consultation.id AND t.joined LIKE ? ESCAPE '\')`, like(t.Text))
	}
	if page, err = s.page(ctx, w, publicOrders(today), q, today); err != nil || len(page.Rows) == 0 {
		return page, nil, err
	}
	some := &where{}
	var ids []any
	for _, r := range page.Rows {
		ids = append(ids, r.ID)
	}
	some.in("consultation_id", ids)
	type text struct{ id, body string }
	texts, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (t text, err error) { return t, row.Scan(&t.id, &t.body) },
		"SELECT consultation_id, body FROM consultation_text"+some.sql(), some.args...)
	says = map[string]string{}
	for _, t := range texts {
		says[t.id] = t.body
	}
	return page, says, err
}
