// Package docx reads and writes Word documents (Office Open XML, ISO/IEC
// 29500, transitional and strict) as doc.Doc.
//
// Reading gives what a person sees on the printed page in the state "all
// changes accepted": automatic numbers are part of the text, text boxes follow
// the paragraph they hang on, the result of a field stands for the field,
// merged cells stand once with their spans. What is not seen (deletions,
// hidden text, comments) or cannot be read as text (pictures) becomes a
// notice. Headers, footers and footnotes are not part of the text.
//
// Writing gives the layout of official documents, GB/T 9704-2012: A4, type
// area 156 × 225 mm, 22 lines of 28 characters in 3号仿宋, page numbers
// outside. The same document always gives the same bytes.
//
// The package refuses encrypted files, old binary files, files that are only
// pictures, and anything beyond the limits in limits.go; it never follows a
// link out of the file and knows no DTD.
//
// Start at Read and Write in this file. A file is unpacked by package.go,
// scanned by scanner.go, walked by body.go, paragraph.go, run.go and table.go;
// numbering.go and styles.go hold what paragraphs refer to. What is written
// comes from write.go, write_table.go and the fixed parts in write_parts.go.
package docx

import (
	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/errs"
)

// Read reads a .docx file. Errors have the kinds errs.Corrupt, errs.Encrypted,
// errs.Unsupported (old binary file, or text only in an embedded foreign
// part), errs.TooLarge (beyond a limit) and errs.Picture (no text, only
// pictures).
func Read(data []byte) (*doc.Doc, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	r, xml, err := prepare(p)
	if err != nil {
		return nil, err
	}
	if err := r.document(xml); err != nil {
		return nil, err
	}
	return r.out, r.judge()
}

// prepare finds the main text in the package and readies what it refers to.
// Lists are left until the first numbered paragraph asks for them.
func prepare(p *parts) (*reader, []byte, error) {
	top, err := p.relationsOf("")
	if err != nil {
		return nil, nil, err
	}
	main := top["officeDocument"]
	if !p.has(main) {
		main = "word/document.xml"
	}
	xml, err := p.read(main, MaxDocumentBytes)
	if err != nil {
		return nil, nil, err
	}
	if xml == nil {
		return nil, nil, corrupt("no main document part")
	}
	related, err := p.relationsOf(main)
	if err != nil {
		return nil, nil, err
	}
	r := newReader()
	if r.styles, err = load(p, related["styles"], parseStyles); err != nil {
		return nil, nil, err
	}
	if r.comments, err = load(p, related["comments"], parseComments); err != nil {
		return nil, nil, err
	}
	if r.out.Title, err = load(p, top["core-properties"], parseTitle); err != nil {
		return nil, nil, err
	}
	r.loadLists = func() (*numbering, error) { return load(p, related["numbering"], parseNumbering) }
	return r, xml, nil
}

// load reads and parses a part; a missing part is an empty one.
func load[T any](p *parts, name string, parse func([]byte) (T, error)) (T, error) {
	var xml []byte
	if name != "" {
		var err error
		if xml, err = p.read(name, MaxPartBytes); err != nil {
			var none T
			return none, err
		}
	}
	return parse(xml)
}

// parseTitle finds the title among the core properties.
func parseTitle(xml []byte) (string, error) {
	s := markup.NewScanner(xml)
	var title []byte
	for s.Child(0) {
		d := s.Depth()
		for s.Child(d) {
			if string(s.Name) == "title" {
				for title = title[:0]; s.Next() == markup.Text; {
					title = s.AppendText(title)
				}
			}
		}
	}
	return clip(string(title)), s.Err
}

// judge refuses a document that was read but holds no text to work with.
func (r *reader) judge() error {
	if r.textBytes > 0 {
		return nil
	}
	if r.foreign {
		return errs.New(errs.Unsupported, "文件正文嵌在另一种格式的部件里，不能直接读取；请用办公软件打开后另存为 .docx 再试。")
	}
	for _, n := range r.out.Notices {
		if n.Kind == doc.PictureFound {
			return errs.New(errs.Picture, "文件正文只有图片，没有可读取的文字；请改用由文字稿直接保存的 .docx 文件。")
		}
	}
	return nil
}
