package requests_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/foi"
)

func TestDaysThatHaveNotComeAreRefused(t *testing.T) {
	s := open(t)
	id := s.given("大厅值班表", zhang)
	s.refused("lina", id, "organ-asked", url.Values{"organ": {"旗公安局"}, "about": {"监控"}, "on": {"2026-11-10"}}, 422, "还没有到")
	a := s.refused("lina", id, "organ-asked", url.Values{"organ": {""}, "about": {"监控记录"}, "on": {"2026-11-09"}}, 422, "请填写被征求意见的机关")
	if got := a.Find("#f-about").Text(); got != "监控记录" {
		t.Errorf("what was typed is lost: %q", got)
	}
	if !slices.Contains(texts(a, ".field.wrong label"), "被征求意见的机关") {
		t.Errorf("%q", texts(a, ".field.wrong label"))
	}
}

// Life (a): consulted, searched for, extended, disclosed in part, served.
func TestALifeInParts(t *testing.T) {
	s := open(t)
	id := s.given("2025年大厅物业服务采购合同", zhang)
	s.does("lina", id, "third-party-asked", url.Values{"kind": {"C2"}, "organisation": {"青川物业有限公司"}, "phone": {"13900001111"}, "about": {"合同中的报价"}, "on": {"2026-11-09"}})
	if a := s.As("lina").Get(root + "/" + id); !strings.Contains(a.Find(".limit").Text(), "暂停计算") {
		t.Errorf("%s", a.Find(".limit").Text())
	}
	s.does("lina", id, "question-received", url.Values{"on": {"2026-11-09"}})
	s.home.On("2026-12-02") // 15 working days end on 30 November
	late := s.does("lina", id, "opinion-given", url.Values{"on": {"2026-12-02"}, "agrees": {"no"}, "reasons": {"报价是商业秘密"}})
	if got := late.Find(".timeline").Text(); !strings.Contains(got, "逾期2个工作日") {
		t.Errorf("a late opinion is on file without a word: %s", got)
	}
	s.does("lina", id, "search-asked", url.Values{"organ": {"section"}, "what": {"合同原件"}, "until": {"2026-12-04"}})
	s.does("lina", id, "extension-proposed", url.Values{"days": {"20"}, "reason": {"需要区分处理"}})
	s.does("head", id, "extension-approved", nil)
	page := root + "/" + id + "/submitted?reply=A2"
	alone := s.refused("lina", id, "submitted?reply=A2", url.Values{"kind-0": {"A2"}, "place-0": {"随附合同"}}, 422, "第三方不同意公开")
	if alone.Find(".field.wrong #f-override").Length() != 1 {
		t.Errorf("an objection is passed over: %s", alone.Find("form").Text())
	}
	// A second part is asked for; nothing typed is lost.
	a := s.As("lina").Submit(page, url.Values{"kind-0": {"A2"}, "drawn-0": {"A2"}, "place-0": {"随附合同正文"}, "more": {"C4"}, "_do": {"more"}})
	if a.Status != 200 || a.Find("#f-interest-1").Length() != 1 || a.Find("#f-place-0").Text() != "随附合同正文" || a.Find("#f-override").Length() != 0 {
		t.Fatalf("%d %s", a.Status, a.Find("form").Text())
	}
	typed := url.Values{
		"kind-0": {"A2"}, "drawn-0": {"A2"}, "about-0": {"合同正文"}, "place-0": {"随附合同正文"},
		"kind-1": {"C4"}, "drawn-1": {"C4"}, "about-1": {"分项报价"}, "interest-1": {"商业秘密"}, "harm-1": {"会损害竞争地位"}, "interest-of-all-1": {"不影响公共利益"}, "reasons-1": {"属于商业秘密"},
	}
	typed.Del("harm-1")
	s.refused("lina", id, "submitted?reply=A2", typed, 422, "请填写“损害判断”")
	typed.Set("harm-1", "会损害竞争地位")
	a = s.As("lina").Upload(page, "files-0", "合同.pdf", pdf, typed)
	s.done("submitted", id, a)
	if d := s.request(id).Draft; d.Outcome != "R3.2" || len(d.Items) != 2 || len(d.Items[0].Files) != 1 || d.Items[0].Files[0].What != "released" {
		t.Errorf("%+v", d)
	}
	if got := a.Find("#draft").Text(); !strings.Contains(got, "部分公开") || !strings.Contains(got, "合同.pdf") {
		t.Errorf("the draft says %s", got)
	}
	s.refused("head", id, "returned-by-head", url.Values{"reasons": {""}}, 422, "请写明退回的理由")
	s.does("head", id, "returned-by-head", url.Values{"reasons": {"请补充区分处理的说明"}})
	again := s.As("lina").Get(root + "/" + id + "/submitted")
	if again.Find("#f-harm-1").Text() != "会损害竞争地位" || again.Find("input[name='kept-files-0']").Length() != 1 {
		t.Errorf("the draft that came back is lost: %s", again.Find("form").Text())
	}
	resend := url.Values{"kept-files-0": {again.Find("input[name='kept-files-0']").AttrOr("value", "")}}
	for name, v := range typed {
		resend[name] = v
	}
	s.done("submitted", id, s.Submit(root+"/"+id+"/submitted", resend))
	if d := s.request(id).Draft; len(d.Items[0].Files) != 1 {
		t.Errorf("the file of before is lost: %+v", d.Items[0])
	}
	if got := s.As("head").Get(root + "/" + id + "/referred").Find("aside .letter").Text(); !strings.Contains(got, "随附合同正文") || strings.Contains(got, "张三") {
		t.Errorf("who passes the reply on does not see it: %s", got)
	}
	s.does("head", id, "referred", nil)
	s.does("secret", id, "cleared", nil)
	signed := s.does("boss", id, "signed", nil)
	if got := signed.Find("#decision-1").Text(); !strings.Contains(got, "应当先申请行政复议") {
		t.Errorf("the remedy is not said: %s", got)
	}
	s.refused("lina", id, "served", url.Values{"way": {"courier"}, "on": {"2026-12-02"}}, 422, "应当通过邮政企业寄送")
	s.refused("lina", id, "served", url.Values{"way": {"post"}, "on": {"2026-12-02"}}, 422, "请填写邮件号码")
	s.refused("lina", id, "served", url.Values{"way": {"electronic"}, "on": {"2026-12-02"}}, 422, "请附到达申请人系统的凭证")
	if got := s.previewed("lina", id, "served", url.Values{"way": {"post"}, "on": {"2026-12-02"}}); !strings.Contains(got, "以交邮之日为答复日期") {
		t.Errorf("the day of service is not explained: %s", got)
	}
	s.does("lina", id, "served", url.Values{"way": {"post"}, "on": {"2026-12-02"}, "tracking": {"XA12345678915"}})
	s.does("lina", id, "delivered", url.Values{"came": {"yes"}, "on": {"2026-12-02"}})
	s.does("lina", id, "publication-proposed", nil)
	s.refused("head", id, "shown", url.Values{"title": {""}}, 422, "请写一个不含个人信息的标题")
	s.does("head", id, "shown", url.Values{"title": {"大厅物业服务采购合同"}})
	s.does("head", id, "hidden", nil)
	s.refused("lina", id, "proposal-settled", url.Values{"document": {"none"}, "reasons": {""}}, 422, "请写明审核的理由")
	s.does("lina", id, "proposal-settled", url.Values{"document": {"none"}, "reasons": {"合同正文含商业秘密，可公开的部分已在公示中"}})
	s.does("lina", id, "archived", nil)
	if r := s.request(id); r.Status != foi.InArchive || r.Outcome != "R3.2" {
		t.Errorf("%s %s", r.Status, r.Outcome)
	}
}

