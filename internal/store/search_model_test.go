package store_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/search"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// anyEntry gives texts of few words, so that many say the same.
func anyEntry(t *rapid.T, id string) search.Entry {
	word := rapid.SampledFrom([]string{"印章", "管理", "章管", "土地", "征收", "地征", "办法", "理办", "2024", "7号", "go"})
	text := func(most int, name string) string {
		return strings.Join(rapid.SliceOfN(word, 0, most).Draw(t, name), rapid.SampledFrom([]string{"", "，"}).Draw(t, "between"))
	}
	return search.Entry{
		ID: id, Organ: rapid.SampledFrom([]string{storetest.CountyID, storetest.BureauID, storetest.OtherID}).Draw(t, "organ"),
		Kind: rapid.SampledFrom([]string{"notice", "budget"}).Draw(t, "kind"), Subject: rapid.SampledFrom([]string{"", "20-1"}).Draw(t, "subject"),
		Ended: rapid.Bool().Draw(t, "ended"), On: rapid.SampledFrom([]string{"2023-05-01", "2024-02-29", "2024-11-30", ""}).Draw(t, "on"),
		Number: rapid.SampledFrom([]string{"", "青政〔2024〕7号"}).Draw(t, "number"), Title: text(3, "title"), Text: text(9, "text"),
	}
}

func anyFilter(t *rapid.T) search.Filter {
	f := search.Filter{
		Organ: rapid.SampledFrom([]string{"", "", storetest.CountyID, storetest.BureauID}).Draw(t, "of"), Below: rapid.Bool().Draw(t, "below"),
		Kind: rapid.SampledFrom([]string{"", "", "notice"}).Draw(t, "of kind"), Ended: rapid.SampledFrom([]string{"", "", "no", "yes"}).Draw(t, "holds"),
	}
	if f.Organ == "" {
		f.Below = false
	}
	days := rapid.SampledFrom([][2]string{{}, {}, {"2024-01-01", "2024-12-31"}, {"2023-05-02", ""}, {"", "2024-03-01"}, {"2024-03-01", "2024-12-31"}}).Draw(t, "days")
	f.From, f.Until = days[0], days[1]
	return f
}

// meets tells whether an entry meets a filter.
func meets(e search.Entry, f search.Filter) bool {
	return (f.Organ == "" || e.Organ == f.Organ || f.Below && f.Organ == storetest.CountyID) && (f.Kind == "" || e.Kind == f.Kind) &&
		(f.Ended == "" || (f.Ended == "yes") == e.Ended) && (f.From == "" || e.On >= f.From) && (f.Until == "" || e.On <= f.Until)
}

// naive reads every text: what meets a query and a filter in the order of its rank. What
// nothing says may be the initials of titles.
func naive(entries map[string]search.Entry, typed string, f search.Filter) []string {
	q := search.Parse(typed)
	ids := those(entries, q, f, func(e search.Entry) bool { return says(e, q) })
	if by, ok := q.Spelled(); ok && len(ids) == 0 {
		return those(entries, by, f, func(e search.Entry) bool { return search.Spells(e.Title, typed) })
	}
	return ids
}

// those gives what is meant by a query. A phrase does not reach across a comma: its
// pairs of characters must stand there too.
func those(entries map[string]search.Entry, q search.Query, f search.Filter, meant func(search.Entry) bool) []string {
	weights, holders := map[string]map[string]int{}, map[string]int{}
	for id, e := range entries {
		weights[id] = e.Weights()
		for t := range weights[id] {
			holders[t]++
		}
	}
	type hit struct {
		id, on string
		score  float64
	}
	var hits []hit
	for id, e := range entries {
		lacks := slices.ContainsFunc(q.Tokens(), func(t string) bool { _, has := weights[id][t]; return !has })
		if lacks || !meant(e) || !meets(e, f) {
			continue
		}
		score := 0.0
		for _, t := range q.Tokens() {
			w := weights[id][t]
			value := float64(w&15) / 2
			if w&16 != 0 {
				value += 6
			}
			score += math.Log(1+float64(len(entries))/float64(holders[t]+1)) * value
		}
		title, said := search.Joined(e.Title), 0
		for _, term := range q.Terms {
			if strings.Contains(title, term.Text) {
				said += len([]rune(strings.ReplaceAll(term.Text, " ", "")))
			}
		}
		score *= 1 + 2*min(1, float64(said)/float64(max(1, len([]rune(strings.ReplaceAll(title, " ", ""))))))
		if e.Ended {
			score *= 0.6
		}
		if on, err := time.Parse(time.DateOnly, e.On); err == nil {
			score *= 1 + 0.5/(1+finder.Sub(on).Hours()/24/365)
		}
		hits = append(hits, hit{id, e.On, score})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.on, a.on), cmp.Compare(a.id, b.id))
	})
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.id)
	}
	return ids
}

