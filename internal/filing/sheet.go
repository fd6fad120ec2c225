package filing

import (
	"slices"
	"strings"

	"gongkai/internal/errs"
)

// Headings of the columns by which a workbook is read; others are for the reader.
const (
	SheetName  = "名称"
	SheetLabel = "指标"
	SheetValue = "本期数"
)

// ReadSheet reads the figures of a workbook. Columns are found by their headings and
// figures by their names, wherever they stand; what is empty stays as it was. Each
// wrong cell is named with its place, and then nothing is taken.
func ReadSheet(fields []Field, rows [][]string) (map[string]int64, error) {
	top, name, value := -1, -1, -1
	for i, row := range rows {
		name, value = slices.IndexFunc(row, is(SheetName)), slices.IndexFunc(row, is(SheetValue))
		if name >= 0 && value >= 0 {
			top = i
			break
		}
	}
	if top < 0 {
		return nil, errs.New(errs.Invalid, "没有找到“%s”和“%s”两列；请下载这一期的工作簿，在“%s”一列填写后上传。", SheetName, SheetValue, SheetValue)
	}
	values := map[string]int64{}
	var wrong errs.Fields
	seen := map[string]int{}
	for i, row := range rows[top+1:] {
		line := top + i + 2
		key, typed := cellAt(row, name), cellAt(row, value)
		if key == "" && typed == "" {
			continue
		}
		f := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
		switch {
		case f < 0:
			wrong.Add("sheet", "第%d行：没有名称为“%s”的指标，或者不由这里填报。", line, short(key))
			continue
		case seen[key] > 0:
			wrong.Add("sheet", "第%d行：“%s”在第%d行已经出现过。", line, key, seen[key])
			continue
		}
		seen[key] = line
		n, told, err := fields[f].Parse(typed)
		switch {
		case err != nil:
			wrong.Add("sheet", "第%d行“%s”的“%s”：%s", line, fields[f].Label.Chinese, SheetValue, errs.Public(err))
		case told:
			values[key] = n
		}
	}
	if len(wrong) == 0 && len(values) == 0 {
		return nil, errs.New(errs.Invalid, "“%s”一列没有填写任何数。", SheetValue)
	}
	return values, wrong.Err()
}

func is(heading string) func(string) bool {
	return func(cell string) bool { return strings.TrimSpace(cell) == heading }
}

func cellAt(row []string, column int) string {
	if column >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[column])
}
