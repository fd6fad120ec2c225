package platform_test

import (
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/publish"
	"gongkai/internal/store/storetest"
)

// The library has policy documents of all kinds in one place, each with whether it holds,
// since when not and by what, and what explains it; what is no policy is not in it.
func TestPolicyDocumentsStandTogether(t *testing.T) {
	h := open(t)
	numbered := func(title, number string, kind publish.Kind) publish.Paper {
		p := paper(title, seals, kind)
		p.Number = number
		return p
	}
	holds := h.publish(numbered("关于规范村级印章管理的通知", "青政服发〔2026〕1号", publish.NormativeDoc))
	ended := h.publish(numbered("关于规范中介服务的若干规定", "青政服发〔2026〕2号", publish.NormativeDoc))
	h.publish(numbered("关于延时服务的通知", "青政服发〔2026〕3号", publish.OtherDocument))
	h.publish(paper("大厅物业合同", "内容。", publish.OtherDocument))
	h.publish(paper("部门预算", "收入和支出。", "budget"))
	explained := h.draft(paper("《通知》解读", "为什么制定。", publish.Interpretation))
	h.do(clerk, explained, publish.AddLink{Link: publish.Link{Kind: publish.Explains, To: holds}})
	const library, reading = "/open/policies", "/open/explanations"
	if strings.Contains(h.Get(library).Body, "《通知》解读") || strings.Contains(h.Get(reading).Body, "《通知》解读") {
		t.Error("a draft is told of")
	}
	h.issue(explained)
	h.do(head, ended, publish.SetValidity{State: publish.Repealed, By: "青政服发〔2026〕20号"})
	a := h.has(library, ".list tbody", "关于规范村级印章管理的通知", "青政服发〔2026〕1号", "有效", "政策解读：《通知》解读", "废止", "自2026-03-05起，依据青政服发〔2026〕20号", "关于延时服务的通知")
	if a.Find(`.list a[href="/open/`+explained+`"]`).Length() != 1 {
		t.Error("what explains the document cannot be reached")
	}
	for _, other := range []string{"部门预算", "大厅物业合同"} {
		if strings.Contains(a.Find(".list tbody").Text(), other) {
			t.Errorf("%s is no policy document", other)
		}
	}
	for query, want := range map[string]int{"": 3, "?force=in-force": 1, "?force=repealed": 1, "?force=zz": 0, "?kind=normative": 2, "?kind=budget": 0, "?year=2026": 3, "?year=2025": 0, "?organ=" + storetest.BureauID: 3, "?q=印章": 1, "?page=9": 0} {
		if n := h.Get(library + query).Find(".list tbody tr").Length(); n != want {
			t.Errorf("%s lists %d, not %d", query, n, want)
		}
	}
	if tag := a.Find(`meta[name="ColumnName"]`).AttrOr("content", ""); tag != "政策文件库" {
		t.Errorf("the column is %s", tag)
	}
	b := h.has(reading, ".list tbody", "《通知》解读", "关于规范村级印章管理的通知")
	if b.Find(`.list a[href="/open/`+holds+`"]`).Length() != 1 || b.Find(".list tbody tr").Length() != 1 {
		t.Error("an explanation does not lead to its document")
	}
	if h.Get(library+"?organ=nobody").Status != http.StatusNotFound || !strings.Contains(h.Get(library+"?format=xlsx").Header.Get("Content-Type"), "spreadsheet") {
		t.Error("an organ that is none, or no sheet")
	}
	h.do(clerk, explained, publish.TakeDown{Reasons: "有误", Note: "暂时撤下。"})
	if strings.Contains(h.Get(library).Body, explained) || strings.Contains(h.Get(reading).Body, explained) {
		t.Error("what was taken down is still told of")
	}
}
