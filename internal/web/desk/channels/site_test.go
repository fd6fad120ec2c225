package channels_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/housetest"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/desk/channels"
	"gongkai/internal/web/webtest"
	"gongkai/internal/wechat"
	"gongkai/internal/wechat/double"
)

const (
	app    = "wx0123456789abcdef"
	secret = "0123456789abcdef0123456789abcdef"
)

// site is the pages about channels, on a real database, with the platform's double.
type site struct {
	*webtest.Browser
	t        *testing.T
	office   *channel.Office
	platform *double.WeChat
	document string
	picture  []byte
}

func start(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-02")
	people := webtest.People(home.People(map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head}, "reviewer": {Organ: storetest.BureauID, Role: account.Reviewer},
		"signer": {Organ: storetest.BureauID, Role: account.Signer}, "writer": {Organ: storetest.BureauID, Role: account.Clerk}, "other": {Organ: storetest.OtherID, Role: account.Clerk},
		"system": {Organ: storetest.CountyID, Role: account.SystemAdmin},
	}))
	desk := home.Documents()
	s := &site{t: t, platform: &double.WeChat{Clock: home.Now, Site: func(article string) string { return "https://mp.example/s/" + article }}}
	s.platform.Open(app, secret)
	server := httptest.NewServer(s.platform)
	t.Cleanup(server.Close)
	service := wechat.Service{Base: server.URL, Tokens: &wechat.Tokens{Clock: home.Now}}
	s.office = &channel.Office{
		Desk: desk, Store: store.Channels{DB: db}, Files: home.Files, Seals: home.Keys, Trees: home.Trees, Clock: home.Now, IDs: home.IDs, Base: "https://zwgk.example",
		Lines: func(_ publish.Channel, k channel.Keys) (channel.Line, error) {
			return &wechat.Account{Service: service, App: k.App, Secret: k.Secret}, nil
		},
		Pause: func(context.Context, time.Duration) error { return nil },
	}
	kit := webtest.Kit(t, home.Now, people)
	pages := channels.Pages{Kit: kit, Office: s.office, Trees: home.Trees, Files: home.Files, Names: store.People{DB: db}, History: db}
	accounts := admin.Channels{Kit: kit, Office: s.office, Trees: home.Trees, Files: home.Files, Names: store.People{DB: db}}
	s.Browser = webtest.Open(t, kit, append(pages.Routes(), accounts.Routes()...))
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 47, 20))); err != nil {
		t.Fatal(err)
	}
	s.picture = b.Bytes()
	s.publish(people)
	return s
}

// publish takes a document through the house.
func (s *site) publish(people webtest.People) {
	s.t.Helper()
	ctx, desk := s.t.Context(), s.office.Desk
	info, _ := publish.OtherDocument.Info()
	d, err := desk.Draft(ctx, people["writer"], publish.Intake{Organ: storetest.BureauID, Compose: publish.Compose{Paper: publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: "关于夏季用水的通告", Kind: publish.OtherDocument, Subject: info.Subject}, Text: "全旗居民：\n请错峰用水。"},
		Attribute: publish.Attribute{Openness: publish.Open},
	}}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.document = d.ID
	do := func(who string, deed publish.Deed) {
		if err := desk.Do(ctx, people[who], d.ID, deed); err != nil {
			s.t.Fatalf("%s: %v", deed.Event(), err)
		}
	}
	do("writer", publish.Submit{})
	d, err = desk.Store.Document(ctx, d.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	var c publish.Clear
	for _, p := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.MayOpen})
	}
	do("reviewer", c)
	do("head", publish.Check{})
	do("signer", publish.Sign{})
	do("clerk", publish.Issue{})
}

// carry does what a job would.
func (s *site) carry() {
	s.t.Helper()
	if _, err := s.office.Busy(s.t.Context(), func(e channel.Errand) error { return s.office.Carry(s.t.Context(), e, false) }); err != nil {
		s.t.Fatal(err)
	}
}

// refuse lets the platform refuse the next publication.
func (s *site) refuse(code int) {
	s.platform.Fail(double.Fault{Path: "freepublish/submit", Code: code})
}

// press sends what stands in a page to another address, with the page's token.
func (s *site) press(page, action string, typed url.Values) webtest.Answer {
	s.t.Helper()
	values := url.Values{"_form": {s.Get(page).Find("main form[method=post] input[name=_form]").First().AttrOr("value", "")}}
	for name, v := range typed {
		values[name] = v
	}
	return s.Post(action, values)
}
