package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is scanned however it comes: by name, in folders of any name, by the standard
// input; what cannot be read is said.
func TestScanReadsWhateverItIsGiven(t *testing.T) {
	dir := t.TempDir()
	hidden := filepath.Join(dir, ".备份", "换\n行")
	if err := os.MkdirAll(hidden, 0o750); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		filepath.Join(dir, "公开.txt"):        "公开的内容",
		filepath.Join(hidden, "名单 (2).txt"): "张三，身份证号110101199003070716",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		stdin string
		args  []string
		code  int
		says  string
	}{
		"clean file":                {"", []string{filepath.Join(dir, "公开.txt")}, 0, "公开.txt"},
		"hidden folder":             {"", []string{dir}, 1, "11*************716"},
		"name with a line end":      {"", []string{dir}, 1, "换?行"},
		"standard input":            {"张三13812345678", []string{"-"}, 1, "138****5678"},
		"clean standard input":      {"公开", []string{"-"}, 0, "-"},
		"no copy of standard input": {"公开", []string{"-", "--mask", filepath.Join(dir, "m")}, 2, "标准输入"},
		"what is no file":           {"", []string{os.DevNull}, 2, "不是普通文件"},
		"nothing there":             {"", []string{filepath.Join(dir, "没有.txt")}, 2, "找不到"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, _ := run(t, c.stdin, append([]string{"scan"}, c.args...)...)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("code %d, want %d; it says %s", code, c.code, out)
			}
		})
	}
}
