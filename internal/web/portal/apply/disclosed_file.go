package apply

import (
	"net/http"
	"path"
	"strings"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web"
)

// shownFile is a file of an answer that everybody may have.
type shownFile struct{ Name, Path, Type, Size string }

func (p Apply) shownFiles(r *http.Request, request foi.Request) (all []shownFile, err error) {
	shown, err := p.Shown.OnShow(r.Context(), request)
	if err != nil {
		return nil, err
	}
	for _, f := range shown {
		info, err := p.Files.Info(r.Context(), f.Hash)
		if err != nil {
			return nil, err
		}
		all = append(all, shownFile{f.Name, DisclosedPath + "/" + request.ID + "/files/" + f.ID, strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), sizeWords(info.Size)})
	}
	return all, nil
}

// disclosedFile hands a file of the log to everybody. Caches ask each time whether
// it is still there, for it can be taken back at any moment.
func (p Apply) disclosedFile(w http.ResponseWriter, r *http.Request) error {
	request, err := p.Disclosed.Open(r.Context(), r.PathValue("disclosed"))
	if err != nil {
		return err
	}
	shown, err := p.Shown.OnShow(r.Context(), request)
	if err != nil {
		return err
	}
	for _, f := range shown {
		if f.ID != r.PathValue("file") {
			continue
		}
		info, err := p.Files.Info(r.Context(), f.Hash)
		if err != nil {
			return err
		}
		content, err := p.Files.Open(f.Hash)
		if err != nil {
			return err
		}
		defer func() { _ = content.Close() }()
		web.Attach(w, f.Name, info.MediaType)
		w.Header().Set("Cache-Control", "public, no-cache")
		w.Header().Set("ETag", `"`+f.Hash+`"`)
		http.ServeContent(w, r, "", time.Time{}, content)
		return nil
	}
	return errs.New(errs.NotFound, "没有这个文件，或者已经撤下。")
}
