package channel_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/channel"
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
	"gongkai/internal/wechat"
	"gongkai/internal/wechat/double"
	"gongkai/internal/work"
)

// A house is an office with a document that everybody reads, an account, and the
// platform's double behind a real server.
type house struct {
	*testing.T
	*channel.Office
	db       *store.DB
	now      *clock.Manual
	files    store.Files
	platform *double.WeChat
	document string
	cover    publish.File
	woken    []string
}

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// content reads kept files whole.
type content struct{ files store.Files }

func (c content) Read(hash string) ([]byte, error) {
	f, err := c.files.Open(hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// gate is the release guard.
type gate struct {
	guard *guard.Guard
	content
}

func (g gate) Look(ctx context.Context, _, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash == "" {
		name += ".txt"
	} else {
		var err error
		if data, err = g.Read(hash); err != nil {
			return nil, err
		}
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

func is(id string, role account.Role, organ string) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

var (
	clerk    = is("clerk", account.Clerk, storetest.BureauID)
	head     = is("head", account.Head, storetest.BureauID)
	head2    = is("head2", account.Head, storetest.BureauID)
	reviewer = is("reviewer", account.Reviewer, storetest.BureauID)
	signer   = is("signer", account.Signer, storetest.BureauID)
	liaison  = is("liaison", account.Liaison, storetest.SectionID)
	chief    = is("chief", account.Head, storetest.SectionID)
	system   = is("system", account.SystemAdmin, storetest.CountyID)
	stranger = is("stranger", account.Clerk, storetest.OtherID)
)

const app, secret = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	for _, p := range []string{"clerk", "head", "head2", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, strings.TrimSuffix(p, "2"))
	}
	storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
	storetest.Person(t, db, "chief", storetest.SectionID, "head")
	h := &house{T: t, db: db, now: now, files: storetest.Files(t, db, now)}
	desk := &publish.Desk{
		Store: store.Documents{DB: db}, Trees: org.Fixed(tree), Calendars: builtIn{}, Policies: publish.Rules{Settings: &setting.Book{Store: store.Settings{DB: db}, Trees: org.Fixed(tree), Clock: now}},
		Sources: store.DisclosedRequests{DB: db}, Gate: gate{&guard.Guard{Reader: &inside.Reader{Opener: open.New(open.Options{})}}, content{h.files}}, Clock: now, IDs: &ident.Ordered{Clock: now},
		Wake: func(_ context.Context, document string, refs []string) {
			for _, ref := range refs {
				h.woken = append(h.woken, document+" "+ref)
			}
		},
	}
	storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'test', 1)", storetest.BureauID, setting.IndexCode, "11150899MB")
	h.platform = &double.WeChat{Clock: now, Site: func(article string) string { return "https://mp.example/s/" + article }, Takes: 2}
	h.platform.Open(app, secret)
	server := httptest.NewServer(h.platform)
	t.Cleanup(server.Close)
	service := wechat.Service{Base: server.URL, Tokens: &wechat.Tokens{Clock: now}}
	h.Office = &channel.Office{
		Desk: desk, Store: store.Channels{DB: db}, Files: content{h.files}, Seals: storetest.Keys(t), Trees: org.Fixed(tree), Clock: now, IDs: desk.IDs, Base: "https://zwgk.example",
		Lines: func(_ publish.Channel, k channel.Keys) (channel.Line, error) {
			return &wechat.Account{Service: service, App: k.App, Secret: k.Secret}, nil
		},
		Pause: func(_ context.Context, d time.Duration) error { now.Advance(d); return nil },
	}
	h.cover = h.picture("cover.png", 30)
	h.document = h.publish("关于夏季用水的通告", "全旗居民：\n夏季用水高峰将至，请错峰用水。")
	h.account()
	return h
}

// picture keeps a picture.
func (h *house) picture(name string, size int) publish.File {
	h.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
		h.Fatal(err)
	}
	info, err := h.files.Put(h.Context(), &b, 1<<20)
	if err != nil {
		h.Fatal(err)
	}
	return publish.File{Hash: info.Hash, Name: name}
}

