package documents

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/publish"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// neighbour is a document that has to do with this one.
type neighbour struct{ Kind, Name, Path string }

// nameOf names another document to somebody who may see it in the house, with its
// page; to others as everybody reads it.
func (p Pages) nameOf(ctx context.Context, actor account.Actor, id string) (name, page string, err error) {
	d, err := p.Desk.Document(ctx, actor, id)
	if err == nil {
		return d.Name(), path(id), nil
	}
	if kind := errs.KindOf(err); kind != errs.Forbidden && kind != errs.NotFound {
		return "", "", err
	}
	n, err := p.Desk.Notice(ctx, id)
	if err != nil {
		return "—", "", nil
	}
	return strings.TrimSpace(n.Number + " " + n.Title), "", nil
}

// addLinks lists what this document has to do with others, and others with it.
func (v *view) addLinks(data *showData) error {
	ctx, d := v.r.Context(), v.document
	add := func(kind, id string) error {
		name, page, err := v.p.nameOf(ctx, v.actor, id)
		data.Links = append(data.Links, neighbour{kind, name, page})
		return err
	}
	for _, l := range d.Links {
		if err := add(choice.Word(v.say, string(l.Kind), publish.LinkKinds()), l.To); err != nil {
			return err
		}
	}
	if d.Validity.Instead != "" {
		if err := add(v.say.T("documents.instead"), d.Validity.Instead); err != nil {
			return err
		}
	}
	back, err := v.p.Desk.Store.Linked(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, n := range back {
		if err := add(v.say.In(n.Kind.Reverse()), n.ID); err != nil {
			return err
		}
	}
	return nil
}

// addTimeline puts what has happened into words, the latest first, below the last day
// if it is open.
func (v *view) addTimeline(data *showData) error {
	strangers := map[string]string{event.System: v.say.T("documents.by-system")}
	past, err := deed.Past(v.r.Context(), v.p.History, v.p.Names, publish.Subject(v.document.ID), strangers, v.moment)
	if data.Limit.Last != "" {
		data.Timeline = append(data.Timeline, deed.Moment{Time: course.ISO(v.document.Due), Text: v.say.T("documents.due"), Note: data.Left, Tone: "todo"})
	}
	data.Timeline = append(data.Timeline, past...)
	return err
}

// moment puts an event into words.
func (v *view) moment(e event.Event, m deed.Moment) (deed.Moment, bool) {
	act, ok := publish.ActOf(e.Kind)
	var entry publish.Entry
	if !ok || json.Unmarshal(e.Data, &entry) != nil {
		return m, false
	}
	m.Text, m.Cite = v.say.In(publish.Word{Chinese: act.Chinese, English: act.Done}), citeOf(entry)
	year, month, number := e.At.Date()
	var all []string
	for _, text := range []string{v.codeWord(entry), v.daysWord(entry)} {
		if text != "" {
			all = append(all, text)
		}
	}
	switch {
	case entry.Until.IsZero():
	case e.Kind == publish.RevisionBegun || e.Kind == publish.Reopened:
		if entry.Until != entry.On {
			all = append(all, v.say.T("documents.changed-day", entry.Until.String()))
		}
	default:
		all = append(all, v.say.T("documents.set-day", entry.Until.String()))
	}
	if !entry.On.IsZero() && entry.On != calendar.On(year, month, number) {
		all = append(all, v.say.T("documents.as-of", entry.On.String()))
	}
	if entry.Late > 0 {
		all, m.Tone = append(all, v.say.T("documents.late-by", entry.Late)), "red"
	}
	if e.Kind == publish.Issued && m.Tone == "" {
		m.Tone = "green"
	}
	m.Note = strings.Join(all, " · ")
	return m, true
}

// citeOf gives the article of what happened; drafts go back from several desks, each
// under its own.
func citeOf(e publish.Entry) string {
	for _, t := range publish.Table() {
		if t.Event == e.Event && (e.Event != publish.Returned || slices.Contains(t.From, publish.Status(e.Code))) {
			return t.Cite
		}
	}
	return ""
}

// daysWord tells of how many an entry speaks.
func (v *view) daysWord(e publish.Entry) string {
	switch {
	case e.Event == publish.Cleared:
		return v.say.T("documents.parts-cleared", e.Days)
	case e.Event == publish.Scanned && e.Days > 0:
		return v.say.T("documents.findings-block", e.Days)
	case e.Event == publish.Scanned:
		return v.say.T("documents.nothing-found")
	}
	return ""
}

// codeWord puts the code of an entry into words, by what happened.
func (v *view) codeWord(e publish.Entry) string {
	switch e.Event {
	case publish.Drafted, publish.Edited, publish.Submitted, publish.Checked, publish.Signed:
		return opennessWord(v.say, publish.Openness(e.Code))
	case publish.Returned:
		return statusWord(v.say, publish.Status(e.Code))
	case publish.Issued:
		return e.Ref
	case publish.Posted, publish.Unposted, publish.Sent, publish.Reworded, publish.ReleasedDraft, publish.Resent, publish.RecallAsked, publish.Arrived, publish.Stranded, publish.TakenBack:
		return choice.Word(v.say, e.Code, publish.Channels())
	case publish.Carried:
		return choice.Word(v.say, e.Code, publish.Legs())
	case publish.ValidityChanged, publish.Expired, publish.ForceCame:
		return choice.Word(v.say, e.Code, publish.Forces())
	case publish.ConsentAsked:
		return choice.Word(v.say, e.Code, publish.ConsentKinds())
	case publish.Linked, publish.Unlinked:
		return choice.Word(v.say, e.Code, publish.LinkKinds())
	case publish.Determined:
		if e.Code == string(publish.MayOpen) {
			return v.say.T("documents.may-open")
		}
		return v.say.T("documents.must-keep")
	case publish.ConsentGiven:
		if e.Code == "agrees" {
			return v.say.T("documents.agrees")
		}
		return v.say.T("documents.objects")
	}
	return ""
}
