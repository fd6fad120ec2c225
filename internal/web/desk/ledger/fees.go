package ledger

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// feesData is the demands of fees.
type feesData struct {
	Tabs []web.NavLink
	Sums []figure
	List web.List
}

var feesTemplate = web.Define[feesData]("desk/ledger_fees")

func (p Pages) feeRoutes() []web.Route {
	see := paged(web.Needs(account.SeeRequests))
	return []web.Route{
		see("GET", "/fees", p.fees, feesTemplate),
		see("GET", "/fees/months", p.months, monthsTemplate),
		see("GET", "/fees/applicants/{request}", p.applicant, applicantTemplate),
		see("GET", "/disputes", p.disputes, disputesTemplate),
	}
}

// feeTabs lead from the demands to the applicants and back.
func feeTabs(say *locale.Catalogue, here string) []web.NavLink {
	return []web.NavLink{
		{Path: "/desk/fees", Label: say.T("ledger.demands"), Here: here == "/desk/fees"},
		{Path: "/desk/fees/months", Label: say.T("ledger.by-month"), Here: here == "/desk/fees/months"},
	}
}

func (p Pages) fees(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	q := web.ReadList(r, []string{"issued", "until", "fen", "number"}, []string{foi.FilterFeeState, foi.FilterMethod, foi.FilterIssued, foi.FilterOrgan, foi.FilterBelow})
	if web.Format(r) == "xlsx" {
		return p.exportFees(w, r, tree, q)
	}
	page, sums, err := p.Desk.Fees(ctx, actor, q)
	if err != nil {
		return err
	}
	data := feesData{Tabs: feeTabs(say, "/desk/fees"), Sums: feeSums(say, sums)}
	data.List = web.List{
		Caption: say.T("ledger.demands"), Path: "/desk/fees", Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("ledger.fee-search"),
		Columns: []web.Column{
			{Name: "number", Label: say.T("ledger.request")},
			{Label: say.T("ledger.basis")},
			{Name: "fen", Label: say.T("ledger.amount"), Number: true},
			{Name: "issued", Label: say.T("ledger.issued"), Narrow: true},
			{Label: say.T("ledger.notified"), Narrow: true},
			{Name: "until", Label: say.T("ledger.pay-until"), Narrow: true},
			{Label: say.T("ledger.paid-on"), Narrow: true},
			{Label: say.T("ledger.fee-state"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: foi.FilterFeeState, Label: say.T("ledger.fee-state"), Options: optionsOf(say, foi.FeeStates())},
			{Name: foi.FilterMethod, Label: say.T("ledger.basis"), Options: []web.Option{{Value: string(foi.ByPieces), Label: say.T("ledger.by-pieces")}, {Value: string(foi.ByPages), Label: say.T("ledger.by-pages")}}},
			{Kind: web.Number, Name: foi.FilterIssued, Label: say.T("ledger.issued-in")},
			{Name: foi.FilterOrgan, Label: say.T("ledger.organ"), Options: choice.Organs(tree, actor.Where(account.SeeRequests))},
		},
		Empty: web.Empty{Title: say.T("ledger.no-fees"), Text: say.T("ledger.no-fees-text"), Action: &web.Action{Label: say.T("ledger.by-month"), Path: "/desk/fees/months"}},
	}
	for _, f := range page.Rows {
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: f.Number, Link: "/desk/requests/" + f.Request, Note: f.Headline},
			{Text: basisOf(say, f.Demand), Link: "/desk/fees/applicants/" + f.Request},
			{Text: foi.Yuan(f.Fen)},
			{Text: day(f.IssuedOn)},
			{Text: day(f.ReceivedOn)},
			{Text: day(f.Until)},
			{Text: day(f.PaidOn), Note: f.Voucher},
			{Text: wordOf(say, string(f.State), foi.FeeStates()), Badge: feeTone(f.State)},
		}})
	}
	return feesTemplate.Show(p.Kit, w, r, say.T("ledger.fees"), data)
}

