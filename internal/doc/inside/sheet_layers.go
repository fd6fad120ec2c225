package inside

import (
	"path"
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// bookParts are the parts of a workbook that hold no text of the author, or are
// read with the sheets.
var bookParts = []string{
	"xl/calcchain", "xl/styles", "xl/sharedstrings", "xl/tables/", "xl/metadata", "xl/worksheets/", "xl/chartsheets/", "xl/ctrlprops/",
	"xl/slicers/", "xl/slicercaches/", "xl/timelines/", "xl/timelinecaches/", "xl/pivottables/", "xl/pivotcache/pivotcacherecords", "xl/volatiledependencies",
	"xl/comments", "xl/threadedcomments/", "xl/drawings/",
}

// readBook reads a workbook.
func readBook(p *opc.Package, f *File) error {
	b, err := OpenBook(p)
	if err != nil {
		return err
	}
	used := make([]bool, len(b.Shared))
	for _, entry := range b.Sheets {
		if err := b.sheetLayers(p, f, entry, used); err != nil {
			return err
		}
	}
	b.orphans(f, used)
	f.addText(Margin, doc.Place{}, "拼音指南", b.phonetic...)
	b.hiddenNames(f)
	if SaysSomething(b.filePath) {
		f.addText(LocalPath, doc.Place{}, "保存位置", b.filePath)
	}
	for _, name := range p.Names() {
		if err := b.otherPart(p, f, name); err != nil {
			return err
		}
	}
	if err := b.loose(p, f); err != nil {
		return err
	}
	return officeLinks(p, f)
}

// Unlisted gives the sheets that the workbook does not list: they are never shown.
func (b *Book) Unlisted(p *opc.Package) (parts []string) {
	for _, name := range p.Names() {
		listed := func(s BookSheet) bool { return s.Part == name }
		if path.Dir(name) == "xl/worksheets" && path.Ext(name) == ".xml" && !slices.ContainsFunc(b.Sheets, listed) {
			parts = append(parts, name)
		}
	}
	return parts
}

// loose looks at sheets that are never shown, and at comments that no sheet has.
func (b *Book) loose(p *opc.Package, f *File) error {
	for _, name := range b.Unlisted(p) {
		sheet, err := b.Sheet(p, BookSheet{Name: path.Base(name), Part: name, Kind: "worksheet"})
		if err != nil {
			return err
		}
		blocks := sheet.Table(path.Base(name))
		f.add(Layer{Kind: VeryHiddenSheet, Name: path.Base(name), Blocks: blocks, Count: rowsOf(blocks)})
	}
	had := map[string]bool{}
	for _, s := range b.Sheets {
		related, err := p.Relations(s.Part)
		if err != nil {
			return err
		}
		for _, r := range related {
			had[r.Target] = true
		}
	}
	for _, name := range p.Names() {
		if had[name] || path.Ext(name) != ".xml" || !strings.HasPrefix(name, "xl/comments") && !strings.HasPrefix(name, "xl/threadedcomments/") {
			continue
		}
		if err := readSheetComments(p, f, "", name, "comment"); err != nil {
			return err
		}
	}
	return nil
}

// sheetLayers reads a sheet into what is seen of it and what is not.
func (b *Book) sheetLayers(p *opc.Package, f *File, entry BookSheet, used []bool) error {
	at := doc.Place{Sheet: entry.Name}
	if entry.Kind == "dialogsheet" || entry.Kind == "xlMacrosheet" || entry.Kind == "xlIntlMacrosheet" {
		f.add(Layer{Kind: Macro, Place: at, Name: entry.Name})
	}
	sheet, err := b.Sheet(p, entry)
	if sheet == nil || err != nil {
		return err
	}
	for i := range sheet.Cells {
		if n := sheet.Cells[i].Shared; n >= 0 {
			used[n] = true
		}
	}
	if sheet.cut {
		f.add(Layer{Kind: Left, Place: at, Name: "工作表过大，其余单元格没有读取"})
	}
	if entry.Hidden() {
		kind := HiddenSheet
		if entry.State == "veryHidden" {
			kind = VeryHiddenSheet
		}
		blocks := sheet.Table(entry.Name)
		f.add(Layer{Kind: kind, Place: at, Name: entry.Name, Blocks: blocks, Count: rowsOf(blocks)})
		sheet.report(f, at)
		return b.besideSheet(p, f, entry, sheet)
	}
	rows := HiddenRow
	if sheet.Filtered {
		rows = FilteredRow
	}
	for _, part := range []struct {
		kind  Kind
		state CellState
	}{{Shown, SeenCell}, {rows, RowHidden}, {HiddenColumn, ColHidden}, {PaleText, PaleCell}} {
		if blocks := sheet.Table(entry.Name, part.state); blocks != nil {
			f.add(Layer{Kind: part.kind, Place: firstPlace(blocks), Name: entry.Name, Blocks: blocks, Count: rowsOf(blocks)})
		}
	}
	if blocks := sheet.Table(entry.Name, MergedCell); blocks != nil {
		f.add(Layer{Kind: Covered, Place: firstPlace(blocks), Name: "合并的单元格", Blocks: blocks, Count: len(blocks)})
	}
	sheet.report(f, at)
	return b.besideSheet(p, f, entry, sheet)
}

// report adds what stands beside the cells, and the pieces of them that are not seen.
func (s *Sheet) report(f *File, at doc.Place) {
	for _, a := range s.aside {
		f.addText(Margin, at, a.name, a.text)
	}
	for i := range s.Cells {
		if c := &s.Cells[i]; c.Lost != "" {
			f.addText(PaleText, doc.Place{Sheet: at.Sheet, Row: c.Row, Col: c.Col}, at.Sheet, c.Lost)
		}
	}
}

// Sheet reads the cells of a sheet; nil for sheets that have none.
func (b *Book) Sheet(p *opc.Package, entry BookSheet) (*Sheet, error) {
	if entry.Kind != "worksheet" && entry.Kind != "dialogsheet" && !strings.HasSuffix(entry.Kind, "acrosheet") {
		return nil, nil
	}
	part, err := p.XML(entry.Part)
	if part == nil || err != nil {
		return nil, err
	}
	tables, err := tableAreas(p, entry.Part)
	if err != nil {
		return nil, err
	}
	return b.ReadSheet(part, tables)
}

func tableAreas(p *opc.Package, sheet string) (all []area, err error) {
	related, err := p.Relations(sheet)
	if err != nil {
		return nil, err
	}
	for _, r := range related {
		if r.Kind != "table" || r.External {
			continue
		}
		part, err := p.XML(r.Target)
		if err != nil {
			return nil, err
		}
		if s := markup.NewScanner(part); s.Next() == markup.Start {
			all = append(all, areaOf(attr(s, "ref")))
		}
	}
	return all, nil
}

// areaOf reads a reference such as A1:C9.
func areaOf(ref string) area {
	first, last, found := strings.Cut(ref, ":")
	if !found {
		last = first
	}
	var a area
	a.top, a.left, _ = cellReference(first)
	a.bottom, a.right, _ = cellReference(last)
	return a
}

func rowsOf(blocks []doc.Block) int {
	n := 0
	for _, b := range blocks {
		if b.Table != nil {
			n += len(b.Table.Rows)
		}
	}
	return n
}

func firstPlace(blocks []doc.Block) doc.Place {
	return blocks[0].Table.Rows[0].Cells[0].Place
}

// orphans lists texts that are still in the file though no cell shows them.
func (b *Book) orphans(f *File, used []bool) {
	var left []string
	for i, text := range b.Shared {
		if !used[i] && !blank(text) {
			left = append(left, text)
		}
	}
	if blocks := paragraphs(doc.Place{}, left...); len(blocks) > 0 {
		f.add(Layer{Kind: OrphanText, Blocks: blocks, Count: len(blocks)})
	}
}

// otherPart looks at a part that belongs to no sheet.
func (b *Book) otherPart(p *opc.Package, f *File, name string) error {
	if name == b.Main || name == b.Strings {
		return nil
	}
	switch {
	case strings.HasPrefix(name, "xl/pivotcache/pivotcachedefinition"):
		return readPivotCache(p, f, name)
	case strings.HasPrefix(name, "xl/externallinks/") && path.Ext(name) == ".xml":
		return readExternal(p, f, name)
	case name == "xl/connections.xml", strings.HasPrefix(name, "xl/querytables/"):
		return readConnection(p, f, name)
	case strings.HasPrefix(name, "xl/persons/"):
		return readPersons(p, f, name)
	case strings.HasPrefix(name, "xl/revisions/"), name == "xl/usernames.xml":
		if path.Ext(name) == ".xml" {
			f.add(Layer{Kind: Tracked, Name: path.Base(name)})
		}
		return nil
	}
	if path.Ext(name) == ".xml" {
		for _, known := range bookParts {
			if strings.HasPrefix(name, known) {
				return nil
			}
		}
	}
	return officePart(p, f, name)
}
