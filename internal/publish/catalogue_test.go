package publish_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/search"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What everybody may read is found by its words: not before it is published, by the
// new words after a correction, and not when it is down.
func TestWhatIsPublicIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		found := func(typed string) int {
			t.Helper()
			r, err := (search.Finder{Index: store.Search{DB: db}, Today: h.now.Now()}).Find(t.Context(), search.Parse(typed), search.Filter{}, 1, 10)
			if err != nil {
				t.Fatal(err)
			}
			return r.Total
		}
		want := func(typed string, n int) {
			t.Helper()
			if got := found(typed); got != n {
				t.Errorf("%s finds %d, want %d", typed, got, n)
			}
		}
		p := paper("关于规范村级印章管理的通知", "各苏木镇应当建立登记簿。", publish.NormativeDoc)
		p.Number = "青政服发〔2026〕5号"
		d := h.draft(p)
		h.sign(d.ID)
		want("印章", 0)
		h.do(clerk, d.ID, publish.Issue{})
		for _, typed := range []string{"印章", "章", "“登记簿”", "青政服发(2026)5号", "規範 登記簿"} {
			want(typed, 1)
		}
		h.do(liaison, d.ID, publish.Revise{Why: "用词", Note: "“登记簿”更正为“台账”。"})
		p.FormedOn, p.Text = h.get(d.ID).FormedOn, "各苏木镇应当建立台账。"
		h.do(liaison, d.ID, publish.Edit{Paper: p})
		want("“台账”", 0)
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		want("“台账”", 1)
		want("“登记簿”", 0)
		h.do(clerk, d.ID, publish.TakeDown{Reasons: "x", Note: "核实中"})
		want("印章", 0)
	})
}

func TestAnIndexNumberIsNeverGivenTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		issue := func(index string) error {
			p := paper("公告", "内容。", "notice")
			d, err := h.Draft(ctx, liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: p, Origin: publish.Origin{Index: index}}})
			if err != nil {
				t.Fatal(err)
			}
			h.sign(d.ID)
			return h.Do(ctx, clerk, d.ID, publish.Issue{})
		}
		for _, index := range []string{"", "0142768-8/2021-00185", ""} {
			if err := issue(index); err != nil {
				t.Fatal(err)
			}
		}
		if err := issue("0142768-8/2021-00185"); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "已经用过") {
			t.Errorf("a number of the old site twice: %v", err)
		}
		// A document of the old site has the number that would come next.
		for _, index := range []string{"11150899MB/2026-00003", ""} {
			if err := issue(index); err != nil {
				t.Fatal(err)
			}
		}
		storetest.Exec(t, db, "UPDATE setting SET value = '' WHERE name = $1", setting.IndexCode)
		h.Policies = publish.Rules{Settings: &setting.Book{Store: store.Settings{DB: db}, Trees: h.Trees, Clock: h.now}}
		if err := issue(""); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "机构代码") {
			t.Errorf("an organ without a code: %v", err)
		}
		page, err := h.Store.List(ctx, []account.Place{{Organ: storetest.SectionID}}, paging.Query{Sort: "index", Filters: map[string]string{publish.FilterStatus: string(publish.Published)}}, h.Today())
		var got []string
		for _, r := range page.Rows {
			got = append(got, r.Index)
		}
		if want := []string{"0142768-8/2021-00185", "11150899MB/2026-00001", "11150899MB/2026-00002", "11150899MB/2026-00003", "11150899MB/2026-00004"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestCountsAreThoseOfTheDocuments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		var tallies []publish.Tally
		var lives []publish.Life
		for i := range 12 {
			p := paper(fmt.Sprintf("办法之%d", i), "内容。", []publish.Kind{publish.NormativeDoc, publish.OtherDocument}[i%4/3])
			p.FormedOn = calendar.On(2022+i%5, 1, 4)
			d := h.draft(p)
			h.sign(d.ID)
			h.do(clerk, d.ID, publish.Issue{})
			if i%3 == 0 {
				h.do(head, d.ID, publish.SetValidity{State: publish.Repealed, By: "清理决定", On: calendar.On(2026, 1, 5)})
			}
			got := h.get(d.ID)
			if tally, ok := got.Tally(); ok {
				tallies = append(tallies, tally)
			}
			if life, ok := got.Counted(); ok {
				lives = append(lives, life)
			}
		}
		for _, days := range []string{"2024..2024", "2024-01-04..2024-01-04", "2024-01-05..2026-01-04", "2025-12-01..2026-01-05", "2026-01-05..2026-01-05", "2026-01-06..2026-03-01", "2020-01-01..2030-01-01"} {
			h.sameOf(days, lives)
		}
		for year := 2021; year <= 2027; year++ {
			want := publish.CountTable2(year, tallies)
			f, err := h.Store.Count(ctx, account.Place{Organ: storetest.BureauID}, year)
			if err != nil || fmt.Sprint(f.Table2) != fmt.Sprint(want) {
				t.Errorf("%d: %v, want %v, %v", year, f.Table2, want, err)
			}
			for cell, n := range want {
				page, err := h.Store.List(ctx, []account.Place{{Organ: storetest.BureauID}}, paging.Query{Filters: map[string]string{
					publish.FilterYear: fmt.Sprint(year), publish.FilterCell: cell.Cell, publish.FilterKind: string(cell.Kind),
				}}, h.Today())
				if err != nil || page.Total != n {
					t.Errorf("%d %v: the figure is %d, the list behind it has %d, %v", year, cell, n, page.Total, err)
				}
			}
		}
		h.home.Sound()
	})
}

