package apply_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestARequestFromTheFirstPageToTheReceipt(t *testing.T) {
	h := open(t)
	if a := h.Get("/request"); a.Header.Get("ETag") == "" {
		t.Error("the first page is sent again and again")
	}
	if a := h.Get("/request"); a.Find("form[method=post] button").Text() != "开始申请" || h.Cookie("gongkai") != "" {
		t.Errorf("the first page: %s, cookie %q", a.Find("main").Text(), h.Cookie("gongkai"))
	}
	h.fill(wanted)
	check := h.Get("/request/check")
	has(t, check, "main", "青川旗政务服务局", "王小明", "11010519491231002X", "13800131234", wanted, "电子文件", "网上获取")
	if got := check.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") || check.Header.Get("ETag") != "" {
		t.Errorf("a page with personal data may be kept: %q", got)
	}
	a := h.Submit("/request/check", nil)
	r := h.last()
	has(t, a, ".receipt", r.Number, "青川旗政务服务局", "王**", wanted, "待双方确认", "2026年9月22日", h.counter.TrackCode(r.ID), "几秒钟")
	if a.Find(".receipt img[src^='data:image/png']").Length() != 1 {
		t.Error("no QR code on the receipt")
	}
	if strings.Contains(a.Body, "11010519491231002X") || strings.Contains(a.Body, "王小明") {
		t.Error("the receipt shows personal data whole")
	}
	if letter := h.Get(a.Find("a[href*='/request/mine/letter/'][href$='pdf']").AttrOr("href", "")); !strings.HasPrefix(letter.Body, "%PDF") {
		t.Errorf("the receipt cannot be taken away: %d", letter.Status)
	}
	if r.Status != foi.Unconfirmed || r.Channel != foi.Web || r.Ask != (foi.Ask{Text: wanted, Form: "electronic", Way: "web"}) || r.Applicant().Kind != "C1" {
		t.Errorf("%+v", r)
	}
	if _, err := h.log.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	a = h.Get("/request/receipt")
	has(t, a, ".receipt", "公开的操作日志，第")
	events, err := h.db.EventsOf(t.Context(), foi.Subject(r.ID))
	i := slices.IndexFunc(events, func(e event.Event) bool { return e.Kind == foi.Arrived && e.Actor == event.Public })
	if err != nil || i < 0 {
		t.Fatalf("%+v, %v", events, err)
	}
	if proof := a.Find("a[href^='/log/receipt/']").AttrOr("href", ""); proof != "/log/receipt/"+events[i].ID+"?format=json" {
		t.Errorf("the proof is at %q", proof)
	}
	if _, err := (store.Log{DB: h.db}).Receipt(t.Context(), events[i].ID); err != nil {
		t.Error(err)
	}
}

// Pressing the last button twice, or going back and pressing it again, is one
// request.
func TestPressedTwiceIsOneRequest(t *testing.T) {
	h := open(t)
	h.fill(wanted)
	token := h.Get("/request/check").Find("input[name=draft]").AttrOr("value", "")
	for range 3 {
		if a := h.Post("/request/check", url.Values{"draft": {token}}); a.Path != "/request/receipt" || a.Status != http.StatusOK {
			t.Errorf("%d at %s", a.Status, a.Path)
		}
	}
	if n := len(h.all()); n != 1 {
		t.Errorf("%d requests", n)
	}
	if a := h.Submit("/request", nil); a.Path != "/request/organ" || a.Find("input[checked]").Length() != 0 {
		t.Errorf("the next request begins at %s", a.Path)
	}
}

