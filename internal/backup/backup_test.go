package backup_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai)

// full gives a database with something in many tables, and its files.
func full(tb testing.TB, db *store.DB) blob.Folder {
	tb.Helper()
	storetest.County(tb, db)
	storetest.Person(tb, db, "P1", storetest.BureauID, "clerk")
	files := storetest.Folder(tb)
	one, err := files.Put(strings.NewReader("附件内容"), 1<<20)
	if err != nil {
		tb.Fatal(err)
	}
	storetest.Exec(tb, db, "INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, $2, $3, 1)", one.Hash, one.Size, one.MediaType)
	storetest.Exec(tb, db, "INSERT INTO personal (id, organ_id, owner, kind, sealed, created_at) VALUES ('d1', $1, 'person/P1', 'phone', $2, 1)", storetest.BureauID, []byte{0, 1, 255})
	storetest.Exec(tb, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ('', 'site.name', $1, 'x', 1)", "名称“引号”<&>\n第二行")
	pen := event.Pen{Actor: "P1", At: now, IDs: ident.Random{Clock: clock.System{}}}
	for range 10 {
		if err := db.Append(tb.Context(), pen.Write(storetest.BureauID, event.Subject{Type: "x", ID: "1"}, "x.done", map[string]string{"a": "乙"})); err != nil {
			tb.Fatal(err)
		}
	}
	return files
}

func archive(tb testing.TB, db backup.Source, files blob.Folder) []byte {
	tb.Helper()
	var b bytes.Buffer
	if _, err := backup.Write(tb.Context(), &b, db, files, backup.Info{Program: "test", Made: now, LogKey: "k"}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func restore(ctx context.Context, raw []byte, db *store.DB, files blob.Folder) error {
	m, err := backup.Check(ctx, bytes.NewReader(raw), false)
	if err != nil {
		return err
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return backup.Restore(ctx, m, open, store.Filler{DB: db, Program: "test", Now: now}, files)
}

func TestABackupRestoresIntoEitherDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := full(t, db)
		raw := archive(t, db, files)
		for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
			other, folder := storetest.Open(t, storetest.Address(t, engine)), blob.Folder{Path: filepath.Join(t.TempDir(), "files")}
			if err := restore(t.Context(), raw, other, folder); err != nil {
				t.Fatalf("into %s: %v", engine, err)
			}
			again := archive(t, other, folder)
			if !bytes.Equal(unpacked(t, raw), unpacked(t, again)) {
				t.Errorf("%s has something else than %s", engine, db.Engine)
			}
			folder.Seals = files.Seals // the key file comes another way
			if err := other.VerifyFiles(t.Context(), folder, func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
				t.Error(err)
			}
			if err := restore(t.Context(), raw, other, blob.Folder{Path: filepath.Join(t.TempDir(), "files")}); errs.KindOf(err) != errs.Conflict {
				t.Errorf("over data: %v", err)
			}
		}
	})
}

// A backup has files as they lie on the disk: without the key file nobody reads
// them, and one that was put under a false name does not open.
func TestABackupHoldsNoPlainFile(t *testing.T) {
	db := storetest.SQLite(t)
	files := full(t, db)
	if plain := unpacked(t, archive(t, db, files)); bytes.Contains(plain, []byte("附件内容")) || !bytes.Contains(plain, []byte("GKF1")) {
		t.Error("the content of a file stands open in the backup")
	}
	two, err := files.Put(strings.NewReader("另一个附件"), 100)
	if err != nil {
		t.Fatal(err)
	}
	one, err := db.Files(t.Context())
	if err != nil || len(one) != 1 {
		t.Fatalf("%v, %v", one, err)
	}
	lies := func(hash string) string { return filepath.Join(files.Path, hash[:2], hash) }
	if err := os.Rename(lies(two.Hash), lies(one[0])); err != nil {
		t.Fatal(err)
	}
	folder := blob.Folder{Path: filepath.Join(t.TempDir(), "files"), Seals: files.Seals}
	if err := restore(t.Context(), archive(t, db, files), storetest.Open(t, storetest.Address(t, store.SQLite)), folder); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Open(one[0]); errs.KindOf(err) != errs.Corrupt {
		t.Errorf("a file under a false name opens: %v", err)
	}
}

// during erases a file after the snapshot was taken and before it is read.
type during struct {
	*store.DB
	do func(ctx context.Context) error
}

