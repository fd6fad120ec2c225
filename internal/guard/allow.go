package guard

import "strings"

// AllowedIn reads the numbers and addresses that an organ publishes itself: one
// a line; what follows a # is a note.
func AllowedIn(list []byte) map[string]bool {
	allowed := map[string]bool{}
	for line := range strings.SplitSeq(string(list), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if n := Normal(strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))); n != "" {
			allowed[n] = true
		}
	}
	return allowed
}
