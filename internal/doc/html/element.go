package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropped tells elements whose content is no text of the page.
func dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Frame, atom.Noframes, atom.Object,
		atom.Embed, atom.Svg, atom.Math, atom.Canvas, atom.Audio, atom.Video, atom.Select, atom.Datalist, atom.Button,
		atom.Textarea, atom.Input, atom.Head, atom.Link, atom.Meta, atom.Title, atom.Rp, atom.Rt, atom.Map:
		return true
	}
	return n.Data == "xml" || n.Data == "dialog"
}

// isHidden tells elements that a browser does not show, as far as their own
// attributes say so. mso-hide is Word's hidden text.
func isHidden(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return true
		case "style":
			s := n.Attr[i].Val
			if declares(s, "display", "none") || declares(s, "visibility", "hidden") || declares(s, "mso-hide", "all") {
				return true
			}
		}
	}
	return false
}

// declares tells whether a style attribute gives a property a value.
func declares(style, property, value string) bool { return declared(style, property) == value }

// declared gives the value of a property in a style attribute in lower case,
// without !important.
func declared(style, property string) string {
	if !strings.Contains(style, property) && !strings.ContainsFunc(style, unicode.IsUpper) {
		return ""
	}
	for d := range strings.SplitSeq(strings.ToLower(style), ";") {
		name, value, ok := strings.Cut(d, ":")
		if ok && strings.TrimSpace(name) == property {
			value, _, _ = strings.Cut(value, "!")
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// isBlock tells elements that begin and end a line.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Legend, atom.Li,
		atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Plaintext, atom.Pre, atom.Section, atom.Summary,
		atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return true
	}
	return false
}

// isBlankRune tells characters that leave no ink: blanks of all widths and the
// invisible joiners and marks.
func isBlankRune(c rune) bool {
	return unicode.IsSpace(c) || c == '\u200b' || c == '\u200c' || c == '\u200d' || c == '\u2060' || c == '\ufeff'
}

func isBlank(s string) bool {
	for _, c := range s {
		if !isBlankRune(c) {
			return false
		}
	}
	return true
}
