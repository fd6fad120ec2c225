package publish_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A house is a desk with all that it needs, on a real database, with the real
// release guard.
type house struct {
	*testing.T
	*publish.Desk
	db    *store.DB
	now   *clock.Manual
	files store.Files
}

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// gate lets the guard look at texts and files.
type gate struct {
	guard *guard.Guard
	files store.Files
}

func (g gate) Look(ctx context.Context, _, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash != "" {
		f, err := g.files.Open(hash)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		data = make([]byte, 1<<16)
		n, _ := f.Read(data)
		data = data[:n]
	} else {
		name += ".txt"
	}
	result, err := g.guard.Scan(ctx, name, data)
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: f.Place.String(), Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

func build(t *testing.T, db *store.DB, on string) *house {
	t.Helper()
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 1, 5, 9, 0, 0, 0, clock.Shanghai))
	for _, p := range []string{"clerk", "head", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, p)
	}
	storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
	storetest.Person(t, db, "chief", storetest.SectionID, "head")
	book := &setting.Book{Store: store.Settings{DB: db}, Trees: org.Fixed(tree), Clock: now}
	files := storetest.Files(t, db, now)
	h := &house{T: t, db: db, now: now, files: files, Desk: &publish.Desk{
		Store: store.Documents{DB: db}, Trees: org.Fixed(tree), Calendars: builtIn{}, Policies: publish.Rules{Settings: book}, Sources: store.DisclosedRequests{DB: db},
		Gate: gate{&guard.Guard{Reader: &inside.Reader{Opener: open.New(open.Options{})}}, files}, Clock: now, IDs: &ident.Ordered{Clock: now},
	}}
	storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'test', 1)", storetest.BureauID, setting.IndexCode, "11150899MB")
	h.on(on)
	return h
}

func (h *house) on(day string) {
	h.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, clock.Shanghai)
	if err != nil {
		h.Fatal(err)
	}
	h.now.Set(at.Add(9 * time.Hour))
}

func is(id string, role account.Role, organ string) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

var (
	clerk    = is("clerk", account.Clerk, storetest.BureauID)
	head     = is("head", account.Head, storetest.BureauID)
	reviewer = is("reviewer", account.Reviewer, storetest.BureauID)
	signer   = is("signer", account.Signer, storetest.BureauID)
	liaison  = is("liaison", account.Liaison, storetest.SectionID)
	chief    = is("chief", account.Head, storetest.SectionID)
	stranger = is("stranger", account.Clerk, storetest.OtherID)
	watcher  = is("watcher", account.Supervisor, storetest.CountyID)
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
	h.do(liaison, id, publish.Submit{})
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

func (h *house) verified() {
	h.Helper()
	for _, check := range []func(context.Context, func(store.Finding)) error{h.db.VerifyState, h.db.VerifyTallies, h.db.VerifyDatabase} {
		if err := check(h.Context(), func(f store.Finding) {
			if ours(f) {
				h.Errorf("verify: %s", f.English)
			}
		}); err != nil {
			h.Fatal(err)
		}
	}
}

// ours tells findings about documents and work from those about the little county,
// which was written past all rules.
func ours(f store.Finding) bool {
	for _, other := range []string{"organ/", "person/", "setting/"} {
		if strings.HasPrefix(f.ID, other) {
			return false
		}
	}
	return true
}
