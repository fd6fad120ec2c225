package requests_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/foi"
	"gongkai/internal/personal"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/webtest"
)

// rows gives the rows of a list.
func rows(a webtest.Answer) []string { return texts(a, ".list tbody tr") }

func TestTheListSaysWhatIsUrgentInWords(t *testing.T) {
	s := open(t)
	if a := s.As("lina").Get(root); a.Find(".empty a.button").AttrOr("href", "") != root+"/new" {
		t.Errorf("the empty list leads nowhere: %s", a.Find(".empty").Text())
	}
	late := s.given("迟了的台账", zhang)
	s.home.On("2026-12-03")
	soon := s.given("考勤制度", foi.Facts{personal.Name: "李四", personal.Phone: "13800139999"})
	s.home.On("2026-12-08")
	a := s.Get(root)
	got := rows(a)
	if len(got) != 2 || !strings.Contains(got[0], "已超期 1 个工作日") || !strings.Contains(got[0], "迟了的台账") || !strings.Contains(got[1], "还剩 17 个工作日（12月31日）") {
		t.Errorf("%q", got)
	}
	if a.Find(".list tbody tr.red .badge.red").Length() != 1 || strings.Join(texts(a, ".figures strong"), " ") != "1 0 0 2" {
		t.Errorf("%q", texts(a, ".figures a"))
	}
	s.happen("lina", soon, foi.ProposeEnd{Why: "合并"})
	s.happen("head", soon, foi.Discontinue{})
	for query, want := range map[string]string{
		"due=overdue": "迟了的台账", "open=no": "考勤制度", "status=closed": "考勤制度", "outcome=R3.6.3": "考勤制度", "q=" + url.QueryEscape("考勤"): "考勤制度",
		"year=2026&row=R3.6.3&column=C1": "考勤制度", "year=2026&row=R4": "迟了的台账", "until=2026-11-30": "迟了的台账", "handler=none&open=yes": "迟了的台账",
	} {
		a := s.Get(root + "?" + query)
		if got := rows(a); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", query, got)
		}
		if a.Find(".chips a").Length() == 0 {
			t.Errorf("%s cannot be taken off", query)
		}
	}
	if got := s.Get(root + "?kind=C2"); got.Find(".empty").Length() != 1 || len(rows(s.Get(root+"?sort=number&desc=1"))) != 2 {
		t.Errorf("%s", got.Find("main").Text())
	}
	if a := s.Get(root + "?format=xlsx&open=yes"); a.Status != 200 || !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Errorf("export %d", a.Status)
	}
	if got := rows(s.As("other").Get(root)); len(got) != 0 {
		t.Errorf("another bureau sees %q", got)
	}
	if got := rows(s.As("watcher").Get(root + "?below=" + storetest.BureauID)); len(got) != 2 || !strings.Contains(got[0], "青川旗政务服务局") {
		t.Errorf("the supervisor sees %q", got)
	}
	for _, path := range []string{"/" + late, "/" + late + "/withdrawn", "/" + late + "/submitted"} {
		if a := s.As("other").Get(root + path); a.Status != 403 {
			t.Errorf("another bureau at %s: %d", path, a.Status)
		}
	}
	if a := s.As("lina").Get(root + "/01JD0000000000000000000000"); a.Status != 404 {
		t.Errorf("no such request: %d", a.Status)
	}
}

func TestPeopleAreFoundByWhatIsTheirs(t *testing.T) {
	s := open(t)
	s.given("台账", zhang)
	for _, c := range []struct {
		person, kind, value string
		found               int
	}{
		{"lina", "id-number", "11010519491231002x", 1}, {"lina", "phone", "138 0013 1234", 1}, {"lina", "phone", "13800131235", 0}, {"other", "phone", "13800131234", 0},
	} {
		a := s.As(c.person).Submit(root+"/find", url.Values{"kind": {c.kind}, "value": {c.value}})
		if a.Status != 200 || len(rows(a)) != c.found || strings.Contains(a.Path, c.value) {
			t.Errorf("%+v: %d, %q", c, a.Status, rows(a))
		}
	}
	if a := s.As("lina").Submit(root+"/find", url.Values{"kind": {"phone"}, "value": {" "}}); a.Status != 422 || a.Find(".field.wrong #f-value").Length() != 1 {
		t.Errorf("nothing to look for: %d", a.Status)
	}
	if a := s.As("boss").Get(root + "/find"); a.Status != 403 {
		t.Errorf("a signer looks for people: %d", a.Status)
	}
}

