package store

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/fault"
	"gongkai/internal/work"
)

// Pass gives an open fault to another organ.
func (s Faults) Pass(ctx context.Context, f fault.Fault, p fault.Pass, pen event.Pen, events []event.Event, todo work.Opening) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := tx.exec(ctx, "UPDATE fault SET organ_id = $1 WHERE id = $2 AND organ_id = $3 AND outcome = ''", p.To, f.ID, p.From)
		if err == nil && n == 0 {
			err = errs.New(errs.Conflict, "这件找错刚刚答复过或者转办了，请刷新页面。")
		}
		if err != nil {
			return err
		}
		var before int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM fault_pass WHERE fault_id = $1", f.ID).Scan(&before); err != nil {
			return err
		}
		if before >= fault.MostPasses {
			return errs.New(errs.Conflict, "这件找错已经转办%d次；请由上级确定由谁办理，不能再转。", before)
		}
		query, args := insertRows("fault_pass", "fault_id, n, from_organ, to_organ, reason, passed_on, passed_by", [][]any{{f.ID, before + 1, p.From, p.To, p.Reason, p.On.String(), p.By}})
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE personal SET organ_id = $1 WHERE owner = $2", p.To, fault.Subject(f.ID).String()); err != nil {
			return err
		}
		if _, err := tx.CloseWork(ctx, pen, fault.Subject(f.ID), work.Monitor, work.Done, "转办"); err != nil {
			return err
		}
		if err := tx.append(ctx, events); err != nil {
			return err
		}
		return tx.OpenWork(ctx, pen, todo)
	})
}

// Passes gives the way of a fault.
func (s Faults) Passes(ctx context.Context, id string) ([]fault.Pass, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (p fault.Pass, err error) {
		var on string
		if err := row.Scan(&p.From, &p.To, &p.Reason, &on, &p.By); err != nil {
			return p, err
		}
		p.On, err = calendar.ParseDate(on)
		return p, err
	}, "SELECT from_organ, to_organ, reason, passed_on, passed_by FROM fault_pass WHERE fault_id = $1 ORDER BY n", id)
}
