package documents

import (
	"net/http"

	"gongkai/internal/accession"
	"gongkai/internal/publish"
	"gongkai/internal/web/deed"
)

// values is what was typed into a form about a document.
type values struct{ *deed.Values }

// Fields of files.
const (
	filesField  = "files"
	sourceField = "source" // a document in official form, to be read
)

// acceptNames is what a browser offers to choose from.
const acceptNames = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.pptx,.ofd,.txt,.csv"

// papers takes in attachments: PDF, pictures, office files (which are zip archives),
// plain text. Parts of a document are told apart by their names.
func (p Pages) papers() deed.Papers {
	return deed.Papers{
		Kit: p.Kit, Files: p.Files, Key: "document files sent", Only: filesField, Single: true,
		Types: accession.Types(), Named: accession.Named,
	}
}

// readForm reads a form that was sent and keeps its files; those that the document
// has may be named again.
func (p Pages) readForm(r *http.Request, have ...publish.File) (*values, error) {
	var known []string
	for _, f := range have {
		known = append(known, f.Hash)
	}
	v, err := p.papers().Read(r, known...)
	return &values{v}, err
}

// attached gives the attachments that came with the form.
func (v *values) attached() []publish.File {
	var all []publish.File
	for _, f := range v.Files[filesField] {
		all = append(all, publish.File{Hash: f.Hash, Name: f.Name})
	}
	return all
}
