package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
	"gongkai/ui"
)

func TestFilesAreKeptForEver(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	address := b.Get("/open").Find("link[rel=stylesheet]").AttrOr("href", "")
	plain, css := send(t, b, "GET", address, "Accept-Encoding", "identity")
	if plain.StatusCode != http.StatusOK || plain.Header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(plain.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("%s: %d %v", address, plain.StatusCode, plain.Header)
	}
	packed, raw := send(t, b, "GET", address, "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(raw))
	if err != nil || packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal(err, packed.Header)
	}
	if unpacked, err := io.ReadAll(z); err != nil || string(unpacked) != css || len(raw) >= len(css) {
		t.Errorf("packed and plain differ: %v", err)
	}
	for _, path := range []string{"/static/gongkai.css", "/static/gongkai.000000000000.css", "/static/", "/static/../handler.go"} {
		if resp, _ := send(t, b, "GET", path); resp.StatusCode == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
	emblem := b.Get("/open").Find("link[rel=icon]").AttrOr("href", "")
	if resp, _ := send(t, b, "GET", emblem); !strings.Contains(resp.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a picture may run scripts: %s", resp.Header.Get("Content-Security-Policy"))
	}
}

func TestAddressChangesWithTheContent(t *testing.T) {
	path := func(css string) string {
		a, err := web.NewAssets(fstest.MapFS{"static/a.css": {Data: []byte(css)}}, "static")
		if err != nil {
			t.Fatal(err)
		}
		return a.Path("a.css")
	}
	if first, again, other := path("a{}"), path("a{}"), path("b{}"); first != again || first == other {
		t.Error("the address does not tell the content")
	}
	if _, err := web.NewAssets(ui.Static, "static"); err != nil {
		t.Error(err)
	}
	if _, err := web.NewAssets(fstest.MapFS{"static/a.exe": {}}, "static"); err == nil {
		t.Error("a file of no known type is served")
	}
}

var (
	png = append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 64)...)
	svg = []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`)
)

func TestTheme(t *testing.T) {
	theme, err := web.LoadTheme(fstest.MapFS{
		"emblem.svg": {Data: svg}, "emblem.png": {Data: png}, "header.png": {Data: png}, "notes.txt": {Data: []byte("x")},
		"theme.css": {Data: []byte("/* 蓝色 */\n:root { --red: #1d4f9d; }\n:root.dark { --red: #88aaff; --radius: 2px; }\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(theme.Emblem, "/emblem.svg") || !strings.HasSuffix(theme.Header, "/header.png") || theme.CSS == "" {
		t.Errorf("%+v", theme)
	}
	kit, routes := site(t)
	b := webtest.OpenWith(t, kit, routes, web.Options{Theme: theme})
	page := b.Get("/open")
	if page.Find(`link[href="`+theme.CSS+`"]`).Length() != 1 || page.Find(`img[src="`+theme.Emblem+`"]`).Length() == 0 {
		t.Error("the page does not look so")
	}
	if page.Find(`header img.banner[src="`+theme.Header+`"][alt=""]`).Length() != 1 || b.As("clerk").Get("/desk").Find(".banner").Length() != 0 {
		t.Error("the picture of the header is not behind the portal's name, and there alone")
	}
	for address, mediaType := range map[string]string{theme.Emblem: "image/svg+xml", theme.Header: "image/png", theme.CSS: "text/css; charset=utf-8"} {
		if resp, _ := send(t, b, "GET", address); resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != mediaType {
			t.Errorf("%s: %d %s", address, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
	}
	if resp, _ := send(t, b, "GET", "/theme/notes.txt"); resp.StatusCode != http.StatusNotFound {
		t.Error("any file of the folder is served")
	}
}

func TestThemeSetsPropertiesAndNothingElse(t *testing.T) {
	for _, css := range []string{
		"body { display: none }",
		":root { color: red; }",
		":root { --a: url(https://evil.example/x); }",
		"@import 'x';",
		":root { --a: \\75rl(x); }",
		":root { --a: 1; } .notice { --b: 2; }",
	} {
		if _, err := web.LoadTheme(fstest.MapFS{"theme.css": {Data: []byte(css)}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", css, err)
		}
	}
	// What looks like a comment to us may be a text to a browser, so comments are
	// not passed on.
	theme, err := web.LoadTheme(fstest.MapFS{"theme.css": {Data: []byte(`:root { --a: "/*"; } body { display: none } :root { --b: "*/"; }`)}})
	if err != nil {
		t.Fatal(err)
	}
	kit, routes := site(t)
	if _, css := send(t, webtest.OpenWith(t, kit, routes, web.Options{Theme: theme}), "GET", theme.CSS); strings.Contains(css, "body") {
		t.Errorf("got %s", css)
	}
}

func TestThemeFilesAreWhatTheyAreCalled(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		kind errs.Kind
	}{
		{"emblem.png", svg, errs.Corrupt},
		{"emblem.svg", png, errs.Corrupt},
		{"header.jpg", png, errs.Corrupt},
		{"header.png", bytes.Repeat(png, 1<<15), errs.TooLarge},
	} {
		if _, err := web.LoadTheme(fstest.MapFS{c.name: {Data: c.data}}); errs.KindOf(err) != c.kind || !strings.Contains(errs.Public(err), c.name) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if theme, err := web.LoadTheme(fstest.MapFS{}); err != nil || theme.Emblem+theme.Header+theme.CSS != "" {
		t.Errorf("an empty folder: %+v, %v", theme, err)
	}
}
