package foi_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// Random lives through the desk and the database: the counters always say what
// counting the requests gives, and people's lists hold what is to be done, no more
// and no less.
func TestCountersAndListsFollowEveryChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-01-02"), t.Context()
		letters := h.letters()
		for i := range 9 {
			storetest.Person(t, db, fmt.Sprintf("P%d", i), storetest.BureauID, "clerk")
		}
		random := rand.New(rand.NewPCG(7, 11))
		cal, _ := calendar.Default()
		day := calendar.On(2025, 1, 2)
		var ids []string
		taken := map[foi.Status]int{}
		for n := range 420 {
			if n%12 == 0 {
				in := intake(fmt.Sprintf("第%d村补贴发放明细", n), zhang)
				if n%24 == 0 { // together with a company
					in.Receive.Parties = append(in.Receive.Parties, foi.Party{Role: foi.JoinsIn, Kind: "C2", Organisation: "绿源公司"})
					in.Facts, in.Receive.Strict = append(in.Facts, foi.Facts{}), false
				}
				r, err := h.Register(ctx, clerk, in)
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, r.ID)
			}
			if day = day.Add([]int{0, 0, 1, 2, 5}[random.IntN(5)]); day.After(calendar.On(2026, 11, 20)) {
				break
			}
			h.home.On(day.String())
			r, err := h.Store.Request(ctx, ids[random.IntN(len(ids))])
			if err != nil {
				t.Fatal(err)
			}
			taken[r.Status]++
			h.post(letters, r, random.IntN)
			deed, ok := foi.RandomDeed(r, cal, day, random.IntN)
			if !ok {
				continue
			}
			err = h.Do(ctx, somebody[random.IntN(len(somebody))], r.ID, deed)
			if k := errs.KindOf(err); err != nil && k != errs.Conflict && k != errs.Invalid && k != errs.NotFound {
				t.Fatalf("%s: %v", deed.Event(), err)
			}
			if n%60 == 59 {
				h.same(db, cal, day)
			}
		}
		if len(taken) < 8 {
			t.Errorf("the walk met only %v", taken)
		}
		h.same(db, cal, day)
	})
}

// somebody may do everything, and there are three of them, for what takes two.
var somebody = []account.Actor{mighty("a"), mighty("b"), mighty("c")}

func mighty(id string) account.Actor {
	a := account.Actor{ID: id, Organ: storetest.BureauID}
	for _, role := range []account.Role{account.Clerk, account.Head, account.Reviewer, account.Signer} {
		a.Grants = append(a.Grants, account.Grant{Organ: storetest.BureauID, Role: role})
	}
	a.Grants = append(a.Grants, account.Grant{Organ: "section", Role: account.Liaison})
	return a
}

// letters lets the desk write letters.
func (h *house) letters() *letter.Office {
	scribe := letter.Scribe{Trees: h.Trees, Organs: store.Organs{DB: h.db}, Templates: store.Letters{DB: h.db}, IDs: h.IDs}
	h.Scribe = scribe
	return &letter.Office{Store: store.Letters{DB: h.db}, Desk: h.Desk, Scribe: scribe, Vault: h.vault, Clock: h.now, IDs: h.IDs}
}

// post sends about half of what waits of a request, as far as nothing is lacking.
func (h *house) post(o *letter.Office, r foi.Request, pick func(int) int) {
	h.Helper()
	papers, err := o.Store.Papers(h.Context(), r.ID)
	if err != nil {
		h.Fatal(err)
	}
	for _, p := range papers {
		if !p.Waits() || pick(2) == 0 || len(letter.Lacking(p)) > 0 {
			continue
		}
		if err := o.Send(h.Context(), mighty("a"), r.ID, p.ID, calendar.Date{}, foi.Post); err != nil {
			h.Fatal(err)
		}
	}
}

