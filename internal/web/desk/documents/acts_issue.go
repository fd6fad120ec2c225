package documents

import (
	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// consentForms are those of what other organs are asked before publication.
func consentForms() []form {
	const publisher = account.PublishDocuments
	return []form{
		{
			event: publish.ConsentAsked, slug: "consent-asked", right: publisher,
			text: func(say *locale.Catalogue) string { return say.T("documents.consent-asked-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Kind: web.Radios, Name: "kind", Label: s.say.T("documents.consent-kind"), Options: options(s.say, publish.ConsentKinds()), Required: true},
					{Name: "organ", Label: s.say.T("documents.consent-organ"), Hint: s.say.T("documents.full-name"), MaxLength: 100, Required: true},
					s.dayField("on", s.say.T("documents.asked-on"), ""),
				}, nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.AskConsent{Kind: publish.ConsentKind(v.said("kind")), Organ: v.said("organ"), On: v.day("on")}
			},
		},
		{
			event: publish.ConsentGiven, slug: "consent-given", right: publisher,
			text: func(say *locale.Catalogue) string { return say.T("documents.consent-given-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.consent-organ"), s.consents(func(c publish.Consent) bool { return c.AnsweredOn.IsZero() })),
					s.yesNo("agrees", s.say.T("documents.opinion"), s.say.T("documents.agrees"), s.say.T("documents.objects")),
					s.dayField("on", s.say.T("documents.answered-on"), ""), textField("note", s.say.T("documents.consent-note"), s.say.T("documents.consent-note-hint"), false)), nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.GiveConsent{Ref: v.said("ref"), On: v.day("on"), Agrees: v.must("agrees", "请选择同意还是不同意。") == "yes", Note: v.said("note")}
			},
		},
		{
			event: publish.ConsentSettled, slug: "consent-settled", right: account.CheckDocuments,
			text: func(say *locale.Catalogue) string { return say.T("documents.consent-settled-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.objection"), s.consents(func(c publish.Consent) bool { return !c.AnsweredOn.IsZero() && !c.Agrees && c.Settled == "" })),
					textField("reasons", s.say.T("documents.settle-reasons"), "", true)), nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.SettleConsent{Ref: v.said("ref"), Reasons: v.said("reasons")}
			},
		},
	}
}

func (s *scene) consents(fits func(publish.Consent) bool) []web.Option {
	var all []web.Option
	for _, c := range s.document.Consents {
		if fits(c) {
			all = append(all, web.Option{Value: c.Ref, Label: c.Organ + "（" + chosen(s.say, string(c.Kind), publish.ConsentKinds()) + "，" + iso(c.AskedOn) + "）"})
		}
	}
	return all
}

// guardForms are those of the release guard, and of the two people who overrule it.
func guardForms() []form {
	return []form{
		{
			event: publish.Scanned, slug: "scanned", right: account.PublishDocuments,
			text:   func(say *locale.Catalogue) string { return say.T("documents.scanned-text") },
			fields: nothing,
		},
		{
			event: publish.Excused, slug: "excused", right: account.PublishDocuments,
			text: func(say *locale.Catalogue) string { return say.T("documents.excused-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.finding"), s.findings(func(f publish.Found) bool { return true })), textField("reasons", s.say.T("documents.excuse-reasons"), s.say.T("documents.excuse-reasons-hint"), true)), nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.ExcuseFinding{Ref: v.said("ref"), Reasons: v.said("reasons")}
			},
		},
		{
			event: publish.ExcuseConfirmed, slug: "excuse-confirmed", right: account.CheckDocuments, danger: true,
			text: func(say *locale.Catalogue) string { return say.T("documents.excuse-confirmed-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return refField("ref", s.say.T("documents.finding"), s.findings(func(f publish.Found) bool { return f.Excuse != nil })), nil
			},
			deed: func(_ *scene, v *values) publish.Deed { return publish.ConfirmExcuse{Ref: v.said("ref")} },
		},
	}
}

func (s *scene) findings(fits func(publish.Found) bool) []web.Option {
	var all []web.Option
	for _, f := range s.document.Holding() {
		if fits(f) {
			o := web.Option{Value: f.Ref, Label: f.Says + "（" + f.Place + "）"}
			if f.Excuse != nil {
				o.Hint = s.say.T("documents.excused-because", f.Excuse.Reasons)
			}
			all = append(all, o)
		}
	}
	return all
}

// issueForms are those of publication, here and on other channels.
func issueForms() []form {
	const publisher = account.PublishDocuments
	return []form{
		{
			event: publish.Issued, slug: "issued", right: publisher, danger: true,
			text:   func(say *locale.Catalogue) string { return say.T("documents.issued-text") },
			fields: nothing, deed: func(*scene, *values) publish.Deed { return publish.Issue{} },
		},
		{
			event: publish.Posted, slug: "posted", right: publisher,
			text: func(say *locale.Catalogue) string { return say.T("documents.posted-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				var channels []web.Option
				for _, o := range options(s.say, publish.Channels()) {
					if o.Value != string(publish.Portal) {
						channels = append(channels, o)
					}
				}
				return []web.Field{
					{Kind: web.Select, Name: "channel", Label: s.say.T("documents.channel"), Options: choose(s.say, channels), Required: true},
					s.dayField("on", s.say.T("documents.posted-on"), ""),
					{Name: "place", Label: s.say.T("documents.place"), Hint: s.say.T("documents.place-hint"), MaxLength: 200},
					textField("text", s.say.T("documents.post-text"), s.say.T("documents.post-text-hint"), false),
				}, nil
			},
			deed: func(_ *scene, v *values) publish.Deed {
				return publish.AddPost{Channel: publish.Channel(v.said("channel")), On: v.day("on"), Place: v.said("place"), Text: v.said("text")}
			},
		},
		{
			event: publish.Unposted, slug: "unposted", right: publisher,
			text: func(say *locale.Catalogue) string { return say.T("documents.unposted-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				var all []web.Option
				for _, p := range s.document.Posts {
					if p.Channel != publish.Portal && p.Until.IsZero() {
						all = append(all, web.Option{Value: p.Ref, Label: chosen(s.say, string(p.Channel), publish.Channels()) + " " + p.Place + "（" + iso(p.From) + "）"})
					}
				}
				return append(refField("ref", s.say.T("documents.channel"), all), s.dayField("on", s.say.T("documents.unposted-on"), "")), nil
			},
			deed: func(_ *scene, v *values) publish.Deed { return publish.EndPost{Ref: v.said("ref"), On: v.day("on")} },
		},
	}
}
