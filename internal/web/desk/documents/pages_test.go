package documents_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/publish"
	"gongkai/internal/store/storetest"
)

func TestWithoutAnAttributeADraftGoesNowhere(t *testing.T) {
	s := start(t)
	a := s.As("liaison").Get(root)
	if a.Find(".empty a.button").AttrOr("href", "") != root+"/new" {
		t.Errorf("the empty list leads nowhere: %s", a.Find(".empty").Text())
	}
	id := s.drafted(url.Values{"openness": {""}})
	a = s.Get(root + "/" + id)
	if !strings.Contains(a.Find(".next").Text(), "认定公开属性") || !strings.Contains(a.Find(".blocked").Text(), "还没有认定公开属性") || !strings.Contains(a.Find(".blocked").Text(), "国办发〔2016〕80号") {
		t.Errorf("%s / %s", a.Find(".next").Text(), a.Find(".blocked").Text())
	}
	s.refused("liaison", id, "submitted", nil, 409, "还没有认定公开属性")

	// What is not public wants its ground and reasons; what was typed is kept.
	a = s.As("liaison").Submit(root+"/"+id+"/edited", paper(url.Values{"openness": {"closed"}, "ground": {"internal"}, "title": {"考勤安排"}}))
	if a.Status != 422 || a.Find(".field.wrong #f-reasons").Length() != 1 || a.Find("#f-title").AttrOr("value", "") != "考勤安排" || !strings.Contains(a.Find("#f-text").Text(), "周六开放") {
		t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
	}
	a = s.Submit(root+"/"+id+"/edited", paper(url.Values{"openness": {"closed"}, "ground": {"internal"}, "reasons": {"属于内部管理"}, "title": {"考勤安排"}}))
	if d := s.document(id); a.Status != 200 || d.Attribute.Openness != publish.Closed || d.Title != "考勤安排" {
		t.Errorf("%d %+v", a.Status, d.Attribute)
	}
	if got := s.Get(root + "/" + id).Find("#attribute").Text(); !strings.Contains(got, "条例§16.1") || !strings.Contains(got, "属于内部管理") {
		t.Error(got)
	}
}

