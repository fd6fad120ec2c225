package foi

import (
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// other is the row of what ends without a reply.
const other = "R3.6.3"

// Withdraw is the applicant's own end, at any time before the reply is served.
// What the office enters for them must be on paper.
type Withdraw struct {
	On    calendar.Date
	Files []File
}

// Event is Withdrawn.
func (Withdraw) Event() event.Kind { return Withdrawn }

func (d Withdraw) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	switch {
	case on.Before(r.ReceivedOn):
		return Entry{}, errs.InField("on", "撤回的日期早于收到申请之日%s，请核对。", r.ReceivedOn)
	case s.Actor != event.Public && len(d.Files) == 0:
		return Entry{}, errs.InField("files", "请附申请人撤回申请的材料（扫描件）。")
	}
	r.Files = append(r.Files, d.Files...)
	r.end(other, on)
	return Entry{On: on, Code: other}, nil
}

// Ending is the proposal to end a request to which nobody is there to reply: it
// was merged into another, or the applicant has died or is dissolved with no
// successor.
type Ending struct {
	Why        string `json:"why"`
	ProposedBy string `json:"proposedBy"`
}

// ProposeEnd asks the head to discontinue a request.
type ProposeEnd struct{ Why string }

// Event is EndProposed.
func (ProposeEnd) Event() event.Kind { return EndProposed }

func (d ProposeEnd) apply(r *Request, s *Scene) (Entry, error) {
	why := strings.TrimSpace(d.Why)
	if why == "" {
		return Entry{}, errs.InField("why", "请写明终止的原因，如与另一件申请合并、申请人死亡或者终止。")
	}
	r.Ending = &Ending{why, s.Actor}
	return Entry{}, nil
}

// Discontinue ends the request.
type Discontinue struct{}

// Event is Discontinued.
func (Discontinue) Event() event.Kind { return Discontinued }

func (Discontinue) apply(r *Request, s *Scene) (Entry, error) {
	r.end(other, s.Today)
	return Entry{Code: other}, nil
}

// Archive puts the papers away (条例§45).
type Archive struct{}

// Event is Archived.
func (Archive) Event() event.Kind { return Archived }

func (Archive) apply(*Request, *Scene) (Entry, error) { return Entry{}, nil }

// Divide splits a request whose items have nothing to do with each other into
// requests of one item each (一事一申请). Its own place in table 3 goes to them.
type Divide struct {
	Texts []string // what each part asks for
	IDs   []string // keys of the parts, as many
}

// Event is SplitUp.
func (Divide) Event() event.Kind { return SplitUp }

func (d Divide) apply(r *Request, _ *Scene) (Entry, error) {
	if len(told(d.Texts)) < 2 || len(told(d.Texts)) != len(d.IDs) {
		return Entry{}, errs.InField("texts", "请至少写明两件申请各自的内容（%s）。", onSplit)
	}
	if r.EndedOn.IsZero() {
		r.Parts = slices.Clone(d.IDs)
		return Entry{Days: len(d.IDs)}, nil
	}
	return Entry{}, errs.New(errs.Conflict, "该申请已经办结过，重新办理时不能拆分（%s）。", onSplit)
}

// part gives the i-th part of a request that is going to be split: the same
// applicant, the same day of receipt, the same time that has passed.
func (r Request) part(i int, d Divide, number string) Request {
	p := r.copied()
	p.ID, p.Number, p.Whole, p.Parts, p.Searches = d.IDs[i], number, r.ID, nil, nil
	p.Ask.Text = strings.TrimSpace(d.Texts[i])
	return p
}

// Reassign gives the request to another person.
type Reassign struct{ To string }

// Event is Reassigned.
func (Reassign) Event() event.Kind { return Reassigned }

func (d Reassign) apply(r *Request, _ *Scene) (Entry, error) {
	if d.To == r.Handler {
		return Entry{}, errs.InField("to", "该申请已经由此人办理。")
	}
	r.Handler = d.To
	return Entry{}, nil
}

// Show puts request and reply into the disclosure log, under a title in which
// nothing personal stands.
type Show struct{ Title string }

// Event is Shown.
func (Show) Event() event.Kind { return Shown }

func (d Show) apply(r *Request, _ *Scene) (Entry, error) {
	title := strings.TrimSpace(d.Title)
	switch n := len([]rune(title)); {
	case n == 0 || n > 120:
		return Entry{}, errs.InField("title", "请写一个不含个人信息的标题，不超过120个字。")
	case r.Visibility == Public && title == r.Title:
		return Entry{}, errs.New(errs.Conflict, "该申请已经以这个标题公示（条例§44）。")
	}
	r.Title, r.Visibility = title, Public
	return Entry{}, nil
}

// Hide takes it out again.
type Hide struct{}

// Event is Hidden.
func (Hide) Event() event.Kind { return Hidden }

func (Hide) apply(r *Request, _ *Scene) (Entry, error) {
	r.Visibility = Inside
	return Entry{}, nil
}

// MoveLimit notes that a holiday notice moves the limit. The program does it.
type MoveLimit struct{}

// Event is LimitMoved.
func (MoveLimit) Event() event.Kind { return LimitMoved }

func (MoveLimit) apply(r *Request, s *Scene) (Entry, error) {
	last, err := r.lastDay(s.Calendar)
	if err != nil && !beyond(err) {
		return Entry{}, err
	}
	return Entry{Until: last}, nil
}
