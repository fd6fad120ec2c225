package publish_test

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/publish"
)

func TestDaysAreReadAsCataloguesWriteThem(t *testing.T) {
	want := calendar.On(2025, 3, 5)
	for _, said := range []string{
		"2025-03-05", "2025-3-5", "2025/3/5", "2025.3.5", "2025.03.05", "20250305", "2025年3月5日", "2025 年 3 月 5 日", "２０２５年３月５日", "二〇二五年三月五日",
		"2025-03-05 10:30", "2025-03-05 10:30:00", "2025/3/5 9:05:00", "2025-03-05T00:00:00Z", "2025-03-05T00:00:00+08:00", "45721", "45721.4375",
	} {
		if got, ok := publish.DayIn(said); !ok || got != want {
			t.Errorf("%s: %s %v", said, got, ok)
		}
	}
	for _, said := range []string{"", "25-3-5", "2025-02-30", "2025-13-01", "2025-03", "2025", "12345", "99999", "202503055", "昨天", "3/5/2025", "5-Mar-25", "2025-03-05-06"} {
		if got, ok := publish.DayIn(said); ok {
			t.Errorf("%s is read as %s", said, got)
		}
	}
}

// A cell that reaches over several rows is said of each, as one sees it.
func TestAMergedCellIsSaidOfEachOfItsRows(t *testing.T) {
	table := &doc.Table{Rows: []doc.Row{
		{Cells: []doc.Cell{{Text: "标题", Col: 0}, {Text: "成文日期", Col: 1}, {Text: "种类", Col: 2}, {Text: "公开属性", Col: 3}}},
		{Cells: []doc.Cell{{Text: "甲", Col: 0}, {Text: "2025-03-05", Col: 1, RowSpan: 3}, {Text: "其他文件", Col: 2, RowSpan: 2}, {Text: "主动公开", Col: 3}}},
		{Cells: []doc.Cell{{Text: "乙", Col: 0}, {Text: "主动公开", Col: 3}}},
		{Cells: []doc.Cell{{Text: "丙", Col: 0}, {Text: "公示公告", Col: 2}, {Text: "主动公开", Col: 3}}},
		{Cells: []doc.Cell{{Text: "丁", Col: 0}, {Text: "2025-03-06", Col: 1}, {Text: "公示公告", Col: 2}, {Text: "主动公开", Col: 3}}},
	}}
	d := &doc.Doc{}
	d.AddTable(table)
	s, err := publish.FindSheet(d)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range s.Rows {
		got = append(got, strings.Join(r.Cells, " "))
	}
	if want := "甲 2025-03-05 其他文件 主动公开|乙 2025-03-05 其他文件 主动公开|丙 2025-03-05 公示公告 主动公开|丁 2025-03-06 公示公告 主动公开"; strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
}

// What is left out is asked for once, not quoted as nothing, and not twice.
func TestALineSaysOnceWhatItLacks(t *testing.T) {
	_, problems, unsaid := publish.Line{Number: 2, Cells: map[string]string{"title": "公告", "formed": "2025-03-05", "text": "内容"}}.Compose(publish.Bundle{})
	if len(problems) != 2 || len(unsaid) != 1 || unsaid[0] != "subject" {
		t.Errorf("%+v %v", problems, unsaid)
	}
	for _, p := range problems {
		if !strings.Contains(p.Text, "请填写") || strings.Contains(p.Text, "“”") {
			t.Error(p.Text)
		}
	}
}
