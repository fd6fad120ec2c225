package platform

import (
	"net/http"
	"net/url"
	"strings"
)

// IndexPath is before the index number in the short address of a document, which people
// can read out and type: a number is never given twice, so the address stays.
const IndexPath = "/i/"

// byIndex leads from the short address to the document, also to the note of one that was
// taken down.
func (p Platform) byIndex(w http.ResponseWriter, r *http.Request) error {
	id, err := p.Catalogue.ByIndex(r.Context(), strings.TrimSpace(r.PathValue("index")))
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, Path+"/"+id, http.StatusFound)
	return nil
}

// short gives the short address of a document; "" for one without an index number.
func short(base, index string) string {
	if index == "" {
		return ""
	}
	parts := strings.Split(index, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return base + IndexPath + strings.Join(parts, "/")
}
