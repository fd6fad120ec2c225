package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	collecting "gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
)

// Collection keeps the annual reports of those below: what was received, what was found,
// and notices.
type Collection struct{ DB *DB }

// standing is how the reports of a year stand: a row for every organ that reported for
// itself on a day, whether there is a report or not.
func standing(year int, day calendar.Date) string {
	return strings.NewReplacer("{elsewhere}", strings.ReplaceAll(publishedElsewhere, "{year}", strconv.Itoa(year)), "{year}", strconv.Itoa(year), "{organs}", organsOn(day)).Replace(`(SELECT o.id AS organ_id, o.path AS path, o.name AS name,
		CASE WHEN r.status = 'frozen' THEN CASE WHEN d.id IS NULL THEN 'frozen' ELSE 'published' END
			WHEN r.versions > 0 THEN r.status WHEN f.way IS NOT NULL THEN f.way WHEN r.status IS NOT NULL THEN r.status
			WHEN {elsewhere} IS NOT NULL THEN 'published' ELSE 'none' END AS stage,
		COALESCE(r.signed_on, '') AS signed_on, COALESCE(d.published_on, {elsewhere}, '') AS published_on, COALESCE(r.sent_on, '') AS sent_on,
		CASE WHEN r.versions > 0 THEN COALESCE(NULLIF(r.sent_on, ''), d.published_on, '') ELSE COALESCE(f.received_on, {elsewhere}, '') END AS arrived,
		COALESCE(f.id, '') AS received_id, COALESCE(f.doubts, 0) AS open_doubts,
		COALESCE(c.due, '') AS due, COALESCE(c.wanted, 0) - COALESCE(c.done, 0) AS behind, COALESCE(c.errors, 0) AS errors, COALESCE(c.warnings, 0) AS warnings,
		COALESCE(n.id, '') AS notice_id, COALESCE(n.status, '') AS notice_status, COALESCE(n.due, '') AS notice_due
		FROM {organs} LEFT JOIN report r ON r.organ_id = o.id AND r.year = {year}
		LEFT JOIN document d ON d.id = r.document_id AND d.visibility = 'public'
		LEFT JOIN received f ON f.organ_id = o.id AND f.year = {year} AND f.state = 'counted'
		LEFT JOIN collection c ON c.organ_id = o.id AND c.year = {year}
		LEFT JOIN mending n ON n.organ_id = o.id AND n.year = {year} AND n.active
		WHERE NOT o.ended AND o.nature <> 'internal') AS standing`)
}

// publishedElsewhere is the day on which a report became public that was not compiled here,
// as by an old site.
const publishedElsewhere = "(SELECT MIN(k.published_on) FROM catalogue k WHERE k.report_year = {year} AND k.organ_id = o.id AND NOT k.gone)"

// reporters are the organs that report for themselves: what is counted where nothing else
// is asked for.
func reporters(day calendar.Date) string {
	return "(SELECT id AS organ_id, path, name FROM " + organsOn(day) + " WHERE NOT ended AND nature <> 'internal') AS standing"
}

const standingColumns = "organ_id, name, stage, signed_on, published_on, sent_on, arrived, received_id, open_doubts, due, behind, errors, warnings, notice_id, notice_status, notice_due"

func scanStandingRow(row interface{ Scan(...any) error }) (r collecting.Row, err error) {
	var signed, published, sent, arrived, due, noticeDue string
	var behind int64
	if err := row.Scan(&r.Organ, &r.Name, &r.Stage, &signed, &published, &sent, &arrived, &r.Received, &r.Doubts, &due, &behind, &r.Errors, &r.Warnings, &r.Notice, &r.NoticeStatus, &noticeDue); err != nil {
		return r, err
	}
	r.Checked = behind == 0
	return r, daysOf(map[string]*calendar.Date{
		signed + " signed": &r.SignedOn, published + " published": &r.PublishedOn, sent + " sent": &r.SentOn, arrived + " arrived": &r.Arrived,
		due + " due": &r.Due, noticeDue + " notice": &r.NoticeDue,
	})
}

// standingOrders are the orders of the list; by itself it goes as the tree does.
var standingOrders = map[string]string{
	"":          "path",
	"name":      "name, path",
	"status":    "CASE stage WHEN 'none' THEN 0 WHEN 'compiling' THEN 1 WHEN 'reviewing' THEN 2 WHEN 'signing' THEN 3 WHEN 'frozen' THEN 4 WHEN 'published' THEN 5 ELSE 6 END, path",
	"signed":    "signed_on, path",
	"published": "published_on, path",
	"sent":      "sent_on, path",
	"arrived":   "arrived, path",
	"due":       "due, path",
	"errors":    "errors, path",
}

