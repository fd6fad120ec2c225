package store

import (
	"context"
	"encoding/json"

	"gongkai/internal/event"
	"gongkai/internal/holiday"
)

// Holidays keeps holiday notices.
type Holidays struct{ DB *DB }

const holidayColumns = "id, region, year, notice, source, added_by, added_at, applied_at, moved_at, moved, revoked_at"

func scanHoliday(row interface{ Scan(...any) error }) (holiday.Record, error) {
	var (
		r                                  holiday.Record
		notice                             string
		added, applied, movedAt, revokedAt int64
	)
	if err := row.Scan(&r.ID, &r.Region, &r.Year, &notice, &r.Source, &r.AddedBy, &added, &applied, &movedAt, &r.Moved, &revokedAt); err != nil {
		return r, err
	}
	r.AddedAt, r.AppliedAt, r.MovedAt, r.RevokedAt = moment(added), moment(applied), moment(movedAt), moment(revokedAt)
	return r, json.Unmarshal([]byte(notice), &r.Notice)
}

// Revision counts the changes of notices.
func (s Holidays) Revision(ctx context.Context) (int64, error) { return s.DB.revision(ctx, "holiday") }

// All gives every notice, in the order in which they were added.
func (s Holidays) All(ctx context.Context) ([]holiday.Record, error) { return s.all(ctx, s.DB.read) }

func (s Holidays) all(ctx context.Context, q querier) ([]holiday.Record, error) {
	return collect(ctx, q, scanHoliday, "SELECT "+holidayColumns+" FROM holiday_notice ORDER BY added_at, id")
}

// Update keeps the notice that judge gives. Whether a notice fits depends on the
// others, so changes come one after the other, by the lock of their revision.
func (s Holidays) Update(ctx context.Context, judge func([]holiday.Record) (holiday.Record, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "holiday"); err != nil {
			return err
		}
		all, err := s.all(ctx, tx)
		if err != nil {
			return err
		}
		r, events, err := judge(all)
		if err != nil {
			return err
		}
		notice, err := json.Marshal(r.Notice)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO holiday_notice (`+holidayColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
			ON CONFLICT (id) DO UPDATE SET region = excluded.region, year = excluded.year, notice = excluded.notice,
			applied_at = excluded.applied_at, moved_at = excluded.moved_at, moved = excluded.moved, revoked_at = excluded.revoked_at`,
			r.ID, r.Region, r.Year, string(notice), r.Source, r.AddedBy, micros(r.AddedAt), micros(r.AppliedAt), micros(r.MovedAt), r.Moved, micros(r.RevokedAt))
		if err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}
