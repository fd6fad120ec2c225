package clean

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// barePicture takes out of a JPEG or PNG all that is not the picture: where and
// by whom it was taken, thumbnails, notes, what follows its end. Colour profiles
// and the way up stay.
func barePicture(data []byte) (bare []byte, changed bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8")):
		bare = bareJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		bare = barePNG(data)
	}
	if bare == nil {
		return data, false
	}
	return bare, !bytes.Equal(bare, data)
}

// bareJPEG keeps the segments that the picture needs; nil where the file is
// broken.
func bareJPEG(data []byte) []byte {
	out := slices.Clone(data[:2])
	for i := 2; i+4 <= len(data); {
		marker := data[i+1]
		if data[i] != 0xFF {
			return nil
		}
		end := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if end > len(data) || end < i+4 {
			return nil
		}
		// APP0 is the head, APP2 holds colour profiles, APP14 says how colours are coded.
		application := marker >= 0xE0 && marker <= 0xEF
		if keep := marker == 0xE0 || marker == 0xE2 || marker == 0xEE; (!application || keep) && marker != 0xFE {
			out = append(out, data[i:end]...)
		}
		if marker == 0xE1 && bytes.HasPrefix(data[i+4:end], []byte("Exif\x00\x00")) {
			out = append(out, wayUp(data[i+10:end])...)
		}
		i = end
		if marker == 0xDA {
			return append(out, coded(data[i:])...)
		}
	}
	return nil
}

// coded gives the coded picture up to and with its end mark. Later scans and
// their tables belong to it.
func coded(data []byte) []byte {
	for i := 0; i+1 < len(data); i++ {
		if data[i] == 0xFF && data[i+1] == 0xD9 {
			return data[:i+2]
		}
	}
	return data
}

// wayUp makes a block of Exif that says nothing but which way up the picture is;
// nil where it stands upright.
func wayUp(exif []byte) []byte {
	if len(exif) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(exif[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(exif[4:]))
	if at+2 > uint64(len(exif)) {
		return nil
	}
	for i := range uint64(order.Uint16(exif[at:])) {
		e := at + 2 + 12*i
		if e+12 > uint64(len(exif)) {
			return nil
		}
		if way := order.Uint16(exif[e+8:]); order.Uint16(exif[e:]) == 0x0112 && way >= 2 && way <= 8 {
			return append([]byte("\xFF\xE1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"),
				byte(way), 0, 0, 0, 0, 0, 0)
		}
	}
	return nil
}

// barePNG keeps the chunks that the picture needs; nil where the file is broken.
func barePNG(data []byte) []byte {
	out := slices.Clone(data[:8])
	for i := 8; i+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[i:]))
		if size < 0 || size > len(data)-i-12 {
			return nil
		}
		kind := string(data[i+4 : i+8])
		switch kind {
		case "tEXt", "zTXt", "iTXt", "eXIf", "tIME":
		default:
			out = append(out, data[i:i+12+size]...)
		}
		if kind == "IEND" {
			return out
		}
		i += 12 + size
	}
	return nil
}
