package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// disputeForms are those of reconsiderations and suits.
func disputeForms() []form {
	const handle = account.HandleRequests
	return []form{
		{
			Event: foi.DisputeFiled, Slug: "dispute-filed", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.dispute-filed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Kind: web.Radios, Name: "kind", Label: s.say.T("requests.dispute-kind"), Hint: s.reviewFirst(), Options: choice.Of(s.say, foi.DisputeKinds()), Required: true},
					{Name: "body", Label: s.say.T("requests.dispute-body"), MaxLength: 120, Required: true},
					{Name: "number", Label: s.say.T("requests.dispute-number"), MaxLength: 60, Narrow: true},
					s.dayField("on", s.say.T("requests.filed-on"), s.say.T("requests.filed-on-hint")),
					{Kind: web.Check, Name: "simple", Label: s.say.T("requests.simple"), Hint: s.say.T("requests.simple-hint")},
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.FileDispute{Kind: foi.DisputeKind(v.Text("kind")), Body: v.Text("body"), Number: v.Text("number"), Simple: v.Yes("simple"), On: v.Day("on")}
			},
		},
		{
			Event: foi.DisputeAnswered, Slug: "dispute-answered", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.dispute-answered-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return append(s.refField(s.say.T("requests.dispute"), s.disputes(), v.Get("ref")), s.dayField("on", s.say.T("requests.answered-on"), "")), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.AnswerDispute{Ref: v.ref(), On: v.Day("on")} },
		},
		{
			Event: foi.DisputeDecided, Slug: "dispute-decided", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.dispute-decided-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				var results []web.Option
				for _, o := range choice.Of(s.say, foi.Results()) {
					if o.Value != string(foi.Undecided) {
						results = append(results, o)
					}
				}
				return append(
					s.refField(s.say.T("requests.dispute"), s.disputes(), v.Get("ref")),
					s.dayField("on", s.say.T("requests.decided-on"), s.say.T("requests.decided-on-hint")),
					web.Field{Kind: web.Radios, Name: "result", Label: s.say.T("requests.result"), Hint: s.say.T("requests.result-hint"), Options: results, Required: true},
					web.Field{Kind: web.Check, Name: "order", Label: s.say.T("requests.order"), Hint: s.say.T("requests.order-hint")},
					web.Field{Kind: web.Date, Name: "until", Label: s.say.T("requests.order-until"), Hint: s.say.T("requests.order-until-hint"), Narrow: true},
				), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.DecideDispute{Ref: v.ref(), On: v.Day("on"), Result: foi.Result(v.Text("result")), Order: v.Yes("order"), Until: v.DayOrNone("until")}
			},
		},
		{
			Event: foi.DisputeAppealed, Slug: "dispute-appealed", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.dispute-appealed-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				return append(
					s.refField(s.say.T("requests.dispute"), s.judgments(), v.Get("ref")),
					web.Field{Name: "body", Label: s.say.T("requests.appeal-body"), MaxLength: 120, Required: true},
					web.Field{Name: "number", Label: s.say.T("requests.dispute-number"), MaxLength: 60, Narrow: true},
					s.dayField("on", s.say.T("requests.appealed-on"), s.say.T("requests.appealed-on-hint")),
				), nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.AppealDispute{Ref: v.ref(), Body: v.Text("body"), Number: v.Text("number"), On: v.Day("on")}
			},
		},
		{
			Event: foi.Reopened, Slug: "reopened", Right: handle, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.reopened-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.Reopen{} },
		},
	}
}

// reviewFirst says that this reply can be sued over only after a reconsideration,
// where that is so.
func (s *scene) reviewFirst() string {
	d, ok := s.request.Decision()
	o, known := law.OutcomeByID(d.Outcome)
	if !ok || !known {
		return ""
	}
	year, month, number := d.SignedOn.Civil()
	if o.RemedyOn(year, month, number) != law.ReviewFirst {
		return ""
	}
	return s.say.T("requests.review-first")
}

// disputes are those that are pending; where none is, all.
// judgments gives the suits that can be appealed; all disputes where there is none, for
// the deed to say why not.
func (s *scene) judgments() []web.Option {
	var all []web.Option
	for _, x := range s.request.Disputes {
		if x.Appealable() {
			all = append(all, s.disputeOption(x))
		}
	}
	if len(all) == 0 {
		return s.disputes()
	}
	return all
}

func (s *scene) disputeOption(x foi.Dispute) web.Option {
	return web.Option{Value: x.Ref, Label: choice.Word(s.say, string(x.Kind), foi.DisputeKinds()) + " · " + x.Body + " · " + course.ISO(x.FiledOn)}
}

func (s *scene) disputes() []web.Option {
	var open, all []web.Option
	for _, x := range s.request.Disputes {
		o := s.disputeOption(x)
		all = append(all, o)
		if x.DecidedOn.IsZero() {
			open = append(open, o)
		}
	}
	if len(open) > 0 {
		return open
	}
	return all
}
