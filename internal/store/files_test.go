package store_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestFilesAreKnownToTheDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := storetest.Files(t, db, clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai)))
		for range 2 { // the same content twice is one file
			info, err := files.Put(t.Context(), strings.NewReader("%PDF-1.7 扫描件"), 100)
			if err != nil || info.MediaType != "application/pdf" {
				t.Fatalf("%+v, %v", info, err)
			}
			known, err := files.Info(t.Context(), info.Hash)
			if err != nil || known != info {
				t.Errorf("%+v, %v", known, err)
			}
			file, err := files.Open(info.Hash)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(file)
			_ = file.Close()
			if err != nil || string(text) != "%PDF-1.7 扫描件" {
				t.Errorf("%q, %v", text, err)
			}
		}
		if _, err := files.Put(t.Context(), strings.NewReader("0123456789"), 9); errs.KindOf(err) != errs.TooLarge {
			t.Errorf("too large: %v", err)
		}
		if _, err := files.Info(t.Context(), strings.Repeat("a", 64)); errs.KindOf(err) != errs.NotFound {
			t.Errorf("no such file: %v", err)
		}
		if err := db.VerifyFiles(t.Context(), files.Folder, func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
			t.Error(err)
		}
	})
}
