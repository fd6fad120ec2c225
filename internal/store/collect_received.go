package store

import (
	"context"
	"encoding/json"
	"strings"

	"gongkai/internal/account"
	collecting "gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
)

func scanReceived(row interface{ Scan(...any) error }) (r collecting.Received, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(file), &r); err != nil {
		return r, errs.Wrap(err, errs.Corrupt, "收到的年度报告的记录损坏，读不出来；请从备份恢复。")
	}
	return r, nil
}

// Received gives one.
func (s Collection) Received(ctx context.Context, id string) (collecting.Received, error) {
	r, err := scanReceived(s.DB.read.QueryRowContext(ctx, "SELECT file FROM received WHERE id = $1", id))
	return r, missing(err, "没有这份收到的报告。")
}

// Of gives all that was received of an organ and a year, the newest first.
func (s Collection) Of(ctx context.Context, organ string, year int) ([]collecting.Received, error) {
	return receivedOf(ctx, s.DB.read, organ, year, "")
}

func receivedOf(ctx context.Context, q querier, organ string, year int, lock string) ([]collecting.Received, error) {
	if organ == "" {
		return nil, nil
	}
	return collect(ctx, q, scanReceived, "SELECT file FROM received WHERE organ_id = $1 AND year = $2 ORDER BY version DESC, id DESC"+lock, organ, year)
}

// WaitingIn gives what waits to be placed.
func (s Collection) WaitingIn(ctx context.Context, places []account.Place, q paging.Query) (page paging.Page[collecting.Received], err error) {
	w := &where{}
	w.within("keeper_id", places)
	w.add("state = 'waiting'")
	if words := strings.TrimSpace(q.Words); words != "" {
		w.add(`name LIKE ? ESCAPE '\'`, like(words))
	}
	if page.Total, page.AtLeast, err = w.count(ctx, s.DB.read, "received"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, s.DB.read, scanReceived, "SELECT file FROM received"+w.sql()+" ORDER BY id"+tail, args...)
	return page, err
}

func receivedValues(r collecting.Received) ([]any, error) {
	file, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	report, err := r.Report()
	if err != nil {
		return nil, err
	}
	printed, err := report.JSON(false)
	if err != nil {
		return nil, err
	}
	var organ any
	if r.Organ != "" {
		organ = r.Organ
	}
	name := ""
	if len(r.Files) > 0 {
		name = r.Files[0].Name
	}
	return []any{
		r.ID, r.Keeper, organ, r.Year, r.Version, string(r.State), string(r.Way), name, r.On.String(), len(collecting.Open(report)), r.Bundle, string(printed), string(file),
	}, nil
}

// Take keeps a new one.
func (s Collection) Take(ctx context.Context, r collecting.Received, judge func(*collecting.Received, []collecting.Received) (collecting.ReceivedChange, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		before, err := receivedOf(ctx, tx, r.Organ, r.Year, tx.forUpdate())
		if err != nil {
			return err
		}
		c, err := judge(&r, before)
		if err != nil {
			return err
		}
		values, err := receivedValues(r)
		if err != nil {
			return err
		}
		if err := tx.keepOthers(ctx, c); err != nil {
			return err
		}
		if err := tx.stepBatch(ctx, c.Step); err != nil {
			return err
		}
		query, args := insertRows("received", "id, keeper_id, organ_id, year, version, state, way, name, received_on, doubts, bundle, printed, file", [][]any{values})
		if _, err := tx.ExecContext(ctx, query, args...); duplicate(err) {
			return errs.New(errs.Conflict, "同一份报告正在由另一个人接收，请刷新页面。")
		} else if err != nil {
			return err
		}
		want := map[fileUse]bool{}
		for _, f := range r.Files {
			want[fileUse{f.Hash, useRecord}] = true
		}
		if err := tx.use(ctx, collecting.Subject(r.ID).String(), want, nil); err != nil {
			return err
		}
		if err := tx.reportChanged(ctx, r.Organ, r.Year); err != nil {
			return err
		}
		return tx.append(ctx, c.Events)
	})
}

// keepOthers keeps what a change does to others of the organ and year.
func (tx *Tx) keepOthers(ctx context.Context, c collecting.ReceivedChange) error {
	for _, o := range c.Others {
		if err := tx.keepReceived(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) keepReceived(ctx context.Context, r collecting.Received) error {
	values, err := receivedValues(r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE received SET organ_id = $1, year = $2, version = $3, state = $4, way = $5, name = $6, received_on = $7, doubts = $8, bundle = $9, printed = $10, file = $11 WHERE id = $12`, append(values[2:], r.ID)...)
	return err
}

// UpdateReceived changes one.
func (s Collection) UpdateReceived(ctx context.Context, id, organ string, year int, judge func(*collecting.Received, []collecting.Received) (collecting.ReceivedChange, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		r, err := scanReceived(tx.QueryRowContext(ctx, "SELECT file FROM received WHERE id = $1"+tx.forUpdate(), id))
		if err != nil {
			return missing(err, "没有这份收到的报告。")
		}
		before, err := receivedOf(ctx, tx, organ, year, tx.forUpdate())
		if err != nil {
			return err
		}
		c, err := judge(&r, before)
		if err != nil {
			return err
		}
		// Of an organ and a year only one counts at any moment: what gives way goes first.
		keep := []func() error{func() error { return tx.keepOthers(ctx, c) }, func() error { return tx.keepReceived(ctx, r) }}
		if r.State != collecting.Counted {
			keep[0], keep[1] = keep[1], keep[0]
		}
		for _, one := range keep {
			if err := one(); err != nil {
				return err
			}
		}
		if err := tx.reportChanged(ctx, r.Organ, r.Year); err != nil {
			return err
		}
		return tx.append(ctx, c.Events)
	})
}
