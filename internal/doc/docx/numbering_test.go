package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormatNumber(t *testing.T) {
	for _, tt := range []struct {
		format string
		want   map[int]string
	}{
		{"decimal", map[int]string{0: "0", 7: "7", 120: "120"}},
		{"decimalZero", map[int]string{7: "07", 12: "12"}},
		{"chineseCounting", map[int]string{0: "〇", 1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九"}},
		{"chineseCountingThousand", map[int]string{10: "十", 19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一", 1001: "一千零一", 1010: "一千零一十", 2300: "二千三百", 10000: "10000"}},
		{"chineseLegalSimplified", map[int]string{1: "壹", 10: "壹拾", 25: "贰拾伍", 108: "壹佰零捌"}},
		{"ideographDigital", map[int]string{1: "一", 10: "一〇", 24: "二四"}},
		{"japaneseCounting", map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 100: "百", 105: "百五", 1000: "千"}},
		{"upperLetter", map[int]string{1: "A", 26: "Z", 27: "AA", 53: "AAA", 100000: "100000"}},
		{"lowerLetter", map[int]string{1: "a", 28: "bb", 0: "0"}},
		{"upperRoman", map[int]string{1: "I", 4: "IV", 14: "XIV", 1990: "MCMXC", 4000: "4000"}},
		{"lowerRoman", map[int]string{9: "ix"}},
		{"decimalEnclosedCircle", map[int]string{1: "①", 20: "⑳", 21: "21"}},
		{"decimalEnclosedCircleChinese", map[int]string{3: "③"}},
		{"decimalEnclosedParen", map[int]string{2: "⑵"}},
		{"decimalFullWidth", map[int]string{12: "１２"}},
		{"ideographTraditional", map[int]string{1: "甲", 10: "癸", 11: "11"}},
		{"none", map[int]string{3: ""}},
		{"somethingNew", map[int]string{3: "3", -1: "-1"}},
	} {
		for n, want := range tt.want {
			if got := formatNumber(n, tt.format); got != want {
				t.Errorf("%s %d: %q, want %q", tt.format, n, got, want)
			}
		}
	}
}

// lvl is a level of a list; more is further content.
func lvl(ilvl, start, format, pattern string, more ...string) string {
	return `<w:lvl w:ilvl="` + ilvl + `"><w:start w:val="` + start + `"/><w:numFmt w:val="` + format + `"/>` + strings.Join(more, "") + `<w:lvlText w:val="` + pattern + `"/></w:lvl>`
}

func abstract(id string, content ...string) string {
	return `<w:abstractNum w:abstractNumId="` + id + `">` + strings.Join(content, "") + `</w:abstractNum>`
}

func num(id, list string, more ...string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + list + `"/>` + strings.Join(more, "") + `</w:num>`
}

func numPr(num, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr>`
}

func TestNumbering(t *testing.T) {
	official := abstract("0",
		lvl("0", "1", "chineseCounting", "%1、"),
		lvl("1", "1", "chineseCounting", "（%2）"),
		lvl("2", "1", "decimal", "%3."),
		lvl("3", "1", "decimal", "%1.%4", `<w:isLgl/>`))
	for _, tt := range []struct {
		name, lists, styles, body string
		want                      []string
	}{
		{
			"levels of an official document", official + num("1", "0"), "",
			p("总", numPr("1", "0")) + p("主动", numPr("1", "1")) + p("依申请", numPr("1", "1")) + p("一条", numPr("1", "2")) + p("二", numPr("1", "0")) + p("再", numPr("1", "1")) + p("法", numPr("1", "3")),
			[]string{"一、总", "（一）主动", "（二）依申请", "1. 一条", "二、二", "（一）再", "2.1 法"},
		},
		{
			"number off", official + num("1", "0"), "",
			p("甲", numPr("1", "0")) + p("乙", numPr("0", "0")) + p("丙", numPr("9", "0")) + p("丁", numPr("1", "0")),
			[]string{"一、甲", "乙", "丙", "二、丁"},
		},
		{
			"instances of a list count together", official + num("1", "0") + num("2", "0"), "",
			p("甲", numPr("1", "0")) + p("乙", numPr("2", "0")),
			[]string{"一、甲", "二、乙"},
		},
		{
			"an instance starts again", official + num("1", "0") + num("2", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`), "",
			p("甲", numPr("1", "0")) + p("乙", numPr("2", "0")) + p("丙", numPr("2", "0")),
			[]string{"一、甲", "五、乙", "六、丙"},
		},
		{
			"an instance has a level of its own", official + num("1", "0", `<w:lvlOverride w:ilvl="0">`+lvl("0", "3", "upperRoman", "%1）", `<w:suff w:val="space"/>`)+`</w:lvlOverride>`), "",
			p("甲", numPr("1", "0")),
			[]string{"III） 甲"},
		},
		{
			"no restart", abstract("0", lvl("0", "1", "decimal", "%1、"), lvl("1", "1", "decimal", "(%2)", `<w:lvlRestart w:val="0"/>`, `<w:suff w:val="nothing"/>`)) + num("1", "0"), "",
			p("a", numPr("1", "0")) + p("b", numPr("1", "1")) + p("c", numPr("1", "0")) + p("d", numPr("1", "1")),
			[]string{"1、a", "(1)b", "2、c", "(2)d"},
		},
		{
			"a level before its parent", official + num("1", "0"), "",
			p("a", numPr("1", "3")) + p("b", numPr("1", "0")),
			[]string{"1.1 a", "二、b"},
		},
		{
			"through paragraph styles",
			abstract("0", lvl("0", "1", "chineseCounting", "%1、", `<w:pStyle w:val="h1"/>`), lvl("1", "1", "chineseCounting", "（%2）", `<w:pStyle w:val="h2"/>`)) + num("1", "0"),
			`<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
				`<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/><w:basedOn w:val="h1"/></w:style>`,
			p("总", `<w:pStyle w:val="h1"/>`) + p("细", `<w:pStyle w:val="h2"/>`) + p("无", `<w:pStyle w:val="h1"/>`, numPr("0", "0")),
			[]string{"一、总", "（一）细", "无"},
		},
		{
			"through a numbering style",
			abstract("0", `<w:numStyleLink w:val="ns"/>`) + abstract("1", `<w:styleLink w:val="ns"/>`, lvl("0", "1", "decimalEnclosedCircle", "%1")) + num("1", "0"), "",
			p("a", numPr("1", "0")),
			[]string{"① a"},
		},
		{
			"custom format falls back", abstract("0", `<w:lvl w:ilvl="0"><w:start w:val="2"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice><mc:Fallback><w:numFmt w:val="lowerLetter"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>`) + num("1", "0"), "",
			p("a", numPr("1", "0")),
			[]string{"b、a"},
		},
		{
			"bullets and percent signs", abstract("0", lvl("0", "1", "bullet", "\uF06C"), lvl("1", "1", "decimal", "100%%2%x%")) + num("1", "0"), "",
			p("a", numPr("1", "0")) + p("b", numPr("1", "1")),
			[]string{"● a", "100%1%x% b"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := file{body: tt.body, parts: map[string]string{"numbering": `<w:numbering>` + tt.lists + `</w:numbering>`}}
			if tt.styles != "" {
				f.parts["styles"] = `<w:styles>` + tt.styles + `</w:styles>`
			}
			if diff := cmp.Diff(tt.want, texts(f.read(t))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
