package consult_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

type house struct {
	*consult.Desk
	*housetest.House
	t *testing.T
}

// open begins on Monday, 2 March 2026.
func open(t *testing.T, db *store.DB) *house {
	h := housetest.New(t, db, "2026-03-02")
	return &house{h.Consultations(), h, t}
}

var (
	clerk  = housetest.Is(account.Clerk, storetest.BureauID)
	head   = housetest.Is(account.Head, storetest.BureauID)
	signer = housetest.Is(account.Signer, storetest.BureauID)
	other  = housetest.Is(account.Clerk, storetest.OtherID)
)

func good(from, until calendar.Date) consult.Content {
	return consult.Content{
		Title: "关于《青川旗公共停车场管理办法（征求意见稿）》公开征求意见的公告", Kind: consult.Normative, From: from, Until: until,
		Draft: consult.Paper{Text: "第一条　为了规范停车场管理，制定本办法。"}, Explanation: consult.Paper{Text: "一、起草的背景和依据。"}, Contact: "政策法规股", Phone: "0478-3212345",
	}
}

var first, last = calendar.On(2026, 3, 2), calendar.On(2026, 3, 11)

// must does deeds that are permitted.
func (h *house) must(actor account.Actor, id string, deeds ...consult.Deed) {
	h.t.Helper()
	for _, deed := range deeds {
		if err := h.Do(h.t.Context(), actor, id, deed); err != nil {
			h.t.Fatalf("%s: %v", deed.Event(), err)
		}
	}
}

// opened gives a consultation that is open today.
func (h *house) opened() string {
	h.t.Helper()
	id, err := h.Begin(h.t.Context(), clerk, storetest.BureauID, good(first, last))
	if err != nil {
		h.t.Fatal(err)
	}
	h.must(clerk, id, consult.Submit{Excuse: "本机关的办公电话。"})
	h.must(head, id, consult.Approve{})
	return id
}

func (h *house) given(id, text string) consult.Opinion {
	h.t.Helper()
	o, err := h.Give(h.t.Context(), "192.0.2.1", id, consult.Given{Giver: "person", Text: text, Name: "钱多多", Contact: "13900000077"})
	if err != nil {
		h.t.Fatal(err)
	}
	return o
}

// todo gives what stands on somebody's list in the bureau.
func (h *house) todo() []work.Item {
	h.t.Helper()
	page, err := store.Work{DB: h.DB}.List(h.t.Context(), work.Scope{Places: []account.Place{{Organ: storetest.BureauID}}}, work.Query{Today: h.Today()})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Rows
}

