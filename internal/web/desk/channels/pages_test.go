package channels_test

import (
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/web/webtest"
)

const root = "/desk/channels"

// text gives what a page says, in one line.
func text(a webtest.Answer, selector string) string {
	return strings.Join(strings.Fields(a.Find(selector).Text()), " ")
}

// account sets the official account up, as the system administrator does.
func (s *site) account() webtest.Answer {
	s.t.Helper()
	a := s.As("system").Upload("/admin/channels/new", "cover", "cover.png", s.picture, url.Values{"organ": {"bureau"}, "name": {"青川政务服务"}, "app": {app}, "secret": {secret}, "author": {"青川旗政务服务局"}})
	if a.Status != 200 || a.Path != "/admin/channels/bureau/edit" {
		s.t.Fatalf("not set up: %d at %s: %s", a.Status, a.Path, text(a, ".summary"))
	}
	return a
}

// From the account to the article and back, as clerk and administrator see it.
func TestFromTheDocumentToTheArticleAndBack(t *testing.T) {
	s := start(t)
	send := root + "/" + s.document + "/send"
	if a := s.As("clerk").Get(send); a.Find("form.form").Length() != 0 || !strings.Contains(text(a, "main"), "还没有登记微信公众号") {
		t.Errorf("without an account: %s", text(a, "main"))
	}
	a := s.account()
	if body := a.Find("main").Text(); strings.Contains(body, secret) || !strings.Contains(body, "尾号 cdef") {
		t.Errorf("the page of the account: %s", body)
	}
	for _, input := range []string{"app", "secret"} {
		if got := a.Find("#f-"+input).AttrOr("value", ""); got != "" {
			t.Errorf("%s is shown again: %s", input, got)
		}
	}
	if a := s.press("/admin/channels/bureau/edit", "/admin/channels/bureau/try", nil); !strings.Contains(text(a, ".toast"), "连接正常") {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}

	a = s.As("clerk").Get(send)
	if a.Find("#f-title").AttrOr("value", "") != "关于夏季用水的通告" || a.Find("#f-author").AttrOr("value", "") != "青川旗政务服务局" || !strings.Contains(text(a, ".wechat"), "请错峰用水。") {
		t.Errorf("the form does not begin with the document: %s", text(a, ".wechat"))
	}
	if a := s.press(send, root+"/"+s.document+"/preview", url.Values{"title": {"请错峰用水"}, "text": {"# 怎么办\n早晚用水。"}}); text(a, ".wechat h3") != "请错峰用水" || text(a, ".wechat p.head") != "怎么办" || strings.Contains(text(a, ".wechat"), "全旗居民") {
		t.Errorf("the preview: %d %s", a.Status, text(a, ".phone"))
	}
	// What is wrong is told, and what was typed is kept.
	a = s.Submit(send, url.Values{"title": {"公示"}, "text": {"张三，身份证号 11010519491231002X"}, "summary": {"摘要在此"}, "mode": {"draft"}})
	if a.Status != 422 || !strings.Contains(text(a, ".field.wrong"), "放行检查发现问题") || a.Find("#f-summary").Text() != "摘要在此" || a.Find("#f-mode-1[checked]").Length() != 1 {
		t.Errorf("%d %s", a.Status, text(a, ".summary"))
	}
	a = s.Submit(send, url.Values{"title": {"请错峰用水"}, "summary": {"夏季用水"}, "text": {"早晚用水。"}, "mode": {"draft"}})
	if a.Status != 200 || !strings.HasSuffix(a.Path, "/posts/p2") || text(a, ".case-state .badge") != "待保密审查" || !strings.Contains(text(a, ".toast"), "已送保密审查") {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, text(a, "main"))
	}
	post := a.Path
	s.carry()
	if a := s.As("clerk").Get(post); len(s.platform.Drafts()) != 0 || a.Find(`a[href$="/review"]`).Length() != 0 {
		t.Errorf("it is over there, or the clerk passes it: %s", text(a, "main"))
	}
	if a := s.Get(post + "/review"); a.Status != 403 {
		t.Errorf("the clerk reviews it: %d", a.Status)
	}
	if a := s.As("reviewer").Get(post); a.Find(`a.primary[href$="/review"]`).Length() != 1 {
		t.Fatalf("the reviewer is not led to it: %s", text(a, "main"))
	}
	if a := s.Submit(post+"/review", nil); a.Status != 422 || !strings.Contains(text(a, ".field.wrong"), "请选择审查结论") {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}
	if a := s.Submit(post+"/review", url.Values{"verdict": {"back"}}); a.Status != 422 || !strings.Contains(text(a, ".field.wrong"), "退回的理由") || a.Find("#f-verdict-1[checked]").Length() != 1 {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}
	if a := s.Submit(post+"/review", url.Values{"verdict": {"open"}}); text(a, ".case-state .badge") != "待送出" || !strings.Contains(text(a, ".facts"), "人员reviewer") {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}
	s.carry()
	s.As("clerk")
	if a := s.Get(post); text(a, ".case-state .badge") != "草稿待发布" || a.Find(`a[href$="/publish"]`).Length() != 1 || a.Find(`a[href$="/reword"]`).Length() != 1 {
		t.Errorf("a draft: %s", text(a, "main"))
	}
	s.Submit(post+"/reword", url.Values{"title": {"夏季请错峰用水"}, "text": {"早晚用水。"}})
	s.As("reviewer").Submit(post+"/review", url.Values{"verdict": {"open"}})
	s.As("clerk")
	s.Submit(post+"/publish", nil)
	s.carry()
	a = s.Get(post)
	if text(a, ".case-state .badge") != "正在发布" || !strings.HasPrefix(a.Find("a.button.primary").AttrOr("href", ""), "https://mp.example/s/ART") || a.Find(`a[href$="/publish"]`).Length() != 0 {
		t.Errorf("published: %s", text(a, "main"))
	}
	if all := s.platform.Published(); len(all) != 1 || all[0].News.Title != "夏季请错峰用水" {
		t.Errorf("%+v", all)
	}

	// The ledger counts it, and the figure leads to it.
	a = s.Get(root)
	figure := a.Find(`table.matrix a[href="/desk/channels?channel=wechat&year=2026"]`)
	if figure.Text() != "1" {
		t.Errorf("figures: %s", text(a, "table.matrix"))
	}
	if a := s.Get("/desk/channels?channel=wechat&year=2026"); a.Find("section.list tbody tr").Length() != 1 || !strings.Contains(text(a, "section.list tbody"), "夏季请错峰用水") || !strings.Contains(text(a, "section.list tbody"), "人员clerk") {
		t.Errorf("%s", text(a, "section.list"))
	}
	if a := s.As("other").Get(root); a.Find("section.list tbody tr").Length() != 0 {
		t.Errorf("another organ's clerk sees %s", text(a, "section.list"))
	}
	for _, page := range []string{post, send, post + "/recall"} {
		if a := s.As("other").Get(page); a.Status != 403 {
			t.Errorf("another organ's clerk at %s: %d", page, a.Status)
		}
	}

	a = s.As("clerk").Submit(post+"/recall", nil)
	if a.Status != 422 || a.Find("#f-note[aria-invalid]").Length() != 1 || a.Find("button.danger").Length() != 1 {
		t.Errorf("recalled without a word to the public: %d %s", a.Status, text(a, "main"))
	}
	a = s.Submit(post+"/recall", url.Values{"note": {"咨询电话有误"}})
	if text(a, ".case-state .badge") != "撤回中" {
		t.Errorf("%s", text(a, "main"))
	}
	s.carry()
	if a := s.Get(post); text(a, ".case-state .badge") != "已撤下" || len(s.platform.Published()) != 0 || !strings.Contains(text(a, ".timeline"), "渠道已撤回") {
		t.Errorf("%s", text(a, "main"))
	}
}

