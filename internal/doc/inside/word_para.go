package inside

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// paragraph reads a w:p.
func (r *storyReader) paragraph() (u Unit) {
	below := r.ground
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "pPr" {
			below = r.paragraphLook()
			continue
		}
		r.inline(&u, below)
	}
	return u
}

func (r *storyReader) paragraphLook() look {
	below := r.ground
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "pStyle":
			below = r.styles.look(string(r.s.Val())).over(below)
		case "shd":
			if ground := shade(r.s); ground != nil {
				below.ground, below.marked = ground, false
			}
		case "spacing":
			if squashed(r.s, "line", "lineRule") {
				yes := true
				below.tiny = &yes
			}
		case "rPr":
			r.markProperties()
		default:
			if !r.change() {
				r.s.Whole()
			}
		}
	}
	return below
}

// markProperties reads the properties of the paragraph's end, which may have
// been inserted or deleted.
func (r *storyReader) markProperties() {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "ins", "del", "moveFrom", "moveTo":
			r.note()
		default:
			r.change()
		}
	}
}

// inline reads one child of a paragraph.
func (r *storyReader) inline(u *Unit, below look) {
	inlines := func() {
		for d := r.s.Depth(); r.s.Child(d); {
			r.inline(u, below)
		}
	}
	switch string(r.s.Name) {
	case "r":
		r.run(u, below)
	case "ins", "moveTo", "del", "moveFrom":
		r.tracked(inlines)
	case "AlternateContent":
		r.alternate(inlines)
	case "sdtPr", "ffData":
		r.choices()
	case "smartTagPr":
		r.s.Whole()
	case "fldSimple":
		r.aside("域代码", attr(r.s, "instr"))
		r.path(attr(r.s, "instr"))
		inlines()
	case "hyperlink":
		r.aside("超链接", attr(r.s, "tooltip"), attr(r.s, "anchor"))
		inlines()
	case "t":
		r.chars(u, below) // of a formula
	case "rt":
		r.aside("拼音指南", r.s.Content()) // the reading above the characters
	default:
		if !r.change() {
			inlines()
		}
	}
}

// run reads a w:r, or another run-like element.
func (r *storyReader) run(u *Unit, below look) {
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "rPr" {
			below = r.runLook(below)
			continue
		}
		r.runContent(u, below)
	}
}

// runLook reads run properties; what they name of style goes under what they
// say themselves.
func (r *storyReader) runLook(below look) look {
	from := *r.s // the scanner is a value: the properties are read twice
	style := look{}
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "rStyle":
			style = r.styles.look(string(r.s.Val()))
		case "ins", "del", "moveFrom", "moveTo":
			r.note()
		default:
			r.change()
		}
	}
	return readLook(&from).over(style).over(below)
}

func (r *storyReader) runContent(u *Unit, below look) {
	switch string(r.s.Name) {
	case "t", "delText":
		r.chars(u, below)
	case "tab", "ptab":
		r.put(u, below, Segment{-1, -1, "\t"})
	case "br", "cr":
		r.put(u, below, Segment{-1, -1, "\n"})
	case "noBreakHyphen":
		r.put(u, below, Segment{-1, -1, "-"})
	case "instrText":
		code := r.s.Content()
		r.path(code)
		if r.silent == 0 {
			r.codes = r.piece(r.codes, code)
		}
	case "ffData", "sdtPr":
		r.choices()
	case "rt":
		r.aside("拼音指南", r.s.Content())
	case "textpath":
		r.aside("艺术字", attr(r.s, "string"))
	case "shape", "rect", "roundrect", "oval":
		r.aside("图形说明", attr(r.s, "alt"))
		r.oldShape(func() { r.children(u, below) })
	case "spPr":
		r.fill()
	case "drawing":
		outer, hid := r.box0, r.hid
		r.children(u, below)
		r.box0, r.hid = outer, hid
	case "AlternateContent":
		r.alternate(func() {
			for d := r.s.Depth(); r.s.Child(d); {
				r.runContent(u, below)
			}
		})
	case "txbxContent":
		r.box()
	case "srcRect":
		r.crop("l", "t", "r", "b")
	case "imagedata":
		r.crop("cropleft", "croptop", "cropright", "cropbottom")
		r.attributePath("title")
	case "docPr", "cNvPr":
		r.attributePath("descr")
		r.aside("图片说明", attr(r.s, "descr"), attr(r.s, "title"))
		r.hid = r.hid || on(r.s, "hidden")
		r.children(u, below)
	default:
		if !r.change() {
			r.children(u, below)
		}
	}
}

