package letter_test

import (
	"bytes"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc/docx"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/letter"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A house is an office of letters with the desk that makes them, on a real database.
type house struct {
	*testing.T
	*letter.Office
	db  *store.DB
	now *clock.Manual
}

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	home := housetest.New(t, db, "2025-04-10")
	home.Reachable()
	desk := home.Requests()
	return &house{t, &letter.Office{Store: store.Letters{DB: db}, Desk: desk, Scribe: home.Scribe(), Vault: home.Vault, Clock: home.Now, IDs: home.IDs}, db, home.Now}
}

var (
	clerk    = housetest.Is(account.Clerk, storetest.BureauID)
	head     = housetest.Is(account.Head, storetest.BureauID)
	signer   = housetest.Is(account.Signer, storetest.BureauID)
	stranger = housetest.Is(account.Clerk, storetest.OtherID)
	above    = housetest.Is(account.Head, storetest.CountyID)
)

func (h *house) register(name string) foi.Request {
	h.Helper()
	r, err := h.Desk.Register(h.Context(), clerk, foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{{personal.Name: name, personal.IDNumber: "11010519491231002X", personal.Phone: "13800131234"}},
		Receive: foi.Receive{
			Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "2024年度低保审批台账", Form: "paper", Way: "post"}, Strict: true,
		},
	})
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func (h *house) do(actor account.Actor, id string, deeds ...foi.Deed) {
	h.Helper()
	for _, d := range deeds {
		if err := h.Desk.Do(h.Context(), actor, id, d); err != nil {
			h.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

// last gives the latest letter of a kind.
func (h *house) last(request, kind string) foi.Paper {
	h.Helper()
	_, papers, err := h.List(h.Context(), clerk, request)
	if err != nil {
		h.Fatal(err)
	}
	for i := len(papers) - 1; i >= 0; i-- {
		if papers[i].Kind == kind {
			return papers[i]
		}
	}
	h.Fatalf("no letter %s", kind)
	return foi.Paper{}
}

func (h *house) sound() {
	h.Helper()
	if err := h.db.VerifyState(h.Context(), func(f store.Finding) {
		if strings.HasPrefix(f.ID, "letter/") || strings.HasPrefix(f.ID, "request/") {
			h.Errorf("%+v", f)
		}
	}); err != nil {
		h.Error(err)
	}
}

func TestAnActLeavesItsLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register("张三丰")
		h.do(clerk, r.ID, foi.AskCorrection{Items: []string{"请写明年度"}, Until: calendar.On(2025, 4, 25)})
		p := h.last(r.ID, "correction")
		if p.Number != "公补〔2025〕1号" || p.State != foi.PaperDraft || !strings.Contains(p.Text(), "请写明年度") || strings.Contains(p.Text(), "张三丰") {
			t.Errorf("%+v", p)
		}
		if receipt := h.last(h.register("李四").ID, "receipt"); receipt.Number != "" || receipt.State != foi.PaperSent {
			t.Errorf("a receipt has a document number, or was not handed over: %+v", receipt)
		}

		text := strings.Replace(p.Text(), "需要帮助的", "如需帮助", 1)
		if err := h.Edit(ctx, stranger, r.ID, p.ID, 1, text); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger writes: %v", err)
		}
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, strings.Replace(text, "视为放弃申请", "另行处理", 1)); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "逾期不补正的后果") {
			t.Errorf("without what the law wants: %v", err)
		}
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, strings.Replace(text, "2025年4月25日", "2025年5月25日", 1)); !strings.Contains(errs.Public(err), "补正期限") {
			t.Errorf("another day than was set: %v", err)
		}
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, text); err != nil {
			t.Fatal(err)
		}
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, text+"\n又一段"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("what somebody else wrote is lost: %v", err)
		}
		if err := h.Send(ctx, clerk, r.ID, p.ID, calendar.On(2025, 4, 10), foi.Courier); errs.KindOf(err) != errs.Invalid {
			t.Errorf("by a courier: %v", err)
		}
		if err := h.Send(ctx, clerk, r.ID, p.ID, calendar.On(2025, 4, 10), foi.Post); err != nil {
			t.Fatal(err)
		}
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 2, text+"\n又一段"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a letter that has gone out is changed: %v", err)
		}

		// What happens later changes nothing of it.
		h.now.Set(h.now.Now().AddDate(0, 0, 5))
		h.do(clerk, r.ID, foi.Correct{Ask: foi.Ask{Text: "2023年度低保审批台账", Form: "paper", Way: "post"}})
		if after := h.last(r.ID, "correction"); after.Text() != text || after.State != foi.PaperSent || len(after.Versions) != 2 {
			t.Errorf("%+v", after)
		}
		h.sound()
	})
}

