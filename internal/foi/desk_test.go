package foi_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// A house is a desk with all that it needs, on a real database.
type house struct {
	*testing.T
	*foi.Desk
	home  *housetest.House
	db    *store.DB
	now   *clock.Manual
	vault *personal.Vault
}

func build(t *testing.T, db *store.DB, on string) *house {
	t.Helper()
	home := housetest.New(t, db, on)
	desk := home.Requests()
	desk.Scribe = nil // letters have tests of their own
	return &house{T: t, home: home, db: db, now: home.Now, vault: home.Vault, Desk: desk}
}

var (
	clerk    = housetest.Is(account.Clerk, storetest.BureauID)
	head     = housetest.Is(account.Head, storetest.BureauID)
	signer   = housetest.Is(account.Signer, storetest.BureauID)
	liaison  = housetest.Is(account.Liaison, storetest.SectionID)
	stranger = housetest.Is(account.Clerk, storetest.OtherID)
	watcher  = housetest.Is(account.Supervisor, storetest.CountyID)
)

var zhang = foi.Facts{personal.Name: "张三", personal.IDNumber: "11010519491231002X", personal.Phone: "13800131234"}

func intake(text string, facts foi.Facts) foi.Intake {
	return foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{facts},
		Receive: foi.Receive{
			Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}},
			Ask: foi.Ask{Text: text, Form: "electronic", Way: "web"}, Strict: true,
		},
	}
}

