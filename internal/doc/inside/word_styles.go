package inside

import (
	"strconv"
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
	pale   *bool // white, or nearly
	tiny   *bool
	shaded *bool // on a ground of its own
}

// over lays a look over another.
func (l look) over(below look) look {
	pick := func(a, b *bool) *bool {
		if a != nil {
			return a
		}
		return b
	}
	return look{pick(l.vanish, below.vanish), pick(l.pale, below.pale), pick(l.tiny, below.tiny), pick(l.shaded, below.shaded)}
}

func is(b *bool) bool { return b != nil && *b }

// Hidden tells text that is marked hidden.
func (l look) hidden() bool { return is(l.vanish) }

// unseen tells text that has no colour against its ground, or no size.
func (l look) unseen() bool { return is(l.tiny) || is(l.pale) && !is(l.shaded) }

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
						yes := true
						st.look.shaded = &yes
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
	yes, no := true, false
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "vanish", "specVanish", "webHidden":
			on := s.On()
			if on || l.vanish == nil {
				l.vanish = &on
			}
		case "color":
			pale := paleColour(s)
			l.pale = &pale
		case "sz":
			tiny := s.Number("val", 20) <= tiniest
			l.tiny = &tiny
		case "shd":
			if shaded(s) {
				l.shaded = &yes
			}
		case "highlight":
			if v := string(s.Val()); v != "none" && v != "white" {
				l.shaded = &yes
			}
		case "effect", "glow", "textFill", "gradFill":
			if string(s.Name) != "effect" {
				l.pale = &no // its colour is elsewhere
			}
		}
	}
	return l
}

// tiniest is the type size in half points up to which nobody reads.
const tiniest = 3

// readShade reads paragraph properties for a ground of their own.
func readShade(s *markup.Scanner) look {
	var l look
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) == "shd" && shaded(s) {
			yes := true
			l.shaded = &yes
		}
	}
	return l
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

func shaded(s *markup.Scanner) bool {
	fill, _ := s.Attr("fill")
	theme, _ := s.Attr("themeFill")
	if len(theme) > 0 {
		return !strings.HasPrefix(string(theme), "background1") && !strings.HasPrefix(string(theme), "light1")
	}
	v := string(s.Val())
	if v != "" && v != "clear" && v != "nil" {
		return true
	}
	return len(fill) == 6 && !pale(string(fill))
}

func paleColour(s *markup.Scanner) bool {
	theme, _ := s.Attr("themeColor")
	shade, _ := s.Attr("themeShade")
	switch string(theme) {
	case "background1", "light1":
		return len(shade) == 0
	case "":
		return pale(string(s.Val()))
	}
	return false
}

// palest is the brightness of each of red, green and blue from which a colour
// does not stand out from white paper.
const palest = 0xF0

// pale tells whether a colour RRGGBB is white or nearly.
func pale(rgb string) bool {
	if len(rgb) == 8 {
		rgb = rgb[2:] // AARRGGBB
	}
	n, err := strconv.ParseUint(rgb, 16, 32)
	return err == nil && len(rgb) == 6 && n>>16 >= palest && n>>8&0xFF >= palest && n&0xFF >= palest
}
