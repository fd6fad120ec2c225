package guard

import (
	"context"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/open"
	"gongkai/internal/rule"
)

// Spot is a piece of a file that can be taken out, as it may be shown.
type Spot struct {
	Nth    int    // in the order of the file, from 1
	Name   string // what it is: 居民身份证号码
	Masked string
	Around string // the passage that it stands in, masked
	Place  doc.Place
	Areas  []doc.Area // where it is seen, in a PDF
}

// taken stands in the place of words that are taken out: how long they were is
// not told either.
const taken = "■■■"

// Spots lists what a docx, xlsx, text or PDF file has that can be masked. A picture
// has none: its text is not read.
func (g *Guard) Spots(ctx context.Context, name string, data []byte) ([]Spot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var all []Spot
	switch open.KindOf(data) {
	case open.Picture:
		return nil, nil
	case open.Portable:
		p, err := g.Reader.Opener.PDF().Place(ctx, data)
		if err != nil {
			return nil, err
		}
		g.eachPlaced(p, func(s *Spot) bool {
			all = append(all, *s)
			return true
		})
		return all, nil
	default:
	}
	_, err := clean.Copy(name, data, clean.Options{}, func(blocks []doc.Block) []clean.Replacement {
		g.eachSpot(blocks, len(all), func(p *passage, h *hit, nth int) {
			all = append(all, Spot{Nth: nth, Name: h.name, Masked: h.masked, Around: around(p), Place: p.place})
		})
		return nil
	})
	return all, err
}

// around is the beginning of a passage, masked.
func around(p *passage) string {
	text := []rune(hush(strings.Join(strings.Fields(p.masked()), " ")))
	if len(text) > excerptRunes {
		return string(text[:excerptRunes]) + "…"
	}
	return string(text)
}

// eachSpot goes through what is found in a part, in order; seen are those of the
// parts before.
func (g *Guard) eachSpot(blocks []doc.Block, seen int, yield func(p *passage, h *hit, nth int)) (all []*passage) {
	all = passages(blocks)
	for _, p := range all {
		p.detect(g.Allowed)
		for i := range p.found {
			if p.found[i].severity != rule.Info {
				seen++
				yield(p, &p.found[i], seen)
			}
		}
	}
	return all
}

// Redact makes a copy in which some spots are masked, some words and areas are
// taken out, and nothing lies unseen, and scans it. What is taken out is gone, not
// covered. count tells how often each of the words stood there. The original is not
// changed.
func (g *Guard) Redact(ctx context.Context, name string, data []byte, m Marks) (copied []byte, res *Result, count []int, err error) {
	if Drawn(open.KindOf(data)) {
		return g.redactDrawn(ctx, name, data, m)
	}
	count = make([]int, len(m.Words))
	seen := 0
	copied, err = clean.Copy(name, data, clean.Options{}, func(blocks []doc.Block) (all []clean.Replacement) {
		parts := g.eachSpot(blocks, seen, func(p *passage, h *hit, nth int) {
			if seen = nth; m.All || m.Spots[nth] {
				all = append(all, p.replace(h)...)
			}
		})
		for _, p := range parts {
			all = append(all, p.without(m.Words, count)...)
		}
		return all
	})
	if err != nil {
		return nil, nil, count, err
	}
	res, err = g.Scan(ctx, name, copied)
	return copied, res, count, err
}

// without takes words out of a passage.
func (p *passage) without(words []string, count []int) (all []clean.Replacement) {
	if p.unit < 0 {
		return nil
	}
	for i, w := range words {
		for at := 0; w != ""; {
			k := strings.Index(p.text[at:], w)
			if k < 0 {
				break
			}
			at += k
			all = append(all, clean.Replacement{Unit: p.unit, From: at, To: at + len(w), With: taken})
			at += len(w)
			count[i]++
		}
	}
	return all
}