// Whoever answers a letter has got it: it changes no more.
func TestWhatIsAnsweredHasGoneOut(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register("张三")
	if err := h.Desk.Consult(ctx, clerk, r.ID, foi.Consult{Kind: foi.JointMaker, Organ: "青川旗财政局", About: "补偿标准"}, nil); err != nil {
		t.Fatal(err)
	}
	h.do(clerk, r.ID, foi.ReceiveQuestion{Ref: "c1"})
	p := h.last(r.ID, "joint-maker")
	if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, p.Text()+"\n又一段"); p.State != foi.PaperSent || errs.KindOf(err) != errs.Conflict {
		t.Errorf("%+v, %v", p, err)
	}
	h.sound()

	// What came by ordinary mail waits for confirmation: its receipt names no day.
	r, err := h.Desk.Register(ctx, clerk, foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{{personal.Name: "李四", personal.Phone: "13800131234"}},
		Receive: foi.Receive{Channel: foi.PlainPost, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "台账", Form: "paper", Way: "post"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := h.last(r.ID, "receipt"); p.State != foi.PaperSent || strings.Contains(p.Text(), "前（含当日）作出答复") || !strings.Contains(p.Text(), "正在与您确认") {
		t.Errorf("%+v", p)
	}
}

func TestNumbersRunWithoutAGap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		for i := range 3 {
			r := h.register("张三")
			if err := h.Desk.Do(ctx, clerk, r.ID, foi.AskCorrection{Until: calendar.On(2025, 4, 25)}); errs.KindOf(err) != errs.Invalid {
				t.Fatalf("a correction of nothing: %v", err)
			}
			h.do(clerk, r.ID, foi.AskCorrection{Items: []string{"x"}, Until: calendar.On(2025, 4, 25)})
			if got, want := h.last(r.ID, "correction").Number, foi.NumberOf("公补", 2025, int64(i+1)); got != want {
				t.Errorf("number %s, want %s", got, want)
			}
		}
		r := h.register("李四")
		h.do(clerk, r.ID, foi.ProposeExtension{Days: 5, Reason: "所涉档案正在整理"})
		h.do(head, r.ID, foi.ApproveExtension{})
		if got := h.last(r.ID, "extension").Number; got != "公延〔2025〕1号" {
			t.Errorf("an extension has %s", got)
		}
	})
}

var given = foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}}}

