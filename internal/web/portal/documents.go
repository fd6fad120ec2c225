package portal

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/search"
	"gongkai/internal/web"
)

// Where the platform of proactive publication is, and two lists of it.
const (
	openPath         = "/open"
	policiesPath     = openPath + "/policies"
	explanationsPath = openPath + "/explanations"
)

// Published finds documents of proactive publication, and lists them.
type Published interface {
	Find(ctx context.Context, q search.Query, f search.Filter, page, size int) (search.Result, error)
	Catalogue(ctx context.Context, place account.Place, q paging.Query) (paging.Page[publish.Listed], error)
	// Top gives what was read most of late.
	Top(ctx context.Context, most int) ([]publish.Listed, error)
}

// documentHits are the documents that were found: a page of them, with the filters as
// a list has them.
type documentHits struct {
	List    web.List
	Found   []documentHit
	Near    bool // nothing says all of it
	Spelled bool // nothing says it, titles are spelled so
	AtLeast bool
	Total   int
	Shown   int // how many can be paged to, when there are more; 0 for all
}

type documentHit struct {
	Path        string
	Title, Says []web.Piece
	Facts       []string // number, organ, kind, day
	Force       string
}

// First leads to the first page of what was found.
func (h *documentHits) First() string { return h.List.Address() }

// Inside tells whether somebody is looking through the documents: then nothing else
// is shown.
func (h *documentHits) Inside() bool {
	return h != nil && (len(h.List.Chips()) > 1 || h.List.Query.Page > 1)
}

// pageDocuments is how many documents a page of the search shows.
const pageDocuments = 15

// documentHits finds documents by all that they say, with filters, page by page.
func (p Portal) documentHits(r *http.Request, typed string) (*documentHits, error) {
	if p.Published == nil {
		return nil, nil
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, nil, []string{publish.FilterOrgan, publish.FilterKind, publish.FilterYear, "ended"})
	q.Words, q.Size = typed, pageDocuments
	filter := search.Filter{Organ: q.Filter(publish.FilterOrgan), Below: true, Kind: q.Filter(publish.FilterKind), Ended: q.Filter("ended")}
	if year := q.Filter(publish.FilterYear); year != "" {
		filter.From, filter.Until = year+"-01-01", year+"-12-31"
	}
	found, err := p.Published.Find(r.Context(), search.Parse(typed), filter, q.Page, pageDocuments)
	if err != nil {
		return nil, err
	}
	h := &documentHits{Near: found.Near, Spelled: found.Spelled, AtLeast: found.AtLeast, Total: found.Total}
	h.List = web.List{Caption: say.T("platform.documents"), Path: SearchPath, Query: q, Total: min(found.Total, search.Ranked), AtLeast: found.AtLeast || found.Total > search.Ranked, Filters: p.documentFilters(r)}
	if h.List.AtLeast {
		h.Shown = h.List.Total
	}
	if h.List.Filters, err = p.facets(r, q, h.List.Filters, found); err != nil {
		return nil, err
	}
	tree, err := p.Organs.Tree(r.Context())
	for _, hit := range found.Hits {
		kind, _ := publish.Kind(hit.Kind).Info()
		word := kind.Chinese
		if say.Lang == "en" {
			word = kind.English
		}
		facts := slices.DeleteFunc([]string{hit.Number, tree.Name(hit.Organ), word, hit.On}, func(s string) bool { return s == "" })
		h.Found = append(h.Found, documentHit{openPath + "/" + hit.ID, pieces(hit.Title), pieces(hit.Snippet), facts, ended(say.T("platform.ended"), hit.Ended)})
	}
	return h, err
}

