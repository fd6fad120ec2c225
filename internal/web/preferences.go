package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gongkai/internal/locale"
)

// A preference is kept in a cookie of its own, so that also a visitor has one
// without a session. A link with its name in the query sets it and leads back to
// the same page.
const (
	langName  = "lang"
	elderName = "elder" // 适老化: large type and a simple layout
	themeName = "theme"
)

// allowed are the values of each preference, the usual one first.
var allowed = map[string][]string{
	langName:  {string(locale.Chinese), string(locale.English)},
	elderName: {"0", "1"},
	themeName: {"light", "dark", "auto"},
}

const keepPreference = 365 * 24 * time.Hour

// preferences notes what a link asks for, and tells the request's language.
func (k *Kit) preferences(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if query := r.URL.Query(); r.Method == http.MethodGet && frameAt(r.URL.Path) != API && k.prefer(w, query) {
			back := "/" + strings.TrimLeft(r.URL.EscapedPath(), `/\`)
			if len(query) > 0 {
				back += "?" + query.Encode()
			}
			http.Redirect(w, r, back, http.StatusSeeOther)
			return
		}
		next.ServeHTTP(w, r.WithContext(withLang(r.Context(), preferredLang(r))))
	})
}

// prefer keeps the preferences in a query, takes them out of it, and tells
// whether there were any.
func (k *Kit) prefer(w http.ResponseWriter, query url.Values) bool {
	asked := false
	for name, values := range allowed {
		if value := query.Get(name); slices.Contains(values, value) {
			k.keep(w, name, value)
			query.Del(name)
			asked = true
		}
	}
	return asked
}

func (k *Kit) keep(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: "gk_" + name, Value: value, Path: "/", MaxAge: int(keepPreference.Seconds()),
		HttpOnly: true, Secure: k.secure, SameSite: http.SameSiteLaxMode,
	})
}

// preference gives what somebody chose, else the usual value.
func preference(r *http.Request, name string) string {
	if c, err := r.Cookie("gk_" + name); err == nil && slices.Contains(allowed[name], c.Value) {
		return c.Value
	}
	return allowed[name][0]
}

// preferredLang is the language chosen, else English for a browser that asks for
// it and not for Chinese, else Chinese. A screen in a hall is no visitor of its own.
func preferredLang(r *http.Request) locale.Lang {
	if _, err := r.Cookie("gk_" + langName); err == nil {
		return locale.Lang(preference(r, langName))
	}
	asked := strings.ToLower(r.Header.Get("Accept-Language"))
	if frameAt(r.URL.Path) != Board && strings.HasPrefix(asked, "en") && !strings.Contains(asked, "zh") {
		return locale.English
	}
	return locale.Chinese
}

// SetLang keeps a language for somebody who has chosen it in the account.
func (k *Kit) SetLang(w http.ResponseWriter, lang locale.Lang) {
	if slices.Contains(allowed[langName], string(lang)) {
		k.keep(w, langName, string(lang))
	}
}

// preferLink gives this page with a preference changed.
func preferLink(r *http.Request, name, value string) string {
	query := r.URL.Query()
	query.Set(name, value)
	return r.URL.EscapedPath() + "?" + query.Encode()
}

// LangLink leads to the page in a language.
type LangLink struct {
	Lang  locale.Lang
	Label string
	Path  string
	Here  bool
}

func langLinks(r *http.Request) []LangLink {
	links := []LangLink{{Lang: locale.Chinese, Label: "中文"}, {Lang: locale.English, Label: "English"}}
	for i := range links {
		links[i].Path, links[i].Here = preferLink(r, langName, string(links[i].Lang)), links[i].Lang == Lang(r)
	}
	return links
}

// nextTheme is what a click on the theme leads to.
func nextTheme(theme string) string {
	values := allowed[themeName]
	return values[(slices.Index(values, theme)+1)%len(values)]
}
