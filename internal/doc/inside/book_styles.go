package inside

import (
	"strconv"
	"strings"

	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// cellLook is what decides whether the text of a cell is seen.
type cellLook struct {
	pale bool // its colour is that of its ground
	mute bool // its number format prints nothing
}

// colour is a colour as far as it matters here.
type colour struct {
	rgb  string // RRGGBB, "" where unknown
	pale bool
}

// white are the numbers of white in the palette of indexed colours.
var white = map[string]bool{"1": true, "9": true}

func readColour(s *markup.Scanner) colour {
	if rgb := attr(s, "rgb"); len(rgb) >= 6 {
		rgb = strings.ToUpper(rgb[len(rgb)-6:])
		return colour{rgb, pale(rgb)}
	}
	if theme := attr(s, "theme"); theme != "" {
		return colour{"", theme == "0" && attr(s, "tint") == ""}
	}
	return colour{"", white[attr(s, "indexed")]}
}

// fill is the ground of a cell; none is white paper.
type fill struct {
	none bool
	colour
}

// readStyles reads the look of each cell style.
func (b *Book) readStyles(p *opc.Package, name string) error {
	part, err := p.XML(name)
	if part == nil || err != nil {
		return err
	}
	var fonts []colour
	var fills []fill
	formats := map[string]bool{} // that print nothing
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			switch string(s.Name) {
			case "numFmts":
				for d := s.Depth(); s.Child(d); {
					if strings.Trim(attr(s, "formatCode"), " ") == ";;;" {
						formats[attr(s, "numFmtId")] = true
					}
				}
			case "fonts":
				for d := s.Depth(); s.Child(d); {
					fonts = append(fonts, readFont(s))
				}
			case "fills":
				for d := s.Depth(); s.Child(d); {
					fills = append(fills, readFill(s))
				}
			case "cellXfs":
				for d := s.Depth(); s.Child(d); {
					b.Styles = append(b.Styles, cellLook{
						pale: paleOn(at(fonts, attr(s, "fontId")), at(fills, attr(s, "fillId"))),
						mute: formats[attr(s, "numFmtId")],
					})
				}
			}
		}
	}
	return s.Err
}

func readFont(s *markup.Scanner) (c colour) {
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) == "color" {
			c = readColour(s)
		}
	}
	return c
}

func readFill(s *markup.Scanner) fill {
	f := fill{}
	for d := s.Depth(); s.Child(d); {
		if string(s.Name) != "patternFill" {
			continue // a gradient
		}
		kind := attr(s, "patternType")
		f.none = kind == "none" || kind == ""
		for d := s.Depth(); s.Child(d); {
			if string(s.Name) == "fgColor" && kind == "solid" {
				f.colour = readColour(s)
			}
		}
	}
	return f
}

// paleOn tells whether text of a colour is lost on its ground.
func paleOn(text *colour, ground *fill) bool {
	if text == nil {
		return false
	}
	if ground == nil || ground.none {
		return text.pale
	}
	return text.pale && ground.pale || text.rgb != "" && text.rgb == ground.rgb
}

func at[T any](list []T, index string) *T {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(list) {
		return nil
	}
	return &list[i]
}
