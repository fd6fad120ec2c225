package guard

import (
	"context"

	"gongkai/internal/doc"
	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/open"
	"gongkai/internal/rule"
)

// Mask makes a copy of a docx, xlsx, text, PDF or picture file in which personal
// data are masked and nothing lies unseen, and scans it: what a program cannot mend,
// such as the text in a picture, is in the result. The original is not changed.
func (g *Guard) Mask(ctx context.Context, name string, data []byte, o clean.Options) ([]byte, *Result, error) {
	if Drawn(open.KindOf(data)) {
		copied, res, _, err := g.redactDrawn(ctx, name, data, Marks{All: true})
		return copied, res, err
	}
	masked, err := clean.Copy(name, data, o, g.replacements)
	if err != nil {
		return nil, nil, err
	}
	res, err := g.Scan(ctx, name, masked)
	return masked, res, err
}

// replacements says which pieces of texts are masked: whatever a rule finds, the
// hints left out.
func (g *Guard) replacements(blocks []doc.Block) (all []clean.Replacement) {
	for _, p := range passages(blocks) {
		p.detect(g.Allowed)
		for _, h := range p.found {
			if h.severity != rule.Info {
				all = append(all, p.replace(&h)...)
			}
		}
	}
	return all
}

// replace masks a hit in the units that it stands in.
func (p *passage) replace(h *hit) (all []clean.Replacement) {
	if p.unit >= 0 {
		from, to := p.f.at[h.from], p.f.at[h.to]
		return []clean.Replacement{{Unit: p.unit, From: from, To: to, With: spread(h.masked, p.text[from:to])}}
	}
	masked := []rune(spread(h.masked, p.f.slice(h.from, h.to)))
	p.within(h.from, h.to, func(of *passage, a, b, skipped int) {
		if skipped+b-a <= len(masked) {
			all = append(all, clean.Replacement{Unit: of.unit, From: of.f.at[a], To: of.f.at[b], With: string(masked[skipped : skipped+b-a])})
		}
	})
	return all
}
