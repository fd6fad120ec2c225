package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// Organs keeps organs: their versions, which are the truth, and for each a row as
// it stands today, which lists and rights read.
type Organs struct{ DB *DB }

const nodeColumns = "id, COALESCE(parent_id, ''), path, name, nature, level, region, COALESCE(credit_code, ''), ended"

func scanNode(row interface{ Scan(...any) error }) (n org.Node, err error) {
	err = row.Scan(&n.ID, &n.Parent, &n.Path, &n.Name, &n.Nature, &n.Level, &n.Region, &n.CreditCode, &n.Ended)
	return n, err
}

// Nodes gives all organs as their rows have them, in the order of their tree.
func (s Organs) Nodes(ctx context.Context) ([]org.Node, error) { return nodes(ctx, s.DB.read) }

func nodes(ctx context.Context, q querier) ([]org.Node, error) {
	return collect(ctx, q, scanNode, "SELECT "+nodeColumns+" FROM organ ORDER BY length(path), position, name, id")
}

// NodesOn gives the organs that there were on a day, as they were then.
func (s Organs) NodesOn(ctx context.Context, day calendar.Date) ([]org.Node, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (n org.Node, err error) {
		err = row.Scan(&n.ID, &n.Parent, &n.Name, &n.Nature, &n.Level, &n.Region, &n.CreditCode)
		return n, err
	}, `SELECT v.organ_id, COALESCE(v.parent_id, ''), v.name, v.nature, v.level, v.region, COALESCE(v.credit_code, '')
		FROM organ_version v JOIN organ o ON o.id = v.organ_id
		WHERE v.valid_from <= $1 AND (v.valid_until IS NULL OR v.valid_until > $2) ORDER BY o.position, v.name, v.organ_id`, day.String(), day.String())
}

// Begun gives the first day of the organs that have none above.
func (s Organs) Begun(ctx context.Context) (day calendar.Date, err error) {
	var text string
	if err := s.DB.read.QueryRowContext(ctx, "SELECT COALESCE(MIN(valid_from), '') FROM organ_version WHERE parent_id IS NULL").Scan(&text); err != nil {
		return day, err
	}
	return day, day.UnmarshalText([]byte(text))
}

// ChangedBetween tells whether any version begins or ends after a day and not after another.
func (s Organs) ChangedBetween(ctx context.Context, after, until calendar.Date) (bool, error) {
	var n int
	err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM organ_version WHERE valid_from > $1 AND valid_from <= $2 OR valid_until > $1 AND valid_until <= $2 LIMIT 1) AS one",
		after.String(), until.String()).Scan(&n)
	return n > 0, err
}

// organsOn is the organs of a day with their ways from the top as they were then, to be
// read from as o; of the zero day those of today.
func organsOn(day calendar.Date) string {
	if day.IsZero() {
		return "organ o"
	}
	valid := "v.valid_from <= '" + day.String() + "' AND (v.valid_until IS NULL OR v.valid_until > '" + day.String() + "')"
	return `(WITH RECURSIVE past(id, path, name, nature) AS (
		SELECT v.organ_id, v.organ_id || '/', v.name, v.nature FROM organ_version v WHERE v.parent_id IS NULL AND ` + valid + `
		UNION ALL SELECT v.organ_id, past.path || v.organ_id || '/', v.name, v.nature FROM past JOIN organ_version v ON v.parent_id = past.id WHERE ` + valid + `)
		SELECT id, path, name, nature, FALSE AS ended FROM past) AS o`
}

// withinOn narrows to the organs where a right holds by the tree of a day, whose ways from
// the top a query has as path.
func (w *where) withinOn(day calendar.Date, column string, places []account.Place) {
	if day.IsZero() {
		w.within(column, places)
		return
	}
	var either []string
	var args []any
	for _, p := range places {
		if p.Below {
			either, args = append(either, `'/' || path LIKE ? ESCAPE '\'`), append(args, like("/"+p.Organ+"/"))
		} else {
			either, args = append(either, column+" = ?"), append(args, p.Organ)
		}
	}
	if len(either) == 0 {
		either = []string{"1 = 0"}
	}
	w.add("("+strings.Join(either, " OR ")+")", args...)
}

// Contacts gives how to reach organs on a day.
func (s Organs) Contacts(ctx context.Context, day calendar.Date, ids []string) (map[string]org.Contact, error) {
	all := map[string]org.Contact{}
	if len(ids) == 0 {
		return all, nil
	}
	var w where
	w.add("valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)", day.String(), day.String())
	w.in("organ_id", keys(ids))
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
	return organ(ctx, s.DB.read, id)
}