// sameOf holds table 2 of any days against the documents, by the day of each act, and the
// lists behind it.
func (h *house) sameOf(days string, lives []publish.Life) {
	h.Helper()
	span, ok := calendar.ParseSpan(days)
	if !ok {
		span = calendar.YearSpan(2024)
	}
	want := publish.Table2{}
	for _, life := range lives {
		for _, cell := range life.Cells(span) {
			want[publish.Cell{Kind: life.Kind, Cell: cell}]++
		}
	}
	f, err := h.Store.CountSpan(h.Context(), account.Place{Organ: storetest.BureauID}, span)
	if err != nil || fmt.Sprint(f.Table2) != fmt.Sprint(want) {
		h.Errorf("%s: %v, want %v, %v", span, f.Table2, want, err)
	}
	for _, cell := range []string{publish.CellMade, publish.CellRepealed, publish.CellInForce} {
		page, err := h.Store.List(h.Context(), []account.Place{{Organ: storetest.BureauID}}, paging.Query{Filters: map[string]string{
			publish.FilterYear: span.String(), publish.FilterCell: cell, publish.FilterKind: string(publish.NormativeDoc),
		}}, h.Today())
		if n := want[publish.Cell{Kind: publish.NormativeDoc, Cell: cell}]; err != nil || page.Total != n {
			h.Errorf("%s %s: the figure is %d, the list behind it has %d, %v", span, cell, n, page.Total, err)
		}
	}
}

// The catalogue is read a part at a time, each line once, whatever a part holds.
func TestTheWholeCatalogueIsReadInParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		var want []string
		for _, title := range []string{"第一份通知", "第二份通知", "第三份通知"} {
			d := h.draft(paper(title, "内容。", publish.OtherDocument))
			h.sign(d.ID)
			h.do(clerk, d.ID, publish.Issue{})
			want = append(want, title)
		}
		h.draft(paper("草稿", "内容。", publish.OtherDocument))
		for most := 1; most <= 4; most++ {
			var got []string
			after := ""
			for {
				some, err := store.Documents{DB: db}.CatalogueAfter(t.Context(), after, most)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range some {
					got, after = append(got, l.Title), l.ID
				}
				if len(some) < most {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d at a time: %v", most, got)
			}
		}
	})
}
