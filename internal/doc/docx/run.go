package docx

import (
	"bytes"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// inline reads one child of a paragraph.
func (r *reader) inline(p *paragraph) {
	switch string(r.s.Name) {
	case "r":
		r.run(p)
	case "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "rubyBase":
		r.inlines(p)
	case "ins", "moveTo":
		from := len(r.buf)
		r.inlines(p)
		r.notice(doc.TrackedInsertion, head(r.buf[min(from, len(r.buf)):]), from)
	case "del", "moveFrom":
		r.gone(doc.TrackedDeletion, func() { r.inlines(p) })
	case "oMath", "oMathPara":
		r.formula(p)
	case "AlternateContent":
		r.alternate(func() { r.inlines(p) })
	}
}

func (r *reader) inlines(p *paragraph) {
	for d := r.s.Depth(); r.s.Child(d); {
		r.inline(p)
	}
}

// formula gives the characters of a formula in a row: its layout is lost, its
// text is not.
func (r *reader) formula(p *paragraph) {
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "t" {
			r.chars(p)
			continue
		}
		r.formula(p)
	}
}

// run reads a w:r.
func (r *reader) run(p *paragraph) {
	outer := r.hidden
	r.hidden = p.style != nil && p.style.vanish == yes
	from := len(r.unseen)
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "rPr" {
			r.runProperties()
			continue
		}
		r.runContent(p)
	}
	if r.hidden && r.deleted == 0 {
		r.notice(doc.HiddenText, head(r.unseen[from:]), len(r.buf))
		r.unseen = r.unseen[:from]
	}
	r.hidden = outer
}

// runProperties looks whether the run is hidden, by itself or by its style.
func (r *reader) runProperties() {
	direct := open
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "vanish":
			direct = toggled(r.s.On())
		case "rStyle":
			if st := r.styles.get(r.s.Val()); st != nil && st.vanish != open {
				r.hidden = st.vanish == yes
			}
		}
	}
	if direct != open {
		r.hidden = direct == yes
	}
}

// runContent reads one child of a run.
func (r *reader) runContent(p *paragraph) {
	switch string(r.s.Name) {
	case "t":
		r.chars(p)
	case "delText":
		if r.deleted > 0 {
			r.chars(p)
		}
	case "tab", "ptab":
		r.put(p, '\t')
	case "br":
		r.lineBreak(p)
	case "cr":
		r.put(p, '\n')
	case "noBreakHyphen":
		r.put(p, '-')
	case "sym":
		code, _ := r.s.Attr("char")
		r.put(p, []byte(string(symbolCode(code)))...)
	case "fldChar":
		r.fieldMark()
	case "drawing", "pict", "object":
		r.drawing(p)
	case "ruby":
		r.ruby(p)
	case "commentReference":
		id, _ := r.s.Attr("id")
		if what, ok := r.comments.take(id); ok {
			r.notice(doc.Comment, what, len(r.buf))
		}
	case "AlternateContent":
		r.alternate(func() {
			for d := r.s.Depth(); r.s.Child(d); {
				r.runContent(p)
			}
		})
	}
}

// ruby reads the base text and leaves the pronunciation above it.
func (r *reader) ruby(p *paragraph) {
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "rubyBase" {
			r.inlines(p)
		}
	}
}

// lineBreak reads a w:br. A page or column break parts the text like a line
// end, but only where there is text on both sides.
func (r *reader) lineBreak(p *paragraph) {
	kind, _ := r.s.Attr("type")
	switch string(kind) {
	case "page", "column":
		p.pageBreak = true
	default:
		r.put(p, '\n')
	}
}

// chars reads the characters of a w:t. Blanks at its ends count only where the
// file says so, and a line end in the XML is a blank.
func (r *reader) chars(p *paragraph) {
	space, _ := r.s.Attr("space")
	keep := string(space) == "preserve"
	d := r.s.Depth()
	b := r.scratch[:0]
	for {
		k := r.s.Next()
		if k == markup.Text {
			b = r.s.AppendText(b)
		} else if k == markup.EOF || k == markup.End && r.s.Depth() < d {
			break
		}
	}
	r.scratch = b
	for i := bytes.IndexByte(b, '\n'); i >= 0; i = bytes.IndexByte(b, '\n') {
		b[i] = ' '
	}
	if !keep {
		b = bytes.Trim(b, " \t")
	}
	if len(b) > 0 {
		r.put(p, b...)
	}
}

// put writes characters of a paragraph, after a page break that came before them.
func (r *reader) put(p *paragraph, b ...byte) {
	if p.pageBreak {
		p.pageBreak = false
		if len(r.buf) > p.from {
			r.write('\n')
		}
	}
	r.write(b...)
}

// fields are the open complex fields: their instructions are not printed,
// their results are.
type fields struct {
	inResult     []bool // outermost first
	instructions int    // how many are still in their instruction
}

func (r *reader) fieldMark() {
	f := &r.fields
	last := len(f.inResult) - 1
	kind, _ := r.s.Attr("fldCharType")
	switch string(kind) {
	case "begin":
		f.inResult = append(f.inResult, false)
		f.instructions++
	case "separate":
		if last >= 0 && !f.inResult[last] {
			f.inResult[last] = true
			f.instructions--
		}
	case "end":
		if last >= 0 {
			if !f.inResult[last] {
				f.instructions--
			}
			f.inResult = f.inResult[:last]
		}
	}
}

// closeInstructions ends instructions with their paragraph: a field whose
// marks are damaged must not swallow the rest of the document.
func (r *reader) closeInstructions() {
	if r.fields.instructions > 0 {
		r.fields = fields{inResult: r.fields.inResult[:0]}
	}
}
