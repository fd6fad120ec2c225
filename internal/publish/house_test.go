package publish_test

import (
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/housetest"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A house is a desk with all that it needs, on a real database, with the real
// release guard.
type house struct {
	*testing.T
	*publish.Desk
	home  *housetest.House
	db    *store.DB
	now   *clock.Manual
	files store.Files
}

func build(t *testing.T, db *store.DB, on string) *house {
	t.Helper()
	home := housetest.New(t, db, on)
	for _, p := range []string{"clerk", "head", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, p)
	}
	storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
	storetest.Person(t, db, "chief", storetest.SectionID, "head")
	return &house{T: t, home: home, db: db, now: home.Now, files: home.Files, Desk: home.Documents()}
}

var (
	clerk    = housetest.As("clerk", account.Clerk, storetest.BureauID)
	head     = housetest.As("head", account.Head, storetest.BureauID)
	reviewer = housetest.As("reviewer", account.Reviewer, storetest.BureauID)
	signer   = housetest.As("signer", account.Signer, storetest.BureauID)
	liaison  = housetest.As("liaison", account.Liaison, storetest.SectionID)
	chief    = housetest.As("chief", account.Head, storetest.SectionID)
	stranger = housetest.As("stranger", account.Clerk, storetest.OtherID)
	watcher  = housetest.As("watcher", account.Supervisor, storetest.CountyID)
)

func paper(title, text string, kind publish.Kind) publish.Paper {
	info, _ := kind.Info()
	return publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: kind, Subject: info.Subject}, Text: text},
		Attribute: publish.Attribute{Openness: publish.Open},
	}
}

func (h *house) draft(p publish.Paper) publish.Document {
	h.Helper()
	d, err := h.Draft(h.Context(), liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: p}})
	if err != nil {
		h.Fatal(err)
	}
	return d
}

func (h *house) do(actor account.Actor, id string, deeds ...publish.Deed) {
	h.Helper()
	for _, d := range deeds {
		if err := h.Do(h.Context(), actor, id, d); err != nil {
			h.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (h *house) get(id string) publish.Document {
	h.Helper()
	d, err := h.Store.Document(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	return d
}

func (h *house) sign(id string) {
	h.Helper()
	h.do(liaison, id, publish.Submit{Seen: true})
	h.do(chief, id, publish.Pass{})
	h.clear(id)
	h.do(head, id, publish.Check{})
	h.do(signer, id, publish.Sign{})
}

func (h *house) clear(id string) {
	h.Helper()
	d := h.get(id)
	var c publish.Clear
	for _, p := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.MayOpen})
	}
	h.do(reviewer, id, c)
}

// list gives the titles of somebody's open work.
func (h *house) list(role account.Role, organ, person string) []string {
	h.Helper()
	scope := work.Scope{Person: person, Roles: []account.Grant{{Organ: organ, Role: role}}}
	page, err := (store.Work{DB: h.db}).List(h.Context(), scope, work.Query{Today: h.Today(), Soon: h.Today()})
	if err != nil {
		h.Fatal(err)
	}
	var all []string
	for _, i := range page.Rows {
		all = append(all, i.Title+" "+i.Due.String())
	}
	return all
}
