package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// weight is how much of the document an element holds.
type weight struct {
	text   int  // characters that are no blanks
	link   int  // those of them inside links
	tables int  // tables of data
	nested bool // holds a table
	cells  int  // td and th, at any depth
	title  bool // holds an h1
	nodes  int  // elements
}

// findMain finds the smallest element that holds all tables of data and the
// bulk of the text. What stands outside is not dropped for that: it is only
// judged more strictly (chrome).
func (r *reader) findMain(body *html.Node) {
	total := r.weigh(body)
	main := body
	for !isDocumentElement(main) {
		next := r.heaviest(main, total)
		if next == nil {
			break
		}
		main = next
	}
	r.main, r.path = main, map[*html.Node]bool{}
	for n := main; n != nil; n = n.Parent {
		r.path[n] = true
	}
}

func (r *reader) heaviest(n *html.Node, total weight) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || dropped(c) || isHidden(c) {
			continue
		}
		w := r.weigh(c)
		if w.tables < total.tables || c.DataAtom == atom.Table && !w.nested {
			continue
		}
		share := 60
		if isDocumentElement(c) {
			share = 30
		}
		if (w.text-w.link)*100 >= (total.text-total.link)*share && isContainer(c) {
			return c
		}
	}
	return nil
}

// documentNames are the ids and classes under which the content systems of
// government sites keep the text of an article.
var documentNames = map[string]bool{
	"zoom": true, "zoomcon": true, "article-content": true, "article_content": true, "articlecontent": true,
	"trs_editor": true, "trs_uedit": true, "view": true, "ucap-content": true, "article": true, "gk-document": true,
	"pages_content": true, "news_content": true, "content-text": true, "vsb_content": true, "bt_content": true,
}

func isDocumentElement(n *html.Node) bool {
	if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		return true
	}
	if documentNames[strings.ToLower(attr(n, "id"))] {
		return true
	}
	for _, c := range strings.Fields(strings.ToLower(attr(n, "class"))) {
		if documentNames[c] {
			return true
		}
	}
	return false
}

func isContainer(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Form, atom.Center, atom.Table, atom.Tbody,
		atom.Tr, atom.Td, atom.Body, atom.Span, atom.Font, atom.Dd, atom.Dl, atom.Ul, atom.Li:
		return true
	}
	return n.DataAtom == 0
}

// smallElement is the number of elements up to which measuring an inline
// element again costs less than remembering it (a block is remembered if it
// holds any), and up to which the text of a
// block is looked into for the words of page furniture.
const smallElement = 100

// weigh measures an element; what the reader would drop weighs nothing.
func (r *reader) weigh(n *html.Node) weight {
	if w, ok := r.weights[n]; ok {
		return w
	}
	return r.measure(n, false)
}

func (r *reader) measure(n *html.Node, inLink bool) weight {
	var w weight
	inLink = inLink || n.DataAtom == atom.A
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			k := visible(c.Data)
			w.text += k
			if inLink {
				w.link += k
			}
		case c.Type == html.ElementNode && !dropped(c) && !isHidden(c):
			k := r.measure(c, inLink)
			w.text += k.text
			w.link += k.link
			w.tables += k.tables
			w.cells += k.cells
			w.nodes += k.nodes + 1
			w.nested = w.nested || k.nested || c.DataAtom == atom.Table
			w.title = w.title || k.title || c.DataAtom == atom.H1
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				w.cells++
			}
		}
	}
	if n.DataAtom == atom.Table && !w.nested && w.cells >= 4 && w.link*2 <= w.text {
		w.tables++
	}
	if w.nodes > smallElement || w.nodes > 0 && isBlock(n) {
		r.weights[n] = w
	}
	return w
}

// visible counts the characters that are no blanks.
func visible(s string) int {
	k := 0
	for _, c := range s {
		if !isBlankRune(c) {
			k++
		}
	}
	return k
}
