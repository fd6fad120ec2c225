package admin

import (
	"net/http"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/holiday"
	"gongkai/internal/web"
)

// calendarNotice is one notice: its days, the deadlines that it moves, and what
// can be done with it.
type calendarNotice struct {
	Record      holiday.Record
	State, Tone string
	Holidays    []calendarHoliday
	Doubts      []holiday.Doubt
	Trouble     string // why it is not known which deadlines move; "" when it is
	Outlook     *holiday.Outlook
	Days        []calendarHoliday // that change
	MoreDays    int               // days that are not listed
	Moves       []calendarMove
	More        int // moves that are not listed
	Apply       *web.Form
	Revoke      *web.Form
	Edit        bool
	History     []settingEvent
	Moving      *Moving // the deadlines are being moved now
}

// refreshAfter is after how many seconds a page that waits is asked for again, also
// without a script.
const refreshAfter = "2"

type calendarMove struct{ Title, Organ, From, To string }

// How many moved deadlines and changed days are listed; their number is told
// always.
const maxMoves, maxDays = 200, 60

var calendarNoticeTemplate = web.Define[calendarNotice]("admin/calendar_notice")

func (p Calendar) notice(w http.ResponseWriter, r *http.Request) error {
	data, err := p.noticeData(r)
	if err != nil {
		return err
	}
	if data.Moving != nil && data.Moving.Busy {
		w.Header().Set("Refresh", refreshAfter)
	}
	return calendarNoticeTemplate.Show(p.Kit, w, r, data.Record.Notice.Number, data)
}

func (p Calendar) noticeData(r *http.Request) (calendarNotice, error) {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	record, err := p.Keeper.Notice(ctx, actor, r.PathValue("notice"))
	if err != nil {
		return calendarNotice{}, err
	}
	data := calendarNotice{Record: record, Doubts: holiday.Doubts(record.Year, record.Region, record.Notice)}
	data.State, data.Tone = stateOf(record, say)
	for _, h := range record.Notice.Holidays {
		line := calendarHoliday{Name: h.Name, Off: holiday.Say(h.Off)}
		for _, d := range h.Work {
			line.Work = join(line.Work, d)
		}
		data.Holidays = append(data.Holidays, line)
	}
	events, err := p.History.EventsOf(ctx, event.Subject{Type: "holiday-notice", ID: record.ID})
	if err != nil {
		return data, err
	}
	if data.History, err = p.history(r, events); err != nil {
		return data, err
	}
	if p.Keeper.MayEdit(ctx, actor) != nil {
		return data, nil
	}
	return data, p.offer(r, &data)
}

// history tells who did what with a notice when, the latest first.
func (p Calendar) history(r *http.Request, events []event.Event) ([]settingEvent, error) {
	var ids []string
	for _, e := range events {
		ids = append(ids, e.Actor)
	}
	names, err := p.People.Names(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	var lines []settingEvent
	for _, e := range slices.Backward(events) {
		who := names[e.Actor]
		if e.Actor == event.System {
			who = say.T("calendar.by-itself")
		}
		lines = append(lines, settingEvent{e.At.Format("2006-01-02 15:04"), who, meaning(say, holiday.EventKinds(), e.Kind)})
	}
	return lines, nil
}

// offer adds what can be done with a notice, and what would follow.
func (p Calendar) offer(r *http.Request, data *calendarNotice) error {
	say, state, path := p.Kit.Say(r), data.Record.State(), "/admin/calendar/"+data.Record.ID
	if state != holiday.Drafted && state != holiday.Moving {
		return nil
	}
	if state == holiday.Moving && p.Moving != nil {
		moving, err := p.Moving(r.Context(), data.Record.ID)
		if err != nil {
			return err
		}
		if data.Moving = &moving; moving.Busy {
			return nil
		}
	}
	data.Apply = &web.Form{Action: path + "/apply", Submit: say.T("calendar.apply"), Danger: true, Fields: []web.Field{
		{Kind: web.Check, Name: "sure", Label: say.T("calendar.sure"), Required: true},
	}}
	if state == holiday.Drafted {
		data.Revoke, data.Edit = &web.Form{Action: path + "/revoke", Submit: say.T("calendar.revoke")}, true
	}
	outlook, err := p.Keeper.Preview(r.Context(), web.Actor(r), data.Record.ID)
	if err != nil && errs.KindOf(err) != errs.Internal {
		data.Trouble, data.Apply = errs.Public(err), nil
		return nil
	}
	if err != nil {
		return err
	}
	return p.foresee(r, data, outlook)
}

// foresee shows what follows when a notice comes into force.
func (p Calendar) foresee(r *http.Request, data *calendarNotice, outlook holiday.Outlook) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	data.Outlook, data.Doubts = &outlook, append(data.Doubts, outlook.Doubts...)
	data.MoreDays, data.More = max(0, len(outlook.Days)-maxDays), max(0, len(outlook.Moves)-maxMoves)
	for _, c := range outlook.Days[:min(len(outlook.Days), maxDays)] {
		line := calendarHoliday{Name: c.Day.String(), Off: c.Before, Work: say.T("calendar.becomes-off"), Number: c.Cite}
		if c.Works {
			line.Work = say.T("calendar.becomes-work")
		}
		data.Days = append(data.Days, line)
	}
	for _, m := range outlook.Moves[:min(len(outlook.Moves), maxMoves)] {
		data.Moves = append(data.Moves, calendarMove{m.Title, tree.Name(m.Organ), m.From.String(), m.To.String()})
	}
	return nil
}

func (p Calendar) apply(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Keeper.MayEdit(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	id, moved := r.PathValue("notice"), 0
	if values.Get("sure") == "" {
		err = noticeError("sure", "请先核对日期和要移动的期限，再勾选确认。")
	} else {
		moved, err = p.Keeper.Apply(r.Context(), web.Actor(r), id)
	}
	if err != nil {
		return p.again(w, r, err)
	}
	say := p.Kit.Say(r)
	text := say.T("calendar.applied", moved)
	if p.Moving != nil {
		text = say.T("calendar.applied-moving")
	}
	return p.Kit.Done(w, r, "/admin/calendar/"+id, text)
}

// again shows the notice with what went wrong.
func (p Calendar) again(w http.ResponseWriter, r *http.Request, wrong error) error {
	data, err := p.noticeData(r)
	if err != nil {
		return err
	}
	if data.Apply == nil || !data.Apply.Fail(wrong) {
		return wrong
	}
	return calendarNoticeTemplate.ShowStatus(p.Kit, w, r, web.Status(wrong), data.Record.Notice.Number, data)
}

func (p Calendar) revoke(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Keeper.Revoke(r.Context(), web.Actor(r), r.PathValue("notice")); err != nil {
		if errs.KindOf(err) == errs.Conflict {
			return p.again(w, r, err)
		}
		return err
	}
	return p.Kit.Done(w, r, "/admin/calendar", p.Kit.Say(r).T("calendar.revoked"))
}
