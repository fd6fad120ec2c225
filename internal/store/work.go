package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/work"
)

// Work keeps what is to be done.
type Work struct{ DB *DB }

const workColumns = `id, organ_id, task, subject, title, note, link, role, COALESCE(person_id, ''), reckoning, due, state,
	opened_by, opened_at, closed_by, closed_at, closed_on, closing`

func scanWork(row interface{ Scan(...any) error }) (work.Item, error) {
	var (
		i                                 work.Item
		subject, reckoning, due, closedOn string
		opened, closed                    int64
	)
	err := row.Scan(&i.ID, &i.Organ, &i.Task, &subject, &i.Title, &i.Note, &i.Link, &i.For.Role, &i.For.Person, &reckoning, &due, &i.State,
		&i.OpenedBy, &opened, &i.ClosedBy, &closed, &closedOn, &i.Closing)
	if err != nil {
		return i, err
	}
	i.Subject.Type, i.Subject.ID, _ = strings.Cut(subject, "/")
	i.OpenedAt, i.ClosedAt = moment(opened), moment(closed)
	if reckoning != "" {
		if err := json.Unmarshal([]byte(reckoning), &i.Reckoning); err != nil {
			return i, err
		}
	}
	if err := i.Due.UnmarshalText([]byte(due)); err != nil {
		return i, err
	}
	return i, i.ClosedOn.UnmarshalText([]byte(closedOn))
}

func reckoningText(r *work.Reckoning) (string, error) {
	if r == nil {
		return "", nil
	}
	text, err := json.Marshal(r)
	return string(text), err
}

// Item gives an item by its key.
func (s Work) Item(ctx context.Context, id string) (work.Item, error) {
	i, err := scanWork(s.DB.read.QueryRowContext(ctx, "SELECT "+workColumns+" FROM work_item WHERE id = $1", id))
	return i, missing(err, "没有这一事项。")
}

// Add keeps a new item.
func (s Work) Add(ctx context.Context, i work.Item, events []event.Event) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.addWork(ctx, i); err != nil {
			return err
		}
		return tx.append(ctx, events)
	})
}

func (tx *Tx) addWork(ctx context.Context, i work.Item) error {
	reckoning, err := reckoningText(i.Reckoning)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO work_item (id, organ_id, task, subject, title, note, link, role, person_id, reckoning, due, state, opened_by, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, ''), $10, $11, $12, $13, $14)`,
		i.ID, i.Organ, string(i.Task), i.Subject.String(), i.Title, i.Note, i.Link, string(i.For.Role), i.For.Person, reckoning, i.Due.String(),
		string(i.State), i.OpenedBy, micros(i.OpenedAt))
	return err
}

// Update changes some items as judge says, all or none.
func (s Work) Update(ctx context.Context, ids []string, judge func(*work.Item) ([]event.Event, error)) error {
	ids = slices.Sorted(slices.Values(ids)) // locks are taken in one order
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, id := range ids {
			i, err := scanWork(tx.QueryRowContext(ctx, "SELECT "+workColumns+" FROM work_item WHERE id = $1"+tx.forUpdate(), id))
			if err != nil {
				return missing(err, "没有这一事项。")
			}
			events, err := judge(&i)
			if err != nil {
				return err
			}
			if len(events) == 0 {
				continue
			}
			if err := tx.saveWork(ctx, i, events); err != nil {
				return err
			}
		}
		return nil
	})
}

// saveWork keeps what can change of an item, with what is told of it.
func (tx *Tx) saveWork(ctx context.Context, i work.Item, events []event.Event) error {
	reckoning, err := reckoningText(i.Reckoning)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE work_item SET role = $1, person_id = NULLIF($2, ''), reckoning = $3, due = $4, state = $5,
		closed_by = $6, closed_at = $7, closed_on = $8, closing = $9 WHERE id = $10`,
		string(i.For.Role), i.For.Person, reckoning, i.Due.String(), string(i.State), i.ClosedBy, micros(i.ClosedAt), dayText(i.ClosedOn), i.Closing, i.ID)
	if err != nil {
		return err
	}
	return tx.append(ctx, events)
}