// List gives a part of the organs of some places, with how their reports of a year stand.
func (s Collection) List(ctx context.Context, places []account.Place, year int, day calendar.Date, q paging.Query, today calendar.Date) (page paging.Page[collecting.Row], err error) {
	w := &where{}
	w.withinOn(day, "organ_id", places)
	if stage := q.Filter(collecting.FilterStage); stage != "" {
		w.add("stage = ?", stage)
	}
	switch q.Filter(collecting.FilterTime) {
	case "late":
		w.add("arrived <> '' AND due <> '' AND arrived > due")
	case "missing":
		w.add("arrived = '' AND due <> '' AND due < ?", today.String())
	}
	switch q.Filter(collecting.FilterFound) {
	case "errors":
		w.add("errors > 0")
	case "warnings":
		w.add("warnings > 0")
	case "doubts":
		w.add("open_doubts > 0")
	case "clean":
		w.add("errors = 0 AND warnings = 0 AND open_doubts = 0 AND arrived <> '' AND behind = 0")
	}
	switch q.Filter(collecting.FilterNotice) {
	case "open":
		w.add("notice_id <> ''")
	case "overdue":
		w.add("notice_status = 'issued' AND notice_due < ?", today.String())
	case "answered":
		w.add("notice_status = 'answered'")
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		w.add(`name LIKE ? ESCAPE '\'`, like(words))
	}
	from := standing(year, day)
	counted := from
	if q.Filter(collecting.FilterStage)+q.Filter(collecting.FilterTime)+q.Filter(collecting.FilterFound)+q.Filter(collecting.FilterNotice) == "" {
		counted = reporters(day)
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, counted); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	order := ordered(standingOrders, q)
	if q.Sort == "" || q.Sort == "name" { // which organs stand on the page is known without their reports
		if from != counted {
			ids, err := collect(ctx, s.DB.read, scanText, "SELECT organ_id FROM "+counted+w.sql()+" ORDER BY "+order+tail, args...)
			if err != nil || len(ids) == 0 {
				return page, err
			}
			w = &where{}
			w.in("organ_id", keys(ids))
			tail, args = "", w.args
		}
	}
	page.Rows, err = collect(ctx, s.DB.read, scanStandingRow, "SELECT "+standingColumns+" FROM "+from+w.sql()+" ORDER BY "+order+tail, args...)
	for i := range page.Rows {
		page.Rows[i].Year = year
	}
	return page, err
}

// CountStages counts them by stage.
func (s Collection) CountStages(ctx context.Context, places []account.Place, year int, day, today calendar.Date) (stages map[collecting.Stage]int, late, missing int, err error) {
	w := &where{}
	w.withinOn(day, "organ_id", places)
	until := "$" + strconv.Itoa(len(w.args)+1)
	type line struct {
		stage              collecting.Stage
		n, late, isMissing int
	}
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) {
		return l, row.Scan(&l.stage, &l.n, &l.late, &l.isMissing)
	}, "SELECT stage, COUNT(*), SUM(CASE WHEN arrived <> '' AND due <> '' AND arrived > due THEN 1 ELSE 0 END), SUM(CASE WHEN arrived = '' AND due <> '' AND due < "+until+" THEN 1 ELSE 0 END) FROM "+standing(year, day)+w.sql()+" GROUP BY stage", w.with(today.String())...)
	stages = map[collecting.Stage]int{}
	for _, l := range lines {
		stages[l.stage] = l.n
		late, missing = late+l.late, missing+l.isMissing
	}
	return stages, late, missing, err
}

// countingOf is the query of reports that count. What was signed here goes before what was
// received.
func countingOf(where string) string {
	return `SELECT r.organ_id, '', 'here', r.printed, COALESCE(NULLIF(r.sent_on, ''), d.published_on, '') FROM report r LEFT JOIN document d ON d.id = r.document_id AND d.visibility = 'public'
		WHERE r.versions > 0 AND ` + strings.ReplaceAll(where, "{t}", "r") + `
		UNION ALL SELECT f.organ_id, f.id, f.way, f.printed, f.received_on FROM received f
		WHERE f.state = 'counted' AND ` + strings.ReplaceAll(where, "{t}", "f") + ` AND NOT EXISTS (SELECT 1 FROM report r WHERE r.organ_id = f.organ_id AND r.year = f.year AND r.versions > 0)`
}

func scanCounting(row interface{ Scan(...any) error }) (c collecting.Counting, err error) {
	var arrived string
	if err := row.Scan(&c.Organ, &c.Received, &c.Way, &c.Printed, &arrived); err != nil {
		return c, err
	}
	return c, c.Arrived.UnmarshalText([]byte(arrived))
}

// EachCounting hands over the reports of a year that count, of some organs.
func (s Collection) EachCounting(ctx context.Context, organs []string, year int, each func(collecting.Counting) error) error {
	const atOnce = 1000
	for some := range slices.Chunk(organs, atOnce) {
		w := where{args: []any{year}}
		w.in("{t}.organ_id", keys(some))
		rows, err := s.DB.read.QueryContext(ctx, countingOf("{t}.year = $1 AND "+strings.TrimPrefix(w.sql(), " WHERE ")), w.args...)
		if err != nil {
			return err
		}
		if err := eachCounted(rows, each); err != nil {
			return err
		}
	}
	return nil
}

func eachCounted(rows *sql.Rows, each func(collecting.Counting) error) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		c, err := scanCounting(rows)
		if err != nil {
			return err
		}
		if err := each(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Counting gives the report of an organ that counts.
func (s Collection) Counting(ctx context.Context, organ string, year int) (collecting.Counting, error) {
	all, err := collect(ctx, s.DB.read, scanCounting, countingOf("{t}.year = $2 AND {t}.organ_id = $1"), organ, year)
	if err == nil && len(all) == 0 {
		err = errs.New(errs.NotFound, "没有收到这个机关的报告。")
	}
	return first(all), err
}

// Changes counts how often a report of a year that counts has changed.
func (s Collection) Changes(ctx context.Context, year int) (int64, error) {
	return s.DB.revision(ctx, reportsOf(year))
}

// LedFromAbove gives the organs that are led by their own system on a day.
func (s Collection) LedFromAbove(ctx context.Context, on calendar.Date) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT organ_id FROM organ_version WHERE vertical AND valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1) ORDER BY organ_id", on.String())
}

// Absorbed gives the organs that were merged into one after a day and not after another.
func (s Collection) Absorbed(ctx context.Context, organ string, after, until calendar.Date) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, "SELECT organ_id FROM organ_version WHERE successor_id = $1 AND valid_until > $2 AND valid_until <= $3 ORDER BY valid_until, organ_id", organ, after.String(), until.String())
}

func reportsOf(year int) string { return "reports/" + strconv.Itoa(year) }
