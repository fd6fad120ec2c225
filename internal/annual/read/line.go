package read

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
)

// line is a printed line, a paragraph or a table row: whatever the source has as
// its smallest unit in reading order.
type line struct {
	text   string // as printed; cells of a row joined by a full-width blank
	folded string
	cells  []piece // of a table row; nil for text
	pieces []piece // of text with positions
	table  int     // number of the table in the source, 0 for text
	part   int     // prescribed part it stands in
	head   bool    // is the heading of that part
	used   bool    // belongs to one of the three tables
	style  doc.Style
	place  doc.Place
}

// piece is a cell, or a stretch of text with its extent.
type piece struct {
	text   string
	x0, x1 float64
	place  doc.Place
}

// linesOf flattens a document. Paragraphs are split at their line breaks, and
// where the whole report stands on one line, before its headings.
func linesOf(d *doc.Doc) []line {
	var lines []line
	for i := range d.Blocks {
		switch b := &d.Blocks[i]; {
		case b.Para != nil:
			lines = appendPara(lines, b.Para)
		case b.Table != nil:
			lines = appendTable(lines, b.Table, d.Format == doc.PDF)
		}
	}
	return lines
}

func appendPara(lines []line, p *doc.Para) []line {
	if len(p.Spans) > 1 && utf8.RuneCountInString(p.Text) < longLine {
		l := line{text: strings.TrimSpace(p.Text), style: p.Style, place: p.Place}
		for _, s := range p.Spans {
			l.pieces = append(l.pieces, piece{s.Text, s.X0, s.X1, p.Place})
		}
		l.folded = fold(l.text)
		return append(lines, l)
	}
	for text := range strings.SplitSeq(p.Text, "\n") {
		for _, text := range splitAtHeadings(text) {
			text = strings.TrimSpace(text)
			if text == "" {
				continue
			}
			l := line{text: text, folded: fold(text), style: p.Style, place: p.Place}
			l.pieces = []piece{{text: text, place: p.Place}}
			if len(p.Spans) == 1 {
				l.pieces[0].x0, l.pieces[0].x1 = p.Spans[0].X0, p.Spans[0].X1
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// longLine is how many characters a line must have before it is taken for a
// whole report on one line.
const longLine = 300

var headingInside = regexp.MustCompile(`[一二三四五六1-6][、.．]\s*(?:总体情况|主动公开政府信息情况|收到和处理政府信息公开申请(?:的)?情况|(?:因)?政府信息公开(?:工作被申请)?行政复议(?:[、和及与]|以及)(?:提起)?行政诉讼(?:的)?情况|(?:政府信息公开工作)?存在的?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)|其他需要报告的事项)`)

// tableInside finds where a table begins on such a line.
var tableInside = regexp.MustCompile(`第二十条\s*第\s*[（(]一[）)]\s*项|[（(]本列数据的勾稽|行政复议\s*(?:行政诉讼\s*)?结果\s*维持`)

func splitAtHeadings(s string) []string {
	if utf8.RuneCountInString(s) < longLine {
		return []string{s}
	}
	found := headingInside.FindAllStringIndex(s, -1)
	if len(found) < 2 {
		return []string{s}
	}
	var out []string
	at := 0
	for _, f := range found {
		out = append(append(out, splitAtTable(s[at:f[0]])...), s[f[0]:f[1]])
		at = f[1]
	}
	return append(out, splitAtTable(s[at:])...)
}

func splitAtTable(s string) []string {
	if f := tableInside.FindStringIndex(s); f != nil {
		return []string{s[:f[0]], s[f[0]:]}
	}
	return []string{s}
}

func appendTable(lines []line, t *doc.Table, wrapped bool) []line {
	for i := range t.Rows {
		row := &t.Rows[i]
		l := line{table: max(t.Place.Table, 1), place: row.Place}
		if l.place.Table == 0 {
			l.place.Table, l.place.Row = t.Place.Table, i+1
		}
		var texts []string
		var nested []doc.Table
		for k := range row.Cells {
			c := &row.Cells[k]
			text := c.Text
			if wrapped {
				text = joinDigits(text)
			}
			l.cells = append(l.cells, piece{text: text, x0: float64(c.Col), x1: float64(c.Col + c.ColSpan), place: c.Place})
			if s := strings.TrimSpace(c.Text); s != "" {
				texts = append(texts, s)
			}
			nested = append(nested, c.Nested...)
		}
		l.text = strings.Join(texts, "　")
		l.folded = fold(l.text)
		if len(texts) == 1 && !isFigure(texts[0]) && (headingPart(l.folded) > 0 || isSentence(texts[0])) {
			// Text that somebody set as a row of the table, as spreadsheets have it.
			for _, text := range splitAtHeadings(texts[0]) {
				lines = appendPara(lines, &doc.Para{Text: text, Place: l.place})
			}
		} else if len(texts) > 0 || len(l.cells) > 0 {
			lines = append(lines, l)
		}
		for n := range nested {
			lines = appendTable(lines, &nested[n], wrapped)
		}
	}
	return lines
}

// joinDigits joins a figure that a PDF shows on two lines of one ruled cell: the
// column was too narrow for it.
func joinDigits(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	if joined := strings.ReplaceAll(s, "\n", ""); strings.Trim(joined, "0123456789.") == "" {
		return joined
	}
	return s
}

var yearInside = regexp.MustCompile(`\d{4}\s*年`)

// isSentence tells running text from labels: the form's labels have no full
// stop and name no year.
func isSentence(s string) bool {
	return strings.ContainsAny(s, "。；！？") || yearInside.MatchString(s) && strings.ContainsAny(s, "，：")
}

var (
	numberPrefix = regexp.MustCompile(`^(?:第?[一二三四五六七八九十1-9]+(?:部分)?[、.,:]?|[一二三四五六七八九十1-9]、)`)
	headingWords = [...]*regexp.Regexp{
		1: regexp.MustCompile(`^(?:政府信息公开工作)?总体情况$|^概述$`),
		2: regexp.MustCompile(`^(?:行政机关)?主动公开政府信息(?:的)?情况`),
		3: regexp.MustCompile(`^(?:行政机关)?收到(?:和|及|并)?处理政府信息公开申请(?:的)?情况`),
		4: regexp.MustCompile(`^(?:因)?政府信息公开.{0,10}行政(?:复议|法复议|复仪).{0,8}(?:行政)?诉讼.{0,6}$`),
		5: regexp.MustCompile(`^(?:政府信息公开工作|工作)?(?:中)?存在(?:的)?(?:主要)?问题(?:及|和|与|以及|、).{2,12}$|^主要问题(?:及|和|与)改进.{2,6}$`),
		6: regexp.MustCompile(`^其他(?:需要|需)报告(?:的)?事项`),
	}
)

// headingPart tells which of the six parts a folded line is the heading of, 0
// for none. Wording varies (14-published-report-variants); numbering may be
// missing or wrong.
func headingPart(folded string) int {
	if len(folded) > 120 || strings.ContainsAny(folded, "。;") || strings.HasPrefix(folded, "(") {
		return 0
	}
	words := strings.TrimRight(numberPrefix.ReplaceAllString(folded, ""), ".:、")
	if !strings.ContainsAny(words, "情况问题事项概述") {
		return 0
	}
	for part := 1; part < len(headingWords); part++ {
		if headingWords[part].MatchString(words) {
			return part
		}
	}
	return 0
}

// markParts finds the headings and tells every line its part.
func markParts(lines []line) {
	type found struct{ line, part int }
	var all []found
	for i := range lines {
		if lines[i].cells != nil {
			continue
		}
		if p := headingPart(lines[i].folded); p > 0 {
			all = append(all, found{i, p})
		}
	}
	// A table of contents is a run of headings with nothing between them.
	for len(all) >= 8 && all[3].line-all[0].line <= 5 && all[0].part < all[3].part {
		n := 1
		for n < len(all) && all[n].line-all[n-1].line <= 1 {
			n++
		}
		if n < 4 {
			break
		}
		all = all[n:]
	}
	seen := [7]bool{}
	part, next := 0, 0
	for i := range lines {
		if next < len(all) && all[next].line == i {
			if p := all[next].part; !seen[p] {
				seen[p], part, lines[i].head = true, p, true
			}
			next++
		}
		lines[i].part = part
	}
}
