package publish

import (
	"regexp"
	"strings"
	"unicode"

	"gongkai/internal/doc"
)

// The text of a document is kept as lines, one a paragraph, so that it can be
// typed, compared and searched. What a paragraph is stands before it:
//
//	# 一、…     ## （一）…     ### 1. …      headings
//	> 青川旗人民政府                         signature and date, at the right
//	| 项目 | 金额 |                          a row of a table
//	| --- | --- |                            under the first rows: those are the header
//
// A backslash before a paragraph keeps its first sign; in cells \| is a bar and \n
// a new line. A cell that says no more than < belongs to the one at its left, ^ to the
// one above (table.go).

var (
	headingMarks = []struct {
		mark  string
		style doc.Style
	}{{"### ", doc.Heading3}, {"## ", doc.Heading2}, {"# ", doc.Heading1}}
	rule    = regexp.MustCompile(`^\|( *:?-+:? *\|)+$`)
	dateing = regexp.MustCompile(`^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$`)
)

// Parse reads a text.
func Parse(text string) *doc.Doc {
	d := &doc.Doc{}
	var rows []string
	flush := func() {
		if len(rows) > 0 {
			d.AddTable(tableOf(rows))
			rows = nil
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if strings.HasPrefix(line, "|") && len(line) > 1 {
			rows = append(rows, line)
			continue
		}
		flush()
		if p, ok := paragraph(line); ok {
			d.AddPara(p.Style, p.Text)
		}
	}
	flush()
	return d
}

func paragraph(line string) (doc.Para, bool) {
	for _, h := range headingMarks {
		if rest, ok := strings.CutPrefix(line, h.mark); ok {
			rest = trim(rest)
			return doc.Para{Style: h.style, Text: rest}, rest != ""
		}
	}
	if rest, ok := strings.CutPrefix(line, "> "); ok {
		rest = trim(rest)
		if dateing.MatchString(rest) {
			return doc.Para{Style: doc.Date, Text: rest}, true
		}
		return doc.Para{Style: doc.Signature, Text: rest}, rest != ""
	}
	line = trim(strings.TrimPrefix(line, `\`))
	return doc.Para{Text: line}, line != ""
}

// trim takes away what indents a paragraph, and signs that nobody sees.
func trim(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}

// cellText trims every line of a cell.
func cellText(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = trim(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Print writes what Parse reads.
func Print(d *doc.Doc) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Table != nil {
			printTable(&b, block.Table)
			continue
		}
		for line := range strings.SplitSeq(block.Para.Text, "\n") {
			printPara(&b, block.Para.Style, trim(line))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func printPara(b *strings.Builder, style doc.Style, text string) {
	if text == "" {
		return
	}
	mark := ""
	for _, h := range headingMarks {
		if h.style == style {
			mark = h.mark
		}
	}
	switch {
	case mark != "":
	case style == doc.Signature || style == doc.Date:
		mark = "> "
	case strings.HasPrefix(text, "#") || strings.HasPrefix(text, ">") || strings.HasPrefix(text, "|") || strings.HasPrefix(text, `\`):
		mark = `\`
	}
	b.WriteString(mark + text + "\n")
}

// Tidy gives a text as Print writes it, so that the same text always has the same
// digest.
func Tidy(text string) string { return Print(Parse(text)) }

// Plain gives the words of a text without any marks, a line for each paragraph and
// row: for the search, and for the release guard.
func Plain(text string) string {
	var lines []string
	for _, block := range Parse(text).Blocks {
		if block.Para != nil {
			lines = append(lines, block.Para.Text)
			continue
		}
		for _, row := range block.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	return strings.Join(lines, "\n")
}