// Life (b): a letter that is confirmed and corrected, refused, reviewed, answered anew.
func TestALetterIsCorrectedRefusedAndAnsweredAnew(t *testing.T) {
	s := open(t)
	r, err := s.desk.Register(t.Context(), s.people["lina"], foi.Intake{Organ: "bureau", Facts: []foi.Facts{zhang}, Receive: foi.Receive{
		Channel: foi.PlainPost, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "会议记录"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	id := r.ID
	s.refused("lina", id, "contact-tried", url.Values{"on": {"2026-11-09"}, "how": {""}}, 422, "请写明怎样联系的")
	s.does("lina", id, "contact-tried", url.Values{"on": {"2026-11-09"}, "how": {"电话，无人接听"}})
	s.home.On("2026-11-10")
	s.does("lina", id, "confirmed", url.Values{"on": {"2026-11-10"}, "how": {"电话"}})
	a := s.Get(root + "/" + id + "/correction-asked")
	if got := a.Find("#f-items").Text(); !strings.Contains(got, "请选择政府信息的形式") {
		t.Errorf("what is missing is not proposed: %q", got)
	}
	s.refused("lina", id, "correction-asked", url.Values{"items": {" \n"}, "until": {"2026-11-24"}}, 422, "应当一次性告知")
	s.does("lina", id, "correction-asked", url.Values{"items": {"写明会议的时间\n选择获取的方式"}, "until": {"2026-11-24"}})
	if c := s.request(id).Correction; len(c.Items) != 2 {
		t.Errorf("%+v", c)
	}
	if a := s.Get(root + "/" + id + "/correction-lapsed"); a.Status != 409 || !strings.Contains(a.Find(".notice.red").Text(), "2026-11-24才届满") {
		t.Errorf("too early: %d %s", a.Status, a.Find(".notice").Text())
	}
	s.home.On("2026-11-26")
	s.refused("lina", id, "corrected", url.Values{"on": {"2026-11-26"}, "text": {"2025年12月的会议记录"}, "form": {"paper"}, "way": {"post"}}, 409, "补正期限已于2026-11-24届满")
	s.does("lina", id, "corrected", url.Values{"on": {"2026-11-26"}, "text": {"2025年12月的会议记录"}, "form": {"paper"}, "way": {"post"}, "excuse": {"住院"}})
	s.done("submitted", id, s.Submit(root+"/"+id+"/submitted?reply=C6", url.Values{"kind-0": {"C6"}, "process-0": {"讨论记录"}, "reservation-0": {"查过，没有规定"}, "reasons-0": {"属于讨论记录"}}))
	s.does("head", id, "approved", nil)
	s.does("boss", id, "signed", nil)
	if got := s.previewed("lina", id, "served", url.Values{"way": {"direct"}, "on": {"2026-11-26"}}); !strings.Contains(got, "按时") {
		t.Errorf("whether it is in time is not said: %s", got)
	}
	s.does("lina", id, "served", url.Values{"way": {"direct"}, "on": {"2026-11-26"}})
	s.refused("lina", id, "dispute-filed", url.Values{"kind": {"review"}, "body": {""}, "on": {"2026-11-26"}}, 422, "请填写复议机关")
	filed := s.does("lina", id, "dispute-filed", url.Values{"kind": {"review"}, "body": {"青川旗人民政府"}, "on": {"2026-11-26"}, "simple": {"1"}})
	if got := filed.Find("#d1").Text(); !strings.Contains(got, "还剩 5 个工作日") {
		t.Errorf("the limit of the answer: %s", got)
	}
	s.does("lina", id, "dispute-answered", url.Values{"on": {"2026-11-26"}})
	s.refused("lina", id, "dispute-decided", url.Values{"on": {"2026-11-26"}, "result": {"upheld"}, "order": {"1"}}, 422, "只有结果纠正的")
	s.does("lina", id, "dispute-decided", url.Values{"on": {"2026-11-26"}, "result": {"corrected"}, "order": {"1"}, "until": {"2026-12-10"}})
	s.does("lina", id, "reopened", nil)
	if r := s.request(id); r.Status != foi.Handling || r.Due.String() != "2026-12-10" {
		t.Errorf("%s, due %s", r.Status, r.Due)
	}
}

// Life (c): so many requests that the fee is asked for, and not paid.
func TestAFeeIsReckonedAskedForAndNotPaid(t *testing.T) {
	s := open(t)
	var id string
	for i := range 12 {
		id = s.given(strings.Repeat("甲乙丙丁戊己庚辛壬癸子丑", i+1)[:15*(i+1)]+"台账", zhang)
	}
	page := s.As("head").Get(root + "/" + id + "/fee-notified")
	if got := page.Find("fieldset").Text(); !strings.Contains(got, "2026-11月份的第12件") {
		t.Errorf("the rank is not told: %s", got)
	}
	preview := func(v url.Values) string { return s.previewed("head", id, "fee-notified", v) }
	if got := preview(url.Values{"method": {"pieces"}, "account": {"非税专户"}}); !strings.Contains(got, "当月第12件：100 元") || !strings.Contains(got, "非税专户") {
		t.Errorf("%s", got)
	}
	if got := preview(url.Values{"method": {"pages"}, "pages": {"120"}}); !strings.Contains(got, "应收 1100 元") {
		t.Errorf("%s", got)
	}
	if r := s.request(id); r.Fee != nil || r.Status != foi.Handling {
		t.Error("a preview was kept")
	}
	s.refused("head", id, "fee-notified", url.Values{"method": {"pages"}, "pages": {"20"}, "account": {"专户"}}, 409, "不需要发出收费通知")
	s.refused("head", id, "fee-notified", url.Values{"method": {"pieces"}, "account": {""}}, 422, "请写明缴费方式和账户")
	s.refused("head", id, "fee-notified", url.Values{"account": {"专户"}}, 422, "请选择按件还是按量计收")
	s.does("head", id, "fee-notified", url.Values{"method": {"pieces"}, "account": {"专户"}})
	if f := s.request(id).Fee; f.Fen != 10000 || f.Rank != 12 {
		t.Errorf("%+v", f)
	}
	if a := s.As("lina").Get(root + "/" + id + "/fee-paid"); a.Status != 409 || !strings.Contains(a.Find(".notice.red").Text(), "请先登记申请人收到收费通知的日期") {
		t.Errorf("%d %s", a.Status, a.Find(".notice").Text())
	}
	s.does("lina", id, "fee-notice-received", url.Values{"on": {"2026-11-09"}})
	s.refused("lina", id, "fee-paid", url.Values{"on": {"2026-11-09"}, "voucher": {""}}, 422, "请填写财政票据的号码")
	s.home.On("2026-12-08")
	s.refused("lina", id, "fee-paid", url.Values{"on": {"2026-12-08"}, "voucher": {"1"}}, 409, "缴费期限已于2026-12-07届满")
	s.does("lina", id, "fee-lapsed", nil)
	a := s.Get(root + "/" + id + "/submitted")
	if a.Find("#f-kind-0 option[selected]").AttrOr("value", "") != "F2" {
		t.Errorf("the only reply that is left is not proposed: %s", a.Find("form").Text())
	}
	s.done("submitted", id, s.Submit(root+"/"+id+"/submitted", url.Values{"kind-0": {"F2"}}))
}

func TestOtherEnds(t *testing.T) {
	s := open(t)
	one, two, many := s.given("值班表", zhang), s.given("考勤表", zhang), s.given("一、课件；二、补贴标准", zhang)
	s.refused("lina", one, "withdrawn", url.Values{"on": {"2026-11-09"}}, 422, "请附申请人撤回申请的材料")
	s.done("withdrawn", one, s.Upload(root+"/"+one+"/withdrawn", "files", "撤回.pdf", pdf, url.Values{"on": {"2026-11-09"}}))
	if a := s.Get(root + "/" + one + "/submitted"); a.Status != 409 || !strings.Contains(a.Find(".notice.red").Text(), "该申请现在是“已办结”") || a.Find("main form").Length() != 0 {
		t.Errorf("a reply after the withdrawal: %d %s", a.Status, a.Find("main").Text())
	}
	s.does("lina", two, "end-proposed", url.Values{"why": {"与另一件合并"}})
	s.does("head", two, "discontinued", nil)
	s.refused("lina", many, "split", url.Values{"part-0": {"课件"}, "part-1": {""}}, 422, "请至少写明两件")
	more := s.Submit(root+"/"+many+"/split", url.Values{"part-0": {"课件"}, "part-1": {"补贴标准"}, "_do": {"more"}})
	if more.Find("#f-part-2").Length() != 1 || more.Find("#f-part-1").Text() != "补贴标准" {
		t.Errorf("%s", more.Find("form").Text())
	}
	whole := s.does("lina", many, "split", url.Values{"part-0": {"课件"}, "part-1": {"补贴标准"}})
	if whole.Find("#ask .papers a").Length() != 2 {
		t.Errorf("the parts are not linked: %s", whole.Find("#ask").Text())
	}
	part := s.request(many).Parts[0]
	if got := s.Get(root + "/" + part).Find("#ask").Text(); !strings.Contains(got, s.request(many).Number) {
		t.Errorf("the whole is not linked: %s", got)
	}
	s.does("watcher", part, "reassigned", url.Values{"to": {"wang"}})
	s.refused("watcher", part, "reassigned", url.Values{"to": {"wang"}}, 422, "已经由此人办理")
	s.does("head", part, "reassigned", url.Values{"to": {"none"}})
}

func TestMoreTimeOnlyInTime(t *testing.T) {
	s := open(t)
	id := s.given("大厅值班表", zhang) // due on 7 December
	s.refused("lina", id, "extension-proposed", url.Values{"days": {"21"}, "reason": {"量大"}}, 422, "1 至 20 个工作日")
	s.refused("lina", id, "extension-proposed", url.Values{"days": {"many"}, "reason": {"量大"}}, 422, "请填写整数")
	s.does("lina", id, "extension-proposed", url.Values{"days": {"20"}, "reason": {"量大"}})
	s.does("head", id, "extension-refused", nil)
	s.refused("lina", id, "reasons-asked", url.Values{"count": {"1"}, "months": {"12"}, "until": {"2026-11-20"}}, 422, "多长时间内提出过多少件")
	s.does("lina", id, "reasons-asked", url.Values{"count": {"15"}, "months": {"12"}, "until": {"2026-11-20"}})
	s.does("lina", id, "reasons-given", url.Values{"on": {"2026-11-09"}, "text": {"学术研究"}})
	s.refused("head", id, "limit-delayed", url.Values{"until": {"2026-12-01"}}, 422, "应当晚于现在的期限")
	s.home.On("2026-12-08")
	for person, act := range map[string]string{"lina": "extension-proposed", "head": "limit-delayed"} {
		if a := s.As(person).Get(root + "/" + id + "/" + act); a.Status != 409 || !strings.Contains(a.Find(".notice.red").Text(), "答复期限已于2026-12-07届满") {
			t.Errorf("%s on the day after: %d %s", act, a.Status, a.Find(".notice").Text())
		}
	}
	if a := s.As("lina").Get(root + "/" + id); !strings.Contains(a.Find(".blocked").Text(), "答复期限已于2026-12-07届满") || !strings.Contains(a.Find(".limit").Text(), "答复超期") {
		t.Errorf("%s", a.Find(".case-acts, .limit").Text())
	}
}
