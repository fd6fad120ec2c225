package backup_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// member is one of an archive that somebody makes by hand.
type member struct {
	header tar.Header
	body   []byte
}

// forged gives an archive with members of any sort and a manifest that fits them.
func forged(tb testing.TB, m backup.Manifest, members ...member) []byte {
	tb.Helper()
	var b bytes.Buffer
	packed, err := zstd.NewWriter(&b)
	if err != nil {
		tb.Fatal(err)
	}
	t := tar.NewWriter(packed)
	put := func(h tar.Header, body []byte) {
		if h.Typeflag == 0 || h.Typeflag == tar.TypeReg {
			h.Size = int64(len(body))
		}
		if err := t.WriteHeader(&h); err != nil {
			tb.Fatal(err)
		}
		if _, err := t.Write(body); err != nil {
			tb.Fatal(err)
		}
	}
	m.Format, m.Schema = "gongkai-backup-1", max(m.Schema, 1)
	for _, one := range members {
		sum := sha256.Sum256(one.body)
		m.Members = append(m.Members, backup.MemberSummary{Name: one.header.Name, Size: int64(len(one.body)), SHA256: hex.EncodeToString(sum[:])})
		put(one.header, one.body)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		tb.Fatal(err)
	}
	put(tar.Header{Name: "manifest.json"}, raw)
	if err := t.Close(); err != nil {
		tb.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func row(name, text string) member { return member{tar.Header{Name: name}, []byte(text)} }

// An archive may come from anywhere. Whatever is in it, nothing is written beside
// the database and the folder of files, and after a refusal both are empty.
func TestHostileBackupsAreRefused(t *testing.T) {
	setting := func(columns ...string) backup.Manifest {
		table := backup.TableSummary{Name: "setting", Rows: 1}
		for _, c := range columns {
			table.Columns = append(table.Columns, backup.Column{Name: c, Kind: backup.Text})
		}
		return backup.Manifest{Schema: 5, Tables: []backup.TableSummary{table}}
	}
	const hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	for name, raw := range map[string][]byte{
		"a path upwards":     forged(t, backup.Manifest{}, row("../../etc/passwd", "x")),
		"an absolute path":   forged(t, backup.Manifest{}, row("/etc/passwd", "x")),
		"a path in a name":   forged(t, backup.Manifest{}, row("file/../../x", "x")),
		"a link":             forged(t, backup.Manifest{}, member{tar.Header{Name: "file/" + hash, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, nil}),
		"a device":           forged(t, backup.Manifest{}, member{tar.Header{Name: "file/" + hash, Typeflag: tar.TypeChar}, nil}),
		"a member twice":     forged(t, backup.Manifest{}, row("table/setting/000001.jsonl", "[]\n"), row("table/setting/000001.jsonl", "[]\n")),
		"two manifests":      forged(t, backup.Manifest{}, row("manifest.json", `{"format":"gongkai-backup-1","schema":1}`)),
		"a foreign table":    forged(t, backup.Manifest{Schema: 5, Tables: []backup.TableSummary{{Name: "sqlite_master", Rows: 1}}}, row("table/sqlite_master/000001.jsonl", "[]\n")),
		"a statement":        forged(t, setting("organ_id", "name", "value", "changed_by) VALUES ('', '', '', '', 1); DROP TABLE setting; --", "changed_at"), row("table/setting/000001.jsonl", `["","a","b","c","d"]`+"\n")),
		"a column too few":   forged(t, setting("organ_id", "name"), row("table/setting/000001.jsonl", `["","a"]`+"\n")),
		"a value of no kind": forged(t, setting("organ_id", "name", "value", "changed_by", "changed_at"), row("table/setting/000001.jsonl", `["","a","b","c",{"x":1}]`+"\n")),
		"no rows":            forged(t, setting("organ_id"), row("table/setting/000001.jsonl", "")),
	} {
		t.Run(name, func(t *testing.T) {
			db := storetest.Open(t, storetest.Address(t, store.SQLite))
			files := blob.Folder{Path: filepath.Join(t.TempDir(), "files")}
			if err := restore(t.Context(), raw, db, files); errs.KindOf(err) != errs.Corrupt {
				t.Errorf("%v", err)
			}
			nothingIn(t, db, files)
		})
	}
}

func TestABombIsRefusedUnlessItIsTrusted(t *testing.T) {
	bomb := forged(t, backup.Manifest{Tables: []backup.TableSummary{{Name: "setting"}}}, member{tar.Header{Name: "table/setting/000001.jsonl"}, make([]byte, 300<<20)})
	if _, err := backup.Check(t.Context(), bytes.NewReader(bomb), false); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("%d bytes that unpack to 300 MB: %v", len(bomb), err)
	}
	if _, err := backup.Check(t.Context(), bytes.NewReader(bomb), true); err != nil {
		t.Errorf("trusted: %v", err)
	}
}

func nothingIn(t *testing.T, db *store.DB, files blob.Folder) {
	t.Helper()
	if names, err := db.TableNames(t.Context()); err != nil || len(names) > 0 {
		t.Errorf("tables after a refusal: %v, %v", names, err)
	}
	if _, err := os.Stat(files.Path); !os.IsNotExist(err) {
		t.Errorf("files after a refusal: %v", err)
	}
}

// A restore that breaks off at its end leaves nothing, so that it can be done
// again.
func TestARestoreIsDoneWhollyOrNotAtAll(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		source := storetest.SQLite(t)
		whole := archive(t, source, full(t, source))
		m, err := backup.Check(t.Context(), bytes.NewReader(whole), false)
		if err != nil {
			t.Fatal(err)
		}
		db := storetest.Open(t, address)
		files := blob.Folder{Path: filepath.Join(t.TempDir(), "files")}
		plain := unpacked(t, whole)
		cut := packed(t, plain[:bytes.LastIndex(plain, []byte("manifest.json"))-700])
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(cut)), nil }
		if err := backup.Restore(t.Context(), m, open, store.Filler{DB: db, Program: "test", Now: now}, files); errs.KindOf(err) != errs.Corrupt {
			t.Fatalf("a file that shrank after it was checked: %v", err)
		}
		nothingIn(t, db, files)
		if err := restore(t.Context(), whole, db, files); err != nil {
			t.Errorf("a second attempt: %v", err)
		}
	})
}
