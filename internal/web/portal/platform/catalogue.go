package platform

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// catalogueData is what must be published by law (法定主动公开内容): a tree of what it is
// about, and the documents.
type catalogueData struct {
	view
	Tree   []branch
	Level  []branch // further subjects of the level (条例§21)
	Beside []web.NavLink
	List   web.List
	Of     string // what is shown, added to the addresses of feeds
}

// branch is a line of the tree.
type branch struct {
	Path, Label, Text string
	Here              bool
}

var catalogueTemplate = web.Define[catalogueData]("portal/platform_catalogue")

func (p Platform) catalogue(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, Path)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, []string{"index", "formed", "published"}, []string{publish.FilterOrgan, publish.FilterSubject, publish.FilterKind, publish.FilterYear, publish.FilterForce})
	v.reads(r.Context())
	all, err := p.found(r.Context(), &q)
	if err != nil {
		return err
	}
	if web.Format(r) == "xlsx" {
		return p.export(w, r, v, q)
	}
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	if err != nil {
		return err
	}
	data := catalogueData{view: v, List: p.list(say, v, plainly(q)), Beside: []web.NavLink{{Path: PoliciesPath, Label: say.T("platform.policies")}, {Path: ExplanationsPath, Label: say.T("platform.explained")}}}
	data.Tags = column(say, say.T("platform.catalogue"), "信息公开目录")
	if of := web.FeedFilters(r, feedFilters...); len(of) > 0 {
		data.Of = "?" + of.Encode()
	}
	data.Tree, data.Level = tree(say, v, q)
	data.List.Total, data.List.AtLeast = page.Total, page.AtLeast || !all
	for _, l := range page.Rows {
		data.List.Rows = append(data.List.Rows, row(say, v, l, q.Words))
	}
	return catalogueTemplate.Show(p.Kit, w, r, say.T("platform.catalogue"), data)
}

// row draws a line of the catalogue, with the words that were looked for marked. Of what
// says them in its text alone that is told.
func row(say *locale.Catalogue, v view, l publish.Listed, words string) web.Row {
	title, number := web.Cell{Text: l.Title, Link: Path + "/" + l.ID}, web.Cell{Text: l.Number}
	if v.Organ == "" && v.tree.Len() > 1 {
		title.Note = v.tree.Name(l.Organ)
	}
	if words != "" {
		title.Marked, number.Marked = marked(l.Title, words), marked(l.Number, words)
		if title.Marked == nil && number.Marked == nil && !strings.Contains(l.Index, words) {
			title.Note = strings.TrimLeft(title.Note+" · "+say.T("platform.in-text"), " ·")
		}
	}
	return web.Row{Cells: []web.Cell{{Text: l.Index}, title, number, {Text: day(l.Formed)}, {Text: day(l.Published)}, force(say, l.Force)}}
}

// force gives the badge of whether a document holds.
func force(say *locale.Catalogue, f publish.Force) web.Cell {
	tone := map[publish.Force]string{publish.InForce: "green", publish.Amended: "amber", publish.Repealed: "red", publish.Lapsed: "red"}
	return web.Cell{Text: words(say, f.Words()), Badge: tone[f]}
}

// tree gives what documents are about: the items that every organ has, and those of
// the level of this one.
func tree(say *locale.Catalogue, v view, q paging.Query) (items, level []branch) {
	here := q.Filter(publish.FilterSubject)
	add := func(to *[]branch, subject, label, text string) {
		values := url.Values{}
		if v.Organ != "" {
			values.Set(publish.FilterOrgan, v.organ.ID)
		}
		if subject != "" {
			values.Set(publish.FilterSubject, subject)
		}
		path := Path
		if len(values) > 0 {
			path += "?" + values.Encode()
		}
		*to = append(*to, branch{path, label, text, subject == here})
	}
	add(&items, "", "", say.T("platform.all"))
	for _, id := range publish.LevelOf(v.organ).Subjects {
		s, ok := law.SubjectByID(id)
		switch {
		case !ok:
		case s.Level == "":
			add(&items, id, s.Label, s.Text)
		default:
			add(&level, id, s.Label, s.Text)
		}
	}
	return items, level
}

