package guard

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/open"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// Marks are what is to be taken out of a file.
type Marks struct {
	All   bool         // every spot
	Spots map[int]bool // by their number
	Words []string     // wherever they stand
	Areas []doc.Area   // of a PDF or a picture
}

// Drawn tells a file whose pieces are taken out of pictures of its pages: areas of
// it can be marked.
func Drawn(k open.Kind) bool { return k == open.Portable || k == open.Picture }

// Papers gives the sizes of the pages of a PDF, or of a picture.
func (g *Guard) Papers(ctx context.Context, data []byte) ([]doc.Paper, error) {
	if open.KindOf(data) == open.Picture {
		picture, err := clean.Upright(data)
		if err != nil {
			return nil, err
		}
		return []doc.Paper{{Width: float64(picture.Rect.Dx()), Height: float64(picture.Rect.Dy())}}, nil
	}
	p, err := g.Reader.Opener.PDF().Place(ctx, data)
	if err != nil {
		return nil, err
	}
	return p.Papers, nil
}

// For the eye of who marks areas.
const (
	sightDPI     = 110
	sightQuality = 82
	sightPixels  = 1600 // the longer side of a picture
)

// Paint paints a page of a PDF, counted from 1, or a picture, as a JPEG to be
// looked at.
func (g *Guard) Paint(ctx context.Context, data []byte, page int) ([]byte, error) {
	var picture image.Image
	var err error
	if open.KindOf(data) == open.Picture {
		if page != 1 {
			return nil, errs.New(errs.NotFound, "图片只有一页。")
		}
		var whole *image.RGBA
		if whole, err = clean.Upright(data); err == nil {
			picture = smaller(whole, sightPixels)
		}
	} else {
		picture, err = g.Reader.Opener.PDF().Picture(ctx, data, page, sightDPI)
	}
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: sightQuality}); err != nil {
		return nil, fmt.Errorf("encode page: %w", err)
	}
	return out.Bytes(), nil
}

// smaller gives a picture whose longer side is no longer than so many pixels.
func smaller(p *image.RGBA, most int) *image.RGBA {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	step := (max(w, h) + most - 1) / most
	if step <= 1 {
		return p
	}
	out := image.NewRGBA(image.Rect(0, 0, max(w/step, 1), max(h/step, 1)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			copy(out.Pix[out.PixOffset(x, y):][:4], p.Pix[p.PixOffset(min(x*step, w-1), min(y*step, h-1)):][:4])
		}
	}
	return out
}

// redactDrawn takes pieces out of a PDF or picture.
func (g *Guard) redactDrawn(ctx context.Context, name string, data []byte, m Marks) (copied []byte, res *Result, count []int, err error) {
	count = make([]int, len(m.Words))
	if open.KindOf(data) == open.Picture {
		if copied, err = clean.Fill(data, m.Areas); err == nil {
			res, err = g.Scan(ctx, name, copied)
		}
		return copied, res, count, err
	}
	reader := g.Reader.Opener.PDF()
	p, err := reader.Place(ctx, data)
	if err != nil {
		return nil, nil, count, err
	}
	areas := m.Areas[:len(m.Areas):len(m.Areas)]
	left := g.eachPlaced(p, func(s *Spot) bool {
		goes := m.All || m.Spots[s.Nth]
		if goes {
			areas = append(areas, s.Areas...)
		}
		return goes
	})
	for i, w := range m.Words {
		where := wordsIn(p, w)
		areas, count[i] = append(areas, where.areas...), where.count
	}
	if copied, err = reader.Redact(ctx, data, areas); err != nil {
		return nil, nil, count, err
	}
	if res, err = g.Scan(ctx, name, copied); err != nil {
		return nil, nil, count, err
	}
	res.Findings = append(res.Findings, left...)
	return copied, res, count, g.proveGone(ctx, copied, m.Words)
}

// proveGone reads the copy and refuses it where words still stand there.
func (g *Guard) proveGone(ctx context.Context, copied []byte, words []string) error {
	if len(words) == 0 {
		return nil
	}
	p, err := g.Reader.Opener.PDF().Place(ctx, copied)
	if err != nil {
		return err
	}
	for i, w := range words {
		if n := wordsIn(p, w).count; n > 0 {
			return errs.New(errs.Conflict, "第%d处要删去的文字还有%d处没有删掉，没有生成副本；请用矩形框选这些位置。", i+1, n)
		}
	}
	return nil
}

