package store_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// catalogued writes a document that everybody may read, or could, past all rules.
func catalogued(t *testing.T, db *store.DB, id, title, kind, number, on string, gone bool) {
	t.Helper()
	storetest.Exec(t, db, `INSERT INTO document (id, organ_id, section_id, index_number, number, title, status, visibility, openness, kind, subject, theme, validity, drafter, formed_on,
		published_on, due, open, tend_on, counted_kind, made, ended, issued_subject, measured, late, file)
		VALUES ($1, $2, $2, '', $3, $4, 'published', 'public', 'open', $5, '20-15', '', '', '', '', $6, '9999-12-31', $7, '', '', 0, 0, '', $7, 0, '{}')`, id, storetest.BureauID, number, title, kind, on, false)
	storetest.Exec(t, db, `INSERT INTO catalogue (document_id, organ_id, index_number, number, title, kind, subject, theme, validity, formed_on, published_on, changed_on, summary, gone)
		VALUES ($1, $2, '', $3, $4, $5, '20-15', '', '', '', $6, $6, '', $7)`, id, storetest.BureauID, number, title, kind, on, gone)
}

// What words were found in comes first, by rank, then what is called so, the latest first;
// each on one page, however pages are cut, and no more than the filters leave.
func TestWhatWordsWereFoundInComesByRank(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		for id, one := range map[string][2]string{
			"a": {"印章一", "2026-01-01"}, "b": {"印章二", "2026-01-02"}, "c": {"公告", "2026-01-03"}, "d": {"印章三", "2026-01-04"}, "e": {"预算", "2026-01-05"}, "f": {"印章四", "2026-01-06"},
		} {
			catalogued(t, db, id, one[0], "notice", "", one[1], id == "f")
		}
		documents := store.Documents{DB: db}
		list := func(sort string, page, size int) []string {
			t.Helper()
			q := paging.Query{Words: "印章", Sort: sort, Page: page, Size: size, Filters: map[string]string{publish.FilterAmong: "c a f none"}}
			got, err := documents.Catalogue(t.Context(), account.Place{}, q)
			if err != nil || got.Total != 4 {
				t.Fatalf("%d, %v", got.Total, err)
			}
			var ids []string
			for _, l := range got.Rows {
				ids = append(ids, l.ID)
			}
			return ids
		}
		want := []string{"c", "a", "d", "b"}
		for size := 1; size <= 5; size++ {
			var all []string
			for page := 1; page <= 4; page++ {
				all = append(all, list("", page, size)...)
			}
			if !slices.Equal(all, want) {
				t.Errorf("by pages of %d: %v", size, all)
			}
		}
		if got := list("published", 1, 10); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
			t.Errorf("by day: %v", got)
		}
	})
}

// The library has rules and normative documents, and others that have a number.
func TestTheLibraryHasPolicies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		catalogued(t, db, "a", "规章", string(publish.Regulation), "", "2026-01-01", false)
		catalogued(t, db, "b", "文件", string(publish.NormativeDoc), "", "2026-01-02", false)
		catalogued(t, db, "c", "通知", string(publish.OtherDocument), "青政发〔2026〕1号", "2026-01-03", false)
		catalogued(t, db, "d", "合同", string(publish.OtherDocument), "", "2026-01-04", false)
		catalogued(t, db, "e", "预算", "budget", "青政发〔2026〕2号", "2026-01-05", false)
		catalogued(t, db, "g", "解读", string(publish.Interpretation), "", "2026-01-06", false)
		catalogued(t, db, "h", "撤下的解读", string(publish.Interpretation), "", "2026-01-07", true)
		for _, from := range []string{"g", "h"} {
			storetest.Exec(t, db, "INSERT INTO document_link (document_id, kind, target) VALUES ($1, $2, 'b')", from, string(publish.Explains))
		}
		storetest.Exec(t, db, "INSERT INTO document_link (document_id, kind, target) VALUES ('c', $1, 'b')", string(publish.Amends))
		documents := store.Documents{DB: db}
		page, err := documents.Catalogue(t.Context(), account.Place{}, paging.Query{Filters: map[string]string{publish.FilterLibrary: "yes"}})
		var ids strings.Builder
		for _, l := range page.Rows {
			ids.WriteString(l.ID)
		}
		if err != nil || ids.String() != "cba" || page.Total != 3 {
			t.Errorf("%s, %v", &ids, err)
		}
		by, err := documents.Explanations(t.Context(), []string{"a", "b", "c"}, false)
		if err != nil || len(by) != 1 || len(by["b"]) != 1 || by["b"][0].ID != "g" || by["b"][0].Title != "解读" {
			t.Errorf("%+v, %v", by, err)
		}
		of, err := documents.Explanations(t.Context(), []string{"g"}, true)
		if err != nil || len(of["g"]) != 1 || of["g"][0].ID != "b" {
			t.Errorf("%+v, %v", of, err)
		}
		if none, err := documents.Explanations(t.Context(), nil, true); err != nil || len(none) != 0 {
			t.Errorf("%+v, %v", none, err)
		}
	})
}
