package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
)

func TestHealth(t *testing.T) {
	kit, routes := site(t)
	var broken error
	b := webtest.OpenWith(t, kit, routes, web.Options{Health: web.Health{
		"database": func(context.Context) error { return broken },
		"log":      func(context.Context) error { return nil },
	}})
	if a := b.Get("/readyz"); a.Status != http.StatusOK {
		t.Errorf("ready: %d %s", a.Status, a.Body)
	}
	broken = errors.New("password of the database: hunter2")
	if a := b.Get("/readyz"); a.Status != http.StatusServiceUnavailable || a.Body != "database is not ready\n" {
		t.Errorf("not ready: %d %s", a.Status, a.Body)
	}
	if a := b.Get("/healthz"); a.Status != http.StatusOK {
		t.Errorf("alive: %d", a.Status)
	}
}

func TestMetrics(t *testing.T) {
	kit, routes := site(t)
	kit.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	b := webtest.OpenWith(t, kit, routes, web.Options{Metrics: web.NewMetrics([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")})})
	b.Get("/open")
	b.Get("/invite/GEHEIM")
	b.Get("/nothing")
	_, text := send(t, b, "GET", "/metrics")
	for _, want := range []string{
		`gongkai_request_seconds_count{route="GET /open",status="2xx"} 1`,
		`gongkai_request_seconds_count{route="GET /invite/{secret}",status="2xx"} 1`,
		`gongkai_request_seconds_count{route="-",status="4xx"} 1`,
		"gongkai_requests_open 1", "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(text, "GEHEIM") {
		t.Error("metrics tell a secret")
	}
}

func TestMetricsAreForTheirReaders(t *testing.T) {
	kit, routes := site(t)
	kit.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	b := webtest.OpenWith(t, kit, routes, web.Options{Metrics: web.NewMetrics([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})})
	if resp, _ := send(t, b, "GET", "/metrics", "X-Forwarded-For", "10.0.0.1"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a header opens the metrics: %d", resp.StatusCode)
	}
	kit, routes = site(t)
	b = webtest.OpenWith(t, kit, routes, web.Options{Metrics: web.NewMetrics([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")})})
	if resp, _ := send(t, b, "GET", "/metrics", "X-Forwarded-For", "203.0.113.7"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a proxy on this machine opens the metrics to everybody: %d", resp.StatusCode)
	}
}
