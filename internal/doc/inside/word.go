package inside

import (
	"path"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// wordParts sorts the parts of a Word document by the beginning of their name.
// What is in no row is looked at by officeParts.
var wordParts = []struct {
	prefix string
	kind   Kind // "" is passed over: it holds no text of the author
}{
	{"word/header", Margin},
	{"word/footer", Margin},
	{"word/footnotes", Margin},
	{"word/endnotes", Margin},
	{"word/comments.xml", Comment},
	{"word/glossary/document", Glossary},
	{"word/comments", ""},
	{"word/glossary/", ""},
	{"word/people", ""},
	{"word/settings", ""},
	{"word/styles", ""},
	{"word/numbering", ""},
	{"word/fonttable", ""},
	{"word/websettings", ""},
	{"word/theme/", ""},
	{"word/fonts/", ""},
	{"word/printersettings", ""},
	{"word/keymapcustomizations", ""},
}

// readWord reads a Word document.
func readWord(p *opc.Package, f *File) error {
	main, err := mainPart(p, "word/document.xml")
	if err != nil {
		return err
	}
	styles, err := readWordStyles(p, main)
	if err != nil {
		return err
	}
	for _, name := range p.Names() {
		kind, known := wordKind(name, main)
		switch {
		case known && kind != "":
			err = readStory(p, f, name, kind, styles)
		case known && strings.HasPrefix(name, "word/settings"):
			err = readWordSettings(p, f, name)
		case known && strings.HasPrefix(name, "word/people"):
			err = readPeople(p, f, name)
		case !known:
			err = officePart(p, f, name)
		}
		if err != nil {
			return err
		}
	}
	return officeLinks(p, f)
}

// WordStories names the parts of a Word document that hold running text, with
// the styles that they share.
func WordStories(p *opc.Package) (styles WordStyles, parts []string, err error) {
	main, err := mainPart(p, "word/document.xml")
	if err != nil {
		return nil, nil, err
	}
	for _, name := range p.Names() {
		if kind, known := wordKind(name, main); known && kind != "" {
			parts = append(parts, name)
		}
	}
	styles, err = readWordStyles(p, main)
	return styles, parts, err
}

// wordKind tells the layer that a part is; known is false for parts that are
// not Word's own.
func wordKind(name, main string) (kind Kind, known bool) {
	if name == main {
		return Shown, true
	}
	if path.Ext(name) != ".xml" && !strings.HasPrefix(name, "word/theme/") && !strings.HasPrefix(name, "word/fonts/") && !strings.HasPrefix(name, "word/printersettings") {
		return "", false
	}
	for _, w := range wordParts {
		if strings.HasPrefix(name, w.prefix) {
			return w.kind, true
		}
	}
	return "", false
}

// readStory reads a part of running text with all that hangs on it.
func readStory(p *opc.Package, f *File, name string, kind Kind, styles WordStyles) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	story, err := ReadStory(part, styles)
	if err != nil {
		return err
	}
	switch kind {
	case Comment:
		for _, c := range story.comments {
			f.add(c)
		}
		return nil
	case Glossary:
		if len(story.Blocks) > 0 {
			f.add(Layer{Kind: Glossary, Name: "构建基块", Blocks: story.Blocks})
		}
	default:
		f.add(Layer{Kind: kind, Blocks: story.Blocks})
	}
	for _, l := range story.beside {
		f.add(l)
	}
	return nil
}

// readWordSettings looks for document variables and the source of a mail merge.
func readWordSettings(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		switch string(s.Name) {
		case "docVar":
			title, _ := s.Attr("name")
			f.addText(Variable, doc.Place{}, "文档变量", string(title)+"："+string(s.Val()))
		case "connectString", "query":
			f.addText(Variable, doc.Place{}, "邮件合并的数据源", string(s.Val()))
		}
	}
	return s.Err
}

// readPeople lists who commented or changed, by name.
func readPeople(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Start && string(s.Name) == "person" {
			author, _ := s.Attr("author")
			f.addText(Property, doc.Place{}, "批注或者修订人", string(author))
		}
	}
	return s.Err
}
