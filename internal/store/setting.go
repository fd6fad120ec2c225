package store

import (
	"context"

	"gongkai/internal/event"
	"gongkai/internal/setting"
)

// Settings keeps what the deployment and its organs have set.
type Settings struct{ DB *DB }

const settingColumns = "organ_id, name, value, changed_by, changed_at"

func scanSetting(row interface{ Scan(...any) error }) (setting.Own, error) {
	var (
		v       setting.Own
		changed int64
	)
	err := row.Scan(&v.Organ, &v.Name, &v.Value, &v.ChangedBy, &changed)
	v.ChangedAt = moment(changed)
	return v, err
}

// Revision tells how often anything was set.
func (s Settings) Revision(ctx context.Context) (int64, error) { return s.DB.revision(ctx, "setting") }

// All gives everything that is set.
func (s Settings) All(ctx context.Context) ([]setting.Own, error) { return s.all(ctx, s.DB.read) }

func (s Settings) all(ctx context.Context, q querier) ([]setting.Own, error) {
	return collect(ctx, q, scanSetting, "SELECT "+settingColumns+" FROM setting ORDER BY organ_id, name")
}

// Update changes one value as judge says. Changes of settings come one after the
// other, by the lock of their revision: whether one is allowed depends on others.
func (s Settings) Update(ctx context.Context, organ, name string, judge func([]setting.Own) (*setting.Own, []event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "setting"); err != nil {
			return err
		}
		all, err := s.all(ctx, tx)
		if err != nil {
			return err
		}
		v, events, err := judge(all)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM setting WHERE organ_id = $1 AND name = $2", organ, name); err != nil {
			return err
		}
		if v != nil {
			_, err := tx.ExecContext(ctx, "INSERT INTO setting ("+settingColumns+") VALUES ($1, $2, $3, $4, $5)", organ, name, v.Value, v.ChangedBy, micros(v.ChangedAt))
			if err != nil {
				return err
			}
		}
		return tx.append(ctx, events)
	})
}
