package channel_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/clock"
	"gongkai/internal/housetest"
	"gongkai/internal/publish"
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
	home     *housetest.House
	db       *store.DB
	now      *clock.Manual
	files    store.Files
	platform *double.WeChat
	document string
	cover    publish.File
	woken    []string
}

var (
	clerk    = housetest.As("clerk", account.Clerk, storetest.BureauID)
	head     = housetest.As("head", account.Head, storetest.BureauID)
	head2    = housetest.As("head2", account.Head, storetest.BureauID)
	reviewer = housetest.As("reviewer", account.Reviewer, storetest.BureauID)
	signer   = housetest.As("signer", account.Signer, storetest.BureauID)
	liaison  = housetest.As("liaison", account.Liaison, storetest.SectionID)
	chief    = housetest.As("chief", account.Head, storetest.SectionID)
	system   = housetest.As("system", account.SystemAdmin, storetest.CountyID)
	stranger = housetest.As("stranger", account.Clerk, storetest.OtherID)
)

const app, secret = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	home := housetest.New(t, db, "2026-03-02")
	for _, p := range []string{"clerk", "head", "head2", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, strings.TrimSuffix(p, "2"))
	}
	storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
	storetest.Person(t, db, "chief", storetest.SectionID, "head")
	h := &house{T: t, home: home, db: db, now: home.Now, files: home.Files}
	desk := home.Documents()
	desk.Wake = func(_ context.Context, document string, refs []string) {
		for _, ref := range refs {
			h.woken = append(h.woken, document+" "+ref)
		}
	}
	h.platform = &double.WeChat{Clock: h.now, Site: func(article string) string { return "https://mp.example/s/" + article }, Takes: 2}
	h.platform.Open(app, secret)
	server := httptest.NewServer(h.platform)
	t.Cleanup(server.Close)
	service := wechat.Service{Base: server.URL, Tokens: &wechat.Tokens{Clock: h.now}}
	h.Office = &channel.Office{
		Desk: desk, Store: store.Channels{DB: db}, Files: home.Files, Seals: home.Keys, Trees: home.Trees, Clock: home.Now, IDs: home.IDs, Base: "https://zwgk.example",
		Lines: func(_ publish.Channel, k channel.Keys) (channel.Line, error) {
			return &wechat.Account{Service: service, App: k.App, Secret: k.Secret}, nil
		},
		Pause: func(_ context.Context, d time.Duration) error { h.now.Advance(d); return nil },
	}
	desk.Ready = h.Ready
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
	id := h.signed(title, text, files...)
	h.do(clerk, id, publish.Issue{})
	return id
}

// signed takes a document as far as its publication.
func (h *house) signed(title, text string, files ...publish.File) string {
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
	ref := d.Posts[len(d.Posts)-1].Ref
	h.reviewed(ref)
	return ref
}

// reviewed lets the secrecy reviewer pass a wording, if it waits for that.
func (h *house) reviewed(ref string) {
	h.Helper()
	if x := h.post(ref).Sending; x.Waits() {
		h.do(reviewer, h.document, publish.ClearWording{Ref: ref, Mark: x.Mark()})
	}
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

func fault(path string, code, status, times int) double.Fault {
	return double.Fault{Path: path, Code: code, Status: status, Times: times}
}

// lost is an answer that never comes.
func lost(path string) double.Fault { return double.Fault{Path: path, Lose: true} }
