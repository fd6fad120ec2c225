package storetest

import (
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/seal"
	"gongkai/internal/store"
)

// Keys makes a key file for a test.
func Keys(tb testing.TB) *seal.Keys {
	tb.Helper()
	keys, err := seal.Create(filepath.Join(tb.TempDir(), "keys.json"), "test", seal.AES, time.Date(2026, 11, 1, 9, 0, 0, 0, clock.Shanghai))
	if err != nil {
		tb.Fatal(err)
	}
	return keys
}

// Folder gives a folder of files with a key file of its own.
func Folder(tb testing.TB) blob.Folder {
	tb.Helper()
	return blob.Folder{Path: filepath.Join(tb.TempDir(), "files"), Seals: Keys(tb)}
}

// Files keeps files beside a database, in a folder of its own.
func Files(tb testing.TB, db *store.DB, now clock.Clock) store.Files {
	tb.Helper()
	return store.Files{DB: db, Folder: Folder(tb), Clock: now}
}
