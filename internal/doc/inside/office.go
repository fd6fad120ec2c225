package inside

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
	"gongkai/internal/errs"
)

// mainPart finds the part that the package names as its document.
func mainPart(p *opc.Package, usual string) (string, error) {
	top, err := p.Relations("")
	if err != nil {
		return "", err
	}
	for _, r := range top {
		if r.Kind == "officeDocument" && !r.External && p.Has(r.Target) {
			return r.Target, nil
		}
	}
	if p.Has(usual) {
		return usual, nil
	}
	return "", errs.New(errs.Corrupt, "文件内部缺少正文部件，已损坏；请用办公软件打开检查，另存后再试。")
}

// officePart looks at a part that is common to the three office formats, or
// that nobody knows.
func officePart(p *opc.Package, f *File, name string) error {
	dir, ext := path.Dir(name), path.Ext(name)
	switch {
	case name == "[content_types].xml", ext == ".rels", strings.HasPrefix(name, "_xmlsignatures/"), strings.Contains(name, "/printersettings/"),
		strings.Contains(name, "/theme/"), strings.HasPrefix(path.Base(name), "itemprops"):
		return nil
	case name == "docprops/core.xml", name == "docprops/app.xml", name == "docprops/custom.xml":
		return readProperties(p, f, name)
	case strings.HasPrefix(path.Base(name), "vbaproject"), strings.Contains(dir, "macrosheets"):
		f.add(Layer{Kind: Macro, Name: path.Base(p.Written(name))})
		return nil
	case strings.HasPrefix(path.Base(name), "vbadata"):
		return nil
	case strings.HasPrefix(dir, "docprops"):
		return inner(p, f, name, Thumbnail)
	case path.Base(dir) == "media":
		return inner(p, f, name, "")
	case path.Base(dir) == "charts", path.Base(dir) == "diagrams":
		return readDrawingText(p, f, name)
	case ext == ".xml":
		return readCustom(p, f, name)
	case ext == ".vml": // the drawings of old comments, whose text is in the comments, and buttons
		return readOldDrawing(p, f, name)
	}
	return inner(p, f, name, Embedded)
}

func inner(p *opc.Package, f *File, name string, kind Kind) error {
	f.Inner = append(f.Inner, Inner{Name: path.Base(p.Written(name)), Kind: kind, Open: func() ([]byte, error) { return p.Raw(name) }})
	return nil
}

// readCustom looks into XML that is no part of the format: what other programs
// stored beside the document.
func readCustom(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		f.unread(name, err)
		return nil
	}
	var texts []string
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Text {
			if t := strings.TrimSpace(string(s.AppendText(nil))); t != "" {
				texts = append(texts, t)
			}
		}
	}
	if s.Err != nil {
		f.unread(name, s.Err)
		return nil
	}
	f.addText(CustomXML, doc.Place{}, p.Written(name), texts...)
	return nil
}

// readDrawingText reads the texts of charts and diagrams.
func readDrawingText(p *opc.Package, f *File, name string) error {
	base := path.Base(name)
	if !strings.HasPrefix(base, "chart") && !strings.HasPrefix(base, "data") || path.Ext(base) != ".xml" {
		return nil // colours, layouts, and the drawing that repeats the data
	}
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	f.addText(Margin, doc.Place{}, "图表", DrawingTexts(part)...)
	return nil
}

// DrawingTexts gives the texts of a drawing, chart or diagram: paragraphs, values, and
// what is said about pictures.
func DrawingTexts(part []byte) (texts []string) {
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF && len(texts) < maxPieces; kind = s.Next() {
		switch {
		case kind == markup.Start && string(s.Name) == "p" && !s.Empty():
			texts = append(texts, "")
		case kind == markup.Start && string(s.Name) == "v", kind == markup.Start && string(s.Name) == "t" && len(texts) == 0:
			texts = append(texts, s.Content(), "")
		case kind == markup.Start && string(s.Name) == "t":
			texts[len(texts)-1] += s.Content()
		case kind == markup.Start && (string(s.Name) == "cNvPr" || string(s.Name) == "docPr"):
			texts = append(texts, attr(s, "descr"), attr(s, "title"), "")
		}
	}
	return texts
}

