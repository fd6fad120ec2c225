package platform_test

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/setting"
	"gongkai/internal/store/storetest"
)

const guideOf = "/open/guide?organ=" + storetest.BureauID

// The guide (条例§12.2) says what is set: which channels are open beside those that must
// be, in how many days information is published, which court hears suits; and what the
// law says today of fees and of who reconsiders.
func TestTheGuideSaysWhatIsSet(t *testing.T) {
	h := open(t)
	storetest.Exec(t, h.DB, "UPDATE organ_version SET contact = $1 WHERE organ_id = $2", `{"office":"政务公开股","address":"青川镇政府路1号","postcode":"015000","phone":"0478-3212345","fax":"0478-3212346","email":"zwgk@example.cn"}`, storetest.BureauID)
	before := h.has(guideOf, "main", "网上申请", "当面申请：青川镇政府路1号", "邮寄申请：青川镇政府路1号 015000", "20个工作日内公布", "基层人民法院",
		"第1至10件", "第31件起", "每件100元", "每10件为一档", "第201页起", "每页40元", "国办函〔2020〕109号", "应当先自知道之日起六十日内向青川旗人民政府申请行政复议", "行政复议法§23.1", "提交之日为收到申请之日")
	for _, closed := range []string{"传真申请", "电子邮件申请"} {
		if strings.Contains(before.Find("main").Text(), closed) {
			t.Errorf("the guide opens a channel that nobody opened: %s", closed)
		}
	}
	h.Set(storetest.BureauID, setting.RequestChannels, "fax email")
	h.Set(storetest.BureauID, setting.RequestCourt, "青川旗人民法院")
	h.Set(storetest.BureauID, setting.PublishDays, "7")
	h.Set(storetest.BureauID, setting.IndexPattern, "{yyyymm}-{serial:4}")
	storetest.Exec(t, h.DB, "INSERT INTO revision (name, n) VALUES ('setting', 100) ON CONFLICT (name) DO UPDATE SET n = 100") // as a change of settings does
	h.has(guideOf, "main", "传真申请：0478-3212346", "电子邮件申请", "zwgk@example.cn", "7个工作日内公布", "向青川旗人民法院提起行政诉讼", "年月-流水号")
	if a := h.Get("/open/guide?organ=nobody"); a.Status != http.StatusNotFound {
		t.Errorf("the guide of nobody: %d", a.Status)
	}
}

// The form for requests on paper asks for what 条例§29 asks for, never for a purpose, and
// names the office to which it goes.
func TestTheFormForRequestsIsHandedOut(t *testing.T) {
	h := open(t)
	h.Set(storetest.BureauID, setting.RequestChannels, "fax")
	links := h.Get(guideOf).Find(`main a[href^="/open/guide/form"]`)
	if links.Length() != 2 {
		t.Fatalf("%d forms", links.Length())
	}
	for _, e := range links.EachIter() {
		a := h.Get(e.AttrOr("href", ""))
		if a.Status != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d %s", e.Text(), a.Status, a.Header)
		}
	}
	a := h.Get("/open/guide/form?format=docx&organ=" + storetest.BureauID)
	d, err := docx.Read([]byte(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	tables := 0
	for _, b := range d.Blocks {
		if b.Para != nil {
			text.WriteString(b.Para.Text + "\n")
			continue
		}
		tables++
		text.WriteString(said(b.Table))
	}
	if tables != 2 {
		t.Errorf("%d tables, not one for citizens and one for organisations", tables)
	}
	for _, asked := range []string{"青川旗政务服务局", "政府信息公开申请表", "公民姓名", "证件名称和号码", "联系电话", "名称、文号或者便于查询的其他特征", "电子文件", "统一社会信用代码", "不需要说明申请的用途", "青川镇政府路1号", "0478-3212345"} {
		if !strings.Contains(text.String(), asked) {
			t.Errorf("the form does not say %s: %s", asked, text.String())
		}
	}
	if strings.Contains(text.String(), "传真") {
		t.Error("the form names a fax that the organ does not have")
	}
	if a := h.Get("/open/guide/form?format=pdf"); !strings.HasPrefix(a.Body, "%PDF-") {
		t.Errorf("%d: %.20s", a.Status, a.Body)
	}
	for _, wrong := range []string{"", "?format=xlsx", "?format=exe", "?format=pdf&organ=nobody"} {
		if a := h.Get("/open/guide/form" + wrong); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, a.Status)
		}
	}
}

func said(t *doc.Table) string {
	var b strings.Builder
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			b.WriteString(c.Text + "\n")
		}
	}
	return b.String()
}
