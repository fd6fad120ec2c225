// Package annual is the statutory annual report on government information
// disclosure (政府信息公开工作年度报告, 条例§49–50): the prescribed forms as data,
// and a report as it was read, with its text, its figures and, for each figure,
// the place in the source where it stands.
//
// Three things are kept apart that published reports mix up: a figure of 0, an
// empty cell, and a mark such as “/”. A figure that cannot be read with
// certainty is none of these: it is doubtful, and a Doubt says why. Nothing
// here corrects what was read.
//
// Start at Form in form.go, then Report below. The rooms beneath: read makes a
// Report out of a document, check applies the rules, write makes a document
// again, diff compares two, rollup sums many.
package annual

import (
	"strings"

	"gongkai/internal/doc"
)

// Report is one annual report as it was read.
type Report struct {
	File    string // name of the source as it was given
	Format  doc.Format
	Organ   string // full name as in the title; "" if not found
	Year    int    // the year reported on; 0 if not found
	Form    *Form  // never nil: the edition whose tables the report uses
	Paras   []Para // all text outside the three tables, in order
	Cells   map[Ref]Value
	Doubts  []Doubt
	Notices []doc.Notice // what the file holds beside its visible text

	// Labels are those that are surely not printed as the form has them; a
	// source that breaks labels over lines says nothing here.
	Labels []Label
}

// Label is a label of a table that differs from the form's. Without Row and
// Column it is that of a row which the form does not have.
type Label struct {
	Where   Ref
	Printed string
	Place   doc.Place
}

// Ref names a cell: the ids of its table, row and column in a Form.
type Ref struct {
	Table  string `json:"table"`
	Row    string `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
}

// String is Table/Row/Column.
func (r Ref) String() string { return r.Table + "/" + r.Row + "/" + r.Column }

// Doubt says that something could not be read with certainty.
type Doubt struct {
	Where    Ref       `json:"where"` // Row or Column empty: the whole table or row
	Place    doc.Place `json:"place"`
	Reason   string    `json:"reason"`             // Chinese sentence
	Raw      string    `json:"raw,omitempty"`      // what stands in the source
	Inferred []string  `json:"inferred,omitempty"` // the only reading that foots, offered and not used
}

// PartKind tells what a paragraph of the report is.
type PartKind int

const (
	// BodyPara is running text.
	BodyPara PartKind = iota
	// TitlePara is (a line of) the title.
	TitlePara
	// HeadingPara is the heading of one of the six parts.
	HeadingPara
	// SubheadingPara is a heading inside a part that stands on a line of its own.
	SubheadingPara
	// SignaturePara is the name of the organ under the report.
	SignaturePara
	// DatePara is the date under the report.
	DatePara
)

// Para is a paragraph of the report's text. Lines that were broken only by the
// page width have been joined.
type Para struct {
	Part  int // 1…6: the prescribed part; 0: before the first
	Kind  PartKind
	Text  string
	Place doc.Place
}

// Heading gives the heading of part 1…6 as printed, "" if it is not there.
func (r *Report) Heading(part int) string {
	for _, p := range r.Paras {
		if p.Kind == HeadingPara && p.Part == part {
			return p.Text
		}
	}
	return ""
}

// Text gives the running text of part 1…6, or of the opening for 0, its
// paragraphs joined by \n. Headings of parts, title, signature and date are
// left out.
func (r *Report) Text(part int) string {
	var b strings.Builder
	for _, p := range r.Paras {
		if p.Part != part || (p.Kind != BodyPara && p.Kind != SubheadingPara) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Find gives the text of the first paragraph of a kind, "" if there is none.
func (r *Report) Find(kind PartKind) string {
	for _, p := range r.Paras {
		if p.Kind == kind {
			return p.Text
		}
	}
	return ""
}

// Lines gives the text of all paragraphs of a kind, one a line: a title or a
// signature may take several.
func (r *Report) Lines(kind PartKind) string {
	var lines []string
	for _, p := range r.Paras {
		if p.Kind == kind {
			lines = append(lines, p.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// Get gives a cell; the zero Value (Absent) if the report has no such cell.
func (r *Report) Get(table, row, column string) Value { return r.Cells[Ref{table, row, column}] }

// Set stores a cell.
func (r *Report) Set(table, row, column string, v Value) {
	if r.Cells == nil {
		r.Cells = make(map[Ref]Value, 256)
	}
	r.Cells[Ref{table, row, column}] = v
}

// SingleOther tells whether （六）其他处理 is one row, as in the form of 2019 and
// in some reports on later years. A report that has neither kind of row has
// those of its form.
func (r *Report) SingleOther() bool {
	if _, ok := r.Cells[Ref{"table3", "R3.6", "C7"}]; ok {
		return true
	}
	if _, ok := r.Cells[Ref{"table3", "R3.6.1", "C7"}]; ok {
		return false
	}
	return r.Form != nil && r.Form.singleOther()
}

// Rows gives the rows of a block as this report has them: the form's, with
// （六）其他处理 as one row or three.
func (r *Report) Rows(table string, b Block) []Row {
	if table != "table3" {
		return b.Rows
	}
	return requestForm(r.SingleOther()).Tables[1].Blocks[0].Rows
}

// requestForm gives the edition whose table 3 has （六）其他处理 as one row or three.
func requestForm(singleOther bool) *Form {
	if singleOther {
		return form2019
	}
	return form2021
}

// Refs gives all cells of the report's form in the order of print, with
// （六）其他处理 as one row or three as the report has it.
func (r *Report) Refs() []Ref {
	refs := make([]Ref, 0, 220)
	for _, t := range r.Form.Tables {
		for _, b := range t.Blocks {
			for _, row := range r.Rows(t.ID, b) {
				for _, col := range b.Cols {
					refs = append(refs, Ref{t.ID, row.ID, col.ID})
				}
			}
		}
	}
	return refs
}

// ResultRows gives the ids of the rows that add up to （七）总计.
func (r *Report) ResultRows() []string {
	ids := make([]string, 0, 21)
	for _, row := range requestForm(r.SingleOther()).Tables[1].Blocks[0].Rows {
		if strings.HasPrefix(row.ID, "R3.") && row.ID != "R3.7" {
			ids = append(ids, row.ID)
		}
	}
	return ids
}
