package web

import (
	"net/http"
	"strings"
)

// CountRead counts that somebody reads a document. Nothing of the visitor is kept or
// looked at but what programs say of themselves: those that only fetch pages, and pages
// that a browser fetches in advance or has already, are not counted.
func (k *Kit) CountRead(r *http.Request, id string) {
	if note := readingIn(r.Context()); note != nil {
		note.read = id // counted when the page is shown
		return
	}
	if k.Reads == nil || r.Method != http.MethodGet || r.Header.Get("If-None-Match") != "" || r.Header.Get("Sec-Purpose") != "" || Actor(r).SignedIn() {
		return
	}
	agent := strings.ToLower(r.UserAgent())
	for _, word := range []string{"bot", "spider", "crawl", "curl", "wget", "python", "java/", "go-http"} {
		if strings.Contains(agent, word) {
			return
		}
	}
	if agent != "" {
		k.Reads(id)
	}
}
