package web

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"gongkai/internal/errs"
)

// Theme is an organ's own look, out of a folder: emblem.svg or emblem.png,
// header.svg, header.png or header.jpg, and theme.css, which sets the custom
// properties of the style sheet (colours, type, radius) and nothing else.
type Theme struct {
	Emblem, Header, CSS string // addresses; "" for none
	files               map[string]asset
}

// maxTheme is how many bytes a file of a theme may have.
const maxTheme = 1 << 20

// LoadTheme reads a theme's folder. A folder that is not there is no theme; a
// file that cannot be used is an error that names it.
func LoadTheme(folder fs.FS) (*Theme, error) {
	t := &Theme{files: map[string]asset{}}
	for _, part := range []struct {
		address *string
		names   []string // the first that is there
	}{
		{&t.Emblem, []string{"emblem.svg", "emblem.png"}},
		{&t.Header, []string{"header.svg", "header.png", "header.jpg"}},
		{&t.CSS, []string{"theme.css"}},
	} {
		for _, name := range part.names {
			raw, err := readThemeFile(folder, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			one, err := newAsset(name, raw)
			if err != nil {
				return nil, err
			}
			*part.address = "/theme/" + digest(raw) + "/" + name
			t.files[*part.address] = one
			break
		}
	}
	return t, nil
}

// readThemeFile reads a file and checks that it is what its name says.
func readThemeFile(folder fs.FS, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxTheme+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > maxTheme:
		return nil, errs.New(errs.TooLarge, "主题文件 %s 太大，最多 1 MB。", name)
	}
	switch ext := path.Ext(name); ext {
	case ".css":
		return onlyProperties(name, raw)
	case ".svg":
		if !bytes.Contains(raw, []byte("<svg")) {
			return nil, errs.New(errs.Corrupt, "主题文件 %s 不是 SVG 图片。", name)
		}
	default:
		if is := http.DetectContentType(raw); is != mediaTypes[ext] {
			return nil, errs.New(errs.Corrupt, "主题文件 %s 的内容不是 %s 图片，请换成扩展名和内容一致的文件。", name, strings.TrimPrefix(ext, "."))
		}
	}
	return raw, nil
}

// properties is what theme.css may be: :root rules that set custom properties.
// It can load nothing and hide nothing.
var properties = regexp.MustCompile(`^\s*(:root(\.[a-z]+)?\s*\{\s*(--[a-z0-9-]+\s*:[^;{}()@\\]+;\s*)*\}\s*)*$`)

var comments = regexp.MustCompile(`(?s)/\*.*?\*/`)

// onlyProperties gives the style without its comments, so that what is served is
// what was looked at.
func onlyProperties(name string, raw []byte) ([]byte, error) {
	style := comments.ReplaceAll(raw, nil)
	if !properties.Match(style) {
		return nil, errs.New(errs.Invalid, "主题文件 %s 只能在 :root 中设置自定义属性，如 :root { --red: #9d1d20; }。", name)
	}
	return style, nil
}

func (t *Theme) mount(mux *http.ServeMux) {
	if t != nil {
		quietly(mux, "GET /theme/", serveFrom(t.files))
	}
}
