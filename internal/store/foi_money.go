package store

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
)

var feeOrders = map[string]string{
	"":       "f.issued_on DESC, f.request_id DESC",
	"issued": "f.issued_on, f.request_id",
	"until":  "f.pay_until, f.request_id",
	"fen":    "f.fen, f.request_id",
	"number": "r.number, f.request_id",
}

const feeFrom = " FROM request_fee f JOIN request r ON r.id = f.request_id"

func (s Requests) feeConditions(ctx context.Context, places []account.Place, q paging.Query, state bool) (w *where, more bool, err error) {
	w = &where{}
	w.within("f.organ_id", places)
	if value := q.Filter(foi.FilterFeeState); value != "" && state {
		w.add("f.state = ?", value)
	}
	if value := q.Filter(foi.FilterMethod); value != "" {
		w.add("f.method = ?", value)
	}
	w.organs(q, "f.organ_id")
	if year := q.Filter(foi.FilterIssued); year != "" {
		first, last := ends(year)
		w.add("f.issued_on >= ? AND f.issued_on <= ?", first, last)
	}
	more, err = s.among(ctx, w, "f.request_id", "request_fee", places, q)
	return w, more, err
}

// among narrows a list of what requests have beside them to the requests that hold the
// words. They are found as in the list of requests; more tells that there may be others.
func (s Requests) among(ctx context.Context, w *where, column, table string, places []account.Place, q paging.Query) (more bool, err error) {
	have := &where{}
	have.within("organ_id", places)
	have.add("EXISTS (SELECT 1 FROM " + table + " x WHERE x.request_id = request.id)")
	found, err := s.holding(ctx, have, places, q.Words)
	if err != nil || found == nil {
		return false, err
	}
	w.in(column, append(keys(found.ids), ""))
	return found.more, nil
}

// organs narrows to the organ, or the organ and those below it, that is asked for.
func (w *where) organs(q paging.Query, column string) {
	if organ := q.Filter(foi.FilterOrgan); organ != "" {
		w.add(column+" = ?", organ)
	}
	if below := q.Filter(foi.FilterBelow); below != "" {
		w.within(column, []account.Place{{Organ: below, Below: true}})
	}
}

func scanFee(row interface{ Scan(...any) error }) (f foi.FeeRow, err error) {
	var issued, notified, until, paid, cancelled string
	if err := row.Scan(&f.Request, &f.Number, &f.Organ, &f.Headline, &f.Method, &f.Rank, &f.Pages, &f.Fen, &issued, &notified, &until, &paid, &cancelled, &f.Voucher, &f.State); err != nil {
		return f, err
	}
	return f, datesInto([]dated{{issued, &f.IssuedOn}, {notified, &f.ReceivedOn}, {until, &f.Until}, {paid, &f.PaidOn}, {cancelled, &f.CancelledOn}})
}

// Fees gives demands.
func (s Requests) Fees(ctx context.Context, places []account.Place, q paging.Query) (page paging.Page[foi.FeeRow], err error) {
	w, more, err := s.feeConditions(ctx, places, q, true)
	if err != nil {
		return page, err
	}
	page.AtLeast = more
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*)"+feeFrom+w.sql(), w.args...).Scan(&page.Total); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	order := feeOrders[""]
	if q.Sort != "" {
		order = ordered(feeOrders, q)
	}
	page.Rows, err = collect(ctx, s.DB.read, scanFee, `SELECT f.request_id, r.number, f.organ_id, r.headline, f.method, f.rank, f.pages, f.fen, f.issued_on, f.notified_on, f.pay_until,
		f.paid_on, f.cancelled_on, f.voucher, f.state`+feeFrom+w.sql()+" ORDER BY "+order+tail, args...)
	return page, err
}

// FeeSums adds demands up by what became of them, whatever state is asked for.
func (s Requests) FeeSums(ctx context.Context, places []account.Place, q paging.Query) ([]foi.FeeSum, error) {
	w, _, err := s.feeConditions(ctx, places, q, false)
	if err != nil {
		return nil, err
	}
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (f foi.FeeSum, err error) {
		err = row.Scan(&f.State, &f.N, &f.Fen)
		return f, err
	}, "SELECT f.state, COUNT(*), SUM(f.fen)"+feeFrom+w.sql()+" GROUP BY 1 ORDER BY 1", w.args...)
}

