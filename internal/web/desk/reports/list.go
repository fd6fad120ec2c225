package reports

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// listData is how the reports of a year stand.
type listData struct {
	Form    web.Form
	Sum     string // path; "" for who does not watch others
	Figures []count
	List    web.List
}

// count is a number at the top that leads to its rows.
type count struct {
	Label, Path, Tone string
	Number            int
}

var listTemplate = web.Define[listData]("desk/report_list")

// standing is a line of the list.
type standing struct {
	compile.Standing
	name string
}

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, say := r.Context(), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	this := p.Kit.Now().Year()
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || annual.FormFor(year) == nil || year > this {
		year = this - 1 // the report that is due
	}
	known, err := p.Desk.Store.Standing(ctx, year)
	if err != nil {
		return err
	}
	var all []standing
	for _, o := range choice.Organs(tree, web.Actor(r).Where(account.SeeReports)) {
		n, _ := tree.Node(o.Value)
		if n.Nature == org.Internal || n.Ended {
			continue // a section has no report of its own
		}
		one := standing{compile.Standing{Organ: n.ID}, n.Name}
		if i := slices.IndexFunc(known, func(s compile.Standing) bool { return s.Organ == n.ID }); i >= 0 {
			one.Standing = known[i]
		}
		all = append(all, one)
	}
	q := web.ReadList(r, []string{"name", "status", "signed", "published", "sent"}, []string{"status", "year"})
	data := listData{Form: yearForm(say, this, year), Figures: counts(say, all, year)}
	lines := chosen(all, q)
	sortLines(lines, q)
	if web.Format(r) == "xlsx" {
		return export(w, say, lines, year)
	}
	if watched := web.Actor(r).Where(account.WatchReports); len(watched) > 0 {
		data.Sum = path(watched[0].Organ, year) + "/sum"
	}
	data.List = drawn(say, lines, q, year)
	return listTemplate.Show(p.Kit, w, r, say.T("reports.title"), data)
}

func yearForm(say *locale.Catalogue, this, year int) web.Form {
	f := web.Field{Kind: web.Select, Name: "year", Label: say.T("reports.year"), Value: strconv.Itoa(year), Required: true, Narrow: true}
	for y := this; annual.FormFor(y) != nil; y-- {
		f.Options = append(f.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y), Chosen: y == year})
	}
	return web.Form{Get: true, Submit: say.T("reports.look"), Fields: []web.Field{f}}
}

// stage is where a report is, as lists tell it.
func (s standing) stage() string {
	switch {
	case !s.PublishedOn.IsZero() && (s.Status == compile.Frozen || s.Status == compile.New):
		return published
	case s.Status == compile.New:
		return "none"
	}
	return string(s.Status)
}

const published = "published"

// stages gives all stages in their order, in words.
func stages(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, s := range compile.Statuses() {
		all = append(all, web.Option{Value: standing{Standing: compile.Standing{Status: s}}.stage(), Label: in(say, s.Words())})
	}
	return append(all, web.Option{Value: published, Label: say.T("reports.is-published")})
}

func counts(say *locale.Catalogue, all []standing, year int) []count {
	var figures []count
	for _, s := range stages(say) {
		one := count{Label: s.Label, Path: root + "?year=" + strconv.Itoa(year) + "&status=" + s.Value}
		for _, line := range all {
			if line.stage() == s.Value {
				one.Number++
			}
		}
		figures = append(figures, one)
	}
	return figures
}

func chosen(all []standing, q paging.Query) []standing {
	var lines []standing
	for _, line := range all {
		if strings.Contains(line.name, strings.TrimSpace(q.Words)) && (q.Filter("status") == "" || q.Filter("status") == line.stage()) {
			lines = append(lines, line)
		}
	}
	return lines
}

func sortLines(lines []standing, q paging.Query) {
	of := map[string]func(standing) string{
		"name": func(s standing) string { return s.name },
		"status": func(s standing) string {
			return strconv.Itoa(slices.Index(compile.Statuses(), s.Status)) + iso(s.PublishedOn)
		},
		"signed":    func(s standing) string { return iso(s.SignedOn) },
		"published": func(s standing) string { return iso(s.PublishedOn) },
		"sent":      func(s standing) string { return iso(s.SentOn) },
	}[q.Sort]
	if of == nil {
		return // in the order of the tree
	}
	slices.SortStableFunc(lines, func(a, b standing) int {
		if q.Desc {
			a, b = b, a
		}
		return strings.Compare(of(a), of(b))
	})
}

func drawn(say *locale.Catalogue, lines []standing, q paging.Query, year int) web.List {
	l := web.List{
		Caption: say.T("reports.of-year", year), Path: root, Query: q, Total: len(lines), Export: true, Search: say.T("reports.search"),
		Columns: []web.Column{
			{Name: "name", Label: say.T("reports.organ")},
			{Name: "status", Label: say.T("reports.status"), Narrow: true},
			{Name: "signed", Label: say.T("reports.signed"), Narrow: true},
			{Name: "published", Label: say.T("reports.published"), Narrow: true},
			{Name: "sent", Label: say.T("reports.sent"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("reports.none"), Text: say.T("reports.none-text")},
	}
	options := append([]web.Option{{Label: say.T("reports.all")}}, stages(say)...)
	for i := range options {
		options[i].Chosen = options[i].Value == q.Filter("status")
	}
	l.Filters = []web.Filter{{Name: "status", Label: say.T("reports.status"), Options: options}}
	from := min(q.Offset(), len(lines))
	for _, line := range lines[from:min(from+q.Limit(), len(lines))] {
		word, tone := state(say, line.Status, line.PublishedOn)
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: line.name, Link: path(line.Organ, year)},
			{Text: word, Badge: tone},
			{Text: iso(line.SignedOn)},
			{Text: iso(line.PublishedOn)},
			{Text: iso(line.SentOn)},
		}})
	}
	return l
}

func export(w http.ResponseWriter, say *locale.Catalogue, lines []standing, year int) error {
	columns := []string{say.T("reports.organ"), say.T("reports.status"), say.T("reports.signed"), say.T("reports.published"), say.T("reports.sent")}
	return web.WriteXLSX(w, say.T("reports.of-year", year), columns, func(yield func([]string, error) bool) {
		for _, line := range lines {
			word, _ := state(say, line.Status, line.PublishedOn)
			if !yield([]string{line.name, word, iso(line.SignedOn), iso(line.PublishedOn), iso(line.SentOn)}, nil) {
				return
			}
		}
	})
}
