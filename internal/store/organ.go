package store

import (
	"context"
	"encoding/json"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Organs keeps organs: their versions, and a row for each as it stands today.
type Organs struct{ DB *DB }

const nodeColumns = "id, COALESCE(parent_id, ''), path, name, nature, level, region, COALESCE(credit_code, ''), ended"

func scanNode(row interface{ Scan(...any) error }) (n org.Node, err error) {
	err = row.Scan(&n.ID, &n.Parent, &n.Path, &n.Name, &n.Nature, &n.Level, &n.Region, &n.CreditCode, &n.Ended)
	return n, err
}

// Nodes gives all organs as they stand today, in the order of their tree.
func (s Organs) Nodes(ctx context.Context) ([]org.Node, error) { return nodes(ctx, s.DB.read) }

func nodes(ctx context.Context, q querier) ([]org.Node, error) {
	return collect(ctx, q, scanNode, "SELECT "+nodeColumns+" FROM organ ORDER BY length(path), position, name, id")
}

// NodesOn gives the organs that there were on a day, as they were then.
func (s Organs) NodesOn(ctx context.Context, day calendar.Date) ([]org.Node, error) {
	return nodesOn(ctx, s.DB.read, day)
}

func nodesOn(ctx context.Context, q querier, day calendar.Date) ([]org.Node, error) {
	return collect(ctx, q, func(row interface{ Scan(...any) error }) (n org.Node, err error) {
		err = row.Scan(&n.ID, &n.Parent, &n.Name, &n.Nature, &n.Level, &n.Region, &n.CreditCode)
		return n, err
	}, `SELECT v.organ_id, COALESCE(v.parent_id, ''), v.name, v.nature, v.level, v.region, COALESCE(v.credit_code, '')
		FROM organ_version v JOIN organ o ON o.id = v.organ_id
		WHERE v.valid_from <= $1 AND (v.valid_until IS NULL OR v.valid_until > $2) ORDER BY o.position, v.name, v.organ_id`, day.String(), day.String())
}

// Contacts gives how to reach organs on a day.
func (s Organs) Contacts(ctx context.Context, day calendar.Date, ids []string) (map[string]org.Contact, error) {
	all := map[string]org.Contact{}
	if len(ids) == 0 {
		return all, nil
	}
	var w where
	w.add("valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)", day.String(), day.String())
	keys := make([]any, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	w.in("organ_id", keys)
	rows, err := s.DB.read.QueryContext(ctx, "SELECT organ_id, contact FROM organ_version"+w.sql(), w.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		var c org.Contact
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return nil, err
		}
		all[id] = c
	}
	return all, rows.Err()
}

// Organ gives an organ with its versions.
func (s Organs) Organ(ctx context.Context, id string) (org.Organ, error) {
	return organ(ctx, s.DB.read, id, "")
}

func organ(ctx context.Context, q querier, id, lock string) (o org.Organ, err error) {
	var created int64
	o.ID = id
	if err := q.QueryRowContext(ctx, "SELECT position, created_at FROM organ WHERE id = $1"+lock, id).Scan(&o.Position, &created); err != nil {
		return o, missing(err, "没有这个机关。")
	}
	o.CreatedAt = moment(created)
	o.Versions, err = collect(ctx, q, scanVersion, `SELECT valid_from, COALESCE(valid_until, ''), name, short_name, COALESCE(parent_id, ''), nature, level, region,
		COALESCE(credit_code, ''), vertical, contact, reason, COALESCE(successor_id, '') FROM organ_version WHERE organ_id = $1 ORDER BY valid_from`, id)
	return o, err
}

func scanVersion(row interface{ Scan(...any) error }) (v org.Version, err error) {
	var from, until, contact string
	if err := row.Scan(&from, &until, &v.Name, &v.Short, &v.Parent, &v.Nature, &v.Level, &v.Region, &v.CreditCode, &v.Vertical, &contact, &v.Reason, &v.Successor); err != nil {
		return v, err
	}
	if v.From, err = calendar.ParseDate(from); err != nil {
		return v, err
	}
	if until != "" {
		if v.Until, err = calendar.ParseDate(until); err != nil {
			return v, err
		}
	}
	return v, json.Unmarshal([]byte(contact), &v.Contact)
}

// Add keeps new organs, and changes known ones that are still as they were read.
func (s Organs) Add(ctx context.Context, batch org.Batch, today calendar.Date) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "organ"); err != nil { // also the lock
			return err
		}
		for _, o := range batch.Changed {
			now, err := organ(ctx, tx, o.ID, tx.forUpdate())
			if err != nil {
				return err
			}
			if now.Digest() != batch.Before[o.ID] {
				return errs.New(errs.Conflict, "%s刚刚在别处改过，请重新导入。", now.Last().Name)
			}
			if err := tx.saveVersions(ctx, o); err != nil {
				return err
			}
			if err := tx.bringTo(ctx, o, today); err != nil {
				return err
			}
		}
		for _, o := range batch.Added {
			n := o.Node(today)
			path, err := tx.pathBelow(ctx, n.Parent, o.ID)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO organ (id, parent_id, path, name, nature, level, region, credit_code, ended, position, created_at)
				VALUES ($1, NULLIF($2, ''), $3, $4, $5, $6, $7, NULLIF($8, ''), $9, $10, $11)`,
				o.ID, n.Parent, path, n.Name, string(n.Nature), string(n.Level), n.Region, n.CreditCode, n.Ended, o.Position, micros(o.CreatedAt))
			if duplicate(err) {
				return taken("credit_code", "统一社会信用代码“"+n.CreditCode+"”已经属于另一个机关。")
			}
			if err != nil {
				return err
			}
			if err := tx.saveVersions(ctx, o); err != nil {
				return err
			}
		}
		return tx.append(ctx, batch.Events)
	})
}

// pathBelow gives the path of an organ below another.
func (tx *Tx) pathBelow(ctx context.Context, parent, id string) (string, error) {
	if parent == "" {
		return id + "/", nil
	}
	var path string
	err := tx.QueryRowContext(ctx, "SELECT path FROM organ WHERE id = $1", parent).Scan(&path)
	return path + id + "/", missing(err, "没有这个上级机关。")
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
			credit_code, vertical, contact, reason, successor_id)
			VALUES ($1, $2, NULLIF($3, ''), $4, $5, NULLIF($6, ''), $7, $8, $9, NULLIF($10, ''), $11, $12, $13, NULLIF($14, ''))`,
			o.ID, v.From.String(), until, v.Name, v.Short, v.Parent, string(v.Nature), string(v.Level), v.Region, v.CreditCode, v.Vertical,
			string(contact), v.Reason, v.Successor); err != nil {
			return err
		}
	}
	return nil
}

