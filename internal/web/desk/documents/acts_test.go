package documents

import (
	"slices"
	"testing"

	"gongkai/internal/publish"
	"gongkai/internal/web/deed"
)

// What the table lets an officer do has a form with the right of its row, and no form
// is of anything else.
func TestEveryRowOfTheTableHasAForm(t *testing.T) {
	used, slugs := map[string]bool{}, map[string]bool{}
	for _, row := range publish.Table() {
		if row.Who.Right == "" || slices.Contains(publish.ByInterface(), row.Event) || slices.Contains(row.From, publish.New) {
			continue // the program's own, what room channels shows, and what begins a document: that has its own page
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
