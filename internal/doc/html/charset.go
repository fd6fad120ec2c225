package html

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gongkai/internal/errs"
)

// metaBytes is how far into a page its declared charset is looked for. The
// standard says 1024; pages that begin with a long comment need more.
const metaBytes = 4096

var declaredPattern = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// decode turns the bytes of a page into text. A byte order mark decides; then
// the bytes themselves, because a declared charset is often a leftover of the
// template: what is valid UTF-8 with Chinese in it is UTF-8. The declaration
// decides among the rest if the bytes fit it, and GB18030 is the last attempt.
func decode(data []byte) (string, error) {
	if enc := byteOrder(data); enc != nil {
		text, bad := decodeWith(enc, data)
		return checked(text, bad)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	declared := declaredCharset(data)
	high, broken, wide := surveyUTF8(data)
	if broken == 0 && (high == 0 || wide || !isChinese(declared)) {
		return strings.ToValidUTF8(string(data), "\ufffd"), nil
	}
	if broken > 0 && wide && broken*50 <= high {
		return strings.ToValidUTF8(string(data), "\ufffd"), nil
	}
	if enc, name := charset.Lookup(declared); enc != nil && !isWestern(name) && name != "utf-8" {
		if text, bad := decodeWith(enc, data); bad == 0 {
			return text, nil
		}
	}
	text, bad := decodeWith(simplifiedchinese.GB18030, data)
	return checked(text, bad)
}

// byteOrder tells UTF-16 by its mark or by the zero byte beside the first "<".
func byteOrder(data []byte) encoding.Encoding {
	switch {
	case len(data) < 4:
		return nil
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), data[0] == '<' && data[1] == 0 && data[3] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}), data[0] == 0 && data[1] == '<' && data[2] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

func declaredCharset(data []byte) string {
	m := declaredPattern.FindSubmatch(data[:min(len(data), metaBytes)])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]))
}

func isChinese(label string) bool {
	_, name := charset.Lookup(label)
	return name == "gbk" || name == "gb18030" || name == "hz-gb-2312"
}

// isWestern tells the encodings that fit any bytes and therefore prove nothing.
func isWestern(name string) bool {
	return strings.HasPrefix(name, "windows-125") || strings.HasPrefix(name, "iso-8859") ||
		name == "macintosh" || name == "x-user-defined" || name == "replacement"
}

// surveyUTF8 counts the bytes above ASCII and those that are no UTF-8, and
// tells whether a character of three bytes or more (every Chinese one) occurs.
// A character cut off at the very end is not counted as broken.
func surveyUTF8(data []byte) (high, broken int, wide bool) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(data[i:])
		high += size
		switch {
		case size > 1:
			wide = wide || size > 2
		case wide && !utf8.FullRune(data[i:]):
			high += len(data) - i
			return high, broken, wide
		default:
			broken++
		}
		i += size
	}
	return high, broken, wide
}

func decodeWith(enc encoding.Encoding, data []byte) (text string, bad int) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", len(data)
	}
	text = string(out)
	return text, strings.Count(text, "\ufffd")
}

// checked accepts a text in which at most two characters, or one in a hundred,
// could not be decoded; those stand as U+FFFD and are seen as unreadable.
func checked(text string, bad int) (string, error) {
	if bad > 2 && bad*100 > utf8.RuneCountInString(text) {
		return "", errs.New(errs.Corrupt, "网页的文字编码无法判断（不是 UTF-8、GB18030 或 UTF-16）；请用浏览器打开，另存为 UTF-8 编码的网页再试。")
	}
	return text, nil
}
