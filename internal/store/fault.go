package store

import (
	"context"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/fault"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/work"
)

// Faults keeps what visitors find wrong on the site.
type Faults struct{ DB *DB }

const faultColumns = "id, organ_id, number, page, kind, text, reachable, received_at, received_on, due, last_on, outcome, answer, closed_at, closed_on, closed_by"

func scanFault(row interface{ Scan(...any) error }) (f fault.Fault, err error) {
	var received, closed int64
	var on, due, last, ended string
	if err := row.Scan(&f.ID, &f.Organ, &f.Number, &f.Page, &f.Kind, &f.Text, &f.Reachable, &received, &on, &due, &last, &f.Outcome, &f.Answer, &closed, &ended, &f.ClosedBy); err != nil {
		return f, err
	}
	f.ReceivedAt = time.UnixMilli(received).In(clock.Shanghai)
	if closed != 0 {
		f.ClosedAt = time.UnixMilli(closed).In(clock.Shanghai)
	}
	return f, daysOf(map[string]*calendar.Date{on + " on": &f.ReceivedOn, due + " due": &f.Due, last + " last": &f.Last, ended + " ended": &f.ClosedOn})
}

// Add keeps a new fault, with the work about it.
func (s Faults) Add(ctx context.Context, f fault.Fault, datum *personal.Datum, pen event.Pen, events []event.Event, todo work.Opening) (fault.Fault, error) {
	kept := f
	err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		same, err := collect(ctx, tx, scanFault, "SELECT "+faultColumns+" FROM fault WHERE page = $1 AND kind = $2 AND text = $3 AND received_on = $4 AND outcome = '' ORDER BY id LIMIT 1", f.Page, f.Kind, f.Text, f.ReceivedOn.String())
		if err != nil {
			return err
		}
		if len(same) > 0 {
			kept = same[0]
			return nil
		}
		query, args := insertRows("fault", faultColumns, [][]any{{
			f.ID, f.Organ, f.Number, f.Page, f.Kind, f.Text, f.Reachable, f.ReceivedAt.UnixMilli(), f.ReceivedOn.String(), f.Due.String(), f.Last.String(), "", "", 0, "", "",
		}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		if datum != nil {
			if err := tx.putDatum(ctx, *datum); err != nil {
				return err
			}
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		return tx.OpenWork(ctx, pen, todo)
	})
	return kept, err
}

// Fault gives one.
func (s Faults) Fault(ctx context.Context, id string) (fault.Fault, error) {
	f, err := scanFault(s.DB.read.QueryRowContext(ctx, "SELECT "+faultColumns+" FROM fault WHERE id = $1", id))
	return f, missing(err, "没有这件找错。")
}

// Numbered gives the one with a number.
func (s Faults) Numbered(ctx context.Context, number string) (fault.Fault, error) {
	f, err := scanFault(s.DB.read.QueryRowContext(ctx, "SELECT "+faultColumns+" FROM fault WHERE number = $1", number))
	return f, missing(err, "没有这个编号的找错，请核对编号，如 ZC7K3F9QXXXXXX。")
}

// Close keeps the answer.
func (s Faults) Close(ctx context.Context, f fault.Fault, pen event.Pen, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE fault SET outcome = $1, answer = $2, closed_at = $3, closed_on = $4, closed_by = $5 WHERE id = $6 AND outcome = ''",
			string(f.Outcome), f.Answer, f.ClosedAt.UnixMilli(), f.ClosedOn.String(), f.ClosedBy, f.ID)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			if err == nil {
				err = errs.New(errs.Conflict, "这件找错已经答复过。")
			}
			return err
		}
		if _, err := tx.CloseWork(ctx, pen, fault.Subject(f.ID), work.Monitor, work.Done, fault.Wording(string(f.Outcome), fault.Outcomes()).Chinese); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// faultOrders are the orders of the list; by default what is due next comes first.
var faultOrders = map[string]string{
	"":         "CASE WHEN outcome = '' THEN 0 ELSE 1 END, due, id",
	"due":      "due, id",
	"received": "received_on, id",
	"closed":   "closed_on, id",
}

// List gives the faults of some places.
func (s Faults) List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[fault.Row], error) {
	var page paging.Page[fault.Row]
	w := &where{}
	w.within("organ_id", places)
	switch q.Filter(fault.FilterState) {
	case "open":
		w.add("outcome = ''")
	case "overdue":
		w.add("outcome = '' AND due < ?", today.String())
	case "closed":
		w.add("outcome <> ''")
	case "late":
		w.add("(outcome = '' AND last_on < ? OR outcome <> '' AND closed_on > last_on)", today.String())
	}
	if kind := q.Filter(fault.FilterKind); kind != "" {
		w.add("kind = ?", kind)
	}
	if year := q.Filter(fault.FilterYear); year != "" {
		w.add("received_on >= ? AND received_on <= ?", year+"-01-01", year+"-12-31")
	}
	if q.Words != "" {
		pattern := like(q.Words)
		w.add(`(page LIKE ? ESCAPE '\' OR text LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\')`, pattern, pattern, pattern)
	}
	var err error
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "fault"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanFault, "SELECT "+faultColumns+" FROM fault"+w.sql()+" ORDER BY "+ordered(faultOrders, q)+tail, args...)
	return page, err
}

// Count gives the figures of a year.
func (s Faults) Count(ctx context.Context, places []account.Place, year int, today calendar.Date) (fault.Figures, error) {
	figures := fault.Figures{ByKind: map[string]int{}}
	w := &where{}
	w.within("organ_id", places)
	y := strconv.Itoa(year)
	w.add("received_on >= ? AND received_on <= ?", y+"-01-01", y+"-12-31")
	type line struct {
		kind               string
		all, closed, delay int
	}
	late := len(w.args) + 1
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) {
		return l, row.Scan(&l.kind, &l.all, &l.closed, &l.delay)
	}, `SELECT kind, COUNT(*), SUM(CASE WHEN outcome <> '' THEN 1 ELSE 0 END), SUM(CASE WHEN outcome = '' AND last_on < $`+strconv.Itoa(late)+` OR outcome <> '' AND closed_on > last_on THEN 1 ELSE 0 END)
		FROM fault`+w.sql()+` GROUP BY kind`, w.with(today.String())...)
	for _, l := range lines {
		figures.ByKind[l.kind] = l.all
		figures.Received, figures.Closed, figures.Late = figures.Received+l.all, figures.Closed+l.closed, figures.Late+l.delay
	}
	figures.Open = figures.Received - figures.Closed
	return figures, err
}

// Since counts what came in from a time on.
func (s Faults) Since(ctx context.Context, unixMilli int64) (n int, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM fault WHERE received_at >= $1", unixMilli).Scan(&n)
	return n, err
}
