package consultations

import (
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// ledgerData is the ledger of opinions of all consultations.
type ledgerData struct {
	List  web.List
	Of    *web.Action // the consultation that it is narrowed to
	Came  string
	Named *web.Form // takes it away with names and contacts
}

var ledgerTemplate = web.Define[ledgerData]("desk/opinions")

var ledgerFilters = []string{consult.FilterOutcome, consult.FilterChannel, consult.FilterLate, consult.FilterOrgan, consult.FilterBelow, consult.FilterOf, consult.FilterCame}

func (p Pages) ledger(w http.ResponseWriter, r *http.Request) error {
	return p.drawLedger(w, r, nil, nil)
}

func (p Pages) drawLedger(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	q := web.ReadList(r, []string{"received", "handled"}, ledgerFilters)
	if web.Format(r) == "xlsx" {
		return p.export(w, r, tree, q, "")
	}
	page, err := p.Desk.Opinions(ctx, actor, q)
	if err != nil {
		return err
	}
	names, err := p.Desk.Names(ctx, actor, page.Rows, "")
	if err != nil {
		return err
	}
	data := ledgerData{List: p.ledgerList(r, tree, q)}
	data.List.Total, data.List.AtLeast = page.Total, page.AtLeast
	for _, o := range page.Rows {
		state, tone := opinionState(say, o.Opinion)
		on := web.Cell{Text: iso(o.On)}
		if o.Late(o.Until) {
			on.Note = say.T("consult.late")
		}
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: o.Number, Link: ledgerPath + "/" + o.ID},
			{Text: cut(o.Text), Note: o.Title},
			{Text: say.In(consult.Wording(o.Giver, consult.Givers())), Note: names[consult.OpinionSubject(o.ID).String()][personal.Name]},
			{Text: say.In(consult.Wording(string(o.Channel), consult.Channels()))},
			on,
			{Text: state, Badge: tone},
		}})
	}
	if span, ok := calendar.ParseSpan(q.Filter(consult.FilterCame)); ok {
		data.Came = say.T("consult.came", iso(span.From), iso(span.To))
	}
	if of := q.Filter(consult.FilterOf); of != "" {
		b, err := p.Desk.Open(ctx, actor, of)
		if err != nil {
			return err
		}
		data.Of = &web.Action{Label: b.Consultation.Content.Title, Path: consult.Path(of)}
	}
	if page.Total > 0 && actor.Can(account.RevealPersonal) {
		data.Named = namedForm(say, q)
		if wrong != nil {
			data.Named.Fill(typed)
			if !data.Named.Fail(wrong) {
				return wrong
			}
		}
	}
	status := http.StatusOK
	if wrong != nil {
		status = web.Status(wrong)
	}
	return ledgerTemplate.ShowStatus(p.Kit, w, r, status, say.T("consult.ledger"), data)
}

func namedForm(say *locale.Catalogue, q paging.Query) *web.Form {
	values := url.Values{}
	for name, value := range q.Filters {
		values.Set(name, value)
	}
	if q.Words != "" {
		values.Set("q", q.Words)
	}
	return &web.Form{Action: ledgerPath + "/named?" + values.Encode(), Submit: say.T("consult.named"), Fields: []web.Field{
		{Name: "reason", Label: say.T("consult.reveal-reason"), Hint: say.T("consult.reveal-hint"), MaxLength: 200, Required: true},
	}}
}

