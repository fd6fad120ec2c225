package requests

import (
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
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
			event: foi.ExtensionProposed, slug: "extension-proposed", right: handle,
			text: func(say *locale.Catalogue) string { return say.T("requests.extension-proposed-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				most := strconv.Itoa(s.cal.Settings().MaxExtension)
				return []web.Field{
					{Kind: web.Number, Name: "days", Label: s.say.T("requests.days"), Hint: s.say.T("requests.days-hint", most), Narrow: true, Value: most, Required: true},
					{Kind: web.TextArea, Name: "reason", Label: s.say.T("requests.extend-reason"), Hint: s.say.T("requests.extend-reason-hint"), Rows: 3, MaxLength: 2000, Required: true},
				}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed {
				return foi.ProposeExtension{Days: v.number("days"), Reason: v.short("reason", 2000)}
			},
		},
		{
			event: foi.ExtensionApproved, slug: "extension-approved", right: approve,
			text:   func(say *locale.Catalogue) string { return say.T("requests.extension-approved-text") },
			fields: proposedFields,
			deed:   func(*scene, *values) foi.Deed { return foi.ApproveExtension{} },
		},
		{
			event: foi.ExtensionRefused, slug: "extension-refused", right: approve,
			text:   func(say *locale.Catalogue) string { return say.T("requests.extension-refused-text") },
			fields: proposedFields,
			deed:   func(*scene, *values) foi.Deed { return foi.RefuseExtension{} },
		},
		{
			event: foi.ReasonsAsked, slug: "reasons-asked", right: handle,
			text: func(say *locale.Catalogue) string { return say.T("requests.reasons-asked-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				kin, err := s.p.Desk.Kin(s.r.Context(), s.actor, s.request.ID)
				f := foi.FrequencyOf(kin, s.today)
				return []web.Field{
					{Kind: web.Fact, Label: s.say.T("requests.frequency"), Value: s.say.T("requests.frequency-is", f.Month, f.Quarter, f.Year, f.Repeats)},
					{Kind: web.Number, Name: "count", Label: s.say.T("requests.count"), Hint: s.say.T("requests.count-hint"), Narrow: true, Beside: true, Value: strconv.Itoa(f.Year), Required: true},
					{Kind: web.Number, Name: "months", Label: s.say.T("requests.months"), Hint: s.say.T("requests.months-hint"), Narrow: true, Beside: true, Value: "12", Required: true},
					s.laterField("until", s.say.T("requests.reasons-until"), "", reasonsDays),
				}, err
			},
			deed: func(_ *scene, v *values) foi.Deed {
				return foi.AskReasons{Count: v.number("count"), Months: v.number("months"), Until: v.day("until")}
			},
		},
		{
			event: foi.ReasonsGiven, slug: "reasons-given", right: handle,
			text: func(say *locale.Catalogue) string { return say.T("requests.reasons-given-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					s.dayField("on", s.say.T("requests.reasons-on"), ""),
					{Kind: web.TextArea, Name: "text", Label: s.say.T("requests.reasons"), Rows: 4, MaxLength: foi.MaxText, Required: true},
				}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed {
				return foi.GiveReasons{On: v.day("on"), Text: v.short("text", foi.MaxText)}
			},
		},
		{
			event: foi.LimitDelayed, slug: "limit-delayed", right: approve,
			text: func(say *locale.Catalogue) string { return say.T("requests.limit-delayed-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{s.laterField("until", s.say.T("requests.delay-until"), s.say.T("requests.delay-until-hint", iso(s.request.Due)), delayDays)}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed { return foi.DelayLimit{Until: v.day("until")} },
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
