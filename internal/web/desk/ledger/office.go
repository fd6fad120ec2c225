package ledger

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// officesData is how the offices stand that somebody watches.
type officesData struct {
	Red, Amber, Green int
	Year              int
	Near              string // the last day that is near
	List              web.List
}

var officesTemplate = web.Define[officesData]("desk/ledger_offices")

func (p Pages) officeRoutes() []web.Route {
	watch := paged(web.Needs(account.ReassignRequests))
	return []web.Route{
		watch("GET", "/office", p.office, officesTemplate, officeTemplate),
		watch("POST", "/office/reassign", p.reassign, officeTemplate),
	}
}

// standing is how one office stands.
type standing struct {
	foi.Load // of all statuses and handlers together
	foi.Pace
	node  org.Node
	above string // name of the organ that a section belongs to
}

func (s standing) light() (name string) {
	switch {
	case s.Overdue > 0:
		return "red"
	case s.Near > 0:
		return "amber"
	}
	return "green"
}

// office is how one office stands; who watches several sees them as a matrix.
func (p Pages) office(w http.ResponseWriter, r *http.Request) error {
	places := web.Actor(r).Where(account.ReassignRequests)
	wide := watchesSeveral(places)
	if organ := r.URL.Query().Get("organ"); organ != "" || !wide {
		if organ == "" && len(places) > 0 {
			organ = places[0].Organ
		}
		return p.oneOffice(w, r, http.StatusOK, organ, nil)
	}
	return p.offices(w, r, places)
}

// watchesSeveral tells whether somebody sees the matrix.
func watchesSeveral(places []account.Place) bool {
	return len(places) > 1 || slices.ContainsFunc(places, func(p account.Place) bool { return p.Below })
}

func (p Pages) offices(w http.ResponseWriter, r *http.Request, places []account.Place) error {
	ctx, say := r.Context(), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	all, data := map[string]*standing{}, officesData{}
	for _, place := range places {
		s, err := p.Desk.OfficeStanding(ctx, web.Actor(r), place)
		if err != nil {
			return err
		}
		data.Year, data.Near = s.Year, s.Near.String()
		gather(all, s)
	}
	q := web.ReadList(r, []string{"name", "open", "overdue", "near", "soon", "replies", "rate", "days"}, []string{"light"})
	var lines []standing
	for _, o := range choice.Organs(tree, places) {
		n, _ := tree.Node(o.Value)
		line := standing{node: n}
		if found := all[n.ID]; found != nil {
			line.Load, line.Pace = found.Load, found.Pace
		}
		if n.Nature == org.Internal {
			if line.Open+line.Replies == 0 {
				continue // a section has no requests of its own
			}
			line.above = tree.Name(n.Parent)
		}
		*map[string]*int{"red": &data.Red, "amber": &data.Amber, "green": &data.Green}[line.light()]++
		if words := strings.TrimSpace(q.Words); strings.Contains(n.Name, words) && (q.Filter("light") == "" || q.Filter("light") == line.light()) {
			lines = append(lines, line)
		}
	}
	sortStandings(lines, q)
	if web.Format(r) == "xlsx" {
		return exportOffices(w, say, lines)
	}
	data.List = officeList(say, lines, q)
	return officesTemplate.Show(p.Kit, w, r, say.T("ledger.offices"), data)
}

// gather adds up what an answer tells of each organ.
func gather(all map[string]*standing, s foi.OfficeStanding) {
	of := func(organ string) *standing {
		if all[organ] == nil {
			all[organ] = &standing{}
		}
		return all[organ]
	}
	for _, l := range s.Loads {
		add(&of(l.Organ).Load, l)
	}
	for organ, pace := range s.Paces {
		of(organ).Pace = pace
	}
}

func add(to *foi.Load, l foi.Load) {
	to.Open, to.Overdue, to.Near, to.Soon = to.Open+l.Open, to.Overdue+l.Overdue, to.Near+l.Near, to.Soon+l.Soon
}

// sortStandings puts what needs looking at first, unless a column is asked for.
func sortStandings(lines []standing, q paging.Query) {
	rate := func(s standing) int { n, _ := s.Rate(); return n }
	days := func(s standing) int { n, _ := s.Average(); return n }
	by := map[string]func(a, b standing) int{
		"": func(a, b standing) int {
			return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Near, a.Near), cmp.Compare(b.Soon, a.Soon), cmp.Compare(b.Open, a.Open))
		},
		"name":    func(a, b standing) int { return strings.Compare(a.node.Name, b.node.Name) },
		"open":    func(a, b standing) int { return cmp.Compare(a.Open, b.Open) },
		"overdue": func(a, b standing) int { return cmp.Compare(a.Overdue, b.Overdue) },
		"near":    func(a, b standing) int { return cmp.Compare(a.Near, b.Near) },
		"soon":    func(a, b standing) int { return cmp.Compare(a.Soon, b.Soon) },
		"replies": func(a, b standing) int { return cmp.Compare(a.Replies, b.Replies) },
		"rate":    func(a, b standing) int { return cmp.Compare(rate(a), rate(b)) },
		"days":    func(a, b standing) int { return cmp.Compare(days(a), days(b)) },
	}[q.Sort]
	slices.SortStableFunc(lines, func(a, b standing) int {
		if q.Desc {
			return by(b, a)
		}
		return by(a, b)
	})
}

