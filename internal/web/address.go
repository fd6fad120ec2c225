package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Address gives the client's address: that of the connection, or where that is a
// trusted proxy, the last one in X-Forwarded-For that is none.
func (k *Kit) Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	// A proxy may add a header of its own below one that the client made up.
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && k.trusted(host); i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			break
		}
		host = hop
	}
	return host
}

func (k *Kit) trusted(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range k.Proxies {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
