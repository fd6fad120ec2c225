package requests_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/foi"
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
