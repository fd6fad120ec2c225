package api_test

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"gongkai/internal/account"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
)

// TestEveryRefusalIsAProblemDocument asks wrongly in every way, and wants to be
// told in a Chinese sentence.
func TestEveryRefusalIsAProblemDocument(t *testing.T) {
	w := open(t, nil)
	token := w.token(true, account.SeeOrgans, account.EditContact)
	blind := w.token(true, account.SeeCalendar)
	const contact, deadline = "/api/v1/organs/bureau/contact", "/api/v1/deadline?limit=reply&from=2026-09-21"
	long := `{"hours":"` + strings.Repeat("x", 1<<20) + `"}`
	for _, c := range []struct {
		name, method, path, token, body string
		headers                         []string
		status                          int
		want                            string // in detail or the first of errors
	}{
		{"no such path", "GET", "/api/v1/nothing", token, "", nil, 404, "没有这个接口地址"},
		{"no such path at all", "GET", "/api/v9", "", "", nil, 404, "没有这个接口地址"},
		{"no such method", "DELETE", "/api/v1/organs", token, "", nil, 405, "可用的方法见 Allow"},
		{"no credentials", "GET", contact, "", "", nil, 401, "请先登录"},
		{"credentials of another kind", "GET", contact, "", "", []string{"Authorization", "Basic eDp5"}, 401, "Authorization: Bearer"},
		{"without the act", "PUT", contact, blind, "{}", nil, 403, "修改机关联系方式"},
		{"another organ", "GET", "/api/v1/organs/other/contact", token, "", nil, 403, "没有在该机关"},
		{"a year without a notice", "GET", "/api/v1/calendar/2098", blind, "", nil, 404, "没有2098年的放假安排"},
		{"no parameter", "GET", "/api/v1/deadline?from=2026-09-21", "", "", nil, 422, "缺少必填的参数"},
		{"a parameter that is none", "GET", deadline + "&extends=20", "", "", nil, 422, "没有这个参数"},
		{"no number", "GET", deadline + "&extend=two", "", "", nil, 422, "应为整数"},
		{"too big a number", "GET", deadline + "&extend=21", "", "", nil, 422, "不能大于 20"},
		{"a day that is none", "GET", "/api/v1/deadline?limit=reply&from=2026-02-30", "", "", nil, 422, "是日历上有的日子"},
		{"a region that is none", "GET", deadline + "&region=nowhere", "", "", nil, 422, "没有“nowhere”的地方放假安排"},
		{"a cursor that is none", "GET", "/api/v1/organs?cursor=nothing", token, "", nil, 422, "cursor 无效"},
		{"no body", "PUT", contact, token, "", []string{"If-Match", "*"}, 400, "缺少内容"},
		{"no JSON", "PUT", contact, token, "{phone}", []string{"If-Match", "*"}, 400, "不是正确的 JSON"},
		{"half of a JSON", "PUT", contact, token, `{"phone":`, []string{"If-Match", "*"}, 400, "不是完整的 JSON"},
		{"another format", "PUT", contact, token, "<x/>", []string{"If-Match", "*", "Content-Type", "text/xml"}, 415, "内容应为 JSON"},
		{"a field that is none", "PUT", contact, token, `{"telephone":"1"}`, []string{"If-Match", "*"}, 422, "没有这个字段"},
		{"a field of another kind", "PUT", contact, token, `{"phone":12}`, []string{"If-Match", "*"}, 422, "应为文字"},
		{"a field that is too long", "PUT", contact, token, `{"postcode":"1234567"}`, []string{"If-Match", "*"}, 422, "不能长于 6 个字符"},
		{"a field that is wrong", "PUT", contact, token, `{"phone":"call me"}`, []string{"If-Match", "*"}, 422, "电话号码“call me”不正确"},
		{"no condition", "PUT", contact, token, "{}", nil, 428, "If-Match"},
		{"an old condition", "PUT", contact, token, "{}", []string{"If-Match", `"0000000000000000"`}, 412, "在读取之后改过"},
		{"too much", "PUT", contact, token, long, []string{"If-Match", "*"}, 413, "太大"},
		{"too much with a key", "PUT", contact, token, long, []string{"If-Match", "*", "Idempotency-Key", "k"}, 413, "太大"},
		{"too long a key", "PUT", contact, token, "{}", []string{"If-Match", "*", "Idempotency-Key", strings.Repeat("k", 101)}, 422, "太长"},
	} {
		status, answer, header := w.call(c.method, c.path, c.token, c.body, c.headers...)
		detail, _ := answer["detail"].(string)
		said := detail
		for _, e := range list(answer["errors"]) {
			said += e.(map[string]any)["message"].(string)
			if e.(map[string]any)["value"] != nil {
				t.Errorf("%s: the value is given back", c.name)
			}
		}
		if status != c.status || answer["status"] != float64(status) || !strings.Contains(said, c.want) || header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %v", c.name, status, header.Get("Content-Type"), answer)
		}
		if !strings.ContainsFunc(detail, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %q is no Chinese sentence", c.name, detail)
		}
		if status == 401 && header.Get("WWW-Authenticate") != "Bearer" || status == 405 && !strings.Contains(header.Get("Allow"), "GET") {
			t.Errorf("%s: %v", c.name, header)
		}
	}
	if _, answer, _ := w.call("PUT", contact, token, `{"phone":"call me"}`, "If-Match", "*"); list(answer["errors"])[0].(map[string]any)["location"] != "body.phone" {
		t.Errorf("where it is wrong: %v", answer)
	}
}

func list(v any) []any {
	all, _ := v.([]any)
	return all
}

func TestTooManyCalls(t *testing.T) {
	calls := func(_ context.Context, organ string) (int, error) {
		return map[string]int{storetest.BureauID: 3}[organ], nil
	}
	w := openWith(t, storetest.SQLite(t), nil, calls, web.Limits{Requests: 20})
	busy, calm := w.token(false, account.SeeOrgans), w.token(false, account.SeeOrgans)
	for i := range 5 {
		status, answer, header := w.call("GET", "/api/v1/me", busy, "")
		switch {
		case i < 3 && status != 200:
			t.Errorf("call %d: %d %v", i, status, answer)
		case i >= 3 && (status != 429 || header.Get("Retry-After") == "" || header.Get("Content-Type") != "application/problem+json" || !strings.Contains(answer["detail"].(string), "每分钟最多调用3次")):
			t.Errorf("call %d: %d %v %v", i, status, answer, header)
		}
	}
	if status, _, header := w.call("GET", "/api/v1/me", calm, ""); status != 200 || header.Get("RateLimit-Remaining") != "2" {
		t.Errorf("another program pays for it: %d %v", status, header)
	}
	for range 20 {
		w.call("GET", "/api/v1/limits", "", "")
	}
	if status, answer, header := w.call("GET", "/api/v1/limits", "", ""); status != 429 || header.Get("Retry-After") == "" || !strings.Contains(answer["detail"].(string), "Retry-After") {
		t.Errorf("an address without credentials: %d %v", status, answer)
	}
}
