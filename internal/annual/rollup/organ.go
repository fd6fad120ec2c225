package rollup

import (
	"strings"
	"unicode"

	"gongkai/internal/annual"
	"gongkai/internal/org"
)

// Kind is what sort of organ it is, as far as 条例§49 sets it a day.
type Kind string

// The kinds.
const (
	Department Kind = "department" // reports by 31 January
	Government Kind = "government" // county level and above: by 31 March
	Township   Kind = "township"   // 条例§49 names no day
	Group      Kind = "group"      // a folder, no organ
)

// Organ is an organ in the tree.
type Organ struct {
	Name     string
	Kind     Kind
	Code     string // 统一社会信用代码
	Excluded bool   // 不计入汇总
	Stated   bool   // its report is already the sum of those below
	Parent   *Organ
	Children []*Organ

	line int // in the list, 0 if it comes from a folder
}

// Tree is a tree of organs, or several.
type Tree struct {
	Roots []*Organ

	byName map[string]*Organ
}

// Find finds an organ by its name; blanks and the width of brackets do not matter.
func (t *Tree) Find(name string) *Organ { return t.byName[foldName(name)] }

// findInPath finds the organ whose name is part of a file's name; the longest
// name wins, none if two of the same length do.
func (t *Tree) findInPath(path string) *Organ {
	base := foldName(path[strings.LastIndexByte(path, '/')+1:])
	var best *Organ
	length, twice := 0, false
	for name, organ := range t.byName {
		switch {
		case len(name) < length || !strings.Contains(base, name):
		case len(name) == length:
			twice = true
		default:
			best, length, twice = organ, len(name), false
		}
	}
	if twice {
		return nil
	}
	return best
}

// foldName makes a name comparable.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b':
			return -1
		case r == '(':
			return '（'
		case r == ')':
			return '）'
		}
		return r
	}, name)
}

// kindOf tells the kind by the list's column 层级 or 类型 if it has one, else by
// the organ's name. What the name does not tell is a department: the earlier day
// holds.
func kindOf(level, name string) Kind {
	switch {
	case containsAny(level, "乡", "镇", "街道", "苏木"):
		return Township
	case strings.HasSuffix(level, "政府"):
		return Government
	case containsAny(level, "部门", "局", "委", "办"):
		return Department
	}
	switch org.KindOf(name) {
	case org.Township, org.Subdistrict:
		return Township
	case org.CountyGovernment, org.CityGovernment, org.ProvinceGovernment:
		return Government
	}
	return Department
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// dueDay is the day by which an organ of a kind reports; false if none is set.
func (o Options) dueDay(kind Kind) (Day, bool) {
	switch kind {
	case Department:
		return Day{1, 31}, true
	case Government:
		return Day{3, 31}, true
	case Township:
		return o.TownshipDue, o.TownshipDue != Day{}
	}
	return Day{}, false
}

// dateOf is the date under the report, else one under its title, as printed.
func dateOf(r *annual.Report) string {
	date := ""
	for _, p := range r.Paras {
		if p.Kind == annual.DatePara && (date == "" || p.Part > 0) {
			date = p.Text
		}
	}
	return date
}
