package requests_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/foi"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

const half = "属于民政局的职责，联系方式还在"

// A reply that is half written waits for who writes it, with its uploads, and is
// there again when the form is opened.
func TestAHalfWrittenReplyIsKept(t *testing.T) {
	s := open(t)
	id := s.given("低保审批台账", zhang)
	form := root + "/" + id + "/submitted"
	lina := s.As("lina")
	if a := lina.Get(form + "?reply=D1b"); a.Find("form[data-keeps]").Length() != 1 || a.Find("#kept").Length() != 0 {
		t.Errorf("%d: the form is not kept", a.Status)
	}
	kept := lina.Submit(form+"?reply=D1b", url.Values{"kind-0": {"D1b"}, "reasons-0": {half}, "_do": {"later"}})
	if kept.Path != root+"/"+id || !strings.Contains(kept.Find(".kept").Text(), "继续填写：提交答复") {
		t.Fatalf("%d at %s: %s", kept.Status, kept.Path, kept.Find(".next").Text())
	}
	back := lina.Get(form)
	if text := back.Find("[name='reasons-0']").Text(); text != half || back.Find("[name='kind-0'] option[selected]").AttrOr("value", "") != "D1b" || !strings.Contains(back.Find("#kept").Text(), "2026-11-09 09:00") {
		t.Errorf("%q comes back: %s", text, back.Find("#kept").Text())
	}

	// The script keeps what is typed further without leaving the page.
	if a := lina.Submit(form, url.Values{"kind-0": {"D1b"}, "reasons-0": {half + "查"}, "_do": {"quietly"}}); a.Status != http.StatusNoContent {
		t.Errorf("kept by the script: %d", a.Status)
	}
	if text := lina.Get(form).Find("[name='reasons-0']").Text(); text != half+"查" {
		t.Errorf("%q", text)
	}

	// Nobody else sees it.
	if a := s.As("head").Get(root + "/" + id); strings.Contains(a.Body, half) || a.Find(".kept").Length() != 0 {
		t.Error("the head reads it")
	}

	// The request moves on: it is offered, and not overwritten by a form that began
	// without it.
	lina = s.As("lina")
	s.happen("lina", id, foi.ProposeExtension{Days: 5, Reason: "需要查找"})
	fresh := lina.Get(form)
	if fresh.Find("[name='reasons-0']").Text() != "" || fresh.Find("#kept a").AttrOr("href", "") != form+"?resume=1" || fresh.Find("form[data-keeps]").Length() != 0 {
		t.Errorf("%s", fresh.Find("#kept").Text())
	}
	if a := lina.Submit(form+"?reply=D1b", url.Values{"kind-0": {"D1b"}, "reasons-0": {"另写"}, "_do": {"later"}}); a.Status != http.StatusConflict || a.Find("[name='reasons-0']").Text() != "另写" {
		t.Errorf("overwritten: %d", a.Status)
	}
	if text := lina.Get(form + "?resume=1").Find("[name='reasons-0']").Text(); text != half+"查" {
		t.Errorf("%q", text)
	}

	// It ended otherwise: there is no form any more, and the words are still there.
	s.happen("head", id, foi.ApproveExtension{})
	if err := s.desk.ByApplicant(t.Context(), id, foi.Withdraw{}); err != nil {
		t.Fatal(err)
	}
	gone := lina.Get(form)
	if gone.Status != http.StatusConflict || !strings.Contains(gone.Find("#kept").Text(), half+"查") || !strings.Contains(gone.Find("#kept dt").Text(), "理由") {
		t.Errorf("%d: %s", gone.Status, gone.Find("#kept").Text())
	}
	dropped := lina.Submit(form, url.Values{"_do": {"drop"}})
	if dropped.Path != root+"/"+id || dropped.Find(".kept").Length() != 0 {
		t.Errorf("%d at %s", dropped.Status, dropped.Path)
	}
}

// What is sent is not kept any longer, and the files that were put aside go with it.
func TestWhatIsSentIsKeptNoLonger(t *testing.T) {
	s := open(t)
	id := s.given("低保审批台账", zhang)
	form := root + "/" + id + "/correction-asked"
	lina := s.As("lina")
	lina.Submit(form, url.Values{"items": {"请写明年度"}, "_do": {"later"}})
	if text := lina.Get(form).Find("[name='items']").Text(); text != "请写明年度" {
		t.Errorf("%q comes back", text)
	}
	if a := lina.Submit(form, url.Values{"items": {"请写明年度"}, "until": {"2026-11-20"}}); a.Path != root+"/"+id || a.Find(".kept").Length() != 0 {
		t.Errorf("%d at %s: %s", a.Status, a.Path, a.Find(".summary").Text())
	}
}