// From the draft to the feedback, with what everybody reads on the way.
func TestAConsultationFromDraftToFeedback(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		id := h.opened()
		rows, err := h.OpenNow(ctx, storetest.BureauID, 5)
		if err != nil || len(rows) != 1 || rows[0].ID != id || rows[0].DaysLeft(h.Today()) != 10 {
			t.Fatalf("%+v, %v", rows, err)
		}
		if rows, err := h.OpenNow(ctx, storetest.OtherID, 5); err != nil || len(rows) != 0 {
			t.Errorf("another organ: %+v, %v", rows, err)
		}
		shown, err := h.Public(ctx, id)
		if err != nil || len(shown.Hands) != 0 || shown.Excuse != "" || shown.ApprovedBy != "" || len(shown.History) != 0 {
			t.Errorf("everybody reads what is the house's: %+v, %v", shown, err)
		}
		a, b, c, d := h.given(id, "第三条的收费太高。"), h.given(id, "收费标准应当降低。"), h.given(id, "夜间应当免费。"), h.given(id, "代办贷款")
		h.On("2026-03-11")
		if n, err := h.Tend(ctx); err != nil || n != 1 || len(h.todo()) != 1 || h.todo()[0].Due != last {
			t.Errorf("%d, %v, %+v", n, err, h.todo())
		}
		if err := h.Do(ctx, clerk, id, consult.Write{Text: "反馈。"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("feedback while it is open: %v", err)
		}
		h.On("2026-03-12")
		if _, err := h.Tend(ctx); err != nil || len(h.todo()) != 1 || !strings.Contains(h.todo()[0].Title, "反馈采纳情况") || h.todo()[0].Due != calendar.On(2026, 4, 1) {
			t.Errorf("%v, %+v", err, h.todo())
		}
		if _, err := h.Give(ctx, "192.0.2.1", id, consult.Given{Giver: "person", Text: "来晚了。"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("online after the last day: %v", err)
		}
		late, err := h.Enter(ctx, clerk, id, []consult.Given{{Channel: "letter", Giver: "business", Text: "挂号信：建议增加充电桩。", On: calendar.On(2026, 3, 12)}})
		if err != nil || !late[0].Late(last) {
			t.Fatalf("%+v, %v", late, err)
		}
		h.must(clerk, id, consult.Write{Text: "现将采纳情况反馈如下。"})
		if err := h.Do(ctx, clerk, id, consult.SubmitFeedback{}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "5条意见没有办理") {
			t.Errorf("feedback with open opinions: %v", err)
		}
		reply := func(answer consult.Answer, ids ...string) {
			t.Helper()
			if err := h.Reply(ctx, clerk, id, ids, answer); err != nil {
				t.Fatal(err)
			}
		}
		reply(consult.Answer{Outcome: consult.Adopted, Gist: "降低收费标准"}, a.ID, b.ID)
		reply(consult.Answer{Outcome: consult.Declined, Gist: "夜间免费", Reason: "夜间管理也有成本。"}, c.ID)
		reply(consult.Answer{Outcome: consult.Partly, Gist: "增加充电桩", Reason: "分批建设。"}, late[0].ID)
		if err := h.SetAside(ctx, clerk, id, []string{d.ID}, "spam", "广告，与草案无关。"); err != nil {
			t.Fatal(err)
		}
		if f, err := h.Follow(ctx, strings.ToLower(a.Number)); err != nil || f.Told || f.Outcome != "" || f.Gist != "" {
			t.Errorf("what became of it is told before the feedback: %+v, %v", f, err)
		}
		h.must(clerk, id, consult.SubmitFeedback{})
		if err := h.Reply(ctx, clerk, id, []string{a.ID}, consult.Answer{Outcome: consult.Adopted, Gist: "另一种"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("the ledger changes while the head reads: %v", err)
		}
		if got := h.todo(); len(got) != 1 || got[0].For.Role != account.Head {
			t.Errorf("%+v", got)
		}
		h.must(head, id, consult.SendFeedbackBack{Reasons: "请核对条数。"})
		h.must(clerk, id, consult.SubmitFeedback{})
		h.must(head, id, consult.Publish{})
		if got := h.todo(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		shown, err = h.Public(ctx, id)
		told, ok := shown.Told()
		if err != nil || !ok || told.Count != (consult.Tally{Received: 4, Adopted: 2, Partly: 1, Declined: 1, Aside: 1}) || len(told.Groups) != 3 || told.Groups[0].N != 2 {
			t.Errorf("%+v, %v", told, err)
		}
		if got := told.Count.Sentence(); got != "共收到意见4条，其中采纳2条，部分采纳1条，未采纳1条。" {
			t.Error(got)
		}
		if f, err := h.Follow(ctx, c.Number); err != nil || !f.Told || f.Outcome != consult.Declined || f.Reason != "夜间管理也有成本。" {
			t.Errorf("%+v, %v", f, err)
		}
		if err := h.Reply(ctx, clerk, id, []string{a.ID}, consult.Answer{Outcome: consult.Adopted, Gist: "另一种"}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what was told is changed silently: %v", err)
		}
		after, err := h.Enter(ctx, clerk, id, []consult.Given{{Channel: "letter", Giver: "person", Text: "信件今天才到：建议分区收费。"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Tend(ctx); err != nil {
			t.Fatal(err)
		}
		if got := h.todo(); len(got) != 1 || !strings.Contains(got[0].Title, "反馈以后收到的意见") || got[0].Due != calendar.On(2026, 4, 2) {
			t.Errorf("what comes after the feedback is on nobody's list: %+v", got)
		}
		reply(consult.Answer{Outcome: consult.Declined, Gist: "分区收费", Reason: "旗区不分区。"}, after[0].ID)
		if f, err := h.Follow(ctx, after[0].Number); err != nil || f.Outcome != consult.Declined || !f.Late(last) || len(h.todo()) != 0 {
			t.Errorf("%+v, %v, %+v", f, err, h.todo())
		}
		if shown, _ := h.Public(ctx, id); shown.Feedback[0].Count.Received != 4 {
			t.Errorf("what was told changes by itself: %+v", shown.Feedback[0].Count)
		}
		h.must(clerk, id, consult.Correct{Why: "第一条的概要不准确。"})
		if got := h.todo(); len(got) != 1 || !strings.Contains(got[0].Title, "更正意见反馈") || got[0].Due != calendar.On(2026, 4, 2) {
			t.Errorf("%+v", got)
		}
		reply(consult.Answer{Outcome: consult.Partly, Gist: "降低收费标准", Reason: "第一小时降低。"}, a.ID, b.ID)
		h.must(clerk, id, consult.SubmitFeedback{})
		if shown, _ := h.Public(ctx, id); shown.Row.Phase(h.Today()) != consult.Told || len(shown.Feedback) != 1 {
			t.Errorf("what was told vanishes while it is corrected: %+v", shown.Row)
		}
		h.must(head, id, consult.Publish{})
		if shown, _ := h.Public(ctx, id); len(shown.Feedback) != 2 || shown.Feedback[1].Count.Partly != 3 || shown.Feedback[1].Why == "" {
			t.Errorf("%+v", shown.Feedback)
		}
		h.Sound()
	})
}

// No name, contact or text of an opinion stands in the log, and names are shown masked,
// whole for a reason.
func TestWhoGaveAnOpinionIsSealed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		id := h.opened()
		o := h.given(id, "第三条的收费太高。")
		events, err := db.EventsOf(ctx, consult.OpinionSubject(o.ID))
		if err != nil || len(events) != 3 {
			t.Fatalf("%+v, %v", events, err)
		}
		for _, e := range events {
			for _, secret := range []string{"钱多多", "13900000077", "收费"} {
				if strings.Contains(string(e.Data), secret) {
					t.Errorf("%s stands in the log: %s", secret, e.Data)
				}
			}
		}
		_, _, shown, err := h.Opinion(ctx, clerk, o.ID)
		if err != nil || len(shown) != 2 {
			t.Fatalf("%+v, %v", shown, err)
		}
		for _, s := range shown {
			if strings.Contains(s.Masked, "多多") || strings.Contains(s.Masked, "0000") {
				t.Errorf("%+v", s)
			}
			want := map[personal.Kind]string{personal.Name: "钱多多", personal.Phone: "13900000077"}[s.Kind]
			if plain, err := h.Reveal(ctx, clerk, o.ID, s.ID, "电话核实意见的内容"); err != nil || plain != want {
				t.Errorf("%q, %v", plain, err)
			}
			if _, err := h.Reveal(ctx, signer, o.ID, s.ID, "电话核实意见的内容"); errs.KindOf(err) != errs.Forbidden {
				t.Errorf("a signer: %v", err)
			}
		}
		page, err := h.Opinions(ctx, clerk, paging.Query{})
		if err != nil || page.Total != 1 {
			t.Fatalf("%+v, %v", page, err)
		}
		if names, err := h.Names(ctx, clerk, page.Rows, ""); err != nil || names[consult.OpinionSubject(o.ID).String()][personal.Name] != "钱**" {
			t.Errorf("%+v, %v", names, err)
		}
		if names, err := h.Names(ctx, clerk, page.Rows, "汇总后逐一电话回访"); err != nil || names[consult.OpinionSubject(o.ID).String()][personal.Name] != "钱多多" {
			t.Errorf("%+v, %v", names, err)
		}
		if _, err := h.Names(ctx, signer, page.Rows, "汇总后逐一电话回访"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a signer takes names away: %v", err)
		}
		h.Now.Advance(400 * 24 * time.Hour)
		if n, err := h.House.Vault.Erase(ctx); err != nil || n != 2 {
			t.Errorf("%d data are erased in time, %v", n, err)
		}
	})
}

// A form that is sent twice is one opinion; two people who say the same are two.
func TestSentTwiceIsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		id := h.opened()
		g := consult.Given{Giver: "person", Text: "第三条的收费太高。", Once: "form1"}
		one, err := h.Give(ctx, "192.0.2.1", id, g)
		two, again := h.Give(ctx, "192.0.2.1", id, g)
		if err != nil || again != nil || one.Number != two.Number {
			t.Errorf("%+v, %+v, %v, %v", one, two, err, again)
		}
		g.Once = "form2"
		if three, err := h.Give(ctx, "192.0.2.2", id, g); err != nil || three.Number == one.Number {
			t.Errorf("%+v, %v", three, err)
		}
	})
}

