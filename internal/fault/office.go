package fault

import (
	"context"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/setting"
	"gongkai/internal/work"
)

// Store keeps faults.
type Store interface {
	// Add keeps a new fault with what comes with it, unless the same was reported the
	// same day and is still open: then it gives that one.
	Add(ctx context.Context, f Fault, datum *personal.Datum, pen event.Pen, events []event.Event, todo work.Opening) (Fault, error)
	Fault(ctx context.Context, id string) (Fault, error)
	Numbered(ctx context.Context, number string) (Fault, error)
	// Close keeps the answer and ends the work about it; Conflict when it was answered.
	Close(ctx context.Context, f Fault, pen event.Pen, events []event.Event) error
	// Pass gives an open fault to another organ, with how to reach the visitor, and the
	// work about it; Conflict when it was answered or passed on meanwhile.
	Pass(ctx context.Context, f Fault, p Pass, pen event.Pen, events []event.Event, todo work.Opening) error
	// Passes gives the way of a fault, from the first on.
	Passes(ctx context.Context, id string) ([]Pass, error)
	List(ctx context.Context, places []account.Place, q paging.Query, today calendar.Date) (paging.Page[Row], error)
	Count(ctx context.Context, places []account.Place, year int, today calendar.Date) (Figures, error)
	// Since counts what came in from a time on.
	Since(ctx context.Context, unixMilli int64) (int, error)
}

// Vault seals how to reach the visitor.
type Vault interface {
	Seal(actor, organ string, owner event.Subject, kind personal.Kind, plain string) (personal.Datum, event.Event, error)
	Masked(ctx context.Context, owner event.Subject) ([]personal.Shown, error)
	Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error)
}

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Settings are what the site has decided.
type Settings interface {
	Text(ctx context.Context, organ, name string) (string, error)
	Int(ctx context.Context, organ, name string) (int, error)
}

// Office is what is done with faults.
type Office struct {
	Store     Store
	Trees     org.Trees
	Settings  Settings
	Calendars Calendars
	Vault     Vault
	Pace      func(ctx context.Context, address string) error // so that machines do not flood the list
	Clock     clock.Clock
	IDs       ident.Source
}

// hourly is how many faults the site takes in an hour, whoever reports them.
const hourly = 300

// kept is how long a way to reach somebody is kept at most, in days: an answer may be
// a month late, and be asked about.
const kept = 180

// Report takes a fault from a visitor.
func (o *Office) Report(ctx context.Context, address string, r Report) (Fault, error) {
	r = r.tidy()
	if err := r.Check(); err != nil {
		return Fault{}, err
	}
	if err := o.Pace(ctx, address); err != nil {
		return Fault{}, err
	}
	now := o.Clock.Now()
	if n, err := o.Store.Since(ctx, now.UnixMilli()-3_600_000); err != nil || n >= hourly {
		if err == nil {
			err = errs.New(errs.TooMany, "一小时内收到的找错已经很多，请稍后再提交，或者拨打页面下方的电话。")
		}
		return Fault{}, err
	}
	organ, err := o.keeper(ctx)
	if err != nil {
		return Fault{}, err
	}
	f := Fault{ID: o.IDs.New(), Organ: organ, Page: r.Page, Kind: r.Kind, Text: r.Text, ReceivedAt: now, ReceivedOn: calendar.On(now.Date()), Reachable: r.Contact != ""}
	f.Number = "ZC" + f.ID[len(f.ID)-12:]
	todo, err := o.todo(ctx, &f)
	if err != nil {
		return f, err
	}
	pen := event.Pen{Actor: "", At: now, IDs: o.IDs}
	events := []event.Event{pen.Write(organ, Subject(f.ID), reported, map[string]any{"kind": f.Kind, "page": f.Page, "due": f.Due})}
	var datum *personal.Datum
	if r.Contact != "" {
		d, e, err := o.Vault.Seal("", organ, Subject(f.ID), contactKind(r.Contact), r.Contact)
		if err != nil {
			return f, err
		}
		d.EraseAfter = f.ReceivedOn.Add(kept)
		datum, events = &d, append(events, e)
	}
	return o.Store.Add(ctx, f, datum, pen, events, todo)
}

// keeper gives the organ that keeps the site: the one that is set by name, else the one
// at the top.
func (o *Office) keeper(ctx context.Context) (string, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return "", err
	}
	roots := tree.Children("")
	if len(roots) == 0 {
		return "", errs.New(errs.Unavailable, "网站还没有设置完成，请稍后再试。")
	}
	name, err := o.Settings.Text(ctx, setting.Whole, setting.FaultOrgan)
	if err != nil || name == "" {
		return roots[0].ID, err
	}
	for _, n := range tree.Subtree(roots[0].ID) {
		if n.Name == name && !n.Ended {
			return n.ID, nil
		}
	}
	return roots[0].ID, nil
}

