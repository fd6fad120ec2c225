package foi

import (
	"errors"
	"slices"

	"gongkai/internal/calendar"
)

// Clock is the limit of the reply as it stands: whether it runs, until when, and
// why until then.
type Clock struct {
	State ClockState
	// Answer is the last day with its explanation. It stands also when the clock
	// has stopped, so that lateness can be told afterwards; there is none before
	// the clock begins, nor while it waits for a day that nobody knows yet.
	Answer calendar.Answer
}

// ClockState is whether the limit runs.
type ClockState string

// The states.
const (
	NotBegun ClockState = "not-begun"
	Running  ClockState = "running"
	Paused   ClockState = "paused" // somebody is asked for an opinion (条例§33.3)
	Stopped  ClockState = "stopped"
)

// Clock derives the limit from what has happened and the calendar.
func (r *Request) Clock(cal *calendar.Calendar, today calendar.Date) (Clock, error) {
	now := r.run()
	c := Clock{State: now.state}
	for _, ref := range now.asked {
		if now.state == Running && r.consultation(ref).Standing(cal, today) == Pending {
			c.State = Paused
		}
	}
	var err error
	c.Answer, err = r.limit(cal, now)
	return c, err
}

// run is one run of the limit: from the receipt, or from the last time that it
// began anew.
type run struct {
	state ClockState
	from  calendar.Date
	asked []string      // refs of the consultations in it
	days  int           // working days of extension
	until calendar.Date // a last day that was set instead
	set   calendar.Limit
}

// run reads off the history what each row did to the limit at its time.
func (r *Request) run() run {
	now := run{state: NotBegun}
	for _, e := range r.History {
		switch e.Clock {
		case Run:
			if e.Ref != "" {
				continue // the end of a pause: its consultation knows the day
			}
			if now.state = Running; now.from.IsZero() {
				now.from, now.until = e.On, e.Until
			}
		case Pause:
			now.asked = append(now.asked, e.Ref)
		case Restart:
			now = run{state: Running, from: e.On, until: e.Until, set: orderedLimit}
		case Extend:
			now.days += e.Days
			now.until, now.set = e.Until, delayedLimit
		case Stop:
			now.state = Stopped
		case None:
		}
	}
	return now
}

// Limits whose last day was set: by the office, because the reply to so many
// requests takes longer, and by who ordered another reply.
var (
	delayedLimit = calendar.Limit{
		ID: "reply-delayed", Title: "延迟答复的期限", TitleEN: "Delayed reply", Start: "收到申请之日", StartEN: "receipt of the request", Cite: "条例§35",
	}
	orderedLimit = calendar.Limit{
		ID: "reply-ordered", Title: "责令重新答复的期限", TitleEN: "Reply by order", Start: "收到责令重新答复的决定或者判决之日", StartEN: "receipt of the order to reply anew", Cite: "条例§51",
	}
)

// limit applies the calendar to a run. While a consultation has no known end
// there is no last day, and the answer is empty.
func (r *Request) limit(cal *calendar.Calendar, now run) (calendar.Answer, error) {
	if now.from.IsZero() {
		return calendar.Answer{}, nil
	}
	if !now.until.IsZero() {
		return cal.Set(now.set, now.from, now.until), nil
	}
	l, _ := calendar.LimitByID("reply")
	q := calendar.Query{Limit: l, From: now.from, Extend: now.days}
	a, err := cal.Reckon(q)
	for _, c := range r.inOrder(now.asked) {
		p, openEnd, perr := cal.Pause(c.dates())
		switch {
		case err != nil || perr != nil:
			return a, errors.Join(err, perr)
		case p.From.After(a.Deadline):
			continue // asked when the limit was over: nothing is left to pause
		case openEnd:
			return calendar.Answer{}, nil
		}
		q.Pauses = append(q.Pauses, p)
		a, err = cal.Reckon(q)
	}
	return a, err
}

// inOrder gives consultations in the order in which they were sent.
func (r *Request) inOrder(refs []string) []Consultation {
	var all []Consultation
	for _, ref := range refs {
		all = append(all, *r.consultation(ref))
	}
	slices.SortStableFunc(all, func(a, b Consultation) int { return a.SentOn.Compare(b.SentOn) })
	return all
}

// lastDay gives the last day of the reply, zero while there is none.
func (r *Request) lastDay(cal *calendar.Calendar) (calendar.Date, error) {
	a, err := r.limit(cal, r.run())
	return a.Deadline, err
}

// reckon notes the last day on the request, for lists. A day in a year whose
// holidays are not announced yet is left open until they are.
func (r *Request) reckon(cal *calendar.Calendar) error {
	r.reckonOthers(cal)
	r.Due = calendar.Date{}
	now := r.run()
	if now.state != Running {
		return nil
	}
	a, err := r.limit(cal, now)
	if err != nil && !beyond(err) {
		return err
	}
	if err == nil {
		r.Due = a.Deadline
	}
	return nil
}

// reckonOthers notes the last days of an answer to a dispute and of a payment,
// for their lists. What lies beyond the calendar is noted when it reaches there.
func (r *Request) reckonOthers(cal *calendar.Calendar) {
	for i := range r.Disputes {
		x := &r.Disputes[i]
		x.AnswerDue = calendar.Date{}
		if x.AnsweredOn.IsZero() && x.DecidedOn.IsZero() {
			l, _ := calendar.LimitByID(x.answerLimit())
			a, _ := cal.Reckon(calendar.Query{Limit: l, From: x.FiledOn})
			x.AnswerDue = a.Deadline
		}
	}
	if r.Fee != nil && !r.Fee.ReceivedOn.IsZero() && r.Fee.PaidOn.IsZero() && r.Fee.CancelledOn.IsZero() {
		a, _ := r.Fee.Limit(cal)
		r.Fee.Until = a.Deadline
	}
}

// Running tells whether the limit of the reply is running, or paused: a holiday
// notice may move it.
func (r *Request) Running() bool { return r.run().state == Running }

// beyond tells that a day lies in a year without a calendar, which is no mistake
// of anybody here.
func beyond(err error) bool { return errors.Is(err, calendar.ErrNoCalendar) }
