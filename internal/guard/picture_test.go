package guard_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

// exif makes a block with a place, an artist and a thumbnail.
func exif() []byte {
	var b bytes.Buffer
	le := binary.LittleEndian
	put := func(v ...any) {
		for _, x := range v {
			_ = binary.Write(&b, le, x)
		}
	}
	b.WriteString("II*\x00")
	put(uint32(8))
	put(uint16(2))
	put(uint16(0x013B), uint16(2), uint32(7), uint32(60)) // the artist
	put(uint16(0x8825), uint16(4), uint32(1), uint32(70)) // the place
	put(uint32(180))                                      // the next directory
	for b.Len() < 60 {
		b.WriteByte(0)
	}
	b.WriteString("王五\x00")
	for b.Len() < 70 {
		b.WriteByte(0)
	}
	put(uint16(4))
	put(uint16(1), uint16(2), uint32(2), [4]byte{'N'})
	put(uint16(2), uint16(5), uint32(3), uint32(124))
	put(uint16(3), uint16(2), uint32(2), [4]byte{'E'})
	put(uint16(4), uint16(5), uint32(3), uint32(148))
	put(uint32(0))
	for b.Len() < 124 {
		b.WriteByte(0)
	}
	put(uint32(40), uint32(1), uint32(108), uint32(1))
	for b.Len() < 148 {
		b.WriteByte(0)
	}
	put(uint32(108), uint32(1), uint32(39), uint32(1))
	for b.Len() < 180 {
		b.WriteByte(0)
	}
	put(uint16(1))
	put(uint16(0x0202), uint16(4), uint32(1), uint32(100))
	put(uint32(0))
	return b.Bytes()
}

// photo makes a JPEG as a telephone does.
func photo(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 32, 32)), nil))
	body := append([]byte("Exif\x00\x00"), exif()...)
	head := []byte{0xFF, 0xD8, 0xFF, 0xE1, byte((len(body) + 2) >> 8), byte(len(body) + 2)}
	return append(append(head, body...), b.Bytes()[2:]...)
}

func plainPNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

func TestPictures(t *testing.T) {
	g := newGuard(t)
	res := scan(t, g, "现场.jpg", photo(t))
	for _, want := range [][]string{{"G36", "东经108°", "北纬40°"}, {"G27", "作者", "王五"}, {"G37", "缩略图"}, {"G52", "没有识别"}} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%q is missing:\n%s", want, said(res))
		}
	}
	if res := scan(t, g, "图.png", plainPNG(t)); res.Blocks() || !finds(res, "G52") {
		t.Errorf("plain picture:\n%s", said(res))
	}
	if res := scan(t, g, "图.png", append(plainPNG(t), bytes.Repeat([]byte("secret"), 100)...)); !finds(res, "G28", "末尾") {
		t.Errorf("what follows the end:\n%s", said(res))
	}
	body := `<w:p><w:r><w:drawing><a:blip r:embed="rId1" xmlns:a="a"/><a:srcRect l="20000" xmlns:a="a"/></w:drawing></w:r></w:p>`
	if res := scan(t, g, "图.docx", word(t, para("图")+body, "word/media/image1.jpeg", string(photo(t)))); !finds(res, "G36") || !finds(res, "G26", "裁剪") {
		t.Errorf("picture in a document:\n%s", said(res))
	}
}
