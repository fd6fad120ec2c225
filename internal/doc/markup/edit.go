package markup

import (
	"bytes"
	"cmp"
	"slices"
)

// Edit puts With in the place of the bytes From up to, not including, To.
type Edit struct {
	From, To int
	With     string
}

// Apply gives a part with the edits made. Of two that overlap the one that
// begins first wins, and of two that begin together the longer: what is taken
// out takes with it what would have been changed inside.
func Apply(part []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	var out bytes.Buffer
	out.Grow(len(part))
	at := 0
	for _, e := range edits {
		if e.From < at {
			continue
		}
		out.Write(part[at:e.From])
		out.WriteString(e.With)
		at = e.To
	}
	out.Write(part[at:])
	return out.Bytes()
}

// Whole moves to the end of the element that just started and tells where all
// of it stands.
func (s *Scanner) Whole() (from, to int) {
	from = s.from
	for d := s.Depth(); s.Child(d); {
		continue
	}
	return from, s.pos
}

// Content gathers the characters in the element that just started, whatever
// elements they stand in, and moves to its end.
func (s *Scanner) Content() string {
	var b []byte
	for d := s.Depth(); ; {
		switch s.Next() {
		case Text:
			b = s.AppendText(b)
		case End:
			if s.Depth() < d {
				return string(b)
			}
		case EOF:
			return string(b)
		}
	}
}

// Escape writes characters as the content of an element or attribute.
func Escape(text string) string {
	var b bytes.Buffer
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case InRange(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
