package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/publish"
	"gongkai/internal/search"
)

// VerifyIndexes reads again what is searched, and tells every record that a search
// would not find by what it says, or would find by what it does not say.
//
// An index may hold more postings than fit into memory. So each posting becomes a
// number, the numbers of a block are added up, and what the records say is taken
// away: of a block that is right nothing is left. Only blocks of which something is
// left are looked at record by record, as of one moment, so that what changes
// meanwhile is no finding.
func (db *DB) VerifyIndexes(ctx context.Context, report func(Finding)) error {
	for _, x := range []index{requestIndex, documentIndex} {
		if err := db.verifyIndex(ctx, x, report); err != nil {
			return err
		}
	}
	for _, verify := range []func(context.Context, func(Finding)) error{db.verifyLists, db.verifyFindable, db.verifyConsultations} {
		if err := verify(ctx, report); err != nil {
			return err
		}
	}
	return nil
}

// posted is a posting: a token of a record.
type posted struct {
	block  gramRow // its gram is not set
	place  int64   // of the record, among those of the organ
	token  string
	weight int
}

// number gives the posting as a number; two that differ have different ones almost
// surely.
func (p posted) number() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%d/%s", p.place, p.weight, p.token)
	return h.Sum64()
}

// index is what records are found by.
type index struct {
	name             string
	chinese, english string
	postings         func(ctx context.Context, q querier, yield func(posted)) error // as they are kept
	recount          func(ctx context.Context, q querier, yield func(posted)) error // as the records say
	names            func(ctx context.Context, q querier, block gramRow, places []int64) (map[int64]string, error)
}

func (db *DB) verifyIndex(ctx context.Context, x index, report func(Finding)) error {
	rest := map[gramRow]uint64{}
	if err := x.postings(ctx, db.read, func(p posted) { rest[p.block] += p.number() }); err != nil {
		return err
	}
	if err := x.recount(ctx, db.read, func(p posted) { rest[p.block] -= p.number() }); err != nil {
		return err
	}
	maps.DeleteFunc(rest, func(_ gramRow, n uint64) bool { return n == 0 })
	if len(rest) == 0 {
		return nil
	}
	return db.asOfNow(ctx, func(tx querier) error { return x.tell(ctx, tx, rest, report) })
}

// wrongMost is how many records of an index are named.
const wrongMost = 1000

// tell looks at the blocks of which something is left record by record.
func (x index) tell(ctx context.Context, tx querier, blocks map[gramRow]uint64, report func(Finding)) error {
	rest := map[gramRow]map[int64]uint64{}
	add := func(sign uint64) func(posted) {
		return func(p posted) {
			if _, bad := blocks[p.block]; !bad {
				return
			}
			if rest[p.block] == nil {
				rest[p.block] = map[int64]uint64{}
			}
			rest[p.block][p.place] += sign * p.number()
		}
	}
	if err := x.postings(ctx, tx, add(1)); err != nil {
		return err
	}
	if err := x.recount(ctx, tx, add(^uint64(0))); err != nil {
		return err
	}
	told := 0
	for _, b := range slices.SortedFunc(maps.Keys(rest), func(a, b gramRow) int {
		return strings.Compare(fmt.Sprintf("%s/%012d", a.organ, a.block), fmt.Sprintf("%s/%012d", b.organ, b.block))
	}) {
		maps.DeleteFunc(rest[b], func(_ int64, n uint64) bool { return n == 0 })
		places := slices.Sorted(maps.Keys(rest[b]))
		names, err := x.names(ctx, tx, b, places)
		if err != nil {
			return err
		}
		for _, p := range places {
			if told++; told > wrongMost {
				return nil
			}
			report(x.finding(b, p, names[p]))
		}
	}
	return nil
}

func (x index) finding(b gramRow, place int64, name string) Finding {
	id := strings.TrimPrefix(fmt.Sprintf("%s/%s/%d", x.name, b.organ, place), "/")
	if name == "" {
		return Finding{
			"state", id, fmt.Sprintf("%s的检索索引里有第%d号，却没有这份记录：有人绕过程序改动了数据库。", x.chinese, place),
			fmt.Sprintf("the search index of %ss has number %d, of which there is no record: the database was changed past the program", x.english, place),
		}
	}
	return Finding{
		"state", id, fmt.Sprintf("%s %s 的检索索引与内容不符，检索时可能找不到：有人绕过程序改动了数据库。", x.chinese, name),
		fmt.Sprintf("the search index does not agree with %s %s, which may not be found: the database was changed past the program", x.english, name),
	}
}

// asOfNow reads as of one moment.
func (db *DB) asOfNow(ctx context.Context, read func(querier) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.Engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := db.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return read(tx)
}

// each goes through the rows of a query a chunk at a time.
func each[T any](next func(after *T) ([]T, error), yield func(T)) error {
	for one, err := range chunks(next) {
		if err != nil {
			return err
		}
		yield(one)
	}
	return nil
}

