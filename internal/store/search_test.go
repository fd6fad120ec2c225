package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/internal/law"
	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// corpus gives texts in the language of the office: the county's kinds of titles, and
// what the law says.
func corpus(n int) []search.Entry {
	all := make([]search.Entry, n)
	for i := range all {
		all[i] = entry(i)
	}
	return all
}

var articles = sync.OnceValue(func() (all []string) {
	for _, i := range law.Instruments() {
		for _, a := range i.Known {
			all = append(all, i.Title+fmt.Sprintf("第%d条规定%s", a.No, a.Title))
		}
	}
	return all
})

// entry gives one of them.
func entry(i int) search.Entry {
	places := [...]string{"河湾镇", "白杨镇", "城关镇", "沙井镇", "青格尔苏木", "额尔登苏木", "查干乌拉苏木", "东河乡", "石门镇", "永和镇"}
	matters := [...]string{"最低生活保障", "土地征收", "农村危房改造", "政务服务一窗受理", "印章管理", "行政许可办理结果", "部门预算", "应急预案", "公开招聘", "补贴发放", "國土空間規劃", "“好差评”通报"}
	kinds := [...]string{"通知", "公告", "办法", "公示", "意见", "方案", "解读"}
	laws := articles()
	place, matter, kind := places[i%10], matters[i*7/3%12], kinds[i*5/2%7]
	year := 2018 + i%9
	text := fmt.Sprintf("%s人民政府，旗直各部门：现将%d年%s有关事项%s如下。一、%s工作由%s负责。二、资金%d万元，涉及%d户。三、依据%s。四、请于%d月%d日前完成。", place, year, matter, kind, matter, place, i%997, i%83,
		laws[i*11%len(laws)]+"；"+laws[i*3%len(laws)], 1+i%12, 1+i%28)
	return search.Entry{
		ID: fmt.Sprintf("d%07d", i), Organ: []string{storetest.BureauID, storetest.OtherID, storetest.CountyID}[i%3], Kind: []string{"normative", "notice", "budget"}[i%3], Subject: fmt.Sprintf("20-%d", 1+i%15),
		Number: fmt.Sprintf("青政办发〔%d〕%d号", year, 1+i/9), Ended: i%17 == 0, On: fmt.Sprintf("%d-%02d-%02d", year, 1+i%12, 1+i%28),
		Title: fmt.Sprintf("关于%s%d年%s的%s", place, year, matter, kind), Text: text,
	}
}

// asked are queries as people type them.
func asked() []string {
	all := []string{
		"低保", "保", "印章管理", "“印章管理”", "一窗受理 办法", "青政办发〔2024〕7号", "青政办发(2024)7号", "靑政办发", "國土空間規劃", "国土空间规划", "２０２４", "2024年", "第33条",
		"河湾镇 土地征收", "征收 河湾镇", "好差评", "“好差评”通报", "政府信息公开条例", "行政复议法", "不存在的词语组合", "土地征收怎么补偿", "危房", "房", "应急预案 2025", "budget", "青格尔苏木最低生活保障",
		"部门预算 公开招聘", "的", "请于12月", "997万元", "12户", "户", "苏木", "信息处理费管理办法", "答复期限", "公示", "意见 白杨镇 2020", "补贴发放的公告", "公開招聘",
	}
	for i := range 65 {
		e := corpus(400)[i*6]
		runes := []rune(e.Title)
		all = append(all, string(runes[i%5:min(len(runes), i%5+2+i%7)]))
	}
	return all
}

var finder = time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)

