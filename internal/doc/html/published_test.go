package html

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/testreports"
)

func readPublished(t testing.TB, name string) *doc.Doc {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testreports.Published(t), name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func tablesOf(d *doc.Doc) (all []*doc.Table) {
	for t := range d.Tables {
		all = append(all, t)
	}
	return all
}

// at gives the cell that owns a slot, counted from 0; nil for a hole.
func at(t *doc.Table, row, col int) *doc.Cell {
	for y := row; y >= 0; y-- {
		for i := range t.Rows[y].Cells {
			c := &t.Rows[y].Cells[i]
			if c.Col <= col && col < c.Col+c.ColSpan && y+c.RowSpan > row {
				return c
			}
		}
	}
	return nil
}

type size struct{ rows, cols int }

type slot struct {
	table, row, col int
	text            string
}

func TestPublishedReports(t *testing.T) {
	tests := []struct {
		file  string
		sizes []size
		slots []slot
		paras []string
	}{
		{
			file:  "2025-hangzhou-city.html",
			sizes: []size{{14, 4}, {28, 10}, {4, 15}},
			slots: []slot{
				{0, 0, 3, "第二十条第（一）项"},
				{0, 3, 3, "4185"},
				{0, 6, 1, "11398889"},
				{0, 13, 3, "316441"},
				{1, 2, 2, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"},
				{1, 1, 3, "自然人"},
				{1, 2, 3, ""},
				{1, 3, 9, "14069"},
				{1, 26, 0, "三、本年度办理结果"},
				{1, 26, 9, "13810"},
				{1, 27, 9, "819"},
				{1, 14, 1, "（三）不予公开"},
				{2, 3, 4, "790"},
				{2, 3, 14, "156"},
			},
			paras: []string{
				"二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项",
				"依据《政府信息公开信息处理费管理办法》规定，2025年全市实际收取信息处理费共计400元。",
			},
		},
		{
			file:  "2019-shanghai-office.html",
			sizes: []size{{18, 5}, {26, 10}, {4, 15}},
			slots: []slot{
				{0, 1, 1, "本年新\n制作数量"},
				{0, 3, 4, "368"},
				{0, 17, 1, "6"},
				{0, 17, 4, "251000元"},
				{1, 3, 3, "821"},
				{1, 3, 5, ""},
				{1, 3, 9, "859"},
				{1, 5, 0, "三、本年度办理结果"},
				{1, 5, 9, ""},
				{1, 24, 9, "805"},
				{1, 25, 3, "72"},
				{2, 3, 0, "5"},
				{2, 3, 1, ""},
				{2, 3, 9, "9"},
				{2, 3, 14, ""},
			},
			paras: []string{"2019年上海市人民政府办公厅政府信息公开工作年度报告", "发布日期：2020-01-31", "四、政府信息公开行政复议、行政诉讼情况", "无。"},
		},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			d := readPublished(t, test.file)
			tables := tablesOf(d)
			if len(tables) != len(test.sizes) {
				t.Fatalf("%d tables, want %d", len(tables), len(test.sizes))
			}
			for i, want := range test.sizes {
				if got := (size{len(tables[i].Rows), tables[i].Cols}); got != want {
					t.Errorf("table %d is %v, want %v", i+1, got, want)
				}
				checkGrid(t, tables[i])
			}
			for _, s := range test.slots {
				c := at(tables[s.table], s.row, s.col)
				if c == nil || c.Text != s.text {
					t.Errorf("table %d row %d column %d is %+v, want %q", s.table+1, s.row+1, s.col+1, c, s.text)
				}
			}
			var all []string
			for p := range d.Paras {
				all = append(all, p.Text)
			}
			for _, want := range test.paras {
				if !strings.Contains("\n"+strings.Join(all, "\n")+"\n", "\n"+want+"\n") {
					t.Errorf("paragraph %q is missing in %q", want, all)
				}
			}
		})
	}
}

// checkGrid fails where two cells own the same slot or one lies outside.
func checkGrid(t testing.TB, table *doc.Table) {
	t.Helper()
	until := make([]int, table.Cols)
	for y := range table.Rows {
		for _, c := range table.Rows[y].Cells {
			if c.ColSpan < 1 || c.RowSpan < 1 || c.Col < 0 || c.Col+c.ColSpan > table.Cols || y+c.RowSpan > len(table.Rows) {
				t.Fatalf("row %d: cell outside the table: %+v", y+1, c)
			}
			for x := c.Col; x < c.Col+c.ColSpan; x++ {
				if until[x] > y {
					t.Fatalf("row %d column %d has two owners", y+1, x+1)
				}
				until[x] = y + c.RowSpan
			}
		}
	}
}
