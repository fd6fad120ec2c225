package documents

import (
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// consentForms are those of what other organs are asked before publication.
func consentForms() []form {
	const publisher = account.PublishDocuments
	return []form{
		{
			Event: publish.ConsentAsked, Slug: "consent-asked", Right: publisher,
			Text: func(say *locale.Catalogue) string { return say.T("documents.consent-asked-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					{Kind: web.Radios, Name: "kind", Label: s.say.T("documents.consent-kind"), Options: choice.Of(s.say, publish.ConsentKinds()), Required: true},
					{Name: "organ", Label: s.say.T("documents.consent-organ"), Hint: s.say.T("documents.full-name"), MaxLength: 100, Required: true},
					s.dayField("on", s.say.T("documents.asked-on"), ""),
				}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.AskConsent{Kind: publish.ConsentKind(v.Text("kind")), Organ: v.Text("organ"), On: v.Day("on")}
			},
		},
		{
			Event: publish.ConsentGiven, Slug: "consent-given", Right: publisher,
			Text: func(say *locale.Catalogue) string { return say.T("documents.consent-given-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.consent-organ"), s.consents(func(c publish.Consent) bool { return c.AnsweredOn.IsZero() })),
					s.yesNo("agrees", s.say.T("documents.opinion"), s.say.T("documents.agrees"), s.say.T("documents.objects")),
					s.dayField("on", s.say.T("documents.answered-on"), ""), textField("note", s.say.T("documents.consent-note"), s.say.T("documents.consent-note-hint"), false)), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.GiveConsent{Ref: v.Text("ref"), On: v.Day("on"), Agrees: v.Must("agrees", "请选择同意还是不同意。") == "yes", Note: v.Text("note")}
			},
		},
		{
			Event: publish.ConsentSettled, Slug: "consent-settled", Right: account.CheckDocuments,
			Text: func(say *locale.Catalogue) string { return say.T("documents.consent-settled-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.objection"), s.consents(func(c publish.Consent) bool { return !c.AnsweredOn.IsZero() && !c.Agrees && c.Settled == "" })),
					textField("reasons", s.say.T("documents.settle-reasons"), "", true)), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.SettleConsent{Ref: v.Text("ref"), Reasons: v.Text("reasons")}
			},
		},
	}
}

func (s *scene) consents(fits func(publish.Consent) bool) []web.Option {
	var all []web.Option
	for _, c := range s.document.Consents {
		if fits(c) {
			all = append(all, web.Option{Value: c.Ref, Label: c.Organ + "（" + choice.Word(s.say, string(c.Kind), publish.ConsentKinds()) + "，" + course.ISO(c.AskedOn) + "）"})
		}
	}
	return all
}

// guardForms are those of the release guard, and of the two people who overrule it.
func guardForms() []form {
	return []form{
		scanForm(account.DraftDocuments, "scanned-by-drafter"), scanForm(account.PublishDocuments, "scanned"),
		maskForm(account.DraftDocuments, "masked-by-drafter"), maskForm(account.PublishDocuments, "masked"),
		{
			Event: publish.Excused, Slug: "excused", Right: account.PublishDocuments,
			Text: func(say *locale.Catalogue) string { return say.T("documents.excused-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return append(refField("ref", s.say.T("documents.finding"), s.findings(func(f publish.Found) bool { return true })), textField("reasons", s.say.T("documents.excuse-reasons"), s.say.T("documents.excuse-reasons-hint"), true)), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.ExcuseFinding{Ref: v.Text("ref"), Reasons: v.Text("reasons")}
			},
		},
		{
			Event: publish.ExcuseConfirmed, Slug: "excuse-confirmed", Right: account.CheckDocuments, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.excuse-confirmed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return refField("ref", s.say.T("documents.finding"), s.findings(func(f publish.Found) bool { return f.Excuse != nil })), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.ConfirmExcuse{Ref: v.Text("ref")} },
		},
	}
}

// scanForm lets the guard look: in a draft for whoever drafts, afterwards for those
// who release it.
func scanForm(right account.Act, slug string) form {
	return form{
		Event: publish.Scanned, Slug: slug, Right: right, Fields: nothing,
		Text: func(say *locale.Catalogue) string { return say.T("documents.scanned-text") },
	}
}

