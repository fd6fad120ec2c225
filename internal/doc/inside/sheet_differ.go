package inside

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// mostCompared bounds how often cells are compared with merged areas and conditional
// formats, so that a hostile sheet costs little.
const mostCompared = 20_000_000

// merge marks the cells that lie under a merged one.
func (s *Sheet) merge(areas []area) {
	slices.SortFunc(areas, func(a, b area) int { return cmp.Compare(a.top, b.top) })
	var open []area
	next, compared := 0, 0
	for i := range s.Cells {
		c := &s.Cells[i]
		for ; next < len(areas) && areas[next].top <= c.Row; next++ {
			open = append(open, areas[next])
		}
		open = slices.DeleteFunc(open, func(a area) bool { return a.bottom < c.Row })
		if compared += len(open); compared > mostCompared {
			s.cut = true
			return
		}
		for _, a := range open {
			if a.holds(c.Row, c.Col) && (c.Row != a.top || c.Col != a.left) && c.State == SeenCell {
				c.State = MergedCell
			}
		}
	}
}

// conditional is a conditional format that may hide values.
type conditional struct {
	areas    []area
	kind     string // cellIs, expression …
	operator string
	formulas []string
	text     string
	differs  *difference
}

// conditionals reads the rules of an area.
func (r *sheetReader) conditionals() {
	var areas []area
	for _, ref := range strings.Fields(attr(r.s, "sqref")) {
		areas = append(areas, areaOf(ref))
	}
	for d := r.s.Depth(); r.s.Child(d); {
		c := conditional{areas: areas, kind: attr(r.s, "type"), operator: attr(r.s, "operator"), text: attr(r.s, "text"), differs: at(r.book.differences, attr(r.s, "dxfId"))}
		for d := r.s.Depth(); r.s.Child(d); {
			c.formulas = append(c.formulas, strings.TrimSpace(r.s.Content()))
		}
		if c.differs != nil {
			r.rules = append(r.rules, c)
		}
	}
}

// differ marks the cells that a conditional format hides.
func (r *sheetReader) differ() {
	if len(r.rules)*len(r.out.Cells) > mostCompared {
		r.out.cut = true
		return
	}
	usual := cellLook{ink: ink{colour: blackInk}, ground: whitePaper}
	for i := range r.rules {
		rule := &r.rules[i]
		for k := range r.out.Cells {
			c := &r.out.Cells[k]
			if c.State != SeenCell || !rule.holds(c) {
				continue
			}
			l := at(r.book.Styles, c.Style)
			if l == nil {
				l = &usual
			}
			if rule.differs.hides(*l, c) {
				c.State = PaleCell
			}
		}
	}
}

// holds tells whether a rule is met by a cell, as far as it can be told without
// counting its formula. What cannot be told is not met: the cell is looked at as
// what a reader sees.
func (c *conditional) holds(cell *SheetCell) bool {
	if !slices.ContainsFunc(c.areas, func(a area) bool { return a.holds(cell.Row, cell.Col) }) {
		return false
	}
	switch c.kind {
	case "expression":
		return len(c.formulas) > 0 && alwaysTrue(c.formulas[0])
	case "notContainsBlanks":
		return true
	case "containsText":
		return c.text != "" && strings.Contains(cell.Text, c.text)
	case "beginsWith":
		return c.text != "" && strings.HasPrefix(cell.Text, c.text)
	case "notContainsText":
		return c.text != "" && !strings.Contains(cell.Text, c.text)
	case "cellIs":
		return c.compares(cell)
	}
	return false
}

func (c *conditional) compares(cell *SheetCell) bool {
	var bounds [2]float64
	for i := range min(len(c.formulas), 2) {
		n, err := strconv.ParseFloat(c.formulas[i], 64)
		if err != nil {
			return c.operator == "equal" && strings.Trim(c.formulas[i], `"`) == cell.Text ||
				c.operator == "notEqual" && strings.HasPrefix(c.formulas[i], `"`) && strings.Trim(c.formulas[i], `"`) != cell.Text
		}
		bounds[i] = n
	}
	n, err := strconv.ParseFloat(cell.Text, 64)
	if err != nil || len(c.formulas) == 0 {
		return false
	}
	switch c.operator {
	case "equal":
		return n == bounds[0] && n != 0 // a zero that is not printed is no secret
	case "notEqual":
		return n != bounds[0]
	case "greaterThan":
		return n > bounds[0]
	case "greaterThanOrEqual":
		return n >= bounds[0]
	case "lessThan":
		return n < bounds[0]
	case "lessThanOrEqual":
		return n <= bounds[0]
	case "between":
		return len(c.formulas) > 1 && n >= bounds[0] && n <= bounds[1]
	}
	return false
}

// alwaysTrue tells formulas that hold for every cell, or for every one with a value.
func alwaysTrue(formula string) bool {
	formula = strings.ToUpper(strings.ReplaceAll(formula, " ", ""))
	switch formula {
	case "TRUE", "TRUE()", "1", "1=1", "ROW()>0", "COLUMN()>0":
		return true
	}
	if inner, ok := strings.CutPrefix(formula, "LEN("); ok {
		return strings.HasSuffix(inner, ")>0")
	}
	return strings.HasSuffix(formula, `<>""`) && !strings.ContainsAny(formula, "()=")
}