func TestWhatWasApprovedIsSigned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register("张三丰")
		h.do(clerk, r.ID, foi.Submit{Decision: given})
		p := h.last(r.ID, "reply-disclosed")
		if p.Number != "" || !strings.Contains(p.Text(), "向青川旗人民政府申请行政复议") {
			t.Errorf("%+v", p)
		}
		text := strings.Replace(p.Text(), "经审查，", "经审查并核对，", 1)
		if err := h.Edit(ctx, clerk, r.ID, p.ID, 1, text); err != nil {
			t.Fatal(err)
		}
		h.do(head, r.ID, foi.SendBack{Reasons: "再核对"})
		h.do(clerk, r.ID, foi.Submit{Decision: given})
		if p = h.last(r.ID, "reply-disclosed"); p.Text() != text {
			t.Errorf("the words of the clerk are lost though the reply is the same:\n%s", p.Text())
		}
		h.do(head, r.ID, foi.Approve{})
		if err := h.Edit(ctx, clerk, r.ID, p.ID, len(p.Versions), text+"\n又一段"); errs.KindOf(err) != errs.Conflict {
			t.Errorf("another text than was approved: %v", err)
		}
		h.do(signer, r.ID, foi.Sign{})
		if own, err := h.OfApplicant(ctx, r.ID); err != nil || len(own) != 1 || own[0].Kind != "receipt" {
			t.Errorf("the applicant has it before it is served: %+v, %v", own, err)
		}
		h.do(clerk, r.ID, foi.Serve{Way: foi.Direct})
		p = h.last(r.ID, "reply-disclosed")
		if p.Text() != text || p.Number != "公复〔2025〕1号" || p.State != foi.PaperSent || p.Way != foi.Direct {
			t.Errorf("%+v", p)
		}
		if !strings.Contains(h.last(r.ID, "service").Text(), "公复〔2025〕1号") {
			t.Error("the record of service does not name the letter")
		}
		name, data, err := h.FileOfApplicant(ctx, r.ID, p.ID, letter.Word)
		if err != nil || name != "政府信息公开申请答复书 公复〔2025〕1号.docx" {
			t.Fatalf("%s, %v", name, err)
		}
		again, _, _ := h.FileOfApplicant(ctx, r.ID, p.ID, letter.Word)
		d, err := docx.Read(data)
		if err != nil || again != name || !strings.Contains(dump(d), "to: 张三丰：") || !strings.Contains(dump(d), "经审查并核对") {
			t.Errorf("%v\n%s", err, dump(d))
		}
		h.sound()
	})
}

func TestALetterThatLacksSomethingIsNotSigned(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	storetest.Exec(t, h.db, "UPDATE organ_version SET contact = '{}' WHERE organ_id = $1", storetest.BureauID)
	r := h.register("张三")
	h.do(clerk, r.ID, foi.Submit{Decision: given})
	h.do(head, r.ID, foi.Approve{})
	err := h.Desk.Do(t.Context(), signer, r.ID, foi.Sign{})
	if errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "联系方式") {
		t.Errorf("signed without the contact: %v", err)
	}
	storetest.Exec(t, h.db, `UPDATE organ_version SET contact = '{"office":"政务公开股"}' WHERE organ_id = $1`, storetest.BureauID)
	h.do(head, r.ID)
	h.do(signer, r.ID, foi.SendBack{Reasons: "补上联系方式"})
	h.do(clerk, r.ID, foi.Submit{Decision: given})
	h.do(head, r.ID, foi.Approve{})
	h.do(signer, r.ID, foi.Sign{})
}

