package requests

import (
	"strings"

	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/personal"
)

func statusWord(say *locale.Catalogue, s foi.Status) string { return say.In(s.Words()) }

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
	return say.In(info.Word)
}

func replyWord(say *locale.Catalogue, code string) string {
	r, ok := law.ReplyByCode(code)
	if !ok {
		return code
	}
	return say.In(foi.Word{Chinese: r.Chinese, English: r.English})
}

func actWord(say *locale.Catalogue, kind event.Kind) string {
	act, ok := foi.ActOf(kind)
	if !ok {
		return string(kind)
	}
	return say.In(foi.Word{Chinese: act.Chinese, English: act.Do})
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
