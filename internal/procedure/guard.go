package procedure

import (
	"fmt"

	"gongkai/internal/errs"
)

// Guard is something that must be so before a row applies to a thing X, which is
// looked at in a scene S. It is another name of a plain struct, as those in word.go.
type Guard[X, S any] = struct {
	Chinese, English string // the rule, for the help page
	Cite             string
	Against          func(x X, s S) string // what speaks against it now, in Chinese without the full stop; "" for nothing
}

// Against asks guards in their order. The error, a Conflict, is what the first says
// that something speaks against, with its article.
func Against[X, S any](guards []Guard[X, S], x X, s S) error {
	for _, g := range guards {
		if why := g.Against(x, s); why != "" {
			return errs.New(errs.Conflict, "%s（%s）。", why, g.Cite)
		}
	}
	return nil
}

// Unless gives the sentence of a guard that does not hold.
func Unless(holds bool, format string, args ...any) string {
	if holds {
		return ""
	}
	return fmt.Sprintf(format, args...)
}
