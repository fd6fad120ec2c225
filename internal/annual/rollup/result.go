package rollup

import (
	"iter"
	"slices"
	"strings"

	"gongkai/internal/annual"
)

// Result is the sum over the tree.
type Result struct {
	Year    int
	Root    *Node // of several trees in one list, a node above them that is no organ
	Issues  []Issue
	Summed  int // reports in the sum
	Files   int // files that were given
	options Options
	root    *sums
}

// Status tells what became of an organ's report.
type Status string

// The statuses.
const (
	Counted    Status = "counted"    // in the sum
	StatedOnly Status = "stated"     // a stated total, compared and not added
	NotThere   Status = "missing"    // there is none
	Unusable   Status = "unusable"   // there is something, but not in the sum: see the issues
	LeftOut    Status = "excluded"   // left out as the list says
	NoReport   Status = "no-report"  // none is expected: a folder, or the organ that is summing
	InDoubt    Status = "duplicates" // counted where several reports agree
)

// Node is an organ in the result.
type Node struct {
	Name     string
	Kind     Kind
	Code     string
	Status   Status
	Files    []string
	Children []*Node
	Stated   []Mismatch // cells of a stated total that are not the sum

	organ *Organ
	own   *entry // what counts of its own reports, nil if nothing does
	sum   *sums  // of the node and all below; nil for a leaf
}

// Mismatch is a cell of a stated total that is not the sum of those below (K21).
type Mismatch struct {
	Ref        annual.Ref
	Label      string
	Stated     string
	Sum        string
	Difference string // stated − sum
	Complete   bool   // all below reported without doubt
}

// Result sums what was added so far. The order in which reports came does not
// matter.
func (b *Builder) Result() *Result {
	entries := slices.Clone(b.entries)
	slices.SortStableFunc(entries, func(x, y *entry) int { return strings.Compare(x.path, y.path) })
	r := &Result{Year: b.options.Year, Files: len(entries), options: b.options}
	if r.Year == 0 {
		r.Year = commonYear(entries)
	}
	tree, at := b.tree, map[*Organ][]*entry(nil)
	if tree == nil {
		tree, at = folderTree(entries, r.Year)
	} else {
		at = r.place(tree, entries)
	}
	var roots []*Node
	for _, o := range tree.Roots {
		roots = append(roots, r.node(o, at, true))
	}
	r.Root = oneRoot(roots)
	r.root = r.add(r.Root, b.space)
	r.Summed = r.root.reports()
	r.judgeForms(r.root)
	r.sortIssues()
	return r
}

// oneRoot puts several trees under a node that is no organ.
func oneRoot(roots []*Node) *Node {
	if len(roots) == 1 {
		return roots[0]
	}
	return &Node{Name: "合计", Kind: Group, Status: NoReport, Children: roots, organ: &Organ{Kind: Group}}
}

// commonYear is the year of most reports, the later of two met equally often.
func commonYear(entries []*entry) int {
	counts := make(map[int]int)
	best := 0
	for _, e := range entries {
		if e.year != 0 {
			counts[e.year]++
		}
	}
	for year, n := range counts {
		if n > counts[best] || n == counts[best] && year > best {
			best = year
		}
	}
	return best
}

// place puts each file at its organ in the list: by the name of the organ in the
// report, or, where it names none, by the name of the file.
func (r *Result) place(tree *Tree, entries []*entry) map[*Organ][]*entry {
	const mostHints = 200
	at := make(map[*Organ][]*entry)
	unmatched := 0
	for _, e := range entries {
		if e.organ != "" {
			if o := tree.Find(e.organ); o != nil {
				at[o] = append(at[o], e)
				continue
			}
			hint := ""
			if unmatched++; unmatched <= mostHints {
				hint = tree.hint(e.organ)
			}
			r.issue(Unmatched, e.organ, e.path, "机关“%s”不在名录中，未计入。%s", e.organ, hint)
			continue
		}
		o := tree.findInPath(e.path)
		switch {
		case o == nil && e.unreadable != "":
			r.issue(Unreadable, "", e.path, "文件无法读取，也不知属于哪个机关：%s", e.unreadable)
		case o == nil:
			r.issue(Unmatched, "", e.path, "报告中没有读出机关名称，文件名中也没有名录中的机关，未计入。")
		default:
			at[o] = append(at[o], e)
			if e.unreadable == "" {
				r.issue(ByFileName, o.Name, e.path, "报告中没有读出机关名称，按文件名归入“%s”，请核对。", o.Name)
			}
		}
	}
	return at
}

