package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

// requestOrders are the orders of the list; by default the next to be answered
// comes first.
var requestOrders = map[string]string{
	"":         "due, id",
	"due":      "due, id",
	"arrived":  "arrived_on, id",
	"received": "received_on, id",
	"ended":    "ended_on, id",
	"number":   "number, id",
	"status":   "status, due, id",
}

const rowColumns = "id, organ_id, number, status, outcome, visibility, handler, channel, kind, organisation, headline, title, arrived_on, received_on, due, ended_on, ended"

func scanRow(row interface{ Scan(...any) error }) (r foi.Row, err error) {
	var arrived, received, due, ended string
	if err := row.Scan(&r.ID, &r.Organ, &r.Number, &r.Status, &r.Outcome, &r.Visibility, &r.Handler, &r.Channel, &r.Kind, &r.Organisation,
		&r.Headline, &r.Title, &arrived, &received, &due, &ended, &r.Counted); err != nil {
		return r, err
	}
	if due == noDue {
		due = ""
	}
	for _, d := range []struct {
		text string
		to   *calendar.Date
	}{{arrived, &r.Arrived}, {received, &r.Received}, {due, &r.Due}, {ended, &r.Ended}} {
		if err := d.to.UnmarshalText([]byte(d.text)); err != nil {
			return r, err
		}
	}
	return r, nil
}

// List gives the requests of some places.
func (s Requests) List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[foi.Row], error) {
	var page paging.Page[foi.Row]
	w := requestConditions(places, q, today)
	found, err := s.holding(ctx, w, places, q.Words)
	if err != nil {
		return page, err
	}
	if q.Sort == "" && q.Filter(foi.FilterYear) != "" && q.Filter(foi.FilterDispute) == "" {
		q.Sort = cellOrder(q.Filter(foi.FilterRow))
	}
	from := "request"
	if found != nil {
		page.Total, page.AtLeast, from = len(found.ids), found.more, w.among(found.ids)
	} else if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, from); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	columns := rowColumns
	if foi.ParseConventions(q.Filter(foi.FilterCounting)).ByFirst { // it is told by which outcome a request counts
		columns = strings.TrimSuffix(columns, ", ended") + ", ended_first"
	}
	page.Rows, err = collect(ctx, s.DB.read, scanRow, "SELECT "+columns+" FROM "+from+w.sql()+" ORDER BY "+ordered(requestOrders, q)+tail, args...)
	return page, err
}

// cellOrder is the order that an index has for a row of table 3.
func cellOrder(row string) string {
	switch row {
	case "", foi.RowReceived, foi.RowCarriedIn, foi.RowCarryOver:
		return "received"
	}
	return "ended"
}

func requestConditions(places []account.Place, q paging.Query, today calendar.Date) *where {
	w := &where{}
	w.within("organ_id", places)
	for filter, column := range map[string]string{
		foi.FilterStatus: "status", foi.FilterOutcome: "outcome", foi.FilterKind: "kind", foi.FilterChannel: "channel", foi.FilterOrgan: "organ_id",
	} {
		if value := q.Filter(filter); value != "" {
			w.add(column+" = ?", value)
		}
	}
	if below := q.Filter(foi.FilterBelow); below != "" {
		w.within("organ_id", []account.Place{{Organ: below, Below: true}})
	}
	switch q.Filter(foi.FilterOpen) {
	case "yes":
		w.add("open")
	case "no":
		w.add("NOT open")
	}
	switch handler := q.Filter(foi.FilterHandler); handler {
	case "":
	case "none":
		w.add("handler = ''")
	default:
		w.add("handler = ?", handler)
	}
	switch q.Filter(foi.FilterDue) {
	case "overdue":
		w.add("due < ?", today.String())
	case "soon":
		w.add("due >= ? AND due <= ?", today.String(), today.Add(foi.SoonDays).String())
	}
	if by := q.Filter(foi.FilterDueBy); by != "" {
		w.add("due >= ? AND due <= ?", today.String(), by)
	}
	if from := q.Filter(foi.FilterFrom); from != "" {
		w.add("received_on >= ?", from)
	}
	if until := q.Filter(foi.FilterUntil); until != "" {
		w.add("received_on <> '' AND received_on <= ?", until)
	}
	if q.Filter(foi.FilterLog) == "yes" {
		w.add("visibility = 'public'")
	}
	if q.Filter(foi.FilterDispute) != "" {
		w.disputed(q)
	} else {
		w.cell(q)
	}
	return w
}

