package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// A bookmark leads from a reader's side bar to a heading.
type bookmark struct {
	text  string
	level int // from 0
	page  int // from 0
	y     float64
}

// objects gathers the numbered objects of a PDF file.
type objects struct {
	bodies [][]byte
	err    error
}

// reserve takes a number for an object that is set later.
func (o *objects) reserve() int {
	o.bodies = append(o.bodies, nil)
	return len(o.bodies)
}

func (o *objects) set(n int, format string, args ...any) {
	o.bodies[n-1] = fmt.Appendf(nil, format, args...)
}

func (o *objects) add(format string, args ...any) int {
	n := o.reserve()
	o.set(n, format, args...)
	return n
}

// stream adds a compressed stream with further dictionary entries.
func (o *objects) stream(entries string, data []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(data); err != nil {
		o.err = err
	}
	if err := z.Close(); err != nil {
		o.err = err
	}
	n := o.reserve()
	body := fmt.Appendf(nil, "<</Length %d/Filter/FlateDecode%s>>\nstream\n", packed.Len(), entries)
	o.bodies[n-1] = append(append(body, packed.Bytes()...), "\nendstream"...)
	return n
}

func (o *objects) writeTo(w io.Writer, root, info int) error {
	if o.err != nil {
		return fmt.Errorf("compress PDF: %w", o.err)
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(o.bodies))
	for i, body := range o.bodies {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, root, info, start)
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// textString writes text for a dictionary: UTF-16 with its mark.
func textString(s string) string { return "<FEFF" + utf16Hex(s) + ">" }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// serialize writes the drawn pages as a file. Nothing in it depends on the time
// or the machine: the same document gives the same bytes.
func serialize(w io.Writer, title string, pages []*canvas, f *fonts, marks []bookmark) error {
	o := &objects{}
	catalog, tree := o.reserve(), o.reserve()
	info := o.add("<</Title %s/Producer(gongkai)/Creator(gongkai)>>", textString(title))
	resources := o.add("<</Font<</F1 %d 0 R/F2 %d 0 R>>>>", o.font(f.serif), o.font(f.sans))
	numbers := make([]int, len(pages))
	for i, p := range pages {
		content := o.stream("", p.out.Bytes())
		numbers[i] = o.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R>>",
			tree, num(pageWidth), num(pageHeight), resources, content)
	}
	kids := make([]string, len(numbers))
	for i, n := range numbers {
		kids[i] = fmt.Sprintf("%d 0 R", n)
	}
	o.set(tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(numbers), strings.Join(kids, " "))
	outlines := ""
	if len(marks) > 0 {
		outlines = fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", o.outlines(marks, numbers))
	}
	o.set(catalog, "<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>%s>>", tree, outlines)
	return o.writeTo(w, catalog, info)
}

// outlines writes the bookmarks as a tree by level.
func (o *objects) outlines(marks []bookmark, pages []int) int {
	root := o.reserve()
	type node struct{ number, parent, first, last, previous, next, count int }
	nodes := make([]node, len(marks))
	top := node{number: root}
	at := func(i int) *node {
		if i < 0 {
			return &top
		}
		return &nodes[i]
	}
	var open []int // indices of the bookmarks that the next may stand under
	for i, m := range marks {
		for len(open) > 0 && marks[open[len(open)-1]].level >= m.level {
			open = open[:len(open)-1]
		}
		parent := -1
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		n := node{number: o.reserve(), parent: at(parent).number, previous: at(parent).last}
		for k := range nodes[:i] {
			if nodes[k].number == n.previous {
				nodes[k].next = n.number
			}
		}
		nodes[i] = n
		p := at(parent)
		if p.first == 0 {
			p.first = n.number
		}
		p.last = n.number
		p.count++
		open = append(open, i)
	}
	for i, n := range nodes {
		links := ""
		for _, l := range []struct {
			name   string
			number int
		}{{"Prev", n.previous}, {"Next", n.next}, {"First", n.first}, {"Last", n.last}} {
			if l.number != 0 {
				links += fmt.Sprintf("/%s %d 0 R", l.name, l.number)
			}
		}
		if n.count > 0 {
			links += fmt.Sprintf("/Count -%d", n.count)
		}
		o.set(n.number, "<</Title %s/Parent %d 0 R/Dest[%d 0 R/XYZ 0 %s null]%s>>",
			textString(marks[i].text), n.parent, pages[marks[i].page], num(pageHeight-marks[i].y), links)
	}
	o.set(root, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", top.first, top.last, top.count)
	return root
}

// font embeds the used part of a face with its map back to characters.
func (o *objects) font(f *face) int {
	program, renumbered := f.subset(f.glyph)
	toGlyph := make([]byte, 2*len(f.glyph))
	var widths strings.Builder
	for code, g := range f.glyph {
		put16(toGlyph, 2*code, int(renumbered[g]))
		fmt.Fprintf(&widths, "%d ", f.advance(g))
	}
	head := f.table("head")
	scaled := func(at int) int { return i16(head, at) * 1000 / f.unitsPerEm }
	name := "GONGKA+" + f.name
	file := o.stream(fmt.Sprintf("/Length1 %d", len(program)), program)
	descriptor := o.add("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 733/StemV 80/FontFile2 %d 0 R>>",
		name, scaled(36), scaled(38), scaled(40), scaled(42), f.ascent, f.descent, file)
	descendant := o.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 1000/W[0[%s]]/CIDToGIDMap %d 0 R>>",
		name, descriptor, strings.TrimSpace(widths.String()), o.stream("", toGlyph))
	return o.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, o.stream("", f.toUnicode()))
}

// toUnicode is the map from codes to characters by which text is copied.
func (f *face) toUnicode() []byte {
	const atOnce = 100 // the format's limit for one list
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for first := 1; first < len(f.runes); first += atOnce {
		end := min(first+atOnce, len(f.runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", end-first)
		for code := first; code < end; code++ {
			fmt.Fprintf(&b, "<%04X><%s>\n", code, utf16Hex(string(f.runes[code])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
