package requests

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// replyForms are those of the reply on its way through the house.
func replyForms() []form {
	const approve, clear, sign = account.ApproveRequests, account.ClearRequests, account.SignRequests
	return []form{
		{
			Event: foi.Submitted, Slug: "submitted", Right: account.HandleRequests, Upload: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.submitted-text") },
			Fields: replyFields, Unasked: unasked, Grows: true,
			Deed: func(s *scene, v *values) foi.Deed { return foi.Submit{Decision: s.decided(readReply(v), v)} },
		},
		{
			Event: foi.Approved, Slug: "approved", Right: approve,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.approved-text") },
			Fields: draftFields, Deed: func(*scene, *values) foi.Deed { return foi.Approve{} },
		},
		{
			Event: foi.Referred, Slug: "referred", Right: approve,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.referred-text") },
			Fields: draftFields, Deed: func(*scene, *values) foi.Deed { return foi.Refer{} },
		},
		returnForm(approve, "returned-by-head"), returnForm(clear, "returned-by-reviewer"), returnForm(sign, "returned-by-signer"),
		{
			Event: foi.Cleared, Slug: "cleared", Right: clear,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.cleared-text") },
			Fields: draftFields, Deed: func(*scene, *values) foi.Deed { return foi.Clear{} },
		},
		{
			Event: foi.Signed, Slug: "signed", Right: sign, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.signed-text") },
			Fields: draftFields, Deed: func(*scene, *values) foi.Deed { return foi.Sign{} },
		},
	}
}

func returnForm(right account.Act, slug string) form {
	return form{
		Event: foi.Returned, Slug: slug, Right: right,
		Text: func(say *locale.Catalogue) string { return say.T("requests.returned-text") },
		Fields: func(s *scene, v *values) ([]web.Field, error) {
			fields, err := draftFields(s, v)
			return append(fields, web.Field{
				Kind: web.TextArea, Name: "reasons", Label: s.say.T("requests.return-reasons"), Hint: s.say.T("requests.return-reasons-hint"), Rows: 4, MaxLength: 2000, Required: true,
			}), err
		},
		Deed: func(_ *scene, v *values) foi.Deed { return foi.SendBack{Reasons: v.Short("reasons", 2000)} },
	}
}

// draftFields show the draft to whoever passes it on.
func draftFields(s *scene, _ *values) ([]web.Field, error) {
	if s.request.Draft == nil {
		return nil, nil
	}
	d := s.request.Draft.Decision
	fields := []web.Field{{Kind: web.Fact, Label: s.say.T("requests.counted"), Value: outcomeWord(d.Outcome)}}
	for i, item := range d.Items {
		if len(d.Items) > 1 {
			fields = append(fields, web.Field{Kind: web.Section, Label: s.say.T("requests.item", i+1)})
		}
		for _, f := range itemFacts(s.say, item) {
			fields = append(fields, web.Field{Kind: web.Fact, Label: f.Label, Value: f.Text})
		}
	}
	if told(d.Override) {
		fields = append(fields, web.Field{Kind: web.Fact, Label: s.say.T("requests.override"), Value: d.Override})
	}
	return fields, nil
}

// itemFacts puts a part of a reply into words.
func itemFacts(say *locale.Catalogue, item foi.Item) []fact {
	reply, _ := item.Reply()
	facts := []fact{{Label: say.T("requests.reply"), Text: replyWord(say, item.Kind), Cite: reply.Cite}}
	if told(item.About) {
		facts = append(facts, fact{Label: say.T("requests.item-about"), Text: item.About})
	}
	for _, n := range foi.Needs(item.Kind) {
		if told(item.Facts[n.Name]) {
			facts = append(facts, fact{Label: say.In(n.Word), Text: item.Facts[n.Name], Cite: n.Cite})
		}
	}
	if len(item.Files) > 0 {
		var names []string
		for _, f := range item.Files {
			names = append(names, f.Name)
		}
		facts = append(facts, fact{Label: say.T("requests.released"), Text: strings.Join(names, "、")})
	}
	return facts
}
