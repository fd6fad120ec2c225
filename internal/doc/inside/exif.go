package inside

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"gongkai/internal/doc/markup"
)

// exifReader reads a TIFF structure (Exif 2.32). Offsets come from the file and
// are never trusted.
type exifReader struct {
	data  []byte
	order binary.ByteOrder
	f     *File
	seen  map[uint32]bool // directories, so that a circle ends
	gps   [5]string
	spot  [5]float64
}

// exifTags are the fields that tell of people and things.
var exifTags = map[uint16]string{
	0x010E: "说明", 0x010F: "相机厂家", 0x0110: "相机型号", 0x013B: "作者", 0x013C: "计算机名", 0x8298: "版权",
	0x9C9B: "标题", 0x9C9C: "备注", 0x9C9D: "作者", 0x9C9E: "关键词", 0x9C9F: "主题",
	0x9286: "备注", 0xA430: "相机主人", 0xA431: "相机序列号", 0xA435: "镜头序列号",
}

// maxEntries bounds the fields of a directory.
const maxEntries = 2000

func readExif(data []byte, f *File) {
	if len(data) < 8 {
		return
	}
	r := &exifReader{data: data, f: f, seen: map[uint32]bool{}}
	switch string(data[:2]) {
	case "II":
		r.order = binary.LittleEndian
	case "MM":
		r.order = binary.BigEndian
	default:
		return
	}
	next := r.directory(r.order.Uint32(data[4:]), false)
	if next != 0 {
		r.directory(next, true)
	}
	if r.gps[1] != "" || r.gps[3] != "" || r.spot[2] != 0 || r.spot[4] != 0 {
		f.add(Layer{Kind: Position, Name: degrees(r.gps[3], r.spot[4], "东经", "西经", "W") + "、" + degrees(r.gps[1], r.spot[2], "北纬", "南纬", "S")})
	}
}

// degrees says where, no nearer than a degree.
func degrees(ref string, at float64, positive, negative, sign string) string {
	if strings.HasPrefix(ref, sign) || at < 0 {
		positive = negative
	}
	return fmt.Sprintf("%s%d°**′", positive, int(math.Abs(at)))
}

// directory reads a list of fields and gives where the next one is.
func (r *exifReader) directory(offset uint32, second bool) (next uint32) {
	if r.seen[offset] || uint64(offset)+2 > uint64(len(r.data)) || len(r.seen) > 16 {
		return 0
	}
	r.seen[offset] = true
	n := int(r.order.Uint16(r.data[offset:]))
	at := int(offset) + 2
	for range min(n, maxEntries) {
		if at+12 > len(r.data) {
			return 0
		}
		r.field(r.data[at:at+12], second)
		at += 12
	}
	if at+4 > len(r.data) {
		return 0
	}
	return r.order.Uint32(r.data[at:])
}

func (r *exifReader) field(e []byte, second bool) {
	tag, kind, count := r.order.Uint16(e), r.order.Uint16(e[2:]), r.order.Uint32(e[4:])
	switch {
	case tag == 0x8769:
		r.directory(r.order.Uint32(e[8:]), false)
	case tag == 0x8825:
		r.position(r.order.Uint32(e[8:]))
	case tag == 0x0202 && second:
		r.f.add(Layer{Kind: Thumbnail, Name: "图片内的缩略图"})
	default:
		if name := exifTags[tag]; name != "" {
			pictureNote(r.f, name, r.text(tag, r.value(e, kind, count)))
		}
	}
}

// sizes are the bytes of the field types, by number.
var sizes = [...]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}

// value gives the bytes of a field, nil where they do not lie in the file.
func (r *exifReader) value(e []byte, kind uint16, count uint32) []byte {
	if int(kind) >= len(sizes) {
		return nil
	}
	size := sizes[kind] * uint64(count)
	if size <= 4 {
		return e[8 : 8+size]
	}
	from := uint64(r.order.Uint32(e[8:]))
	if size > uint64(len(r.data)) || from > uint64(len(r.data))-size {
		return nil
	}
	return r.data[from : from+size]
}

func (r *exifReader) text(tag uint16, v []byte) string {
	if tag >= 0x9C9B && tag <= 0x9C9F { // written by Windows in UTF-16
		units := make([]uint16, len(v)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(v[2*i:])
		}
		return string(utf16.Decode(units))
	}
	if tag == 0x9286 && len(v) >= 8 {
		v = v[8:] // the name of the character set
	}
	return strings.ToValidUTF8(string(bytes.TrimRight(v, "\x00")), "")
}

// position reads where the picture was taken.
func (r *exifReader) position(offset uint32) {
	if uint64(offset)+2 > uint64(len(r.data)) {
		return
	}
	n := int(r.order.Uint16(r.data[offset:]))
	for i := range min(n, maxEntries) {
		at := int(offset) + 2 + 12*i
		if at+12 > len(r.data) {
			return
		}
		e := r.data[at : at+12]
		tag := r.order.Uint16(e)
		if tag == 0 || tag > 4 {
			continue
		}
		v := r.value(e, r.order.Uint16(e[2:]), r.order.Uint32(e[4:]))
		if tag%2 == 1 {
			r.gps[tag] = strings.Trim(string(v), "\x00 ")
		} else if len(v) >= 8 {
			if below := r.order.Uint32(v[4:]); below != 0 {
				r.spot[tag] = float64(r.order.Uint32(v)) / float64(below)
			}
		}
	}
}

// xmpNames are the fields of XMP that tell of people and places.
var xmpNames = map[string]string{
	"creator": "作者", "Author": "作者", "AuthorsPosition": "作者职务", "CaptionWriter": "说明作者", "OwnerName": "相机主人", "Manager": "经理",
	"Company": "单位", "SerialNumber": "序列号", "description": "说明", "Keywords": "关键词", "subject": "关键词", "contributor": "参与人",
}

// readXMP reads a packet of XMP, as pictures and PDF files carry it.
func readXMP(packet []byte, f *File) {
	if i := bytes.Index(packet, []byte("</x:xmpmeta>")); i >= 0 {
		packet = packet[:i+len("</x:xmpmeta>")]
	}
	packet, err := markup.Decode(bytes.Trim(packet, "\x00"))
	if err != nil {
		f.unread("XMP", err)
		return
	}
	place := false
	s := markup.NewScanner(packet)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		_, latitude := s.Attr("GPSLatitude")
		place = place || latitude || string(s.Name) == "GPSLatitude"
		for key, name := range xmpNames {
			if v, ok := s.Attr(key); ok {
				pictureNote(f, name, string(v))
			}
		}
		if name, ok := xmpNames[string(s.Name)]; ok {
			pictureNote(f, name, strings.Join(strings.Fields(s.Content()), " "))
		}
	}
	if place {
		f.add(Layer{Kind: Position, Name: "坐标"})
	}
	if s.Err != nil {
		f.unread("XMP", s.Err)
	}
}
