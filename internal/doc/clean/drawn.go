package clean

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"gongkai/internal/doc"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
)

// MostPixels is how large a picture may be that is painted anew.
const MostPixels = 64 << 20

const fillQuality = 92

// Upright decodes a JPEG or PNG picture as it is seen: turned the way up that it
// says, on white where it lets something through. Errors are errs.Unsupported for
// other kinds, errs.TooLarge and errs.Corrupt.
func Upright(data []byte) (*image.RGBA, error) {
	way := uint16(1)
	decode := png.Decode
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8")):
		decode, way = jpeg.Decode, wayOf(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
	default:
		return nil, errs.New(errs.Unsupported, "只能处理 jpeg、png 图片；请用画图软件打开后另存为 jpeg 或者 png，再重新上传。")
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, damagedPicture(err)
	case c.Width < 1 || c.Height < 1 || c.Width > MostPixels/c.Height:
		return nil, errs.New(errs.TooLarge, "图片有 %d×%d 个像素，超过 %d 万像素的上限；请缩小后再试。", c.Width, c.Height, MostPixels/10_000)
	}
	decoded, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, damagedPicture(err)
	}
	flat := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
	draw.Draw(flat, flat.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, decoded, decoded.Bounds().Min, draw.Over)
	return stood(flat, way), nil
}

func damagedPicture(err error) error {
	return errs.Wrap(err, errs.Corrupt, "图片已损坏或者不完整，打不开；请用画图软件打开后另存，再重新上传。")
}

// Fill makes a copy of a JPEG or PNG picture in which some areas are filled. It is
// painted anew: what was filled, what was transparent and all that is said beside
// the picture is gone.
func Fill(data []byte, areas []doc.Area) ([]byte, error) {
	picture, err := Upright(data)
	if err != nil {
		return nil, err
	}
	for _, a := range areas {
		if !a.Good() || a.Page != 1 {
			return nil, errs.New(errs.Invalid, "要删去的区域不在图片上；请核对位置。")
		}
	}
	pdf.Fill(picture, areas)
	var out bytes.Buffer
	if bytes.HasPrefix(data, []byte("\xFF\xD8")) {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: fillQuality})
	} else {
		err = png.Encode(&out, picture)
	}
	if err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return out.Bytes(), nil
}

// wayOf tells which way up a JPEG stands, 1 where it does not say.
func wayOf(data []byte) uint16 {
	for i := 2; i+4 <= len(data) && data[i] == 0xFF && data[i+1] != 0xDA; {
		end := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if end > len(data) || end < i+4 {
			break
		}
		if body := data[i+4 : end]; data[i+1] == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			if block := wayUp(body[6:]); block != nil {
				return uint16(block[len(block)-7]) // where wayUp puts it
			}
		}
		i = end
	}
	return 1
}

// stood turns a picture the way up that Exif names (2 to 8).
func stood(p *image.RGBA, way uint16) *image.RGBA {
	if way < 2 || way > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if way >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			u, v := x, y
			switch way {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(u, v):][:4], p.Pix[p.PixOffset(x, y):][:4])
		}
	}
	return out
}