func (d during) Snapshot(ctx context.Context, use func(int64, []backup.Table, []string) error) error {
	return d.DB.Snapshot(ctx, func(schema int64, tables []backup.Table, files []string) error {
		if err := d.do(ctx); err != nil {
			return err
		}
		return use(schema, tables, files)
	})
}

func TestAFileThatIsErasedDuringABackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := full(t, db)
		hashes, err := db.Files(t.Context())
		if err != nil || len(hashes) != 1 {
			t.Fatalf("%v, %v", hashes, err)
		}
		remove := func(context.Context) error { return files.Remove(hashes[0]) }
		if _, err := backup.Write(t.Context(), io.Discard, during{db, remove}, files, backup.Info{Made: now}); errs.KindOf(err) != errs.NotFound {
			t.Errorf("a file is missing, and nothing is said: %v", err)
		}
		erase := func(context.Context) error {
			storetest.Exec(t, db, "UPDATE blob SET erased_at = 1")
			return nil
		}
		m, err := backup.Write(t.Context(), io.Discard, during{db, erase}, files, backup.Info{Made: now})
		if err != nil || m.Files != 0 {
			t.Errorf("%d files, %v", m.Files, err)
		}
	})
}

func unpacked(tb testing.TB, raw []byte) []byte {
	tb.Helper()
	r, err := zstd.NewReader(bytes.NewReader(raw))
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Close()
	plain, err := io.ReadAll(r)
	if err != nil {
		tb.Fatal(err)
	}
	return plain
}

func packed(tb testing.TB, plain []byte) []byte {
	tb.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return w.EncodeAll(plain, nil)
}

func TestBrokenBackupsAreRefused(t *testing.T) {
	db := storetest.SQLite(t)
	raw := archive(t, db, full(t, db))
	plain := unpacked(t, raw)
	for name, bad := range map[string][]byte{
		"empty":           nil,
		"something else":  []byte("PK\x03\x04 not a backup"),
		"cut":             raw[:len(raw)/2],
		"a changed row":   packed(t, bytes.Replace(plain, []byte("青川旗民政局"), []byte("青川旗民正局"), 1)),
		"a changed file":  packed(t, bytes.Replace(plain, []byte("GKF1"), []byte("GKF2"), 1)),
		"without its end": packed(t, plain[:bytes.LastIndex(plain, []byte("manifest.json"))-1024]),
		"a hostile name":  packed(t, bytes.Replace(plain, []byte("table/organ/000001.jsonl"), []byte("table/../../../../passwd"), 1)),
	} {
		if err := restore(t.Context(), bad, storetest.Open(t, storetest.Address(t, store.SQLite)), blob.Folder{Path: filepath.Join(t.TempDir(), "f")}); errs.KindOf(err) != errs.Corrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoTableIsForgotten(t *testing.T) {
	db := storetest.SQLite(t)
	var have []string
	if err := db.Snapshot(t.Context(), func(_ int64, tables []backup.Table, _ []string) error {
		for _, table := range tables {
			have = append(have, table.Name)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	all, err := db.TableNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		if !slices.Contains(have, name) && !slices.Contains(store.NotDumped(), name) {
			t.Errorf("table %s is neither in a backup nor left out of it on purpose", name)
		}
	}
}

func TestTheShelfKeepsTheNewest(t *testing.T) {
	db := storetest.SQLite(t)
	c := clock.At(now)
	s := backup.Shelf{Folder: filepath.Join(t.TempDir(), "backups"), Source: db, Files: full(t, db), Clock: c, Program: "test"}
	if _, _, err := s.Make(t.Context(), "manual"); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		c.Advance(24 * time.Hour)
		if _, err := s.Daily(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.List()
	if err != nil || len(all) != 3 || !all[0].Made.After(all[1].Made) {
		t.Fatalf("%+v, %v", all, err)
	}
	if m, err := s.Verify(t.Context(), all[0].Name); err != nil || m.Files != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	for _, name := range []string{"../keys.json", "gongkai-20990101-000000.tar.zst", ""} {
		if _, err := s.Open(name); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	db := storetest.SQLite(f)
	f.Add(archive(f, db, full(f, db)))
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, err := backup.Check(t.Context(), bytes.NewReader(raw), false); err != nil && errs.KindOf(err) != errs.Corrupt && errs.KindOf(err) != errs.TooLarge {
			t.Errorf("%v", err)
		}
	})
}