// Applicants counts the requests that an organ received between two days by who
// asked: organisations by name, people by the index of their ID number. The demands
// are read of those that a page shows.
func (s Requests) Applicants(ctx context.Context, organ string, first, last calendar.Date, q paging.Query) (page paging.Page[foi.Applicant], err error) {
	var w where
	w.add("organ_id = ? AND received_on >= ? AND received_on <= ?", organ, first.String(), last.String())
	found, err := s.holding(ctx, &w, []account.Place{{Organ: organ}}, q.Words)
	if err != nil {
		return page, err
	}
	if found != nil {
		w.in("id", append(keys(found.ids), ""))
	}
	who := `SELECT CASE WHEN organisation <> '' THEN organisation ELSE COALESCE((SELECT MIN(p.blind) FROM personal p
		WHERE p.owner = applicant AND p.kind = 'id-number' AND p.erased_at = 0), applicant) END AS who, id, kind, organisation FROM request` + w.sql()
	tail, args := w.page(q)
	type asker struct {
		foi.Applicant
		who string
	}
	askers, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (a asker, err error) {
		err = row.Scan(&a.who, &a.Request, &a.Kind, &a.Organisation, &a.Requests, &page.Total)
		a.Owner = foi.Subject(a.Request).String()
		return a, err
	}, "SELECT who, MIN(id), MIN(kind), MIN(organisation), COUNT(*), COUNT(*) OVER () FROM ("+who+") AS asked GROUP BY who ORDER BY COUNT(*) DESC, MIN(id)"+tail, args...)
	if err == nil && len(askers) == 0 && q.Offset() > 0 { // behind the last page
		err = s.DB.read.QueryRowContext(ctx, "SELECT COUNT(DISTINCT who) FROM ("+who+") AS asked", w.args...).Scan(&page.Total)
	}
	if err != nil || len(askers) == 0 {
		return page, err
	}
	shown := make([]string, len(askers))
	for i, a := range askers {
		shown[i] = a.who
	}
	sums, err := s.demanded(ctx, who, w, shown)
	for _, a := range askers {
		a.Demanded, a.Paid = sums[a.who].demanded, sums[a.who].paid
		page.Rows = append(page.Rows, a.Applicant)
	}
	return page, err
}

// feeSum is what was demanded of somebody, and what they paid.
type feeSum struct{ demanded, paid int64 }

// demanded adds up the demands of some who asked.
func (s Requests) demanded(ctx context.Context, who string, w where, shown []string) (map[string]feeSum, error) {
	w.conditions = nil
	w.in("who", keys(shown))
	all := map[string]feeSum{}
	_, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (none struct{}, err error) {
		var name string
		var sum feeSum
		err = row.Scan(&name, &sum.demanded, &sum.paid)
		all[name] = sum
		return none, err
	}, `SELECT who, SUM(CASE WHEN f.state <> 'cancelled' THEN f.fen ELSE 0 END), SUM(CASE WHEN f.state = 'paid' THEN f.fen ELSE 0 END)
		FROM (`+who+`) AS asked JOIN request_fee f ON f.request_id = asked.id`+w.sql()+" GROUP BY who", w.args...)
	return all, err
}

var disputeOrders = map[string]string{
	"":        "CASE WHEN d.answer_due = '' THEN 1 ELSE 0 END, d.answer_due, CASE WHEN d.decided_on = '' THEN 0 ELSE 1 END, d.filed_on DESC, d.request_id, d.ref",
	"filed":   "d.filed_on, d.request_id, d.ref",
	"due":     "d.answer_due, d.request_id, d.ref",
	"decided": "d.decided_on, d.request_id, d.ref",
}

