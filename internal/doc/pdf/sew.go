package pdf

import (
	"regexp"
	"strings"
)

// What a page break cuts is sewn together only where the print leaves no doubt
// about it; everything else stays as two rows, as printed.

// enumerated text begins a point of its own: 1. （一） 二、
var enumerated = regexp.MustCompile(`^\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[）)、.．])`)

// sewRow joins the row that a page break cut in the middle of its text: in the
// first row of the new page some cells go on where those above them stopped
// for want of room, and the others are empty. It answers whether it did.
func (t *openTable) sewRow(above, here []*placedCell, first int) bool {
	type seam struct{ upper, lower *placedCell }
	var single, spanning []seam
	for _, c := range here {
		if c.r0 != first {
			continue
		}
		upper := over(above, c, first)
		if upper == nil {
			return false
		}
		if c.r1 == first+1 {
			single = append(single, seam{upper, c})
		} else {
			spanning = append(spanning, seam{upper, c})
		}
	}
	goesOn, stopped := 0, 0
	for _, s := range single {
		switch {
		case s.lower.text != "" && !continues(s.upper, s.lower):
			return false
		case s.lower.text != "":
			goesOn++
		case s.upper.text != "":
			stopped++
		}
	}
	if goesOn == 0 || stopped == 0 {
		return false
	}
	for _, s := range spanning {
		if s.lower.text != "" && s.upper.text != "" && !continues(s.upper, s.lower) {
			return false
		}
	}
	for _, s := range append(single, spanning...) {
		s.upper.take(s.lower)
	}
	for _, s := range spanning {
		s.lower.text, s.lower.lines = "", nil
	}
	return true
}

// over is the cell of the same columns that ends where c begins.
func over(above []*placedCell, c *placedCell, row int) *placedCell {
	for _, a := range above {
		if a.r1 == row && a.c0 == c.c0 && a.c1 == c.c1 {
			return a
		}
	}
	return nil
}

// continues tells whether the text of lower can only be the rest of upper's.
func continues(upper, lower *placedCell) bool {
	if len(upper.lines) == 0 || enumerated.MatchString(lower.text) || strings.Trim(lower.text, "0123456789.,-/ ") == "" {
		return false
	}
	return joint(&upper.lines[len(upper.lines)-1], &lower.lines[0], upper.width) != "\n"
}

func (c *placedCell) take(rest *placedCell) {
	if len(rest.lines) == 0 {
		return
	}
	c.lines = append(c.lines[:len(c.lines):len(c.lines)], rest.lines...)
	c.text = joined(c.lines, c.width)
}

// withoutRow takes a row out: cells of that row alone go, others get shorter.
func withoutRow(cells []*placedCell, row int) []*placedCell {
	var kept []*placedCell
	for _, c := range cells {
		if c.r0 == row && c.r1 == row+1 {
			continue
		}
		if c.r0 > row {
			c.r0--
		}
		c.r1--
		kept = append(kept, c)
	}
	return kept
}

// sewSpans joins cells over several rows that a page break cut in two: of the
// same columns, one of the halves without text. It gives back the cells that
// were not joined to one above.
func sewSpans(above, here []*placedCell, first int) []*placedCell {
	var kept []*placedCell
	for _, c := range here {
		upper := over(above, c, first)
		spans := upper != nil && (upper.r1-upper.r0 > 1 || c.r1-c.r0 > 1)
		if c.r0 != first || !spans || upper.text != "" && c.text != "" {
			kept = append(kept, c)
			continue
		}
		upper.r1 = c.r1
		upper.take(c)
	}
	return kept
}
