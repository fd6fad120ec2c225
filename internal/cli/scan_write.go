package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"gongkai/internal/errs"
	"gongkai/internal/guard"
)

// scanText writes the results for a person.
type scanText struct{ text *checkText }

func (t *scanText) add(s *scanned) error {
	var b strings.Builder
	say, paint := t.text.a.say, t.text.paint
	title := plainName(s.file)
	if s.copied != "" {
		title = say.T("scan.copied", title, plainName(s.copied))
	}
	fmt.Fprintln(&b, paint("1", title))
	switch {
	case s.err != nil:
		fmt.Fprintln(&b, "  "+paint("31", "✗ "+say.T("check.unreadable"))+" "+errs.Public(s.err))
	case len(s.result.Findings) == 0:
		fmt.Fprintln(&b, "  "+paint("32", "✓ "+say.T("check.clean")))
	default:
		for i := range s.result.Findings {
			f := &s.result.Findings[i]
			if f.Inside != "" {
				fmt.Fprintf(&b, "  › %s\n", plainName(f.Inside))
			}
			t.text.finding(&b, nil, &f.Finding)
		}
	}
	fmt.Fprintln(&b)
	_, err := io.WriteString(t.text.w, b.String())
	return err
}

// plainName is the name of a file without what would move the cursor of a terminal.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
}

func (t *scanText) end(sum *scanTally) error {
	say := t.text.a.say
	fmt.Fprintln(t.text.w, say.T("scan.summary", sum.files, sum.clean, sum.unreadable))
	_, err := fmt.Fprintln(t.text.w, say.T("scan.counts", sum.errors, sum.warnings, sum.infos))
	if sum.passed > 0 {
		_, err = fmt.Fprintln(t.text.w, say.T("scan.passed", sum.passed))
	}
	return err
}

// scanJSON writes the results as one JSON array. An element is a guard.Result,
// with the masked copy where there is one, or {"file","error":{"kind","message"}}.
type scanJSON struct{ list jsonList }

type resultJSON struct {
	*guard.Result
	Copy string `json:"copy,omitempty"`
}

func (w *scanJSON) add(s *scanned) error {
	if s.err != nil {
		return w.list.add(failureOf(s.file, s.err))
	}
	return w.list.add(resultJSON{s.result, s.copied})
}

func (w *scanJSON) end(*scanTally) error { return w.list.end() }

// scanSARIF writes the results as SARIF.
type scanSARIF struct{ sarif *sarif }

func (w *scanSARIF) add(s *scanned) error {
	if err := w.sarif.begin(); err != nil {
		return err
	}
	if s.err != nil {
		w.sarif.fail(s.file, s.err)
		return nil
	}
	for i := range s.result.Findings {
		f := &s.result.Findings[i]
		if err := w.sarif.result(s.file, &f.Finding, f.Inside); err != nil {
			return err
		}
	}
	return nil
}

func (w *scanSARIF) end(sum *scanTally) error { return w.sarif.finish(sum.unreadable == 0) }