func TestNobodyIsNamedToOthers(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register("欧阳明月")
	third := foi.Consult{Kind: foi.ThirdParty, Third: foi.Party{Role: foi.IsThirdParty, Kind: "C1"}, About: "台账中的一页"}
	if err := h.Desk.Consult(ctx, clerk, r.ID, third, foi.Facts{personal.Name: "司马青衫", personal.Phone: "13900131234"}); err != nil {
		t.Fatal(err)
	}
	asks, tells := h.last(r.ID, "third-party"), h.last(r.ID, "consultation")
	if err := h.Edit(ctx, clerk, r.ID, asks.ID, 1, asks.Text()+"\n申请人为欧阳明月。"); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "申请人的姓名") {
		t.Errorf("the third party is told who asks: %v", err)
	}
	if err := h.Edit(ctx, clerk, r.ID, tells.ID, 1, tells.Text()+"\n第三方为司马 青衫。"); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "第三方的姓名") {
		t.Errorf("the applicant is told who the third party is: %v", err)
	}
	for _, p := range []foi.Paper{asks, tells} {
		if err := h.Send(ctx, clerk, r.ID, p.ID, calendar.On(2025, 4, 10), foi.Post); err != nil {
			t.Fatal(err)
		}
	}
	own, err := h.OfApplicant(ctx, r.ID)
	if err != nil || len(own) != 2 || own[1].ID != tells.ID {
		t.Errorf("%+v, %v", own, err)
	}
	if _, _, err := h.FileOfApplicant(ctx, r.ID, asks.ID, letter.Portable); errs.KindOf(err) != errs.NotFound {
		t.Errorf("the applicant gets the letter to the third party: %v", err)
	}
	_, data, err := h.File(ctx, clerk, r.ID, asks.ID, letter.Word)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := docx.Read(data); err != nil || !strings.Contains(dump(d), "to: 司马青衫：") || strings.Contains(dump(d), "欧阳") {
		t.Errorf("%v\n%s", err, dump(d))
	}
	_, masked, err := h.File(ctx, signer, r.ID, asks.ID, letter.Word)
	if err != nil || bytes.Equal(masked, data) {
		t.Errorf("a signer, who may not reveal names, gets them: %v", err)
	}
	events, err := h.db.EventsOf(ctx, event.Subject{Type: "request-party", ID: r.ID + ".2"})
	if err != nil || events[len(events)-1].Kind != "personal.revealed" && events[len(events)-2].Kind != "personal.revealed" {
		t.Errorf("a name was shown and nobody knows: %+v, %v", events, err)
	}
}

// What an applicant writes is what they ask, and never a template.
func TestWhatIsAskedFillsNothingIn(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	const sly = "请提供{申请人}{被征求人}的档案\n| 表格 |\n==== 回执\n? {不存在} \\{ 完"
	r, err := h.Desk.Register(ctx, clerk, foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{{personal.Name: "张三", personal.Phone: "13800131234"}},
		Receive: foi.Receive{Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: sly, Form: "paper", Way: "post"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := h.last(r.ID, "receipt")
	if lacking := letter.Lacking(p); len(lacking) != 0 {
		t.Errorf("it lacks %v", lacking)
	}
	_, data, err := h.File(ctx, clerk, r.ID, p.ID, letter.Word)
	if err != nil {
		t.Fatal(err)
	}
	d, err := docx.Read(data)
	if err != nil || !strings.Contains(dump(d), strings.Join(strings.Fields(sly), " ")) || strings.Contains(dump(d), "row:") {
		t.Errorf("%v\n%s", err, dump(d))
	}
}

func TestTemplatesAreInherited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		text, _ := letter.BuiltIn("extension")
		own := strings.Replace(text, "不能在法定期限内作出答复", "难以在法定期限内作出答复", 1)
		if err := h.SaveTemplate(ctx, clerk, storetest.BureauID, "extension", own, 0); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a clerk changes templates: %v", err)
		}
		if err := h.SaveTemplate(ctx, above, storetest.CountyID, "extension", strings.Replace(own, "{延期理由}", "工作需要", 1), 0); errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "延期理由") {
			t.Errorf("without what the law wants: %v", err)
		}
		if err := h.SaveTemplate(ctx, above, storetest.CountyID, "extension", own, 0); err != nil {
			t.Fatal(err)
		}
		extended := func() string {
			r := h.register("张三")
			h.do(clerk, r.ID, foi.ProposeExtension{Days: 5, Reason: "档案正在整理"})
			h.do(head, r.ID, foi.ApproveExtension{})
			return h.last(r.ID, "extension").Text()
		}
		if !strings.Contains(extended(), "难以在法定期限内") {
			t.Error("what the organ above set does not hold below")
		}
		if err := h.SaveTemplate(ctx, head, storetest.BureauID, "extension", text, 0); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(extended(), "难以在法定期限内") {
			t.Error("the organ's own does not hold")
		}
		if err := h.ResetTemplate(ctx, head, storetest.BureauID, "extension", 0); errs.KindOf(err) != errs.Conflict {
			t.Errorf("changed meanwhile: %v", err)
		}
		if err := h.ResetTemplate(ctx, head, storetest.BureauID, "extension", 1); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(extended(), "难以在法定期限内") {
			t.Error("after the reset what is above does not hold")
		}
		if err := h.RestoreTemplate(ctx, head, storetest.BureauID, "extension", 1, 2); err != nil {
			t.Fatal(err)
		}
		held, history, err := h.Template(ctx, clerk, storetest.BureauID, "extension")
		if err != nil || !held.Own || held.Text != strings.TrimSpace(text) || len(history) != 3 {
			t.Errorf("%+v, %v, %v", held, history, err)
		}
		if _, err := h.Templates(ctx, stranger, storetest.BureauID); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger sees templates: %v", err)
		}
	})
}

