package apply_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/intake"
	"gongkai/internal/letter"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/release"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/portal/apply"
	"gongkai/internal/web/webtest"
)

// registry gives organs as they are today.
type registry struct{ store store.Organs }

func (r registry) Version(id string, day calendar.Date) (org.Version, bool) {
	o, err := r.store.Organ(context.Background(), id)
	if err != nil {
		return org.Version{}, false
	}
	return o.On(day)
}

// house is the portal of the little county with everything behind it.
type house struct {
	*webtest.Browser
	t       *testing.T
	db      *store.DB
	now     *clock.Manual
	desk    *foi.Desk
	counter *intake.Counter
	log     *store.Sequencer
	shows   bool // the disclosure log is open
	folder  string
	files   store.Files
	gate    *release.Office
}

func open(t *testing.T) *house {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-09-22")
	home.Reachable()
	keys, now, trees, vault, files := home.Keys, home.Now, home.Trees, home.Vault, home.Files
	signer, err := keys.LogSigner()
	if err != nil {
		t.Fatal(err)
	}
	organs, requests := store.Organs{DB: db}, store.Requests{DB: db}
	h := &house{t: t, db: db, now: now, folder: home.Files.Folder.Path, files: files, shows: true, log: &store.Sequencer{
		DB: db, Signer: signer, Clock: now, Every: func(context.Context) (time.Duration, error) { return time.Second, nil },
	}}
	h.desk = home.Requests()
	scribe := home.Scribe()
	scribe.Online = func(request, ref string) (string, string) {
		return "门户", h.counter.OpinionCode(request, ref)
	}
	h.desk.Scribe = scribe
	h.counter = &intake.Counter{Store: store.Drafts{DB: db}, Desk: h.desk, Trees: trees, Seals: keys, Vault: vault, Files: files, Clock: now}
	h.gate = &release.Office{Store: store.Releases{DB: db}, Content: files, Guard: home.Guard(), Desk: h.desk, Clock: now, IDs: home.IDs}
	kit := webtest.Kit(t, now, webtest.People{})
	kit.Cache, kit.Answers = &web.Cache{Versions: store.Changes{DB: db}}, &web.Cache{Versions: store.Changes{DB: db}} // as it is served
	pages := apply.Apply{
		Kit: kit, Counter: h.counter, Desk: h.desk, Requests: requests, Organs: &org.Book{Store: organs, Clock: now}, Registry: registry{organs}, Calendars: housetest.BuiltIn{},
		Log: store.Log{DB: db}, History: db, Files: files, Shown: h.gate, Vault: vault, Base: "https://zwgk.example.cn",
		Letters: &letter.Office{Store: store.Letters{DB: db}, Desk: h.desk, Scribe: scribe, Vault: vault, Clock: now, IDs: home.IDs},
		Disclosed: &foi.Disclosed{Store: requests, Log: requests, Trees: trees, Shows: func(context.Context, string) (bool, error) {
			return h.shows, nil
		}},
	}
	h.Browser = webtest.Open(t, kit, pages.Routes())
	return h
}

// showing opens or closes the disclosure log, which counts as a change of the settings.
func (h *house) showing(shows bool) {
	h.shows = shows
	storetest.Exec(h.t, h.db, "INSERT INTO revision (name, n) VALUES ('setting', 1) ON CONFLICT (name) DO UPDATE SET n = revision.n + 1")
}

func is(role account.Role) account.Actor {
	return account.Actor{ID: string(role), Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: role}}}
}

var clerk, head, signer = is(account.Clerk), is(account.Head), is(account.Signer)

// do does something at the office.
func (h *house) do(actor account.Actor, id string, deeds ...foi.Deed) {
	h.t.Helper()
	for _, d := range deeds {
		if err := h.desk.Do(h.t.Context(), actor, id, d); err != nil {
			h.t.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

// picture is a paper that somebody has photographed.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 40, 25))
	m.Set(3, 3, color.White)
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wanted = "2025年政务服务大厅各窗口的办件量和群众评价情况统计表"

// fill types in what a natural person must, up to the page before the check.
func (h *house) fill(text string) {
	h.t.Helper()
	for _, page := range []struct {
		path  string
		typed url.Values
		to    string
	}{
		{"/request", nil, "/request/organ"},
		{"/request/organ", url.Values{"organ": {storetest.BureauID}}, "/request/kind"},
		{"/request/kind", url.Values{"kind": {"C1"}}, "/request/who"},
		{"/request/who", url.Values{"name": {"王小明"}, "paper": {intake.IdentityCard}, "id-number": {"11010519491231002X"}}, "/request/paper"},
		{"/request/paper", nil, "/request/contact"},
		{"/request/contact", url.Values{"phone": {"138 0013 1234"}}, "/request/others"},
		{"/request/others", nil, "/request/what"},
		{"/request/what", url.Values{"text": {text}}, "/request/how"},
		{"/request/how", url.Values{"form": {"electronic"}, "way": {"web"}}, "/request/check"},
	} {
		if a := h.Submit(page.path, page.typed); a.Path != page.to {
			h.t.Fatalf("%s leads to %s (%d): %s", page.path, a.Path, a.Status, a.Find(".summary").Text())
		}
	}
}

// ask asks for something and gives the request.
func (h *house) ask(text string) foi.Request {
	h.t.Helper()
	h.fill(text)
	if a := h.Submit("/request/check", nil); a.Path != "/request/receipt" {
		h.t.Fatalf("handing in leads to %s (%d): %s", a.Path, a.Status, a.Find("main").Text())
	}
	return h.last()
}

// last gives the newest request.
func (h *house) last() foi.Request {
	h.t.Helper()
	all := h.all()
	if len(all) == 0 {
		h.t.Fatal("there is no request")
	}
	return all[len(all)-1]
}

func (h *house) all() []foi.Request {
	h.t.Helper()
	page, err := h.desk.Store.List(h.t.Context(), []account.Place{{Organ: storetest.CountyID, Below: true}}, paging.Query{Sort: "arrived", Size: paging.MaxSize}, calendar.Date{})
	if err != nil {
		h.t.Fatal(err)
	}
	var all []foi.Request
	for _, row := range page.Rows {
		r, err := h.desk.Store.Request(h.t.Context(), row.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func text(s string) string { return strings.Join(strings.Fields(s), " ") }

// track lets a browser in to a request.
func (h *house) track(b *webtest.Browser, number, proof string) webtest.Answer {
	h.t.Helper()
	return b.Submit("/request/track", url.Values{"organ": {storetest.BureauID}, "number": {number}, "proof": {proof}})
}

func has(t *testing.T, a webtest.Answer, where string, all ...string) {
	t.Helper()
	said := text(a.Find(where).Text())
	for _, want := range all {
		if !strings.Contains(said, want) {
			t.Errorf("%s (%d) does not say %s: %s", a.Path, a.Status, want, said)
		}
	}
}

func refused(t *testing.T, a webtest.Answer, status int, says string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("%s: status %d, want %d", a.Path, a.Status, status)
	}
	has(t, a, ".summary", says)
}
