package docx

import (
	"strconv"

	"gongkai/internal/doc/markup"
)

// privateUse is where Word keeps the characters of symbol fonts: U+F000 plus
// the code in the font.
const privateUse = 0xF000

// symbols are the signs of Wingdings and Symbol that offices use, by their
// code; where both fonts know a code, the sign of the bullet lists wins.
var symbols = map[rune]rune{
	0x6C: '●', 0x6E: '■', 0x6F: '□', 0x70: '□', 0x71: '□', 0x75: '◆', 0x76: '❖',
	0x9F: '•', 0xA7: '▪', 0xA8: '□', 0xB2: '◆', 0xB7: '•', 0xD8: '➢', 0xE0: '→', 0xE8: '➔', 0xF0: '⇨',
	0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑', 0x52: '☑', 0xA3: '□', 0x50: '✓',
	0xB4: '×', 0xB1: '±', 0xB8: '÷', 0xB3: '≥',
}

// symbol gives the sign for a character of a symbol font; other characters
// stand for themselves.
func symbol(r rune) rune {
	if r < privateUse || r > privateUse+0xFF {
		return r
	}
	if sign, ok := symbols[r-privateUse]; ok {
		return sign
	}
	return '�'
}

// symbolCode reads the hexadecimal code of a w:sym.
func symbolCode(hex []byte) rune {
	n, err := strconv.ParseUint(string(hex), 16, 16)
	if err != nil || !markup.InRange(rune(n)) {
		return '�'
	}
	if n < 0x100 {
		n += privateUse
	}
	return symbol(rune(n))
}