// On the screens of the hall: no account is needed, what is wrong is told, and the way
// back is as short.
func TestOnTheScreensAndOff(t *testing.T) {
	s := start(t)
	send := root + "/" + s.document + "/send?channel=board"
	a := s.As("clerk").Get(send)
	if a.Find("#f-title").AttrOr("value", "") != "关于夏季用水的通告" || a.Find("#f-author, #f-cover, #f-mode").Length() != 0 || !strings.Contains(text(a, ".screen .slide-text"), "请错峰用水。") {
		t.Fatalf("the form: %s", text(a, "main"))
	}
	for _, one := range []struct {
		typed url.Values
		says  string
	}{
		{url.Values{"title": {""}}, "请填写文章标题"},
		{url.Values{"title": {"关于夏季用水的通告"}, "last": {"下周"}}, "不是日期"},
		{url.Values{"title": {"关于夏季用水的通告"}, "last": {"2026-03-01"}}, "已经过去"},
		{url.Values{"title": {"关于夏季用水的通告"}, "text": {strings.Repeat("字", 3001)}}, "最多3000个字"},
		{url.Values{"title": {"关于夏季用水的通告"}, "text": {"张三，身份证号 11010519491231002X"}}, "放行检查发现问题"},
	} {
		if a := s.Submit(send, one.typed); a.Status != 422 || !strings.Contains(text(a, ".summary"), one.says) {
			t.Errorf("%v: %d %s", one.typed, a.Status, text(a, ".summary"))
		}
	}
	if a := s.press(send, root+"/"+s.document+"/preview?channel=board", url.Values{"title": {"请错峰用水"}, "text": {"# 怎么办\n早晚用水。"}}); text(a, ".screen h2") != "请错峰用水" || text(a, ".screen p.head") != "怎么办" {
		t.Errorf("the preview: %d %s", a.Status, text(a, ".screen"))
	}
	a = s.Submit(send, url.Values{"title": {"关于夏季用水的通告"}, "last": {"2026-03-31"}})
	post := a.Path
	if a.Status != 200 || !strings.HasSuffix(post, "/posts/p2") || !strings.Contains(text(a, ".facts"), "2026-03-31") {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, text(a, "main"))
	}
	s.carry()
	if a := s.Get(post); text(a, ".case-state .badge") != "正在发布" || a.Find(`a.primary[href$="/board/bureau"]`).Length() != 1 {
		t.Errorf("%s", text(a, "main"))
	}
	if a := s.Get(send); a.Find("form.form").Length() != 0 || !strings.Contains(text(a, "main"), "电子屏上已有") {
		t.Errorf("it can be put there twice: %s", text(a, "main"))
	}
	if got := s.Get(root).Find(`table.matrix a[href="/desk/channels?channel=board&year=2026"]`).Text(); got != "1" {
		t.Errorf("the ledger counts %s", got)
	}
	if a := s.As("other").Get(send); a.Status != 403 {
		t.Errorf("another organ's clerk: %d", a.Status)
	}
	s.As("clerk").Submit(post+"/recall", url.Values{"note": {"时间已过"}})
	s.carry()
	if a := s.Get(post); text(a, ".case-state .badge") != "已撤下" || a.Find(`a[href$="/send?channel=board"]`).Length() != 1 {
		t.Errorf("%s", text(a, "main"))
	}
}

