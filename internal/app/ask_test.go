package app

import (
	"io"
	"net/http"
	"testing"
)

// answer is what the site answers to a program.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask asks as a program does that nobody has signed in to: it says what it wants in
// headers (name, value, name, value …), follows nowhere, and unpacks nothing.
func (s *site) ask(t *testing.T, method, path string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	resp, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}
