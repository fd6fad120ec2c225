package cli

import (
	"gongkai/internal/errs"
	"gongkai/internal/web/finding"
)

// wholePages is up to how many reports the page shows all; of more it shows
// those in which something was found.
const wholePages = 30

// writeHTML writes the page of the check. The reports are checked twice, first
// for the summary at the head, then one by one as their pages are written, so
// that no more than a few are in memory.
func (b *batch) writeHTML(out outputFile, sum *tally) error {
	var lines []finding.Line
	if err := b.check(func(c *checked) error {
		sum.add(c)
		number := len(lines) + 1
		if c.err != nil {
			lines = append(lines, finding.Line{Number: number, File: c.file, Failure: errs.Public(c.err)})
			return nil
		}
		line := finding.LineOf(number, c.result)
		line.Shown = len(b.files) <= wholePages || !line.Clean()
		lines = append(lines, line)
		return nil
	}); err != nil {
		return err
	}
	var failed error
	pages := func(yield func(finding.Page) bool) {
		for i := range lines {
			if !lines[i].Shown {
				continue
			}
			c := b.one(i)
			if failed = c.err; failed != nil || b.a.ctx.Err() != nil {
				return
			}
			if !yield(finding.Page{Number: lines[i].Number, Report: c.report, Result: c.result}) {
				return
			}
		}
	}
	if err := finding.Write(out, b.a.say.Lang, lines, pages); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	return b.a.ctx.Err()
}
