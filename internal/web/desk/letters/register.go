package letters

import (
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// registerData is the register of letters.
type registerData struct{ List web.List }

var registerTemplate = web.Define[registerData]("desk/letter_register")

// yearsBack is how many years the filter of the register offers.
const yearsBack = 10

func (p Letters) register(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	q := web.ReadList(r, nil, []string{letter.FilterOrgan, letter.FilterState, letter.FilterKind, letter.FilterYear})
	fetch := func(q paging.Query) (paging.Page[letter.Registered], error) {
		return p.Office.Register(r.Context(), actor, q)
	}
	heads := []string{say.T("letters.number"), say.T("letters.letter"), say.T("letters.request"), say.T("letters.to"), say.T("letters.on"), say.T("letters.sent-on"), say.T("letters.state")}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("letters.register"), append(heads, say.T("letters.void-why"), say.T("letters.organ")), web.EveryPage(q, fetch, func(l letter.Registered) []string {
			return []string{l.Number, l.Title, l.RequestNumber, audience(say, l.Paper), l.On.String(), l.SentOn.String(), stateWord(say, l.Paper), say.In(letter.VoidWord(l.Paper)), tree.Name(l.Organ)}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	l := web.List{
		Caption: say.T("letters.register"), Path: "/desk/letters/register", Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("letters.register-search"),
		Columns: []web.Column{{Label: heads[0], Narrow: true}, {Label: heads[1]}, {Label: heads[2], Narrow: true}, {Label: heads[3]}, {Label: heads[4], Narrow: true}, {Label: heads[5], Narrow: true}, {Label: heads[6]}},
		Filters: p.registerFilters(say),
		Empty:   web.Empty{Title: say.T("letters.register-none"), Text: say.T("letters.register-none-text"), Action: &web.Action{Label: say.T("nav.requests"), Path: "/desk/requests"}},
	}
	if organs := choice.Organs(tree, actor.Where(account.SeeRequests)); len(organs) > 1 {
		l.Filters = append(l.Filters, web.Filter{Name: letter.FilterOrgan, Label: say.T("letters.organ"), Options: organs})
	}
	for _, one := range page.Rows {
		l.Rows = append(l.Rows, registerRow(say, one))
	}
	return registerTemplate.Show(p.Kit, w, r, say.T("letters.register"), registerData{l})
}

func registerRow(say *locale.Catalogue, l letter.Registered) web.Row {
	void, request := l.State == foi.PaperVoid, "/desk/requests/"+l.Request
	return web.Row{Cells: []web.Cell{
		{Text: l.Number, Struck: void},
		{Text: l.Title, Link: request + "/letters/" + l.ID, Struck: void, Note: say.In(letter.VoidWord(l.Paper))},
		{Text: l.RequestNumber, Link: request},
		{Text: audience(say, l.Paper)},
		{Text: l.On.String()},
		{Text: l.SentOn.String()},
		{Text: stateWord(say, l.Paper), Badge: tone(l.State)},
	}}
}

func (p Letters) registerFilters(say *locale.Catalogue) []web.Filter {
	year := web.Filter{Name: letter.FilterYear, Label: say.T("letters.year")}
	for n := range yearsBack {
		y := strconv.Itoa(p.Kit.Now().Year() - n)
		year.Options = append(year.Options, web.Option{Value: y, Label: y})
	}
	state := web.Filter{Name: letter.FilterState, Label: say.T("letters.state")}
	for _, s := range []foi.PaperState{foi.PaperDraft, foi.PaperFinal, foi.PaperSent, foi.PaperVoid} {
		state.Options = append(state.Options, web.Option{Value: string(s), Label: say.In(s.Words())})
	}
	kind := web.Filter{Name: letter.FilterKind, Label: say.T("letters.kind")}
	for _, k := range letter.Kinds() {
		title := letter.TitleOf(k)
		if variant := say.In(letter.Variant(k)); variant != "" {
			title += "（" + variant + "）"
		}
		kind.Options = append(kind.Options, web.Option{Value: k, Label: title})
	}
	return []web.Filter{year, state, kind}
}