// A registration that is half typed waits for who types it, with its scan, before
// there is a request; another one can be registered meanwhile.
func TestAHalfTypedRegistrationIsKept(t *testing.T) {
	s := open(t)
	form := root + "/new"
	lina := s.As("lina")
	if a := lina.Get(form); a.Find("form[data-keeps]").Length() != 1 || a.Find("#kept").Length() != 0 {
		t.Errorf("the form is not kept: %d", a.Status)
	}
	a := lina.Upload(form, "scan", "申请书.pdf", pdf, url.Values{"channel": {"post"}, "name": {"王小明"}, "text": {half}, "_do": {"later"}})
	if a.Path != root || !strings.Contains(a.Find(".toast").Text(), "已暂存") {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, a.Find("main").Text())
	}
	back := lina.Get(form)
	if back.Find("#f-text").Text() != half || back.Find("#f-name").AttrOr("value", "") != "王小明" || back.Find("input[name=kept-scan]").Length() != 1 || !strings.Contains(back.Find("#kept").Text(), "2026-11-09 09:00") {
		t.Errorf("%q comes back: %s", back.Find("#f-text").Text(), back.Find("#kept").Text())
	}
	if a := s.As("head").Get(root); strings.Contains(a.Body, "王小明") {
		t.Error("somebody else reads it")
	}
	lina = s.As("lina")
	fresh := form + "?fresh=1"
	if a := lina.Get(fresh); a.Find("#f-text").Text() != "" || a.Find("form[data-keeps]").Length() != 0 || a.Find("#kept a").AttrOr("href", "") != form {
		t.Errorf("an empty form beside it: %s", a.Find("#kept").Text())
	}
	if a := lina.Submit(fresh, url.Values{"text": {"另一件"}, "_do": {"later"}}); a.Status != http.StatusConflict || a.Find("#f-text").Text() != "另一件" {
		t.Errorf("overwritten: %d", a.Status)
	}
	if a := lina.Submit(fresh, paper(nil)); !strings.Contains(a.Find(".toast").Text(), "已登记") || lina.Get(form).Find("#f-text").Text() != half {
		t.Errorf("registering another one has thrown it away: %d %s", a.Status, a.Find(".summary").Text())
	}
	if a := lina.Submit(form, paper(url.Values{"text": {"窗口排班表"}, "name": {"王小明"}, "id-number": {""}, "phone": {"13700001111"}})); !strings.Contains(a.Find(".toast").Text(), "已登记") {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	if a := lina.Get(form); a.Find("#kept").Length() != 0 || a.Find("#f-text").Text() != "" {
		t.Errorf("what was registered is still kept: %s", a.Find("#kept").Text())
	}
}

// So does the answer to a search, of somebody who sees no more of the request.
func TestAHalfWrittenAnswerToASearchIsKept(t *testing.T) {
	s := open(t)
	id := s.given("低保审批台账", zhang)
	s.happen("lina", id, foi.AskSearch{Organ: storetest.SectionID, What: "2025年物业合同原件", Until: s.desk.Today().Add(3)})
	form := root + "/" + id + "/searches/s1"
	liaison := s.As("section")
	a := liaison.Submit(form, url.Values{"found": {"yes"}, "where": {half}, "_do": {"later"}})
	if a.Status != http.StatusOK || a.Path != form || a.Find("[name=where]").Text() != half || a.Find("[name=found][checked]").AttrOr("value", "") != "yes" || a.Find("#kept").Length() != 1 {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, a.Find("main").Text())
	}
	if a := liaison.Submit(form, url.Values{"where": {half + "查"}, "_do": {"quietly"}}); a.Status != http.StatusNoContent {
		t.Errorf("by the script: %d", a.Status)
	}
	if a := s.As("lina").Get(form); strings.Contains(a.Body, half) {
		t.Error("somebody else reads it")
	}
	liaison = s.As("section")
	if a := liaison.Submit(form, url.Values{"found": {"yes"}, "where": {"档案室2025年卷宗"}}); !strings.Contains(a.Find("main").Text(), "档案室2025年卷宗") || a.Find("#kept").Length() != 0 {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	shelf := &foi.Shelf{Store: store.Shelf{DB: s.history}, Desk: s.desk, Seals: s.home.Keys, Clock: s.now}
	if kept, err := shelf.Of(t.Context(), s.people["section"], id); err != nil || len(kept) != 0 {
		t.Errorf("what was sent is still kept: %v, %v", kept, err)
	}
}
