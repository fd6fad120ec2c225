package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Filter narrows a search; "" for all.
type Filter struct {
	Organ, Kind, Subject, Theme string
	Below                       bool   // also the organs below Organ
	Ended                       string // no: only what holds; yes: only what does not
	From, Until                 string // published, 2006-01-02
}

// Meta is what rank and lists need of a document.
type Meta struct {
	Doc                         int64
	ID                          string
	Organ, Kind, Subject, Theme string
	Ended                       bool
	On                          string
	Number, Title               string
}

// Index is where postings are kept.
type Index interface {
	// Size gives how many documents there are.
	Size(ctx context.Context) (int, error)
	// Postings gives those of some tokens, in the order of documents.
	Postings(ctx context.Context, tokens []string) (map[string][]Posting, error)
	// Within gives the documents of a filter, in order; all is true when it narrows
	// nothing.
	Within(ctx context.Context, f Filter) (docs []int64, all bool, err error)
	// Metas gives what is known of some documents, those that are still there.
	Metas(ctx context.Context, docs []int64) ([]Meta, error)
	// Joined gives the texts of some documents in which phrases are looked for.
	Joined(ctx context.Context, docs []int64) (map[int64]string, error)
	// Texts gives the texts of some documents as they are, for snippets.
	Texts(ctx context.Context, docs []int64) (map[int64]string, error)
}

// How far a search goes. Whoever wants to see more narrows it.
const (
	Ranked  = 1000   // documents that are ranked together by more than their words
	Reached = 10_000 // … that pages reach
)

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
	AtLeast bool                      // there are more; nobody has counted them
	Near    bool                      // nothing says all of it: these say the most
	Facets  map[string]map[string]int // kind, subject, organ → how many of the ranked
}

// Finder searches an index.
type Finder struct {
	Index Index
	Today time.Time // what is new counts more
}

// Find gives a page of what meets a query; a page counts from 1.
func (f Finder) Find(ctx context.Context, q Query, filter Filter, page, size int) (Result, error) {
	if len(q.Terms) == 0 {
		return Result{}, nil
	}
	all, err := f.candidates(ctx, q, filter, false)
	if err != nil {
		return Result{}, err
	}
	r, err := f.ranked(ctx, q, all, page, size, false)
	if err != nil || r.Total > 0 || q.Exact || len(q.Tokens()) < 2 {
		return r, err
	}
	if all, err = f.candidates(ctx, q, filter, true); err != nil {
		return r, err
	}
	return f.ranked(ctx, q, all, page, size, true)
}

// scored is a candidate with what its words are worth.
type scored struct {
	doc   int64
	score float64
	met   int
}

// candidates gives the documents that have all tokens; when near, those that have
// most of them.
func (f Finder) candidates(ctx context.Context, q Query, filter Filter, near bool) ([]scored, error) {
	size, err := f.Index.Size(ctx)
	if err != nil {
		return nil, err
	}
	tokens := q.Tokens()
	postings, err := f.Index.Postings(ctx, tokens)
	if err != nil {
		return nil, err
	}
	need := len(tokens)
	if near {
		need = max(2, (len(tokens)+3)/4) // half of the pairs of a sentence lie across two words
	}
	all := gather(tokens, postings, size, need)
	docs, whole, err := f.Index.Within(ctx, filter)
	if err != nil || whole {
		return all, err
	}
	return slices.DeleteFunc(all, func(s scored) bool {
		_, in := slices.BinarySearch(docs, s.doc)
		return !in
	}), nil
}

// gather walks the rarest tokens first and keeps what can still meet enough of them.
func gather(tokens []string, postings map[string][]Posting, size, need int) []scored {
	tokens = slices.SortedFunc(slices.Values(tokens), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(postings[a]), len(postings[b])), cmp.Compare(a, b))
	})
	var all []scored
	for i, t := range tokens {
		of := postings[t]
		worth := math.Log(1 + float64(size)/float64(len(of)+1))
		all = merge(all, of, worth, i <= len(tokens)-need)
		left := len(tokens) - i - 1
		all = slices.DeleteFunc(all, func(s scored) bool { return s.met+left < need })
	}
	return all
}

