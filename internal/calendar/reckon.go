package calendar

import (
	"slices"
	"sync"

	"gongkai/internal/errs"
)

// MaxPauses bounds the pauses of one query.
const MaxPauses = 1000

var byID = sync.OnceValue(func() map[string]Limit {
	m := map[string]Limit{}
	for _, l := range Limits() {
		m[l.ID] = l
	}
	return m
})

// Pause is a time that a limit does not run: from the day the letter asking for
// an opinion was sent, not excluded, to the day the answer came, the third
// party's limit ran out or the letter was withdrawn, excluded (条例§33.3).
type Pause struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Query asks for the last day of a limit.
type Query struct {
	Limit  Limit
	From   Date // the day the limit starts with; it is not counted
	Pauses []Pause
	Extend int // working days by which the reply is put off, 0 … Settings.MaxExtension
}

// Answer is the last day on which an act is in time, and why.
type Answer struct {
	Limit    Limit
	From     Date
	Plain    Date // the last day without pauses and extension
	Excluded int  // working days that pauses took out before the limit ended
	Deadline Date
	Steps    []Step
}

// Reckon applies a limit. Errors are of kind Invalid, and of kind NotFound with
// ErrNoCalendar in the chain when a day lies in a year without data.
func (c *Calendar) Reckon(q Query) (Answer, error) {
	if err := c.check(q); err != nil {
		return Answer{}, err
	}
	switch q.Limit.Unit {
	case CalendarDays, Months:
		return c.runThrough(q)
	case YearDate:
		return c.yearDate(q)
	default:
		return c.walk(q)
	}
}

func (c *Calendar) check(q Query) error {
	if q.Limit.ID == "" {
		return errs.New(errs.Invalid, "没有说明是哪一种期限。")
	}
	if q.From.IsZero() {
		return errs.New(errs.Invalid, "没有给出起算日（%s）。", q.Limit.Start)
	}
	if !c.Has(q.From) {
		return c.missing(q.From)
	}
	switch {
	case q.Extend < 0:
		return errs.New(errs.Invalid, "延长的工作日数不能是负数（%d）。", q.Extend)
	case q.Extend > 0 && !q.Limit.Extendable:
		return errs.New(errs.Invalid, "“%s”的期限不能延长；只有答复期限可以延长（条例§33.2）。", q.Limit.Title)
	case q.Extend > c.settings.MaxExtension:
		return errs.New(errs.Invalid, "延长的期限最长不得超过 %d 个工作日（条例§33.2），现为 %d 个。", c.settings.MaxExtension, q.Extend)
	case len(q.Pauses) > 0 && !q.Limit.Pausable:
		return errs.New(errs.Invalid, "“%s”的期限不因征求意见而停算；只有答复期限可以剔除征求意见的时间（条例§33.3）。", q.Limit.Title)
	case len(q.Pauses) > MaxPauses:
		return errs.New(errs.TooLarge, "征求意见的次数太多（%d 次），一次最多计算 %d 次。", len(q.Pauses), MaxPauses)
	}
	for i, p := range q.Pauses {
		if err := c.checkPause(i+1, p, q.From); err != nil {
			return err
		}
	}
	return nil
}

func (c *Calendar) checkPause(i int, p Pause, from Date) error {
	switch {
	case p.From.IsZero() || p.To.IsZero():
		return errs.New(errs.Invalid, "第 %d 次征求意见缺少发函日或者收到答复日。", i)
	case p.To.Before(p.From):
		return errs.New(errs.Invalid, "第 %d 次征求意见的收到答复日 %s 早于发函日 %s。", i, p.To, p.From)
	case p.From.Before(from):
		return errs.New(errs.Invalid, "第 %d 次征求意见的发函日 %s 早于收到申请之日 %s。", i, p.From, from)
	case !c.Has(p.To):
		return c.missing(p.To)
	}
	return nil
}

