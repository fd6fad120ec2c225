package web

import (
	"iter"
	"net/url"

	"gongkai/internal/paging"
)

// EveryPage goes through all pages of a list, for a sheet.
func EveryPage[T any](q paging.Query, fetch func(paging.Query) (paging.Page[T], error), line func(T) []string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		q.Size = paging.MaxSize
		for q.Page = 1; ; q.Page++ {
			page, err := fetch(q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range page.Rows {
				if !yield(line(row), nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset() >= paging.MaxRows {
				return
			}
		}
	}
}

// Figure is a number above a list that leads to its rows: those that a filter leaves.
type Figure struct {
	Label, Filter, Value string
	Tone                 string // when there are any
	Path                 string
	Number               int
	AtLeast              bool
}

// Figures counts the rows of figures.
func Figures[T any](path string, all []Figure, fetch func(paging.Query) (paging.Page[T], error)) ([]Figure, error) {
	for i := range all {
		f := &all[i]
		page, err := fetch(paging.Query{Filters: map[string]string{f.Filter: f.Value}, Size: 1})
		if err != nil {
			return nil, err
		}
		f.Path, f.Number, f.AtLeast = path+"?"+url.Values{f.Filter: {f.Value}}.Encode(), page.Total, page.AtLeast
		if f.Number == 0 {
			f.Tone = ""
		}
	}
	return all, nil
}
