package store

import (
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/publish"
	"gongkai/internal/search"
)

// Search keeps the index of what everybody may read. It is written with the document
// that changes, by one transaction at a time.
type Search struct{ DB *DB }

// searched gives a document as the index takes it in; false when nobody may find it.
func searched(d publish.Document) (search.Entry, bool) {
	v, ok := d.Shown()
	if !ok {
		return search.Entry{}, false
	}
	text := []string{v.Summary, strings.Join(v.Keywords, "\n"), d.Index, v.To, publish.Plain(v.Text)}
	for _, f := range v.Files {
		text = append(text, f.Name)
	}
	return search.Entry{
		ID: d.ID, Organ: d.Organ, Kind: string(v.Kind), Subject: v.Subject, Theme: v.Theme, Number: v.Number, Ended: d.Validity.State.Ended(), On: dayText(d.PublishedOn),
		Title: v.Title, Text: strings.Join(slices.DeleteFunc(text, func(s string) bool { return s == "" }), "\n"),
	}, true
}

// change is what becomes of a document in the index.
type change struct {
	id    string
	entry search.Entry
	there bool
	files []publish.File // whose text is found with it
}

// withFiles adds what files say.
func (tx *Tx) withFiles(ctx context.Context, text string, files []publish.File) (string, error) {
	for _, f := range files {
		says, err := collect(ctx, tx, scanText, "SELECT text FROM file_text WHERE hash = $1", f.Hash)
		if err != nil {
			return text, err
		}
		if len(says) > 0 && says[0] != "" {
			text += "\n" + says[0]
		}
	}
	return text, nil
}

// HasText tells whether it is known what a file says.
func (s Search) HasText(ctx context.Context, hash string) (bool, error) {
	found, err := collect(ctx, s.DB.read, scanText, "SELECT hash FROM file_text WHERE hash = $1", hash)
	return len(found) > 0, err
}

// KeepText keeps what a file says.
func (s Search) KeepText(ctx context.Context, hash, text string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO file_text (hash, text) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", hash, text)
		return err
	})
}

// index brings some documents up to date.
func (tx *Tx) indexTexts(ctx context.Context, changes ...change) error {
	var last int64 // the row is locked until the end: nobody else writes postings meanwhile
	const more = "INSERT INTO search_state (name, n) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET n = search_state.n + excluded.n RETURNING n"
	if err := tx.QueryRowContext(ctx, more, "last", len(changes)).Scan(&last); err != nil {
		return err
	}
	p, grown := postings{}, 0
	for i, c := range changes {
		gone, err := tx.unindex(ctx, c.id, p)
		if err != nil {
			return err
		}
		grown -= gone
		if !c.there {
			continue
		}
		n, e := last-int64(len(changes)-1-i), c.entry
		if e.Text, err = tx.withFiles(ctx, e.Text, c.files); err != nil {
			return err
		}
		grown++
		p.add(n, e.Weights())
		query, args := insertRows("search_doc", "n, document_id, organ_id, kind, subject, theme, ended, published_on, number, title",
			[][]any{{n, e.ID, e.Organ, e.Kind, e.Subject, e.Theme, e.Ended, e.On, e.Number, e.Title}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO search_text (n, joined, body) VALUES ($1, $2, $3)", n, e.Joined(), e.Text); err != nil {
			return err
		}
	}
	var size int
	if err := tx.QueryRowContext(ctx, more, "size", grown).Scan(&size); err != nil {
		return err
	}
	return tx.savePostings(ctx, p)
}

// unindex takes a document out, with its postings; gone is 1 when it was there.
func (tx *Tx) unindex(ctx context.Context, id string, p postings) (gone int, err error) {
	type known struct {
		n int64
		e search.Entry
	}
	old, err := collect(ctx, tx, func(row interface{ Scan(...any) error }) (k known, err error) {
		return k, row.Scan(&k.n, &k.e.Title, &k.e.Number, &k.e.Text)
	}, "SELECT d.n, d.title, d.number, t.body FROM search_doc d JOIN search_text t ON t.n = d.n WHERE d.document_id = $1", id)
	if err != nil || len(old) == 0 {
		return 0, err
	}
	p.remove(old[0].n, old[0].e.Weights())
	for _, table := range []string{"search_doc", "search_text"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE n = $1", old[0].n); err != nil {
			return 0, err
		}
	}
	return 1, nil
}

// postings are the changes of blocks: by block and token, the new weight of each
// document, or removed.
type postings map[int64]map[string]map[int64]int

const removed = -1

func (p postings) set(doc int64, token string, weight int) {
	block := search.Block(doc)
	if p[block] == nil {
		p[block] = map[string]map[int64]int{}
	}
	if p[block][token] == nil {
		p[block][token] = map[int64]int{}
	}
	p[block][token][doc] = weight
}

func (p postings) add(doc int64, weights map[string]int) {
	for token, weight := range weights {
		p.set(doc, token, weight)
	}
}

func (p postings) remove(doc int64, weights map[string]int) {
	for token := range weights {
		p.set(doc, token, removed)
	}
}

// someTokens is how many rows one statement reads or writes.
const someTokens = 200

