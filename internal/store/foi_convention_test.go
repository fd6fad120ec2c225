package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/foi"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// conventions are what organs may decide for: of table 3 and of table 4 every combination.
func conventions() []foi.Conventions {
	return []foi.Conventions{{}, {Each: true, Stages: true}, {ByFirst: true, Once: true}, {Each: true, ByFirst: true, Stages: true, Once: true}}
}

// anyday is a day of three years.
var anyday = rapid.Custom(func(t *rapid.T) calendar.Date {
	return calendar.On(2024, 1, 1).Add(rapid.IntRange(0, 3*365).Draw(t, "day"))
})

func later(t *rapid.T, day calendar.Date) calendar.Date {
	return day.Add(rapid.IntRange(0, 300).Draw(t, "later"))
}

// anyRequest is a request that came at any time, of one or several, and ended in any way or
// not yet, with what followed in court.
func anyRequest(t *rapid.T, organ, id string) foi.Request {
	kind := rapid.SampledFrom([]string{"C1", "C2", "C6"})
	r := foi.Request{
		ID: id, Organ: organ, Number: "依申请〔2025〕" + id + "号", Status: foi.Handling, Channel: foi.InPerson, ArrivedOn: anyday.Draw(t, "arrived"),
		Parties: []foi.Party{{No: 1, Owner: "request:" + id, Role: foi.IsApplicant, Kind: kind.Draw(t, "kind"), Organisation: "甲"}}, Ask: foi.Ask{Text: "补贴发放明细", Form: "paper", Way: "post"},
	}
	for no := range rapid.IntRange(0, 3).Draw(t, "joined") {
		role := rapid.SampledFrom([]foi.Role{foi.JoinsIn, foi.JoinsIn, foi.IsAgent}).Draw(t, "role")
		r.Parties = append(r.Parties, foi.Party{No: no + 2, Owner: fmt.Sprintf("request-party:%s.%d", id, no+2), Role: role, Kind: kind.Draw(t, "kind"), Organisation: "乙"})
	}
	if rapid.IntRange(0, 9).Draw(t, "confirmed") > 0 {
		r.ReceivedOn = r.ArrivedOn
	}
	return r
}

// grow lets something happen to a request.
func grow(t *rapid.T, r *foi.Request) {
	if !r.ReceivedOn.IsZero() && r.EndedOn.IsZero() && rapid.Bool().Draw(t, "ends") {
		r.Status, r.EndedOn = foi.Closed, later(t, r.ReceivedOn)
		if rapid.IntRange(0, 4).Draw(t, "withdrawn") == 0 {
			r.Ended = "R3.6.3"
		} else {
			d := foi.Decision{SignedOn: r.EndedOn, ByFirst: rapid.Bool().Draw(t, "by first")}
			for range rapid.IntRange(1, 3).Draw(t, "items") {
				d.Items = append(d.Items, foi.Item{Kind: rapid.SampledFrom([]string{"A2", "C4", "C6", "D1a", "D2", "E1"}).Draw(t, "item")})
			}
			o, err := d.Counted()
			if err != nil {
				t.Fatal(err)
			}
			d.Outcome, r.Ended, r.Decisions, r.Services = o.ID, o.ID, []foi.Decision{d}, []foi.Delivery{{Decision: 1, On: r.EndedOn}}
		}
		r.Outcome = r.Ended
	}
	if rapid.IntRange(0, 2).Draw(t, "dispute") == 0 {
		r.Disputes = append(r.Disputes, foi.Dispute{Ref: fmt.Sprintf("d%d", len(r.Disputes)+1), Kind: foi.DisputeKind(rapid.SampledFrom(foi.DisputeKinds()).Draw(t, "kind").Value), Body: "法院", FiledOn: later(t, r.ArrivedOn)})
	}
	for i := range r.Disputes {
		x := &r.Disputes[i]
		switch {
		case x.DecidedOn.IsZero() && rapid.Bool().Draw(t, "decided"):
			x.DecidedOn = later(t, x.FiledOn)
			if x.Appeal != nil {
				x.DecidedOn = later(t, x.Appeal.FiledOn)
			}
			x.Result = foi.Result(rapid.SampledFrom(foi.Results()[:3]).Draw(t, "result").Value)
		case x.Appealable() && rapid.Bool().Draw(t, "appealed"):
			x.Appeal = &foi.Appeal{FiledOn: later(t, x.DecidedOn), Body: "中院", DecidedOn: x.DecidedOn, Result: x.Result}
			x.DecidedOn, x.Result = calendar.Date{}, ""
		}
	}
}

