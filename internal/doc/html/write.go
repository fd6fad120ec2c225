package html

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"gongkai/internal/doc"
)

// Classes by which the writer marks what plain HTML cannot say.
const (
	classPageBreak = "gk-page-break"
	classTable     = "gk-table" // a table of data, however it looks
	// classEmptyHeader marks a header cell without text, which is no th.
	classEmptyHeader = "gk-empty-header"
)

// styleClasses gives each style's class, "" where the element says enough.
var styleClasses = [...]string{
	doc.Body:      "",
	doc.Title:     "gk-title",
	doc.Heading1:  "gk-heading1",
	doc.Heading2:  "gk-heading2",
	doc.Heading3:  "gk-heading3",
	doc.Plain:     "gk-plain",
	doc.Signature: "gk-signature",
	doc.Date:      "gk-date",
	doc.PageBreak: classPageBreak,

	doc.Letterhead: "gk-letterhead",
	doc.Number:     "gk-number",
	doc.Addressee:  "gk-addressee",
}

//go:embed style.css
var styleSheet string

// Write writes a document as one page without anything to load. Errors are
// those of w.
func Write(w io.Writer, d *doc.Doc) error {
	p := &printer{w: bufio.NewWriterSize(w, 32<<10)}
	p.head(d)
	for i := range d.Blocks {
		switch b := &d.Blocks[i]; {
		case b.Para != nil:
			p.paragraph(b.Para)
		case b.Table != nil:
			p.tables++
			p.scroller(b.Table)
		}
	}
	p.print("</article>\n</main>\n</body>\n</html>\n")
	return p.w.Flush()
}

// printer holds the state of one page. Write errors stay in w until Flush.
type printer struct {
	w      *bufio.Writer
	tables int
	level  int // of the last heading element; headings never skip a level
}

func (p *printer) print(parts ...string) {
	for _, s := range parts {
		_, _ = p.w.WriteString(s)
	}
}

func (p *printer) head(d *doc.Doc) {
	p.print("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		"<title>", html.EscapeString(clean(title(d))), "</title>\n<style>\n", styleSheet)
	if d.Header != "" {
		p.print("@page{@top-center{content:\"", cssString(d.Header), "\"}}\n")
	}
	p.print("</style>\n</head>\n<body>\n<main>\n<article class=\"gk-document\">\n")
}

func title(d *doc.Doc) string {
	if d.Title != "" {
		return d.Title
	}
	for p := range d.Paras {
		if p.Style == doc.Title {
			return strings.ReplaceAll(p.Text, "\n", "")
		}
	}
	return "文档"
}

// cssString escapes a text for a CSS string: every character by its number, so
// that none can end the string or the style element.
func cssString(s string) string {
	var b strings.Builder
	for _, c := range clean(s) {
		fmt.Fprintf(&b, "\\%x ", c)
	}
	return b.String()
}

func (p *printer) paragraph(para *doc.Para) {
	name, class := p.element(para.Style)
	p.print("<", name)
	if class != "" {
		p.print(" class=\"", class, "\"")
	}
	p.text(para.Text, name)
}

// element picks the element of a style. A heading that would skip a level
// becomes one level higher and keeps its class, so that its look and meaning stay.
func (p *printer) element(style doc.Style) (name, class string) {
	if style < 0 || int(style) >= len(styleClasses) {
		return "p", ""
	}
	class = styleClasses[style]
	level := 0
	switch style {
	case doc.Title:
		level = 1
	case doc.Heading1, doc.Heading2, doc.Heading3:
		level = 2 + int(style-doc.Heading1)
	default:
		return "p", class
	}
	p.level = min(level, p.level+1)
	return fmt.Sprintf("h%d", p.level), class
}

// text ends a start tag, writes the text and the end tag. Where blanks matter
// they are kept by white-space: pre-wrap, which Read obeys.
func (p *printer) text(s, name string) {
	s = clean(s)
	if keepsBlanks(s, name) {
		p.print(" style=\"white-space:pre-wrap\">", html.EscapeString(s))
	} else {
		p.print(">", strings.ReplaceAll(html.EscapeString(s), "\n", "<br>"))
	}
	p.print("</", name, ">\n")
}

// keepsBlanks tells texts that a browser, or Read, would change: runs of blanks,
// blanks at an edge, empty lines, and line breaks in a paragraph, which Read
// would take for paragraphs.
func keepsBlanks(s, name string) bool {
	if strings.Contains(s, "\n") && name != "td" && name != "th" {
		return true
	}
	for part := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(part, " ") || strings.HasSuffix(part, " ") || strings.Contains(part, "  ") ||
			strings.ContainsAny(part, "\t\f") || part == "" && s != "" || isBlank(part) && part != "" {
			return true
		}
	}
	return false
}

// clean makes line ends \n and takes out what no HTML text can hold.
func clean(s string) string {
	if !strings.ContainsFunc(s, isControl) {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(c rune) rune {
		if isControl(c) {
			return -1
		}
		return c
	}, s)
}

func isControl(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0
}
