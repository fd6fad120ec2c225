package inside

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// readPicture reads what a picture says beside what it shows. Its own text is
// not read, and a layer says so.
func readPicture(data []byte, f *File) {
	f.add(Layer{Kind: PictureText})
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8")):
		readJPEG(data, f)
	case bytes.HasPrefix(data, pngMagic):
		readPNG(data, f)
	case bytes.HasPrefix(data, []byte("GIF8")):
		readGIF(data, f)
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		readExif(data, f)
	default:
		// HEIC, WebP and others keep the block as it is in a JPEG.
		if i := bytes.Index(data, exifMagic); i >= 0 {
			readExif(data[i+len(exifMagic):], f)
		} else if i := bytes.Index(data, []byte("EXIF")); i >= 0 && len(data) > i+8 {
			readExif(data[i+8:], f)
		}
		if i := bytes.Index(data, []byte("<x:xmpmeta")); i >= 0 {
			readXMP(data[i:], f)
		}
	}
}

var (
	pngMagic  = []byte("\x89PNG\r\n\x1a\n")
	exifMagic = []byte("Exif\x00\x00")
	xmpMagic  = []byte("http://ns.adobe.com/xap/1.0/\x00")
)

// mostTrailing is how many bytes may follow the end of a picture by accident.
const mostTrailing = 64

// readJPEG walks over the segments.
func readJPEG(data []byte, f *File) {
	for i := 2; i+4 <= len(data); {
		if data[i] != 0xFF {
			i++ // the coded picture itself
			continue
		}
		marker := data[i+1]
		switch {
		case marker == 0xFF:
			i++
			continue
		case marker == 0, marker == 1, marker >= 0xD0 && marker <= 0xD8:
			i += 2
			continue
		case marker == 0xD9:
			trailing(data[i+2:], f)
			return
		}
		end := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if end > len(data) || end < i+4 {
			broken(f)
			return
		}
		body := data[i+4 : end]
		switch {
		case marker == 0xE1 && bytes.HasPrefix(body, exifMagic):
			readExif(body[len(exifMagic):], f)
		case marker == 0xE1 && bytes.HasPrefix(body, xmpMagic):
			readXMP(body[len(xmpMagic):], f)
		case marker == 0xED:
			readIPTC(body, f)
		case marker == 0xFE:
			pictureNote(f, "注释", string(body))
		}
		i = end
	}
}

// broken says that a picture ends before it should.
func broken(f *File) {
	f.unread("", errs.New(errs.Corrupt, "图片不完整或者已损坏，没有读完；请重新保存后再试。"))
}

// readGIF walks over the blocks.
func readGIF(data []byte, f *File) {
	table := func(flags byte) int { // of colours
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	if len(data) < 13 {
		broken(f)
		return
	}
	blocks := func(i int) (content []byte, end int) {
		for i < len(data) && data[i] != 0 {
			next := min(i+1+int(data[i]), len(data))
			content, i = append(content, data[i+1:next]...), next
		}
		return content, i + 1
	}
	for i := 13 + table(data[10]); i+1 < len(data); {
		switch data[i] {
		case 0x21:
			content, end := blocks(i + 2)
			if data[i+1] == 0xFE {
				pictureNote(f, "注释", strings.ToValidUTF8(string(content), ""))
			}
			i = end
		case 0x2C:
			if i+10 > len(data) {
				broken(f)
				return
			}
			_, i = blocks(i + 11 + table(data[i+9]))
		default:
			trailing(data[i+1:], f)
			return
		}
	}
}

func trailing(rest []byte, f *File) {
	if len(bytes.Trim(rest, "\x00\r\n ")) > mostTrailing {
		f.add(Layer{Kind: Embedded, Name: "图片末尾附加的数据", Count: 1})
	}
}

// pictureNote keeps a text that lies in a picture.
func pictureNote(f *File, name, text string) {
	if text = strings.Trim(text, "\x00 \r\n\t"); SaysSomething(text) {
		f.addText(PictureData, doc.Place{}, name, text)
	}
}

// readPNG walks over the chunks.
func readPNG(data []byte, f *File) {
	for i := len(pngMagic); i+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[i:]))
		if size < 0 || size > len(data)-i-12 {
			broken(f)
			return
		}
		kind, body := string(data[i+4:i+8]), data[i+8:i+8+size]
		i += 12 + size
		switch kind {
		case "eXIf":
			readExif(body, f)
		case "tEXt", "zTXt", "iTXt":
			readPNGText(kind, body, f)
		case "IEND":
			trailing(data[i:], f)
			return
		}
	}
}

func readPNGText(kind string, body []byte, f *File) {
	name, rest, found := bytes.Cut(body, []byte{0})
	if !found {
		return
	}
	packed := false
	switch kind {
	case "zTXt":
		packed, rest = true, rest[min(1, len(rest)):]
	case "iTXt":
		if len(rest) < 2 {
			return
		}
		packed = rest[0] == 1
		_, rest, _ = bytes.Cut(rest[2:], []byte{0}) // the language
		_, rest, _ = bytes.Cut(rest, []byte{0})     // the name in it
	}
	if packed {
		rest = inflate(rest)
	}
	switch string(name) {
	case "XML:com.adobe.xmp":
		readXMP(rest, f)
	case "Software", "date:create", "date:modify", "date:timestamp", "Creation Time":
	default:
		pictureNote(f, string(name), string(rest))
	}
}

// mostInflated bounds what is unpacked out of a picture or PDF stream.
const mostInflated = 4 << 20

func inflate(packed []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	defer func() { _ = z.Close() }()
	out, _ := io.ReadAll(io.LimitReader(z, mostInflated)) // what came before the damage is of use
	return out
}

// readIPTC reads the by-line and caption that news programs write.
func readIPTC(body []byte, f *File) {
	names := map[byte]string{80: "作者", 85: "作者职务", 110: "提供者", 115: "来源", 116: "版权", 120: "说明", 122: "说明作者"}
	for i := 0; i+5 <= len(body); {
		if body[i] != 0x1C || body[i+1] != 2 {
			i++
			continue
		}
		size := int(binary.BigEndian.Uint16(body[i+3:]))
		if size > len(body)-i-5 {
			return
		}
		if name, ok := names[body[i+2]]; ok {
			pictureNote(f, name, string(body[i+5:i+5+size]))
		}
		i += 5 + size
	}
}
