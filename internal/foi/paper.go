package foi

import (
	"slices"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Paper is a letter as it is kept: made in the change of the act that sends it,
// out of what stood in the request at that moment, so that nothing that happens
// later changes what it says. Names of people are not in it: placeholders stand
// where they go, and personal keeps what belongs there.
type Paper struct {
	ID       string         `json:"id"`
	Request  string         `json:"request"`
	Organ    string         `json:"organ"`
	Kind     string         `json:"kind"`               // of package letter: correction, reply-part …
	Act      event.Kind     `json:"act,omitempty"`      // that made it; "" for one that no act sends
	Entry    int            `json:"entry,omitempty"`    // of the history, from 1
	Ref      string         `json:"ref,omitempty"`      // of the consultation or search
	Party    int            `json:"party,omitempty"`    // to whom; 0 for an organ
	To       string         `json:"to,omitempty"`       // the organ's name
	Decision int            `json:"decision,omitempty"` // which one it tells of, from 1
	Template string         `json:"template"`           // which text of the template it was made from
	Form     string         `json:"form"`
	Head     string         `json:"head"` // the organ's name of then
	Title    string         `json:"title"`
	Number   string         `json:"number,omitempty"`
	On       calendar.Date  `json:"on"`
	Facts    []PaperFact    `json:"facts,omitempty"` // what the law wants it to say, as it was
	Versions []PaperVersion `json:"versions"`
	State    PaperState     `json:"state"`
	PostBy   calendar.Date  `json:"postBy,omitzero"` // by when it should be sent
	SentOn   calendar.Date  `json:"sentOn,omitzero"`
	SentBy   string         `json:"sentBy,omitempty"`
	Way      ServiceWay     `json:"way,omitempty"` // by which it was sent
	Void     *Voiding       `json:"void,omitempty"`
}

// PaperFact is the value of a placeholder.
type PaperFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// PaperVersion is a text of a letter.
type PaperVersion struct {
	By   string    `json:"by"` // event.System for what the template gave
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// PaperState is how far a letter is.
type PaperState string

// The states.
const (
	PaperDraft PaperState = "draft"
	PaperFinal PaperState = "final" // signed: not changed any more, and not served yet
	PaperSent  PaperState = "sent"
	PaperVoid  PaperState = "void" // never sent, and never will be
)

// Words gives a state in words.
func (s PaperState) Words() Word {
	return map[PaperState]Word{
		PaperDraft: {"待发出", "not sent"}, PaperFinal: {"已签发，待送达", "signed, to be served"}, PaperSent: {"已发出", "sent"}, PaperVoid: {"作废", "void"},
	}[s]
}

// Text is the text that holds.
func (p Paper) Text() string {
	if len(p.Versions) == 0 {
		return ""
	}
	return p.Versions[len(p.Versions)-1].Text
}

// Digest is what verify compares with the record.
func (p Paper) Digest() string { return event.Digest(p) }

// Subject names a letter in the log.
func (p Paper) Subject() event.Subject { return event.Subject{Type: "letter", ID: p.ID} }

// Reply tells whether the letter is a reply.
func (p Paper) Reply() bool {
	return p.Decision > 0 && p.Act != Served && p.Act != ServedAgain && p.Ref == ""
}

// Editable tells whether the text may still be changed: until it is sent; of a
// reply, only while the draft lies with the head, so that what was approved is
// what is signed.
func (p Paper) Editable(r Request) bool {
	return p.State == PaperDraft && (!p.Reply() || r.Status == Reviewing)
}

// What happens to letters.
const (
	PaperWritten event.Kind = "letter.written"
	PaperEdited  event.Kind = "letter.edited"
	PaperIsSent  event.Kind = "letter.sent"
	PaperVoided  event.Kind = "letter.voided"
)

// LettersOf gives the letters of an event.
func LettersOf(kind event.Kind) []Letter {
	var all []Letter
	for _, t := range table {
		for _, l := range t.Letters {
			if t.Event == kind && !slices.Contains(all, l) {
				all = append(all, l)
			}
		}
	}
	return all
}

// paper puts the letters of an entry into a change.
func (d *Desk) paper(r Request, e Entry, s Scene, around Around, c *Change) error {
	if s.writer == nil {
		return nil
	}
	papers, err := s.writer.Write(r, e, s, around)
	if err != nil {
		return err
	}
	for i := range papers {
		if papers[i].Waits() && papers[i].PostBy.IsZero() {
			papers[i].PostBy = PostBy(papers[i].Kind, s.Today, s.Calendar)
		}
	}
	pen := event.Pen{Actor: s.Actor, At: s.At, IDs: d.IDs}
	for _, p := range papers {
		kind := PaperWritten
		switch p.State {
		case PaperSent:
			kind = PaperIsSent
		case PaperVoid:
			kind = PaperVoided
		case PaperDraft, PaperFinal:
		}
		written := pen.Write(p.Organ, p.Subject(), kind, map[string]string{"request": p.Request, "kind": p.Kind, "number": p.Number})
		written.State = p.Digest()
		c.Events = append(c.Events, written)
	}
	c.Papers = append(c.Papers, papers...)
	return nil
}