// facets counts the hits beside what they are narrowed by: by kind, and by the organs
// that have any. What has none is left out, except what is chosen.
func (p Portal) facets(r *http.Request, q paging.Query, filters []web.Filter, found search.Result) ([]web.Filter, error) {
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	say := p.Kit.Say(r)
	counted := func(f web.Filter, hits map[string]int) web.Filter {
		var some []web.Option
		for _, o := range f.Options {
			n := hits[o.Value]
			if n > 0 && !found.AtLeast && found.Total <= search.Ranked {
				o.Label = say.T("platform.facet", o.Label, n)
			}
			if n > 0 || o.Value == q.Filter(f.Name) {
				some = append(some, o)
			}
		}
		f.Options = some
		return f
	}
	organ := web.Filter{Name: publish.FilterOrgan, Label: say.T("platform.organ")}
	hits := found.Facets["organ"]
	for _, id := range slices.SortedFunc(maps.Keys(hits), func(a, b string) int { return cmp.Or(hits[b]-hits[a], strings.Compare(tree.Name(a), tree.Name(b))) }) {
		if len(organ.Options) < manyOrgans {
			organ.Options = append(organ.Options, web.Option{Value: id, Label: tree.Name(id)})
		}
	}
	if chosen, ok := tree.Node(q.Filter(publish.FilterOrgan)); ok && hits[chosen.ID] == 0 {
		organ.Options = append(organ.Options, web.Option{Value: chosen.ID, Label: chosen.Name})
	}
	all := []web.Filter{counted(organ, hits)}
	for _, f := range filters {
		if f.Name == publish.FilterKind {
			f = counted(f, found.Facets["kind"])
		}
		all = append(all, f)
	}
	return all, nil
}

// manyOrgans is how many organs fit into a choice.
const manyOrgans = 40

func ended(word string, is bool) string {
	if is {
		return word
	}
	return ""
}

func pieces(all []search.Piece) []web.Piece {
	out := make([]web.Piece, len(all))
	for i, one := range all {
		out[i] = web.Piece{Text: one.Text, Hit: one.Marked}
	}
	return out
}

// searchedYears is how many years back the filter goes.
const searchedYears = 15

func (p Portal) documentFilters(r *http.Request) []web.Filter {
	say := p.Kit.Say(r)
	kind := web.Filter{Name: publish.FilterKind, Label: say.T("platform.kind")}
	for _, k := range publish.Kinds() {
		label := k.Chinese
		if say.Lang == "en" {
			label = k.English
		}
		kind.Options = append(kind.Options, web.Option{Value: string(k.Kind), Label: label})
	}
	year := web.Filter{Name: publish.FilterYear, Label: say.T("platform.year")}
	for y := p.Kit.Now().Year(); y > p.Kit.Now().Year()-searchedYears; y-- {
		year.Options = append(year.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	return []web.Filter{kind, year, {Name: "ended", Label: say.T("platform.force"), Options: []web.Option{{Value: "no", Label: say.T("platform.holds")}, {Value: "yes", Label: say.T("platform.ended")}}}}
}

// news is what was published last in a column.
type news struct {
	Title, More string // More is "" where all is shown
	Rows        []newsRow
}

type newsRow struct{ Title, Path, On string }

// newest is how many documents the front page shows of a column.
const newest = 6

// news gives what is new, column by column; a column without a document is left out.
func (p Portal) news(r *http.Request) ([]news, error) {
	if p.Published == nil {
		return nil, nil
	}
	say := p.Kit.Say(r)
	var all []news
	for _, column := range []struct {
		title string
		kind  publish.Kind
		more  string
	}{
		{say.T("platform.newest"), "", openPath},
		{say.T("platform.normative"), publish.NormativeDoc, policiesPath + "?kind=normative"},
		{say.T("platform.explained"), publish.Interpretation, explanationsPath},
		{say.T("platform.announced"), "notice", openPath + "?kind=notice"},
	} {
		q := paging.Query{Page: 1, Size: newest, Filters: map[string]string{}}
		if column.kind != "" {
			q.Filters[publish.FilterKind] = string(column.kind)
		}
		page, err := p.Published.Catalogue(r.Context(), account.Place{}, q)
		if err != nil {
			return nil, err
		}
		one := news{Title: column.title, More: column.more, Rows: newsRows(page.Rows)}
		if len(one.Rows) > 0 {
			all = append(all, one)
		}
	}
	top, err := p.Published.Top(r.Context(), newest)
	if most := (news{Title: say.T("platform.most-read"), Rows: newsRows(top)}); len(top) > 0 {
		all = append(all, most)
	}
	return all, err
}

func newsRows(listed []publish.Listed) []newsRow {
	var rows []newsRow
	for _, l := range listed {
		rows = append(rows, newsRow{l.Title, openPath + "/" + l.ID, l.Published.String()})
	}
	return rows
}
