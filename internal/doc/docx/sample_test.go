package docx

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"gongkai/internal/doc"
)

// sampleReport is a document of the shape of an annual report: six sections of
// text and three tables with merged headers, of 4, 10 and 15 columns.
func sampleReport() *doc.Doc {
	d := &doc.Doc{Format: doc.DOCX, Title: "云溪县民政局2024年政府信息公开工作年度报告"}
	d.AddPara(doc.Title, "云溪县民政局\n2024年政府信息公开工作年度报告")
	d.AddPara(doc.Body, "本报告依据《中华人民共和国政府信息公开条例》和有关规定编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。所列数据的统计期限自2024年1月1日起至12月31日止。")
	d.AddPara(doc.Heading1, "一、总体情况")
	for i, name := range []string{"主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"} {
		d.AddPara(doc.Heading2, "（"+formatNumber(i+1, "chineseCounting")+"）"+name)
		d.AddPara(doc.Body, strings.Repeat("全年通过政府门户网站公开信息128条，办理“群众来信”36件，答复率100%，比上年提高2.5个百分点。", 5))
		d.AddPara(doc.Heading3, "1.具体做法")
	}
	d.AddPara(doc.Heading1, "二、主动公开政府信息情况")
	d.AddTable(sampleItems())
	d.AddPara(doc.Heading1, "三、收到和处理政府信息公开申请情况")
	d.AddTable(sampleRequests())
	d.AddPara(doc.Heading1, "四、政府信息公开行政复议、行政诉讼情况")
	d.AddTable(sampleRemedies())
	d.AddPara(doc.Heading1, "五、存在的主要问题及改进情况")
	d.AddPara(doc.Body, strings.Repeat("一是公开内容还不够丰富；二是解读形式较为单一。", 8))
	d.AddPara(doc.Heading1, "六、其他需要报告的事项")
	d.AddPara(doc.Body, "2024年未收取信息处理费。")
	d.AddPara(doc.Signature, "云溪县民政局")
	d.AddPara(doc.Date, "2025年1月15日")
	return d
}

func at(col, span, rows int, text string) doc.Cell {
	return doc.Cell{Text: text, Col: col, ColSpan: span, RowSpan: rows, Align: doc.Center}
}

func sampleItems() *doc.Table {
	t := &doc.Table{Grid: true, Cols: 4, Widths: []int{3, 2, 2, 2}}
	add := func(cells ...doc.Cell) { t.Rows = append(t.Rows, doc.Row{Cells: cells}) }
	add(at(0, 4, 1, "第二十条第（一）项"))
	add(at(0, 1, 1, "信息内容"), at(1, 1, 1, "本年制发件数"), at(2, 1, 1, "本年废止件数"), at(3, 1, 1, "现行有效件数"))
	add(at(0, 1, 1, "规章"), at(1, 1, 1, "0"), at(2, 1, 1, "0"), at(3, 1, 1, "0"))
	add(at(0, 1, 1, "行政规范性文件"), at(1, 1, 1, "2"), at(2, 1, 1, "1"), at(3, 1, 1, "17"))
	add(at(0, 4, 1, "第二十条第（五）项"))
	add(at(0, 1, 1, "信息内容"), at(1, 3, 1, "本年处理决定数量"))
	add(at(0, 1, 1, "行政许可"), at(1, 3, 1, "143"))
	add(at(0, 4, 1, "第二十条第（八）项"))
	add(at(0, 1, 1, "信息内容"), at(1, 3, 1, "本年收费金额（单位：万元）"))
	add(at(0, 1, 1, "行政事业性收费"), at(1, 3, 1, "18.871"))
	return t
}

func sampleRequests() *doc.Table {
	t := &doc.Table{Grid: true, Cols: 10, Widths: []int{3, 4, 12, 3, 3, 3, 3, 3, 3, 3}}
	header := func(cells ...doc.Cell) { t.Rows = append(t.Rows, doc.Row{Cells: cells, Header: true}) }
	header(at(0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"), at(3, 7, 1, "申请人情况"))
	header(at(3, 1, 2, "自然人"), at(4, 5, 1, "法人或其他组织"), at(9, 1, 2, "总计"))
	header(at(4, 1, 1, "商业企业"), at(5, 1, 1, "科研机构"), at(6, 1, 1, "社会公益组织"), at(7, 1, 1, "法律服务机构"), at(8, 1, 1, "其他"))
	row := func(n int, labels ...doc.Cell) {
		for i := range labels {
			labels[i].Align = doc.Left
		}
		for c := range 7 {
			labels = append(labels, at(3+c, 1, 1, strconv.Itoa(n*(c+1)%37)))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: labels})
	}
	row(12, at(0, 3, 1, "一、本年新收政府信息公开申请数量"))
	row(0, at(0, 3, 1, "二、上年结转政府信息公开申请数量"))
	row(3, at(0, 1, 22, "三、本年度办理结果"), at(1, 2, 1, "（一）予以公开"))
	row(1, at(1, 2, 1, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"))
	groups := []struct {
		name  string
		items []string
	}{
		{"（三）不予公开", []string{"1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"}},
		{"（四）无法提供", []string{"1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"}},
		{"（五）不予处理", []string{"1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"}},
		{"（六）其他处理", []string{"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"}},
	}
	for _, g := range groups {
		for i, item := range g.items {
			if i == 0 {
				row(i, at(1, 1, len(g.items), g.name), at(2, 1, 1, item))
			} else {
				row(i, at(2, 1, 1, item))
			}
		}
	}
	row(12, at(1, 2, 1, "（七）总计"))
	row(0, at(0, 3, 1, "四、结转下年度继续办理"))
	return t
}

func sampleRemedies() *doc.Table {
	t := &doc.Table{Grid: true, Cols: 15}
	add := func(cells ...doc.Cell) { t.Rows = append(t.Rows, doc.Row{Cells: cells}) }
	add(at(0, 5, 2, "行政复议"), at(5, 10, 1, "行政诉讼"))
	add(at(5, 5, 1, "未经复议直接起诉"), at(10, 5, 1, "复议后起诉"))
	var labels, figures []doc.Cell
	for c := range 15 {
		labels = append(labels, at(c, 1, 1, []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}[c%5]))
		figures = append(figures, at(c, 1, 1, strconv.Itoa(c%4)))
	}
	add(labels...)
	add(figures...)
	return t
}

// written is a document as Write makes it.
func written(t testing.TB, d *doc.Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
