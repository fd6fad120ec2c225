package event_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// memory keeps the hashes of a log.
type memory []tlog.Hash

func (m memory) ReadHashes(places []int64) ([]tlog.Hash, error) {
	all := make([]tlog.Hash, len(places))
	for i, p := range places {
		all[i] = m[p]
	}
	return all, nil
}

var day = time.Date(2026, 11, 23, 9, 30, 0, 123456000, clock.Shanghai)

func nth(i int64) event.Event {
	return event.Event{
		ID: fmt.Sprintf("%026d", i), At: day, Actor: "p1", Organ: "bureau", Subject: event.Subject{Type: "person", ID: "p2"},
		Kind: "role.granted", Data: json.RawMessage(`{"role":"clerk","字":"<&>"}`),
	}
}

// key gives a key of a name, the same in every process for the same seed.
func key(tb testing.TB, name, seed string) (note.Signer, note.Verifiers) {
	tb.Helper()
	digest := sha256.Sum256([]byte(seed))
	public, err := note.NewEd25519VerifierKey(name, ed25519.NewKeyFromSeed(digest[:]).Public().(ed25519.PublicKey))
	if err != nil {
		tb.Fatal(err)
	}
	hash := strings.Split(public, "+")[1]
	signer, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, digest[:]...)))
	if err != nil {
		tb.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		tb.Fatal(err)
	}
	return signer, note.VerifierList(verifier)
}

// grown gives a log of a size with its hashes.
func grown(size int64) (*event.Log, memory) {
	log, stored := &event.Log{}, memory{}
	for i := range size {
		stored = append(stored, log.Add(event.LeafHash(nth(i)))...)
	}
	return log, stored
}

// The form of a leaf is a promise to everybody who keeps a receipt: this one was
// made by hand from the description.
func TestLeafIsAsDescribed(t *testing.T) {
	e := event.Event{
		ID: "E", At: time.UnixMicro(1795398600123456), Actor: "A", Organ: "", Subject: event.Subject{Type: "organ", ID: "青"},
		Kind: "k", Data: json.RawMessage("{}"), State: "ab",
	}
	want := "01" + "00000001" + "45" + "00000010" + hex.EncodeToString([]byte("1795398600123456")) + "00000001" + "41" + "00000000" +
		"00000009" + "6f7267616e2f" + "e99d92" + "00000001" + "6b" + "00000002" + "7b7d" + "00000002" + "6162"
	if got := hex.EncodeToString(event.Leaf(e)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestEveryFieldIsInTheLeaf(t *testing.T) {
	for name, change := range map[string]func(*event.Event){
		"id":      func(e *event.Event) { e.ID += "X" },
		"at":      func(e *event.Event) { e.At = e.At.Add(time.Microsecond) },
		"actor":   func(e *event.Event) { e.Actor = "p2" },
		"organ":   func(e *event.Event) { e.Organ = "other" },
		"subject": func(e *event.Event) { e.Subject.ID = "p3" },
		"kind":    func(e *event.Event) { e.Kind = "role.revoked" },
		"data":    func(e *event.Event) { e.Data = json.RawMessage(`{"role":"head"}`) },
		"state":   func(e *event.Event) { e.State = "00" },
		"between": func(e *event.Event) { e.Actor, e.Organ = "p1b", "ureau" },
	} {
		e := nth(1)
		change(&e)
		if event.LeafHash(e) == event.LeafHash(nth(1)) {
			t.Errorf("%s is not in the leaf", name)
		}
	}
}

func TestLogGrowsAsRFC6962Says(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(0, 600).Draw(t, "size")
		log, stored := grown(size)
		if int64(len(stored)) != tlog.StoredHashCount(size) {
			t.Fatalf("%d hashes stored of %d", len(stored), tlog.StoredHashCount(size))
		}
		want, err := tlog.TreeHash(size, stored)
		if err != nil || log.Root() != want {
			t.Fatalf("root %s, want %s, %v", log.Root(), want, err)
		}
		again, err := event.Resume(size, stored)
		if err != nil || again.Root() != want || again.Size() != size {
			t.Fatalf("taken up again: %s, %v", again.Root(), err)
		}
		hashes, err := tlog.StoredHashes(size, event.Leaf(nth(size)), stored)
		got := again.Add(event.LeafHash(nth(size)))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(hashes) {
			t.Fatalf("stored for the next: %v, want %v, %v", got, hashes, err)
		}
	})
}

