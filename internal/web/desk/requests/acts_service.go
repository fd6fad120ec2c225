package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// serviceForms are those of handing the reply over.
func serviceForms() []form {
	const handle = account.HandleRequests
	serve := func(s *scene, v *values) foi.Serve {
		way := foi.ServiceWay(v.Must("way", "请选择送达方式。"))
		return foi.Serve{Way: way, On: v.Day("on"), Tracking: v.Text("tracking"), Proof: v.papers("proof", "evidence")}
	}
	return []form{
		{
			Event: foi.Served, Slug: "served", Right: handle, Danger: true, Upload: true, Counts: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.served-text") },
			Fields: serveFields, Deed: func(s *scene, v *values) foi.Deed { return serve(s, v) },
		},
		{
			Event: foi.ServedAgain, Slug: "served-again", Right: handle, Upload: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.served-again-text") },
			Fields: serveFields, Deed: func(s *scene, v *values) foi.Deed { return foi.ServeAgain{Serve: serve(s, v)} },
		},
		{
			Event: foi.Delivered, Slug: "delivered", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.delivered-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Kind: web.Radios, Name: "came", Label: s.say.T("requests.came"), Required: true, Options: []web.Option{
						{Value: "yes", Label: s.say.T("requests.signed-for")}, {Value: "no", Label: s.say.T("requests.came-back"), Hint: s.say.T("requests.came-back-hint")},
					}},
					s.dayField("on", s.say.T("requests.delivered-on"), s.say.T("requests.delivered-on-hint")),
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.Deliver{On: v.Day("on"), Failed: v.Must("came", "请选择签收还是退回。") == "no"}
			},
		},
	}
}

func serveFields(s *scene, _ *values) ([]web.Field, error) {
	var ways []web.Option
	for _, w := range foi.ServiceWays() {
		ways = append(ways, web.Option{Value: string(w), Label: s.say.In(w.Words()), Hint: serviceDay(s.say, w)})
	}
	fields := []web.Field{}
	if !s.request.Due.IsZero() {
		fields = append(fields, web.Field{Kind: web.Fact, Label: s.say.T("requests.last-day"), Value: course.Day(s.say, s.request.Due)})
	}
	if d, ok := s.request.Decision(); ok {
		fields = append(fields, web.Field{Kind: web.Fact, Label: s.say.T("requests.reply-number"), Value: d.Number})
	}
	return append(
		fields,
		web.Field{Kind: web.Radios, Name: "way", Label: s.say.T("requests.service-way"), Hint: s.say.T("requests.service-way-hint", choice.Word(s.say, s.request.Ask.Way, foi.Ways())), Options: ways, Required: true},
		s.dayField("on", s.say.T("requests.served-on"), s.say.T("requests.served-on-hint")),
		web.Field{Name: "tracking", Label: s.say.T("requests.tracking"), Hint: s.say.T("requests.tracking-hint"), MaxLength: 40, Narrow: true},
		s.fileField("proof", s.say.T("requests.proof"), s.say.T("requests.proof-hint"), false),
	), nil
}

// serviceDay tells by which day a way of service is judged.
func serviceDay(say *locale.Catalogue, w foi.ServiceWay) string {
	switch w {
	case foi.Direct:
		return say.T("requests.day-direct")
	case foi.Entrusted:
		return say.T("requests.day-entrusted")
	case foi.Post:
		return say.T("requests.day-post")
	case foi.Electronic:
		return say.T("requests.day-electronic")
	case foi.Courier:
		return say.T("requests.day-courier")
	}
	return ""
}
