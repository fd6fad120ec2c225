package store

import (
	"context"
	"encoding/json"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	collecting "gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
)

const noMending = "没有这份整改通知。"

func scanMending(row interface{ Scan(...any) error }) (n collecting.Notice, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return n, err
	}
	if err := json.Unmarshal([]byte(file), &n); err != nil {
		return n, errs.Wrap(err, errs.Corrupt, "整改通知的记录损坏，读不出来；请从备份恢复。")
	}
	return n, nil
}

// Notice gives a notice.
func (s Collection) Notice(ctx context.Context, id string) (collecting.Notice, error) {
	n, err := scanMending(s.DB.read.QueryRowContext(ctx, "SELECT file FROM mending WHERE id = $1", id))
	return n, missing(err, noMending)
}

// NoticesOf gives those of an organ and a year, the newest first.
func (s Collection) NoticesOf(ctx context.Context, organ string, year int) ([]collecting.Notice, error) {
	return collect(ctx, s.DB.read, scanMending, "SELECT file FROM mending WHERE organ_id = $1 AND year = $2 ORDER BY id DESC", organ, year)
}

func mendingValues(n collecting.Notice) ([]any, error) {
	file, err := json.Marshal(n)
	return []any{
		n.ID, n.Keeper, n.Organ, n.Year, n.Number, string(n.Status), n.Open(), n.IssuedOn.String(), n.Due.String(), dayText(n.ClosedOn), len(n.Found), string(file),
	}, err
}

// AddNotice keeps a new notice.
func (s Collection) AddNotice(ctx context.Context, keeper, organ string, year int, judge func(*collecting.Notice, int, bool) (collecting.NoticeChange, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		var open int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM mending WHERE organ_id = $1 AND year = $2 AND active", organ, year).Scan(&open); err != nil {
			return err
		}
		number, err := tx.next(ctx, keeper, "mending", year+1)
		if err != nil {
			return err
		}
		var n collecting.Notice
		c, err := judge(&n, int(number), open > 0)
		if err != nil {
			return err
		}
		values, err := mendingValues(n)
		if err != nil {
			return err
		}
		query, args := insertRows("mending", "id, keeper_id, organ_id, year, number, status, active, issued_on, due, closed_on, found, file", [][]any{values})
		if _, err := tx.ExecContext(ctx, query, args...); duplicate(err) {
			return errs.New(errs.Conflict, "另一个人刚刚发出了整改通知，请刷新页面。")
		} else if err != nil {
			return err
		}
		return tx.keepMending(ctx, n, c)
	})
}

// UpdateNotice changes a notice.
func (s Collection) UpdateNotice(ctx context.Context, id string, judge func(*collecting.Notice) (collecting.NoticeChange, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := scanMending(tx.QueryRowContext(ctx, "SELECT file FROM mending WHERE id = $1"+tx.forUpdate(), id))
		if err != nil {
			return missing(err, noMending)
		}
		c, err := judge(&n)
		if err != nil {
			return err
		}
		values, err := mendingValues(n)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE mending SET status = $1, active = $2, issued_on = $3, due = $4, closed_on = $5, found = $6, file = $7 WHERE id = $8", append(values[5:], n.ID)...); err != nil {
			return err
		}
		return tx.keepMending(ctx, n, c)
	})
}

// keepMending keeps what comes with a change of a notice.
func (tx *Tx) keepMending(ctx context.Context, n collecting.Notice, c collecting.NoticeChange) error {
	if err := tx.append(ctx, c.Events); err != nil {
		return err
	}
	return tx.keepWork(ctx, c.Pen, []agenda{{about: collecting.MendSubject(n.ID), wanted: c.Wanted, fulfilled: c.Done, closing: c.How}})
}

var mendingOrders = map[string]string{
	"":       "CASE WHEN active THEN 0 ELSE 1 END, due, id",
	"due":    "due, id",
	"issued": "issued_on, id",
}

// Notices gives those issued for organs of some places, or to others.
func (s Collection) Notices(ctx context.Context, places, own []account.Place, q paging.Query, today calendar.Date) (page paging.Page[collecting.Notice], err error) {
	w := &where{}
	w.within("organ_id", append(append([]account.Place{}, places...), own...))
	switch status := q.Filter(collecting.FilterStatus); status {
	case "":
	case "overdue":
		w.add("status = 'issued' AND due < ?", today.String())
	default:
		w.add("status = ?", status)
	}
	if year := q.Filter(collecting.FilterYear); year != "" {
		w.add("CAST(year AS TEXT) = ?", year)
	}
	if words := strings.TrimSpace(q.Words); words != "" {
		w.add(`(number LIKE ? ESCAPE '\' OR organ_id IN (SELECT id FROM organ WHERE name LIKE ? ESCAPE '\'))`, like(words), like(words))
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "mending"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanMending, "SELECT file FROM mending"+w.sql()+" ORDER BY "+ordered(mendingOrders, q)+tail, args...)
	return page, err
}
