package platform

import (
	"context"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// Where policy documents stand together, and what explains them.
const (
	PoliciesPath     = "/open/policies"
	ExplanationsPath = "/open/explanations"
)

// libraryData is a list of policy documents with whether they hold (政策文件库), or of
// what explains them (政策解读).
type libraryData struct {
	view
	Lead, Cite string
	Other      web.NavLink
	Forces     []web.NavLink // of the library: narrowed to what holds, and so on
	List       web.List
	Feed       string
}

var libraryTemplate = web.Define[libraryData]("portal/platform_library")

// policies is the library of policy documents: rules, normative documents and others of
// all organs in one place, each with whether it holds, by what it was ended, and what
// explains it (国办发〔2018〕37号, 优化营商环境条例§38).
func (p Platform) policies(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, PoliciesPath)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, []string{"formed", "published"}, []string{publish.FilterOrgan, publish.FilterKind, publish.FilterYear, publish.FilterForce})
	v.reads(r.Context())
	all, err := p.found(r.Context(), &q)
	if err != nil {
		return err
	}
	q.Filters[publish.FilterLibrary] = "yes"
	list := p.list(say, v, plainly(q))
	list.Caption, list.Path = say.T("platform.policies"), PoliciesPath
	list.Columns, list.Filters = list.Columns[1:], libraryFilters(list.Filters)
	if web.Format(r) == "xlsx" {
		return p.exportPolicies(w, r, v, list, q)
	}
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	if err != nil {
		return err
	}
	list.Total, list.AtLeast = page.Total, page.AtLeast || !all
	explained, err := p.Catalogue.Explanations(r.Context(), ids(page.Rows), false)
	if err != nil {
		return err
	}
	for _, l := range page.Rows {
		cells := row(say, v, l, q.Words).Cells[1:]
		for _, e := range explained[l.ID] {
			cells[0].Links = append(cells[0].Links, web.CellLink{Label: say.T("platform.interpretation") + say.T("platform.colon"), Text: e.Title, Path: Path + "/" + e.ID})
		}
		if cells[4].Note, err = p.since(r.Context(), say, l); err != nil {
			return err
		}
		list.Rows = append(list.Rows, web.Row{Cells: cells})
	}
	data := libraryData{
		view: v, List: list, Lead: say.T("platform.policies-lead"), Cite: "国办发〔2018〕37号、优化营商环境条例§38",
		Other: web.NavLink{Path: ExplanationsPath, Label: say.T("platform.explained")}, Forces: forces(say, list), Feed: feedOf(r, publish.NormativeDoc),
	}
	data.Tags = column(say, say.T("platform.policies"), "政策文件")
	return libraryTemplate.Show(p.Kit, w, r, say.T("platform.policies"), data)
}

// since says since when a document does not hold as it was made, and by what; "" for one
// that does.
func (p Platform) since(ctx context.Context, say *locale.Catalogue, l publish.Listed) (string, error) {
	if l.Force != publish.Amended && !l.Force.Ended() {
		return "", nil
	}
	n, err := p.Documents.Notice(ctx, l.ID)
	if err != nil {
		return "", err
	}
	var parts []string
	if !n.Validity.On.IsZero() {
		parts = append(parts, say.T("platform.since", n.Validity.On.String()))
	}
	if n.Validity.By != "" {
		parts = append(parts, say.T("platform.by", n.Validity.By))
	}
	return strings.Join(parts, say.T("platform.comma")), nil
}

// libraryFilters leaves out what policy documents do not differ by.
func libraryFilters(filters []web.Filter) []web.Filter {
	var some []web.Filter
	for _, f := range filters {
		if f.Name == publish.FilterSubject {
			continue
		}
		if f.Name == publish.FilterKind {
			var kinds []web.Option
			for _, o := range f.Options {
				for _, k := range publish.LibraryKinds() {
					if o.Value == string(k) {
						kinds = append(kinds, o)
					}
				}
			}
			f.Options = kinds
		}
		some = append(some, f)
	}
	return some
}

