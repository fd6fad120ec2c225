package web

import (
	"cmp"
	"net/http"
	"strings"
)

// Origin gives the address of the site without a slash at the end: as it is configured,
// else that of the visit.
func Origin(r *http.Request, configured string) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return cmp.Or(strings.TrimSuffix(configured, "/"), scheme+"://"+r.Host)
}
