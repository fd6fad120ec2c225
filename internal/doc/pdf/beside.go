package pdf

import (
	"context"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"gongkai/internal/doc"
)

// Beside is what a PDF holds beside its readable text.
type Beside struct {
	Unseen      []Unseen
	Notes       []Note // annotations and form fields
	Attachments []Attachment
	Properties  []Property
	Scripts     int
	// Unmapped is how many printed characters the file does not say what they are, so
	// that nobody read them.
	Unmapped int
	// Unpainted are pages with text that were not painted, so that nobody looked
	// whether it is seen: those past the limit, and what PDFium cannot paint.
	Unpainted []int
	// Pictured are pages with text on which there are pictures as well, whose own text
	// nobody reads.
	Pictured []int

	of references.FPDF_DOCUMENT
}

// Unseen is text that a page holds and does not show.
type Unseen struct {
	Page int
	Text string
	Why  Why
}

// Why says how text is not seen.
type Why string

// The ways.
const (
	NoInk   Why = "no-ink"  // white, transparent, or not painted
	Tiny    Why = "tiny"    // too small to read
	Buried  Why = "buried"  // under a filled box
	Picture Why = "picture" // under a picture
	Scan    Why = "scan"    // on a page that is one picture: the text that OCR found
)

// Note is an annotation or a form field.
type Note struct {
	Page   int
	Field  bool
	Text   string
	Author string
}

// Attachment is a file within the file.
type Attachment struct {
	Name string
	Data []byte
}

// Property is an entry of the document information.
type Property struct{ Name, Value string }

// Limits of what is gathered.
const (
	maxNotes       = 10_000
	maxAttachments = 200
)

// ReadAll reads a document as Read does, and what it holds beside. What Beside
// gives stands also where the error is errs.Picture.
func (r *Reader) ReadAll(ctx context.Context, data []byte) (*doc.Doc, *Beside, error) {
	if err := accept(data); err != nil {
		return nil, nil, err
	}
	s, err := r.take(ctx)
	if err != nil {
		return nil, nil, err
	}
	b := &Beside{}
	f, err := r.readFile(ctx, s, data, asked{beside: b})
	if err != nil {
		return nil, nil, err
	}
	d, err := assemble(f)
	return d, b, err
}

// document gathers what belongs to no page.
func (b *Beside) document(p pdfium.Pdfium, document references.FPDF_DOCUMENT) {
	b.of = document
	for _, tag := range []string{"Title", "Author", "Subject", "Keywords", "Creator"} {
		got, err := p.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: document, Tag: tag})
		if err == nil && strings.TrimSpace(got.Value) != "" {
			b.Properties = append(b.Properties, Property{tag, got.Value})
		}
	}
	if got, err := p.FPDFDoc_GetJavaScriptActionCount(&requests.FPDFDoc_GetJavaScriptActionCount{Document: document}); err == nil {
		b.Scripts = got.JavaScriptActionCount
	}
	count, err := p.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: document})
	if err != nil {
		return
	}
	for i := range min(count.AttachmentCount, maxAttachments) {
		b.attachment(p, document, i)
	}
}

func (b *Beside) attachment(p pdfium.Pdfium, document references.FPDF_DOCUMENT, i int) {
	got, err := p.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: document, Index: i})
	if err != nil {
		return
	}
	b.attached(p, got.Attachment)
}

func (b *Beside) attached(p pdfium.Pdfium, attachment references.FPDF_ATTACHMENT) {
	a := Attachment{}
	if name, err := p.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: attachment}); err == nil {
		a.Name = name.Name
	}
	if file, err := p.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: attachment}); err == nil {
		a.Data = file.Contents
	}
	b.Attachments = append(b.Attachments, a)
}

// notes gathers the annotations and form fields of a page.
func (b *Beside) notes(p pdfium.Pdfium, ref requests.Page, page int) {
	count, err := p.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: ref})
	if err != nil {
		return
	}
	for i := range count.Count {
		if len(b.Notes) >= maxNotes {
			return
		}
		got, err := p.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: ref, Index: i})
		if err != nil {
			continue
		}
		b.note(p, got.Annotation, page)
		_, _ = p.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: got.Annotation})
	}
}

func (b *Beside) note(p pdfium.Pdfium, annotation references.FPDF_ANNOTATION, page int) {
	kind, err := p.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: annotation})
	if err != nil || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_LINK || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_POPUP {
		return
	}
	get := func(key string) string {
		v, err := p.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: annotation, Key: key})
		if err != nil {
			return ""
		}
		return v.Value
	}
	if kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_FILEATTACHMENT && len(b.Attachments) < maxAttachments {
		if got, err := p.FPDFAnnot_GetFileAttachment(&requests.FPDFAnnot_GetFileAttachment{Document: b.of, Annotation: annotation}); err == nil {
			b.attached(p, got.Attachment)
			return
		}
	}
	n := Note{Page: page, Text: get("Contents"), Author: get("T")}
	if kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET {
		n.Field, n.Text, n.Author = true, get("V"), ""
		if n.Text == "" {
			return // an empty field, or the place of a signature
		}
	}
	b.Notes = append(b.Notes, n)
}
