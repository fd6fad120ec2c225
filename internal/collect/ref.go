package collect

import (
	"strings"

	"gongkai/internal/annual"
)

// RefOf reads the name of a cell, as annual.Ref.String writes it.
func RefOf(name string) annual.Ref {
	parts := append(strings.SplitN(name, "/", 3), "", "")
	return annual.Ref{Table: parts[0], Row: parts[1], Column: parts[2]}
}
