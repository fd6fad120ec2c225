package check

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseNumeral(t *testing.T) {
	good := map[string]int64{
		"零": 0, "两": 2, "十": 10, "十二": 12, "二十": 20, "三十五": 35, "一百零二": 102, "三百零五": 305, "三百二": 320,
		"一千零一十": 1010, "一千零五": 1005, "两千三": 2300, "一万二": 12000, "三万零五": 30005, "十二万三千": 123000,
		"一亿二千万": 120000000, "二〇二三": 2023, "贰拾叁": 23,
	}
	for s, want := range good {
		if got, ok := parseNumeral(s); !ok || got != want {
			t.Errorf("parseNumeral(%q) = %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "百", "万", "三五", "十百", "一十百", "二二十", "一百零", "一二三四五", strings.Repeat("一亿", 20), "十a"} {
		if got, ok := parseNumeral(s); ok {
			t.Errorf("parseNumeral(%q) = %d, want none", s, got)
		}
	}
}

// inNumerals writes a number as Chinese numerals, the school way.
func inNumerals(n int64) string {
	if n == 0 {
		return "零"
	}
	var b strings.Builder
	for _, big := range []struct {
		unit int64
		name string
	}{{100_000_000, "亿"}, {10_000, "万"}, {1, ""}} {
		group := n / big.unit
		n %= big.unit
		if group == 0 {
			continue
		}
		if b.Len() > 0 && group < 1000 {
			b.WriteString("零")
		}
		b.WriteString(groupNumerals(group) + big.name)
	}
	return b.String()
}

func groupNumerals(n int64) string {
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	gap := false
	for _, u := range []struct {
		unit int64
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.unit
		n %= u.unit
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString("零")
			gap = false
		}
		b.WriteString(string(digits[d]) + u.name)
	}
	return b.String()
}

func TestNumeralsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 999_999_999_999).Draw(t, "n")
		s := inNumerals(n)
		if got, ok := parseNumeral(s); !ok || got != n {
			t.Fatalf("%d is written %s and read %d, %v", n, s, got, ok)
		}
	})
}

// A count is read the same in every way of writing it.
func TestFiguresReadAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(2, 9_999_999).Draw(t, "n")
		forms := []string{strconv.FormatInt(n, 10), thousands(n), inNumerals(n)}
		for _, form := range forms {
			got := scanFigures(tidy("共收到申请" + form + " 件。"))
			if len(got) != 1 || got[0].n != n || got[0].kind != pieceFigure || got[0].approx {
				t.Fatalf("%s件 is read %+v, want %d", form, got, n)
			}
		}
	})
}

func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func TestScanFigures(t *testing.T) {
	for _, tc := range []struct {
		text   string
		kind   figureKind
		n      int64
		approx bool
	}{
		{"评价近7万条", pieceFigure, 70000, true},
		{"信息18万余条", pieceFigure, 180000, true},
		{"信息1.5万条", pieceFigure, 15000, false},
		{"信息5500余条", pieceFigure, 5500, true},
		{"约二十件", pieceFigure, 20, true},
		{"十余件", pieceFigure, 10, true},
		{"占33.9%", percentFigure, 339, false},
		{"收取2950元", yuanFigure, 2950, false},
		{"2023年", otherFigure, 2023, false},
		{"12个工作日", otherFigure, 12, false},
		{"7854070人次", otherFigure, 7854070, false},
	} {
		got := scanFigures(tc.text)
		if len(got) != 1 || got[0].kind != tc.kind || got[0].n != tc.n || got[0].approx != tc.approx {
			t.Errorf("%s: %+v", tc.text, got)
		}
	}
	for _, text := range []string{"一是加强培训", "第三件", "办好每一件申请", "“办结一件申请”", "统一条件"} {
		for _, f := range scanFigures(text) {
			if f.kind != otherFigure {
				t.Errorf("%s: %+v, want no figure", text, f)
			}
		}
	}
}
