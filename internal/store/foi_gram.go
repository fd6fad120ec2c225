package store

import (
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

const (
	gramBlock   = 1024   // places that share a row of request_gram
	gramStep    = "gram" // the migration that makes the table; behind it what is there already is indexed
	casesStep   = "cases"
	placeSeries = "place"
)

// gramRow names a row of request_gram.
type gramRow struct {
	organ string
	block int64
	gram  string
}

// settle gives new requests their places, in their order.
func (tx *Tx) settle(ctx context.Context, organs []string) (places []int64, err error) {
	many, next := map[string]int64{}, map[string]int64{}
	for _, o := range organs {
		many[o]++
	}
	for _, o := range slices.Sorted(maps.Keys(many)) {
		var last int64
		if err := tx.QueryRowContext(ctx, `INSERT INTO serial (organ_id, series, year, last) VALUES ($1, $2, 0, $3)
			ON CONFLICT (organ_id, series, year) DO UPDATE SET last = serial.last + excluded.last RETURNING last`, o, placeSeries, many[o]).Scan(&last); err != nil {
			return nil, err
		}
		next[o] = last - many[o] + 1
	}
	for _, o := range organs {
		places = append(places, next[o])
		next[o]++
	}
	return places, nil
}

// index keeps what new requests are found by.
func (tx *Tx) index(ctx context.Context, added []foi.Request, places []int64) error {
	in := indexing{}
	for i, r := range added {
		in.change(r.Organ, places[i], foi.Grams(r.Sought()...), true)
	}
	return tx.keepGrams(ctx, in)
}

// reindex keeps what a request is found by when its texts have changed. The rows
// of an organ change under the lock of its places, as they do in index.
func (tx *Tx) reindex(ctx context.Context, before, after foi.Request) error {
	var place int64
	if err := tx.QueryRowContext(ctx, "SELECT last FROM serial WHERE organ_id = $1 AND series = $2"+tx.forUpdate(), after.Organ, placeSeries).Scan(&place); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "SELECT place FROM request WHERE id = $1", after.ID).Scan(&place); err != nil {
		return err
	}
	was, is := foi.Grams(before.Sought()...), foi.Grams(after.Sought()...)
	in := indexing{}
	in.change(after.Organ, place, without(was, is), false)
	in.change(after.Organ, place, without(is, was), true)
	return tx.keepGrams(ctx, in)
}

// without gives those of some that are not among others; both are in order.
func without(some, others []string) (rest []string) {
	for _, s := range some {
		if _, there := slices.BinarySearch(others, s); !there {
			rest = append(rest, s)
		}
	}
	return rest
}

// indexAll indexes the requests that were there before there was an index.
func (tx *Tx) indexAll(ctx context.Context) error {
	type one struct{ id, organ, number, headline, organisation string }
	for after := ""; ; {
		some, err := collect(ctx, tx, func(row interface{ Scan(...any) error }) (o one, err error) {
			return o, row.Scan(&o.id, &o.organ, &o.number, &o.headline, &o.organisation)
		}, "SELECT id, organ_id, number, headline, organisation FROM request WHERE id > $1 ORDER BY id LIMIT $2", after, gramBlock)
		if err != nil || len(some) == 0 {
			return err
		}
		var organs []string
		for _, o := range some {
			after, organs = o.id, append(organs, o.organ)
		}
		places, err := tx.settle(ctx, organs)
		if err != nil {
			return err
		}
		in := indexing{}
		for i, o := range some {
			in.change(o.organ, places[i], foi.Grams(o.number, o.headline, o.organisation), true)
			if _, err := tx.ExecContext(ctx, "UPDATE request SET place = $1 WHERE id = $2", places[i], o.id); err != nil {
				return err
			}
		}
		if err := tx.keepGrams(ctx, in); err != nil {
			return err
		}
	}
}

