package portal_test

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/portal"
	"gongkai/internal/web/webtest"
)

// still is a tree that does not change.
type still struct{ tree *org.Tree }

func (s still) Tree(context.Context) (*org.Tree, error) { return s.tree, nil }

// logSite is a site with a log that the test sequences.
type logSite struct {
	*webtest.Browser
	db        *store.DB
	sequencer *store.Sequencer
	keys      note.Verifiers
	clock     *clock.Manual
	ids       *ident.Counting
}

func openLog(t *testing.T) *logSite {
	t.Helper()
	db, now := storetest.SQLite(t), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	tree := storetest.County(t, db)
	secret, public, err := note.GenerateKey(rand.Reader, "gongkai.test")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	pages := portal.Log{
		Kit: webtest.Kit(t, now, webtest.People{}), Store: store.Log{DB: db}, Trees: still{tree}, Kinds: account.EventKinds(),
		Keys: note.VerifierList(verifier), Key: public,
	}
	return &logSite{
		webtest.Open(t, pages.Kit, pages.Routes()), db, &store.Sequencer{DB: db, Signer: signer, Clock: now}, pages.Keys, now, &ident.Counting{},
	}
}

// write appends n events and puts them under a head.
func (s *logSite) write(t *testing.T, n int) {
	t.Helper()
	pen := event.Pen{Actor: "p1", At: s.clock.Now(), IDs: s.ids}
	for range n {
		if err := s.db.Append(t.Context(), pen.Write(storetest.BureauID, event.Subject{Type: "person", ID: "p2"}, "role.granted", map[string]string{"role": "clerk"})); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.sequencer.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(time.Minute)
}

const first, second = "00000000000000000000000001", "00000000000000000000000002"

func TestLogPage(t *testing.T) {
	s := openLog(t)
	if a := s.Get("/log"); a.Status != 200 || a.Find(".empty h2").Text() != "还没有签名摘要" {
		t.Errorf("an empty log: %d %s", a.Status, a.Body)
	}
	if a := s.Get("/log/latest"); a.Status != 404 {
		t.Errorf("a head of an empty log: %d", a.Status)
	}
	for range 30 {
		s.write(t, 1)
	}
	a := s.Get("/log")
	if a.Status != 200 || a.Find("tbody tr").Length() != 25 || !strings.Contains(a.Find(".list-foot").Text(), "30") {
		t.Errorf("%d, %d lines, %s", a.Status, a.Find("tbody tr").Length(), a.Find(".list-foot").Text())
	}
	if a.Find("form[method=post], script:not([src])").Length() > 0 {
		t.Error("the page needs a script or a form")
	}
	if a := s.Get("/log?page=2"); a.Find("tbody tr").Length() != 5 {
		t.Errorf("%d lines on the second page", a.Find("tbody tr").Length())
	}
	head, err := event.OpenHead(s.Get("/log/latest").Body, s.keys)
	if err != nil || head.Size != 30 {
		t.Errorf("latest: %+v, %v", head, err)
	}
	link, _ := a.Find("tbody tr").Eq(24).Find("a").First().Attr("href")
	if head, err := event.OpenHead(s.Get(link).Body, s.keys); err != nil || head.Size != 6 {
		t.Errorf("%s: %+v, %v", link, head, err)
	}
	proof, _ := a.Find("tbody tr").Eq(24).Find("a").Last().Attr("href")
	if from, to, err := event.VerifyConsistency([]byte(s.Get(proof).Body), s.keys); err != nil || from.Size != 6 || to.Size != 30 {
		t.Errorf("%s: %d, %d, %v", proof, from.Size, to.Size, err)
	}
	if _, err := note.NewVerifier(strings.TrimSpace(s.Get("/log/key").Body)); err != nil {
		t.Error(err)
	}
	for path, status := range map[string]int{
		"/log/heads/5": 200, "/log/heads/99": 404, "/log/heads/x": 422, "/log/proof?from=5&to=99": 404, "/log/proof?from=9&to=5": 422,
		"/log/proof": 422, "/log/proof?from=-1&to=5": 422, "/log/receipt/x": 404, "/log/receipt/00000000000000000000000099": 404,
	} {
		if a := s.Get(path); a.Status != status {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
}

func TestReceiptPage(t *testing.T) {
	s := openLog(t)
	s.write(t, 3)
	a := s.Get("/log/receipt/" + second)
	if cache := a.Header.Get("Cache-Control"); cache != "private, no-store" {
		t.Errorf("a receipt is kept by caches: %q", cache)
	}
	text := a.Find("main").Text()
	if a.Status != 200 || !strings.Contains(text, "授予角色") || !strings.Contains(text, "青川旗政务服务局") || strings.Contains(text, "p1") {
		t.Errorf("%d %s", a.Status, text)
	}
	file, _ := a.Find("main a.primary").Attr("href")
	down := s.Get(file)
	if _, err := event.VerifyReceipt([]byte(down.Body), s.keys); err != nil || !strings.Contains(down.Header.Get("Content-Disposition"), "receipt-"+second+".json") {
		t.Errorf("%v %v", down.Header, err)
	}
	pen := event.Pen{Actor: "p1", At: s.clock.Now(), IDs: s.ids}
	late := pen.Write("", event.Subject{Type: "person", ID: "p2"}, "role.granted", nil)
	if err := s.db.Append(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	if a := s.Get("/log/receipt/" + late.ID); a.Status != 503 || !strings.Contains(a.Body, "几秒钟") {
		t.Errorf("before the head: %d", a.Status)
	}
}

func TestCheckPage(t *testing.T) {
	s := openLog(t)
	s.write(t, 3)
	receipt := s.Get("/log/receipt/" + first + "?format=json").Body
	s.write(t, 4)
	good := s.Submit("/log/check", url.Values{"text": {receipt}})
	if good.Status != 200 || good.Find("#answer.green").Length() != 1 || !strings.Contains(good.Find("#answer").Text(), "授予角色") {
		t.Errorf("pasted: %d %s", good.Status, good.Find("main").Text())
	}
	if a := s.Upload("/log/check", "file", "receipt.json", []byte(receipt), nil); a.Status != 200 || a.Find("#answer.green").Length() != 1 {
		t.Errorf("uploaded: %d %s", a.Status, a.Find("main").Text())
	}
	forged := strings.Replace(receipt, `"actor": "p1"`, `"actor": "p9"`, 1)
	for name, c := range map[string]struct{ text, says string }{
		"nothing":     {"", "请选择回执文件"},
		"forged":      {forged, "被改动过"},
		"half":        {receipt[:200], "没有下载完"},
		"no receipt":  {"<p>", "JSON"},
		"a huge text": {strings.Repeat("x", event.MaxReceipt+1), "KiB"},
	} {
		a := s.Submit("/log/check", url.Values{"text": {c.text}})
		if a.Status != 422 || !strings.Contains(a.Find(".summary").Text(), c.says) || a.Find("#answer").Length() > 0 {
			t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
		}
		if kept := a.Find("textarea").Text(); strings.TrimSpace(kept) != strings.TrimSpace(c.text) {
			t.Errorf("%s: what was pasted is lost", name)
		}
	}
	if a := s.Upload("/log/check", "file", "big.json", make([]byte, event.MaxReceipt+1), nil); a.Status != 422 || !strings.Contains(a.Find(".summary").Text(), "KiB") {
		t.Errorf("a huge file: %d", a.Status)
	}
	// The log is rewritten: the receipt holds by itself, and the page says what that means.
	storetest.Exec(t, s.db, "UPDATE log_hash SET hash = $1 WHERE place = 2", make([]byte, 32))
	if a := s.Submit("/log/check", url.Values{"text": {receipt}}); a.Status != 200 || a.Find("#answer.red").Length() != 1 {
		t.Errorf("a rewritten log: %d %s", a.Status, a.Find("main").Text())
	}
}