// Update changes an organ as judge says. The whole tree is locked against other
// changes meanwhile, so that two moves cannot make a ring.
func (s Organs) Update(ctx context.Context, id string, today calendar.Date, judge func(*org.Organ, org.Around) ([]event.Event, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.revise(ctx, "organ"); err != nil { // also the lock
			return err
		}
		o, err := organ(ctx, tx, id, tx.forUpdate())
		if err != nil {
			return err
		}
		all, err := nodes(ctx, tx)
		if err != nil {
			return err
		}
		before := o.Digest()
		events, err := judge(&o, org.Around{Tree: org.NewTree(all), From: func(day calendar.Date) ([]*org.Tree, error) { return tx.treesFrom(ctx, day) }})
		if err != nil {
			return err
		}
		if o.Digest() != before {
			if err := tx.saveVersions(ctx, o); err != nil {
				return err
			}
		}
		if err := tx.bringTo(ctx, o, today); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

// treesFrom gives the hierarchy of a day and of each later day on which a
// version begins.
func (tx *Tx) treesFrom(ctx context.Context, day calendar.Date) ([]*org.Tree, error) {
	days, err := collect(ctx, tx, scanText, "SELECT DISTINCT valid_from FROM organ_version WHERE valid_from > $1 ORDER BY valid_from", day.String())
	if err != nil {
		return nil, err
	}
	var trees []*org.Tree
	for _, text := range append([]string{day.String()}, days...) {
		on, err := calendar.ParseDate(text)
		if err != nil {
			return nil, err
		}
		all, err := nodesOn(ctx, tx, on)
		if err != nil {
			return nil, err
		}
		trees = append(trees, org.NewTree(all))
	}
	return trees, nil
}

// bringTo writes the row of an organ as it stands on a day, with the paths of
// all below it when it has moved.
func (tx *Tx) bringTo(ctx context.Context, o org.Organ, today calendar.Date) error {
	n := o.Node(today)
	var old string
	if err := tx.QueryRowContext(ctx, "SELECT path FROM organ WHERE id = $1", o.ID).Scan(&old); err != nil {
		return err
	}
	path, err := tx.pathBelow(ctx, n.Parent, o.ID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE organ SET parent_id = NULLIF($1, ''), name = $2, nature = $3, level = $4, region = $5,
		credit_code = NULLIF($6, ''), ended = $7 WHERE id = $8`,
		n.Parent, n.Name, string(n.Nature), string(n.Level), n.Region, n.CreditCode, n.Ended, o.ID)
	if duplicate(err) {
		return taken("credit_code", "统一社会信用代码“"+n.CreditCode+"”已经属于另一个机关。")
	}
	if err != nil || path == old {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE organ SET path = $1 || substr(path, $2) WHERE path LIKE $3 || '%'`, path, len(old)+1, old)
	return err
}

// Due gives the organs whose rows are not what their versions say for a day.
func (s Organs) Due(ctx context.Context, today calendar.Date) ([]string, error) {
	day := today.String()
	return collect(ctx, s.DB.read, scanText, `SELECT o.id FROM organ o LEFT JOIN organ_version v
		ON v.organ_id = o.id AND v.valid_from <= $1 AND (v.valid_until IS NULL OR v.valid_until > $2)
		WHERE (v.organ_id IS NULL AND NOT o.ended AND EXISTS (SELECT 1 FROM organ_version e WHERE e.organ_id = o.id AND e.valid_until <= $3))
		OR (v.organ_id IS NOT NULL AND (o.name <> v.name OR COALESCE(o.parent_id, '') <> COALESCE(v.parent_id, '') OR o.nature <> v.nature
			OR o.level <> v.level OR o.region <> v.region OR COALESCE(o.credit_code, '') <> COALESCE(v.credit_code, '')))
		ORDER BY length(o.path), o.id`, day, day, day)
}

// Revision counts the changes of the hierarchy.
func (s Organs) Revision(ctx context.Context) (int64, error) { return s.DB.revision(ctx, "organ") }

// Empty tells whether there is no organ at all.
func (s Organs) Empty(ctx context.Context) (bool, error) {
	var n int
	err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM organ LIMIT 1) AS one").Scan(&n)
	return n == 0, err
}
