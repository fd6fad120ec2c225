package clean

import (
	"bytes"
	"regexp"
	"strconv"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
)

var (
	firstTab   = regexp.MustCompile(`\s(?:activeTab|firstSheet)="[^"]*"`)
	filterMode = regexp.MustCompile(`\sfilterMode="[^"]*"`)
	queryTable = regexp.MustCompile(`\s(?:tableType="queryTable"|queryTableFieldId="[^"]*"|connectionId="[^"]*")`)
	slicers    = regexp.MustCompile(`slicer|timeline`)
)

func itoa(n int) string { return strconv.Itoa(n) }

// sheet cleans a worksheet: cells that are not seen go, pieces of the others are
// replaced.
func (b *bookCleaner) sheet(entry inside.BookSheet) error {
	sheet, err := b.book.Sheet(b.p, entry)
	if sheet == nil || err != nil {
		return err
	}
	if err := b.book.MarkCovered(b.p, entry, sheet); err != nil {
		return err
	}
	part, err := b.part(entry.Part)
	if err != nil {
		return err
	}
	var edits []markup.Edit
	var seen []*inside.SheetCell
	for i := range sheet.Cells {
		cell := &sheet.Cells[i]
		if cell.State != inside.SeenCell {
			edits = append(edits, markup.Edit{From: cell.From, To: cell.To})
			continue
		}
		seen = append(seen, cell)
		if cell.Shared >= 0 {
			b.used[cell.Shared] = true
		}
	}
	by := unitsOf(b.find(sheet.Table(entry.Name, inside.SeenCell)))
	for unit, cell := range seen {
		all := by[unit]
		if len(all) == 0 && cell.Lost == "" {
			continue
		}
		text := replaced(cell.Text, all)
		if cell.Shared >= 0 {
			b.shared[cell.Shared] = text
			continue
		}
		edits = append(edits, markup.Edit{From: cell.From, To: cell.To, With: inlineCell(prefixOf(part, cell.From), cell, text)})
	}
	clear(b.loose)
	own, err := b.sheetElements(part)
	if err != nil {
		return err
	}
	b.change.Parts[entry.Part] = markup.Apply(part, append(edits, own...))
	return b.drawings(entry.Part)
}

// inlineCell writes a cell with a text of its own.
func inlineCell(x string, c *inside.SheetCell, text string) string {
	style := ""
	if c.Style != "" {
		style = ` s="` + markup.Escape(c.Style) + `"`
	}
	return `<` + x + `c r="` + columnName(c.Col) + itoa(c.Row) + `"` + style + ` t="inlineStr">` + plainText(x, "is", text) + `</` + x + `c>`
}

// plainText writes a text without runs, as the content of an element.
func plainText(x, element, text string) string {
	return `<` + x + element + `><` + x + `t xml:space="preserve">` + markup.Escape(text) + `</` + x + `t></` + x + element + `>`
}

// prefixOf is the prefix of the name of the element that begins at a place.
func prefixOf(part []byte, from int) string {
	tag := part[from+1 : min(len(part), from+64)]
	if end := bytes.IndexAny(tag, " \t\r\n/>"); end >= 0 {
		tag = tag[:end]
	}
	return string(tag[:bytes.IndexByte(tag, ':')+1])
}

func columnName(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// sheetElements takes out of a worksheet what points at parts that go, filters,
// and formulas, whose values stay.
func (b *bookCleaner) sheetElements(part []byte) (edits []markup.Edit, err error) {
	s := markup.NewScanner(part)
	cut := func(from, to int) { edits = append(edits, markup.Edit{From: from, To: to}) }
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			switch string(s.Name) {
			case "sheetPr":
				from, to := s.Span()
				if tag := string(part[from:to]); filterMode.MatchString(tag) {
					edits = append(edits, markup.Edit{From: from, To: to, With: filterMode.ReplaceAllString(tag, "")})
				}
			case "sheetData":
				formulas(s, cut)
			case "legacyDrawing":
				id, _ := s.Qualified("r:id")
				b.loose[string(id)] = true
				cut(s.Whole())
			case "autoFilter", "oleObjects", "controls", "customProperties", "customSheetViews", "scenarios", "webPublishItems":
				cut(s.Whole())
			case "dataValidations", "conditionalFormatting":
				look := *s // the scanner is a value: the element is read twice
				from, to := look.Whole()
				if b.refersToGone(string(part[from:to])) {
					cut(s.Whole())
				} else {
					edits = b.offered(s, part, edits)
				}
			case "headerFooter":
				for d := s.Depth(); s.Child(d); {
					edits = b.header(s, edits)
				}
			case "hyperlinks":
				for d := s.Depth(); s.Child(d); {
					edits = b.tag(s, part, edits, "location", "display", "tooltip")
				}
			case "extLst":
				from, to := s.Whole()
				if text := string(part[from:to]); slicers.MatchString(text) || b.refersToGone(text) {
					cut(from, to)
				}
			}
		}
	}
	return edits, s.Err
}