func (h *house) register(text string, facts foi.Facts) foi.Request {
	h.Helper()
	r, err := h.Register(h.Context(), clerk, intake(text, facts))
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func (h *house) do(actor account.Actor, id string, deeds ...foi.Deed) {
	h.Helper()
	for _, d := range deeds {
		if err := h.Do(h.Context(), actor, id, d); err != nil {
			h.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (h *house) answer(id string, item foi.Item) {
	h.Helper()
	h.do(clerk, id, foi.Submit{Decision: foi.Decision{Items: []foi.Item{item}}})
	h.do(head, id, foi.Approve{})
	h.do(signer, id, foi.Sign{})
	h.do(clerk, id, foi.Serve{Way: foi.Direct})
}

var (
	given    = foi.Item{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}
	notOurs  = foi.Item{Kind: "D1b", Facts: map[string]string{"reasons": "属于民政局职责"}}
	notThere = foi.Item{Kind: "D1a", Facts: map[string]string{"reasons": "经检索未查到"}}
)

func TestALifeAtTheDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		if _, err := h.Register(ctx, stranger, intake("x", zhang)); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another organ's clerk registers: %v", err)
		}
		bad := intake("2024年度低保审批台账", foi.Facts{personal.Name: "张三", personal.IDNumber: "110105194912310021", personal.Phone: "1"})
		if _, err := h.Register(ctx, clerk, bad); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "id-number" {
			t.Errorf("a wrong ID number: %v", err)
		}
		r := h.register("2024年度低保审批台账", zhang)
		if r.Number != "依申请〔2025〕1号" || r.Due != calendar.On(2025, 5, 12) {
			t.Errorf("%s, due %s: a number is lost, or the day", r.Number, r.Due)
		}

		if err := h.Do(ctx, stranger, r.ID, foi.Withdraw{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger withdraws: %v", err)
		}
		if err := h.Do(ctx, watcher, r.ID, foi.ProposeExtension{Days: 5, Reason: "x"}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a supervisor works on it: %v", err)
		}
		if _, err := h.Request(ctx, watcher, r.ID); err != nil {
			t.Errorf("a supervisor does not see it: %v", err)
		}
		if _, err := h.Request(ctx, stranger, r.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger sees it: %v", err)
		}

		h.do(clerk, r.ID, foi.AskSearch{Organ: storetest.SectionID, What: "台账", Until: calendar.On(2025, 4, 14)})
		if _, err := h.Request(ctx, liaison, r.ID); err != nil {
			t.Errorf("who is asked to search does not see it: %v", err)
		}
		h.do(liaison, r.ID, foi.AnswerSearch{Ref: "s1", Where: "政务公开股档案柜、OA 系统"})
		h.answer(r.ID, notThere)
		r, err := h.Request(ctx, clerk, r.ID)
		if err != nil || r.Status != foi.Closed || r.Outcome != "R3.4.1" || r.Decisions[0].Number != "公复〔2025〕1号" || r.Searches[0].By != liaison.ID {
			t.Errorf("%+v, %v", r, err)
		}
		if err := h.ByApplicant(ctx, r.ID, foi.Archive{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("the applicant archives: %v", err)
		}

		events, err := db.EventsOf(ctx, foi.Subject(r.ID))
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, e := range events {
			kinds = append(kinds, strings.TrimPrefix(string(e.Kind), "request."))
			for _, secret := range []string{"张三", "1101", "13800131234", "低保", "档案柜"} {
				if strings.Contains(string(e.Data), secret) {
					t.Errorf("event %s tells %s: %s", e.Kind, secret, e.Data)
				}
			}
		}
		if got, want := strings.Join(kinds, " "), "personal.kept personal.kept personal.kept received search-asked search-answered submitted approved signed served personal.scheduled"; got != want {
			t.Errorf("events: %s", got)
		}
		if last := events[len(events)-2]; last.State != r.Digest() {
			t.Error("the log and the record disagree")
		}
		var findings []store.Finding
		if err := db.VerifyState(ctx, func(f store.Finding) {
			if strings.HasPrefix(f.ID, "request/") {
				findings = append(findings, f)
			}
		}); err != nil || len(findings) != 0 {
			t.Errorf("%v, %v", findings, err)
		}
		storetest.Exec(t, db, "UPDATE request SET file = replace(file, 'R3.4.1', 'R3.1') WHERE id = $1", r.ID)
		if err := db.VerifyState(ctx, func(f store.Finding) { findings = append(findings, f) }); err != nil || len(findings) == 0 {
			t.Errorf("a change past the program is not seen: %v", err)
		}
	})
}

func TestPersonalDataFollowTheRequest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		r := h.register("2024年度低保审批台账", zhang)
		if shown, err := h.vault.Masked(ctx, foi.Subject(r.ID)); err != nil || len(shown) != 3 {
			t.Errorf("%+v, %v", shown, err)
		}
		consult := foi.Consult{Kind: foi.ThirdParty, Third: foi.Party{Role: foi.IsThirdParty, Kind: "C1"}}
		if err := h.Consult(ctx, clerk, r.ID, consult, foi.Facts{personal.Name: "李四", personal.Address: "青川旗河湾镇红星村三组"}); err != nil {
			t.Fatal(err)
		}
		if shown, err := h.vault.Masked(ctx, event.Subject{Type: "request-party", ID: r.ID + ".2"}); err != nil || len(shown) != 2 {
			t.Errorf("the third party: %+v, %v", shown, err)
		}
		for _, phone := range []string{"13800131234", "13800130000"} {
			rows, err := h.FindByPerson(ctx, clerk, personal.Phone, phone)
			if want := phone == "13800131234"; err != nil || (len(rows) == 1) != want {
				t.Errorf("%s: %+v, %v", phone, rows, err)
			}
		}
		h.do(clerk, r.ID, foi.GiveOpinion{Ref: "c1", Agrees: true})
		h.answer(r.ID, given)
		h.home.On("2035-04-10")
		if n, err := h.vault.Erase(ctx); n != 0 || err != nil {
			t.Errorf("erased %d within ten years, %v", n, err)
		}
		h.home.On("2035-04-11")
		if n, err := h.vault.Erase(ctx); n != 5 || err != nil {
			t.Errorf("erased %d after ten years, %v", n, err)
		}
	})
}

func TestSplitAtTheDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		whole := h.register("甲；乙；丙", zhang)
		h.home.On("2025-04-11")
		h.do(clerk, whole.ID, foi.Divide{Texts: []string{"甲", "乙", " ", "丙"}})
		whole, err := h.Request(ctx, clerk, whole.ID)
		if err != nil || whole.Status != foi.Divided || len(whole.Parts) != 3 {
			t.Fatalf("%+v, %v", whole, err)
		}
		for i, id := range whole.Parts {
			part, err := h.Request(ctx, clerk, id)
			if err != nil || part.Number != []string{"依申请〔2025〕1-1号", "依申请〔2025〕1-2号", "依申请〔2025〕1-3号"}[i] || part.Due != calendar.On(2025, 5, 12) {
				t.Errorf("%s, due %s, %v", part.Number, part.Due, err)
			}
			if shown, err := h.vault.Masked(ctx, foi.Subject(whole.ID)); err != nil || part.Applicant().Owner != foi.Subject(whole.ID).String() || len(shown) != 3 {
				t.Errorf("the part has lost its applicant: %+v, %v", part.Applicant(), err)
			}
		}
		h.answer(whole.Parts[0], given)
		t3, _, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, 2025)
		want := foi.Table3{{Row: "R1", Column: "C1"}: 3, {Row: "R3.1", Column: "C1"}: 1, {Row: "R4", Column: "C1"}: 2}
		if err != nil || len(t3) != len(want) {
			t.Errorf("V17: %v, %v", t3, err)
		}
		for cell, n := range want {
			if t3[cell] != n {
				t.Errorf("V17: %v is %d, want %d", cell, t3[cell], n)
			}
		}
	})
}

func TestFromThePortal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-08"), t.Context()
		in := intake("", zhang)
		if _, err := h.Apply(ctx, in); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "text" {
			t.Errorf("without a description: %v", err)
		}
		in.Receive.Ask.Text, in.Organ = "低保审批台账", "nowhere"
		if _, err := h.Apply(ctx, in); errs.KindOf(err) != errs.Invalid {
			t.Errorf("to an organ that is not there: %v", err)
		}
		in.Organ = storetest.BureauID
		r, err := h.Apply(ctx, in)
		if err != nil || r.Status != foi.Unconfirmed || r.Channel != foi.Web {
			t.Fatalf("%+v, %v", r, err)
		}
		h.home.On("2025-04-10")
		if err := h.ByApplicant(ctx, r.ID, foi.Confirm{}); err != nil {
			t.Error(err)
		}
		r, _ = h.Request(ctx, clerk, r.ID)
		if r.Due != calendar.On(2025, 5, 12) {
			t.Errorf("P1: due %s", r.Due)
		}
		if err := h.ByApplicant(ctx, r.ID, foi.Withdraw{}); err != nil {
			t.Error(err)
		}
		if err := h.Do(ctx, clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{given}}}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("decided after withdrawal: %v", err)
		}
	})
}

func TestKinAreFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		li := foi.Facts{personal.Name: "李四", personal.IDNumber: "110101199003074258", personal.Phone: "13900139000"}
		first := h.register("红星村2023年征地补偿款发放明细", zhang)
		h.answer(first.ID, given)
		h.home.On("2025-04-14")
		others := h.register("申请公开红星村2023年征地补偿款的发放明细表", li)
		h.register("河湾镇2024年危房改造验收报告", li)
		again := h.register("请公开红星村2023年征地补偿款发放明细", foi.Facts{personal.Name: "张三", personal.IDNumber: "11010519491231002x", personal.Phone: "13811112222"})
		kin, err := h.Kin(ctx, clerk, again.ID)
		if err != nil || len(kin) != 2 {
			t.Fatalf("%+v, %v", kin, err)
		}
		for _, k := range kin {
			if (k.ID == first.ID) != k.SameApplicant || !k.Likeness.Near() || k.ID != first.ID && k.ID != others.ID {
				t.Errorf("%+v", k)
			}
		}
		if e := foi.Earlier(kin); len(e) != 1 || e[0].ID != first.ID {
			t.Errorf("earlier: %+v", e)
		}
		if _, err := h.Kin(ctx, stranger, again.ID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger looks: %v", err)
		}
	})
}

