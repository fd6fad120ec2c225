package documents

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// linkForms are those of what a document has to do with others.
func linkForms() []form {
	const publisher = account.PublishDocuments
	return []form{
		{
			Event: publish.Linked, Slug: "linked", Right: publisher, Grows: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.linked-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				others, err := s.others(v)
				return append([]web.Field{
					{Kind: web.Select, Name: "kind", Label: s.say.T("documents.link-kind"), Options: choose(s.say, choice.Of(s.say, publish.LinkKinds())), Required: true},
				}, others...), err
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.AddLink{Link: publish.Link{Kind: publish.LinkKind(v.Text("kind")), To: v.Text("to")}}
			},
		},
		{
			Event: publish.Unlinked, Slug: "unlinked", Right: publisher,
			Text: func(say *locale.Catalogue) string { return say.T("documents.unlinked-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				var all []web.Option
				for _, l := range s.document.Links {
					name, _, err := s.p.nameOf(s.r.Context(), s.actor, l.To)
					if err != nil {
						return nil, err
					}
					all = append(all, web.Option{Value: string(l.Kind) + "/" + l.To, Label: choice.Word(s.say, string(l.Kind), publish.LinkKinds()) + "：" + name})
				}
				return refField("to", s.say.T("documents.links"), all), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				kind, to, _ := strings.Cut(v.Text("to"), "/")
				return publish.RemoveLink{Link: publish.Link{Kind: publish.LinkKind(kind), To: to}}
			},
		},
	}
}

// foundAtOnce is how many documents a search for one offers.
const foundAtOnce = 20

// others ask for another document: words to look for, and what was found by them.
func (s *scene) others(v *values) ([]web.Field, error) {
	page, err := s.p.Desk.List(s.r.Context(), s.actor, paging.Query{Words: v.Text("find"), Sort: "formed", Desc: true, Size: foundAtOnce})
	if err != nil {
		return nil, err
	}
	found := []web.Option{{Label: s.say.T("documents.choose")}}
	for _, row := range page.Rows {
		if row.ID != s.document.ID {
			found = append(found, web.Option{Value: row.ID, Label: strings.TrimSpace(row.Number + " " + row.Title)})
		}
	}
	return []web.Field{
		{Name: "find", Label: s.say.T("documents.find-other"), Hint: s.say.T("documents.find-other-hint"), MaxLength: 100},
		{Kind: web.Select, Name: "to", Label: s.say.T("documents.other"), Options: found},
	}, nil
}

