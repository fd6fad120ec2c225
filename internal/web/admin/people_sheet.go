package admin

import (
	"context"
	"io"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// maxSheet is how many bytes a list of people may have.
const maxSheet = 8 << 20

// sheetColumns are the columns of the list, in this order or by these names.
func sheetColumns() []string { return []string{"登录名", "姓名", "职务", "机关", "角色"} }

// readSheet reads the list that was sent. What is wrong with single lines is
// told with their numbers.
func readSheet(r *http.Request, tree *org.Tree) ([]account.Entry, []account.Problem, error) {
	file, header, err := r.FormFile("sheet")
	if err != nil {
		return nil, nil, sheetError("请选择要导入的表格文件（xlsx 或者 csv）。")
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, nil, err
	}
	table, err := firstTable(r.Context(), header.Filename, data)
	if err != nil {
		return nil, nil, err
	}
	columns, err := columnsOf(table.Rows[0])
	if err != nil {
		return nil, nil, err
	}
	organs := organsByName(tree)
	var (
		entries  []account.Entry
		problems []account.Problem
	)
	for i, row := range table.Rows[1:] {
		cells := map[string]string{}
		for _, c := range row.Cells {
			if name, ok := columns[c.Col]; ok {
				cells[name] = strings.TrimSpace(c.Text)
			}
		}
		if strings.Join([]string{cells["登录名"], cells["姓名"], cells["机关"]}, "") == "" {
			continue
		}
		entry, problem := readEntry(i+2, cells, organs)
		if problem != "" {
			problems = append(problems, account.Problem{Line: entry.Line, Text: problem})
			continue
		}
		entries = append(entries, entry)
	}
	return entries, problems, nil
}

func sheetError(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "sheet", Public: sentence}}}
}

func firstTable(ctx context.Context, name string, data []byte) (*doc.Table, error) {
	opener := open.New(open.Options{MaxBytes: maxSheet})
	defer func() { _ = opener.Close() }() // only read
	d, err := opener.Read(ctx, name, data)
	if err != nil {
		return nil, err
	}
	for table := range d.Tables {
		if len(table.Rows) > 0 {
			return table, nil
		}
	}
	return nil, sheetError("文件中没有表格。")
}

// columnsOf finds the columns by their names.
func columnsOf(head doc.Row) (map[int]string, error) {
	columns, found := map[int]string{}, map[string]bool{}
	for _, c := range head.Cells {
		for _, name := range sheetColumns() {
			if strings.TrimSpace(c.Text) == name {
				columns[c.Col], found[name] = name, true
			}
		}
	}
	for _, name := range []string{"登录名", "姓名", "机关"} {
		if !found[name] {
			return nil, sheetError("第一行缺少“" + name + "”列；列名依次为：" + strings.Join(sheetColumns(), "、") + "。")
		}
	}
	return columns, nil
}

// organsByName finds organs by name; a name that two organs have finds none.
func organsByName(tree *org.Tree) map[string]string {
	ids := map[string]string{}
	for _, root := range tree.Children("") {
		for _, n := range tree.Subtree(root.ID) {
			if n.Ended {
				continue
			}
			if _, twice := ids[n.Name]; twice {
				ids[n.Name] = ""
				continue
			}
			ids[n.Name] = n.ID
		}
	}
	return ids
}

func readEntry(line int, cells map[string]string, organs map[string]string) (account.Entry, string) {
	entry := account.Entry{Line: line, Draft: account.Draft{Login: cells["登录名"], Name: cells["姓名"], Title: cells["职务"]}}
	id, known := organs[cells["机关"]]
	switch {
	case !known:
		return entry, "没有名为“" + cells["机关"] + "”的机关，请写全称。"
	case id == "":
		return entry, "名为“" + cells["机关"] + "”的机关有两个以上，请在页面上逐个办理。"
	}
	entry.Organ = id
	for name := range strings.FieldsFuncSeq(cells["角色"], func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		role, ok := account.RoleNamed(name)
		if !ok {
			return entry, "没有“" + strings.TrimSpace(name) + "”这个角色。"
		}
		entry.Roles = append(entry.Roles, role)
	}
	return entry, ""
}