func TestPreviewShowsWhatIsTyped(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register("张三")
	sheets, err := h.Preview(ctx, clerk, r.ID, foi.AskCorrection{Items: []string{"请写明年"}}, nil)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%+v, %v", sheets, err)
	}
	if got := dump(sheets[0].Doc()); !strings.Contains(got, "请写明年") || !strings.Contains(got, "{补正期限}") || !strings.Contains(got, "to: 张*：") {
		t.Errorf("%s", got)
	}
	sheets, err = h.Preview(ctx, clerk, r.ID, foi.Consult{Kind: foi.ThirdParty, Third: foi.Party{Role: foi.IsThirdParty, Kind: "C1"}}, foi.Facts{personal.Name: "李"})
	if err != nil || len(sheets) != 2 || !strings.Contains(dump(sheets[0].Doc()), "to: 李：") {
		t.Fatalf("%+v, %v", sheets, err)
	}
	sheets, err = h.Preview(ctx, clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "D1b", Facts: map[string]string{}}}}}, nil)
	if err != nil || len(sheets) != 1 || !strings.Contains(dump(sheets[0].Doc()), "非本机关信息") {
		t.Fatalf("%+v, %v", sheets, err)
	}
	if _, papers, _ := h.List(ctx, clerk, r.ID); len(papers) != 1 {
		t.Errorf("a preview is kept: %+v", papers)
	}
	for _, kind := range letter.Kinds() {
		text, _ := letter.BuiltIn(kind)
		s, err := h.Sample(ctx, clerk, storetest.BureauID, kind, text)
		if err != nil {
			t.Fatal(err)
		}
		if open := letter.Open(s.Text); len(open) > 0 {
			t.Errorf("the sample of %s has gaps: %v", kind, open)
		}
	}
}

func TestOtherLettersAreWrittenByHand(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register("张三")
	if _, err := h.Write(ctx, clerk, r.ID, "transfer", letter.Values{"移送理由": "属于民政局职责"}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("to nobody: %v", err)
	}
	id, err := h.Write(ctx, clerk, r.ID, "transfer", letter.Values{"移送理由": "属于民政局职责", "被征求人": "青川旗民政局"})
	if err != nil {
		t.Fatal(err)
	}
	_, l, err := h.Letter(ctx, clerk, r.ID, id)
	if err != nil || l.Number != "公告知〔2025〕1号" || len(l.Lacking) != 0 || !strings.Contains(dump(l.Sheet.Doc()), "to: 青川旗民政局：") || !strings.Contains(dump(l.Sheet.Doc()), "属于贵机关职责范围") {
		t.Errorf("%+v, %v\n%s", l, err, dump(l.Sheet.Doc()))
	}
	if _, err := h.Write(ctx, stranger, r.ID, "transfer", nil); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a stranger writes: %v", err)
	}
	if _, err := h.Write(ctx, clerk, r.ID, "reply-refused", nil); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a reply past the head: %v", err)
	}
}

