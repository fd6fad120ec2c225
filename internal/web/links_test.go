package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// listAt gives a list of so many rows as it is at an address.
func listAt(address string, total int) web.List {
	q := web.ReadList(httptest.NewRequest("GET", address, http.NoBody), []string{"name", "due"}, []string{"organ", "state"})
	return web.List{
		Path: "/list", Query: q, Total: total, Rows: make([]web.Row, max(0, min(q.Limit(), total-q.Offset()))),
		Columns: []web.Column{{Name: "name"}, {Name: "due"}, {}},
		Filters: []web.Filter{{Name: "organ", Label: "机关", Options: []web.Option{{Value: "1", Label: "民政局"}}}, {Name: "state", Label: "状态"}},
	}
}

func TestLinksOfAList(t *testing.T) {
	l := listAt("/list?q=%E6%B0%B4&organ=1&sort=name&page=3&size=10&evil=1", 95)
	for name, c := range map[string]struct{ got, want string }{
		"sorted by it already": {l.SortLink(l.Columns[0]), "/list?desc=1&organ=1&q=%E6%B0%B4&size=10&sort=name"},
		"another column":       {l.SortLink(l.Columns[1]), "/list?organ=1&q=%E6%B0%B4&size=10&sort=due"},
		"previous":             {l.Previous(), "/list?organ=1&page=2&q=%E6%B0%B4&size=10&sort=name"},
		"next":                 {l.Next(), "/list?organ=1&page=4&q=%E6%B0%B4&size=10&sort=name"},
		"export":               {l.ExportLink(), "/list?format=xlsx&organ=1&q=%E6%B0%B4&size=10&sort=name"},
		"aria-sort":            {l.Sorted(l.Columns[0]), "ascending"},
		"not sorted by it":     {l.Sorted(l.Columns[1]), ""},
		"cannot be sorted":     {l.Sorted(l.Columns[2]), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", name, c.got, c.want)
		}
	}
	if diff := cmp.Diff([]web.Chip{{"水", "/list?organ=1&size=10&sort=name"}, {"机关: 民政局", "/list?q=%E6%B0%B4&size=10&sort=name"}}, l.Chips()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]web.Pair{{"size", "10"}, {"sort", "name"}}, l.Hidden()); diff != "" {
		t.Error(diff)
	}
	if l.From() != 21 || l.To() != 30 || !l.Narrowed() {
		t.Errorf("%d–%d", l.From(), l.To())
	}
	if turned := listAt(l.SortLink(l.Columns[0]), 95); turned.Sorted(l.Columns[0]) != "descending" || turned.SortLink(l.Columns[0]) != "/list?organ=1&q=%E6%B0%B4&size=10&sort=name" {
		t.Error("the third click does not turn back")
	}
}

func TestPagesOfAList(t *testing.T) {
	numbers := func(l web.List) (n []int) {
		for _, p := range l.Pages() {
			n = append(n, p.Number)
		}
		return n
	}
	for _, c := range []struct {
		page, total int
		want        []int // 0 for a gap
	}{
		{1, 0, nil},
		{1, 10, nil},
		{1, 11, []int{1, 2}},
		{1, 100, []int{1, 2, 3, 0, 10}},
		{5, 100, []int{1, 0, 3, 4, 5, 6, 7, 0, 10}},
		{10, 100, []int{1, 0, 8, 9, 10}},
		{4, 100, []int{1, 2, 3, 4, 5, 6, 0, 10}},
	} {
		l := listAt("/list?size=10&page="+strconv.Itoa(c.page), c.total)
		if got := numbers(l); !slices.Equal(got, c.want) {
			t.Errorf("page %d of %d rows: %v, want %v", c.page, c.total, got, c.want)
		}
	}
	if l := listAt("/list?size=10&page=99", 20); !l.Narrowed() || l.Next() != "" {
		t.Error("a page past the end says that the list is empty")
	}
	l := listAt("/list?size=10", 10)
	if l.Next() != "" {
		t.Error("there is nothing after the only page")
	}
	if l.AtLeast = true; l.Next() == "" {
		t.Error("rows that were not counted cannot be reached")
	}
}

// Whoever follows the links to the next page sees every row once.
func TestEveryRowIsOnOnePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, size := rapid.IntRange(0, 300).Draw(t, "total"), rapid.IntRange(1, 40).Draw(t, "size")
		seen, address := 0, "/list?size="+strconv.Itoa(size)
		for address != "" {
			l := listAt(address, total)
			if len(l.Rows) > 0 && l.From() != seen+1 {
				t.Fatalf("%s begins at %d after %d", address, l.From(), seen)
			}
			seen += len(l.Rows)
			address = l.Next()
		}
		if seen != total {
			t.Fatalf("%d of %d rows", seen, total)
		}
	})
}

// An address that the list itself makes is read back as the same state.
func TestStateStandsInTheAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := url.Values{}
		for _, name := range []string{"q", "organ", "state"} {
			if s := rapid.String().Draw(t, name); s != "" {
				v.Set(name, s)
			}
		}
		if rapid.Bool().Draw(t, "sorted") {
			v.Set("sort", "due")
		}
		l := listAt("/list?"+v.Encode(), 1000)
		back := listAt(l.Next(), 1000)
		want := l.Query
		want.Page = 2
		if diff := cmp.Diff(want, back.Query); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWhatAnAddressMayNotAskFor(t *testing.T) {
	q := web.ReadList(httptest.NewRequest("GET", "/list?sort=password&page=-3&size=999999&organ=&other=1", http.NoBody), []string{"name"}, []string{"organ"})
	if q.Sort != "" || q.Page != 1 || q.Limit() != paging.MaxSize || len(q.Filters) != 0 {
		t.Errorf("%+v", q)
	}
}
