package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/work"
)

// organsData is how the organs stand at a glance.
type organsData struct {
	Red, Amber, Green int
	List              web.List
}

var organsTemplate = web.Define[organsData]("desk/organs")

// organLine is how one organ stands.
type organLine struct {
	work.Tally
	node  org.Node
	above string // name of the organ that a section belongs to; "" for others
}

// rate gives how many of a hundred items were done in time; ok is false when
// none was done.
func (l organLine) rate() (percent int, ok bool) {
	if l.Done == 0 {
		return 0, false
	}
	return l.InTime * 100 / l.Done, true // cut off: a hundred is all of them
}

func (p Work) organs(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tallies, err := p.Office.Overview(ctx, actor)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	q := web.ReadList(r, []string{"name", "open", "overdue", "soon", "done", "rate"}, []string{"light"})
	var lines []organLine
	var data organsData
	for _, o := range choice.Organs(tree, actor.Where(account.AssignWork)) {
		n, _ := tree.Node(o.Value)
		line := organLine{Tally: tallies[o.Value], node: n}
		if n.Nature == org.Internal {
			line.above = tree.Name(n.Parent)
		}
		switch line.Light() {
		case work.Red:
			data.Red++
		case work.Amber:
			data.Amber++
		default:
			data.Green++
		}
		if words := strings.TrimSpace(q.Words); words != "" && !strings.Contains(n.Name, words) || q.Filter("light") != "" && q.Filter("light") != lightName(line) {
			continue
		}
		lines = append(lines, line)
	}
	sortLines(lines, q)
	if web.Format(r) == "xlsx" {
		return p.exportOrgans(w, say, lines)
	}
	data.List = organList(say, lines, q)
	return organsTemplate.Show(p.Kit, w, r, say.T("work.organs"), data)
}

func lightName(l organLine) string {
	if tone := l.Light(); tone != work.Calm {
		return string(tone)
	}
	return "green"
}

// sortLines puts what needs looking at first, unless a column is asked for.
func sortLines(lines []organLine, q paging.Query) {
	by := map[string]func(a, b organLine) int{
		"": func(a, b organLine) int {
			return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Soon, a.Soon), cmp.Compare(b.Open, a.Open))
		},
		"name":    func(a, b organLine) int { return strings.Compare(a.node.Name, b.node.Name) },
		"open":    func(a, b organLine) int { return cmp.Compare(a.Open, b.Open) },
		"overdue": func(a, b organLine) int { return cmp.Compare(a.Overdue, b.Overdue) },
		"soon":    func(a, b organLine) int { return cmp.Compare(a.Soon, b.Soon) },
		"done":    func(a, b organLine) int { return cmp.Compare(a.Done, b.Done) },
		"rate": func(a, b organLine) int {
			x, _ := a.rate()
			y, _ := b.rate()
			return cmp.Compare(x, y)
		},
	}[q.Sort]
	slices.SortStableFunc(lines, func(a, b organLine) int {
		if q.Desc {
			return by(b, a)
		}
		return by(a, b)
	})
}

