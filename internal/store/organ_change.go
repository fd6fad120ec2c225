package store

import (
	"context"
	"encoding/json"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Add keeps new organs and changes known ones as judge says.
func (s Organs) Add(ctx context.Context, today calendar.Date, judge func(org.Around) (org.Batch, error)) error {
	return s.change(ctx, today, func(ctx context.Context, tx *Tx) error {
		batch, err := judge(around(ctx, tx))
		if err != nil {
			return err
		}
		for _, o := range batch.Changed {
			if err := tx.saveVersions(ctx, o); err != nil {
				return err
			}
			if err := tx.bringTo(ctx, o, today); err != nil {
				return err
			}
		}
		for _, o := range batch.Added {
			if err := tx.addOrgan(ctx, o, today); err != nil {
				return err
			}
		}
		return tx.append(ctx, batch.Events)
	})
}

// Update changes an organ as judge says.
func (s Organs) Update(ctx context.Context, id string, today calendar.Date, judge func(*org.Organ, org.Around) ([]event.Event, error)) error {
	return s.change(ctx, today, func(ctx context.Context, tx *Tx) error {
		o, err := organ(ctx, tx, id)
		if err != nil {
			return err
		}
		before := o.Digest()
		events, err := judge(&o, around(ctx, tx))
		if err != nil || o.Digest() == before {
			return err
		}
		if err := tx.saveVersions(ctx, o); err != nil {
			return err
		}
		if err := tx.bringTo(ctx, o, today); err != nil {
			return err
		}
		if err := tx.setPaths(ctx); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// Refresh brings the rows to a day.
func (s Organs) Refresh(ctx context.Context, today calendar.Date) (n int, err error) {
	due, err := dueOrgans(ctx, s.DB.read, today)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "organ"); err != nil {
			return err
		}
		n, err = tx.refresh(ctx, today)
		return err
	})
	return n, err
}

// change locks the hierarchy against other changes, so that two moves cannot make
// a ring, and brings the rows to today before anything is judged by them.
func (s Organs) change(ctx context.Context, today calendar.Date, do func(context.Context, *Tx) error) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "organ"); err != nil { // also the lock
			return err
		}
		if _, err := tx.refresh(ctx, today); err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

func (tx *Tx) refresh(ctx context.Context, today calendar.Date) (int, error) {
	due, err := dueOrgans(ctx, tx, today)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	for _, id := range due {
		o, err := organ(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		if err := tx.bringTo(ctx, o, today); err != nil {
			return 0, err
		}
	}
	return len(due), tx.setPaths(ctx)
}

// dueOrgans gives the organs whose rows are not what their versions say for a day.
func dueOrgans(ctx context.Context, q querier, today calendar.Date) ([]string, error) {
	day := today.String()
	return collect(ctx, q, scanText, `SELECT o.id FROM organ o LEFT JOIN organ_version v
		ON v.organ_id = o.id AND v.valid_from <= $1 AND (v.valid_until IS NULL OR v.valid_until > $2)
		WHERE (v.organ_id IS NULL AND NOT o.ended AND EXISTS (SELECT 1 FROM organ_version e WHERE e.organ_id = o.id AND e.valid_until <= $3))
		OR (v.organ_id IS NOT NULL AND (o.ended OR o.name <> v.name OR COALESCE(o.parent_id, '') <> COALESCE(v.parent_id, '') OR o.nature <> v.nature
			OR o.level <> v.level OR o.region <> v.region OR COALESCE(o.credit_code, '') <> COALESCE(v.credit_code, '')))
		ORDER BY o.id`, day, day, day)
}

func (tx *Tx) addOrgan(ctx context.Context, o org.Organ, today calendar.Date) error {
	n := o.Node(today)
	path := ""
	if n.Parent != "" {
		if err := tx.QueryRowContext(ctx, "SELECT path FROM organ WHERE id = $1", n.Parent).Scan(&path); err != nil {
			return missing(err, "没有这个上级机关。")
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO organ (id, parent_id, path, name, nature, level, region, credit_code, ended, position, created_at)
		VALUES ($1, NULLIF($2, ''), $3, $4, $5, $6, $7, NULLIF($8, ''), $9, $10, $11)`,
		o.ID, n.Parent, path+o.ID+"/", n.Name, string(n.Nature), string(n.Level), n.Region, n.CreditCode, n.Ended, o.Position, micros(o.CreatedAt)); err != nil {
		return err
	}
	return tx.saveVersions(ctx, o)
}

// saveVersions writes an organ's versions anew; they are few.
func (tx *Tx) saveVersions(ctx context.Context, o org.Organ) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM organ_version WHERE organ_id = $1", o.ID); err != nil {
		return err
	}
	for _, v := range o.Versions {
		contact, err := json.Marshal(v.Contact)
		if err != nil {
			return err
		}
		until := ""
		if !v.Until.IsZero() {
			until = v.Until.String()
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO organ_version (organ_id, valid_from, valid_until, name, short_name, parent_id, nature, level, region,
			credit_code, vertical, contact, reason, successor_id, end_reason)
			VALUES ($1, $2, NULLIF($3, ''), $4, $5, NULLIF($6, ''), $7, $8, $9, NULLIF($10, ''), $11, $12, $13, NULLIF($14, ''), $15)`,
			o.ID, v.From.String(), until, v.Name, v.Short, v.Parent, string(v.Nature), string(v.Level), v.Region, v.CreditCode, v.Vertical,
			string(contact), v.Reason, v.Successor, v.EndReason); err != nil {
			return err
		}
	}
	return nil
}

// bringTo writes the row of an organ as it stands on a day, all but its path.
func (tx *Tx) bringTo(ctx context.Context, o org.Organ, today calendar.Date) error {
	n := o.Node(today)
	_, err := tx.ExecContext(ctx, `UPDATE organ SET parent_id = NULLIF($1, ''), name = $2, nature = $3, level = $4, region = $5,
		credit_code = NULLIF($6, ''), ended = $7 WHERE id = $8`,
		n.Parent, n.Name, string(n.Nature), string(n.Level), n.Region, n.CreditCode, n.Ended, o.ID)
	return err
}

// setPaths writes the paths anew that no longer say where an organ stands. They
// are reckoned from the top, because organs may have changed places.
func (tx *Tx) setPaths(ctx context.Context) error {
	all, err := nodes(ctx, tx)
	if err != nil {
		return err
	}
	tree := org.NewTree(all)
	for _, root := range tree.Children("") {
		paths := map[string]string{"": ""}
		for _, n := range tree.Subtree(root.ID) {
			path := paths[n.Parent] + n.ID + "/"
			if paths[n.ID] = path; path == n.Path {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE organ SET path = $1 WHERE id = $2", path, n.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
