package rollup

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gongkai/internal/doc/csv"
	"gongkai/internal/errs"
)

// Limits of a list of organs.
const (
	MaxListBytes = 16 << 20
	MaxOrgans    = 100_000
	// mostErrors is how many wrong lines are named.
	mostErrors = 20
)

// columns of a list of organs: the field, and the headings under which it is
// met. Only the name is required.
func listColumns() map[string][]string {
	return map[string][]string{
		"name":     {"机关名称", "机关全称", "机关", "单位名称", "单位", "名称"},
		"parent":   {"上级机关", "上级机关名称", "上级单位", "上级", "主管机关", "所属机关"},
		"level":    {"层级/类型", "层级", "类型", "级别", "机关类型", "机关类别", "单位类型"},
		"code":     {"统一社会信用代码", "社会信用代码", "信用代码", "代码"},
		"excluded": {"不计入汇总", "不汇总"},
		"stated":   {"汇总", "已汇总", "报告性质"},
	}
}

// ReadTree reads a list of organs: CSV in UTF-8, UTF-16 or GB18030, with commas,
// semicolons or tabs, and a heading line with the columns 机关名称, 上级机关 and, if
// wanted, 层级/类型, 统一社会信用代码, 不计入汇总 (是/否) and 汇总 (是/否: the report of
// this organ is already the sum of those below it). All wrong lines are named in
// one error of kind errs.Invalid.
func ReadTree(r io.Reader) (*Tree, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxListBytes+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Internal, "读取机关名录时出错，请重试。")
	}
	if len(data) > MaxListBytes {
		return nil, errs.New(errs.TooLarge, "机关名录超过 %d MB，请确认选对了文件。", MaxListBytes>>20)
	}
	rows, err := csv.Read(data)
	if err != nil {
		return nil, err
	}
	l := &list{byName: make(map[string]*Organ), byCode: make(map[string]*Organ), parents: make(map[*Organ]string)}
	if err := l.read(rows); err != nil {
		return nil, err
	}
	l.link()
	l.breakCycles()
	if len(l.problems) > 0 {
		return nil, l.failure()
	}
	tree := &Tree{byName: l.byName}
	for _, o := range l.organs {
		if o.Parent == nil {
			tree.Roots = append(tree.Roots, o)
		}
	}
	return tree, nil
}

// list is a list of organs that is being read.
type list struct {
	organs   []*Organ
	byName   map[string]*Organ
	byCode   map[string]*Organ
	parents  map[*Organ]string
	problems []string
}

func (l *list) problem(line int, format string, args ...any) {
	l.problems = append(l.problems, fmt.Sprintf("第%d行：", line)+fmt.Sprintf(format, args...))
}

func (l *list) failure() error {
	shown := l.problems
	more := ""
	if len(shown) > mostErrors {
		more = fmt.Sprintf("\n另有 %d 处，改正后再看。", len(shown)-mostErrors)
		shown = shown[:mostErrors]
	}
	return errs.New(errs.Invalid, "机关名录有 %d 处错误，请改正后重试：\n%s%s", len(l.problems), strings.Join(shown, "\n"), more)
}

func (l *list) read(rows [][]string) error {
	head := slices.IndexFunc(rows, func(row []string) bool { return !blank(row) })
	if head < 0 {
		return errs.New(errs.Invalid, "机关名录是空的，应有表头“机关名称,上级机关”和每个机关一行。")
	}
	at := columnsOf(rows[head])
	if _, ok := at["name"]; !ok {
		return errs.New(errs.Invalid, "机关名录的表头中没有“机关名称”一列，读到的是：%s。", strings.Join(rows[head], "、"))
	}
	for i, row := range rows[head+1:] {
		if len(l.organs) == MaxOrgans {
			return errs.New(errs.TooLarge, "机关名录超过 %d 个机关。", MaxOrgans)
		}
		if !blank(row) {
			l.add(head+2+i, row, at)
		}
	}
	return nil
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func columnsOf(header []string) map[string]int {
	at := make(map[string]int)
	for field, names := range listColumns() {
		for _, name := range names {
			for i, h := range header {
				if _, taken := at[field]; !taken && strings.Trim(foldName(h), "*＊") == name {
					at[field] = i
				}
			}
		}
	}
	return at
}

func (l *list) add(line int, record []string, at map[string]int) {
	get := func(field string) string {
		if i, ok := at[field]; ok && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	o := &Organ{Name: get("name"), Code: strings.ToUpper(get("code")), Kind: kindOf(get("level"), get("name")), line: line}
	if o.Name == "" {
		l.problem(line, "缺少机关名称。")
		return
	}
	if first := l.byName[foldName(o.Name)]; first != nil {
		l.problem(line, "机关“%s”与第%d行重复。", o.Name, first.line)
		return
	}
	if first := l.byCode[o.Code]; o.Code != "" && first != nil {
		l.problem(line, "“%s”的统一社会信用代码与第%d行“%s”相同。", o.Name, first.line, first.Name)
	}
	o.Excluded, o.Stated = l.flag(line, "不计入汇总", get("excluded")), l.flag(line, "汇总", get("stated"))
	l.organs = append(l.organs, o)
	l.byName[foldName(o.Name)] = o
	l.byCode[o.Code] = o
	l.parents[o] = get("parent")
}

func (l *list) flag(line int, column, value string) bool {
	switch strings.ToLower(value) {
	case "是", "1", "√", "y", "yes", "true", "汇总", "不计入":
		return true
	case "", "否", "0", "×", "n", "no", "false", "本级", "计入", "无":
		return false
	}
	l.problem(line, "“%s”一列的“%s”看不明白，应填“是”或“否”。", column, value)
	return false
}

func (l *list) link() {
	for _, o := range l.organs {
		name := l.parents[o]
		if name == "" || name == "无" || name == "-" || name == "/" {
			continue
		}
		parent := l.byName[foldName(name)]
		switch parent {
		case nil:
			l.problem(o.line, "“%s”的上级机关“%s”不在名录中。", o.Name, name)
		case o:
			l.problem(o.line, "“%s”把自己写成了上级机关。", o.Name)
		default:
			o.Parent = parent
			parent.Children = append(parent.Children, o)
		}
	}
}

// breakCycles finds organs that are above themselves; each circle is named once.
func (l *list) breakCycles() {
	done := make(map[*Organ]bool, len(l.organs))
	for _, o := range l.organs {
		onPath := make(map[*Organ]bool)
		for p := o; p != nil && !done[p]; p = p.Parent {
			if onPath[p] {
				l.problem(p.line, "上下级关系成了环：%s。", circle(p))
				break
			}
			onPath[p] = true
		}
		for p := range onPath {
			done[p] = true
		}
	}
}

// circle names the organs of a circle, at most a few of them.
func circle(start *Organ) string {
	names := []string{start.Name}
	for p := start.Parent; p != start && len(names) < 6; p = p.Parent {
		names = append(names, p.Name)
	}
	return strings.Join(append(names, start.Name), " → ")
}
