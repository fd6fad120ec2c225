package apply_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
)

// answered brings a request to its served reply, with a file that is released.
func (h *house) answered(r foi.Request, item foi.Item) {
	h.t.Helper()
	if r.Status == foi.Unconfirmed {
		h.do(clerk, r.ID, foi.Confirm{How: "电话"})
	}
	h.do(clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{item}}})
	h.do(head, r.ID, foi.Approve{})
	h.do(signer, r.ID, foi.Sign{})
}

// electronic is a service with the proof that it arrived.
func (h *house) electronic() foi.Serve {
	f := h.file("回执.png")
	f.What = "evidence"
	return foi.Serve{Way: foi.Electronic, Proof: []foi.File{f}}
}

// file keeps a file as the office does.
func (h *house) file(name string) foi.File {
	h.t.Helper()
	info, err := h.files.Put(h.t.Context(), bytes.NewReader([]byte("released "+name)), 1<<20)
	if err != nil {
		h.t.Fatal(err)
	}
	return foi.File{Hash: info.Hash, Name: name, What: "released"}
}

func TestTrackingTellsStrangersNothing(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	b := h.Another()
	wrong := text(h.track(b, r.Number, "0000").Find(".summary").Text())
	if none := text(h.track(b, "依申请〔2026〕999号", "1234").Find(".summary").Text()); none != wrong || wrong == "" {
		t.Errorf("a number that is not there answers %q, one that is %q", none, wrong)
	}
	for _, proof := range []string{"", "4", "34", "13800131234", "%", "____"} {
		if a := h.track(h.Another(), "依申请〔2026〕998号", proof); a.Path != "/request/track" || a.Status == http.StatusOK {
			t.Errorf("%q lets in: %d %s", proof, a.Status, a.Path)
		}
	}
	for _, path := range []string{"/request/mine", "/request/mine/withdraw", "/request/mine/letter/x", "/request/mine/file/x", "/request/receipt"} {
		if a := b.Get(path); a.Path != "/request/track" {
			t.Errorf("a stranger gets to %s: %s", path, a.Path)
		}
	}
	if a := b.Post("/request/mine/withdraw", url.Values{"sure": {"1"}}); a.Path != "/request/track" || h.last().Status != foi.Unconfirmed {
		t.Errorf("a stranger withdraws: %s", a.Path)
	}
	a := h.track(h.Another(), "依申请(2026) 1号", "002x")
	if a.Path != "/request/mine" {
		t.Fatalf("the applicant is not let in: %s", a.Find("main").Text())
	}
	has(t, a, "main", "王**", "等待确认")
	if strings.Contains(a.Body, "王小明") || !strings.Contains(a.Header.Get("Cache-Control"), "no-store") {
		t.Error("the page shows the name whole, or may be kept")
	}
	events, err := h.db.EventsOf(t.Context(), foi.Subject(r.ID))
	if err != nil || events[len(events)-1].Kind != intake.Tracked {
		t.Errorf("looking is not on record: %v, %v", events[len(events)-1], err)
	}
	if a := h.track(h.Another(), r.Number, h.counter.TrackCode(r.ID)); a.Path != "/request/mine" {
		t.Error("the code of the receipt does not let in")
	}
}

// Four characters are guessed in ten thousand tries, so tries are few.
func TestTriesAreCounted(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	b := h.Another()
	for range 5 {
		refused(t, h.track(b, r.Number, "0000"), 422, "对不上")
	}
	a := h.track(b, r.Number, "1234")
	refused(t, a, http.StatusTooManyRequests, "10:00以后再试")
	for range 5 { // one that is not there is locked in the same way
		h.track(b, "依申请〔2026〕77号", "0000")
	}
	if other := h.track(b, "依申请〔2026〕77号", "1234"); text(other.Find(".summary").Text()) != text(a.Find(".summary").Text()) {
		t.Errorf("the lock tells that there is a number: %q", text(other.Find(".summary").Text()))
	}
	h.now.Advance(time.Hour)
	if a := h.track(b, r.Number, "1234"); a.Path != "/request/mine" {
		t.Errorf("an hour later: %s", a.Find(".summary").Text())
	}
	for range 9 { // who is let in has not tried
		if a := h.track(h.Another(), r.Number, "1234"); a.Path != "/request/mine" {
			t.Fatalf("the applicant is locked out: %s", a.Find(".summary").Text())
		}
	}
}

