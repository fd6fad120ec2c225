package publish

import (
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// WordingCheck is the secrecy reviewer's word on a wording for a channel that says
// what the review of the document has not seen (先审查、后公开).
type WordingCheck struct {
	By     string        `json:"by"`
	On     calendar.Date `json:"on"`
	Digest string        `json:"digest"` // of the wording that they saw
}

// own tells whether a wording says or shows something that stands nowhere in what was
// reviewed with the document.
func (v Variant) own(d *Document) bool {
	seen, _ := d.Shown()
	return v.Text != "" || !strings.Contains(seen.Title, v.Title) || v.Cover != nil && !slices.Contains(seen.Files, *v.Cover) ||
		!strings.Contains(seen.Summary, v.Summary) && !strings.Contains(strings.Join(strings.Fields(Plain(seen.Text)), " "), v.Summary)
}

// Mark tells a wording from what it was before.
func (v Variant) Mark() string { return event.Digest(v) }

// Waits tells whether a text waits for the secrecy reviewer: nothing of it goes to
// the channel before.
func (s Sending) Waits() bool {
	return s.Own && s.Want != Away && (s.At == AtOffice || s.At == AtDrafts) && s.Trouble == nil && (s.Check == nil || s.Check.Digest != s.Mark())
}

// waiting gives the text that somebody answers for: it is as they saw it, and
// somebody else has worded it.
func (d *Document) waiting(ref, mark string, s *Scene) (*Post, error) {
	p, err := d.sending(ref, Sending.Waits)
	switch {
	case err != nil:
		return nil, err
	case p.Sending.Worded == s.Actor:
		return nil, errs.InField("ref", "这份文稿由您撰写，应当由另一个人审查（%s）。", onOrder)
	case p.Sending.Mark() != mark:
		return nil, errs.InField("ref", "文稿刚刚改过，请看过现在的文稿再作结论。")
	}
	return p, nil
}

// ClearWording lets a wording go to its channel.
type ClearWording struct{ Ref, Mark string }

// Event is WordingCleared.
func (ClearWording) Event() event.Kind { return WordingCleared }

func (c ClearWording) apply(d *Document, s *Scene) (Entry, error) {
	p, err := d.waiting(c.Ref, c.Mark, s)
	if err != nil {
		return Entry{}, err
	}
	p.Sending.Check = &WordingCheck{By: s.Actor, On: s.Today, Digest: c.Mark}
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}

// RefuseWording sends a wording back to whoever wrote it.
type RefuseWording struct{ Ref, Mark, Reasons string }

// Event is WordingRefused.
func (RefuseWording) Event() event.Kind { return WordingRefused }

func (r RefuseWording) apply(d *Document, s *Scene) (Entry, error) {
	reasons := strings.TrimSpace(r.Reasons)
	if reasons == "" || len([]rune(reasons)) > maxPlace {
		return Entry{}, errs.InField("reasons", "请写明退回的理由，撰写人要据此修改；不超过%d个字。", maxPlace)
	}
	p, err := d.waiting(r.Ref, r.Mark, s)
	if err != nil {
		return Entry{}, err
	}
	p.Sending.Trouble = &Trouble{Says: "保密审查没有通过：" + strings.TrimRight(reasons, "。") + "。请修改文稿，或者不再送出。"}
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}
