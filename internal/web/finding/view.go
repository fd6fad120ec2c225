package finding

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
)

// reportView is one report as the template shows it.
type reportView struct {
	Line
	Title    string
	Form     string
	Tables   []tableView
	Text     []*findingView // about the text, or the whole report
	Open     []openView     // not assessable
	Doubtful []openView
}

// tableView is a table of the form beside what was found in it.
type tableView struct {
	ID       string // anchor
	Heading  string
	Grids    []grid
	Findings []*findingView
	Below    bool // findings stand below: the table takes all the room
}

// findingView is a finding with its number in the report.
type findingView struct {
	rule.Finding
	Number int
	ID     string
	Back   string // anchor of the cell it is about, "" if it is about none
	Where  string
	Spot   string // where in the file
	Icon   string
	Word   string
}

// mark is what stands in a cell and leads to a finding.
type mark struct {
	Number int
	Href   string
	Icon   string
	Word   string
	Rule   string
}

// openView is something that a person has to look at.
type openView struct {
	Rule, Where, Reason, Raw, Spot string
}

// graveness orders severities; no finding is 0.
func graveness(s rule.Severity) int {
	return slices.Index([]rule.Severity{"", rule.Info, rule.Warning, rule.Error}, s)
}

func viewOf(say *locale.Catalogue, p Page) *reportView {
	r := p.Report
	v := &reportView{Line: LineOf(p.Number, p.Result), Form: r.Form.Basis}
	v.Title = r.Organ
	if v.Title == "" {
		v.Title = say.T("organ.unknown")
	}
	for i, t := range r.Form.Tables {
		heading := r.Heading(i + 2)
		if heading == "" {
			heading = r.Form.Headings[i+1]
		}
		v.Tables = append(v.Tables, tableView{ID: anchor(p.Number, t.ID), Heading: heading, Grids: gridOf(r, t), Below: t.ID == "table4"})
	}
	index := v.cells(p.Number)
	for i, f := range p.Result.Findings {
		fv := &findingView{
			Finding: f, Number: i + 1, ID: fmt.Sprintf("r%d-f%d", p.Number, i+1),
			Where: where(say, r.Form, f.Where), Spot: f.Place.String(),
		}
		fv.Icon, fv.Word = look(say, f.Severity)
		v.place(fv)
		markCells(index, fv)
	}
	for _, n := range p.Result.NotAssessable {
		v.Open = append(v.Open, openView{Rule: n.Rule, Where: where(say, r.Form, n.Where), Reason: n.Reason})
	}
	for _, d := range p.Result.Doubts {
		w := rule.Where{Table: d.Where.Table, Row: d.Where.Row, Column: d.Where.Column}
		v.Doubtful = append(v.Doubtful, openView{Where: where(say, r.Form, w), Reason: d.Reason, Raw: d.Raw, Spot: d.Place.String()})
	}
	return v
}

// cells gives each cell its anchor and finds them by their place in the form.
func (v *reportView) cells(number int) map[annual.Ref]*cellView {
	index := map[annual.Ref]*cellView{}
	for _, t := range v.Tables {
		for _, g := range t.Grids {
			for _, row := range g.Rows {
				for _, c := range row.Cells {
					c.ID = anchor(number, c.Ref.Table, c.Ref.Row, c.Ref.Column)
					index[c.Ref] = c
				}
			}
		}
	}
	return index
}

// place puts a finding beside the table it is about, else to the text.
func (v *reportView) place(f *findingView) {
	for i := range v.Tables {
		if strings.HasSuffix(v.Tables[i].ID, "-"+f.Finding.Where.Table) {
			v.Tables[i].Findings = append(v.Tables[i].Findings, f)
			return
		}
	}
	v.Text = append(v.Text, f)
}

// markCells marks the cell that a finding is about, and those of its
// arithmetic. A finding about a row stands in the row's first cell.
func markCells(index map[annual.Ref]*cellView, f *findingView) {
	main := targets(index, f.Finding.Where)
	for i, c := range main {
		if i == 0 {
			f.Back = c.ID
		}
		if graveness(f.Severity) > graveness(rule.Severity(c.Grave)) {
			c.Grave = string(f.Severity)
		}
		c.Marks = append(c.Marks, mark{f.Number, f.ID, f.Icon, f.Word, f.Rule})
	}
	for _, w := range f.Cells {
		for _, c := range targets(index, w) {
			if !slices.Contains(main, c) && !slices.Contains(c.Parts, f.Number) {
				c.Parts = append(c.Parts, f.Number)
			}
		}
	}
}

func targets(index map[annual.Ref]*cellView, w rule.Where) []*cellView {
	ref := annual.Ref{Table: w.Table, Row: w.Row, Column: w.Column}
	if c, ok := index[ref]; ok {
		return []*cellView{c}
	}
	if w.Row == "" || w.Column != "" {
		return nil
	}
	for _, first := range []string{"C7", "C5", "C1", "made", "newlyMade", "previousItems", "decisions", "amount", "items"} {
		ref.Column = first
		if c, ok := index[ref]; ok {
			return []*cellView{c}
		}
	}
	return nil
}

func look(say *locale.Catalogue, s rule.Severity) (icon, word string) {
	switch s {
	case rule.Error:
		return "✗", say.T("severity.error")
	case rule.Warning:
		return "!", say.T("severity.warning")
	default:
		return "i", say.T("severity.info")
	}
}

// where names a place in the form; statutory labels are Chinese in any language.
func where(say *locale.Catalogue, form *annual.Form, w rule.Where) string {
	switch {
	case w.Table == "":
		return say.T("finding.whole")
	case w.Table == "text" && w.Row == "":
		return say.T("finding.text")
	case w.Table == "text":
		return say.T("finding.part", w.Row)
	case w.Row == "" && w.Column == "":
		return tableName(say, w.Table)
	case w.Row == "":
		return tableName(say, w.Table) + " " + columnLabel(form, w)
	}
	return form.Label(annual.Ref{Table: w.Table, Row: w.Row, Column: w.Column})
}

func tableName(say *locale.Catalogue, id string) string {
	switch id {
	case "table2":
		return say.T("finding.table.two")
	case "table3":
		return say.T("finding.table.three")
	default:
		return say.T("finding.table.four")
	}
}

func columnLabel(form *annual.Form, w rule.Where) string {
	for _, t := range form.Tables {
		if t.ID != w.Table {
			continue
		}
		for _, b := range t.Blocks {
			for _, c := range b.Cols {
				if c.ID == w.Column {
					return c.Label
				}
			}
		}
	}
	return w.Column
}

// anchor makes an id out of the report's number and names.
func anchor(number int, names ...string) string {
	return fmt.Sprintf("r%d-%s", number, strings.ReplaceAll(strings.Join(names, "-"), ".", "_"))
}
