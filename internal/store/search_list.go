package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/search"
)

// The migrations that make the lists, and that empty them to have initials in them too;
// behind them what is there already is listed.
const (
	listStep    = "search"
	initialStep = "search_initials"
)

// How many rows one statement reads or writes. SQLite looks for each parameter among
// all of the statement, so that few rows at a time are written faster than many.
const (
	someRows = 200
	fewRows  = 40
)

// relisting are the changes of lists: by token, the new weight of each document, or
// removed.
type relisting map[string][]search.Posting

const removed = -1

// change lists a document by other weights than before.
func (l relisting) change(doc int64, was, is map[string]int) {
	for token, weight := range is {
		if before, had := was[token]; !had || before != weight {
			l[token] = append(l[token], search.Posting{Doc: doc, Weight: weight})
		}
	}
	for token := range was {
		if _, has := is[token]; !has {
			l[token] = append(l[token], search.Posting{Doc: doc, Weight: removed})
		}
	}
}

func (l relisting) write(ctx context.Context, tx *Tx, partSize int) error {
	for some := range slices.Chunk(slices.Sorted(maps.Keys(l)), someRows) {
		if err := l.writeSome(ctx, tx, some, partSize); err != nil {
			return err
		}
	}
	return nil
}

func (l relisting) writeSome(ctx context.Context, tx *Tx, tokens []string, partSize int) error {
	found, err := tails(ctx, tx, tokens)
	if err != nil {
		return err
	}
	of := make(map[string]search.Part, len(found))
	for _, p := range found {
		of[p.Token] = p
	}
	var rows [][]any
	for _, t := range tokens {
		tail := of[t]
		tail.Token = t
		parts := []search.Part{tail}
		changes := l[t]
		slices.SortFunc(changes, func(a, b search.Posting) int { return cmp.Compare(a.Doc, b.Doc) })
		if old := earlier(changes, tail.Base); len(old) > 0 {
			docs := make([]int64, len(old))
			for i, c := range old {
				docs[i] = c.Doc
			}
			before, err := partsAt(ctx, tx, t, docs)
			if err != nil {
				return err
			}
			if len(before) == 0 || before[0].Base > docs[0] {
				before = slices.Insert(before, 0, search.Part{Token: t})
			}
			parts = slices.Concat(before, parts)
		}
		changed, gone := relist(parts, changes, partSize)
		for _, p := range changed {
			rows = append(rows, []any{p.Token, p.Base, p.Total, search.Pack(p.Base, p.Docs)})
		}
		for _, base := range gone {
			if _, err := tx.ExecContext(ctx, "DELETE FROM search_post WHERE token = $1 AND base = $2", t, base); err != nil {
				return err
			}
		}
	}
	for some := range slices.Chunk(rows, fewRows) {
		query, args := insertRows("search_post", "token, base, total, docs", some)
		if _, err := tx.ExecContext(ctx, query+" ON CONFLICT (token, base) DO UPDATE SET total = excluded.total, docs = excluded.docs", args...); err != nil {
			return err
		}
	}
	return nil
}

// earlier gives the changes of documents before one.
func earlier(changes []search.Posting, doc int64) []search.Posting {
	n, _ := slices.BinarySearchFunc(changes, doc, func(c search.Posting, doc int64) int { return cmp.Compare(c.Doc, doc) })
	return changes[:n]
}

// relist carries out the changes of a list in the parts that they concern, in order;
// the last of them is the last of the list. It gives the parts to write, and the bases
// of those that are empty now.
func relist(parts []search.Part, changes []search.Posting, partSize int) (changed []search.Part, gone []int64) {
	total := parts[len(parts)-1].Total
	for i, p := range parts {
		last := i == len(parts)-1
		mine := changes
		if !last {
			mine = earlier(changes, parts[i+1].Base)
			changes = changes[len(mine):]
		}
		had := len(p.Docs)
		p.Docs = mixed(p.Docs, mine)
		total += len(p.Docs) - had
		switch {
		case len(p.Docs) == 0 && (!last || total == 0):
			gone = append(gone, p.Base)
		case last || len(mine) > 0:
			changed = append(changed, split(p, last, partSize)...)
		}
	}
	if n := len(changed); n > 0 && total > 0 {
		changed[n-1].Total = total
	}
	return changed, gone
}

