package consult

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Begin drafts a consultation.
type Begin struct{ Content }

// Event is Begun.
func (Begin) Event() event.Kind { return Begun }

func (b Begin) apply(c *Consultation, s *Scene) (Entry, error) { return Edit(b).apply(c, s) }

// Edit writes the content anew.
type Edit struct{ Content }

// Event is Edited.
func (Edit) Event() event.Kind { return Edited }

func (e Edit) apply(c *Consultation, s *Scene) (Entry, error) {
	content := e.tidy()
	if err := content.check(); err != nil {
		return Entry{}, err
	}
	c.Content, c.Excuse = content, ""
	c.touched(s.Actor)
	return Entry{}, nil
}

// Submit hands a consultation to the head. What the release guard finds wants reasons,
// which the head reads: two people answer for it.
type Submit struct{ Excuse string }

// Event is Submitted.
func (Submit) Event() event.Kind { return Submitted }

func (d Submit) apply(c *Consultation, s *Scene) (Entry, error) {
	var err error
	if c.Excuse, err = excuse(d.Excuse, s.Found); err != nil {
		return Entry{}, err
	}
	c.Back = ""
	c.touched(s.Actor)
	return Entry{}, nil
}

// excuse wants reasons for what was found, and none where nothing was.
func excuse(reasons string, found []Found) (string, error) {
	held := holding(found)
	if reasons = strings.TrimSpace(reasons); len(held) == 0 {
		return "", nil
	}
	if reasons == "" {
		return "", errs.InField("excuse", "放行检查有%s。请修改；确实可以公开的（如本机关的办公电话），请逐处说明理由，由审核的人确认。", firstOf(held))
	}
	return reason("excuse", reasons, "")
}

// GiveUp ends a draft that nobody has read outside.
type GiveUp struct{ Reasons string }

// Event is GaveUp.
func (GiveUp) Event() event.Kind { return GaveUp }

func (d GiveUp) apply(c *Consultation, s *Scene) (Entry, error) {
	why, err := reason("reasons", d.Reasons, "请写明为什么不再征求意见；记录会保留。")
	c.Back, c.EndedOn = why, s.Today
	return Entry{}, err
}

// TakeBack takes back what waits to be approved.
type TakeBack struct{}

// Event is TakenBack.
func (TakeBack) Event() event.Kind { return TakenBack }

func (TakeBack) apply(*Consultation, *Scene) (Entry, error) { return Entry{}, nil }

// SendBack gives a consultation back to the clerk.
type SendBack struct{ Reasons string }

// Event is ReturnedByHead.
func (SendBack) Event() event.Kind { return ReturnedByHead }

func (d SendBack) apply(c *Consultation, _ *Scene) (Entry, error) {
	why, err := reason("reasons", d.Reasons, "请写明为什么退回、要改什么。")
	c.Back = why
	return Entry{}, err
}

// Approve lets it open on its day.
type Approve struct{}

// Event is Agreed.
func (Approve) Event() event.Kind { return Agreed }

func (Approve) apply(c *Consultation, s *Scene) (Entry, error) {
	c.ApprovedBy, c.ApprovedOn, c.Back = s.Actor, s.Today, ""
	return Entry{From: c.Content.From, Until: c.Content.Until}, nil
}

// Recall takes it back before it opens.
type Recall struct{ Reasons string }

// Event is Recalled.
func (Recall) Event() event.Kind { return Recalled }

func (d Recall) apply(c *Consultation, _ *Scene) (Entry, error) {
	why, err := reason("reasons", d.Reasons, "请写明为什么撤回、要改什么。")
	c.Back = why
	return Entry{}, err
}

// Extend gives a later last day, and tells everybody why.
type Extend struct {
	Until calendar.Date
	Note  string
}

// Event is Extended.
func (Extend) Event() event.Kind { return Extended }

func (d Extend) apply(c *Consultation, s *Scene) (Entry, error) {
	note, err := public("note", d.Note, "请写明延长的原因，会在征求意见的页面公布。", s)
	switch {
	case err != nil:
		return Entry{}, err
	case !d.Until.After(c.Content.Until):
		return Entry{}, errs.InField("until", "新的截止日期应当晚于现在的%s。", c.Content.Until)
	case d.Until.Before(s.Today):
		return Entry{}, errs.InField("until", "新的截止日期已经过去，请填写今天或者以后的日期。")
	}
	c.Content.Until = d.Until
	c.Notes = append(c.Notes, Note{s.Today, "征求意见的期限延长到" + spoken(d.Until) + "。" + note})
	return Entry{Until: d.Until}, nil
}

// CallOff stops a consultation, and tells everybody why.
type CallOff struct{ Note string }

// Event is CalledOff.
func (CallOff) Event() event.Kind { return CalledOff }

func (d CallOff) apply(c *Consultation, s *Scene) (Entry, error) {
	note, err := public("note", d.Note, "请写明停止的原因，会在征求意见的页面公布。", s)
	c.Notes, c.EndedOn = append(c.Notes, Note{s.Today, note}), s.Today
	return Entry{}, err
}

// LinkFinal names the document that was published in the end. Whether everybody may read
// it is the office's to ask.
type LinkFinal struct{ Document string }

// Event is FinalLinked.
func (LinkFinal) Event() event.Kind { return FinalLinked }

func (d LinkFinal) apply(c *Consultation, _ *Scene) (Entry, error) {
	c.Final = d.Document
	return Entry{Final: d.Document}, nil
}

func reason(field, text, ask string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", errs.InField(field, "%s", ask)
	case utf8.RuneCountInString(text) > MaxReason:
		return "", errs.InField(field, "超过了%d个字，请缩短。", MaxReason)
	}
	return text, nil
}

// public is a reason that everybody reads at once, so the release guard has the last
// word about it.
func public(field, text, ask string, s *Scene) (string, error) {
	text, err := reason(field, text, ask)
	if held := holding(s.Found); err == nil && len(held) > 0 {
		return "", errs.InField(field, "这段话会公布，放行检查有%s；请修改。", firstOf(held))
	}
	return text, err
}

func spoken(d calendar.Date) string {
	year, month, day := d.Civil()
	return strings.NewReplacer("Y", itoa(year), "M", itoa(int(month)), "D", itoa(day)).Replace("Y年M月D日")
}
