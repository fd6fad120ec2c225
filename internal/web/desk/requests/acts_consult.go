package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/personal"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// searchDays is the period for a search that is proposed.
const searchDays = 3

// consultForms are those of asking others and of looking for what is asked.
func consultForms() []form {
	const handle = account.HandleRequests
	return []form{
		{
			Event: foi.ThirdPartyAsked, Slug: "third-party-asked", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.third-party-asked-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(thirdFields(s.say), s.aboutField(), s.dayField("on", s.say.T("requests.sent-on"), s.say.T("requests.sent-on-hint"))), nil
			},
			Deed: func(s *scene, v *values) foi.Deed {
				third, facts := v.party("", foi.IsThirdParty)
				s.facts = facts
				if third.Kind != "" && third.Organisation == "" && facts[personal.Name] == "" {
					v.Wrong.Add("name", "请填写第三方的姓名或者单位名称；意见要向其书面征求（条例§32）。")
				}
				return foi.Consult{Kind: foi.ThirdParty, Third: third, About: v.Must("about", "请写明就哪些内容征求意见（条例§32）。"), On: v.Day("on")}
			},
		},
		organForm(foi.JointMakerAsked, "joint-maker-asked", foi.JointMaker, func(say *locale.Catalogue) string { return say.T("requests.joint-maker-asked-text") }),
		organForm(foi.OrganAsked, "organ-asked", foi.OtherOrgan, func(say *locale.Catalogue) string { return say.T("requests.organ-asked-text") }),
		{
			Event: foi.QuestionReceived, Slug: "question-received", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.question-received-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return append(s.refField(s.say.T("requests.consulted"), s.consulted(), v.Get("ref")), s.dayField("on", s.say.T("requests.got-on"), s.say.T("requests.got-on-hint"))), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.ReceiveQuestion{Ref: v.ref(), On: v.Day("on")} },
		},
		{
			Event: foi.OpinionGiven, Slug: "opinion-given", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.opinion-given-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return append(
					s.refField(s.say.T("requests.consulted"), s.consulted(), v.Get("ref")),
					s.dayField("on", s.say.T("requests.opinion-on"), s.say.T("requests.opinion-on-hint")),
					web.Field{Kind: web.Radios, Name: "agrees", Label: s.say.T("requests.opinion"), Required: true, Options: []web.Option{
						{Value: "yes", Label: s.say.T("requests.agrees")}, {Value: "no", Label: s.say.T("requests.objects"), Hint: s.say.T("requests.objects-hint")},
					}},
					web.Field{Kind: web.TextArea, Name: "reasons", Label: s.say.T("requests.opinion-reasons"), Rows: 3, MaxLength: foi.MaxText},
				), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				agrees := v.Must("agrees", "请选择对方是否同意公开。") == "yes"
				if !agrees && v.Text("reasons") == "" {
					v.Wrong.Add("reasons", "不同意公开的，请写明对方的理由；理由是否合理由本机关判断（条例§32）。")
				}
				return foi.GiveOpinion{Ref: v.ref(), On: v.Day("on"), Agrees: agrees, Reasons: v.Text("reasons")}
			},
		},
		{
			Event: foi.QuestionWithdrawn, Slug: "question-withdrawn", Right: handle, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("requests.question-withdrawn-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return s.refField(s.say.T("requests.consulted"), s.consulted(), v.Get("ref")), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.WithdrawQuestion{Ref: v.ref()} },
		},
		{
			Event: foi.SearchAsked, Slug: "search-asked", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.search-asked-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				organs := choice.Organs(s.tree, []account.Place{{Organ: s.request.Organ, Below: true}})
				return []web.Field{
					{Kind: web.Select, Name: "organ", Label: s.say.T("requests.searcher"), Hint: s.say.T("requests.searcher-hint"), Options: organs, Required: true},
					{Kind: web.TextArea, Name: "what", Label: s.say.T("requests.search-what"), Hint: s.say.T("requests.search-what-hint"), Rows: 4, MaxLength: foi.MaxText, Value: s.request.Ask.Text, Required: true},
					s.laterField("until", s.say.T("requests.search-until"), "", searchDays),
				}, nil
			},
			Deed: func(s *scene, v *values) foi.Deed {
				organ := v.Text("organ")
				if organ != s.request.Organ && !s.tree.Below(organ, s.request.Organ) {
					v.Wrong.Add("organ", "请选择本机关，或者本机关的内设机构、下级机关。")
				}
				return foi.AskSearch{Organ: organ, What: v.Must("what", "请写明要查找什么（条例§36.4）。"), Until: v.Day("until")}
			},
		},
	}
}

// organForm is the form by which another organ is asked.
func organForm(happens event.Kind, slug string, kind foi.Consulted, text func(*locale.Catalogue) string) form {
	return form{
		Event: happens, Slug: slug, Right: account.HandleRequests, Text: text,
		Fields: func(s *scene, _ *values) ([]web.Field, error) {
			return []web.Field{
				{Name: "organ", Label: s.say.T("requests.asked-organ"), Hint: s.say.T("requests.asked-organ-hint"), MaxLength: 120, Required: true},
				s.aboutField(), s.dayField("on", s.say.T("requests.sent-on"), s.say.T("requests.sent-on-hint")),
			}, nil
		},
		Deed: func(_ *scene, v *values) foi.Deed {
			return foi.Consult{Kind: kind, Organ: v.Text("organ"), About: v.Must("about", "请写明就哪些内容征求意见。"), On: v.Day("on")}
		},
	}
}

func (s *scene) aboutField() web.Field {
	return web.Field{Kind: web.TextArea, Name: "about", Label: s.say.T("requests.about"), Hint: s.say.T("requests.about-hint"), Rows: 3, MaxLength: foi.MaxText, Required: true}
}

// consulted are the consultations that wait for an answer; where none does, all:
// the form then says which article stands against it.
func (s *scene) consulted() []web.Option {
	var open, all []web.Option
	for _, c := range s.request.Consultations {
		o := web.Option{Value: c.Ref, Label: s.whom(c)}
		all = append(all, o)
		if c.AnsweredOn.IsZero() && c.WithdrawnOn.IsZero() {
			open = append(open, o)
		}
	}
	if len(open) > 0 {
		return open
	}
	return all
}

// whom names who was consulted, persons only by what they are.
func (s *scene) whom(c foi.Consultation) string { return consultedName(s.say, s.request, c) }

func consultedName(say *locale.Catalogue, r foi.Request, c foi.Consultation) string {
	name := c.Organ
	if c.Kind == foi.ThirdParty {
		third, _ := r.Party(c.Party)
		if name = third.Organisation; name == "" {
			name = say.T("requests.third-person", c.Party)
		}
	}
	return say.T("requests.asked-whom", name, course.ISO(c.SentOn))
}