func TestWhoIsLetInIsLetOutAgain(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	b := h.Another()
	h.track(b, r.Number, "1234")
	h.now.Advance(20 * time.Minute)
	if a := b.Get("/request/mine"); a.Path != "/request/mine" {
		t.Errorf("let out too early: %s", a.Path)
	}
	h.now.Advance(31 * time.Minute)
	if a := b.Get("/request/mine"); a.Path != "/request/track" {
		t.Errorf("after half an hour: %s", a.Path)
	}
	h.track(b, r.Number, "1234")
	b.Post("/request/leave", nil)
	if a := b.Get("/request/mine"); a.Path != "/request/track" {
		t.Errorf("after leaving: %s", a.Path)
	}
}

func TestTheApplicantConfirmsAndTheLimitRuns(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	has(t, h.Get("/request/mine"), "main", "还没有起算", "请确认申请")
	a := h.Submit("/request/mine/confirm", nil)
	if a.Path != "/request/mine" {
		t.Fatalf("%s: %s", a.Path, a.Find("main").Text())
	}
	has(t, a, "main", "已确认", "2026年10月27日", "还剩 20 个工作日", "双方确认，收到申请")
	if a.Find(".clock .scroll svg").Length() != 1 {
		t.Error("the limit is not drawn")
	}
	if r = h.last(); r.Status != foi.Handling || r.ReceivedOn != calendar.On(2026, 9, 22) {
		t.Errorf("%s, received on %s", r.Status, r.ReceivedOn)
	}
	has(t, h.Get("/request/receipt"), ".receipt", "2026年10月27日", "条例§33.2", "为什么是这一天")
	if a := h.Get("/request/mine/confirm"); a.Path != "/request/mine" {
		t.Errorf("it can be confirmed twice: %s", a.Path)
	}
}

func TestTheApplicantCorrects(t *testing.T) {
	h := open(t)
	r := h.ask("大厅那个项目的材料")
	h.do(clerk, r.ID, foi.Confirm{How: "电话"}, foi.AskCorrection{Items: []string{"请写明项目的名称"}, Until: calendar.On(2026, 10, 12)})
	a := h.Get("/request/mine")
	has(t, a, "main", "等您补正", "2026年10月12日", "请写明项目的名称", "提交补正")
	refused(t, h.Submit("/request/mine/correct", url.Values{"text": {" "}, "form": {"paper"}, "way": {"web"}}), 422, "条例§29.2.2")
	a = h.Upload("/request/mine/correct", "file", "补充.exe", []byte("MZ"), url.Values{"text": {"政务服务大厅消防改造项目的验收报告"}, "form": {"paper"}, "way": {"web"}})
	if a.Status != http.StatusUnsupportedMediaType || a.Find("textarea").First().Text() != "政务服务大厅消防改造项目的验收报告" {
		t.Errorf("%d, %q", a.Status, a.Find("textarea").First().Text())
	}
	a = h.Upload("/request/mine/correct", "file", "补充.png", picture(t), url.Values{"text": {"政务服务大厅消防改造项目的验收报告"}, "form": {"paper"}, "way": {"web"}})
	if a.Path != "/request/mine" {
		t.Fatalf("%s: %s", a.Path, a.Find(".summary").Text())
	}
	has(t, a, "main", "补正已经收到", "答复期限重新计算")
	if r = h.last(); r.Ask.Text != "政务服务大厅消防改造项目的验收报告" || r.Ask.Form != "paper" || len(r.Files) != 1 || r.Files[0].What != "correction" {
		t.Errorf("%+v", r)
	}
}

// A correction after the period is taken for a good reason only (条例§30).
func TestALateCorrectionWantsAReason(t *testing.T) {
	h := open(t)
	r := h.ask("大厅那个项目的材料")
	h.do(clerk, r.ID, foi.Confirm{How: "电话"}, foi.AskCorrection{Items: []string{"请写明项目的名称"}, Until: calendar.On(2026, 10, 12)})
	h.now.Set(time.Date(2026, 10, 14, 9, 0, 0, 0, h.now.Now().Location()))
	h.track(h.Browser, r.Number, "1234")
	typed := url.Values{"text": {"消防改造项目的验收报告"}, "form": {"paper"}, "way": {"web"}}
	refused(t, h.Submit("/request/mine/correct", typed), http.StatusConflict, "条例§30")
	typed.Set("excuse", "住院")
	if a := h.Submit("/request/mine/correct", typed); a.Path != "/request/mine" || h.last().Correction.Excuse != "住院" {
		t.Errorf("%s %+v", a.Path, h.last().Correction)
	}
}

func TestReasonsAreGivenAndNothingIsAskedOfThePurpose(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	h.do(clerk, r.ID, foi.Confirm{How: "电话"}, foi.AskReasons{Count: 41, Months: 1, Until: calendar.On(2026, 10, 9)})
	has(t, h.Get("/request/mine"), "main", "41 件", "说明理由")
	refused(t, h.Submit("/request/mine/reasons", url.Values{"text": {""}}), 422, "理由")
	if a := h.Submit("/request/mine/reasons", url.Values{"text": {"做研究"}}); a.Path != "/request/mine" || h.last().Reasons.Text != "做研究" {
		t.Errorf("%s %+v", a.Path, h.last().Reasons)
	}
}