// walk counts working days, leaving out those inside of pauses.
func (c *Calendar) walk(q Query) (Answer, error) {
	a := Answer{Limit: q.Limit, From: q.From}
	plain, err := c.AddWorkdays(q.From, q.Limit.N)
	if err != nil {
		return Answer{}, err
	}
	a.Plain = plain
	blocks := c.union(q.From, q.Pauses)
	extra := c.overlap(q, blocks)
	if a.Deadline, a.Excluded, err = c.outlast(q.From, q.Limit.N+q.Extend+extra, blocks); err != nil {
		return Answer{}, err
	}
	a.Excluded += extra
	for i, p := range q.Pauses {
		if p.From.After(a.Deadline) {
			return Answer{}, errs.New(errs.Invalid, "第 %d 次征求意见的发函日 %s 已在期限届满日 %s 之后，不能再停算。", i+1, p.From, a.Deadline)
		}
	}
	a.Steps = c.walked(q, a, blocks, extra)
	return a, nil
}

// outlast gives the n-th working day after from that lies outside of the
// blocks, and how many working days the blocks took out up to it.
func (c *Calendar) outlast(from Date, n int, blocks []Span) (Date, int, error) {
	at, excluded := from, 0
	for _, b := range blocks {
		before, err := c.WorkdaysBetween(at, b.From.Add(-1))
		if err != nil {
			return Date{}, 0, err
		}
		if before >= n {
			break
		}
		n -= max(before, 0)
		inside, err := c.WorkdaysBetween(b.From.Add(-1), b.To)
		if err != nil {
			return Date{}, 0, err
		}
		excluded += inside
		at = b.To
	}
	end, err := c.AddWorkdays(at, n)
	return end, excluded, err
}

// union turns pauses into the excluded days: spans in order, apart from each
// other, both ends excluded, all behind the start.
func (c *Calendar) union(start Date, pauses []Pause) []Span {
	var spans []Span
	for _, p := range pauses {
		if s, ok := c.excluded(start, p); ok {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.From.Compare(b.From) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To.Add(1)) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// excluded gives the days that one pause takes out; false if there is none.
func (c *Calendar) excluded(start Date, p Pause) (Span, bool) {
	s := Span{p.From.Add(1), p.To}
	if c.settings.PauseCountsSendingDay && p.From.After(start) {
		s.From = p.From
	}
	if c.settings.PauseLeavesAnswerDay {
		s.To = p.To.Add(-1)
	}
	return s, !s.To.Before(s.From)
}

// overlap gives the working days that pauses share, if the settings add them up.
func (c *Calendar) overlap(q Query, blocks []Span) int {
	if !c.settings.AddParallelPauses {
		return 0
	}
	sum := 0
	for _, p := range q.Pauses {
		if s, ok := c.excluded(q.From, p); ok {
			sum += c.workdaysIn(s)
		}
	}
	for _, b := range blocks {
		sum -= c.workdaysIn(b)
	}
	return sum
}

// workdaysIn counts the working days of a span whose ends the calendar knows.
func (c *Calendar) workdaysIn(s Span) int {
	n := 0
	for d := s.From; !d.After(s.To); d = d.Add(1) {
		if c.Has(d) && c.kinds[d.Sub(c.first)].Works() {
			n++
		}
	}
	return n
}

// runThrough counts calendar days or months and rolls over a last day of rest.
func (c *Calendar) runThrough(q Query) (Answer, error) {
	end, exact := q.From.Add(q.Limit.N), true
	if q.Limit.Unit == Months {
		end, exact = q.From.AddMonths(q.Limit.N)
	}
	last, err := c.Day(end)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Limit: q.Limit, From: q.From, Plain: end, Deadline: end}
	rests := !last.Kind.Works() || (last.Kind == MakeUp && c.settings.RollMakeUpDay)
	if rests && q.Limit.RollCite != "" {
		if a.Deadline, err = c.AddWorkdays(end, 1); err != nil {
			return Answer{}, err
		}
	}
	a.Steps = c.ranThrough(q, a, last, exact)
	return a, nil
}
