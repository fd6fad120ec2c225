package documents

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// values is what was typed into a form. What is no day or number is told beside its
// field.
type values struct {
	url.Values
	first bool // nothing was sent yet
	wrong errs.Fields
	files map[string][]publish.File // by field
}

// readForm reads a form that was sent and keeps its files; those that the document
// has may be named again.
func (p Pages) readForm(r *http.Request, have ...publish.File) (*values, error) {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return nil, err
	}
	v := &values{Values: typed, files: map[string][]publish.File{}}
	return v, p.keepFiles(r, v, have)
}

func (v *values) said(name string) string { return strings.TrimSpace(v.Get(name)) }

// day reads a day that must be there.
func (v *values) day(name string) calendar.Date {
	if v.said(name) == "" {
		v.wrong.Add(name, "请填写日期，如 2026-11-22。")
		return calendar.Date{}
	}
	return v.dayOrNone(name)
}

// dayOrNone reads a day that may be left out.
func (v *values) dayOrNone(name string) calendar.Date {
	if v.said(name) == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(v.said(name))
	if err != nil {
		v.wrong.Add(name, "%s", errs.Public(err))
	}
	return d
}

// number reads a whole number that is not negative; nothing is 0.
func (v *values) number(name string) int {
	if v.said(name) == "" {
		return 0
	}
	n, err := strconv.Atoi(v.said(name))
	if err != nil || n < 0 {
		v.wrong.Add(name, "请填写整数，如 15。")
	}
	return n
}

// must demands a text and says what it is for.
func (v *values) must(name, sentence string) string {
	if v.said(name) == "" {
		v.wrong.Add(name, "%s", sentence)
	}
	return v.said(name)
}

func (v *values) err() error { return v.wrong.Err() }

// kept gives the files that came with the form, so that they need not be chosen
// again when something else is wrong.
func (v *values) kept() []web.Kept {
	var all []web.Kept
	for field, files := range v.files {
		for _, f := range files {
			all = append(all, web.Kept{Field: field, Value: f.Hash + "/" + f.Name, Name: f.Name})
		}
	}
	return all
}
