package html

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// outline writes a document as short lines: paragraphs as they are (with
// their heading level), tables as rows of cells "text<colspan,rowspan>".
func outline(d *doc.Doc) []string {
	var out []string
	for _, b := range d.Blocks {
		if b.Para != nil {
			text := b.Para.Text
			if b.Para.Style != doc.Body {
				text = fmt.Sprintf("#%d %s", b.Para.Style, text)
			}
			out = append(out, text)
			continue
		}
		out = append(out, tableOutline(b.Table)...)
	}
	return out
}

func tableOutline(t *doc.Table) []string {
	var out []string
	for _, row := range t.Rows {
		var cells []string
		for _, c := range row.Cells {
			s := fmt.Sprintf("%d:%s", c.Col, c.Text)
			if c.ColSpan > 1 || c.RowSpan > 1 {
				s += fmt.Sprintf("<%d,%d>", c.ColSpan, c.RowSpan)
			}
			if c.Header {
				s = "!" + s
			}
			for i := range c.Nested {
				s += "{" + strings.Join(tableOutline(&c.Nested[i]), "; ") + "}"
			}
			cells = append(cells, s)
		}
		out = append(out, "| "+strings.Join(cells, " | "))
	}
	return out
}

func mustRead(t testing.TB, data []byte) *doc.Doc {
	t.Helper()
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParagraphs(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"blanks collapse as in a browser", "<p>  共受理\t 3\n 件  </p>", []string{"共受理 3 件"}},
		{"a source line break between Chinese leaves nothing", "<p>本机关不掌握\n    相关政府信息</p>", []string{"本机关不掌握相关政府信息"}},
		{"no-break and full-width blanks stay", "<p>&nbsp;&nbsp;　　一、总体情况&nbsp;</p>", []string{"\u00a0\u00a0　　一、总体情况\u00a0"}},
		{"br separates paragraphs", "<div>　　第一段。<br>　　第二段。<br><br/>第三段。</div>", []string{"　　第一段。", "　　第二段。", "第三段。"}},
		{"text around blocks", "前言<p>甲</p>乙<div>丙</div>丁", []string{"前言", "甲", "乙", "丙", "丁"}},
		{"inline elements join", "<p><span>共<b>1</b></span><span>2</span><span></span>件</p>", []string{"共12件"}},
		{
			"headings", "<h1>报告</h1><h2>一、总体情况</h2><h3>（一）主动公开</h3><h4>1.渠道</h4><h5>说明</h5>",
			[]string{"#1 报告", "#2 一、总体情况", "#3 （一）主动公开", "#4 1.渠道", "说明"},
		},
		{
			"ordered lists are numbered as printed", `<ol><li>甲</li><li><p>乙</p><p>丙</p></li></ol><ol type=a start=3><li>丁</li></ol><ol style="list-style-type:cjk-ideographic"><li>戊</li></ol><ul><li>己</li></ul>`,
			[]string{"1. 甲", "2. 乙", "丙", "c. 丁", "一、戊", "己"},
		},
		{"reversed list with a value", `<ol reversed><li>甲</li><li value=9>乙</li><li>丙</li></ol>`, []string{"3. 甲", "9. 乙", "8. 丙"}},
		{"scripts, styles, comments, form fields are no text", "<p>甲<!-- 乙 --><script>丙</script><style>丁</style></p><noscript>戊</noscript><select><option>己</select><template>庚</template>", []string{"甲"}},
		{"pre keeps lines", "<pre>一、总体情况\n  二、  情况\n</pre>", []string{"一、总体情况", "  二、  情况"}},
		{"entities", "<p>&lt;3&gt; &amp; &#x4e00;</p>", []string{"<3> & 一"}},
		{"title of a table is read before it", "<table><caption>表一</caption><tr><td>1<td>2</table>", []string{"表一", "| 0:1 | 1:2"}},
		{"reading of characters is left out", "<p><ruby>報<rp>(</rp><rt>bào</rt><rp>)</rp></ruby>告</p>", []string{"報告"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, outline(mustRead(t, []byte(test.page)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTables(t *testing.T) {
	nested := "<table border=1><tr><td>项目<td>甲<td>乙</tr><tr><td>数<td>1<td><p>见表</p><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr><tr><td>数<td>1<td>3<tr><td>数<td>1<td>4</table>"
	tests := []struct {
		name, page string
		want       []string
	}{
		{"spans", "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table>", []string{"| 0:甲<1,2> | 1:乙<2,1>", "| 1:丙 | 2:丁"}},
		{
			"rowspan 0 goes to the end of the group", "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3</table>",
			[]string{"| 0:甲<1,2> | 1:1", "| 1:2", "| 0:乙 | 1:3"},
		},
		{"spans beyond the table are cut", "<table><tr><td rowspan=99>甲<td>1</table>", []string{"| 0:甲 | 1:1"}},
		{"spans do not leave the head", "<table><thead><tr><th rowspan=3>甲<th>乙<tbody><tr><td>1<td>2</table>", []string{"| !0:甲 | !1:乙", "| 0:1 | 1:2"}},
		{
			"spans leave the head where the next row has just the room", "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙</thead><tr><td>丙<td>丁<tr><td>1<td>2<td>3</table>",
			[]string{"| !0:甲<1,2> | !1:乙<2,1>", "| 1:丙 | 2:丁", "| 0:1 | 1:2 | 2:3"},
		},
		{
			"overlapping cells: the later one is cut", "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=2>d<td>e</table>",
			[]string{"| 0:a | 1:b<1,2> | 2:c", "| 0:d | 2:e"},
		},
		{"missing cells stay missing", "<table><tr><td>a<td>b<td>c<tr><td>d</table>", []string{"| 0:a | 1:b | 2:c", "| 0:d"}},
		{
			"printed order of groups", "<table><tfoot><tr><td>合计<td>1</tfoot><tbody><tr><td>a<td>1</tbody><thead><tr><th>名<th>数</thead></table>",
			[]string{"| !0:名 | !1:数", "| 0:a | 1:1", "| 0:合计 | 1:1"},
		},
		{"a cell of blanks is empty, others keep theirs", "<table><tr><td>&nbsp;<td><p>&nbsp;</p><p>　</p><td>0&nbsp;<td><br></table>", []string{"| 0: | 1: | 2:0\u00a0 | 3:"}},
		{
			"V9 wrapped cells, br in labels", "<table><tr><td><p><span><span>13612</span></span><span></span></p><td>本年新<br/>制作数量<td><p>三</p><p>项</p></table>",
			[]string{"| 0:13612 | 1:本年新\n制作数量 | 2:三\n项"},
		},
		{"rows without an end and stray text", "<table><tr><td>1<td>2<p>注</table>后", []string{"| 0:1 | 1:2\n注", "后"}},
		{"nested table in a table of data", nested, []string{"| 0:项目 | 1:甲 | 2:乙", "| 0:数 | 1:1 | 2:见表{| 0:a | 1:b; | 0:c | 1:d}", "| 0:数 | 1:1 | 2:3", "| 0:数 | 1:1 | 2:4"}},
		{"hidden rows are not shown", "<table><tr><td>1<td>2<tr style='display: none'><td>3<td>4</table>", []string{"| 0:1 | 1:2"}},
		{"a table of one cell is a table", "<table><tr><td>甲</table>", []string{"| 0:甲"}},
		{"wild spans", "<table><tr><td colspan=x>甲<td colspan=-3 rowspan=' +2'>乙<td colspan='2.5'>丙<tr><td>1</table>", []string{"| 0:甲 | 1:乙<1,2> | 2:丙<2,1>", "| 0:1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := mustRead(t, []byte(test.page))
			if diff := cmp.Diff(test.want, outline(d)); diff != "" {
				t.Error(diff)
			}
			for table := range d.Tables {
				checkGrid(t, table)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	d := mustRead(t, []byte("<p>甲</p><table><tr><td>1<td>2<tr><td>3<td>4</table><p>乙</p><table><tr><td>5<td>6</table>"))
	if got := d.Blocks[2].Para.Place; got != (doc.Place{Para: 2}) {
		t.Errorf("second paragraph at %+v", got)
	}
	if got := d.Blocks[1].Table.Rows[1].Cells[1].Place; got != (doc.Place{Table: 1, Row: 2, Col: 2}) {
		t.Errorf("cell 4 at %+v", got)
	}
	if got := d.Blocks[3].Table.Rows[0].Cells[0].Place.String(); got != "第2个表格第1行第1列" {
		t.Errorf("cell 5 at %s", got)
	}
}

func TestNotices(t *testing.T) {
	d := mustRead(t, []byte(`<p>甲</p><p style="DISPLAY : none">密</p><div hidden>藏</div><span style="mso-hide:all">隐</span><img src="/a/tu.png"><p>乙</p>`))
	want := []doc.Notice{
		{Kind: doc.HiddenText, Text: "密", Place: doc.Place{Para: 2}},
		{Kind: doc.HiddenText, Text: "藏", Place: doc.Place{Para: 2}},
		{Kind: doc.HiddenText, Text: "隐", Place: doc.Place{Para: 2}},
		{Kind: doc.PictureFound, Text: "tu.png", Place: doc.Place{Para: 2}},
	}
	if diff := cmp.Diff(want, d.Notices); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"甲", "乙"}, outline(d)); diff != "" {
		t.Error(diff)
	}
}

func TestPicturesOnly(t *testing.T) {
	_, err := Read([]byte("<div><img src=1.jpg><img src=2.jpg></div>"))
	if errs.KindOf(err) != errs.Picture {
		t.Errorf("got %v", err)
	}
}

func TestEncodings(t *testing.T) {
	const text = "二〇二五年政府信息公开工作年度报告，共受理申请３件。"
	with := func(enc encoding.Encoding, declared string) []byte {
		head := ""
		if declared != "" {
			head = `<meta http-equiv="Content-Type" content="text/html; charset=` + declared + `">`
		}
		out, err := enc.NewEncoder().Bytes([]byte(head + "<p>" + text + "</p>"))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf8 := encoding.Nop
	tests := []struct {
		name string
		data []byte
	}{
		{"UTF-8 declared", with(utf8, "utf-8")},
		{"UTF-8 undeclared", with(utf8, "")},
		{"UTF-8 that says it is GB2312", with(utf8, "gb2312")},
		{"UTF-8 with a mark", append([]byte("\xef\xbb\xbf"), with(utf8, "gb2312")...)},
		{"GBK declared GB2312", with(simplifiedchinese.GBK, "gb2312")},
		{"GB18030 declared", with(simplifiedchinese.GB18030, "gb18030")},
		{"GBK undeclared", with(simplifiedchinese.GBK, "")},
		{"GBK that says it is UTF-8", with(simplifiedchinese.GBK, "utf-8")},
		{"GBK that says it is Latin-1", with(simplifiedchinese.GBK, "iso-8859-1")},
		{"UTF-16 little endian with a mark", with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16")},
		{"UTF-16 big endian with a mark", with(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "")},
		{"UTF-16 without a mark", with(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{text}, outline(mustRead(t, test.data))); diff != "" {
				t.Error(diff)
			}
		})
	}
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("<meta charset=big5><p>政府資訊公開</p>"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"政府資訊公開"}, outline(mustRead(t, big5))); diff != "" {
		t.Error(diff)
	}
}

func TestNeverMojibake(t *testing.T) {
	noise := []byte("<p>")
	for i := range 2000 {
		noise = append(noise, byte(0x80+i*7%128), byte(i*13))
	}
	if _, err := Read(noise); errs.KindOf(err) != errs.Corrupt {
		t.Errorf("noise was read, error %v", err)
	}
	cut := mustRead(t, []byte("<p>政府信息公开"[:len("<p>政府信息公开")-1]))
	if diff := cmp.Diff([]string{"政府信息公\ufffd"}, outline(cut)); diff != "" {
		t.Error(diff)
	}
}
