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
	read   = 2000 // rows that are read to find them
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
// there are no more. The rarest list leads: a few of its parts are read at a time, and
// of the others only what can stand in both.
func (w *walk) common(ctx context.Context, of []list, holds func(Meta) bool, most int) (found []candidate, all bool, err error) {
	of = rarest(of)
	parts := []Part{of[0].tail}
	for step := 1; ; step = min(4*step, 16) {
		w.left -= len(parts)
		met, below := newest(parts, len(of))
		for i, l := range of[1:] {
			if met, err = w.both(ctx, met, l, i+1); err != nil {
				return nil, false, err
			}
		}
		some := candidatesOf(met[:min(len(met), most+1)], of)
		if holds != nil {
			if some, err = w.known(ctx, candidatesOf(met, of), holds); err != nil {
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

// met is a document with its weight in each list.
type met struct {
	doc     int64
	weights []byte
}

// newest gives the documents of some parts, the last first, and where the parts begin.
func newest(parts []Part, lists int) (some []met, below int64) {
	n := 0
	for _, p := range parts {
		n += len(p.Docs)
	}
	some, weights := make([]met, 0, n), make([]byte, n*lists)
	for _, p := range parts {
		for _, d := range slices.Backward(p.Docs) {
			one := met{d.Doc, weights[:lists:lists]}
			one.weights[0], weights = byte(d.Weight), weights[lists:]
			some = append(some, one)
		}
		below = p.Base
	}
	return some, below
}

func candidatesOf(some []met, of []list) []candidate {
	all := make([]candidate, len(some))
	for i, m := range some {
		all[i] = candidate{doc: m.doc, weights: make(map[string]int, len(of))}
		for k, l := range of {
			all[i].weights[l.token] = int(m.weights[k])
		}
	}
	return all
}

// both keeps what stands in a list too, and notes its weight there.
func (w *walk) both(ctx context.Context, some []met, l list, at int) ([]met, error) {
	if len(some) == 0 {
		return nil, nil
	}
	parts, err := w.reach(ctx, some[len(some)-1].doc, some[0].doc, len(some), l, func() []int64 {
		docs := make([]int64, len(some))
		for i, m := range some {
			docs[i] = m.doc
		}
		return docs
	})
	kept, next := some[:0], 0
	for _, p := range slices.Backward(parts) {
		for _, d := range slices.Backward(p.Docs) {
			for next < len(some) && some[next].doc > d.Doc {
				next++
			}
			if next < len(some) && some[next].doc == d.Doc {
				some[next].weights[at] = byte(d.Weight)
				kept = append(kept, some[next])
				next++
			}
		}
	}
	return kept, err
}

// reach gives the parts of a list in which some documents may stand, in order. Either
// all parts between the first and the last of them are read, or for each document the
// one that it would be in, whichever is less.
func (w *walk) reach(ctx context.Context, from, until int64, many int, l list, docs func() []int64) (parts []Part, err error) {
	switch {
	case l.count() == 0:
	case from >= l.tail.Base:
		return []Part{l.tail}, nil
	case min(int64(l.count()), until-from)/PartSize+2 <= int64(many):
		parts, err = w.index.Across(ctx, l.token, from, until)
	default:
		parts, err = w.index.At(ctx, l.token, docs())
	}
	w.left -= len(parts)
	return parts, err
}

// weigh adds what a list says of some candidates.
func (w *walk) weigh(ctx context.Context, some []candidate, l list) error {
	if len(some) == 0 {
		return nil
	}
	docs, of := docsOf(some), make(map[int64]candidate, len(some))
	for _, c := range some {
		of[c.doc] = c
	}
	parts, err := w.reach(ctx, slices.Min(docs), slices.Max(docs), len(docs), l, func() []int64 { return docs })
	for _, p := range parts {
		for _, d := range p.Docs {
			if c, in := of[d.Doc]; in {
				c.weights[l.token] = d.Weight
			}
		}
	}
	return err
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
