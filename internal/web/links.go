package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/paging"
)

// Chip is a filter in use, with the page that is without it.
type Chip struct{ Label, Path string }

// PageLink is a page of a list; Gap stands for those left out.
type PageLink struct {
	Number    int
	Path      string
	Here, Gap bool
}

// Pair is a hidden field.
type Pair struct{ Name, Value string }

// link gives the list's address with some values changed; "" takes one off. The
// page is dropped unless it is what is changed.
func (l List) link(changes ...Pair) string {
	v := l.values()
	for _, c := range changes {
		if v.Del(c.Name); c.Value != "" {
			v.Set(c.Name, c.Value)
		}
	}
	if len(v) == 0 {
		return l.Path
	}
	return l.Path + "?" + v.Encode()
}

// values gives the URL's query for a list's state, without the page.
func (l List) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", l.Query.Words)
	set("sort", l.Query.Sort)
	if l.Query.Desc {
		v.Set("desc", "1")
	}
	for name, value := range l.Query.Filters {
		set(name, value)
	}
	if l.Query.Size > 0 {
		v.Set("size", strconv.Itoa(l.Query.Size))
	}
	return v
}

// SortLink gives the address sorted by a column; sorted already, it turns round.
func (l List) SortLink(c Column) string {
	desc := ""
	if l.Sorted(c) == "ascending" {
		desc = "1"
	}
	return l.link(Pair{"sort", c.Name}, Pair{"desc", desc})
}

// Sorted tells how the list is sorted by a column: ascending, descending or "".
func (l List) Sorted(c Column) string {
	switch {
	case c.Name == "" || c.Name != l.Query.Sort:
		return ""
	case l.Query.Desc:
		return "descending"
	}
	return "ascending"
}

// Chips gives the words and filters in use.
func (l List) Chips() []Chip {
	var chips []Chip
	if l.Query.Words != "" {
		chips = append(chips, Chip{l.Query.Words, l.link(Pair{"q", ""})})
	}
	for _, f := range l.Filters {
		value := l.Query.Filter(f.Name)
		if value == "" {
			continue
		}
		i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == value })
		if i >= 0 {
			value = strings.TrimSpace(f.Options[i].Label) // a tree of choices is indented
		}
		chips = append(chips, Chip{f.Label + ": " + value, l.link(Pair{f.Name, ""})})
	}
	return chips
}

// Chosen tells whether an option of a filter is in use.
func (l List) Chosen(f Filter, o Option) bool { return l.Query.Filter(f.Name) == o.Value }

// Plainly gives the filters that are always shown: those that are not folded
// away.
func (l List) Plainly() []Filter { return l.filters(false) }

// Folded gives the others.
func (l List) Folded() []Filter { return l.filters(true) }

func (l List) filters(more bool) []Filter {
	var some []Filter
	for _, f := range l.Filters {
		if f.More == more {
			some = append(some, f)
		}
	}
	return some
}

// Unfolded tells whether one of those folded away is in use.
func (l List) Unfolded() bool {
	return slices.ContainsFunc(l.Folded(), func(f Filter) bool { return l.Query.Filter(f.Name) != "" })
}

// Narrowed tells whether the bare list may have rows that are not shown here:
// words or filters are in use, or the page is past the end.
func (l List) Narrowed() bool {
	if l.Query.Words != "" || l.Query.Offset() > 0 {
		return true
	}
	return slices.ContainsFunc(l.Filters, func(f Filter) bool { return l.Query.Filter(f.Name) != "" })
}

// Address gives the address of the list as it stands, from its first page.
func (l List) Address() string { return l.link() }

// Plain gives the address of the list without words and filters.
func (l List) Plain() string { return l.Path }

// Hidden gives what the search form keeps beside words and filters.
func (l List) Hidden() []Pair {
	var pairs []Pair
	shown := []string{"q"}
	for _, f := range l.Filters {
		shown = append(shown, f.Name)
	}
	v := l.values()
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if !slices.Contains(shown, name) {
			pairs = append(pairs, Pair{name, v.Get(name)})
		}
	}
	return pairs
}

// ExportLink gives the address of the list as a spreadsheet.
func (l List) ExportLink() string { return l.link(Pair{"format", "xlsx"}) }

// From and To count the rows shown, from 1.
func (l List) From() int { return l.Query.Offset() + min(1, len(l.Rows)) }

// To gives the number of the last row shown.
func (l List) To() int { return l.Query.Offset() + len(l.Rows) }

func (l List) page() int { return l.Query.Offset()/l.Query.Limit() + 1 }

func (l List) last() int {
	reachable := min(l.Total, paging.MaxRows)
	return max(1, (reachable+l.Query.Limit()-1)/l.Query.Limit())
}

func (l List) pageLink(n int) string {
	if n <= 1 {
		return l.link()
	}
	return l.link(Pair{"page", strconv.Itoa(n)})
}

// Previous and Next give the neighbours' addresses, "" where there is none.
func (l List) Previous() string {
	if l.page() == 1 {
		return ""
	}
	return l.pageLink(l.page() - 1)
}

// Next gives the address of the next page, "" on the last. Where the rows were
// not all counted, a full page has another after it.
func (l List) Next() string {
	if more := l.AtLeast && len(l.Rows) == l.Query.Limit() && l.To() < paging.MaxRows; !more && l.page() >= l.last() {
		return ""
	}
	return l.pageLink(l.page() + 1)
}

// Pages gives the first page, this one with its neighbours, and the last.
func (l List) Pages() []PageLink {
	const around = 2
	here, last := l.page(), l.last()
	if last == 1 {
		return nil
	}
	shown := []int{1, last}
	for n := max(1, here-around); n <= min(last, here+around); n++ {
		shown = append(shown, n)
	}
	slices.Sort(shown)
	var links []PageLink
	before := 0
	for _, n := range slices.Compact(shown) {
		if n > before+1 {
			links = append(links, PageLink{Gap: true})
		}
		links = append(links, PageLink{Number: n, Path: l.pageLink(n), Here: n == here})
		before = n
	}
	return links
}