func TestWithdrawingAsksFirst(t *testing.T) {
	h := open(t)
	h.ask(wanted)
	refused(t, h.Submit("/request/mine/withdraw", nil), 422, "撤回不能取消")
	if h.last().Status != foi.Unconfirmed {
		t.Error("it is withdrawn all the same")
	}
	has(t, h.Submit("/request/mine/withdraw", url.Values{"sure": {"1"}}), "main", "申请已经撤回")
	if h.last().Status != foi.Closed {
		t.Errorf("it is %s", h.last().Status)
	}
	if a := h.Get("/request/mine/withdraw"); a.Path != "/request/mine" || strings.Contains(a.Find("main .buttons").Text(), "撤回申请") {
		t.Errorf("it can be withdrawn twice: %s", a.Path)
	}
}

// Before the reply is served nobody outside knows what it says, and the names of
// officers never come out.
func TestWhatIsReleasedIsHandedOutAfterServiceOnly(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	file := h.file("统计表.xlsx")
	h.answered(r, foi.Item{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}, Files: []foi.File{file}})
	a := h.Get("/request/mine")
	for _, hidden := range []string{"予以公开", "统计表.xlsx", file.Hash} {
		if strings.Contains(a.Find("main").Text(), hidden) {
			t.Errorf("%s is known before service", hidden)
		}
	}
	if a := h.Get("/request/mine/file/" + file.Hash); a.Status != http.StatusNotFound {
		t.Errorf("the file is handed out before service: %d", a.Status)
	}
	h.do(clerk, r.ID, h.electronic())
	a = h.Get("/request/mine")
	has(t, a, "main", "予以公开", "统计表.xlsx", "申请行政复议", "2026年11月23日", "政府信息公开申请答复书", "建议主动公开")
	for _, name := range []string{"clerk", "head", "signer", "人员"} {
		if strings.Contains(a.Find("main").Text(), name) {
			t.Errorf("an officer is named: %s", name)
		}
	}
	got := h.Get("/request/mine/file/" + file.Hash)
	if got.Status != http.StatusOK || got.Body != "released 统计表.xlsx" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %v %q", got.Status, got.Header, got.Body)
	}
	events, err := h.db.EventsOf(t.Context(), foi.Subject(r.ID))
	if err != nil {
		t.Fatal(err)
	}
	if last := events[len(events)-1]; last.Kind != foi.FileTaken || last.Actor != event.Public || strings.Contains(string(last.Data), "统计表") {
		t.Errorf("the last event after the download: %+v", last)
	}
	link := a.Find("a[href*='/request/mine/letter/'][href$='pdf']").Last().AttrOr("href", "")
	if letter := h.Get(link); letter.Status != http.StatusOK || !strings.HasPrefix(letter.Body, "%PDF") {
		t.Errorf("the reply at %q: %d", link, letter.Status)
	}
	other := h.Another()
	h.Browser = other
	h.ask("另一件：2024年度局机关公务用车运行维护费支出情况")
	for _, path := range []string{link, "/request/mine/file/" + file.Hash} {
		if a := h.Get(path); a.Status != http.StatusNotFound {
			t.Errorf("another applicant gets %s: %d", path, a.Status)
		}
	}
}

func TestARefusalGoesToReconsiderationFirst(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	h.answered(r, foi.Item{Kind: "C5", Facts: map[string]string{"affair": "内部工作流程", "reasons": "对外没有直接影响"}})
	h.do(clerk, r.ID, foi.Serve{Way: foi.Post, Tracking: "1052839774021"})
	has(t, h.Get("/request/mine"), "main", "不予公开：属于三类内部事务信息", "青川旗人民政府", "应当先申请行政复议", "自收到答复书之日起六十日内")
	h.do(clerk, r.ID, foi.Deliver{})
	has(t, h.Get("/request/mine"), "main", "2026年11月23日")
}

func TestSomebodyWaitsTooLong(t *testing.T) {
	h := open(t)
	r := h.ask(wanted)
	h.do(clerk, r.ID, foi.Confirm{How: "电话"})
	h.now.Set(time.Date(2026, 10, 30, 9, 0, 0, 0, h.now.Now().Location()))
	h.track(h.Browser, r.Number, "1234")
	has(t, h.Get("/request/mine"), "main", "已过 3 个工作日", "逾期不答复", "条例§51")
}
