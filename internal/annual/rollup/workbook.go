package rollup

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
)

// The sheets of the workbook. The drill-down goes on in 明细2, 明细3 … where one
// sheet is full.
const (
	sheetSum    = "汇总表" // and its number: 汇总表二 …
	sheetOrgans = "机关"
	sheetDetail = "明细"
	sheetIssues = "缺报与存疑"
	sheetStated = "上下级核对"
)

// mostRows is how many rows of a drill-down go on one sheet; Excel takes
// 1 048 576.
const mostRows = 1_000_000

// WriteWorkbook writes the result as xlsx: the sum in the prescribed form,
// a sheet a table, the organs with their key figures, each cell with what each report brings to it,
// what is missing or doubtful, and where stated totals are not the sum. Long
// sheets are streamed to a temporary file and not held in memory.
func (r *Result) WriteWorkbook(w io.Writer) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer b.file.Close() //nolint:errcheck // only removes temporary files
	steps := []func(*book) error{r.writeSum, r.writeOrgans, r.writeDetail, r.writeIssues}
	if r.hasStated() {
		steps = append(steps, r.writeStated)
	}
	for _, step := range steps {
		if err := step(b); err != nil {
			return errs.Wrap(err, errs.Internal, "生成汇总工作簿时出错，请重试。")
		}
	}
	if err := b.file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return b.file.Write(w)
}

// How a sheet prints.
const (
	portrait  = "portrait"
	landscape = "landscape"
)

// book is a workbook that is being written.
type book struct {
	file                       *excelize.File
	head, figure, words, label int // styles
}

func newBook() (*book, error) {
	b := &book{file: excelize.NewFile()}
	border := []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1}, {Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	centred := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Border: border, Alignment: centred, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}}},
		{&b.figure, excelize.Style{Border: border, Alignment: centred}},
		{&b.label, excelize.Style{Border: border, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}},
		{&b.words, excelize.Style{Border: border, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
	} {
		id, err := b.file.NewStyle(&s.style)
		if err != nil {
			return nil, err
		}
		*s.id = id
	}
	return b, nil
}

// sheet is a sheet that is being streamed.
type sheet struct {
	*excelize.StreamWriter
	row int
}

// sheet begins a sheet that prints on as many pages as it takes, all of its
// columns on one.
func (b *book) sheet(name string, layout string, widths ...float64) (*sheet, error) {
	if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
	const a4 = 9
	wide, long, size, fit := 1, 0, a4, true
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &layout, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return nil, err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return &sheet{StreamWriter: w}, nil
}

// add writes the next row.
func (s *sheet) add(cells ...any) error {
	s.row++
	return s.SetRow("A"+strconv.Itoa(s.row), cells)
}

// heading writes the first row of a list and keeps it in sight.
func (s *sheet) heading(b *book, names ...string) error {
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]any, len(names))
	for i, name := range names {
		cells[i] = excelize.Cell{StyleID: b.head, Value: name}
	}
	return s.add(cells...)
}

// number is a figure as a spreadsheet holds it: beyond 15 digits it would lose
// some, and is kept as text.
func number(s string) any {
	if len(strings.Trim(s, "-.")) > 15 {
		return s
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return f
	}
	return s
}

// writeOrgans writes the tree with what became of each organ's report, and the
// totals of its requests, those below it included.
func (r *Result) writeOrgans(b *book) error {
	s, err := b.sheet(sheetOrgans, landscape, 40, 14, 14, 24, 12, 12, 12, 12, 40)
	if err != nil {
		return err
	}
	if err := s.heading(b, "机关", "类型", "状态", "统一社会信用代码", "本年新收", "上年结转", "办结", "结转下年度", "文件"); err != nil {
		return err
	}
	depth := map[*Node]int{}
	for n, parent := range r.Nodes() {
		if parent != nil {
			depth[n] = depth[parent] + 1
		}
		cells := []any{strings.Repeat("　", depth[n]) + n.Name, kindName(n.Kind), statusName(n.Status), n.Code}
		sums := r.sumsOf(n)
		for _, row := range []string{"R1", "R2", "R3.7", "R4"} {
			if sums.reports() == 0 {
				cells = append(cells, "")
				continue
			}
			c := sums.cell(sums.form(), annual.Ref{Table: "table3", Row: row, Column: "C7"})
			cells = append(cells, shownSum(c))
		}
		if err := s.add(append(cells, strings.Join(n.Files, "\n"))...); err != nil {
			return err
		}
	}
	return s.Flush()
}

func shownSum(c Cell) any {
	if c.State == Known {
		return number(c.Print())
	}
	return c.Print() + "（待核实）"
}

// writeDetail writes what each report brings to each cell.
func (r *Result) writeDetail(b *book) error {
	names := []string{"表", "行", "列", "单元格", "机关", "数值", "计入", "文件", "位置"}
	var s *sheet
	sheets := 0
	next := func() error {
		if s != nil {
			if err := s.Flush(); err != nil {
				return err
			}
		}
		sheets++
		name := sheetDetail
		if sheets > 1 {
			name += strconv.Itoa(sheets)
		}
		var err error
		if s, err = b.sheet(name, landscape, 9, 20, 12, 60, 36, 14, 8, 44, 24); err != nil {
			return err
		}
		return s.heading(b, names...)
	}
	if err := next(); err != nil {
		return err
	}
	for _, c := range r.Cells(r.Root) {
		for v := range r.Contributions(r.Root, c) {
			if s.row > mostRows {
				if err := next(); err != nil {
					return err
				}
			}
			value, counted := any(v.Value), "否"
			if v.Counted {
				value, counted = number(v.Value), "是"
			}
			if err := s.add(c.Ref.Table, c.Ref.Row, c.Ref.Column, c.Label, v.Organ, value, counted, v.File, v.Place.String()); err != nil {
				return err
			}
		}
	}
	return s.Flush()
}

func (r *Result) writeIssues(b *book) error {
	s, err := b.sheet(sheetIssues, landscape, 14, 36, 44, 100, 14)
	if err != nil {
		return err
	}
	if err := s.heading(b, "情况", "机关", "文件", "说明", "依据"); err != nil {
		return err
	}
	for _, i := range r.Issues {
		if err := s.add(i.Kind.Name(), i.Organ, i.File, excelize.Cell{StyleID: b.words, Value: i.Message}, i.Cite); err != nil {
			return err
		}
	}
	return s.Flush()
}

func (r *Result) hasStated() bool {
	for n := range r.Nodes() {
		if len(n.Stated) > 0 {
			return true
		}
	}
	return false
}

// writeStated writes where a stated total is not the sum of those below (K21).
func (r *Result) writeStated(b *book) error {
	s, err := b.sheet(sheetStated, landscape, 36, 60, 14, 14, 14, 30)
	if err != nil {
		return err
	}
	if err := s.heading(b, "机关", "单元格", "报告中的汇总数", "下级之和", "差额", "说明"); err != nil {
		return err
	}
	for n := range r.Nodes() {
		for _, m := range n.Stated {
			caution := ""
			if !m.Complete {
				caution = "下级报告不全或存疑"
			}
			if err := s.add(n.Name, m.Label, number(m.Stated), number(m.Sum), number(m.Difference), caution); err != nil {
				return err
			}
		}
	}
	return s.Flush()
}
