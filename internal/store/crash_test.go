package store_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// Environment of the process that is going to be killed.
const (
	crashAddress = "GONGKAI_CRASH_DATABASE"
	crashKey     = "GONGKAI_CRASH_KEY"
	crashBears   = "GONGKAI_CRASH_BEARS" // set: errors are borne, for the server is killed
)

// crashWrites is how many writes the process makes at once.
const crashWrites = 1000

// TestCrashChild is no test: it is the process that TestNothingIsLostByAKill
// starts and kills. It makes many changes at once, each an event and a row, and
// prints the key of each when it was acknowledged.
func TestCrashChild(t *testing.T) {
	address := os.Getenv(crashAddress)
	if address == "" {
		return // not started by TestNothingIsLostByAKill
	}
	ctx := context.Background()
	db, err := store.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(os.Getenv(crashKey))
	if err != nil {
		t.Fatal(err)
	}
	now := clock.System{}
	sequencer := &store.Sequencer{DB: db, Signer: signer, Clock: now, Every: func(context.Context) (time.Duration, error) { return time.Millisecond, nil }, Log: slog.New(slog.DiscardHandler)}
	go sequencer.Run(ctx)
	pen := event.Pen{Actor: event.System, At: now.Now(), IDs: ident.Random{Clock: now}}
	fmt.Println("ready")
	for { // until killed
		var wg sync.WaitGroup
		for range crashWrites {
			wg.Go(func() {
				e := pen.Write("organ", event.Subject{Type: "crash", ID: "1"}, "crash.test", nil)
				err := db.Append(ctx, e)
				if err != nil && os.Getenv(crashBears) != "" {
					return // nobody was told that it is kept
				}
				if err != nil {
					panic(err)
				}
				os.Stdout.WriteString(e.ID + "\n") // one system call, whole or not at all
			})
		}
		wg.Wait()
	}
}

// kill -9 in the middle of a thousand writes at once, again and again on the
// same database: nothing that was acknowledged is lost, the log verifies, and
// work goes on.
func TestNothingIsLostByAKill(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 3
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		crash(t, filepath.Join(t.TempDir(), "gongkai.db"), kills, killing{})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		crash(t, storetest.PostgresURL(t), kills, killing{})
	})
	t.Run("postgres-server", func(t *testing.T) {
		t.Parallel()
		server := privateServer(t)
		crash(t, server("start"), kills/4, killing{server: true, before: func() {
			server("kill")
			server("again")
			time.Sleep(100 * time.Millisecond) // it comes back to writers that are still there
		}})
	})
}

// killing is what is killed: the process that writes, and before it the server.
type killing struct {
	server bool
	before func()
}

func (k killing) kill(t *testing.T, child *exec.Cmd) {
	if k.server {
		k.before()
	}
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
}

// privateServer gives a PostgreSQL server of the test's own, which flushes as in
// production, and whose processes can be killed.
func privateServer(t *testing.T) func(act string) string {
	t.Helper()
	if os.Getenv("GONGKAI_TEST_POSTGRES") == "" {
		storetest.PostgresURL(t) // says what is missing
	}
	home := filepath.Join(os.TempDir(), fmt.Sprintf("gongkai-crash-%d", os.Getpid()))
	act := func(act string) string {
		script := exec.Command("../../scripts/postgres", act)
		script.Env = append(os.Environ(), "GONGKAI_TEST_PG_DIR="+home, "GONGKAI_TEST_PG_FSYNC=on")
		out, err := script.Output()
		if err != nil {
			t.Errorf("postgres %s: %v", act, err)
		}
		return strings.TrimSpace(string(out))
	}
	t.Cleanup(func() { act("stop") })
	return act
}

// crash makes a database and has the writing process killed again and again.
func crash(t *testing.T, address string, kills int, kill killing) {
	ctx := context.Background()
	secret, public, err := note.GenerateKey(nil, "gongkai.test")
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, "test", clock.System{}.Now()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	for i := range kills {
		for _, key := range killed(t, address, secret, kill) {
			acknowledged[key] = true
		}
		examine(t, address, secret, note.VerifierList(verifier), acknowledged)
		if t.Failed() {
			t.Fatalf("after kill %d", i+1)
		}
	}
	if len(acknowledged) < kills {
		t.Errorf("only %d writes were acknowledged before %d kills", len(acknowledged), kills)
	}
	t.Logf("%d kills, %d acknowledged writes", kills, len(acknowledged))
}

// killed runs the process for a moment and gives the keys that it acknowledged.
func killed(t *testing.T, address, secret string, kill killing) []string {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$", "-test.timeout=60s")
	child.Env = append(os.Environ(), crashAddress+"="+address, crashKey+"="+secret)
	if kill.server {
		child.Env = append(child.Env, crashBears+"=1")
	}
	var wrong bytes.Buffer
	child.Stderr = &wrong
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		child.Wait()
		t.Fatalf("the process did not start: %s %s", lines.Text(), wrong.String())
	}
	time.AfterFunc(time.Duration(50+rand.IntN(250))*time.Millisecond, func() { kill.kill(t, child) })
	var keys []string
	for lines.Scan() {
		if len(lines.Text()) == ident.Size {
			keys = append(keys, lines.Text())
		}
	}
	if err := child.Wait(); err == nil || wrong.Len() > 0 {
		t.Fatalf("the process ended by itself: %v %s", err, wrong.String())
	}
	return keys
}

// examine opens what is left: every acknowledged event is there, and the log
// verifies before and after the rest is sequenced.
func examine(t *testing.T, address, secret string, keys note.Verifiers, acknowledged map[string]bool) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	report := func(f store.Finding) { t.Errorf("%+v", f) }
	if err := db.VerifyLog(ctx, keys, report); err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	s := &store.Sequencer{DB: db, Signer: signer, Clock: clock.System{}}
	for {
		n, err := s.Once(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	if err := db.VerifyLog(ctx, keys, report); err != nil {
		t.Fatal(err)
	}
	events, err := db.EventsOf(ctx, event.Subject{Type: "crash", ID: "1"})
	if err != nil {
		t.Fatal(err)
	}
	there := make(map[string]bool, len(events))
	for _, e := range events {
		there[e.ID] = true
	}
	for key := range acknowledged {
		if !there[key] {
			t.Errorf("event %s was acknowledged and is lost", key)
		}
	}
	if head, err := (store.Log{DB: db}).Latest(ctx); len(events) > 0 && (err != nil || head.Size != int64(len(events))) {
		t.Errorf("the head counts %d of %d events, %v", head.Size, len(events), err)
	}
}
