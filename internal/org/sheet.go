package org

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/errs"
)

// Column is a column of a list of organs, by the name that stands above it.
type Column string

// The columns, in the order of the list that is handed out.
const (
	NameColumn     Column = "机关名称"
	ParentColumn   Column = "上级机关"
	NatureColumn   Column = "性质"
	LevelColumn    Column = "层级"
	RegionColumn   Column = "行政区划代码"
	CodeColumn     Column = "统一社会信用代码"
	ShortColumn    Column = "简称"
	VerticalColumn Column = "垂直管理"
	OfficeColumn   Column = "公开工作机构"
	AddressColumn  Column = "地址"
	PostcodeColumn Column = "邮政编码"
	PhoneColumn    Column = "电话"
	FaxColumn      Column = "传真"
	EmailColumn    Column = "电子邮箱"
	HoursColumn    Column = "办公时间"
	WebsiteColumn  Column = "网址"
	FromColumn     Column = "生效日期"
	IDColumn       Column = "系统编号" // our key; only lists that were exported have it
)

// Columns gives them all.
func Columns() []Column {
	return []Column{
		NameColumn, ParentColumn, NatureColumn, LevelColumn, RegionColumn, CodeColumn, ShortColumn, VerticalColumn,
		OfficeColumn, AddressColumn, PostcodeColumn, PhoneColumn, FaxColumn, EmailColumn, HoursColumn, WebsiteColumn, FromColumn, IDColumn,
	}
}

// columnOf gives the column of a field of a form.
var columnOf = map[string]Column{
	"name": NameColumn, "short": ShortColumn, "parent": ParentColumn, "nature": NatureColumn, "level": LevelColumn, "region": RegionColumn,
	"credit_code": CodeColumn, "from": FromColumn, "office": OfficeColumn, "address": AddressColumn, "postcode": PostcodeColumn,
	"phone": PhoneColumn, "fax": FaxColumn, "email": EmailColumn, "hours": HoursColumn, "website": WebsiteColumn,
}

// Line is a line of the list: its number in the sheet, and its cells.
type Line struct {
	Number int
	Cells  map[Column]string
}

// maxHead is how many lines above the heading a sheet may have, say a title.
const maxHead = 10

// Lines reads a sheet: a heading, found by the names of its columns, and the
// lines below it. Columns that it does not know are an error, so that nothing is
// left out unseen.
func Lines(rows [][]string) ([]Line, error) {
	head := slices.IndexFunc(rows[:min(maxHead, len(rows))], func(row []string) bool {
		return slices.ContainsFunc(row, func(cell string) bool { return columnNamed(cell) == NameColumn })
	})
	if head < 0 {
		return nil, errs.New(errs.Invalid, "表中没有找到“%s”列；列名见可以下载的空表。", NameColumn)
	}
	columns := make([]Column, len(rows[head]))
	for i, cell := range rows[head] {
		name := columnNamed(cell)
		switch {
		case strings.TrimSpace(cell) == "":
			continue
		case name == "":
			return nil, errs.New(errs.Invalid, "不认识“%s”这一列；请改成空表中的列名，或者删去这一列。", strings.TrimSpace(cell))
		case slices.Contains(columns, name):
			return nil, errs.New(errs.Invalid, "“%s”列有两个，请删去一个。", name)
		}
		columns[i] = name
	}
	var lines []Line
	for i, row := range rows[head+1:] {
		line := Line{Number: head + 2 + i, Cells: map[Column]string{}}
		for j, cell := range row {
			if j < len(columns) && columns[j] != "" && strings.TrimSpace(cell) != "" {
				line.Cells[columns[j]] = strings.TrimSpace(cell)
			}
		}
		if len(line.Cells) > 0 {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, errs.New(errs.Invalid, "表中除了列名没有内容。")
	}
	return lines, nil
}

// columnNamed finds a column by its heading; blanks and marks such as “*” and
// “（必填）” do not matter.
func columnNamed(heading string) Column {
	heading, _, _ = strings.Cut(strings.ReplaceAll(heading, "(", "（"), "（")
	heading = strings.Trim(strings.Join(strings.Fields(heading), ""), "*＊\ufeff")
	switch heading {
	case "名称", "全称", "单位名称":
		return NameColumn
	case "信用代码", "社会信用代码":
		return CodeColumn
	case "区划代码":
		return RegionColumn
	}
	if slices.Contains(Columns(), Column(heading)) {
		return Column(heading)
	}
	return ""
}

// Cells gives an organ as it stands on a version in the columns of Columns.
func Cells(o Organ, v Version, parent string) []string {
	vertical := ""
	if v.Vertical {
		vertical = "是"
	}
	return []string{
		v.Name, parent, v.Nature.Words().Chinese, v.Level.Words().Chinese, v.Region, v.CreditCode, v.Short, vertical,
		v.Contact.Office, v.Contact.Address, v.Contact.Postcode, v.Contact.Phone, v.Contact.Fax, v.Contact.Email, v.Contact.Hours, v.Contact.Website,
		v.From.String(), o.ID,
	}
}

func number(n int) string { return strconv.Itoa(n) }
