package docx

import (
	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
)

// comments are the margin comments by id, in the order of the file. Who made
// them and when is left out: that is nobody's business here.
type comments struct {
	texts map[string]string // until taken
	order []string
}

func parseComments(xml []byte) (*comments, error) {
	c := &comments{texts: map[string]string{}}
	s := markup.NewScanner(xml)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			if string(s.Name) != "comment" || len(c.order) >= MaxDefinitions {
				continue
			}
			v, _ := s.Attr("id")
			id := string(v)
			if _, ok := c.texts[id]; !ok {
				c.texts[id] = clip(string(plainText(s, nil)))
				c.order = append(c.order, id)
			}
		}
	}
	return c, s.Err
}

// plainText gathers the text in the current element, its paragraphs parted by
// line ends.
func plainText(s *markup.Scanner, b []byte) []byte {
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "t":
			for d := s.Depth(); ; {
				k := s.Next()
				if k == markup.Text {
					b = s.AppendText(b)
				} else if k == markup.EOF || k == markup.End && s.Depth() < d {
					break
				}
			}
		case "p":
			if len(b) > 0 {
				b = append(b, '\n')
			}
			b = plainText(s, b)
		default:
			b = plainText(s, b)
		}
	}
	return b
}

// take gives the text of a comment the first time it is asked for.
func (c *comments) take(id []byte) (string, bool) {
	what, ok := c.texts[string(id)]
	delete(c.texts, string(id))
	return what, ok
}

// remainingComments lists the comments that nothing in the text refers to.
func (r *reader) remainingComments() {
	r.place = doc.Place{}
	for _, id := range r.comments.order {
		if what, ok := r.comments.take([]byte(id)); ok {
			r.notice(doc.Comment, what, unset)
		}
	}
}