// Disputes gives reconsiderations and suits.
func (s Requests) Disputes(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (page paging.Page[foi.DisputeRow], err error) {
	const from = " FROM request_dispute d JOIN request r ON r.id = d.request_id"
	w := &where{}
	w.within("d.organ_id", places)
	w.organs(q, "d.organ_id")
	if kind := q.Filter(foi.FilterDispute); kind != "" {
		w.add("d.kind = ?", kind)
	}
	w.decidedIn(q)
	switch q.Filter(foi.FilterCase) {
	case "owed":
		w.add("d.answer_due <> ''")
	case "late":
		w.add("d.answer_due <> '' AND d.answer_due < ?", today.String())
	case "pending":
		w.add("d.decided_on = ''")
	case "decided":
		w.add("d.decided_on <> ''")
	case "ordered":
		w.add("d.ordered")
	}
	if page.AtLeast, err = s.among(ctx, w, "d.request_id", "request_dispute", places, q); err != nil {
		return page, err
	}
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*)"+from+w.sql(), w.args...).Scan(&page.Total); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	order := disputeOrders[""]
	if q.Sort != "" {
		order = ordered(disputeOrders, q)
	}
	page.Rows, err = collect(ctx, s.DB.read, scanDispute, `SELECT d.request_id, r.number, d.organ_id, r.headline, d.ref, d.kind, d.body, d.number, d.filed_on, d.answer_due, d.answered_on,
		d.decided_on, d.result, d.ordered`+from+w.sql()+" ORDER BY "+order+tail, args...)
	return page, err
}

// decidedIn narrows to the disputes that stand in a cell of table 4 of a year.
func (w *where) decidedIn(q paging.Query) {
	year, result := q.Filter(foi.FilterYear), q.Filter(foi.FilterResult)
	if year == "" {
		return
	}
	first, last := ends(year)
	c := foi.ParseConventions(q.Filter(foi.FilterCounting))
	if c.Stages {
		w.stagesIn(result, first, last, c.Once)
		return
	}
	if c.Once {
		w.add("d.filed_on >= ?", first)
	}
	switch result {
	case "":
		w.add("d.filed_on <= ? AND (d.decided_on = '' OR d.decided_on >= ?)", last, first)
	case string(foi.Undecided):
		w.add("d.filed_on <= ? AND (d.decided_on = '' OR d.decided_on > ?)", last, last)
	default:
		w.add("d.result = ? AND d.decided_on >= ? AND d.decided_on <= ?", result, first, last)
	}
}

// stagesIn narrows to the disputes of which an instance stands in a cell of table 4.
func (w *where) stagesIn(result, first, last string, once bool) {
	var i where
	i.args = w.args
	if once {
		i.add("filed_on >= ?", first)
	}
	switch result {
	case "":
		i.add("filed_on <= ? AND (decided_on = '' OR decided_on >= ?)", last, first)
	case string(foi.Undecided):
		i.add("filed_on <= ? AND (decided_on = '' OR decided_on > ?)", last, last)
	default:
		i.add("result = ? AND decided_on >= ? AND decided_on <= ?", result, first, last)
	}
	w.args = i.args
	w.conditions = append(w.conditions, "EXISTS (SELECT 1 FROM request_stage s"+i.sql()+" AND s.request_id = d.request_id AND s.ref = d.ref)")
}

func scanDispute(row interface{ Scan(...any) error }) (x foi.DisputeRow, err error) {
	var filed, due, answered, decided string
	if err := row.Scan(&x.Request, &x.RequestNumber, &x.Organ, &x.Headline, &x.Ref, &x.Kind, &x.Body, &x.Number, &filed, &due, &answered, &decided, &x.Result, &x.Owed); err != nil {
		return x, err
	}
	return x, datesInto([]dated{{filed, &x.FiledOn}, {due, &x.AnswerDue}, {answered, &x.AnsweredOn}, {decided, &x.DecidedOn}})
}

// dated is a day as it stands in a row, and where it goes to.
type dated struct {
	text string
	to   *calendar.Date
}

func datesInto(all []dated) error {
	for _, d := range all {
		if err := d.to.UnmarshalText([]byte(d.text)); err != nil {
			return err
		}
	}
	return nil
}
