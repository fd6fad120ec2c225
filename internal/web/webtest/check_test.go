package webtest

import (
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"gongkai/internal/web"
)

var quiet = slog.New(slog.DiscardHandler)

type page struct{ Words string }

func TestTemplateFaults(t *testing.T) {
	frame := func(name string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{{define "frame/` + name + `"}}<h1>{{.Title}}</h1>{{template "main" .}}{{end}}`)}
	}
	pages, err := web.NewPages(fstest.MapFS{
		"templates/frame/portal.html": frame("portal"), "templates/frame/desk.html": frame("desk"),
		"templates/frame/admin.html": frame("admin"), "templates/frame/bare.html": frame("bare"),
		"templates/part/none.html":    {Data: []byte(`{{define "none"}}{{end}}`)},
		"templates/bare/problem.html": {Data: []byte(`{{define "main"}}{{.Data.Sentence}}{{end}}`)},
		"templates/portal/good.html":  {Data: []byte(`{{define "main"}}{{.Data.Words}}{{end}}`)},
		"templates/portal/wrong.html": {Data: []byte(`{{define "main"}}{{.Data.Word}}{{end}}`)},
		"templates/portal/lost.html":  {Data: []byte(`{{define "main"}}{{end}}`)},
		"templates/portal/mail.html":  {Data: []byte(`{{define "main"}}{{end}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var shows []web.Checked
	for _, name := range []string{"portal/good", "portal/wrong", "portal/gone"} {
		shows = append(shows, web.Define[page](name))
	}
	wrong := templateFaults(pages, []web.Route{{Method: "GET", Path: "/a", Frame: web.Portal, Shows: shows}}, []string{"portal/mail"})
	text := strings.Join(wrong, "\n")
	for _, want := range []string{"portal/wrong: ", "Word", "GET /a shows portal/gone: there is no such template", "template portal/lost is shown by no route"} {
		if !strings.Contains(text, want) {
			t.Errorf("not found: %s in\n%s", want, text)
		}
	}
	if len(wrong) != 3 {
		t.Errorf("%d faults:\n%s", len(wrong), text)
	}
}
