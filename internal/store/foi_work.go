package store

import (
	"context"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/work"
)

// keepAgendas makes the open work about requests what it should be: an item is
// known by its title. What is there already is moved or passed where it differs.
func (tx *Tx) keepAgendas(ctx context.Context, pen event.Pen, agendas []foi.Agenda) error {
	for _, a := range agendas {
		if err := tx.keepAgenda(ctx, pen, a); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) keepAgenda(ctx context.Context, pen event.Pen, a foi.Agenda) error {
	about := foi.Subject(a.Request)
	items, err := collect(ctx, tx, scanWork, "SELECT "+workColumns+" FROM work_item WHERE subject = $1 AND state = 'open' ORDER BY id"+tx.forUpdate(), about.String())
	if err != nil {
		return err
	}
	var missing []work.Opening
	for _, d := range a.Duties {
		o := opening(a, d)
		i := slices.IndexFunc(items, func(i work.Item) bool { return i.Title == o.Title })
		if i < 0 {
			missing = append(missing, o)
			continue
		}
		if err := tx.adjustWork(ctx, pen, items[i], o, a.Passed); err != nil {
			return err
		}
		items = slices.Delete(items, i, i+1)
	}
	for _, i := range items {
		state := work.Withdrawn
		if slices.Contains(a.Fulfilled, i.Title) {
			state = work.Done
		}
		e := i.End(pen, state, a.Closing)
		if err := tx.saveWork(ctx, i, []event.Event{e}); err != nil {
			return err
		}
	}
	return tx.OpenWork(ctx, pen, missing...)
}

// opening is a duty as an item of work. Its day is fixed: the request counts it.
func opening(a foi.Agenda, d foi.Duty) work.Opening {
	return work.Opening{
		Organ: d.Organ, Task: work.Request, Subject: foi.Subject(a.Request), Title: d.Title(a.Number), Note: d.Cite,
		Link: "/desk/requests/" + a.Request, For: work.Holder{Person: d.Person, Role: d.Role}, Due: d.Due,
	}
}

// adjustWork moves an item that is there already, and passes it when the request was.
func (tx *Tx) adjustWork(ctx context.Context, pen event.Pen, i work.Item, o work.Opening, passed bool) error {
	var events []event.Event
	if i.Due != o.Due {
		events = append(events, i.Move(pen, nil, o.Due))
	}
	if passed && i.For != o.For {
		events = append(events, i.Pass(pen, o.For))
	}
	if len(events) == 0 {
		return nil
	}
	return tx.saveWork(ctx, i, events)
}

// Holders gives the people in office who have a role in an organ.
func (s Requests) Holders(ctx context.Context, organ string, role account.Role) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, `SELECT p.id FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.organ_id = $1 AND g.role = $2 AND p.active ORDER BY p.id`, organ, string(role))
}
