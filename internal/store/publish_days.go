package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/publish"
)

// daysStep is the migration behind which the days of table 2 are read off documents.
const daysStep = "document_days"

// lifeOf gives the days of a document that table 2 counts, "" for none.
func lifeOf(d publish.Document) (made, out string) {
	life, ok := d.Counted()
	if !ok {
		return "", ""
	}
	return dayText(life.Made), dayText(life.Ended)
}

// dateDocuments writes the days of the documents that are there.
func (tx *Tx) dateDocuments(ctx context.Context) error {
	for after := ""; ; {
		some, last, err := nextRecords(ctx, tx, "document", "", scanDocument, after)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, d := range some {
			made, out := lifeOf(d)
			if made == "" {
				continue
			}
			if err := tx.repeat(ctx, "UPDATE document SET made_on = $1, out_on = $2 WHERE id = $3", made, out, d.ID); err != nil {
				return err
			}
		}
		after = last
	}
}

// table2Of counts table 2 of any days.
func (s Documents) table2Of(ctx context.Context, place account.Place, span calendar.Span) (publish.Table2, error) {
	first, last := span.From.String(), span.To.String()
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("made_on <> '' AND made_on <= ? AND (out_on = '' OR out_on >= ?)", last, first)
	from, until := w.mark(first), w.mark(last)
	counted := publish.Table2{}
	query := "SELECT counted_kind, SUM(CASE WHEN made_on >= " + from + " THEN 1 ELSE 0 END), SUM(CASE WHEN out_on <> '' AND out_on <= " + until + " THEN 1 ELSE 0 END), SUM(CASE WHEN out_on = '' OR out_on > " + until + " THEN 1 ELSE 0 END) FROM document"
	return counted, s.each(ctx, query+w.sql()+" GROUP BY 1", w.args, func(scan func(...any) error) error {
		var kind publish.Kind
		var made, out, inForce int
		if err := scan(&kind, &made, &out, &inForce); err != nil {
			return err
		}
		for cell, n := range map[string]int{publish.CellMade: made, publish.CellRepealed: out, publish.CellInForce: inForce} {
			if n > 0 {
				counted[publish.Cell{Kind: kind, Cell: cell}] = n
			}
		}
		return nil
	})
}