// forces leads to what holds and what does not, as most people look for the one.
func forces(say *locale.Catalogue, list web.List) []web.NavLink {
	of := func(value string) string {
		one := list
		one.Query.Filters = map[string]string{}
		for name, is := range list.Query.Filters {
			one.Query.Filters[name] = is
		}
		one.Query.Filters[publish.FilterForce] = value
		one.Query.Page = 1
		return one.Address()
	}
	chosen := list.Query.Filter(publish.FilterForce)
	all := []web.NavLink{{Path: of(""), Label: say.T("platform.all"), Here: chosen == ""}}
	for _, f := range publish.Forces() {
		all = append(all, web.NavLink{Path: of(f.Value), Label: words(say, f.Word), Here: chosen == f.Value})
	}
	return all
}

func (p Platform) exportPolicies(w http.ResponseWriter, r *http.Request, v view, list web.List, q paging.Query) error {
	say := p.Kit.Say(r)
	var heads []string
	for _, c := range list.Columns {
		heads = append(heads, c.Label)
	}
	return web.WriteXLSX(w, list.Caption, append(heads, say.T("platform.kind"), say.T("platform.organ"), say.T("platform.index")), p.rows(r.Context(), account.Place{}, q, func(l publish.Listed) []string {
		kind, _ := l.Kind.Info()
		return []string{l.Title, l.Number, day(l.Formed), day(l.Published), words(say, l.Force.Words()), words(say, kind.Word), v.tree.Name(l.Organ), l.Index}
	}))
}

// explanations lists what explains documents, each with what it explains.
func (p Platform) explanations(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, ExplanationsPath)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, []string{"published"}, []string{publish.FilterOrgan, publish.FilterYear})
	v.reads(r.Context())
	all, err := p.found(r.Context(), &q)
	if err != nil {
		return err
	}
	q.Filters[publish.FilterKind] = string(publish.Interpretation)
	shown := plainly(q)
	delete(shown.Filters, publish.FilterKind)
	list := p.list(say, v, shown)
	list.Caption, list.Path, list.Export = say.T("platform.explained"), ExplanationsPath, false
	list.Columns = []web.Column{{Label: say.T("platform.document")}, {Label: say.T("platform.interpreted")}, {Name: "published", Label: say.T("platform.published"), Narrow: true}}
	list.Filters = only(list.Filters, publish.FilterOrgan, publish.FilterYear)
	page, err := p.Documents.Catalogue(r.Context(), account.Place{}, q)
	if err != nil {
		return err
	}
	list.Total, list.AtLeast = page.Total, page.AtLeast || !all
	of, err := p.Catalogue.Explanations(r.Context(), ids(page.Rows), true)
	if err != nil {
		return err
	}
	for _, l := range page.Rows {
		about := web.Cell{}
		for _, d := range of[l.ID] {
			about.Links = append(about.Links, web.CellLink{Text: d.Title, Path: Path + "/" + d.ID})
		}
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{row(say, v, l, q.Words).Cells[1], about, {Text: day(l.Published)}}})
	}
	data := libraryData{
		view: v, List: list, Lead: say.T("platform.explained-lead"), Cite: "国办发〔2016〕80号",
		Other: web.NavLink{Path: PoliciesPath, Label: say.T("platform.policies")}, Feed: feedOf(r, publish.Interpretation),
	}
	data.Tags = column(say, say.T("platform.explained"), "政策解读")
	return libraryTemplate.Show(p.Kit, w, r, say.T("platform.explained"), data)
}

func only(filters []web.Filter, names ...string) []web.Filter {
	var some []web.Filter
	for _, f := range filters {
		for _, name := range names {
			if f.Name == name {
				some = append(some, f)
			}
		}
	}
	return some
}

// feedOf narrows a feed to a kind, and to the organ that is shown.
func feedOf(r *http.Request, kind publish.Kind) string {
	of := web.FeedFilters(r, publish.FilterOrgan)
	of.Set(publish.FilterKind, string(kind))
	return "?" + of.Encode()
}

func ids(rows []publish.Listed) []string {
	all := make([]string, len(rows))
	for i, l := range rows {
		all[i] = l.ID
	}
	return all
}
