package board_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/housetest"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/board"
	"gongkai/internal/web/webtest"
)

var (
	clerk    = housetest.As("clerk", account.Clerk, storetest.BureauID)
	writer   = housetest.As("writer", account.Clerk, storetest.BureauID)
	head     = housetest.As("head", account.Head, storetest.BureauID)
	reviewer = housetest.As("reviewer", account.Reviewer, storetest.BureauID)
	signer   = housetest.As("signer", account.Signer, storetest.BureauID)
)

// hall is the pages of screens on a real database, with the office that fills them.
type hall struct {
	*webtest.Browser
	t      *testing.T
	office *channel.Office
}

func open(t *testing.T) *hall {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-02")
	for name, role := range map[string]account.Role{"clerk": account.Clerk, "writer": account.Clerk, "head": account.Head, "reviewer": account.Reviewer, "signer": account.Signer} {
		storetest.Person(t, db, name, storetest.BureauID, string(role))
	}
	office := &channel.Office{
		Desk: home.Documents(), Store: store.Channels{DB: db}, Files: home.Files, Seals: home.Keys, Trees: home.Trees, Clock: home.Now, IDs: home.IDs, Base: "https://zwgk.example",
	}
	kit := webtest.Kit(t, home.Now, webtest.People{})
	return &hall{webtest.Open(t, kit, board.Board{Kit: kit, Organs: home.Trees, Screens: office}.Routes()), t, office}
}

// hang publishes a document and puts it on the screens.
func (h *hall) hang(title, text string) (document string) {
	h.t.Helper()
	ctx := h.t.Context()
	info, _ := publish.OtherDocument.Info()
	d, err := h.office.Desk.Draft(ctx, writer, publish.Intake{Organ: storetest.BureauID, Compose: publish.Compose{Paper: publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: publish.OtherDocument, Subject: info.Subject}, Text: text},
		Attribute: publish.Attribute{Openness: publish.Open},
	}}})
	if err != nil {
		h.t.Fatal(err)
	}
	clear := publish.Clear{}
	for _, part := range d.Parts() {
		clear.Items = append(clear.Items, publish.Answer{Part: part.Name, Verdict: publish.MayOpen})
	}
	for _, step := range []struct {
		actor account.Actor
		deed  publish.Deed
	}{{writer, publish.Submit{}}, {reviewer, clear}, {head, publish.Check{}}, {signer, publish.Sign{Number: "青政服发〔2026〕1号"}}, {clerk, publish.Issue{}}} {
		if err := h.office.Desk.Do(ctx, step.actor, d.ID, step.deed); err != nil {
			h.t.Fatalf("%s: %v", step.deed.Event(), err)
		}
	}
	if err := h.office.Send(ctx, clerk, d.ID, publish.Send{Channel: publish.Board, Variant: publish.Variant{Title: title}}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.office.Carry(ctx, channel.Errand{Document: d.ID, Ref: "p2"}, false); err != nil {
		h.t.Fatal(err)
	}
	return d.ID
}

// A screen shows what was put on it, with a code that leads to the original, and takes
// it off when the document is taken down; with nothing to show it says where to look.
func TestAScreenShowsWhatWasPutOnIt(t *testing.T) {
	h := open(t)
	path := board.Path + "/" + storetest.BureauID
	empty := h.Get(path)
	if empty.Status != 200 || empty.Find(".slide").Length() != 1 || !strings.Contains(empty.Find(".slide").Text(), "可以依申请公开") {
		t.Errorf("an empty screen: %d %s", empty.Status, empty.Find("main").Text())
	}
	if a := h.Get(board.Path); a.Find(`main a[href^="/board/"]`).Length() != 0 || !strings.Contains(a.Find("main").Text(), "现在没有机关") {
		t.Errorf("the list of screens: %s", a.Find("main").Text())
	}
	document := h.hang("关于夏季用水的通告", "# 时间\n请错峰用水。\n| 时段 | 区域 |\n| --- | --- |\n| 早 | 东区 |")
	a := h.Get(path)
	slide := a.Find(".slide")
	if a.Find("h1").Text() != "政务服务局" && a.Find("h1").Text() == "" || slide.Length() != 1 || slide.Find("h2").Text() != "关于夏季用水的通告" || slide.Find("p.head").Text() != "时间" || slide.Find("th").Length() != 2 {
		t.Errorf("%s", a.Find("body").Text())
	}
	for _, want := range []string{"青政服发〔2026〕1号", "2026年3月2日 发布", "扫码看全文"} {
		if !strings.Contains(slide.Find(".slide-side").Text(), want) {
			t.Errorf("beside the text stands no %s: %s", want, slide.Find(".slide-side").Text())
		}
	}
	if a.Find("#slides").AttrOr("data-mark", "") == empty.Find("#slides").AttrOr("data-mark", "") {
		t.Error("a screen that asks does not learn that something is new")
	}
	if got := h.Get(board.Path).Find(`main a[href="` + path + `"]`).Length(); got != 1 {
		t.Errorf("%d links to the screen", got)
	}
	if err := h.office.Desk.Do(t.Context(), clerk, document, publish.TakeDown{Reasons: "x", Note: "核实中"}); err != nil {
		t.Fatal(err)
	}
	if a := h.Get(path); strings.Contains(a.Find("main").Text(), "夏季用水") {
		t.Errorf("taken down, and still on the screen: %s", a.Find("main").Text())
	}
}

// Who asks for a screen that is none is told so in words.
func TestThereIsNoSuchScreen(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/board/nobody", "/board/" + storetest.SectionID} {
		if a := h.Get(path); a.Status != 404 || !strings.Contains(a.Find("main").Text(), "没有这个机关的电子屏") || a.Find("#slides").Length() != 0 {
			t.Errorf("%s: %d %s", path, a.Status, a.Find("main").Text())
		}
	}
}
