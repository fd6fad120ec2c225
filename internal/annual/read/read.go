// Package read makes an annual report out of a document of any format. It is the
// one interpreter for all codecs and for both forms (2021 and 2019): codecs know
// files, this package knows the form.
//
// The way: the document is flattened into lines (line.go: paragraphs, printed
// lines, table rows), the six headings part them (markParts), rows of figures
// are gathered with whatever label stands beside or above them (row.go), the
// rows are aligned with the rows of the form (align.go), each figure is read
// (figure.go), and the lines that belong to no table become the text (prose.go).
//
// It refuses to guess. An empty cell is empty and no zero; a mark such as “/”
// stays what it is; figures that have run together, rows whose label is lost and
// cannot be told by count, numbers with a unit of another size become doubts
// that say why, and where just one reading foots it is offered in the doubt, not
// used. It corrects nothing.
//
// Start at Report below.
package read

import (
	"sort"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Report interprets a document as an annual report. The name is the file's, as
// it was given; its base name is only used to find the year where the text
// names none. A document that shows nothing of a report (no prescribed heading
// and no row of its tables) is refused with errs.Invalid.
func Report(d *doc.Doc, name string) (*annual.Report, error) {
	in := &interpreter{
		lines: linesOf(d),
		report: &annual.Report{
			File: name, Format: d.Format, Form: annual.FormByID("2021"),
			Cells: make(map[annual.Ref]annual.Value, 256), Notices: d.Notices,
		},
	}
	markParts(in.lines)
	in.report.Year = yearOf(in.lines, name)
	in.tables()
	in.prose()
	in.report.Organ = organOf(in.report)
	if len(in.report.Cells) == 0 && in.headings() < 2 {
		return nil, errs.New(errs.Invalid, "文件里没有年度报告的标题和表格，不像政府信息公开工作年度报告；请确认选对了文件。")
	}
	in.missingRows()
	in.sortDoubts()
	return in.report, nil
}

type interpreter struct {
	lines  []line
	report *annual.Report

	firstRequest int // 1 + line of the first row of table 3; len(lines)+1: none; 0: not looked for
}

func (in *interpreter) headings() int {
	n := 0
	for i := range in.lines {
		if in.lines[i].head {
			n++
		}
	}
	return n
}

// missingRows says for each table without any figure that it was not found:
// very often it is a picture.
func (in *interpreter) missingRows() {
	for _, t := range in.report.Form.Tables {
		found := false
		for ref, v := range in.report.Cells {
			found = found || ref.Table == t.ID && v.State != annual.Absent
		}
		doubted := false
		for _, d := range in.report.Doubts {
			doubted = doubted || d.Where.Table == t.ID
		}
		if !found && !doubted {
			in.doubt(annual.Ref{Table: t.ID}, doc.Place{}, "没有找到"+tableNames[t.ID]+"的数字：可能缺这张表，或者表格是图片", "")
		}
	}
}

// sortDoubts brings the doubts into the order of the form.
func (in *interpreter) sortDoubts() {
	if len(in.report.Doubts) < 2 {
		return
	}
	order := make(map[annual.Ref]int)
	for i, ref := range in.report.Refs() {
		order[ref] = i + 1
		row := annual.Ref{Table: ref.Table, Row: ref.Row}
		if _, known := order[row]; !known {
			order[row] = i + 1
		}
		table := annual.Ref{Table: ref.Table}
		if _, known := order[table]; !known {
			order[table] = i + 1
		}
	}
	ds := in.report.Doubts
	sort.SliceStable(ds, func(i, j int) bool { return order[ds[i].Where] < order[ds[j].Where] })
}
