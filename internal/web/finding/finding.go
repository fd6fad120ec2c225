// Package finding makes the page of a check: one HTML file that a supervisor
// can send back to the organs below. It shows a summary by organ, then for each
// report its three tables as in the prescribed form with the wrong cells
// marked, and beside each table what was found there: the rule and its norm,
// what stands, what was expected with the arithmetic, and how to mend it. A mark
// in a cell leads to its finding and back.
//
// The file needs nothing else: no script, no font, no picture, no other host.
// It prints, it reads on a phone, and a state is never told by colour alone.
//
// Start at Write. grid.go lays the form's tables out, view.go puts marks and
// findings to them, page.tmpl and page.css are what is seen. The page decides
// nothing: what is wrong was said by annual/check.
package finding

import (
	"bufio"
	"embed"
	"html/template"
	"io"
	"iter"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
)

//go:embed page.tmpl page.css
var files embed.FS

// Page is one report with what was found in it.
type Page struct {
	Number int // position in the summary, from 1; the page's anchors are made of it
	Report *annual.Report
	Result *check.Result
}

// Line is one report in the summary.
type Line struct {
	Number  int
	File    string
	Organ   string // "" where it is not known or the file could not be read
	Year    int    // 0 where it is not known
	Failure string // why the file could not be read; "" if it was

	Errors, Warnings, Infos, NotAssessable, Doubts int

	Shown bool // a page for it follows
}

// LineOf counts what was found in a report.
func LineOf(number int, res *check.Result) Line {
	return Line{
		Number: number, File: res.File, Organ: res.Organ, Year: res.Year,
		Errors: res.Count(rule.Error), Warnings: res.Count(rule.Warning), Infos: res.Count(rule.Info),
		NotAssessable: len(res.NotAssessable), Doubts: len(res.Doubts),
	}
}

// Clean tells whether there is nothing to say about the report.
func (l Line) Clean() bool {
	return l.Failure == "" && l.Errors+l.Warnings+l.Infos+l.NotAssessable+l.Doubts == 0
}

// Write writes the whole page. The pages are drawn one after the other and not
// kept, so that a check of thousands of reports does not fill the memory.
func Write(w io.Writer, lang locale.Lang, summary []Line, pages iter.Seq[Page]) error {
	say := locale.Load(lang)
	t, err := parse(say)
	if err != nil {
		return err
	}
	css, err := files.ReadFile("page.css")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	err = t.Execute(out, pageData{
		Lang:  string(lang),
		Style: template.CSS(css), //nolint:gosec // our own file
		Lines: summary,
		Total: total(summary),
		Pages: func(yield func(*reportView) bool) {
			for p := range pages {
				if !yield(viewOf(say, p)) {
					return
				}
			}
		},
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

type pageData struct {
	Lang  string
	Style template.CSS
	Lines []Line
	Total totals
	Pages iter.Seq[*reportView]
}

// totals are the figures at the head of the page.
type totals struct {
	Reports, Faulty, Unreadable             int
	Errors, Warnings, NotAssessable, Doubts int
}

func total(lines []Line) totals {
	t := totals{Reports: len(lines)}
	for _, l := range lines {
		if l.Failure != "" {
			t.Unreadable++
		}
		if l.Errors > 0 {
			t.Faulty++
		}
		t.Errors += l.Errors
		t.Warnings += l.Warnings
		t.NotAssessable += l.NotAssessable
		t.Doubts += l.Doubts
	}
	return t
}

func parse(say *locale.Catalogue) (*template.Template, error) {
	return template.New("page.tmpl").Funcs(template.FuncMap{
		"t": func(key string, args ...any) string { return say.T(key, args...) },
	}).ParseFS(files, "page.tmpl")
}
