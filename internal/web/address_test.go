package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"gongkai/internal/web"
)

func TestAddressIsTakenFromTrustedProxiesOnly(t *testing.T) {
	kit := &web.Kit{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}
	for _, c := range []struct {
		name, from string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.7:1", nil, "203.0.113.7"},
		{"a client that pretends", "203.0.113.7:1", []string{"198.51.100.1"}, "203.0.113.7"},
		{"proxy", "10.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7"},
		{"proxy, client pretends", "10.0.0.1:1", []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{"proxy with a header of its own, client pretends", "10.0.0.1:1", []string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7"},
		{"two proxies", "10.0.0.1:1", []string{"203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		{"proxy that says nothing", "10.0.0.1:1", nil, "10.0.0.1"},
		{"proxy that says nonsense", "10.0.0.1:1", []string{"unknown"}, "10.0.0.1"},
		{"IPv6", "[fd00::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1", []string{"203.0.113.7"}, "203.0.113.7"},
	} {
		r := httptest.NewRequest("GET", "/", http.NoBody)
		r.RemoteAddr = c.from
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := kit.Address(r); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
