package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"gongkai/internal/annual"
)

// printReport prints a report for a person: whose it is, its tables, how long
// its parts are, and what could not be read with certainty.
func (a *app) printReport(w io.Writer, r *annual.Report) error {
	var b strings.Builder
	fmt.Fprintln(&b, a.say.T("read.title", r.File, a.organ(r.Organ), a.year(r.Year), r.Form.ID))
	for part := 1; part <= 6; part++ {
		heading := r.Heading(part)
		if heading == "" {
			heading = a.say.T("read.no.heading", r.Form.Headings[part-1])
		}
		fmt.Fprintf(&b, "\n%s\n", heading)
		if n := utf8.RuneCountInString(r.Text(part)); n > 0 {
			fmt.Fprintln(&b, "  "+a.say.T("read.words", n))
		}
		if i := part - 2; i >= 0 && i < len(r.Form.Tables) {
			printTable(&b, r, r.Form.Tables[i])
		}
	}
	a.printDoubts(&b, r)
	fmt.Fprintln(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (a *app) organ(name string) string {
	if name == "" {
		return a.say.T("organ.unknown")
	}
	return name
}

func (a *app) year(year int) string {
	if year == 0 {
		return a.say.T("year.unknown")
	}
	return fmt.Sprint(year)
}

// printTable prints the blocks of a table of the form, one under the other.
func printTable(b *strings.Builder, r *annual.Report, t annual.TableForm) {
	for _, block := range t.Blocks {
		tw := table.NewWriter()
		tw.SetStyle(table.StyleLight)
		tw.Style().Format.Header = text.FormatDefault
		header := table.Row{block.Title}
		columns := []table.ColumnConfig{{Number: 1, WidthMax: 44}}
		for i, col := range block.Cols {
			header = append(header, col.Label)
			columns = append(columns, table.ColumnConfig{Number: i + 2, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
		tw.AppendHeader(header)
		tw.SetColumnConfigs(columns)
		for _, row := range r.Rows(t.ID, block) {
			line := table.Row{rowLabel(row)}
			for _, col := range block.Cols {
				line = append(line, printedCell(r.Get(t.ID, row.ID, col.ID), row.Unit))
			}
			tw.AppendRow(line)
		}
		b.WriteString(tw.Render() + "\n")
	}
}

// rowLabel indents a row under its group: 三、… （三）不予公开 1.属于国家秘密.
func rowLabel(row annual.Row) string {
	if len(row.Groups) > 1 {
		return row.Groups[len(row.Groups)-1] + " " + row.Label
	}
	return row.Label
}

// printedCell shows the difference between nothing, a mark and a doubt: an
// empty cell is blank, a row that the source lacks is ·, a doubt has a question
// mark.
func printedCell(v annual.Value, unit annual.Unit) string {
	switch v.State {
	case annual.Absent:
		return "·"
	case annual.Doubtful:
		return v.Raw + "？"
	default:
		return v.Print(unit)
	}
}

func (a *app) printDoubts(b *strings.Builder, r *annual.Report) {
	if len(r.Doubts) == 0 {
		fmt.Fprintln(b, "\n"+a.say.T("read.no.doubts"))
		return
	}
	fmt.Fprintln(b, "\n"+a.say.T("read.doubts", len(r.Doubts)))
	for _, d := range r.Doubts {
		fmt.Fprintln(b, "  ? "+doubtLine(r.Form, d))
	}
}

// doubtLine says one doubt: where, what stands there, why, and the reading that
// would foot.
func doubtLine(form *annual.Form, d annual.Doubt) string {
	var parts []string
	if d.Where.Row != "" && form != nil {
		parts = append(parts, form.Label(d.Where)+"：")
	} else if d.Where.Table != "" {
		parts = append(parts, tableName(d.Where.Table)+"：")
	}
	parts = append(parts, d.Reason)
	if d.Raw != "" {
		parts = append(parts, "原文“"+d.Raw+"”。")
	}
	if len(d.Inferred) > 0 {
		parts = append(parts, "能勾稽的读法："+strings.Join(d.Inferred, " ")+"（仅供参考，未采用）。")
	}
	if place := d.Place.String(); place != "" {
		parts = append(parts, "（"+place+"）")
	}
	return strings.Join(parts, "")
}

// tableName is how people call a table of the form.
func tableName(id string) string {
	switch id {
	case "table2":
		return "表二"
	case "table3":
		return "表三"
	case "table4":
		return "表四"
	default:
		return "正文"
	}
}
