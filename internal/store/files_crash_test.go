package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

const crashFolder = "GONGKAI_CRASH_FOLDER"

func crashFiles(tb testing.TB, folder string, db *store.DB) store.Files {
	tb.Helper()
	keys, err := seal.Load(filepath.Join(folder, "keys.json"))
	if err != nil {
		tb.Fatal(err)
	}
	return store.Files{DB: db, Folder: blob.Folder{Path: filepath.Join(folder, "files"), Seals: keys}, Clock: clock.System{}}
}

// TestFileCrashChild is no test: it is the process that
// TestNoFileIsLostByAKill starts and kills. It keeps files and prints the hash of
// each when it was acknowledged.
func TestFileCrashChild(t *testing.T) {
	folder := os.Getenv(crashFolder)
	if folder == "" {
		return // not started by TestNoFileIsLostByAKill
	}
	db, err := store.Open(context.Background(), os.Getenv(crashAddress))
	if err != nil {
		t.Fatal(err)
	}
	files := crashFiles(t, folder, db)
	for range 4 {
		go func() {
			for {
				info, err := files.Put(context.Background(), strings.NewReader(strings.Repeat(ident.Secret(), 5000)), 1<<20)
				if err != nil {
					panic(err)
				}
				os.Stdout.WriteString("kept " + info.Hash + "\n")
			}
		}()
	}
	select {} // until killed
}

// kill -9 while files are kept: each that was acknowledged is there and opens, and
// nothing half written stays.
func TestNoFileIsLostByAKill(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		folder := t.TempDir()
		if _, err := seal.Create(filepath.Join(folder, "keys.json"), "test", seal.AES, time.Now()); err != nil {
			t.Fatal(err)
		}
		db := storetest.Open(t, address)
		if err := db.Migrate(t.Context(), "test", time.Now()); err != nil {
			t.Fatal(err)
		}
		files, kept := crashFiles(t, folder, db), 0
		for range 4 {
			for _, hash := range killedWhileKeeping(t, address, folder) {
				kept++
				if state, why := files.Folder.Check(hash); state != blob.Whole {
					t.Errorf("%s was acknowledged and is in state %v: %v", hash, state, why)
				}
				if there, err := db.HasFile(t.Context(), hash); err != nil || !there {
					t.Errorf("%s was acknowledged and has no row: %v", hash, err)
				}
			}
		}
		if kept < 40 {
			t.Errorf("only %d files were kept", kept)
		}
		if err := db.VerifyFiles(t.Context(), files.Folder, func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
			t.Fatal(err)
		}
		files.Clock = clock.At(time.Now().Add(72 * time.Hour))
		if n, err := files.Tidy(t.Context()); err != nil || n < kept {
			t.Errorf("tidied %d, %v", n, err)
		}
		if left := lying(t, files.Folder.Path); len(left) > 0 {
			t.Errorf("left after tidying: %v", left)
		}
	})
}

func killedWhileKeeping(t *testing.T, address, folder string) (hashes []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestFileCrashChild$")
	child.Env = append(os.Environ(), crashAddress+"="+address, crashFolder+"="+folder)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if hash, ok := strings.CutPrefix(lines.Text(), "kept "); ok {
			if hashes = append(hashes, hash); len(hashes) == 15 {
				if err := child.Process.Kill(); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if err := child.Wait(); err == nil {
		t.Error("the process was not killed")
	}
	return hashes
}

// lying gives the files in a folder.
func lying(t *testing.T, folder string) (all []string) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// A file that waits too long comes once more in the moment in which it is taken
// off: then it stays.
func TestAFileComesAgainWhileItIsTakenOff(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := storetest.Files(t, db, clock.System{})
		before := now
		before.Clock = clock.At(time.Now().Add(-72 * time.Hour))
		const writers, contents = 4, 60
		results := make(chan error, writers*contents)
		for w := range writers {
			go func() {
				for i := range contents {
					results <- comesAgain(t.Context(), before, now, fmt.Sprint("内容", w, "/", i))
				}
			}()
		}
		tidied := 0
		for len(results) < cap(results) {
			n, err := now.Tidy(t.Context())
			if tidied += n; err != nil {
				t.Fatal(err)
			}
		}
		for range cap(results) {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if err := db.VerifyFiles(t.Context(), now.Folder, func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
			t.Fatal(err)
		}
		named, err := db.Files(t.Context())
		if left := lying(t, now.Folder.Path); err != nil || len(left) != writers*contents || len(named) != len(left) {
			t.Errorf("%d files for %d rows, %v; %d were taken off meanwhile", len(left), len(named), err, tidied)
		}
	})
}

func comesAgain(ctx context.Context, before, now store.Files, content string) error {
	if _, err := before.Put(ctx, strings.NewReader(content), 100); err != nil {
		return err
	}
	info, err := now.Put(ctx, strings.NewReader(content), 100)
	if err != nil {
		return err
	}
	if state, why := now.Folder.Check(info.Hash); state != blob.Whole {
		return fmt.Errorf("it was just kept and is in state %v: %w", state, why)
	}
	return nil
}
