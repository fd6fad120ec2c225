package intake

import (
	"bytes"
	"image"
	_ "image/jpeg" // so that pictures can be told from what says it is one
	_ "image/png"
	"io"

	"gongkai/internal/errs"
)

// maxPixels is how many a picture may have, so that looking at it is no trap.
const maxPixels = 100_000_000

var errPaper = errs.New(errs.Unsupported, "只接受 JPG、PNG 图片或者 PDF 文件；按文件的实际内容判断，改扩展名没有用。请重新拍照、扫描，或者另存为 PDF。")

// Paper reads a paper that somebody sends in: a JPEG or PNG picture, or a PDF, by
// its content and never by its name.
func Paper(r io.Reader) (data []byte, mediaType string, err error) {
	if data, err = io.ReadAll(io.LimitReader(r, MaxFile+1)); err != nil {
		return nil, "", err
	}
	switch {
	case len(data) > MaxFile:
		return nil, "", errs.New(errs.TooLarge, "文件太大，最多 %d MB；请降低拍照或者扫描的分辨率。", MaxFile>>20)
	case len(data) == 0:
		return nil, "", errs.New(errs.Invalid, "文件是空的，请重新选择。")
	case bytes.HasPrefix(data, []byte("%PDF-")) && bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")):
		return data, "application/pdf", nil
	}
	picture, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "", errPaper
	case picture.Width < 1 || picture.Height < 1 || picture.Width > maxPixels/picture.Height:
		return nil, "", errs.New(errs.TooLarge, "图片的尺寸太大，请缩小后再上传。")
	}
	return data, "image/" + format, nil
}
