package requests

import (
	"net/http"
	"slices"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web/deed"
)

// file hands out a file of a request.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, r.PathValue("request"))
	if err != nil {
		return err
	}
	files := filesOf(v.request)
	i := slices.IndexFunc(files, func(f foi.File) bool { return f.Hash == r.PathValue("file") })
	if i < 0 {
		return errs.New(errs.NotFound, "这件申请没有这个文件。")
	}
	if err := p.Desk.OpenFile(r.Context(), v.actor, v.request, files[i]); err != nil {
		return err
	}
	return p.papers().Hand(w, r, deed.File{Hash: files[i].Hash, Name: files[i].Name})
}

// filesOf gives every file of a request.
func filesOf(r foi.Request) []foi.File {
	all := slices.Clone(r.Files)
	for _, q := range r.Searches {
		all = append(all, q.Files...)
	}
	decisions := r.Decisions
	if r.Draft != nil {
		decisions = append(slices.Clone(decisions), r.Draft.Decision)
	}
	for _, d := range decisions {
		for _, item := range d.Items {
			all = append(all, item.Files...)
		}
	}
	for _, s := range r.Services {
		all = append(all, s.Proof...)
	}
	return all
}
