package inside

import (
	"math"
	"strconv"
	"strings"

	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// colour is a colour as far as it is known.
type colour struct {
	known   bool
	r, g, b uint8
}

// colourOf reads RRGGBB or AARRGGBB.
func colourOf(hex string) colour {
	if len(hex) == 8 {
		hex = hex[2:]
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		return colour{}
	}
	return colour{true, uint8(n >> 16), uint8(n >> 8), uint8(n)} //nolint:gosec // each keeps its eight bits
}

var (
	whitePaper = colour{true, 0xFF, 0xFF, 0xFF}
	blackInk   = colour{true, 0, 0, 0}
)

// nearest is how far apart two colours may be in red, green and blue so that one
// does not stand out from the other.
const nearest = 0xFF - palest

// lost tells whether text of a colour does not stand out from its ground.
func (c colour) lost(ground colour) bool {
	far := func(a, b uint8) bool { return max(a, b)-min(a, b) > nearest }
	return c.known && ground.known && !far(c.r, ground.r) && !far(c.g, ground.g) && !far(c.b, ground.b)
}

// tinted makes a colour lighter or darker, by its lightness (ECMA-376, 18.3.1.15).
func (c colour) tinted(tint float64) colour {
	if tint == 0 || !c.known {
		return c
	}
	shift := func(v uint8) uint8 { // in grey and white, which matter here, lightness is the value itself
		f := float64(v) / 255
		if tint < 0 {
			f *= 1 + tint
		} else {
			f = f*(1-tint) + tint
		}
		return uint8(math.Round(min(max(f, 0), 1) * 255))
	}
	return colour{true, shift(c.r), shift(c.g), shift(c.b)}
}

// palette are the indexed colours (ECMA-376, 18.8.27); those of the screen follow.
var palette = strings.Fields(strings.Repeat("000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF ", 2) +
	"800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF " +
	"000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 " +
	"3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333 000000 FFFFFF")

// usualTheme are the colours of a workbook without a theme: light and dark in turn,
// then the accents.
var usualTheme = strings.Fields("FFFFFF 000000 EEECE1 1F497D 4F81BD C0504D 9BBB59 8064A2 4BACC6 F79646 0000FF 800080")

// colours are those that a workbook names by number.
type colours struct{ theme, indexed []string }

// themePlaces are the names in a theme in the order in which numbers mean them.
var themePlaces = strings.Fields("lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink")

func readTheme(p *opc.Package, name string) ([]string, error) {
	part, err := p.XML(name)
	if part == nil || err != nil {
		return nil, err
	}
	by := map[string]string{}
	place := ""
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		switch {
		case kind == markup.End && string(s.Name) == "clrScheme":
			theme := make([]string, len(themePlaces))
			for i, n := range themePlaces {
				theme[i] = by[n]
			}
			return theme, nil
		case kind != markup.Start:
		case string(s.Name) == "srgbClr":
			by[place] = attr(s, "val")
		case string(s.Name) == "sysClr":
			by[place] = attr(s, "lastClr")
		default:
			place = string(s.Name)
		}
	}
	return nil, s.Err
}

// read reads a colour element; otherwise is what it is where it says automatic, or
// nothing that is known.
func (c *colours) read(s *markup.Scanner, otherwise colour) colour {
	tint, _ := strconv.ParseFloat(attr(s, "tint"), 64)
	if rgb := attr(s, "rgb"); rgb != "" {
		return colourOf(rgb).tinted(tint)
	}
	if theme := at(c.theme, attr(s, "theme")); theme != nil {
		return colourOf(*theme).tinted(tint)
	}
	if indexed := at(c.indexed, attr(s, "indexed")); indexed != nil {
		return colourOf(*indexed).tinted(tint)
	}
	return otherwise
}
