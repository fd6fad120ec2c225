package inside

import (
	"bytes"
	"image/png"
	"path"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// besideSheet reads what lies over a sheet: comments, pictures, shapes.
func (b *Book) besideSheet(p *opc.Package, f *File, entry BookSheet, sheet *Sheet) error {
	related, err := p.Relations(entry.Part)
	if err != nil {
		return err
	}
	for _, r := range related {
		switch {
		case r.External:
		case r.Kind == "comments":
			err = readSheetComments(p, f, entry.Name, r.Target, "comment")
		case r.Kind == "threadedComment":
			err = readSheetComments(p, f, entry.Name, r.Target, "threadedComment")
		case r.Kind == "drawing":
			err = readSheetDrawing(p, f, entry.Name, r.Target, sheet)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// MarkCovered marks the cells that lie under pictures and shapes. Those under a chart
// may be what it is drawn from: they stay.
func (b *Book) MarkCovered(p *opc.Package, entry BookSheet, sheet *Sheet) error {
	own := &File{}
	if err := b.besideSheet(p, own, entry, sheet); err != nil {
		return err
	}
	under := map[[2]int]bool{}
	for _, l := range own.Layers {
		if l.Kind != Covered || l.Name == chartName {
			continue
		}
		for t := range EachText(l.Blocks) {
			under[[2]int{t.Cell.Place.Row, t.Cell.Place.Col}] = true
		}
	}
	for i := range sheet.Cells {
		if c := &sheet.Cells[i]; under[[2]int{c.Row, c.Col}] {
			c.State = CoveredCell
		}
	}
	return nil
}

const chartName = "图表"

func readSheetComments(p *opc.Package, f *File, sheet, name, element string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	var authors []string
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		switch {
		case kind != markup.Start:
		case string(s.Name) == "author":
			authors = append(authors, s.Content())
		case string(s.Name) == element:
			place := doc.Place{Sheet: sheet}
			place.Row, place.Col, _ = cellReference(attr(s, "ref"))
			author := ""
			if who := at(authors, attr(s, "authorId")); who != nil {
				author = *who
			}
			for d := s.Depth(); s.Child(d); { // where it stands on the sheet is written beside the text
				if string(s.Name) == "text" {
					f.addText(Comment, place, author, s.Content())
				}
			}
		}
	}
	return s.Err
}

func readPersons(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Start && string(s.Name) == "person" {
			f.addText(Property, doc.Place{}, "批注或者修订人", attr(s, "displayName"))
		}
	}
	return s.Err
}

// anchored is a picture, shape or chart over cells.
type anchored struct {
	area   area // cells that it covers wholly
	opaque bool
	name   string
}

// readSheetDrawing reads the texts of shapes and looks which cells lie wholly
// under pictures, charts and filled shapes.
func readSheetDrawing(p *opc.Package, f *File, sheet, name string, cells *Sheet) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	related, err := p.Relations(name)
	if err != nil {
		return err
	}
	pictures := map[string]string{}
	for _, r := range related {
		if r.Kind == "image" && !r.External {
			pictures[r.ID] = r.Target
		}
	}
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			a := &anchorReader{p: p, f: f, s: s, sheet: sheet, grid: &grid{}, pictures: pictures}
			if cells != nil {
				a.grid = &cells.grid
			}
			if shape := a.read(); shape.opaque && a.err == nil {
				shape.report(f, sheet, cells)
			}
			if a.err != nil {
				return a.err
			}
		}
	}
	return s.Err
}

func (a *anchored) report(f *File, sheet string, cells *Sheet) {
	if cells == nil {
		return
	}
	under := &Sheet{}
	for _, c := range cells.Cells {
		if c.State == SeenCell && a.area.holds(c.Row, c.Col) {
			under.Cells = append(under.Cells, c)
		}
	}
	if blocks := under.Table(sheet); blocks != nil {
		f.add(Layer{Kind: Covered, Place: firstPlace(blocks), Name: a.name, Blocks: blocks, Count: len(under.Cells)})
	}
}

// anchorReader reads one anchor of a drawing.
type anchorReader struct {
	p        *opc.Package
	f        *File
	s        *markup.Scanner
	sheet    string
	grid     *grid
	pictures map[string]string
	err      error
}

func (a *anchorReader) read() (shape anchored) {
	var from, to [4]int // column, its offset, row, its offset; from 0
	var wide, high int
	for d := a.s.Depth(); a.s.Child(d); {
		switch string(a.s.Name) {
		case "from":
			from = a.corner()
		case "to":
			to = a.corner()
		case "pos":
			from[1], from[3] = a.s.Number("x", 0), a.s.Number("y", 0)
		case "ext":
			wide, high = a.s.Number("cx", 0), a.s.Number("cy", 0)
		case "pic":
			shape.name, shape.opaque = "图片", a.picture()
		case "graphicFrame":
			shape.name, shape.opaque = chartName, true
			a.s.Whole()
		case "sp":
			shape.name = "图形"
			shape.opaque = a.shape()
		case "AlternateContent", "grpSp":
			a.group()
		}
	}
	if wide > 0 || high > 0 { // its end is not said by a corner
		col, row := from[0], from[2]
		from[0], from[2] = reach(col, from[1], 0, a.grid.widthOf), reach(row, from[3], 0, a.grid.heightOf)
		to[0], to[2] = reach(col, from[1], wide, a.grid.widthOf), reach(row, from[3], high, a.grid.heightOf)
	}
	whole := func(n, offset int) int { // the first line that begins after the edge
		if offset > 0 {
			return n + 2
		}
		return n + 1
	}
	shape.area = area{whole(from[2], from[3]), whole(from[0], from[1]), to[2], to[0]}
	return shape
}

