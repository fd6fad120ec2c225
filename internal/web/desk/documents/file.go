package documents

import (
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// file hands out an attachment, also of a former version.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Desk.Document(r.Context(), web.Actor(r), r.PathValue("document"))
	if err != nil {
		return err
	}
	files := append(slices.Clone(d.Files), d.PostFiles()...)
	for _, v := range d.Versions {
		files = append(files, v.Files...)
	}
	i := slices.IndexFunc(files, func(f publish.File) bool { return f.Hash == r.PathValue("file") })
	if i < 0 {
		return errs.New(errs.NotFound, "这份文件没有这个附件。")
	}
	return p.papers().Hand(w, r, deed.File{Hash: files[i].Hash, Name: files[i].Name})
}

// insiders are those who may see a part as it was before it was masked.
var insiders = []account.Act{account.PublishDocuments, account.CheckDocuments, account.ClearDocuments}

// original hands out a part as it was before it was masked; that is on record.
func (p Pages) original(w http.ResponseWriter, r *http.Request) error {
	m, err := p.Desk.Original(r.Context(), web.Actor(r), r.PathValue("document"), r.PathValue("file"))
	if err != nil {
		return err
	}
	name := m.Part
	if name == publish.TextPart {
		name = m.Words().Chinese + ".txt"
	}
	return p.papers().Hand(w, r, deed.File{Hash: m.Original, Name: name})
}