// todo sets the last days, and says what is to be done until then.
func (o *Office) todo(ctx context.Context, f *Fault) (work.Opening, error) {
	days, err := o.Settings.Int(ctx, f.Organ, setting.FaultDays)
	if err != nil {
		return work.Opening{}, err
	}
	cal, err := o.Calendars.Calendar(ctx)
	if err != nil {
		return work.Opening{}, err
	}
	reckoning := &work.Reckoning{Workdays: days, From: f.ReceivedOn}
	answer, err := reckoning.Answer(cal)
	if err != nil {
		return work.Opening{}, err
	}
	f.Due, f.Last = answer.Deadline, month(f.ReceivedOn)
	todo := f.opening(f.Organ)
	todo.Reckoning, todo.Due = reckoning, f.Due
	return todo, nil
}

// month gives the same day of the next month, its last one where there is none.
func month(d calendar.Date) calendar.Date {
	year, m, day := d.Civil()
	first := calendar.On(year, m+1, 1)
	last := calendar.On(year, m+2, 1).Add(-1)
	if next := first.Add(day - 1); !next.After(last) {
		return next
	}
	return last
}

// Follow gives a fault to whoever has its number.
func (o *Office) Follow(ctx context.Context, number string) (Fault, error) {
	return o.Store.Numbered(ctx, strings.ToUpper(strings.TrimSpace(number)))
}

// Fault gives one to those who see it, with how to reach the visitor, masked.
func (o *Office) Fault(ctx context.Context, actor account.Actor, id string) (Fault, []personal.Shown, error) {
	f, err := o.may(ctx, actor, account.SeeFaults, id)
	if err != nil {
		return Fault{}, nil, err
	}
	shown, err := o.Vault.Masked(ctx, Subject(f.ID))
	return f, shown, err
}

// Reveal shows how to reach the visitor, for a reason.
func (o *Office) Reveal(ctx context.Context, actor account.Actor, id, reason string) (string, error) {
	f, err := o.may(ctx, actor, account.AnswerFaults, id)
	if err != nil {
		return "", err
	}
	shown, err := o.Vault.Masked(ctx, Subject(f.ID))
	if err != nil || len(shown) == 0 {
		return "", err
	}
	return o.Vault.Reveal(ctx, actor, shown[0].ID, reason)
}

func (o *Office) may(ctx context.Context, actor account.Actor, act account.Act, id string) (Fault, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return Fault{}, err
	}
	f, err := o.Store.Fault(ctx, id)
	if err != nil {
		return f, err
	}
	return f, actor.May(act, f.Organ, tree)
}

// Close answers a fault.
func (o *Office) Close(ctx context.Context, actor account.Actor, id string, outcome Outcome, answer string) error {
	f, err := o.may(ctx, actor, account.AnswerFaults, id)
	if err != nil {
		return err
	}
	answer = strings.TrimSpace(answer)
	var wrong errs.Fields
	if !chosen(string(outcome), Outcomes()) {
		wrong.Add("outcome", "请选择办理结果。")
	}
	if n := len([]rune(answer)); n < 2 || n > MaxText {
		wrong.Add("answer", "请写明给反映人的答复，如“已将‘2025年’改正为‘2026年’”，2至%d个字；反映人和查询的人都会看到，不要写个人信息。", MaxText)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	now := o.Clock.Now()
	f.Outcome, f.Answer, f.ClosedAt, f.ClosedOn, f.ClosedBy = outcome, answer, now, calendar.On(now.Date()), actor.ID
	pen := event.Pen{Actor: actor.ID, At: now, IDs: o.IDs}
	return o.Store.Close(ctx, f, pen, []event.Event{pen.Write(f.Organ, Subject(f.ID), answered, map[string]any{"outcome": outcome, "late": f.Late(f.ClosedOn)})})
}

// List gives the faults that the actor may see.
func (o *Office) List(ctx context.Context, actor account.Actor, q paging.Query) (paging.Page[Row], error) {
	places := actor.Where(account.SeeFaults)
	if len(places) == 0 {
		return paging.Page[Row]{}, actor.May(account.SeeFaults, "", &org.Tree{})
	}
	return o.Store.List(ctx, places, q, o.Today())
}

// Count gives the figures of a year over what the actor may see.
func (o *Office) Count(ctx context.Context, actor account.Actor, year int) (Figures, error) {
	places := actor.Where(account.SeeFaults)
	if len(places) == 0 {
		return Figures{}, actor.May(account.SeeFaults, "", &org.Tree{})
	}
	return o.Store.Count(ctx, places, year, o.Today())
}

// Today gives the day in Shanghai.
func (o *Office) Today() calendar.Date { return calendar.On(o.Clock.Now().Date()) }
