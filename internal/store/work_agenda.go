package store

import (
	"context"
	"slices"

	"gongkai/internal/event"
	"gongkai/internal/work"
)

// agenda is what is to be done about a record, in place of what stood on people's
// lists before. An item is known by its title.
type agenda struct {
	about     event.Subject
	wanted    []work.Opening
	fulfilled []string // titles of what is done now; what else is gone nobody wants any more
	closing   string   // what was done
	passed    bool     // the record was given to somebody else, and its work with it
}

// agendasAtOnce is for how many records the open work is asked for together.
const agendasAtOnce = 200

// keepWork makes the open work about records what it should be. What is there already
// is moved or passed where it differs.
func (tx *Tx) keepWork(ctx context.Context, pen event.Pen, agendas []agenda) error {
	k := agendaKeeper{tx: tx, pen: pen}
	for some := range slices.Chunk(agendas, agendasAtOnce) {
		there, err := tx.openWork(ctx, some)
		if err != nil {
			return err
		}
		for _, a := range some {
			if err := k.keep(ctx, a, there[a.about]); err != nil {
				return err
			}
		}
	}
	return tx.append(ctx, k.events)
}

// openWork gives the open work about records.
func (tx *Tx) openWork(ctx context.Context, agendas []agenda) (map[event.Subject][]work.Item, error) {
	var w where
	subjects := make([]string, len(agendas))
	for i, a := range agendas {
		subjects[i] = a.about.String()
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

func (k *agendaKeeper) keep(ctx context.Context, a agenda, items []work.Item) error {
	for _, o := range a.wanted {
		i := slices.IndexFunc(items, func(i work.Item) bool { return i.Title == o.Title })
		if i < 0 {
			item, e := work.New(k.pen, o)
			k.events = append(k.events, e)
			if err := k.tx.addWork(ctx, item); err != nil {
				return err
			}
			continue
		}
		if err := k.adjust(ctx, items[i], o, a.passed); err != nil {
			return err
		}
		items = slices.Delete(items, i, i+1)
	}
	for _, i := range items {
		state := work.Withdrawn
		if slices.Contains(a.fulfilled, i.Title) {
			state = work.Done
		}
		k.events = append(k.events, i.End(k.pen, state, a.closing))
		if err := k.tx.saveWork(ctx, i, nil); err != nil {
			return err
		}
	}
	return nil
}

// adjust moves an item that is there already, and passes it when the record was.
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
