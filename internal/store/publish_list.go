package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
)

// documentOrders are the orders of the list in the house; by default what is due
// next comes first, and of what is not due any more the latest.
var documentOrders = map[string]string{
	"":          "due, id DESC",
	"due":       "due, id DESC",
	"formed":    "formed_on, id",
	"published": "published_on, id",
	"index":     "index_number, id",
	"status":    "status, due, id DESC",
}

const documentRowColumns = "id, organ_id, section_id, index_number, number, title, status, visibility, openness, kind, subject, theme, validity, drafter, formed_on, published_on, due"

func documentRow(r *publish.Row, more ...any) (places []any, days func() error) {
	var formed, published, due string
	places = append([]any{
		&r.ID, &r.Organ, &r.Section, &r.Index, &r.Number, &r.Title, &r.Status, &r.Visibility, &r.Openness, &r.Kind, &r.Subject, &r.Theme, &r.Force, &r.Drafter, &formed, &published, &due,
	}, more...)
	return places, func() error {
		if due == noDue {
			due = ""
		}
		return daysOf(map[string]*calendar.Date{formed + " formed": &r.Formed, published + " published": &r.Published, due + " due": &r.Due})
	}
}

// daysOf reads days; what follows a blank only keeps equal ones apart.
func daysOf(all map[string]*calendar.Date) error {
	for text, to := range all {
		day, _, _ := strings.Cut(text, " ")
		if err := to.UnmarshalText([]byte(day)); err != nil {
			return err
		}
	}
	return nil
}

func scanDocumentRow(row interface{ Scan(...any) error }) (r publish.Row, err error) {
	places, days := documentRow(&r)
	if err := row.Scan(places...); err != nil {
		return r, err
	}
	return r, days()
}

// List gives the documents of some places, by the organ that issues or the section
// that drafts.
func (s Documents) List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[publish.Row], error) {
	var page paging.Page[publish.Row]
	w := documentConditions(places, q, today)
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "document"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanDocumentRow, "SELECT "+documentRowColumns+" FROM document"+w.sql()+" ORDER BY "+ordered(documentOrders, q)+tail, args...)
	return page, err
}

