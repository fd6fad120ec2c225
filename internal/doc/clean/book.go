package clean

import (
	"path"
	"strings"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
	"gongkai/internal/errs"
)

// goneParts are the beginnings of the names of parts that go out of a workbook.
// The order of calculation goes, too: it is made anew, and must not name cells
// that no longer hold a formula.
var goneParts = []string{
	"xl/pivotcache/", "xl/pivottables/", "xl/externallinks/", "xl/connections", "xl/querytables/", "xl/comments", "xl/threadedcomments/", "xl/persons/",
	"xl/revisions/", "xl/usernames", "xl/model/", "xl/slicers/", "xl/slicercaches/", "xl/timelines/", "xl/timelinecaches/", "xl/calcchain",
	"xl/macrosheets/", "xl/dialogsheets/", "xl/customproperty", "xl/worksheets/_customproperty",
}

// bookCleaner is the work on one workbook.
type bookCleaner struct {
	*cleaner
	book   *inside.Book
	hidden map[string]bool // names of sheets that go
	shared map[int]string  // what becomes of shared texts
	used   map[int]bool    // shared texts that are still shown
	loose  map[string]bool // relations of the sheet at hand whose drawing goes
}

// cleanBook cleans a workbook. Rows and columns that are hidden are emptied where
// they stand, so that nothing that refers to a cell has to be counted anew; as
// figures that rest on them would change, formulas become their values.
func cleanBook(c *cleaner) error {
	book, err := inside.OpenBook(c.p)
	if err != nil {
		return err
	}
	b := &bookCleaner{cleaner: c, book: book, hidden: map[string]bool{}, shared: map[int]string{}, used: map[int]bool{}, loose: map[string]bool{}}
	for _, name := range c.p.Names() {
		for _, begin := range goneParts {
			if strings.HasPrefix(name, begin) {
				c.change.Drop[name] = true
			}
		}
	}
	for _, part := range book.Unlisted(c.p) {
		if err := b.dropSheet(part); err != nil {
			return err
		}
	}
	kept := 0
	for _, s := range book.Sheets {
		if s.Hidden() || c.change.Drop[s.Part] {
			b.hidden[s.Name] = true
			if err := b.dropSheet(s.Part); err != nil {
				return err
			}
			continue
		}
		kept++
	}
	if kept == 0 {
		return errs.New(errs.Invalid, "所有工作表都被隐藏，去掉以后什么也不剩；请先取消隐藏要公开的工作表。")
	}
	if err := b.workbook(); err != nil {
		return err
	}
	for _, s := range book.Sheets {
		if !b.hidden[s.Name] {
			if err := b.sheet(s); err != nil {
				return err
			}
		}
	}
	for _, name := range c.p.Names() {
		if strings.HasPrefix(name, "xl/tables/") && path.Ext(name) == ".xml" {
			if err := b.table(name); err != nil {
				return err
			}
		}
	}
	return b.strings()
}

// dropSheet drops a sheet with what hangs on it alone.
func (b *bookCleaner) dropSheet(part string) error {
	b.change.Drop[part] = true
	related, err := b.p.Relations(part)
	if err != nil {
		return err
	}
	for _, r := range related {
		switch r.Kind {
		case "drawing", "table", "vmlDrawing", "printerSettings", "comments":
			b.change.Drop[r.Target] = true
		}
	}
	return nil
}

// workbook takes hidden sheets, names, caches and paths out of the main part.
func (b *bookCleaner) workbook() error {
	part, err := b.part(b.book.Main)
	if err != nil {
		return err
	}
	var edits []markup.Edit
	cut := func(from, to int) { edits = append(edits, markup.Edit{From: from, To: to}) }
	s := markup.NewScanner(part)
	sheets, position := 0, map[string]string{} // of the sheets that stay, by their old one
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			switch string(s.Name) {
			case "sheets":
				for d, old := s.Depth(), 0; s.Child(d); old++ {
					if b.hidden[attr(s, "name")] {
						cut(s.Whole())
						continue
					}
					position[itoa(old)] = itoa(sheets)
					sheets++
				}
			case "definedNames":
				edits = append(edits, b.names(s, part, position)...)
			case "bookViews":
				for d := s.Depth(); s.Child(d); {
					from, to := s.Span()
					edits = append(edits, markup.Edit{From: from, To: to, With: firstTab.ReplaceAllString(string(part[from:to]), "")})
				}
			case "pivotCaches", "externalReferences", "extLst", "AlternateContent", "fileRecoveryPr", "webPublishing", "customWorkbookViews":
				cut(s.Whole())
			}
		}
	}
	b.change.Parts[b.book.Main] = markup.Apply(part, edits)
	return s.Err
}

// names keeps the defined names that name a place which is still there, with the
// new number of the sheet that they belong to.
func (b *bookCleaner) names(s *markup.Scanner, part []byte, position map[string]string) (edits []markup.Edit) {
	from, start := s.Span()
	kept := 0
	for d := s.Depth(); s.Child(d); {
		first, tagEnd := s.Span()
		name, hidden, local := attr(s, "name"), attr(s, "hidden"), attr(s, "localSheetId")
		refers := s.Content()
		_, last := s.Span()
		stays, there := position[local]
		switch {
		case hidden != "" && hidden != "0", local != "" && !there, b.refersToGone(refers), name == "_xlnm._FilterDatabase",
			strings.HasPrefix(refers, `"`), strings.HasPrefix(refers, "{"), strings.Contains(refers, "#REF!"), strings.Contains(refers, "["):
			edits = append(edits, markup.Edit{From: first, To: last})
			continue
		case local != "" && stays != local:
			tag := strings.Replace(string(part[first:tagEnd]), `localSheetId="`+local+`"`, `localSheetId="`+stays+`"`, 1)
			edits = append(edits, markup.Edit{From: first, To: tagEnd, With: tag})
		}
		kept++
	}
	if kept == 0 { // an empty list is not allowed
		_, to := s.Span()
		return []markup.Edit{{From: from, To: max(to, start)}}
	}
	return edits
}

// refersToGone tells a formula that names a sheet which goes, or another file.
func (b *bookCleaner) refersToGone(formula string) bool {
	for name := range b.hidden {
		if strings.Contains(formula, name+"!") || strings.Contains(formula, "'"+strings.ReplaceAll(name, "'", "''")+"'!") {
			return true
		}
	}
	return false
}
