package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/clock"
	"gongkai/internal/event"
)

// Sequencer gives events their places in the log, in batches: places, hashes and
// a signed head are one transaction, so that a batch is there wholly or not at
// all. Many processes may run one; a row lock lets one at a time through.
// Appending an event never waits for it.
type Sequencer struct {
	DB     *DB
	Signer note.Signer
	Clock  clock.Clock
	Log    *slog.Logger
	// Every tells how far heads are apart at least, and how long an event waits for
	// its place at most; nil for a second.
	Every func(ctx context.Context) (time.Duration, error)
}

// Sizes and times of sequencing.
const (
	batchSize   = 1000 // events a head at most: a SQLite writer waits about 60 ms for one
	everyUsual  = time.Second
	retryAfter  = 10 * time.Second
	lastTimeout = 5 * time.Second
	hashRows    = 200 // rows a statement: SQLite looks numbered placeholders up one after the other
)

// Run sequences until the context ends: soon after each commit of this process,
// and regularly for those of others. What was written up to then still gets its
// place.
func (s *Sequencer) Run(ctx context.Context) {
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastTimeout)
		defer cancel()
		if err := s.drain(last); err != nil {
			s.Log.ErrorContext(ctx, "log not sequenced", "error", err)
		}
	}()
	for {
		every, err := s.every(ctx)
		pause := every
		if err = errors.Join(err, s.drain(ctx)); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "log not sequenced", "error", err)
			pause = retryAfter
		}
		if !sleep(ctx, pause) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-s.DB.Wrote():
		case <-time.After(every):
		}
	}
}

func (s *Sequencer) every(ctx context.Context) (time.Duration, error) {
	if s.Every == nil {
		return everyUsual, nil
	}
	every, err := s.Every(ctx)
	return cmp.Or(every, everyUsual), err
}

// drain sequences until nothing waits.
func (s *Sequencer) drain(ctx context.Context) error {
	for {
		if n, err := s.Once(ctx); err != nil || n < batchSize {
			return err
		}
	}
}

// sleep waits; it tells false when the context has ended.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// Once sequences one batch and tells how many events were in it.
func (s *Sequencer) Once(ctx context.Context) (n int, err error) {
	var waiting bool
	if err := s.DB.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM event WHERE seq IS NULL)").Scan(&waiting); err != nil || !waiting {
		return 0, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		n, err = s.batch(ctx, tx)
		return err
	})
	return n, err
}

func (s *Sequencer) batch(ctx context.Context, tx *Tx) (int, error) {
	// This row's lock is what lets one sequencer at a time through.
	if err := tx.revise(ctx, "log"); err != nil {
		return 0, err
	}
	log, err := resume(ctx, tx)
	if err != nil {
		return 0, err
	}
	first := log.Size()
	events, err := tx.place(ctx, first)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	var rows [][]any
	for _, e := range events {
		place := tlog.StoredHashIndex(0, log.Size())
		for i, hash := range log.Add(event.LeafHash(e)) {
			rows = append(rows, []any{place + int64(i), hash[:]})
		}
	}
	for ; len(rows) > 0; rows = rows[min(len(rows), hashRows):] {
		query, args := insertRows("log_hash", "place, hash", rows[:min(len(rows), hashRows)])
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return 0, err
		}
	}
	head, err := event.SignHead(log, s.Clock.Now(), s.Signer)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO log_head (size, root, at, note) VALUES ($1, $2, $3, $4)", head.Size, head.Root.String(), micros(head.At), head.Note)
	return len(events), err
}

// resume takes the log up where the newest head left it. Nothing is signed on
// top of hashes that do not fit that head.
func resume(ctx context.Context, tx *Tx) (*event.Log, error) {
	newest, err := collect(ctx, tx, scanHead, "SELECT "+headColumns+" FROM log_head ORDER BY size DESC LIMIT 1")
	if err != nil || len(newest) == 0 {
		return &event.Log{}, err
	}
	head, err := newest[0].head()
	if err != nil {
		return nil, err
	}
	log, err := event.Resume(head.Size, hashes{ctx, tx})
	if err != nil {
		return nil, err
	}
	if log.Root() != head.Root || head.Size != newest[0].size {
		return nil, fmt.Errorf("store: the log does not fit its head of size %d: run gongkai verify", head.Size)
	}
	return log, nil
}

// place gives the events that wait their places, from first on, and gives them
// in that order. An event waits as long as it has no place: on PostgreSQL one
// with an earlier key may be committed later.
func (tx *Tx) place(ctx context.Context, first int64) ([]event.Event, error) {
	rows, err := collect(ctx, tx, scanPlaced, `UPDATE event SET seq = $1 + w.n
		FROM (SELECT id AS waits, ROW_NUMBER() OVER (ORDER BY id) - 1 AS n FROM event WHERE seq IS NULL ORDER BY id LIMIT $2) AS w
		WHERE id = w.waits RETURNING `+placedColumns, first, batchSize)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b placed) int { return cmp.Compare(*a.seq, *b.seq) })
	events := make([]event.Event, len(rows))
	for i, r := range rows {
		events[i] = r.Event
	}
	return events, nil
}
