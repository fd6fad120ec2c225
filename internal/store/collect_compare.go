package store

import (
	"context"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	collecting "gongkai/internal/collect"
	"gongkai/internal/paging"
)

// changedCompared counts changes of what the pages that compare organs are made from.
const changedCompared = "compared"

// publicReports are the checked reports that everybody may see: published here, or received
// and due before a day. One that is being corrected is left out until its new text stands.
const publicReports = `(SELECT c.organ_id AS organ_id, o.path AS path, o.name AS name, c.year AS year, c.received AS received, c.concluded AS concluded, c.disclosed AS disclosed,
	c.reviews AS reviews, c.corrected AS corrected, COALESCE(t.n, 0) AS replies, COALESCE(t.late, 0) AS late
	FROM collection c JOIN {organs} ON o.id = c.organ_id
	LEFT JOIN report r ON r.organ_id = c.organ_id AND r.year = c.year
	LEFT JOIN document d ON d.id = r.document_id AND d.visibility = 'public'
	LEFT JOIN received f ON f.organ_id = c.organ_id AND f.year = c.year AND f.state = 'counted'
	LEFT JOIN reply_tally t ON t.organ_id = c.organ_id AND t.year = c.year
	WHERE c.figures <> '' AND c.wanted = c.done AND NOT o.ended
	AND (r.status = 'frozen' AND d.id IS NOT NULL OR COALESCE(r.versions, 0) = 0 AND f.id IS NOT NULL AND c.due <> '' AND c.due < {day})) AS public_reports`

func publicOn(day calendar.Date, today string) string {
	return strings.NewReplacer("{day}", today, "{organs}", organsOn(day)).Replace(publicReports)
}

// comparedOrders are the orders of the page. By a share those come last of which it says
// nothing, because it is of too few.
var comparedOrders = map[string][2]string{ // ascending, descending
	"received":   {"received, path", "received DESC, path"},
	"concluded":  {"concluded, path", "concluded DESC, path"},
	"share":      shareOrder("disclosed", "concluded", "concluded"),
	"ontime":     shareOrder("(replies - late)", "replies", "replies"),
	"perhundred": shareOrder("corrected", "received", "received"),
	"name":       {"name, path", "name DESC, path"},
}

func shareOrder(part, whole, least string) [2]string {
	few := "CASE WHEN " + least + " < " + strconv.Itoa(collecting.Smallest) + " THEN 1 ELSE 0 END, "
	share := part + " * 1.0 / CASE WHEN " + whole + " > 0 THEN " + whole + " ELSE 1 END"
	return [2]string{few + share + ", path", few + share + " DESC, path"}
}

// Compare gives a part of the organs of a place beside each other.
func (s Collection) Compare(ctx context.Context, place account.Place, year int, day calendar.Date, q paging.Query, today calendar.Date) (page paging.Page[collecting.Compared], err error) {
	w := &where{}
	w.add("year = ?", year)
	from := publicOn(day, "$2")
	w.args = append(w.args, today.String())
	if place.Organ != "" {
		w.withinOn(day, "organ_id", []account.Place{place})
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		w.add(`name LIKE ? ESCAPE '\'`, like(words))
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, from); err != nil {
		return page, err
	}
	order := "path"
	if both, ok := comparedOrders[q.Sort]; ok {
		order = both[0]
		if q.Desc {
			order = both[1]
		}
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (c collecting.Compared, err error) {
		var received, concluded, disclosed, reviews, corrected int64
		if err := row.Scan(&c.Organ, &c.Name, &received, &concluded, &disclosed, &reviews, &corrected, &c.Replies, &c.Late); err != nil {
			return c, err
		}
		of := func(n int64) collecting.Figure { return collecting.Figure{N: max(n, 0), Known: n >= 0} }
		c.Received, c.Concluded, c.Disclosed, c.Reviews, c.Corrected = of(received), of(concluded), of(disclosed), of(reviews), of(corrected)
		return c, nil
	}, "SELECT organ_id, name, received, concluded, disclosed, reviews, corrected, replies, late FROM "+from+w.sql()+" ORDER BY "+order+tail, args...)
	return page, err
}

// ComparedYears gives the years of which there is something to compare.
func (s Collection) ComparedYears(ctx context.Context, today calendar.Date) ([]int, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (y int, err error) { return y, row.Scan(&y) },
		"SELECT DISTINCT year FROM "+publicOn(calendar.Date{}, "$1")+" ORDER BY year DESC", today.String())
}

// Recompare lets the pages that compare be made anew.
func (s Collection) Recompare(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.revise(ctx, changedCompared) })
}