// eachPlaced goes through what is found in a PDF, in order; taken tells whether it
// goes. What stays on a page that is a scan cannot be read from the copy any more,
// so it is said here: the picture still shows it.
func (g *Guard) eachPlaced(p *pdf.Placed, taken func(s *Spot) bool) (left []Finding) {
	nth := 0
	for _, one := range passages(p.Blocks) {
		one.detect(g.Allowed)
		for i := range one.found {
			h := &one.found[i]
			if h.severity == rule.Info {
				continue
			}
			nth++
			s := Spot{Nth: nth, Name: h.name, Masked: h.masked, Around: around(one), Place: one.place, Areas: p.Areas(starred(p, one.spots(p, h), h.masked))}
			if !taken(&s) && p.Scans[one.place.Page] {
				left = append(left, Finding{Finding: rule.Finding{
					Rule: h.rule, Severity: h.severity, Cite: "条例§15；个人信息保护法§25", Place: one.place, Actual: h.masked, Fix: fixOf(h),
					Message: fmt.Sprintf("扫描页上出现%s“%s”，没有删去；副本只有图像，今后的检查读不到它。", h.name, h.masked),
				}})
			}
		}
	}
	return left
}

// spots gives where the characters of a hit stand.
func (p *passage) spots(in *pdf.Placed, h *hit) (all []pdf.Spot) {
	if p.unit >= 0 {
		return in.In(p.unit, p.text, p.f.at[h.from], p.f.at[h.to])
	}
	p.within(h.from, h.to, func(of *passage, a, b, _ int) {
		all = append(all, in.In(of.unit, of.text, of.f.at[a], of.f.at[b])...)
	})
	return all
}

// starred gives those of the characters of a hit for which its mask has a star: what
// the official formats leave stays legible.
func starred(in *pdf.Placed, spots []pdf.Spot, masked string) (all []pdf.Spot) {
	stars := slices.DeleteFunc([]rune(masked), isSeparator)
	n := 0
	for i, r := range []rune(in.Text(spots)) {
		if isSeparator(r) {
			continue
		}
		if n >= len(stars) {
			return spots
		}
		if stars[n] == '*' {
			all = append(all, spots[i])
		}
		n++
	}
	if n != len(stars) || len(all) == 0 {
		return spots
	}
	return all
}

// foundWords is where some words stand.
type foundWords struct {
	areas []doc.Area
	count int
}

// wordsIn finds words wherever they stand, blanks, line breaks and the width of
// characters aside: in the order in which one reads, and in that of the file, which
// keeps together what stands in columns.
func wordsIn(p *pdf.Placed, words string) (f foundWords) {
	wanted := squeeze(words)
	if wanted == "" {
		return f
	}
	seen := map[pdf.Spot]bool{}
	take := func(spots []pdf.Spot) {
		if len(spots) == 0 {
			return
		}
		if !seen[spots[0]] {
			f.count++
		}
		for _, s := range spots {
			seen[s] = true
		}
		f.areas = append(f.areas, p.Areas(spots)...)
	}
	var reading lineOf
	for _, one := range passages(p.Blocks) {
		if one.unit >= 0 {
			reading.add(one.text, func(from, to int) []pdf.Spot { return p.In(one.unit, one.text, from, to) })
		}
	}
	reading.each(wanted, take)
	for page, stream := range p.Streams() {
		var order lineOf
		order.add(stream, func(from, to int) []pdf.Spot {
			first := len([]rune(stream[:from]))
			return p.InStream(page, first, first+len([]rune(stream[from:to])))
		})
		order.each(wanted, take)
	}
	return f
}

// lineOf is texts put together without blanks, each character with the way to its
// spot.
type lineOf struct {
	text strings.Builder
	at   map[int]func() []pdf.Spot // by byte
}

func (l *lineOf) add(text string, spots func(from, to int) []pdf.Spot) {
	if l.at == nil {
		l.at = map[int]func() []pdf.Spot{}
	}
	f := fold(text)
	for i, r := range f.runes {
		if r == ' ' || r == '\n' {
			continue
		}
		l.at[l.text.Len()] = func() []pdf.Spot { return spots(f.at[i], f.at[i+1]) }
		l.text.WriteRune(r)
	}
}

// each finds words and gives the spots of their characters.
func (l *lineOf) each(words string, yield func([]pdf.Spot)) {
	text := l.text.String()
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return
		}
		at += i
		var all []pdf.Spot
		for k := range words {
			if spots, ok := l.at[at+k]; ok {
				all = append(all, spots()...)
			}
		}
		yield(all)
		at += len(words)
	}
}
