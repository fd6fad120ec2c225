package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"regexp"

	"gongkai/internal/annual"
)

// reportReadCmd is gongkai report read: what stands in a report, figure by
// figure.
type reportReadCmd struct {
	Files  []string `arg:"" name:"FILE" help:"arg.read.files"`
	JSON   bool     `name:"json" help:"flag.read.json"`
	Places bool     `help:"flag.read.places"`
}

// readResult is a report or why there is none.
type readResult struct {
	report *annual.Report
	err    error
}

// Run reads the files and prints each report as soon as it is read, in order.
func (c *reportReadCmd) Run(a *app) error {
	files, _ := expand(c.Files)
	r := a.newReader()
	defer r.close()
	list := jsonList{w: a.stdout, single: len(files) == 1}
	step, done := a.progress(len(files), a.say.T("progress.reading"))
	failed := false
	err := ordered(a.ctx, len(files),
		func(ctx context.Context, i int) readResult {
			report, err := r.report(ctx, files[i])
			return readResult{report, err}
		},
		func(i int, res readResult) error {
			step()
			if res.err != nil {
				failed = true
				a.complain(files[i].path, res.err)
			}
			switch {
			case c.JSON && res.err == nil:
				text, err := res.report.JSON(c.Places)
				if err != nil {
					return err
				}
				return list.add(rawJSON(text))
			case c.JSON && !list.single:
				return list.add(failureOf(files[i].path, res.err))
			case res.err == nil:
				return a.printReport(a.stdout, res.report)
			}
			return nil
		})
	done()
	if err == nil && c.JSON {
		err = list.end()
	}
	if err == nil && failed {
		return exit(exitFailed)
	}
	return err
}

// jsonList writes a JSON array whose elements come one after the other; if it
// is to hold a single element, that stands alone without the array.
type jsonList struct {
	w      io.Writer
	single bool
	n      int
}

// scalarList finds a list of numbers in indented JSON: a row of a table, which
// reads better on one line. No string of JSON holds a line end.
var scalarList = regexp.MustCompile(`\[\n\s*(?:(?:-?\d+|null|"[^"\\\n]*"),\n\s*)*(?:-?\d+|null|"[^"\\\n]*")\n\s*\]`)

func onOneLine(list []byte) []byte {
	items := bytes.Split(bytes.Trim(list, "[]"), []byte(",\n"))
	for i := range items {
		items[i] = bytes.TrimSpace(items[i])
	}
	return append(append([]byte("["), bytes.Join(items, []byte(", "))...), ']')
}

func (l *jsonList) add(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if l.single {
		enc.SetIndent("", "  ")
	} else {
		enc.SetIndent("  ", "  ")
	}
	if err := enc.Encode(v); err != nil {
		return err
	}
	text := scalarList.ReplaceAllFunc(bytes.TrimRight(b.Bytes(), "\n"), onOneLine)
	before := ""
	switch {
	case l.single:
	case l.n == 0:
		before = "[\n  "
	default:
		before = ",\n  "
	}
	l.n++
	_, err := fmt.Fprintf(l.w, "%s%s", before, text)
	return err
}

func (l *jsonList) end() error {
	end := "\n]\n"
	switch {
	case l.single && l.n == 0:
		return nil
	case l.single:
		end = "\n"
	case l.n == 0:
		end = "[]\n"
	}
	_, err := io.WriteString(l.w, end)
	return err
}

// rawJSON is a text that is JSON already.
type rawJSON = json.RawMessage
