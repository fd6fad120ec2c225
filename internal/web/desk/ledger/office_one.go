package ledger

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// officeData is how one office stands, and what of it can be given to others.
type officeData struct {
	Organ     string
	Year      int
	Figures   []figure
	Groups    []shares
	Pace      []figure
	Form      web.Form
	More      int    // open requests that the form does not show
	List      string // path
	Export    string // path
	Back      bool   // to the matrix
	NoRequest bool
}

// figure is a number with what it counts.
type figure struct{ Number, Label, Path, Tone string }

// shares are the open requests, shared out.
type shares struct {
	Title, Column string
	Rows          []share
}

// share is how many of the open requests are somewhere, or with somebody.
type share struct {
	Name                      string
	Open, Overdue, Near, Soon figure
}

var officeTemplate = web.Define[officeData]("desk/ledger_office")

// shownAtOnce is how many open requests can be chosen on one page: those that are
// due first.
const shownAtOnce = 60

func (p Pages) oneOffice(w http.ResponseWriter, r *http.Request, status int, organ string, wrong *sent) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	s, err := p.Desk.OfficeStanding(ctx, actor, account.Place{Organ: organ})
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	people, err := p.names(r, organ, s)
	if err != nil {
		return err
	}
	if web.Format(r) == "xlsx" {
		return p.exportOffice(w, say, tree.Name(organ), s, people)
	}
	data := officeData{Organ: tree.Name(organ), Year: s.Year, List: openPath(organ, nil), Back: watchesSeveral(actor.Where(account.ReassignRequests))}
	var all foi.Load
	for _, l := range s.Loads {
		add(&all, l)
	}
	data.NoRequest = all.Open == 0
	whole := shareOf(say, "", organ, all, nil, s.Horizon)
	data.Figures = []figure{whole.Overdue, whole.Near, whole.Soon, whole.Open}
	data.Groups = []shares{
		{say.T("ledger.by-step"), say.T("ledger.step"), steps(say, organ, s)}, {say.T("ledger.by-person"), say.T("ledger.handler"), handlers(say, organ, s, people)},
	}
	data.Export = "/desk/office?" + url.Values{"organ": {organ}, "format": {"xlsx"}}.Encode()
	pace := s.Paces[organ]
	data.Pace = []figure{
		{Number: strconv.Itoa(pace.Replies), Label: say.T("ledger.replies")},
		{Number: rateWord(pace), Label: say.T("ledger.rate")},
		{Number: averageWord(pace), Label: say.T("ledger.average")},
	}
	if data.Form, data.More, err = p.reassignForm(r, organ, people); err != nil {
		return err
	}
	if wrong != nil {
		data.Form.Fill(wrong.values)
		if !data.Form.Fail(wrong.err) {
			return wrong.err
		}
	}
	return officeTemplate.ShowStatus(p.Kit, w, r, status, say.T("ledger.office-of", data.Organ), data)
}

// sent is a form that was sent, and what is wrong with it.
type sent struct {
	values url.Values
	err    error
}

// names gives the names of those who have requests of an organ, or could have.
func (p Pages) names(r *http.Request, organ string, s foi.OfficeStanding) (map[string]string, error) {
	ids, err := p.Desk.Clerks(r.Context(), web.Actor(r), organ)
	if err != nil {
		return nil, err
	}
	for _, l := range s.Loads {
		if l.Handler != "" {
			ids = append(ids, l.Handler)
		}
	}
	return p.Names.Names(r.Context(), ids)
}

// steps shares the open requests out by where they are, in the order of a
// request's life.
func steps(say *locale.Catalogue, organ string, s foi.OfficeStanding) []share {
	sums := map[foi.Status]*foi.Load{}
	for _, l := range s.Loads {
		if sums[l.Status] == nil {
			sums[l.Status] = &foi.Load{}
		}
		add(sums[l.Status], l)
	}
	var all []share
	for _, status := range foi.Statuses() {
		if sum := sums[status]; sum != nil {
			all = append(all, shareOf(say, word(say, status.Words()), organ, *sum, map[string]string{foi.FilterStatus: string(status)}, s.Horizon))
		}
	}
	return all
}

// handlers shares them out by who has them; those of nobody come first.
func handlers(say *locale.Catalogue, organ string, s foi.OfficeStanding, people map[string]string) []share {
	sums := map[string]*foi.Load{}
	var order []string
	for _, l := range s.Loads {
		if sums[l.Handler] == nil {
			sums[l.Handler], order = &foi.Load{}, append(order, l.Handler)
		}
		add(sums[l.Handler], l)
	}
	slices.Sort(order)
	var all []share
	for _, id := range order {
		name, value := people[id], id
		if id == "" {
			name, value = say.T("ledger.nobody"), "none"
		}
		all = append(all, shareOf(say, name, organ, *sums[id], map[string]string{foi.FilterHandler: value}, s.Horizon))
	}
	return all
}