// paper is a request as it came in on paper.
func paper(more url.Values) url.Values {
	v := url.Values{
		"channel": {"in-person"}, "on": {"2026-11-09"}, "kind": {"C1"}, "name": {"张三"}, "id-number": {"11010519491231002X"}, "phone": {"13800131234"},
		"text": {"2025年低保审批台账"}, "form": {"paper"}, "way": {"post"},
	}
	for name, value := range more {
		v[name] = value
	}
	return v
}

func TestWhatComesOnPaperIsRegistered(t *testing.T) {
	s := open(t)
	a := s.As("lina").Get(root + "/new")
	if got := a.Find(".rules").Text(); !strings.Contains(got, "以行政机关签收之日为收到申请之日") || !strings.Contains(got, "条例§31.2") {
		t.Errorf("the days are not explained: %s", got)
	}
	a = s.Upload(root+"/new", "scan", "申请书.pdf", pdf, paper(url.Values{"role-1": {"agent"}, "kind-1": {"C1"}, "name-1": {"王律师"}, "phone-1": {"13900002222"}, "role-2": {""}}))
	if a.Status != 200 || !strings.Contains(a.Find(".toast").Text(), "已登记，编号") || !strings.Contains(a.Find(".toast").Text(), "下一步") {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	id := strings.TrimPrefix(a.Path, root+"/")
	r := s.request(id)
	if len(r.Parties) != 2 || r.Parties[1].Role != foi.IsAgent || len(r.Files) != 1 || r.Files[0].What != "scan" || r.ReceivedOn.String() != "2026-11-09" {
		t.Errorf("%+v", r)
	}
	if got := a.Find(".notice.amber").Text(); !strings.Contains(got, "授权委托书") {
		t.Errorf("that the authority is missing is not said: %s", got)
	}
	if f := s.Get(root + "/" + id + "/files/" + r.Files[0].Hash); f.Body != string(pdf) || !strings.Contains(f.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %q", f.Status, f.Header)
	}
	if got := s.Get(root + "/" + id).Find(".timeline").Text(); strings.Count(got, "打开材料") != 1 || !strings.Contains(got, "人员lina") || strings.Contains(got, "申请书.pdf") {
		t.Errorf("who opened a paper does not stand in the history: %s", got)
	}
	if f := s.As("other").Get(root + "/" + id + "/files/" + r.Files[0].Hash); f.Status != 403 {
		t.Errorf("another bureau reads the file: %d", f.Status)
	}
	if a := s.As("boss").Get(root + "/" + id); a.Find("#ask .papers a").Length() != 0 || !strings.Contains(a.Find("#ask .papers").Text(), "申请书.pdf") {
		t.Errorf("a signer is led to the papers: %s", a.Find("#ask .papers").Text())
	}
	if f := s.Get(root + "/" + id + "/files/" + r.Files[0].Hash); f.Status != 403 {
		t.Errorf("a signer, who sees nobody's data whole, reads the papers: %d", f.Status)
	}

	if got := s.As("lina").Get(root + "/" + id).Find(".timeline").Text(); strings.Count(got, "打开材料") != 1 {
		t.Errorf("a refusal counts as opening: %s", got)
	}

	// The same once more: it is shown before it is saved, and saved after.
	again := s.As("lina").Submit(root+"/new", paper(nil))
	if again.Path != root+"/new" || !strings.Contains(again.Find(".near").Text(), "同一申请人") || again.Find("#f-text").Text() != "2025年低保审批台账" {
		t.Fatalf("%d %s", again.Status, again.Find("main").Text())
	}
	values := paper(nil)
	again.Find("main form input[type=hidden]").Each(func(_ int, f *goquery.Selection) { values.Set(f.AttrOr("name", ""), f.AttrOr("value", "")) })
	if saved := s.Post(root+"/new", values); !strings.Contains(saved.Find(".toast").Text(), "已登记") {
		t.Errorf("%d %s", saved.Status, saved.Find("main").Text())
	}

	for name, wrong := range map[string]url.Values{
		"channel": {"channel": {""}}, "on": {"on": {""}}, "kind": {"kind": {""}}, "id-number": {"id-number": {"110105194912310021"}}, "phone-1": {"role-1": {"joint"}, "kind-1": {"C1"}, "phone-1": {"12"}},
		"confirmed": {"confirmed": {"2026-11-09"}},
	} {
		a := s.Submit(root+"/new", paper(wrong))
		if a.Status != 422 || a.Find(".field.wrong #f-"+name).Length() != 1 && a.Find("fieldset.wrong#f-"+name).Length() != 1 || a.Find("#f-text").Text() != "2025年低保审批台账" {
			t.Errorf("%s: %d %s", name, a.Status, a.Find(".summary").Text())
		}
	}
	if a := s.Upload(root+"/new", "scan", "程序.pdf", []byte("MZ\x90\x00不是扫描件"), paper(nil)); a.Status != 422 || !strings.Contains(a.Find(".summary").Text(), "不是可以接收的类型") {
		t.Errorf("a program as a scan: %d %s", a.Status, a.Find(".summary").Text())
	}
	kept := s.Upload(root+"/new", "scan", "申请书.pdf", pdf, paper(url.Values{"on": {"2026-13-01"}}))
	if kept.Find("input[name=kept-scan]").Length() != 1 {
		t.Errorf("the file must be chosen again: %s", kept.Find("main").Text())
	}
	if a := s.Another().As("wang").Submit(root+"/new", paper(url.Values{"text": {"另一件"}, "id-number": {""}, "name": {"李四"}, "phone": {"13700001111"}, "kept-scan": {kept.Find("input[name=kept-scan]").AttrOr("value", "")}})); len(s.request(strings.TrimPrefix(a.Path, root+"/")).Files) != 0 {
		t.Error("somebody else's file was taken along")
	}
}

func TestAFaxWaitsForItsConfirmation(t *testing.T) {
	s := open(t)
	a := s.As("lina").Submit(root+"/new", paper(url.Values{"channel": {"fax"}}))
	if !strings.Contains(a.Find(".next").Text(), "当日与申请人确认") || a.Find(".next a.button").AttrOr("href", "") != a.Path+"/confirmed" || !strings.Contains(a.Find(".limit").Text(), "尚未起算") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if got := rows(s.Get(root + "?status=unconfirmed")); len(got) != 1 || !strings.Contains(got[0], "当日与申请人确认") {
		t.Errorf("%q", got)
	}
	s.home.On("2026-11-10")
	if got := s.Get(root + "?status=unconfirmed").Find(".list tbody tr.red .badge.red").Text(); got != "2026-11-09到达，应于当日确认" {
		t.Errorf("the day after: %q", got)
	}
}

func TestPersonalDataAreMaskedUntilThereIsAReason(t *testing.T) {
	s := open(t)
	id := s.given("台账", zhang)
	plain := []string{"张三", "11010519491231002X", "13800131234"}
	for person, links := range map[string]int{"lina": 3, "head": 3, "boss": 0, "secret": 0, "watcher": 0} {
		a := s.As(person).Get(root + "/" + id)
		if a.Status != 200 || a.Find("#parties li a").Length() != links || !strings.Contains(a.Find("#parties").Text(), "138****1234") {
			t.Errorf("%s: %d, %s", person, a.Status, a.Find("#parties").Text())
		}
		if i := slices.IndexFunc(plain, func(p string) bool { return strings.Contains(a.Body, p) }); i >= 0 {
			t.Errorf("%s sees %s", person, plain[i])
		}
	}
	link := s.As("head").Get(root+"/"+id).Find("#parties li a").Last().AttrOr("href", "")
	if a := s.Submit(link, url.Values{"reason": {""}}); a.Status != 422 || strings.Contains(a.Body, "13800131234") {
		t.Errorf("shown without a reason: %d", a.Status)
	}
	if a := s.Submit(link, url.Values{"reason": {"寄送答复书，核对电话"}}); !strings.Contains(a.Body, "13800131234") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if a := s.As("boss").Get(link); a.Status != 403 {
		t.Errorf("a signer reveals: %d", a.Status)
	}
	if got := s.As("lina").Get(root + "/" + id).Find(".timeline").Text(); !strings.Contains(got, "查看了完整的个人信息") || !strings.Contains(got, "核对电话") {
		t.Errorf("it is not on record: %s", got)
	}
}

func TestWhoSearchesSeesTheQuestionAlone(t *testing.T) {
	s := open(t)
	id := s.given("2025年合同", zhang)
	s.happen("lina", id, foi.AskSearch{Organ: storetest.SectionID, What: "2025年物业合同原件", Until: s.desk.Today().Add(3)})
	a := s.As("section").Get(root + "/" + id)
	sheet := root + "/" + id + "/searches/s1"
	if a.Path != sheet || !strings.Contains(a.Find("aside").Text(), "2025年物业合同原件") {
		t.Fatalf("%s: %s", a.Path, a.Find("main").Text())
	}
	for _, hidden := range []string{"张", "138****1234", "自然人", "timeline"} {
		if strings.Contains(a.Find("main").Text()+a.Find("main").AttrOr("class", ""), hidden) {
			t.Errorf("who searches sees %s", hidden)
		}
	}
	for _, path := range []string{"/files/" + strings.Repeat("0", 64), "/extension-proposed", "/reveal/x"} {
		if a := s.Get(root + "/" + id + path); a.Status != 403 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	if a := s.Submit(sheet, url.Values{"found": {"no"}, "where": {""}, "result": {"可能在档案馆"}}); a.Status != 422 || a.Find(".field.wrong #f-where").Length() != 1 || a.Find("#f-result").Text() != "可能在档案馆" {
		t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
	}
	if a := s.Submit(sheet, url.Values{"found": {"no"}, "where": {"合同库，2023—2025，“物业”"}}); a.Status != 200 || !strings.Contains(a.Find(".toast").Text(), "已反馈") || a.Find("main form").Length() != 0 {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	if a := s.Post(sheet, url.Values{"found": {"yes"}}); a.Status != 409 {
		t.Errorf("answered twice: %d", a.Status)
	}
	if a := s.As("other").Get(sheet); a.Status != 403 {
		t.Errorf("another bureau: %d", a.Status)
	}
	// The record is what the reply rests on.
	if a := s.As("lina").Submit(root+"/"+id+"/submitted", url.Values{"kind-0": {"D1a"}, "drawn-0": {""}}); !strings.Contains(a.Find("#f-reasons-0").Text(), "合同库，2023—2025") {
		t.Errorf("%s", a.Find("form").Text())
	}
}

func TestNotesStayInTheOffice(t *testing.T) {
	s := open(t)
	id := s.given("台账", zhang)
	if a := s.As("lina").Submit(root+"/"+id, url.Values{"note": {" "}}); a.Status != 422 || a.Find(".field.wrong #f-note").Length() != 1 {
		t.Errorf("an empty note: %d", a.Status)
	}
	if a := s.Submit(root+"/"+id, url.Values{"note": {"申请人在窗口补充说明过"}}); !strings.Contains(a.Find("#notes").Text(), "申请人在窗口补充说明过") || !strings.Contains(a.Find("#notes").Text(), "人员lina") {
		t.Errorf("%s", a.Find("#notes").Text())
	}
	if a := s.As("other").Get(root + "/" + id); a.Status != 403 || strings.Contains(a.Body, "补充说明") {
		t.Errorf("another bureau reads notes: %d", a.Status)
	}
	events, err := s.history.EventsOf(t.Context(), foi.Subject(id))
	if err != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	if last.Kind != foi.Noted || strings.Contains(string(last.Data), "窗口") {
		t.Errorf("%s %s", last.Kind, last.Data)
	}
}

func TestEarlierAnswersStandBesideTheRequest(t *testing.T) {
	s := open(t)
	earlier := s.given("2025年青川镇低保审批台账", zhang)
	s.happen("lina", earlier, foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}}}})
	s.happen("head", earlier, foi.Approve{})
	s.happen("boss", earlier, foi.Sign{})
	s.happen("lina", earlier, foi.Serve{Way: foi.Direct})
	id := s.given("青川镇2025年低保审批台账", zhang)
	kin := s.As("lina").Get(root + "/" + id).Find("#kin")
	if got := kin.Find(".near").Text(); !strings.Contains(got, "随本答复书附后") || !strings.Contains(got, "同一申请人") {
		t.Errorf("%s", got)
	}
	number := s.request(earlier).Decisions[0].Number
	if a := s.Get(root + "/" + id + "/submitted?reply=E2"); a.Find("#f-earlier-0").AttrOr("value", "") != number || a.Find("#f-earlier-on-0").AttrOr("value", "") != "2026-11-09" {
		t.Errorf("the earlier reply is not proposed: %s", a.Find("form").Text())
	}
	another := s.given("2025年青川镇低保审批台账", foi.Facts{personal.Name: "李四", personal.Phone: "13800139999"})
	s.happen("lina", another, foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}}}})
	s.happen("head", another, foi.Approve{})
	s.happen("boss", another, foi.Sign{})
	s.happen("lina", another, foi.Serve{Way: foi.Direct})
	if a := s.Get(root + "/" + another); !strings.Contains(a.Find(".notice").Text(), "可以考虑主动公开") || a.Find(".notice a").AttrOr("href", "") != root+"/"+another+"/publication-proposed" {
		t.Errorf("%s", a.Find(".notice").Text())
	}
}