// A notice that an act made is on the handler's list until it has gone out: on the
// same day where the law counts from it (条例§30), else on the next working day.
func TestALetterThatWaitsIsOnSomebodysList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		const person = "Y"
		storetest.Person(t, db, person, storetest.BureauID, "clerk")
		r := h.register("张三")
		h.do(clerk, r.ID, foi.AskCorrection{Items: []string{"请写明年份"}, Until: calendar.On(2025, 4, 25)})
		notice := h.last(r.ID, "correction")
		h.posting(notice, work.Open, "role/clerk", "2025-04-10")
		h.do(head, r.ID, foi.Reassign{To: person})
		h.posting(notice, work.Open, "person/"+person, "2025-04-10")
		if err := h.Send(t.Context(), clerk, r.ID, notice.ID, calendar.Date{}, foi.Post); err != nil {
			t.Fatal(err)
		}
		h.posting(notice, work.Done, "person/"+person, "2025-04-10")

		answered := h.register("李四")
		h.do(clerk, answered.ID, foi.AskCorrection{Items: []string{"请写明年份"}, Until: calendar.On(2025, 4, 25)})
		h.do(clerk, answered.ID, foi.Correct{Ask: foi.Ask{Text: "2024年度低保审批台账汇总表"}})
		h.posting(h.last(answered.ID, "correction"), work.Done, "role/clerk", "2025-04-10")

		given := h.register("王五")
		id, err := h.Write(t.Context(), clerk, given.ID, "archive", letter.Values{"档案馆": "青川旗档案馆"})
		if err != nil {
			t.Fatal(err)
		}
		byHand := h.last(given.ID, "archive")
		h.posting(byHand, work.Open, "role/clerk", "2025-04-11")
		if err := h.Desk.ByApplicant(t.Context(), given.ID, foi.Withdraw{}); err != nil {
			t.Fatal(err)
		}
		if byHand = h.last(given.ID, "archive"); byHand.ID != id || byHand.State != foi.PaperVoid {
			t.Errorf("the letter of a request that was withdrawn is %s", byHand.State)
		}
		h.posting(byHand, work.Withdrawn, "role/clerk", "2025-04-11")
		h.sound()
	})
}

// posting looks for the work of sending a letter, of which there is one item.
func (h *house) posting(p foi.Paper, state work.State, holder, due string) {
	h.Helper()
	page, err := store.Work{DB: h.db}.List(h.Context(), work.Scope{Places: []account.Place{{Organ: storetest.BureauID}}}, work.Query{Query: paging.Query{Size: paging.MaxSize, Filters: map[string]string{work.FilterState: string(state)}}})
	if err != nil {
		h.Fatal(err)
	}
	n := 0
	for _, i := range page.Rows {
		if i.Subject != p.Subject() {
			continue
		}
		if n++; i.For.String() != holder || i.Due.String() != due || !strings.HasSuffix(i.Link, "/letters/"+p.ID) {
			h.Errorf("%s is with %s until %s, want %s until %s (%s)", i.Title, i.For, i.Due, holder, due, i.Link)
		}
	}
	if n != 1 {
		h.Errorf("%d items %s about %s, want 1", n, state, p.Title)
	}
}

// The notice of a delay shows a gap, and then the day that is chosen: never the day
// that holds without it.
func TestADelayIsPreviewedWithItsOwnDay(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register("张三")
	h.do(clerk, r.ID, foi.AskReasons{Count: 30, Months: 3, Until: calendar.On(2025, 4, 25)}, foi.GiveReasons{Text: "研究需要"})
	for until, want := range map[calendar.Date]string{{}: "{答复期限}", calendar.On(2025, 7, 1): "2025年7月1日"} {
		sheets, err := h.Preview(ctx, head, r.ID, foi.DelayLimit{Until: until}, nil)
		if err != nil || len(sheets) != 1 || !strings.Contains(sheets[0].Text, want) {
			t.Errorf("%s: %+v, %v", until, sheets, err)
		}
	}
}
