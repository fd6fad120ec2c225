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
	k := agendaKeeper{tx: tx, pen: pen}
	for some := range slices.Chunk(agendas, agendasAtOnce) {
		there, err := tx.openWork(ctx, some)
		if err != nil {
			return err
		}
		for _, a := range some {
			if err := k.keep(ctx, a, there[foi.Subject(a.Request)]); err != nil {
				return err
			}
			if err := tx.follow(ctx, pen, a); err != nil {
				return err
			}
		}
	}
	return tx.append(ctx, k.events)
}

// agendasAtOnce is for how many requests the open work is asked for together.
const agendasAtOnce = 200

// openWork gives the open work about requests.
func (tx *Tx) openWork(ctx context.Context, agendas []foi.Agenda) (map[event.Subject][]work.Item, error) {
	var w where
	subjects := make([]string, len(agendas))
	for i, a := range agendas {
		subjects[i] = foi.Subject(a.Request).String()
	}
	w.in("subject", keys(subjects))
	w.add("state = 'open'")
	items, err := collect(ctx, tx, scanWork, "SELECT "+workColumns+" FROM work_item"+w.sql()+" ORDER BY id"+tx.forUpdate(), w.args...)
	there := map[event.Subject][]work.Item{}
	for _, i := range items {
		there[i.Subject] = append(there[i.Subject], i)
	}
	return there, err
}

// agendaKeeper collects what is told of the work that it changes.
type agendaKeeper struct {
	tx     *Tx
	pen    event.Pen
	events []event.Event
}

func (k *agendaKeeper) keep(ctx context.Context, a foi.Agenda, items []work.Item) error {
	for _, d := range a.Duties {
		o := opening(a, d)
		i := slices.IndexFunc(items, func(i work.Item) bool { return i.Title == o.Title })
		if i < 0 {
			item, e := work.New(k.pen, o)
			k.events = append(k.events, e)
			if err := k.tx.addWork(ctx, item); err != nil {
				return err
			}
			continue
		}
		if err := k.adjust(ctx, items[i], o, a.Passed); err != nil {
			return err
		}
		items = slices.Delete(items, i, i+1)
	}
	for _, i := range items {
		state := work.Withdrawn
		if slices.Contains(a.Fulfilled, i.Title) {
			state = work.Done
		}
		k.events = append(k.events, i.End(k.pen, state, a.Closing))
		if err := k.tx.saveWork(ctx, i, nil); err != nil {
			return err
		}
	}
	return nil
}

// adjust moves an item that is there already, and passes it when the request was.
func (k *agendaKeeper) adjust(ctx context.Context, i work.Item, o work.Opening, passed bool) error {
	moved, passed := i.Due != o.Due, passed && i.For != o.For
	if moved {
		k.events = append(k.events, i.Move(k.pen, nil, o.Due))
	}
	switch {
	case passed:
		k.events = append(k.events, i.Pass(k.pen, o.For))
		return k.tx.saveWork(ctx, i, nil)
	case moved:
		return k.tx.saveDay(ctx, i)
	}
	return nil
}

// opening is a duty as an item of work. Its day is fixed: the request counts it.
func opening(a foi.Agenda, d foi.Duty) work.Opening {
	return work.Opening{
		Organ: d.Organ, Task: work.Request, Subject: foi.Subject(a.Request), Title: d.Title(a.Number), Note: d.Cite,
		Link: "/desk/requests/" + a.Request, For: work.Holder{Person: d.Person, Role: d.Role}, Due: d.Due,
	}
}

// Holders gives the people in office who have a role in an organ.
func (s Requests) Holders(ctx context.Context, organ string, role account.Role) ([]string, error) {
	return collect(ctx, s.DB.read, scanText, `SELECT p.id FROM role_grant g JOIN person p ON p.id = g.person_id
		WHERE g.organ_id = $1 AND g.role = $2 AND p.active ORDER BY p.id`, organ, string(role))
}
