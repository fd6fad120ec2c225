package xlsx

import (
	"strconv"
	"strings"
)

// sheetEntry is a sheet as the workbook lists it.
type sheetEntry struct {
	name, part string
	hidden     bool
}

// workbook reads what all sheets share and gives the worksheets in order.
func (r *reader) workbook() ([]sheetEntry, error) {
	part := "xl/workbook.xml"
	root, err := r.parts.relations("")
	if err != nil {
		return nil, err
	}
	for _, rel := range root {
		switch rel.kind {
		case "officeDocument":
			part = rel.target
		case "core-properties":
			if err := r.title(rel.target); err != nil {
				return nil, err
			}
		}
	}
	rels, err := r.parts.relations(part)
	if err != nil {
		return nil, err
	}
	for _, rel := range rels {
		switch rel.kind {
		case "sharedStrings":
			err = r.sharedStrings(rel.target)
		case "styles":
			err = r.styles(rel.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return r.sheets(part, rels)
}

func (r *reader) sheets(part string, rels map[string]relation) ([]sheetEntry, error) {
	data, err := r.parts.get(part)
	if err != nil {
		return nil, err
	}
	var all []sheetEntry
	err = scan(data, func(s *scanner) error {
		switch s.start {
		case "workbookPr":
			r.date1904 = s.is("date1904")
		case "sheet":
			if rel := rels[s.attr("id")]; rel.kind == "worksheet" {
				state := s.attr("state")
				all = append(all, sheetEntry{name: s.attr("name"), part: rel.target, hidden: state == "hidden" || state == "veryHidden"})
			}
		}
		return nil
	})
	return all, err
}

func (r *reader) title(part string) error {
	data, err := r.parts.get(part)
	if err != nil {
		return err
	}
	inTitle := false
	return scan(data, func(s *scanner) error {
		switch {
		case s.start != "":
			inTitle = s.start == "title"
		case s.end != "":
			inTitle = false
		case inTitle:
			r.doc.Title += strings.TrimSpace(string(s.text))
		}
		return nil
	})
}

// sharedStrings reads the texts that cells refer to by number. Phonetic hints
// (rPh) are no part of them.
func (r *reader) sharedStrings(part string) error {
	data, err := r.parts.get(part)
	if err != nil {
		return err
	}
	var text []byte
	inText, phonetic := false, false
	return scan(data, func(s *scanner) error {
		switch {
		case s.start == "si":
			text, inText, phonetic = text[:0], false, false
		case s.start == "t":
			inText = !phonetic
		case s.start == "rPh":
			phonetic = true
		case s.end == "rPh":
			phonetic = false
		case s.end == "t":
			inText = false
		case s.end == "si":
			r.strings = append(r.strings, unescape(string(text)))
		case inText:
			text = append(text, s.text...)
		}
		return nil
	})
}

// unescape resolves _xHHHH_, the format's spelling of characters that XML
// cannot hold, and gives line ends as \n.
func unescape(s string) string {
	if strings.Contains(s, "_x") {
		var b strings.Builder
		for i := 0; i < len(s); {
			if code, ok := escapeAt(s[i:]); ok {
				b.WriteRune(code)
				i += len("_x0000_")
				continue
			}
			b.WriteByte(s[i])
			i++
		}
		s = b.String()
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}

// escape is the inverse of unescape: an underscore that would begin an escape
// is written as one. excelize does not do it for shared strings.
func escape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if _, ok := escapeAt(s[i:]); ok {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func escapeAt(s string) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	code, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(code), err == nil
}

// styles reads the number format and the borders of each cell style.
func (r *reader) styles(part string) error {
	data, err := r.parts.get(part)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	var borders []bool
	section := ""
	return scan(data, func(s *scanner) error {
		switch s.start {
		case "numFmts", "borders", "cellXfs", "cellStyleXfs", "dxfs", "fonts", "fills", "cellStyles":
			section = s.start
		case "numFmt":
			if section == "numFmts" {
				codes[s.attr("numFmtId")] = s.attr("formatCode")
			}
		case "border":
			if section == "borders" {
				borders = append(borders, false)
			}
		case "left", "right", "top", "bottom", "start", "end":
			if style := s.attr("style"); section == "borders" && len(borders) > 0 && style != "" && style != "none" {
				borders[len(borders)-1] = true
			}
		case "xf":
			if section != "cellXfs" {
				return nil
			}
			f := newFormat(s.attr("numFmtId"), codes[s.attr("numFmtId")])
			if i, err := strconv.Atoi(s.attr("borderId")); err == nil && i >= 0 && i < len(borders) {
				f.border = borders[i]
			}
			r.formats = append(r.formats, f)
		}
		return nil
	})
}
