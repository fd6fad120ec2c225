package html

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/doc"
)

const report = `<p>一、总体情况</p><p>2025年，本机关主动公开信息120条，收到政府信息公开申请3件，均在法定期限内答复，未发生行政复议和行政诉讼。</p>
<p>二、主动公开政府信息情况</p><table><tr><td colspan=4>第二十条第（一）项<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr><td>规章<td>0<td>0<td>0</table>
<p>六、其他需要报告的事项</p><p>无。</p>`

var reportLines = []string{
	"一、总体情况", "2025年，本机关主动公开信息120条，收到政府信息公开申请3件，均在法定期限内答复，未发生行政复议和行政诉讼。", "二、主动公开政府信息情况",
	"| 0:第二十条第（一）项<4,1>", "| 0:信息内容 | 1:本年制发件数 | 2:本年废止件数 | 3:现行有效件数", "| 0:规章 | 1:0 | 2:0 | 3:0", "六、其他需要报告的事项", "无。",
}

// before says which lines in front of the report are expected to stay.
func TestReportInsideAPage(t *testing.T) {
	const title = "<title>某县2025年政府信息公开工作年度报告-某县人民政府</title>"
	tests := []struct {
		name, page string
		before     []string
	}{
		{
			"content system with #zoom", title + `<div class="header"><a href=/><img src=logo.png></a><ul class=nav><li><a href=1>首页</a><li><a href=2>政务公开</a></ul></div>
			<div class="crumb">当前位置：<a href=/>首页</a> &gt; <a href=3>政府信息公开年报</a> &gt; 正文</div>
			<div class="wrap"><div class="article-title">某县2025年政府信息公开工作年度报告</div><div class="info">发布日期：2026-01-20</div>
			<div id="zoom">` + report + `<img src=x.png></div>
			<div class="share">分享到：<a href=#>微信</a></div><div>上一篇：<a href=4>某县2024年政府信息公开工作年度报告</a></div><p>【打印本页】【关闭窗口】</p></div>
			<div class="footer"><p>版权所有：某县人民政府办公室</p><p>网站标识码：1234567890 京ICP备12345678号</p></div>`,
			[]string{"某县2025年政府信息公开工作年度报告", "发布日期：2026-01-20"},
		},
		{
			"semantic page", `<header><h1>某县人民政府</h1></header><nav>首页 公开</nav><main><h1>年度报告</h1>` + report + `</main><aside>热点</aside><footer>主办：某县</footer>`,
			[]string{"#1 某县人民政府", "#1 年度报告"},
		},
		{
			"layout tables", `<table width=980><tr><td colspan=2><a href=/>网站首页</a> <a href=2>公开</a></td></tr><tr><td width=200><table><tr><td><a href=1>信息公开指南</a><tr><td><a href=2>信息公开目录</a><tr><td><a href=3>年报</a><tr><td><a href=4>法规</a></table></td>
			<td><table><tr><td><table><tr><td><b>某县年报</b></td></tr><tr><td>` + report + `</td></tr></table></td></tr></table></td></tr><tr><td colspan=2>版权所有 某县 ICP备1号</td></tr></table>`,
			[]string{"某县年报"},
		},
		{
			"narrative and tables in different boxes", `<div class=nav><a href=1>首页</a></div><div><div><p>前言一段，说明本报告的编制依据和统计期限。</p></div><div>` + report + `</div></div>`,
			[]string{"前言一段，说明本报告的编制依据和统计期限。"},
		},
		{"furniture inside the document element", `<div id=zoom><div class=share>分享到：微信 微博</div>` + report + `<p class=prev>上一篇：<a href=1>某县2024年年报</a></p><p>下一篇：<a href=1>没有了</a></p></div>`, nil},
		{"bare fragment", report, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := outline(mustRead(t, []byte(test.page)))
			if diff := cmp.Diff(append(slices.Clone(test.before), reportLines...), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPicturesOfThePageAreNotReported(t *testing.T) {
	d := mustRead(t, []byte(`<div class=header><img src=logo.png></div><div id=zoom>`+report+`<img src=tu.png></div><div><img src=foot.png></div>`))
	if len(d.Notices) != 1 || d.Notices[0].Kind != doc.PictureFound || d.Notices[0].Text != "tu.png" {
		t.Errorf("notices %+v", d.Notices)
	}
}

func TestAttachmentLinesStay(t *testing.T) {
	d := mustRead(t, []byte(`<div id=zoom>`+report+`<p>附件：<a href=1.docx>2025年度报告.docx</a></p></div>`))
	if got := outline(d); !strings.HasPrefix(got[len(got)-1], "附件：") {
		t.Errorf("last line %q", got[len(got)-1])
	}
}
