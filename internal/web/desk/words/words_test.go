package words_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/doc/open"
	"gongkai/internal/ident"
	"gongkai/internal/lexicon"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/words"
	"gongkai/internal/web/webtest"
)

const root = "/desk/words"

func start(t *testing.T) *webtest.Browser {
	t.Helper()
	db := storetest.SQLite(t)
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	people := webtest.People{}
	for id, g := range map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "county": {Organ: storetest.CountyID, Role: account.Clerk}, "signer": {Organ: storetest.BureauID, Role: account.Signer},
	} {
		storetest.Person(t, db, id, g.Organ, string(g.Role))
		people[id] = account.Actor{ID: id, Name: "人员" + id, Organ: g.Organ, Grants: []account.Grant{g}}
	}
	trees, opener := org.Fixed(tree), open.New(open.Options{})
	t.Cleanup(func() { _ = opener.Close() })
	office := &lexicon.Office{Store: store.Lexicon{DB: db}, Trees: trees, Clock: now, IDs: &ident.Ordered{Clock: now}}
	kit := webtest.Kit(t, now, people)
	return webtest.Open(t, kit, words.Pages{Kit: kit, Office: office, Trees: trees, Names: store.People{DB: db}, Reader: opener}.Routes())
}

func TestAWordIsKept(t *testing.T) {
	b := start(t)
	a := b.As("clerk").Get(root)
	if a.Find(".empty a.button").AttrOr("href", "") != root+"/new" || !strings.Contains(a.Find("details").Text(), "《合同法》") {
		t.Errorf("the empty list leads nowhere, or hides the built-in words: %s", a.Find("main").Text())
	}
	a = b.Submit(root+"/new", url.Values{"word": {"青"}, "instead": {"青石街道"}, "severity": {"error"}})
	if a.Status != 422 || a.Find(".field.wrong #f-word").Length() != 1 || a.Find("#f-instead").AttrOr("value", "") != "青石街道" {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	a = b.Submit(root+"/new", url.Values{"word": {"青石镇"}, "instead": {"青石街道"}, "severity": {"error"}, "note": {"2023年改设"}})
	if a.Status != 200 || !strings.Contains(a.Find(".toast").Text(), "青石镇") || a.Find("tbody tr").First().Find("td, th").Length() != 6 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	edit := a.Find(`tbody a[href$="/edit"]`).AttrOr("href", "")
	if a = b.Submit(edit, url.Values{"word": {"青石镇"}, "severity": {"info"}}); !strings.Contains(a.Find("tbody").Text(), "提示") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	if a = b.As("signer").Get(root); a.Find(`a[href$="/edit"], a[href$="/new"]`).Length() != 0 || !strings.Contains(a.Find("tbody").First().Text(), "青石镇") {
		t.Errorf("a signer sees: %s", a.Find("main").Text())
	}
	if a = b.Get(edit); a.Status != 403 {
		t.Errorf("a signer may change words: %d", a.Status)
	}
	remove := b.As("clerk").Get(edit).Find(`a[href$="/remove"]`).AttrOr("href", "")
	if a = b.Submit(remove, nil); a.Status != 200 || a.Find(".empty").Length() != 1 {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
}

// A list comes in as it went out; one that is wrong says where.
func TestAListGoesRound(t *testing.T) {
	b := start(t)
	const list = "词,应为,级别,说明\n青石镇,青石街道,错误,已改设\n县长,旗长,提示,\n"
	b.As("clerk").Get(root + "/import")
	for wrong, says := range map[string]string{"": "没有词", "词\n": "没有词", "词,应为,级别\n甲乙,,很重\n": "第 2 行的级别", "词\n甲乙\n甲乙\n": "出现了两次"} {
		if a := b.Upload(root+"/import", "sheet", "词表.csv", []byte(wrong), nil); a.Status != 422 || !strings.Contains(a.Find("main").Text(), says) {
			t.Errorf("%q: %d %s", wrong, a.Status, a.Find("main").Text())
		}
	}
	a := b.Upload(root+"/import", "sheet", "词表.csv", []byte(list), nil)
	if a.Status != 200 || !strings.Contains(a.Find(".toast").Text(), "新增2个") {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	out := b.Get(root + "?format=xlsx").Body
	a = b.Upload(root+"/import", "sheet", "词表.xlsx", []byte(out), nil)
	if !strings.Contains(a.Find(".toast").Text(), "新增0个，修改0个，相同2个") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	if a = b.As("county").Upload(root+"/import", "sheet", "词表.csv", []byte(list), url.Values{"organ": {storetest.OtherID}}); a.Status != 403 {
		t.Errorf("another organ's words are changed: %d", a.Status)
	}
}
