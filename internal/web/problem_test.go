package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/internal/web"
	"gongkai/internal/web/webtest"
)

func TestSignInIsAskedForWhereItHelps(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	resp, _ := send(t, b, "GET", "/desk?q=a%20b&sort=x")
	if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || at != "/login?next=%2Fdesk%3Fq%3Da%2520b%26sort%3Dx" {
		t.Errorf("a page: %d to %s", resp.StatusCode, at)
	}
	resp, body := send(t, b, "GET", "/api/v1/mine")
	if resp.StatusCode != http.StatusUnauthorized || resp.Header.Get("WWW-Authenticate") != "Bearer" || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("API: %d %v %s", resp.StatusCode, resp.Header, body)
	}
	a := b.Post("/desk/text", url.Values{"text": {"写了半天的内容"}})
	if a.Status != http.StatusUnauthorized || !strings.Contains(a.Find("main").Text(), "仍在浏览器中") {
		t.Errorf("a form: %d %s", a.Status, a.Body)
	}
}

// Who was signed out while typing signs in again and sends the same once more.
func TestFormOutlivesTheSession(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	token := b.Get("/desk/text").Find("input[name="+web.TokenField+"]").AttrOr("value", "")
	typed := url.Values{web.TokenField: {token}, "text": {"写了半天的内容"}}

	signedOut := b.Another()
	if a := signedOut.Post("/desk/text", typed); a.Status != http.StatusUnauthorized {
		t.Errorf("signed out: %d", a.Status)
	}
	b.Get("/test/as/clerk") // a new session, in the same browser
	if a := b.Post("/desk/text", typed); a.Status != http.StatusOK || a.Body != "写了半天的内容" {
		t.Errorf("signed in again: %d %s", a.Status, a.Body)
	}
	b.Get("/test/as/admin") // somebody else at the same desk
	if a := b.Post("/desk/text", typed); a.Status != http.StatusConflict {
		t.Errorf("somebody else: %d", a.Status)
	}
}

func TestFormsOfOthersAreRefused(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	token := b.Get("/desk/text").Find("input[name="+web.TokenField+"]").AttrOr("value", "")
	for _, c := range []struct {
		name, token string
		headers     []string
		status      int
	}{
		{"our page", token, nil, 200},
		{"our page in a new browser", token, []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"another site, new browser", token, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"another site, browser that says where from", token, []string{"Origin", "https://evil.example"}, 403},
		{"another site, old browser", "", nil, 409},
		{"a token that was made up", strings.Repeat("A", len(token)), nil, 409},
	} {
		body := url.Values{web.TokenField: {c.token}, "text": {"x"}}.Encode()
		r, err := http.NewRequestWithContext(t.Context(), "POST", b.URL()+"/desk/text", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i < len(c.headers); i += 2 {
			r.Header.Set(c.headers[i], c.headers[i+1])
		}
		resp, err := b.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.status {
			t.Errorf("%s: %d", c.name, resp.StatusCode)
		}
	}
}

func TestOwnAddressesAreTrusted(t *testing.T) {
	kit, routes := site(t)
	b := webtest.OpenWith(t, kit, routes, web.Options{Origins: []string{"https://zwgk.example.cn"}})
	if resp, _ := send(t, b, "POST", "/login", "Origin", "https://zwgk.example.cn"); resp.StatusCode != http.StatusOK {
		t.Errorf("%d", resp.StatusCode)
	}
	if _, err := kit.Handler(nil, web.Options{Origins: []string{"zwgk.example.cn/path"}}); err == nil {
		t.Error("an origin that is none is taken")
	}
}

func TestProblemDocument(t *testing.T) {
	kit, routes := site(t)
	resp, body := send(t, webtest.Open(t, kit, routes), "GET", "/api/v1/wrong")
	var problem struct {
		Title, Detail string
		Status        int
		Errors        []struct{ Message, Location string }
	}
	if err := json.Unmarshal([]byte(body), &problem); err != nil {
		t.Fatal(err, body)
	}
	if resp.StatusCode != 422 || problem.Status != 422 || problem.Title == "" || problem.Detail != "日期写错了。" || len(problem.Errors) != 1 || problem.Errors[0].Location != "day" {
		t.Errorf("%d %+v", resp.StatusCode, problem)
	}
}

func TestProblemStandsInTheFrameOfItsRoute(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes)
	for _, c := range []struct {
		as, path, frame string
		status          int
	}{
		{"clerk", "/admin", "admin", 403},
		{"clerk", "/desk/broken", "desk", 500},
		{"clerk", "/panic", "portal", 500},
		{"", "/panic", "portal", 500},
	} {
		a := b.As(c.as).Get(c.path)
		if a.Status != c.status || !a.Find("body").HasClass(c.frame) || a.Find("h1").Length() != 1 {
			t.Errorf("%s as %q: %d in %q", c.path, c.as, a.Status, a.Find("body").AttrOr("class", ""))
		}
	}
}