// Whatever comes in, changes and goes, in lists of parts of any size: a search finds
// what reading every text finds, in its order; where it ranks no more than a few, these
// are among them and it says that there may be more.
func TestASearchFindsWhatReadingEverythingFinds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		outer := t
		rapid.Check(t, func(t *rapid.T) {
			for _, table := range []string{"search_post", "search_doc", "search_text", "search_state"} {
				storetest.Exec(outer, db, "DELETE FROM "+table)
			}
			s := store.Search{DB: db, PartSize: rapid.SampledFrom([]int{2, 3, 8, search.PartSize}).Draw(t, "part size")}
			entries := map[string]search.Entry{}
			for range rapid.IntRange(1, 5).Draw(t, "changes") {
				var some []search.Entry
				for range rapid.IntRange(1, 12).Draw(t, "many") {
					some = append(some, anyEntry(t, fmt.Sprintf("d%02d", rapid.IntRange(0, 40).Draw(t, "id"))))
				}
				if err := s.Index(t.Context(), some); err != nil {
					t.Fatal(err)
				}
				for _, e := range some {
					entries[e.ID] = e
				}
				if id := fmt.Sprintf("d%02d", rapid.IntRange(0, 40).Draw(t, "goes")); entries[id].ID != "" {
					delete(entries, id)
					if err := s.Drop(t.Context(), id); err != nil {
						t.Fatal(err)
					}
				}
			}
			for range 2 {
				compare(t, s, entries)
			}
			if _, err := s.Tidy(t.Context()); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				compare(t, s, entries)
			}
			if n, err := s.Size(t.Context()); err != nil || n != len(entries) {
				t.Fatalf("%d documents, want %d, %v", n, len(entries), err)
			}
			if err := db.VerifyLists(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
				t.Fatal(err)
			}
		})
	})
}

func compare(t *rapid.T, s store.Search, entries map[string]search.Entry) {
	typed := rapid.SampledFrom([]string{"印章管理", "印章", "“章管理”", "土地 印章", "章", "2024", "青政〔2024〕7号", "土地征收办法", "go 办法", "“没有”", "yzgl", "tdzs", "BF", "zgl", "go"}).Draw(t, "typed")
	q, f := search.Parse(typed), anyFilter(t)
	r, err := search.Finder{Index: s, Today: finder}.Find(t.Context(), q, f, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	want := naive(entries, typed, f)
	if got := found(r); len(want) > 0 && (!slices.Equal(got, want) || r.Total != len(want) || r.AtLeast || r.Near) || len(want) == 0 && len(got) > 0 && !r.Near {
		t.Fatalf("%s %+v finds %v (%+v), want %v of %v", typed, f, got, r, want, slices.Sorted(maps.Keys(entries)))
	}
	few, err := search.Finder{Index: s, Today: finder, Most: 3}.Find(t.Context(), q, f, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	got := found(few)
	for _, id := range got {
		if !few.Near && !slices.Contains(want, id) {
			t.Fatalf("%s %+v finds %s, which does not say it", typed, f, id)
		}
	}
	if !few.Near && !few.AtLeast && few.Total != len(want) || few.Total > len(want) && !few.Near || len(got) > 3 && !few.Near {
		t.Fatalf("%s %+v finds %d of %d ranked (at least: %v), want %d", typed, f, len(got), few.Total, few.AtLeast, len(want))
	}
}

func found(r search.Result) (ids []string) {
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}
