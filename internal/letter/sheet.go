package letter

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
)

// Sheet is a letter whose words are settled: its text has the form of the body of
// a template, in which nothing is open but the names of people.
type Sheet struct {
	Form   Form
	Organ  string // full name, as it was
	Title  string
	Number string // "" for none
	On     calendar.Date
	Text   string
	Names  Values // what stands for the names that the text leaves open
}

// Names of placeholders that stay in the text of a letter as it is kept.
const (
	toApplicant = "申请人"
	toConsulted = "被征求人"
)

func leftOpen(name string) bool { return name == toApplicant || name == toConsulted }

// Doc sets the sheet as a document.
func (s Sheet) Doc() *doc.Doc {
	d := &doc.Doc{Title: s.Organ + s.Title}
	if s.Form == Official {
		d.AddPara(doc.Letterhead, s.Organ)
		if s.Number != "" {
			d.AddPara(doc.Number, s.Number)
		}
		d.AddPara(doc.Title, s.Title)
	} else {
		d.AddPara(doc.Title, s.Organ+"\n"+s.Title)
	}
	lines, slip := bodyOf(s.Text)
	addressed := false
	s.write(d, lines, &addressed)
	if !onlyTable(lines) {
		d.AddPara(doc.Signature, s.Organ)
		d.AddPara(doc.Date, Date(s.On))
	}
	if slip != nil {
		d.AddPara(doc.PageBreak, "")
		d.AddPara(doc.Title, slip.Title)
		addressed = true
		s.write(d, slip.Lines, &addressed)
	}
	return d
}

// write adds lines to a document. The first that ends with a colon is the
// addressee.
func (s Sheet) write(d *doc.Doc, lines []Line, addressed *bool) {
	var table *doc.Table
	for _, l := range lines {
		if l.Cells != nil {
			if table == nil {
				table = &doc.Table{Cols: len(l.Cells), Grid: true, Widths: []int{3, 7}, Roomy: true}
				d.AddTable(table)
			}
			table.Rows = append(table.Rows, s.row(l.Cells))
			continue
		}
		table = nil
		text, style := s.plain(l.Text), doc.Body
		if !*addressed && strings.HasSuffix(text, "：") {
			style, *addressed = doc.Addressee, true
		}
		d.AddPara(style, text)
	}
}

func (s Sheet) row(cells []string) doc.Row {
	var r doc.Row
	for i, text := range cells {
		r.Cells = append(r.Cells, doc.Cell{Text: s.plain(text), Col: i, ColSpan: 1, RowSpan: 1, Header: i == 0})
	}
	return r
}

// plain puts in the names, and takes away the marks by which Fill keeps what
// somebody wrote from being read as a template.
func (s Sheet) plain(text string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "\\{")
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		text = text[i:]
		switch end := strings.IndexByte(text, '}'); {
		case text[0] == '\\' && len(text) > 1 && strings.IndexByte(marked, text[1]) >= 0:
			b.WriteByte(text[1])
			text = text[2:]
		case text[0] == '{' && end > 0 && s.Names[text[1:end]] != "":
			b.WriteString(s.Names[text[1:end]])
			text = text[end+1:]
		default:
			b.WriteByte(text[0])
			text = text[1:]
		}
	}
	return b.String()
}

// marked are the characters that mean something in a template.
const marked = `\{}|?=`

// guarded keeps a value from being read as a template: what an applicant writes
// must not fill itself in.
func guarded(value string, cell bool) string {
	if cell {
		value = strings.NewReplacer(`\`, "＼", "|", "｜").Replace(value)
	}
	value = strings.NewReplacer(`\`, `\\`, `{`, `\{`, `}`, `\}`).Replace(value)
	lines := strings.Split(value, "\n")
	for i, l := range lines {
		if l != "" && strings.ContainsRune("|?=", rune(l[0])) {
			lines[i] = `\` + l
		}
	}
	if cell {
		return strings.Join(lines, `\n`)
	}
	return strings.Join(lines, "\n")
}

// Fill puts facts into the body of a template. Optional lines of which something
// is not known are left out; in others the placeholder stays where nothing is
// known, and so do those of names.
func (t Template) Fill(v Values) string {
	var b strings.Builder
	v.fillLines(&b, t.Lines)
	if t.Slip != nil {
		b.WriteString("==== " + t.Slip.Title + "\n")
		v.fillLines(&b, t.Slip.Lines)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (v Values) fillLines(b *strings.Builder, lines []Line) {
	for _, l := range lines {
		if l.Optional && len(v.lacking(l.Text+strings.Join(l.Cells, ""))) > 0 {
			continue
		}
		if l.Cells == nil {
			b.WriteString(v.fill(l.Text, false) + "\n")
			continue
		}
		for _, cell := range l.Cells {
			b.WriteString("| " + strings.ReplaceAll(v.fill(cell, true), "\n", `\n`) + " ")
		}
		b.WriteString("|\n")
	}
}

// fill puts values in the place of placeholders. A value that looks like one
// stays as it is.
func (v Values) fill(text string, cell bool) string {
	return placeholder.ReplaceAllStringFunc(text, func(s string) string {
		name := strings.Trim(s, "{}")
		if leftOpen(name) || v[name] == "" {
			return s
		}
		return guarded(v[name], cell)
	})
}

// Open gives the placeholders that a text still has, names of people left out:
// what must be known before the letter goes out.
func Open(text string) []string {
	var all []string
	for _, name := range names(unmark(text)) {
		if !leftOpen(name) {
			all = append(all, name)
		}
	}
	return all
}

// unmark takes away what was marked as nobody's placeholder.
func unmark(text string) string {
	return strings.NewReplacer(`\\`, "", `\{`, "", `\}`, "").Replace(text)
}