// What the platform refuses stands on the page, with a button that tries again.
func TestARefusalIsSeenAndTriedAgain(t *testing.T) {
	s := start(t)
	s.account()
	s.refuse(53503)
	a := s.As("clerk").Submit(root+"/"+s.document+"/send", url.Values{"title": {"夏季用水的通告"}, "mode": {"public"}})
	post := a.Path
	s.carry()
	a = s.Get(post)
	if text(a, ".case-state .badge") != "没有办成" || !strings.Contains(text(a, ".notice.red"), "发布检查") || a.Find(`form[action$="/again"] button`).Length() != 1 {
		t.Fatalf("%s", text(a, "main"))
	}
	if got := text(s.Get(root+"?phase=failed"), "section.list tbody"); !strings.Contains(got, "夏季用水的通告") {
		t.Errorf("not among what failed: %s", got)
	}
	s.press(post, post+"/again", nil)
	s.carry()
	if got := text(s.Get(post), ".case-state .badge"); got != "正在发布" {
		t.Error(got)
	}
}

// An account that is taken away sends nothing more.
func TestAnAccountIsTakenAway(t *testing.T) {
	s := start(t)
	s.account()
	if a := s.As("clerk").Get("/admin/channels"); a.Status != 403 {
		t.Errorf("a clerk sees accounts: %d", a.Status)
	}
	a := s.As("system").Submit("/admin/channels/bureau/edit", url.Values{"name": {""}, "app": {"wxnew"}})
	if a.Status != 422 || a.Find("#f-app").AttrOr("value", "") != "wxnew" || !strings.Contains(text(a, ".summary"), "请填写开发者密码") {
		t.Errorf("%d %s", a.Status, text(a, ".summary"))
	}
	if a := s.Submit("/admin/channels/bureau/end", nil); !strings.Contains(text(a, "section.list"), "已停用") {
		t.Errorf("%s", text(a, "main"))
	}
	if a := s.As("clerk").Get(root + "/" + s.document + "/send"); a.Find("form.form").Length() != 0 {
		t.Error("it can still be sent")
	}
}
