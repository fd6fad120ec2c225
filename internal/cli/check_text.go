package cli

import (
	"fmt"
	"io"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// checkText writes the results for a person: a paragraph for each report, the
// gravest first, and a summary at the end.
type checkText struct {
	a      *app
	w      io.Writer
	colour bool
}

// look is how a severity is shown: never by its colour alone.
type look struct {
	icon, key, colour string
}

func lookOf(s rule.Severity) look {
	switch s {
	case rule.Error:
		return look{"✗", "severity.error", "31"}
	case rule.Warning:
		return look{"!", "severity.warning", "33"}
	default:
		return look{"i", "severity.info", "36"}
	}
}

func (t *checkText) paint(code, s string) string {
	if !t.colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (t *checkText) add(c *checked) error {
	var b strings.Builder
	if c.err != nil {
		fmt.Fprintf(&b, "%s\n  %s %s\n\n", c.file, t.paint("31", "✗ "+t.a.say.T("check.unreadable")), errs.Public(c.err))
		_, err := io.WriteString(t.w, b.String())
		return err
	}
	r := c.result
	fmt.Fprintln(&b, t.paint("1", t.a.say.T("check.title", r.File, t.a.organ(r.Organ), t.a.year(r.Year))))
	if len(r.Findings) == 0 {
		fmt.Fprintln(&b, "  "+t.paint("32", "✓ "+t.a.say.T("check.clean")))
	}
	for i := range r.Findings {
		t.finding(&b, c.report.Form, &r.Findings[i])
	}
	for _, n := range r.NotAssessable {
		where := whereLabel(c.report.Form, n.Where)
		fmt.Fprintf(&b, "  – %s %s%s%s\n", t.a.say.T("check.not.assessable"), n.Rule+" ", where, n.Reason)
	}
	for _, d := range r.Doubts {
		fmt.Fprintf(&b, "  ? %s %s\n", t.a.say.T("check.doubt"), doubtLine(c.report.Form, d))
	}
	fmt.Fprintln(&b)
	_, err := io.WriteString(t.w, b.String())
	return err
}

func (t *checkText) finding(b *strings.Builder, form *annual.Form, f *rule.Finding) {
	l := lookOf(f.Severity)
	fmt.Fprintf(b, "  %s %s %s\n", t.paint(l.colour, l.icon+" "+t.a.say.T(l.key)), f.Rule, f.Message)
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "      %s%s\n", t.a.say.T(key), strings.ReplaceAll(value, "\n", "\n      "))
		}
	}
	line("check.where", strings.TrimSuffix(whereLabel(form, f.Where), "：")+placeNote(f))
	line("check.actual", f.Actual)
	line("check.expected", f.Expected)
	line("check.fix", f.Fix)
	line("check.cite", f.Cite)
}

// whereLabel names a place in the form as a person would, with a colon after
// it; "" where a finding is about the whole report.
func whereLabel(form *annual.Form, w rule.Where) string {
	switch {
	case w.Table == "":
		return ""
	case w.Table == "text":
		if w.Row == "" {
			return "正文："
		}
		return "第" + w.Row + "部分："
	case w.Row == "":
		return tableName(w.Table) + "："
	}
	return tableName(w.Table) + " " + form.Label(annual.Ref{Table: w.Table, Row: w.Row, Column: w.Column}) + "："
}

func placeNote(f *rule.Finding) string {
	if place := f.Place.String(); place != "" {
		return "（" + place + "）"
	}
	return ""
}

func (t *checkText) end(sum *tally) error {
	say := t.a.say
	fmt.Fprintln(t.w, say.T("check.summary", sum.files, sum.files-sum.unreadable, sum.unreadable, sum.faulty))
	_, err := fmt.Fprintln(t.w, say.T("check.counts", sum.errors, sum.warnings, sum.infos, sum.notAssessable, sum.doubts))
	if sum.passed > 0 {
		_, err = fmt.Fprintln(t.w, say.T("check.passed", sum.passed))
	}
	return err
}
