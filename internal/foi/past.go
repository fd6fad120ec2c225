package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/law"
)

// Past is a request that was handled, or begun, before the office worked with this
// program: what its ledger knows of it. It is entered as the ledger has it; what
// the law asked on the way is not judged again.
type Past struct {
	Number   string
	Channel  Channel
	Arrived  calendar.Date
	Received calendar.Date // by law; zero for the day of arrival
	Party    Party
	Ask      Ask
	Handler  string        // key; "" for nobody
	Due      calendar.Date // last day of the reply, extensions and pauses included; zero for that of the law

	Outcome     string        // row of table 3; "" for one that is still in hand
	Ended       calendar.Date // the day by which the reply is judged
	ReplyNumber string
	Way         ServiceWay
	Disputes    []Dispute
}

// TakeOver enters a request that is still in hand.
type TakeOver struct{ Past }

// Event is TakenOver.
func (TakeOver) Event() event.Kind { return TakenOver }

func (d TakeOver) apply(r *Request, s *Scene) (Entry, error) {
	if err := d.enter(r, s); err != nil {
		return Entry{}, err
	}
	return Entry{On: r.ReceivedOn, Until: d.Due, Code: string(d.Channel)}, nil
}

// Record enters a request that has ended.
type Record struct{ Past }

// Event is Recorded.
func (Record) Event() event.Kind { return Recorded }

func (d Record) apply(r *Request, s *Scene) (Entry, error) {
	if err := d.enter(r, s); err != nil {
		return Entry{}, err
	}
	o, ok := law.OutcomeByID(d.Outcome)
	switch {
	case !ok:
		return Entry{}, errs.InField("outcome", "办理结果不在年度报告的列表中。")
	case d.Ended.IsZero():
		return Entry{}, errs.InField("ended", "已经有办理结果的，请填写答复日期。")
	case d.Ended.Before(firstOf(r.ReceivedOn, r.ArrivedOn)):
		return Entry{}, errs.InField("ended", "答复日期%s早于收到申请的日期，请核对。", d.Ended)
	case r.ReceivedOn.IsZero() && d.Outcome != other:
		return Entry{}, errs.InField("received", "没有收到申请的日期的，只能是申请人在确认之前撤回的。")
	}
	e := Entry{On: d.Ended, Code: o.ID, Until: d.Due}
	r.end(o.ID, d.Ended)
	if o.ID == other {
		return e, nil
	}
	r.Decisions = []Decision{{Outcome: o.ID, Number: d.ReplyNumber, SignedOn: d.Ended}}
	r.Services = []Delivery{{Decision: 1, Way: d.Way, On: d.Ended}}
	if o.Group != law.GroupOther {
		e.Late = d.late(r, s)
	}
	return e, nil
}

// late tells by how many working days the reply was late. By a calendar that does
// not reach back it is not judged.
func (d Record) late(r *Request, s *Scene) int {
	due := d.Due
	if due.IsZero() {
		l, _ := calendar.LimitByID("reply")
		a, err := s.Calendar.Reckon(calendar.Query{Limit: l, From: r.ReceivedOn})
		if err != nil {
			return 0
		}
		due = a.Deadline
	}
	late, err := s.Calendar.Late(due, d.Ended)
	if err != nil {
		return 0
	}
	return late
}

// enter writes what both have.
func (d Past) enter(r *Request, s *Scene) error {
	var f errs.Fields
	info, ok := d.Channel.Info()
	if !ok {
		f.Add("channel", "请填写申请的收到方式。")
	}
	if d.Arrived.IsZero() {
		f.Add("arrived", "请填写申请到达的日期。")
	}
	if strings.TrimSpace(d.Number) == "" {
		f.Add("number", "请填写申请编号。")
	}
	if !knownKind(d.Party.Kind) {
		f.Add("kind", "请填写申请人类别。")
	}
	received := d.Received
	if received.IsZero() && !info.Confirm {
		received = d.Arrived
	}
	switch {
	case received.IsZero():
	case received.Before(d.Arrived):
		f.Add("received", "收到申请的日期%s早于到达的日期%s，请核对。", received, d.Arrived)
	case received.After(s.Today):
		f.Add("received", "日期%s还没有到，请核对。", received)
	}
	for _, x := range d.Disputes {
		if x.FiledOn.After(s.Today) || x.DecidedOn.After(s.Today) {
			f.Add("filed", "复议诉讼的日期还没有到，请核对。")
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	r.Number, r.Channel, r.ArrivedOn, r.ReceivedOn, r.Ask, r.Handler = strings.TrimSpace(d.Number), d.Channel, d.Arrived, received, d.Ask, d.Handler
	d.Party.Role = IsApplicant
	r.join(d.Party)
	r.Disputes = d.Disputes
	return nil
}

// LastDay gives the last day that a reply had, also after it was given; zero when
// none is known.
func (r *Request) LastDay(cal *calendar.Calendar) calendar.Date {
	for _, e := range r.History {
		if e.Event == Recorded {
			return e.Until
		}
	}
	last, err := r.lastDay(cal)
	if err != nil {
		return calendar.Date{}
	}
	return last
}
