package store

import (
	"context"
	"iter"
)

// chunk is how many rows verification reads at a time, so that it holds neither
// much memory nor one long transaction.
const chunk = 2000

func (db *DB) placedFrom(ctx context.Context) iter.Seq2[placed, error] {
	return chunks(func(after *placed) ([]placed, error) {
		from := int64(-1 << 62)
		if after != nil {
			from = *after.seq + 1
		}
		return collect(ctx, db.read, scanPlaced, "SELECT "+placedColumns+" FROM event WHERE seq >= $1 ORDER BY seq LIMIT $2", from, chunk)
	})
}

func (db *DB) hashesFrom(ctx context.Context) iter.Seq2[hashRow, error] {
	return chunks(func(after *hashRow) ([]hashRow, error) {
		from := int64(-1 << 62)
		if after != nil {
			from = after.place + 1
		}
		return collect(ctx, db.read, scanHash, "SELECT place, hash FROM log_hash WHERE place >= $1 ORDER BY place LIMIT $2", from, chunk)
	})
}

func (db *DB) headsUpTo(ctx context.Context, size int64) iter.Seq2[headRow, error] {
	return chunks(func(after *headRow) ([]headRow, error) {
		from := int64(-1 << 62)
		if after != nil {
			from = after.size + 1
		}
		return collect(ctx, db.read, scanHead, "SELECT "+headColumns+" FROM log_head WHERE size >= $1 AND size <= $2 ORDER BY size LIMIT $3", from, size, chunk)
	})
}

// chunks goes through all rows by keyset: next gives those after one, nil for
// the first.
func chunks[T any](next func(after *T) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var last *T
		for {
			rows, err := next(last)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
			if len(rows) == 0 {
				return
			}
			last = &rows[len(rows)-1]
		}
	}
}

// stream is a sequence whose next element can be looked at before it is taken.
type stream[T any] struct {
	pull func() (T, error, bool)
	next T
	err  error
	more bool
}

// cursor gives the sequence as a stream.
func cursor[T any](seq iter.Seq2[T, error]) (*stream[T], func()) {
	pull, stop := iter.Pull2(seq)
	s := &stream[T]{pull: pull}
	s.next, s.err, s.more = pull()
	return s, stop
}

// take gives the next element if it is the one that is wanted.
func (s *stream[T]) take(wanted func(T) bool) (one T, ok bool, err error) {
	if s.err != nil || !s.more || !wanted(s.next) {
		return one, false, s.err
	}
	one = s.next
	s.next, s.err, s.more = s.pull()
	return one, true, nil
}