// The next step is the one that the person in front of the page can take.
func TestTheNextStepIsWhatThisPersonCanDo(t *testing.T) {
	s := open(t)
	id := s.given("台账", zhang)
	next := func(person string) string {
		return s.As(person).Get(root+"/"+id).Find(".next a.button").AttrOr("href", "")
	}
	at := func(want map[string]string) {
		t.Helper()
		for person, act := range want {
			if act != "" {
				act = root + "/" + id + "/" + act
			}
			if got := next(person); got != act {
				t.Errorf("%s: %q, not %q", person, got, act)
			}
		}
	}
	at(map[string]string{"lina": "submitted", "head": "", "boss": ""})
	s.happen("lina", id, foi.ProposeExtension{Days: 5, Reason: "量大"})
	at(map[string]string{"lina": "submitted", "head": "extension-approved"})
	s.happen("head", id, foi.ApproveExtension{})
	s.happen("lina", id, foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "A1", Facts: map[string]string{"place": "门户网站"}}}}})
	at(map[string]string{"lina": "", "head": "approved", "secret": ""})
	s.happen("head", id, foi.Refer{})
	at(map[string]string{"secret": "cleared", "head": ""})
	s.happen("secret", id, foi.Clear{})
	at(map[string]string{"boss": "signed", "secret": ""})
	s.happen("boss", id, foi.Sign{})
	at(map[string]string{"lina": "served", "boss": ""})
	s.happen("lina", id, foi.Serve{Way: foi.Post, Tracking: "XA1"})
	at(map[string]string{"lina": "delivered"})
	if got := fmt.Sprint(texts(s.As("lina").Get(root+"/"+id), ".timeline li p")); !strings.Contains(got, "条例§33.2") || !strings.Contains(got, "存证") {
		t.Errorf("%s", got)
	}
}
