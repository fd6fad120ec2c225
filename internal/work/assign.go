package work

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Draft is work as somebody hands it out. Either Due or Workdays says until when.
type Draft struct {
	Organ, Title, Note string
	Task               Task
	For                Holder
	Due                calendar.Date
	Workdays           int // counted from today
}

// Sizes of what is typed.
const (
	MaxTitle = 100
	MaxNote  = 2000
)

// Preview is the last day that work would get. Steps explain a day that is
// computed.
type Preview struct {
	Due   calendar.Date
	Steps []calendar.Step
}

// Preview computes the last day and tells what is wrong with a draft.
func (o *Office) Preview(ctx context.Context, actor account.Actor, d Draft) (Preview, error) {
	_, p, err := o.draft(ctx, actor, d)
	return p, err
}

// Assign hands out work.
func (o *Office) Assign(ctx context.Context, actor account.Actor, d Draft) (Item, error) {
	opening, _, err := o.draft(ctx, actor, d)
	if err != nil {
		return Item{}, err
	}
	i, e := New(o.pen(actor), opening)
	return i, o.Store.Add(ctx, i, []event.Event{e})
}

func (o *Office) draft(ctx context.Context, actor account.Actor, d Draft) (Opening, Preview, error) {
	if err := o.MayAssign(ctx, actor, d.Organ); err != nil {
		return Opening{}, Preview{}, err
	}
	d.Title, d.Note = strings.TrimSpace(d.Title), strings.TrimSpace(d.Note)
	var f errs.Fields
	if n := len([]rune(d.Title)); n == 0 || n > MaxTitle {
		f.Add("title", "请用一句话写明要办什么，不超过%d个字。", MaxTitle)
	}
	if len([]rune(d.Note)) > MaxNote {
		f.Add("note", "要求太长，不超过%d个字。", MaxNote)
	}
	if _, ok := d.Task.Words(); !ok {
		f.Add("task", "请选择属于哪项工作。")
	}
	if err := o.takes(ctx, d.Organ, d.For); err != nil {
		if errs.KindOf(err) != errs.Invalid {
			return Opening{}, Preview{}, err
		}
		f.Add("for", "%s", errs.Public(err))
	}
	opening := Opening{Organ: d.Organ, Task: d.Task, Title: d.Title, Note: d.Note, For: d.For}
	p, err := o.until(ctx, d, &opening, &f)
	if err != nil {
		return Opening{}, Preview{}, err
	}
	return opening, p, f.Err()
}

// until settles the last day.
func (o *Office) until(ctx context.Context, d Draft, opening *Opening, f *errs.Fields) (p Preview, err error) {
	cal, err := o.CalendarOf(ctx, d.Organ)
	if err != nil {
		return p, err
	}
	today := o.Today()
	switch {
	case d.Due.IsZero() && d.Workdays == 0:
		f.Add("due", "请填写到期日，或者填写几个工作日内办完。")
	case !d.Due.IsZero() && d.Workdays != 0:
		f.Add("workdays", "到期日和工作日数只填一项，另一项请清空。")
	case d.Workdays < 0 || d.Workdays > MaxWorkdays:
		f.Add("workdays", "工作日数请写1到%d之间的整数。", MaxWorkdays)
	case d.Workdays > 0:
		opening.Reckoning = &Reckoning{Workdays: d.Workdays, From: today}
		answer, err := opening.Reckoning.Answer(cal)
		if err != nil {
			f.Add("workdays", "%s", errs.Public(err))
			return p, nil
		}
		p = Preview{answer.Deadline, answer.Steps}
	case d.Due.Before(today):
		f.Add("due", "到期日%s已经过去，请改为今天或者以后的工作日。", d.Due)
	default:
		p.Due = d.Due
		if err := worked(cal, d.Due); err != nil {
			f.Add("due", "%s", errs.Public(err))
		}
	}
	opening.Due = p.Due
	return p, nil
}

// worked refuses a day of rest. A day of a year that is not announced yet may be
// one; nobody knows.
func worked(cal *calendar.Calendar, day calendar.Date) error {
	works, err := cal.IsWorkday(day)
	if works || errors.Is(err, calendar.ErrNoCalendar) {
		return nil
	}
	before, err := cal.LastWorkday(day)
	if err != nil {
		return err
	}
	after, err := cal.NextWorkday(day)
	if err != nil {
		return errs.New(errs.Invalid, "%s不上班，请改为工作日，如%s。", day, before)
	}
	return errs.New(errs.Invalid, "%s不上班，请改为工作日，如%s或者%s。", day, before, after)
}

// takes tells with nil whether somebody can be given work of an organ.
func (o *Office) takes(ctx context.Context, organ string, h Holder) error {
	if h == (Holder{}) {
		return errs.InField("for", "请选择由谁办理。")
	}
	all, err := o.Store.Colleagues(ctx, organ)
	if err != nil {
		return err
	}
	fits := func(c Colleague) bool { return c.ID == h.Person }
	if h.Person == "" {
		fits = func(c Colleague) bool { return slices.Contains(c.Roles, h.Role) }
	}
	switch {
	case slices.ContainsFunc(all, fits):
		return nil
	case h.Person != "":
		return errs.InField("for", "这个人在该机关没有办理业务的角色，请选择别人。")
	}
	return errs.InField("for", "该机关现在没有人担任这个角色，交办后没有人看得到；请选择别的角色或者具体的人。")
}

// Colleagues gives who can be given work of an organ, to those who hand it out
// there or work there themselves.
func (o *Office) Colleagues(ctx context.Context, actor account.Actor, organ string) ([]Colleague, error) {
	if err := o.may(ctx, actor, account.SeeWork, organ); err != nil {
		return nil, err
	}
	return o.Store.Colleagues(ctx, organ)
}
