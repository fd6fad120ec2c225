package web_test

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
)

func TestTooManyRequests(t *testing.T) {
	kit, routes := site(t)
	kit.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	b := webtest.OpenWith(t, kit, routes, web.Options{Limits: web.Limits{Requests: 8, Secrets: 3}})
	call := func(method, path, address string) (*http.Response, string) {
		return send(t, b, method, path, "X-Forwarded-For", address)
	}
	for range 3 {
		if resp, _ := call("POST", "/login", "203.0.113.7"); resp.StatusCode != http.StatusOK {
			t.Fatalf("too early: %d", resp.StatusCode)
		}
	}
	resp, body := call("POST", "/login", "203.0.113.7")
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" || !strings.Contains(body, "访问太频繁") {
		t.Errorf("secrets: %d %v", resp.StatusCode, resp.Header)
	}
	if resp, _ := call("GET", "/login", "203.0.113.7"); resp.StatusCode != http.StatusOK {
		t.Errorf("reading is stopped as well: %d", resp.StatusCode)
	}
	if resp, _ := call("POST", "/login", "203.0.113.8"); resp.StatusCode != http.StatusOK {
		t.Errorf("somebody else is stopped: %d", resp.StatusCode)
	}
	for range 8 {
		call("GET", "/open", "203.0.113.9")
	}
	if resp, body := call("GET", "/open", "203.0.113.9"); resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "<h1>") {
		t.Errorf("pages: %d", resp.StatusCode)
	}
	if resp, _ := call("GET", "/api/v1/wrong", "203.0.113.9"); resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("API: %d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	if resp, _ := call("GET", "/healthz", "203.0.113.9"); resp.StatusCode != http.StatusOK {
		t.Errorf("health: %d", resp.StatusCode)
	}
}

// Forms of requests have a count of their own, which a setting widens; from a
// service hall none is counted.
func TestFormsOfRequestsAreCountedByThemselves(t *testing.T) {
	kit, routes := site(t)
	kit.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	most := 2
	b := webtest.OpenWith(t, kit, routes, web.Options{Limits: web.Limits{Requests: 100, Secrets: 1, Asking: func(_ context.Context, address string) (int, error) {
		if address == "203.0.113.9" {
			return 0, nil
		}
		return most, nil
	}}})
	stopped := func(path, address string) bool {
		resp, _ := send(t, b, "POST", path, "X-Forwarded-For", address)
		return resp.StatusCode == http.StatusTooManyRequests
	}
	if stopped("/request/what", "203.0.113.7") || stopped("/request/how", "203.0.113.7") || !stopped("/request/what", "203.0.113.7") {
		t.Error("not stopped after two")
	}
	if stopped("/login", "203.0.113.7") || !stopped("/login", "203.0.113.7") {
		t.Error("secrets are not counted by themselves")
	}
	if most = 4; stopped("/request/what", "203.0.113.7") {
		t.Error("what is set holds only later")
	}
	for range 20 {
		if stopped("/request/what", "203.0.113.9") {
			t.Fatal("the hall is stopped")
		}
	}
}
