package publish

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Line is a line of a list, by the names of the columns.
type Line struct {
	Number int // in the sheet, from 1
	Cells  map[string]string
}

// Problem is what is wrong with a line.
type Problem struct {
	Line   int
	Column string // name; "" for the whole line
	Text   string // Chinese, complete sentence
}

// MaxLines is how many documents are taken in at once.
const MaxLines = 10_000

// Sheet is a list as it was read: its headings, and the rows below them.
type Sheet struct {
	Headings []string
	Rows     []SheetRow
}

// SheetRow is a row of a list, its cells in the order of the headings.
type SheetRow struct {
	Number int // in the sheet, from 1
	Cells  []string
}

// Mapping tells in which place of the headings each column stands.
type Mapping map[string]int

// FindSheet finds the list in a document: the first table with a row that has two
// headings of the template, or names by which catalogues know them.
func FindSheet(d *doc.Doc) (Sheet, error) {
	for t := range d.Tables {
		for i, row := range t.Rows {
			s := Sheet{Headings: textsOf(row)}
			if len(s.Guess()) < 2 {
				continue
			}
			var over spans
			for k, r := range t.Rows[i+1:] {
				one := SheetRow{r.Place.Row, over.fill(r)}
				if one.Number == 0 {
					one.Number = i + k + 2
				}
				if slices.ContainsFunc(one.Cells, func(text string) bool { return text != "" }) {
					s.Rows = append(s.Rows, one)
				}
			}
			return s, s.bounded()
		}
	}
	return Sheet{}, errs.New(errs.Invalid, "表里没有找到表头；应有一行写着“标题”“成文日期”“种类”“公开属性”这几列，请按模板整理。")
}

func (s Sheet) bounded() error {
	switch {
	case len(s.Rows) == 0:
		return errs.New(errs.Invalid, "表头下面没有内容，请每份文件填写一行。")
	case len(s.Rows) > MaxLines:
		return errs.New(errs.TooLarge, "一次最多导入%d份文件，这份表有%d行；请分开导入。", MaxLines, len(s.Rows))
	}
	return nil
}

// spans are cells that reach over rows below them: a merged cell is said of each row that
// it covers.
type spans map[int]span

type span struct {
	text string
	rows int // that it still covers
}

// fill gives the cells of the next row with what reaches into it.
func (s *spans) fill(row doc.Row) []string {
	all := textsOf(row)
	if *s == nil {
		*s = spans{}
	}
	for col, one := range *s {
		for len(all) <= col {
			all = append(all, "")
		}
		if all[col] = one.text; one.rows == 1 {
			delete(*s, col)
			continue
		}
		(*s)[col] = span{one.text, one.rows - 1}
	}
	for _, c := range row.Cells {
		if c.RowSpan > 1 {
			(*s)[c.Col] = span{strings.TrimSpace(c.Text), c.RowSpan - 1}
		}
	}
	return all
}

// textsOf gives the cells of a row by their column.
func textsOf(row doc.Row) []string {
	var all []string
	for _, c := range row.Cells {
		for len(all) <= c.Col {
			all = append(all, "")
		}
		all[c.Col] = strings.TrimSpace(c.Text)
	}
	return all
}

// Guess tells by the headings what the columns mean.
func (s Sheet) Guess() Mapping {
	m := Mapping{}
	for at, heading := range s.Headings {
		text := strings.TrimRight(strings.Join(strings.Fields(heading), ""), "*＊：:")
		i := slices.IndexFunc(Columns(), func(one Column) bool { return one.Heading == text || slices.Contains(one.Aliases, text) })
		if i < 0 {
			continue
		}
		if _, taken := m[Columns()[i].Name]; !taken {
			m[Columns()[i].Name] = at
		}
	}
	return m
}

// Missing gives the columns that must be there and are not.
func (m Mapping) Missing() []Column {
	return slices.DeleteFunc(Columns(), func(c Column) bool {
		_, there := m[c.Name]
		return there || !c.Required
	})
}

// Unread gives the headings that no column is read from, so that nobody takes them
// for read.
func (m Mapping) Unread(s Sheet) []string {
	read := map[int]bool{}
	for _, at := range m {
		read[at] = true
	}
	var all []string
	for at, heading := range s.Headings {
		if heading != "" && heading != "序号" && !read[at] {
			all = append(all, heading)
		}
	}
	return all
}

// MaxCell is how many characters a cell of a spreadsheet holds, counted as
// spreadsheets do.
const MaxCell = 32_767

var longName = regexp.MustCompile(`^正文/[0-9]{4,}\.txt$`)

// LongName names the file in which a text leaves an export for which a cell is too
// small: the cell has the name. "" for a text that a cell holds.
func LongName(text string, line int) string {
	if len(utf16.Encode([]rune(text))) <= MaxCell {
		return ""
	}
	return fmt.Sprintf("正文/%04d.txt", line)
}

// LongText tells whether a cell is such a name: it is never a text of its own.
func LongText(cell string) bool { return longName.MatchString(cell) }

// Lines gives the lines as the columns say.
func (s Sheet) Lines(m Mapping) []Line {
	var all []Line
	for _, row := range s.Rows {
		l := Line{Number: row.Number, Cells: map[string]string{}}
		for name, at := range m {
			if at < len(row.Cells) && trim(row.Cells[at]) != "" {
				l.Cells[name] = row.Cells[at]
			}
		}
		if len(l.Cells) > 0 {
			all = append(all, l)
		}
	}
	return all
}

// LineOf writes a document as a line of the template, the other way round.
func LineOf(d Document) Line {
	l := Line{Cells: map[string]string{
		"title": d.Title, "number": d.Number, "to": d.To, "summary": d.Summary, "theme": d.Theme, "text": d.Text,
		"openness": d.Attribute.Openness.Words().Chinese, "basis": d.Attribute.Basis, "reasons": d.Attribute.Reasons,
		"keywords": strings.Join(d.Keywords, "；"), "index": d.Index, "address": d.Origin.Address,
	}}
	if info, ok := d.Kind.Info(); ok {
		l.Cells["kind"] = info.Chinese
	}
	l.Cells["subject"] = d.Subject
	if g, ok := GroundOf(d.Attribute.Ground); ok {
		l.Cells["ground"] = g.Chinese
	}
	if d.Index == "" {
		l.Cells["index"] = d.Origin.Index
	}
	if !d.FormedOn.IsZero() {
		l.Cells["formed"] = d.FormedOn.String()
	}
	posted := d.PublishedOn
	if !d.Origin.PostedOn.IsZero() {
		posted = d.Origin.PostedOn
	}
	if !posted.IsZero() {
		l.Cells["posted"] = posted.String()
	}
	force, on := d.Validity.State, d.Validity.On
	if force == "" {
		force, on = d.Origin.Force, d.Origin.ForceOn
	}
	if l.Cells["force"] = force.Words().Chinese; force.Ended() && !on.IsZero() {
		l.Cells["ended"] = on.String()
	}
	var files []string
	for _, f := range d.Files {
		files = append(files, f.Name)
	}
	l.Cells["files"] = strings.Join(files, "；")
	return l
}
