package consult

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Feedback is what everybody reads in the end: how many opinions there were, what they
// said, and what became of them. It is frozen when it is handed to the head.
type Feedback struct {
	Text   string        `json:"text"` // what the office says about it
	Count  Tally         `json:"count"`
	Groups []Group       `json:"groups,omitempty"`
	On     calendar.Date `json:"on,omitzero"` // published
	By     string        `json:"by,omitempty"`
	Hands  []string      `json:"hands,omitempty"`
	Back   string        `json:"back,omitempty"` // why it was sent back
	Excuse string        `json:"excuse,omitempty"`
	Why    string        `json:"why,omitempty"` // of a correction, which everybody reads
}

// Group are opinions that say the same.
type Group struct {
	Outcome Outcome `json:"outcome"`
	Gist    string  `json:"gist"`
	Reason  string  `json:"reason,omitempty"`
	N       int     `json:"n"`
}

// Groups puts together the opinions that were answered with the same words: what many
// said comes first, as the outcomes are ordered.
func Groups(ledger []Opinion) []Group {
	var all []Group
	for _, o := range ledger {
		if !o.Counts() || o.Outcome == "" {
			continue
		}
		g := Group{Outcome: o.Outcome, Gist: o.Gist, Reason: o.Reason}
		i := slices.IndexFunc(all, func(have Group) bool {
			return have.Outcome == g.Outcome && have.Gist == g.Gist && have.Reason == g.Reason
		})
		if i < 0 {
			i, all = len(all), append(all, g)
		}
		all[i].N++
	}
	order := func(o Outcome) int {
		return slices.IndexFunc(Outcomes(), func(c Choice) bool { return c.Value == string(o) })
	}
	slices.SortStableFunc(all, func(a, b Group) int {
		if a.Outcome != b.Outcome {
			return order(a.Outcome) - order(b.Outcome)
		}
		return b.N - a.N
	})
	return all
}

// Sentence tells how many opinions there were, and what became of them.
func (t Tally) Sentence() string {
	if t.Received == 0 {
		return "没有收到意见。"
	}
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{t.Adopted, "采纳"}, {t.Partly, "部分采纳"}, {t.Declined, "未采纳"}, {t.Unanswered, "正在研究"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d条", p.word, p.n))
		}
	}
	return fmt.Sprintf("共收到意见%d条，其中%s。", t.Received, strings.Join(parts, "，"))
}

// Proposed is what the feedback may say, out of the records.
func (c Consultation) Proposed(organ string) string {
	return fmt.Sprintf("%s至%s，%s就“%s”公开征求意见。现将意见的采纳情况反馈如下。", spoken(c.Content.From), spoken(c.Content.Until), organ, c.Content.Title)
}

// Write writes the feedback.
type Write struct{ Text string }

// Event is FeedbackWritten.
func (Write) Event() event.Kind { return FeedbackWritten }

func (d Write) apply(c *Consultation, s *Scene) (Entry, error) {
	text, err := reason("text", d.Text, "请写明反馈的内容；收到多少条、采纳多少条由台账生成，不用写。")
	if err != nil {
		return Entry{}, err
	}
	if c.Draft == nil {
		c.Draft = &Feedback{}
	}
	c.Draft.Text, c.Draft.Excuse = text, ""
	c.Draft.touched(s.Actor)
	return Entry{}, nil
}

func (f *Feedback) touched(actor string) {
	if !slices.Contains(f.Hands, actor) {
		f.Hands = append(f.Hands, actor)
	}
}

// SubmitFeedback freezes what the ledger says, and hands it to the head.
type SubmitFeedback struct{ Excuse string }

// Event is FeedbackSubmitted.
func (SubmitFeedback) Event() event.Kind { return FeedbackSubmitted }

func (d SubmitFeedback) apply(c *Consultation, s *Scene) (Entry, error) {
	var err error
	if c.Draft.Excuse, err = excuse(d.Excuse, s.Found); err != nil {
		return Entry{}, err
	}
	c.Draft.Count, c.Draft.Groups, c.Draft.Back = Sum(s.Ledger), Groups(s.Ledger), ""
	c.Draft.touched(s.Actor)
	return Entry{Count: &c.Draft.Count}, nil
}

// TakeFeedbackBack takes it back.
type TakeFeedbackBack struct{}

// Event is FeedbackTakenBack.
func (TakeFeedbackBack) Event() event.Kind { return FeedbackTakenBack }

func (TakeFeedbackBack) apply(*Consultation, *Scene) (Entry, error) { return Entry{}, nil }

// SendFeedbackBack gives it back to the clerk.
type SendFeedbackBack struct{ Reasons string }

// Event is FeedbackReturned.
func (SendFeedbackBack) Event() event.Kind { return FeedbackReturned }

func (d SendFeedbackBack) apply(c *Consultation, _ *Scene) (Entry, error) {
	why, err := reason("reasons", d.Reasons, "请写明为什么退回、要改什么。")
	c.Draft.Back = why
	return Entry{}, err
}

// Publish publishes the feedback. Of a consultation that was held elsewhere the day on
// which it was published there is told.
type Publish struct{ On calendar.Date }

// Event is FeedbackPublished.
func (Publish) Event() event.Kind { return FeedbackPublished }

func (d Publish) apply(c *Consultation, s *Scene) (Entry, error) {
	on := s.Today
	if c.Content.Past && len(c.Feedback) == 0 && !d.On.IsZero() {
		if on = d.On; on.Before(c.Content.Until) || on.After(s.Today) {
			return Entry{}, errs.InField("on", "公布反馈的日期应当在截止日期%s以后，不晚于今天。", c.Content.Until)
		}
	}
	f := *c.Draft
	f.On, f.By = on, s.Actor
	c.Feedback, c.Draft = append(c.Feedback, f), nil
	return Entry{Count: &f.Count}, nil
}

// Correct begins another version of what was told. The former stands until the new one is
// published, and both are kept.
type Correct struct{ Why string }

// Event is CorrectionBegun.
func (Correct) Event() event.Kind { return CorrectionBegun }

func (d Correct) apply(c *Consultation, s *Scene) (Entry, error) {
	why, err := public("why", d.Why, "请写明更正什么、为什么，会随新的反馈公布。", s)
	last, _ := c.Told()
	c.Draft = &Feedback{Text: last.Text, Why: why}
	c.Draft.touched(s.Actor)
	return Entry{}, err
}
