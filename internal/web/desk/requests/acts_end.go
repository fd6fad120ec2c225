package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// endForms are those of ends without a reply, and of the archive.
func endForms() []form {
	const handle = account.HandleRequests
	return []form{
		{
			event: foi.Withdrawn, slug: "withdrawn", right: handle, danger: true, upload: true,
			text: func(say *locale.Catalogue) string { return say.T("requests.withdrawn-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					s.dayField("on", s.say.T("requests.withdrawn-on"), ""),
					s.fileField("files", s.say.T("requests.withdrawal"), s.say.T("requests.withdrawal-hint"), true),
				}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed {
				return foi.Withdraw{On: v.day("on"), Files: v.papers("files", "evidence")}
			},
		},
		{
			event: foi.EndProposed, slug: "end-proposed", right: handle,
			text: func(say *locale.Catalogue) string { return say.T("requests.end-proposed-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{{Kind: web.TextArea, Name: "why", Label: s.say.T("requests.end-why"), Hint: s.say.T("requests.end-why-hint"), Rows: 3, MaxLength: 2000, Required: true}}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed { return foi.ProposeEnd{Why: v.short("why", 2000)} },
		},
		{
			event: foi.Discontinued, slug: "discontinued", right: account.ApproveRequests, danger: true,
			text: func(say *locale.Catalogue) string { return say.T("requests.discontinued-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				if s.request.Ending == nil {
					return nil, nil
				}
				return []web.Field{{Kind: web.Fact, Label: s.say.T("requests.end-why"), Value: s.request.Ending.Why}}, nil
			},
			deed: func(*scene, *values) foi.Deed { return foi.Discontinue{} },
		},
		{
			event: foi.Archived, slug: "archived", right: handle,
			text:   func(say *locale.Catalogue) string { return say.T("requests.archived-text") },
			fields: nothing, deed: func(*scene, *values) foi.Deed { return foi.Archive{} },
		},
	}
}

// logForms are those of what others may see of it.
func logForms() []form {
	return []form{
		{
			event: foi.PublicationProposed, slug: "publication-proposed", right: account.HandleRequests,
			text:   func(say *locale.Catalogue) string { return say.T("requests.publication-proposed-text") },
			fields: nothing, deed: func(*scene, *values) foi.Deed { return foi.ProposePublication{} },
		},
		{
			event: foi.Shown, slug: "shown", right: account.ApproveRequests,
			text: func(say *locale.Catalogue) string { return say.T("requests.shown-text") },
			fields: func(s *scene, _ *values) ([]web.Field, error) {
				title := s.request.Title
				return []web.Field{{Name: "title", Label: s.say.T("requests.log-title"), Hint: s.say.T("requests.log-title-hint"), Value: title, MaxLength: 120, Required: true}}, nil
			},
			deed: func(_ *scene, v *values) foi.Deed { return foi.Show{Title: v.text("title")} },
		},
		{
			event: foi.Hidden, slug: "hidden", right: account.ApproveRequests, danger: true,
			text:   func(say *locale.Catalogue) string { return say.T("requests.hidden-text") },
			fields: nothing, deed: func(*scene, *values) foi.Deed { return foi.Hide{} },
		},
	}
}
