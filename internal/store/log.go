package store

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Log reads the Merkle log over the events: heads, receipts and proofs. The
// Sequencer writes it.
type Log struct{ DB *DB }

const headColumns = "size, root, at, note"

// headRow is a head as the columns have it; the note says the same, signed.
type headRow struct {
	size, at   int64
	root, note string
}

func scanHead(row interface{ Scan(...any) error }) (headRow, error) {
	var h headRow
	err := row.Scan(&h.size, &h.root, &h.at, &h.note)
	return h, err
}

// head gives the head that the note says. Whoever must rely on it opens the note
// with a key.
func (h headRow) head() (event.Head, error) {
	head, ok := event.ParseHead(h.note)
	if !ok {
		return head, fmt.Errorf("store: head of size %d is damaged", h.size)
	}
	return head, nil
}

// Latest gives the newest head; NotFound while the log is empty.
func (l Log) Latest(ctx context.Context) (event.Head, error) {
	return l.one(ctx, l.DB.read, "SELECT "+headColumns+" FROM log_head ORDER BY size DESC LIMIT 1")
}

// Head gives the head of a size.
func (l Log) Head(ctx context.Context, size int64) (event.Head, error) {
	return l.one(ctx, l.DB.read, "SELECT "+headColumns+" FROM log_head WHERE size = $1", size)
}

func (l Log) one(ctx context.Context, q querier, query string, args ...any) (event.Head, error) {
	row, err := scanHead(q.QueryRowContext(ctx, query, args...))
	if err != nil {
		return event.Head{}, missing(err, "没有这个签名摘要。")
	}
	return row.head()
}

// Heads gives the heads, the newest first.
func (l Log) Heads(ctx context.Context, q paging.Query) (paging.Page[event.Head], error) {
	var (
		page paging.Page[event.Head]
		w    where
		err  error
	)
	if page.Total, page.AtLeast, err = w.count(ctx, l.DB.read, "log_head"); err != nil {
		return page, err
	}
	tail, args := w.page(q)
	page.Rows, err = collect(ctx, l.DB.read, func(row interface{ Scan(...any) error }) (event.Head, error) {
		h, err := scanHead(row)
		if err != nil {
			return event.Head{}, err
		}
		return h.head()
	}, "SELECT "+headColumns+" FROM log_head ORDER BY size DESC"+tail, args...)
	return page, err
}

// Receipt proves that an event is in the log of the newest head. Unavailable
// while it waits for its place.
func (l Log) Receipt(ctx context.Context, id string) (event.Receipt, error) {
	e, err := scanPlaced(l.DB.read.QueryRowContext(ctx, "SELECT "+placedColumns+" FROM event WHERE id = $1", id))
	if err != nil {
		return event.Receipt{}, missing(err, "没有这条记录，请检查编号。")
	}
	head, err := l.Latest(ctx)
	if e.seq == nil || errs.KindOf(err) == errs.NotFound {
		return event.Receipt{}, errs.New(errs.Unavailable, "这条记录刚刚写入，还没有列入签名摘要，请过几秒钟再试。")
	}
	if err != nil {
		return event.Receipt{}, err
	}
	proof, err := tlog.ProveRecord(head.Size, *e.seq, hashes{ctx, l.DB.read})
	if err != nil {
		return event.Receipt{}, err
	}
	return event.NewReceipt(e.Event, *e.seq, proof, head), nil
}

// placed is an event with its place in the log, nil while it waits for one.
type placed struct {
	event.Event
	seq *int64
}

const placedColumns = eventColumns + ", seq"

func scanPlaced(row interface{ Scan(...any) error }) (p placed, err error) {
	p.Event, err = scanEvent(with{row, []any{&p.seq}})
	return p, err
}

// with scans more columns behind those that a scanner knows.
type with struct {
	row  interface{ Scan(...any) error }
	more []any
}

func (w with) Scan(into ...any) error { return w.row.Scan(append(into, w.more...)...) }

// Consistency proves that the log of one head is the beginning of another's.
func (l Log) Consistency(ctx context.Context, from, to int64) (event.Consistency, error) {
	earlier, err := l.Head(ctx, from)
	if err != nil {
		return event.Consistency{}, err
	}
	later, err := l.Head(ctx, to)
	if err != nil {
		return event.Consistency{}, err
	}
	if from > to {
		return event.Consistency{}, errs.New(errs.Invalid, "前一个签名摘要的条数（%d）不能大于后一个（%d）。", from, to)
	}
	proof, err := tlog.ProveTree(to, from, hashes{ctx, l.DB.read})
	return event.NewConsistency(earlier, later, proof), err
}

// Continues tells whether the log of today begins with the log of a head that
// somebody has kept.
func (l Log) Continues(ctx context.Context, kept event.Head) (bool, error) {
	latest, err := l.Latest(ctx)
	if errs.KindOf(err) == errs.NotFound || err == nil && kept.Size > latest.Size {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	root, err := tlog.TreeHash(kept.Size, hashes{ctx, l.DB.read})
	return root == kept.Root, err
}

// hashes reads the stored hashes by tlog.StoredHashIndex.
type hashes struct {
	ctx context.Context
	q   querier
}

// ReadHashes gives the hashes at some places.
func (h hashes) ReadHashes(places []int64) ([]tlog.Hash, error) {
	if len(places) == 0 {
		return nil, nil
	}
	var w where
	keys := make([]any, len(places))
	for i, p := range places {
		keys[i] = p
	}
	w.in("place", keys)
	found := map[int64]tlog.Hash{}
	rows, err := collect(h.ctx, h.q, scanHash, "SELECT place, hash FROM log_hash"+w.sql(), w.args...)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if !r.broken {
			found[r.place] = r.hash
		}
	}
	all := make([]tlog.Hash, len(places))
	for i, p := range places {
		var ok bool
		if all[i], ok = found[p]; !ok {
			return nil, fmt.Errorf("store: the log has no hash at %d", p)
		}
	}
	return all, nil
}

type hashRow struct {
	place  int64
	hash   tlog.Hash
	broken bool // not as long as a hash
}

func scanHash(row interface{ Scan(...any) error }) (hashRow, error) {
	var (
		r   hashRow
		raw []byte
	)
	err := row.Scan(&r.place, &raw)
	r.broken = copy(r.hash[:], raw) != tlog.HashSize || len(raw) != tlog.HashSize
	return r, err
}
