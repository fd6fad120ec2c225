package app

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/backup"
	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// moved gives the database as a backup brings it into an engine.
func moved(t *testing.T, from *store.DB, files blob.Folder, engine store.Engine) (*store.DB, blob.Folder) {
	t.Helper()
	var raw bytes.Buffer
	if _, err := backup.Write(t.Context(), &raw, from, files, backup.Info{Program: "test", Made: clock.System{}.Now(), LogKey: "k"}); err != nil {
		t.Fatal(err)
	}
	m, err := backup.Check(t.Context(), bytes.NewReader(raw.Bytes()), false)
	if err != nil {
		t.Fatal(err)
	}
	to, folder := storetest.Open(t, storetest.Address(t, engine)), blob.Folder{Path: filepath.Join(t.TempDir(), "files"), Seals: files.Seals}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw.Bytes())), nil }
	if err := backup.Restore(t.Context(), m, open, store.Filler{DB: to, Program: "test", Now: clock.System{}.Now()}, folder); err != nil {
		t.Fatal(err)
	}
	return to, folder
}

// searches gives what is found by many words, among requests and documents.
func searches(t *testing.T, db *store.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	nodes, err := store.Organs{DB: db}.Nodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root := org.NewTree(nodes).Children("")[0].ID
	for _, words := range []string{"补贴", "征地 补偿", "〔2026〕1", "公司", "村", "没有这样的"} {
		page, err := store.Requests{DB: db}.List(t.Context(), []account.Place{{Organ: root, Below: true}}, paging.Query{Words: words, Size: paging.MaxSize}, calendar.On(2026, 11, 26))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			all["request "+words] = append(all["request "+words], r.ID)
		}
		found, err := search.Finder{Index: store.Search{DB: db}, Today: time.Date(2026, 11, 26, 9, 0, 0, 0, clock.Shanghai)}.Find(t.Context(), search.Parse(words), search.Filter{}, 1, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Hits {
			all["document "+words] = append(all["document "+words], h.ID)
		}
	}
	return all
}

func wrongIn(t *testing.T, db *store.DB) (all []string) {
	t.Helper()
	if err := db.VerifyIndexes(t.Context(), func(f store.Finding) { all = append(all, f.ID+" "+f.Chinese) }); err != nil {
		t.Fatal(err)
	}
	return all
}

// A backup brings both indexes along, into either engine and back: what was found is
// found, and verification counts the same.
func TestABackupBringsTheIndexesAlong(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	want := searches(t, s.db)
	for _, of := range []string{"request 补贴", "request 村"} {
		if len(want[of]) == 0 {
			t.Errorf("%s finds nothing", of)
		}
	}
	if len(want) < 6 {
		t.Errorf("only %d searches find something", len(want))
	}
	db, files := s.db, s.Backups.Files
	for _, engine := range []store.Engine{store.Postgres, store.SQLite} {
		db, files = moved(t, db, files, engine)
		for of, ids := range searches(t, db) {
			if !slices.Equal(ids, want[of]) {
				t.Errorf("%s, %s: %v, want %v", engine, of, ids, want[of])
			}
			delete(want, of)
		}
		if len(want) > 0 {
			t.Errorf("%s finds nothing any more: %v", engine, want)
		}
		want = searches(t, db)
		if wrong := wrongIn(t, db); len(wrong) > 0 {
			t.Errorf("%s: %v", engine, wrong)
		}
	}
}

// Whatever is changed in an index or beside it, verification names the record.
func TestVerifyNamesWhatASearchWouldMiss(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	for _, engine := range []store.Engine{store.SQLite, store.Postgres} {
		db, _ := moved(t, s.db, s.Backups.Files, engine)
		one := strings.TrimSpace(storetest.Text(t, db, "SELECT MIN(id) FROM request"))
		last := strings.TrimSpace(storetest.Text(t, db, "SELECT MAX(document_id) FROM search_doc"))
		shown := strings.TrimSpace(storetest.Text(t, db, "SELECT MIN(document_id) FROM search_doc"))
		for _, c := range []struct{ vandal, names string }{
			{"UPDATE request SET headline = headline || '被改' WHERE id = '" + one + "'", one},
			{"DELETE FROM request_gram WHERE gram = (SELECT MIN(gram) FROM request_gram)", "检索索引与内容不符"},
			{"INSERT INTO request_gram (gram, organ_id, block, places) SELECT '没有', id, 9, CAST('" + string(rune(5)) + "' AS " + map[store.Engine]string{store.SQLite: "BLOB", store.Postgres: "BYTEA"}[engine] + ") FROM organ", "却没有这份记录"},
			{"UPDATE search_doc SET title = title || '被改' WHERE document_id = '" + shown + "'", shown},
			{"UPDATE search_text SET body = '别的' WHERE n = (SELECT n FROM search_doc WHERE document_id = '" + last + "')", last},
			{"DELETE FROM search_post WHERE token = (SELECT MAX(token) FROM search_post)", "search_post/"},
			{"UPDATE search_state SET n = n + 1 WHERE name = 'size'", "search_state/size"},
			{"DELETE FROM search_doc WHERE document_id = '" + shown + "'", "检索却找不到"},
		} {
			before := wrongIn(t, db)
			storetest.Exec(t, db, c.vandal)
			after := slices.DeleteFunc(wrongIn(t, db), func(f string) bool { return slices.Contains(before, f) })
			if !slices.ContainsFunc(after, func(f string) bool { return strings.Contains(f, c.names) }) {
				t.Errorf("%s: %s: %v", engine, c.vandal, after)
			}
		}
	}
}
