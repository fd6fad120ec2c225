package check

import "unicode/utf8"

// prevRune is the offset of the character before offset i, 0 at the start.
func prevRune(s string, i int) int {
	_, n := utf8.DecodeLastRuneInString(s[:i])
	return i - n
}

// nextRune is the offset behind the character at offset i.
func nextRune(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	return i + n
}

// runeBefore gives the character before offset i, 0 at the start.
func runeBefore(s string, i int) rune {
	if i <= 0 {
		return 0
	}
	c, _ := utf8.DecodeLastRuneInString(s[:i])
	return c
}

// runeAt gives the character at offset i, 0 at the end.
func runeAt(s string, i int) rune {
	if i >= len(s) {
		return 0
	}
	c, _ := utf8.DecodeRuneInString(s[i:])
	return c
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isASCIIWord tells letters, digits and the signs of addresses on the net.
func isASCIIWord(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}
