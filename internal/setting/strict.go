package setting

import (
	"slices"
	"strconv"
	"strings"
)

// Strictness says which of two values of a setting is the stricter. Settings
// that have none may be anything below, whatever holds above.
type Strictness int

// The ways to be strict.
const (
	NoneIsStricter            Strictness = iota
	HigherIsStricter                     // of numbers
	LowerIsStricter                      // of numbers
	LowerIsStricterZeroIsNone            // of numbers, but 0 is no rule at all
	MoreIsStricter                       // of choices: all that are chosen above, and perhaps others
)

// Laxer tells whether a value asks for less than another. Where values are
// choices, one may be laxer than the other and the other than the one.
func (d Definition) Laxer(value, than string) bool {
	a, b := number(value), number(than)
	switch d.Strict {
	case HigherIsStricter:
		return a < b
	case LowerIsStricter:
		return a > b
	case LowerIsStricterZeroIsNone:
		return b != 0 && (a == 0 || a > b)
	case MoreIsStricter:
		chosen := strings.Fields(value)
		return slices.ContainsFunc(strings.Fields(than), func(c string) bool { return !slices.Contains(chosen, c) })
	}
	return false
}

// number gives the number of a stored value; the table and Parse see to it that
// it is one.
func number(value string) int {
	n, _ := strconv.Atoi(value)
	return n
}

// under gives what holds in an organ with a value of its own, below what it
// inherits: its own, unless that would be laxer.
func (d Definition) under(own, inherited string) (value string, overruled bool) {
	if !d.Laxer(own, inherited) {
		return own, false
	}
	if d.Strict == MoreIsStricter {
		both, err := d.Parse(own, inherited)
		return both, err == nil
	}
	return inherited, true
}
