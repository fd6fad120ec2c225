// Package write makes a document out of an annual report: the prescribed form
// as it is printed, with its title, six parts, three tables with merged cells,
// signature and date. The codecs under internal/doc turn the document into
// docx, html, pdf or xlsx; reading one of these back gives the report again.
//
// It writes what the report says and mends nothing: headings stand as they were
// printed, an empty cell stays empty, “/” stays “/”, and what could not be read
// with certainty is printed as it stood. Two things follow the form and not the
// source: the labels of the tables, and rows that the source left out, which
// are printed with empty cells. Remarks that stood beside a figure in its cell
// are not part of the form and are left out.
//
// Start at Document; the tables are in tables.go.
package write

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// titleLine is the prescribed second line of the title.
const titleLine = "政府信息公开工作年度报告"

// tableOfPart gives the table, counted from 0, that the parts two to four carry.
func tableOfPart(part int) (int, bool) { return part - 2, part >= 2 && part <= 4 }

// Document gives the report in the official form. The report is not changed.
func Document(r *annual.Report) *doc.Doc {
	d := &doc.Doc{Title: title(r)}
	writeTitle(d, r)
	writeParas(d, paras(r, 0))
	for part := 1; part <= 6; part++ {
		writePart(d, r, part)
	}
	return d
}

// title is the title on one line, for the file's properties.
func title(r *annual.Report) string {
	if printed := r.Lines(annual.TitlePara); printed != "" {
		return strings.ReplaceAll(printed, "\n", "")
	}
	return strings.Join(prescribedTitle(r), "")
}

// prescribedTitle is <机关全称><年份>年 over 政府信息公开工作年度报告, with as much of
// it as is known.
func prescribedTitle(r *annual.Report) []string {
	first := r.Organ
	if r.Year != 0 {
		first += strconv.Itoa(r.Year) + "年"
	}
	if first == "" {
		return []string{titleLine}
	}
	return []string{first, titleLine}
}

// writeTitle sets the title on its printed lines. One that was read as a single
// line and is too long for the page is broken before 政府信息公开工作年度报告, not
// wherever the line happens to be full.
func writeTitle(d *doc.Doc, r *annual.Report) {
	var lines []string
	for _, p := range r.Paras {
		if p.Kind == annual.TitlePara {
			lines = append(lines, p.Text)
		}
	}
	switch len(lines) {
	case 0:
		lines = prescribedTitle(r)
	case 1:
		lines = breakTitle(lines[0])
	}
	for _, line := range lines {
		d.AddPara(doc.Title, line)
	}
}

// charsInTitleLine is how many characters of 2号 fit between the margins.
const charsInTitleLine = 20

func breakTitle(title string) []string {
	first, found := strings.CutSuffix(title, titleLine)
	if !found || first == "" || utf8.RuneCountInString(title) <= charsInTitleLine {
		return []string{title}
	}
	return []string{first, titleLine}
}

// writePart writes a part's heading, its text and its table. The heading is the
// printed one; a part whose heading the source lost gets the prescribed one, a
// part of which there is nothing at all is left out.
func writePart(d *doc.Doc, r *annual.Report, part int) {
	text := paras(r, part)
	table, hasTable := tableOfPart(part)
	hasTable = hasTable && present(r, r.Form.Tables[table].ID)
	heading := r.Heading(part)
	if heading == "" && (len(text) > 0 || hasTable) && !onlyClosing(text) {
		heading = r.Form.Headings[part-1]
	}
	if heading != "" {
		d.AddPara(doc.Heading1, heading)
	}
	before, after := splitAtTable(text, hasTable)
	writeParas(d, before)
	if hasTable {
		d.AddTable(Table(r, table))
	}
	writeParas(d, after)
}

// onlyClosing tells whether there is nothing but signature and date.
func onlyClosing(text []annual.Para) bool {
	for _, p := range text {
		if p.Kind != annual.SignaturePara && p.Kind != annual.DatePara {
			return false
		}
	}
	return len(text) > 0
}

// paras gives what a part holds beside its heading and the title, in order. A
// second heading of the same part stays where it is.
func paras(r *annual.Report, part int) []annual.Para {
	var own []annual.Para
	heading := r.Heading(part)
	for _, p := range r.Paras {
		switch {
		case p.Part != part || p.Kind == annual.TitlePara:
		case p.Kind == annual.HeadingPara && p.Text == heading:
		default:
			own = append(own, p)
		}
	}
	return own
}

// splitAtTable parts the text of a part at its table: all of it stands before,
// except notes to the table at its end.
func splitAtTable(text []annual.Para, hasTable bool) (before, after []annual.Para) {
	n := len(text)
	for hasTable && n > 0 && isTableNote(text[n-1]) {
		n--
	}
	return text[:n], text[n:]
}

func isTableNote(p annual.Para) bool {
	for _, start := range []string{"注：", "注:", "备注：", "备注:"} {
		if p.Kind == annual.BodyPara && strings.HasPrefix(p.Text, start) {
			return true
		}
	}
	return false
}

func writeParas(d *doc.Doc, text []annual.Para) {
	for _, p := range text {
		d.AddPara(style(p), p.Text)
	}
}

func style(p annual.Para) doc.Style {
	switch p.Kind {
	case annual.TitlePara:
		return doc.Title
	case annual.HeadingPara:
		return doc.Heading1
	case annual.SignaturePara:
		return doc.Signature
	case annual.DatePara:
		if p.Part == 0 {
			return doc.Plain // 发布日期 under the title
		}
		return doc.Date
	}
	switch annual.SubheadingLevel(p.Text) {
	case 2:
		return doc.Heading2
	case 3:
		return doc.Heading3
	}
	return doc.Body
}

// present tells whether the report has any cell of the table.
func present(r *annual.Report, table string) bool {
	for ref, v := range r.Cells {
		if ref.Table == table && v.State != annual.Absent {
			return true
		}
	}
	return false
}
