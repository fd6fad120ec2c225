package apply

import (
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/intake"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

func kindWords(say *locale.Catalogue, id string) string {
	return map[string]string{
		"C1": say.T("apply.kind-c1"), "C2": say.T("apply.kind-c2"), "C3": say.T("apply.kind-c3"),
		"C4": say.T("apply.kind-c4"), "C5": say.T("apply.kind-c5"), "C6": say.T("apply.kind-c6"),
	}[id]
}

func kindOptions(say *locale.Catalogue) []web.Option {
	hints := map[string]string{
		"C2": say.T("apply.kind-c2-hint"), "C3": say.T("apply.kind-c3-hint"), "C4": say.T("apply.kind-c4-hint"), "C5": say.T("apply.kind-c5-hint"), "C6": say.T("apply.kind-c6-hint"),
	}
	var all []web.Option
	for _, k := range law.ApplicantKinds() {
		all = append(all, web.Option{Value: k.ID, Label: kindWords(say, k.ID), Hint: hints[k.ID]})
	}
	return all
}

func (p Apply) kindStep() step {
	return step{
		name: intake.StepKind, group: 1,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.kind") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.kind-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			return web.Form{Fields: []web.Field{{Kind: web.Radios, Name: "kind", Label: say.T("apply.kind-field"), Options: kindOptions(say), Value: t.Who.Kind, Required: true}}}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			d.Who.Kind = values.Get("kind")
			for _, k := range law.ApplicantKinds() {
				if k.ID == d.Who.Kind {
					return nil
				}
			}
			d.Who.Kind = ""
			var f errs.Fields
			f.Add("kind", "请选择申请人类别。")
			return f.Err()
		},
	}
}

func (p Apply) whoStep() step {
	return step{
		name: intake.StepWho, group: 1,
		title: func(say *locale.Catalogue, d intake.Draft) string {
			if d.Who.Natural() {
				return say.T("apply.who")
			}
			return say.T("apply.who-body")
		},
		lead: always(func(say *locale.Catalogue) string { return say.T("apply.who-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			if t.Who.Natural() {
				return web.Form{Fields: naturalFields(say, "", t.Who)}, nil
			}
			return web.Form{Fields: bodyFields(say, t.Who)}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			who := person(values, "")
			who.Kind = d.Who.Kind
			d.Who = who.Plain()
			return d.Who.Check("")
		},
	}
}

// person reads a person from a form.
func person(values url.Values, prefix string) intake.Person {
	v := func(name string) string { return values.Get(prefix + name) }
	return intake.Person{
		Kind: v("kind"), Name: v("name"), Paper: v("paper"), IDNumber: v("id-number"), PaperNumber: v("paper-number"),
		Organisation: v("organisation"), CreditCode: v("credit-code"), Phone: v("phone"),
	}
}

func naturalFields(say *locale.Catalogue, prefix string, who intake.Person) []web.Field {
	paper := who.Paper
	if paper == "" {
		paper = intake.IdentityCard
	}
	return []web.Field{
		{Name: prefix + "name", Label: say.T("apply.name"), Hint: say.T("apply.name-hint"), Value: who.Name, Required: true, Autocomplete: "name", MaxLength: 100},
		{Kind: web.Select, Name: prefix + "paper", Label: say.T("apply.paper-kind"), Options: options(say, intake.Papers()), Value: paper, Required: true},
		{Name: prefix + "id-number", Label: say.T("apply.id-number"), Hint: say.T("apply.id-number-hint"), Value: who.IDNumber, Required: true, MaxLength: 24, Autocomplete: "off"},
		{Name: prefix + "paper-number", Label: say.T("apply.paper-number"), Hint: say.T("apply.paper-number-hint"), Value: who.PaperNumber, MaxLength: 60, Autocomplete: "off"},
	}
}

func bodyFields(say *locale.Catalogue, who intake.Person) []web.Field {
	return []web.Field{
		{Name: "organisation", Label: say.T("apply.organisation"), Hint: say.T("apply.organisation-hint"), Value: who.Organisation, Required: true, Autocomplete: "organization", MaxLength: 200},
		{Name: "credit-code", Label: say.T("apply.credit-code"), Hint: say.T("apply.credit-code-hint"), Value: who.CreditCode, Required: true, MaxLength: 24, Autocomplete: "off"},
		{Name: "paper-number", Label: say.T("apply.other-paper"), Hint: say.T("apply.other-paper-hint"), Value: who.PaperNumber, MaxLength: 100, Autocomplete: "off"},
		{Name: "name", Label: say.T("apply.contact-person"), Value: who.Name, Autocomplete: "name", MaxLength: 100},
	}
}

func (p Apply) contactStep() step {
	return step{
		name: intake.StepContact, group: 1,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.contact") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.contact-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			return web.Form{Fields: []web.Field{
				{Kind: web.Tel, Name: "phone", Label: say.T("apply.phone"), Hint: say.T("apply.phone-hint"), Value: t.Reach.Phone, Autocomplete: "tel", MaxLength: 30, Narrow: true},
				{Kind: web.Email, Name: "email", Label: say.T("apply.email"), Value: t.Reach.Email, Autocomplete: "email", MaxLength: 200},
				{Name: "address", Label: say.T("apply.address"), Hint: say.T("apply.address-hint"), Value: t.Reach.Address, Autocomplete: "street-address", MaxLength: 200},
			}}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			d.Reach = intake.Reach{Phone: values.Get("phone"), Email: values.Get("email"), Address: values.Get("address")}.Plain()
			return d.Reach.Check()
		},
	}
}
