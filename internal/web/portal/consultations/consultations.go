// Package consultations holds the pages on which everybody reads drafts, says what they
// think of them, and follows what becomes of it (重大行政决策程序暂行条例§15,
// 优化营商环境条例§62). They work without scripts.
//
// Start at Pages.
package consultations

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/ident"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// Paths that others lead to.
const (
	Path       = "/consultations"
	FollowPath = Path + "/opinion"
)

// Desk gives what everybody may read, takes opinions, and tells what became of them.
type Desk interface {
	consult.Reader
	Give(ctx context.Context, address, id string, g consult.Given) (consult.Opinion, error)
	Follow(ctx context.Context, number string) (consult.Followed, error)
}

// Files gives what is kept.
type Files interface {
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Pages are the pages.
type Pages struct {
	Kit   *web.Kit
	Desk  Desk
	Trees org.Trees
	Files Files
	IDs   ident.Source
	Base  string // address of the site, as https://zwgk.example.cn; "" for that of the visit
}

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	route := func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: Path + path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows}
	}
	kept := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		r := route("GET", path, handle, shows...)
		r.Cached = true
		return r
	}
	data := func(ending string, handle web.Handler) web.Route {
		return web.Route{Method: "GET", Path: DataPath + ending, Frame: web.Portal, Rule: web.Public(), Handle: handle}
	}
	return append(web.FeedRoutes(FeedPath, p.feed),
		kept("", p.list, listTemplate),
		data(".csv", p.dataCSV),
		data(".json", p.dataJSON),
		route("GET", "/opinion", p.follow, followTemplate),
		kept("/{consultation}", p.show, showTemplate),
		route("GET", "/{consultation}/files/{file}", p.file),
		route("GET", "/{consultation}/opinion", p.ask, giveTemplate),
		route("POST", "/{consultation}/opinion", p.give, giveTemplate),
	)
}

// listData is the list of consultations.
type listData struct {
	Tags   tags
	List   web.List
	Follow string
	Of     string // narrows feeds to an organ; "" for all
}

var listTemplate = web.Define[listData]("portal/consultations")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfConsultations)
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	q := web.ReadList(r, nil, []string{consult.FilterOrgan, consult.FilterPhase, consult.FilterKind})
	fetch := func(q paging.Query) (paging.Page[consult.Row], error) { return p.Desk.Listed(r.Context(), "", q) }
	page, err := fetch(q)
	if err != nil {
		return err
	}
	heads := []string{say.T("consult.title"), say.T("consult.organ"), say.T("consult.period"), say.T("consult.state")}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("consult.portal"), append(heads, say.T("consult.kind"), say.T("consult.told-on")), web.EveryPage(q, fetch, func(c consult.Row) []string {
			state, _ := p.state(say, c)
			return []string{c.Title, tree.Name(c.Organ), span(c), state, say.In(c.Kind.Words()), c.Told.String()}
		}))
	}
	list := web.List{
		Caption: say.T("consult.portal"), Path: Path, Query: q, Search: say.T("consult.search-title"), Export: true, Total: page.Total, AtLeast: page.AtLeast,
		Columns: []web.Column{{Label: heads[0]}, {Label: heads[1]}, {Label: heads[2], Narrow: true}, {Label: heads[3]}},
		Filters: p.filters(say, tree),
		Empty:   web.Empty{Title: say.T("consult.none-public"), Text: say.T("consult.none-public-text")},
	}
	for _, c := range page.Rows {
		state, tone := p.state(say, c)
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{
			{Text: c.Title, Link: Path + "/" + c.ID, Note: say.In(c.Kind.Words())}, {Text: tree.Name(c.Organ)}, {Text: span(c)}, {Text: state, Badge: tone, Note: p.left(say, c)},
		}})
	}
	data := listData{Tags: column(say), List: list, Follow: FollowPath}
	if organ := q.Filter(consult.FilterOrgan); organ != "" {
		data.Of = "?" + url.Values{consult.FilterOrgan: {organ}}.Encode()
	}
	return listTemplate.Show(p.Kit, w, r, say.T("consult.portal"), data)
}

func (p Pages) filters(say *locale.Catalogue, tree *org.Tree) []web.Filter {
	phases := web.Filter{Name: consult.FilterPhase, Label: say.T("consult.state")}
	for _, c := range consult.Phases() {
		switch consult.Phase(c.Value) {
		case consult.Open, consult.Ended, consult.Told, consult.Stopped:
			phases.Options = append(phases.Options, web.Option{Value: c.Value, Label: say.In(c.Word)})
		case consult.Preparing, consult.Waiting, consult.Overdue, consult.GivenUp:
		}
	}
	organs := web.Filter{Name: consult.FilterOrgan, Label: say.T("consult.organ")}
	for _, root := range tree.Children("") {
		for _, n := range tree.Subtree(root.ID) {
			if n.Nature != org.Internal && !n.Ended {
				organs.Options = append(organs.Options, web.Option{Value: n.ID, Label: n.Name})
			}
		}
	}
	kinds := web.Filter{Name: consult.FilterKind, Label: say.T("consult.kind"), More: true}
	for _, s := range consult.Sorts() {
		kinds.Options = append(kinds.Options, web.Option{Value: string(s.Kind), Label: say.In(s.Word)})
	}
	return []web.Filter{phases, organs, kinds}
}

// state says how a consultation stands, with its tone. That the feedback is late is said
// to everybody.
func (p Pages) state(say *locale.Catalogue, c consult.Row) (text, tone string) {
	phase := c.Phase(p.Desk.Today())
	tones := map[consult.Phase]string{consult.Open: "green", consult.Ended: "amber", consult.Overdue: "red", consult.Told: "blue", consult.Stopped: "grey"}
	return say.In(phase.Words()), tones[phase]
}

// left tells how many days are left of one that is open; "" for others.
func (p Pages) left(say *locale.Catalogue, c consult.Row) string {
	switch n := c.DaysLeft(p.Desk.Today()); n {
	case 0:
		return ""
	case 1:
		return say.T("consult.last-day")
	default:
		return say.T("consult.days-left", n)
	}
}

func span(c consult.Row) string { return c.From.String() + " — " + c.Until.String() }

// day gives a day as texts tell it.
func day(say *locale.Catalogue, d calendar.Date) string {
	if say.Lang == locale.English {
		return d.String()
	}
	year, month, n := d.Civil()
	return strconv.Itoa(year) + "年" + strconv.Itoa(int(month)) + "月" + strconv.Itoa(n) + "日"
}

// paragraphs gives a text line by line.
func paragraphs(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}
