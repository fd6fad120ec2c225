package publish

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/procedure/proceduretest"
)

type step = proceduretest.Step[Status]

func TestTableIsSound(t *testing.T) {
	proceduretest.Sound(t, rows, LimitMoved, Expired, ForceCame, Carried, Arrived, Stranded, TakenBack, RanOut)
	var cited []string
	for _, row := range Table() {
		for _, g := range row.Guards {
			cited = append(cited, g.Cite)
			if g.Chinese == "" || g.English == "" {
				t.Errorf("a guard of %s has no words", row.Event)
			}
		}
	}
	for _, g := range Grounds() {
		cited = append(cited, g.Cite)
	}
	for _, c := range cited {
		if err := law.CheckCitation(c); err != nil {
			t.Error(err)
		}
	}
	for _, a := range Acts() {
		if !strings.HasPrefix(string(a.Event), "document.") {
			t.Errorf("%s is no event of a document", a.Event)
		}
	}
	for _, k := range Kinds() {
		if _, ok := law.SubjectByID(k.Subject); !ok {
			t.Errorf("%s is about %q", k.Kind, k.Subject)
		}
	}
}

// Of the statuses that the table leads to, each is left again, but for the ends.
func TestEveryStatusIsReachedAndLeft(t *testing.T) {
	_, edges := Diagram()
	reached, left := map[Status]bool{New: true}, map[Status]bool{Dropped: true, Published: true}
	for _, e := range edges {
		reached[e.To], left[e.From] = true, true
	}
	for _, s := range Statuses() {
		if !reached[s] || !left[s] {
			t.Errorf("%q: reached %v, left %v", s, reached[s], left[s])
		}
	}
	if m := Mermaid(false); !strings.Contains(m, "[*] --> drafting: 起草文件") {
		t.Errorf("the diagram does not begin with a draft:\n%s", m)
	}
}

// Nothing leads to publication past the review and the guard, whatever the way.
func TestOnlyOneRowPublishesAndItAsksForTheReview(t *testing.T) {
	for _, row := range table {
		if !slices.Contains(row.targets(), Published) || row.To == Rest || row.Event == Restored {
			continue
		}
		var ask []string
		for _, g := range row.Guards {
			ask = append(ask, g.English)
		}
		for _, want := range []Guard{attributePublic, cleared, scanned, nothingFound} {
			if !slices.Contains(ask, want.English) {
				t.Errorf("%s publishes without: %s", row.Event, want.English)
			}
		}
	}
}

type flat struct{}

func (flat) Below(organ, ancestor string) bool { return organ == ancestor }

func TestOptionsAreThoseOfTheActor(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	options := func(organ string, roles ...account.Role) map[event.Kind]error {
		a := account.Actor{ID: "x"}
		for _, r := range roles {
			a.Grants = append(a.Grants, account.Grant{Organ: organ, Role: r})
		}
		all := map[event.Kind]error{}
		for _, o := range l.d.Options(a, flat{}, l.scene("2026-03-02", "x")) {
			all[o.Event] = o.Why
		}
		return all
	}
	if got := options("section", account.Liaison); len(got) != 5 || got[Submitted] != nil || got[Scanned] != nil || got[Masked] == nil {
		t.Errorf("the section's liaison: %v", got)
	}
	if got := options("elsewhere", account.Liaison, account.Clerk, account.Head); len(got) != 0 {
		t.Errorf("another organ's people: %v", got)
	}
	l.do("2026-03-02", "drafter", Submit{})
	if got := options("section", account.Head); len(got) != 2 || got[Passed] != nil {
		t.Errorf("the section's head: %v", got)
	}
	for kind, why := range options("bureau", account.Head) {
		if why == nil {
			t.Errorf("the office's head may %s before it is their turn", kind)
		}
	}
}