func (h *house) same(db *store.DB, cal *calendar.Calendar, today calendar.Date) {
	h.Helper()
	ctx := h.Context()
	if _, err := h.Tend(ctx); err != nil {
		h.Fatal(err)
	}
	tallies := map[foi.Conventions][]foi.Tally{}
	var disputes []foi.Dispute
	var wanted []string
	page, err := h.Store.List(ctx, []account.Place{{Organ: storetest.BureauID}}, paging.Query{Size: paging.MaxSize}, today)
	if err != nil {
		h.Fatal(err)
	}
	if len(page.Rows) != page.Total {
		h.Fatalf("%d of %d requests", len(page.Rows), page.Total)
	}
	for _, row := range page.Rows {
		r, err := h.Store.Request(ctx, row.ID)
		if err != nil {
			h.Fatal(err)
		}
		for _, c := range alternatives() {
			tallies[c] = append(tallies[c], r.Tallies(c)...)
		}
		disputes = append(disputes, r.Disputes...)
		duties, err := r.Duties(cal, today)
		if err != nil {
			h.Fatal(err)
		}
		papers, err := store.Letters{DB: db}.Papers(ctx, r.ID)
		if err != nil {
			h.Fatal(err)
		}
		for _, p := range papers {
			if p.Waits() {
				duties = append(duties, p.Posting(r))
			}
		}
		for _, d := range duties {
			wanted = append(wanted, d.Title(r.Number)+" "+d.Due.String()+" "+work.Holder{Person: d.Person, Role: d.Role}.String())
		}
	}
	for year := 2024; year <= 2027; year++ {
		for _, c := range alternatives() {
			want3, want4 := foi.CountTable3(year, tallies[c]), foi.CountTable4(year, disputes, c)
			place := account.Place{Organ: storetest.CountyID, Below: true}
			t3, t4, err := h.Store.Count(ctx, place, year, c)
			if err != nil || !maps.Equal(t3, want3) || !maps.Equal(t4, want4) {
				h.Fatalf("%d by %q: counters say %v, %v (%v); counting gives %v, %v", year, c, t3, t4, err, want3, want4)
			}
			t3, t4, err = h.Store.CountSpan(ctx, place, calendar.YearSpan(year), c)
			if err != nil || !maps.Equal(t3, want3) || !maps.Equal(t4, want4) {
				h.Fatalf("%d by %q: by days %v, %v (%v); counting gives %v, %v", year, c, t3, t4, err, want3, want4)
			}
		}
	}
	if err := db.VerifyTallies(ctx, func(f store.Finding) { h.Errorf("verify: %s", f.English) }); err != nil {
		h.Fatal(err)
	}
	var there []string
	for mark := (work.Mark{}); ; {
		items, err := store.Work{DB: db}.DueBy(ctx, calendar.On(2030, 1, 1), mark, 100)
		if err != nil {
			h.Fatal(err)
		}
		for _, i := range items {
			there, mark = append(there, i.Title+" "+i.Due.String()+" "+i.For.String()), work.Mark{Due: i.Due, ID: i.ID}
		}
		if len(items) == 0 {
			break
		}
	}
	slices.Sort(wanted)
	slices.Sort(there)
	if !slices.Equal(wanted, there) {
		h.Fatalf("on lists:\n%v\nto be done:\n%v", there, wanted)
	}
}

func TestCountersThatWereChangedAreNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2025-01-02")
		h.answer(h.register("甲镇补贴发放明细", zhang).ID, notOurs)
		h.register("乙镇补贴发放明细", zhang)
		for _, vandal := range []string{
			"UPDATE request_tally SET n = n + 1",
			"UPDATE reply_tally SET late = late + 1",
			"UPDATE load_tally SET due = '2030-01-01'",
			"INSERT INTO request_tally_other (organ_id, convention, received, ended, kind, outcome, n) VALUES ('bureau', 'each', 2024, 0, 'C1', '', 1)",
			"INSERT INTO stage_tally (organ_id, filed, decided, kind, result, n) VALUES ('bureau', 2024, 0, 'review', '', 3)",
			"UPDATE request SET ended = 'R3.1', file = file WHERE ended <> ''",
			"INSERT INTO dispute_tally (organ_id, filed, decided, kind, result, n) VALUES ('bureau', 2024, 0, 'review', '', 3)",
		} {
			before := countersFound(t, db)
			storetest.Exec(t, db, vandal)
			if after := countersFound(t, db); after <= before {
				t.Errorf("%s: %d findings, before %d", vandal, after, before)
			}
		}
	})
}

func countersFound(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	if err := db.VerifyTallies(t.Context(), func(store.Finding) { n++ }); err != nil {
		t.Fatal(err)
	}
	return n
}

// alternatives are what organs may decide for: of table 3 and of table 4 every
// combination.
func alternatives() []foi.Conventions {
	return []foi.Conventions{{}, {Each: true, Stages: true}, {ByFirst: true, Once: true}, {Each: true, ByFirst: true, Stages: true, Once: true}}
}