// ordinaryProperties are what programs write about themselves and about sizes.
var ordinaryProperties = map[string]bool{
	"created": true, "modified": true, "revision": true, "lastPrinted": true, "language": true, "version": true, "contentStatus": false, "identifier": true,
	"Template": true, "TotalTime": true, "Pages": true, "Words": true, "Characters": true, "Application": true, "DocSecurity": true,
	"Lines": true, "Paragraphs": true, "ScaleCrop": true, "LinksUpToDate": true, "CharactersWithSpaces": true, "SharedDoc": true,
	"HyperlinksChanged": true, "AppVersion": true, "HeadingPairs": true, "TitlesOfParts": true, "PresentationFormat": true, "Slides": true,
	"Notes": true, "HiddenSlides": true, "MMClips": true, "HLinks": true,
}

// nobody matches the names that programs give to somebody who gave none.
var nobody = regexp.MustCompile(`(?i)^(?:administrators?|admin|user|users|owner|unknown|anonymous|unspecified|untitled|微软用户|windows ?用户|microsoft(?: office)?(?: user| 用户)?|用户|作者|author|python-docx|openpyxl|xlsxwriter|libreoffice|wps(?: office)?|pc|lenovo|dell|hp|asus|acer|thinkpad|huawei|apache poi|gongkai)$`)

// SaysSomething tells whether a property is more than what programs write by
// themselves.
func SaysSomething(value string) bool {
	return !blank(value) && !nobody.MatchString(strings.TrimSpace(value))
}

// readProperties reads what a file says about itself. Each property is a layer
// whose name is that of the property.
func readProperties(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			title := string(s.Name)
			if name == "docprops/custom.xml" {
				v, _ := s.Attr("name")
				title = string(v)
			}
			value := s.Content()
			switch {
			case name != "docprops/custom.xml" && title == "Template" && localPath.MatchString(value):
				f.addText(LocalPath, doc.Place{}, "模板", value)
			case name == "docprops/custom.xml" && strings.HasPrefix(title, "KSOProductBuildVer"), title == "ICV", !SaysSomething(value):
				// WPS notes its version and a checksum in every file.
			case name == "docprops/custom.xml" || !ordinaryProperties[title]:
				f.addText(Property, doc.Place{}, title, value)
			}
		}
	}
	return s.Err
}

// readOldDrawing reads what stands on buttons and in text art. Many are not well
// formed, so what can be read is taken.
func readOldDrawing(p *opc.Package, f *File, name string) error {
	part, err := p.XML(name)
	if err != nil {
		return err
	}
	var texts []string
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		texts = append(texts, attr(s, "alt"), attr(s, "string"))
		if string(s.Name) == "textbox" {
			texts = append(texts, s.Content())
		}
	}
	f.addText(Margin, doc.Place{}, "图形", texts...)
	return nil
}

// LinkText is an address as one reads it: mailto:张三@163.com.
func LinkText(target string) string {
	if plain, err := url.PathUnescape(target); err == nil && utf8.ValidString(plain) {
		return plain
	}
	return target
}

// officeLinks looks for relations to places outside that tell of somebody's
// folders, and for objects that are linked.
func officeLinks(p *opc.Package, f *File) error {
	for _, name := range p.Names() {
		if path.Ext(name) != ".rels" {
			continue
		}
		owner := path.Join(path.Dir(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".rels"))
		related, err := p.Relations(strings.TrimPrefix(owner, "."))
		if err != nil {
			return err
		}
		for _, r := range related {
			switch {
			case !r.External:
			case localPath.MatchString(r.Target):
				f.addText(LocalPath, doc.Place{}, "外部链接", r.Target)
			default:
				f.addText(Margin, doc.Place{}, "外部链接", LinkText(r.Target))
			}
		}
	}
	return nil
}
