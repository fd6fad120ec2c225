package search

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// How far a search goes, however many documents there are. Whoever wants to see more
// narrows it.
const (
	Ranked = 1000 // documents that are ranked together, and that pages reach
	read   = 3000 // rows that are read to find them
	near   = 300  // documents that are compared when none says all of it
	lists  = 24   // tokens that are looked up: the rarest
	united = 32   // organs that are gone through one by one

	lookMost = 16 << 20 // bytes of text that are looked at again
	lookStep = 200      // documents whose texts are read at once
)

// list is a token with the last part of its list.
type list struct {
	token string
	tail  Part
}

func (l list) count() int { return l.tail.Total }

// candidate is a document that has all tokens of some lists.
type candidate struct {
	doc     int64
	weights map[string]int
	meta    Meta
}

// walk goes through the newest documents first.
type walk struct {
	index Index
	left  int // rows that may still be read
}

// rarest puts lists in order.
func rarest(of []list) []list {
	return slices.SortedFunc(slices.Values(of), func(a, b list) int {
		return cmp.Or(cmp.Compare(a.count(), b.count()), cmp.Compare(a.token, b.token))
	})
}

// common gives the newest documents that stand in all lists and hold; all is true when
// there are no more. The rarest list leads: some of its parts are read at a time, and
// of the others only what can stand in both.
func (w *walk) common(ctx context.Context, of []list, holds func(Meta) bool, most int) (found []candidate, all bool, err error) {
	of = rarest(of)
	parts := []Part{of[0].tail}
	for step := 1; ; step = min(4*step, 16) {
		w.left -= len(parts)
		some, below := newest(parts)
		for _, l := range of[1:] {
			if some, err = w.both(ctx, some, l); err != nil {
				return nil, false, err
			}
		}
		if holds != nil {
			if some, err = w.known(ctx, some, holds); err != nil {
				return nil, false, err
			}
		}
		found = append(found, some...)
		switch {
		case len(found) > most:
			return found[:most], false, nil
		case below == 0:
			return found, true, nil
		case len(found) == most || w.left <= 0:
			return found, false, nil
		}
		if parts, err = w.index.Before(ctx, of[0].token, below, step); err != nil || len(parts) == 0 {
			return found, err == nil, err
		}
	}
}

// newest gives the documents of some parts, the last first, and where the parts begin.
func newest(parts []Part) (some []candidate, below int64) {
	for _, p := range parts {
		for _, d := range slices.Backward(p.Docs) {
			some = append(some, candidate{doc: d.Doc, weights: map[string]int{p.Token: d.Weight}})
		}
		below = p.Base
	}
	return some, below
}

// both keeps what stands in a list too.
func (w *walk) both(ctx context.Context, some []candidate, l list) ([]candidate, error) {
	met, err := w.weights(ctx, docsOf(some), l)
	return slices.DeleteFunc(some, func(c candidate) bool {
		weight, in := met[c.doc]
		c.weights[l.token] = weight
		return !in
	}), err
}

// weights gives what a list says of some documents. Either all parts between the first
// and the last of them are read, or for each document the one that it would be in,
// whichever is less.
func (w *walk) weights(ctx context.Context, docs []int64, l list) (map[int64]int, error) {
	met := map[int64]int{}
	if len(docs) == 0 || l.count() == 0 {
		return met, nil
	}
	from, until := slices.Min(docs), slices.Max(docs)
	parts, err := []Part{l.tail}, error(nil)
	switch {
	case from >= l.tail.Base:
	case min(int64(l.count()), until-from)/PartSize+2 <= int64(len(docs)):
		parts, err = w.index.Across(ctx, l.token, from, until)
		w.left -= len(parts)
	default:
		parts, err = w.index.At(ctx, l.token, docs)
		w.left -= len(parts)
	}
	wanted := make(map[int64]bool, len(docs))
	for _, d := range docs {
		wanted[d] = true
	}
	for _, p := range parts {
		for _, d := range p.Docs {
			if wanted[d.Doc] {
				met[d.Doc] = d.Weight
			}
		}
	}
	return met, err
}

// known adds what is known of documents, and keeps those that hold; nil for all that
// are still there.
func (w *walk) known(ctx context.Context, some []candidate, holds func(Meta) bool) ([]candidate, error) {
	if len(some) == 0 {
		return nil, nil
	}
	w.left -= len(some)
	metas, err := w.index.Metas(ctx, docsOf(some))
	if err != nil {
		return nil, err
	}
	of := make(map[int64]Meta, len(metas))
	for _, m := range metas {
		of[m.Doc] = m
	}
	var kept []candidate
	for _, c := range some {
		if m, there := of[c.doc]; there && (holds == nil || holds(m)) {
			c.meta = m
			kept = append(kept, c)
		}
	}
	return kept, nil
}

func docsOf(all []candidate) []int64 {
	docs := make([]int64, len(all))
	for i, c := range all {
		docs[i] = c.doc
	}
	return docs
}

// worth is what each token of a search is worth: the rarer, the more.
type worth map[string]float64

func worthOf(of []list, size int) worth {
	w := worth{}
	for _, l := range of {
		w[l.token] = math.Log(1 + float64(size)/float64(l.count()+1))
	}
	return w
}

// score adds up what the tokens of a document are worth, in their order, so that sums
// are the same whatever came first.
func (w worth) score(c candidate, tokens []string) (score float64, met int) {
	for _, t := range tokens {
		if weight, in := c.weights[t]; in {
			score, met = score+w[t]*value(weight), met+1
		}
	}
	return score, met
}

// value is what a weight is worth: a title as much as many words of the text.
func value(weight int) float64 {
	v := float64(weight&15) / 2
	if weight&16 != 0 {
		v += 6
	}
	return v
}
