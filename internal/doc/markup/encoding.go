package markup

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode gives a part as UTF-8 without a byte order mark. OOXML allows
// UTF-8 and UTF-16; anything else is refused, as are the control characters
// that XML has no place for.
func Decode(part []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(part, []byte{0xEF, 0xBB, 0xBF}):
		part = part[3:]
	case bytes.HasPrefix(part, []byte{0xFF, 0xFE}):
		part = fromUTF16(part[2:], binary.LittleEndian)
	case bytes.HasPrefix(part, []byte{0xFE, 0xFF}):
		part = fromUTF16(part[2:], binary.BigEndian)
	case bytes.HasPrefix(part, []byte{'<', 0}):
		part = fromUTF16(part, binary.LittleEndian)
	case bytes.HasPrefix(part, []byte{0, '<'}):
		part = fromUTF16(part, binary.BigEndian)
	}
	if !utf8.Valid(part) {
		return nil, corrupt("XML: not UTF-8")
	}
	if hasControl(part) {
		return nil, corrupt("XML: control character")
	}
	return part, nil
}

// hasControl looks for bytes below 0x20 other than tab and line ends. Eight
// bytes at a time: this passes over every byte of the file.
func hasControl(b []byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for len(b) >= 8 {
		x := binary.LittleEndian.Uint64(b)
		if (x-0x20*ones)&^x&tops != 0 && controlIn(b[:8]) {
			return true
		}
		b = b[8:]
	}
	return controlIn(b)
}

func controlIn(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && !blank(c) {
			return true
		}
	}
	return false
}

func fromUTF16(b []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