func documentConditions(places []account.Place, q paging.Query, today calendar.Date) *where {
	w := &where{}
	w.withinEither(places, "organ_id", "section_id")
	kind := "kind"
	if q.Filter(publish.FilterCell) != "" {
		kind = "counted_kind"
	}
	for filter, column := range map[string]string{
		publish.FilterStatus: "status", publish.FilterOpenness: "openness", publish.FilterKind: kind, publish.FilterSubject: "subject", publish.FilterTheme: "theme",
		publish.FilterForce: "validity", publish.FilterOrgan: "organ_id", publish.FilterDrafter: "drafter", publish.FilterRequest: "request_id",
	} {
		if value := q.Filter(filter); value != "" {
			w.add(column+" = ?", value)
		}
	}
	if below := q.Filter(publish.FilterBelow); below != "" {
		w.within("organ_id", []account.Place{{Organ: below, Below: true}})
	}
	switch q.Filter(publish.FilterOpen) {
	case "yes":
		w.add("open")
	case "no":
		w.add("NOT open")
	}
	switch q.Filter(publish.FilterDue) {
	case "overdue":
		w.add("due < ?", today.String())
	case "soon":
		w.add("due >= ? AND due <= ?", today.String(), today.Add(publish.SoonDays).String())
	}
	w.published(q)
	if q.Words != "" {
		pattern := like(q.Words)
		w.add(`(title LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\' OR index_number LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	return w
}

// published narrows to what was published in a time, or stands in a cell of a year.
func (w *where) published(q paging.Query) {
	if from := q.Filter(publish.FilterFrom); from != "" {
		w.add("published_on >= ?", from)
	}
	if until := q.Filter(publish.FilterUntil); until != "" {
		w.add("published_on <> '' AND published_on <= ?", until)
	}
	year := q.Filter(publish.FilterYear)
	if year == "" {
		return
	}
	first, last := ends(year)
	switch q.Filter(publish.FilterCell) {
	case publish.CellMade:
		w.add("made_on >= ? AND made_on <= ?", first, last)
	case publish.CellRepealed:
		w.add("made_on <> '' AND out_on >= ? AND out_on <= ?", first, last)
	case publish.CellInForce:
		w.add("made_on <> '' AND made_on <= ? AND (out_on = '' OR out_on > ?)", last, last)
	default:
		if channel := q.Filter(publish.FilterPost); channel != "" {
			w.add("id IN (SELECT document_id FROM document_post WHERE channel = ? AND from_on >= ? AND from_on <= ?)", channel, first, last)
			return
		}
		w.add("published_on >= ? AND published_on <= ?", first, last)
	}
}

// withinEither narrows to rows of which one of some columns lies in the places.
func (w *where) withinEither(places []account.Place, columns ...string) {
	var either []string
	var args []any
	for _, column := range columns {
		var one where
		one.within(column, places)
		condition := one.conditions[0]
		for i := len(one.args); i > 0; i-- {
			condition = strings.Replace(condition, "$"+strconv.Itoa(i), "?", 1)
		}
		either, args = append(either, condition), append(args, one.args...)
	}
	w.add("("+strings.Join(either, " OR ")+")", args...)
}

// Linked gives the documents that link to one, the latest first.
func (s Documents) Linked(ctx context.Context, id string) ([]publish.Neighbour, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (n publish.Neighbour, err error) {
		places, days := documentRow(&n.Row, &n.Kind)
		if err := row.Scan(places...); err != nil {
			return n, err
		}
		return n, days()
	}, "SELECT "+documentRowColumns+", link_kind FROM (SELECT document_id, kind AS link_kind FROM document_link WHERE target = $1) AS l JOIN document d ON d.id = l.document_id ORDER BY d.id DESC", id)
}

const listedColumns = "document_id, organ_id, index_number, number, title, kind, subject, theme, validity, formed_on, published_on, changed_on, summary, gone, report_year"

func scanListed(row interface{ Scan(...any) error }) (l publish.Listed, err error) {
	var formed, published, changed string
	if err := row.Scan(&l.ID, &l.Organ, &l.Index, &l.Number, &l.Title, &l.Kind, &l.Subject, &l.Theme, &l.Force, &formed, &published, &changed, &l.Summary, &l.Gone, &l.Report); err != nil {
		return l, err
	}
	return l, daysOf(map[string]*calendar.Date{formed + " formed": &l.Formed, published + " published": &l.Published, changed + " changed": &l.Changed})
}

// saveListed keeps the line of the catalogue.
func (tx *Tx) saveListed(ctx context.Context, d publish.Document) error {
	var rows [][]any
	if l, ok := d.Listed(); ok {
		rows = [][]any{{
			l.ID, l.Organ, l.Index, l.Number, l.Title, string(l.Kind), l.Subject, l.Theme, string(l.Force), dayText(l.Formed), dayText(l.Published), dayText(l.Changed), l.Summary, l.Gone, l.Report,
		}}
	}
	return tx.replace(ctx, "catalogue", listedColumns, d.ID, rows)
}

// catalogueOrders are the orders of the catalogue; the latest comes first.
var catalogueOrders = map[string]string{
	"":          "published_on, document_id",
	"published": "published_on, document_id",
	"formed":    "formed_on, document_id",
	"index":     "index_number, document_id",
	"report":    "report_year, published_on, document_id",
}

// Catalogue gives what everybody may read, of an organ, of it and those below, or of
// all with a place without an organ; what is gone is not listed. What words were found in
// comes by rank unless another order is asked for.
func (s Documents) Catalogue(ctx context.Context, place account.Place, q paging.Query) (paging.Page[publish.Listed], error) {
	var page paging.Page[publish.Listed]
	w := catalogueConditions(place, q)
	byRank := q.Sort == "" && q.Filter(publish.FilterAmong) != ""
	if q.Sort == "" {
		q.Desc = true
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "catalogue"); err != nil {
		return page, err
	}
	if byRank {
		page.Rows, err = s.ranked(ctx, w, q)
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanListed, "SELECT "+listedColumns+" FROM catalogue"+w.sql()+" ORDER BY "+ordered(catalogueOrders, q)+tail, args...)
	return page, err
}

func catalogueConditions(place account.Place, q paging.Query) *where {
	w := &where{}
	w.add("NOT gone")
	if place.Organ != "" {
		w.within("organ_id", []account.Place{place})
	}
	for filter, column := range map[string]string{publish.FilterKind: "kind", publish.FilterSubject: "subject", publish.FilterTheme: "theme", publish.FilterForce: "validity", publish.FilterOrgan: "organ_id"} {
		if value := q.Filter(filter); value != "" {
			w.add(column+" = ?", value)
		}
	}
	if q.Filter(publish.FilterLibrary) != "" {
		w.add("(kind IN ("+marks(len(publish.LibraryKinds()))+") AND (kind <> ? OR number <> ''))", append(keys(publish.LibraryKinds()), string(publish.OtherDocument))...)
	}
	if report := q.Filter(publish.FilterReport); report != "" {
		w.add("report_year = ?", yearOf(report))
	}
	w.published(q)
	if q.Words != "" {
		pattern := like(q.Words)
		said, args := `title LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\' OR index_number LIKE ? ESCAPE '\'`, []any{pattern, pattern, pattern}
		if found := strings.Fields(q.Filter(publish.FilterAmong)); len(found) > 0 {
			said, args = said+" OR document_id IN ("+marks(len(found))+")", append(args, keys(found)...)
		}
		w.add("("+said+")", args...)
	}
	return w
}

// marks gives so many places for arguments.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// ranked gives a part of what meets conditions: first what words were found in, by rank,
// then the rest, the latest first.
func (s Documents) ranked(ctx context.Context, w *where, q paging.Query) ([]publish.Listed, error) {
	found := strings.Fields(q.Filter(publish.FilterAmong))
	top := &where{slices.Clone(w.conditions), slices.Clone(w.args)}
	top.in("document_id", keys(found))
	rows, err := collect(ctx, s.DB.read, scanListed, "SELECT "+listedColumns+" FROM catalogue"+top.sql(), top.args...)
	if err != nil {
		return nil, err
	}
	rank := make(map[string]int, len(found))
	for i, id := range found {
		rank[id] = i
	}
	slices.SortFunc(rows, func(a, b publish.Listed) int { return rank[a.ID] - rank[b.ID] })
	from, left := q.Offset(), q.Limit()
	some := rows[min(from, len(rows)):min(from+left, len(rows))]
	if left -= len(some); left == 0 {
		return some, nil
	}
	w.add("document_id NOT IN ("+marks(len(found))+")", keys(found)...)
	n := len(w.args)
	rest, err := collect(ctx, s.DB.read, scanListed, "SELECT "+listedColumns+" FROM catalogue"+w.sql()+" ORDER BY "+ordered(catalogueOrders, q)+" LIMIT $"+strconv.Itoa(n+1)+" OFFSET $"+strconv.Itoa(n+2),
		w.with(left, max(0, from-len(rows)))...)
	return append(some, rest...), err
}

// ByIndex gives the key of the document with an index number that is public, or was;
// NotFound for none.
func (s Documents) ByIndex(ctx context.Context, index string) (string, error) {
	found, err := collect(ctx, s.DB.read, scanText, "SELECT c.document_id FROM document d JOIN catalogue c ON c.document_id = d.id WHERE d.index_number = $1 AND d.index_number <> ''", index)
	if err == nil && len(found) == 0 {
		err = errs.New(errs.NotFound, "没有索引号为“%s”的信息，请核对以后再试。", index)
	}
	return first(found), err
}

// Explanations gives the public documents that some are explained by, or with back those
// that they explain, each the earliest first.
func (s Documents) Explanations(ctx context.Context, ids []string, back bool) (map[string][]publish.Listed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	here, there := "target", "document_id"
	if back {
		here, there = there, here
	}
	type line struct {
		of string
		publish.Listed
	}
	w := &where{}
	w.add("l.kind = ?", string(publish.Explains))
	w.in("l."+here, keys(ids))
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) {
		return l, row.Scan(&l.of, &l.ID, &l.Title, &l.Number)
	}, "SELECT l."+here+", c.document_id, c.title, c.number FROM document_link l JOIN catalogue c ON c.document_id = l."+there+w.sql()+" AND NOT c.gone ORDER BY c.published_on, c.document_id", w.args...)
	all := map[string][]publish.Listed{}
	for _, l := range lines {
		all[l.of] = append(all[l.of], l.Listed)
	}
	return all, err
}

