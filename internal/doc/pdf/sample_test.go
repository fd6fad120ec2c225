package pdf

import (
	"fmt"

	"gongkai/internal/doc"
)

// cellOf is a centred cell.
func cellOf(text string, col, colSpan, rowSpan int) doc.Cell {
	return doc.Cell{Text: text, Col: col, ColSpan: colSpan, RowSpan: rowSpan, Align: doc.Center}
}

// sampleReport is an invented organ's report with the shapes that matter: long
// justified paragraphs, a table of ten columns longer than a page with labels
// over several rows, and one of fifteen columns.
func sampleReport() *doc.Doc {
	d := &doc.Doc{}
	d.AddPara(doc.Title, "青河县水务局\n2025年政府信息公开工作年度报告")
	d.AddPara(doc.Plain, "（2026年1月20日）")
	d.AddPara(doc.Body, "本年度报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条的规定编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成，数据统计期限自2025年1月1日起至2025年12月31日止。")
	d.AddPara(doc.Heading1, "一、总体情况")
	d.AddPara(doc.Heading2, "（一）主动公开情况")
	d.AddPara(doc.Body, "全年通过门户网站www.qinghe.example公开信息1,286条，比上年增长12.5%；其中“三公”经费、预决算信息36条，联系人㛃㛃、𠮷野。")
	d.AddPara(doc.Heading3, "1.制度建设")
	d.AddPara(doc.Body, "修订公开指南1部。")
	d.AddPara(doc.Heading1, "三、收到和处理政府信息公开申请情况")
	d.AddTable(tenColumns())
	d.AddPara(doc.Heading1, "四、政府信息公开行政复议、行政诉讼情况")
	d.AddTable(fifteenColumns())
	d.AddPara(doc.Signature, "青河县水务局")
	d.AddPara(doc.Date, "2026年1月20日")
	return d
}

func tenColumns() *doc.Table {
	t := &doc.Table{Cols: 10, Grid: true, Widths: []int{6, 9, 27, 8, 8, 8, 10, 10, 7, 7}}
	t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
		cellOf("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 3, 2), cellOf("申请人情况", 3, 7, 1),
	}}, doc.Row{Cells: []doc.Cell{
		cellOf("自然人", 3, 1, 1), cellOf("商业企业", 4, 1, 1), cellOf("科研机构", 5, 1, 1), cellOf("社会公益组织", 6, 1, 1),
		cellOf("法律服务机构", 7, 1, 1), cellOf("其他", 8, 1, 1), cellOf("总计", 9, 1, 1),
	}})
	numbers := func(row, from int) []doc.Cell {
		var cells []doc.Cell
		for c := range 7 {
			cells = append(cells, cellOf(fmt.Sprint(row*137*c%2000), from+c, 1, 1))
		}
		return cells
	}
	whole := func(row int, label string) {
		cells := append([]doc.Cell{{Text: label, ColSpan: 3, RowSpan: 1}}, numbers(row, 3)...)
		t.Rows = append(t.Rows, doc.Row{Cells: cells})
	}
	whole(1, "一、本年新收政府信息公开申请数量")
	whole(2, "二、上年结转政府信息公开申请数量")
	for i := range 24 {
		var cells []doc.Cell
		if i == 0 {
			cells = append(cells, cellOf("三、本年度办理结果", 0, 1, 24))
		}
		if i%4 == 0 {
			cells = append(cells, doc.Cell{Text: fmt.Sprintf("（%d）不予公开", i/4+1), Col: 1, ColSpan: 1, RowSpan: 4})
		}
		label := fmt.Sprintf("%d.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", i%4+1)
		if i%2 == 0 {
			label = fmt.Sprintf("%d.保护第三方合法权益", i%4+1)
		}
		cells = append(cells, doc.Cell{Text: label, Col: 2, ColSpan: 1, RowSpan: 1})
		t.Rows = append(t.Rows, doc.Row{Cells: append(cells, numbers(i+3, 3)...)})
	}
	whole(30, "四、结转下年度继续办理")
	return t
}

func fifteenColumns() *doc.Table {
	t := &doc.Table{Cols: 15, Grid: true}
	t.Rows = append(t.Rows,
		doc.Row{Cells: []doc.Cell{cellOf("行政复议", 0, 5, 1), cellOf("行政诉讼", 5, 10, 1)}},
		doc.Row{}, doc.Row{}, doc.Row{})
	outcomes := []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}
	t.Rows[1].Cells = []doc.Cell{}
	for c := range 5 {
		t.Rows[1].Cells = append(t.Rows[1].Cells, cellOf(outcomes[c], c, 1, 2))
	}
	t.Rows[1].Cells = append(t.Rows[1].Cells, cellOf("未经复议直接起诉", 5, 5, 1), cellOf("复议后起诉", 10, 5, 1))
	for c := 5; c < 15; c++ {
		t.Rows[2].Cells = append(t.Rows[2].Cells, cellOf(outcomes[c%5], c, 1, 1))
	}
	for c := range 15 {
		t.Rows[3].Cells = append(t.Rows[3].Cells, cellOf(fmt.Sprint(c*c), c, 1, 1))
	}
	return t
}
