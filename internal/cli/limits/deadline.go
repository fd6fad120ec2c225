package limits

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// DeadlineQuery asks for the last day of a limit. Dates are written 2006-01-02.
type DeadlineQuery struct {
	Limit  string  `json:"limit"`            // a name of calendar.Limits: reply, suit …
	From   string  `json:"from"`             // the day it starts with, not counted; of an annual report any day of its year
	Pauses []Pause `json:"pauses,omitempty"` // only of reply
	Extend int     `json:"extend,omitempty"` // working days, only of reply
	Region string  `json:"region,omitempty"` // a local calendar; empty: the national one
}

// Pause is one consultation: from the day the letter was sent, not excluded, to
// the day the answer came, excluded.
type Pause struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// DeadlineAnswer is the last day and the explanation.
type DeadlineAnswer struct{ calendar.Answer }

// Deadline answers a query. Errors have a public Chinese sentence.
func Deadline(q DeadlineQuery, cal *calendar.Calendar) (DeadlineAnswer, error) {
	c, err := q.read()
	if err != nil {
		return DeadlineAnswer{}, err
	}
	if cal, err = cal.In(q.Region); err != nil {
		return DeadlineAnswer{}, err
	}
	a, err := cal.Reckon(c)
	return DeadlineAnswer{a}, err
}

func (q DeadlineQuery) read() (calendar.Query, error) {
	var c calendar.Query
	if q.Limit == "" {
		return c, errs.New(errs.Invalid, "缺少“limit”：请写明是哪一种期限，可用的名称有 %s。", LimitNames())
	}
	var ok bool
	if c.Limit, ok = calendar.LimitByID(q.Limit); !ok {
		return c, errs.New(errs.Invalid, "没有名为“%s”的期限；可用的名称有 %s。", shorten(q.Limit), LimitNames())
	}
	if q.From == "" {
		return c, errs.New(errs.Invalid, "缺少“from”：请写明起算日（%s），如“2025-09-22”。", c.Limit.Start)
	}
	var err error
	if c.From, err = calendar.ParseDate(q.From); err != nil {
		return c, err
	}
	if len(q.Pauses) > calendar.MaxPauses {
		return c, errs.New(errs.TooLarge, "征求意见的次数太多（%d 次），一次最多计算 %d 次。", len(q.Pauses), calendar.MaxPauses)
	}
	for i, p := range q.Pauses {
		if p.From == "" || p.To == "" {
			return c, errs.New(errs.Invalid, "第 %d 次征求意见缺少发函日“from”或者收到答复日“to”。", i+1)
		}
		from, err := calendar.ParseDate(p.From)
		if err != nil {
			return c, err
		}
		to, err := calendar.ParseDate(p.To)
		if err != nil {
			return c, err
		}
		c.Pauses = append(c.Pauses, calendar.Pause{From: from, To: to})
	}
	c.Extend = q.Extend
	return c, nil
}

// LimitNames gives the names of the limits, for help and messages.
func LimitNames() string {
	var names []string
	for _, l := range calendar.Limits() {
		names = append(names, l.ID)
	}
	return strings.Join(names, "、")
}

// MarshalJSON writes {"deadline":"2025-11-11","steps":[…]}.
func (a DeadlineAnswer) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil), nil }

// AppendJSON writes the answer at the end of b.
func (a DeadlineAnswer) AppendJSON(b []byte) []byte {
	b = append(b, `{"deadline":"`...)
	b = a.Deadline.Append(b)
	b = append(b, `","steps":[`...)
	for i := range a.Steps {
		s := &a.Steps[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"from":"`...)
		b = s.From.Append(b)
		b = append(b, `","to":"`...)
		b = s.To.Append(b)
		b = append(b, `","count":`...)
		b = appendInt(b, int64(s.Count))
		b = append(b, `,"kind":"`...)
		b = append(b, s.Kind...)
		b = append(b, `","what":"`...)
		b = closeString(s.AppendChinese(b), len(b))
		b = append(b, `,"cite":`...)
		b = appendString(b, s.Cite)
		b = append(b, '}')
	}
	return append(b, "]}"...)
}
