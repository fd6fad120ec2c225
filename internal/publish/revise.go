package publish

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Revise begins a new text of a document that is public, or was. What is public
// stays so until the new text has gone through the whole house.
type Revise struct {
	ChangedOn calendar.Date // the information changed, or the mistake was found: the limit runs from here (条例§26)
	Why       string        // for the house
	Note      string        // for everybody: what is different
	Conceal   bool          // the text that is replaced must not be read any more, as with somebody's personal data
	Hidden    string        // why, for the house; only with Conceal
}

// Event is RevisionBegun.
func (Revise) Event() event.Kind { return RevisionBegun }

func (r Revise) apply(d *Document, s *Scene) (Entry, error) {
	on, why, note, hidden := s.day(r.ChangedOn), strings.TrimSpace(r.Why), strings.TrimSpace(r.Note), strings.TrimSpace(r.Hidden)
	switch {
	case r.Conceal && (hidden == "" || len([]rune(hidden)) > MaxText):
		return Entry{}, errs.InField("hidden", "请写明旧文本为什么不能再公开阅读，如“附件有当事人的身份证号”；平常的更正不要勾选，旧文本应当留下（条例§6.2）。")
	case r.Conceal && d.Visibility != Public:
		return Entry{}, errs.InField("conceal", "文件现在不公开，旧文本本来就看不到，不用勾选。")
	case why == "":
		return Entry{}, errs.InField("why", "请写明为什么要更正或者更新。")
	case note == "" || len([]rune(note)) > MaxText:
		return Entry{}, errs.InField("note", "请写明更正说明，公众会看到，如“附件2第3行的数额更正为……”。")
	case on.After(s.Today):
		return Entry{}, errs.InField("changed", "变更日期%s还没有到，请核对。", on)
	}
	d.begin(s, on)
	if d.Draft.Why, d.Draft.Note, d.Draft.Conceal = why, note, r.Conceal; r.Conceal {
		d.Draft.Hidden = hidden
	}
	return Entry{On: s.Today, Until: on}, nil
}

// begin makes a draft out of a document that was at rest.
func (d *Document) begin(s *Scene, changed calendar.Date) {
	if d.Draft != nil {
		past := *d.Draft
		past.Was = nil
		d.Past = append(d.Past, past)
	}
	d.Draft = &Draft{
		By: s.Actor, Hands: []string{s.Actor}, On: s.Today, From: d.Status, ChangedOn: changed,
		Was: &Was{d.Content.copied(), d.Attribute, d.Grade},
	}
}

// Down is why a document was taken down before anybody decided.
type Down struct {
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	Reasons string        `json:"reasons"` // for the house
}

// TakeDown takes a document from everybody's eyes at once, such as one with
// somebody's ID number in it. Somebody else decides what becomes of it.
type TakeDown struct{ Reasons, Note string }

// Event is TakenDown.
func (TakeDown) Event() event.Kind { return TakenDown }

func (t TakeDown) apply(d *Document, s *Scene) (Entry, error) {
	reasons, note := strings.TrimSpace(t.Reasons), strings.TrimSpace(t.Note)
	switch {
	case reasons == "":
		return Entry{}, errs.InField("reasons", "请写明撤下的原因，负责人要据此决定。")
	case note == "":
		return Entry{}, errs.InField("note", "请写明给公众的说明，如“因内容有误，正在核实”；其中不要写需要保密的内容。")
	}
	d.Down = &Down{s.Actor, s.Today, reasons}
	d.hide(s, note)
	return Entry{}, nil
}

// hide leaves a note where the document stood.
func (d *Document) hide(s *Scene, note string) {
	d.Visibility = Noted
	d.Notes = append(d.Notes, Note{s.Today, Removal, note})
	d.closeVersion(s.Today)
	d.closePortal(s.Today)
	d.recallAll()
}

func (d *Document) closePortal(on calendar.Date) {
	for i := range d.Posts {
		if d.Posts[i].Channel == Portal && d.Posts[i].Until.IsZero() {
			d.Posts[i].Until = on
		}
	}
}

// Restore shows it again as it was.
type Restore struct{ Note string }

// Event is Restored.
func (Restore) Event() event.Kind { return Restored }

func (r Restore) apply(d *Document, s *Scene) (Entry, error) {
	note := strings.TrimSpace(r.Note)
	if note == "" {
		return Entry{}, errs.InField("note", "请写明给公众的说明，如“经核实内容无误”。")
	}
	last := d.Versions[len(d.Versions)-1]
	last.From, last.Until, last.Note = s.Today, calendar.Date{}, ""
	d.Versions = append(d.Versions, last)
	d.Posts = append(d.Posts, Post{Ref: d.nextPost(), Channel: Portal, From: s.Today})
	d.Notes = append(d.Notes, Note{s.Today, Return, note})
	d.Visibility, d.Down = Public, nil
	return Entry{}, nil
}

// Retract leaves it down for good. Title, index number and the note stay to be
// seen; the text stays in the house.
type Retract struct{ Note string }

// Event is Retracted.
func (Retract) Event() event.Kind { return Retracted }

func (r Retract) apply(d *Document, s *Scene) (Entry, error) {
	note := strings.TrimSpace(r.Note)
	if note == "" {
		return Entry{}, errs.InField("note", "请写明给公众的撤回说明。")
	}
	d.Notes = append(d.Notes, Note{s.Today, Removal, note})
	return Entry{}, nil
}