// requestIndex finds requests by the pairs of characters in them.
var requestIndex = index{
	name: "request_gram", chinese: "公开申请", english: "request",
	postings: func(ctx context.Context, q querier, yield func(posted)) error {
		type row struct {
			gramRow
			data []byte
		}
		var damaged error
		err := each(func(after *row) ([]row, error) {
			var w where
			if after != nil {
				w.add("(gram, organ_id, block) > (?, ?, ?)", after.gram, after.organ, after.block)
			}
			return collect(ctx, q, func(r interface{ Scan(...any) error }) (one row, err error) {
				return one, r.Scan(&one.gram, &one.organ, &one.block, &one.data)
			}, "SELECT gram, organ_id, block, places FROM request_gram"+w.sql()+fmt.Sprintf(" ORDER BY gram, organ_id, block LIMIT %d", chunk), w.args...)
		}, func(r row) {
			places, err := unpacked(r.data)
			if err != nil {
				damaged = err
			}
			for _, p := range places {
				yield(posted{gramRow{organ: r.organ, block: r.block}, r.block*gramBlock + p, r.gram, 0})
			}
		})
		if err == nil {
			err = damaged
		}
		return err
	},
	recount: func(ctx context.Context, q querier, yield func(posted)) error {
		type row struct {
			id, organ string
			place     int64
			texts     [4]string
		}
		return each(func(after *row) ([]row, error) {
			last := ""
			if after != nil {
				last = after.id
			}
			return collect(ctx, q, func(r interface{ Scan(...any) error }) (one row, err error) {
				return one, r.Scan(&one.id, &one.organ, &one.place, &one.texts[0], &one.texts[1], &one.texts[2], &one.texts[3])
			}, "SELECT id, organ_id, place, number, headline, organisation, cases FROM request WHERE id > $1 ORDER BY id LIMIT $2", last, chunk)
		}, func(r row) {
			for _, g := range foi.Grams(r.texts[:]...) {
				yield(posted{gramRow{organ: r.organ, block: r.place / gramBlock}, r.place, g, 0})
			}
		})
	},
	names: func(ctx context.Context, q querier, b gramRow, places []int64) (map[int64]string, error) {
		return named(ctx, q, "SELECT place, number || '（' || id || '）' FROM request", "organ_id = ? AND place >= ? AND place < ?", b.organ, b.block*gramBlock, (b.block+1)*gramBlock)
	},
}

func named(ctx context.Context, q querier, query, condition string, args ...any) (map[int64]string, error) {
	var w where
	w.add(condition, args...)
	all := map[int64]string{}
	_, err := collect(ctx, q, func(row interface{ Scan(...any) error }) (none struct{}, err error) {
		var place int64
		var name string
		err = row.Scan(&place, &name)
		all[place] = name
		return none, err
	}, query+w.sql(), w.args...)
	return all, err
}

// documentIndex finds documents by their words.
var documentIndex = index{
	name: "search_post", chinese: "主动公开文件", english: "document",
	postings: func(ctx context.Context, q querier, yield func(posted)) error {
		return eachPart(ctx, q, func(p search.Part) {
			for _, d := range p.Docs {
				yield(posted{gramRow{block: d.Doc / verifyBlock}, d.Doc, p.Token, d.Weight})
			}
		})
	},
	recount: func(ctx context.Context, q querier, yield func(posted)) error {
		return each(func(after *indexedDoc) ([]indexedDoc, error) {
			last := int64(0)
			if after != nil {
				last = after.n
			}
			return collect(ctx, q, scanIndexed, fmt.Sprintf(selectIndexed+" WHERE d.n > $1 ORDER BY d.n LIMIT %d", textsAtOnce), last)
		}, func(d indexedDoc) {
			for token, weight := range d.e.Weights() {
				yield(posted{gramRow{block: d.n / verifyBlock}, d.n, token, weight})
			}
		})
	},
	names: func(ctx context.Context, q querier, b gramRow, places []int64) (map[int64]string, error) {
		return named(ctx, q, "SELECT n, '《' || title || '》（' || document_id || '）' FROM search_doc", "n >= ? AND n < ?", b.block*verifyBlock, (b.block+1)*verifyBlock)
	},
}

// verifyBlock is how many documents are looked at together.
const verifyBlock = 1024

// eachPart goes through the lists of the search in order.
func eachPart(ctx context.Context, q querier, yield func(search.Part)) error {
	return each(func(after *search.Part) ([]search.Part, error) {
		var w where
		if after != nil {
			w.add("(token, base) > (?, ?)", after.Token, after.Base)
		}
		return collect(ctx, q, scanPart, selectPart+w.sql()+fmt.Sprintf(" ORDER BY token, base LIMIT %d", chunk), w.args...)
	}, yield)
}

