package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/publish"
)

// CountSpan gives table 2 of any days, what was first published in them, and where texts
// began to stand, counted from the documents themselves.
func (s Documents) CountSpan(ctx context.Context, place account.Place, span calendar.Span) (publish.Figures, error) {
	f := publish.Figures{Posts: map[publish.Channel]int{}, Issued: map[string]int{}}
	first, last := span.From.String(), span.To.String()
	var err error
	if f.Table2, err = s.table2Of(ctx, place, span); err != nil {
		return f, err
	}
	var w where
	w.within("organ_id", []account.Place{place})
	w.add("published_on >= ? AND published_on <= ?", first, last)
	err = s.each(ctx, "SELECT issued_subject, COUNT(*) FROM document"+w.sql()+" GROUP BY 1", w.args, func(scan func(...any) error) error {
		var subject string
		var n int
		err := scan(&subject, &n)
		f.Issued[subject] += n
		return err
	})
	if err != nil {
		return f, err
	}
	w = where{}
	w.within("organ_id", []account.Place{place})
	w.add("from_on >= ? AND from_on <= ?", first, last)
	return f, s.each(ctx, "SELECT channel, COUNT(*) FROM document_post"+w.sql()+" GROUP BY 1", w.args, func(scan func(...any) error) error {
		var channel publish.Channel
		var n int
		err := scan(&channel, &n)
		f.Posts[channel] += n
		return err
	})
}
