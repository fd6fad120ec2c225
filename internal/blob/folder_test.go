package blob_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
)

func TestFilesAreKeptByTheirContent(t *testing.T) {
	f := blob.Folder{Path: filepath.Join(t.TempDir(), "files")}
	if empty, err := f.Empty(); !empty || err != nil {
		t.Fatalf("%v, %v", empty, err)
	}
	one, err := f.Put(strings.NewReader("%PDF-1.7 内容"), 1<<20)
	if err != nil || one.MediaType != "application/pdf" {
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
	if _, err := f.Put(bytes.NewReader(make([]byte, 11)), 10); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("too large: %v", err)
	}
	for _, hash := range []string{"../../etc/passwd", strings.Repeat("a", 64), ""} {
		if _, err := f.Open(hash); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestAChangedFileIsNoticed(t *testing.T) {
	f := blob.Folder{Path: t.TempDir()}
	one, err := f.Put(strings.NewReader("原件"), 100)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(f.Path, one.Hash[:2], one.Hash)
	for _, c := range []struct {
		do   func() error
		want blob.State
	}{
		{func() error { return nil }, blob.Whole},
		{func() error { return os.WriteFile(path, []byte("改过"), 0o600) }, blob.Changed},
		{func() error { return os.Remove(path) }, blob.Missing},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Check(one.Hash); err != nil || got != c.want {
			t.Errorf("state %v, %v, want %v", got, err, c.want)
		}
	}
}