func TestWhatIsRefusedAndToWhom(t *testing.T) {
	h, ctx := open(t, storetest.SQLite(t)), t.Context()
	if _, err := h.Begin(ctx, other, storetest.BureauID, good(first, last)); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a stranger begins: %v", err)
	}
	id, err := h.Begin(ctx, clerk, storetest.BureauID, good(first, last))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Public(ctx, id); errs.KindOf(err) != errs.NotFound {
		t.Errorf("everybody reads a draft: %v", err)
	}
	content := good(first, last)
	content.Draft.Text += "申请人张三丰，公民身份号码110101199003070011。"
	h.must(clerk, id, consult.Edit{Content: content})
	if err := h.Do(ctx, clerk, id, consult.Submit{}); errs.KindOf(err) != errs.Invalid || len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "excuse" || strings.Contains(errs.Public(err), "110101199003070011") {
		t.Errorf("the release guard is passed by: %v", err)
	}
	h.must(clerk, id, consult.Edit{Content: good(first, last.Add(-1))})
	if err := h.Do(ctx, clerk, id, consult.Submit{}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "期限太短") {
		t.Errorf("too short: %v", err)
	}
	h.must(clerk, id, consult.Edit{Content: good(first, last)}, consult.Submit{Excuse: "本机关的办公电话。"})
	for name, actor := range map[string]account.Actor{"the clerk": clerk, "another organ": other, "a signer": signer} {
		if err := h.Do(ctx, actor, id, consult.Approve{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s approves: %v", name, err)
		}
	}
	both := clerk
	both.Grants = append(both.Grants, account.Grant{Organ: storetest.BureauID, Role: account.Head})
	if err := h.Do(ctx, both, id, consult.Approve{}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("who wrote it approves: %v", err)
	}
	h.must(head, id, consult.SendBack{Reasons: "请补充依据。"})
	if got := h.todo(); len(got) != 1 || got[0].For.Role != account.Clerk || !strings.Contains(got[0].Title, "修改退回的意见征集") {
		t.Errorf("what was sent back is on nobody's list: %+v", got)
	}
	h.must(clerk, id, consult.Submit{Excuse: "本机关的办公电话。"})
	h.must(head, id, consult.Approve{})
	for field, g := range map[string]consult.Given{
		"text": {Giver: "person", Text: " "}, "giver": {Text: "收费太高"}, "contact": {Giver: "person", Text: "收费太高", Contact: "12"},
	} {
		if _, err := h.Give(ctx, "192.0.2.1", id, g); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := h.Give(ctx, "192.0.2.1", id, consult.Given{Giver: "person", Text: strings.Repeat("长", consult.MaxOpinion+1)}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("an opinion without end: %v", err)
	}
	o := h.given(id, "收费太高。")
	for field, a := range map[string]consult.Answer{"outcome": {Gist: "收费"}, "gist": {Outcome: consult.Adopted}, "reason": {Outcome: consult.Declined, Gist: "收费"}} {
		if err := h.Reply(ctx, clerk, id, []string{o.ID}, a); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for name, err := range map[string]error{
		"reply": h.Reply(ctx, other, id, []string{o.ID}, consult.Answer{}), "aside": h.SetAside(ctx, other, id, []string{o.ID}, "", ""), "restore": h.Restore(ctx, head, id, []string{o.ID}),
	} {
		if errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.Do(ctx, head, id, consult.Extend{Until: last, Note: "延长。"}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("extended to the same day: %v", err)
	}
	h.must(head, id, consult.Extend{Until: last.Add(10), Note: "应企业要求。"})
	if err := h.SetAside(ctx, clerk, id, []string{o.ID}, "duplicate", "同一人"); err != nil {
		t.Error(err)
	}
	if err := h.Restore(ctx, clerk, id, []string{o.ID}); err != nil {
		t.Error(err)
	}
	h.must(head, id, consult.CallOff{Note: "上位法即将修订，停止征求意见。"})
	shown, err := h.Public(ctx, id)
	if err != nil || len(shown.Notes) != 2 || !strings.Contains(shown.Notes[0].Text, "2026年3月21日") {
		t.Errorf("%+v, %v", shown.Notes, err)
	}
	if _, err := h.Give(ctx, "192.0.2.1", id, consult.Given{Giver: "person", Text: "收费太高"}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("an opinion on what was withdrawn: %v", err)
	}
	if err := h.Do(ctx, clerk, id, consult.LinkFinal{Document: "none"}); errs.KindOf(err) != errs.Invalid && errs.KindOf(err) != errs.Conflict {
		t.Errorf("%v", err)
	}
	if _, problems, err := h.Check(ctx, clerk, id, []consult.Given{{Channel: "letter", Giver: "person", Text: "x"}}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("%+v, %v", problems, err)
	}
}

// What was held before the house worked with gongkai is entered afterwards, and counts in
// its year.
func TestHeldElsewhereIsEnteredAfterwards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		content := good(calendar.On(2025, 9, 1), calendar.On(2025, 9, 30))
		id, err := h.Begin(ctx, clerk, storetest.BureauID, content)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Do(ctx, clerk, id, consult.Submit{Excuse: "办公电话。"}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "补录") {
			t.Errorf("it opens in the past: %v", err)
		}
		content.Past = true
		h.must(clerk, id, consult.Edit{Content: content}, consult.Submit{Excuse: "办公电话。"})
		h.must(head, id, consult.Approve{})
		all, err := h.Enter(ctx, clerk, id, []consult.Given{{Channel: "email", Giver: "person", Text: "增加坐席。", On: calendar.On(2025, 9, 5)}, {Channel: "hall", Giver: "business", Text: "延长时间。", On: calendar.On(2025, 9, 8)}})
		if err != nil || len(all) != 2 {
			t.Fatal(err)
		}
		if err := h.Reply(ctx, clerk, id, []string{all[0].ID, all[1].ID}, consult.Answer{Outcome: consult.Adopted, Gist: "改进服务"}); err != nil {
			t.Fatal(err)
		}
		h.must(clerk, id, consult.Write{Text: "反馈如下。"}, consult.SubmitFeedback{})
		h.must(head, id, consult.Publish{On: calendar.On(2025, 10, 20)})
		if s, err := h.Public(ctx, id); err != nil || s.Feedback[0].On != calendar.On(2025, 10, 20) {
			t.Errorf("%+v, %v", s.Feedback, err)
		}
		f, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, calendar.YearSpan(2025))
		if err != nil || f.Held != 1 || f.Opinions.Adopted != 2 || f.ByChannel["email"] != 1 {
			t.Errorf("%+v, %v", f, err)
		}
		if f, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, calendar.YearSpan(2026)); err != nil || f.Held != 0 || f.Opinions.Received != 0 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

// The figures equal what anybody counts in the ledger, opinion by opinion, and the lists
// behind them have as many lines.
func TestFiguresEqualTheLedger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx, dice := open(t, db), t.Context(), rand.New(rand.NewPCG(2026, 3))
		id := h.opened()
		h.On("2026-03-31")
		channels, givers, outcomes := consult.Channels(), consult.Givers(), consult.Outcomes()
		var given []consult.Given
		for i := range 300 {
			given = append(given, consult.Given{Channel: consult.Channel(channels[dice.IntN(len(channels))].Value), Giver: givers[dice.IntN(len(givers))].Value, Text: fmt.Sprintf("第%d条意见", i), On: first.Add(dice.IntN(30))})
		}
		all, err := h.Enter(ctx, clerk, id, given)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range all {
			switch n := dice.IntN(8); {
			case n == 0:
			case n == 1:
				err = h.SetAside(ctx, clerk, id, []string{o.ID}, "blank", "没有内容")
			default:
				err = h.Reply(ctx, clerk, id, []string{o.ID}, consult.Answer{Outcome: consult.Outcome(outcomes[n%3].Value), Gist: "概要", Reason: "理由"})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, span := range []calendar.Span{calendar.YearSpan(2026), {From: calendar.On(2026, 3, 5), To: calendar.On(2026, 3, 20)}} {
			f, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, span)
			if err != nil {
				t.Fatal(err)
			}
			ledger, err := h.Store.Ledger(ctx, id)
			if err != nil || len(ledger) != 300 {
				t.Fatalf("%d, %v", len(ledger), err)
			}
			var within []consult.Opinion
			channel := map[consult.Channel]int{}
			for _, o := range ledger {
				if !o.On.Before(span.From) && !o.On.After(span.To) {
					within = append(within, o)
					if o.Aside == "" {
						channel[o.Channel]++
					}
				}
			}
			if f.Opinions != consult.Sum(within) || fmt.Sprint(f.ByChannel) != fmt.Sprint(channel) || f.Opinions.Adopted == 0 || f.Opinions.Aside == 0 {
				t.Errorf("%s: %+v, the ledger has %+v", span, f, consult.Sum(within))
			}
			for filter, want := range map[string]int{"counted": f.Opinions.Received, "adopted": f.Opinions.Adopted, "partly": f.Opinions.Partly, "declined": f.Opinions.Declined, "unanswered": f.Opinions.Unanswered, "aside": f.Opinions.Aside} {
				page, err := h.Opinions(ctx, clerk, paging.Query{Filters: map[string]string{consult.FilterOutcome: filter, consult.FilterCame: span.String(), consult.FilterOrgan: storetest.BureauID}})
				if err != nil || page.Total != want {
					t.Errorf("%s, %s: the list has %d, the figure %d, %v", span, filter, page.Total, want, err)
				}
			}
		}
		page, err := h.Opinions(ctx, clerk, paging.Query{Words: "第17条", Filters: map[string]string{consult.FilterOf: id}, Sort: "received", Desc: true})
		if err != nil || page.Total != 1 {
			t.Errorf("%+v, %v", page, err)
		}
		if page, err := h.Opinions(ctx, clerk, paging.Query{Filters: map[string]string{consult.FilterLate: "yes"}}); err != nil || page.Total == 0 || !page.Rows[0].Late(last) {
			t.Errorf("%d, %v", page.Total, err)
		}
		if _, err := h.Count(ctx, other, account.Place{Organ: storetest.BureauID}, calendar.YearSpan(2026)); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%v", err)
		}
		h.Sound()
	})
}

