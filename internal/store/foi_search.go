package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
)

// How far a search goes. Words that few requests hold are found wherever they
// are; of those that many hold, the newest are shown and the list says “at least”.
const (
	foundMost  = 1500 // requests that hold the words
	lookedMost = 3000 // … that may hold them
	blocksMost = 2048 // blocks in which a pair of characters stands
	blocksStep = 32   // … that are read at once
)

// holding gives the requests that hold some words, to list from in place of all,
// and tells whether there may be more than it looked for.
func (s Requests) holding(ctx context.Context, w *where, places []account.Place, typed string) (from string, more bool, err error) {
	words := foi.ParseWords(typed)
	if len(words) == 0 {
		return "request", false, nil
	}
	ids, err := s.numbered(ctx, places, typed)
	if err == nil && len(ids) == 0 {
		ids, more, err = s.find(ctx, places, words)
	}
	if err != nil {
		return "", false, err
	}
	return w.among(ids), more, nil
}

// among gives the requests with some keys as a table. Its LIMIT keeps both engines
// from walking all requests of the organ in the order of the list instead.
func (w *where) among(ids []string) string {
	const columns = "SELECT " + rowColumns + ", open, ended FROM request"
	if len(ids) == 0 {
		return "(" + columns + " WHERE 1 = 0) AS request"
	}
	some := where{args: w.args}
	some.in("id", keys(ids))
	w.args = some.args
	return "(" + columns + some.sql() + " LIMIT " + strconv.Itoa(len(ids)) + ") AS request"
}

// numbered looks a whole number up.
func (s Requests) numbered(ctx context.Context, places []account.Place, number string) ([]string, error) {
	var w where
	w.within("organ_id", places)
	w.add("number = ?", strings.TrimSpace(number))
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM request"+w.sql()+" LIMIT "+strconv.Itoa(foundMost), w.args...)
}

// find looks for words by the pairs of characters in them, and then in the texts
// themselves.
func (s Requests) find(ctx context.Context, places []account.Place, words foi.Words) (ids []string, more bool, err error) {
	grams := words.Grams()
	if len(grams) == 0 {
		return s.findNewest(ctx, places, words)
	}
	blocks, more, err := s.blocks(ctx, places, grams)
	if err != nil {
		return nil, false, err
	}
	looked := 0
	for some := range slices.Chunk(blocks, blocksStep) {
		if looked >= lookedMost || len(ids) >= foundMost {
			return ids, true, nil
		}
		in, err := gramsOf(ctx, s.DB.read, some, grams)
		if err != nil {
			return nil, false, err
		}
		for _, b := range some {
			those := meeting(in, b, grams)
			if len(those) == 0 {
				continue
			}
			if looked >= lookedMost || len(ids) >= foundMost {
				return ids, true, nil
			}
			looked += len(those)
			texts, err := s.textsAt(ctx, b, those)
			if err != nil {
				return nil, false, err
			}
			ids = append(ids, holders(texts, words)...)
		}
	}
	return ids, more, nil
}

// blocks gives the blocks in which every gram stands, the newest first. A gram that
// stands in very many says nothing about where; if all do, the newest are taken.
func (s Requests) blocks(ctx context.Context, places []account.Place, grams []string) (all []gramRow, more bool, err error) {
	more = true
	for i, g := range grams {
		var w where
		w.add("gram = ?", g)
		w.within("organ_id", places)
		of, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (b gramRow, err error) {
			return b, row.Scan(&b.organ, &b.block)
		}, "SELECT organ_id, block FROM request_gram"+w.sql()+" ORDER BY organ_id DESC, block DESC LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(blocksMost)...)
		switch {
		case err != nil:
			return nil, false, err
		case len(of) == 0:
			return nil, false, nil
		case len(of) == blocksMost:
			if i == 0 {
				all = of
			}
		case more:
			all, more = of, false
		default:
			all = inBoth(all, of)
		}
	}
	slices.SortStableFunc(all, func(a, b gramRow) int { return cmp.Compare(b.block, a.block) })
	return all, more, nil
}

func inBoth(a, b []gramRow) (both []gramRow) {
	in := make(map[gramRow]bool, len(b))
	for _, x := range b {
		in[x] = true
	}
	return slices.DeleteFunc(a, func(x gramRow) bool { return !in[x] })
}

// meeting gives the places of a block where every gram stands, the newest first.
func meeting(in map[gramRow][]int64, b gramRow, grams []string) (places []int64) {
	for i, g := range grams {
		of := in[gramRow{b.organ, b.block, g}]
		if i == 0 {
			places = slices.Clone(of)
			continue
		}
		places = slices.DeleteFunc(places, func(p int64) bool {
			_, there := slices.BinarySearch(of, p)
			return !there
		})
	}
	slices.Reverse(places)
	return places
}

// sought is a request with the texts in which words are looked for.
type sought struct{ id, number, headline, organisation string }

func scanSought(row interface{ Scan(...any) error }) (x sought, err error) {
	return x, row.Scan(&x.id, &x.number, &x.headline, &x.organisation)
}

const soughtColumns = "id, number, headline, organisation"

func holders(of []sought, words foi.Words) (ids []string) {
	for _, x := range of {
		if words.In(x.number, x.headline, x.organisation) {
			ids = append(ids, x.id)
		}
	}
	return ids
}

func (s Requests) textsAt(ctx context.Context, b gramRow, places []int64) ([]sought, error) {
	var w where
	w.add("organ_id = ?", b.organ)
	all := make([]any, len(places))
	for i, p := range places {
		all[i] = b.block*gramBlock + p
	}
	w.in("place", all)
	return collect(ctx, s.DB.read, scanSought, "SELECT "+soughtColumns+" FROM request"+w.sql(), w.args...)
}

// findNewest looks for single characters, which nearly every request has, in the
// newest requests.
func (s Requests) findNewest(ctx context.Context, places []account.Place, words foi.Words) (ids []string, more bool, err error) {
	groups := [][]account.Place{places}
	order := "id"
	if !slices.ContainsFunc(places, func(p account.Place) bool { return p.Below }) {
		groups, order = nil, "place"
		for _, p := range places {
			groups = append(groups, []account.Place{p})
		}
	}
	for _, group := range groups {
		var w where
		w.within("organ_id", group)
		some, err := collect(ctx, s.DB.read, scanSought, "SELECT "+soughtColumns+" FROM request"+w.sql()+" ORDER BY "+order+" DESC LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(lookedMost)...)
		if err != nil {
			return nil, false, err
		}
		more = more || len(some) == lookedMost
		ids = append(ids, holders(some, words)...)
	}
	return ids[:min(len(ids), foundMost)], more || len(ids) > foundMost, nil
}
