package clean

import (
	"regexp"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// masked is a text by itself with what is to be replaced in it replaced; changed is
// false where that is nothing.
func (c *cleaner) masked(text string) (now string, changed bool) {
	if strings.TrimSpace(text) == "" {
		return text, false
	}
	all := c.find([]doc.Block{{Para: &doc.Para{Text: text}}})
	return replaced(text, all), len(all) > 0
}

// tag masks attributes of the element that just started; edits are left as they are
// where there is nothing to mask.
func (c *cleaner) tag(s *markup.Scanner, part []byte, edits []markup.Edit, keys ...string) []markup.Edit {
	from, to := s.Span()
	tag := string(part[from:to])
	for _, key := range keys {
		v, ok := s.Attr(key)
		if !ok {
			continue
		}
		now, changed := c.masked(string(v))
		if inside.NamesPath(string(v)) {
			now, changed = "", true
		}
		if changed {
			form := regexp.MustCompile(`(\s(?:\w+:)?` + regexp.QuoteMeta(key) + `\s*=\s*)(?:"[^"]*"|'[^']*')`)
			tag = form.ReplaceAllStringFunc(tag, func(was string) string {
				return was[:strings.IndexByte(was, '=')+1] + `"` + markup.Escape(now) + `"`
			})
		}
	}
	if tag != string(part[from:to]) {
		return append(edits, markup.Edit{From: from, To: to, With: tag})
	}
	return edits
}

// content masks the characters of an element that holds no other; the scanner moves to
// its end.
func (c *cleaner) content(s *markup.Scanner, edits []markup.Edit) []markup.Edit {
	if s.Empty() {
		return edits
	}
	_, from := s.Span()
	text := s.Content()
	to, _ := s.Span()
	if now, changed := c.masked(text); changed {
		return append(edits, markup.Edit{From: from, To: to, With: markup.Escape(now)})
	}
	return edits
}

// drawingParts are where drawings, charts and diagrams lie.
var drawingParts = regexp.MustCompile(`/(?:drawings|charts|diagrams)/(?:drawing|chart|data)[^/]*\.xml$`)

// drawingsMasked masks the texts of drawings, charts and diagrams.
func (c *cleaner) drawingsMasked() error {
	for _, name := range c.p.Names() {
		if c.change.Drop[name] || !drawingParts.MatchString(name) {
			continue
		}
		part, err := c.part(name)
		if part == nil || err != nil {
			return err
		}
		edits, err := c.drawingTexts(part)
		if err != nil {
			return err
		}
		if len(edits) > 0 {
			c.change.Parts[name] = markup.Apply(part, edits)
		}
	}
	return nil
}

// drawingTexts masks paragraphs, values, and what is said about pictures. A number of
// a chart that is masked becomes nothing.
func (c *cleaner) drawingTexts(part []byte) (edits []markup.Edit, err error) {
	s := markup.NewScanner(part)
	var unit inside.Unit
	numbers := 0
	end := func() {
		if len(unit) > 0 {
			all := c.find([]doc.Block{{Para: &doc.Para{Text: unit.Text()}}})
			edits = append(edits, editsOf(unit, all)...)
		}
		unit = nil
	}
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		name := string(s.Name)
		switch {
		case kind == markup.End && name == "p":
			end()
		case kind == markup.End && name == "numCache":
			numbers--
		case kind != markup.Start:
		case name == "numCache" && !s.Empty():
			numbers++
		case name == "p":
			end()
		case name == "cNvPr", name == "docPr":
			edits = c.tag(s, part, edits, "descr", "title")
		case name == "v" && numbers > 0:
			_, from := s.Span()
			text := s.Content()
			to, _ := s.Span()
			if _, changed := c.masked(text); changed {
				edits = append(edits, markup.Edit{From: from, To: to, With: "0"})
			}
		case name == "v":
			edits = c.content(s, edits)
		case name == "t" && !s.Empty():
			_, from := s.Span()
			text := s.Content()
			to, _ := s.Span()
			unit = append(unit, inside.Segment{From: from, To: to, Text: text})
		}
	}
	end()
	return edits, s.Err
}

// aim gives where a link leads: nowhere where it names a folder or a person.
func (c *cleaner) aim(r opc.Relation) (string, bool) {
	_, changed := c.masked(inside.LinkText(r.Target))
	return "about:blank", changed || inside.NamesPath(r.Target)
}