func (h *house) account() {
	h.Helper()
	if err := h.Set(h.Context(), system, channel.Setting{
		Organ: storetest.BureauID, Channel: publish.WeChat, Name: "青川政务", Author: "青川旗政务服务局", Keys: channel.Keys{App: app, Secret: secret}, Cover: &h.cover,
	}); err != nil {
		h.Fatal(err)
	}
}

// publish takes a document through the house.
func (h *house) publish(title, text string, files ...publish.File) string {
	h.Helper()
	info, _ := publish.OtherDocument.Info()
	d, err := h.Desk.Draft(h.Context(), liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: publish.OtherDocument, Subject: info.Subject}, Text: text, Files: files},
		Attribute: publish.Attribute{Openness: publish.Open},
	}}})
	if err != nil {
		h.Fatal(err)
	}
	h.do(liaison, d.ID, publish.Submit{})
	h.do(chief, d.ID, publish.Pass{})
	h.clear(d.ID)
	h.do(head, d.ID, publish.Check{})
	h.do(signer, d.ID, publish.Sign{})
	h.do(clerk, d.ID, publish.Issue{})
	return d.ID
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

func (h *house) do(actor account.Actor, id string, deed publish.Deed) {
	h.Helper()
	if err := h.Desk.Do(h.Context(), actor, id, deed); err != nil {
		h.Fatalf("%s: %v", deed.Event(), err)
	}
}

func (h *house) get(id string) publish.Document {
	h.Helper()
	d, err := h.Desk.Store.Document(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	return d
}

// send sends the document, and gives the key of the post.
func (h *house) send(in publish.Send) string {
	h.Helper()
	if in.Title == "" {
		in.Title = "夏季用水请错峰"
	}
	in.Channel = publish.WeChat
	if err := h.Send(h.Context(), clerk, h.document, in); err != nil {
		h.Fatal(err)
	}
	d := h.get(h.document)
	return d.Posts[len(d.Posts)-1].Ref
}

func (h *house) carry(ref string) error {
	h.Helper()
	return h.Carry(h.Context(), channel.Errand{Document: h.document, Ref: ref}, false)
}

// carried carries until nothing is to be done.
func (h *house) carried(ref string) {
	h.Helper()
	if err := h.carry(ref); err != nil {
		h.Fatal(err)
	}
}

func (h *house) post(ref string) publish.Post {
	h.Helper()
	d := h.get(h.document)
	p, ok := d.Post(ref)
	if !ok {
		h.Fatalf("no post %s", ref)
	}
	return p
}

func (h *house) phase(ref string, want publish.Phase) {
	h.Helper()
	if p := h.post(ref); p.Phase() != want {
		h.Fatalf("%s is %s, want %s: %+v", ref, p.Phase(), want, p.Sending)
	}
}

// work gives the titles of the clerk's open work.
func (h *house) work() string {
	h.Helper()
	scope := work.Scope{Person: "clerk", Roles: []account.Grant{{Organ: storetest.BureauID, Role: account.Clerk}}}
	page, err := (store.Work{DB: h.db}).List(h.Context(), scope, work.Query{Today: h.Desk.Today(), Soon: h.Desk.Today()})
	if err != nil {
		h.Fatal(err)
	}
	var all []string
	for _, i := range page.Rows {
		all = append(all, i.Title)
	}
	return strings.Join(all, "\n")
}

func (h *house) verified() {
	h.Helper()
	for _, check := range []func(context.Context, func(store.Finding)) error{h.db.VerifyState, h.db.VerifyTallies, h.db.VerifyDatabase} {
		if err := check(h.Context(), func(f store.Finding) {
			for _, other := range []string{"organ/", "person/", "setting/"} {
				if strings.HasPrefix(f.ID, other) {
					return // the little county was written past all rules
				}
			}
			h.Errorf("verify: %s", f.English)
		}); err != nil {
			h.Fatal(err)
		}
	}
}

func fault(path string, code, status, times int) double.Fault {
	return double.Fault{Path: path, Code: code, Status: status, Times: times}
}

// lost is an answer that never comes.
func lost(path string) double.Fault { return double.Fault{Path: path, Lose: true} }
