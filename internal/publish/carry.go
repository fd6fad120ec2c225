package publish

import (
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// leg is an arrow of the way of a text: where it was, what the program found or did,
// where it is then.
type leg struct {
	From Leg
	Kind event.Kind
	To   Leg
}

// legs are all the ways that a text can go to somebody else's channel and back. What is
// not here does not happen.
var legs = []leg{
	{AtOffice, Carried, AtDrafts},
	{AtDrafts, Carried, AtDrafts},  // its words were changed
	{AtDrafts, Carried, AtOffice},  // somebody deleted the draft over there: it begins anew
	{AtDrafts, Carried, AtDoor},    // noted before it is submitted
	{AtDoor, Carried, AtChannel},   // the channel took it
	{AtDoor, Carried, AtDrafts},    // a look showed that it was not submitted
	{AtDoor, Carried, AtOffice},    // there was no draft to submit any more
	{AtChannel, Carried, AtDrafts}, // refused, and no longer wanted

	{AtDrafts, Arrived, AtPublic}, // somebody published the draft over there
	{AtDoor, Arrived, AtPublic},
	{AtChannel, Arrived, AtPublic},

	{AtOffice, Stranded, AtOffice},
	{AtDrafts, Stranded, AtDrafts},
	{AtDoor, Stranded, AtDoor},
	{AtDoor, Stranded, AtDrafts},
	{AtChannel, Stranded, AtChannel},
	{AtChannel, Stranded, AtDrafts},
	{AtChannel, Stranded, AtOffice}, // the channel took it down again, with the draft
	{AtPublic, Stranded, AtPublic},  // it cannot be taken back

	{AtOffice, TakenBack, AtEnd},
	{AtDrafts, TakenBack, AtEnd},
	{AtPublic, TakenBack, AtEnd},
}

// screenLegs are those to the screens of the house: nothing lies between.
var screenLegs = []leg{
	{AtOffice, Arrived, AtPublic},
	{AtOffice, TakenBack, AtEnd},
	{AtPublic, TakenBack, AtEnd},
}

// legsTo gives the ways to a channel.
func legsTo(c Channel) []leg {
	if c.Outside() {
		return legs
	}
	return screenLegs
}

// Carry tells what the program did with a text, or found. The fields that are known
// are set; of the others those stay that are still true.
type Carry struct {
	Ref             string
	Kind            event.Kind // Carried, Arrived, Stranded or TakenBack
	To              Leg
	Draft, Holds    string
	Ticket, Article string
	Address         string
	Trouble         Trouble
}

// Event is what happened.
func (c Carry) Event() event.Kind { return c.Kind }

func (c Carry) apply(d *Document, s *Scene) (Entry, error) {
	p, err := d.sending(c.Ref, func(x Sending) bool { return x.Trouble == nil })
	if err == nil && (!slices.Contains(legsTo(p.Channel), leg{p.Sending.At, c.Kind, c.To}) || c.Kind == TakenBack && p.Sending.Want != Away) {
		err = errs.InField("ref", "这份文稿刚刚由同事或者系统办理过，不能再这样登记。")
	}
	if err != nil {
		return Entry{}, err
	}
	x := p.Sending
	if c.To == AtDoor && x.Next() != Submission || x.At == AtOffice && c.Kind == Arrived && x.Next() != PutDraft {
		return Entry{}, errs.InField("ref", "这份文稿刚刚被修改或者撤回，没有提交。")
	}
	x.At, x.Since = c.To, s.At
	switch c.To {
	case AtOffice:
		x.Draft, x.Holds, x.Ticket = "", "", ""
	case AtDrafts:
		x.Ticket = ""
		if c.Draft != "" {
			x.Draft, x.Holds = c.Draft, c.Holds
		}
	case AtDoor:
		x.Ticket = ""
	case AtChannel:
		if c.Ticket != "" {
			x.Ticket = c.Ticket
		}
	case AtPublic:
		if c.Kind == Arrived {
			x.Article, p.Address, p.From = c.Article, c.Address, s.Today
			x.Draft, x.Holds, x.Ticket = "", "", ""
		}
	case AtEnd:
		if !p.From.IsZero() {
			p.Until = s.Today
		}
	}
	if c.Kind == Stranded {
		x.Trouble = &Trouble{c.Trouble.Code, c.Trouble.Says}
	}
	e := Entry{Ref: p.Ref, Code: string(p.Channel)}
	if c.Kind == Carried {
		e.Code = string(c.To)
	}
	return e, nil
}