// mixed gives postings with some changed.
func mixed(of, changes []search.Posting) []search.Posting {
	out := make([]search.Posting, 0, len(of)+len(changes))
	for _, c := range changes {
		for len(of) > 0 && of[0].Doc < c.Doc {
			out, of = append(out, of[0]), of[1:]
		}
		if len(of) > 0 && of[0].Doc == c.Doc {
			of = of[1:]
		}
		if c.Weight != removed {
			out = append(out, c)
		}
	}
	return append(out, of...)
}

// split cuts a part that has become too long: the last one into full ones, for what
// comes comes behind; another into halves.
func split(p search.Part, last bool, partSize int) []search.Part {
	p.Total = 0
	if len(p.Docs) <= partSize {
		return []search.Part{p}
	}
	size := partSize
	if !last {
		size = partSize/2 + 1
	}
	var all []search.Part
	for some := range slices.Chunk(p.Docs, size) {
		base := p.Base
		if len(all) > 0 {
			base = some[0].Doc
		}
		all = append(all, search.Part{Token: p.Token, Base: base, Docs: some})
	}
	return all
}

func scanPart(row interface{ Scan(...any) error }) (p search.Part, err error) {
	var data []byte
	if err = row.Scan(&p.Token, &p.Base, &p.Total, &data); err == nil {
		p.Docs, err = search.Unpack(p.Base, data)
	}
	return p, err
}

const selectPart = "SELECT token, base, total, docs FROM search_post"

// tails gives the last parts of some tokens. Each is looked up by itself, so that no
// engine walks through a list for its end.
func tails(ctx context.Context, q querier, tokens []string) (all []search.Part, err error) {
	for some := range slices.Chunk(tokens, someRows) {
		found, err := collect(ctx, q, scanPart, "WITH t (token) AS (VALUES "+values(len(some), "TEXT", 1)+
			") SELECT p.token, p.base, p.total, p.docs FROM t CROSS JOIN search_post p WHERE p.token = t.token AND p.base = (SELECT MAX(b.base) FROM search_post b WHERE b.token = t.token)", keys(some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// values gives rows of one parameter each.
func values(n int, kind string, from int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = "(CAST($" + strconv.Itoa(from+i) + " AS " + kind + "))"
	}
	return strings.Join(rows, ", ")
}

// partsAt gives the parts of a token in which some documents would stand, in order.
func partsAt(ctx context.Context, q querier, token string, docs []int64) (all []search.Part, err error) {
	scan := func(row interface{ Scan(...any) error }) (base *int64, err error) { return base, row.Scan(&base) }
	bases := map[int64]bool{}
	for some := range slices.Chunk(docs, someRows) {
		args := []any{token}
		for _, d := range some {
			args = append(args, d)
		}
		found, err := collect(ctx, q, scan, "WITH d (n) AS (VALUES "+values(len(some), "BIGINT", 2)+
			") SELECT DISTINCT (SELECT MAX(b.base) FROM search_post b WHERE b.token = $1 AND b.base <= d.n) FROM d", args...)
		if err != nil {
			return nil, err
		}
		for _, b := range found {
			if b != nil {
				bases[*b] = true
			}
		}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(bases)), someRows) {
		args := make([]any, len(some))
		for i, b := range some {
			args[i] = b
		}
		w := &where{}
		w.add("token = ?", token)
		w.in("base", args)
		found, err := collect(ctx, q, scanPart, selectPart+w.sql(), w.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b search.Part) int { return cmp.Compare(a.Base, b.Base) })
	return all, nil
}

// Tails gives the last parts of some tokens.
func (s Search) Tails(ctx context.Context, tokens []string) ([]search.Part, error) {
	return tails(ctx, s.DB.read, tokens)
}

// Before gives parts that begin before a document, the last first.
func (s Search) Before(ctx context.Context, token string, doc int64, most int) ([]search.Part, error) {
	return collect(ctx, s.DB.read, scanPart, selectPart+" WHERE token = $1 AND base < $2 ORDER BY base DESC LIMIT $3", token, doc, most)
}

// Across gives the parts in which documents from one to another may be.
func (s Search) Across(ctx context.Context, token string, from, until int64) ([]search.Part, error) {
	return collect(ctx, s.DB.read, scanPart, selectPart+" WHERE token = $1 AND base <= $2 AND base >= COALESCE((SELECT MAX(b.base) FROM search_post b WHERE b.token = $1 AND b.base <= $3), 0) ORDER BY base", token, until, from)
}

// At gives the parts in which some documents may be.
func (s Search) At(ctx context.Context, token string, docs []int64) ([]search.Part, error) {
	return partsAt(ctx, s.DB.read, token, docs)
}
