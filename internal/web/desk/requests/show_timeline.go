package requests

import (
	"encoding/json"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// addTimeline puts what has happened into words, the latest first, below the last
// days that are open.
func (v *view) addTimeline(d *caseData) error {
	strangers := map[string]string{event.Public: v.say.T("requests.by-applicant"), event.System: v.say.T("requests.by-system")}
	past, err := deed.Past(v.r.Context(), v.p.History, v.p.Names, foi.Subject(v.request.ID), strangers, v.moment)
	if !v.request.Due.IsZero() {
		d.Timeline = append(d.Timeline, deed.Moment{Time: course.ISO(v.request.Due), Text: v.say.T("requests.reply-due"), Note: d.Left, Tone: "todo"})
	}
	d.Timeline = append(d.Timeline, past...)
	return err
}

// moment puts an event into words. Of personal data only that somebody saw them
// whole is told here; that they were sealed is no news.
func (v *view) moment(e event.Event, m deed.Moment) (deed.Moment, bool) {
	if e.Kind == "personal.revealed" {
		var told struct{ Reason string }
		if err := json.Unmarshal(e.Data, &told); err != nil {
			return m, false
		}
		m.Text, m.Note, m.Tone = v.say.T("requests.revealed"), told.Reason, "todo"
		return m, true
	}
	if file, ok := foi.FileMeaning(e.Kind); ok {
		return v.fileMoment(m, e, file), true
	}
	act, ok := foi.ActOf(e.Kind)
	var entry foi.Entry
	if !ok || json.Unmarshal(e.Data, &entry) != nil {
		return m, false
	}
	m.Text = v.say.In(foi.Word{Chinese: act.Chinese, English: act.Done})
	if year, month, number := e.At.Date(); entry.On == calendar.On(year, month, number) {
		entry.On = calendar.Date{} // the day that counts is that of the entry
	}
	m.Cite, m.Note = citeOf(e.Kind, entry.Clock), v.entryWords(entry)
	m.For = entry.For
	switch entry.Clock {
	case foi.Pause:
		m.Tone = "amber"
	case foi.Stop:
		m.Tone = "green"
	}
	if entry.Late > 0 {
		m.Tone = "red"
	}
	return m, true
}

// fileMoment tells of a file which sort it is, never its name.
func (v *view) fileMoment(m deed.Moment, e event.Event, file event.Meaning) deed.Moment {
	var told struct{ What string }
	if err := json.Unmarshal(e.Data, &told); err == nil && told.What != "" {
		m.Note = paperWord(v.say, told.What)
	}
	m.Text = v.say.In(foi.Word{Chinese: file.Chinese, English: file.English})
	if e.Kind == foi.FileOpened {
		m.Tone = "todo"
	}
	if e.Kind == foi.PapersErased || e.Kind == foi.OwnErased {
		m.Cite = "个人信息保护法§19"
	}
	return m
}

// citeOf gives the article of a row of the table.
func citeOf(kind event.Kind, clock foi.Effect) string {
	for _, t := range foi.Table() {
		if t.Event == kind && (t.Clock == clock || clock == foi.None) {
			return t.Cite
		}
	}
	return ""
}

// entryWords tells what counts in law of something that happened.
func (v *view) entryWords(e foi.Entry) string {
	var all []string
	add := func(text string) {
		if text != "" {
			all = append(all, text)
		}
	}
	add(v.codeWord(e))
	if e.Organ != "" {
		add(v.organName(e.Organ))
	}
	if e.Fen > 0 {
		add(v.say.T("requests.yuan", foi.Yuan(e.Fen)))
	}
	if !e.Until.IsZero() {
		add(v.say.T("requests.until-day", e.Until.String()))
	}
	if !e.On.IsZero() {
		add(v.say.T("requests.as-of", e.On.String()))
	}
	if e.Clock != foi.None {
		add(v.say.In(e.Clock.Words()))
	}
	if e.Late > 0 {
		add(v.say.T("requests.late-by", e.Late))
	}
	return strings.Join(all, " · ")
}

// codeWord puts the code of an entry into words, by what happened.
func (v *view) codeWord(e foi.Entry) string {
	switch e.Event {
	case foi.Received, foi.Arrived:
		return channelWord(v.say, foi.Channel(e.Code))
	case foi.Submitted, foi.Signed, foi.Withdrawn, foi.Discontinued, foi.CorrectionLapsed, foi.FeeLapsed:
		return outcomeWord(e.Code)
	case foi.Served, foi.ServedAgain:
		return v.say.In(foi.ServiceWay(e.Code).Words())
	case foi.DisputeFiled:
		return choice.Word(v.say, e.Code, foi.DisputeKinds())
	case foi.DisputeDecided:
		return choice.Word(v.say, e.Code, foi.Results())
	case foi.OpinionGiven:
		return v.standingWord(foi.Standing(e.Code))
	case foi.SearchAnswered:
		if e.Code == "found" {
			return v.say.T("requests.was-found")
		}
		return v.say.T("requests.was-not-found")
	case foi.Delivered:
		if e.Code == "failed" {
			return v.say.T("requests.came-back")
		}
	}
	return ""
}

func (v *view) standingWord(s foi.Standing) string {
	switch s {
	case foi.Agreed:
		return v.say.T("requests.agrees")
	case foi.Objected:
		return v.say.T("requests.objects")
	case foi.Silent:
		return v.say.T("requests.silent")
	case foi.Deemed:
		return v.say.T("requests.deemed")
	case foi.Recalled:
		return v.say.T("requests.recalled")
	}
	return v.say.T("requests.waiting")
}
