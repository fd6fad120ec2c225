package publish

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Gate looks into what would be public: package guard, which knows files. A part
// that cannot be read is a finding, never passed.
type Gate interface {
	// Look gives what was found in a text, or with a hash in a kept file.
	Look(ctx context.Context, organ, name, text, hash string) ([]Found, error)
	// Stamp tells the dictionary that holds in an organ from what it was: what was
	// looked through with another one counts as not seen.
	Stamp(ctx context.Context, organ string) (string, error)
}

// Found is what the guard has to say of a part. It is said masked: the record must
// not spread what the guard warns of.
type Found struct {
	Ref    string  `json:"ref"` // f12.1: of the entry of the history, and which one
	Rule   string  `json:"rule"`
	Says   string  `json:"says"` // Chinese sentence, masked
	Place  string  `json:"place,omitempty"`
	Blocks bool    `json:"blocks"`
	Excuse *Excuse `json:"excuse,omitempty"`

	In string `json:"-"` // the part that it is in, where findings of several parts are listed
}

// Excuse is why a finding does not keep the part in the house. It takes two
// people.
type Excuse struct {
	By          string        `json:"by"`
	On          calendar.Date `json:"on"`
	Reasons     string        `json:"reasons"`
	ConfirmedBy string        `json:"confirmedBy,omitempty"`
}

// Holds tells whether a finding keeps its part in the house.
func (f Found) Holds() bool { return f.Blocks && (f.Excuse == nil || f.Excuse.ConfirmedBy == "") }

// Scan is what the guard said of a part.
type Scan struct {
	Part   string        `json:"part"`
	Digest string        `json:"digest"`
	Words  string        `json:"words,omitempty"` // stamp of the dictionary
	On     calendar.Date `json:"on"`
	Found  []Found       `json:"found,omitempty"`
}

// scanOf gives what was said of a part as it is now.
func (d *Document) scanOf(p Part) *Scan {
	for i := range d.Scans {
		if d.Scans[i].Part == p.Name && d.Scans[i].Digest == p.Digest {
			return &d.Scans[i]
		}
	}
	return nil
}

// Unscanned gives the parts that the guard has not seen as they are now.
func (d *Document) Unscanned() []Part {
	var all []Part
	for _, p := range d.Parts() {
		if d.scanOf(p) == nil {
			all = append(all, p)
		}
	}
	return all
}

// Stale gives the parts that the guard has not seen as they are now, or with another
// dictionary than the one of a stamp.
func (d *Document) Stale(words string) []Part {
	var all []Part
	for _, p := range d.Parts() {
		if s := d.scanOf(p); s == nil || s.Words != words {
			all = append(all, p)
		}
	}
	return all
}

// Holding gives the findings that keep the document in the house.
func (d *Document) Holding() []Found {
	var all []Found
	for _, p := range d.Parts() {
		if s := d.scanOf(p); s != nil {
			for _, f := range s.Found {
				if f.Holds() {
					f.In = p.Name
					all = append(all, f)
				}
			}
		}
	}
	return all
}

// say gives what a part says, for the guard.
func (d *Document) say(p Part) string {
	switch p.Name {
	case RecordPart:
		says := append([]string{d.Title, d.To, d.Summary}, d.Keywords...)
		if w := d.Forwards; w != nil {
			says = append(says, w.Title, w.Organ)
		}
		return strings.Join(says, "\n")
	case TextPart:
		return d.Text
	case NotePart:
		return d.publicNote()
	}
	return ""
}

// EnterScans keeps what the guard said. What it said of parts that are no longer
// there is left out; what was excused before is excused still, for it is about the
// same content.
type EnterScans struct{ Scans []Scan }

// Event is Scanned.
func (EnterScans) Event() event.Kind { return Scanned }

func (e EnterScans) apply(d *Document, s *Scene) (Entry, error) {
	var all []Scan
	blocks, seen := 0, 0
	for _, p := range d.Parts() {
		old := d.scanOf(p)
		i := slices.IndexFunc(e.Scans, func(c Scan) bool { return c.Part == p.Name && c.Digest == p.Digest })
		if i < 0 || old != nil && old.Words == e.Scans[i].Words {
			if old != nil {
				all = append(all, *old)
			}
			continue
		}
		c := e.Scans[i]
		c.On, c.Found = s.Today, slices.Clone(c.Found)
		for k := range c.Found {
			seen++
			c.Found[k].Ref = "f" + strconv.Itoa(len(d.History)) + "." + strconv.Itoa(seen)
			if c.Found[k].Excuse = old.excuseOf(c.Found[k]); c.Found[k].Holds() {
				blocks++
			}
		}
		all = append(all, c)
	}
	d.Scans = all
	return Entry{Days: blocks}, nil
}

// excuseOf gives why a finding did not matter when the same content was looked at
// before, with another dictionary.
func (c *Scan) excuseOf(f Found) *Excuse {
	if c == nil {
		return nil
	}
	for _, was := range c.Found {
		if was.Rule == f.Rule && was.Says == f.Says && was.Place == f.Place {
			return copyOf(was.Excuse)
		}
	}
	return nil
}

// found gives a finding by its reference.
func (d *Document) found(ref string) *Found {
	for i := range d.Scans {
		for k := range d.Scans[i].Found {
			if d.Scans[i].Found[k].Ref == ref {
				return &d.Scans[i].Found[k]
			}
		}
	}
	return nil
}

// ExcuseFinding says why a finding does not matter here, such as a telephone
// number of the office itself.
type ExcuseFinding struct{ Ref, Reasons string }

// Event is Excused.
func (ExcuseFinding) Event() event.Kind { return Excused }

func (x ExcuseFinding) apply(d *Document, s *Scene) (Entry, error) {
	f, reasons := d.found(x.Ref), strings.TrimSpace(x.Reasons)
	switch {
	case f == nil || !f.Holds():
		return Entry{}, errs.InField("ref", "请选择一条阻止公开的检查结果。")
	case reasons == "":
		return Entry{}, errs.InField("reasons", "请写明为什么可以放行。")
	}
	f.Excuse = &Excuse{By: s.Actor, On: s.Today, Reasons: reasons}
	return Entry{Ref: x.Ref, Code: f.Rule}, nil
}

// ConfirmExcuse is the second person's word.
type ConfirmExcuse struct{ Ref string }

// Event is ExcuseConfirmed.
func (ConfirmExcuse) Event() event.Kind { return ExcuseConfirmed }

func (x ConfirmExcuse) apply(d *Document, s *Scene) (Entry, error) {
	f := d.found(x.Ref)
	switch {
	case f == nil || f.Excuse == nil || f.Excuse.ConfirmedBy != "":
		return Entry{}, errs.InField("ref", "请选择一条已经说明理由、等待确认的检查结果。")
	case f.Excuse.By == s.Actor:
		return Entry{}, errs.InField("ref", "理由由您说明，应当由另一个人确认。")
	}
	done := *f.Excuse
	done.ConfirmedBy = s.Actor
	f.Excuse = &done
	return Entry{Ref: x.Ref, Code: f.Rule}, nil
}
