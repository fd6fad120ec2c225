package foi

import (
	"slices"

	"gongkai/internal/calendar"
)

// Deadline is a last day of somebody.
type Deadline struct {
	Of    string // whose: office, applicant, third-party, organ
	Ref   string // of the consultation, search or dispute
	Organ string // key of the organ that searches, name of one that is consulted
	calendar.Answer
}

// Deadlines gives every last day that is open, so that each is on somebody's
// list. One in a year without a calendar is left out until there is one.
func (r *Request) Deadlines(cal *calendar.Calendar) ([]Deadline, error) {
	d := deadlines{cal: cal}
	now := r.run()
	switch {
	case r.Status == Unconfirmed:
		d.set("office", "", confirmLimit, r.ArrivedOn, r.nextContact(cal))
	case r.Status == Correcting:
		d.set("applicant", "", correctionLimit, r.Correction.AskedOn, r.Correction.Until)
	case r.Status == Paying && !r.Fee.ReceivedOn.IsZero():
		a, err := r.Fee.Limit(cal)
		d.add("applicant", "", "", a, err)
	}
	if r.Status == Handling && r.Correction == nil && len(r.Decisions) == 0 {
		d.reckon("office", "", "correction-notice", r.ReceivedOn)
	}
	if now.state == Running {
		a, err := r.limit(cal, now)
		d.add("office", "", "", a, err)
	}
	if r.Reasons != nil && r.Reasons.GivenOn.IsZero() && now.state == Running {
		d.set("applicant", "", reasonsLimit, r.Reasons.AskedOn, r.Reasons.Until)
	}
	r.othersDeadlines(&d, now)
	for _, x := range r.Disputes {
		if x.AnsweredOn.IsZero() && x.DecidedOn.IsZero() {
			d.reckon("office", x.Ref, x.answerLimit(), x.FiledOn)
		}
	}
	return d.all, d.err
}

// othersDeadlines are those of third parties, organs and sections.
func (r *Request) othersDeadlines(d *deadlines, now run) {
	if now.state != Running {
		return
	}
	for _, c := range r.inOrder(now.asked) {
		if c.AnsweredOn.IsZero() && c.WithdrawnOn.IsZero() && !c.ReceivedOn.IsZero() {
			a, err := c.Limit(d.cal)
			d.add("third-party", c.Ref, c.Organ, a, err)
		}
	}
	for _, q := range r.Searches {
		if q.AnsweredOn.IsZero() {
			d.add("organ", q.Ref, q.Organ, d.cal.Set(searchLimit, q.AskedOn, q.Until), nil)
		}
	}
}

// nextContact is the day on which the applicant is to be called: that of arrival,
// and after a call in vain the next working day.
func (r *Request) nextContact(cal *calendar.Calendar) calendar.Date {
	if n := len(r.Contacts); n > 0 {
		if next, err := cal.AddWorkdays(r.Contacts[n-1].On, 1); err == nil {
			return next
		}
	}
	return r.ArrivedOn
}

var confirmLimit = calendar.Limit{
	ID: "confirmation", Title: "与申请人确认", TitleEN: "Confirmation with the applicant",
	Start: "申请到达之日", StartEN: "the day it came in", Cite: "条例§31.2",
}

// deadlines collects last days.
type deadlines struct {
	cal *calendar.Calendar
	all []Deadline
	err error
}

func (d *deadlines) add(of, ref, organ string, a calendar.Answer, err error) {
	if err != nil {
		if !beyond(err) {
			d.err = err
		}
		return
	}
	if !a.Deadline.IsZero() {
		d.all = append(d.all, Deadline{of, ref, organ, a})
	}
}

func (d *deadlines) set(of, ref string, l calendar.Limit, from, until calendar.Date) {
	d.add(of, ref, "", d.cal.Set(l, from, until), nil)
}

func (d *deadlines) reckon(of, ref, limit string, from calendar.Date) {
	l, _ := calendar.LimitByID(limit)
	a, err := d.cal.Reckon(calendar.Query{Limit: l, From: from})
	d.add(of, ref, "", a, err)
}

// Breach is a limit of the law that the office has not kept.
type Breach struct {
	Limit string // id
	Late  int    // working days
	Word
	Cite string
}

// Breaches gives what was late, up to a day. Lateness is computed, never stored:
// it follows from what happened and from the calendar.
func (r *Request) Breaches(cal *calendar.Calendar, today calendar.Date) ([]Breach, error) {
	b := breaches{cal: cal}
	if c := r.Correction; c != nil {
		b.reckon("correction-notice", r.ReceivedOn, c.AskedOn, Word{"补正告知书发出已晚", "the notice to correct was late"})
	}
	a, err := r.limit(cal, r.run())
	if err == nil && !a.Deadline.IsZero() && !slices.Contains([]Status{Correcting, Paying, Divided}, r.Status) && r.Lapse == "" && r.Outcome != "R3.6.3" {
		acted := today
		if n := len(r.Services); n > 0 && r.run().state == Stopped {
			acted = r.firstService()
		}
		b.late("reply", a.Deadline, acted, "条例§33.2", Word{"答复超期", "the reply was late"})
	}
	for _, x := range r.Disputes {
		if !x.FiledOn.IsZero() {
			b.reckon(x.answerLimit(), x.FiledOn, firstOf(x.AnsweredOn, x.DecidedOn, today), Word{"提交行政复议或者诉讼答复超期", "the answer to the review or the court was late"})
		}
	}
	if err != nil && !beyond(err) {
		return b.all, err
	}
	return b.all, b.err
}

// firstService is the day by which the reply to the current run is judged.
func (r *Request) firstService() calendar.Date {
	last := len(r.Decisions)
	for _, s := range r.Services {
		if s.Decision == last {
			return s.On
		}
	}
	return r.Services[len(r.Services)-1].On
}

func firstOf(days ...calendar.Date) calendar.Date {
	for _, d := range days {
		if !d.IsZero() {
			return d
		}
	}
	return calendar.Date{}
}

type breaches struct {
	cal *calendar.Calendar
	all []Breach
	err error
}

func (b *breaches) reckon(limit string, from, acted calendar.Date, w Word) {
	l, _ := calendar.LimitByID(limit)
	a, err := b.cal.Reckon(calendar.Query{Limit: l, From: from})
	if err != nil {
		if !beyond(err) {
			b.err = err
		}
		return
	}
	b.late(limit, a.Deadline, acted, l.Cite, w)
}

func (b *breaches) late(limit string, deadline, acted calendar.Date, cite string, w Word) {
	n, err := b.cal.Late(deadline, acted)
	switch {
	case err != nil && !beyond(err):
		b.err = err
	case n > 0:
		b.all = append(b.all, Breach{limit, n, w, cite})
	}
}
