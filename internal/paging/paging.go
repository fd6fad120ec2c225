// Package paging says which part of a list a person looks at: words searched,
// filters, order, page. A list's whole state stands in its URL, so that it can
// be kept as a bookmark and sent to a colleague.
package paging

// Sizes of a page.
const (
	DefaultSize = 25
	MaxSize     = 200
	// MaxRows is how far a list can be paged through. Who needs more rows
	// narrows the search or exports.
	MaxRows = 100_000
)

// Query is what part of a list is asked for.
type Query struct {
	Words   string            // searched for; "" for all
	Filters map[string]string // by the name of the filter; "" or missing for all
	Sort    string            // the column's name; "" for the list's own order
	Desc    bool
	Page    int // from 1
	Size    int // rows a page; 0 for DefaultSize
}

// Filter gives the value of a filter, "" when it is not set.
func (q Query) Filter(name string) string { return q.Filters[name] }

// Limit gives the number of rows of a page.
func (q Query) Limit() int {
	switch {
	case q.Size <= 0:
		return DefaultSize
	case q.Size > MaxSize:
		return MaxSize
	}
	return q.Size
}

// Offset gives the number of rows before the page.
func (q Query) Offset() int {
	if q.Page <= 1 {
		return 0
	}
	return min((q.Page-1)*q.Limit(), MaxRows)
}

// Page is one page of a list.
type Page[T any] struct {
	Rows    []T
	Total   int  // rows of the whole list
	AtLeast bool // the list is longer, Total is where counting stopped
}