// feeSums tells what was demanded, paid and is still open, in yuan.
func feeSums(say *locale.Catalogue, sums []foi.FeeSum) []figure {
	by := map[foi.FeeState]foi.FeeSum{}
	var all foi.FeeSum
	for _, s := range sums {
		by[s.State] = s
		if s.State != foi.FeeTakenBack {
			all.N, all.Fen = all.N+s.N, all.Fen+s.Fen
		}
	}
	one := func(s foi.FeeSum, label, state, tone string) figure {
		f := figure{Number: foi.Yuan(s.Fen), Label: say.T("ledger.sum", label, s.N), Path: "/desk/fees"}
		if state != "" {
			f.Path += "?" + url.Values{foi.FilterFeeState: {state}}.Encode()
		}
		if s.N > 0 {
			f.Tone = tone
		}
		return f
	}
	return []figure{
		one(all, say.T("ledger.demanded"), "", ""), one(by[foi.FeeIsPaid], say.T("ledger.paid"), string(foi.FeeIsPaid), "green"),
		one(by[foi.FeeOpen], say.T("ledger.to-pay"), string(foi.FeeOpen), "amber"), one(by[foi.FeeUnpaid], say.T("ledger.unpaid"), string(foi.FeeUnpaid), "red"),
	}
}

func feeTone(s foi.FeeState) string {
	return map[foi.FeeState]string{foi.FeeOpen: "amber", foi.FeeIsPaid: "green", foi.FeeUnpaid: "red", foi.FeeTakenBack: "grey"}[s]
}

// basisOf says by what the fee was reckoned: which request of the month, or how
// many pages.
func basisOf(say *locale.Catalogue, d foi.Demand) string {
	if d.Method == foi.ByPages {
		return say.T("ledger.pages", d.Pages)
	}
	return say.T("ledger.rank", d.Rank)
}

func optionsOf(say *locale.Catalogue, of []foi.Choice) []web.Option {
	var all []web.Option
	for _, c := range of {
		all = append(all, web.Option{Value: c.Value, Label: word(say, c.Word)})
	}
	return all
}

func wordOf(say *locale.Catalogue, value string, from []foi.Choice) string {
	for _, c := range from {
		if c.Value == value {
			return word(say, c.Word)
		}
	}
	return value
}

// day gives a day as tables have it, "" for none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (p Pages) exportFees(w http.ResponseWriter, r *http.Request, tree *org.Tree, q paging.Query) error {
	say := p.Kit.Say(r)
	heads := []string{
		say.T("ledger.request"), say.T("ledger.organ"), say.T("ledger.basis"), say.T("ledger.amount"), say.T("ledger.issued"), say.T("ledger.notified"), say.T("ledger.pay-until"),
		say.T("ledger.paid-on"), say.T("ledger.voucher"), say.T("ledger.fee-state"),
	}
	return web.WriteXLSX(w, say.T("ledger.fees"), heads, web.EveryPage(q, func(q paging.Query) (paging.Page[foi.FeeRow], error) {
		page, _, err := p.Desk.Fees(r.Context(), web.Actor(r), q)
		return page, err
	}, func(f foi.FeeRow) []string {
		return []string{
			f.Number, tree.Name(f.Organ), basisOf(say, f.Demand), foi.Yuan(f.Fen), day(f.IssuedOn), day(f.ReceivedOn), day(f.Until), day(f.PaidOn), f.Voucher,
			wordOf(say, string(f.State), foi.FeeStates()),
		}
	}))
}

// monthsData is who asked an organ for something in a month.
type monthsData struct {
	Tabs  []web.NavLink
	Form  web.Form
	Title string
	List  web.List
}

var monthsTemplate = web.Define[monthsData]("desk/ledger_months")

