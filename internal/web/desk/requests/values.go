package requests

import (
	"net/http"
	"slices"

	"gongkai/internal/blob"
	"gongkai/internal/foi"
	"gongkai/internal/web/deed"
)

// values is what was typed into a form about a request.
type values struct{ *deed.Values }

// acceptNames is what a browser offers to choose from.
const acceptNames = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd"

// papers takes in PDF, pictures and office files (which are zip archives).
func (p Pages) papers() deed.Papers {
	return deed.Papers{
		Kit: p.Kit, Files: p.Files, Key: "files sent", Most: 20,
		Types: []string{"application/pdf", "image/jpeg", "image/png", "application/zip"}, Named: "PDF、JPG、PNG，或者 docx、xlsx、ofd 文件",
	}
}

// readForm reads a form that was sent and keeps its files; those of the request
// itself may be named again.
func (p Pages) readForm(r *http.Request, have ...foi.File) (*values, error) {
	var known []string
	for _, f := range have {
		known = append(known, f.Hash)
	}
	v, err := p.papers().Read(r, known...)
	return &values{v}, err
}

// papers gives the files of a field as those of a request.
func (v *values) papers(field, what string) []foi.File {
	var all []foi.File
	for _, sent := range v.Files[field] {
		f := foi.File{Hash: sent.Hash, Name: sent.Name, What: what}
		if blob.Valid(f.Hash) && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}
