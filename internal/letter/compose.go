package letter

import (
	"strings"

	"gongkai/internal/doc"
)

// Compose makes the letter of a template for a case. It refuses when something
// that the letter must say is not known, and names what.
func Compose(t Template, c Case) (*doc.Doc, error) {
	v, err := Facts(t, c)
	if err != nil {
		return nil, err
	}
	if lacking := t.lacking(v); len(lacking) > 0 {
		return nil, missing(t.Title, lacking)
	}
	d := &doc.Doc{Title: c.Organ + t.Title}
	if t.Form == Official {
		d.AddPara(doc.Letterhead, c.Organ)
		if c.Number != "" {
			d.AddPara(doc.Number, c.Number)
		}
		d.AddPara(doc.Title, t.Title)
	} else {
		d.AddPara(doc.Title, c.Organ+"\n"+t.Title)
	}
	addressed := false
	write(d, t.Lines, v, &addressed)
	if !onlyTable(t.Lines) {
		d.AddPara(doc.Signature, c.Organ)
		d.AddPara(doc.Date, Date(c.On))
	}
	if t.Slip != nil {
		d.AddPara(doc.PageBreak, "")
		d.AddPara(doc.Title, t.Slip.Title)
		addressed = true
		write(d, t.Slip.Lines, v, &addressed)
	}
	return d, nil
}

// lacking gives the placeholders of lines that must stand and have no value.
func (t Template) lacking(v Values) []string {
	var all []string
	lines := t.Lines
	if t.Slip != nil {
		lines = append(append([]Line{}, lines...), t.Slip.Lines...)
	}
	for _, l := range lines {
		if !l.Optional {
			all = append(all, v.lacking(l.Text+strings.Join(l.Cells, ""))...)
		}
	}
	return all
}

func (v Values) lacking(text string) []string {
	var all []string
	for _, name := range names(text) {
		if v[name] == "" {
			all = append(all, name)
		}
	}
	return all
}

// fill puts values in the place of placeholders. A value that looks like a
// placeholder stays as it is.
func (v Values) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(s string) string { return v[strings.Trim(s, "{}")] })
}

// write adds lines to a document. The first that ends with a colon is the
// addressee; a value of several lines makes several paragraphs.
func write(d *doc.Doc, lines []Line, v Values, addressed *bool) {
	var table *doc.Table
	for _, l := range lines {
		if l.Optional && len(v.lacking(l.Text+strings.Join(l.Cells, ""))) > 0 {
			continue
		}
		if l.Cells != nil {
			if table == nil {
				table = &doc.Table{Cols: len(l.Cells), Grid: true, Widths: []int{3, 7}}
				d.AddTable(table)
			}
			table.Rows = append(table.Rows, row(l.Cells, v))
			continue
		}
		table = nil
		for part := range strings.SplitSeq(v.fill(l.Text), "\n") {
			style := doc.Body
			if !*addressed && strings.HasSuffix(part, "：") {
				style, *addressed = doc.Addressee, true
			}
			d.AddPara(style, part)
		}
	}
}

func row(cells []string, v Values) doc.Row {
	var r doc.Row
	for i, text := range cells {
		r.Cells = append(r.Cells, doc.Cell{Text: v.fill(text), Col: i, ColSpan: 1, RowSpan: 1, Header: i == 0})
	}
	return r
}

func onlyTable(lines []Line) bool {
	for _, l := range lines {
		if l.Cells == nil {
			return false
		}
	}
	return true
}
