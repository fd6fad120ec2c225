package world

import (
	"bytes"
	"context"
	"io"

	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/doc/xlsx"
	"gongkai/internal/publish"
)

// attachment is a file of a document, as a program of the office would have written it.
type attachment struct {
	name  string
	write func(io.Writer) error
}

// attached gives the document a file.
func (p paper) attached(name string, write func(io.Writer) error) paper {
	p.files = append(p.files[:len(p.files):len(p.files)], attachment{name, write})
	return p
}

// table is an attachment with a table, as a spreadsheet.
func (p paper) table(name, title string, rows ...string) paper {
	return p.attached(name, func(w io.Writer) error { return xlsx.Write(w, parsed(title, rows)) })
}

// word is an attachment as Word: a form to be filled in.
func (p paper) word(name, title string, lines ...string) paper {
	return p.attached(name, func(w io.Writer) error { return docx.Write(w, parsed(title, lines)) })
}

// printed is an attachment as PDF.
func (p paper) printed(name, title string, lines ...string) paper {
	return p.attached(name, func(w io.Writer) error { return pdf.Write(w, parsed(title, lines)) })
}

func parsed(title string, lines []string) *doc.Doc {
	text := ""
	for _, l := range lines {
		text += l + "\n"
	}
	d := &doc.Doc{Title: title}
	d.AddPara(doc.Title, title)
	d.Blocks = append(d.Blocks, publish.Parse(text).Blocks...)
	return d
}

// keepFiles keeps the files of a document.
func (p paper) keepFiles(ctx context.Context, o Offices) ([]publish.File, error) {
	if o.Files == nil {
		return nil, nil
	}
	var all []publish.File
	for _, f := range p.files {
		var b bytes.Buffer
		if err := f.write(&b); err != nil {
			return nil, err
		}
		const most = 1 << 20
		hash, err := o.Files.Keep(ctx, &b, most)
		if err != nil {
			return nil, err
		}
		all = append(all, publish.File{Hash: hash, Name: f.name})
	}
	return all, nil
}
