package work

import (
	"context"
	"fmt"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Reminder is an item that those who have to do it should be reminded of.
type Reminder struct {
	Item   Item
	Left   Left
	Once   string   // names the reminder: of one name nobody gets two
	People []string // keys
}

// remindLast is how many working days before the last one people are reminded for
// the last time; the organ says when for the first time, and when again.
const remindLast = 1

// Remind hands over what is due soon or overdue today, some at a time: each item
// once as it comes within the organ's early days, its days of warning and
// one, and every working day when it is overdue. On days of rest nobody is
// reminded. What is missed on one day, say by a machine that stood still, is
// said on the next.
func (o *Office) Remind(ctx context.Context, tell func(context.Context, []Reminder) error) error {
	cal, err := o.Calendars.Calendar(ctx)
	if err != nil {
		return err
	}
	today := o.Today()
	if works, err := cal.IsWorkday(today); err == nil && !works {
		return nil
	}
	const most = 15 // organs may choose no more
	crew, err := o.crew(ctx)
	if err != nil {
		return err
	}
	var at Mark
	for {
		items, err := o.Store.DueBy(ctx, SoonUntil(cal, today, most), at, atOnce)
		if err != nil || len(items) == 0 {
			return err
		}
		last := items[len(items)-1]
		at = Mark{last.Due, last.ID}
		var due []Reminder
		for _, i := range items {
			r, ok, err := o.reminder(ctx, cal, today, i)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if r.People, err = crew.of(ctx, i); err != nil {
				return err
			}
			due = append(due, r)
		}
		if err := tell(ctx, due); err != nil {
			return err
		}
	}
}

func (o *Office) reminder(ctx context.Context, cal *calendar.Calendar, today calendar.Date, i Item) (Reminder, bool, error) {
	warn, err := o.Warn(ctx, i.Organ)
	if err != nil {
		return Reminder{}, false, err
	}
	early, err := o.Early(ctx, i.Organ)
	if err != nil {
		return Reminder{}, false, err
	}
	r := Reminder{Item: i, Left: Until(cal, today, i.Due, warn)}
	if r.Left.Late {
		r.Once = fmt.Sprintf("work.overdue/%s/%s", i.ID, today)
		return r, true, nil
	}
	days := r.Left.Days
	if !r.Left.Known {
		days = i.Due.Sub(today)
	}
	step, ok := stepFor(days, warn, early)
	if !ok || o.began(cal, i) <= step {
		return r, false, nil
	}
	r.Once = fmt.Sprintf("work.due/%s/%s/%d", i.ID, i.Due, step)
	return r, true, nil
}

// began gives how many working days the item had when it was opened: who has
// just been given something due tomorrow need not be reminded of next week.
func (o *Office) began(cal *calendar.Calendar, i Item) int {
	days, err := cal.WorkdaysBetween(dayOf(i.OpenedAt), i.Due)
	if err != nil {
		return i.Due.Sub(dayOf(i.OpenedAt))
	}
	return days
}

// stepFor gives the step of reminding that so many days fall into.
func stepFor(days, warn, early int) (step int, ok bool) {
	steps := []int{remindLast, warn, early}
	slices.Sort(steps)
	for _, s := range steps {
		if days <= s {
			return s, true
		}
	}
	return 0, false
}

// crews finds out who has to do items, asking once for each organ.
type crews struct {
	office *Office
	known  map[string][]Colleague
	stands map[Away][]string // who stands in today
}

// crew finds out who stands in for whom today.
func (o *Office) crew(ctx context.Context) (crews, error) {
	c := crews{office: o, known: map[string][]Colleague{}, stands: map[Away][]string{}}
	if o.Substitutes == nil {
		return c, nil
	}
	all, err := o.Substitutes.Standing(ctx, "", o.Today())
	for _, s := range all {
		at := Away{s.Away, s.Organ}
		c.stands[at] = append(c.stands[at], s.Stands)
	}
	return c, err
}

func (c crews) of(ctx context.Context, i Item) ([]string, error) {
	if i.For.Person != "" {
		return append([]string{i.For.Person}, c.stands[Away{i.For.Person, i.Organ}]...), nil
	}
	all, ok := c.known[i.Organ]
	if !ok {
		var err error
		if all, err = c.office.Store.Colleagues(ctx, i.Organ); err != nil {
			return nil, err
		}
		c.known[i.Organ] = all
	}
	return withRole(all, i.For.Role), nil
}

func withRole(all []Colleague, role account.Role) []string {
	var ids []string
	for _, c := range all {
		if slices.Contains(c.Roles, role) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Telling is whom an event concerns: the people to tell, and of which item.
type Telling struct {
	Item   Item
	People []string // keys, without whoever did it
}

// Concerned tells whom to tell of what happened to an item: of what is opened,
// moved, passed or withdrawn those who have to do it; of what is done whoever
// handed it out. ok is false for events that are not of this room.
func (o *Office) Concerned(ctx context.Context, e event.Event) (t Telling, ok bool, err error) {
	if e.Subject.Type != SubjectType {
		return t, false, nil
	}
	t.Item, err = o.Store.Item(ctx, e.Subject.ID)
	if errs.KindOf(err) == errs.NotFound {
		return t, false, nil // nobody is told of nothing, and the events behind this one wait for it
	}
	if err != nil {
		return t, false, err
	}
	if e.Kind == done {
		t.People = []string{t.Item.OpenedBy}
	} else {
		crew, err := o.crew(ctx)
		if err != nil {
			return t, false, err
		}
		if t.People, err = crew.of(ctx, t.Item); err != nil {
			return t, false, err
		}
	}
	t.People = slices.DeleteFunc(t.People, func(id string) bool { return id == e.Actor || id == event.System })
	return t, true, nil
}