// group reads the paragraphs of shapes that stand together.
func (a *anchorReader) group() {
	var texts []string
	for d := a.s.Depth(); ; {
		switch kind := a.s.Next(); {
		case kind == markup.EOF, kind == markup.End && a.s.Depth() < d:
			a.f.addText(Margin, doc.Place{Sheet: a.sheet}, "图形", texts...)
			return
		case kind != markup.Start:
		case string(a.s.Name) == "p":
			texts = append(texts, "")
		case string(a.s.Name) == "t" && len(texts) > 0:
			texts[len(texts)-1] += a.s.Content()
		case string(a.s.Name) == "cNvPr":
			texts = append(texts, attr(a.s, "descr"), attr(a.s, "title"), "")
		}
	}
}

func (a *anchorReader) corner() (at [4]int) {
	for d := a.s.Depth(); a.s.Child(d); {
		for i, name := range []string{"col", "colOff", "row", "rowOff"} {
			if string(a.s.Name) == name {
				at[i] = smallNumber(a.s.Content())
				break
			}
		}
	}
	return at
}

func smallNumber(text string) int {
	n := 0
	for _, c := range strings.TrimSpace(text) {
		if c < '0' || c > '9' || n > 1<<28 {
			return n
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// picture reads a picture and tells whether it hides what is under it.
func (a *anchorReader) picture() (opaque bool) {
	opaque = true
	var walk func()
	walk = func() {
		for d := a.s.Depth(); a.s.Child(d); {
			switch string(a.s.Name) {
			case "srcRect":
				if isCropped(a.s, "l", "t", "r", "b") {
					a.f.add(Layer{Kind: Cropped, Place: doc.Place{Sheet: a.sheet}})
				}
			case "blip":
				data, err := a.p.Raw(a.pictures[attr(a.s, "embed")])
				if err != nil {
					a.err = err
				}
				opaque = !seeThrough(data)
			case "cNvPr":
				a.said()
			}
			walk()
		}
	}
	walk()
	return opaque
}

// said reads what is said about a picture or shape.
func (a *anchorReader) said() {
	at := doc.Place{Sheet: a.sheet}
	if d := attr(a.s, "descr"); localPath.MatchString(d) {
		a.f.addText(LocalPath, at, "图片说明", d)
	}
	a.f.addText(Margin, at, "图片说明", attr(a.s, "descr"), attr(a.s, "title"))
}

// shape reads a drawn shape with its text and tells whether it is filled.
func (a *anchorReader) shape() (filled bool) {
	var text strings.Builder
	filled = true
	var walk func(inProperties bool)
	walk = func(inProperties bool) {
		for d := a.s.Depth(); a.s.Child(d); {
			name := string(a.s.Name)
			switch {
			case name == "t":
				text.WriteString(a.s.Content())
				continue
			case name == "noFill" && inProperties:
				filled = false
			case name == "ln":
				a.s.Whole()
				continue
			case name == "cNvPr":
				a.said()
			case name == "p" && text.Len() > 0:
				text.WriteByte('\n')
			}
			walk(name == "spPr")
		}
	}
	walk(false)
	a.f.addText(Margin, doc.Place{Sheet: a.sheet}, "图形", text.String())
	return filled
}

// mostPixels bounds the pictures that are looked through.
const mostPixels = 40 << 20

// seeThrough tells whether a picture lets what is under it be seen, as the
// picture of a seal does: where a third of it is transparent.
func seeThrough(data []byte) bool {
	conf, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || conf.Width*conf.Height > mostPixels {
		return false
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return false
	}
	clear, all := 0, 0
	box := img.Bounds()
	step := max(1, max(box.Dx(), box.Dy())/200)
	for y := box.Min.Y; y < box.Max.Y; y += step {
		for x := box.Min.X; x < box.Max.X; x += step {
			all++
			if _, _, _, alpha := img.At(x, y).RGBA(); alpha < 0x4000 {
				clear++
			}
		}
	}
	return 3*clear > all
}

// readExternal reads the values that a workbook keeps of another one.
func readExternal(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	t := &doc.Table{Grid: true}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF && len(t.Rows) < MaxRow; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		switch string(s.Name) {
		case "row":
			t.Rows = append(t.Rows, doc.Row{})
		case "cell":
			row, col, ok := cellReference(attr(s, "r"))
			text := plainNumber(s.Content())
			if n := len(t.Rows); n > 0 && ok && !blank(text) {
				t.Rows[n-1].Cells = append(t.Rows[n-1].Cells, doc.Cell{Text: text, Col: col - 1, ColSpan: 1, RowSpan: 1, Place: doc.Place{Row: row, Col: col}})
			}
		}
	}
	f.add(Layer{Kind: ExternalCache, Name: path.Base(name), Blocks: []doc.Block{{Table: t}}, Count: len(t.Rows)})
	return s.Err
}

// readConnection lists where a workbook fetches data from.
func readConnection(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		for _, key := range []string{"connection", "sourceFile", "command", "odcFile", "url"} {
			f.addText(Connection, doc.Place{}, "数据连接", attr(s, key))
		}
	}
	return s.Err
}
