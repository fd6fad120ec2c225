package check

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

func TestK18(t *testing.T) {
	say := func(text string) *annual.Report { return edit("清理失效文件。", text) }
	noticed := func(kind doc.NoticeKind) *annual.Report {
		r := sound()
		r.Notices = []doc.Notice{{Kind: kind, Text: "请核"}, {Kind: kind, Text: "再核"}}
		return r
	}
	testText(t, ruleK18(), []textCase{
		{"good", sound(), nil},
		{"ERR-8", edit("（一）主动公开", "[bookmark: _GoBack]（一）主动公开"), []string{"error text/一 [bookmark: _GoBack]"}},
		{"ERR-1", say("该部分以表格形式报告。表格如下："), []string{"error text/一 该部分以表格形式报告"}},
		{"××", say("××局公开信息××条。"), []string{"error text/一 ××"}},
		{"XX年", say("XX年公开信息10条。"), []string{"error text/一 XX"}},
		{"XXX局", say("由XXX局负责。"), []string{"error text/一 XXX"}},
		{"full width", say("ＸＸ局负责。"), []string{"error text/一 XX"}},
		{"Word's field error", say("见错误!未找到引用源。"), []string{"error text/一 错误!"}},
		{"Word's field error in English", say("见Error! Reference source not found."), []string{"error text/一 Error!"}},
		{"to fill in", say("公开信息____条。"), []string{"error text/一 ____"}},
		{"addresses", say("网址 http://www.qinghe.gov.cn/xxgk/index.html ，邮箱 xxgk@126.com。"), nil},
		{"1+X, MAX", say("“1+X”新闻发布会，MAX值。"), nil},
		{"ellipsis of an excerpt", say("[…]"), nil},
		{"comments", noticed(doc.Comment), []string{"error 2处"}},
		{"tracked changes", noticed(doc.TrackedDeletion), []string{"error 2处"}},
		{"hidden text", noticed(doc.HiddenText), []string{"warning 2处"}},
		{"page numbers are nothing", noticed(doc.PageNumber), nil},
	})
}
