package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/letter"
	"gongkai/internal/paging"
)

func scanRegistered(row interface{ Scan(...any) error }) (l letter.Registered, err error) {
	var number string
	l.Paper, err = scanPaper(alsoInto{row, &number})
	l.RequestNumber = number
	return l, err
}

// alsoInto scans one more column behind those that are asked for.
type alsoInto struct {
	row  interface{ Scan(...any) error }
	last any
}

func (a alsoInto) Scan(into ...any) error { return a.row.Scan(append(into, a.last)...) }

// Register gives the letters of some places that have a number, the latest first.
func (s Letters) Register(ctx context.Context, places []account.Place, q paging.Query) (paging.Page[letter.Registered], error) {
	var page paging.Page[letter.Registered]
	w := &where{}
	w.within("l.organ_id", places)
	w.add("l.number <> ''")
	for filter, column := range map[string]string{letter.FilterOrgan: "l.organ_id", letter.FilterState: "l.state", letter.FilterKind: "l.kind"} {
		if value := q.Filter(filter); value != "" {
			w.add(column+" = ?", value)
		}
	}
	if year := q.Filter(letter.FilterYear); year != "" {
		w.add(`l.number LIKE ? ESCAPE '\'`, like("〔"+year+"〕"))
	}
	if q.Words != "" {
		w.add(`(l.number LIKE ? ESCAPE '\' OR l.request_id IN (SELECT id FROM request WHERE number LIKE ? ESCAPE '\'))`, like(q.Words), like(q.Words))
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "letter l"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanRegistered, "SELECT l.file, r.number FROM letter l JOIN request r ON r.id = l.request_id"+w.sql()+" ORDER BY l.id DESC"+tail, args...)
	return page, err
}
