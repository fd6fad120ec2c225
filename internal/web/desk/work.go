package desk

import (
	"context"
	"iter"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/work"
)

// Work are the pages about what is to be done.
type Work struct {
	Kit    *web.Kit
	Office *work.Office
	Trees  org.Trees
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// History gives what has happened to an item, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
}

// Routes gives the pages.
func (p Work) Routes() []web.Route {
	own, see, assign := web.SignedIn(), web.Needs(account.SeeWork), web.Needs(account.AssignWork)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk" + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "", own, p.home),
		page("GET", "/work", own, p.mine, workTemplate),
		page("GET", "/work/new", assign, p.askNew, workNewTemplate),
		page("POST", "/work/new", assign, p.assign, workNewTemplate),
		page("GET", "/work/leave", see, p.askLeave, workActTemplate),
		page("POST", "/work/leave", see, p.leave, workActTemplate),
		page("GET", "/work/substitutes", see, p.substitutes, substitutesTemplate),
		page("POST", "/work/substitutes", see, p.nameSubstitute, substitutesTemplate),
		page("POST", "/work/substitutes/{substitute}/end", see, p.endSubstitute),
		page("GET", "/work/{work}", see, p.show, workItemTemplate),
		page("GET", "/work/{work}/done", see, p.askDone, workActTemplate),
		page("POST", "/work/{work}/done", see, p.done, workActTemplate),
		page("GET", "/work/{work}/pass", see, p.askPass, workActTemplate),
		page("POST", "/work/{work}/pass", see, p.pass, workActTemplate),
		page("POST", "/work/{work}/take", see, p.take),
		page("GET", "/work/{work}/withdraw", assign, p.askWithdraw, workActTemplate),
		page("POST", "/work/{work}/withdraw", assign, p.withdraw, workActTemplate),
		page("GET", "/organs", assign, p.organs, organsTemplate),
		page("GET", "/organs/{organ}", see, p.organ, workOrganTemplate),
	}
}

// home is where people begin: administrators at the administration, who watches
// others at their organs, everybody else at what is to be done.
func (p Work) home(w http.ResponseWriter, r *http.Request) error {
	actor, path := web.Actor(r), "/desk/work"
	for _, g := range actor.Grants {
		info, _ := g.Role.Info()
		switch {
		case info.Administrator:
			path = "/admin"
		case g.Role == account.Supervisor:
			path = "/desk/organs"
		}
	}
	return web.Redirect(w, r, path)
}

// workData is what somebody has to do.
type workData struct {
	Overdue, Soon, Open int
	Tasks               []taskCount
	Tabs                []web.NavLink
	Next                string // the first item's page; "" for none
	List                web.List
	MayAssign, MayLeave bool
	For                 []string // those for whom the person stands in today
}

// taskCount is how much of a task is open.
type taskCount struct {
	Title, Path   string
	Open, Overdue int
	Here          bool
}

var workTemplate = web.Define[workData]("desk/work")

