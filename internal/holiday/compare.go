package holiday

import (
	"context"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Outlook is what follows when a notice comes into force.
type Outlook struct {
	NewYear  int // a year that the calendar knows only then; 0 for none
	Workdays int // of NewYear
	Days     []DayChange
	Doubts   []Doubt // about the notice beside the calendar in force
	Moves    []calendar.Move
	// Partly tells that there are more open deadlines than a preview looks at: how many
	// move is known when the notice is applied.
	Partly bool
}

// previewed is how many open deadlines of each sort a preview looks at: somebody waits for
// it.
const previewed = 1000

// DayChange is a day of a known year that a notice makes another.
type DayChange struct {
	Day   calendar.Date
	Works bool // afterwards
	// Before is the holiday that the day belonged to, as far as it did, and Cite
	// the notice that said so.
	Before, Cite string
}

// Preview tells what follows when a notice comes into force: the days that
// change, what is odd beside the calendar of now, and the open deadlines that
// move.
func (k *Keeper) Preview(ctx context.Context, actor account.Actor, id string) (Outlook, error) {
	if err := k.MayEdit(ctx, actor); err != nil {
		return Outlook{}, err
	}
	all, err := k.Store.All(ctx)
	if err != nil {
		return Outlook{}, err
	}
	r, err := find(all, id)
	if err != nil {
		return Outlook{}, err
	}
	now, err := compose(inForce(all))
	if err != nil {
		return Outlook{}, err
	}
	next, err := compose(append(inForce(all), r))
	if err != nil {
		return Outlook{}, err
	}
	out, err := compare(now, next, r)
	if err != nil {
		return out, err
	}
	for _, m := range k.Movers {
		some, whole, err := m.Preview(ctx, next, previewed)
		if err != nil {
			return out, err
		}
		out.Moves, out.Partly = append(out.Moves, some...), out.Partly || !whole
	}
	return out, nil
}

// compare looks at what a notice changes of the days.
func compare(now, next *calendar.Calendar, r Record) (Outlook, error) {
	var out Outlook
	_, known := now.Years()
	if _, last := next.Years(); last > known {
		out.NewYear = last
		n, err := next.WorkdaysBetween(calendar.On(last-1, time.December, 31), calendar.On(last, time.December, 31))
		if err != nil {
			return out, err
		}
		out.Workdays = n
		for _, name := range left(r.Notice.Holidays) {
			out.Doubts = append(out.Doubts, Doubt{"", "这是" + strconv.Itoa(last) + "年的第一份通知，没有" + name + "的安排；生效后" + name + "按平常的星期计算。"})
		}
	}
	before, after, err := local(now, next, r.Region)
	if err != nil {
		return out, err
	}
	first, _ := before.Years()
	for d := calendar.On(first, time.January, 1); before.Has(d); d = d.Add(1) {
		was, err := before.Day(d)
		if err != nil {
			return out, err
		}
		is, err := after.Day(d)
		if err != nil {
			return out, err
		}
		if was.Kind.Works() != is.Kind.Works() {
			out.Days = append(out.Days, DayChange{d, is.Kind.Works(), was.Holiday, was.Cite})
		}
	}
	return out, nil
}

// local gives the calendars of a region before and after; before its first
// notice a region counts as the country does.
func local(now, next *calendar.Calendar, region string) (before, after *calendar.Calendar, err error) {
	after, err = next.In(region)
	if err != nil {
		return nil, nil, err
	}
	if before, err = now.In(region); errs.KindOf(err) == errs.NotFound {
		before, err = now, nil
	}
	return before, after, err
}
