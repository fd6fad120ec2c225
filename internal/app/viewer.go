package app

import (
	"bytes"
	"context"
	"image/jpeg"

	"gongkai/internal/collect"
	"gongkai/internal/doc/open"
)

// viewer shows received files: the pages of a PDF, else the text.
type viewer struct{ opener *open.Opener }

// View reads a file with where its parts stand on its pages.
func (v viewer) View(ctx context.Context, name string, data []byte) (o collect.Original, err error) {
	if open.KindOf(data) != open.Portable {
		o.Text, err = v.opener.Read(ctx, name, data)
		return o, err
	}
	p, err := v.opener.PDF().Place(ctx, data)
	if err != nil {
		return o, err
	}
	return collect.Original{Text: p.Document(), Papers: p.Papers, Areas: p.At}, nil
}

// How pages are painted for the eye.
const (
	viewDPI     = 110
	viewQuality = 82
)

// Paint paints a page of a PDF.
func (v viewer) Paint(ctx context.Context, data []byte, page int) ([]byte, error) {
	picture, err := v.opener.PDF().Picture(ctx, data, page, viewDPI)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: viewQuality})
	return out.Bytes(), err
}
