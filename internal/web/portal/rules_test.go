package portal

import (
	"strings"
	"testing"

	"gongkai/internal/foi"
	"gongkai/internal/locale"
)

// The help page has every row of the state table with its article, in both
// languages.
func TestRulesPageHasTheWholeTable(t *testing.T) {
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		reader := rulesReader{locale.Load(lang), lang == locale.English}
		told := map[string]int{}
		for _, place := range reader.places() {
			for _, row := range place.Rows {
				told[row.Name+row.Cite]++
				if row.Name == "" || row.Then == "" || row.Who == "" || strings.Contains(row.Then, "%!") {
					t.Errorf("%s: %+v", place.Name, row)
				}
			}
		}
		for _, row := range foi.Table() {
			act, _ := foi.ActOf(row.Event)
			name := reader.in(foi.Word{Chinese: act.Chinese, English: act.Do})
			if told[name+row.Cite] == 0 {
				t.Errorf("%s: the page lacks %s under %s", lang, name, row.Cite)
			}
		}
	}
}
