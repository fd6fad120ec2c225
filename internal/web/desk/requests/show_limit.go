package requests

import (
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// limit is the limit of the reply: whether it runs, until when, why until then.
type limit struct {
	State, Tone    string
	Last           string // 2026年11月22日
	Left, LeftTone string
	Unknown        string // why no day can be named; "" when one can
	Clock          *web.Clock
	Lines          []course.Line
	Breaches       []fact
	Others         []fact // last days of others: the applicant, third parties, who searches
}

// addLimit derives the limit from what has happened.
func (v *view) addLimit(d *caseData) error {
	c, err := v.request.Clock(v.cal, v.today)
	beyond := errs.KindOf(err) == errs.NotFound // a year without a calendar
	if err != nil && !beyond {
		return err
	}
	l := &d.Limit
	l.State, l.Tone = v.clockWord(c.State)
	switch {
	case beyond:
		l.Unknown = errs.Public(err)
	case c.Answer.Deadline.IsZero() && c.State == foi.NotBegun:
		l.Unknown = v.say.T("requests.limit-not-begun")
	case c.Answer.Deadline.IsZero():
		l.Unknown = v.say.T("requests.limit-open")
	default:
		l.Last, l.Lines = course.Day(v.say, c.Answer.Deadline), course.Lines(v.say, c.Answer.Steps)
		if !v.request.Due.IsZero() {
			l.Left, l.LeftTone = d.Left, d.LeftTone
		}
		if l.Clock, err = course.Clock(v.cal, c.Answer, v.today); err != nil {
			return err
		}
	}
	breaches, err := v.request.Breaches(v.cal, v.today)
	if err != nil {
		return err
	}
	for _, b := range breaches {
		l.Breaches = append(l.Breaches, fact{Label: v.say.In(b.Word), Text: v.say.T("requests.late-by", b.Late), Cite: b.Cite})
	}
	return v.addOthers(l)
}

// addOthers lists the other last days that are open.
func (v *view) addOthers(l *limit) error {
	all, err := v.request.Deadlines(v.cal)
	if err != nil {
		return err
	}
	for _, x := range all {
		reply := x.Deadline == v.request.Due && x.Of == "office" && x.Ref == ""
		// Nothing says that anything has to be corrected.
		if past := x.Limit.ID == "correction-notice" && x.Deadline.Before(v.today); reply || past {
			continue
		}
		text, tone := course.Standing(v.say, v.cal, v.today, x.Deadline)
		label := v.say.In(foi.Word{Chinese: x.Limit.Title, English: x.Limit.TitleEN})
		if x.Organ != "" {
			label += " · " + v.organName(x.Organ)
		}
		l.Others = append(l.Others, fact{Label: label, Text: text, Cite: x.Limit.Cite, Tone: tone})
	}
	return nil
}

// organName names an organ of the tree; one outside is told by its name.
func (v *view) organName(organ string) string {
	if _, ok := v.tree.Node(organ); ok {
		return v.tree.Name(organ)
	}
	return organ
}

func (v *view) clockWord(s foi.ClockState) (word, tone string) {
	switch s {
	case foi.Running:
		return v.say.T("requests.clock-running"), "green"
	case foi.Paused:
		return v.say.T("requests.clock-paused"), "amber"
	case foi.Stopped:
		return v.say.T("requests.clock-stopped"), "grey"
	}
	return v.say.T("requests.clock-not-begun"), "grey"
}
