package requests

import (
	"strconv"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// numbered names the i-th of several fields of a sort.
func numbered(name string, i int) string { return name + "-" + strconv.Itoa(i) }

// dayField asks for a day, today at first.
func (s *scene) dayField(name, label, hint string) web.Field {
	return web.Field{Kind: web.Date, Name: name, Label: label, Hint: hint, Value: s.today.String(), Narrow: true, Required: true}
}

// laterField asks for a last day, so many working days from today at first.
func (s *scene) laterField(name, label, hint string, workdays int) web.Field {
	f := web.Field{Kind: web.Date, Name: name, Label: label, Hint: hint, Narrow: true, Required: true}
	if d, err := s.cal.AddWorkdays(s.today, workdays); err == nil {
		f.Value = d.String()
	}
	return f
}

// howField asks how somebody was reached.
func (s *scene) howField() web.Field {
	return web.Field{Name: "how", Label: s.say.T("requests.how"), Hint: s.say.T("requests.how-hint"), Required: true, MaxLength: 100}
}

// fileField asks for papers.
func (s *scene) fileField(name, label, hint string, required bool) web.Field {
	return web.Field{Kind: web.File, Name: name, Label: label, Hint: hint, Accept: acceptNames, Multiple: true, Required: required}
}

// unknownOr offers also that nothing was said.
func unknownOr(say *locale.Catalogue, all []web.Option) []web.Option {
	return append([]web.Option{{Label: say.T("requests.unsaid")}}, all...)
}

// refField asks which of several is meant; one alone is shown and sent along.
func (s *scene) refField(label string, all []web.Option, chosen string) []web.Field {
	if len(all) == 1 {
		return []web.Field{{Kind: web.Hidden, Name: "ref", Value: all[0].Value}, {Kind: web.Fact, Label: label, Value: all[0].Label}}
	}
	return []web.Field{{Kind: web.Radios, Name: "ref", Label: label, Options: all, Value: chosen, Required: true}}
}

// ref reads which one is meant.
func (v *values) ref() string { return v.Must("ref", "请选择是哪一次。") }

// partyFields ask who somebody is; those of several have a number behind.
func partyFields(say *locale.Catalogue, suffix string) []web.Field {
	return []web.Field{
		{Kind: web.Select, Name: "kind" + suffix, Label: say.T("requests.kind"), Hint: say.T("requests.kind-hint"), Options: append([]web.Option{{Label: say.T("requests.choose")}}, kindOptions()...), Required: true},
		{Name: "name" + suffix, Label: say.T("requests.name"), Hint: say.T("requests.name-hint"), MaxLength: 60, Autocomplete: "off", Beside: true},
		{Name: "organisation" + suffix, Label: say.T("requests.organisation"), MaxLength: 120, Autocomplete: "off", Beside: true},
		{Name: "credit_code" + suffix, Label: say.T("requests.credit-code"), MaxLength: 18, Autocomplete: "off", Beside: true},
		{Name: "id-number" + suffix, Label: say.T("requests.id-number"), MaxLength: 18, Autocomplete: "off", Beside: true},
		{Name: "other" + suffix, Label: say.T("requests.other-id"), MaxLength: 100, Autocomplete: "off", Beside: true},
		{Kind: web.Tel, Name: "phone" + suffix, Label: say.T("requests.phone"), MaxLength: 30, Autocomplete: "off", Beside: true},
		{Kind: web.Email, Name: "email" + suffix, Label: say.T("requests.email"), MaxLength: 120, Autocomplete: "off", Beside: true},
		{Name: "address" + suffix, Label: say.T("requests.address"), MaxLength: 200, Autocomplete: "off"},
	}
}

// thirdFields ask who a third party is, and where the letter goes.
func thirdFields(say *locale.Catalogue) []web.Field {
	return []web.Field{
		{Kind: web.Select, Name: "kind", Label: say.T("requests.third-kind"), Options: append([]web.Option{{Label: say.T("requests.choose")}}, kindOptions()...), Required: true},
		{Name: "organisation", Label: say.T("requests.organisation"), MaxLength: 120, Autocomplete: "off", Beside: true},
		{Name: "name", Label: say.T("requests.third-name"), MaxLength: 60, Autocomplete: "off", Beside: true},
		{Kind: web.Tel, Name: "phone", Label: say.T("requests.phone"), MaxLength: 30, Autocomplete: "off", Beside: true},
		{Name: "address", Label: say.T("requests.address"), Hint: say.T("requests.third-address-hint"), MaxLength: 200, Autocomplete: "off"},
		{Kind: web.Email, Name: "email", Label: say.T("requests.email"), MaxLength: 120, Autocomplete: "off"},
	}
}

// party reads who somebody is. A natural person has no organisation; what else
// is told of anybody is sealed.
func (v *values) party(suffix string, role foi.Role) (foi.Party, foi.Facts) {
	p := foi.Party{Role: role, Kind: v.Must("kind"+suffix, "请选择类别，年报表3按它统计。")}
	if !p.Natural() {
		p.Organisation, p.CreditCode = v.Text("organisation"+suffix), v.Text("credit_code"+suffix)
	}
	facts := foi.Facts{}
	for _, kind := range partyData() {
		value := v.Text(string(kind) + suffix)
		if value == "" {
			continue
		}
		facts[kind] = value
		if err := kind.Check(kind.Normal(value)); err != nil {
			v.Wrong.Add(string(kind)+suffix, "%s", errs.Public(err))
		}
	}
	return p, facts
}
