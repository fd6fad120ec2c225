package api_test

import (
	"strings"
	"sync"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
)

const contactPath = "/api/v1/organs/bureau/contact"

// changes counts what happened to the contact.
func (w world) changes() (n int) {
	w.t.Helper()
	events, err := w.db.EventsOf(w.t.Context(), event.Subject{Type: "organ", ID: storetest.BureauID})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == "organ.contact-changed" {
			n++
		}
	}
	return n
}

func TestContactIsReplacedAsItWasRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := openWith(t, db, nil, nil, web.Limits{})
		token := w.token(false, account.SeeOrgans, account.EditContact)
		status, _, header := w.call("GET", contactPath, token, "")
		first := header.Get("ETag")
		if status != 200 || first == "" {
			t.Fatalf("%d %v", status, header)
		}
		const body = `{"office":" 办公室 ","phone":"0478-3212345"}`
		status, answer, header := w.call("PUT", contactPath, token, body, "If-Match", `"0123456789abcdef", `+first)
		second := header.Get("ETag")
		if status != 200 || answer["office"] != "办公室" || second == first || second == "" {
			t.Fatalf("%d %v %v", status, answer, header)
		}
		if status, answer, _ := w.call("PUT", contactPath, token, `{"phone":"0478-3219999"}`, "If-Match", first); status != 412 {
			t.Errorf("overwritten with what was read before: %d %v", status, answer)
		}
		status, answer, header = w.call("GET", contactPath, token, "")
		if status != 200 || answer["phone"] != "0478-3212345" || header.Get("ETag") != second {
			t.Errorf("%d %v %v", status, answer, header)
		}
		if status, _, header := w.call("PUT", contactPath, token, body, "If-Match", "*"); status != 200 || header.Get("ETag") != second || w.changes() != 1 {
			t.Errorf("the same again: %d %v, %d changes", status, header, w.changes())
		}
		for _, who := range []string{w.token(false, account.SeeOrgans), ""} {
			if status, _, _ := w.call("PUT", contactPath, who, body, "If-Match", "*"); status != 401 && status != 403 {
				t.Errorf("changed without the right: %d", status)
			}
		}
		if status, _, _ := w.call("PUT", "/api/v1/organs/section/contact", token, body, "If-Match", "*"); status != 403 {
			t.Errorf("changed below without the reach: %d", status)
		}
	})
}

func TestKeyOfACall(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := openWith(t, db, nil, nil, web.Limits{})
		token := w.token(false, account.SeeOrgans, account.EditContact)
		_, _, header := w.call("GET", contactPath, token, "")
		read := header.Get("ETag")
		put := func(who, body, key string) (int, map[string]any, string, string) {
			status, answer, header := w.call("PUT", contactPath, who, body, "If-Match", read, "Idempotency-Key", key)
			return status, answer, header.Get("ETag"), header.Get("Idempotent-Replayed")
		}
		status, answer, tag, again := put(token, `{"phone":"0478-3212345"}`, "k1")
		if status != 200 || again != "" {
			t.Fatalf("%d %v", status, answer)
		}
		if s, a, g, again := put(token, `{"phone":"0478-3212345"}`, "k1"); s != 200 || a["phone"] != answer["phone"] || g != tag || again != "true" {
			t.Errorf("sent again: %d %v %s %s", s, a, g, again)
		}
		if s, a, _, _ := put(token, `{"phone":"0478-3219999"}`, "k1"); s != 422 || !strings.Contains(a["detail"].(string), "已用于另一个请求") {
			t.Errorf("the key with another body: %d %v", s, a)
		}
		if s, _, _, _ := put(token, `{"phone":"0478-3212345"}`, "k2"); s != 412 {
			t.Errorf("without the key the condition holds: %d", s)
		}
		if s, _, _, again := put(w.token(false, account.EditContact), `{"phone":"0478-3212345"}`, "k1"); s != 412 || again != "" {
			t.Errorf("another program's key: %d %s", s, again)
		}
		if n := w.changes(); n != 1 {
			t.Errorf("%d changes", n)
		}
	})
}

// TestKeyOfCallsAtTheSameTime sends one call twenty times at once: it is done
// once, and whoever is told to wait gets the answer afterwards.
func TestKeyOfCallsAtTheSameTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := openWith(t, db, nil, nil, web.Limits{})
		token := w.token(false, account.EditContact)
		var (
			wg  sync.WaitGroup
			mu  sync.Mutex
			got = map[int]int{}
		)
		send := func() int {
			status, _, header := w.call("PUT", contactPath, token, `{"phone":"0478-3212345"}`, "If-Match", "*", "Idempotency-Key", "one")
			if status == 409 && header.Get("Retry-After") == "" {
				t.Error("nobody says how long to wait")
			}
			return status
		}
		for range 20 {
			wg.Go(func() {
				status := send()
				mu.Lock()
				defer mu.Unlock()
				got[status]++
			})
		}
		wg.Wait()
		if got[200] == 0 || got[200]+got[409] != 20 || w.changes() != 1 {
			t.Errorf("answers %v, %d changes", got, w.changes())
		}
		if status := send(); status != 200 {
			t.Errorf("afterwards: %d", status)
		}
	})
}