func maskForm(right account.Act, slug string) form {
	return form{
		Event: publish.Masked, Slug: slug, Right: right,
		Text: func(say *locale.Catalogue) string { return say.T("documents.masked-text") },
		Fields: func(s *scene, _ *values) ([]web.Field, error) {
			var parts []web.Option
			for _, p := range s.document.ToMask() {
				parts = append(parts, web.Option{Value: p.Name, Label: s.say.In(p.Words())})
			}
			return refField("part", s.say.T("documents.part"), parts), nil
		},
	}
}

func (s *scene) findings(fits func(publish.Found) bool) []web.Option {
	var all []web.Option
	for _, f := range s.document.Holding() {
		if fits(f) {
			o := web.Option{Value: f.Ref, Label: f.Says + "（" + s.placeOf(f) + "）"}
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
			Event: publish.Issued, Slug: "issued", Right: publisher, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.issued-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				var all []web.Field
				if x := s.document.Draft; x != nil && x.Conceal {
					all = append(all, web.Field{Kind: web.Fact, Label: s.say.T("documents.former-text"), Value: s.say.T("documents.will-conceal", x.Hidden)})
				}
				also, err := s.reachable()
				if len(also) > 0 {
					all = append(all, web.Field{Kind: web.Checks, Name: "also", Label: s.say.T("documents.also"), Hint: s.say.T("documents.also-hint"), Options: also})
				}
				return all, err
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				var issue publish.Issue
				for _, c := range v.Values.Values["also"] {
					issue.Also = append(issue.Also, publish.Channel(c))
				}
				return issue
			},
		},
		{
			Event: publish.Posted, Slug: "posted", Right: publisher, Upload: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.posted-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				channels, err := s.keptChannels()
				if err != nil {
					return nil, err
				}
				return []web.Field{
					{Kind: web.Select, Name: "channel", Label: s.say.T("documents.channel"), Options: choose(s.say, channels), Required: true},
					s.dayField("on", s.say.T("documents.posted-on"), ""),
					{Name: "place", Label: s.say.T("documents.place"), Hint: s.say.T("documents.place-hint"), MaxLength: 200},
					{Name: "address", Label: s.say.T("documents.post-address"), Hint: s.say.T("documents.post-address-hint"), MaxLength: 500},
					{Kind: web.File, Name: filesField, Label: s.say.T("documents.post-proof"), Hint: s.say.T("documents.post-proof-hint"), Accept: ".pdf,.jpg,.jpeg,.png"},
					textField("text", s.say.T("documents.post-text"), s.say.T("documents.post-text-hint"), false),
				}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				add := publish.AddPost{Channel: publish.Channel(v.Text("channel")), On: v.Day("on"), Place: v.Text("place"), Text: v.Text("text"), Address: v.Text("address")}
				if came := v.attached(); len(came) > 0 {
					add.Proof = &came[0]
				}
				return add
			},
		},
		{
			Event: publish.Unposted, Slug: "unposted", Right: publisher,
			Text: func(say *locale.Catalogue) string { return say.T("documents.unposted-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				var all []web.Option
				for _, p := range s.document.Posts {
					if p.ByHand() {
						all = append(all, web.Option{Value: p.Ref, Label: choice.Word(s.say, string(p.Channel), publish.Channels()) + " " + p.Place + "（" + course.ISO(p.From) + "）"})
					}
				}
				return append(refField("ref", s.say.T("documents.channel"), all), s.dayField("on", s.say.T("documents.unposted-on"), "")), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.EndPost{Ref: v.Text("ref"), On: v.Day("on")} },
		},
	}
}

// reachable gives the channels into which the program brings it at once.
func (s *scene) reachable() ([]web.Option, error) {
	ready, err := s.p.Desk.Reachable(s.r.Context(), s.document)
	var all []web.Option
	for _, o := range choice.Of(s.say, publish.Channels()) {
		if slices.Contains(ready, publish.Channel(o.Value)) {
			all = append(all, o)
		}
	}
	return all, err
}

// keptChannels gives the channels that the organ keeps and people bring documents to.
func (s *scene) keptChannels() ([]web.Option, error) {
	policy, err := s.p.Desk.Policies.PublishPolicy(s.r.Context(), s.document.Organ)
	if err != nil {
		return nil, err
	}
	var all []web.Option
	for _, o := range choice.Of(s.say, publish.Channels()) {
		if slices.Contains(policy.Channels, publish.Channel(o.Value)) {
			all = append(all, o)
		}
	}
	return all, nil
}
