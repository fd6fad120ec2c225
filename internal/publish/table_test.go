package publish_test

import (
	"testing"

	"gongkai/internal/publish"
)

// A table keeps its joined cells, such as the tables of the annual report have.
func TestTablesKeepJoinedCells(t *testing.T) {
	const text = "| 信息内容 | 本年 | < |\n| ^ | 新收 | 结转 |\n| --- | --- | --- |\n| 申请 | 12 | 3 |\n| 合计 | 15 | < |"
	table := publish.Parse(text).Blocks[0].Table
	if first := table.Rows[0].Cells; len(first) != 2 || first[0].RowSpan != 2 || first[1].ColSpan != 2 || first[1].Col != 1 {
		t.Errorf("the first row is %+v", first)
	}
	if second := table.Rows[1].Cells; len(second) != 2 || second[0].Text != "新收" || second[0].Col != 1 || !second[0].Header {
		t.Errorf("the second row is %+v", second)
	}
	if table.Rows[2].Header || table.Rows[3].Cells[1].ColSpan != 2 {
		t.Errorf("the figures are %+v", table.Rows[2:])
	}
	if again := publish.Tidy(text); again != text {
		t.Errorf("it is kept as\n%s", again)
	}
}

// Marks that make no rectangle are empty cells, and a sign that is meant stays.
func TestMarksThatJoinNothingAreEmptyCells(t *testing.T) {
	for text, want := range map[string]string{
		"| < | 甲 |\n| 乙 | 丙 |":     "|  | 甲 |\n| 乙 | 丙 |",
		"| 甲 | < |\n| ^ | 丙 |":     "| 甲 |  |\n|  | 丙 |",
		"| 甲 | \\< |\n| \\^ | 丙 |": "| 甲 | \\< |\n| \\^ | 丙 |",
	} {
		if got := publish.Tidy(text); got != want {
			t.Errorf("%q is kept as %q", text, got)
		}
	}
	if cell := publish.Parse(`| 甲 | \< |`).Blocks[0].Table.Rows[0].Cells[1]; cell.Text != "<" {
		t.Errorf("a sign that is meant is %q", cell.Text)
	}
}
