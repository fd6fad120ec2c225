package store_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// logbook is a database whose events are sequenced by the test.
type logbook struct {
	store.Log
	*store.Sequencer
	keys  note.Verifiers
	clock *clock.Manual
	ids   *ident.Counting
}

func newLogbook(tb testing.TB, db *store.DB) *logbook {
	tb.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "gongkai.test")
	if err != nil {
		tb.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		tb.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		tb.Fatal(err)
	}
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	return &logbook{
		store.Log{DB: db},
		&store.Sequencer{DB: db, Signer: signer, Clock: now},
		note.VerifierList(verifier), now, &ident.Counting{},
	}
}

// some makes events.
func (b *logbook) some(n int) []event.Event {
	pen := event.Pen{Actor: "p1", At: b.clock.Now(), IDs: b.ids}
	events := make([]event.Event, n)
	for i := range events {
		events[i] = pen.Write("bureau", event.Subject{Type: "organ", ID: "bureau"}, "organ.renamed", map[string]int{"n": i})
	}
	return events
}

// write appends n events and sequences them.
func (b *logbook) write(tb testing.TB, n int) {
	tb.Helper()
	if err := b.Log.DB.Append(context.Background(), b.some(n)...); err != nil {
		tb.Fatal(err)
	}
	b.sequence(tb)
}

func (b *logbook) sequence(tb testing.TB) {
	tb.Helper()
	for {
		n, err := b.Once(context.Background())
		if err != nil {
			tb.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// findings verifies the log.
func (b *logbook) findings(tb testing.TB) []store.Finding {
	tb.Helper()
	var all []store.Finding
	if err := b.Log.DB.VerifyLog(context.Background(), b.keys, func(f store.Finding) { all = append(all, f) }); err != nil {
		tb.Fatal(err)
	}
	return all
}

func id(n int) string { return fmt.Sprintf("%026d", n) }

func TestSequencer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, b := context.Background(), newLogbook(t, db)
		if n, err := b.Once(ctx); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := b.Latest(ctx); errs.KindOf(err) != errs.NotFound {
			t.Errorf("an empty log has a head: %v", err)
		}
		if err := db.Append(ctx, b.some(3)...); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Receipt(ctx, id(1)); errs.KindOf(err) != errs.Unavailable {
			t.Errorf("a receipt before the head: %v", err)
		}
		if _, err := b.Receipt(ctx, id(99)); errs.KindOf(err) != errs.NotFound {
			t.Errorf("a receipt of nothing: %v", err)
		}
		b.sequence(t)
		b.clock.Advance(time.Minute)
		b.write(t, 2500) // more than a batch
		latest, err := b.Latest(ctx)
		if err != nil || latest.Size != 2503 || !latest.At.Equal(b.clock.Now()) {
			t.Errorf("latest head: %+v, %v", latest, err)
		}
		heads, err := b.Heads(ctx, paging.Query{Size: 2})
		if err != nil || heads.Total != 4 || len(heads.Rows) != 2 || heads.Rows[0].Size != 2503 {
			t.Errorf("heads: %+v, %v", heads, err)
		}
		for _, n := range []int{1, 3, 4, 1003, 1004, 2503} {
			r, err := b.Receipt(ctx, id(n))
			if err != nil {
				t.Fatal(err)
			}
			proven, err := event.VerifyReceipt(r.JSON(), b.keys)
			if err != nil || proven.Event.ID != id(n) || proven.Index != int64(n-1) {
				t.Errorf("receipt of %d: %+v, %v", n, proven, err)
			}
		}
		for _, from := range []int64{3, 1003, 2503} {
			c, err := b.Consistency(ctx, from, 2503)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := event.VerifyConsistency(c.JSON(), b.keys); err != nil {
				t.Errorf("from %d: %v", from, err)
			}
		}
		if _, err := b.Consistency(ctx, 5, 2503); errs.KindOf(err) != errs.NotFound {
			t.Errorf("a proof from a size without a head: %v", err)
		}
		if _, err := b.Consistency(ctx, 2503, 3); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a proof backwards: %v", err)
		}
		kept, err := b.Head(ctx, 3)
		if err != nil {
			t.Fatal(err)
		}
		if ok, err := b.Continues(ctx, kept); !ok || err != nil {
			t.Error(ok, err)
		}
		kept.Root[0]++
		if ok, err := b.Continues(ctx, kept); ok || err != nil {
			t.Error("another log is continued", ok, err)
		}
		if f := b.findings(t); len(f) > 0 {
			t.Errorf("%+v", f)
		}
	})
}

