package store

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/lexicon"
	"gongkai/internal/paging"
)

// Lexicon keeps the words of organs.
type Lexicon struct{ DB *DB }

const wordColumns = "id, organ_id, word, instead, severity, note, changed_by, changed_at"

// wordOrders are the orders of the list.
var wordOrders = map[string]string{"": "word, id", "word": "word, id", "changed": "changed_at, id"}

func scanWord(row interface{ Scan(...any) error }) (e lexicon.Entry, err error) {
	var at int64
	err = row.Scan(&e.ID, &e.Organ, &e.Word.Word, &e.Instead, &e.Severity, &e.Note, &e.By, &at)
	e.At = moment(at)
	return e, err
}

// Revision tells how often any word was changed.
func (s Lexicon) Revision(ctx context.Context) (int64, error) { return s.DB.revision(ctx, "lexicon") }

// Entry gives a word by its key.
func (s Lexicon) Entry(ctx context.Context, id string) (lexicon.Entry, error) {
	e, err := scanWord(s.DB.read.QueryRowContext(ctx, "SELECT "+wordColumns+" FROM lexicon_word WHERE id = $1", id))
	return e, missing(err, "词库里没有这个词。")
}

// Of gives all words of some organs.
func (s Lexicon) Of(ctx context.Context, organs []string) ([]lexicon.Entry, error) {
	return wordsOf(ctx, s.DB.read, organs)
}

func wordsOf(ctx context.Context, q querier, organs []string) ([]lexicon.Entry, error) {
	w := &where{}
	w.in("organ_id", keys(organs))
	return collect(ctx, q, scanWord, "SELECT "+wordColumns+" FROM lexicon_word"+w.sql()+" ORDER BY word, id", w.args...)
}

// List gives the words of some places and of some organs beside them.
func (s Lexicon) List(ctx context.Context, places []account.Place, organs []string, q paging.Query) (paging.Page[lexicon.Entry], error) {
	var page paging.Page[lexicon.Entry]
	w := &where{}
	for _, organ := range organs {
		places = append(slices.Clip(places), account.Place{Organ: organ})
	}
	w.within("organ_id", places)
	if organ := q.Filter(lexicon.FilterOrgan); organ != "" {
		w.add("organ_id = ?", organ)
	}
	if severity := q.Filter(lexicon.FilterSeverity); severity != "" {
		w.add("severity = ?", severity)
	}
	if q.Words != "" {
		pattern := like(q.Words)
		w.add(`(word LIKE ? ESCAPE '\' OR instead LIKE ? ESCAPE '\' OR note LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "lexicon_word"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanWord, "SELECT "+wordColumns+" FROM lexicon_word"+w.sql()+" ORDER BY "+ordered(wordOrders, q)+tail, args...)
	return page, err
}

// Change changes the words of an organ as judge says. Changes come one after the
// other, by the lock of their revision.
func (s Lexicon) Change(ctx context.Context, organ string, judge func([]lexicon.Entry) (lexicon.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "lexicon"); err != nil {
			return err
		}
		have, err := wordsOf(ctx, tx, []string{organ})
		if err != nil {
			return err
		}
		c, err := judge(have)
		if err != nil {
			return err
		}
		for _, e := range c.Put {
			err := tx.repeat(ctx, "INSERT INTO lexicon_word ("+wordColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
				ON CONFLICT (id) DO UPDATE SET word = excluded.word, instead = excluded.instead, severity = excluded.severity, note = excluded.note,
				changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
				e.ID, e.Organ, e.Word.Word, e.Instead, string(e.Severity), e.Note, e.By, micros(e.At))
			if err != nil {
				return err
			}
		}
		for _, id := range c.Drop {
			if _, err := tx.ExecContext(ctx, "DELETE FROM lexicon_word WHERE id = $1 AND organ_id = $2", id, organ); err != nil {
				return err
			}
		}
		return tx.append(ctx, c.Events)
	})
}