// firstYear is the oldest year that is offered.
const firstYear = 2008 // the Regulation came into force

// manyOrgans is how many organs fit into a choice; where there are more, the
// directory leads to their pages.
const manyOrgans = 40

func (p Platform) list(say *locale.Catalogue, v view, q paging.Query) web.List {
	subject := web.Filter{Name: publish.FilterSubject, Label: say.T("platform.subject")}
	for _, id := range publish.LevelOf(v.organ).Subjects {
		if s, ok := law.SubjectByID(id); ok {
			subject.Options = append(subject.Options, web.Option{Value: id, Label: s.Label + s.Text})
		}
	}
	filters := append([]web.Filter{subject}, facets(say, p.Kit.Now().Year())...)
	organ := web.Filter{Name: publish.FilterOrgan, Label: say.T("platform.organ"), More: v.Organ == ""}
	for n := range v.tree.Within([]account.Place{{Organ: rootOf(v.tree), Below: true}}) {
		if n.Nature != org.Internal && !n.Ended {
			organ.Options = append(organ.Options, web.Option{Value: n.ID, Label: n.Name})
		}
	}
	switch {
	case len(organ.Options) > manyOrgans && v.Organ != "":
		organ.Options = []web.Option{{Value: v.organ.ID, Label: v.Organ}}
		filters = append(filters, organ)
	case len(organ.Options) > 1 && len(organ.Options) <= manyOrgans:
		filters = append(filters, organ)
	}
	return web.List{
		Caption: say.T("platform.catalogue"), Path: Path, Query: q, Search: say.T("platform.search-text"), Export: true, Filters: filters,
		Columns: []web.Column{
			{Name: "index", Label: say.T("platform.index")},
			{Label: say.T("platform.document")},
			{Label: say.T("platform.number")},
			{Name: "formed", Label: say.T("platform.formed"), Narrow: true},
			{Name: "published", Label: say.T("platform.published"), Narrow: true},
			{Label: say.T("platform.force"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("platform.none"), Text: say.T("platform.none-text"), Action: &web.Action{Label: say.T("apply.begin"), Path: applyPath, Primary: true}},
	}
}

func rootOf(tree *org.Tree) string {
	if roots := tree.Children(""); len(roots) > 0 {
		return roots[0].ID
	}
	return ""
}

// facets gives the filters by kind, year and validity.
func facets(say *locale.Catalogue, now int) []web.Filter {
	kind := web.Filter{Name: publish.FilterKind, Label: say.T("platform.kind")}
	for _, k := range publish.Kinds() {
		kind.Options = append(kind.Options, web.Option{Value: string(k.Kind), Label: words(say, k.Word)})
	}
	year := web.Filter{Name: publish.FilterYear, Label: say.T("platform.year")}
	for y := now; y >= firstYear; y-- {
		year.Options = append(year.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	force := web.Filter{Name: publish.FilterForce, Label: say.T("platform.force")}
	for _, f := range publish.Forces() {
		force.Options = append(force.Options, web.Option{Value: f.Value, Label: words(say, f.Word)})
	}
	return []web.Filter{kind, year, force}
}

func (p Platform) export(w http.ResponseWriter, r *http.Request, v view, q paging.Query) error {
	say := p.Kit.Say(r)
	var columns []string
	for _, c := range p.list(say, v, plainly(q)).Columns {
		columns = append(columns, c.Label)
	}
	return web.WriteXLSX(w, say.T("platform.catalogue"), append(columns, say.T("platform.organ")), p.rows(r.Context(), account.Place{}, q, func(l publish.Listed) []string {
		return []string{l.Index, l.Title, l.Number, day(l.Formed), day(l.Published), words(say, l.Force.Words()), v.tree.Name(l.Organ)}
	}))
}

// rows gives the lines of the catalogue as those of a sheet, a page at a time.
func (p Platform) rows(ctx context.Context, place account.Place, q paging.Query, cells func(publish.Listed) []string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for q.Page, q.Size = 1, paging.MaxSize; ; q.Page++ {
			page, err := p.Documents.Catalogue(ctx, place, q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range page.Rows {
				if !yield(cells(l), nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset()+len(page.Rows) >= paging.MaxRows {
				return
			}
		}
	}
}
