package publish

import (
	"cmp"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/law"
)

// Sizes of what is written.
const (
	MaxTitle    = 200
	MaxNumber   = 60
	MaxSummary  = 1000
	MaxText     = 5000    // reasons, notes
	MaxBody     = 500_000 // characters of a document
	MaxKeywords = 20
	MaxFiles    = 50
)

// earliest is the first day of which there is government information: what lies before it
// is a year mistyped.
var earliest = calendar.On(1949, 10, 1)

// Draft is a document on its way through the house.
type Draft struct {
	By        string        `json:"by"`
	Hands     []string      `json:"hands"` // everybody who has written in it
	On        calendar.Date `json:"on"`
	From      Status        `json:"from"`               // where it was before; New for a new one
	ChangedOn calendar.Date `json:"changedOn,omitzero"` // the information changed: the limit runs from here
	Why       string        `json:"why,omitempty"`      // of a revision, for the house
	Note      string        `json:"note,omitempty"`     // … for everybody
	Conceal   bool          `json:"conceal,omitempty"`  // … what it replaces is no longer read
	Hidden    string        `json:"hidden,omitempty"`   // … for this reason
	PassedBy  string        `json:"passedBy,omitempty"`
	Clearance *Clearance    `json:"clearance,omitempty"`
	Referral  *Referral     `json:"referral,omitempty"`
	CheckedBy string        `json:"checkedBy,omitempty"`
	SignedBy  string        `json:"signedBy,omitempty"`
	Returns   []SentBack    `json:"returns,omitempty"`
	Rounds    []Round       `json:"rounds,omitempty"` // that were sent back before
	Was       *Was          `json:"was,omitempty"`    // what holds if a revision is given up
}

// Was is a document before somebody began to revise it.
type Was struct {
	Content   Content   `json:"content"`
	Attribute Attribute `json:"attribute"`
	Grade     Grade     `json:"grade,omitempty"`
}

// SentBack is a draft returned, with what is wrong with it.
type SentBack struct {
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	From    Status        `json:"from"`
	Reasons string        `json:"reasons"`
	Items   []Answer      `json:"items,omitempty"` // what the secrecy reviewer said of each part
}

// Round is how far a draft had come when it was submitted again: who passed it, what
// was answered for each part. It says something about a text that is no more, and stays.
type Round struct {
	PassedBy  string     `json:"passedBy,omitempty"`
	Clearance *Clearance `json:"clearance,omitempty"`
	Referral  *Referral  `json:"referral,omitempty"`
	CheckedBy string     `json:"checkedBy,omitempty"`
	SignedBy  string     `json:"signedBy,omitempty"`
}

// Paper is what whoever drafts fills in.
type Paper struct {
	Content
	Attribute Attribute
	Grade     Grade
	Forwards  *Source
	Limit     *Limit
}

// Compose keeps a new document.
type Compose struct {
	Paper
	Origin Origin
}

// Event is Drafted.
func (Compose) Event() event.Kind { return Drafted }

func (c Compose) apply(d *Document, s *Scene) (Entry, error) {
	d.Origin = c.Origin
	d.Origin.Index, d.Origin.Address = strings.TrimSpace(c.Origin.Index), strings.TrimSpace(c.Origin.Address)
	d.Draft = &Draft{By: s.Actor, Hands: []string{s.Actor}, On: s.Today, From: New}
	if c.Origin.Request != "" {
		d.Draft.ChangedOn = s.Today // from now on it is to be public, whenever it was made (条例§44)
	}
	return c.write(d, s)
}

// check tells what is wrong with where a document comes from.
func (o Origin) check(f *errs.Fields, formed calendar.Date, s *Scene) {
	switch {
	case o.PostedOn.After(s.Today):
		f.Add("posted", "原发布日期%s还没有到，请核对。", o.PostedOn)
	case !o.PostedOn.IsZero() && o.PostedOn.Before(formed):
		f.Add("posted", "原发布日期%s早于成文日期%s，请核对。", o.PostedOn, formed)
	case !o.ForceOn.IsZero() && o.ForceOn.Before(formed):
		f.Add("ended", "有效性变更日期%s早于成文日期%s，请核对。", o.ForceOn, formed)
	case o.ForceOn.After(s.Today):
		f.Add("ended", "有效性变更日期%s还没有到，请核对。", o.ForceOn)
	case o.Force != "" && !chosen(string(o.Force), Forces()):
		f.Add("force", "请选择有效性。")
	case o.Force.Ended() && o.ForceOn.IsZero():
		f.Add("ended", "已经废止、失效的，请填写日期。")
	case len([]rune(o.Index)) > MaxNumber:
		f.Add("index", "原索引号太长，不超过%d个字。", MaxNumber)
	}
}

