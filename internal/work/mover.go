package work

import (
	"context"
	"math"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Mover counts the days of open items anew when a holiday notice comes: it is
// one of holiday.Keeper's Movers. What is overdue already stays so.
type Mover struct{ Office *Office }

// atOnce is how many items are looked at or changed at a time.
const atOnce = 200

// Preview gives the items that another calendar moves, among the first that have a limit.
func (m Mover) Preview(ctx context.Context, next *calendar.Calendar, most int) (moves []calendar.Move, all bool, err error) {
	all, err = m.each(ctx, next, most, func(affected []Item, local map[string]*calendar.Calendar) error {
		for _, i := range affected {
			due, _, err := m.moved(i, local[i.Organ])
			if err != nil {
				return err
			}
			moves = append(moves, calendar.Move{Organ: i.Organ, Subject: i.Subject.String(), Title: i.Title, From: i.Due, To: due})
		}
		return nil
	})
	return moves, all, err
}

// Apply moves them; a second time it finds nothing to move.
func (m Mover) Apply(ctx context.Context, pen event.Pen, next *calendar.Calendar, told func(moved int)) (int, error) {
	total := 0
	_, err := m.each(ctx, next, math.MaxInt, func(affected []Item, local map[string]*calendar.Calendar) error {
		ids := make([]string, len(affected))
		for n, i := range affected {
			ids[n] = i.ID
		}
		n := 0
		err := m.Office.Store.Update(ctx, ids, func(i *Item) ([]event.Event, error) {
			due, moves, err := m.moved(*i, local[i.Organ])
			if err != nil || !moves || i.State != Open {
				return nil, err
			}
			n++
			return []event.Event{i.Move(pen, i.Reckoning, due)}, nil
		})
		if err == nil {
			total += min(n, len(ids)) // a transaction that met another ran again
			told(total)
		}
		return err
	})
	return total, err
}

// moved tells an item's last day by a calendar, and whether it is another one.
func (m Mover) moved(i Item, cal *calendar.Calendar) (due calendar.Date, moves bool, err error) {
	if i.Reckoning == nil || i.Due.Before(m.Office.Today()) {
		return i.Due, false, nil
	}
	answer, err := i.Reckoning.Answer(cal)
	return answer.Deadline, err == nil && answer.Deadline != i.Due, err
}

// each hands over the open items that a calendar moves, some at a time, among the first so
// many; all tells whether there are no others.
func (m Mover) each(ctx context.Context, next *calendar.Calendar, most int, do func(affected []Item, local map[string]*calendar.Calendar) error) (all bool, err error) {
	local := map[string]*calendar.Calendar{} // by organ, read before anything is changed
	last := ""
	for looked := 0; ; looked += atOnce {
		items, err := m.Office.Store.Reckoned(ctx, last, atOnce)
		if err != nil || len(items) == 0 || looked >= most {
			return len(items) == 0, err
		}
		last = items[len(items)-1].ID
		var affected []Item
		for _, i := range items {
			if local[i.Organ] == nil {
				if local[i.Organ], err = m.Office.local(ctx, next, i.Organ); err != nil {
					return false, err
				}
			}
			_, moves, err := m.moved(i, local[i.Organ])
			if err != nil {
				return false, err
			}
			if moves {
				affected = append(affected, i)
			}
		}
		if len(affected) > 0 {
			if err := do(affected, local); err != nil {
				return false, err
			}
		}
	}
}
