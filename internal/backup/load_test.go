package backup_test

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// paused is a database whose snapshot waits before it is read.
type paused struct {
	*store.DB
	wait func()
}

func (p paused) Snapshot(ctx context.Context, use func(int64, []backup.Table, []string) error) error {
	return p.DB.Snapshot(ctx, func(schema int64, tables []backup.Table, files []string) error {
		p.wait()
		return use(schema, tables, files)
	})
}

// A backup that is made while people write is of one moment: it holds every
// change that was acknowledged before it began and none that came later, its log
// verifies, and the server writes on meanwhile.
func TestABackupUnderLoadIsOfOneMoment(t *testing.T) {
	const writers, some = 16, 300
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		signer, keys := logKey(t)
		sequencer := &store.Sequencer{DB: db, Signer: signer, Clock: clock.System{}, Every: func(context.Context) (time.Duration, error) { return time.Millisecond, nil }, Log: slog.New(slog.DiscardHandler)}
		files, subject := full(t, db), event.Subject{Type: "load", ID: "1"}
		ctx, stop := context.WithCancel(t.Context())
		var (
			working sync.WaitGroup
			written atomic.Int64
		)
		working.Go(func() { sequencer.Run(ctx) })
		for range writers {
			working.Go(func() {
				pen := event.Pen{Actor: "P1", At: now, IDs: ident.Random{Clock: clock.System{}}}
				for ctx.Err() == nil {
					if err := db.Append(context.Background(), pen.Write("", subject, "load.written", nil)); err != nil {
						t.Error(err)
						return
					}
					written.Add(1)
				}
			})
		}
		more := func() {
			for until := written.Load() + some; written.Load() < until; {
				time.Sleep(time.Millisecond)
			}
		}
		var archives [3][]byte
		var before, begun [len(archives)]int64
		for i := range archives {
			more()
			before[i] = written.Load()
			archives[i] = archive(t, paused{db, func() { begun[i] = written.Load(); more() }}, files)
		}
		stop()
		working.Wait()
		for i, raw := range archives {
			other, folder := storetest.Open(t, storetest.Address(t, db.Engine)), blob.Folder{Path: filepath.Join(t.TempDir(), "files"), Seals: files.Seals}
			if err := restore(t.Context(), raw, other, folder); err != nil {
				t.Fatal(err)
			}
			events, err := other.EventsOf(t.Context(), subject)
			if n := int64(len(events)); err != nil || n < before[i] || n > begun[i]+writers {
				t.Errorf("%d events; %d were acknowledged before it began, %d when it was of its moment; %v", n, before[i], begun[i], err)
			}
			report := func(f store.Finding) { t.Errorf("%+v", f) }
			if err := errors.Join(other.VerifyLog(t.Context(), keys, report), other.VerifyFiles(t.Context(), folder, report)); err != nil {
				t.Error(err)
			}
		}
	})
}

func logKey(tb testing.TB) (note.Signer, note.Verifiers) {
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
	return signer, note.VerifierList(verifier)
}
