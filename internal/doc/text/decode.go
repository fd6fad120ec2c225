package text

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/errs"
)

// MaxBytes is the largest text that is read: the longest report seen has 60 kB.
const MaxBytes = 32 << 20

// Encodings that Decode tells apart.
const (
	UTF8    = "UTF-8"
	UTF16LE = "UTF-16LE"
	UTF16BE = "UTF-16BE"
	GB18030 = "GB18030"
)

// Decode turns the bytes of a text file into a string and names the encoding it
// found: a byte order mark decides, then valid UTF-8, then the zero bytes of
// UTF-16, then GB18030. Bytes that are none of these are refused with
// errs.Corrupt; they are never replaced silently.
func Decode(data []byte) (string, string, error) {
	if len(data) > MaxBytes {
		return "", "", errs.New(errs.TooLarge, "文本文件超过 %d MB，年度报告不会这么大；请确认选对了文件。", MaxBytes>>20)
	}
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
		if !utf8.Valid(data) {
			return "", "", errBytes()
		}
		return string(data), UTF8, nil
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decode16(data[2:], binary.LittleEndian, UTF16LE)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decode16(data[2:], binary.BigEndian, UTF16BE)
	case bytes.IndexByte(data, 0) >= 0:
		return decodeUnmarked16(data)
	case utf8.Valid(data):
		return string(data), UTF8, nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", "", errBytes()
	}
	return string(out), GB18030, nil
}

// decodeUnmarked16 tries both byte orders of UTF-16 on a text without a mark and
// takes the one whose line ends and blanks stand where they should.
func decodeUnmarked16(data []byte) (string, string, error) {
	le := bytes.Count(data, []byte{'\n', 0}) + bytes.Count(data, []byte{' ', 0})
	be := bytes.Count(data, []byte{0, '\n'}) + bytes.Count(data, []byte{0, ' '})
	if le >= be {
		return decode16(data, binary.LittleEndian, UTF16LE)
	}
	return decode16(data, binary.BigEndian, UTF16BE)
}

func decode16(data []byte, order binary.ByteOrder, name string) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", errBytes()
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	runes := utf16.Decode(units)
	for _, r := range runes {
		if r == 0 || r == utf8.RuneError {
			return "", "", errBytes()
		}
	}
	return string(runes), name, nil
}

func errBytes() error {
	return errs.New(errs.Corrupt, "文件不是可识别编码（UTF-8、GB18030、UTF-16）的文本，无法读取；请另存为 UTF-8 文本或直接使用原 docx 文件。")
}