// indexCases indexes by what else requests are asked for that have disputes or fees.
func (tx *Tx) indexCases(ctx context.Context) error {
	for after := ""; ; {
		some, err := collect(ctx, tx, scanRequest, "SELECT file FROM request WHERE id > $1 AND (id IN (SELECT request_id FROM request_dispute) OR id IN (SELECT request_id FROM request_fee)) ORDER BY id LIMIT $2", after, gramBlock)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, r := range some {
			after = r.ID
			if r.Cases() == "" {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE request SET cases = $1 WHERE id = $2", r.Cases(), r.ID); err != nil {
				return err
			}
			before := r
			before.Disputes, before.Fee = nil, nil
			if err := tx.reindex(ctx, before, r); err != nil {
				return err
			}
		}
	}
}

// indexing says which places come into a row or leave it.
type indexing map[gramRow]map[int64]bool

func (in indexing) change(organ string, place int64, grams []string, comes bool) {
	for _, g := range grams {
		row := gramRow{organ, place / gramBlock, g}
		if in[row] == nil {
			in[row] = map[int64]bool{}
		}
		in[row][place%gramBlock] = comes
	}
}

// keepGrams writes the rows that change.
func (tx *Tx) keepGrams(ctx context.Context, in indexing) error {
	blocks := map[gramRow][]string{}
	for row := range in {
		blocks[gramRow{organ: row.organ, block: row.block}] = append(blocks[gramRow{organ: row.organ, block: row.block}], row.gram)
	}
	for b, grams := range blocks {
		for some := range slices.Chunk(grams, 500) {
			if err := tx.keepBlock(ctx, in, b, some); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) keepBlock(ctx context.Context, in indexing, b gramRow, grams []string) error {
	there, err := gramsOf(ctx, tx, []gramRow{b}, grams)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, g := range grams {
		b.gram = g
		places := there[b]
		for place, comes := range in[b] {
			i, found := slices.BinarySearch(places, place)
			switch {
			case comes && !found:
				places = slices.Insert(places, i, place)
			case !comes && found:
				places = slices.Delete(places, i, i+1)
			}
		}
		if len(places) == 0 {
			if _, err := tx.ExecContext(ctx, "DELETE FROM request_gram WHERE gram = $1 AND organ_id = $2 AND block = $3", g, b.organ, b.block); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []any{g, b.organ, b.block, packed(places)})
	}
	if len(rows) == 0 {
		return nil
	}
	query, args := insertRows("request_gram", "gram, organ_id, block, places", rows)
	_, err = tx.ExecContext(ctx, query+" ON CONFLICT (gram, organ_id, block) DO UPDATE SET places = excluded.places", args...)
	return err
}

// gramsOf gives the places of some grams in some blocks.
func gramsOf(ctx context.Context, q querier, blocks []gramRow, grams []string) (map[gramRow][]int64, error) {
	values := make([]string, len(blocks))
	var args []any
	for i, b := range blocks {
		values[i] = "(CAST($" + strconv.Itoa(len(args)+1) + " AS TEXT), CAST($" + strconv.Itoa(len(args)+2) + " AS BIGINT))"
		args = append(args, b.organ, b.block)
	}
	w := where{args: args}
	w.add("g.organ_id = b.organ_id AND g.block = b.block")
	w.in("g.gram", keys(grams))
	all := map[gramRow][]int64{}
	_, err := collect(ctx, q, func(row interface{ Scan(...any) error }) (none struct{}, err error) {
		var r gramRow
		var data []byte
		if err = row.Scan(&r.gram, &r.organ, &r.block, &data); err == nil {
			all[r], err = unpacked(data)
		}
		return none, err
	}, "WITH b (organ_id, block) AS (VALUES "+strings.Join(values, ", ")+") SELECT g.gram, g.organ_id, g.block, g.places FROM b CROSS JOIN request_gram g"+w.sql(), w.args...)
	return all, err
}

// packed writes places in their order, each as the way from the one before.
func packed(places []int64) []byte {
	out, last := []byte{}, int64(0)
	for _, p := range places {
		out, last = binary.AppendUvarint(out, uint64(p-last)), p
	}
	return out
}

func unpacked(data []byte) (places []int64, err error) {
	at := int64(0)
	for len(data) > 0 {
		step, n := binary.Uvarint(data)
		if at += int64(step); n <= 0 || at < 0 || at >= gramBlock {
			return nil, errs.New(errs.Corrupt, "申请的检索索引损坏，读不出来；请从备份恢复。")
		}
		places, data = append(places, at), data[n:]
	}
	return places, nil
}
