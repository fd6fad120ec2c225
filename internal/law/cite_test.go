package law

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckCitation(t *testing.T) {
	for _, s := range []string{
		"条例§33.1", "条例§20.15", "条例§50.1.5", "条例§36.7", "行政复议法§23.1", "行政复议法§24.1.2",
		"国办公开办函〔2021〕30号", "国办函〔2020〕109号§6", "民法典§203.1", "民事诉讼法§85.3",
		"GB/T 9704-2012§7.3.3", "条例§32、条例§34", "条例§32; 条例§34", "行政诉讼法§101、民事诉讼法§85.3；国办发明电〔2024〕12号",
	} {
		if err := CheckCitation(s); err != nil {
			t.Errorf("CheckCitation(%q): %v", s, err)
		}
	}
	for _, s := range []string{
		"", " ", "条例§57", "条例§0", "条例§33.4", "条例§33.", "条例§", "条例§a", "条例§36.8", "条例§50.1.6", "条例§1.1.1.1",
		"信息公开法§3", "国办公开办函〔2021〕31号", "国办公开办函〔2021〕30号§2", "条例§33.2、不存在", "民法典§7", "条例§+3", "条例§-3",
		"条例§99999999999999999999",
	} {
		if CheckCitation(s) == nil {
			t.Errorf("CheckCitation(%q) found nothing wrong", s)
		}
	}
}

func TestCitationSpoken(t *testing.T) {
	for s, want := range map[string]string{
		"条例§33.2":         "《中华人民共和国政府信息公开条例》第三十三条第二款",
		"条例§36.7":         "《中华人民共和国政府信息公开条例》第三十六条第（七）项",
		"行政复议法§24.1.2":    "《中华人民共和国行政复议法（2023年修订）》第二十四条第一款第（二）项",
		"行政诉讼法§101":       "《中华人民共和国行政诉讼法（2017年修正）》第一百零一条",
		"民法典§1259":        "《中华人民共和国民法典》第一千二百五十九条",
		"国办公开办函〔2021〕30号": "《中华人民共和国政府信息公开工作年度报告格式》",
	} {
		c, err := ParseCitations(s)
		if err != nil || len(c) != 1 {
			t.Fatalf("ParseCitations(%q) = %v, %v", s, c, err)
		}
		if got := c[0].Spoken(); got != want {
			t.Errorf("Spoken(%s) = %s, want %s", s, got, want)
		}
		if got := c[0].String(); got != s {
			t.Errorf("String gives %s for %s", got, s)
		}
	}
}

func TestCitationNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_ = CheckCitation(rapid.StringMatching(`(条例|民法典|行政复议法)?§?[0-9.、;§x]{0,8}`).Draw(t, "citation"))
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"条例§33.1", "条例§33.1、国办公开办函〔2021〕30号", "§", "条例§..", "条例§33.1;", "\xff§1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cites, err := ParseCitations(s)
		if err != nil {
			return
		}
		for _, c := range cites {
			if err := CheckCitation(c.String()); err != nil {
				t.Errorf("%q was read as %s, which is refused: %v", s, c, err)
			}
		}
	})
}

// Every reference in the fixed form, in code, comments and data of the whole
// repository, names an article that this package knows.
func TestRepositoryCitesKnownArticles(t *testing.T) {
	form := regexp.MustCompile(`((?:[\p{Han}〔〕0-9A-Za-z/ -]*[\p{Han}〔〕])|GB/T [0-9.]+-[0-9]+)§([0-9]+(?:\.[0-9]+)*)`)
	root := repositoryRoot(t)
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // a file that others are writing may go away meanwhile
		}
		if d.IsDir() {
			if name := d.Name(); path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		own := filepath.Join(root, "internal", "law")
		if !strings.HasSuffix(path, ".go") || filepath.Dir(path) == own && strings.HasSuffix(path, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		files++
		for _, m := range form.FindAllStringSubmatch(string(data), -1) {
			if err := checkLongest(m[1], m[2]); err != nil {
				t.Errorf("%s: %s§%s: %v", strings.TrimPrefix(path, root+string(filepath.Separator)), m[1], m[2], err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatal("no Go file was found; the walk is broken")
	}
}

// checkLongest finds the instrument at the end of a run of Chinese text, which
// may begin with words before its name.
func checkLongest(text, place string) error {
	for i := range text {
		if _, ok := Lookup(text[i:]); ok {
			return CheckCitation(text[i:] + "§" + place)
		}
	}
	return CheckCitation(text + "§" + place)
}

func repositoryRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
