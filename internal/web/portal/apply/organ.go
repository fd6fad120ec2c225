package apply

import (
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// shownOrgans is how many organs are offered at once; more are found by searching.
const shownOrgans = 60

func (p Apply) organStep() step {
	return step{
		name: intake.StepOrgan, group: 0,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.organ") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.organ-lead") }),
		form:  p.organForm,
		take: func(values url.Values, d *intake.Draft) error {
			d.Organ = values.Get("organ")
			var f errs.Fields
			if d.Organ == "" {
				f.Add("organ", "请选择受理申请的行政机关（条例§27）。")
			}
			return f.Err()
		},
		done: func(r *http.Request, d intake.Draft) error {
			tree, err := p.Organs.Tree(r.Context())
			if err != nil {
				return err
			}
			var f errs.Fields
			if n, ok := tree.Node(d.Organ); !ok || n.Ended || n.Nature == org.Internal {
				f.Add("organ", "请选择受理申请的行政机关（条例§27）。")
			}
			return f.Err()
		},
		more: func(r *http.Request, _ typed, data *stepData) error {
			tree, err := p.Organs.Tree(r.Context())
			if err != nil {
				return err
			}
			all := intake.Public(tree)
			if len(all) <= shownOrgans {
				return nil
			}
			say, words := p.say(r), r.URL.Query().Get("q")
			data.Search = &web.Form{Get: true, Submit: say.T("apply.find"), Fields: []web.Field{
				{Name: "q", Label: say.T("apply.organ-search"), Value: words, MaxLength: 60, Required: true},
			}}
			if r.URL.Query().Has("change") {
				data.Search.Fields = append(data.Search.Fields, web.Field{Kind: web.Hidden, Name: "change", Value: "1"})
			}
			if n := len(found(all, words)); n > shownOrgans {
				data.More = say.T("apply.organ-more", n, shownOrgans)
			}
			return nil
		},
	}
}

func found(all []org.Node, words string) []org.Node {
	terms := web.Terms(words)
	var some []org.Node
	for _, n := range all {
		if web.HasAll(n.Name, terms) {
			some = append(some, n)
		}
	}
	return some
}

func (p Apply) organForm(r *http.Request, t typed) (web.Form, error) {
	say := p.say(r)
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	all := found(intake.Public(tree), r.URL.Query().Get("q"))
	field := web.Field{Kind: web.Radios, Name: "organ", Label: say.T("apply.organ-field"), Value: t.Organ, Required: true}
	for _, n := range all[:min(len(all), shownOrgans)] {
		field.Options = append(field.Options, web.Option{Value: n.ID, Label: n.Name})
	}
	if chosen, ok := tree.Node(t.Organ); ok && !offered(field.Options, t.Organ) {
		field.Options = append([]web.Option{{Value: chosen.ID, Label: chosen.Name}}, field.Options...)
	}
	if len(field.Options) == 0 {
		field.Hint = say.T("apply.organ-none")
	}
	return web.Form{Fields: []web.Field{field}}, nil
}

func offered(options []web.Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}
