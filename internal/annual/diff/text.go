package diff

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Text writes the comparison for a person at a terminal, in Chinese, tables
// aligned for the width of Chinese characters. With color, what was deleted is
// red and what was inserted green; without, they are marked [-…-] and {+…+}.
func (d *Diff) Text(w io.Writer, color bool) error {
	p := &printer{color: color}
	p.line("旧：%s", d.Old.name())
	p.line("新：%s", d.New.name())
	for _, n := range d.Notes {
		p.line("注意：%s", n)
	}
	if d.Same() {
		p.line("两份报告的表格数据和文字没有差异。")
	}
	p.cells(d)
	for _, s := range d.Sections {
		p.section(s)
	}
	p.relations(d.Relations)
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (s Side) name() string {
	name := s.File
	if s.Organ != "" {
		name += "　" + s.Organ
	}
	if s.Year != 0 {
		name += "　" + strconv.Itoa(s.Year) + "年度"
	}
	return name
}

type printer struct {
	b     strings.Builder
	color bool
}

func (p *printer) line(format string, args ...any) {
	fmt.Fprintf(&p.b, format+"\n", args...)
}

func (p *printer) cells(d *Diff) {
	if len(d.Cells) == 0 {
		return
	}
	p.line("\n表格：%d 处不同，%d 处相同", len(d.Cells), d.Unchanged)
	t := newTable(table.Row{"单元格", "旧", "新", "增减"}, d.Mode == Years)
	for _, c := range d.Cells {
		row := table.Row{shortLabel(c), p.paint(Delete, c.Old.String()), p.paint(Insert, c.New.String()), signed(c.Difference)}
		if d.Mode == Years {
			row = append(row, percentText(c.Percent))
		}
		t.AppendRow(row)
	}
	p.line("%s", t.Render())
}

// shortLabel names the cell so that a line fits the screen: the group over all
// results and that over the organisations are left out, a long row label is cut.
func shortLabel(c Cell) string {
	const most = 48 // columns, two for a Chinese character
	row, column, _ := strings.Cut(c.Label, " / ")
	if c.Where.Table == "table3" {
		if _, own, grouped := strings.Cut(row, " "); grouped {
			row = own
		}
		if _, own, grouped := strings.Cut(column, "："); grouped {
			column = own
		}
	}
	return text.Snip(row, most, "…") + " / " + column
}

func newTable(header table.Row, percent bool) table.Writer {
	t := table.NewWriter()
	if percent {
		header = append(header, "增减比例")
	}
	t.AppendHeader(header)
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	var columns []table.ColumnConfig
	for i := 2; i <= len(header); i++ {
		columns = append(columns, table.ColumnConfig{Number: i, Align: text.AlignRight})
	}
	t.SetColumnConfigs(columns)
	return t
}

// String says what the cell holds so that an empty one is seen.
func (s Shown) String() string {
	out := s.Text
	switch s.State {
	case "empty":
		out = "（空）"
	case "missing":
		out = "（无此格）"
	case "doubtful":
		out += "（存疑）"
	}
	if s.Note != "" {
		out += "（" + s.Note + "）"
	}
	return out
}

func signed(difference string) string {
	if difference == "" || difference == "0" || strings.HasPrefix(difference, "-") {
		return difference
	}
	return "+" + difference
}

func percentText(p *float64) string {
	if p == nil {
		return "—"
	}
	return signed(strconv.FormatFloat(*p, 'f', 2, 64)) + "%"
}

func (p *printer) section(s Section) {
	p.line("\n%s", s.Name)
	for _, c := range s.Changes {
		switch c.Kind {
		case Delete:
			p.line("- %s", p.paint(Delete, c.Old))
		case Insert:
			p.line("+ %s", p.paint(Insert, c.New))
		case Replace:
			p.line("~ %s", p.marked(c.Marks))
		}
	}
}

func (p *printer) marked(marks []Mark) string {
	var b strings.Builder
	for _, m := range marks {
		switch {
		case m.Op == Equal:
			b.WriteString(m.Text)
		case p.color:
			b.WriteString(p.paint(m.Op, m.Text))
		case m.Op == Delete:
			b.WriteString("[-" + m.Text + "-]")
		default:
			b.WriteString("{+" + m.Text + "+}")
		}
	}
	return b.String()
}

// paint colours what was deleted or inserted. The colours are written out, since
// the caller has decided whether the output takes them.
func (p *printer) paint(op, s string) string {
	if !p.color || s == "" {
		return s
	}
	if op == Delete {
		return "\x1b[31m" + s + "\x1b[0m"
	}
	return "\x1b[32m" + s + "\x1b[0m"
}

func (p *printer) relations(relations []Relation) {
	if len(relations) == 0 {
		return
	}
	names := map[string]string{Holds: "相符", Differs: "不符", Open: "无法核对"}
	p.line("\n与上年度的衔接")
	t := newTable(table.Row{"关系", "应为", "实为", "结果"}, false)
	for _, r := range relations {
		t.AppendRow(table.Row{r.Label, r.Expected, r.Actual, names[r.State]})
	}
	p.line("%s", t.Render())
}
