package pdf

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// The typefaces are the whole Noto Serif SC and Noto Sans SC (OFL, licence
// texts beside them), because people have rare characters in their names; a
// document carries only the glyphs that it uses.
var (
	//go:embed font/NotoSerifSC-Regular.ttf.gz
	serifData []byte
	//go:embed font/NotoSansSC-Regular.ttf.gz
	sansData []byte

	serif = sync.OnceValues(func() (*typeface, error) { return unpackTypeface("NotoSerifSC", serifData) })
	sans  = sync.OnceValues(func() (*typeface, error) { return unpackTypeface("NotoSansSC", sansData) })
)

// A typeface is a parsed TrueType font. It is read only.
type typeface struct {
	name            string
	tables          map[string][]byte
	unitsPerEm      int
	ascent, descent int // thousandths of an em
	glyphOf         map[rune]uint16
	advances        []byte // hmtx
	metrics         int    // entries of hmtx with an advance
	longOffsets     bool   // format of loca
}

// serifFile is the file of a typeface for PDFium.
var serifFile = sync.OnceValues(func() ([]byte, error) { return unpackFont("NotoSerifSC", serifData) })

func unpackTypeface(name string, packed []byte) (*typeface, error) {
	data, err := unpackFont(name, packed)
	if err != nil {
		return nil, err
	}
	t, err := parseTypeface(name, data)
	if err != nil {
		return nil, fmt.Errorf("read font %s: %w", name, err)
	}
	return t, nil
}

func unpackFont(name string, packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack font %s: %w", name, err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("unpack font %s: %w", name, err)
	}
	return data, nil
}

func u16(b []byte, at int) int              { return int(binary.BigEndian.Uint16(b[at:])) }
func i16(b []byte, at int) int              { return int(int16(binary.BigEndian.Uint16(b[at:]))) }
func u32(b []byte, at int) int              { return int(binary.BigEndian.Uint32(b[at:])) }
func put16(b []byte, at, v int)             { binary.BigEndian.PutUint16(b[at:], uint16(v)) }
func put32(b []byte, at, v int)             { binary.BigEndian.PutUint32(b[at:], uint32(v)) }
func (t *typeface) table(tag string) []byte { return t.tables[tag] }

// parseTypeface reads the tables of an embedded font; it trusts their offsets.
func parseTypeface(name string, data []byte) (*typeface, error) {
	t := &typeface{name: name, tables: map[string][]byte{}}
	for i := range u16(data, 4) {
		entry := data[12+16*i:]
		at, size := u32(entry, 8), u32(entry, 12)
		t.tables[string(entry[:4])] = data[at : at+size]
	}
	for _, tag := range []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap"} {
		if t.tables[tag] == nil {
			return nil, errors.New("table " + tag + " is missing")
		}
	}
	t.unitsPerEm = u16(t.table("head"), 18)
	t.longOffsets = u16(t.table("head"), 50) == 1
	t.ascent = i16(t.table("hhea"), 4) * 1000 / t.unitsPerEm
	t.descent = i16(t.table("hhea"), 6) * 1000 / t.unitsPerEm
	t.metrics = u16(t.table("hhea"), 34)
	t.advances = t.table("hmtx")
	t.glyphOf = readCmap(t.table("cmap"))
	if len(t.glyphOf) == 0 {
		return nil, errors.New("no character map of a known format")
	}
	return t, nil
}

// readCmap reads the widest Unicode map: format 12, else format 4.
func readCmap(cmap []byte) map[rune]uint16 {
	var best []byte
	for i := range u16(cmap, 2) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		format := u16(sub, 0)
		if format == 12 || format == 4 && best == nil {
			best = sub
		}
	}
	glyphs := map[rune]uint16{}
	switch {
	case best == nil:
	case u16(best, 0) == 12:
		for i := range u32(best, 12) {
			group := best[16+12*i:]
			first, last, glyph := u32(group, 0), u32(group, 4), u32(group, 8)
			for c := first; c <= last; c++ {
				glyphs[rune(c)] = uint16(glyph + c - first)
			}
		}
	default:
		readCmap4(best, glyphs)
	}
	return glyphs
}

func readCmap4(sub []byte, glyphs map[rune]uint16) {
	n := u16(sub, 6)
	ends, starts := 14, 16+n
	deltas, offsets := 16+2*n, 16+3*n
	for i := 0; i < n; i += 2 {
		first, last, delta, offset := u16(sub, starts+i), u16(sub, ends+i), u16(sub, deltas+i), u16(sub, offsets+i)
		for c := first; c <= last && c != 0xFFFF; c++ {
			glyph := c
			if offset != 0 {
				glyph = u16(sub, offsets+i+offset+2*(c-first))
				if glyph == 0 {
					continue
				}
			}
			if g := uint16(glyph + delta); g != 0 {
				glyphs[rune(c)] = g
			}
		}
	}
}

// advance is a glyph's width in thousandths of an em.
func (t *typeface) advance(glyph uint16) int {
	i := min(int(glyph), t.metrics-1)
	return (u16(t.advances, 4*i)*1000 + t.unitsPerEm/2) / t.unitsPerEm
}

// outline is the bytes of a glyph's shape, empty for a blank.
func (t *typeface) outline(glyph uint16) []byte {
	loca, i := t.table("loca"), int(glyph)
	if t.longOffsets {
		return t.table("glyf")[u32(loca, 4*i):u32(loca, 4*i+4)]
	}
	return t.table("glyf")[2*u16(loca, 2*i) : 2*u16(loca, 2*i+2)]
}
