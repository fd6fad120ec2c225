package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// seek is one search: the lists of its tokens, and what narrows it.
type seek struct {
	index  Index
	most   int
	tokens []string        // all
	names  []string        // those that are looked up
	lists  []list          // of names, the rarest first
	titles []list          // the same, in titles alone
	tags   []list          // of the filter
	organs []list          // one of them is gone through after the other; nil for no need
	holds  func(Meta) bool // what no list tells; nil for nothing
	lacks  bool            // some token stands nowhere
	empty  bool            // the filter leaves nothing
	plain  bool            // what has the tokens is found
	worth  worth
}

// begin reads the last part of everything that is looked for.
func (f Finder) begin(ctx context.Context, q Query, filter Filter) (*seek, error) {
	filter.Below = filter.Below && filter.Organ != ""
	s := &seek{index: f.Index, most: cmp.Or(f.Most, Ranked), tokens: q.Tokens(), plain: whole(q) && filter == Filter{}}
	size, err := f.Index.Size(ctx)
	if err != nil {
		return nil, err
	}
	var organs []string
	if filter.Organ != "" {
		if organs = []string{filter.Organ}; filter.Below {
			if organs, err = f.Index.Organs(ctx, filter.Organ); err != nil {
				return nil, err
			}
		}
	}
	tags := filter.tags()
	asked := slices.Concat(s.tokens, tags)
	for _, t := range s.tokens {
		asked = append(asked, inTitle+t)
	}
	if len(organs) <= united {
		for _, o := range organs {
			asked = append(asked, tag("organ", o))
		}
	}
	parts, err := f.Index.Tails(ctx, asked)
	if err != nil {
		return nil, err
	}
	tails := map[string]Part{}
	for _, p := range parts {
		tails[p.Token] = p
	}
	s.choose(q, tails)
	for _, t := range tags {
		s.tags = append(s.tags, list{t, tails[t]})
		s.empty = s.empty || tails[t].Total == 0
	}
	s.narrow(filter, organs, tails)
	s.worth = worthOf(s.lists, size)
	return s, nil
}

// choose picks the tokens that are looked up: the rarest, and those of words that have
// no second look.
func (s *seek) choose(q Query, tails map[string]Part) {
	must := map[string]bool{}
	for _, t := range q.Terms {
		if t.Whole {
			must[t.Tokens[0]] = true
		}
	}
	var all []list
	for _, t := range s.tokens {
		s.lacks = s.lacks || tails[t].Total == 0
		all = append(all, list{t, tails[t]})
	}
	rest := lists - len(must)
	for _, l := range rarest(all) {
		if !must[l.token] {
			if rest--; rest < 0 {
				continue
			}
		}
		s.lists, s.names = append(s.lists, l), append(s.names, l.token)
		s.titles = append(s.titles, list{inTitle + l.token, tails[inTitle+l.token]})
	}
	slices.Sort(s.names)
}

// narrow sees to the organs and the days of a filter. Where few organs have fewer
// documents than the rarest token, each is gone through by itself; else what was found
// is looked at.
func (s *seek) narrow(filter Filter, organs []string, tails map[string]Part) {
	var of map[string]bool
	switch sum := 0; {
	case filter.Organ == "":
	case len(organs) > united:
		of = map[string]bool{}
	default:
		for _, o := range organs {
			if l := (list{tag("organ", o), tails[tag("organ", o)]}); l.count() > 0 {
				s.organs = append(s.organs, l)
				sum += l.count()
			}
		}
		s.empty = s.empty || len(s.organs) == 0
		if len(s.organs) > 1 && sum > s.lists[0].count() {
			s.organs, of = nil, map[string]bool{}
		}
	}
	if of != nil {
		for _, o := range organs {
			of[o] = true
		}
	}
	if of != nil || filter.From+filter.Until != "" && !filter.wholeYear() {
		s.holds = func(m Meta) bool { return filter.holds(m, of) }
	}
}

