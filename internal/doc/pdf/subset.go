package pdf

import (
	"encoding/binary"
	"slices"
)

// Flags of a compound glyph's parts (OpenType, table glyf).
const (
	partArgsAreWords = 1 << 0
	partHasScale     = 1 << 3
	partFollows      = 1 << 5
	partHasXYScale   = 1 << 6
	partHasTwoByTwo  = 1 << 7
)

// subset makes a TrueType font of the wanted glyphs and tells the new number of
// each. The same glyphs always give the same bytes.
func (t *typeface) subset(wanted []uint16) (font []byte, renumbered map[uint16]uint16) {
	all := t.withParts(wanted)
	renumbered = make(map[uint16]uint16, len(all))
	for i, g := range all {
		renumbered[g] = uint16(i)
	}
	var glyf []byte
	loca := make([]byte, 4*(len(all)+1))
	hmtx := make([]byte, 4*len(all))
	for i, g := range all {
		put32(loca, 4*i, len(glyf))
		shape := slices.Clone(t.outline(g))
		eachPart(shape, func(at int) { put16(shape, at, int(renumbered[uint16(u16(shape, at))])) })
		glyf = append(glyf, shape...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		t.copyMetric(hmtx[4*i:], g)
	}
	put32(loca, 4*len(all), len(glyf))

	head, hhea, maxp := slices.Clone(t.table("head")), slices.Clone(t.table("hhea")), slices.Clone(t.table("maxp"))
	put32(head, 8, 0)
	put16(head, 50, 1)
	put16(hhea, 34, len(all))
	put16(maxp, 4, len(all))
	tables := []sfntTable{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}}
	for _, tag := range []string{"cvt ", "fpgm", "prep"} {
		if data := t.table(tag); data != nil {
			tables = append(tables, sfntTable{tag, data})
		}
	}
	return sfnt(tables), renumbered
}

// withParts adds the glyphs that compound glyphs are made of, and glyph 0.
func (t *typeface) withParts(wanted []uint16) []uint16 {
	have := map[uint16]bool{0: true}
	queue := append([]uint16{0}, wanted...)
	for len(queue) > 0 {
		g := queue[0]
		queue = queue[1:]
		have[g] = true
		shape := t.outline(g)
		eachPart(shape, func(at int) {
			if part := uint16(u16(shape, at)); !have[part] {
				have[part] = true
				queue = append(queue, part)
			}
		})
	}
	all := make([]uint16, 0, len(have))
	for g := range have {
		all = append(all, g)
	}
	slices.Sort(all)
	return all
}

// eachPart calls back with the offset of each part's glyph number.
func eachPart(shape []byte, found func(at int)) {
	if len(shape) < 10 || i16(shape, 0) >= 0 {
		return
	}
	for at := 10; ; {
		flags := u16(shape, at)
		found(at + 2)
		at += 6
		if flags&partArgsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&partHasScale != 0:
			at += 2
		case flags&partHasXYScale != 0:
			at += 4
		case flags&partHasTwoByTwo != 0:
			at += 8
		}
		if flags&partFollows == 0 {
			return
		}
	}
}

func (t *typeface) copyMetric(to []byte, glyph uint16) {
	i := min(int(glyph), t.metrics-1)
	copy(to[:2], t.advances[4*i:])
	if int(glyph) < t.metrics {
		copy(to[2:4], t.advances[4*i+2:])
		return
	}
	copy(to[2:4], t.advances[4*t.metrics+2*(int(glyph)-t.metrics):])
}

type sfntTable struct {
	tag  string
	data []byte
}

// sfnt puts tables into a font file.
func sfnt(tables []sfntTable) []byte {
	slices.SortFunc(tables, func(a, b sfntTable) int {
		return slices.Compare([]byte(a.tag), []byte(b.tag))
	})
	power, log := 1, 0
	for power*2 <= len(tables) {
		power, log = power*2, log+1
	}
	out := make([]byte, 12+16*len(tables))
	put32(out, 0, 0x00010000)
	put16(out, 4, len(tables))
	put16(out, 6, power*16)
	put16(out, 8, log)
	put16(out, 10, len(tables)*16-power*16)
	for i, t := range tables {
		entry := out[12+16*i:]
		copy(entry, t.tag)
		put32(entry, 4, int(checksum(t.data)))
		put32(entry, 8, len(out))
		put32(entry, 12, len(t.data))
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func checksum(data []byte) uint32 {
	var sum uint32
	for len(data) >= 4 {
		sum += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	var last [4]byte
	copy(last[:], data)
	return sum + binary.BigEndian.Uint32(last[:])
}
