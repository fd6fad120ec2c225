package inside

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// Limits of a page.
const (
	maxOpen   = 4096      // elements open at once; deeper ones are not told apart
	MaxPage   = 64 << 20  // bytes
	MaxTokens = 5_000_000 // tags, texts and comments
)

// pageReader walks over the tokens of an HTML page. It builds no tree: what is
// broken there is read as it stands.
type pageReader struct {
	f      *File
	line   int
	open   []openElement
	text   strings.Builder // of the paragraph or cell being read
	unseen strings.Builder // of the hidden element being read
	began  int             // line of the paragraph
	blocks []doc.Block
	tables []*pageTable // open ones, outermost first
	raw    atom.Atom    // script, style … whose content is no text of the page
	count  int          // of tables
}

type openElement struct {
	name   string
	hidden bool
}

type pageTable struct {
	table *doc.Table
	text  strings.Builder // of the text around, until the table ends
	cell  bool
}

// readPage reads a page.
func readPage(data []byte, f *File) error {
	if len(data) > MaxPage {
		return errs.New(errs.TooLarge, "网页有 %d MB，超过 %d MB 的上限，未读取。", len(data)>>20, MaxPage>>20)
	}
	decoded, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return errs.Wrap(err, errs.Corrupt, "网页的文字编码无法识别，未读取；请另存为 UTF-8 后再试。")
	}
	r := &pageReader{f: f, line: 1, began: 1}
	z := html.NewTokenizer(decoded)
	z.SetMaxBuf(MaxPage)
	for n := 0; ; n++ {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF { //nolint:errorlint // the tokenizer hands it out unwrapped
				return errs.Wrap(z.Err(), errs.Corrupt, "网页已损坏或者有过长的内容，没有读完；请用浏览器打开后另存再试。")
			}
			break
		}
		if n > MaxTokens {
			f.add(Layer{Kind: Left, Name: "网页内容过多，其余没有读取"})
			break
		}
		lines := bytes.Count(z.Raw(), []byte{'\n'})
		r.token(kind, z)
		r.line += lines
	}
	for len(r.tables) > 0 {
		r.endTable()
	}
	r.endParagraph()
	r.endUnseen()
	f.add(Layer{Kind: Shown, Blocks: r.blocks})
	return nil
}

