package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/foi"
)

// How far a search goes. Words that few requests hold are found wherever they
// are; of those that many hold, the newest are shown and the list says “at least”.
const (
	foundMost  = 1000 // requests that hold the words
	lookedMost = 2000 // … that may hold them
	lookedStep = 250  // … that are looked at together
	blocksMost = 2048 // blocks in which a pair of characters stands
	blocksRare = 64   // … of one that tells where to look
	blocksStep = 64   // … that are read at once
	rowsMost   = 2000 // rows of the index that are read
)

// found are the requests that hold some words and meet the conditions of a list.
type found struct {
	ids  []string
	more bool // there may be more than were looked for
}

// holding gives the requests that hold some words, to list from in place of all;
// nil for no words.
func (s Requests) holding(ctx context.Context, w *where, places []account.Place, typed string) (*found, error) {
	words := foi.ParseWords(typed)
	if len(words) == 0 {
		return nil, nil
	}
	ids, err := s.numbered(ctx, w, typed)
	if err != nil || len(ids) > 0 {
		return &found{ids: ids}, err
	}
	if len(words.Grams()) == 0 {
		return s.findNewest(ctx, w, places, words)
	}
	return s.find(ctx, w, places, words)
}

const soughtFrom = rowColumns + ", open, cases, ended_first"

// among gives the requests with some keys as a table. Its LIMIT keeps both engines
// from walking all requests of the organ in the order of the list instead.
func (w *where) among(ids []string) string {
	if len(ids) == 0 {
		return "(SELECT " + soughtFrom + " FROM request WHERE 1 = 0) AS request"
	}
	some := where{args: w.args}
	some.in("id", keys(ids))
	w.args = some.args
	return "(SELECT " + soughtFrom + " FROM request" + some.sql() + " LIMIT " + strconv.Itoa(len(ids)) + ") AS request"
}

// numbered looks a whole number up.
func (s Requests) numbered(ctx context.Context, w *where, number string) ([]string, error) {
	with := where{conditions: slices.Clone(w.conditions), args: slices.Clone(w.args)}
	with.add("number = ?", strings.TrimSpace(number))
	return collect(ctx, s.DB.read, scanText, "SELECT id FROM request"+with.sql()+" LIMIT "+strconv.Itoa(foundMost), with.args...)
}

// find looks for words by the pairs of characters in them, and then in the texts
// themselves.
func (s Requests) find(ctx context.Context, w *where, places []account.Place, words foi.Words) (*found, error) {
	grams, blocks, more, err := s.trail(ctx, places, words.Grams())
	if err != nil {
		return nil, err
	}
	f := &found{more: more}
	looked, rows := 0, 0
	for some := range slices.Chunk(blocks, blocksStep) {
		if rows >= rowsMost {
			f.more = true
			return f, nil
		}
		spots, read, err := s.spots(ctx, some, grams)
		if err != nil {
			return nil, err
		}
		rows += read
		for few := range slices.Chunk(spots, lookedStep) {
			if looked >= lookedMost || len(f.ids) >= foundMost {
				f.more = true
				return f, nil
			}
			looked += len(few)
			texts, err := s.textsAt(ctx, w, few)
			if err != nil {
				return nil, err
			}
			f.ids = append(f.ids, holders(texts, words)...)
		}
	}
	return f, nil
}

// gramShare is a gram and how much of the blocks it fills, of a thousand.
type gramShare struct {
	gram  string
	share int
}

