package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Assets are style, scripts and pictures, each under an address with the hash of
// its content, so that browsers keep it for ever and get a new one at once.
type Assets struct {
	paths map[string]string // by name: the address
	files map[string]asset  // by address
}

// asset is a file that is served from memory.
type asset struct {
	mediaType   string
	plain, pack []byte // pack is gzip; nil where it does not pay
}

// mediaTypes are the types of what is served, by ending: the machine's own table
// may say something else.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".jpg": "image/jpeg", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

// NewAssets reads the files of a folder.
func NewAssets(files fs.FS, folder string) (*Assets, error) {
	a := &Assets{paths: map[string]string{}, files: map[string]asset{}}
	return a, fs.WalkDir(files, folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		one, err := newAsset(file, raw)
		if err != nil {
			return err
		}
		name, ext := strings.TrimPrefix(file, folder+"/"), path.Ext(file)
		address := "/static/" + strings.TrimSuffix(name, ext) + "." + digest(raw) + ext
		a.paths[name], a.files[address] = address, one
		return nil
	})
}

func newAsset(name string, raw []byte) (asset, error) {
	one := asset{mediaType: mediaTypes[path.Ext(name)], plain: raw}
	if one.mediaType == "" {
		return one, fmt.Errorf("web: %s: no media type for this ending", name)
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return one, err
	}
	if _, err := z.Write(raw); err != nil {
		return one, err
	}
	if err := z.Close(); err != nil {
		return one, err
	}
	if b.Len() < len(raw)*9/10 {
		one.pack = b.Bytes()
	}
	return one, nil
}

// digest names a content in an address.
func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}

// Path gives the address of a file, "" when there is none.
func (a *Assets) Path(name string) string {
	if a == nil {
		return ""
	}
	return a.paths[name]
}

func (a *Assets) mount(mux *http.ServeMux) {
	if a != nil {
		quietly(mux, "GET /static/", serveFrom(a.files))
	}
}

// serveFrom serves files whose addresses change with their content.
func serveFrom(files map[string]asset) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		one, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		one.serve(w, r)
	}
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if a.mediaType == mediaTypes[".svg"] { // opened by itself it is a page that could run scripts
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	}
	body := a.plain
	if a.pack != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.pack
	}
	_, _ = w.Write(body) // a client that went away needs no picture
}