func (p Work) mine(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := readWork(r)
	fetch := func(q paging.Query) (paging.Page[work.Listed], error) { return p.Office.Mine(ctx, actor, q) }
	if web.Format(r) == "xlsx" {
		return p.export(w, r, say.T("work.title"), fetch, q)
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	loads, err := p.Office.MyLoads(ctx, actor)
	if err != nil {
		return err
	}
	data := workData{
		Tabs: tabs(say, "/desk/work", q), MayAssign: actor.Can(account.AssignWork), MayLeave: actor.Can(account.SeeWork),
	}
	for _, l := range loads {
		data.Open, data.Overdue, data.Soon = data.Open+l.Open, data.Overdue+l.Overdue, data.Soon+l.Soon
		data.Tasks = append(data.Tasks, taskCount{
			Title: taskWord(say, l.Task), Path: "/desk/work?" + url.Values{work.FilterTask: {string(l.Task)}}.Encode(), Open: l.Open, Overdue: l.Overdue,
			Here: q.Filter(work.FilterTask) == string(l.Task),
		})
	}
	if len(page.Rows) > 0 && page.Rows[0].State == work.Open {
		data.Next = page.Rows[0].Path()
	}
	if data.List, err = p.list(r, "/desk/work", say.T("work.title"), q, page, false); err != nil {
		return err
	}
	data.List.Empty = web.Empty{Title: say.T("work.none"), Text: say.T("work.none-text")}
	if data.MayAssign {
		data.List.Empty.Action = &web.Action{Label: say.T("work.assign"), Path: "/desk/work/new"}
	}
	if data.For, err = p.standsFor(r); err != nil {
		return err
	}
	return workTemplate.Show(p.Kit, w, r, say.T("work.title"), data)
}

func readWork(r *http.Request) paging.Query {
	return web.ReadList(r, []string{"due"}, []string{work.FilterTask, work.FilterLate, work.FilterState})
}

// tabs lead to what is open, done and withdrawn.
func tabs(say *locale.Catalogue, path string, q paging.Query) []web.NavLink {
	var all []web.NavLink
	for _, s := range work.States() {
		tab := web.NavLink{Label: stateWord(say, s), Path: path, Here: q.Filter(work.FilterState) == string(s)}
		if s == work.Open {
			tab.Here = tab.Here || q.Filter(work.FilterState) == ""
		} else {
			tab.Path += "?" + url.Values{work.FilterState: {string(s)}}.Encode()
		}
		all = append(all, tab)
	}
	return all
}

// list draws items; organ tells whose they are in it.
func (p Work) list(r *http.Request, path, caption string, q paging.Query, page paging.Page[work.Listed], organ bool) (web.List, error) {
	say := p.Kit.Say(r)
	open := q.Filter(work.FilterState) == "" || q.Filter(work.FilterState) == string(work.Open)
	l := web.List{
		Caption: caption, Path: path, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("work.search"),
		Columns: []web.Column{{Label: say.T("work.what")}, {Label: say.T("work.task"), Narrow: true}, {Label: say.T("work.left")}, {Name: "due", Label: say.T("work.due"), Narrow: true}},
		Filters: []web.Filter{{Name: work.FilterTask, Label: say.T("work.task"), Options: taskOptions(say)}},
	}
	if open {
		l.Filters = append(l.Filters, web.Filter{Name: work.FilterLate, Label: say.T("work.left"), Options: []web.Option{
			{Value: "yes", Label: say.T("work.overdue")}, {Value: "soon", Label: say.T("work.soon")},
		}})
	} else {
		l.Columns[2].Label, l.Columns[3].Name = say.T("work.ended"), ""
	}
	last := say.T("work.from")
	if organ {
		last = say.T("work.for")
	}
	l.Columns = append(l.Columns, web.Column{Label: last})
	names, err := p.names(r, page.Rows)
	if err != nil {
		return l, err
	}
	for _, i := range page.Rows {
		who := names.of(i.OpenedBy)
		switch {
		case organ:
			who = names.holder(i.For)
		case i.For.Person != "" && i.For.Person != web.Actor(r).ID:
			who = say.T("work.instead-of", names.of(i.For.Person))
		}
		l.Rows = append(l.Rows, workRow(say, i, who))
	}
	return l, nil
}

func workRow(say *locale.Catalogue, i work.Listed, who string) web.Row {
	path := "/desk/work/" + i.ID
	if i.State == work.Open {
		path = i.Path()
	}
	text, tone := standing(say, i)
	return web.Row{Tone: string(i.Left.Tone), Cells: []web.Cell{
		{Text: i.Title, Link: path}, {Text: taskWord(say, i.Task)}, {Text: text, Badge: tone}, {Text: i.Due.String()}, {Text: who},
	}}
}

// standing tells how much time an item has, or how it ended, and the tone of the
// badge.
func standing(say *locale.Catalogue, i work.Listed) (text, tone string) {
	switch {
	case i.State == work.Withdrawn:
		return say.T("work.withdrawn"), "grey"
	case i.InTime():
		return say.T("work.in-time"), "green"
	case i.State == work.Done:
		return say.T("work.too-late"), "red"
	}
	return course.Left(say, i.Left, i.Due), string(i.Left.Tone)
}

func taskWord(say *locale.Catalogue, t work.Task) string {
	words, _ := t.Words()
	if say.Lang == locale.English {
		return words.English
	}
	return words.Chinese
}

func taskOptions(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, t := range work.Tasks() {
		all = append(all, web.Option{Value: string(t.Task), Label: taskWord(say, t.Task)})
	}
	return all
}

func stateWord(say *locale.Catalogue, s work.State) string {
	switch s {
	case work.Done:
		return say.T("work.done")
	case work.Withdrawn:
		return say.T("work.withdrawn")
	}
	return say.T("work.open")
}

func roleWord(say *locale.Catalogue, role account.Role) string {
	info, ok := role.Info()
	switch {
	case !ok:
		return string(role)
	case say.Lang == locale.English:
		return info.English
	}
	return info.Chinese
}

// workNames are the words for those who have to do with items.
type workNames struct {
	say    *locale.Catalogue
	people map[string]string
}

func (p Work) names(r *http.Request, items []work.Listed) (workNames, error) {
	var ids []string
	for _, i := range items {
		ids = append(ids, i.OpenedBy, i.ClosedBy, i.For.Person)
	}
	return p.namesOf(r, ids)
}

func (p Work) namesOf(r *http.Request, ids []string) (workNames, error) {
	people, err := p.Names.Names(r.Context(), ids)
	return workNames{p.Kit.Say(r), people}, err
}

// of names somebody; what is no person is the system or a program.
func (n workNames) of(id string) string {
	if name, ok := n.people[id]; ok {
		return name
	}
	return n.say.T("work.system")
}

func (n workNames) holder(h work.Holder) string {
	if h.Person != "" {
		return n.of(h.Person)
	}
	return n.say.T("work.anybody", roleWord(n.say, h.Role))
}

func (p Work) export(w http.ResponseWriter, r *http.Request, title string, fetch func(paging.Query) (paging.Page[work.Listed], error), q paging.Query) error {
	say := p.Kit.Say(r)
	heads := []string{
		say.T("work.what"), say.T("work.task"), say.T("work.organ"), say.T("work.for"), say.T("work.left"), say.T("work.due"), say.T("work.from"), say.T("work.opened"),
		say.T("work.closed-by"), say.T("work.closed-at"), say.T("work.closing"),
	}
	return web.WriteXLSX(w, title, heads, p.rows(r, fetch, q))
}

func (p Work) rows(r *http.Request, fetch func(paging.Query) (paging.Page[work.Listed], error), q paging.Query) iter.Seq2[[]string, error] {
	say := p.Kit.Say(r)
	return func(yield func([]string, error) bool) {
		tree, err := p.Trees.Tree(r.Context())
		if err != nil {
			yield(nil, err)
			return
		}
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := fetch(q)
			var names workNames
			if err == nil {
				names, err = p.names(r, page.Rows)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for _, i := range page.Rows {
				text, _ := standing(say, i)
				row := []string{
					i.Title, taskWord(say, i.Task), tree.Name(i.Organ), names.holder(i.For), text, i.Due.String(), names.of(i.OpenedBy), clockText(i.OpenedAt),
					"", clockText(i.ClosedAt), i.Closing,
				}
				if i.ClosedBy != "" {
					row[8] = names.of(i.ClosedBy)
				}
				if !yield(row, nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
				return
			}
		}
	}
}
