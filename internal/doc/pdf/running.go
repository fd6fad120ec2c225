package pdf

import (
	"regexp"
	"strings"

	"gongkai/internal/doc"
)

// Where page numbers and running text stand, as parts of the page's height.
const (
	numberMargin  = 0.12  // page numbers, from the upper or lower edge
	runningMargin = 0.085 // repeated headers and footers
	fewestRepeats = 3     // pages on which a running text must stand
)

// pageNumber is what printed page numbers look like without blanks: 3, -3-,
// — 3 —, 第3页, 第3页共5页, 3/5, Page3of5.
var pageNumber = regexp.MustCompile(`^(?:[-－–—―─‐‑·•~～_|]*\d{1,4}[-－–—―─‐‑·•~～_|]*|第?\d{1,4}页?[/／，,、|]?(?:共?\d{1,4}页)|第\d{1,4}页|\d{1,4}[/／]\d{1,4}|[Pp]age\d{1,4}(?:of\d{1,4})?)$`)

var digits = regexp.MustCompile(`\d+`)

// takeRunningText moves page numbers and repeated headers and footers out of
// the pages into notices.
func (a *assembler) takeRunningText(read []page, pages [][]pageBlock) {
	repeated := map[string]int{}
	for i, blocks := range pages {
		seen := map[string]bool{}
		for _, b := range blocks {
			if key := runningKey(b, read[i].height); key != "" && !seen[key] {
				seen[key] = true
				repeated[key]++
			}
		}
	}
	for i, blocks := range pages {
		height := read[i].height
		kept := blocks[:0:0]
		for k, b := range blocks {
			edge := k == 0 || k == len(blocks)-1
			key := runningKey(b, height)
			running := key != "" && repeated[key] >= fewestRepeats && 2*repeated[key] > len(pages)
			if running || edge && isPageNumber(b, height) {
				a.beside = append(a.beside, b.line.glyphs)
				a.notice(doc.PageNumber, b.line.text(), doc.Place{Page: i + 1})
				continue
			}
			kept = append(kept, b)
		}
		pages[i] = kept
	}
}

func isPageNumber(b pageBlock, height float64) bool {
	if b.line == nil || !nearEdge(b.line, height, numberMargin) {
		return false
	}
	return pageNumber.MatchString(strings.ReplaceAll(b.line.text(), " ", ""))
}

// runningKey is the text of a line in the margin without its numbers, so that
// the same header on two pages has one key; "" elsewhere.
func runningKey(b pageBlock, height float64) string {
	if b.line == nil || !nearEdge(b.line, height, runningMargin) {
		return ""
	}
	return digits.ReplaceAllString(strings.ReplaceAll(b.line.text(), " ", ""), "#")
}

func nearEdge(l *line, height, part float64) bool {
	return l.base < part*height || l.base-l.em/2 > (1-part)*height
}