// Edit changes a draft. Note is what everybody will be told, of a revision; "" leaves it.
type Edit struct {
	Paper
	Note string
}

// Event is Edited.
func (Edit) Event() event.Kind { return Edited }

func (e Edit) apply(d *Document, s *Scene) (Entry, error) {
	if !slices.Contains(d.Draft.Hands, s.Actor) {
		d.Draft.Hands = append(d.Draft.Hands, s.Actor)
	}
	if note := strings.TrimSpace(e.Note); note != "" && d.Draft.From != New {
		if len([]rune(note)) > MaxText {
			return Entry{}, errs.InField("note", "更正说明太长，不超过%d个字。", MaxText)
		}
		d.Draft.Note = note
	}
	return e.write(d, s)
}

// write puts a paper into the document and checks it.
func (p Paper) write(d *Document, s *Scene) (Entry, error) {
	d.Content, d.Attribute, d.Grade, d.Forwards, d.Limit = p.tidy(), p.Attribute.asOriginal(p.Forwards), p.Grade, p.Forwards, p.Limit
	if d.Attribute.Openness != Closed {
		d.Attribute.Ground, d.Attribute.Basis = "", ""
	}
	if d.Attribute.Openness == Open {
		d.Attribute.Reasons = ""
	}
	var f errs.Fields
	d.Origin.check(&f, d.FormedOn, s)
	d.check(&f, s)
	return Entry{Code: string(d.Attribute.Openness)}, f.Err()
}

