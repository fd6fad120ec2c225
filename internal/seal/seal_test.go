package seal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/errs"
	"gongkai/internal/seal"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func keys(tb testing.TB, a seal.Algorithm) *seal.Keys {
	tb.Helper()
	k, err := seal.Create(filepath.Join(tb.TempDir(), "keys.json"), "zwgk.example.cn", a, now)
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

func TestSealedOpensOnlyWhereItBelongs(t *testing.T) {
	for _, a := range []seal.Algorithm{seal.AES, seal.SM4} {
		k := keys(t, a)
		rapid.Check(t, func(t *rapid.T) {
			plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
			place := rapid.String().Draw(t, "place")
			sealed, err := k.Seal(place, plain)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := k.Open(place, sealed); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("opened as %x, %v", got, err)
			}
			if _, err := k.Open(place+"x", sealed); errs.KindOf(err) != errs.Corrupt {
				t.Fatalf("opened in another place: %v", err)
			}
			at := rapid.IntRange(0, len(sealed)-1).Draw(t, "byte")
			changed := bytes.Clone(sealed)
			changed[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			if _, err := k.Open(place, changed); err == nil {
				t.Fatalf("opened with byte %d changed", at)
			}
		})
	}
}

func TestOldValuesOpenAfterRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	k, err := seal.Create(path, "zwgk.example.cn", seal.AES, now)
	if err != nil {
		t.Fatal(err)
	}
	old, _ := k.Seal("p", []byte("13800000000"))
	blind := k.Blind("phone", "13800000000")
	if err := k.Rotate(seal.SM4, now); err != nil {
		t.Fatal(err)
	}
	again, err := seal.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open("p", old); err != nil || string(got) != "13800000000" {
		t.Errorf("%s, %v", got, err)
	}
	if !again.Stale(old) {
		t.Error("an old value is not stale")
	}
	if fresh, _ := again.Seal("p", nil); again.Stale(fresh) {
		t.Error("a new value is stale")
	}
	if again.Blind("phone", "13800000000") != blind {
		t.Error("the blind index changed")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestKeyFilesThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys.json")
	if _, err := seal.Load(path); errs.KindOf(err) != errs.NotFound {
		t.Errorf("missing: %v", err)
	}
	if _, err := seal.Create(path, "a b", seal.AES, now); errs.KindOf(err) != errs.Invalid {
		t.Errorf("name: %v", err)
	}
	if _, err := seal.Create(path, "ok", "rot13", now); errs.KindOf(err) != errs.Invalid {
		t.Errorf("algorithm: %v", err)
	}
	if _, err := seal.Create(path, "ok", seal.AES, now); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Create(path, "ok", seal.AES, now); errs.KindOf(err) != errs.Conflict {
		t.Errorf("overwritten: %v", err)
	}
	raw, _ := os.ReadFile(path)
	for name, text := range map[string]string{
		"empty": "", "no json": "keys", "unknown": `{"x":1}`, "cut": string(raw[:len(raw)/2]), "short secret": `{"schema":"gongkai-keys-1","keys":[{"id":"a","algorithm":"sm4-gcm","secret":"AAAA"}],"blind":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","blindHash":"sha256","log":"","logPublic":""}`,
	} {
		other := filepath.Join(dir, "other.json")
		if err := os.WriteFile(other, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Load(other); errs.KindOf(err) != errs.Corrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	k := keys(f, seal.AES)
	good, _ := k.Seal("p", []byte("x"))
	f.Add(good)
	f.Add([]byte{1, 200})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if plain, err := k.Open("p", sealed); err == nil && string(plain) != "x" {
			t.Errorf("%x opens as %q", sealed, plain)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	for _, a := range []seal.Algorithm{seal.AES, seal.SM4} {
		b.Run(string(a), func(b *testing.B) {
			k := keys(b, a)
			for b.Loop() {
				sealed, _ := k.Seal("personal/1", []byte("152801199001011234"))
				if _, err := k.Open("personal/1", sealed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestKeyFileThatOthersMayReadIsNotUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no such bits there
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	if _, err := seal.Create(path, "ok", seal.AES, now); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]bool{0o644: false, 0o640: false, 0o602: false, 0o600: true, 0o400: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Load(path); (err == nil) != want || err != nil && errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%o: %v", mode, err)
		}
	}
}

// A process that runs seals with the key that another has just added.
func TestRotationIsSeenByOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	serving, err := seal.Create(path, "ok", seal.AES, now)
	if err != nil {
		t.Fatal(err)
	}
	command, err := seal.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Rotate(seal.SM4, now); err != nil {
		t.Fatal(err)
	}
	sealed, err := serving.Seal("p", []byte("x"))
	if err != nil || command.Stale(sealed) {
		t.Errorf("sealed with %s, %v", command.KeyOf(sealed), err)
	}
	// Nor does one that knows less take a key of the other away.
	if err := serving.Rotate(seal.AES, now); err != nil {
		t.Fatal(err)
	}
	if err := command.Rotate(seal.AES, now); err != nil || len(command.List()) != 4 {
		t.Errorf("%+v, %v", command.List(), err)
	}
}

func TestKeysRetireOnceNothingNeedsThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	k, err := seal.Create(path, "ok", seal.AES, now)
	if err != nil {
		t.Fatal(err)
	}
	old, _ := k.Seal("p", []byte("x"))
	tomorrow := now.Add(24 * time.Hour)
	if err := k.Rotate(seal.SM4, tomorrow); err != nil {
		t.Fatal(err)
	}
	first := k.KeyOf(old)
	for _, c := range []struct {
		name string
		used map[string]bool
		at   time.Time
		gone int
	}{
		{"in use", map[string]bool{first: true}, tomorrow.Add(48 * time.Hour), 0},
		{"replaced today", nil, tomorrow, 0},
		{"a day later", nil, tomorrow.Add(24 * time.Hour), 1},
		{"the active one", nil, tomorrow.Add(1000 * time.Hour), 0},
	} {
		if gone, err := k.Retire(c.used, c.at); err != nil || len(gone) != c.gone {
			t.Errorf("%s: %+v, %v", c.name, gone, err)
		}
	}
	if _, err := k.Open("p", old); errs.KindOf(err) != errs.Corrupt {
		t.Errorf("a value of a retired key: %v", err)
	}
	if err := k.Rotate(seal.AES, now); err != nil {
		t.Fatal(err)
	}
	again, err := seal.Load(path)
	if err != nil || len(again.List()) != 2 || again.Active().ID == first {
		t.Errorf("%+v, %v", again.List(), err)
	}
}

func TestKeysFromManyGoroutines(t *testing.T) {
	k := keys(t, seal.AES)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				sealed, err := k.Seal("p", []byte("x"))
				if err == nil {
					_, err = k.Open("p", sealed)
				}
				if err != nil || k.Blind("phone", "1") == "" || k.PublicKey() == "" {
					t.Error(err)
				}
			}
		})
	}
	for range 3 {
		if err := k.Rotate(seal.AES, now); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
}