func TestWhatIsWrongIsToldAndWhatWasTypedIsKept(t *testing.T) {
	h := open(t)
	refused(t, h.Submit("/request/organ", url.Values{}), 422, "请选择受理申请的行政机关")
	for _, organ := range []string{"nowhere", storetest.SectionID} { // a section receives no requests of its own
		refused(t, h.Submit("/request/organ", url.Values{"organ": {organ}}), 422, "请选择受理申请的行政机关")
	}
	h.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	refused(t, h.Submit("/request/kind", url.Values{"kind": {"C9"}}), 422, "申请人类别")
	h.Submit("/request/kind", url.Values{"kind": {"C1"}})
	a := h.Submit("/request/who", url.Values{"name": {"王小明"}, "paper": {intake.IdentityCard}, "id-number": {"110105194912310021"}})
	refused(t, a, 422, "校验码")
	if got := a.Find("input[name=name]").AttrOr("value", ""); got != "王小明" {
		t.Errorf("the name is gone: %q", got)
	}
	refused(t, h.Submit("/request/who", url.Values{"name": {"John"}, "paper": {"护照"}}), 422, "护照的号码")
	refused(t, h.Submit("/request/who", url.Values{"name": {"x"}, "paper": {"会员卡"}, "paper-number": {"1"}}), 422, "从列表中选择证件种类")
	h.Submit("/request/who", url.Values{"name": {"John"}, "paper": {"护照"}, "paper-number": {"E12345678"}})
	refused(t, h.Submit("/request/contact", url.Values{}), 422, "至少填写一种联系方式")
	a = h.Submit("/request/contact", url.Values{"phone": {"12"}, "email": {"john@example.com"}})
	refused(t, a, 422, "电话号码不正确")
	if got := a.Find("input[name=email]").AttrOr("value", ""); got != "john@example.com" {
		t.Errorf("the e-mail is gone: %q", got)
	}
	h.Submit("/request/contact", url.Values{"email": {"john@example.com"}})
	h.Submit("/request/others", nil)
	refused(t, h.Submit("/request/what", url.Values{"text": {" \n "}}), 422, "条例§29.2.2")
	h.Submit("/request/what", url.Values{"text": {wanted}})
	refused(t, h.Submit("/request/how", url.Values{"form": {"paper"}}), 422, "获取政府信息的方式")
	refused(t, h.Submit("/request/how", url.Values{"form": {"paper"}, "way": {"post"}}), 422, "邮寄需要通信地址")
	if a := h.Get("/request/who"); a.Find("input[name=paper-number]").AttrOr("value", "") != "E12345678" {
		t.Error("going back loses what was typed")
	}
}

// Whoever asks for a page before those that it needs is led to the first that is open.
func TestPagesComeInTheirOrder(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/request/who", "/request/check", "/request/how"} {
		if a := h.Get(path); a.Path != "/request/organ" {
			t.Errorf("%s leads to %s", path, a.Path)
		}
	}
	if a := h.Get("/request/receipt"); a.Path != "/request/track" {
		t.Errorf("the receipt of nothing is at %s", a.Path)
	}
	h.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	if a := h.Get("/request/what"); a.Path != "/request/kind" {
		t.Errorf("what comes before who: %s", a.Path)
	}
	h.fill(wanted)
	if a := h.Submit("/request/contact?change=1", url.Values{"phone": {"0478-3212345"}}); a.Path != "/request/check" {
		t.Errorf("after a change the page is %s", a.Path)
	}
	if a := h.Submit("/request/kind?change=1", url.Values{"kind": {"C2"}}); a.Path != "/request/who" {
		t.Errorf("another kind of applicant leads to %s", a.Path)
	}
}

func TestOrganisationWithAgentAndJointApplicant(t *testing.T) {
	h := open(t)
	h.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	h.Submit("/request/kind", url.Values{"kind": {"C2"}})
	refused(t, h.Submit("/request/who", url.Values{"organisation": {"青川旗绿源农资商贸有限公司"}, "credit-code": {"91150899MA0EXAM02A"}}), 422, "统一社会信用代码不正确")
	h.Submit("/request/who", url.Values{"organisation": {"青川旗绿源农资商贸有限公司"}, "credit-code": {"91150899MA0EXAM023"}})
	h.Submit("/request/contact", url.Values{"address": {"青川镇团结路9号"}})
	if a := h.Submit("/request/others", url.Values{"others": {"joint", "agent"}}); a.Path != "/request/joint" {
		t.Fatalf("the joint applicants are at %s", a.Path)
	}
	refused(t, h.Submit("/request/joint", url.Values{"joint-kind": {"C1"}, "joint-name": {"李四"}, "joint-number": {"1"}}), 422, "公民身份号码不正确")
	if a := h.Submit("/request/joint", url.Values{"joint-kind": {"C1"}, "joint-name": {"李四"}, "joint-number": {"11010519491231002X"}, "more": {"1"}}); a.Path != "/request/joint" || !strings.Contains(a.Find(".tasks").Text(), "李四") {
		t.Errorf("another cannot be added: %s %s", a.Path, a.Find("main").Text())
	}
	agent := url.Values{"agent-name": {"赵律师"}, "agent-paper": {intake.IdentityCard}, "agent-id-number": {"11010519491231002X"}, "agent-phone": {"04783212345"}}
	refused(t, h.Submit("/request/agent", agent), 422, "授权委托书")
	if a := h.Upload("/request/agent", "file", "../../授权 书.png", picture(t), agent); a.Path != "/request/what" {
		t.Fatalf("the agent leads to %s: %s", a.Path, a.Find(".summary").Text())
	}
	h.Submit("/request/what", url.Values{"text": {wanted}})
	h.Submit("/request/how", url.Values{"form": {"paper"}, "way": {"post"}})
	if a := h.Submit("/request/check", nil); a.Path != "/request/receipt" {
		t.Fatalf("%s: %s", a.Path, a.Find("main").Text())
	}
	r := h.last()
	if len(r.Parties) != 3 || r.Parties[0].Organisation != "青川旗绿源农资商贸有限公司" || r.Parties[1].Role != foi.JoinsIn || r.Parties[2].Role != foi.IsAgent {
		t.Errorf("%+v", r.Parties)
	}
	if len(r.Files) != 1 || r.Files[0].What != "authority" || r.Files[0].Name != "授权 书.png" {
		t.Errorf("%+v", r.Files)
	}
	name, err := h.desk.Vault.(*personal.Vault).Plain(t.Context(), event.Subject{Type: "request-party", ID: r.ID + ".3"}, "name", "test")
	if err != nil || name != "赵律师" {
		t.Errorf("the agent is %q, %v", name, err)
	}
}

