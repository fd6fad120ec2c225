package seal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/seal"
)

const (
	fileHead  = 192
	fileChunk = 64<<10 + 16
)

func sealed(t *testing.T, k *seal.Keys, plain []byte) (hash string, raw []byte) {
	t.Helper()
	var b bytes.Buffer
	w, head, err := k.SealFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, iotest.HalfReader(bytes.NewReader(plain))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(plain)
	hash = hex.EncodeToString(sum[:])
	top, err := head(hash)
	if err != nil || len(top) != fileHead {
		t.Fatalf("head of %d bytes, %v", len(top), err)
	}
	raw = b.Bytes()
	copy(raw, top)
	return hash, raw
}

func opened(k *seal.Keys, hash string, raw []byte) ([]byte, error) {
	r, err := k.OpenFile(hash, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func fileKeys(t *testing.T, algorithm seal.Algorithm) *seal.Keys {
	t.Helper()
	k, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", algorithm, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestFilesComeBackAsTheyWere(t *testing.T) {
	for _, algorithm := range []seal.Algorithm{seal.AES, seal.SM4} {
		k := fileKeys(t, algorithm)
		for _, size := range []int{0, 1, 511, 64<<10 - 1, 64 << 10, 64<<10 + 1, 128 << 10, 200_000} {
			plain := append([]byte("身份证110105"), ident.Bytes(max(1, size))...)[:size]
			hash, raw := sealed(t, k, plain)
			if size > 64 && bytes.Contains(raw, plain[:16]) {
				t.Errorf("%s, %d bytes: the content lies open", algorithm, size)
			}
			r, err := k.OpenFile(hash, bytes.NewReader(raw), int64(len(raw)))
			if err != nil {
				t.Fatalf("%s, %d bytes: %v", algorithm, size, err)
			}
			if err := iotest.TestReader(r, plain); err != nil { // reads and seeks
				t.Errorf("%s, %d bytes: %v", algorithm, size, err)
			}
		}
	}
}

func TestWhatWasDoneToASealedFileIsNoticed(t *testing.T) {
	k := fileKeys(t, seal.AES)
	plain := ident.Bytes(3*64<<10 + 100)
	hash, raw := sealed(t, k, plain)
	other, otherRaw := sealed(t, k, ident.Bytes(len(plain)))
	chunk := func(raw []byte, n int) []byte {
		return raw[fileHead+n*fileChunk : min(len(raw), fileHead+(n+1)*fileChunk)]
	}
	joined := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	flipped := func(at int) []byte {
		c := bytes.Clone(raw)
		c[at] ^= 1
		return c
	}
	for name, bad := range map[string][]byte{
		"plain":                plain,
		"empty":                {},
		"the head alone":       raw[:fileHead],
		"cut within a chunk":   raw[:len(raw)-1],
		"cut after a chunk":    raw[:fileHead+2*fileChunk],
		"without the first":    joined(raw[:fileHead], chunk(raw, 1), chunk(raw, 2), chunk(raw, 3)),
		"in another order":     joined(raw[:fileHead], chunk(raw, 1), chunk(raw, 0), chunk(raw, 2), chunk(raw, 3)),
		"a chunk of another":   joined(raw[:fileHead], chunk(raw, 0), chunk(otherRaw, 1), chunk(raw, 2), chunk(raw, 3)),
		"a chunk twice":        joined(raw, chunk(raw, 3)),
		"something behind":     joined(raw, []byte("x")),
		"another under a name": otherRaw,
		"the head of another":  joined(otherRaw[:fileHead], raw[fileHead:]),
		"a bit of the key":     flipped(60),
		"a bit of the content": flipped(fileHead + 70_000),
		"a bit of the tag":     flipped(len(raw) - 1),
	} {
		if got, err := opened(k, hash, bad); errs.KindOf(err) != errs.Corrupt {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := opened(fileKeys(t, seal.AES), hash, raw); errs.KindOf(err) != errs.Corrupt {
		t.Errorf("with another key file: %v", err)
	}
	if _, err := opened(k, other, otherRaw); err != nil {
		t.Errorf("the other, as it was: %v", err)
	}
}

func TestAFileStaysReadableWhenKeysChange(t *testing.T) {
	k := fileKeys(t, seal.AES)
	plain := ident.Bytes(100_000)
	hash, raw := sealed(t, k, plain)
	old := k.Active().ID
	if err := k.Rotate(seal.SM4, time.Now().AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	if got, err := opened(k, hash, raw); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("sealed with the old key: %v", err)
	}
	head, err := k.ResealFile(hash, bytes.NewReader(raw))
	if err != nil || len(head) != fileHead {
		t.Fatalf("%d bytes, %v", len(head), err)
	}
	fresh := bytes.Clone(raw)
	copy(fresh, head)
	if got, err := opened(k, hash, fresh); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("sealed anew: %v", err)
	}
	wrapped, err := k.FileKey(bytes.NewReader(fresh))
	if err != nil || k.KeyOf(wrapped) == old {
		t.Errorf("the old key is still needed: %v", err)
	}
	if head, err := k.ResealFile(hash, bytes.NewReader(fresh)); err != nil || head != nil {
		t.Errorf("sealed anew for nothing: %v", err)
	}
	if gone, err := k.Retire(map[string]bool{k.KeyOf(wrapped): true}, time.Now().AddDate(0, 0, 9)); err != nil || len(gone) != 1 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if got, err := opened(k, hash, fresh); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("without the old key: %v", err)
	}
}
