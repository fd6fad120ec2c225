package desk

import (
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/notify"
	"gongkai/internal/web"
)

// meNoticesData is how somebody wants to be told.
type meNoticesData struct {
	Hints []string // channels without an address
	Form  web.Form
}

var meNoticesTemplate = web.Define[meNoticesData]("desk/me_notices")

func channelWord(say *locale.Catalogue, c notify.Channel) string {
	if c == notify.SMS {
		return say.T("notice.sms")
	}
	return say.T("notice.mail")
}

func (p Notices) choices(r *http.Request) (meNoticesData, error) {
	say := p.Kit.Say(r)
	ways, err := p.Office.Ways(r.Context(), web.Actor(r))
	data := meNoticesData{Form: web.Form{Submit: say.T("me.save"), Cancel: "/desk/me"}}
	for _, w := range ways {
		if !w.Offered {
			continue
		}
		word := channelWord(say, w.Channel)
		if !w.Address {
			data.Hints = append(data.Hints, say.T("notice.no-address", word))
		}
		data.Form.Fields = append(data.Form.Fields, choiceFields(say, string(w.Channel), word, w.Choice)...)
	}
	return data, err
}

func choiceFields(say *locale.Catalogue, name, word string, c notify.Choice) []web.Field {
	when := "now"
	if c.Daily {
		when = "daily"
	}
	return []web.Field{
		{Kind: web.Section, Name: name + "-section", Label: word},
		{Kind: web.Check, Name: name, Label: say.T("notice.enabled", word), Value: ticked(c.Enabled)},
		{Kind: web.Radios, Name: name + "-when", Label: say.T("notice.when"), Required: true, Value: when, Options: []web.Option{
			{Value: "now", Label: say.T("notice.at-once")}, {Value: "daily", Label: say.T("notice.daily"), Hint: say.T("notice.daily-hint")},
		}},
		{Kind: web.TimeOfDay, Name: name + "-digest", Label: say.T("notice.digest"), Narrow: true, Value: c.Digest.String()},
		{Kind: web.TimeOfDay, Name: name + "-from", Label: say.T("notice.quiet-from"), Hint: say.T("notice.quiet-hint"), Narrow: true, Required: true, Value: c.QuietFrom.String()},
		{Kind: web.TimeOfDay, Name: name + "-until", Label: say.T("notice.quiet-until"), Narrow: true, Required: true, Value: c.QuietUntil.String()},
		{Kind: web.Check, Name: name + "-wake", Label: say.T("notice.wake"), Value: ticked(c.Wake)},
	}
}

func ticked(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}

func (p Notices) askChoices(w http.ResponseWriter, r *http.Request) error {
	data, err := p.choices(r)
	if err != nil {
		return err
	}
	return meNoticesTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("notice.choose"), data)
}

func (p Notices) choose(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data, err := p.choices(r)
	if err != nil {
		return err
	}
	choices, err := readChoices(values, p.Office.Offered())
	if err == nil {
		err = p.Office.Choose(r.Context(), web.Actor(r), choices)
	}
	if err != nil {
		data.Form.Fill(values)
		if !data.Form.Fail(err) {
			return err
		}
		return meNoticesTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("notice.choose"), data)
	}
	return p.Kit.Done(w, r, "/desk/me", say.T("notice.chosen"))
}

func readChoices(v url.Values, channels []notify.Channel) (map[notify.Channel]notify.Choice, error) {
	all := map[notify.Channel]notify.Choice{}
	var f errs.Fields
	for _, channel := range channels {
		name := string(channel)
		read := func(field string) notify.Clock {
			c, err := notify.ParseClock(v.Get(name + field))
			if err != nil {
				f.Add(name+field, "%s", errs.Public(err))
			}
			return c
		}
		c := notify.Choice{Enabled: v.Get(name) != "", Daily: v.Get(name+"-when") == "daily", Wake: v.Get(name+"-wake") != ""}
		if c.Daily {
			c.Digest = read("-digest")
		}
		c.QuietFrom, c.QuietUntil = read("-from"), read("-until")
		all[channel] = c
	}
	return all, f.Err()
}
