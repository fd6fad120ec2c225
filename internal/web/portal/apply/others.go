package apply

import (
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

func (p Apply) othersStep() step {
	return step{
		name: intake.StepOthers, group: 1,
		title: always(func(say *locale.Catalogue) string { return say.T("apply.others") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.others-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			var chosen []string
			if t.Others.Joins {
				chosen = append(chosen, "joint")
			}
			if t.Others.Acts {
				chosen = append(chosen, "agent")
			}
			return web.Form{Fields: []web.Field{{Kind: web.Checks, Name: "others", Label: say.T("apply.others-field"), Values: chosen, Options: []web.Option{
				{Value: "joint", Label: say.T("apply.others-joint"), Hint: say.T("apply.others-joint-hint")},
				{Value: "agent", Label: say.T("apply.others-agent"), Hint: say.T("apply.others-agent-hint")},
			}}}}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			d.Others.Told, d.Others.Joins, d.Others.Acts = true, slices.Contains(values["others"], "joint"), slices.Contains(values["others"], "agent")
			return nil
		},
	}
}

func (p Apply) jointStep() step {
	return step{
		name: intake.StepJoint, group: 1, again: more,
		skip:  func(d intake.Draft) bool { return !d.Others.Joins },
		title: always(func(say *locale.Catalogue) string { return say.T("apply.joint") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.joint-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			form := web.Form{Fields: []web.Field{
				{Kind: web.Select, Name: "joint-kind", Label: say.T("apply.kind-field"), Options: kindOptions(say), Value: "C1", Required: true},
				{Name: "joint-name", Label: say.T("apply.joint-name"), Required: true, MaxLength: 200},
				{Name: "joint-number", Label: say.T("apply.joint-number"), Hint: say.T("apply.joint-number-hint"), Required: true, MaxLength: 60, Autocomplete: "off"},
				{Kind: web.Tel, Name: "joint-phone", Label: say.T("apply.phone"), MaxLength: 30, Narrow: true},
				{Kind: web.Check, Name: "more", Label: say.T("apply.joint-more")},
			}}
			return form, nil
		},
		take: takeJoint,
		more: func(r *http.Request, t typed, data *stepData) error {
			for i, j := range t.Others.Joint {
				data.Joint = append(data.Joint, jointLine{i, j.Name + j.Organisation})
			}
			if len(t.Others.Joint) > 0 {
				data.On = Path + "/check"
				if t.Next() != intake.StepCheck {
					data.On = p.after(p.jointStep(), t.Draft)
				}
			}
			return nil
		},
	}
}

// takeJoint adds one who joins in. Nothing typed, with somebody there already, is
// no mistake: they are all.
func takeJoint(values url.Values, d *intake.Draft) error {
	name, number := values.Get("joint-name"), values.Get("joint-number")
	if name == "" && number == "" && len(d.Others.Joint) > 0 {
		return nil
	}
	if len(d.Others.Joint) >= intake.MaxJoint {
		return errs.New(errs.TooMany, "共同申请人最多填写%d名；更多的，请写在描述里，并附名单。", intake.MaxJoint)
	}
	one := intake.Person{Kind: values.Get("joint-kind"), Phone: values.Get("joint-phone")}
	if one.Natural() {
		one.Name, one.IDNumber = name, number
	} else {
		one.Organisation, one.CreditCode = name, number
	}
	one = one.Plain()
	if err := one.Check(""); err != nil {
		return renamed(err, map[string]string{
			"name": "joint-name", "organisation": "joint-name", "id-number": "joint-number", "credit-code": "joint-number", "kind": "joint-kind", "phone": "joint-phone",
		})
	}
	d.Others.Joint = append(d.Others.Joint, one)
	return nil
}

// renamed gives an error with its fields under other names.
func renamed(err error, names map[string]string) error {
	var f errs.Fields
	for _, field := range errs.FieldsOf(err) {
		if to, ok := names[field.Name]; ok {
			field.Name = to
		}
		f = append(f, field)
	}
	if len(f) == 0 {
		return err
	}
	return f.Err()
}

func (p Apply) agentStep() step {
	return step{
		name: intake.StepAgent, group: 1, upload: true, files: "authority",
		skip:  func(d intake.Draft) bool { return !d.Others.Acts },
		title: always(func(say *locale.Catalogue) string { return say.T("apply.agent") }),
		lead:  always(func(say *locale.Catalogue) string { return say.T("apply.agent-lead") }),
		form: func(r *http.Request, t typed) (web.Form, error) {
			say := p.say(r)
			fields := naturalFields(say, "agent-", t.Others.Agent)
			fields = append(fields,
				web.Field{Kind: web.Tel, Name: "agent-phone", Label: say.T("apply.phone"), Value: t.Others.Agent.Phone, Required: true, MaxLength: 30, Narrow: true},
				web.Field{Kind: web.File, Name: "file", Label: say.T("apply.authority"), Hint: say.T("apply.file-hint", intake.MaxFile>>20), Accept: accept, Required: len(t.Of("authority")) == 0},
			)
			return web.Form{Fields: fields}, nil
		},
		take: func(values url.Values, d *intake.Draft) error {
			agent := person(values, "agent-")
			agent.Kind = "C1"
			d.Others.Agent = agent.Plain()
			return d.Others.Agent.Check("agent-")
		},
		done: func(_ *http.Request, d intake.Draft) error {
			var f errs.Fields
			if len(d.Of("authority")) == 0 {
				f.Add("file", "委托他人代为申请的，请附授权委托书。")
			}
			return f.Err()
		},
		more: func(_ *http.Request, t typed, data *stepData) error {
			data.Files = fileLines(t.Of("authority"))
			return nil
		},
	}
}