// offered masks what cells offer to choose from and say to whoever fills them in.
func (b *bookCleaner) offered(s *markup.Scanner, part []byte, edits []markup.Edit) []markup.Edit {
	for d := s.Depth(); s.Child(d); {
		edits = b.tag(s, part, edits, "promptTitle", "prompt", "errorTitle", "error")
		for d := s.Depth(); s.Child(d); {
			if name := string(s.Name); name == "formula1" || name == "formula2" {
				edits = b.content(s, edits)
			}
		}
	}
	return edits
}

// header masks a header or footer, which loses its fonts then.
func (b *bookCleaner) header(s *markup.Scanner, edits []markup.Edit) []markup.Edit {
	if s.Empty() {
		return edits
	}
	_, from := s.Span()
	text := s.Content()
	to, _ := s.Span()
	if now, changed := b.masked(inside.PlainHeader(text)); changed {
		edits = append(edits, markup.Edit{From: from, To: to, With: markup.Escape("&C" + now)})
	}
	return edits
}

func formulas(s *markup.Scanner, cut func(from, to int)) {
	for d := s.Depth(); s.Child(d); {
		for d := s.Depth(); s.Child(d); {
			for d := s.Depth(); s.Child(d); {
				if string(s.Name) == "f" {
					cut(s.Whole())
				}
			}
		}
	}
}

// drawings takes slicers out of the drawings of a sheet: their parts go.
func (b *bookCleaner) drawings(part string) error {
	related, err := b.p.Relations(part)
	if err != nil {
		return err
	}
	for _, r := range related {
		switch {
		case r.External:
		case r.Kind == "vmlDrawing" && b.loose[r.ID]:
			b.change.Drop[r.Target] = true
		case r.Kind == "drawing":
			if err := b.drawing(r.Target); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bookCleaner) drawing(name string) error {
	part, err := b.part(name)
	if part == nil || err != nil {
		return err
	}
	var edits []markup.Edit
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			from, to := s.Whole()
			if slicers.Match(part[from:to]) {
				edits = append(edits, markup.Edit{From: from, To: to})
			}
		}
	}
	if len(edits) > 0 {
		b.change.Parts[name] = markup.Apply(part, edits)
	}
	return s.Err
}

// table cuts a table loose from the query that filled it.
func (b *bookCleaner) table(name string) error {
	part, err := b.part(name)
	if err != nil {
		return err
	}
	if queryTable.Match(part) {
		b.change.Parts[name] = queryTable.ReplaceAll(part, nil)
	}
	return nil
}

// strings replaces shared texts, and empties those that no cell shows any more.
func (b *bookCleaner) strings() error {
	if b.book.Strings == "" {
		return nil
	}
	part, err := b.part(b.book.Strings)
	if part == nil || err != nil {
		return err
	}
	var edits []markup.Edit
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d, n := s.Depth(), 0; s.Child(d); n++ {
			from, to := s.Span()
			for d := s.Depth(); s.Child(d); {
				edits = b.reading(s, edits)
			}
			if _, end := s.Span(); end > to {
				to = end
			}
			text, changed := b.shared[n]
			switch {
			case !b.used[n]:
				edits = append(within(edits, from), markup.Edit{From: from, To: to, With: plainText(prefixOf(part, from), "si", "")})
			case changed:
				edits = append(within(edits, from), markup.Edit{From: from, To: to, With: plainText(prefixOf(part, from), "si", text)})
			}
		}
	}
	b.change.Parts[b.book.Strings] = markup.Apply(part, edits)
	return s.Err
}

// reading takes a reading above characters out that says what is masked.
func (b *bookCleaner) reading(s *markup.Scanner, edits []markup.Edit) []markup.Edit {
	if string(s.Name) != "rPh" {
		return edits
	}
	from, _ := s.Span()
	text := s.Content()
	_, to := s.Span()
	if _, changed := b.masked(text); changed {
		edits = append(edits, markup.Edit{From: from, To: to})
	}
	return edits
}

// within leaves out the edits from a place on, where all that follows goes.
func within(edits []markup.Edit, from int) []markup.Edit {
	for n := len(edits); n > 0 && edits[n-1].From >= from; n-- {
		edits = edits[:n-1]
	}
	return edits
}
