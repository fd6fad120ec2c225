package deed

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// Values is what was typed into a form. What is no day or number is told beside its
// field.
type Values struct {
	url.Values
	First bool // nothing was sent yet
	Wrong errs.Fields
	Files map[string][]File // by field
}

// NewValues gives those of a form to which nothing was sent yet.
func NewValues(asked url.Values) *Values {
	return &Values{Values: asked, First: true, Files: map[string][]File{}}
}

// Text gives what was typed without the blanks around it.
func (v *Values) Text(name string) string { return strings.TrimSpace(v.Get(name)) }

// Yes tells whether a box was ticked.
func (v *Values) Yes(name string) bool { return v.Get(name) != "" }

// Day reads a day that must be there.
func (v *Values) Day(name string) calendar.Date {
	if v.Text(name) == "" {
		v.Wrong.Add(name, "请填写日期，如 2026-11-22。")
		return calendar.Date{}
	}
	return v.DayOrNone(name)
}

// DayOrNone reads a day that may be left out.
func (v *Values) DayOrNone(name string) calendar.Date {
	if v.Text(name) == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(v.Text(name))
	if err != nil {
		v.Wrong.Add(name, "%s", errs.Public(err))
	}
	return d
}

// Number reads a whole number that is not negative; nothing is 0.
func (v *Values) Number(name string) int {
	if v.Text(name) == "" {
		return 0
	}
	n, err := strconv.Atoi(v.Text(name))
	if err != nil || n < 0 {
		v.Wrong.Add(name, "请填写整数，如 15。")
	}
	return n
}

// Must demands a text and says what it is for.
func (v *Values) Must(name, sentence string) string {
	if v.Text(name) == "" {
		v.Wrong.Add(name, "%s", sentence)
	}
	return v.Text(name)
}

// Short demands that a text has at most so many characters.
func (v *Values) Short(name string, most int) string {
	if n := len([]rune(v.Text(name))); n > most {
		v.Wrong.Add(name, "太长，现有%d个字，不超过%d个字。", n, most)
	}
	return v.Text(name)
}

// Err gives what is wrong with what was typed; nil for nothing.
func (v *Values) Err() error { return v.Wrong.Err() }

// Keep adds a file to a field; a later one of the same name takes the place of the
// earlier.
func (v *Values) Keep(field string, f File) { v.keep(field, f, true) }

func (v *Values) keep(field string, f File, single bool) {
	all := v.Files[field]
	if i := slices.IndexFunc(all, func(o File) bool { return o.Name == f.Name }); single && i >= 0 {
		all[i] = f
		return
	}
	v.Files[field] = append(all, f)
}

// Fill puts what was typed, and the files that came, into a form.
func (v *Values) Fill(form *web.Form) {
	form.Fill(v.Values)
	form.Keep(v.kept())
}

// kept gives the files that came with the form, so that they need not be chosen
// again when something else is wrong.
func (v *Values) kept() []web.Kept {
	var all []web.Kept
	for field, files := range v.Files {
		for _, f := range files {
			all = append(all, web.Kept{Field: field, Value: f.Hash + "/" + f.Name, Name: f.Name})
		}
	}
	return all
}