// trail puts the grams in order, the rarest first, and gives the blocks to look at,
// the newest first: those in which all grams stand that stand in few; if none does,
// those of the rarest.
func (s Requests) trail(ctx context.Context, places []account.Place, grams []string) (order []gramShare, blocks []gramRow, more bool, err error) {
	narrowed := false
	for _, g := range grams {
		of, bytes, err := s.newestOf(ctx, places, g)
		if err != nil || len(of) == 0 {
			return nil, nil, false, err
		}
		order = append(order, gramShare{g, bytes * 1000 / (len(of) * gramBlock)})
		switch {
		case len(of) == blocksRare:
		case narrowed:
			blocks = inBoth(blocks, of)
		default:
			blocks, narrowed = of, true
		}
	}
	slices.SortStableFunc(order, func(a, b gramShare) int { return cmp.Compare(a.share, b.share) })
	if !narrowed {
		if blocks, err = s.blocksOf(ctx, places, order[0].gram); err != nil {
			return nil, nil, false, err
		}
		more = len(blocks) == blocksMost
	}
	slices.SortStableFunc(blocks, func(a, b gramRow) int { return cmp.Compare(b.block, a.block) })
	return order, blocks, more, nil
}

func gramPlaces(places []account.Place, gram string) *where {
	w := &where{}
	w.add("gram = ?", gram)
	w.within("organ_id", places)
	return w
}

func scanBlock(row interface{ Scan(...any) error }) (b gramRow, err error) {
	return b, row.Scan(&b.organ, &b.block)
}

// newestOf gives the newest blocks in which a gram stands, and how long their rows are:
// a place takes about a byte.
func (s Requests) newestOf(ctx context.Context, places []account.Place, gram string) (blocks []gramRow, bytes int, err error) {
	w := gramPlaces(places, gram)
	blocks, err = collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (b gramRow, err error) {
		var n int
		err = row.Scan(&b.organ, &b.block, &n)
		bytes += n
		return b, err
	}, "SELECT organ_id, block, LENGTH(places) FROM request_gram"+w.sql()+" ORDER BY organ_id DESC, block DESC LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(blocksRare)...)
	return blocks, bytes, err
}

// blocksOf gives the blocks in which a gram stands.
func (s Requests) blocksOf(ctx context.Context, places []account.Place, gram string) ([]gramRow, error) {
	w := gramPlaces(places, gram)
	return collect(ctx, s.DB.read, scanBlock, "SELECT organ_id, block FROM request_gram"+w.sql()+" ORDER BY organ_id DESC, block DESC LIMIT $"+strconv.Itoa(len(w.args)+1), w.with(blocksMost)...)
}

func inBoth(a, b []gramRow) (both []gramRow) {
	in := make(map[gramRow]bool, len(b))
	for _, x := range b {
		in[x] = true
	}
	return slices.DeleteFunc(a, func(x gramRow) bool { return !in[x] })
}

// spot is where a request stands in the index.
type spot struct {
	organ string
	place int64
}

// spots gives the places of some blocks where every gram may stand, the newest first.
// A gram is read where it spares more texts than it costs rows; read is how many those
// were.
func (s Requests) spots(ctx context.Context, blocks []gramRow, grams []gramShare) (all []spot, read int, err error) {
	alive := map[gramRow][]int64{}
	n := 0
	for i, g := range grams {
		if i > 0 && n*(1000-min(g.share, 1000)) <= 1000*len(alive) {
			break
		}
		in, err := s.standing(ctx, g.gram, blocks)
		if err != nil {
			return nil, read, err
		}
		n, read = 0, read+len(blocks)
		blocks = slices.DeleteFunc(slices.Clone(blocks), func(b gramRow) bool {
			of := in[b]
			if i > 0 {
				of = bothOf(alive[b], of)
			}
			if alive[b] = of; len(of) == 0 {
				delete(alive, b)
			}
			n += len(of)
			return len(of) == 0
		})
		if len(blocks) == 0 {
			return nil, read, nil
		}
	}
	for _, b := range blocks {
		for _, p := range slices.Backward(alive[b]) {
			all = append(all, spot{b.organ, b.block*gramBlock + p})
		}
	}
	return all, read, nil
}