func indexed(tb testing.TB, db *store.DB, entries []search.Entry, batch int) store.Search {
	tb.Helper()
	s := store.Search{DB: db}
	for some := range slices.Chunk(entries, batch) {
		if err := s.Index(context.Background(), some); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

// Both engines give the same for a hundred queries, and that is what looking through
// every text gives.
func TestBothEnginesFindTheSame(t *testing.T) {
	entries := corpus(400)
	engines := []store.Search{indexed(t, storetest.SQLite(t), entries, 37), indexed(t, storetest.Postgres(t), entries, 100)}
	if n := len(asked()); n < 100 {
		t.Fatalf("only %d queries", n)
	}
	for _, typed := range asked() {
		q := search.Parse(typed)
		var first search.Result
		for i, s := range engines {
			r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), q, search.Filter{}, 1, 500)
			if err != nil {
				t.Fatal(typed, err)
			}
			if i == 0 {
				first = r
			} else if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", first) {
				t.Errorf("%s: the engines differ: %d and %d hits", typed, first.Total, r.Total)
			}
		}
		if first.Near {
			continue
		}
		var want, got []string
		for _, e := range entries {
			if says(e, q) {
				want = append(want, e.ID)
			}
		}
		for _, h := range first.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || first.Total != len(want) {
			t.Errorf("%s finds %d, looking through all texts gives %d", typed, len(got), len(want))
		}
	}
}

// says looks for every term in the texts themselves, word by word.
func says(e search.Entry, q search.Query) bool {
	for _, term := range q.Terms {
		found := false
		for _, text := range []string{e.Title, e.Number, e.Text} {
			for _, p := range search.Mark(text, search.Query{Terms: []search.Term{{Text: term.Text}}}) {
				found = found || p.Marked
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func TestFiltersRankAndPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		s := indexed(t, db, corpus(300), 64)
		f := search.Finder{Index: s, Today: finder}
		find := func(typed string, filter search.Filter, page, size int) search.Result {
			t.Helper()
			r, err := f.Find(t.Context(), search.Parse(typed), filter, page, size)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		all := find("低保 保障", search.Filter{}, 1, 10)
		if !all.Near && all.Total != 0 {
			t.Errorf("低保 stands in no text: %d", all.Total)
		}
		one := find("土地征收", search.Filter{}, 1, 10)
		two := find("土地征收", search.Filter{}, 2, 10)
		if one.Total != two.Total || len(one.Hits) != 10 || one.Hits[0].ID == two.Hits[0].ID || one.Hits[0].Score < two.Hits[0].Score {
			t.Errorf("pages: %d and %d hits of %d and %d", len(one.Hits), len(two.Hits), one.Total, two.Total)
		}
		if !slices.ContainsFunc(one.Hits[0].Title, func(p search.Piece) bool { return p.Marked && p.Text == "土地征收" }) {
			t.Errorf("the first hit does not say it in the title: %+v", one.Hits[0].Title)
		}
		for filter, keep := range map[search.Filter]func(search.Hit) bool{
			{Kind: "notice"}:                               func(h search.Hit) bool { return h.Kind == "notice" },
			{Organ: storetest.CountyID}:                    func(h search.Hit) bool { return h.Organ == storetest.CountyID },
			{Organ: storetest.CountyID, Below: true}:       func(search.Hit) bool { return true },
			{Ended: "no", From: "2024-01-01"}:              func(h search.Hit) bool { return !h.Ended && h.On >= "2024-01-01" },
			{Subject: "20-4", Until: "2025-12-31"}:         func(h search.Hit) bool { return h.Subject == "20-4" && h.On <= "2025-12-31" },
			{Ended: "yes", Theme: "a theme that none has"}: func(search.Hit) bool { return false },
		} {
			r, want := find("工作", filter, 1, 500), 0
			for _, h := range find("工作", search.Filter{}, 1, 500).Hits {
				if keep(h) {
					want++
				}
			}
			if r.Total != want || slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return !keep(h) }) {
				t.Errorf("%+v: %d, want %d", filter, r.Total, want)
			}
		}
		if near := find("河湾镇土地征收补偿安置方案怎么查询", search.Filter{}, 1, 5); !near.Near || len(near.Hits) == 0 || !strings.Contains(near.Hits[0].Meta.Title, "河湾镇") {
			t.Errorf("nothing near a whole question: %+v", near)
		}
		if exact := find("“河湾镇土地征收补偿安置方案怎么查询”", search.Filter{}, 1, 5); exact.Near || exact.Total != 0 {
			t.Errorf("a phrase in quotes gives something near: %+v", exact)
		}
	})
}