func (p Pages) ledgerList(r *http.Request, tree *org.Tree, q paging.Query) web.List {
	say := p.Kit.Say(r)
	outcomes := append(options(say, consult.Outcomes()), web.Option{Value: "unanswered", Label: say.T("consult.unanswered")}, web.Option{Value: "counted", Label: say.T("consult.counted")}, web.Option{Value: "aside", Label: say.T("consult.aside-count")})
	l := web.List{
		Caption: say.T("consult.ledger"), Path: ledgerPath, Query: q, Search: say.T("consult.search-opinions"), Export: true,
		Columns: []web.Column{
			{Label: say.T("consult.number"), Narrow: true},
			{Label: say.T("consult.text")},
			{Label: say.T("consult.giver"), Narrow: true},
			{Label: say.T("consult.channel"), Narrow: true},
			{Name: "received", Label: say.T("consult.received-on"), Narrow: true},
			{Label: say.T("consult.became"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: consult.FilterOutcome, Label: say.T("consult.became"), Options: outcomes},
			{Name: consult.FilterChannel, Label: say.T("consult.channel"), Options: options(say, consult.Channels())},
			{Name: consult.FilterLate, Label: say.T("consult.late"), Options: []web.Option{{Value: "yes", Label: say.T("consult.late-only")}}},
		},
		Empty: web.Empty{Title: say.T("consult.no-opinions"), Text: say.T("consult.no-opinions-text")},
	}
	if organs := choice.Organs(tree, web.Actor(r).Where(account.SeeConsultations)); len(organs) > 1 {
		l.Filters = append(l.Filters, web.Filter{Name: consult.FilterOrgan, Label: say.T("consult.organ"), Options: organs, More: true})
	}
	return l
}

// opinionState says what became of an opinion, with its tone.
func opinionState(say *locale.Catalogue, o consult.Opinion) (text, tone string) {
	switch {
	case o.Aside != "":
		return say.T("consult.not-counted", say.In(consult.Wording(o.Aside, consult.Asides()))), "grey"
	case o.Outcome == "":
		return say.T("consult.unanswered"), "amber"
	}
	return say.In(consult.Wording(string(o.Outcome), consult.Outcomes())), outcomeTones[o.Outcome]
}

// named hands the ledger out with names and contacts, to those who may see them, for a
// reason.
func (p Pages) named(w http.ResponseWriter, r *http.Request) error {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := account.CheckReason(typed.Get("reason")); err != nil {
		return p.drawLedger(w, r, typed, err)
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	return p.export(w, r, tree, web.ReadList(r, nil, ledgerFilters), typed.Get("reason"))
}

// export hands the ledger out, with names masked or for a reason whole.
func (p Pages) export(w http.ResponseWriter, r *http.Request, tree *org.Tree, q paging.Query, reason string) error {
	say := p.Kit.Say(r)
	heads := []string{say.T("consult.number"), say.T("consult.about"), say.T("consult.organ"), say.T("consult.received-on"), say.T("consult.late"), say.T("consult.channel"), say.T("consult.giver"), say.T("consult.name"), say.T("consult.contact-field"), say.T("consult.text"), say.T("consult.became"), say.T("consult.gist"), say.T("consult.reason"), say.T("consult.handled-on")}
	names := map[string]map[personal.Kind]string{}
	fetch := func(q paging.Query) (paging.Page[consult.OpinionRow], error) {
		page, err := p.Desk.Opinions(r.Context(), web.Actor(r), q)
		if err == nil {
			names, err = p.Desk.Names(r.Context(), web.Actor(r), page.Rows, reason)
		}
		return page, err
	}
	return web.WriteXLSX(w, say.T("consult.ledger"), heads, web.EveryPage(q, fetch, func(o consult.OpinionRow) []string {
		state, _ := opinionState(say, o.Opinion)
		late := ""
		if o.Late(o.Until) {
			late = say.T("consult.late")
		}
		who := names[consult.OpinionSubject(o.ID).String()]
		because := o.Reason
		if o.Aside != "" {
			because = o.AsideReason
		}
		return []string{
			o.Number, o.Title, tree.Name(o.Organ), iso(o.On), late, say.In(consult.Wording(string(o.Channel), consult.Channels())), say.In(consult.Wording(o.Giver, consult.Givers())),
			who[personal.Name], contactOf(who), o.Text, state, o.Gist, because, iso(o.HandledOn),
		}
	}))
}

func contactOf(who map[personal.Kind]string) string {
	for _, kind := range []personal.Kind{personal.Phone, personal.Email, personal.Address} {
		if who[kind] != "" {
			return who[kind]
		}
	}
	return ""
}

// cut shortens a text for a line.
func cut(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// opinionData is an opinion with what became of it.
type opinionData struct {
	Number, Consultation, Path string
	State, Tone                string
	On, Channel, Giver, Late   string
	Entered                    string
	Text, Gist, Reason         string
	Handled                    string
	Shown                      []datum
	Reveal                     *web.Form
	Handle, Aside              string // pages on which it is answered or set aside; "" for nowhere
	Restore                    *web.Form
}

type datum struct{ Label, Text string }

var opinionTemplate = web.Define[opinionData]("desk/opinion")

func (p Pages) opinion(w http.ResponseWriter, r *http.Request) error {
	data, err := p.drawOpinion(r)
	if err != nil {
		return err
	}
	return opinionTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.one", data.Number), data)
}

func (p Pages) drawOpinion(r *http.Request) (opinionData, error) {
	actor, say := web.Actor(r), p.Kit.Say(r)
	o, c, shown, err := p.Desk.Opinion(r.Context(), actor, r.PathValue("opinion"))
	if err != nil {
		return opinionData{}, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return opinionData{}, err
	}
	names, err := p.Names.Names(r.Context(), []string{o.EnteredBy, o.HandledBy})
	if err != nil {
		return opinionData{}, err
	}
	data := opinionData{
		Number: o.Number, Consultation: c.Content.Title, Path: consult.Path(c.ID), On: day(say, o.On), Text: o.Text, Gist: o.Gist, Reason: o.Reason, Entered: names[o.EnteredBy],
		Channel: say.In(consult.Wording(string(o.Channel), consult.Channels())), Giver: say.In(consult.Wording(o.Giver, consult.Givers())),
	}
	data.State, data.Tone = opinionState(say, o)
	if o.Late(c.Content.Until) {
		data.Late = say.T("consult.late")
	}
	if o.Aside != "" {
		data.Reason = o.AsideReason
	}
	if o.HandledBy != "" {
		data.Handled = iso(o.HandledOn) + " " + names[o.HandledBy]
	}
	for _, s := range shown {
		if s.Masked != "" {
			data.Shown = append(data.Shown, datum{datumWord(say, s.Kind), s.Masked})
		}
	}
	if len(data.Shown) > 0 && actor.May(account.RevealPersonal, o.Organ, tree) == nil {
		data.Reveal = revealForm(say, o.ID, shown)
	}
	p.offer(r, tree, o, c, &data)
	return data, nil
}

func revealForm(say *locale.Catalogue, id string, shown []personal.Shown) *web.Form {
	which := web.Field{Kind: web.Radios, Name: "datum", Label: say.T("consult.which"), Required: true}
	for _, s := range shown {
		if s.Masked != "" {
			which.Options = append(which.Options, web.Option{Value: s.ID, Label: datumWord(say, s.Kind)})
		}
	}
	if len(which.Options) == 1 {
		which = web.Field{Kind: web.Hidden, Name: "datum", Value: which.Options[0].Value}
	}
	return &web.Form{Action: ledgerPath + "/" + id + "/reveal", Submit: say.T("consult.reveal"), Fields: []web.Field{
		which, {Name: "reason", Label: say.T("consult.reveal-reason"), Hint: say.T("consult.reveal-hint"), MaxLength: 200, Required: true},
	}}
}

// offer offers what may be done with an opinion now.
func (p Pages) offer(r *http.Request, tree *org.Tree, o consult.Opinion, c consult.Consultation, data *opinionData) {
	if web.Actor(r).May(account.HandleConsultations, o.Organ, tree) != nil {
		return
	}
	free := c.Status == consult.Approved || c.Status == consult.Answered && o.Outcome == "" && o.Aside == ""
	switch {
	case !free:
	case o.Aside != "":
		data.Restore = &web.Form{Action: ledgerPath + "/" + o.ID + "/restore", Submit: p.Kit.Say(r).T("consult.restore")}
	default:
		data.Handle, data.Aside = consult.Path(c.ID)+"/handle?opinion="+o.ID, consult.Path(c.ID)+"/aside?opinion="+o.ID
	}
}

func (p Pages) reveal(w http.ResponseWriter, r *http.Request) error {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data, err := p.drawOpinion(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	_, _, shown, err := p.Desk.Opinion(r.Context(), web.Actor(r), r.PathValue("opinion"))
	if err != nil {
		return err
	}
	plain, err := p.Desk.Reveal(r.Context(), web.Actor(r), r.PathValue("opinion"), typed.Get("datum"), typed.Get("reason"))
	status := http.StatusOK
	switch {
	case err == nil:
		i := slices.IndexFunc(shown, func(s personal.Shown) bool { return s.ID == typed.Get("datum") })
		label := datumWord(say, shown[i].Kind)
		for k := range data.Shown {
			if data.Shown[k].Label == label {
				data.Shown[k].Text = plain
			}
		}
	case data.Reveal == nil:
		return err
	default:
		data.Reveal.Fill(typed)
		if !data.Reveal.Fail(err) {
			return err
		}
		status = web.Status(err)
	}
	web.Private(w)
	return opinionTemplate.ShowStatus(p.Kit, w, r, status, say.T("consult.one", data.Number), data)
}

func (p Pages) restore(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	o, c, _, err := p.Desk.Opinion(r.Context(), web.Actor(r), r.PathValue("opinion"))
	if err != nil {
		return err
	}
	if err := p.Desk.Restore(r.Context(), web.Actor(r), c.ID, []string{o.ID}); err != nil {
		return err
	}
	return p.Kit.Done(w, r, ledgerPath+"/"+o.ID, p.Kit.Say(r).T("consult.restored", o.Number))
}

func datumWord(say *locale.Catalogue, kind personal.Kind) string {
	switch kind {
	case personal.Name:
		return say.T("consult.datum-name")
	case personal.Phone:
		return say.T("consult.datum-phone")
	case personal.Email:
		return say.T("consult.datum-email")
	}
	return say.T("consult.datum-address")
}
