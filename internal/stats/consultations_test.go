package stats_test

import (
	"context"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/consult"
	"gongkai/internal/filing"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/stats"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// The total of all opinions is what the ledger has and what sections filed beside it; each
// figure of the ledger leads to a list with as many lines.
func TestOpinionsReachTheReport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := housetest.New(t, db, "2026-01-05"), t.Context()
		desk := h.Consultations()
		clerk, head := housetest.Is(account.Clerk, storetest.BureauID), housetest.Is(account.Head, storetest.BureauID)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		content := consult.Content{
			Title: "关于停车场管理办法公开征求意见的公告", Kind: consult.Normative, From: calendar.On(2025, 9, 1), Until: calendar.On(2025, 9, 30), Past: true,
			Draft: consult.Paper{Text: "第一条"}, Explanation: consult.Paper{Text: "背景"}, Contact: "政策法规股", Phone: "0478-3212345",
		}
		id, err := desk.Begin(ctx, clerk, storetest.BureauID, content)
		must(err)
		must(desk.Do(ctx, clerk, id, consult.Submit{Excuse: "办公电话"}))
		must(desk.Do(ctx, head, id, consult.Approve{}))
		var given []consult.Given
		for i, channel := range []consult.Channel{"letter", "letter", "email", "phone", "hall"} {
			given = append(given, consult.Given{Channel: channel, Giver: "person", Text: "意见" + string(rune('一'+i)), On: calendar.On(2025, 9, 2+i)})
		}
		all, err := desk.Enter(ctx, clerk, id, given)
		must(err)
		must(desk.Reply(ctx, clerk, id, []string{all[0].ID, all[1].ID}, consult.Answer{Outcome: consult.Adopted, Gist: "概要"}))
		must(desk.Reply(ctx, clerk, id, []string{all[2].ID}, consult.Answer{Outcome: consult.Declined, Gist: "概要", Reason: "理由"}))
		must(desk.SetAside(ctx, clerk, id, []string{all[3].ID}, "spam", "广告"))

		office := &filing.Office{
			Store: store.Filings{DB: db}, Trees: h.Trees, Calendars: builtIn{}, Staff: nobody{}, Clock: h.Now, IDs: h.IDs,
			Policies: func(context.Context, string) (filing.Policy, error) { return filing.Policy{Day: 5, Lead: 3}, nil },
		}
		must(office.Set(ctx, clerk, filing.Figure{
			Organ: storetest.BureauID, Name: "opinions.collected", Word: filing.Word{Chinese: "台账以外收集的意见建议", English: "beside the ledger"}, Meaning: "问卷和意见箱", Unit: filing.Count, Every: filing.Yearly,
			Section: storetest.BureauID, Role: account.Clerk, From: calendar.On(2025, 1, 1),
		}))
		key := filing.Key{Section: storetest.BureauID, Role: account.Clerk, Period: filing.Period{Year: 2025, Every: filing.Yearly, Part: 1}}.String()
		must(office.Do(ctx, clerk, key, filing.Fill{Content: filing.Content{Values: map[string]int64{"opinions.collected": 12}}}, filing.Submit{}))
		must(office.Do(ctx, head, key, filing.Confirm{}))

		source, place := stats.Consultations{Desk: desk, Filings: stats.Filings{Office: office}}, account.Place{Organ: storetest.BureauID}
		f, err := source.Figures(ctx, clerk, place, 2025)
		must(err)
		for name, want := range map[string]int64{
			"consultations.held": 1, "opinions.ledger": 4, "opinions.adopted": 2, "opinions.partly": 0, "opinions.declined": 1, "opinions.by-letter": 2, "opinions.by-email": 1, "opinions.by-phone": 0, "opinions.by-hall": 1, "opinions.by-online": 0, "opinions.total": 16,
		} {
			one, ok := f.Find(name)
			if !ok || one.Value != want || one.Meaning.Chinese == "" || one.Meaning.English == "" {
				t.Errorf("%s is %d, want %d: %+v", name, one.Value, want, one)
			}
			q := paging.Query{Filters: one.Cases.Filters}
			switch one.Cases.List {
			case compile.Opinions:
				page, err := desk.Opinions(ctx, clerk, q)
				if err != nil || page.Total != int(want) {
					t.Errorf("%s leads to %d lines, %v", name, page.Total, err)
				}
			case compile.Consultations:
				page, err := desk.List(ctx, clerk, q)
				if err != nil || page.Total != int(want) {
					t.Errorf("%s leads to %d lines, %v", name, page.Total, err)
				}
			case compile.Parts:
				if name != "opinions.total" || q.Filters["q"] != "opinions." || q.Filters["from"] != "2025-01-01" {
					t.Errorf("%s leads to figures, %v", name, q.Filters)
				}
			default:
				t.Errorf("%s leads nowhere", name)
			}
		}
		quarter := calendar.Span{From: calendar.On(2025, 10, 1), To: calendar.On(2025, 12, 31)}
		some, err := source.Over(ctx, clerk, place, quarter)
		must(err)
		if one, _ := some.Find("opinions.ledger"); one.Value != 0 {
			t.Errorf("%+v", one)
		}
		if _, there := some.Find("opinions.total"); there {
			t.Error("a quarter has a total although filed periods are whole years")
		}
		below, err := source.Figures(ctx, housetest.Is(account.Supervisor, storetest.CountyID), account.Place{Organ: storetest.CountyID, Below: true}, 2025)
		must(err)
		if one, _ := below.Find("opinions.total"); one.Value != 16 {
			t.Errorf("%+v", one)
		}
		if _, err := source.Figures(ctx, housetest.Is(account.Clerk, storetest.OtherID), place, 2025); err == nil {
			t.Error("another organ counts them")
		}
	})
}