func TestListsAndCells(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2024-12-27"), t.Context()
		old := h.register("甲镇补贴发放明细", zhang)
		h.home.On("2025-01-10")
		h.answer(old.ID, notOurs)
		open := h.register("乙镇补贴发放明细", zhang)
		storetest.Person(t, db, "p1", storetest.BureauID, "clerk")
		if err := h.Do(ctx, head, open.ID, foi.Reassign{To: "nobody"}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("given to nobody: %v", err)
		}
		h.do(head, open.ID, foi.Reassign{To: "p1"})
		for _, c := range []struct {
			name  string
			actor account.Actor
			q     paging.Query
			want  string
		}{
			{"all", clerk, paging.Query{}, "乙甲"},
			{"a supervisor", watcher, paging.Query{}, "乙甲"},
			{"another organ", stranger, paging.Query{}, ""},
			{"open", clerk, paging.Query{Filters: map[string]string{foi.FilterOpen: "yes"}}, "乙"},
			{"closed", clerk, paging.Query{Filters: map[string]string{foi.FilterOpen: "no"}}, "甲"},
			{"by outcome", clerk, paging.Query{Filters: map[string]string{foi.FilterOutcome: "R3.4.1"}}, "甲"},
			{"of somebody", clerk, paging.Query{Filters: map[string]string{foi.FilterHandler: "p1"}}, "乙"},
			{"of nobody", clerk, paging.Query{Filters: map[string]string{foi.FilterHandler: "none"}}, "甲"},
			{"words", clerk, paging.Query{Words: "甲镇"}, "甲"},
			{"a wildcard is a letter", clerk, paging.Query{Words: "%"}, ""},
			{"by day of arrival, backwards", clerk, paging.Query{Sort: "arrived", Desc: true}, "乙甲"},
			{"second page", clerk, paging.Query{Size: 1, Page: 2}, "甲"},
			{"below the county", watcher, paging.Query{Filters: map[string]string{foi.FilterBelow: storetest.CountyID}}, "乙甲"},
			{"R1 of 2024", clerk, cell("2024", "R1", "C1"), "甲"},
			{"R4 of 2024", clerk, cell("2024", "R4", ""), "甲"},
			{"R2 of 2025", clerk, cell("2025", "R2", ""), "甲"},
			{"result of 2025", clerk, cell("2025", "R3.4.1", "C1"), "甲"},
			{"R1 of 2025", clerk, cell("2025", "R1", ""), "乙"},
			{"R1 of 2025 by companies", clerk, cell("2025", "R1", "C2"), ""},
			{"2026", clerk, cell("2026", "R2", ""), "乙"},
			{"due up to a day", clerk, paging.Query{Filters: map[string]string{foi.FilterDueBy: "2025-02-20"}}, "乙"},
			{"… and not before", clerk, paging.Query{Filters: map[string]string{foi.FilterDueBy: "2025-01-20"}}, ""},
		} {
			page, err := h.List(ctx, c.actor, c.q)
			got := ""
			for _, r := range page.Rows {
				got += string([]rune(r.Headline)[:1])
			}
			if err != nil || got != c.want {
				t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
			}
		}
		if _, err := h.List(ctx, account.Actor{ID: "x"}, paging.Query{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("without a right: %v", err)
		}
		h.home.On("2025-03-01")
		overdue, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterDue: "overdue"}})
		if err != nil || len(overdue.Rows) != 1 || !overdue.Rows[0].Overdue(calendar.On(2025, 3, 1)) {
			t.Errorf("overdue: %+v, %v", overdue, err)
		}
		if _, _, err := h.Count(ctx, clerk, account.Place{Organ: storetest.CountyID, Below: true}, 2025); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a clerk counts the county: %v", err)
		}
	})
}

func cell(year, row, column string) paging.Query {
	return paging.Query{Filters: map[string]string{foi.FilterYear: year, foi.FilterRow: row, foi.FilterColumn: column}}
}

func TestDisputesAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2024-03-04"), t.Context()
		r := h.register("甲镇补贴发放明细", zhang)
		h.answer(r.ID, notOurs)
		h.do(clerk, r.ID, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府", Number: "1"})
		h.home.On("2025-01-13")
		h.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", Result: foi.Overturned, Order: true}, foi.Reopen{})
		r, err := h.Request(ctx, clerk, r.ID)
		if err != nil || r.Due != calendar.On(2025, 2, 14) {
			t.Errorf("due %s, %v", r.Due, err)
		}
		for year, want := range map[int]foi.Result{2023: "", 2024: foi.Undecided, 2025: foi.Overturned, 2026: ""} {
			for _, result := range []foi.Result{foi.Undecided, foi.Overturned, foi.Upheld} {
				page, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{foi.FilterYear: fmt.Sprint(year), foi.FilterDispute: "review", foi.FilterResult: string(result)}})
				if err != nil || (len(page.Rows) == 1) != (result == want) {
					t.Errorf("%d %s: %d requests, %v", year, result, len(page.Rows), err)
				}
			}
			_, t4, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, year)
			if err != nil || want == "" && len(t4) != 0 || want != "" && t4[foi.Place{Kind: foi.Reconsideration, Result: want}] != 1 {
				t.Errorf("%d: %v, %v", year, t4, err)
			}
		}
	})
}

func TestAHolidayNoticeMovesOpenLimitsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		closed := h.register("甲镇补贴发放明细", zhang)
		h.answer(closed.ID, notOurs)
		open := h.register("乙镇补贴发放明细", zhang)
		next := moved(t)
		m := foi.Mover{Desk: h.Desk}
		if some, all, err := m.Preview(ctx, next, 0); err != nil || all || len(some) != 0 {
			t.Errorf("more is looked at than was asked for, or it is taken for all: %+v, %v", some, err)
		}
		moves, all, err := m.Preview(ctx, next, 1)
		want := calendar.Move{Organ: storetest.BureauID, Subject: "request/" + open.ID, Title: open.Number + " 乙镇补贴发放明细", From: calendar.On(2025, 5, 12), To: calendar.On(2025, 5, 13)}
		if err != nil || !all || len(moves) != 1 || moves[0] != want {
			t.Errorf("%+v, %v, %v", moves, all, err)
		}
		pen := event.Pen{Actor: event.System, At: h.now.Now(), IDs: h.IDs}
		for i, want := range []int{1, 0} {
			if n, err := m.Apply(ctx, pen, next, func(int) {}); n != want || err != nil {
				t.Errorf("round %d moves %d, %v", i, n, err)
			}
		}
		r, _ := h.Request(ctx, clerk, open.ID)
		if last := r.History[len(r.History)-1]; r.Due != calendar.On(2025, 5, 13) || last.Event != foi.LimitMoved || last.Until != r.Due {
			t.Errorf("due %s: %+v", r.Due, last)
		}
	})
}

// moved gives a calendar in which 6 May 2025 is a holiday too.
func moved(t *testing.T) *calendar.Calendar {
	t.Helper()
	years, err := calendar.Built()
	if err != nil {
		t.Fatal(err)
	}
	for i := range years {
		if years[i].Year == 2025 {
			d := calendar.On(2025, 5, 6)
			years[i].Notices = append(years[i].Notices, calendar.Notice{Number: "国办发明电〔2025〕99号", Holidays: []calendar.Holiday{{Name: "临时放假", Off: []calendar.Span{{From: d, To: d}}, Work: []calendar.Date{}}}})
		}
	}
	cal, err := calendar.New(years, calendar.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// Two clerks at once: numbers have no gap, and a deed that comes second is judged
// by what the first has left.
func TestTwoAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		const n = 12
		done := make(chan string, n)
		for range n {
			go func() {
				r, err := h.Register(ctx, clerk, intake("甲镇补贴发放明细", zhang))
				if err != nil {
					t.Error(err)
				}
				done <- r.Number
			}()
		}
		seen := map[string]bool{}
		for range n {
			seen[<-done] = true
		}
		for i := range n {
			if number := foi.NumberOf("依申请", 2025, int64(i+1)); !seen[number] {
				t.Errorf("%s is missing", number)
			}
		}
		r := h.register("乙镇补贴发放明细", zhang)
		result := make(chan error, n)
		for range n {
			go func() {
				result <- h.Do(ctx, clerk, r.ID, foi.ProposeExtension{Days: 5, Reason: "档案搬迁"})
			}()
		}
		won := 0
		for range n {
			switch err := <-result; {
			case err == nil:
				won++
			case errs.KindOf(err) != errs.Conflict:
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d of %d proposals were taken", won, n)
		}
	})
}