// tidy takes away what a form adds around what was meant.
func (c Content) tidy() Content {
	c.Title, c.Number, c.To = strings.TrimSpace(c.Title), strings.TrimSpace(c.Number), strings.TrimSpace(c.To)
	c.Summary, c.Text = strings.TrimSpace(c.Summary), Tidy(c.Text)
	var words []string
	for _, w := range c.Keywords {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	c.Keywords = words
	return c
}

// check tells what is wrong with the fields of a document.
func (d *Document) check(f *errs.Fields, s *Scene) {
	d.checkRecord(f, s)
	if n := len([]rune(d.Text)); n > MaxBody {
		f.Add("text", "正文有%d个字，不超过%d个字；表格、附录请作为附件。", n, MaxBody)
	}
	if len(d.Files) > MaxFiles {
		f.Add("files", "附件最多%d个。", MaxFiles)
	}
	if !chosen(string(d.Grade), Grades()) {
		f.Add("grade", "密级请从列表中选择。")
	}
	if d.Grade.Secret() && (d.Text != "" || len(d.Files) > 0) {
		f.Add("grade", "有密级的文件不得录入本系统：请删去正文和附件，只登记可以公开的标题和不予公开的依据（%s）。", onSecrecy)
	}
	if w := d.Forwards; w != nil && (strings.TrimSpace(w.Title) == "" || strings.TrimSpace(w.Organ) == "") {
		f.Add("forwards", "请填写原文件的标题和发文机关。")
	}
	d.Limit.check(f)
	d.Attribute.check(f, d)
}

func (d *Document) checkRecord(f *errs.Fields, s *Scene) {
	switch n := len([]rune(d.Title)); {
	case n == 0:
		f.Add("title", "请填写标题（条例§12.3）。")
	case n > MaxTitle:
		f.Add("title", "标题太长，不超过%d个字。", MaxTitle)
	}
	if len([]rune(d.Number)) > MaxNumber {
		f.Add("number", "文号太长，不超过%d个字。", MaxNumber)
	}
	if len([]rune(d.Summary)) > MaxSummary {
		f.Add("summary", "内容概述太长，不超过%d个字。", MaxSummary)
	}
	if len(d.Keywords) > MaxKeywords {
		f.Add("keywords", "关键词最多%d个。", MaxKeywords)
	}
	if _, ok := d.Kind.Info(); !ok {
		f.Add("kind", "请选择文件的种类。")
	}
	if d.Kind == Regulation && !s.Level.Rules {
		f.Add("kind", "本机关没有规章制定权（立法法§93），制定的是行政规范性文件。")
	}
	if _, ok := law.SubjectByID(d.Subject); !ok || len(s.Level.Subjects) > 0 && !slices.Contains(s.Level.Subjects, d.Subject) {
		f.Add("subject", "请选择属于法定主动公开内容的哪一项（条例§20、条例§21）。")
	}
	if d.Theme != "" && !slices.Contains(law.Themes(), d.Theme) {
		f.Add("theme", "主题分类请从列表中选择。")
	}
	switch {
	case d.FormedOn.After(s.Today):
		f.Add("formed", "成文日期%s还没有到，请核对。", d.FormedOn)
	case !d.FormedOn.IsZero() && d.FormedOn.Before(earliest):
		f.Add("formed", "成文日期%s太早，请核对年份。", d.FormedOn)
	}
}

// Submit passes the draft on: to the head of the section, or where the office
// itself drafted it, to the secrecy reviewer. What the release guard has found is
// mended first, or whoever drafts says that they have seen it: then those who release
// documents give the reasons.
type Submit struct{ Seen bool }

// Event is Submitted.
func (Submit) Event() event.Kind { return Submitted }

func (b Submit) apply(d *Document, s *Scene) (Entry, error) {
	if held := d.Holding(); len(held) > 0 && !b.Seen && d.Attribute.Openness == Open {
		return Entry{}, errs.InField("seen", "放行检查发现%d个会阻止公开的问题，第一个：%s。请一键去标识化，或者返回修改；核对后认为可以公开的，勾选后提交，由公开机构说明理由放行（条例§15）。", len(held), strings.TrimRight(held[0].Says, "。"))
	}
	d.Draft.again()
	var f errs.Fields
	d.check(&f, s)
	return Entry{Code: string(d.Attribute.Openness)}, f.Err()
}

// again begins another round through the house.
func (x *Draft) again() {
	if done := (Round{x.PassedBy, x.Clearance, x.Referral, x.CheckedBy, x.SignedBy}); done != (Round{}) {
		x.Rounds = append(x.Rounds, done)
	}
	x.PassedBy, x.Clearance, x.Referral, x.CheckedBy, x.SignedBy = "", nil, nil, "", ""
}

// Abandon gives a draft up. A revision that is given up leaves what was published.
type Abandon struct{ Why string }

// Event is Abandoned.
func (Abandon) Event() event.Kind { return Abandoned }

func (a Abandon) apply(d *Document, _ *Scene) (Entry, error) {
	if strings.TrimSpace(a.Why) == "" {
		return Entry{}, errs.InField("why", "请写明不再办理的原因。")
	}
	if was := d.Draft.Was; was != nil {
		d.Content, d.Attribute, d.Grade = was.Content, was.Attribute, was.Grade
		d.Draft.Was = nil
	}
	return Entry{}, nil
}

// SendBack returns a draft for reasons. Items are the secrecy reviewer's, where the
// review came to the end and some part must not be public as it is.
type SendBack struct {
	Reasons string
	Items   []Answer // Digest is filled in
}

// Event is Returned.
func (SendBack) Event() event.Kind { return Returned }

func (b SendBack) apply(d *Document, s *Scene) (Entry, error) {
	reasons := strings.TrimSpace(b.Reasons)
	if reasons == "" || len([]rune(reasons)) > MaxText {
		return Entry{}, errs.InField("reasons", "请写明退回的理由，起草人要据此修改；不超过5000个字。")
	}
	back := SentBack{By: s.Actor, On: s.Today, From: d.Status, Reasons: reasons}
	if len(b.Items) > 0 {
		done, f := d.answers(b.Items, s)
		if err := f.Err(); err != nil {
			return Entry{}, err
		}
		back.Items = done.Items
	}
	d.Draft.Returns = append(d.Draft.Returns, back)
	return Entry{Code: string(d.Status)}, nil
}

// Pass is the approval of the section's head.
type Pass struct{}

// Event is Passed.
func (Pass) Event() event.Kind { return Passed }

func (Pass) apply(d *Document, s *Scene) (Entry, error) {
	d.Draft.PassedBy = s.Actor
	return Entry{}, nil
}

// Check is the approval of the disclosure office: attribute, ground, catalogue.
type Check struct{}

// Event is Checked.
func (Check) Event() event.Kind { return Checked }

func (Check) apply(d *Document, s *Scene) (Entry, error) {
	d.Draft.CheckedBy = s.Actor
	return Entry{Code: string(d.Attribute.Openness)}, nil
}

// Sign fixes text and attribute. A document that had no date gets this day's, and
// one that had no number the one that it was given.
type Sign struct{ Number string }

// Event is Signed.
func (Sign) Event() event.Kind { return Signed }

func (g Sign) apply(d *Document, s *Scene) (Entry, error) {
	number := strings.TrimSpace(g.Number)
	switch {
	case len([]rune(number)) > MaxNumber:
		return Entry{}, errs.InField("number", "文号太长，不超过60个字。")
	case d.Number == "":
		d.Number = number
	case number != "" && number != d.Number:
		return Entry{}, errs.InField("number", "文件已经有文号%s；要改请退回修改。", d.Number)
	}
	if d.FormedOn.IsZero() {
		d.FormedOn = s.Today
	}
	d.SignedOn, d.Draft.SignedBy = s.Today, s.Actor
	if d.Attribute.Openness != Open {
		d.Draft.Was = nil
		if d.Visibility == Public {
			d.hide(s, cmp.Or(d.Draft.Note, "不再公开。"))
		}
	}
	return Entry{Code: string(d.Attribute.Openness)}, nil
}
