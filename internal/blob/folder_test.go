package blob_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
	"gongkai/internal/store/storetest"
)

func lies(f blob.Folder, hash string) string { return filepath.Join(f.Path, hash[:2], hash) }

func TestFilesAreKeptByTheirContent(t *testing.T) {
	f := storetest.Folder(t)
	if empty, err := f.Empty(); !empty || err != nil {
		t.Fatalf("%v, %v", empty, err)
	}
	one, err := f.Put(strings.NewReader("%PDF-1.7 内容"), 1<<20)
	if err != nil || one.MediaType != "application/pdf" || one.Size != 15 {
		t.Fatalf("%+v, %v", one, err)
	}
	if again, err := f.Put(strings.NewReader("%PDF-1.7 内容"), 1<<20); err != nil || again != one {
		t.Errorf("%+v, %v", again, err)
	}
	file, err := f.Open(one.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if raw, _ := io.ReadAll(file); string(raw) != "%PDF-1.7 内容" {
		t.Errorf("read %q", raw)
	}
	if raw, err := os.ReadFile(lies(f, one.Hash)); err != nil || bytes.Contains(raw, []byte("PDF")) || bytes.Contains(raw, []byte("内容")) {
		t.Errorf("it can be read on the disk: %v", err)
	}
	if _, err := f.Put(bytes.NewReader(make([]byte, 11)), 10); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("too large: %v", err)
	}
	for _, hash := range []string{"../../etc/passwd", strings.Repeat("a", 64), ""} {
		if _, err := f.Open(hash); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%q: %v", hash, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(f.Path, ".new-*")); err != nil || len(left) > 0 {
		t.Errorf("left half written: %v, %v", left, err)
	}
}

func TestAChangedFileIsNoticed(t *testing.T) {
	f := storetest.Folder(t)
	one, err := f.Put(strings.NewReader("原件"), 100)
	if err != nil {
		t.Fatal(err)
	}
	path := lies(f, one.Hash)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(raw []byte) func() error { return func() error { return os.WriteFile(path, raw, 0o600) } }
	for _, c := range []struct {
		name string
		do   func() error
		want blob.State
	}{
		{"as it was", func() error { return nil }, blob.Whole},
		{"the plain content", write([]byte("原件")), blob.Changed},
		{"something else", write([]byte("改过")), blob.Changed},
		{"cut", write(whole[:len(whole)-1]), blob.Changed},
		{"put back", write(whole), blob.Whole},
		{"a folder in its place", func() error { _ = os.Remove(path); return os.Mkdir(path, 0o700) }, blob.Unreadable},
		{"gone", func() error { return os.Remove(path) }, blob.Missing},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		if got, why := f.Check(one.Hash); got != c.want {
			t.Errorf("%s: state %v, %v, want %v", c.name, got, why, c.want)
		}
	}
	// What lies there and does not open is replaced when the content comes again.
	if err := write([]byte("原件"))(); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Open(one.Hash); errs.KindOf(err) != errs.Corrupt {
		t.Errorf("a plain file is handed out: %v", err)
	}
	if _, err := f.Put(strings.NewReader("原件"), 100); err != nil {
		t.Fatal(err)
	}
	if got, why := f.Check(one.Hash); got != blob.Whole {
		t.Errorf("put again: %v, %v", got, why)
	}
}

func TestWhatAKilledProcessLeftIsTakenOff(t *testing.T) {
	f := storetest.Folder(t)
	one, err := f.Put(strings.NewReader("原件"), 100)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(f.Path, ".new-123")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if old, err := f.Older(time.Now().Add(-time.Hour)); err != nil || len(old) > 0 {
		t.Errorf("old already: %v, %v", old, err)
	}
	if _, err := os.Stat(left); err != nil {
		t.Errorf("what is being written was taken off: %v", err)
	}
	old, err := f.Older(time.Now().Add(time.Hour))
	if err != nil || len(old) != 1 || old[0] != one.Hash {
		t.Errorf("%v, %v", old, err)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
}
