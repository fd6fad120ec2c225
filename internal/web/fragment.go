package web

import (
	"bytes"
	"fmt"
	"net/http"
)

// fragmentHeader is what the site's script sends when it wants a piece of a page
// only.
const fragmentHeader = "X-Fragment"

// Fragment tells whether the script asks for a piece of the page. Without it the
// same address answers with a whole page.
func Fragment(r *http.Request) bool { return r.Header.Get(fragmentHeader) != "" }

// ShowFragment writes what a page has between its frame, for the script; to a
// browser without it, the whole page.
func (t Template[T]) ShowFragment(k *Kit, w http.ResponseWriter, r *http.Request, title string, data T) error {
	if !Fragment(r) {
		return t.Show(k, w, r, title, data)
	}
	page, ok := k.Pages.all[t.name]
	if !ok {
		return fmt.Errorf("web: no template %s", t.name)
	}
	var b bytes.Buffer
	if err := page.ExecuteTemplate(&b, "main", View[T]{k.chrome(w, r, title), data}); err != nil {
		return fmt.Errorf("template %s: %w", t.name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err := b.WriteTo(w)
	return err
}
