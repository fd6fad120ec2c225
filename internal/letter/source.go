package letter

import "strings"

// Source is a template as an office edits it: what may be changed apart from what
// may not, such as which remedies the letter names.
type Source struct {
	Title, Cite, Body string
	fixed             []string
}

// SourceOf takes the text of a template apart.
func SourceOf(text string) (s Source) {
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); name {
		case "title":
			s.Title = value
		case "cite":
			s.Cite = value
		default:
			s.fixed = append(s.fixed, line)
		}
	}
	s.Body = strings.TrimSpace(body)
	return s
}

// Text puts it together again.
func (s Source) Text() string {
	one := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	head := append([]string{"title: " + one(s.Title), "cite: " + one(s.Cite)}, s.fixed...)
	return strings.Join(head, "\n") + "\n\n" + strings.TrimSpace(s.Body)
}
