package consult

import "gongkai/internal/calendar"

// Phase is how a consultation stands on a day. It is told by status and days.
type Phase string

// The phases.
const (
	Preparing Phase = "preparing" // in the house
	Waiting   Phase = "waiting"   // approved, opens on its day
	Open      Phase = "open"
	Ended     Phase = "ended" // feedback is awaited
	Overdue   Phase = "overdue"
	Told      Phase = "told" // feedback is published
	Stopped   Phase = "stopped"
	GivenUp   Phase = "given-up"
)

// Phases gives the phases in the order of a consultation's life.
func Phases() []Choice {
	return []Choice{
		{Value: string(Preparing), Word: Word{Chinese: "起草、审核中", English: "being prepared"}},
		{Value: string(Waiting), Word: Word{Chinese: "等待开始", English: "opens later"}},
		{Value: string(Open), Word: Word{Chinese: "正在征求意见", English: "open"}},
		{Value: string(Ended), Word: Word{Chinese: "已截止，研究意见", English: "ended, opinions are studied"}},
		{Value: string(Overdue), Word: Word{Chinese: "已截止，反馈超期", English: "ended, feedback overdue"}},
		{Value: string(Told), Word: Word{Chinese: "已反馈", English: "feedback published"}},
		{Value: string(Stopped), Word: Word{Chinese: "已停止", English: "withdrawn"}},
		{Value: string(GivenUp), Word: Word{Chinese: "未公开，已放弃", English: "given up before it was public"}},
	}
}

// Words gives the words for a phase.
func (p Phase) Words() Word {
	for _, c := range Phases() {
		if c.Value == string(p) {
			return c.Word
		}
	}
	return Word{}
}

// Row is a consultation in a list.
type Row struct {
	ID, Organ, Title string
	Kind             Kind
	Status           Status
	From, Until, Due calendar.Date // Due is when the feedback is due
	Told             calendar.Date // first feedback; zero for none
	EndedOn          calendar.Date
	Received         int // opinions that count
	Unanswered       int // of these
}

// Phase tells how it stands on a day.
func (r Row) Phase(today calendar.Date) Phase {
	switch r.Status {
	case Withdrawn:
		return Stopped
	case Dropped:
		return GivenUp
	case Answered:
		return Told
	case Approved, Answering:
		switch {
		case !r.Told.IsZero(): // a correction is under way, what was told stands
			return Told
		case today.Before(r.From):
			return Waiting
		case !today.After(r.Until):
			return Open
		case !r.Due.IsZero() && today.After(r.Due):
			return Overdue
		}
		return Ended
	case New, Drafting, Approving:
	}
	return Preparing
}

// Public tells whether everybody may read it on a day.
func (r Row) Public(today calendar.Date) bool {
	switch r.Status {
	case Approved, Answering, Answered:
		return !today.Before(r.From)
	case Withdrawn:
		return !r.EndedOn.Before(r.From)
	case New, Drafting, Approving, Dropped:
	}
	return false
}

// DaysLeft is how many days are left, the last one included; 0 where it is not open.
func (r Row) DaysLeft(today calendar.Date) int {
	if r.Phase(today) != Open {
		return 0
	}
	return r.Until.Sub(today) + 1
}

// row gives a consultation as lists have it, without what only the ledger knows.
func (c Consultation) row(due calendar.Date) Row {
	r := Row{ID: c.ID, Organ: c.Organ, Title: c.Content.Title, Kind: c.Content.Kind, Status: c.Status, From: c.Content.From, Until: c.Content.Until, Due: due, EndedOn: c.EndedOn}
	if len(c.Feedback) > 0 {
		r.Told = c.Feedback[0].On
	}
	return r
}

// Takes tells whether everybody may give an opinion on a day: online while it is open.
func (c Consultation) Takes(today calendar.Date) bool {
	return c.row(calendar.Date{}).Phase(today) == Open
}
