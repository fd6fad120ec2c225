package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatReadsTheSameIsTheSame(t *testing.T) {
	for a, b := range map[string]string{
		"政務公開條例":        "政务公开条例",
		"國辦函〔２０２０〕１０９號": "国办函〔2020〕109号",
		"ＡＢＣ ａｂｃ":       "abc abc",
		"ﾃｽﾄ":           "テスト",
		"頭髮 發展":         "头发 发展",
	} {
		if got := string(Fold(a)); got != b {
			t.Errorf("%s folds to %s, want %s", a, got, b)
		}
	}
	if n := len(simplified()); n < 3700 {
		t.Errorf("%d characters have a simplified form", n)
	}
}

func TestTokens(t *testing.T) {
	got := slices.Sorted(func(yield func(string) bool) {
		for token := range Count("国办函〔2020〕109号，Go语言") {
			if !yield(token) {
				return
			}
		}
	})
	want := []string{"109", "2020", "go", "函", "办", "办函", "号", "国", "国办", "言", "语", "语言"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestParse(t *testing.T) {
	for typed, want := range map[string]string{
		"":                       "",
		"  印章 管理 ":               "印章|管理",
		"“一窗 受理” 办法":             "一窗受理|办法!",
		"國辦函〔2020〕109號":          "国办函 2020  109 号",
		"，。！":                    "",
		"低":                      "低",
		strings.Repeat("字", 500): strings.Repeat("字", MaxQuery),
	} {
		q := Parse(typed)
		var texts []string
		for _, term := range q.Terms {
			texts = append(texts, term.Text)
		}
		got := strings.Join(texts, "|")
		if q.Exact {
			got += "!"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestMarks(t *testing.T) {
	show := func(pieces []Piece) string {
		var b strings.Builder
		for _, p := range pieces {
			if p.Marked {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		return b.String()
	}
	for _, c := range [][3]string{
		{"关于規範村级印章管理的通知", "规范 印章", "关于[規範]村级[印章]管理的通知"},
		{"见国办函〔2020〕109号文件", "国办函（2020）109号", "见[国办函〔2020〕109号]文件"},
		{"编号1094，不是109。", "109", "编号1094，不是[109]。"},
		{"公开。开公", "公开", "[公开]。开公"},
		{"没有", "别的", "没有"},
	} {
		if got := show(Mark(c[0], Parse(c[1]))); got != c[2] {
			t.Errorf("%s in %s: %s, want %s", c[1], c[0], got, c[2])
		}
	}
	long := strings.Repeat("无关的文字。", 60) + "这里说到印章管理。" + strings.Repeat("又是无关。", 60)
	if got := show(Snippet(long, Parse("印章管理"))); !strings.Contains(got, "[印章管理]") || len([]rune(got)) > snippetLength+6 || !strings.HasPrefix(got, "…") {
		t.Errorf("snippet: %s", got)
	}
}

func TestPostingsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.Int64Range(0, 1<<40).Draw(t, "base")
		seen := map[int64]bool{}
		var all []Posting
		for _, at := range rapid.SliceOfN(rapid.Int64Range(0, 3*PartSize), 1, 40).Draw(t, "docs") {
			if !seen[at] {
				seen[at] = true
				all = append(all, Posting{base + at, rapid.IntRange(0, 31).Draw(t, "weight")})
			}
		}
		slices.SortFunc(all, func(a, b Posting) int { return int(a.Doc - b.Doc) })
		got, err := Unpack(base, Pack(base, all))
		if err != nil || !slices.Equal(got, all) {
			t.Fatalf("%v, %v, want %v", got, err, all)
		}
	})
	for _, bad := range [][]byte{{1}, {0xff}, {0xff, 0xff, 1}, {1, 2, 0, 2}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1}} {
		if _, err := Unpack(0, bad); err == nil {
			t.Errorf("%x is taken", bad)
		}
	}
}

func FuzzMark(f *testing.F) {
	f.Add("国办函〔2020〕109号", "109 号")
	f.Fuzz(func(t *testing.T, text, typed string) {
		var b strings.Builder
		for _, p := range Mark(text, Parse(typed)) {
			b.WriteString(p.Text)
		}
		if want := strings.ReplaceAll(string([]rune(text)), "\n", " "); b.String() != want {
			t.Errorf("marking %q changes it to %q", want, b.String())
		}
	})
}

// Titles are found by how their characters begin in Pinyin, with the readings that a
// character has, across what stands between words, and in no other order.
func TestTitlesAreSpelled(t *testing.T) {
	for _, c := range []struct {
		title, typed string
		want         string // the marked part; "" for not found
	}{
		{"关于印发《“一窗受理”管理办法》的通知", "ycsl", "一窗受理"},
		{"关于印发《“一窗受理”管理办法》的通知", "SLGL", "受理”管理"},
		{"關於印發管理辦法的通知", "glbf", "管理辦法"},
		{"银行账户", "yhzh", "银行账户"},
		{"行长任命", "xcr", "行长任"},
		{"行长任命", "hzr", "行长任"},
		{"2026年部门预算", "nbmys", "年部门预算"},
		{"一窗受理", "yc", ""},   // too short to mean anything
		{"一窗受理", "ycls", ""}, // another order
		{"一窗受理", "“ycsl”", ""},
		{"一窗受理", "ycs l", ""},
		{"一窗受理", "受理sl", ""},
		{"ABC公司", "abc", ""}, // letters are words, which are found as such
		{"一窗受理", "ycslglbfsxtzhwjyjfa", ""},
	} {
		marked := ""
		if q, ok := Parse(c.typed).Spelled(); ok {
			for _, p := range Mark(c.title, q) {
				if p.Marked {
					marked += p.Text
				}
			}
			listed := initialTokens(c.title)
			if c.want != "" && slices.ContainsFunc(q.Tokens(), func(token string) bool { return !slices.Contains(listed, token) }) {
				t.Errorf("%s is not listed under %v, but %v", c.title, q.Tokens(), listed)
			}
		}
		if marked != c.want || Spells(c.title, c.typed) != (c.want != "") {
			t.Errorf("%s in %s marks %q, want %q", c.typed, c.title, marked, c.want)
		}
	}
}

// A snippet begins in a sentence that says the words, not among keywords and numbers that
// stand in lines by themselves; where nothing else says them, these do.
func TestASnippetIsASentence(t *testing.T) {
	text := "一窗受理\n综合窗口\n15089900-1/2026-00007\n各进驻单位，局机关各股室：\n《青川旗政务服务“一窗受理”管理办法（试行）》已经局务会议审议通过，现印发给你们，请遵照执行。"
	said := func(typed string) (all string) {
		for _, p := range Snippet(text, Parse(typed)) {
			all += p.Text
		}
		return all
	}
	if got := said("一窗受理"); !strings.HasPrefix(got, "…《青川旗政务服务“一窗受理”") {
		t.Error(got)
	}
	if got := said("综合窗口"); !strings.Contains(got, "综合窗口") {
		t.Error(got)
	}
}
