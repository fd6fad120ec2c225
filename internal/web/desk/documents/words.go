package documents

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/work"
)

// soonWorkdays is from how many working days before the last day on a document
// looks urgent.
const soonWorkdays = 3

// in gives a word in the page's language.
func in(say *locale.Catalogue, w publish.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

// chosen gives the word for a value of a list, the value itself where there is none.
func chosen(say *locale.Catalogue, value string, from []publish.Choice) string {
	for _, c := range from {
		if c.Value == value {
			return in(say, c.Word)
		}
	}
	return value
}

func options(say *locale.Catalogue, from []publish.Choice) []web.Option {
	var all []web.Option
	for _, c := range from {
		all = append(all, web.Option{Value: c.Value, Label: in(say, c.Word)})
	}
	return all
}

// choose begins a choice with nothing chosen.
func choose(say *locale.Catalogue, all []web.Option) []web.Option {
	return append([]web.Option{{Label: say.T("documents.choose")}}, all...)
}

func statusWord(say *locale.Catalogue, s publish.Status) string { return in(say, s.Words()) }

func statusTone(s publish.Status) string {
	switch s {
	case publish.Published:
		return "green"
	case publish.Suspended:
		return "red"
	case publish.Releasing:
		return "amber"
	case publish.Withdrawn, publish.Withheld, publish.Dropped:
		return "grey"
	}
	return "blue"
}

func opennessWord(say *locale.Catalogue, o publish.Openness) string {
	if o == publish.Unset {
		return say.T("documents.no-attribute")
	}
	return in(say, o.Words())
}

func opennessTone(o publish.Openness) string {
	switch o {
	case publish.Unset:
		return "red"
	case publish.Open:
		return "green"
	case publish.OnRequest, publish.Closed:
	}
	return "grey"
}

func kindWord(say *locale.Catalogue, k publish.Kind) string {
	info, ok := k.Info()
	if !ok {
		return string(k)
	}
	return in(say, info.Word)
}

func subjectWord(id string) string {
	s, ok := law.SubjectByID(id)
	if !ok {
		return id
	}
	return s.Label + s.Text
}

func actWord(say *locale.Catalogue, kind event.Kind) string {
	act, ok := publish.ActOf(kind)
	if !ok {
		return string(kind)
	}
	return in(say, publish.Word{Chinese: act.Chinese, English: act.Do})
}

// left puts the time that a publication has into words, with the tone of the badge.
func left(say *locale.Catalogue, cal *calendar.Calendar, today, due calendar.Date) (text, tone string) {
	l := work.Until(cal, today, due, soonWorkdays)
	if tone = string(l.Tone); tone == "" {
		tone = "green"
	}
	return course.Left(say, l, due), tone
}

// day gives a day as text has it: 2026年11月22日; "" for none.
func day(say *locale.Catalogue, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, number := d.Civil()
	at := time.Date(year, month, number, 0, 0, 0, 0, time.UTC)
	if say.Lang == locale.English {
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}

// iso gives a day as tables have it; "" for none.
func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
