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

// Published gives what an organ publishes of itself, as it stands in the register:
// numbers, mailboxes, and addresses with and without the county before them.
func Published(values ...string) map[string]bool {
	allowed := map[string]bool{}
	for _, value := range values {
		for _, one := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("、，；,;/\n", r) }) {
			n := Normal(strings.TrimSpace(one))
			if n == "" {
				continue
			}
			allowed[n] = true
			for m := aPlace.FindStringIndex(n); m != nil && below.MatchString(n[m[1]:]); m = aPlace.FindStringIndex(n) {
				n = n[m[1]:]
				allowed[n] = true
			}
		}
	}
	return allowed
}