func TestUploads(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	token := b.Get("/desk/text").Find("input[name="+web.TokenField+"]").AttrOr("value", "")
	big := strings.Repeat("x", 3<<20)
	for _, c := range []struct {
		path   string
		status int
	}{{"/desk/text", 200}, {"/desk/small", 413}} {
		if a := b.Post(c.path, url.Values{web.TokenField: {token}, "text": {big}}); a.Status != c.status {
			t.Errorf("%s: %d", c.path, a.Status)
		}
		body := "--b\r\nContent-Disposition: form-data; name=\"" + web.TokenField + "\"\r\n\r\n" + token +
			"\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + big + "\r\n--b--\r\n"
		resp, err := b.Client().Post(b.URL()+c.path, "multipart/form-data; boundary=b", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.status {
			t.Errorf("%s with a file: %d", c.path, resp.StatusCode)
		}
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("uploaded files are left: %v, %v", left, err)
	}
}

func TestTypedTextIsText(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	token := b.Get("/desk/text").Find("input[name="+web.TokenField+"]").AttrOr("value", "")
	if a := b.Post("/desk/text", url.Values{web.TokenField: {token}, "text": {"一\r\n二\x00三\xff"}}); a.Body != "一\n二\uFFFD三\uFFFD" {
		t.Errorf("%d %q", a.Status, a.Body)
	}
	if a := b.Get("/open?q=%00%ff"); a.Status != http.StatusOK || !utf8.ValidString(a.Body) || strings.Contains(a.Body, "\x00") {
		t.Errorf("a query that is no text: %d", a.Status)
	}
}

// What the kit itself refuses is said in the language of the page; what a room
// says is Chinese, and marked as such.
func TestProblemSpeaksTheLanguageOfThePage(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	for _, c := range []struct{ method, path, title, says string }{
		{"GET", "/nowhere", "Not found", "There is no such page"},
		{"POST", "/open", "Not like this", "does not take such a request"},
		{"GET", "/panic", "Something broke", "tell the administrator the number below"},
	} {
		_, body := send(t, b, c.method, c.path, "Accept-Language", "en")
		if !strings.Contains(body, "<h1>"+c.title+"</h1>") || !strings.Contains(body, c.says) {
			t.Errorf("%s %s in English: %s", c.method, c.path, body)
		}
	}
	if _, body := send(t, b, "GET", "/admin", "Accept-Language", "en"); !strings.Contains(body, `<p class="lead" lang="zh-CN">`) {
		t.Errorf("a Chinese sentence on an English page is not marked: %s", body)
	}
	if _, body := send(t, b, "GET", "/admin"); strings.Contains(body, `<p class="lead" lang=`) {
		t.Error("a Chinese sentence on a Chinese page is marked")
	}
}

func TestTooMuchIsSaidWithTheLimit(t *testing.T) {
	kit, routes := site(t)
	b := webtest.Open(t, kit, routes).As("clerk")
	a := b.Post("/desk/small", url.Values{"text": {strings.Repeat("x", 3<<20)}})
	if a.Status != http.StatusRequestEntityTooLarge || !strings.Contains(a.Find("main").Text(), "超过 1 MB") || a.Find("h1").Text() != "提交的内容太大" {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	half := "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nabc"
	resp, err := b.Client().Post(b.URL()+"/desk/small", "multipart/form-data; boundary=b", strings.NewReader(half))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("half a form: %d", resp.StatusCode)
	}
}
