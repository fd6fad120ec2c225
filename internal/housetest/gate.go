package housetest

import (
	"bytes"
	"context"
	"strings"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/store"
)

// gate lets the release guard look at the parts of documents, and mask them.
type gate struct {
	guard *guard.Guard
	files store.Files
}

// Guard gives the release guard.
func (h *House) Guard() *guard.Guard {
	opener := open.New(open.Options{})
	h.tb.Cleanup(func() { _ = opener.Close() })
	return &guard.Guard{Reader: &inside.Reader{Opener: opener}}
}

func (h *House) gate() gate { return gate{h.Guard(), h.Files} }

// maxMasked is what a masked copy in a test has at most.
const maxMasked = 1 << 20

// Look gives what the guard finds in a text or a kept file.
func (g gate) Look(ctx context.Context, _, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash == "" {
		name += ".txt"
	} else {
		var err error
		if data, err = g.files.Read(hash); err != nil {
			return nil, err
		}
	}
	result, err := g.guard.Scan(ctx, name, data)
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: f.Place.String(), Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

// Stamp tells the dictionary from another.
func (g gate) Stamp(ctx context.Context, _ string) (string, error) { return g.guard.Stamp(ctx) }

// MaskText masks all that the guard finds in a text, and keeps what stood there.
func (g gate) MaskText(ctx context.Context, _, text string) (masked, original string, err error) {
	copied, _, _, err := g.guard.Redact(ctx, "正文.txt", []byte(text), guard.Marks{All: true})
	if err != nil {
		return "", "", err
	}
	original, err = g.files.Keep(ctx, strings.NewReader(text), maxMasked)
	return string(copied), original, err
}

// MaskFile gives the hash of a masked copy.
func (g gate) MaskFile(ctx context.Context, _, name, hash string) (string, error) {
	data, err := g.files.Read(hash)
	if err != nil {
		return "", err
	}
	copied, _, _, err := g.guard.Redact(ctx, name, data, guard.Marks{All: true})
	if err != nil {
		return "", err
	}
	return g.files.Keep(ctx, bytes.NewReader(copied), maxMasked)
}
