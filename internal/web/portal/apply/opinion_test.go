package apply_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/webtest"
)

// consulted asks a third party about a request, which gets the letter two days later.
func (h *house) consulted() foi.Request {
	h.t.Helper()
	r := h.ask("消防改造工程的验收报告")
	h.do(clerk, r.ID, foi.Confirm{How: "电话"})
	deed := foi.Consult{Kind: foi.ThirdParty, Third: foi.Party{Role: foi.IsThirdParty, Kind: "C2", Organisation: "宏远建筑工程有限公司"}, About: "验收报告中的检测数据是否同意公开"}
	if err := h.desk.Consult(h.t.Context(), clerk, r.ID, deed, nil); err != nil {
		h.t.Fatal(err)
	}
	h.do(clerk, r.ID, foi.ReceiveQuestion{Ref: "c1"})
	return h.last()
}

func (h *house) opinion(b *webtest.Browser, number, code string) webtest.Answer {
	h.t.Helper()
	return b.Submit("/request/opinion", url.Values{"organ": {storetest.BureauID}, "number": {number}, "code": {code}})
}

func TestAThirdPartyAnswersOnThePortal(t *testing.T) {
	h := open(t)
	r := h.consulted()
	b, code := h.Another(), h.counter.OpinionCode(r.ID, "c1")
	refused(t, h.opinion(b, r.Number, "AAAAAAAA"), 422, "对不上")
	refused(t, h.opinion(b, r.Number, h.counter.TrackCode(r.ID)), 422, "对不上")
	a := h.opinion(b, r.Number, strings.ToLower(code))
	if a.Path != "/request/opinion/answer" {
		t.Fatalf("%s: %s", a.Path, a.Find("main").Text())
	}
	has(t, a, "main", "验收报告中的检测数据", "2026年10月20日", "沉默不等于同意")
	for _, hidden := range []string{"王", "消防改造工程的验收报告", "13800131234"} {
		if strings.Contains(a.Find("main").Text(), hidden) {
			t.Errorf("the third party learns %s", hidden)
		}
	}
	refused(t, b.Submit("/request/opinion/answer", nil), 422, "是否同意公开")
	refused(t, b.Submit("/request/opinion/answer", url.Values{"agrees": {"no"}}), 422, "条例§32")
	a = b.Upload("/request/opinion/answer", "file", "证明.png", picture(t), url.Values{"agrees": {"no"}, "reasons": {"检测数据是商业秘密"}})
	if a.Path != "/request/opinion/answer" || a.Status != http.StatusOK {
		t.Fatalf("%d: %s", a.Status, a.Find("main").Text())
	}
	has(t, a, "main", "意见已经提交", "不同意公开")
	r = h.last()
	if c := r.Consultations[0]; c.AnsweredOn != calendar.On(2026, 9, 22) || c.Agrees || c.Reasons != "检测数据是商业秘密" {
		t.Errorf("%+v", c)
	}
	if f := r.Files[len(r.Files)-1]; f.What != "opinion" || f.Name != "证明.png" {
		t.Errorf("%+v", r.Files)
	}
	if b.Get("/request/mine").Path != "/request/track" {
		t.Error("the third party sees the request")
	}
	if a := b.Post("/request/opinion/answer", url.Values{"agrees": {"yes"}}); a.Status != http.StatusConflict || h.last().Consultations[0].Agrees {
		t.Errorf("it answers twice: %d", a.Status)
	}
	if a := h.Get("/request/mine"); strings.Contains(a.Find("main").Text(), "宏远") || strings.Contains(a.Find("main").Text(), "商业秘密") {
		t.Error("the applicant reads what the third party said")
	}
}

// An answer that comes late is taken, and stands as late (条例§32).
func TestALateOpinionIsRecorded(t *testing.T) {
	h := open(t)
	r := h.consulted()
	h.now.Set(time.Date(2026, 10, 26, 9, 0, 0, 0, h.now.Now().Location()))
	b := h.Another()
	has(t, h.opinion(b, r.Number, h.counter.OpinionCode(r.ID, "c1")), "main", "期限已经过去")
	if a := b.Submit("/request/opinion/answer", url.Values{"agrees": {"yes"}}); a.Status != http.StatusOK {
		t.Fatalf("%d: %s", a.Status, a.Find("main").Text())
	}
	r = h.last()
	if e := r.History[len(r.History)-1]; e.Event != foi.OpinionGiven || e.Late != 4 || !r.Consultations[0].Agrees {
		t.Errorf("%+v", e)
	}
}

// The letter says where the third party answers.
func TestTheLetterCarriesTheCode(t *testing.T) {
	h := open(t)
	r := h.consulted()
	all := storetest.Text(t, h.db, "SELECT file FROM letter WHERE kind = 'third-party'")
	if !strings.Contains(all, "验证码"+h.counter.OpinionCode(r.ID, "c1")) {
		t.Error(all)
	}
}
