package consult

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Duty is what somebody must do about a consultation now.
type Duty struct {
	Role  account.Role
	Due   calendar.Date
	Title string
	By    []event.Kind // what fulfils it
	Cite  string
}

// Agenda is what is to be done about a consultation, in place of what was before.
type Agenda struct {
	Consultation, Organ string
	Duty                *Duty
	Feedback            calendar.Date // when the feedback is due, for lists
	Fulfilled, Closing  string        // a title that is done now, and by what; "" for nothing
}

// Duty gives what is to be done, nil for nothing.
func (c Consultation) Duty(s Scene) *Duty {
	title := c.Content.Title
	switch c.Status {
	case Drafting:
		if c.Back != "" {
			return &Duty{account.Clerk, c.opensBy(), "修改退回的意见征集：" + title, []event.Kind{Submitted}, onDecision}
		}
	case Approving:
		return &Duty{account.Head, c.opensBy(), "审核意见征集：" + title, []event.Kind{Agreed, ReturnedByHead, TakenBack}, onDecision}
	case Approved:
		due := c.feedbackDue(s)
		switch {
		case len(c.Feedback) > 0:
			return &Duty{account.Clerk, due, "更正意见反馈：" + title, []event.Kind{FeedbackSubmitted}, onBusiness}
		case s.Today.After(c.Content.Until):
			return &Duty{account.Clerk, due, "研究意见，反馈采纳情况：" + title, []event.Kind{FeedbackSubmitted}, onStudy}
		case !s.Today.Before(c.Content.Until.Add(-s.Policy.Lead)) && !s.Today.Before(c.Content.From):
			return &Duty{account.Clerk, c.Content.Until, "意见征集就要截止，核对信函、邮件的意见：" + title, nil, onDecision}
		}
	case Answering:
		return &Duty{account.Head, c.feedbackDue(s), "审核意见反馈：" + title, []event.Kind{FeedbackPublished, FeedbackReturned, FeedbackTakenBack}, onBusiness}
	case Answered:
		if came := c.unanswered(s.Ledger); !came.IsZero() {
			return &Duty{account.Clerk, s.Policy.due(came, s.Cal), c.lateTitle(), nil, onStudy}
		}
	case New, Withdrawn, Dropped:
	}
	return nil
}

// lateTitle names the work about opinions that came after the feedback.
func (c Consultation) lateTitle() string {
	return "答复反馈以后收到的意见：" + c.Content.Title
}

// unanswered gives the day on which the first opinion came that nobody has answered; zero
// for none.
func (c Consultation) unanswered(ledger []Opinion) (first calendar.Date) {
	for _, o := range ledger {
		if o.Counts() && o.Outcome == "" && (first.IsZero() || o.On.Before(first)) {
			first = o.On
		}
	}
	return first
}

// opensBy gives the day by which a consultation is to be approved: its first day; of one
// that was held elsewhere, and of one without days, a week after what happened last.
func (c Consultation) opensBy() calendar.Date {
	const week = 7
	if !c.Content.Past && !c.Content.From.IsZero() || len(c.History) == 0 {
		return c.Content.From
	}
	return c.History[len(c.History)-1].On.Add(week)
}

// feedbackDue gives the day by which the feedback is due: counted from the last day, or
// from the day on which its correction was begun.
func (c Consultation) feedbackDue(s Scene) calendar.Date {
	from := c.Content.Until
	for _, e := range c.History {
		if e.Event == CorrectionBegun {
			from = e.On
		}
	}
	return s.Policy.due(from, s.Cal)
}

func latest(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

// agenda puts together what is to be done after an event, "" for none.
func (c Consultation) agenda(kind event.Kind, before *Duty, s Scene) Agenda {
	a := Agenda{Consultation: c.ID, Organ: c.Organ, Duty: c.Duty(s)}
	if !c.Content.Until.IsZero() {
		a.Feedback = c.feedbackDue(s)
	}
	if before == nil {
		return a
	}
	for _, k := range before.By {
		if k == kind {
			act, _ := rows.Act(kind)
			a.Fulfilled, a.Closing = before.Title, act.Chinese
		}
	}
	return a
}

// Tend brings what is due about consultations up to the day. The program calls it every
// night. It gives how many were looked at.
func (d *Desk) Tend(ctx context.Context) (int, error) {
	under, err := d.Store.UnderWay(ctx)
	if err != nil {
		return 0, err
	}
	var all []Agenda
	for _, c := range under {
		s, err := d.scene(ctx, event.System, c.Organ)
		if err != nil {
			return 0, err
		}
		if c.Status == Answered {
			if s.Ledger, err = d.Store.Ledger(ctx, c.ID); err != nil {
				return 0, err
			}
		}
		all = append(all, c.agenda("", nil, s))
	}
	return len(all), d.Store.Remind(ctx, event.Pen{Actor: event.System, At: d.Clock.Now(), IDs: d.IDs}, all)
}

// late brings what is due about opinions up to date that came after the feedback.
func (d *Desk) late(ctx context.Context, pen event.Pen, id string) error {
	c, err := d.Store.Consultation(ctx, id)
	if err != nil || c.Status != Answered {
		return err
	}
	s, err := d.scene(ctx, pen.Actor, c.Organ)
	if err != nil {
		return err
	}
	if s.Ledger, err = d.Store.Ledger(ctx, id); err != nil {
		return err
	}
	a := c.agenda("", nil, s)
	if a.Duty == nil {
		a.Fulfilled, a.Closing = c.lateTitle(), "办理意见"
	}
	return d.Store.Remind(ctx, pen, []Agenda{a})
}

// Path gives the page of a consultation on the desk.
func Path(id string) string { return "/desk/consultations/" + id }
