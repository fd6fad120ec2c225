package annual

import (
	"strings"
	"unicode/utf8"
)

// longestSubheading is how many characters a subheading on a line of its own
// may have; longer lines are sentences.
const longestSubheading = 30

// SubheadingLevel tells whether a paragraph is nothing but a subheading, and
// which: 2 for （一）, 3 for 1., 0 for running text. A paragraph that starts with
// （一）主动公开情况。 and goes on is running text.
func SubheadingLevel(text string) int {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestSubheading || strings.ContainsAny(text, "，。；！？：,;!?:\n") {
		return 0
	}
	if rest, ok := cutBracketed(text, "（", "）"); ok && rest != "" {
		return 2
	}
	if rest, ok := cutBracketed(text, "(", ")"); ok && rest != "" {
		return 2
	}
	digits := strings.TrimLeft(text, "0123456789")
	if len(digits) == len(text) || len(text)-len(digits) > 2 {
		return 0
	}
	for _, dot := range []string{".", "．", "、"} {
		if rest, ok := strings.CutPrefix(digits, dot); ok && strings.TrimSpace(rest) != "" && !strings.ContainsAny(rest[:1], "0123456789") {
			return 3
		}
	}
	return 0
}

// cutBracketed cuts a bracketed Chinese or Arabic number off the start.
func cutBracketed(text, open, closing string) (string, bool) {
	inside, ok := strings.CutPrefix(text, open)
	if !ok {
		return "", false
	}
	number, rest, ok := strings.Cut(inside, closing)
	if !ok || number == "" || strings.Trim(number, "一二三四五六七八九十0123456789") != "" {
		return "", false
	}
	return strings.TrimSpace(rest), true
}