// afterForms are those of what becomes of it after publication, and of what is
// withheld.
func afterForms() []form {
	const draft, office, publisher = account.DraftDocuments, account.CheckDocuments, account.PublishDocuments
	return []form{
		{
			Event: publish.RevisionBegun, Slug: "revision-begun", Right: draft, Grows: true,
			Unasked: func(v *values) bool { return v.Yes("conceal") && !v.Has("hidden") },
			Text:    func(say *locale.Catalogue) string { return say.T("documents.revision-begun-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				fields := []web.Field{
					textField("why", s.say.T("documents.why-revise"), s.say.T("documents.inside-only"), true), textField("note", s.say.T("documents.note-revise"), s.say.T("documents.note-revise-hint"), true),
					s.dayField("changed", s.say.T("documents.changed-on"), s.say.T("documents.changed-on-hint")),
				}
				if s.document.Visibility != publish.Public {
					return fields, nil
				}
				fields = append(fields,
					web.Field{Kind: web.Section, Label: s.say.T("documents.former-text"), Hint: s.say.T("documents.former-text-hint")},
					web.Field{Kind: web.Radios, Name: "conceal", Label: s.say.T("documents.former-text-after"), Updates: true, Required: true, Value: "", Options: []web.Option{
						{Value: "", Label: s.say.T("documents.keep-former"), Hint: s.say.T("documents.keep-former-hint")},
						{Value: "1", Label: s.say.T("documents.conceal"), Hint: s.say.T("documents.conceal-hint")},
					}})
				if v.Yes("conceal") {
					fields = append(fields, textField("hidden", s.say.T("documents.hidden"), s.say.T("documents.inside-only"), true),
						web.Field{Kind: web.Check, Name: "sure", Label: s.say.T("documents.conceal-sure")})
				}
				return fields, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				if v.Yes("conceal") && !v.Yes("sure") {
					v.Wrong.Add("sure", "旧文本隐去以后不能恢复；请核对后勾选确认。")
				}
				return publish.Revise{ChangedOn: v.Day("changed"), Why: v.Text("why"), Note: v.Text("note"), Conceal: v.Yes("conceal"), Hidden: v.Text("hidden")}
			},
		},
		{
			Event: publish.TakenDown, Slug: "taken-down", Right: publisher, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.taken-down-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{textField("reasons", s.say.T("documents.why-down"), s.say.T("documents.inside-only"), true), textField("note", s.say.T("documents.public-note"), s.say.T("documents.note-down-hint"), true)}, nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				return publish.TakeDown{Reasons: v.Text("reasons"), Note: v.Text("note")}
			},
		},
		{
			Event: publish.Restored, Slug: "restored", Right: office,
			Text: func(say *locale.Catalogue) string { return say.T("documents.restored-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return s.downFields(s.say.T("documents.note-restore-hint")), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.Restore{Note: v.Text("note")} },
		},
		{
			Event: publish.Retracted, Slug: "retracted", Right: office, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.retracted-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return s.downFields(s.say.T("documents.note-retract-hint")), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed { return publish.Retract{Note: v.Text("note")} },
		},
		{
			Event: publish.ValidityChanged, Slug: "validity-changed", Right: office, Grows: true,
			Text: func(say *locale.Catalogue) string { return say.T("documents.validity-changed-text") },
			Fields: func(s *scene, v *values) ([]web.Field, error) {
				others, err := s.others(v)
				if err != nil {
					return nil, err
				}
				others[1].Name, others[1].Label = "instead", s.say.T("documents.instead")
				return append([]web.Field{
					{Kind: web.Radios, Name: "state", Label: s.say.T("documents.force"), Options: choice.Of(s.say, publish.Forces()), Value: string(s.document.Validity.State), Required: true},
					s.dayField("on", s.say.T("documents.force-on"), s.say.T("documents.force-on-hint")),
					{Kind: web.Date, Name: "term", Label: s.say.T("documents.term"), Hint: s.say.T("documents.term-hint"), Value: course.ISO(s.document.Validity.Term), Narrow: true},
					{Name: "by", Label: s.say.T("documents.force-by"), Hint: s.say.T("documents.force-by-hint"), MaxLength: 200},
				}, others...), nil
			},
			Deed: func(_ *scene, v *values) publish.Deed {
				set := publish.SetValidity{State: publish.Force(v.Text("state")), On: v.Day("on"), Term: v.DayOrNone("term"), By: v.Text("by"), Instead: v.Text("instead")}
				if set.State.Ended() { // the field still says until when it would have held
					set.Term = calendar.Date{}
				}
				return set
			},
		},
		assessForm(publish.Reviewed, "reviewed", office, func(say *locale.Catalogue) string { return say.T("documents.reviewed-text") }, func(reasons string) publish.Deed { return publish.KeepInForce{Reasons: reasons} }),
		assessForm(publish.Reassessed, "reassessed", office, func(say *locale.Catalogue) string { return say.T("documents.reassessed-text") }, func(reasons string) publish.Deed { return publish.Reassess{Reasons: reasons} }),
		assessForm(publish.Reopened, "reopened", draft, func(say *locale.Catalogue) string { return say.T("documents.reopened-text") }, func(reasons string) publish.Deed { return publish.Reopen{Reasons: reasons} }),
	}
}

func (s *scene) downFields(hint string) []web.Field {
	note := textField("note", s.say.T("documents.public-note"), hint, true)
	if s.document.Down == nil {
		return []web.Field{note}
	}
	return []web.Field{{Kind: web.Fact, Label: s.say.T("documents.why-down"), Value: s.document.Down.Reasons}, note}
}

// assessForm asks for what a look at a document came to.
func assessForm(kind event.Kind, slug string, right account.Act, text func(*locale.Catalogue) string, deed func(reasons string) publish.Deed) form {
	return form{
		Event: kind, Slug: slug, Right: right, Text: text,
		Fields: func(s *scene, _ *values) ([]web.Field, error) {
			return []web.Field{textField("reasons", s.say.T("documents.assess-reasons"), "", true)}, nil
		},
		Deed: func(_ *scene, v *values) publish.Deed { return deed(v.Text("reasons")) },
	}
}