func (p Pages) months(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	where, err := p.place(r, account.SeeRequests)
	if err != nil {
		return err
	}
	month := monthAsked(r, p.Desk.Today())
	year, m, _ := month.Civil()
	q := web.ReadList(r, nil, []string{"organ", "month"})
	q.Filters = map[string]string{"organ": where.Organ, "month": monthText(month)}
	fetch := func(q paging.Query) (paging.Page[foi.Applicant], error) {
		return p.Desk.Applicants(ctx, actor, where.Organ, month, p.Opens, q)
	}
	who := func(a foi.Applicant) string {
		switch {
		case a.Organisation != "":
			return a.Organisation
		case a.Name != "":
			return a.Name
		}
		return say.T("ledger.person")
	}
	title := say.T("ledger.month-of", where.Name, year, int(m))
	if web.Format(r) == "xlsx" {
		heads := []string{say.T("ledger.applicant"), say.T("ledger.requests"), say.T("ledger.would-cost"), say.T("ledger.demanded"), say.T("ledger.paid")}
		return web.WriteXLSX(w, title, heads, web.EveryPage(q, fetch, func(a foi.Applicant) []string {
			return []string{who(a), strconv.Itoa(a.Requests), foi.Yuan(a.Fee.Fen), foi.Yuan(a.Demanded), foi.Yuan(a.Paid)}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	data := monthsData{Tabs: feeTabs(say, "/desk/fees/months"), Title: title}
	where.Below = false
	data.Form = where.form(say, web.Field{Kind: web.Select, Name: "month", Label: say.T("ledger.month"), Value: monthText(month), Options: monthOptions(say, p.Desk.Today(), month), Required: true, Beside: true})
	data.List = web.List{
		Caption: title, Path: "/desk/fees/months", Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true,
		Columns: []web.Column{
			{Label: say.T("ledger.applicant")},
			{Label: say.T("ledger.requests"), Number: true},
			{Label: say.T("ledger.would-cost"), Number: true},
			{Label: say.T("ledger.demanded"), Number: true},
			{Label: say.T("ledger.paid"), Number: true},
			{Label: say.T("ledger.unpaid-amount"), Number: true},
		},
		Empty: web.Empty{Title: say.T("ledger.no-month"), Text: say.T("ledger.no-month-text")},
	}
	for _, a := range page.Rows {
		row := web.Row{Cells: []web.Cell{
			{Text: who(a), Link: "/desk/fees/applicants/" + a.Request, Note: kindWord(a.Kind)},
			{Text: strconv.Itoa(a.Requests)},
			{Text: foi.Yuan(a.Fee.Fen), Note: stepsOf(say, a.Fee)},
			{Text: foi.Yuan(a.Demanded)},
			{Text: foi.Yuan(a.Paid)},
			{Text: foi.Yuan(a.Demanded - a.Paid)},
		}}
		if a.Fee.Fen > 0 {
			row.Tone = "amber"
		}
		data.List.Rows = append(data.List.Rows, row)
	}
	return monthsTemplate.Show(p.Kit, w, r, say.T("ledger.fees"), data)
}

// monthAsked reads 2026-11 off the address.
func monthAsked(r *http.Request, today calendar.Date) calendar.Date {
	if t, err := time.Parse("2006-01", r.URL.Query().Get("month")); err == nil && t.Year() >= calendar.FirstYear {
		return calendar.On(t.Year(), t.Month(), 1)
	}
	year, month, _ := today.Civil()
	return calendar.On(year, month, 1)
}

func monthText(d calendar.Date) string { return d.String()[:len("2006-01")] }

// monthOptions are the last three years of months, and the one that is looked at.
func monthOptions(say *locale.Catalogue, today, chosen calendar.Date) []web.Option {
	const shown = 36
	var all []web.Option
	year, month, _ := today.Civil()
	for n := range shown {
		first, _ := calendar.On(year, month, 1).AddMonths(-n)
		y, m, _ := first.Civil()
		all = append(all, web.Option{Value: monthText(first), Label: say.T("ledger.year-month", y, int(m)), Chosen: first == chosen})
	}
	return all
}