func (r *storyReader) children(u *Unit, below look) {
	for d := r.s.Depth(); r.s.Child(d); {
		r.runContent(u, below)
	}
}

// fill reads the ground of a shape; without one that is a plain colour it cannot be
// told: a box may stand on a picture.
func (r *storyReader) fill() {
	r.box0 = colour{}
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) != "solidFill" {
			continue
		}
		for d := r.s.Depth(); r.s.Child(d); {
			if string(r.s.Name) == "srgbClr" {
				r.box0 = colourOf(string(r.s.Val()))
			}
		}
	}
}

// oldShape reads a shape of the old kind with its ground.
func (r *storyReader) oldShape(read func()) {
	outer := r.box0
	r.box0 = colourOf(strings.TrimPrefix(attr(r.s, "fillcolor"), "#"))
	read()
	r.box0 = outer
}

// aside keeps a text that is printed beside the others, or that programs show.
func (r *storyReader) aside(name string, texts ...string) {
	for _, text := range texts {
		if r.silent == 0 && !blank(text) && len(r.asides) < maxPieces {
			r.asides = append(r.asides, Layer{Kind: Margin, Name: name, Place: r.at, Blocks: paragraphs(r.at, text)})
		}
	}
}

// choices reads what a field or control of a form offers and says.
func (r *storyReader) choices() {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "listItem":
			r.aside("表单选项", attr(r.s, "displayText"), attr(r.s, "value"))
		case "alias", "tag", "default", "helpText", "statusText", "listEntry", "name":
			r.aside("表单选项", string(r.s.Val()))
		}
		if !r.s.Empty() {
			r.choices()
		}
	}
}

// box reads a text box; it follows the block that it hangs on.
func (r *storyReader) box() {
	outer, before, at := r.ground, r.later, r.at
	ground := r.box0
	r.ground.ground, r.ground.marked = &ground, false
	if r.hid {
		r.ground.vanish = &r.hid
	}
	r.later = nil
	var own []placed
	r.blocks(func(p placed) {
		own = append(own, p)
		own = append(own, r.later...)
		r.later = nil
	})
	r.ground, r.at = outer, at
	r.later = slices.Concat(before, own)
}

// crop counts a picture of which more than a hundredth is cut off.
func (r *storyReader) crop(sides ...string) {
	if r.silent == 0 && isCropped(r.s, sides...) {
		r.cropped++
	}
	r.s.Whole()
}

func isCropped(s *markup.Scanner, sides ...string) bool {
	for _, side := range sides {
		v, _ := s.Attr(side)
		if n := s.Number(side, 0); n > 1000 || strings.HasSuffix(string(v), "f") && len(v) > 4 {
			return true
		}
	}
	return false
}

func (r *storyReader) attributePath(name string) {
	v, _ := r.s.Attr(name)
	r.path(string(v))
}

func (r *storyReader) path(text string) {
	if r.silent == 0 && localPath.MatchString(text) {
		r.paths = r.piece(r.paths, strings.TrimSpace(text))
	}
}

// chars reads the characters of a w:t or w:delText.
func (r *storyReader) chars(u *Unit, below look) {
	d := r.s.Depth()
	_, from := r.s.Span()
	to := from
	var b []byte
	for {
		kind := r.s.Next()
		if kind == markup.Text {
			b = r.s.AppendText(b)
			_, to = r.s.Span()
		} else if kind == markup.EOF || kind == markup.End && r.s.Depth() < d {
			break
		}
	}
	if len(b) > 0 {
		r.put(u, below, Segment{from, to, string(b)})
	}
}

// put keeps a piece of text where it belongs: in the paragraph, among what is
// not seen, or among what was deleted.
func (r *storyReader) put(u *Unit, below look, seg Segment) {
	for _, e := range r.echoes {
		e.WriteString(seg.Text)
	}
	switch {
	case r.silent > 0 || r.deleted > 0:
	case below.hidden():
		r.hidden = r.piece(r.hidden, seg.Text)
		r.out.Unseen = append(r.out.Unseen, seg)
	case below.unseen() && !blank(seg.Text):
		r.out.Unseen = append(r.out.Unseen, seg)
		r.pale = r.piece(r.pale, seg.Text)
	default:
		*u = append(*u, seg)
	}
}

// maxPieces bounds what is kept of the unseen texts of a part.
const maxPieces = 100_000