// shareOf links each figure to the requests that it counts.
func shareOf(say *locale.Catalogue, name, organ string, l foi.Load, more map[string]string, h foi.Horizon) share {
	one := func(n int, label, tone string, narrower map[string]string) figure {
		f := map[string]string{}
		maps.Copy(f, more)
		maps.Copy(f, narrower)
		if n == 0 { // nothing to open
			return figure{Number: "0", Label: label}
		}
		return figure{Number: strconv.Itoa(n), Label: label, Path: openPath(organ, f), Tone: tone}
	}
	by := func(d calendar.Date) map[string]string { return map[string]string{foi.FilterDueBy: d.String()} }
	return share{
		Name: name, Open: one(l.Open, say.T("ledger.open"), "", nil), Overdue: one(l.Overdue, say.T("ledger.overdue"), "red", map[string]string{foi.FilterDue: "overdue"}),
		Near: one(l.Near, say.T("ledger.near"), "amber", by(h.Near)), Soon: one(l.Soon, say.T("ledger.ahead"), "", by(h.Soon)),
	}
}

// reassignForm offers the open requests that are due first.
func (p Pages) reassignForm(r *http.Request, organ string, people map[string]string) (form web.Form, more int, err error) {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	page, err := p.Desk.List(ctx, actor, paging.Query{Size: shownAtOnce, Filters: map[string]string{foi.FilterOrgan: organ, foi.FilterOpen: "yes"}})
	if err != nil {
		return form, 0, err
	}
	clerks, err := p.Desk.Clerks(ctx, actor, organ)
	if err != nil {
		return form, 0, err
	}
	requests := web.Field{Kind: web.Checks, Name: "request", Label: say.T("ledger.which"), Required: true}
	for _, row := range page.Rows {
		who := people[row.Handler]
		if row.Handler == "" {
			who = say.T("ledger.nobody")
		}
		hint := say.T("ledger.choose-hint", word(say, row.Status.Words()), who)
		if !row.Due.IsZero() {
			hint = say.T("ledger.choose-hint-due", word(say, row.Status.Words()), who, row.Due.String())
		}
		requests.Options = append(requests.Options, web.Option{Value: row.ID, Label: row.Number + "　" + row.Headline, Hint: hint})
	}
	to := web.Field{Kind: web.Select, Name: "to", Label: say.T("ledger.to"), Required: true, Narrow: true, Options: []web.Option{{Value: "", Label: say.T("ledger.choose")}}}
	for _, id := range clerks {
		to.Options = append(to.Options, web.Option{Value: id, Label: people[id]})
	}
	to.Options = append(to.Options, web.Option{Value: "none", Label: say.T("ledger.to-nobody")})
	return web.Form{Action: "/desk/office/reassign", Submit: say.T("ledger.reassign"), Fields: []web.Field{
		{Kind: web.Hidden, Name: "organ", Value: organ}, to, requests,
	}}, page.Total - len(page.Rows), nil
}

func (p Pages) reassign(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	organ, to := values.Get("organ"), values.Get("to")
	var n int
	switch to {
	case "":
		err = errs.InField("to", "请选择改派给谁。")
	case "none":
		n, err = p.Desk.ReassignAll(r.Context(), web.Actor(r), values["request"], "")
	default:
		n, err = p.Desk.ReassignAll(r.Context(), web.Actor(r), values["request"], to)
	}
	if err != nil {
		return p.oneOffice(w, r, web.Status(err), organ, &sent{values, err})
	}
	return p.Kit.Done(w, r, "/desk/office?"+url.Values{"organ": {organ}}.Encode(), p.Kit.Say(r).T("ledger.reassigned", n))
}

func (p Pages) exportOffice(w http.ResponseWriter, say *locale.Catalogue, name string, s foi.OfficeStanding, people map[string]string) error {
	heads := []string{say.T("ledger.step"), say.T("ledger.handler"), say.T("ledger.open"), say.T("ledger.overdue"), say.T("ledger.near"), say.T("ledger.ahead")}
	return web.WriteXLSX(w, name, heads, func(yield func([]string, error) bool) {
		for _, l := range s.Loads {
			who := people[l.Handler]
			if l.Handler == "" {
				who = say.T("ledger.nobody")
			}
			if !yield([]string{word(say, l.Status.Words()), who, strconv.Itoa(l.Open), strconv.Itoa(l.Overdue), strconv.Itoa(l.Near), strconv.Itoa(l.Soon)}, nil) {
				return
			}
		}
	})
}