// A slow transaction may bring an earlier key later; it is sequenced all the same.
func TestALateEventWithAnEarlierKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newLogbook(t, db)
		late := b.some(1)
		b.write(t, 5)
		if err := db.Append(context.Background(), late...); err != nil {
			t.Fatal(err)
		}
		b.sequence(t)
		r, err := b.Receipt(context.Background(), late[0].ID)
		if err != nil || r.Index != 5 {
			t.Errorf("%+v, %v", r, err)
		}
		if f := b.findings(t); len(f) > 0 {
			t.Errorf("%+v", f)
		}
	})
}

func TestManyWriteAndSequenceAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, b := context.Background(), newLogbook(t, db)
		var writers, sequencers sync.WaitGroup
		done := make(chan struct{})
		for range 3 {
			sequencers.Go(func() {
				for {
					if _, err := b.Once(ctx); err != nil {
						t.Error(err)
					}
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for range 8 {
			writers.Go(func() {
				for range 25 {
					if err := db.Append(ctx, b.some(3)...); err != nil {
						t.Error(err)
					}
				}
			})
		}
		writers.Wait()
		close(done)
		sequencers.Wait()
		b.sequence(t)
		if head, err := b.Latest(ctx); err != nil || head.Size != 600 {
			t.Errorf("%d, %v", head.Size, err)
		}
		if f := b.findings(t); len(f) > 0 {
			t.Errorf("%+v", f)
		}
	})
}

// Several processes on one database, each with its sequencer: they make one log,
// and none forks it.
func TestProcessesMakeOneLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		book := newLogbook(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		var writing, sequencing sync.WaitGroup
		for range 4 {
			other := storetest.Open(t, db.Address())
			s := &store.Sequencer{DB: other, Signer: book.Signer, Clock: clock.System{}, Every: func(context.Context) (time.Duration, error) { return time.Millisecond, nil }, Log: slog.New(slog.DiscardHandler)}
			sequencing.Go(func() { s.Run(ctx) })
			for range 4 {
				writing.Go(func() {
					for range 50 {
						if err := other.Append(context.Background(), pen().Write("", event.Subject{Type: "x", ID: "1"}, "x.done", nil)); err != nil {
							t.Error(err)
						}
					}
				})
			}
		}
		writing.Wait()
		cancel()
		sequencing.Wait()
		if head, err := book.Latest(t.Context()); err != nil || head.Size != 800 {
			t.Errorf("%d of 800 have their place after all have stopped, %v", head.Size, err)
		}
		if f := book.findings(t); len(f) > 0 {
			t.Errorf("%+v", f)
		}
		heads, err := book.Heads(t.Context(), paging.Query{Size: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range heads.Rows {
			c, err := book.Consistency(t.Context(), h.Size, 800)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := event.VerifyConsistency(c.JSON(), book.keys); err != nil {
				t.Errorf("head of %d: %v", h.Size, err)
			}
		}
	})
}

func TestRunSequencesWhatIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		b := newLogbook(t, db)
		b.Every = func(context.Context) (time.Duration, error) { return time.Millisecond, nil }
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		wg.Go(func() { b.Run(ctx) })
		for range 5 {
			e := b.some(1)
			if err := db.Append(ctx, e...); err != nil {
				t.Fatal(err)
			}
			for { // ends with the test's own time limit when it never comes
				if _, err := b.Receipt(ctx, e[0].ID); err == nil {
					break
				} else if errs.KindOf(err) != errs.Unavailable {
					t.Fatal(err)
				}
				time.Sleep(time.Millisecond)
			}
		}
	})
}

// Nothing is signed on top of a log that does not fit its head.
func TestSequencerRefusesADamagedLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newLogbook(t, db)
		b.write(t, 5)
		storetest.Exec(t, db, "UPDATE log_hash SET hash = $1 WHERE place = 6", make([]byte, 32))
		if err := db.Append(context.Background(), b.some(1)...); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Once(context.Background()); err == nil || !strings.Contains(err.Error(), "does not fit") {
			t.Error(err)
		}
	})
}
