package clean

import (
	"encoding/csv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/text"
	"gongkai/internal/errs"
)

// encodings are those of text.Decode.
var encodings = map[string]encoding.Encoding{
	text.GB18030: simplifiedchinese.GB18030,
	text.UTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	text.UTF16BE: unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// cleanPlain replaces pieces of a text in the encoding that it has.
func cleanPlain(name string, data []byte, find Find) ([]byte, error) {
	printed, coding, err := text.Decode(data)
	if err != nil {
		return nil, err
	}
	blocks, err := inside.PlainBlocks(data, name)
	if err != nil {
		return nil, err
	}
	out := ""
	if len(blocks) == 1 && blocks[0].Table != nil {
		out = cleanList(printed, blocks, find)
	} else {
		out = cleanLines(printed, blocks, find)
	}
	if strings.HasPrefix(string(data), "\ufeff") {
		out = "\ufeff" + out
	}
	if e := encodings[coding]; e != nil {
		coded, err := e.NewEncoder().String(out)
		if err != nil {
			return nil, errs.Wrap(err, errs.Corrupt, "文本无法按原来的编码写出；请先另存为 UTF-8。")
		}
		return []byte(coded), nil
	}
	return []byte(out), nil
}

func cleanLines(printed string, blocks []doc.Block, find Find) string {
	by := unitsOf(find(blocks))
	lines := strings.Split(printed, "\n")
	for unit := range blocks {
		if all := by[unit]; len(all) > 0 {
			n := blocks[unit].Para.Place.Line - 1
			end := lines[n][len(strings.TrimRight(lines[n], "\r")):]
			lines[n] = replaced(blocks[unit].Para.Text, all) + end
		}
	}
	return strings.Join(lines, "\n")
}

// cleanList replaces values of a list. Only lines in which something changes are
// written anew.
func cleanList(printed string, blocks []doc.Block, find Find) string {
	by := unitsOf(find(blocks))
	was := texts(blocks)
	lines := strings.Split(printed, "\n")
	unit := 0
	for _, row := range blocks[0].Table.Rows {
		for range row.Cells {
			all := by[unit]
			n := row.Place.Line - 1
			if len(all) > 0 && n < len(lines) {
				now := replaced(was[unit], all)
				lines[n] = replaceValue(lines[n], was[unit], now)
			}
			unit++
		}
	}
	return strings.Join(lines, "\n")
}

// replaceValue puts a value in the place of another in a line, quoted as it was.
func replaceValue(line, was, now string) string {
	quote := func(s string) string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		_ = w.Write([]string{s}) // a Builder never fails
		w.Flush()
		return strings.TrimSuffix(b.String(), "\n")
	}
	for _, form := range []func(string) string{func(s string) string { return s }, quote} {
		if strings.Contains(line, form(was)) {
			return strings.Replace(line, form(was), form(now), 1)
		}
	}
	return line
}
