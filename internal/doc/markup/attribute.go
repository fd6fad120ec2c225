package markup

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// attribute measures name="value" at the beginning of b; 0 means it is not one.
func attribute(b []byte) int {
	i := 0
	for i < len(b) && !nameStop[b[i]] {
		i++
	}
	if i == 0 {
		return 0
	}
	for i < len(b) && blank(b[i]) {
		i++
	}
	if i >= len(b) || b[i] != '=' {
		return 0
	}
	i++
	for i < len(b) && blank(b[i]) {
		i++
	}
	if i >= len(b) || b[i] != '"' && b[i] != '\'' {
		return 0
	}
	quote := b[i]
	for j := i + 1; j < len(b); j++ {
		switch b[j] {
		case quote:
			return j + 1
		case '<':
			return 0
		}
	}
	return 0
}

// Attr gives the value of the first attribute with a local name.
func (s *Scanner) Attr(name string) ([]byte, bool) {
	return s.find(func(full []byte) bool { return string(local(full)) == name && !bytes.HasPrefix(full, []byte("xmlns:")) })
}

// Qualified gives the value of the attribute with a name, prefix included.
func (s *Scanner) Qualified(name string) ([]byte, bool) {
	return s.find(func(full []byte) bool { return string(full) == name })
}

func (s *Scanner) find(wanted func(full []byte) bool) ([]byte, bool) {
	rest := s.attrs
	for {
		i := 0
		for i < len(rest) && blank(rest[i]) {
			i++
		}
		rest = rest[i:]
		if len(rest) == 0 {
			return nil, false
		}
		n := attribute(rest)
		if n == 0 {
			return nil, false
		}
		one := rest[:n]
		rest = rest[n:]
		eq := bytes.IndexByte(one, '=')
		full := bytes.TrimRight(one[:eq], " \t\r\n")
		if !wanted(full) {
			continue
		}
		value := bytes.TrimLeft(one[eq+1:], " \t\r\n")
		value = value[1 : len(value)-1]
		if bytes.IndexByte(value, '&') < 0 && bytes.IndexByte(value, '\r') < 0 {
			return value, true
		}
		out, ok := unescape(nil, value, true)
		if !ok {
			s.broken("unknown entity")
		}
		return out, true
	}
}

// Val is the attribute that most wordprocessing elements carry their value in.
func (s *Scanner) Val() []byte {
	v, _ := s.Attr("val")
	return v
}

// On tells whether a toggle such as <w:vanish/> is switched on.
func (s *Scanner) On() bool {
	v, ok := s.Attr("val")
	if !ok {
		return true
	}
	switch string(v) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// Number reads an attribute as a whole number; otherwise is its value where it
// is missing, not a number, or beyond nine digits.
func (s *Scanner) Number(name string, otherwise int) int {
	v, ok := s.Attr(name)
	if !ok || len(v) == 0 || len(v) > 10 {
		return otherwise
	}
	n, digits := 0, v
	if v[0] == '-' {
		digits = v[1:]
	}
	if len(digits) == 0 || len(digits) > 9 {
		return otherwise
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return otherwise
		}
		n = n*10 + int(c-'0')
	}
	if v[0] == '-' {
		return -n
	}
	return n
}

// unescape appends src to b with \r\n and \r made \n and, where asked, the
// predefined entities and character references resolved; false for any other.
func unescape(b, src []byte, entities bool) ([]byte, bool) {
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\r':
			b = append(b, '\n')
			if i+1 < len(src) && src[i+1] == '\n' {
				i++
			}
		case c == '&' && entities:
			n := bytes.IndexByte(src[i:min(len(src), i+16)], ';')
			if n < 0 {
				return b, false
			}
			r, ok := entity(src[i+1 : i+n])
			if !ok {
				return b, false
			}
			b = utf8.AppendRune(b, r)
			i += n
		default:
			b = append(b, c)
		}
	}
	return b, true
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), InRange(rune(n))
}

// InRange is the production Char of XML 1.0.
func InRange(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