// meddler is a release guard during whose look somebody else changes the draft.
type meddler struct {
	consult.Gate
	meanwhile func()
}

func (m *meddler) Look(ctx context.Context, organ, name, text, hash string) ([]consult.Found, error) {
	if change := m.meanwhile; change != nil {
		m.meanwhile = nil
		change()
	}
	return m.Gate.Look(ctx, organ, name, text, hash)
}

// Nothing becomes public that the release guard has not seen, also where it changed while
// the guard was looking.
func TestWhatTheGuardHasNotSeenStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		gate := &meddler{Gate: h.Gate}
		h.Gate = gate
		id, err := h.Begin(ctx, clerk, storetest.BureauID, good(first, last))
		if err != nil {
			t.Fatal(err)
		}
		other := good(first, last)
		other.Draft.Text = "申请人的公民身份号码110101199003070011。"
		gate.meanwhile = func() { h.must(clerk, id, consult.Edit{Content: other}) }
		if err := h.Do(ctx, clerk, id, consult.Submit{}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "刚刚改动") {
			t.Errorf("a draft that nobody looked at goes on: %v", err)
		}
		h.must(clerk, id, consult.Edit{Content: good(first, last)}, consult.Submit{})
		h.must(head, id, consult.Approve{})
		o := h.given(id, "收费太高。")
		h.On("2026-03-12")
		h.must(clerk, id, consult.Write{Text: "反馈如下。"})
		reply := func(gist string) {
			t.Helper()
			if err := h.Reply(ctx, clerk, id, []string{o.ID}, consult.Answer{Outcome: consult.Adopted, Gist: gist}); err != nil {
				t.Fatal(err)
			}
		}
		reply("降低收费")
		gate.meanwhile = func() { reply("张三丰的电话13900000077") }
		if err := h.Do(ctx, clerk, id, consult.SubmitFeedback{}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "刚刚改动") {
			t.Errorf("a gist that nobody looked at goes on: %v", err)
		}
	})
}

