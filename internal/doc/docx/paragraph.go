package docx

import (
	"slices"

	"gongkai/internal/doc"
)

// paragraph is the one being read.
type paragraph struct {
	from        int // where its text begins in reader.buf
	style       *style
	list        listRef
	outline     int
	markDeleted bool // it runs on into the next
	breaks      bool // a page begins before it
	pageBreak   bool // a page break was met and no text since
	boxes       story
}

// paragraph reads a w:p into a story.
func (r *reader) paragraph(st *story) {
	r.anyParas++
	if r.anyParas > MaxParagraphs {
		r.tooLarge("段落超过 %d 个", MaxParagraphs)
		return
	}
	if st.body {
		r.paras++
		r.place.Para = r.paras
	}
	p := paragraph{from: len(r.buf), list: noList, outline: unset}
	switch {
	case st.carried:
		p.from = st.carriedFrom
	case st.cell && st.paras > 0:
		r.buf = append(r.buf, '\n')
		p.from = len(r.buf)
	}
	st.carried = false
	st.paras++

	r.content(&p)
	r.closeInstructions()
	r.endParagraph(st, &p)
}

// content reads the properties and the text. The properties come first, and
// with them the label that automatic numbering puts in front.
func (r *reader) content(p *paragraph) {
	labelled := false
	for d := r.s.Depth(); r.s.Child(d); {
		if string(r.s.Name) == "pPr" {
			r.properties(p)
			continue
		}
		if !labelled {
			labelled = true
			r.label(p)
		}
		r.inline(p)
	}
	if !labelled {
		r.label(p)
	}
}

func (r *reader) properties(p *paragraph) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "pStyle":
			p.style = r.styles.get(r.s.Val())
		case "numPr":
			p.list = parseListRef(r.s)
		case "outlineLvl":
			p.outline = r.s.Number("val", unset)
		case "pageBreakBefore":
			p.breaks = r.s.On()
		case "rPr":
			for d := r.s.Depth(); r.s.Child(d); {
				switch string(r.s.Name) {
				case "del", "moveFrom":
					p.markDeleted = true
				}
			}
		}
	}
}

// label puts the automatic number in front of the paragraph. A paragraph whose
// end was deleted has none: it takes the properties of the next.
func (r *reader) label(p *paragraph) {
	if p.style == nil {
		p.style = r.styles.get(r.styles.byDefault)
	}
	ref := p.list
	if p.style != nil {
		if ref.num == unset {
			ref.num = p.style.list.num
		}
		if ref.level == unset {
			ref.level = p.style.list.level
		}
	}
	if ref.num <= 0 || p.markDeleted || r.deleted > 0 {
		return
	}
	lists := r.listsOf()
	if lists == nil {
		return
	}
	if in := lists.instances[ref.num]; in != nil && in.list != nil && p.list.num == unset {
		ref.level = in.levelOf(p.style.id, ref.level)
	}
	label := lists.next(ref.num, max(ref.level, 0))
	if label == "" {
		return
	}
	r.spend(len(label))
	r.buf = slices.Insert(r.buf, p.from, []byte(label)...)
}

// listsOf loads the lists when the first numbered paragraph asks for them.
func (r *reader) listsOf() *numbering {
	if r.lists == nil && r.loadLists != nil {
		lists, err := r.loadLists()
		r.loadLists = nil
		if err != nil {
			r.s.Fail(err)
			return nil
		}
		r.lists = lists
	}
	return r.lists
}

// endParagraph hands the text to the story, and after it the text boxes that
// hang on the paragraph.
func (r *reader) endParagraph(st *story, p *paragraph) {
	if p.style != nil && p.style.name == spacerStyleName && len(r.buf) == p.from {
		r.unspace(st)
		return
	}
	if p.markDeleted || r.deleted > 0 {
		st.carried, st.carriedFrom = true, p.from
	} else if !st.cell {
		role := p.style.role(p.outline)
		if len(r.buf) == p.from && (p.breaks || p.pageBreak) {
			role = doc.PageBreak
		}
		r.emit(st, p.from, role)
	}
	for _, b := range p.boxes.blocks {
		switch {
		case !st.cell:
			st.blocks = append(st.blocks, b)
		case b.Para != nil:
			r.buf = append(append(r.buf, '\n'), b.Para.Text...)
		default:
			st.nested = append(st.nested, *b.Table)
		}
	}
}

// unspace leaves out an empty paragraph that Write put in for the format's sake.
func (r *reader) unspace(st *story) {
	if n := len(r.buf); st.cell && n > st.base {
		r.buf = r.buf[:n-1] // the line end before it
	}
}
