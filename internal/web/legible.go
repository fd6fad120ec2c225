package web

import (
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/errs"
)

// text gives what is text: valid UTF-8 without the character 0, which PostgreSQL
// does not take. What is none becomes U+FFFD.
func text(s string) string {
	const none = "\uFFFD"
	return strings.ReplaceAll(strings.ToValidUTF8(s, none), "\x00", none)
}

// legible gives the request without values in its query that are no text. A path
// that is none leads nowhere.
func legible(r *http.Request) (*http.Request, error) {
	if text(r.URL.Path) != r.URL.Path {
		return r, errs.New(errs.NotFound, "没有这个页面：地址中有不能识别的字符。")
	}
	query, changed := r.URL.Query(), false
	for name, values := range query {
		kept := slices.DeleteFunc(values, func(v string) bool { return text(v) != v })
		changed = changed || len(kept) < len(values)
		query[name] = kept
	}
	if changed {
		r = r.Clone(r.Context())
		r.URL.RawQuery = query.Encode()
	}
	return r, nil
}
