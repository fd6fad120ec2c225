package read

import (
	"strings"
	"unicode"
)

// fold brings a label to the form in which labels are compared: without blanks,
// quotes and other signs that print differently from office to office, digits
// and brackets in half width, the traditional characters of labels in their
// simplified form, and without the pinyin that some converters put in brackets
// behind a character.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if c = foldRune(c); c >= 0 {
			b.WriteRune(c)
		}
	}
	out := b.String()
	if strings.IndexByte(out, '(') >= 0 {
		out = dropPinyin(out)
	}
	return out
}

// foldRune gives the folded character, or -1 for one that is left out.
func foldRune(c rune) rune {
	switch {
	case c < 0x80:
		if c <= ' ' || c == '"' || c == '\'' || c == '*' || c == '#' || c == '_' {
			return -1
		}
		return c
	case c >= '！' && c <= '～':
		return foldRune(c - '！' + '!')
	case c == '“' || c == '”' || c == '‘' || c == '’' || c == '「' || c == '」' || c == '『' || c == '』':
		return -1
	case c == '．' || c == '﹒' || c == '·':
		return '.'
	case c == '〔' || c == '﹝' || c == '【':
		return '('
	case c == '〕' || c == '﹞' || c == '】':
		return ')'
	case unicode.IsSpace(c), c == '\u00ad', c == '\u200b', c == '\u200c', c == '\u200d', c == '\ufeff', c == '\u3000':
		return -1
	}
	if simple, ok := simplified[c]; ok {
		return simple
	}
	return c
}

// dropPinyin removes brackets that hold nothing but Latin letters with or
// without tone marks: 報(bào)告.
func dropPinyin(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '(')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], ')')
		if end < 0 {
			break
		}
		end += open
		if isLatin(s[open+1 : end]) {
			b.WriteString(s[:open])
		} else {
			b.WriteString(s[:end+1])
		}
		s = s[end+1:]
	}
	b.WriteString(s)
	return b.String()
}

func isLatin(s string) bool {
	for _, c := range s {
		if !unicode.Is(unicode.Latin, c) {
			return false
		}
	}
	return s != ""
}

// simplified holds the traditional characters that occur in the form's labels
// and headings. It is no general converter.
var simplified = pairs("總总計计結结轉转辦办繼续續续開开關关機机構构業业組组織织務务請请數数據据項项規规範范許许處处罰罚強强製制發发廢废現现報报來来個个財财產产屬属國国絕绝內内類类過过執执無无當当確确認认獲获費费納纳補补記记載载復复覆复議议訴诉訟讼維维糾纠審审訪访應应經经後后縣县區区鄉乡鎮镇廳厅門门號号嚴严單单萬万額额級级條条為为與与會会體体況况進进問问題题舉举複复紀纪點点種种團团員员險险穩稳權权護护檢检詢询場场書书時时間间見见標标準准")

func pairs(s string) map[rune]rune {
	m := make(map[rune]rune)
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}
