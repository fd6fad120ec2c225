package requests

import (
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// reasonsDays is the period for explaining a number of requests that is proposed;
// delayDays the time by which a reply is put off.
const (
	reasonsDays = 10
	delayDays   = 40
)

// timeForms are those by which a reply gets more time.
func timeForms() []form {
	const handle, approve = account.HandleRequests, account.ApproveRequests
	return []form{
		{
			Event: foi.ExtensionProposed, Slug: "extension-proposed", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.extension-proposed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				most := strconv.Itoa(s.cal.Settings().MaxExtension)
				return []web.Field{
					{Kind: web.Number, Name: "days", Label: s.say.T("requests.days"), Hint: s.say.T("requests.days-hint", most), Narrow: true, Value: most, Required: true},
					{Kind: web.TextArea, Name: "reason", Label: s.say.T("requests.extend-reason"), Hint: s.say.T("requests.extend-reason-hint"), Rows: 3, MaxLength: 2000, Required: true},
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.ProposeExtension{Days: v.Number("days"), Reason: v.Short("reason", 2000)}
			},
		},
		{
			Event: foi.ExtensionApproved, Slug: "extension-approved", Right: approve,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.extension-approved-text") },
			Fields: proposedFields,
			Deed:   func(*scene, *values) foi.Deed { return foi.ApproveExtension{} },
		},
		{
			Event: foi.ExtensionRefused, Slug: "extension-refused", Right: approve,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.extension-refused-text") },
			Fields: proposedFields,
			Deed:   func(*scene, *values) foi.Deed { return foi.RefuseExtension{} },
		},
		{
			Event: foi.ReasonsAsked, Slug: "reasons-asked", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.reasons-asked-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				kin, err := s.p.Desk.Kin(s.r.Context(), s.actor, s.request.ID)
				f := foi.FrequencyOf(kin, s.today)
				return []web.Field{
					{Kind: web.Fact, Label: s.say.T("requests.frequency"), Value: s.say.T("requests.frequency-is", f.Month, f.Quarter, f.Year, f.Repeats)},
					{Kind: web.Number, Name: "count", Label: s.say.T("requests.count"), Hint: s.say.T("requests.count-hint"), Narrow: true, Beside: true, Value: strconv.Itoa(f.Year), Required: true},
					{Kind: web.Number, Name: "months", Label: s.say.T("requests.months"), Hint: s.say.T("requests.months-hint"), Narrow: true, Beside: true, Value: "12", Required: true},
					s.laterField("until", s.say.T("requests.reasons-until"), "", reasonsDays),
				}, err
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.AskReasons{Count: v.Number("count"), Months: v.Number("months"), Until: v.Day("until")}
			},
		},
		{
			Event: foi.ReasonsGiven, Slug: "reasons-given", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.reasons-given-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					s.dayField("on", s.say.T("requests.reasons-on"), ""),
					{Kind: web.TextArea, Name: "text", Label: s.say.T("requests.reasons"), Rows: 4, MaxLength: foi.MaxText, Required: true},
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.GiveReasons{On: v.Day("on"), Text: v.Short("text", foi.MaxText)}
			},
		},
		{
			Event: foi.LimitDelayed, Slug: "limit-delayed", Right: approve,
			Text: func(say *locale.Catalogue) string { return say.T("requests.limit-delayed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{s.laterField("until", s.say.T("requests.delay-until"), s.say.T("requests.delay-until-hint", course.ISO(s.request.Due)), delayDays)}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.DelayLimit{Until: v.Day("until")} },
		},
	}
}

// proposedFields show the extension that is proposed.
func proposedFields(s *scene, _ *values) ([]web.Field, error) {
	e := s.request.Extension
	if e == nil {
		return nil, nil
	}
	return []web.Field{
		{Kind: web.Fact, Label: s.say.T("requests.days"), Value: strconv.Itoa(e.Days)}, {Kind: web.Fact, Label: s.say.T("requests.extend-reason"), Value: e.Reason},
	}, nil
}