func TestOnlyPicturesAndPDFAreTaken(t *testing.T) {
	h := open(t)
	h.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	h.Submit("/request/kind", url.Values{"kind": {"C1"}})
	h.Submit("/request/who", url.Values{"name": {"王小明"}, "paper": {intake.IdentityCard}, "id-number": {"11010519491231002X"}})
	for name, data := range map[string][]byte{
		"a program that says it is a picture": []byte("MZ\x90\x00 this is no picture"), "a page that would run": []byte("<html><script>alert(1)</script>"),
		"half a PDF": []byte("%PDF-1.7 and nothing more"), "a picture by name": {0x89, 'P', 'N', 'G'},
	} {
		a := h.Upload("/request/paper", "file", "身份证.png", data, nil)
		if a.Status != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %d", name, a.Status)
		}
		has(t, a, ".summary", "JPG、PNG 图片或者 PDF")
	}
	a := h.Upload("/request/paper", "file", "身份证.png", picture(t), url.Values{"more": {"1"}})
	if a.Path != "/request/paper" || !strings.Contains(a.Find(".tasks").Text(), "身份证.png") {
		t.Fatalf("%s %s", a.Path, a.Find("main").Text())
	}
	form := a.Find(".tasks form")
	gone := h.Post("/request/remove", url.Values{"draft": {form.Find("[name=draft]").AttrOr("value", "")}, "file": {form.Find("[name=file]").AttrOr("value", "")}, "page": {"paper"}})
	if gone.Path != "/request/paper" || gone.Find(".tasks").Length() != 0 {
		t.Errorf("the file is not removed: %s", gone.Find("main").Text())
	}
	other := h.Another()
	other.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	if a := other.Post("/request/remove", url.Values{"draft": {"0000000000000000"}, "file": {"1"}, "page": {"paper"}}); a.Status != http.StatusConflict {
		t.Errorf("somebody removes another's file: %d", a.Status)
	}
}

// endless is what a browser sends that uploads 2 GB.
type endless struct{ read int64 }

func (e *endless) Read(b []byte) (int, error) {
	if e.read >= 2<<30 {
		return 0, io.EOF
	}
	e.read += int64(len(b))
	return len(b), nil
}

func TestTwoGigabytesAreRefusedAtOnce(t *testing.T) {
	h := open(t)
	h.fill(wanted)
	for _, announced := range []int64{2 << 30, -1} {
		body := &endless{}
		r, err := http.NewRequestWithContext(t.Context(), "POST", h.URL()+"/request/paper", io.MultiReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"), body))
		if err != nil {
			t.Fatal(err)
		}
		r.ContentLength = announced
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		began := time.Now()
		resp, err := h.Client().Do(r)
		if err == nil { // the server may hang up before its answer is read
			said, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(said), "10 MB") && !strings.Contains(string(said), "11 MB") {
				t.Errorf("status %d: %s", resp.StatusCode, said)
			}
		}
		if took := time.Since(began); took > 5*time.Second || body.read > 64<<20 {
			t.Errorf("it took %s and %d bytes", took, body.read)
		}
	}
	if a := h.Submit("/request/check", nil); a.Path != "/request/receipt" {
		t.Errorf("afterwards the request cannot be handed in: %s", a.Path)
	}
}

