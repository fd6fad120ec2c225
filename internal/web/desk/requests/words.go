package requests

import (
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/personal"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/work"
)

// soonWorkdays is from how many working days before the last day on a request
// looks urgent.
const soonWorkdays = 3

// in gives a word in the page's language.
func in(say *locale.Catalogue, w foi.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

// chosen gives the word for a value of a list, the value itself where there is none.
func chosen(say *locale.Catalogue, value string, from []foi.Choice) string {
	for _, c := range from {
		if c.Value == value {
			return in(say, c.Word)
		}
	}
	return value
}

func options(say *locale.Catalogue, from []foi.Choice) []web.Option {
	var all []web.Option
	for _, c := range from {
		all = append(all, web.Option{Value: c.Value, Label: in(say, c.Word)})
	}
	return all
}

func statusWord(say *locale.Catalogue, s foi.Status) string { return in(say, s.Words()) }

// statusTone tells whose turn it is: ours, somebody else's, nobody's.
func statusTone(s foi.Status) string {
	switch s {
	case foi.Correcting, foi.Paying:
		return "blue"
	case foi.Closed, foi.InArchive, foi.Divided:
		return "grey"
	case foi.Unconfirmed, foi.Lapsed, foi.Serving:
		return "amber"
	}
	return "green"
}

// outcomeWord gives the row of table 3 with its group, without the numbers that
// they begin with.
func outcomeWord(id string) string {
	o, _ := law.OutcomeByID(id)
	if _, group, found := strings.Cut(o.Group, "）"); found {
		return group + "：" + outcomeLabel(id)
	}
	return outcomeLabel(id)
}

// outcomeLabel gives the row alone, in few words: the two longest labels are said
// as the reply says them.
func outcomeLabel(id string) string {
	const many = 15
	o, ok := law.OutcomeByID(id)
	if !ok {
		return id
	}
	label := o.Label
	if i := strings.IndexAny(label, ".）"); i >= 0 && i < 12 {
		label = strings.TrimPrefix(strings.TrimPrefix(label[i:], "."), "）")
	}
	label, _, _ = strings.Cut(label, "（")
	if len([]rune(label)) <= many {
		return label
	}
	for _, r := range law.Replies() {
		if r.Outcome == id {
			return r.Chinese
		}
	}
	return label
}

func kindWord(id string) string {
	for _, k := range law.ApplicantKinds() {
		if k.ID == id {
			return k.Label
		}
	}
	return id
}

func channelWord(say *locale.Catalogue, c foi.Channel) string {
	info, ok := c.Info()
	if !ok {
		return string(c)
	}
	return in(say, info.Word)
}

func replyWord(say *locale.Catalogue, code string) string {
	r, ok := law.ReplyByCode(code)
	if !ok {
		return code
	}
	return in(say, foi.Word{Chinese: r.Chinese, English: r.English})
}

func actWord(say *locale.Catalogue, kind event.Kind) string {
	act, ok := foi.ActOf(kind)
	if !ok {
		return string(kind)
	}
	return in(say, foi.Word{Chinese: act.Chinese, English: act.Do})
}

// left puts the time that a request has into words, with the tone of the badge.
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

// partyData are the personal data of a party, in the order of the form.
func partyData() []personal.Kind {
	return []personal.Kind{personal.Name, personal.IDNumber, personal.Other, personal.Phone, personal.Email, personal.Address}
}

func datumWord(say *locale.Catalogue, kind personal.Kind) string {
	switch kind {
	case personal.Name:
		return say.T("requests.name")
	case personal.IDNumber:
		return say.T("requests.id-number")
	case personal.Phone:
		return say.T("requests.phone")
	case personal.Email:
		return say.T("requests.email")
	case personal.Address:
		return say.T("requests.address")
	}
	return say.T("requests.other-id")
}
