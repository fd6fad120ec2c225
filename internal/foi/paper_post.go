package foi

import (
	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Waits tells whether somebody must still send the letter. A reply goes out by
// being served, which is a duty of its request.
func (p Paper) Waits() bool { return p.State == PaperDraft && !p.Reply() }

// sentAtOnce are the letters from whose sending the law counts, or which must have
// gone out within a limit (条例§30, 条例§32, 条例§33, 条例§35, 条例§42): they go out on
// the day on which they are made.
var sentAtOnce = map[string]bool{
	string(CorrectionNotice): true, string(ReasonsNotice): true, string(ExtensionNotice): true, string(DelayNotice): true,
	string(ThirdPartyLetter): true, string(JointMakerLetter): true, string(OrganLetter): true, string(FeeNotice): true,
}

// postWithin is how many working days other letters may lie: a convention.
const postWithin = 1

// PostBy gives the day by which a letter of a kind that is made on a day should be
// sent. Where the calendar ends it is that day itself.
func PostBy(kind string, made calendar.Date, cal *calendar.Calendar) calendar.Date {
	if sentAtOnce[kind] {
		return made
	}
	due, err := cal.AddWorkdays(made, postWithin)
	if err != nil {
		return made
	}
	return due
}

// Posting is the duty to send a letter: of whoever handles its request.
func (p Paper) Posting(r Request) Duty {
	what := Word{"发出《" + p.Title + "》", "send: " + p.Title}
	if p.Number != "" {
		what = Word{what.Chinese + "（" + p.Number + "）", what.English + " (" + p.Number + ")"}
	}
	one := Duty{Name: "post." + p.ID, Organ: r.Organ, Person: r.Handler, Due: p.PostBy, Word: what, Cite: "条例§45", By: []event.Kind{PaperIsSent}}
	if one.Person == "" {
		one.Role = account.Clerk
	}
	if one.Due.IsZero() {
		one.Due = p.On
	}
	return one
}
