package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/holiday"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Calendar are the pages about the working days that every deadline is counted
// by: the year as it stands, the notices, and how one is taken in.
type Calendar struct {
	Kit    *web.Kit
	Keeper *holiday.Keeper
	Trees  org.Trees
	// History gives what has happened to a notice, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
	// Moving tells how far the job is that moves deadlines for a notice; nil where they
	// are moved at once.
	Moving func(ctx context.Context, notice string) (Moving, error)
	// People gives the names of those who did something.
	People interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Moving is how far the job is that moves deadlines for a notice.
type Moving struct {
	Busy    bool
	Done    int    // deadlines
	Trouble string // why it rests, or was given up; "" when nothing is wrong
}

// Routes gives the pages.
func (p Calendar) Routes() []web.Route {
	see, edit := web.Needs(account.SeeCalendar), web.Needs(account.EditCalendar)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/calendar" + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
	}
	upload := page("POST", "/new", edit, p.read, calendarCheckTemplate)
	upload.Upload = maxSheet
	return []web.Route{
		page("GET", "", see, p.year, calendarTemplate),
		page("GET", "/new", edit, p.askNew, calendarNewTemplate),
		upload,
		page("GET", "/check", edit, p.askByHand, calendarCheckTemplate),
		page("POST", "/check", edit, p.add),
		page("GET", "/{notice}", see, p.notice, calendarNoticeTemplate),
		page("GET", "/{notice}/edit", edit, p.askEdit, calendarCheckTemplate),
		page("POST", "/{notice}/edit", edit, p.edit),
		page("POST", "/{notice}/apply", edit, p.apply),
		page("POST", "/{notice}/revoke", edit, p.revoke),
	}
}

// calendarYear is a year as people count it, and the notices behind it.
type calendarYear struct {
	Year, Before, After int // Before and After are 0 where nothing is known
	Region              string
	Regions             []string
	Months              []calendarMonth
	Holidays            []calendarHoliday
	Workdays            int
	Unknown             int // the coming year, when it is near and nobody has announced it
	Notices             []calendarEntry
	May                 bool
}

type calendarMonth struct {
	Name  string
	Weeks [][]calendarDay
}

// calendarDay is a field of a month; Day 0 is an empty one.
type calendarDay struct {
	Day   int
	Mark  string // said in a word, not only by colour
	Class string // as the style sheet has it
}

type calendarHoliday struct{ Name, Off, Work, Number string }

// calendarEntry is a notice in the list.
type calendarEntry struct {
	ID, Number, Issued, Where, Origin, State, Tone string
	Year                                           int
}

var calendarTemplate = web.Define[calendarYear]("admin/calendar")

func (p Calendar) year(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	records, err := p.Keeper.List(ctx, actor)
	if err != nil {
		return err
	}
	whole, err := p.Keeper.Calendar(ctx)
	if err != nil {
		return err
	}
	now := p.Kit.Clock.Now()
	first, last := whole.Years()
	data := calendarYear{Year: min(now.Year(), last), Regions: whole.Regions(), May: p.Keeper.MayEdit(ctx, actor) == nil}
	if year, err := strconv.Atoi(r.URL.Query().Get("year")); err == nil {
		data.Year = max(first, min(year, last))
	}
	if data.Year > first {
		data.Before = data.Year - 1
	}
	if data.Year < last {
		data.After = data.Year + 1
	}
	today := calendar.On(now.Year(), now.Month(), now.Day())
	data.Unknown = whole.Missing(today)
	local := whole
	if region := r.URL.Query().Get("region"); slices.Contains(data.Regions, region) {
		data.Region = region
		if local, err = whole.In(region); err != nil {
			return err
		}
	}
	if err := data.draw(local, say, today); err != nil {
		return err
	}
	if data.Notices, err = calendarEntries(records, say); err != nil {
		return err
	}
	return calendarTemplate.Show(p.Kit, w, r, say.T("calendar.title"), data)
}

