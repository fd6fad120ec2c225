package limits

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/errs"
)

// parseDeadline reads one line strictly: known fields, each at most once.
func parseDeadline(line []byte) (q DeadlineQuery, err error) {
	if err := parse(line, &q); err != nil {
		return q, err
	}
	return q, checkKeys(line, []string{"limit", "from", "pauses", "extend", "region"}, []string{"from", "to"})
}

// parseFee reads one line strictly.
func parseFee(line []byte) (q FeeQuery, err error) {
	if err := parse(line, &q); err != nil {
		return q, err
	}
	return q, checkKeys(line, []string{"method", "count", "published"}, nil)
}

// parse reads one line and says in Chinese what is wrong with it.
func parse(line []byte, into any) error {
	if line[0] != '{' && json.Valid(line) {
		return errs.New(errs.Invalid, "每一行应当是一个 JSON 对象，写在一对花括号里。")
	}
	return explain(json.Unmarshal(line, into))
}

func explain(err error) error {
	var public *errs.Error
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &public):
		return public
	case errors.As(err, &wrong):
		return errs.Wrap(err, errs.Invalid, "字段“%s”的值不正确：%s。", wrong.Field, expected(wrong.Type.Kind().String()))
	case errors.As(err, &syntax):
		return errs.Wrap(err, errs.Invalid, "这一行不是正确的 JSON（第 %d 个字节附近），请检查括号、引号和逗号。", syntax.Offset)
	default:
		return errs.Wrap(err, errs.Invalid, "这一行不是正确的 JSON，请检查括号、引号和逗号。")
	}
}

func expected(kind string) string {
	switch kind {
	case "string":
		return "应当是带引号的文字"
	case "int", "int64":
		return "应当是整数，不能是小数、文字或者过大的数"
	case "bool":
		return "应当是 true 或者 false"
	case "slice":
		return "应当是方括号里的列表"
	default:
		return "类型不对"
	}
}

// checkKeys looks at the keys of an object that is known to be valid JSON, and
// of the objects in its lists. encoding/json takes keys in any case and the last
// of two; here both are mistakes of the asking program that would change the
// answer.
func checkKeys(object []byte, known, listed []string) error {
	const deepest = 3 // {"pauses":[{"from":…}]}
	var isObject [deepest + 1]bool
	var seen [deepest + 1]uint64 // by the bits of the known names
	depth, key := 0, false
	for i := 0; i < len(object); i++ {
		switch object[i] {
		case '{', '[':
			depth++
			if depth > deepest {
				return errs.New(errs.Invalid, "这一行的括号层数太多，请对照说明检查。")
			}
			isObject[depth], seen[depth] = object[i] == '{', 0
			key = isObject[depth]
		case '}', ']':
			depth--
		case ',':
			key = isObject[depth]
		case '"':
			start := i
			for i++; object[i] != '"'; i++ {
				if object[i] == '\\' {
					i++
				}
			}
			if !key {
				continue
			}
			key = false
			names := known
			if depth > 1 {
				names = listed
			}
			k := keyIndex(names, object[start:i+1])
			if k < 0 {
				return errs.New(errs.Invalid, "不认识字段“%s”；可用的字段有 %s。", shorten(unquote(object[start:i+1])), strings.Join(names, "、"))
			}
			if seen[depth]&(1<<k) != 0 {
				return errs.New(errs.Invalid, "字段“%s”写了两次，请只保留一个。", names[k])
			}
			seen[depth] |= 1 << k
		}
	}
	return nil
}

func keyIndex(names []string, quoted []byte) int {
	for i, n := range names {
		if string(quoted[1:len(quoted)-1]) == n {
			return i
		}
	}
	if bytes.IndexByte(quoted, '\\') >= 0 {
		return slices.Index(names, unquote(quoted))
	}
	return -1
}

func unquote(quoted []byte) string {
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		return string(quoted)
	}
	return s
}

func shorten(s string) string {
	const most = 30
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }

// appendString writes a JSON string; Chinese stays readable.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	return closeString(append(b, s...), len(b))
}

// closeString ends a JSON string whose text was written from start on, behind
// the opening quote. What must be escaped is written anew.
func closeString(b []byte, start int) []byte {
	if plainText(b[start:]) {
		return append(b, '"')
	}
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	_ = e.Encode(string(b[start:])) // a string always encodes
	return append(b[:start-1], bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}

func plainText(s []byte) bool {
	for _, c := range s {
		if c < 0x20 || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendError writes {"error":"…"}.
func appendError(b []byte, err error) []byte {
	return append(appendString(append(b, `{"error":`...), strings.ToValidUTF8(errs.Public(err), "�")), '}')
}