// disputed narrows to the requests whose disputes stand in a cell of table 4 of a
// year; without a year, to those that have such a dispute.
func (w *where) disputed(q paging.Query) {
	conditions, args := []string{"1 = 1"}, []any{}
	ask := func(condition string, value ...any) {
		conditions, args = append(conditions, condition), append(args, value...)
	}
	if kind := q.Filter(foi.FilterDispute); kind != "all" {
		ask("kind = ?", kind)
	}
	year, result := q.Filter(foi.FilterYear), q.Filter(foi.FilterResult)
	first, last := ends(year)
	switch {
	case year == "" && result == string(foi.Undecided):
		ask("decided_on = ''")
	case year == "" && result != "":
		ask("result = ?", result)
	case year == "":
	case result == string(foi.Undecided):
		ask("filed_on <= ? AND (decided_on = '' OR decided_on > ?)", last, last)
	case result != "":
		ask("result = ? AND decided_on >= ? AND decided_on <= ?", result, first, last)
	default:
		ask("filed_on <= ? AND (decided_on = '' OR decided_on >= ?)", last, first)
	}
	w.add("id IN (SELECT request_id FROM request_dispute WHERE "+strings.Join(conditions, " AND ")+")", args...)
}

// cell narrows to the requests that stand in a cell of table 3.
func (w *where) cell(q paging.Query) {
	year, row, column := q.Filter(foi.FilterYear), q.Filter(foi.FilterRow), q.Filter(foi.FilterColumn)
	if year == "" {
		return
	}
	first, last := ends(year)
	counting := foi.ParseConventions(q.Filter(foi.FilterCounting))
	ended := endedColumn(counting)
	switch row {
	case "":
		w.add("received_on <> '' AND received_on <= ? AND (ended_on = '' OR ended_on >= ?)", last, first)
	case foi.RowReceived:
		w.add("received_on >= ? AND received_on <= ?", first, last)
	case foi.RowCarriedIn:
		w.add("received_on <> '' AND received_on < ? AND (ended_on = '' OR ended_on >= ?)", first, first)
	case foi.RowCarryOver:
		w.add("received_on <> '' AND received_on <= ? AND (ended_on = '' OR ended_on > ?)", last, last)
	case "R3.7": // 总计
		w.add("received_on <> '' AND ended_on >= ? AND ended_on <= ?", first, last)
	case "R3.3", "R3.4", "R3.5", "R3.6": // a group, of which the form of 2019 has the last as one row
		var outcomes []any
		for _, o := range foi.RowsOf(row) {
			outcomes = append(outcomes, o)
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(outcomes)), ", ")
		w.add("received_on <> '' AND "+ended+" IN ("+marks+") AND ended_on >= ? AND ended_on <= ?", append(outcomes, first, last)...)
	default:
		w.add("received_on <> '' AND "+ended+" = ? AND ended_on >= ? AND ended_on <= ?", row, first, last)
	}
	switch {
	case column == "":
	case counting.Each:
		w.add("(kind = ? OR id IN (SELECT request_id FROM request_joint WHERE joint_kind = ?))", column, column)
	default:
		w.add("kind = ?", column)
	}
}

// ends gives the first and the last day of what a filter of the year names; days on
// which nothing happened for what is none.
func ends(span string) (first, last string) {
	s, ok := calendar.ParseSpan(span)
	if !ok {
		return noDue, noDue
	}
	return s.From.String(), s.To.String()
}

// tracesMost is how many requests with one common trace are looked at: of a form
// letter sent in by thousands the latest are enough.
const tracesMost = 50

// Kin gives requests of the organ that have to do with one. CROSS JOIN makes both
// engines begin with the few that are meant, not with the organ's many.
func (s Requests) Kin(ctx context.Context, r foi.Request, since calendar.Date, traces []int64, most int) ([]foi.Kin, error) {
	var w where
	w.add("p.owner = ? AND p.erased_at = 0 AND p.kind IN ('id-number', 'other') AND q.blind <> ''", r.Applicant().Owner)
	owners := "SELECT q.owner FROM personal p JOIN personal q ON q.kind = p.kind AND q.blind = p.blind" + w.sql()
	w.conditions = nil
	w.add("organ_id = ? AND organisation = ? AND organisation <> ''", r.Organ, r.Applicant().Organisation)
	owners += " UNION SELECT applicant FROM request" + w.sql()
	w.conditions = nil
	w.add("r.applicant = t.owner AND r.arrived_on >= ?", since.String())
	own, err := s.kin(ctx, owners, w, r, most)
	for i := range own {
		own[i].SameApplicant = true
	}
	if err != nil || len(traces) == 0 {
		return own, err
	}
	met, w := metBy(traces)
	w.add("r.id = t.request_id")
	others, err := s.kin(ctx, met, w, r, most)
	for _, k := range others {
		if !slices.ContainsFunc(own, func(o foi.Kin) bool { return o.ID == k.ID }) {
			own = append(own, k)
		}
	}
	return own, err
}