func TestADocumentGoesThroughTheHouse(t *testing.T) {
	s := start(t)
	id := s.drafted(nil)
	s.does("liaison", id, "submitted", nil)
	s.refused("liaison", id, "submitted", nil, 409, "现在是“股室审核”")
	s.refused("reviewer", id, "passed", nil, 403, "")
	s.refused("chief", id, "returned-by-section", url.Values{"reasons": {" "}}, 422, "请写明退回的理由")
	s.does("chief", id, "returned-by-section", url.Values{"reasons": {"补充联系电话"}})
	if a := s.As("liaison").Get(root + "/" + id); !strings.Contains(a.Find(".notice.amber").Text(), "补充联系电话") || a.Find(".next a.button").AttrOr("href", "") != root+"/"+id+"/edited" || a.Find("#chain li.done").Length() != 0 {
		t.Errorf("nobody says why it came back: %s", a.Find("main").Text())
	}
	s.does("liaison", id, "submitted", nil)
	s.does("chief", id, "passed", nil)

	// Part by part: one is left out, one must be kept, one has changed.
	a := s.refused("reviewer", id, "cleared", url.Values{"part-0": {"open"}}, 422, "还没有对正文作出结论")
	if a.Find("#f-part-1.wrong").Length() != 1 || a.Find("#f-part-0 input[checked]").AttrOr("value", "") != "open" {
		t.Errorf("it is not said where, or what was chosen is lost")
	}
	s.refused("reviewer", id, "cleared", url.Values{"part-0": {"open"}, "part-1": {"keep"}}, 422, "请写明要怎样处理")
	stale := s.verdicts(id, "open")
	stale.Set("seen-1", "of another text")
	s.refused("reviewer", id, "cleared", stale, 422, "有改动")
	s.does("reviewer", id, "cleared", s.verdicts(id, "open"))
	s.does("head", id, "checked", nil)
	if a := s.As("signer").Get(root + "/" + id + "/signed"); a.Find("button.danger").Length() != 1 || !strings.Contains(a.Find(".lead").Text(), "不能再改") {
		t.Errorf("the signature does not say what follows: %s", a.Find(".lead").Text())
	}
	s.does("signer", id, "signed", url.Values{"number": {"青政服发〔2026〕5号"}})
	if a := s.As("clerk").Get(root + "/" + id); a.Find(".next a.button").AttrOr("href", "") != root+"/"+id+"/issued" {
		t.Errorf("the clerk is not led to publish: %s", a.Find(".case-acts").Text())
	}
	a = s.does("clerk", id, "issued", nil)
	page := a.Find("main").Text()
	for _, want := range []string{"11150899MB/2026-00001", "青政服发〔2026〕5号", "一、时间"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if got := texts(a, "#chain li.done"); len(got) != 6 {
		t.Errorf("%q", got)
	}
	s.does("clerk", id, "posted", url.Values{"channel": {"wechat"}, "on": {"2026-03-02"}, "place": {"青川政务服务"}})
	s.does("clerk", id, "taken-down", url.Values{"reasons": {"时间有误"}, "note": {"因内容有误，正在核实。"}})
	s.refused("head", id, "retracted", url.Values{"note": {""}}, 422, "公众的撤回说明")
	a = s.does("head", id, "restored", url.Values{"note": {"经核实无误。"}})
	if got := a.Find("#notes").Text(); !strings.Contains(got, "正在核实") || !strings.Contains(got, "经核实无误") || a.Find("#versions details").Length() != 2 {
		t.Errorf("%s", got)
	}
	s.does("liaison", id, "revision-begun", url.Values{"why": {"增加周日"}, "note": {"增加周日开放。"}, "changed": {"2026-03-02"}})
	if a := s.Get(root + "/" + id); !strings.Contains(a.Find("#limit").Parent().Text(), "2026年3月30日") {
		t.Errorf("the limit does not run from the change: %s", a.Find(".limit").Text())
	}
}

// The guard stops what has an ID number in it; nobody overrules it alone, and the
// number itself is nowhere on the page.
func TestTheGuardIsOverruledByTwo(t *testing.T) {
	s := start(t)
	const number = "11010519491231002X"
	id := s.drafted(url.Values{"text": {"救助对象身份证号" + number + "。"}})
	s.signed(id)
	s.refused("clerk", id, "issued", nil, 409, "放行检查有")
	a := s.As("clerk").Get(root + "/" + id)
	if !strings.Contains(a.Find("#parts").Text(), "阻止公开") || strings.Contains(a.Find("#parts").Text(), number) {
		t.Errorf("%s", a.Find("#parts").Text())
	}
	ref := s.holding(id)[0]
	s.refused("clerk", id, "excused", url.Values{"ref": {ref}}, 422, "请写明为什么可以放行")
	for _, f := range s.holding(id) {
		s.does("clerk", id, "excused", url.Values{"ref": {f}, "reasons": {"虚构的示例"}})
	}
	s.refused("clerk", id, "issued", nil, 409, "放行检查有")
	s.refused("clerk", id, "excuse-confirmed", url.Values{"ref": {ref}}, 403, "")
	for _, f := range s.holding(id) {
		s.does("head", id, "excuse-confirmed", url.Values{"ref": {f}})
	}
	a = s.does("clerk", id, "issued", nil)
	if got := a.Find("#parts").Text(); !strings.Contains(got, "说明") || !strings.Contains(got, "确认放行") {
		t.Errorf("who overruled it is not said: %s", got)
	}
}

// Whoever drafts is told when they submit, and takes it out with one click.
func TestTheDrafterIsToldWhatTheGuardFinds(t *testing.T) {
	s := start(t)
	id := s.drafted(url.Values{"text": {"联系人手机13800138000。"}})
	a := s.refused("liaison", id, "submitted", nil, 422, "放行检查发现1个")
	if a.Find("#f-seen").Length() != 1 || !strings.Contains(a.Find("main form").Text(), "138****8000") {
		t.Errorf("what was found is not shown with the question: %s", a.Find("main form").Text())
	}
	form := s.Get(root + "/" + id).Find("#parts form[action$='/masked-by-drafter']")
	if form.Length() != 1 {
		t.Fatalf("no button for whoever drafts: %s", s.Get(root+"/"+id).Find("#parts").Text())
	}
	s.does("liaison", id, "masked-by-drafter", url.Values{"part": {publish.TextPart}})
	s.does("liaison", id, "submitted", nil)
	if n := s.Get(root + "/" + id).Find("#parts form").Length(); n != 0 {
		t.Error("it can still be masked by who has passed it on")
	}
	other := s.drafted(url.Values{"text": {"联系人手机13800138000。"}})
	s.refused("liaison", other, "submitted", nil, 422, "放行检查发现1个")
	s.does("liaison", other, "submitted", url.Values{"seen": {"yes"}})
}

// One click takes the number out; who may sees what was there, and the button is gone.
func TestOneClickMasks(t *testing.T) {
	s := start(t)
	const number = "11010519491231002X"
	id := s.drafted(url.Values{"text": {"救助对象身份证号" + number + "。"}})
	s.signed(id)
	s.refused("clerk", id, "issued", nil, 409, "放行检查有")
	page := s.As("clerk").Get(root + "/" + id)
	form := page.Find("#parts form[action$='/masked']")
	if form.Length() != 1 || form.Find("input[name=part]").AttrOr("value", "") != publish.TextPart {
		t.Fatalf("%s", page.Find("#parts").Text())
	}
	if n := s.As("reviewer").Get(root + "/" + id).Find("#parts form").Length(); n != 0 {
		t.Error("the reviewer is offered to mask")
	}
	s.refused("clerk", id, "masked", url.Values{"part": {"别的"}}, 422, "请选择")
	done := s.does("clerk", id, "masked", url.Values{"part": {publish.TextPart}})
	if text := done.Find("#text").Text(); strings.Contains(text, number) || !strings.Contains(text, "11*************02X") || done.Find("#parts form").Length() != 0 {
		t.Errorf("%s", text)
	}
	was, _ := done.Find("#parts a[href*='/originals/']").Attr("href")
	if a := s.As("clerk").Get(was); !strings.Contains(a.Body, number) {
		t.Errorf("%d: the original is not there", a.Status)
	}
	if a := s.As("signer").Get(was); a.Status != 403 {
		t.Errorf("the signer has the original: %d", a.Status)
	}
	s.does("clerk", id, "issued", nil)
}

// A former text is concealed for a reason and on a second word, never by the way.
func TestAFormerTextIsConcealed(t *testing.T) {
	s := start(t)
	id := s.drafted(nil)
	s.signed(id)
	s.does("clerk", id, "issued", nil)
	typed := url.Values{"why": {"误公开了名单"}, "note": {"删去名单。"}, "changed": {"2026-03-02"}, "conceal": {"1"}}
	if a := s.As("liaison").Submit(root+"/"+id+"/revision-begun", typed); a.Status != 200 || a.Find("#f-hidden").Length() != 1 || s.document(id).Status != publish.Published {
		t.Errorf("who conceals is not asked why: %d %s", a.Status, a.Find("main form").Text())
	}
	typed.Set("hidden", "")
	s.refused("liaison", id, "revision-begun", typed, 422, "不能恢复；请核对后勾选确认")
	typed.Set("sure", "yes")
	a := s.refused("liaison", id, "revision-begun", typed, 422, "旧文本为什么不能再公开阅读")
	if a.Find("#f-conceal input[checked]").AttrOr("value", "") != "1" || !strings.Contains(a.Find("#f-why").Text(), "误公开了名单") {
		t.Error("what was typed is lost")
	}
	typed.Set("hidden", "旧文本有当事人的姓名")
	s.does("liaison", id, "revision-begun", typed)
	s.does("liaison", id, "edited", paper(url.Values{"text": {"周日也开放。"}}))
	s.signed(id)
	if d := s.document(id); d.Versions[0].Concealed {
		t.Error("it is concealed before the new text stands")
	}
	if a := s.As("clerk").Get(root + "/" + id + "/issued"); !strings.Contains(a.Find("main form").Text(), "旧文本有当事人的姓名") || a.Find("button.danger").Length() != 1 {
		t.Errorf("who publishes is not told: %s", a.Find("main form").Text())
	}
	a = s.does("clerk", id, "issued", nil)
	if d := s.document(id); !d.Versions[0].Concealed || d.Versions[1].Concealed || !strings.Contains(a.Find("#versions").Text(), "已隐去，公众不能阅读。理由：旧文本有当事人的姓名") {
		t.Errorf("%s", a.Find("#versions").Text())
	}
}

func (s *site) holding(id string) []string {
	var refs []string
	d := s.document(id)
	for _, f := range d.Holding() {
		refs = append(refs, f.Ref)
	}
	return refs
}

func TestAnOfficialDocumentIsReadAndConfirmed(t *testing.T) {
	s := start(t)
	d := &doc.Doc{}
	d.AddPara(doc.Number, "青政服发〔2026〕7号")
	d.AddPara(doc.Title, "关于开展延时服务的通知")
	d.AddPara(doc.Addressee, "各股室：")
	d.AddPara(doc.Body, "自三月起开展延时服务。")
	d.AddPara(doc.Signature, "青川旗政务服务局")
	d.AddPara(doc.Date, "2026年2月27日")
	var b bytes.Buffer
	if err := docx.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	a := s.As("liaison").Upload(root+"/new", "source", "通知.docx", b.Bytes(), url.Values{"_do": {"read"}, "summary": {"已经写的概述"}})
	if a.Status != 200 || a.Path != root+"/new" {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	for field, want := range map[string]string{"title": "关于开展延时服务的通知", "number": "青政服发〔2026〕7号", "formed": "2026-02-27"} {
		if got := a.Find("#f-"+field).AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if !strings.Contains(a.Find("#f-text").Text(), "自三月起") || a.Find("#f-summary").Text() != "已经写的概述" || !strings.Contains(a.Find(".notice.amber").Text(), "请核对") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if rows := texts(s.Get(root), ".list tbody tr"); len(rows) != 0 {
		t.Errorf("it was kept before anybody confirmed: %q", rows)
	}
	if a := s.Upload(root+"/new", "source", "通知.docx", []byte("PK\x03\x04坏了"), url.Values{"_do": {"read"}}); a.Status == 200 || a.Find("#e-source").Length() != 1 {
		t.Errorf("what is no document: %d %s", a.Status, a.Find(".summary").Text())
	}
}

func TestAttachmentsAreForWhoSeesTheDocument(t *testing.T) {
	s := start(t)
	pdf := []byte("%PDF-1.7 附件")
	a := s.As("liaison").Upload(root+"/new", "files", "附件1.pdf", pdf, paper(nil))
	id := strings.TrimPrefix(a.Path, root+"/")
	d := s.document(id)
	if len(d.Files) != 1 || d.Files[0].Name != "附件1.pdf" {
		t.Fatalf("%+v", d.Files)
	}
	page := root + "/" + id + "/files/" + d.Files[0].Hash
	if f := s.Get(page); f.Body != string(pdf) || !strings.Contains(f.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %q", f.Status, f.Header)
	}
	if f := s.As("other").Get(page); f.Status != 403 {
		t.Errorf("another bureau reads it: %d", f.Status)
	}
	if f := s.As("clerk").Get(root + "/" + id + "/files/" + strings.Repeat("0", 64)); f.Status != 404 {
		t.Errorf("a file that is not the document's: %d", f.Status)
	}
	for _, path := range []string{"", "/edited", "/issued", "/linked"} {
		if a := s.As("other").Get(root + "/" + id + path); a.Status != 403 {
			t.Errorf("another bureau at %s: %d", path, a.Status)
		}
	}
	// The attachment stays when the draft is edited, and goes when it is taken off.
	s.As("liaison").Submit(root+"/"+id+"/edited", paper(url.Values{"kept-files": {d.Files[0].Hash + "/附件1.pdf"}}))
	if d := s.document(id); len(d.Files) != 1 {
		t.Errorf("lost: %+v", d.Files)
	}
	s.Submit(root+"/"+id+"/edited", paper(nil))
	if d := s.document(id); len(d.Files) != 0 {
		t.Errorf("still there: %+v", d.Files)
	}
}

func TestTheListTellsWhatIsLate(t *testing.T) {
	s := start(t)
	s.drafted(url.Values{"title": {"迟了的公告"}, "formed": {"2026-01-05"}})
	s.drafted(url.Values{"title": {"预算说明"}, "kind": {"budget"}, "subject": {"20-7"}})
	a := s.As("clerk").Get(root)
	got := texts(a, ".list tbody tr")
	if len(got) != 2 || !strings.Contains(got[0], "迟了的公告") || !strings.Contains(got[0], "已超期") || !strings.Contains(got[1], "还剩 20 个工作日") {
		t.Errorf("%q", got)
	}
	for query, want := range map[string]string{"due=overdue": "迟了", "kind=budget": "预算", "subject=20-7": "预算", "q=" + url.QueryEscape("说明"): "预算"} {
		a := s.Get(root + "?" + query)
		if got := texts(a, ".list tbody tr"); len(got) != 1 || !strings.Contains(got[0], want) || a.Find(".chips a").Length() == 0 {
			t.Errorf("%s: %q", query, got)
		}
	}
	if a := s.Get(root + "?format=xlsx"); a.Status != 200 || !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Errorf("export %d", a.Status)
	}
	if got := texts(s.As("other").Get(root), ".list tbody tr"); len(got) != 0 {
		t.Errorf("another bureau sees %q", got)
	}
	if a := s.As("other").Submit(root+"/new", paper(url.Values{"organ": {storetest.BureauID}, "section": {storetest.BureauID}})); a.Status != 403 {
		t.Errorf("another bureau drafts in our name: %d", a.Status)
	}
}

// A document can be made of what was disclosed to a request of the own organ only.
func TestARequestMustHaveBeenDisclosed(t *testing.T) {
	s := start(t)
	for query, want := range map[string]int{
		"?request=01JD0000000000000000000000&organ=" + storetest.BureauID:                                   404, // no such request
		"?request=01JD0000000000000000000000&organ=" + storetest.OtherID:                                    403,
		"?request=01JD0000000000000000000000&section=" + storetest.BureauID + "&organ=" + storetest.OtherID: 404, // not ours to draft for
	} {
		if a := s.As("clerk").Get(root + "/new" + query); a.Status != want {
			t.Errorf("%s: %d, want %d", query, a.Status, want)
		}
	}
}

func TestLinksAreSeenOnBothSides(t *testing.T) {
	s := start(t)
	a := s.drafted(nil)
	b := s.drafted(url.Values{"kind": {"interpretation"}, "title": {"解读"}})
	s.does("clerk", b, "linked", url.Values{"kind": {"explains"}, "to": {a}})
	if got := s.Get(root + "/" + a).Find("#links"); !strings.Contains(got.Text(), "被解读") || got.Find("a").AttrOr("href", "") != root+"/"+b {
		t.Errorf("the other side does not know: %s", got.Text())
	}
	s.refused("clerk", b, "linked", url.Values{"kind": {"explains"}, "to": {"01JD0000000000000000000000"}}, 422, "没有找到")
}

// A review that finds something sends the draft back with the verdict on each part; what
// was said stays on record when the draft comes again, and after it was published.
func TestAReviewThatFindsSomethingIsRecorded(t *testing.T) {
	s := start(t)
	id := s.drafted(url.Values{"summary": {"周六开放的安排"}})
	s.does("liaison", id, "submitted", nil)
	s.does("chief", id, "passed", nil)
	if a := s.As("reviewer").Get(root + "/" + id + "/cleared"); !strings.Contains(a.Find("main form").Text(), "周六开放的安排") {
		t.Errorf("the reviewer does not see the entry of the catalogue: %s", a.Find("main form").Text())
	}
	a := s.does("reviewer", id, "cleared", url.Values{"part-0": {"open"}, "part-1": {"remove"}, "note-1": {"删去值班人员的手机号"}})
	if d := s.document(id); d.Status != publish.Drafting || len(d.Draft.Returns) != 1 || len(d.Draft.Returns[0].Items) != 2 {
		t.Fatalf("%s %+v", d.Status, d.Draft.Returns)
	}
	if !strings.Contains(a.Find(".toast").Text(), "退回") {
		t.Errorf("it is said to be cleared: %s", a.Find(".toast").Text())
	}
	if got := s.As("liaison").Get(root + "/" + id).Find(".notice.amber").Text(); !strings.Contains(got, "正文：处理后可以公开。删去值班人员的手机号") {
		t.Errorf("the drafter is not told what to do: %s", got)
	}
	s.signed(id)
	s.does("clerk", id, "issued", nil)
	s.does("liaison", id, "revision-begun", url.Values{"why": {"增加周日"}, "note": {"增加周日开放。"}, "changed": {"2026-03-02"}})
	if got := s.Get(root + "/" + id).Find("#rounds").Text(); !strings.Contains(got, "删去值班人员的手机号") || strings.Count(got, "逐项审查") != 1 {
		t.Errorf("the record of the review is gone: %s", got)
	}
}

// Two people open a draft: nothing that one of them wrote is lost, and both see what both
// have changed.
func TestTwoPeopleWriteInOneDraft(t *testing.T) {
	s := start(t)
	id := s.drafted(nil)
	at := root + "/" + id + "/edited"
	opened, elsewhere := s.As("liaison").Get(at), s.Another()
	elsewhere.As("clerk").Submit(at, paper(url.Values{"summary": {"周六的安排"}, "title": {"窗口周六服务公告"}}))

	mine := paper(url.Values{"text": {"周日也开放。"}, "title": {"窗口周末服务公告"}})
	a := s.Again(opened, mine)
	if a.Status != 409 || a.Find("#f-summary").Text() != "周六的安排" || a.Find("#f-text").Text() != "周日也开放。" || a.Find("#f-title").AttrOr("value", "") != "窗口周末服务公告" {
		t.Fatalf("%d %s / %s / %s", a.Status, a.Find("#f-summary").Text(), a.Find("#f-text").Text(), a.Find(".summary").Text())
	}
	if got := a.Find("#e-title").Text(); !strings.Contains(got, "窗口周六服务公告") || a.Find("#e-text, #e-summary").Length() > 0 {
		t.Errorf("it is not said what both have changed: %s", got)
	}
	mine.Set("summary", a.Find("#f-summary").Text())
	if a := s.Again(a, mine); a.Status != 200 {
		t.Fatalf("meant, and refused: %d %s", a.Status, a.Find(".summary").Text())
	}
	if d := s.document(id); d.Summary != "周六的安排" || d.Text != "周日也开放。" || d.Title != "窗口周末服务公告" {
		t.Errorf("%+v", d.Content)
	}

	// Who passes it has read what they pass.
	s.does("liaison", id, "submitted", nil)
	opened = elsewhere.Get(root + "/" + id + "/consent-asked")
	s.does("chief", id, "returned-by-section", url.Values{"reasons": {"补充电话"}})
	s.does("liaison", id, "edited", paper(nil))
	if a := elsewhere.Again(opened, url.Values{"kind": {"other"}, "organ": {"青川旗民政局"}, "on": {"2026-03-02"}}); a.Status != 409 || !strings.Contains(a.Find(".summary").Text(), "改动过") {
		t.Errorf("%d %s", a.Status, a.Find(".summary").Text())
	}
}

// A form that is sent twice makes one document.
func TestAFormSentTwiceMakesOneDocument(t *testing.T) {
	s := start(t)
	form := s.As("liaison").Get(root + "/new")
	first, second := s.Again(form, paper(nil)), s.Again(form, paper(nil))
	if first.Status != 200 || second.Path != first.Path {
		t.Errorf("%d at %s, then %d at %s", first.Status, first.Path, second.Status, second.Path)
	}
	if a := s.Submit(root+"/new", paper(url.Values{"key": {"of-ones-own"}})); a.Status != 409 {
		t.Errorf("a key of one's own: %d", a.Status)
	}
}

// A year mistyped, or a number that another document has, is said beside its field.
func TestWhatCannotBeIsSaid(t *testing.T) {
	s := start(t)
	s.drafted(url.Values{"number": {"青政服发〔2026〕5号"}})
	for field, value := range map[string]string{"formed": "0226-03-02", "number": " 青政服发〔2026〕5号 "} {
		if a := s.As("liaison").Submit(root+"/new", paper(url.Values{field: {value}})); a.Status != 422 || a.Find("#e-"+field).Length() != 1 {
			t.Errorf("%s %s: %d %s", field, value, a.Status, a.Find(".summary").Text())
		}
	}
}

// What everybody is told of a document that is gone must not say what it is gone for.
func TestANoteIsLookedThrough(t *testing.T) {
	s := start(t)
	id := s.drafted(nil)
	s.signed(id)
	s.does("clerk", id, "issued", nil)
	a := s.refused("clerk", id, "taken-down", url.Values{"reasons": {"误登"}, "note": {"误登了身份证号11010519491231002X。"}}, 422, "请改写")
	if a.Find("#e-note").Length() != 1 || strings.Contains(a.Find("#e-note").Text(), "11010519491231002X") {
		t.Errorf("%s", a.Find("#e-note").Text())
	}
	s.does("clerk", id, "taken-down", url.Values{"reasons": {"误登"}, "note": {"因内容有误，正在核实。"}})
}

// What had a term is repealed without anybody taking the term out of the form first, also
// for a day to come.
func TestWhatHadATermIsRepealed(t *testing.T) {
	s := start(t)
	id := s.drafted(url.Values{"kind": {"normative"}, "subject": {"20-1"}})
	s.signed(id)
	s.does("clerk", id, "issued", nil)
	s.does("head", id, "validity-changed", url.Values{"state": {"in-force"}, "on": {"2026-03-02"}, "term": {"2028-03-01"}})
	a := s.does("head", id, "validity-changed", url.Values{"state": {"repealed"}, "on": {"2026-05-01"}, "term": {"2028-03-01"}, "by": {"青政发〔2026〕3号"}})
	if d := s.document(id); d.Coming == nil || d.Coming.State != publish.Repealed || d.Validity.State != publish.InForce {
		t.Errorf("%+v %+v", d.Validity, d.Coming)
	}
	if got := a.Find("#record").Text() + a.Find("#notes").Text(); !strings.Contains(got, "将要变更的有效性") || !strings.Contains(got, "自2026-05-01起") {
		t.Errorf("nobody is told: %s", got)
	}
}
