package web

import (
	"net/http"
	"strconv"

	"gongkai/internal/paging"
)

// List is a list as the part "list" draws it: search, filters as chips that can
// be taken off, columns to sort by, pages, count, export, and what to do when it
// is empty. Its state stands in the URL.
type List struct {
	Caption string
	Columns []Column
	Rows    []Row
	Total   int
	AtLeast bool // Total is only so many as were counted
	Query   paging.Query
	Path    string // of the page
	Search  string // label of the search box; "" for none
	Filters []Filter
	Export  bool // offers xlsx at ?format=xlsx
	Empty   Empty
	Actions []Action
}

// Column is a column of a list.
type Column struct {
	Name   string // for sorting; "" when it cannot be sorted
	Label  string
	Number bool // right-aligned
	Narrow bool
}

// Row is a line of a list.
type Row struct {
	Cells []Cell
	Tone  string // "", red, amber, green, grey
}

// Cell is a cell of a list.
type Cell struct {
	Text   string
	Marked []Piece // the text with the words that were looked for marked; nil for Text alone
	Link   string
	Note   string // small, under the text
	Links  []CellLink
	Struck bool   // it holds no more, and stays to be seen
	Badge  string // Tone of a badge around the text: "", red, amber, green, blue, grey
}

// CellLink is another page that a cell leads to, under its text.
type CellLink struct{ Label, Text, Path string }

// Filter narrows a list: a choice, or for the kinds Text and Date what is typed.
type Filter struct {
	Kind        string // "" for a choice
	Name, Label string
	Options     []Option
	More        bool // folded away until it is in use
}

// Empty is what a list says when it has nothing to show.
type Empty struct {
	Title, Text string
	Action      *Action
}

// Action is a button that goes to a page.
type Action struct {
	Label, Path string
	Primary     bool
}

// ReadList reads a list's state from the URL. Columns that cannot be sorted by
// and filters that are not named are passed over.
func ReadList(r *http.Request, sorts, filters []string) paging.Query {
	values := r.URL.Query()
	q := paging.Query{Words: values.Get("q"), Filters: map[string]string{}, Page: 1, Desc: values.Get("desc") == "1"}
	for _, s := range sorts {
		if s == values.Get("sort") {
			q.Sort = s
		}
	}
	for _, f := range filters {
		if v := values.Get(f); v != "" {
			q.Filters[f] = v
		}
	}
	if page, err := strconv.Atoi(values.Get("page")); err == nil && page > 0 {
		q.Page = page
	}
	if size, err := strconv.Atoi(values.Get("size")); err == nil {
		q.Size = size
	}
	return q
}

// Format tells in which format a page is asked for: "" for HTML, xlsx, json.
func Format(r *http.Request) string { return r.URL.Query().Get("format") }