// A form of another draft, or one that another site made up, changes nothing.
func TestAForgedDraftIsNoDraft(t *testing.T) {
	h := open(t)
	h.fill(wanted)
	if a := h.Post("/request/check", url.Values{"draft": {"0123456789abcdef"}}); a.Status != http.StatusConflict || len(h.all()) != 0 {
		t.Errorf("%d, %d requests", a.Status, len(h.all()))
	}
	a := h.Post("/request/what", url.Values{"draft": {""}, "text": {"别的内容"}})
	refused(t, a, http.StatusConflict, "属于另一件申请")
	if got := a.Find("textarea").Text(); !strings.Contains(got, "别的内容") {
		t.Errorf("what was typed is gone: %q", got)
	}
	if a := h.Get("/request/check"); !strings.Contains(a.Find("main").Text(), wanted) {
		t.Error("the draft was changed")
	}
	stranger := h.Another()
	if a := stranger.Get("/request/check"); a.Path != "/request/organ" || strings.Contains(a.Body, "王小明") {
		t.Errorf("a stranger is at %s", a.Path)
	}
}

func TestADraftLivesTwoHours(t *testing.T) {
	h := open(t)
	h.fill(wanted)
	for _, table := range []string{"request_draft", "request_draft_file", "request_try"} {
		if raw := storetest.Text(t, h.db, "SELECT * FROM "+table); strings.Contains(raw, "王小明") || strings.Contains(raw, "11010519491231002X") || strings.Contains(raw, wanted) {
			t.Errorf("%s holds what was typed, readable", table)
		}
	}
	h.now.Advance(3 * time.Hour)
	a := h.Get("/request/check")
	if a.Path != "/request/organ" {
		t.Errorf("after three hours: %s", a.Path)
	}
	has(t, a, ".notice", "已经超过保留时间")
	if err := h.counter.Store.Forget(t.Context(), h.now.Now()); err != nil {
		t.Fatal(err)
	}
	if raw := storetest.Text(t, h.db, "SELECT id FROM request_draft"); raw != "" {
		t.Errorf("%q is left", raw)
	}
}

func TestAnAddressHandsInSixtyAnHour(t *testing.T) {
	h := open(t)
	h.fill(wanted)
	for range 60 {
		if used, err := h.counter.Store.Try(t.Context(), h.now.Now(), []intake.Limit{{What: "submit", Who: h.counter.Seals.Blind("address", "127.0.0.1"), Most: 60, Per: time.Hour}}); used != nil || err != nil {
			t.Fatalf("%+v, %v", used, err)
		}
	}
	refused(t, h.Submit("/request/check", nil), http.StatusTooManyRequests, "10:00以后再提交")
	h.now.Advance(time.Hour)
	if a := h.Submit("/request/check", nil); a.Path != "/request/receipt" {
		t.Errorf("an hour later: %s %s", a.Path, a.Find(".summary").Text())
	}
}

func TestWhatWasDisclosedBeforeIsSuggestedOnce(t *testing.T) {
	h := open(t)
	h.disclose("2025年各窗口办件量和评价")
	other := h.Another()
	h.Browser = other
	h.Submit("/request/organ", url.Values{"organ": {storetest.BureauID}})
	h.Submit("/request/kind", url.Values{"kind": {"C1"}})
	h.Submit("/request/who", url.Values{"name": {"李雷"}, "paper": {intake.IdentityCard}, "id-number": {"11010519491231002X"}})
	h.Submit("/request/contact", url.Values{"phone": {"13900000000"}})
	h.Submit("/request/others", nil)
	a := h.Submit("/request/what", url.Values{"text": {"2025年政务服务大厅各窗口的办件量和群众评价情况统计"}})
	if a.Path != "/request/what" || a.Find(".notice a").First().Text() != "2025年各窗口办件量和评价" {
		t.Fatalf("%s: %s", a.Path, a.Find("main").Text())
	}
	if a := h.Submit("/request/what", url.Values{"text": {"2025年政务服务大厅各窗口的办件量和群众评价情况统计"}}); a.Path != "/request/how" {
		t.Errorf("they are shown again at %s", a.Path)
	}
	token := h.Get("/request/what").Find("input[name=draft]").AttrOr("value", "")
	typed := url.Values{"draft": {token}, "text": {wanted}}
	r, err := http.NewRequestWithContext(t.Context(), "POST", h.URL()+"/disclosed/near", strings.NewReader(typed.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Fragment", "1")
	resp, err := h.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	piece, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(piece), "2025年各窗口办件量和评价") || strings.Contains(string(piece), "<body") || strings.Contains(string(piece), "王") {
		t.Errorf("while typing: %s, %v", piece, err)
	}
	if a := h.Submit("/request/what", url.Values{"text": {wanted}}); a.Path != "/request/how" {
		t.Errorf("what was seen while typing stops at %s", a.Path)
	}
	if a := h.Post("/disclosed/near", url.Values{"draft": {token}, "text": {"消防 " + wanted}}); a.Path != "/request/what" || !strings.Contains(a.Find("textarea").Text(), "消防") || a.Find(".notice a").Length() != 1 {
		t.Errorf("without a script: %s %s", a.Path, a.Find("main").Text())
	}
}
