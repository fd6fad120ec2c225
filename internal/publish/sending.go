package publish

import (
	"slices"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Sending is how a text goes into a channel by its interface, and back out of it.
// Want is what the office wants, At is how far it has come; Next says what is to be
// done now, and the program does it until the two agree. Before something that must
// not be done twice the program notes that it is about to do it (AtDoor), so that
// after a crash it looks first what became of it.
type Sending struct {
	Variant
	Want    Want      `json:"want"`
	At      Leg       `json:"at"`
	Since   time.Time `json:"since"`             // it is there
	Draft   string    `json:"draft,omitempty"`   // key of the draft over there
	Holds   string    `json:"holds,omitempty"`   // digest of what the draft holds
	Ticket  string    `json:"ticket,omitempty"`  // of the publication that the channel works on
	Article string    `json:"article,omitempty"` // key of the article
	Trouble *Trouble  `json:"trouble,omitempty"` // wants a person
	Version int       `json:"version"`           // of the document, from 1

	Last calendar.Date `json:"last,omitzero"` // the last day that it stands there; zero until it is taken off

	Own    bool          `json:"own,omitempty"`    // it says what the review of the document has not seen
	Worded string        `json:"worded,omitempty"` // who has worded it last
	Check  *WordingCheck `json:"check,omitempty"`  // the reviewer's word on it
}

// Trouble is why the program went no further.
type Trouble struct {
	Code int    `json:"code,omitempty"` // that the channel gave; 0 for none
	Says string `json:"says"`
}

// Want is what the office wants of a text.
type Want string

// The wants.
const (
	AsDraft Want = "draft"  // to lie among the channel's drafts, for a look
	AsPost  Want = "public" // to be published
	Away    Want = "away"   // to be gone
)

// Leg is how far a text has come.
type Leg string

// The legs.
const (
	AtOffice  Leg = "office"    // nothing is over there
	AtDrafts  Leg = "drafts"    // among the drafts over there
	AtDoor    Leg = "door"      // about to be submitted; whether it was is not known yet
	AtChannel Leg = "channel"   // submitted: the channel looks at it
	AtPublic  Leg = "published" // everybody reads it
	AtEnd     Leg = "end"       // gone, or never came
)

// Legs gives the legs with what has happened when a text comes there.
func Legs() []Choice {
	return []Choice{
		{string(AtOffice), Word{"草稿已不在渠道，从头办理", "the draft is gone, it begins anew"}},
		{string(AtDrafts), Word{"已存入渠道的草稿箱", "kept among the channel's drafts"}},
		{string(AtDoor), Word{"准备提交发布", "about to be submitted"}},
		{string(AtChannel), Word{"已提交，渠道正在审核发布", "submitted"}},
		{string(AtPublic), Word{"已发布", "published"}},
		{string(AtEnd), Word{"已不在渠道", "gone"}},
	}
}

// Step is what the program does next.
type Step string

// The steps.
const (
	Rests      Step = ""
	PutDraft   Step = "put"
	Redraft    Step = "redraft"
	Submission Step = "submit"
	LookAfter  Step = "look"
	Ask        Step = "ask"
	TakeBack   Step = "recall"
	Discard    Step = "discard"
	GiveUp     Step = "give-up"
)

// steps are what is to be done with a text that is somewhere and wanted elsewhere.
var steps = []struct {
	at   Leg
	want Want
	do   Step
}{
	{AtOffice, AsDraft, PutDraft},
	{AtOffice, AsPost, PutDraft},
	{AtOffice, Away, GiveUp},
	{AtDrafts, AsDraft, Rests},
	{AtDrafts, AsPost, Submission},
	{AtDrafts, Away, Discard},
	{AtDoor, AsPost, LookAfter},
	{AtDoor, Away, LookAfter},
	{AtDoor, AsDraft, LookAfter},
	{AtChannel, AsPost, Ask},
	{AtChannel, Away, Ask},
	{AtChannel, AsDraft, Ask},
	{AtPublic, AsPost, Rests},
	{AtPublic, AsDraft, Rests},
	{AtPublic, Away, TakeBack},
	{AtEnd, Away, Rests},
	{AtEnd, AsDraft, Rests},
	{AtEnd, AsPost, Rests},
}

// Next gives what the program does next.
func (s Sending) Next() Step {
	if s.Trouble != nil || s.Waits() {
		return Rests
	}
	if s.At == AtDrafts && s.Want != Away && s.Holds != s.Wording() {
		return Redraft
	}
	for _, one := range steps {
		if one.at == s.At && one.want == s.Want {
			return one.do
		}
	}
	return Rests
}

// phase gives how it stands; stood tells whether it ever did.
func (s Sending) phase(stood bool) Phase {
	switch {
	case s.Trouble != nil:
		return PhaseFailed
	case s.At == AtEnd && stood:
		return PhaseRecalled
	case s.At == AtEnd:
		return PhaseNever
	case s.Want == Away:
		return PhaseRecalling
	case s.At == AtPublic:
		return PhaseStanding
	case s.Waits():
		return PhaseReview
	case s.At == AtDrafts && s.Want == AsDraft:
		return PhaseDrafted
	case s.At == AtDoor || s.At == AtChannel:
		return PhaseGoing
	}
	return PhaseQueued
}

// Changeable tells whether the words can still be changed.
func (s Sending) Changeable() bool {
	return s.Want != Away && (s.At == AtOffice || s.At == AtDrafts)
}

// Busy gives the posts with which the program has something to do.
func (d *Document) Busy() []string {
	var all []string
	for _, p := range d.Posts {
		if p.Sending != nil && p.Sending.Next() != Rests {
			all = append(all, p.Ref)
		}
	}
	return all
}

// sending gives a post that goes by an interface and is as a deed wants it.
func (d *Document) sending(ref string, fits func(Sending) bool) (*Post, error) {
	i := d.postAt(ref)
	if i < 0 || d.Posts[i].Sending == nil || !fits(*d.Posts[i].Sending) {
		return nil, errs.InField("ref", "请选择一个可以这样办理的渠道文稿；它可能刚刚由系统或者同事办理过，请刷新页面。")
	}
	p := &d.Posts[i]
	p.Sending = copyOf(p.Sending)
	return p, nil
}

// Send sends a text into a channel by its interface.
type Send struct {
	Channel Channel
	Variant
	Draft bool          // first to lie among the channel's drafts
	Last  calendar.Date // the last day that it stands there; zero for no end
}

// Event is Sent.
func (Send) Event() event.Kind { return Sent }

func (a Send) apply(d *Document, s *Scene) (Entry, error) {
	v, err := a.checked(d, a.Channel)
	if err != nil {
		return Entry{}, err
	}
	if slices.ContainsFunc(d.Posts, func(p Post) bool {
		return p.Channel == a.Channel && p.Sending != nil && p.Sending.At != AtEnd
	}) {
		return Entry{}, errs.InField("channel", "%s上已有这份文件的文稿；请先撤回，再送新的。", a.Channel.Words().Chinese)
	}
	switch {
	case a.Channel.Outside() && !a.Last.IsZero():
		return Entry{}, errs.InField("last", "%s上的文章不能到期自动撤下，请到时人工撤回。", a.Channel.Words().Chinese)
	case !a.Last.IsZero() && a.Last.Before(s.Today):
		return Entry{}, errs.InField("last", "最后一天%s已经过去，请核对。", a.Last)
	}
	p := Post{Ref: d.nextPost(), Channel: a.Channel, By: s.Actor, Sending: &Sending{Variant: v, Want: AsPost, At: AtOffice, Since: s.At, Version: len(d.Versions), Last: a.Last, Own: v.own(d), Worded: s.Actor}}
	if a.Draft {
		p.Sending.Want = AsDraft
	}
	d.Posts = append(d.Posts, p)
	return Entry{Ref: p.Ref, Code: string(a.Channel), Until: a.Last}, nil
}

// Reword changes the words of a text that is not published yet.
type Reword struct {
	Ref string
	Variant
}

// Event is Reworded.
func (Reword) Event() event.Kind { return Reworded }

func (a Reword) apply(d *Document, s *Scene) (Entry, error) {
	p, err := d.sending(a.Ref, Sending.Changeable)
	if err != nil {
		return Entry{}, err
	}
	v, err := a.checked(d, p.Channel)
	if err != nil {
		return Entry{}, err
	}
	p.Sending.Variant, p.Sending.Trouble, p.Sending.Own, p.Sending.Worded = v, nil, v.own(d), s.Actor
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}

// LetOut publishes what lies among the channel's drafts.
type LetOut struct{ Ref string }

// Event is ReleasedDraft.
func (LetOut) Event() event.Kind { return ReleasedDraft }

func (a LetOut) apply(d *Document, _ *Scene) (Entry, error) {
	p, err := d.sending(a.Ref, func(s Sending) bool { return s.Want == AsDraft && s.At != AtEnd })
	if err != nil {
		return Entry{}, err
	}
	p.Sending.Want, p.Sending.Trouble = AsPost, nil
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}

// Resend lets the program try again what it could not do.
type Resend struct{ Ref string }

// Event is Resent.
func (Resend) Event() event.Kind { return Resent }

func (a Resend) apply(d *Document, _ *Scene) (Entry, error) {
	p, err := d.sending(a.Ref, func(s Sending) bool { return s.Trouble != nil })
	if err != nil {
		return Entry{}, err
	}
	p.Sending.Trouble = nil
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}

// Recall takes a text back from a channel: what is published is deleted there, what
// is not does not go out any more.
type Recall struct{ Ref, Note string }

// Event is RecallAsked.
func (Recall) Event() event.Kind { return RecallAsked }

func (a Recall) apply(d *Document, s *Scene) (Entry, error) {
	p, err := d.sending(a.Ref, func(s Sending) bool { return s.Want != Away && s.At != AtEnd })
	if err != nil {
		return Entry{}, err
	}
	note := strings.TrimSpace(a.Note)
	stood := !p.From.IsZero()
	switch {
	case stood && note == "":
		return Entry{}, errs.InField("note", "请写明给公众的说明，如“文中的咨询电话有误，已撤回，以政府网站为准”。")
	case len([]rune(note)) > maxPlace:
		return Entry{}, errs.InField("note", "给公众的说明最多%d个字，请写短一些。", maxPlace)
	}
	p.Sending.Want, p.Sending.Trouble = Away, nil
	if stood {
		d.Notes = append(d.Notes, Note{s.Today, ChannelNote, p.Channel.Words().Chinese + "：" + note})
	}
	return Entry{Ref: p.Ref, Code: string(p.Channel)}, nil
}

// renew lets texts that are not out yet, and those on the screens of the house, say what
// the document says now.
func (d *Document) renew() {
	for i, p := range d.Posts {
		x := p.Sending
		if x == nil || x.Text != "" || !x.Changeable() && !p.OnScreen() {
			continue
		}
		x = copyOf(x)
		if p.OnScreen() && x.Title == d.Versions[x.Version-1].Title {
			x.Title = d.Versions[len(d.Versions)-1].Title
		}
		x.Version, x.Own = len(d.Versions), x.own(d)
		d.Posts[i].Sending = x
	}
}

// recallAll wants the document gone from every channel that the program reaches.
func (d *Document) recallAll() {
	for i := range d.Posts {
		if x := d.Posts[i].Sending; x != nil && x.At != AtEnd {
			x = copyOf(x)
			x.Want, x.Trouble = Away, nil
			d.Posts[i].Sending = x
		}
	}
}
