// Package housetest furnishes an office for tests of other rooms: the little county
// of storetest with its settings, calendar, keys and files, the desks that work in it,
// and a clock that the test sets. Everything is real but the hour.
package housetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/letter"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/publish"
	"gongkai/internal/seal"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// House is the little county at work.
type House struct {
	tb    testing.TB
	DB    *store.DB
	Now   *clock.Manual
	Tree  *org.Tree
	Trees org.FixedTree
	IDs   *ident.Ordered
	Keys  *seal.Keys
	Vault *personal.Vault
	Book  *setting.Book
	Files store.Files
}

// New furnishes a house on an empty database, at nine in the morning of a day such as
// 2026-03-02.
func New(tb testing.TB, db *store.DB, day string) *House {
	tb.Helper()
	now := clock.At(time.Date(2020, 1, 1, 9, 0, 0, 0, clock.Shanghai))
	h := &House{tb: tb, DB: db, Now: now, Tree: storetest.County(tb, db), IDs: &ident.Ordered{Clock: now}, Keys: storetest.Keys(tb)}
	h.On(day)
	h.Trees, h.Files = org.Fixed(h.Tree), storetest.Files(tb, db, now)
	h.Vault = &personal.Vault{Store: store.Personal{DB: db}, Seals: h.Keys, Organs: h.Trees, Clock: now, IDs: h.IDs}
	h.Book = &setting.Book{Store: store.Settings{DB: db}, Trees: h.Trees, Clock: now}
	return h
}

// On sets the clock to nine in the morning of a day.
func (h *House) On(day string) {
	h.tb.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, clock.Shanghai)
	if err != nil {
		h.tb.Fatal(err)
	}
	h.Now.Set(at.Add(9 * time.Hour))
}

// Set writes a setting of an organ, past all rules.
func (h *House) Set(organ, name, value string) {
	h.tb.Helper()
	storetest.Exec(h.tb, h.DB, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'test', 1)", organ, name, value)
}

// Reachable writes where the organs are to be found, past all rules.
func (h *House) Reachable() {
	h.tb.Helper()
	storetest.Exec(h.tb, h.DB, "UPDATE organ_version SET contact = $1", `{"office":"政务公开股","address":"青川镇政府路1号","phone":"0478-3212345"}`)
}

// People writes people with a role each, past all rules.
func (h *House) People(grants map[string]account.Grant) map[string]account.Actor {
	h.tb.Helper()
	all := map[string]account.Actor{}
	for id, g := range grants {
		storetest.Person(h.tb, h.DB, id, g.Organ, string(g.Role))
		all[id] = As(id, g.Role, g.Organ)
	}
	return all
}

// Requests gives the desk for requests, which writes its letters.
func (h *House) Requests() *foi.Desk {
	return &foi.Desk{
		Store: store.Requests{DB: h.DB}, Trees: h.Trees, Calendars: BuiltIn{}, Policies: foi.Rules{Settings: h.Book},
		Vault: h.Vault, Scribe: h.Scribe(), Clock: h.Now, IDs: h.IDs,
	}
}

// Scribe writes letters in the words of the program.
func (h *House) Scribe() letter.Scribe {
	return letter.Scribe{Trees: h.Trees, Organs: store.Organs{DB: h.DB}, Templates: store.Letters{DB: h.DB}, IDs: h.IDs}
}

// Documents gives the desk for documents, with the real release guard; the bureau has
// the code that index numbers begin with.
func (h *House) Documents() *publish.Desk {
	h.tb.Helper()
	h.Set(storetest.BureauID, setting.IndexCode, "11150899MB")
	g := h.gate()
	return &publish.Desk{
		Store: store.Documents{DB: h.DB}, Trees: h.Trees, Calendars: BuiltIn{}, Policies: publish.Rules{Settings: h.Book},
		Sources: store.DisclosedRequests{DB: h.DB}, Gate: g, Masker: g, Clock: h.Now, IDs: h.IDs,
	}
}

// Sound has the records verified.
func (h *House) Sound() {
	h.tb.Helper()
	for _, check := range []func(context.Context, func(store.Finding)) error{h.DB.VerifyState, h.DB.VerifyTallies, h.DB.VerifyDatabase} {
		if err := check(h.tb.Context(), func(f store.Finding) {
			if Ours(f) {
				h.tb.Errorf("verify: %s", f.English)
			}
		}); err != nil {
			h.tb.Fatal(err)
		}
	}
}

// Ours tells what is found in the records of work from what is found in the little
// county itself, which was written past all rules.
func Ours(f store.Finding) bool {
	kind, _, _ := strings.Cut(f.ID, "/")
	return kind != "organ" && kind != "person" && kind != "setting"
}

// BuiltIn is the calendar of the notices that are part of the program.
type BuiltIn struct{}

// Calendar gives it.
func (BuiltIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// As is somebody with a role in an organ.
func As(id string, role account.Role, organ string) account.Actor {
	return account.Actor{ID: id, Name: "人员" + id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

// Is is whoever has a role in an organ.
func Is(role account.Role, organ string) account.Actor {
	return As(string(role)+"@"+organ, role, organ)
}
