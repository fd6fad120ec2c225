package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// Whatever is looked for, a search finds what reading every request would find:
// of one organ and of all below, before and after requests were corrected, and
// after personal data were erased.
func TestSearchFindsWhatReadingWouldFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		s, random := store.Requests{DB: db}, rand.New(rand.NewPCG(4, 15))
		cal, err := calendar.Default()
		if err != nil {
			t.Fatal(err)
		}
		texts := randomText{random}
		day := calendar.On(2026, 3, 2)
		scene := foi.Scene{Actor: "a", Today: day, Calendar: cal}
		var all []foi.Request
		for batch := range 6 {
			var c foi.Change
			for i := range 200 {
				n := batch*200 + i
				r := foi.Request{ID: fmt.Sprintf("r%05d", n), Organ: []string{storetest.BureauID, storetest.OtherID}[n%3%2]}
				if _, err := r.Do(foi.Receive{
					Number: foi.NumberOf("依申请", 2026, int64(n+1)), Channel: foi.InPerson, On: day, Ask: foi.Ask{Text: texts.some(3, 30)},
					Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C2", Organisation: texts.some(0, 8), Owner: "request/" + r.ID}},
				}, scene); err != nil {
					t.Fatal(err)
				}
				c.Added = append(c.Added, r)
			}
			c.Data = []personal.Datum{{ID: fmt.Sprint("p", batch), Organ: c.Added[1].Organ, Owner: foi.Subject(c.Added[1].ID), Kind: personal.Phone, Sealed: []byte("x"), CreatedAt: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}}
			all = append(all, c.Added...)
			if err := s.Add(t.Context(), func(foi.Around) (foi.Change, error) { return c, nil }); err != nil {
				t.Fatal(err)
			}
		}
		compareSearches(t, s, all, texts, 100)
		for range 100 {
			i := random.IntN(len(all))
			if err := s.Update(t.Context(), all[i].ID, func(r *foi.Request, _ foi.Around) (foi.Change, error) {
				if r.Status != foi.Handling {
					return foi.Change{}, nil
				}
				for _, d := range []foi.Deed{foi.AskCorrection{Items: []string{"写明文号"}, Until: day.Add(20)}, foi.Correct{On: day, Ask: foi.Ask{Text: texts.some(3, 60)}}} {
					if _, err := r.Do(d, scene); err != nil {
						return foi.Change{}, err
					}
				}
				all[i] = *r
				return foi.Change{}, nil
			}); err != nil && !strings.Contains(err.Error(), "一次") {
				t.Fatal(err)
			}
		}
		compareSearches(t, s, all, texts, 100)
		p := store.Personal{DB: db}
		data, err := p.OfOwner(t.Context(), foi.Subject(all[1].ID))
		if err != nil || len(data) != 1 {
			t.Fatal(data, err)
		}
		if err := p.Erase(t.Context(), []string{data[0].ID}, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), nil); err != nil {
			t.Fatal(err)
		}
		compareSearches(t, s, all, texts, 20)
	})
}

// Requests that were there before the index of words are found after an upgrade.
func TestUpgradeIndexesRequests(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), store.GramVersion()-1, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		for i := range 1100 {
			storetest.Exec(t, db, `INSERT INTO request (id, organ_id, number, status, outcome, visibility, handler, channel, kind, organisation, applicant, headline, title,
				arrived_on, received_on, due, ended_on, ended, open, running, file) VALUES ($1, $2, $3, 'handling', '', '', '', 'post', 'C2', '绿水公司', 'a', $4, '', '2026-01-05', '2026-01-05', '2026-02-03', '', '', TRUE, TRUE, '{}')`,
				fmt.Sprintf("r%04d", i), []string{storetest.BureauID, storetest.OtherID}[i%2], fmt.Sprintf("依申请〔2026〕%d号", i+1), fmt.Sprintf("第%d号地块补偿方案", i))
		}
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		for words, want := range map[string]int{"绿水": 550, "第1098号": 1, "第1099号": 0, "6〕1099号": 1, "红水": 0} {
			page, err := store.Requests{DB: db}.List(t.Context(), []account.Place{{Organ: storetest.BureauID}}, paging.Query{Words: words}, calendar.On(2026, 1, 6))
			if err != nil || page.Total != want || page.AtLeast {
				t.Errorf("%s: %d, want %d (%v)", words, page.Total, want, err)
			}
		}
	})
}

func compareSearches(t *testing.T, s store.Requests, all []foi.Request, texts randomText, times int) {
	t.Helper()
	for range times {
		words := texts.words(all)
		place, want := account.Place{Organ: storetest.CountyID, Below: true}, []string(nil)
		status := []foi.Status{"", foi.Handling, foi.Correcting}[texts.IntN(3)]
		if texts.IntN(2) == 0 {
			place = account.Place{Organ: storetest.BureauID}
		}
		for _, r := range all {
			if (place.Below || r.Organ == place.Organ) && (status == "" || r.Status == status) && reads(r, words) {
				want = append(want, r.ID)
			}
		}
		var got []string
		for page := 1; ; page++ {
			found, err := s.List(t.Context(), []account.Place{place}, paging.Query{Words: words, Page: page, Size: 200, Filters: map[string]string{foi.FilterStatus: string(status)}}, calendar.On(2026, 3, 2))
			if err != nil {
				t.Fatal(err)
			}
			if found.AtLeast {
				if found.Total == 0 || found.Total >= len(want)+1 {
					t.Errorf("%q: at least %d, there are %d", words, found.Total, len(want))
				}
				got, want = nil, nil
				break
			}
			for _, row := range found.Rows {
				got = append(got, row.ID)
			}
			if len(found.Rows) < 200 {
				break
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%q below=%v: found %d, reading finds %d", words, place.Below, len(got), len(want))
		}
	}
}

// reads is the plain way to tell whether a request holds the words.
func reads(r foi.Request, words string) bool {
	plain := func(text string) string { return strings.ToLower(narrowed.Replace(text)) }
	for _, w := range strings.Fields(plain(words)) {
		if !strings.Contains(plain(r.Number), w) && !strings.Contains(plain(r.Headline()), w) && !strings.Contains(plain(r.Applicant().Organisation), w) {
			return false
		}
	}
	return true
}

var narrowed = strings.NewReplacer("Ａ", "A", "ａ", "a", "１", "1", "２", "2", "（", "(", "　", " ")

// randomText makes texts out of few characters, so that words meet often.
type randomText struct{ *rand.Rand }

func (r randomText) some(least, more int) string {
	const from = "河湾镇村补偿款公司2026 1Aaab（(Ａ１年%_"
	runes := []rune(from)
	text := ""
	for range least + r.IntN(more+1) {
		text += string(runes[r.IntN(len(runes))])
	}
	if least > 0 {
		text += "明细"
	}
	return text
}

// words are a piece of a request that is there, or anything, or two of them.
func (r randomText) words(all []foi.Request) string {
	x := all[r.IntN(len(all))]
	of := []rune([]string{x.Number, x.Headline(), x.Applicant().Organisation + "司", r.some(1, 4)}[r.IntN(4)])
	from := r.IntN(len(of))
	word := string(of[from:min(len(of), from+1+r.IntN(7))])
	if r.IntN(4) == 0 {
		word += " " + r.some(0, 2)
	}
	if strings.TrimSpace(word) == "" {
		return "河湾"
	}
	return word
}