func officeList(say *locale.Catalogue, lines []standing, q paging.Query) web.List {
	l := web.List{
		Caption: say.T("ledger.offices"), Path: "/desk/office", Query: q, Total: len(lines), Export: true, Search: say.T("ledger.organ"),
		Columns: []web.Column{
			{Name: "name", Label: say.T("ledger.organ"), Narrow: true},
			{Label: say.T("ledger.light"), Narrow: true},
			{Name: "open", Label: say.T("ledger.open"), Number: true},
			{Name: "overdue", Label: say.T("ledger.overdue"), Number: true},
			{Name: "near", Label: say.T("ledger.near"), Number: true},
			{Name: "soon", Label: say.T("ledger.ahead"), Number: true},
			{Name: "replies", Label: say.T("ledger.replies"), Number: true},
			{Name: "rate", Label: say.T("ledger.rate"), Number: true},
			{Name: "days", Label: say.T("ledger.average"), Number: true},
		},
		Filters: []web.Filter{{Name: "light", Label: say.T("ledger.light"), Options: []web.Option{
			{Value: "red", Label: say.T("ledger.red")}, {Value: "amber", Label: say.T("ledger.amber")}, {Value: "green", Label: say.T("ledger.green")},
		}}},
		Empty: web.Empty{Title: say.T("ledger.no-offices")},
	}
	shown := lines[min(q.Offset(), len(lines)):]
	for _, line := range shown[:min(q.Limit(), len(shown))] {
		tone := line.light()
		row := web.Row{Cells: []web.Cell{
			{Text: line.node.Name, Link: "/desk/office?" + url.Values{"organ": {line.node.ID}}.Encode(), Note: line.above},
			{Text: lightWord(say, tone), Badge: tone},
			counted(line.Open, line.node.ID, nil),
			counted(line.Overdue, line.node.ID, map[string]string{foi.FilterDue: "overdue"}),
			{Text: strconv.Itoa(line.Near)},
			{Text: strconv.Itoa(line.Soon)},
			{Text: strconv.Itoa(line.Replies)},
			{Text: rateWord(line.Pace)},
			{Text: averageWord(line.Pace)},
		}}
		if tone != "green" {
			row.Tone = tone
		}
		l.Rows = append(l.Rows, row)
	}
	return l
}

// counted is a figure that leads to the open requests it counts.
func counted(n int, organ string, more map[string]string) web.Cell {
	if n == 0 {
		return web.Cell{Text: "0"}
	}
	return web.Cell{Text: strconv.Itoa(n), Link: openPath(organ, more)}
}

// openPath is the list of an organ's open requests, narrowed further.
func openPath(organ string, more map[string]string) string {
	f := map[string]string{foi.FilterOrgan: organ, foi.FilterOpen: "yes"}
	maps.Copy(f, more)
	return requestsPath(f)
}

func lightWord(say *locale.Catalogue, tone string) string {
	switch tone {
	case "red":
		return say.T("ledger.red")
	case "amber":
		return say.T("ledger.amber")
	}
	return say.T("ledger.green")
}

func rateWord(p foi.Pace) string {
	if percent, ok := p.Rate(); ok {
		return strconv.Itoa(percent) + "%"
	}
	return "—"
}

func averageWord(p foi.Pace) string {
	if tenths, ok := p.Average(); ok {
		return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
	}
	return "—"
}

func exportOffices(w http.ResponseWriter, say *locale.Catalogue, lines []standing) error {
	heads := []string{
		say.T("ledger.organ"), say.T("ledger.light"), say.T("ledger.open"), say.T("ledger.overdue"), say.T("ledger.near"), say.T("ledger.ahead"),
		say.T("ledger.replies"), say.T("ledger.rate"), say.T("ledger.average"),
	}
	return web.WriteXLSX(w, say.T("ledger.offices"), heads, func(yield func([]string, error) bool) {
		for _, l := range lines {
			if !yield([]string{
				strings.TrimSpace(l.above + " " + l.node.Name), lightWord(say, l.light()), strconv.Itoa(l.Open), strconv.Itoa(l.Overdue), strconv.Itoa(l.Near), strconv.Itoa(l.Soon),
				strconv.Itoa(l.Replies), rateWord(l.Pace), averageWord(l.Pace),
			}, nil) {
				return
			}
		}
	})
}
