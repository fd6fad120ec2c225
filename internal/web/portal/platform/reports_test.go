package platform_test

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/publish"
	"gongkai/internal/store/storetest"
)

// The annual reports of all years stand together, the organ's own and those of the
// organs below, with the form of their year.
func TestAnnualReportsOfAllYearsStandTogether(t *testing.T) {
	h := open(t)
	if a := h.Get("/open/reports"); a.Status != http.StatusOK || !strings.Contains(a.Find(".empty").Text(), "还没有发布年度报告") {
		t.Errorf("without reports: %d", a.Status)
	}
	table := "# 三、收到和处理政府信息公开申请情况\n| 申请人情况 | < | 总计 |\n| --- | --- | --- |\n| 自然人 | 3 | 3 |"
	old := h.publish(paper("青川旗政务服务局2020年政府信息公开工作年度报告", table, publish.AnnualReport))
	last := h.publish(paper("青川旗政务服务局2025年政府信息公开工作年度报告", table, publish.AnnualReport))
	h.publish(paper("关于2025年报告的通知", "报告。", publish.OtherDocument))
	page := h.has("/open/reports?organ="+storetest.BureauID, "main", "2025", "2020", "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号")
	var own []string
	for _, a := range page.Find("#own ~ .scroll a[href^='/open/']").EachIter() {
		own = append(own, a.AttrOr("href", ""))
	}
	if len(own) != 8 || own[0] != "/open/"+last || own[4] != "/open/"+old {
		t.Errorf("the own reports are %v", own)
	}
	above := h.Get("/open/reports?organ=" + storetest.CountyID)
	if n := above.Find(".list tbody tr").Length(); n != 1 || !strings.Contains(above.Find(".list").Text(), "青川旗政务服务局2025年") {
		t.Errorf("the county shows %d reports of the last year", n)
	}
	if a := h.Get("/open/reports?report=2020"); !strings.Contains(a.Find(".list").Text(), "2020年") || strings.Contains(a.Find(".list").Text(), "2025年") {
		t.Errorf("2020 shows %s", a.Find(".list").Text())
	}
	if a := h.Get("/open/reports?format=xlsx&report=2020"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Error("the list is no sheet")
	}
	if a := h.Get("/open/reports?organ=none"); a.Status != http.StatusNotFound {
		t.Errorf("an organ that is none: %d", a.Status)
	}
	if cell := h.Get("/open/" + last).Find("article.document th").First(); cell.AttrOr("colspan", "") != "2" {
		t.Error("the prescribed table has lost its joined cells")
	}
	if a := h.Get("/open/" + last + "/download?format=xlsx"); !strings.HasPrefix(a.Body, "PK") {
		t.Errorf("as a spreadsheet: %d", a.Status)
	}
}

// What was corrected can be read as it was, with the note that everybody got; what was
// taken down can not.
func TestFormerTextsAreRead(t *testing.T) {
	h := open(t)
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	h.do(clerk, id, publish.Revise{Why: "数额有误", Note: "印章数量更正为15枚。"})
	p := paper("关于规范村级印章管理的通知", strings.Replace(seals, "12", "15", 1), publish.NormativeDoc)
	h.do(clerk, id, publish.Edit{Paper: p})
	h.issue(id)
	link := h.Get("/open/" + id).Find("#former ~ ul a")
	if link.Length() != 1 || link.AttrOr("href", "") != "/open/"+id+"/former/1" {
		t.Fatal("nothing leads to the former text")
	}
	h.has("/open/"+id+"/former/1", "main", "12", "印章数量更正为15枚。", "已经被后来的文本代替")
	h.has("/open/"+id, "article.document", "15")
	for _, no := range []string{"0", "2", "x"} {
		if a := h.Get("/open/" + id + "/former/" + no); a.Status != http.StatusNotFound {
			t.Errorf("former text %s: %d", no, a.Status)
		}
	}
	h.do(clerk, id, publish.TakeDown{Reasons: "含有身份证号", Note: "正在核实"})
	if a := h.Get("/open/" + id + "/former/1"); a.Status != http.StatusNotFound || strings.Contains(a.Body, "印章数量") {
		t.Errorf("a former text of what was taken down: %d", a.Status)
	}
}