func organList(say *locale.Catalogue, lines []organLine, q paging.Query) web.List {
	l := web.List{
		Caption: say.T("work.organs"), Path: "/desk/organs", Query: q, Total: len(lines), Export: true, Search: say.T("work.organ"),
		Columns: []web.Column{
			{Name: "name", Label: say.T("work.organ")},
			{Label: say.T("work.light"), Narrow: true},
			{Name: "open", Label: say.T("work.open"), Number: true},
			{Name: "overdue", Label: say.T("work.overdue"), Number: true},
			{Name: "soon", Label: say.T("work.soon"), Number: true},
			{Name: "done", Label: say.T("work.done-year"), Number: true},
			{Name: "rate", Label: say.T("work.rate"), Number: true},
		},
		Filters: []web.Filter{{Name: "light", Label: say.T("work.light"), Options: []web.Option{
			{Value: "red", Label: say.T("work.light-red")}, {Value: "amber", Label: say.T("work.light-amber")}, {Value: "green", Label: say.T("work.light-green")},
		}}},
		Empty: web.Empty{Title: say.T("work.no-organs")},
	}
	shown := lines[min(q.Offset(), len(lines)):]
	for _, line := range shown[:min(q.Limit(), len(shown))] {
		word, tone := lightWord(say, line)
		path := "/desk/organs/" + url.PathEscape(line.node.ID)
		row := web.Row{Tone: string(line.Light()), Cells: []web.Cell{
			{Text: line.node.Name, Link: path, Note: line.above},
			{Text: word, Badge: tone},
			{Text: strconv.Itoa(line.Open)},
			counter(line.Overdue, path+"?late=yes"),
			counter(line.Soon, path+"?late=soon"), counter(line.Done, path+"?state=done"),
			{Text: rateWord(line)},
		}}
		l.Rows = append(l.Rows, row)
	}
	return l
}

// counter is a figure that leads to the items it counts.
func counter(n int, path string) web.Cell {
	if n == 0 {
		return web.Cell{Text: "0"}
	}
	return web.Cell{Text: strconv.Itoa(n), Link: path}
}

func rateWord(l organLine) string {
	percent, ok := l.rate()
	if !ok {
		return "—"
	}
	return strconv.Itoa(percent) + "%"
}

func lightWord(say *locale.Catalogue, l organLine) (word, tone string) {
	switch l.Light() {
	case work.Red:
		return say.T("work.light-red"), "red"
	case work.Amber:
		return say.T("work.light-amber"), "amber"
	}
	return say.T("work.light-green"), "green"
}

func (p Work) exportOrgans(w http.ResponseWriter, say *locale.Catalogue, lines []organLine) error {
	heads := []string{
		say.T("work.organ"), say.T("work.light"), say.T("work.open"), say.T("work.overdue"), say.T("work.soon"), say.T("work.done-year"), say.T("work.rate"),
	}
	return web.WriteXLSX(w, say.T("work.organs"), heads, func(yield func([]string, error) bool) {
		for _, l := range lines {
			word, _ := lightWord(say, l)
			row := []string{strings.TrimSpace(l.above + " " + l.node.Name), word, strconv.Itoa(l.Open), strconv.Itoa(l.Overdue), strconv.Itoa(l.Soon), strconv.Itoa(l.Done), rateWord(l)}
			if !yield(row, nil) {
				return
			}
		}
	})
}

// workOrganData is what is to be done in an organ.
type workOrganData struct {
	Organ  string
	Tabs   []web.NavLink
	List   web.List
	Assign string // path; "" for those who hand out nothing here
	Back   bool   // to the organs
}

var workOrganTemplate = web.Define[workOrganData]("desk/work_organ")

func (p Work) organ(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	organ, q := r.PathValue("organ"), readWork(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	fetch := func(q paging.Query) (paging.Page[work.Listed], error) { return p.Office.InOrgan(ctx, actor, organ, q) }
	page, err := fetch(q)
	if err != nil {
		return err
	}
	if web.Format(r) == "xlsx" {
		return p.export(w, r, tree.Name(organ), fetch, q)
	}
	path := "/desk/organs/" + url.PathEscape(organ)
	data := workOrganData{Organ: tree.Name(organ), Tabs: tabs(say, path, q), Back: actor.Can(account.AssignWork)}
	if p.Office.MayAssign(ctx, actor, organ) == nil {
		data.Assign = "/desk/work/new?" + url.Values{"organ": {organ}}.Encode()
	}
	if data.List, err = p.list(r, path, data.Organ, q, page, true); err != nil {
		return err
	}
	data.List.Empty = web.Empty{Title: say.T("work.organ-none"), Text: say.T("work.organ-none-text")}
	return workOrganTemplate.Show(p.Kit, w, r, say.T("work.of-organ", data.Organ), data)
}
