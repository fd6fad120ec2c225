package docx

import (
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// style is what a named style says about a paragraph or run; "unset" values
// are inherited from the style it is based on.
type style struct {
	id      string
	name    string // lower case
	basedOn string
	outline int // 0 is the first level; unset
	list    listRef
	vanish  toggle
	settled bool // inheritance is worked in
}

// unset is a number that a style or paragraph leaves to whatever it inherits from.
const unset = -1

// toggle is a yes/no property that may be left open.
type toggle int8

const (
	open toggle = iota
	yes
	no
)

func toggled(on bool) toggle {
	if on {
		return yes
	}
	return no
}

// listRef is a reference to a list instance and a level in it.
type listRef struct{ num, level int }

var noList = listRef{unset, unset}

// styles are the named styles of a document by their id.

type styles struct {
	byID      map[string]*style
	byDefault []byte // id of the default paragraph style
}

func parseStyles(xml []byte) (*styles, error) {
	all := &styles{byID: map[string]*style{}}
	s := markup.NewScanner(xml)
	for s.Child(0) {
		d := s.Depth()
		for s.Child(d) {
			if string(s.Name) != "style" || len(all.byID) >= MaxDefinitions {
				continue
			}
			id, _ := s.Attr("styleId")
			key := string(id)
			kind, _ := s.Attr("type")
			if def, ok := s.Attr("default"); ok && string(kind) == "paragraph" && (string(def) == "1" || string(def) == "true") {
				all.byDefault = []byte(key)
			}
			all.byID[key] = parseStyle(s, key)
		}
	}
	return all, s.Err
}

func parseStyle(s *markup.Scanner, id string) *style {
	st := &style{id: id, outline: unset, list: noList}
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "name":
			st.name = strings.ToLower(string(s.Val()))
		case "basedOn":
			st.basedOn = string(s.Val())
		case "pPr":
			for d := s.Depth(); s.Child(d); {
				switch string(s.Name) {
				case "outlineLvl":
					st.outline = s.Number("val", unset)
				case "numPr":
					st.list = parseListRef(s)
				}
			}
		case "rPr":
			for d := s.Depth(); s.Child(d); {
				if string(s.Name) == "vanish" {
					st.vanish = toggled(s.On())
				}
			}
		}
	}
	return st
}

func parseListRef(s *markup.Scanner) listRef {
	ref := noList
	d := s.Depth()
	for s.Child(d) {
		switch string(s.Name) {
		case "numId":
			ref.num = s.Number("val", unset)
		case "ilvl":
			ref.level = s.Number("val", unset)
		}
	}
	return ref
}

// get gives a style with everything it inherits; nil where there is none.
func (all *styles) get(id []byte) *style {
	st := all.byID[string(id)]
	if st != nil && !st.settled {
		all.settle(st)
	}
	return st
}

// settle works the inheritance in, from the style upwards; the mark is set
// first, so that styles based on each other in a circle end it.
func (all *styles) settle(st *style) {
	var chain []*style
	for next := st; next != nil && !next.settled; next = all.byID[next.basedOn] {
		next.settled = true
		chain = append(chain, next)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		if base := all.byID[chain[i].basedOn]; base != nil {
			chain[i].inherit(base)
		}
	}
}

func (st *style) inherit(base *style) {
	if st.outline == unset {
		st.outline = base.outline
	}
	if st.list.num == unset {
		st.list.num = base.list.num
	}
	if st.list.level == unset {
		st.list.level = base.list.level
	}
	if st.vanish == open {
		st.vanish = base.vanish
	}
}

// roles are the style names that tell a paragraph's role: those built into
// Word and WPS, and those that Write gives.
var roles = map[string]doc.Style{
	"title": doc.Title, "标题": doc.Title,
	"heading 1": doc.Heading1, "标题 1": doc.Heading1,
	"heading 2": doc.Heading2, "标题 2": doc.Heading2,
	"heading 3": doc.Heading3, "标题 3": doc.Heading3,
	"公文发文机关标志": doc.Letterhead, "公文发文字号": doc.Number, "公文主送机关": doc.Addressee,
	plainStyleName: doc.Plain, breakStyleName: doc.PageBreak, "signature": doc.Signature, "date": doc.Date,
}

// role tells what a paragraph is for. An outline level set on the paragraph
// itself wins over the style; level 9 means body text.
func (st *style) role(outline int) doc.Style {
	if outline == unset && st != nil {
		if role, ok := roles[st.name]; ok {
			return role
		}
		outline = st.outline
	}
	switch outline {
	case 0:
		return doc.Heading1
	case 1:
		return doc.Heading2
	case 2:
		return doc.Heading3
	}
	return doc.Body
}
