package inside

import (
	"strings"

	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// WordStyles tell of each style whether its text is seen.
type WordStyles map[string]wordStyle

type wordStyle struct {
	base string
	look look
}

// look is what decides whether text is seen; nil fields are left to what is
// below.
type look struct {
	vanish *bool
	tiny   *bool
	ink    *colour // not known: automatic, black or white as the ground wants it
	ground *colour // not known where it is one that cannot be told
	marked bool    // the ground is that of a marker pen, which leaves automatic ink black
}

// over lays a look over another.
func (l look) over(below look) look {
	pick := func(a, b *bool) *bool {
		if a != nil {
			return a
		}
		return b
	}
	l.vanish, l.tiny = pick(l.vanish, below.vanish), pick(l.tiny, below.tiny)
	if l.ink == nil {
		l.ink = below.ink
	}
	if l.ground == nil {
		l.ground, l.marked = below.ground, below.marked
	}
	return l
}

func is(b *bool) bool { return b != nil && *b }

// Hidden tells text that is marked hidden.
func (l look) hidden() bool { return is(l.vanish) }

// unseen tells text that has no colour against its ground, or no size.
func (l look) unseen() bool {
	ink, ground := colour{}, whitePaper
	if l.ink != nil {
		ink = *l.ink
	}
	if l.ground != nil {
		ground = *l.ground
	}
	if !ink.known && l.marked {
		ink = blackInk
	}
	return is(l.tiny) || ink.lost(ground)
}

// maxBases bounds the chain of styles that styles rest on.
const maxBases = 32

func (w WordStyles) look(id string) look {
	var all look
	for range maxBases {
		st, ok := w[id]
		if !ok {
			break
		}
		all = all.over(st.look)
		id = st.base
	}
	return all
}

func readWordStyles(p *opc.Package, main string) (WordStyles, error) {
	related, err := p.Relations(main)
	if err != nil {
		return nil, err
	}
	styles := WordStyles{}
	for _, r := range related {
		if r.Kind != "styles" || r.External {
			continue
		}
		part, err := p.XML(r.Target)
		if err != nil {
			return nil, err
		}
		if err := styles.read(part); err != nil {
			return nil, err
		}
	}
	return styles, nil
}

func (w WordStyles) read(part []byte) error {
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			if string(s.Name) != "style" {
				continue
			}
			id, _ := s.Attr("styleId")
			st := wordStyle{}
			for d := s.Depth(); s.Child(d); {
				switch string(s.Name) {
				case "basedOn":
					st.base = string(s.Val())
				case "rPr":
					st.look = readLook(s).over(st.look)
				case "pPr":
					st.look = st.look.over(readShade(s))
				case "tblPr", "tcPr", "tblStylePr":
					if anyShade(s) {
						st.look.ground = &colour{}
					}
				}
			}
			w[string(id)] = st
		}
	}
	return s.Err
}

// readLook reads run properties, without the style that they may name.
func readLook(s *markup.Scanner) look {
	var l look
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "vanish", "specVanish", "webHidden":
			on := s.On()
			if on || l.vanish == nil {
				l.vanish = &on
			}
		case "color":
			ink := colourOf(string(s.Val()))
			if theme := attr(s, "themeColor"); !ink.known && (theme == "background1" || theme == "light1") && attr(s, "themeShade") == "" {
				ink = whitePaper
			}
			l.ink = &ink
		case "sz":
			tiny := s.Number("val", 20) <= tiniest
			l.tiny = &tiny
		case "shd":
			if ground := shade(s); ground != nil {
				l.ground, l.marked = ground, false
			}
		case "highlight":
			if c, ok := markers[string(s.Val())]; ok {
				ground := colourOf(c)
				l.ground, l.marked = &ground, true
			}
		case "glow":
			l.ink = &colour{}
		case "textFill", "gradFill":
			l.ink = &colour{} // its colour is elsewhere
			for d := s.Depth(); s.Child(d); {
				if string(s.Name) == "noFill" {
					l.ink = &whitePaper
				}
			}
		}
	}
	return l
}

// markers are the colours of the marker pen (ECMA-376, 17.18.40).
var markers = map[string]string{
	"black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF",
	"darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}

// tiniest is the type size in half points up to which nobody reads, closest the
// distance of lines in twentieths of a point.
const (
	tiniest = 3
	closest = 20
)

// readShade reads paragraph properties for a ground of their own.
func readShade(s *markup.Scanner) look {
	var l look
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "shd":
			if ground := shade(s); ground != nil {
				l.ground = ground
			}
		case "spacing":
			if squashed(s, "line", "lineRule") {
				yes := true
				l.tiny = &yes
			}
		}
	}
	return l
}

// squashed tells a height that is said to be exact and leaves nothing to see.
func squashed(s *markup.Scanner, height, rule string) bool {
	return attr(s, rule) == "exact" && s.Number(height, closest+1) <= closest
}

// anyShade looks for a ground of their own anywhere in the properties of a table
// style.
func anyShade(s *markup.Scanner) (found bool) {
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) == "shd" {
			found = shaded(s) || found
		} else {
			found = anyShade(s) || found
		}
	}
	return found
}

func shaded(s *markup.Scanner) bool { return shade(s) != nil }

// shade reads a ground; nil where it says none.
func shade(s *markup.Scanner) *colour {
	ground := colourOf(attr(s, "fill"))
	switch v := string(s.Val()); {
	case v == "solid":
		ground = colourOf(attr(s, "color"))
		if !ground.known {
			ground = blackInk
		}
	case v != "" && v != "clear" && v != "nil":
		ground = colour{} // a pattern
	case !ground.known:
		theme := attr(s, "themeFill")
		if theme == "" || strings.HasPrefix(theme, "background1") || strings.HasPrefix(theme, "light1") {
			return nil
		}
	}
	return &ground
}

// palest is the brightness of each of red, green and blue from which a colour
// does not stand out from white paper.
const palest = 0xF0
