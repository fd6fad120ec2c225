package foi_test

import (
	"context"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/foi"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What a substitute does with a colleague's request says for whom; what they do with
// others, and what the applicant does, does not.
func TestASubstituteActsForTheHandler(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2025-04-10")
		lina, wang := clerk, clerk
		lina.ID, wang.ID = "lina", "wang"
		for _, a := range []account.Actor{lina, wang} {
			storetest.Person(t, db, a.ID, storetest.BureauID, string(account.Clerk))
		}
		h.Stands = func(_ context.Context, actor, organ string) ([]string, error) {
			if actor == lina.ID && organ == storetest.BureauID {
				return []string{wang.ID}, nil
			}
			return nil, nil
		}
		r := h.register("低保审批台账", zhang)
		search := foi.AskSearch{Organ: storetest.BureauID, What: "台账", Until: h.Today().Add(3)}
		h.do(lina, r.ID, search) // nobody handles it yet
		h.do(head, r.ID, foi.Reassign{To: wang.ID})
		h.do(lina, r.ID, search)
		h.do(wang, r.ID, search)
		if err := h.ByApplicant(t.Context(), r.ID, foi.Withdraw{}); err != nil {
			t.Fatal(err)
		}
		got, err := h.Request(t.Context(), head, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		var acted []string
		for _, e := range got.History {
			if e.For != "" {
				acted = append(acted, string(e.Event)+" for "+e.For)
			}
		}
		if len(acted) != 1 || acted[0] != string(foi.SearchAsked)+" for wang" || got.History[3].For != "wang" {
			t.Errorf("%v", acted)
		}
		events, err := db.EventsOf(t.Context(), foi.Subject(r.ID))
		if err != nil || len(events) < 5 {
			t.Errorf("%d events, %v", len(events), err)
		}
	})
}
