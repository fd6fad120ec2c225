package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Meta is what rank and lists need of a document.
type Meta struct {
	Doc                         int64
	ID                          string
	Organ, Kind, Subject, Theme string
	Ended                       bool
	On                          string
	Number, Title               string
}

// Index is where lists are kept.
type Index interface {
	// Size gives how many documents there are.
	Size(ctx context.Context) (int, error)
	// Tails gives the last part of the list of each token that has one.
	Tails(ctx context.Context, tokens []string) ([]Part, error)
	// Before gives parts that begin before a document, the last first, so many at most.
	Before(ctx context.Context, token string, doc int64, most int) ([]Part, error)
	// Across gives the parts in which documents from one to another may be.
	Across(ctx context.Context, token string, from, until int64) ([]Part, error)
	// At gives the parts in which some documents may be.
	At(ctx context.Context, token string, docs []int64) ([]Part, error)
	// Organs gives an organ and all below it.
	Organs(ctx context.Context, organ string) ([]string, error)
	// Metas gives what is known of some documents, those that are still there.
	Metas(ctx context.Context, docs []int64) ([]Meta, error)
	// Joined gives the texts of some documents in which phrases are looked for.
	Joined(ctx context.Context, docs []int64) (map[int64]string, error)
	// Texts gives the texts of some documents as they are, for snippets.
	Texts(ctx context.Context, docs []int64) (map[int64]string, error)
}

// Hit is a document that was found.
type Hit struct {
	Meta
	Score   float64
	Title   []Piece // with the words marked
	Snippet []Piece
}

// Result is a page of hits.
type Result struct {
	Hits    []Hit
	Total   int
	AtLeast bool                      // there may be more; nobody has counted them
	Near    bool                      // nothing says all of it: these say the most
	Spelled bool                      // nothing says it: characters of these titles begin so
	Facets  map[string]map[string]int // kind, subject, organ → how many of the ranked
}

// Finder searches an index.
type Finder struct {
	Index Index
	Today time.Time // what is new counts more
	Most  int       // documents that are ranked together; 0 for Ranked
}

// Find gives a page of what meets a query; a page counts from 1. What nothing says may
// be the initials of a title.
func (f Finder) Find(ctx context.Context, q Query, filter Filter, page, size int) (Result, error) {
	r, err := f.find(ctx, q, filter, page, size)
	if by, ok := q.Spelled(); ok && err == nil && r.Total == 0 {
		r, err = f.find(ctx, by, filter, page, size)
		r.Spelled = r.Total > 0
	}
	return r, err
}

func (f Finder) find(ctx context.Context, q Query, filter Filter, page, size int) (Result, error) {
	r, hits, err := f.order(ctx, q, filter)
	if err != nil {
		return r, err
	}
	from := min(max(page-1, 0)*size, len(hits))
	r.Hits = hits[from:min(from+size, len(hits))]
	return r, f.mark(ctx, q, r.Hits)
}

// Keys gives the keys of what says all of a query, by rank, for a list that narrows it
// further. all is false where there may be more.
func (f Finder) Keys(ctx context.Context, q Query, filter Filter) (keys []string, all bool, err error) {
	r, hits, err := f.order(ctx, q, filter)
	if err != nil || r.Near {
		return nil, true, err
	}
	for _, h := range hits {
		keys = append(keys, h.ID)
	}
	return keys, !r.AtLeast && r.Total == len(hits), nil
}

// order gives what meets a query by rank, and how many there are.
func (f Finder) order(ctx context.Context, q Query, filter Filter) (r Result, hits []Hit, err error) {
	if len(q.Terms) == 0 {
		return r, nil, nil
	}
	s, err := f.begin(ctx, q, filter)
	if err != nil {
		return r, nil, err
	}
	found, all, err := s.exact(ctx)
	if err != nil {
		return r, nil, err
	}
	hits, looked, err := f.hits(ctx, q, s, found, !whole(q))
	if err != nil {
		return r, nil, err
	}
	r = Result{AtLeast: !all || !looked}
	if len(hits) == 0 && !q.Exact && len(s.tokens) > 1 {
		if found, all, err = s.nearly(ctx); err != nil {
			return r, nil, err
		}
		if hits, _, err = f.hits(ctx, q, s, found, false); err != nil {
			return r, nil, err
		}
		r.Near, r.AtLeast = true, !all
	}
	r.count(hits)
	if r.Total = len(hits); r.AtLeast && s.counted() {
		r.Total, r.AtLeast = s.lists[0].count(), false
	}
	return r, hits, nil
}

