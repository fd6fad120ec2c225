package publish_test

import (
	"slices"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/housetest"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestSomebodyHasItOnTheirList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		p := paper("2026年统计公报", "内容。", "statistics")
		p.FormedOn = calendar.On(2026, 2, 11)
		d := h.draft(p)
		want := func(role account.Role, organ, person, title, due string) {
			t.Helper()
			if got := h.list(role, organ, person); !slices.Contains(got, title+" "+due) {
				t.Errorf("%s has %q, want %s %s", person, got, title, due)
			}
		}
		want(account.Liaison, storetest.SectionID, "liaison", "修改并提交文件：2026年统计公报", "2026-03-05")
		h.do(liaison, d.ID, publish.Submit{})
		want(account.Head, storetest.SectionID, "chief", "审核本股室拟稿：2026年统计公报", "2026-03-05")
		if got := h.list(account.Liaison, storetest.SectionID, "liaison"); len(got) != 0 {
			t.Errorf("done, and still on the list: %q", got)
		}
		h.home.On("2026-03-09")
		h.do(chief, d.ID, publish.Pass{})
		want(account.Reviewer, storetest.BureauID, "reviewer", "逐项保密审查：2026年统计公报", "2026-03-12")
		h.clear(d.ID)
		h.do(head, d.ID, publish.Check{})
		h.do(signer, d.ID, publish.Sign{})
		want(account.Clerk, storetest.BureauID, "clerk", "发布文件：2026年统计公报", h.get(d.ID).Due.String())
		h.do(clerk, d.ID, publish.Issue{})
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("published, and still on the list: %q", got)
		}

		// A normative document comes back with the years, and lapses by itself.
		d = h.draft(paper("管理办法", "内容。", publish.NormativeDoc))
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		h.do(head, d.ID, publish.SetValidity{State: publish.InForce, Term: calendar.On(2026, 8, 31)})
		h.tend("2026-07-01", 0)
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("too early: %q", got)
		}
		h.tend("2026-08-03", 0)
		want(account.Clerk, storetest.BureauID, "clerk", "有效期将届满，报请延续、修改或者失效：管理办法", "2026-08-31")
		h.tend("2026-09-01", 1)
		if v := h.get(d.ID).Validity; v.State != publish.Lapsed {
			t.Errorf("%+v", v)
		}
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("lapsed, and still on the list: %q", got)
		}
		h.home.Sound()
	})
}

func (h *house) tend(day string, changed int) {
	h.Helper()
	h.home.On(day)
	if n, err := h.Tend(h.Context()); err != nil || n != changed {
		h.Errorf("on %s %d changed, want %d: %v", day, n, changed, err)
	}
}

func TestANewHolidayMovesTheLimit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		p := paper("公告", "内容。", "notice")
		p.FormedOn = calendar.On(2026, 3, 2)
		d := h.draft(p)
		other, err := (housetest.BuiltIn{}).Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		years, err := calendar.Built()
		if err != nil {
			t.Fatal(err)
		}
		for i := range years {
			if years[i].Year == 2026 {
				off := calendar.Holiday{Name: "那达慕", Off: []calendar.Span{{From: calendar.On(2026, 3, 16), To: calendar.On(2026, 3, 16)}}}
				years[i].Notices = append(years[i].Notices, calendar.Notice{Number: "x", Issued: calendar.On(2026, 3, 1), Source: "x", Holidays: []calendar.Holiday{off}})
			}
		}
		next, err := calendar.New(years, other.Settings())
		if err != nil {
			t.Fatal(err)
		}
		m := publish.Mover{Desk: h.Desk}
		if _, all, err := m.Preview(ctx, next, 0); err != nil || all {
			t.Errorf("a part is taken for all: %v", err)
		}
		moves, all, err := m.Preview(ctx, next, 1)
		if err != nil || !all || len(moves) != 1 || moves[0].To != calendar.On(2026, 3, 31) {
			t.Fatalf("%+v, %v", moves, err)
		}
		pen := event.Pen{Actor: event.System, At: h.now.Now(), IDs: h.IDs}
		for i, want := range []int{1, 0} {
			if n, err := m.Apply(ctx, pen, next, func(int) {}); err != nil || n != want {
				t.Errorf("time %d: %d moved, %v", i, n, err)
			}
		}
		if got := h.get(d.ID).Due; got != calendar.On(2026, 3, 31) {
			t.Errorf("due %s", got)
		}
	})
}