// verifyLists tells the lists whose parts do not fit together: a search would read past
// documents, or say a wrong number of them.
func (db *DB) verifyLists(ctx context.Context, report func(Finding)) error {
	wrong, err := misfits(ctx, db.read)
	if err != nil || len(wrong) == 0 {
		return err
	}
	return db.asOfNow(ctx, func(tx querier) error {
		wrong, err := misfits(ctx, tx)
		for _, token := range wrong[:min(len(wrong), wrongMost)] {
			report(Finding{
				"state", "search_post/" + token, fmt.Sprintf("检索索引中“%s”的清单前后不符：有人绕过程序改动了数据库。", token),
				fmt.Sprintf("the list of %q in the search index does not fit together: the database was changed past the program", token),
			})
		}
		return err
	})
}

// misfits gives the tokens whose parts overlap, or whose last part does not know how many
// documents they have together.
func misfits(ctx context.Context, q querier) (wrong []string, err error) {
	var last search.Part
	sum, fits := 0, true
	end := func() {
		if last.Token != "" && (!fits || sum != last.Total) {
			wrong = append(wrong, last.Token)
		}
	}
	err = eachPart(ctx, q, func(p search.Part) {
		if p.Token != last.Token {
			end()
			sum, fits, last = 0, true, search.Part{}
		}
		if n := len(last.Docs); last.Total != 0 || n > 0 && last.Docs[n-1].Doc >= p.Base {
			fits = false
		}
		sum, last = sum+len(p.Docs), p
	})
	end()
	return wrong, err
}

// textsAtOnce is how many whole texts are in memory at a time.
const textsAtOnce = 100

// verifyFindable tells the documents that everybody may read and no search finds as
// they are, and those that are found and that nobody may read.
func (db *DB) verifyFindable(ctx context.Context, report func(Finding)) error {
	last := ""
	for {
		n := 0
		err := db.asOfNow(ctx, func(tx querier) error {
			documents, err := collect(ctx, tx, scanDocument, fmt.Sprintf("SELECT file FROM document WHERE id > $1 ORDER BY id LIMIT %d", textsAtOnce), last)
			for _, d := range documents {
				n, last = n+1, d.ID
				if err := findable(ctx, tx, d, report); err != nil {
					return err
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return db.verifySize(ctx, report)
		}
	}
}

func findable(ctx context.Context, tx querier, d publish.Document, report func(Finding)) error {
	kept, err := collect(ctx, tx, func(r interface{ Scan(...any) error }) (e search.Entry, err error) {
		return e, r.Scan(&e.ID, &e.Organ, &e.Kind, &e.Subject, &e.Theme, &e.Ended, &e.On, &e.Number, &e.Title, &e.Text)
	}, "SELECT d.document_id, d.organ_id, d.kind, d.subject, d.theme, d.ended, d.published_on, d.number, d.title, t.body FROM search_doc d JOIN search_text t ON t.n = d.n WHERE d.document_id = $1", d.ID)
	if err != nil {
		return err
	}
	e, open := searched(d)
	switch {
	case !open && len(kept) == 0:
		return nil
	case open && len(kept) == 1:
		// What its files say stands behind it; it may have become known later.
		if is := kept[0]; is.Text == e.Text || strings.HasPrefix(is.Text, e.Text+"\n") {
			if is.Text = e.Text; is == e {
				return nil
			}
		}
	}
	f := Finding{
		"state", "search_doc/" + d.ID, fmt.Sprintf("文件 %s 的检索记录与文件不符：有人绕过程序改动了数据库。", d.ID),
		fmt.Sprintf("what the search knows of document %s does not agree with it: the database was changed past the program", d.ID),
	}
	if len(kept) == 0 {
		f.Chinese = fmt.Sprintf("文件 %s 已经公开，检索却找不到：有人绕过程序改动了数据库。", d.ID)
		f.English = fmt.Sprintf("document %s is published and no search finds it: the database was changed past the program", d.ID)
	}
	report(f)
	return nil
}

// verifySize compares how many documents can be found with what rank counts by, and
// tells of documents that are found and are none.
func (db *DB) verifySize(ctx context.Context, report func(Finding)) error {
	lost, err := collect(ctx, db.read, scanText, "SELECT document_id FROM search_doc WHERE document_id NOT IN (SELECT id FROM document) ORDER BY 1")
	if err != nil {
		return err
	}
	for _, id := range lost {
		report(Finding{
			"state", "search_doc/" + id, fmt.Sprintf("检索能找到文件 %s，却没有这份文件：有人绕过程序改动了数据库。", id),
			fmt.Sprintf("the search finds document %s, of which there is no record: the database was changed past the program", id),
		})
	}
	var kept, there int
	if err := db.read.QueryRowContext(ctx, "SELECT (SELECT COALESCE(SUM(n), 0) FROM search_state WHERE name = 'size'), (SELECT COUNT(*) FROM search_doc)").Scan(&kept, &there); err != nil || kept == there {
		return err
	}
	report(Finding{
		"state", "search_state/size", fmt.Sprintf("检索记载有%d份文件，清点是%d份：有人绕过程序改动了数据库。", kept, there),
		fmt.Sprintf("the search says that there are %d documents, counting gives %d: the database was changed past the program", kept, there),
	})
	return nil
}
