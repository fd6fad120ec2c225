package publish

import (
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Part is a piece of a document that is looked at by itself: the entry of the
// catalogue, the text, each attachment.
type Part struct {
	Name   string // record, text, or the name of an attachment
	Hash   string // of an attachment
	Digest string // of what it says: an answer about another digest is about something else
}

// Names of the parts that are no attachments. No attachment has them: a slash ends
// every name of a file.
const (
	RecordPart = "/record"
	TextPart   = "/text"
	NotePart   = "/note"
)

// Parts gives what would be public. Dates and numbers of the record are not among
// it: they are given after the review.
func (d *Document) Parts() []Part {
	r := d.Record
	record := []any{r.Title, r.To, r.Summary, r.Keywords}
	if d.Forwards != nil {
		record = append(record, *d.Forwards)
	}
	parts := []Part{{Name: RecordPart, Digest: event.Digest(record)}}
	if note := d.publicNote(); note != "" {
		parts = append(parts, Part{Name: NotePart, Digest: event.Digest(note)})
	}
	if d.Text != "" {
		parts = append(parts, Part{Name: TextPart, Digest: event.Digest(d.Text)})
	}
	for _, f := range d.Files {
		parts = append(parts, Part{Name: f.Name, Hash: f.Hash, Digest: event.Digest([]string{f.Name, f.Hash})})
	}
	return parts
}

// publicNote is what everybody will be told about a text that replaces another.
func (d *Document) publicNote() string {
	if d.Open() && d.Draft.From != New {
		return d.Draft.Note
	}
	return ""
}

// Words gives a part in words.
func (p Part) Words() Word {
	switch p.Name {
	case RecordPart:
		return Word{"目录信息（标题、概述、关键词）", "entry of the catalogue"}
	case TextPart:
		return Word{"正文", "text"}
	case NotePart:
		return Word{"更正说明", "public note on the correction"}
	}
	return Word{"附件“" + p.Name + "”", "attachment " + p.Name}
}

// Verdict is what the secrecy reviewer says of a part.
type Verdict string

// The verdicts.
const (
	MayOpen  Verdict = "open"   // 可以公开
	MustHide Verdict = "remove" // 处理后才能公开
	MustKeep Verdict = "keep"   // 不得公开
)

// Verdicts gives the verdicts.
func Verdicts() []Choice {
	return []Choice{
		{string(MayOpen), Word{"可以公开", "may be public"}}, {string(MustHide), Word{"处理后可以公开", "may be public after parts are removed"}}, {string(MustKeep), Word{"不得公开", "must not be public"}},
	}
}

// Clearance is a secrecy review that is done: an answer for each part.
type Clearance struct {
	By    string        `json:"by"`
	On    calendar.Date `json:"on"`
	Items []Answer      `json:"items"`
}

// Answer is the verdict on a part, as the reviewer saw it.
type Answer struct {
	Part    string  `json:"part"`
	Digest  string  `json:"digest"`
	Verdict Verdict `json:"verdict"`
	Note    string  `json:"note,omitempty"`
}

// covers tells whether a review has an answer for every part as it is now; for
// what is to be public, that it may be.
func (c *Clearance) covers(d *Document) bool {
	if c == nil {
		return false
	}
	for _, p := range d.Parts() {
		if !slices.ContainsFunc(c.Items, func(a Answer) bool {
			return a.Part == p.Name && a.Digest == p.Digest && (a.Verdict == MayOpen || d.Attribute.Openness != Open)
		}) {
			return false
		}
	}
	return true
}

// Clear is the secrecy reviewer's answer, part by part (先审查、后公开、逐项).
type Clear struct{ Items []Answer } // Digest is filled in

// Event is Cleared.
func (Clear) Event() event.Kind { return Cleared }

func (c Clear) apply(d *Document, s *Scene) (Entry, error) {
	done, f := d.answers(c.Items, s)
	for _, a := range done.Items {
		if a.Verdict != MayOpen && d.Attribute.Openness == Open && chosen(string(a.Verdict), Verdicts()) {
			what := Part{Name: a.Part}.Words().Chinese
			f.Add("part."+a.Part, "%s的结论是“%s”，不能通过审查；请退回修改，写明要处理的内容。", what, a.Verdict.Words().Chinese)
		}
	}
	if err := f.Err(); err != nil {
		return Entry{}, err
	}
	d.Draft.Clearance = &done
	return Entry{Days: len(done.Items)}, nil
}

// answers gives the reviewer's answers for every part, and what is missing.
func (d *Document) answers(items []Answer, s *Scene) (Clearance, errs.Fields) {
	var f errs.Fields
	done := Clearance{By: s.Actor, On: s.Today}
	for _, p := range d.Parts() {
		i := slices.IndexFunc(items, func(a Answer) bool { return a.Part == p.Name })
		if i < 0 {
			f.Add("part."+p.Name, "请逐项审查：还没有对%s作出结论（%s）。", p.Words().Chinese, onOrder)
			continue
		}
		a := items[i]
		a.Digest, a.Note = p.Digest, strings.TrimSpace(a.Note)
		if !chosen(string(a.Verdict), Verdicts()) {
			f.Add("part."+p.Name, "请选择对%s的审查结论。", p.Words().Chinese)
		}
		done.Items = append(done.Items, a)
	}
	return done, f
}

// Words gives a verdict in words; "" for none.
func (v Verdict) Words() Word {
	w, _ := procedure.WordOf(string(v), Verdicts())
	return w
}

// Referral is the question to those who decide when the organ itself cannot
// (条例§17.3).
type Referral struct {
	Body       string        `json:"body"`
	By         string        `json:"by"`
	On         calendar.Date `json:"on"`
	AnsweredOn calendar.Date `json:"answeredOn,omitzero"`
	May        bool          `json:"may,omitempty"` // it may be public
	Note       string        `json:"note,omitempty"`
}

// Refer asks the competent department or the secrecy administration.
type Refer struct{ Body, Note string }

// Event is Referred.
func (Refer) Event() event.Kind { return Referred }

func (r Refer) apply(d *Document, s *Scene) (Entry, error) {
	body := strings.TrimSpace(r.Body)
	if body == "" {
		return Entry{}, errs.InField("body", "请填写报请哪个主管部门或者保密行政管理部门确定（条例§17.3）。")
	}
	d.Draft.Referral = &Referral{Body: body, By: s.Actor, On: s.Today, Note: strings.TrimSpace(r.Note)}
	return Entry{}, nil
}

// Determine enters what they determined. What must not be public can only be sent
// back then.
type Determine struct {
	On   calendar.Date
	May  bool
	Note string
}

// Event is Determined.
func (Determine) Event() event.Kind { return Determined }

func (g Determine) apply(d *Document, s *Scene) (Entry, error) {
	r := *d.Draft.Referral
	on := s.day(g.On)
	if on.Before(r.On) {
		return Entry{}, errs.InField("on", "确定的日期早于报请的日期%s，请核对。", r.On)
	}
	r.AnsweredOn, r.May, r.Note = on, g.May, strings.TrimSpace(g.Note)
	d.Draft.Referral = &r
	return Entry{On: on, Code: map[bool]string{true: string(MayOpen), false: string(MustKeep)}[g.May]}, nil
}