// piece keeps a text that is not seen. Pieces of one paragraph or cell are one.
func (r *storyReader) piece(list []doc.Block, text string) []doc.Block {
	if n := len(list); n > 0 && list[n-1].Para.Place == r.at {
		list[n-1].Para.Text += text
		return list
	}
	if len(list) >= maxPieces || blank(text) {
		return list
	}
	return append(list, paragraphs(r.at, text)...)
}

// table reads a w:tbl.
func (r *storyReader) table(keep func(placed)) {
	r.tables++
	number, outer := r.tables, r.ground
	t := &doc.Table{Grid: true, Place: doc.Place{Table: number}}
	var units []Unit
	row := 0
	var rows func()
	rows = func() {
		for d := r.s.Depth(); r.s.Child(d); {
			switch string(r.s.Name) {
			case "tblPr":
				r.tableGround()
			case "tr":
				row++
				cells, own := r.row(number, row)
				t.Rows = append(t.Rows, cells)
				units = append(units, own...)
				for _, c := range cells.Cells {
					t.Cols = max(t.Cols, c.Col+c.ColSpan)
				}
			case "tblGrid":
				r.s.Whole()
			default: // sdt, ins, customXml
				if !r.change() {
					rows()
				}
			}
		}
	}
	rows()
	r.ground = outer
	if r.silent == 0 && len(t.Rows) > 0 {
		keep(placed{doc.Block{Table: t}, units})
	}
}

func (r *storyReader) tableGround() {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "tblStyle":
			r.ground = r.styles.look(string(r.s.Val())).over(r.ground)
		case "shd":
			r.shade()
		case "tblCaption", "tblDescription":
			r.aside("表格说明", string(r.s.Val()))
		default:
			r.change()
		}
	}
}

func (r *storyReader) shade() {
	if ground := shade(r.s); ground != nil {
		r.ground.ground, r.ground.marked = ground, false
	}
}

// row reads a w:tr. A cell that continues one above is left out.
func (r *storyReader) row(table, number int) (row doc.Row, units []Unit) {
	row.Place = doc.Place{Table: table, Row: number}
	outer := r.ground
	defer func() { r.ground = outer }()
	col := 0
	var cells func()
	cells = func() {
		for d := r.s.Depth(); r.s.Child(d); {
			switch string(r.s.Name) {
			case "trPr":
				r.rowProperties(&col)
			case "tc":
				at := doc.Place{Table: table, Row: number, Col: col + 1}
				c, u := r.cell(at)
				c.Col = col
				col += c.ColSpan
				row.Cells = append(row.Cells, c)
				units = append(units, u)
			default:
				if !r.change() {
					cells()
				}
			}
		}
	}
	cells()
	return row, units
}

func (r *storyReader) rowProperties(col *int) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "gridBefore":
			*col += min(max(r.s.Number("val", 0), 0), maxSpan)
		case "ins", "del":
			r.note()
		case "hidden":
			if hidden := r.s.On(); hidden {
				r.ground.vanish = &hidden
			}
		case "trHeight":
			if squashed(r.s, "val", "hRule") {
				yes := true
				r.ground.tiny = &yes
			}
		default:
			r.change()
		}
	}
}

// maxSpan bounds the columns that one cell may claim.
const maxSpan = 1024

// cell reads a w:tc; its tables are kept for later.
func (r *storyReader) cell(at doc.Place) (c doc.Cell, u Unit) {
	outer := r.ground
	c = doc.Cell{ColSpan: 1, RowSpan: 1, Place: at}
	r.at = at
	var content func()
	content = func() {
		for d := r.s.Depth(); r.s.Child(d); {
			switch string(r.s.Name) {
			case "tcPr":
				r.cellProperties(&c)
			case "p":
				own := r.paragraph()
				if len(u) > 0 && len(own) > 0 {
					u = append(u, Segment{-1, -1, "\n"})
				}
				u = append(u, own...)
			case "tbl":
				r.table(func(p placed) { r.later = append(r.later, p) })
			case "AlternateContent":
				r.alternate(content)
			case "ins", "moveTo", "del", "moveFrom":
				r.tracked(content)
			default:
				if !r.change() {
					content()
				}
			}
		}
	}
	content()
	r.ground = outer
	c.Text = u.Text()
	return c, u
}

func (r *storyReader) cellProperties(c *doc.Cell) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "gridSpan":
			c.ColSpan = min(max(r.s.Number("val", 1), 1), maxSpan)
		case "shd":
			r.shade()
		default:
			r.change()
		}
	}
}
