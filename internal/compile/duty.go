package compile

import (
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Duty is what somebody must do about a report now.
type Duty struct {
	Role account.Role
	Due  calendar.Date
	Word
	By []event.Kind // what fulfils it
}

// Agenda is what is to be done about a report, in place of what was before.
type Agenda struct {
	Organ     string
	Year      int
	Name      string // of the organ
	Duty      *Duty
	Fulfilled string // what is done now: a title; "" for nothing
	Closing   string
}

// Title names a duty in a list of work.
func (a Agenda) Title(d Duty) string {
	return d.Chinese + "：" + a.Name + strconv.Itoa(a.Year) + "年"
}

// Duty gives what is to be done about the report, nil when there is nothing: before
// the year is over, and after the report is public and submitted.
func (r *Report) Duty(s Scene) *Duty {
	last, signed := r.Last()
	d := Duty{Role: account.Clerk, Due: s.Due}
	switch {
	case s.Today.Year() <= r.Year:
		return nil
	case r.Status == New:
		d.Word, d.By = Word{"编制年度报告", "compile the annual report"}, []event.Kind{Begun}
	case r.Status == Compiling:
		d.Word, d.By = Word{"编写并提交年度报告", "write the annual report and submit it"}, []event.Kind{Submitted, Dropped}
	case r.Status == Reviewing:
		d.Role, d.Word, d.By = account.Head, Word{"审核年度报告", "review the annual report"}, []event.Kind{Passed, ReturnedByHead}
	case r.Status == Signing:
		d.Role, d.Word, d.By = account.Signer, Word{"签发年度报告", "sign the annual report"}, []event.Kind{Signed, ReturnedBySigner}
	case signed && last.Document == "":
		d.Word, d.By = Word{"公布年度报告", "publish the annual report"}, []event.Kind{Issued}
	case signed && last.SentOn.IsZero() && s.Organ.Parent != "":
		d.Word, d.By = Word{"报送年度报告", "submit the annual report"}, []event.Kind{Sent}
	default:
		return nil
	}
	return &d
}

// agenda puts together what is to be done after an event, "" for none.
func (r *Report) agenda(kind event.Kind, before *Duty, s Scene) Agenda {
	a := Agenda{Organ: r.Organ, Year: r.Year, Name: s.Organ.Name, Duty: r.Duty(s)}
	if before == nil {
		return a
	}
	for _, k := range before.By {
		if k == kind {
			act, _ := rows.Act(kind)
			a.Fulfilled, a.Closing = a.Title(*before), act.Chinese
		}
	}
	return a
}