// count counts the facets of hits.
func (r *Result) count(hits []Hit) {
	r.Facets = map[string]map[string]int{"kind": {}, "subject": {}, "organ": {}}
	for _, h := range hits {
		r.Facets["kind"][h.Kind]++
		r.Facets["subject"][h.Subject]++
		r.Facets["organ"][h.Organ]++
	}
}

// whole tells whether no term needs a second look: then every candidate is a hit.
func whole(q Query) bool {
	return !slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Whole })
}

// hits puts candidates in order, and with look keeps those whose text really says every
// term; all is false when there was more text than is looked at.
func (f Finder) hits(ctx context.Context, q Query, s *seek, found []candidate, look bool) (hits []Hit, all bool, err error) {
	if found, err = (&walk{index: f.Index}).known(ctx, found, nil); err != nil {
		return nil, false, err
	}
	hits = f.ranked(q, s, found)
	if !look {
		return hits, true, nil
	}
	if t := q.Terms[0]; t.spelled {
		return slices.DeleteFunc(hits, func(h Hit) bool { return len(spelledAt(Fold(h.Meta.Title), t.Text)) == 0 }), true, nil
	}
	var kept []Hit
	read := 0
	for some := range slices.Chunk(hits, lookStep) {
		if read >= lookMost {
			return kept, false, nil
		}
		docs := make([]int64, len(some))
		for i, h := range some {
			docs[i] = h.Doc
		}
		texts, err := f.Index.Joined(ctx, docs)
		if err != nil {
			return nil, false, err
		}
		for _, h := range some {
			text := texts[h.Doc]
			if read += len(text); !slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Says(text) }) {
				kept = append(kept, h)
			}
		}
	}
	return kept, true, nil
}

// called is how much more it is worth that a document is called what is looked for.
const called = 2

// covered gives how much of a title is what is looked for, from 0 to 1: a document that
// is called so comes before those that speak of it.
func covered(title string, q Query) float64 {
	joined := Joined(title)
	said := 0
	for _, t := range q.Terms {
		if strings.Contains(joined, t.Text) {
			said += utf8.RuneCountInString(strings.ReplaceAll(t.Text, " ", ""))
		}
	}
	of := utf8.RuneCountInString(strings.ReplaceAll(joined, " ", ""))
	return min(1, float64(said)/float64(max(1, of)))
}

// ranked puts candidates in order. Beside the words it weighs in how much of the title
// is looked for, whether a document still holds, and how old it is.
func (f Finder) ranked(q Query, s *seek, all []candidate) []Hit {
	var hits []Hit
	for _, c := range all {
		score, _ := s.worth.score(c, s.names)
		score *= 1 + called*covered(c.meta.Title, q)
		if c.meta.Ended {
			score *= 0.6
		}
		if on, err := time.Parse(time.DateOnly, c.meta.On); err == nil {
			years := max(0, f.Today.Sub(on).Hours()/24/365)
			score *= 1 + 0.5/(1+years)
		}
		hits = append(hits, Hit{Meta: c.meta, Score: score})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.On, a.On), cmp.Compare(a.ID, b.ID))
	})
	return hits
}

// mark marks the words in titles and cuts snippets.
func (f Finder) mark(ctx context.Context, q Query, hits []Hit) error {
	docs := make([]int64, len(hits))
	for i, h := range hits {
		docs[i] = h.Doc
	}
	texts, err := f.Index.Texts(ctx, docs)
	for i := range hits {
		hits[i].Title = Mark(hits[i].Meta.Title, q)
		hits[i].Snippet = Snippet(texts[hits[i].Doc], q)
	}
	return err
}
