package documents

import (
	"io"
	"net/http"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// file hands out an attachment, also of a former version.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Desk.Document(r.Context(), web.Actor(r), r.PathValue("document"))
	if err != nil {
		return err
	}
	files := slices.Clone(d.Files)
	for _, v := range d.Versions {
		files = append(files, v.Files...)
	}
	i := slices.IndexFunc(files, func(f publish.File) bool { return f.Hash == r.PathValue("file") })
	if i < 0 {
		return errs.New(errs.NotFound, "这份文件没有这个附件。")
	}
	info, err := p.Files.Info(r.Context(), files[i].Hash)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(info.Hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	web.Attach(w, files[i].Name, info.MediaType)
	_, err = io.Copy(w, content)
	return err
}