// An entry that changes is found by its new words only, and one that goes by none.
func TestTheIndexFollows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		entries := corpus(50)
		s := indexed(t, db, entries, 50)
		count := func(typed string) int {
			r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse("“"+typed+"”"), search.Filter{}, 1, 100)
			if err != nil {
				t.Fatal(err)
			}
			return r.Total
		}
		before := count("工作")
		e := entries[7]
		e.Title, e.Text = "一个全新的标题", "没有旧的词。"
		if err := s.Index(t.Context(), []search.Entry{e}); err != nil {
			t.Fatal(err)
		}
		if count("全新") != 1 || count("工作") != before-1 {
			t.Errorf("changed: %d and %d, before %d", count("全新"), count("工作"), before)
		}
		if n, err := s.Size(t.Context()); err != nil || n != 50 {
			t.Errorf("%d documents, %v", n, err)
		}
	})
}

// Lists become shorter again after most documents have gone, and what is found, in which
// order, is the same before and after, on both engines; what comes then is found, too.
func TestListsAreTidied(t *testing.T) {
	entries := corpus(300)
	var all [][]string
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := store.Search{DB: db, PartSize: 16}
		if err := s.Index(t.Context(), entries); err != nil {
			t.Fatal(err)
		}
		for i, e := range entries {
			if i%8 != 0 {
				if err := s.Drop(t.Context(), e.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		parts := func() (rows, bytes int) {
			if _, err := fmt.Sscan(storetest.Text(t, db, "SELECT CAST(COUNT(*) AS TEXT) || ' ' || CAST(SUM(LENGTH(docs) + LENGTH(token) + 16) AS TEXT) FROM search_post"), &rows, &bytes); err != nil {
				t.Fatal(err)
			}
			return rows, bytes
		}
		finds := func() (said []string) {
			for _, typed := range asked() {
				r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse(typed), search.Filter{}, 1, 100)
				if err != nil {
					t.Fatal(err)
				}
				said = append(said, fmt.Sprintf("%s %d %v %+v", typed, r.Total, r.AtLeast, r.Hits))
			}
			return said
		}
		said := finds()
		rows, bytes := parts()
		gone, err := s.Tidy(t.Context())
		less, lighter := parts()
		if err != nil || gone == 0 || rows-less != gone || less > rows*2/3 || lighter >= bytes {
			t.Errorf("%d parts are gone, there were %d (%d bytes), there are %d (%d bytes), %v", gone, rows, bytes, less, lighter, err)
		}
		if now := finds(); !slices.Equal(now, said) {
			t.Error("something else is found than before")
		}
		if again, err := s.Tidy(t.Context()); err != nil || again != 0 {
			t.Errorf("tidied twice: %d, %v", again, err)
		}
		if err := db.VerifyLists(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
			t.Fatal(err)
		}
		if err := s.Index(t.Context(), entries); err != nil {
			t.Fatal(err)
		}
		all = append(all, said, finds())
	})
	for i, said := range all {
		if !slices.Equal(said, all[i%2]) {
			t.Error("the engines differ")
		}
	}
}