// draw fills in the months and the holidays of the year.
func (y *calendarYear) draw(c *calendar.Calendar, say *locale.Catalogue, today calendar.Date) error {
	names := map[string]int{}
	for month := time.January; month <= time.December; month++ {
		m := calendarMonth{Name: say.T("calendar.month", int(month))}
		if english(say) {
			m.Name = month.String()
		}
		first := calendar.On(y.Year, month, 1)
		week := make([]calendarDay, (int(first.Weekday())+6)%7, 7) // Monday first
		for d := first; monthOf(d) == month; d = d.Add(1) {
			day, err := c.Day(d)
			if err != nil {
				return err
			}
			if day.Kind.Works() {
				y.Workdays++
			}
			y.note(names, day)
			week = append(week, drawDay(day, say, today))
			if len(week) == 7 {
				m.Weeks, week = append(m.Weeks, week), nil
			}
		}
		if len(week) > 0 {
			m.Weeks = append(m.Weeks, append(week, make([]calendarDay, 7-len(week))...))
		}
		y.Months = append(y.Months, m)
	}
	slices.SortStableFunc(y.Holidays, func(a, b calendarHoliday) int { return strings.Compare(a.Off, b.Off) })
	return nil
}

func monthOf(d calendar.Date) time.Month {
	_, m, _ := d.Civil()
	return m
}

func drawDay(day calendar.Day, say *locale.Catalogue, today calendar.Date) calendarDay {
	_, _, n := day.Date.Civil()
	drawn := calendarDay{Day: n}
	switch day.Kind {
	case calendar.Off:
		drawn.Mark, drawn.Class = say.T("calendar.off-mark"), "holiday"
	case calendar.MakeUp:
		drawn.Mark, drawn.Class = say.T("calendar.work-mark"), "made-up"
	case calendar.Weekend:
		drawn.Class = "rest"
	}
	if day.Date == today {
		drawn.Class = strings.TrimSpace(drawn.Class + " today")
	}
	return drawn
}

// note adds a day to the holiday that it belongs to.
func (y *calendarYear) note(names map[string]int, day calendar.Day) {
	if day.Holiday == "" {
		return
	}
	key := day.Holiday + day.Cite
	i, ok := names[key]
	if !ok {
		i = len(y.Holidays)
		names[key] = i
		y.Holidays = append(y.Holidays, calendarHoliday{Name: day.Holiday, Number: day.Cite})
	}
	h := &y.Holidays[i]
	switch day.Kind {
	case calendar.Off:
		h.Off = join(h.Off, day.Date)
	case calendar.MakeUp:
		h.Work = join(h.Work, day.Date)
	}
}

// join puts a day behind days, and a row of days into one piece.
func join(days string, d calendar.Date) string {
	const width = len("2026-01-01")
	if days == "" {
		return d.String()
	}
	if last, err := calendar.ParseDate(days[len(days)-width:]); err == nil && last.Add(1) == d {
		if head := days[:len(days)-width]; len(head) > 0 && head[len(head)-1] == ' ' {
			return head + d.String()
		}
		return days + " – " + d.String()
	}
	return days + "、" + d.String()
}

// calendarEntries gives all notices, those of the program behind those that were
// added.
func calendarEntries(records []holiday.Record, say *locale.Catalogue) ([]calendarEntry, error) {
	var entries []calendarEntry
	for _, r := range records {
		text, tone := stateOf(r, say)
		where := r.Region
		if where == "" {
			where = say.T("calendar.whole-country")
		}
		entries = append(entries, calendarEntry{
			ID: r.ID, Number: r.Notice.Number, Issued: r.Notice.Issued.String(), Where: where, Origin: say.T("calendar.origin-added", r.AddedAt.Format("2006-01-02")),
			State: text, Tone: tone, Year: r.Year,
		})
	}
	years, err := calendar.Built()
	if err != nil {
		return nil, err
	}
	for _, y := range slices.Backward(years) {
		for _, n := range slices.Backward(y.Notices) {
			e := calendarEntry{
				Number: n.Number, Issued: n.Issued.String(), Where: say.T("calendar.whole-country"), Origin: say.T("calendar.origin-public"),
				State: say.T("calendar.state-built"), Tone: "grey", Year: y.Year,
			}
			if n.DaysVerified {
				e.Origin = say.T("calendar.origin-text")
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// stateOf says how far a notice has come, with the tone of its badge.
func stateOf(r holiday.Record, say *locale.Catalogue) (text, tone string) {
	switch r.State() {
	case holiday.Drafted:
		return say.T("calendar.state-drafted"), "blue"
	case holiday.Moving:
		return say.T("calendar.state-moving"), "amber"
	case holiday.Revoked:
		return say.T("calendar.state-revoked"), "grey"
	}
	return say.T("calendar.state-in-force"), "green"
}