// ReportYears gives the years on which annual reports of a place are published.
func (s Documents) ReportYears(ctx context.Context, place account.Place) ([]int, error) {
	w := &where{}
	w.add("NOT gone AND report_year <> 0")
	if place.Organ != "" {
		w.within("organ_id", []account.Place{place})
	}
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (n int, err error) { return n, row.Scan(&n) }, "SELECT DISTINCT report_year FROM catalogue"+w.sql()+" ORDER BY report_year DESC", w.args...)
}

// Known gives which of some numbers documents of an organ have already.
func (s Documents) Known(ctx context.Context, organ string, numbers []string) ([]string, error) {
	return s.among(ctx, "number", organ, numbers)
}

// Indexed gives which of some index numbers are given already, by whomever.
func (s Documents) Indexed(ctx context.Context, indexes []string) ([]string, error) {
	return s.among(ctx, "index_number", "", indexes)
}

// Numbered gives the documents of an organ that have a number.
func (s Documents) Numbered(ctx context.Context, organ, number string) ([]publish.Row, error) {
	return collect(ctx, s.DB.read, scanDocumentRow, "SELECT "+documentRowColumns+" FROM document WHERE organ_id = $1 AND number = $2 AND number <> '' AND status <> $3 ORDER BY id",
		organ, number, string(publish.Dropped))
}

// among gives which of some values a column has already.
func (s Documents) among(ctx context.Context, column, organ string, values []string) ([]string, error) {
	var all []string
	for some := range slices.Chunk(values, 500) {
		w := &where{}
		if organ != "" {
			w.add("organ_id = ?", organ)
		}
		w.in(column, keys(some))
		w.add("status <> ?", string(publish.Dropped))
		found, err := collect(ctx, s.DB.read, scanText, "SELECT DISTINCT "+column+" FROM document"+w.sql()+" ORDER BY "+column, w.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// yearOf reads a year of a filter; 0, in which nothing happened, for what is none.
func yearOf(s string) (n int) {
	for _, r := range s {
		if r < '0' || r > '9' || n > 9999 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}