func organ(ctx context.Context, q querier, id string) (org.Organ, error) {
	all, err := organs(ctx, q, []string{id})
	if err != nil || len(all) == 1 {
		return first(all), err
	}
	return org.Organ{}, errs.New(errs.NotFound, "没有这个机关。")
}

// Many gives some organs with their versions.
func (s Organs) Many(ctx context.Context, ids []string) ([]org.Organ, error) {
	var all []org.Organ
	for some := range slices.Chunk(ids, atOnce) {
		organs, err := organs(ctx, s.DB.read, some)
		if err != nil {
			return nil, err
		}
		all = append(all, organs...)
	}
	return all, nil
}

// atOnce is how many keys stand in one query.
const atOnce = 500

func organs(ctx context.Context, q querier, ids []string) ([]org.Organ, error) {
	var some where
	some.in("id", keys(ids))
	all, err := collect(ctx, q, func(row interface{ Scan(...any) error }) (o org.Organ, err error) {
		var created int64
		err = row.Scan(&o.ID, &o.Position, &created)
		o.CreatedAt = moment(created)
		return o, err
	}, "SELECT id, position, created_at FROM organ"+some.sql(), some.args...)
	if err != nil {
		return nil, err
	}
	var of where
	of.in("organ_id", keys(ids))
	versions, err := collect(ctx, q, scanVersion, "SELECT "+versionColumns+" FROM organ_version"+of.sql()+" ORDER BY organ_id, valid_from", of.args...)
	if err != nil {
		return nil, err
	}
	by := map[string][]org.Version{}
	for _, v := range versions {
		by[v.organ] = append(by[v.organ], v.Version)
	}
	for i := range all {
		all[i].Versions = by[all[i].ID]
	}
	return all, nil
}

const versionColumns = `organ_id, valid_from, COALESCE(valid_until, ''), name, short_name, COALESCE(parent_id, ''), nature, level, region,
	COALESCE(credit_code, ''), vertical, contact, reason, COALESCE(successor_id, ''), end_reason`

// organVersion is a version with the key of its organ.
type organVersion struct {
	organ string
	org.Version
}

func scanVersion(row interface{ Scan(...any) error }) (v organVersion, err error) {
	var from, until, contact string
	if err := row.Scan(&v.organ, &from, &until, &v.Name, &v.Short, &v.Parent, &v.Nature, &v.Level, &v.Region, &v.CreditCode, &v.Vertical,
		&contact, &v.Reason, &v.Successor, &v.EndReason); err != nil {
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

// Look gives what a change would know.
func (s Organs) Look(ctx context.Context) org.Around { return around(ctx, s.DB.read) }

// around is what stands beside an organ, as a transaction or a reader sees it.
func around(ctx context.Context, q querier) org.Around {
	return org.Around{
		Tree: func() (*org.Tree, error) {
			all, err := nodes(ctx, q)
			return org.NewTree(all), err
		},
		Organ: func(id string) (org.Organ, error) { return organ(ctx, q, id) },
		Children: func(id string, from calendar.Date) ([]org.Organ, error) {
			ids, err := collect(ctx, q, scanText, `SELECT DISTINCT organ_id FROM organ_version
				WHERE parent_id = $1 AND (valid_until IS NULL OR valid_until > $2) ORDER BY organ_id LIMIT $3`, id, from.String(), atOnce)
			if err != nil || len(ids) == 0 {
				return nil, err
			}
			return organs(ctx, q, ids)
		},
		Holder: func(code, but string, from calendar.Date) (string, error) {
			names, err := collect(ctx, q, scanText, `SELECT name FROM organ_version
				WHERE credit_code = $1 AND organ_id <> $2 AND (valid_until IS NULL OR valid_until > $3) ORDER BY valid_from LIMIT 1`, code, but, from.String())
			return first(names), err
		},
	}
}

// Revision counts the changes of the hierarchy.
func (s Organs) Revision(ctx context.Context) (int64, error) { return s.DB.revision(ctx, "organ") }

// Empty tells whether there is no organ at all.
func (s Organs) Empty(ctx context.Context) (bool, error) {
	var n int
	err := s.DB.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM (SELECT 1 FROM organ LIMIT 1) AS one").Scan(&n)
	return n == 0, err
}