// hint names an organ in the list that may be meant: one name ends in the other.
func (t *Tree) hint(organ string) string {
	var near []string
	folded := foldName(organ)
	for name, o := range t.byName {
		if strings.HasSuffix(folded, name) || strings.HasSuffix(name, folded) {
			near = append(near, o.Name)
		}
	}
	if len(near) != 1 {
		return ""
	}
	return "名录中有相近的“" + near[0] + "”，如是同一机关，请在名录中写全称。"
}

// node makes the node of an organ and those below it. The top of a list is whoever
// sums: it need not have reported.
func (r *Result) node(o *Organ, at map[*Organ][]*entry, top bool) *Node {
	n := &Node{Name: o.Name, Kind: o.Kind, Code: o.Code, organ: o}
	if o.Excluded {
		r.leaveOut(n, at[o])
		return n
	}
	for _, e := range at[o] {
		n.Files = append(n.Files, e.path)
	}
	r.own(n, at[o])
	switch {
	case n.own != nil || len(at[o]) > 0:
	case o.Kind == Group || top && len(o.Children) > 0:
		n.Status = NoReport
	default:
		n.Status = NotThere
		r.issue(Missing, o.Name, "", "没有收到%d年度报告。", r.Year)
		r.cite("条例§49")
	}
	for _, child := range o.Children {
		n.Children = append(n.Children, r.node(child, at, false))
	}
	return n
}

func (r *Result) leaveOut(n *Node, entries []*entry) {
	n.Status = LeftOut
	for _, e := range entries {
		n.Files = append(n.Files, e.path)
	}
	r.issue(ExcludedKind, n.Name, "", "名录标明不计入汇总，本机关及其下级的报告均未计入。")
}

// own picks what counts of an organ's files.
func (r *Result) own(n *Node, entries []*entry) {
	var ofYear []*entry
	for _, e := range entries {
		switch {
		case e.unreadable != "":
			r.issue(Unreadable, n.Name, e.path, "文件无法读取：%s", e.unreadable)
		case e.year == 0:
			r.issue(WrongYear, n.Name, e.path, "报告中没有读出年度，未计入。")
		case e.year != r.Year:
			r.issue(WrongYear, n.Name, e.path, "这是%d年度的报告，本次汇总%d年度，未计入。", e.year, r.Year)
		default:
			ofYear = append(ofYear, e)
		}
	}
	n.Status = Unusable
	switch {
	case len(ofYear) == 1:
		n.own, n.Status = ofYear[0], Counted
	case len(ofYear) > 1:
		r.choose(n, ofYear)
	}
	if n.own != nil {
		r.judgeEntry(n.organ, n.own)
	}
}

// choose deals with several reports of one organ on the year.
func (r *Result) choose(n *Node, entries []*entry) {
	files := someFiles(entries, func(*entry) bool { return true })
	for _, e := range entries[1:] {
		if e.form != entries[0].form || e.single != entries[0].single {
			r.issue(Duplicate, n.Name, entries[0].path, "同一年度有 %d 份格式不同的报告，不知以哪份为准，均未计入：%s。请只留一份。", len(entries), files)
			return
		}
	}
	merged, differing := merge(entries)
	n.own, n.Status = merged, Counted
	if differing == 0 {
		r.issue(Duplicate, n.Name, entries[0].path, "同一年度有 %d 份报告，表格数据相同，按一份计：%s。", len(entries), files)
		return
	}
	n.Status = InDoubt
	r.issue(Duplicate, n.Name, entries[0].path, "同一年度有 %d 份报告，%d 格数据不同，不知以哪份为准，不同的各格未计入：%s。请只留一份。", len(entries), differing, files)
}

// Nodes walks over the tree from the top, with the node above each.
func (r *Result) Nodes() iter.Seq2[*Node, *Node] {
	return func(yield func(*Node, *Node) bool) { walk(r.Root, nil, yield) }
}

func walk(n, parent *Node, yield func(*Node, *Node) bool) bool {
	if !yield(n, parent) {
		return false
	}
	for _, child := range n.Children {
		if !walk(child, n, yield) {
			return false
		}
	}
	return true
}