// metBy selects the latest requests that leave each of some traces; keys are in
// the order of time.
func metBy(traces []int64) (query string, w where) {
	var each []string
	for _, t := range traces {
		w.add("trace = ?", t)
		each = append(each, "SELECT request_id FROM (SELECT request_id FROM request_trace"+w.sql()+" ORDER BY request_id DESC LIMIT "+strconv.Itoa(tracesMost)+") AS latest")
		w.conditions = nil
	}
	return strings.Join(each, " UNION "), w
}

// kin gives the other requests of an organ among some, the latest first. Which they
// are is found before anything of them is read.
func (s Requests) kin(ctx context.Context, some string, w where, r foi.Request, most int) ([]foi.Kin, error) {
	w.add("r.organ_id = ? AND r.id <> ? AND r.status <> 'divided'", r.Organ, r.ID)
	latest := "SELECT r.id AS kin_id FROM (" + some + ") AS t CROSS JOIN request r" + w.sql() + " ORDER BY r.arrived_on DESC, r.id DESC LIMIT $" + strconv.Itoa(len(w.args)+1)
	return collect(ctx, s.DB.read, scanKin, "SELECT "+rowColumns+", file FROM ("+latest+") AS latest CROSS JOIN request WHERE id = kin_id ORDER BY arrived_on DESC, id DESC", w.with(most)...)
}

// scanKin reads nothing of the document but what was asked.
func scanKin(row interface{ Scan(...any) error }) (k foi.Kin, err error) {
	var file []byte
	k.Row, err = scanRow(behind{row, []any{&file}})
	if err != nil {
		return k, err
	}
	var told struct{ Ask foi.Ask }
	if err := json.Unmarshal(file, &told); err != nil {
		return k, errs.Wrap(err, errs.Corrupt, "申请的记录损坏，读不出来；请从备份恢复。")
	}
	k.Text = told.Ask.Text
	return k, nil
}

// behind is a row with columns behind those that are read.
type behind struct {
	row  interface{ Scan(...any) error }
	more []any
}

// Scan reads both.
func (b behind) Scan(into ...any) error { return b.row.Scan(append(into, b.more...)...) }

// Numbers gives the numbers that an organ's requests have.
func (s Requests) Numbers(ctx context.Context, organ string) (map[string]bool, error) {
	numbers, err := collect(ctx, s.DB.read, scanText, "SELECT number FROM request WHERE organ_id = $1", organ)
	all := make(map[string]bool, len(numbers))
	for _, n := range numbers {
		all[n] = true
	}
	return all, err
}

// OfYear gives the requests of a year in the order of their keys.
func (s Requests) OfYear(ctx context.Context, organ string, year int, after string, most int) ([]foi.Request, error) {
	var w where
	w.add("organ_id = ? AND id > ? AND status <> 'divided'", organ, after)
	if year != 0 {
		from, to := strconv.Itoa(year)+"-01-01", strconv.Itoa(year)+"-12-31"
		w.add("(received_on >= ? AND received_on <= ? OR received_on = '' AND arrived_on >= ? AND arrived_on <= ?)", from, to, from, to)
	}
	return collect(ctx, s.DB.read, scanRequest, "SELECT file FROM request"+w.sql()+" ORDER BY id LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(most)...)
}

// Publications gives the documents that were made from a request.
func (s Requests) Publications(ctx context.Context, request string) ([]foi.Publication, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (p foi.Publication, err error) {
		return p, row.Scan(&p.ID, &p.Title)
	},
		"SELECT id, title FROM document WHERE request_id = $1 AND request_id IS NOT NULL AND status <> 'dropped' ORDER BY id", request)
}

// Append keeps events that change no request.
func (s Requests) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}