func (tx *Tx) savePostings(ctx context.Context, p postings) error {
	for block, byToken := range p {
		tokens := make([]string, 0, len(byToken))
		for t := range byToken {
			tokens = append(tokens, t)
		}
		slices.Sort(tokens)
		for some := range slices.Chunk(tokens, someTokens) {
			if err := tx.saveBlock(ctx, block, some, byToken); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) saveBlock(ctx context.Context, block int64, tokens []string, changed map[string]map[int64]int) error {
	have, err := blocksOf(ctx, tx, tokens, "block = ?", block)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, t := range tokens {
		var all []search.Posting
		for _, one := range have[t] {
			if _, again := changed[t][one.Doc]; !again {
				all = append(all, one)
			}
		}
		for doc, weight := range changed[t] {
			if weight != removed {
				all = append(all, search.Posting{Doc: doc, Weight: weight})
			}
		}
		if len(all) == 0 {
			if _, err := tx.ExecContext(ctx, "DELETE FROM search_post WHERE token = $1 AND block = $2", t, block); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []any{t, block, search.Pack(all)})
	}
	if len(rows) == 0 {
		return nil
	}
	query, args := insertRows("search_post", "token, block, docs", rows)
	_, err = tx.ExecContext(ctx, query+" ON CONFLICT (token, block) DO UPDATE SET docs = excluded.docs", args...)
	return err
}

// blocksOf reads the postings of some tokens, in the order of documents.
func blocksOf(ctx context.Context, q querier, tokens []string, condition string, args ...any) (map[string][]search.Posting, error) {
	all := make(map[string][]search.Posting, len(tokens))
	w := &where{}
	w.in("token", keys(tokens))
	if condition != "" {
		w.add(condition, args...)
	}
	rows, err := q.QueryContext(ctx, "SELECT token, block, docs FROM search_post"+w.sql()+" ORDER BY token, block", w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var token string
		var block int64
		var data []byte
		if err := rows.Scan(&token, &block, &data); err != nil {
			return nil, err
		}
		some, err := search.Unpack(block, data)
		if err != nil {
			return nil, err
		}
		all[token] = append(all[token], some...)
	}
	return all, rows.Err()
}

// Size gives how many documents can be found.
func (s Search) Size(ctx context.Context) (n int, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT COALESCE(SUM(n), 0) FROM search_state WHERE name = 'size'").Scan(&n)
	return n, err
}

// Postings gives those of some tokens.
func (s Search) Postings(ctx context.Context, tokens []string) (map[string][]search.Posting, error) {
	return blocksOf(ctx, s.DB.read, tokens, "")
}

// Within gives the documents of a filter.
func (s Search) Within(ctx context.Context, f search.Filter) (docs []int64, all bool, err error) {
	w := &where{}
	if f.Organ != "" {
		w.within("organ_id", []account.Place{{Organ: f.Organ, Below: f.Below}})
	}
	for _, c := range [][2]string{{"kind = ?", f.Kind}, {"subject = ?", f.Subject}, {"theme = ?", f.Theme}, {"published_on >= ?", f.From}, {"published_on <= ?", f.Until}} {
		if c[1] != "" {
			w.add(c[0], c[1])
		}
	}
	switch f.Ended {
	case "no":
		w.add("NOT ended")
	case "yes":
		w.add("ended")
	}
	if len(w.conditions) == 0 {
		return nil, true, nil
	}
	docs, err = collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (n int64, err error) { return n, row.Scan(&n) }, "SELECT n FROM search_doc"+w.sql()+" ORDER BY n", w.args...)
	return docs, false, err
}

// Metas gives what is known of some documents.
func (s Search) Metas(ctx context.Context, docs []int64) ([]search.Meta, error) {
	return chunked(docs, func(w *where) ([]search.Meta, error) {
		return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (m search.Meta, err error) {
			return m, row.Scan(&m.Doc, &m.ID, &m.Organ, &m.Kind, &m.Subject, &m.Theme, &m.Ended, &m.On, &m.Number, &m.Title)
		}, "SELECT n, document_id, organ_id, kind, subject, theme, ended, published_on, number, title FROM search_doc"+w.sql(), w.args...)
	})
}

// Joined gives the texts in which phrases are looked for.
func (s Search) Joined(ctx context.Context, docs []int64) (map[int64]string, error) {
	return s.texts(ctx, "joined", docs)
}

// Texts gives texts as they are.
func (s Search) Texts(ctx context.Context, docs []int64) (map[int64]string, error) {
	return s.texts(ctx, "body", docs)
}

func (s Search) texts(ctx context.Context, column string, docs []int64) (map[int64]string, error) {
	type text struct {
		n    int64
		says string
	}
	found, err := chunked(docs, func(w *where) ([]text, error) {
		return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (t text, err error) { return t, row.Scan(&t.n, &t.says) }, "SELECT n, "+column+" FROM search_text"+w.sql(), w.args...)
	})
	all := make(map[int64]string, len(found))
	for _, t := range found {
		all[t.n] = t.says
	}
	return all, err
}

// chunked asks for many documents a part at a time.
func chunked[T any](docs []int64, ask func(*where) ([]T, error)) ([]T, error) {
	var all []T
	for some := range slices.Chunk(docs, 500) {
		args := make([]any, len(some))
		for i, n := range some {
			args[i] = n
		}
		w := &where{}
		w.in("n", args)
		found, err := ask(w)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// Index brings some documents of a list up to date, as a change of them would.
func (s Search) Index(ctx context.Context, entries []search.Entry) error {
	changes := make([]change, len(entries))
	for i, e := range entries {
		changes[i] = change{id: e.ID, entry: e, there: true}
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.indexTexts(ctx, changes...) })
}