// merge adds the postings of a token; with fresh, documents that no token before has
// met come in.
func merge(have []scored, of []Posting, worth float64, fresh bool) []scored {
	out := make([]scored, 0, len(have))
	i, k := 0, 0
	for i < len(have) || k < len(of) {
		switch {
		case k == len(of) || i < len(have) && have[i].doc < of[k].Doc:
			out = append(out, have[i])
			i++
		case i == len(have) || of[k].Doc < have[i].doc:
			if fresh {
				out = append(out, scored{of[k].Doc, worth * value(of[k].Weight), 1})
			}
			k++
		default:
			s := have[i]
			s.score, s.met = s.score+worth*value(of[k].Weight), s.met+1
			out = append(out, s)
			i, k = i+1, k+1
		}
	}
	return out
}

// value is what a weight is worth: a title as much as many words of the text.
func value(weight int) float64 {
	v := float64(weight&15) / 2
	if weight&16 != 0 {
		v += 6
	}
	return v
}

// ranked puts the best in order, looks at what needs a second look, and gives a page.
// It goes through the candidates a part at a time, as far as the page calls for, and
// ranks each part by itself: what is in a later part says less of the words.
func (f Finder) ranked(ctx context.Context, q Query, all []scored, page, size int, near bool) (Result, error) {
	r := Result{Near: near, Facets: map[string]map[string]int{"kind": {}, "subject": {}, "organ": {}}}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.met, a.met), cmp.Compare(b.score, a.score), cmp.Compare(b.doc, a.doc))
	})
	from := max(page-1, 0) * size
	var hits []Hit
	looked := 0
	for looked < min(len(all), Reached) && (looked == 0 || len(hits) <= from+size) {
		part := all[looked:min(looked+Ranked, len(all), Reached)]
		looked += len(part)
		some, err := f.part(ctx, q, part, near)
		if err != nil {
			return r, err
		}
		if hits = append(hits, some...); looked <= Ranked {
			r.count(some)
		}
	}
	r.Total = len(hits)
	if rest := len(all) - looked; rest > 0 && (near || whole(q)) {
		r.Total += rest
	} else if rest > 0 {
		r.AtLeast = true
	}
	from = min(from, len(hits))
	r.Hits = hits[from:min(from+size, len(hits))]
	return r, f.mark(ctx, q, r.Hits)
}

// part ranks some candidates.
func (f Finder) part(ctx context.Context, q Query, part []scored, near bool) ([]Hit, error) {
	if !near {
		var err error
		if part, err = f.looked(ctx, q, part); err != nil {
			return nil, err
		}
	}
	return f.hits(ctx, q, part)
}

// count counts the facets of hits.
func (r *Result) count(hits []Hit) {
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

// looked keeps the candidates whose text really says every term.
func (f Finder) looked(ctx context.Context, q Query, all []scored) ([]scored, error) {
	if whole(q) || len(all) == 0 {
		return all, nil
	}
	texts, err := f.Index.Joined(ctx, docsOf(all))
	return slices.DeleteFunc(all, func(s scored) bool {
		return slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Says(texts[s.doc]) })
	}), err
}

func docsOf(all []scored) []int64 {
	docs := make([]int64, len(all))
	for i, s := range all {
		docs[i] = s.doc
	}
	return docs
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

// hits weighs in how much of the title is looked for, whether a document still holds,
// and how old it is.
func (f Finder) hits(ctx context.Context, q Query, all []scored) ([]Hit, error) {
	metas, err := f.Index.Metas(ctx, docsOf(all))
	if err != nil {
		return nil, err
	}
	byDoc := make(map[int64]Meta, len(metas))
	for _, m := range metas {
		byDoc[m.Doc] = m
	}
	var hits []Hit
	for _, s := range all {
		m, there := byDoc[s.doc]
		if !there {
			continue
		}
		score := s.score * (1 + called*covered(m.Title, q))
		if m.Ended {
			score *= 0.6
		}
		if on, err := time.Parse(time.DateOnly, m.On); err == nil {
			years := max(0, f.Today.Sub(on).Hours()/24/365)
			score *= 1 + 0.5/(1+years)
		}
		hits = append(hits, Hit{Meta: m, Score: score})
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.On, a.On), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
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
