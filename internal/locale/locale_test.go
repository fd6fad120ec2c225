package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		name, asked string
		env         map[string]string
		want        Lang
		wrong       bool
	}{
		{name: "nothing set", want: Chinese},
		{name: "asked", asked: "en", env: map[string]string{"LANG": "zh_CN.UTF-8"}, want: English},
		{name: "asked in the long form", asked: "zh_CN", env: map[string]string{"LANG": "C"}, want: Chinese},
		{name: "LANG", env: map[string]string{"LANG": "zh_CN.UTF-8"}, want: Chinese},
		{name: "LC_ALL goes before LANG", env: map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, want: English},
		{name: "LC_MESSAGES goes before LANG", env: map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, want: Chinese},
		{name: "a language that gongkai does not speak", env: map[string]string{"LANG": "fr_FR"}, want: English},
		{name: "asked for one it does not speak", asked: "fr", want: Chinese, wrong: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Choose(c.asked, func(k string) string { return c.env[k] })
			if got != c.want || (err != nil) != c.wrong {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

func TestCataloguesHaveTheSameKeysAndArguments(t *testing.T) {
	zh, en := Load(Chinese), Load(English)
	verbs := regexp.MustCompile(`%[-+# 0-9.]*[a-z]`)
	for key, text := range zh.texts {
		if !en.Has(key) {
			t.Errorf("en lacks %s", key)
			continue
		}
		a, b := verbs.FindAllString(string(text), -1), verbs.FindAllString(string(en.texts[key]), -1)
		if !slices.Equal(a, b) {
			t.Errorf("%s takes %v in zh-CN and %v in en", key, a, b)
		}
	}
	for key := range en.texts {
		if !zh.Has(key) {
			t.Errorf("zh-CN lacks %s", key)
		}
	}
}

// Keys stand in the sources and templates as literals, so that a search finds
// the place from the sentence and the sentence from the place.
func TestEveryKeyIsUsedAndEveryUsedKeyIsThere(t *testing.T) {
	var all strings.Builder
	root := filepath.Join("..", "..")
	for _, top := range []string{"internal", "ui"} {
		err := fs.WalkDir(os.DirFS(root), top, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			goFile := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
			if d.IsDir() || (!goFile && !strings.HasSuffix(name, ".tmpl") && !strings.HasSuffix(name, ".html")) {
				return nil
			}
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	zh := Load(Chinese)
	for key := range zh.texts {
		if !strings.Contains(all.String(), `"`+key+`"`) {
			t.Errorf("key %s is used nowhere", key)
		}
	}
	// T("…") in Go, t "…" and .T "…" in templates, help:"…" and detail:"…" in the grammar.
	used := regexp.MustCompile(`(?:\bT\(|\bT |\bt |\$t |help:|detail:)"([a-z][a-zA-Z0-9.-]+)"`)
	for _, m := range used.FindAllStringSubmatch(all.String(), -1) {
		if !zh.Has(m[1]) {
			t.Errorf("key %s is used and in no catalogue", m[1])
		}
	}
}

func TestAMissingKeyGivesItself(t *testing.T) {
	if got := Load(Chinese).T("no.such.key"); got != "no.such.key" {
		t.Error(got)
	}
}
