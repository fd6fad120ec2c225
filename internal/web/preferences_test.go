package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/web/webtest"
)

func TestLanguage(t *testing.T) {
	kit, routes := site(t)
	for _, c := range []struct{ name, path, cookie, accept, lang string }{
		{"nothing said", "/open", "", "", "zh-CN"},
		{"a browser in English", "/open", "", "en-US,en;q=0.9", "en"},
		{"English before Chinese", "/open", "", "en-US,zh;q=0.5", "zh-CN"},
		{"another language", "/open", "", "fr", "zh-CN"},
		{"chosen before", "/open", "en", "zh-CN", "en"},
		{"a made-up cookie", "/open", "xx", "en", "zh-CN"},
		{"asked for", "/open?lang=en", "", "zh-CN", "en"},
		{"asked for one that is not spoken", "/open?lang=fr", "", "", "zh-CN"},
	} {
		b := webtest.Open(t, kit, routes)
		r, err := http.NewRequestWithContext(t.Context(), "GET", b.URL()+c.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", c.accept)
		if c.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "gk_lang", Value: c.cookie})
		}
		resp, err := b.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || !strings.Contains(string(page), `<html lang="`+c.lang+`"`) {
			t.Errorf("%s: not in %s, %v", c.name, c.lang, err)
		}
	}
}

func TestPreferencesAreLinksThatAreRemembered(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	page := b.Get("/open?q=%E6%B0%B4")
	link := func(p webtest.Answer, text string) string {
		for _, a := range p.Find(".tools a").EachIter() {
			if a.Text() == text {
				return a.AttrOr("href", "")
			}
		}
		t.Fatalf("no link %s", text)
		return ""
	}
	large := link(page, "适老化")
	resp, _ := send(t, b, "GET", large)
	if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || at != "/open?q=%E6%B0%B4" {
		t.Errorf("%s leads to %s", large, at)
	}
	if page = b.Get("/open"); !page.Find("html").HasClass("elder") {
		t.Error("the choice is forgotten")
	}
	if page = b.Get(link(page, "标准版")); page.Find("html").HasClass("elder") || page.Path != "/open" {
		t.Error("it cannot be taken back")
	}
	if page = b.Get(link(page, "English")); page.Find("html").AttrOr("lang", "") != "en" {
		t.Error("the language stays")
	}
	if resp, _ := send(t, b, "GET", "/open?theme=neon&elder=7"); resp.StatusCode != http.StatusOK || len(resp.Cookies()) > 0 {
		t.Errorf("a choice that is none: %d %v", resp.StatusCode, resp.Cookies())
	}
}

func TestThemeIsForThoseAtTheDesk(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	b.Get("/desk?theme=dark")
	if !b.Get("/desk").Find("html").HasClass("dark") {
		t.Error("the desk is not dark")
	}
	if b.Get("/open").Find("html").HasClass("dark") {
		t.Error("the portal is dark")
	}
}

func TestPreferencesLeadNowhereElse(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	for path, want := range map[string]string{
		"/%5Cevil.example?lang=en":     "/%5Cevil.example",
		"/open?lang=en&next=%2F%2Fx.y": "/open?next=%2F%2Fx.y",
		"/a%2Fb?lang=en":               "/a%2Fb",
	} {
		if resp, _ := send(t, b, "GET", path); resp.Header.Get("Location") != want {
			t.Errorf("%s leads to %s", path, resp.Header.Get("Location"))
		}
	}
	if resp, _ := send(t, b, "GET", "/api/v1/wrong?lang=en"); len(resp.Cookies()) > 0 {
		t.Error("a program gets cookies")
	}
}
