// Package html reads web pages into doc.Doc and writes doc.Doc as a web page.
//
// Reading: the bytes become text (charset.go), the text a tree
// (golang.org/x/net/html, which mends broken markup as browsers do), and the
// tree blocks in reading order. A published page carries navigation, share
// buttons and footers around the document; content.go finds the document among
// them and prefers keeping a line too much to losing one. Tables used only to
// lay out a page are unwrapped (layout.go); all others get the geometry a
// browser would give them (table.go).
//
// What it refuses to do: scripts are not run, nothing is fetched, style sheets
// are not evaluated. Only what the attributes hidden and style say about
// visibility and blanks is obeyed.
//
// Writing: one self-contained page in the look of GB/T 9704, printable on A4,
// readable on a phone and with a screen reader. Read(Write(d)) gives the same
// paragraphs and tables; the classes beginning with gk- carry what plain HTML
// cannot say.
//
// Start reading at Read and Write.
package html

import (
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Limits of the reader. Beyond MaxBytes or MaxTags a page is refused; beyond the others
// what follows is left out and a Truncated notice says so. Elements nested
// deeper than 512 levels are refused by the parser.
const (
	MaxBytes   = 16 << 20 // bytes of the page
	MaxTags    = 400_000  // characters "<" in it; a parsed element takes some 200 bytes of memory
	MaxColumns = 1000     // columns of a table
	MaxRows    = 65534    // rows a cell may span, as in the HTML standard
	MaxCells   = 250_000  // cells in the page
	MaxNotices = 200      // notices in the page
	noticeText = 200      // characters of a notice
)

// Read reads a page in UTF-8, GB18030 (GBK, GB2312), UTF-16 or any other
// encoding it declares truthfully.
//
// Errors: errs.TooLarge beyond MaxBytes or the parser's depth; errs.Corrupt
// where no encoding fits the bytes; errs.Picture where the page shows pictures
// and no text.
func Read(data []byte) (*doc.Doc, error) {
	if len(data) > MaxBytes {
		return nil, errs.New(errs.TooLarge, "网页文件超过%d兆字节，不予读取；请另存为只含正文的网页再试。", MaxBytes>>20)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if strings.Count(text, "<") > MaxTags {
		return nil, errs.New(errs.TooLarge, "网页的标签超过%d个，不予读取；请另存为只含正文的网页再试。", MaxTags)
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, errs.Wrap(err, errs.TooLarge, "网页的标签嵌套过深，无法解析；请用浏览器打开后复制正文，另存为文档再试。")
	}
	r := &reader{doc: &doc.Doc{Format: doc.HTML}, weights: map[*html.Node]weight{}}
	r.read(root)
	if len(r.doc.Blocks) == 0 && r.pictures > 0 {
		return nil, errs.Wrap(errors.New("html: pictures only"), errs.Picture, "网页正文只有图片，没有可读的文字；请提供文字版，或先做文字识别。")
	}
	return r.doc, nil
}

// reader holds the state of one page.
type reader struct {
	doc      *doc.Doc
	weights  map[*html.Node]weight
	main     *html.Node
	path     map[*html.Node]bool // main and what it stands in
	paras    int
	tables   int
	cells    int
	pictures int
}

func (r *reader) read(root *html.Node) {
	body := find(root, atom.Body)
	if t := find(root, atom.Title); t != nil {
		r.doc.Title = strings.TrimSpace(collapsed(t))
	}
	if body == nil {
		return
	}
	r.findMain(body)
	f := &flow{r: r, out: r}
	f.children(body, context{outside: body != r.main})
	f.flush()
}

// paragraph takes a paragraph that stands outside tables.
func (r *reader) paragraph(text string, style doc.Style) {
	r.paras++
	r.doc.Blocks = append(r.doc.Blocks, doc.Block{
		Para: &doc.Para{Text: text, Style: style, Place: doc.Place{Para: r.paras}},
	})
}

// table takes a table that stands outside tables.
func (r *reader) table(n *html.Node, ctx context) {
	r.tables++
	t := r.readTable(n, ctx, doc.Place{Table: r.tables})
	if t == nil {
		r.tables--
		return
	}
	r.doc.Blocks = append(r.doc.Blocks, doc.Block{Table: t})
}

// place is where the next paragraph will stand.
func (r *reader) place() doc.Place { return doc.Place{Para: r.paras + 1} }

func (r *reader) notice(kind doc.NoticeKind, text string, at doc.Place) {
	if len(r.doc.Notices) >= MaxNotices {
		return
	}
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > noticeText {
		text = string(runes[:noticeText]) + "…"
	}
	r.doc.Notices = append(r.doc.Notices, doc.Notice{Kind: kind, Text: text, Place: at})
}

// find gives the first element of a name in document order.
func find(n *html.Node, name atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == name && d.Namespace == "" {
			return d
		}
	}
	return nil
}

// attr gives an attribute's value, "" where it is missing.
func attr(n *html.Node, name string) string {
	v, _ := attribute(n, name)
	return v
}

func attribute(n *html.Node, name string) (string, bool) {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val, true
		}
	}
	return "", false
}
