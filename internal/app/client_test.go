package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/web/webtest"
)

// TestProgramGetsItsTokenAndLosesIt makes credentials on the page, calls with
// them, and cuts them off.
func TestProgramGetsItsTokenAndLosesIt(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	security := s.browse(t, "anquan")
	bureau := s.people["jingban"].Organ
	asked := url.Values{
		"name": {"市级机关名录"}, "organ": {bureau}, "acts": {"organ.see", "organ.contact"}, "expires": {"2027-05-31"},
	}
	for field, wrong := range map[string]string{"name": "", "acts": "role.grant", "expires": "2028-11-26", "organ": "none"} {
		bad := url.Values{}
		for name, values := range asked {
			bad[name] = values
		}
		bad[field] = []string{wrong}
		if a := security.Submit("/admin/clients/new", bad); a.Status < 400 || a.Status >= 500 {
			t.Errorf("%s %q: %d", field, wrong, a.Status)
		}
	}
	made := security.Submit("/admin/clients/new", asked)
	token := strings.TrimSpace(made.Find(".secret").First().Text())
	if made.Status != 200 || !strings.HasPrefix(token, "gk_") || made.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %q", made.Status, token)
	}
	list := security.Get("/admin/clients")
	if got := main(list); !strings.Contains(got, "2027-05-31") || strings.Contains(got, token) || !strings.Contains(got, "修改机关联系方式") {
		t.Errorf("the list: %s", got)
	}
	program := webtest.At(t, s.Server, &http.Client{Transport: bearer(token)})
	if a := program.Get("/api/v1/organs/" + bureau + "/contact"); a.Status != 200 || a.Header.Get("ETag") == "" || a.Header.Get("RateLimit-Limit") != "600" {
		t.Errorf("%d %s %v", a.Status, a.Body, a.Header)
	}
	for path, want := range map[string]int{"/api/v1/organs/" + s.people["xitong"].Organ: 403, "/api/v1/calendar/2026": 403, "/admin": 200} {
		if a := program.Get(path); a.Status != want || path == "/admin" && a.Path != "/login" {
			t.Errorf("%s: %d at %s", path, a.Status, a.Path)
		}
	}
	if got := main(s.browse(t, "shenji").Get("/admin/log?kind=client.created")); !strings.Contains(got, "建立接口凭据") || strings.Contains(got, token) {
		t.Errorf("the log: %s", got)
	}
	revoke := list.Find("a[href$='/revoke']").AttrOr("href", "")
	if a := security.Submit(revoke, nil); !strings.Contains(main(a), "已停用") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	if a := program.Get("/api/v1/me"); a.Status != 401 {
		t.Errorf("after it was cut off: %d %s", a.Status, a.Body)
	}
	if a := s.browse(t, "xitong").Get("/admin/clients"); a.Status != 403 {
		t.Errorf("a system administrator sees the credentials: %d", a.Status)
	}
}