// standing gives where a gram stands in some blocks. Each is named by its whole key, or
// PostgreSQL would read all that the gram has.
func (s Requests) standing(ctx context.Context, gram string, blocks []gramRow) (map[gramRow][]int64, error) {
	byOrgan := map[string][]any{}
	for _, b := range blocks {
		byOrgan[b.organ] = append(byOrgan[b.organ], b.block)
	}
	all := make(map[gramRow][]int64, len(blocks))
	for organ, some := range byOrgan {
		var w where
		w.add("gram = ? AND organ_id = ?", gram, organ)
		w.in("block", some)
		if _, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (none struct{}, err error) {
			b := gramRow{organ: organ}
			var data []byte
			if err = row.Scan(&b.block, &data); err == nil {
				all[b], err = unpacked(data)
			}
			return none, err
		}, "SELECT block, places FROM request_gram"+w.sql(), w.args...); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// bothOf gives what is in both of two lists in order.
func bothOf(a, b []int64) (both []int64) {
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i++
		case b[k] < a[i]:
			k++
		default:
			both = append(both, a[i])
			i, k = i+1, k+1
		}
	}
	return both
}

// sought is a request with the texts in which words are looked for.
type sought struct{ id, number, headline, organisation, cases string }

func scanSought(row interface{ Scan(...any) error }) (x sought, err error) {
	return x, row.Scan(&x.id, &x.number, &x.headline, &x.organisation, &x.cases)
}

const soughtColumns = "id, number, headline, organisation, cases"

func holders(of []sought, words foi.Words) (ids []string) {
	for _, x := range of {
		if words.In(x.number, x.headline, x.organisation, x.cases) {
			ids = append(ids, x.id)
		}
	}
	return ids
}

// textsAt gives the requests at some places that meet the conditions.
func (s Requests) textsAt(ctx context.Context, w *where, spots []spot) (all []sought, err error) {
	byOrgan := map[string][]any{}
	for _, x := range spots {
		byOrgan[x.organ] = append(byOrgan[x.organ], x.place)
	}
	for _, organ := range slices.Sorted(maps.Keys(byOrgan)) {
		at := where{args: slices.Clone(w.args)}
		at.add("organ_id = ?", organ)
		at.in("place", byOrgan[organ])
		some, err := collect(ctx, s.DB.read, scanSought, "SELECT "+soughtColumns+" FROM (SELECT "+soughtFrom+" FROM request"+at.sql()+" LIMIT "+strconv.Itoa(len(byOrgan[organ]))+") AS request"+w.sql(), at.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// findNewest looks for single characters, which nearly every request has, in the
// newest requests.
func (s Requests) findNewest(ctx context.Context, w *where, places []account.Place, words foi.Words) (*found, error) {
	groups := [][]account.Place{places}
	order := "id"
	if !slices.ContainsFunc(places, func(p account.Place) bool { return p.Below }) {
		groups, order = nil, "place"
		for _, p := range places {
			groups = append(groups, []account.Place{p})
		}
	}
	f := &found{}
	for _, group := range groups {
		at := where{args: slices.Clone(w.args)}
		at.within("organ_id", group)
		read := 0
		some, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (x soughtMeets, err error) {
			read++
			return x, row.Scan(&x.id, &x.number, &x.headline, &x.organisation, &x.cases, &x.meets)
		}, "SELECT "+soughtColumns+", CASE WHEN "+w.all()+" THEN 1 ELSE 0 END FROM (SELECT "+soughtFrom+" FROM request"+at.sql()+" ORDER BY "+order+" DESC LIMIT "+strconv.Itoa(lookedMost)+") AS request", at.args...)
		if err != nil {
			return nil, err
		}
		f.more = f.more || read == lookedMost
		for _, x := range some {
			if x.meets && words.In(x.number, x.headline, x.organisation, x.cases) {
				f.ids = append(f.ids, x.id)
			}
		}
	}
	if len(f.ids) > foundMost {
		f.ids, f.more = f.ids[:foundMost], true
	}
	return f, nil
}

// soughtMeets also tells whether the conditions of the list are met.
type soughtMeets struct {
	sought
	meets bool
}