func TestProofs(t *testing.T) {
	signer, keys := key(t, "gongkai.test", "a")
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 400).Draw(t, "size")
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		log, stored := grown(size)
		head, err := event.SignHead(log, day, signer)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := tlog.ProveRecord(size, index, stored)
		if err != nil {
			t.Fatal(err)
		}
		proven, err := event.VerifyReceipt(event.NewReceipt(nth(index), index, proof, head).JSON(), keys)
		if err != nil || proven.Index != index || proven.Head.Size != size || event.LeafHash(proven.Event) != event.LeafHash(nth(index)) {
			t.Fatalf("%+v, %v", proven, err)
		}

		from := rapid.Int64Range(1, size).Draw(t, "from")
		earlierLog, _ := grown(from)
		earlier, err := event.SignHead(earlierLog, day, signer)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := tlog.ProveTree(size, from, stored)
		if err != nil {
			t.Fatal(err)
		}
		a, b, err := event.VerifyConsistency(event.NewConsistency(earlier, head, tree).JSON(), keys)
		if err != nil || a.Size != from || b.Size != size {
			t.Fatalf("%d, %d, %v", a.Size, b.Size, err)
		}
		forged := &event.Log{}
		for range from {
			forged.Add(event.LeafHash(nth(9999)))
		}
		other, err := event.SignHead(forged, day, signer)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := event.VerifyConsistency(event.NewConsistency(other, head, tree).JSON(), keys); errs.KindOf(err) != errs.Invalid {
			t.Fatalf("a log that was rewritten: %v", err)
		}
	})
}

// receipt gives a receipt that holds.
func receipt(tb testing.TB) (event.Receipt, note.Verifiers) {
	tb.Helper()
	signer, keys := key(tb, "gongkai.test", "a")
	log, stored := grown(13)
	head, err := event.SignHead(log, day, signer)
	if err != nil {
		tb.Fatal(err)
	}
	proof, err := tlog.ProveRecord(13, 6, stored)
	if err != nil {
		tb.Fatal(err)
	}
	return event.NewReceipt(nth(6), 6, proof, head), keys
}

