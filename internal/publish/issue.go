package publish

import (
	"slices"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Issue publishes: the content becomes a version that never changes. Index is given
// with the first publication. Also are channels into which it is sent at once, in its
// own words.
type Issue struct {
	Index string
	Also  []Channel
}

// Event is Issued.
func (Issue) Event() event.Kind { return Issued }

func (i Issue) apply(d *Document, s *Scene) (Entry, error) {
	if d.Index == "" {
		d.Index = i.Index
	}
	from, at := s.Today, s.At
	if !d.Origin.PostedOn.IsZero() && d.PublishedOn.IsZero() {
		from, at = d.Origin.PostedOn, time.Time{} // it stood on the old site since then
	}
	d.closeVersion(s.Today)
	if n := len(d.Versions); n > 0 && d.Draft.Conceal {
		d.Versions[n-1].Concealed, d.Versions[n-1].Hidden = true, d.Draft.Hidden
		d.recallAll()
	}
	d.Versions = append(d.Versions, Version{Content: d.Content.copied(), From: from, Note: d.Draft.Note, By: d.Draft.SignedBy, At: at, Clearance: d.Draft.Clearance, Forwards: copyOf(d.Forwards)})
	d.renew()
	if d.Draft.Note != "" {
		d.Notes = append(d.Notes, Note{s.Today, Correction, d.Draft.Note})
	}
	d.Visibility, d.Down, d.Draft.Was = Public, nil, nil
	if !slices.ContainsFunc(d.Posts, func(p Post) bool { return p.Channel == Portal && p.Until.IsZero() }) {
		d.Posts = append(d.Posts, Post{Ref: d.nextPost(), Channel: Portal, From: from})
	}
	if d.PublishedOn.IsZero() {
		d.PublishedOn = from
	}
	switch {
	case d.Validity.State != "":
	case d.Origin.Force != "":
		d.Validity = Validity{State: d.Origin.Force, On: d.Origin.ForceOn}
	case d.Kind.Normative():
		d.Validity.State = InForce
	}
	return Entry{Ref: d.Index, Code: string(d.Kind)}, nil
}

// closeVersion ends the last version.
func (d *Document) closeVersion(on calendar.Date) {
	if n := len(d.Versions); n > 0 && d.Versions[n-1].Until.IsZero() {
		d.Versions[n-1].Until = on
	}
}