// saveDay saves an item of which nothing but the day has moved, to one that is fixed:
// the indexes of everything else stay untouched.
func (tx *Tx) saveDay(ctx context.Context, i work.Item) error {
	return tx.repeat(ctx, "UPDATE work_item SET due = $1, reckoning = '' WHERE id = $2", i.Due.String(), i.ID)
}

// OpenWork keeps items that a change of another record calls for, in its
// transaction: a request that has come in opens the item of its reply.
func (tx *Tx) OpenWork(ctx context.Context, pen event.Pen, openings ...work.Opening) error {
	for _, o := range openings {
		i, e := work.New(pen, o)
		if err := tx.addWork(ctx, i); err != nil {
			return err
		}
		if err := tx.append(ctx, []event.Event{e}); err != nil {
			return err
		}
	}
	return nil
}

// CloseWork ends the open items about a record, in the transaction of its
// change, and gives their number. Those of one task only, unless it is "".
func (tx *Tx) CloseWork(ctx context.Context, pen event.Pen, about event.Subject, task work.Task, state work.State, closing string) (int, error) {
	return tx.eachWork(ctx, about, task, func(i *work.Item) event.Event { return i.End(pen, state, closing) })
}

// MoveWork gives the open items about a record another last day, in the
// transaction of its change: a reply that is put off. The reckoning is nil for a
// fixed day.
func (tx *Tx) MoveWork(ctx context.Context, pen event.Pen, about event.Subject, task work.Task, reckoning *work.Reckoning, due calendar.Date) (int, error) {
	return tx.eachWork(ctx, about, task, func(i *work.Item) event.Event { return i.Move(pen, reckoning, due) })
}

// PassWork makes the open items about a record somebody else's, in the
// transaction of its change.
func (tx *Tx) PassWork(ctx context.Context, pen event.Pen, about event.Subject, task work.Task, to work.Holder) (int, error) {
	return tx.eachWork(ctx, about, task, func(i *work.Item) event.Event { return i.Pass(pen, to) })
}

func (tx *Tx) eachWork(ctx context.Context, about event.Subject, task work.Task, change func(*work.Item) event.Event) (int, error) {
	items, err := collect(ctx, tx, scanWork, "SELECT "+workColumns+" FROM work_item WHERE subject = $1 AND state = 'open' ORDER BY id"+tx.forUpdate(), about.String())
	if err != nil {
		return 0, err
	}
	n := 0
	for _, i := range items {
		if task != "" && i.Task != task {
			continue
		}
		e := change(&i)
		if err := tx.saveWork(ctx, i, []event.Event{e}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Reckoned gives open items whose day is computed, in the order of their keys.
func (s Work) Reckoned(ctx context.Context, after string, most int) ([]work.Item, error) {
	return collect(ctx, s.DB.read, scanWork, "SELECT "+workColumns+" FROM work_item WHERE state = 'open' AND reckoning <> '' AND id > $1 ORDER BY id LIMIT $2", after, most)
}

// DueBy gives open items due up to a day, soonest first.
func (s Work) DueBy(ctx context.Context, last calendar.Date, after work.Mark, most int) ([]work.Item, error) {
	return collect(ctx, s.DB.read, scanWork, "SELECT "+workColumns+" FROM work_item WHERE state = 'open' AND due <= $1 AND (due, id) > ($2, $3) ORDER BY due, id LIMIT $4",
		last.String(), dayText(after.Due), after.ID, most)
}

// Colleagues gives the people in office with a role of an officer in an organ.
func (s Work) Colleagues(ctx context.Context, organ string) ([]work.Colleague, error) {
	type grant struct {
		work.Colleague
		role account.Role
	}
	grants, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (g grant, err error) {
		err = row.Scan(&g.ID, &g.Name, &g.Title, &g.role)
		return g, err
	}, `SELECT p.id, p.name, p.title, g.role FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.organ_id = $1 AND p.active ORDER BY g.granted_at, p.id, g.role`, organ)
	var all []work.Colleague
	for _, g := range grants {
		if info, _ := g.role.Info(); info.Administrator {
			continue
		}
		n := slices.IndexFunc(all, func(c work.Colleague) bool { return c.ID == g.ID })
		if n < 0 {
			all, n = append(all, g.Colleague), len(all)
		}
		all[n].Roles = append(all[n].Roles, g.role)
	}
	return all, err
}
