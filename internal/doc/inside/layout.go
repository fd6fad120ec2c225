package inside

import (
	"path"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// readLayout reads an OFD file (GB/T 33190): the text of its pages, what it says
// about itself, its annotations, and the files attached to it.
func readLayout(p *opc.Package, f *File) error {
	page := 0
	for _, name := range p.Names() {
		base, ext := path.Base(name), path.Ext(name)
		var err error
		switch {
		case base == "content.xml" && !strings.Contains(name, "tpls/") && !strings.Contains(name, "temps/"):
			page++
			err = layoutText(p, f, name, Shown, doc.Place{Page: page}, "TextCode")
		case base == "content.xml":
			err = layoutText(p, f, name, Margin, doc.Place{}, "TextCode")
		case strings.HasPrefix(base, "annot") && ext == ".xml":
			err = layoutText(p, f, name, Annotation, doc.Place{}, "TextCode", "Remark", "Parameter")
		case base == "ofd.xml":
			err = layoutText(p, f, name, Property, doc.Place{}, "Author", "Keyword", "Abstract", "CustomData")
		case ext == ".xml", ext == ".dat", ext == ".esl", strings.Contains(name, "/res/"):
			// structure, fonts, signatures and seals
		default:
			err = inner(p, f, name, Attachment)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func layoutText(p *opc.Package, f *File, name string, kind Kind, at doc.Place, elements ...string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	var texts []string
	s := markup.NewScanner(part)
	for k := s.Next(); k != markup.EOF; k = s.Next() {
		if k != markup.Start {
			continue
		}
		for _, e := range elements {
			if string(s.Name) == e {
				texts = append(texts, s.Content())
				break
			}
		}
	}
	f.addText(kind, at, "", texts...)
	return s.Err
}
