package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/publish"
	"gongkai/internal/search"
)

// Search keeps the index of what everybody may read. It is written with the document
// that changes, by one transaction at a time.
type Search struct {
	DB       *DB
	PartSize int // of the lists that Index writes; 0 for search.PartSize
}

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

// indexTexts brings some documents up to date. One that is there keeps its number, and
// only what differs is written.
func (tx *Tx) indexTexts(ctx context.Context, partSize int, changes ...change) error {
	last, err := tx.lastListed(ctx)
	if err != nil {
		return err
	}
	if err := tx.revise(ctx, changedSearch); err != nil {
		return err
	}
	before, rows, gone := last, newDocs{}, 0
	lists := relisting{}
	latest := make(map[string]int, len(changes))
	for i, c := range changes {
		latest[c.id] = i
	}
	for i, c := range changes {
		if latest[c.id] != i {
			continue
		}
		n, was, err := tx.unindex(ctx, c.id)
		if err != nil {
			return err
		}
		if n > 0 {
			gone++
		}
		var is map[string]int
		if e := c.entry; c.there {
			if e.Text, err = tx.withFiles(ctx, e.Text, c.files); err != nil {
				return err
			}
			if n == 0 {
				last++
				n = last
			}
			rows.add(n, e)
			is = e.Weights()
		}
		lists.change(n, was, is)
	}
	if err := rows.write(ctx, tx); err != nil {
		return err
	}
	for _, one := range []struct {
		name string
		by   int64
	}{{"last", last - before}, {"size", int64(len(rows.docs) - gone)}} {
		if _, err := tx.ExecContext(ctx, moreListed, one.name, one.by); err != nil {
			return err
		}
	}
	return lists.write(ctx, tx, partSize)
}

const moreListed = "INSERT INTO search_state (name, n) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET n = search_state.n + excluded.n"

// lastListed gives the number of the last document. Its row is locked until the end:
// nobody else writes lists meanwhile.
func (tx *Tx) lastListed(ctx context.Context) (last int64, err error) {
	return last, tx.QueryRowContext(ctx, moreListed+" RETURNING n", "last", 0).Scan(&last)
}

// newDocs are the rows of documents that come in.
type newDocs struct{ docs, texts [][]any }

func (d *newDocs) add(n int64, e search.Entry) {
	d.docs = append(d.docs, []any{n, e.ID, e.Organ, e.Kind, e.Subject, e.Theme, e.Ended, e.On, e.Number, e.Title})
	d.texts = append(d.texts, []any{n, e.Joined(), e.Text})
}

func (d *newDocs) write(ctx context.Context, tx *Tx) error {
	for _, table := range []struct {
		name, columns string
		rows          [][]any
	}{{"search_doc", "n, document_id, organ_id, kind, subject, theme, ended, published_on, number, title", d.docs}, {"search_text", "n, joined, body", d.texts}} {
		for some := range slices.Chunk(table.rows, fewRows/2) {
			query, args := insertRows(table.name, table.columns, some)
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// unindex takes a document out and gives its number, 0 when it was not there, and what
// it was found by.
func (tx *Tx) unindex(ctx context.Context, id string) (n int64, was map[string]int, err error) {
	old, err := collect(ctx, tx, scanIndexed, selectIndexed+" WHERE d.document_id = $1", id)
	if err != nil || len(old) == 0 {
		return 0, nil, err
	}
	for _, table := range []string{"search_doc", "search_text"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE n = $1", old[0].n); err != nil {
			return 0, nil, err
		}
	}
	return old[0].n, old[0].e.Weights(), nil
}

// indexedDoc is a document as the index knows it.
type indexedDoc struct {
	n int64
	e search.Entry
}

const selectIndexed = "SELECT d.n, d.document_id, d.organ_id, d.kind, d.subject, d.theme, d.ended, d.published_on, d.number, d.title, t.body FROM search_doc d JOIN search_text t ON t.n = d.n"

func scanIndexed(row interface{ Scan(...any) error }) (k indexedDoc, err error) {
	return k, row.Scan(&k.n, &k.e.ID, &k.e.Organ, &k.e.Kind, &k.e.Subject, &k.e.Theme, &k.e.Ended, &k.e.On, &k.e.Number, &k.e.Title, &k.e.Text)
}

// indexDocuments lists all documents anew.
func (tx *Tx) indexDocuments(ctx context.Context) error {
	for last := int64(0); ; {
		some, err := collect(ctx, tx, scanIndexed, selectIndexed+" WHERE d.n > $1 ORDER BY d.n LIMIT $2", last, 10*textsAtOnce)
		if err != nil || len(some) == 0 {
			return err
		}
		lists := relisting{}
		for _, d := range some {
			last = d.n
			lists.change(d.n, nil, d.e.Weights())
		}
		if err := lists.write(ctx, tx, search.PartSize); err != nil {
			return err
		}
	}
}

// Size gives how many documents can be found.
func (s Search) Size(ctx context.Context) (n int, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT COALESCE(SUM(n), 0) FROM search_state WHERE name = 'size'").Scan(&n)
	return n, err
}

// Organs gives an organ and all below it.
func (s Search) Organs(ctx context.Context, organ string) ([]string, error) {
	w := &where{}
	w.within("id", []account.Place{{Organ: organ, Below: true}})
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM organ"+w.sql()+" ORDER BY id", w.args...)
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

// Index brings some documents up to date, as a change of them would.
func (s Search) Index(ctx context.Context, entries []search.Entry) error {
	changes := make([]change, len(entries))
	for i, e := range entries {
		changes[i] = change{id: e.ID, entry: e, there: true}
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.indexTexts(ctx, cmp.Or(s.PartSize, search.PartSize), changes...)
	})
}
