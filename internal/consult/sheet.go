package consult

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Columns gives the heads of a list of opinions that is entered at once.
func Columns() []string {
	return []string{"收到日期", "渠道", "身份", "姓名或者名称", "联系方式", "意见内容"}
}

// Line is what is wrong with a line of a list, as the sheet counts its lines.
type Line struct {
	No   int
	Says string
}

// ReadSheet reads a list of opinions: its first line are the heads, in any order. Lines
// that begin with # are examples. What cannot be read is named by its line; where gives
// the line of each opinion.
func ReadSheet(rows [][]string) (given []Given, where []int, wrong []Line, err error) {
	if len(rows) == 0 {
		return nil, nil, nil, errs.New(errs.Invalid, "表是空的；第一行应当是列名：%s。", strings.Join(Columns(), "、"))
	}
	place := map[string]int{}
	for _, column := range Columns() {
		place[column] = slices.IndexFunc(rows[0], func(cell string) bool { return strings.TrimSpace(cell) == column })
		if place[column] < 0 {
			return nil, nil, nil, errs.New(errs.Invalid, "第一行没有“%s”这一列；列名应当是：%s。", column, strings.Join(Columns(), "、"))
		}
	}
	for i, row := range rows[1:] {
		cell := func(column string) string {
			if at := place[column]; at < len(row) {
				return strings.TrimSpace(row[at])
			}
			return ""
		}
		if whole := strings.TrimSpace(strings.Join(row, "")); whole == "" || strings.HasPrefix(whole, "#") {
			continue
		}
		g := Given{
			Channel: Channel(valueOf(cell("渠道"), Channels())), Giver: valueOf(cell("身份"), Givers()),
			Name: cell("姓名或者名称"), Contact: cell("联系方式"), Text: cell("意见内容"),
		}
		day, err := calendar.ParseDate(strings.NewReplacer("/", "-", ".", "-").Replace(cell("收到日期")))
		if err != nil {
			wrong = append(wrong, Line{i + 2, fmt.Sprintf("收到日期“%s”不是日期，请写成 2026-03-02。", cell("收到日期"))})
			continue
		}
		g.On = day
		given, where = append(given, g), append(where, i+2)
	}
	return given, where, wrong, nil
}

// valueOf gives the value whose word was written; what is unknown stays as it is, and is
// said to be wrong with the rest of its line.
func valueOf(word string, from []Choice) string {
	for _, c := range from {
		if word == c.Chinese || word == c.Value || word != "" && strings.Contains(c.Chinese, word) {
			return c.Value
		}
	}
	return word
}
