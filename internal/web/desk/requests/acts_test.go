package requests

import (
	"slices"
	"testing"

	"gongkai/internal/foi"
	"gongkai/internal/web/deed"
)

// What the table lets an officer do has a form with the right of its row, and no
// form is of anything else.
func TestEveryRowOfTheTableHasAForm(t *testing.T) {
	used, slugs := map[string]bool{}, map[string]bool{}
	for _, row := range foi.Table() {
		// What begins a request has pages of its own, and so has a search.
		elsewhere := slices.Contains(row.From, foi.New) || row.Event == foi.SearchAnswered
		if row.Who.Right == "" || elsewhere {
			continue
		}
		f, ok := deed.FormOf(forms(), row.Event, row.Who.Right)
		if !ok {
			t.Errorf("%s by %s has no form", row.Event, row.Who.Right)
			continue
		}
		used[f.Slug] = true
	}
	for _, f := range forms() {
		if !used[f.Slug] {
			t.Errorf("%s is no row of the table", f.Slug)
		}
		if slugs[f.Slug] {
			t.Errorf("two forms are at %s", f.Slug)
		}
		slugs[f.Slug] = true
	}
}
