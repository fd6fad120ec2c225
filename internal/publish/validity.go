package publish

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Force is whether what a document orders holds.
type Force string

// The states.
const (
	InForce  Force = "in-force" // 有效
	Amended  Force = "amended"  // 修改: holds as amended
	Repealed Force = "repealed" // 废止
	Lapsed   Force = "lapsed"   // 失效
)

// Forces gives the states.
func Forces() []Choice {
	return []Choice{
		{string(InForce), Word{"有效", "in force"}}, {string(Amended), Word{"已修改", "amended"}}, {string(Repealed), Word{"废止", "repealed"}}, {string(Lapsed), Word{"失效", "lapsed"}},
	}
}

// Words gives the state in words; "" for none.
func (f Force) Words() Word {
	w, _ := procedure.WordOf(string(f), Forces())
	return w
}

// Ended tells whether it holds no longer.
func (f Force) Ended() bool { return f == Repealed || f == Lapsed }

// Validity is the force of a document, and since when.
type Validity struct {
	State   Force         `json:"state,omitempty"` // "" for what orders nothing
	On      calendar.Date `json:"on,omitzero"`     // of the last change
	Term    calendar.Date `json:"term,omitzero"`   // 有效期至: the last day; zero for none
	By      string        `json:"by,omitempty"`    // the decision: its number or title
	Instead string        `json:"instead,omitempty"`
}

// farthest is how many days ahead a change of validity is decided at most: what lies beyond
// is a year mistyped.
const farthest = 5 * 366

// SetValidity changes the force of a document by a decision that was taken
// elsewhere.
type SetValidity struct {
	State   Force
	On      calendar.Date
	Term    calendar.Date // of one that is in force or amended
	By      string        // number or title of the decision
	Instead string        // key of the document that replaces it
}

// Event is ValidityChanged.
func (SetValidity) Event() event.Kind { return ValidityChanged }

func (v SetValidity) apply(d *Document, s *Scene) (Entry, error) {
	on, by := s.day(v.On), strings.TrimSpace(v.By)
	switch {
	case !chosen(string(v.State), Forces()):
		return Entry{}, errs.InField("state", "请选择有效性。")
	case by == "" && v.State != InForce:
		return Entry{}, errs.InField("by", "请写明依据，如作出修改、废止决定的文件的文号和标题（%s）。", onReview)
	case v.State.Ended() && !v.Term.IsZero():
		return Entry{}, errs.InField("term", "已经废止、失效的没有有效期。")
	case !v.Term.IsZero() && !v.Term.After(on):
		return Entry{}, errs.InField("term", "有效期的截止日期应当在%s之后。", on)
	case on.Before(d.FormedOn):
		return Entry{}, errs.InField("on", "日期早于成文日期%s，请核对。", d.FormedOn)
	case on.After(s.Today.Add(farthest)):
		return Entry{}, errs.InField("on", "日期%s太远，请核对年份。", on)
	case v.Instead == d.ID:
		return Entry{}, errs.InField("instead", "文件不能由它自己替代。")
	}
	next := Validity{v.State, on, v.Term, by, v.Instead}
	if on.After(s.Today) {
		d.Coming = &next
		d.Notes = append(d.Notes, Note{s.Today, ForceNote, "自" + on.String() + "起" + forceText(next)})
		return Entry{On: s.Today, Code: string(v.State), Until: on, Ref: v.Instead}, nil
	}
	d.Coming = nil
	d.force(next, on)
	return Entry{On: on, Code: string(v.State), Until: v.Term, Ref: v.Instead}, nil
}

// Come makes hold what was decided for a day that has come. The program does it.
type Come struct{}

// Event is ForceCame.
func (Come) Event() event.Kind { return ForceCame }

func (Come) apply(d *Document, _ *Scene) (Entry, error) {
	next := *d.Coming
	d.Coming = nil
	d.force(next, next.On)
	return Entry{On: next.On, Code: string(next.State), Ref: next.Instead}, nil
}

// force sets the validity and tells everybody.
func (d *Document) force(v Validity, on calendar.Date) {
	d.Validity = v
	d.Notes = append(d.Notes, Note{on, ForceNote, forceText(v)})
}

// forceText is what everybody reads of a change of validity.
func forceText(v Validity) string {
	text := "有效性变更为“" + v.State.Words().Chinese + "”"
	if v.By != "" {
		text += "，依据：" + v.By
	}
	return text + "。"
}

// Expire notes that the last day of its term has passed. The program does it.
type Expire struct{}

// Event is Expired.
func (Expire) Event() event.Kind { return Expired }

func (Expire) apply(d *Document, _ *Scene) (Entry, error) {
	on := d.Validity.Term.Add(1)
	d.force(Validity{State: Lapsed, On: on, Term: d.Validity.Term, By: "有效期至" + d.Validity.Term.String() + "届满"}, on)
	return Entry{On: on, Code: string(Lapsed)}, nil
}

// Assessment is a look at whether what holds should go on: that something is
// withheld (条例§18), or that a normative document is in force.
type Assessment struct {
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	Reasons string        `json:"reasons"`
}

// KeepInForce ends a review with the document in force as it is.
type KeepInForce struct{ Reasons string }

// Event is Reviewed.
func (KeepInForce) Event() event.Kind { return Reviewed }

func (k KeepInForce) apply(d *Document, s *Scene) (Entry, error) { return d.assess(k.Reasons, s) }

// Reassess ends a look at what is withheld: it stays so.
type Reassess struct{ Reasons string }

// Event is Reassessed.
func (Reassess) Event() event.Kind { return Reassessed }

func (r Reassess) apply(d *Document, s *Scene) (Entry, error) { return d.assess(r.Reasons, s) }

func (d *Document) assess(reasons string, s *Scene) (Entry, error) {
	reasons = strings.TrimSpace(reasons)
	if reasons == "" {
		return Entry{}, errs.InField("reasons", "请写明评估的结论和理由。")
	}
	d.Assessments = append(d.Assessments, Assessment{s.Actor, s.Today, reasons})
	return Entry{}, nil
}

// Reopen begins the way of something withheld to publication, because things have
// changed.
type Reopen struct{ Reasons string }

// Event is Reopened.
func (Reopen) Event() event.Kind { return Reopened }

func (r Reopen) apply(d *Document, s *Scene) (Entry, error) {
	if _, err := d.assess(r.Reasons, s); err != nil {
		return Entry{}, err
	}
	d.begin(s, s.Today)
	d.Draft.Why = strings.TrimSpace(r.Reasons)
	d.Attribute = Attribute{} // it is chosen anew
	return Entry{Until: s.Today}, nil
}