func TestReceiptSaysWhatIsWrong(t *testing.T) {
	_, strangers := key(t, "gongkai.test", "b")
	for _, c := range []struct {
		name   string
		change func(*event.Receipt)
		kind   errs.Kind
		says   string
	}{
		{"a changed event", func(r *event.Receipt) { r.Event.Actor = "p9" }, errs.Invalid, "记录"},
		{"a changed event with its hash", func(r *event.Receipt) { r.Leaf = tlog.Hash{1} }, errs.Invalid, "指纹"},
		{"another time", func(r *event.Receipt) { r.Event.At = "2026-11-23T09:30:00.123456789+08:00" }, errs.Corrupt, "时间"},
		{"the time in another zone", func(r *event.Receipt) { r.Event.At = "2026-11-23T01:30:00.123456+00:00" }, errs.Corrupt, "北京时间"},
		{"a changed proof", func(r *event.Receipt) { r.Proof[1][0]++ }, errs.Invalid, "包含证明不成立"},
		{"a shorter proof", func(r *event.Receipt) { r.Proof = r.Proof[1:] }, errs.Invalid, "包含证明不成立"},
		{"another place", func(r *event.Receipt) { r.Index = 7 }, errs.Invalid, "包含证明不成立"},
		{"a place beyond", func(r *event.Receipt) { r.Index = 13 }, errs.Invalid, "位置"},
		{"a place before", func(r *event.Receipt) { r.Index = -1 }, errs.Invalid, "位置"},
		{"a changed head", func(r *event.Receipt) { r.Head = strings.Replace(r.Head, "\n13\n", "\n14\n", 1) }, errs.Invalid, "签名不符"},
		{"a head of nothing", func(r *event.Receipt) { r.Head = "" }, errs.Corrupt, "签名摘要"},
		{"another key's name", func(r *event.Receipt) { r.Key = "other" }, errs.Invalid, "公钥名称"},
		{"a newer form", func(r *event.Receipt) { r.Version = 2 }, errs.Unsupported, "第2版"},
		{"another file", func(r *event.Receipt) { r.Schema = "gongkai report" }, errs.Unsupported, "schema"},
		{"no proof", func(r *event.Receipt) { r.Proof = nil }, errs.Corrupt, "字段"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, keys := receipt(t)
			c.change(&r)
			_, err := event.VerifyReceipt(r.JSON(), keys)
			if errs.KindOf(err) != c.kind || !strings.Contains(errs.Public(err), c.says) {
				t.Errorf("%v: %v", errs.KindOf(err), err)
			}
		})
	}
	t.Run("another key", func(t *testing.T) {
		r, _ := receipt(t)
		if _, err := event.VerifyReceipt(r.JSON(), strangers); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "gongkai.test") {
			t.Error(err)
		}
	})
}

func TestReceiptThatCanBeReadInTwoWays(t *testing.T) {
	r, keys := receipt(t)
	good := string(r.JSON())
	for name, c := range map[string]struct {
		raw  string
		kind errs.Kind
	}{
		"twice the same field":   {strings.Replace(good, `"actor": "p1"`, `"actor": "boss", "actor": "p1"`, 1), errs.Corrupt},
		"another spelling":       {strings.Replace(good, `"actor": "p1"`, `"Actor": "boss", "actor": "p1"`, 1), errs.Corrupt},
		"an unknown field":       {strings.Replace(good, `"index"`, `"remark": "批准", "index"`, 1), errs.Corrupt},
		"a field that is absent": {strings.Replace(good, `"state": ""`, `"x": ""`, 1), errs.Corrupt},
		"more after the end":     {good + "{}", errs.Corrupt},
		"half a file":            {good[:len(good)/2], errs.Corrupt},
		"no JSON":                {"回执", errs.Corrupt},
		"nothing":                {"", errs.Corrupt},
		"a list":                 {"[" + good + "]", errs.Corrupt},
		"a null":                 {strings.Replace(good, `"index": 6`, `"index": null`, 1), errs.Corrupt},
		"a huge file":            {good + strings.Repeat(" ", event.MaxReceipt), errs.TooLarge},
	} {
		if _, err := event.VerifyReceipt([]byte(c.raw), keys); errs.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, raw := range map[string]string{
		"saved by an editor":  "\xef\xbb\xbf" + strings.ReplaceAll(good, "\n", "\r\n"),
		"on a single line":    strings.ReplaceAll(good, "\n", ""),
		"escaped by a script": strings.ReplaceAll(good, "字", `\u5b57`),
	} {
		if _, err := event.VerifyReceipt([]byte(raw), keys); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is done to a receipt, it never proves another event than the one the
// log has.
func FuzzVerifyReceipt(f *testing.F) {
	r, keys := receipt(f)
	f.Add(r.JSON())
	f.Add([]byte(`{"schema":"gongkai receipt","version":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		proven, err := event.VerifyReceipt(raw, keys)
		if err == nil && (event.LeafHash(proven.Event) != event.LeafHash(nth(proven.Index)) || proven.Head.Size != 13) {
			t.Errorf("proved %+v", proven)
		}
		if err != nil && errs.KindOf(err) == errs.Internal {
			t.Errorf("no sentence for %v", err)
		}
	})
}
