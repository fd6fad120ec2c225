package requests

import (
	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// endForms are those of ends without a reply, and of the archive.
func endForms() []form {
	const handle = account.HandleRequests
	return []form{
		{
			Event: foi.Withdrawn, Slug: "withdrawn", Right: handle, Danger: true, Upload: true,
			Text: func(say *locale.Catalogue) string { return say.T("requests.withdrawn-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{
					s.dayField("on", s.say.T("requests.withdrawn-on"), ""),
					s.fileField("files", s.say.T("requests.withdrawal"), s.say.T("requests.withdrawal-hint"), true),
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.Withdraw{On: v.Day("on"), Files: v.papers("files", "evidence")}
			},
		},
		{
			Event: foi.EndProposed, Slug: "end-proposed", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.end-proposed-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{{Kind: web.TextArea, Name: "why", Label: s.say.T("requests.end-why"), Hint: s.say.T("requests.end-why-hint"), Rows: 3, MaxLength: 2000, Required: true}}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.ProposeEnd{Why: v.Short("why", 2000)} },
		},
		{
			Event: foi.Discontinued, Slug: "discontinued", Right: account.ApproveRequests, Danger: true,
			Text: func(say *locale.Catalogue) string { return say.T("requests.discontinued-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				if s.request.Ending == nil {
					return nil, nil
				}
				return []web.Field{{Kind: web.Fact, Label: s.say.T("requests.end-why"), Value: s.request.Ending.Why}}, nil
			},
			Deed: func(*scene, *values) foi.Deed { return foi.Discontinue{} },
		},
		{
			Event: foi.Archived, Slug: "archived", Right: handle,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.archived-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.Archive{} },
		},
	}
}

// logForms are those of what others may see of it.
func logForms() []form {
	return []form{
		{
			Event: foi.PublicationProposed, Slug: "publication-proposed", Right: account.HandleRequests,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.publication-proposed-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.ProposePublication{} },
		},
		{
			Event: foi.ProposalSettled, Slug: "proposal-settled", Right: account.HandleRequests,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.proposal-settled-text") },
			Fields: settleFields,
			Deed: func(_ *scene, v *values) foi.Deed {
				if v.Must("document", "请选择审核的结论。") == notPublished {
					return foi.SettleProposal{Reasons: v.Text("reasons")}
				}
				return foi.SettleProposal{Document: v.Text("document")}
			},
		},
		{
			Event: foi.Shown, Slug: "shown", Right: account.ApproveRequests,
			Text: func(say *locale.Catalogue) string { return say.T("requests.shown-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				title := s.request.Title
				return []web.Field{{Name: "title", Label: s.say.T("requests.log-title"), Hint: s.say.T("requests.log-title-hint"), Value: title, MaxLength: 120, Required: true}}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.Show{Title: v.Text("title")} },
		},
		{
			Event: foi.Hidden, Slug: "hidden", Right: account.ApproveRequests, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.hidden-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.Hide{} },
		},
	}
}

// notPublished is the answer that something is not published for all.
const notPublished = "none"

// settleFields ask which document publishes it for all, or why none does.
func settleFields(s *scene, _ *values) ([]web.Field, error) {
	all, err := s.p.Desk.Store.Publications(s.r.Context(), s.request.ID)
	if err != nil {
		return nil, err
	}
	hint := ""
	if len(all) == 0 {
		hint = s.say.T("requests.settle-none-yet")
	}
	var options []web.Option
	for _, p := range all {
		options = append(options, web.Option{Value: p.ID, Label: s.say.T("requests.settle-published", p.Title)})
	}
	options = append(options, web.Option{Value: notPublished, Label: s.say.T("requests.settle-declined")})
	return []web.Field{
		{Kind: web.Fact, Label: s.say.T("requests.proposed-on"), Value: course.Day(s.say, s.request.Proposed)},
		{Kind: web.Radios, Name: "document", Label: s.say.T("requests.settle"), Hint: hint, Options: options, Required: true},
		{Kind: web.TextArea, Name: "reasons", Label: s.say.T("requests.settle-reasons"), Hint: s.say.T("requests.settle-reasons-hint"), Rows: 4, MaxLength: foi.MaxText},
	}, nil
}
