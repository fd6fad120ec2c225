package admin

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/account"
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
	rows, err := sheetRows(r)
	if err != nil {
		return nil, nil, err
	}
	return readPeople(rows, tree)
}

// readPeople reads the rows of a list; the first holds the names of the columns.
func readPeople(rows [][]string, tree *org.Tree) ([]account.Entry, []account.Problem, error) {
	if len(rows) == 0 {
		return nil, nil, sheetError("文件中没有表格。")
	}
	columns, err := columnsOf(rows[0])
	if err != nil {
		return nil, nil, err
	}
	organs := organsByName(tree)
	var (
		entries  []account.Entry
		problems []account.Problem
	)
	for i, row := range rows[1:] {
		cells := map[string]string{}
		for at, text := range row {
			if name, ok := columns[at]; ok {
				cells[name] = strings.TrimSpace(text)
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

// columnsOf finds the columns by their names.
func columnsOf(head []string) (map[int]string, error) {
	columns, found := map[int]string{}, map[string]bool{}
	for at, text := range head {
		name := strings.TrimSpace(text)
		if !slices.Contains(sheetColumns(), name) {
			continue
		}
		if found[name] {
			return nil, sheetError("第一行有两个“" + name + "”列，请删去一个。")
		}
		columns[at], found[name] = name, true
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

// readEntry reads a line, and gives everything that is wrong with it; "" for
// nothing.
func readEntry(line int, cells map[string]string, organs map[string]string) (account.Entry, string) {
	entry := account.Entry{Line: line, Draft: account.Draft{Login: cells["登录名"], Name: cells["姓名"], Title: cells["职务"]}}
	var wrong strings.Builder
	id, known := organs[cells["机关"]]
	switch {
	case !known:
		wrong.WriteString("没有名为“" + cells["机关"] + "”的机关，请写全称。")
	case id == "":
		wrong.WriteString("名为“" + cells["机关"] + "”的机关有两个以上，请在页面上逐个办理。")
	}
	entry.Organ = id
	for name := range strings.FieldsFuncSeq(cells["角色"], func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		role, ok := account.RoleNamed(name)
		if !ok {
			wrong.WriteString("没有“" + strings.TrimSpace(name) + "”这个角色。")
			continue
		}
		entry.Roles = append(entry.Roles, role)
	}
	if wrong.Len() == 0 { // what else is wrong the office says itself
		return entry, ""
	}
	return entry, wrong.String() + entry.Wrong()
}
