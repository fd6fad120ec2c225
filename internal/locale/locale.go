// Package locale holds what gongkai says to people in the languages it speaks:
// one catalogue each for Simplified Chinese (zh-CN, the default) and English
// (en), as data beside this file: a folder for each language with a file for
// each room (cli.json, desk.json …). A key names the place where a sentence is
// used, e.g. check.summary; both catalogues have the same keys, and a test
// holds that every key is used.
//
// Statutory labels, findings of rules and error sentences are Chinese in any
// language: they quote the law and the form. Errors that only who runs the
// program meets are English too (errs.Error.English).
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"gongkai/internal/errs"
)

// Lang names a language by its tag.
type Lang string

// The languages.
const (
	Chinese Lang = "zh-CN"
	English Lang = "en"
)

//go:embed zh-CN/*.json en/*.json
var files embed.FS

// Choose tells which language to speak: what the person asked for by name (zh,
// zh-CN, en; "" for nothing), else what the environment says in LC_ALL,
// LC_MESSAGES or LANG, the first that is set. Anything there but Chinese is
// English; where nothing is set it is Chinese.
func Choose(asked string, env func(string) string) (Lang, error) {
	switch strings.ToLower(strings.ReplaceAll(asked, "_", "-")) {
	case "":
	case "zh", "zh-cn", "cn", "中文":
		return Chinese, nil
	case "en", "en-us", "en-gb", "english":
		return English, nil
	default:
		return Chinese, errs.New(errs.Invalid, "不支持的界面语言“%s”，请用 zh 或 en。", asked)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch value := env(name); {
		case value == "":
		case strings.HasPrefix(strings.ToLower(value), "zh"):
			return Chinese, nil
		default:
			return English, nil
		}
	}
	return Chinese, nil
}

// Catalogue is what gongkai says in one language.
type Catalogue struct {
	Lang  Lang
	texts map[string]text
}

// text is a string, or in the file a list of lines.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	var lines []string
	if err := json.Unmarshal(data, &lines); err == nil {
		*t = text(strings.Join(lines, "\n"))
		return nil
	}
	return json.Unmarshal(data, (*string)(t))
}

// Load gives the catalogue of a language. The catalogues are part of the
// program, so one that cannot be read is a bug.
func Load(lang Lang) *Catalogue {
	names, err := fs.Glob(files, string(lang)+"/*.json")
	if err != nil || len(names) == 0 {
		panic("locale: no catalogue " + string(lang))
	}
	c := &Catalogue{Lang: lang, texts: map[string]text{}}
	for _, name := range names {
		var texts map[string]text
		data, err := files.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, &texts)
		}
		if err != nil {
			panic("locale: " + name + ": " + err.Error())
		}
		for key, t := range texts {
			if _, twice := c.texts[key]; twice {
				panic("locale: " + name + ": " + key + " is in another file too")
			}
			c.texts[key] = t
		}
	}
	return c
}

// T gives the text of a key with its arguments put in as fmt.Sprintf does. A key
// that is not there gives itself: a page with a strange word is better than none.
func (c *Catalogue) T(key string, args ...any) string {
	t, ok := c.texts[key]
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return string(t)
	default:
		return fmt.Sprintf(string(t), args...)
	}
}

// Has tells whether the catalogue has a key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.texts[key]
	return ok
}