// counted tells whether the list of the one token is all that is found.
func (s *seek) counted() bool { return s.plain && len(s.tokens) == 1 }

// through walks through some lists and what narrows them.
func (s *seek) through(ctx context.Context, w *walk, of []list, most int) (found []candidate, all bool, err error) {
	if slices.ContainsFunc(of, func(l list) bool { return l.count() == 0 }) {
		return nil, true, nil
	}
	of = slices.Concat(of, s.tags)
	if s.organs == nil {
		return w.common(ctx, of, s.holds, most)
	}
	all = true
	for _, o := range s.organs {
		some, whole, err := w.common(ctx, append(of[:len(of):len(of)], o), s.holds, most)
		if err != nil {
			return nil, false, err
		}
		found, all = append(found, some...), all && whole
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Compare(b.doc, a.doc) })
	return found[:min(most, len(found))], all && len(found) <= most, nil
}

// exact gives documents that have all tokens. Where there may be more than are ranked
// together, those come first that have them in the title, then the newest.
func (s *seek) exact(ctx context.Context) (found []candidate, all bool, err error) {
	if s.lacks || s.empty {
		return nil, true, nil
	}
	w := &walk{s.index, read}
	if s.lists[0].count() > s.most {
		w.left = read / 2
		if found, _, err = s.through(ctx, w, s.titles, s.most); err != nil {
			return nil, false, err
		}
		for _, c := range found {
			for t, weight := range c.weights {
				c.weights[strings.TrimPrefix(t, inTitle)] = weight
			}
		}
		if w.left += read / 2; len(found) == s.most {
			return found, false, nil
		}
	}
	rest, all, err := s.through(ctx, w, s.lists, s.most)
	if err != nil {
		return nil, false, err
	}
	have := map[int64]bool{}
	for _, c := range found {
		have[c.doc] = true
	}
	for _, c := range rest {
		if !have[c.doc] {
			found = append(found, c)
		}
	}
	return found[:min(s.most, len(found))], all && len(found) <= s.most, nil
}

// nearly gives documents that have most of the tokens: the newest with each of the
// rarer ones, and of these those that have the most.
func (s *seek) nearly(ctx context.Context) (found []candidate, all bool, err error) {
	need := max(2, (len(s.lists)+3)/4) // half of the pairs of a sentence lie across two words
	of := map[int64]candidate{}
	if all = true; s.empty {
		return nil, true, nil
	}
	for _, l := range s.lists[:max(0, len(s.lists)-need+1)] {
		some, whole, err := s.through(ctx, &walk{s.index, read / lists}, []list{l}, near)
		if err != nil {
			return nil, false, err
		}
		all = all && whole
		for _, c := range some {
			if have, again := of[c.doc]; again {
				maps.Copy(have.weights, c.weights)
			} else {
				of[c.doc] = c
			}
		}
	}
	found = slices.Collect(maps.Values(of))
	s.order(found)
	if len(found) > near {
		found, all = found[:near], false
	}
	w := &walk{s.index, read}
	for _, l := range s.lists {
		if err := w.weigh(ctx, found, l); err != nil {
			return nil, false, err
		}
	}
	return slices.DeleteFunc(found, func(c candidate) bool {
		_, met := s.worth.score(c, s.names)
		return met < need
	}), all, nil
}

// order puts first what has most of the tokens, as far as is known.
func (s *seek) order(all []candidate) {
	type worthy struct {
		score float64
		met   int
	}
	of := make(map[int64]worthy, len(all))
	for _, c := range all {
		score, met := s.worth.score(c, s.names)
		of[c.doc] = worthy{score, met}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		x, y := of[a.doc], of[b.doc]
		return cmp.Or(cmp.Compare(y.met, x.met), cmp.Compare(y.score, x.score), cmp.Compare(b.doc, a.doc))
	})
}