// Whatever an organ decides: the counters, the count by days and the requests themselves
// say the same, before and after every change; and so do the night and verify.
func TestEveryConventionCountsTheSameKeptAndAnew(t *testing.T) {
	storetest.Each(t, func(outer *testing.T, db *store.DB) {
		t := outer
		storetest.County(t, db)
		s, checks := store.Requests{DB: db}, 0
		rapid.Check(t, func(t *rapid.T) {
			if checks++; checks > 40 {
				return // each costs some dozens of changes of a database
			}
			organ := fmt.Sprintf("o%d", checks)
			storetest.Exec(outer, db, "INSERT INTO organ (id, parent_id, path, name, nature, level, region, created_at) VALUES ($1, 'county', $2, $1, 'administrative', 'county', '150899', 1)", organ, "county/"+organ+"/")
			var all []foi.Request
			for i := range rapid.IntRange(2, 6).Draw(t, "requests") {
				all = append(all, anyRequest(t, organ, fmt.Sprintf("%s-%d", organ, i)))
			}
			if err := s.Add(context.Background(), func(foi.Around) (foi.Change, error) { return foi.Change{Added: all}, nil }); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				for i := range all {
					all[i].Disputes = slices.Clone(all[i].Disputes)
					grow(t, &all[i])
					if err := s.Update(context.Background(), all[i].ID, func(r *foi.Request, _ foi.Around) (foi.Change, error) {
						*r = all[i]
						return foi.Change{}, nil
					}); err != nil {
						t.Fatal(err)
					}
				}
				sameByAll(t, s, organ, all)
			}
		})
		if err := db.VerifyTallies(t.Context(), func(f store.Finding) { t.Errorf("verify: %s", f.English) }); err != nil {
			t.Fatal(err)
		}
		if r, err := (store.Recounts{DB: db}).Recount(t.Context(), 2024, 2027); err != nil || len(r.Wrong) > 0 || r.Records == 0 {
			t.Errorf("the night: %d records, %v, %v", r.Records, r.Wrong, err)
		}
		storetest.Exec(t, db, "UPDATE request_tally_other SET n = n + 1 WHERE convention = 'each.first'")
		if r, err := (store.Recounts{DB: db}).Recount(t.Context(), 2024, 2027); err != nil || !slices.ContainsFunc(r.Wrong, func(m compile.Mismatch) bool { return m.Counting == "each.first" }) {
			t.Errorf("the night does not see what nobody has decided for: %v, %v", r.Wrong, err)
		}
	})
}

// sameByAll holds all ways of counting against each other.
func sameByAll(t *rapid.T, s store.Requests, organ string, all []foi.Request) {
	for _, c := range conventions() {
		var tallies []foi.Tally
		var disputes []foi.Dispute
		for _, r := range all {
			tallies, disputes = append(tallies, r.Tallies(c)...), append(disputes, r.Disputes...)
		}
		for year := 2024; year <= 2027; year++ {
			want3, want4 := foi.CountTable3(year, tallies), foi.CountTable4(year, disputes, c)
			roll, wrong, err := store.Recounts(s).Take(context.Background(), organ, year, c)
			one := 0
			for _, counted := range roll {
				one += int(counted.Adds())
			}
			if err != nil || len(wrong) > 0 || one != summed(want3)+summed(want4) {
				t.Fatalf("%d by %q: one by one %v, %v (%v), the requests are %v, %v", year, c, roll, wrong, err, want3, want4)
			}
			place := account.Place{Organ: organ}
			if t3, t4, err := s.Count(context.Background(), place, year, c); err != nil || !maps.Equal(t3, want3) || !maps.Equal(t4, want4) {
				t.Fatalf("%d by %q: kept %v, %v (%v), the requests are %v, %v", year, c, t3, t4, err, want3, want4)
			}
			if t3, t4, err := s.CountSpan(context.Background(), place, calendar.YearSpan(year), c); err != nil || !maps.Equal(t3, want3) || !maps.Equal(t4, want4) {
				t.Fatalf("%d by %q: by days %v, %v (%v), the requests are %v, %v", year, c, t3, t4, err, want3, want4)
			}
		}
	}
}

func summed[K comparable](cells map[K]int) (n int) {
	for _, one := range cells {
		n += one
	}
	return n
}

// A request that an older program counted is counted by every convention after the
// upgrade: also a reply that was settled by its first part then.
func TestUpgradeCountsByConventions(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), store.ConventionVersion()-1, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		r := foi.Request{
			ID: "r1", Organ: storetest.BureauID, Number: "1", Status: foi.Closed, Outcome: "R3.4.1", ArrivedOn: calendar.On(2025, 3, 3), ReceivedOn: calendar.On(2025, 3, 3), EndedOn: calendar.On(2025, 3, 10), Ended: "R3.4.1",
			Parties:   []foi.Party{{No: 1, Role: foi.IsApplicant, Kind: "C2"}, {No: 2, Role: foi.JoinsIn, Kind: "C1"}},
			Decisions: []foi.Decision{{Outcome: "R3.4.1", ByFirst: true, SignedOn: calendar.On(2025, 3, 10), Items: []foi.Item{{Kind: "D1a"}, {Kind: "C6"}}}},
		}
		file, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, db, `INSERT INTO request (id, organ_id, number, status, outcome, visibility, handler, channel, kind, organisation, applicant, headline, title,
			arrived_on, received_on, due, ended_on, ended, open, running, file) VALUES ('r1', $1, '1', 'closed', 'R3.4.1', '', '', 'post', 'C2', '绿水公司', 'a', '采购合同', '', '2025-03-03', '2025-03-03', '9999-12-31', '2025-03-10', 'R3.4.1', FALSE, FALSE, $2)`,
			storetest.BureauID, string(file))
		storetest.Exec(t, db, "INSERT INTO request_tally (organ_id, received, ended, kind, outcome, n) VALUES ($1, 2025, 2025, 'C2', 'R3.4.1', 1)", storetest.BureauID)
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		for _, c := range conventions() {
			want := foi.CountTable3(2025, r.Tallies(c))
			t3, _, err := (store.Requests{DB: db}).Count(t.Context(), account.Place{Organ: storetest.BureauID}, 2025, c)
			if err != nil || !maps.Equal(t3, want) {
				t.Errorf("by %q: %v, %v; want %v", c, t3, err, want)
			}
		}
		if err := db.VerifyTallies(t.Context(), func(f store.Finding) { t.Errorf("verify: %s", f.English) }); err != nil {
			t.Fatal(err)
		}
	})
}