// What opens later this year is not held yet.
func TestHeldIsWhatHasOpened(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		h.opened()
		id, err := h.Begin(ctx, clerk, storetest.BureauID, good(first.Add(10), last.Add(20)))
		if err != nil {
			t.Fatal(err)
		}
		h.must(clerk, id, consult.Submit{Excuse: "本机关的办公电话。"})
		h.must(head, id, consult.Approve{})
		for day, want := range map[string]int{"2026-03-02": 1, "2026-03-12": 2} {
			h.On(day)
			f, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, calendar.YearSpan(2026))
			page, listed := h.List(ctx, clerk, paging.Query{Filters: map[string]string{consult.FilterHeld: "2026"}})
			if err != nil || listed != nil || f.Held != want || page.Total != want {
				t.Errorf("%s: %d are held, the list has %d, want %d; %v, %v", day, f.Held, page.Total, want, err, listed)
			}
		}
	})
}

// The list is narrowed by how consultations stand today, which no row keeps.
func TestListsFollowTheDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := open(t, db), t.Context()
		id := h.opened()
		if _, err := h.Begin(ctx, clerk, storetest.BureauID, good(first, last)); err != nil {
			t.Fatal(err)
		}
		for day, want := range map[string]consult.Phase{"2026-03-02": consult.Open, "2026-03-11": consult.Open, "2026-03-12": consult.Ended, "2026-04-01": consult.Ended, "2026-04-02": consult.Overdue} {
			h.On(day)
			for _, p := range consult.Phases() {
				n := 0
				switch consult.Phase(p.Value) {
				case want, consult.Preparing:
					n = 1
				}
				page, err := h.List(ctx, head, paging.Query{Filters: map[string]string{consult.FilterPhase: p.Value}})
				if err != nil || page.Total != n {
					t.Errorf("%s, %s: %d, want %d, %v", day, p.Value, page.Total, n, err)
				}
				for _, r := range page.Rows {
					if r.Phase(h.Today()) != consult.Phase(p.Value) {
						t.Errorf("%s: %s is listed as %s", day, r.Phase(h.Today()), p.Value)
					}
				}
			}
			ended := 0
			if want == consult.Ended || want == consult.Overdue {
				ended = 1
			}
			if page, err := h.Listed(ctx, "", paging.Query{Filters: map[string]string{consult.FilterPhase: string(consult.Ended)}}); err != nil || page.Total != ended {
				t.Errorf("%s: everybody finds %d that have ended, want %d, %v", day, page.Total, ended, err)
			}
			if page, err := h.Listed(ctx, "", paging.Query{}); err != nil || page.Total != 1 || page.Rows[0].ID != id {
				t.Errorf("%s: everybody sees %+v, %v", day, page.Rows, err)
			}
		}
		if _, err := h.List(ctx, account.Actor{ID: "nobody"}, paging.Query{}); errs.KindOf(err) != errs.Forbidden {
			t.Error(err)
		}
	})
}

// Every change of what everybody may read counts, so that kept pages are drawn anew;
// opinions do not.
func TestPagesThatAreKeptAreDrawnAnew(t *testing.T) {
	h, ctx := open(t, storetest.SQLite(t)), t.Context()
	count := func() int64 {
		t.Helper()
		all, err := store.Changes{DB: h.DB}.Changes(ctx, []string{"consulted"})
		if err != nil {
			t.Fatal(err)
		}
		return all["consulted"]
	}
	id := h.opened()
	opened := count()
	h.given(id, "收费太高。")
	if count() != opened || opened == 0 {
		t.Errorf("%d, then %d", opened, count())
	}
	h.must(head, id, consult.Extend{Until: last.Add(3), Note: "应企业要求。"})
	if count() == opened {
		t.Error("an extension is not seen")
	}
}