func (r *pageReader) token(kind html.TokenType, z *html.Tokenizer) {
	switch kind {
	case html.TextToken:
		r.chars(string(z.Text()))
	case html.CommentToken:
		r.comment(string(z.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		t := z.Token()
		r.start(&t, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		t := z.Token()
		r.end(&t)
	}
}

func (r *pageReader) hidden() bool {
	return len(r.open) > 0 && r.open[len(r.open)-1].hidden
}

func (r *pageReader) chars(text string) {
	switch {
	case r.raw == atom.Style:
	case r.raw == atom.Script:
		r.f.addText(Margin, doc.Place{Line: r.line}, "脚本", text)
	case r.hidden():
		r.unseen.WriteString(text)
	default:
		if r.text.Len() == 0 {
			text = strings.TrimLeft(text, " \t\r\n")
			r.began = r.line
		}
		r.text.WriteString(strings.ReplaceAll(text, "\n", " "))
	}
}

// Comments that say nothing: conditions for old browsers, marks of programs.
var (
	emptyComment   = regexp.MustCompile(`^\s*(?:\[if|<!\[endif|\[endif|StartFragment|EndFragment|#include|/?(?:TRS|UCAP|ZYY|begin|end)\w*[-\s]*$)`)
	officeProperty = regexp.MustCompile(`<o:(Author|LastAuthor|Company|Manager)>([^<]*)</o:`)
)

func (r *pageReader) comment(text string) {
	at := doc.Place{Line: r.line}
	for _, m := range officeProperty.FindAllStringSubmatch(text, -1) {
		if SaysSomething(m[2]) {
			r.f.addText(Property, at, m[1], m[2])
		}
	}
	if !emptyComment.MatchString(text) {
		r.f.addText(PageComment, at, "", strings.TrimSpace(text))
	}
}

// breaks are the elements that end a paragraph.
var breaks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Nav: true,
	atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Hr: true, atom.Form: true, atom.Pre: true, atom.Blockquote: true, atom.Title: true, atom.Option: true,
}

// alone are the elements without an end.
var alone = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Meta: true, atom.Link: true, atom.Base: true, atom.Col: true,
	atom.Area: true, atom.Embed: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

func (r *pageReader) start(t *html.Token, closed bool) {
	r.attributes(t)
	switch t.DataAtom {
	case atom.Script, atom.Style:
		if !closed {
			r.raw = t.DataAtom
		}
		return
	case atom.Table:
		r.startTable()
	case atom.Tr:
		r.startRow()
	case atom.Td, atom.Th:
		r.startCell(t)
	default:
		if breaks[t.DataAtom] {
			r.endParagraph()
		}
	}
	if closed || alone[t.DataAtom] || len(r.open) >= maxOpen {
		return
	}
	hidden := r.hidden() || hides(t)
	r.open = append(r.open, openElement{t.Data, hidden})
}

func (r *pageReader) end(t *html.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style:
		r.raw = 0
		return
	case atom.Table:
		r.endTable()
	case atom.Td, atom.Th:
		r.endCell()
	default:
		if breaks[t.DataAtom] {
			r.endParagraph()
		}
	}
	was := r.hidden()
	for i := len(r.open) - 1; i >= 0 && i >= len(r.open)-64; i-- {
		if r.open[i].name == t.Data {
			r.open = r.open[:i]
			break
		}
	}
	if was && !r.hidden() {
		r.endUnseen()
	}
}

var hidingStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{4,}|mso-hide\s*:\s*all`)

func hides(t *html.Token) bool {
	if t.DataAtom == atom.Template {
		return true
	}
	for _, a := range t.Attr {
		if a.Key == "hidden" || a.Key == "style" && (hidingStyle.MatchString(a.Val) || whiteOnWhite(a.Val)) {
			return true
		}
	}
	return false
}

var (
	whiteColour = regexp.MustCompile(`(?i)(?:^|;)\s*color\s*:\s*(?:#f{3}\b|#f{6}\b|white\b|transparent\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))`)
	someGround  = regexp.MustCompile(`(?i)background`)
)

func whiteOnWhite(style string) bool {
	return whiteColour.MatchString(style) && !someGround.MatchString(style)
}

// attributes looks at what elements carry beside their text.
func (r *pageReader) attributes(t *html.Token) {
	at := doc.Place{Line: r.line}
	get := func(key string) string {
		for _, a := range t.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	switch t.DataAtom {
	case atom.Input:
		if strings.EqualFold(get("type"), "hidden") {
			r.f.addText(HiddenElement, at, "隐藏的表单项", get("value"))
		} else {
			r.f.addText(Margin, at, "表单项", get("value"))
		}
	case atom.Meta:
		r.f.addText(Margin, at, "网页标签", get("content"))
	case atom.Img:
		r.f.addText(Margin, at, "图片说明", get("alt"), get("title"))
	}
	r.f.addText(Margin, at, "网页标签", get("title"), get("aria-label"), get("placeholder"), get("srcdoc"))
	for _, a := range t.Attr {
		if strings.HasPrefix(a.Key, "data-") && len(a.Val) > 6 && len(a.Val) < 4096 {
			r.f.addText(Margin, at, "网页标签", a.Val)
		}
	}
	if link := LinkText(get("href")); !strings.HasPrefix(link, "#") {
		r.f.addText(Margin, at, "超链接", link)
	}
	for _, key := range []string{"href", "src"} {
		if v := get(key); localPath.MatchString(v) {
			r.f.addText(LocalPath, at, key, v)
		}
	}
}

func (r *pageReader) endParagraph() {
	if n := len(r.tables); n > 0 && r.tables[n-1].cell {
		if r.text.Len() > 0 {
			r.text.WriteByte('\n')
		}
		return
	}
	text := strings.TrimSpace(r.text.String())
	r.text.Reset()
	r.blocks = append(r.blocks, paragraphs(doc.Place{Line: r.began}, text)...)
}

func (r *pageReader) endUnseen() {
	r.f.addText(HiddenElement, doc.Place{Line: r.line}, "", strings.Join(strings.Fields(r.unseen.String()), " "))
	r.unseen.Reset()
}