// Page by page everything that meets a query is shown, once, as far as pages reach; a
// list says that there may be more behind.
func TestPagesReachWhatIsRanked(t *testing.T) {
	entries := corpus(2*search.Ranked + 100)
	for i := range entries {
		said := "登记建立台簿。"
		if i%3 == 0 {
			said = "建立登记簿。"
		}
		entries[i].Text = "各单位应当规范印章管理，" + said + entries[i].Text
	}
	s := indexed(t, storetest.SQLite(t), entries, 500)
	for typed, want := range map[string]struct {
		shown, total int
		atLeast      bool
	}{
		"印章":      {search.Ranked, len(entries), false}, // one list tells how many
		"规范印章":    {search.Ranked, search.Ranked, true},
		"“建立登记簿”": {len(entries) / 3, len(entries) / 3, false},
	} {
		seen := map[string]bool{}
		for page := 1; ; page++ {
			r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse(typed), search.Filter{}, page, 300)
			if err != nil {
				t.Fatal(err)
			}
			if r.Total != want.total || r.AtLeast != want.atLeast {
				t.Errorf("%s, page %d: %d (at least: %v), want %+v", typed, page, r.Total, r.AtLeast, want)
			}
			for _, h := range r.Hits {
				if seen[h.ID] {
					t.Fatalf("%s: %s stands on two pages", typed, h.ID)
				}
				seen[h.ID] = true
			}
			if len(r.Hits) < 300 {
				break
			}
		}
		if len(seen) != want.shown {
			t.Errorf("%s: pages show %d, want %d", typed, len(seen), want.shown)
		}
	}
}

// Where candidates have very long texts, those that rank first are looked at again, and
// the search says that there may be more.
func TestLongTextsAreLookedAtAsFarAsItGoes(t *testing.T) {
	entries := corpus(250)
	for i := range entries {
		entries[i].Text = strings.Repeat("各单位应当建立登记簿，", 4000)
	}
	entries[100].Title = "建立登记簿"
	s := indexed(t, storetest.SQLite(t), entries, 100)
	r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse("建立登记簿"), search.Filter{}, 1, 15)
	if err != nil {
		t.Fatal(err)
	}
	if !r.AtLeast || r.Total >= 250 || r.Total < 100 || len(r.Hits) != 15 || r.Hits[0].ID != entries[100].ID {
		t.Errorf("%d hits, at least: %v, first %+v", r.Total, r.AtLeast, r.Hits[0].Meta)
	}
}

// Documents that were listed before their initials were are found by them after an
// upgrade.
func TestUpgradeListsInitials(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), store.InitialVersion()-1, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		s := store.Search{DB: db}
		if err := s.Index(t.Context(), corpus(100)); err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, db, "DELETE FROM search_post WHERE token LIKE '~%'") // as an older program left them
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse("YCSL"), search.Filter{}, 1, 10)
		if err != nil || !r.Spelled || r.Total == 0 || !strings.Contains(r.Hits[0].Meta.Title, "一窗受理") {
			t.Errorf("%+v, %v", r, err)
		}
		if err := db.VerifyLists(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
			t.Error(err)
		}
	})
}

// Documents that were there before the lists are found after an upgrade, with their
// filters, and verification finds nothing wrong.
func TestUpgradeListsDocuments(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), store.ListVersion()-1, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		const n = 1200
		for i := range n {
			e := entry(i)
			storetest.Exec(t, db, "INSERT INTO search_doc (n, document_id, organ_id, kind, subject, theme, ended, published_on, number, title) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
				i+1, e.ID, e.Organ, e.Kind, e.Subject, e.Theme, e.Ended, e.On, e.Number, e.Title)
			storetest.Exec(t, db, "INSERT INTO search_text (n, joined, body) VALUES ($1, $2, $3)", i+1, e.Joined(), e.Text)
		}
		storetest.Exec(t, db, "INSERT INTO search_state (name, n) VALUES ('last', $1), ('size', $1)", n)
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		s := store.Search{DB: db}
		for typed, f := range map[string]search.Filter{"印章管理": {}, "青政办发〔2019〕12号": {}, "公告": {Kind: "notice", Ended: "no"}, "工作": {Organ: storetest.BureauID, From: "2024-01-01", Until: "2024-12-31"}} {
			r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), search.Parse(typed), f, 1, 10)
			want := 0
			for i := range n {
				if e := entry(i); says(e, search.Parse(typed)) && meets(e, f) {
					want++
				}
			}
			if err != nil || r.Near || r.Total != want || want == 0 {
				t.Errorf("%s %+v: %d, want %d, %v", typed, f, r.Total, want, err)
			}
		}
		if err := db.VerifyLists(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
			t.Error(err)
		}
	})
}
