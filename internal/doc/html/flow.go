package html

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/internal/doc"
)

// sink takes what a flow of text and tables consists of: the document itself
// or one cell.
type sink interface {
	paragraph(text string, style doc.Style)
	table(n *html.Node, ctx context)
	place() doc.Place
}

// context is what elements hand down to what stands in them.
type context struct {
	outside bool // outside the main element: furniture is judged strictly
	pre     bool // blanks are kept
	lines   bool // and each line is a paragraph (pre)
	style   doc.Style
	list    *list
}

// flow walks through elements and hands paragraphs and tables to its sink.
type flow struct {
	r      *reader
	out    sink
	line   line
	style  doc.Style
	prefix string // number of the list item that begins
}

func (f *flow) children(n *html.Node, ctx context) {
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			f.text(c.Data, ctx)
		case html.ElementNode:
			f.element(c, ctx)
		}
	}
}

func (f *flow) text(s string, ctx context) {
	switch {
	case ctx.lines:
		for i, part := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
			if i > 0 {
				f.flush()
			}
			f.line.addPre(part)
		}
	case ctx.pre:
		f.line.addPre(s)
	default:
		f.line.add(s)
	}
	f.style = ctx.style
}

func (f *flow) element(n *html.Node, ctx context) {
	switch {
	case dropped(n):
		return
	case isHidden(n):
		if !ctx.outside {
			if text := collapsed(n); !isBlank(text) {
				f.r.notice(doc.HiddenText, text, f.out.place())
			}
		}
		return
	}
	switch n.DataAtom {
	case atom.Br:
		// A new paragraph, because published pages set whole chapters with br;
		// in a cell paragraphs are lines anyway.
		f.flush()
		return
	case atom.Img:
		f.picture(n, ctx)
		return
	}
	block := isBlock(n)
	if block && !f.r.path[n] && f.r.chrome(n, ctx.outside) {
		return
	}
	if n == f.r.main {
		ctx.outside = false
	}
	if !block {
		f.children(n, ctx.inside(n))
		return
	}
	f.block(n, ctx.inside(n))
}

func (f *flow) block(n *html.Node, ctx context) {
	f.flush()
	switch n.DataAtom {
	case atom.Table:
		if f.r.isLayout(n) {
			break
		}
		f.caption(n, ctx)
		f.out.table(n, ctx)
		return
	case atom.Ol:
		ctx.list = newList(n)
	case atom.Ul, atom.Menu, atom.Dir:
		ctx.list = nil
	case atom.Li:
		f.prefix = ctx.list.number(n)
	}
	f.children(n, ctx)
	if n.DataAtom == atom.P && attr(n, "class") == classPageBreak {
		f.out.paragraph("", doc.PageBreak)
	}
	f.flush()
	if n.DataAtom == atom.Li {
		f.prefix = ""
	}
}

// caption reads the caption of a table as a paragraph before it.
func (f *flow) caption(n *html.Node, ctx context) {
	for c := range n.ChildNodes() {
		if c.DataAtom == atom.Caption && !isHidden(c) {
			f.children(c, ctx.inside(c))
			f.flush()
		}
	}
}

// inside gives the context of what stands in an element.
func (ctx context) inside(n *html.Node) context {
	if style, ok := styleOf(n); ok {
		ctx.style = style
	}
	switch declared(attr(n, "style"), "white-space") {
	case "pre", "pre-wrap", "pre-line", "break-spaces":
		ctx.pre = true
	case "normal", "nowrap":
		ctx.pre, ctx.lines = false, false
	}
	switch n.DataAtom {
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		ctx.pre, ctx.lines = true, true
	}
	return ctx
}

func styleOf(n *html.Node) (doc.Style, bool) {
	if class := attr(n, "class"); strings.HasPrefix(class, "gk-") {
		for style, name := range styleClasses {
			if name != "" && name == class {
				return doc.Style(style), true
			}
		}
	}
	switch n.DataAtom {
	case atom.H1:
		return doc.Title, true
	case atom.H2:
		return doc.Heading1, true
	case atom.H3:
		return doc.Heading2, true
	case atom.H4:
		return doc.Heading3, true
	}
	return doc.Body, false
}

func (f *flow) flush() {
	text, pre := f.line.text, f.line.pre
	if pre {
		text = []byte(strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	if s := string(text); !isBlank(s) {
		f.out.paragraph(f.prefix+s, f.style)
		f.prefix = ""
	}
	f.line.reset()
}

func (f *flow) picture(n *html.Node, ctx context) {
	if ctx.outside {
		return
	}
	f.r.pictures++
	text := attr(n, "alt")
	if src := attr(n, "src"); text == "" && !strings.HasPrefix(src, "data:") {
		text = path.Base(src)
	}
	f.r.notice(doc.PictureFound, text, f.out.place())
}
