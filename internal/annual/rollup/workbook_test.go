package rollup_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
)

func TestWorkbook(t *testing.T) {
	b := rollup.New(tree(t, county), rollup.Options{})
	b.Add("县政府.docx", received("青石县人民政府", 6))
	office := received("青石县人民政府办公室", 2)
	office.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 3000})
	b.Add("办公室.docx", office)
	b.Add("教育局.docx", received("青石县教育局", 3))
	r := b.Result()
	var out bytes.Buffer
	if err := r.WriteWorkbook(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(f.GetSheetList(), " "), "汇总表二 汇总表三 汇总表四 机关 明细 缺报与存疑 上下级核对"; got != want {
		t.Errorf("sheets %s, want %s", got, want)
	}
	tests := []struct{ sheet, row string }{
		{"汇总表三", "一、本年新收政府信息公开申请数量 0 0 0 0 0 0 5"},
		{"汇总表二", "行政事业性收费 0.003"},
		{"明细", "table3 R1 C7 一、本年新收政府信息公开申请数量 / 总计 青石县教育局 3 是 教育局.docx 第2个表格第4行第10列"},
		{"明细", "table2 fees amount 行政事业性收费 / 本年收费金额（单位：万元） 青石县人民政府办公室 0.003 是 办公室.docx"},
		{"机关", "　青石县教育局 部门 已计入 3 0 0 0 教育局.docx"},
		{"机关", "青石县人民政府 政府 汇总数，只作核对 11150800MB1234567X 5 0 0 0 县政府.docx"},
		{"缺报与存疑", "缺报 白水镇人民政府 没有收到2023年度报告。 条例§49"},
		{"上下级核对", "青石县人民政府 一、本年新收政府信息公开申请数量 / 总计 6 5 1 下级报告不全或存疑"},
	}
	for _, tt := range tests {
		rows, err := f.GetRows(tt.sheet)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			cells := slices.DeleteFunc(row, func(s string) bool { return s == "" })
			lines = append(lines, strings.Join(cells, " "))
		}
		if !slices.Contains(lines, tt.row) {
			t.Errorf("sheet %s has no row\n%s\nin\n%s", tt.sheet, tt.row, strings.Join(lines, "\n"))
		}
	}
	merged, err := f.GetMergeCells("汇总表三")
	if err != nil || len(merged) < 10 {
		t.Errorf("%d merged cells, %v", len(merged), err)
	}
	if kind, err := f.GetCellType("明细", "F2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a figure is stored as %d, %v", kind, err)
	}
}
