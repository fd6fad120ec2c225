package webtest

import (
	"fmt"
	"testing"

	"github.com/jba/templatecheck"

	"gongkai/internal/web"
)

// CheckTemplates fails for what is wrong between routes and templates: one that
// is named and not there, one that does not fit the type of its data, one that
// no route shows. always are shown beside the routes.
func CheckTemplates(tb testing.TB, pages *web.Pages, routes []web.Route, always ...string) {
	tb.Helper()
	for _, wrong := range templateFaults(pages, routes, always) {
		tb.Error(wrong)
	}
}

// templateFaults says what is wrong. A template is checked in every frame that
// it may stand in; the page of errors in all.
func templateFaults(pages *web.Pages, routes []web.Route, always []string) (wrong []string) {
	type place struct {
		name  string
		frame web.Frame
	}
	done, shown := map[place]bool{}, map[string]bool{}
	for _, name := range always {
		shown[name] = true
	}
	check := func(template web.Checked, frame web.Frame, by string) {
		at := place{template.Name(), frame}
		if done[at] {
			return
		}
		done[at], shown[at.name] = true, true
		page := pages.Parsed(at.name)
		if page == nil {
			wrong = append(wrong, fmt.Sprintf("%s shows %s: there is no such template", by, at.name))
			return
		}
		if err := templatecheck.CheckHTML(page.Lookup("frame/"+string(frame)), template.Sample()); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %v", at.name, err))
		}
	}
	for _, frame := range []web.Frame{web.Portal, web.Desk, web.Admin, web.Bare} {
		check(web.Problem(), frame, "every route")
	}
	for _, route := range routes {
		for _, template := range route.Shows {
			check(template, route.Frame, route.Method+" "+route.Path)
		}
	}
	for _, name := range pages.Names() {
		if !shown[name] {
			wrong = append(wrong, fmt.Sprintf("template %s is shown by no route", name))
		}
	}
	return wrong
}
