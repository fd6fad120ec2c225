package letters_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/doc/docx"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/letter"
	"gongkai/internal/personal"
	"gongkai/internal/release"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/desk/letters"
	"gongkai/internal/web/webtest"
)

// site is the pages about letters and files, with a request in the bureau.
type site struct {
	*testing.T
	*webtest.Browser
	db      *store.DB
	desk    *foi.Desk
	people  webtest.People
	request foi.Request
	path    string
}

func build(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2025-04-10")
	home.Reachable()
	people := webtest.People(home.People(map[string]account.Grant{
		"lina": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head},
		"signer": {Organ: storetest.BureauID, Role: account.Signer}, "other": {Organ: storetest.OtherID, Role: account.Clerk},
	}))
	desk := home.Requests()
	gate := &release.Office{Store: store.Releases{DB: db}, Content: home.Files, Guard: home.Guard(), Desk: desk, Clock: home.Now, IDs: home.IDs}
	desk.Gate = gate
	office := &letter.Office{Store: store.Letters{DB: db}, Desk: desk, Scribe: home.Scribe(), Vault: home.Vault, Clock: home.Now, IDs: home.IDs}
	kit := webtest.Kit(t, home.Now, people)
	routes := append(letters.Letters{Kit: kit, Office: office, Trees: home.Trees, Names: store.People{DB: db}}.Routes(),
		letters.Files{Kit: kit, Office: gate, Trees: home.Trees, Names: store.People{DB: db}}.Routes()...)
	s := &site{T: t, db: db, Browser: webtest.Open(t, kit, routes), desk: desk, people: people}
	var err error
	s.request, err = desk.Register(t.Context(), people["lina"], foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{{personal.Name: "欧阳明月", personal.Phone: "13800131234"}},
		Receive: foi.Receive{Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "2024年度低保审批台账", Form: "paper", Way: "post"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.path = "/desk/requests/" + s.request.ID
	return s
}

// happened counts what happened to the request.
func (s *site) happened(kind event.Kind) (n int) {
	s.Helper()
	events, err := s.db.EventsOf(s.Context(), foi.Subject(s.request.ID))
	if err != nil {
		s.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func (s *site) do(who string, deed foi.Deed) {
	s.Helper()
	if err := s.desk.Do(s.Context(), s.people[who], s.request.ID, deed); err != nil {
		s.Fatal(err)
	}
}

func TestALetterIsEditedSeenAndSent(t *testing.T) {
	s := build(t)
	s.do("lina", foi.AskCorrection{Items: []string{"请写明年度"}, Until: calendar.On(2025, 4, 25)})
	lina := s.As("lina")
	list := lina.Get(s.path + "/letters")
	path, _ := list.Find(".list tbody tr:last-child a").Attr("href")
	if list.Status != http.StatusOK || !strings.HasPrefix(path, s.path+"/letters/") || !strings.Contains(list.Find(".list").Text(), "公补〔2025〕1号") {
		t.Fatalf("%d %s", list.Status, list.Find("main").Text())
	}
	page := lina.Get(path)
	if text := page.Find(".letter").Text(); !strings.Contains(text, "请写明年度") || !strings.Contains(text, "欧***") && !strings.Contains(text, "欧") || strings.Contains(page.Body, "欧阳明月") {
		t.Errorf("the letter on the page: %s", text)
	}
	text := lina.Get(path + "/edit").Find("textarea").Text()
	without := strings.Replace(text, "视为放弃申请", "另行处理", 1)
	wrong := lina.Submit(path+"/edit", url.Values{"text": {without}})
	if wrong.Status != http.StatusUnprocessableEntity || !strings.Contains(wrong.Find(".summary").Text(), "逾期不补正的后果") || !strings.Contains(wrong.Find("textarea").Text(), "另行处理") {
		t.Errorf("%d %s", wrong.Status, wrong.Find(".summary").Text())
	}
	shown := lina.Submit(path+"/edit", url.Values{"text": {strings.Replace(text, "需要帮助的", "如需帮助", 1)}})
	if shown.Path != path || !strings.Contains(shown.Find(".letter").Text(), "如需帮助") {
		t.Errorf("%d at %s", shown.Status, shown.Path)
	}
	compared := lina.Get(path + "/versions")
	if compared.Find(".versions del").Text() != "需要帮助的" || !strings.Contains(compared.Find(".versions ins").Text(), "如需") {
		t.Errorf("- %s + %s", compared.Find(".versions del").Text(), compared.Find(".versions ins").Text())
	}
	if a := lina.Submit(path+"/send", url.Values{"on": {"2025-04-11"}, "way": {"post"}}); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Find(".summary").Text(), "还没有到") {
		t.Errorf("sent tomorrow: %d", a.Status)
	}
	if a := lina.Submit(path+"/send", url.Values{"on": {"2025-04-10"}, "way": {"post"}}); a.Path != path || a.Find("a[href$='/edit']").Length() != 0 {
		t.Errorf("%d at %s: it can still be edited", a.Status, a.Path)
	}
	file := lina.Get(path + "/docx")
	d, err := docx.Read([]byte(file.Body))
	if err != nil || d.Blocks[3].Para.Text != "欧阳明月：" {
		t.Errorf("%v, %+v", err, d)
	}
	if a := s.As("other").Get(path); a.Status != http.StatusForbidden {
		t.Errorf("a stranger sees the letter: %d", a.Status)
	}
}

// All templates stand on one page, which offers no other.
func TestTheTemplatesAreOneList(t *testing.T) {
	s := build(t)
	for _, query := range []string{"", "?page=2", "?size=10"} {
		list := s.As("lina").Get("/desk/letters" + query)
		foot := list.Find(".list-foot p").First().Text()
		if rows := list.Find(".list tbody tr").Length(); rows != len(letter.Kinds()) || list.Find(".pages").Length() != 0 || !strings.Contains(foot, "1–27") {
			t.Errorf("%s: %d rows of %d, pages: %d, %q", query, rows, len(letter.Kinds()), list.Find(".pages").Length(), foot)
		}
	}
}

func TestTheHeadChangesTemplates(t *testing.T) {
	s := build(t)
	head := s.As("head")
	const path = "/desk/letters/extension"
	form := head.Get(path + "/edit")
	text := form.Find("textarea").Text()
	typed := func(text string) url.Values {
		return url.Values{"title": {"政府信息公开申请延期答复告知书"}, "cite": {"条例§33.2"}, "text": {text}}
	}
	if form.Find("form.form").AttrOr("data-preview", "") == "" || form.Find("#preview .letter").Length() != 1 {
		t.Error("the form has no preview")
	}
	wrong := head.Submit(path+"/edit", typed(strings.Replace(text, "{延期理由}", "{张冠李戴}", 1)))
	if sum := wrong.Find(".summary").Text(); wrong.Status != http.StatusUnprocessableEntity || !strings.Contains(sum, "张冠李戴") || !strings.Contains(wrong.Find("textarea").Text(), "张冠李戴") {
		t.Errorf("%d %s", wrong.Status, sum)
	}
	saved := head.Submit(path+"/edit", typed(strings.Replace(text, "不能在法定期限内", "难以在法定期限内", 1)))
	if saved.Path != path || !strings.Contains(saved.Find(".letter").Text(), "难以在法定期限内") || saved.Find(".timeline li").Length() != 1 {
		t.Errorf("%d at %s", saved.Status, saved.Path)
	}
	list := s.As("lina").Get("/desk/letters?from=own")
	if rows := list.Find(".list tbody tr"); rows.Length() != 1 || !strings.Contains(rows.Text(), "人员head") {
		t.Errorf("who changed what: %s", rows.Text())
	}
	if a := s.As("lina").Get(path); a.Find("a[href*='/edit']").Length() != 0 {
		t.Error("a clerk is offered to edit")
	}
	if a := s.As("head").Submit(path+"/reset", nil); a.Path != path || strings.Contains(a.Find(".letter").Text(), "难以在法定期限内") {
		t.Errorf("%d at %s: not reset", a.Status, a.Path)
	}
}

func TestPreviewAnswersTheScriptAndTheButton(t *testing.T) {
	s := build(t)
	head := s.As("head")
	form := head.Get("/desk/letters/extension/edit")
	values := url.Values{
		web.TokenField: {form.Find("input[name="+web.TokenField+"]").AttrOr("value", "")}, "title": {"延期告知书"}, "cite": {"条例§33.2"}, "text": {form.Find("textarea").Text()},
	}
	whole := head.Post("/desk/letters/extension/preview", values)
	if whole.Find("header.top").Length() != 1 || whole.Find(".letter .title").Text() != "延期告知书" {
		t.Errorf("%d %s", whole.Status, whole.Find("main").Text())
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, head.URL()+"/desk/letters/extension/preview", strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Fragment", "1")
	resp, err := head.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var b bytes.Buffer
	if _, err := b.ReadFrom(resp.Body); err != nil || strings.Contains(b.String(), "<html") || !strings.Contains(b.String(), "延期告知书") {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestAFileGoesThroughTheGate(t *testing.T) {
	s := build(t)
	lina := s.As("lina")
	page := lina.Upload(s.path+"/release/new", "file", "名册.txt", []byte("联系人王小二，手机13800131234。\n其他内容。"), nil)
	if page.Status != http.StatusOK || !strings.Contains(page.Find("table").Text(), "手机") || strings.Contains(page.Body, "13800131234") {
		t.Fatalf("%d at %s: %s", page.Status, page.Path, page.Find("main").Text())
	}
	path := page.Path
	if a := lina.Get(s.path + "/release"); !strings.Contains(a.Find(".notice.red").Text(), "不能审核、签发") {
		t.Error("the list does not say that the reply is kept")
	}
	form := lina.Get(path + "/mask")
	if form.Find("select[name=why-1]").Length() != 1 {
		t.Fatalf("%s", form.Find("main").Text())
	}
	wrong := lina.Submit(path+"/mask", url.Values{"why-1": {"privacy"}, "words-1": {"王小三"}, "words-why-1": {"privacy"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("input[name=words-1]").AttrOr("value", "") != "王小三" {
		t.Errorf("%d: what was typed is lost", wrong.Status)
	}
	done := lina.Submit(path+"/mask", url.Values{"why-1": {"privacy"}, "words-1": {"王小二"}, "words-why-1": {"secret"}})
	if done.Path != path || !strings.Contains(done.Find("main").Text(), "可以提供") || !strings.Contains(done.Find("main").Text(), "商业秘密（条例§15）") {
		t.Errorf("%d %s", done.Status, done.Find("main").Text())
	}
	if body := lina.Get(path + "/copy").Body; strings.Contains(body, "13800131234") || strings.Contains(body, "王小二") || !strings.Contains(body, "其他内容") {
		t.Errorf("%s", body)
	}
	if body := lina.Get(path + "/original").Body; !strings.Contains(body, "王小二") {
		t.Error("the original was changed")
	}
	if d, err := docx.Read([]byte(lina.Get(s.path + "/release/redactions/docx").Body)); err != nil || len(d.Blocks) < 4 {
		t.Errorf("%v", err)
	}
	if a := s.As("other").Get(path + "/copy"); a.Status != http.StatusForbidden {
		t.Errorf("a stranger has the file: %d", a.Status)
	}
}

func TestALetterIsMadeVoidWithItsReason(t *testing.T) {
	s := build(t)
	lina := s.As("lina")
	made := lina.Submit(s.path+"/letters/new", url.Values{"kind": {"archive"}, "档案馆": {"青川旗档案馆"}})
	if !strings.Contains(made.Find("a.danger").AttrOr("href", ""), "/void") {
		t.Fatalf("%d at %s", made.Status, made.Path)
	}
	if a := lina.Submit(made.Path+"/void", url.Values{"why": {""}}); a.Status != http.StatusUnprocessableEntity || a.Find(".summary").Length() != 1 {
		t.Errorf("without a reason: %d", a.Status)
	}
	if a := s.As("other").Get(made.Path + "/void"); a.Status != http.StatusForbidden {
		t.Errorf("a stranger is asked: %d", a.Status)
	}
	lina = s.As("lina")
	const why = "信息没有移交，改为直接答复"
	void := lina.Submit(made.Path+"/void", url.Values{"why": {why}})
	if void.Path != made.Path || void.Find("strong s").Length() != 1 || !strings.Contains(void.Find(".notice").Text(), why) || void.Find("a[href$='/send']").Length() != 0 {
		t.Errorf("%d at %s: %s", void.Status, void.Path, void.Find("main").Text())
	}
	if a := lina.Get(made.Path + "/void"); a.Status != http.StatusConflict {
		t.Errorf("a void letter can be made void: %d", a.Status)
	}
	for _, path := range []string{s.path + "/letters", "/desk/letters/register"} {
		if row := lina.Get(path).Find(".list tr:has(s)"); !strings.Contains(row.Text(), why) || !strings.Contains(row.Text(), "作废") {
			t.Errorf("%s: %s", path, row.Text())
		}
	}
}

// A file of the reply goes into the log through the pages: checked anew, passed by
// another, taken back with a reason.
func TestAFileIsShownToEverybody(t *testing.T) {
	s := build(t)
	lina := s.As("lina")
	if a := lina.Get(s.path + "/release/show"); a.Status != http.StatusConflict {
		t.Errorf("before there is a reply: %d", a.Status)
	}
	lina.Upload(s.path+"/release/new", "file", "户数.txt", []byte("低保户数120户。"), nil)
	s.do("lina", foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "附后"}}}}})
	s.do("head", foi.Approve{})
	s.do("signer", foi.Sign{})
	s.do("lina", foi.Serve{Way: foi.Direct})
	form := lina.Get(s.path + "/release/show")
	hash := form.Find("input[name='file']").AttrOr("value", "")
	if a := lina.Submit(s.path+"/release/show", url.Values{"file": {hash}, "name": {""}}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", a.Status)
	}
	asked := lina.Submit(s.path+"/release/show", url.Values{"file": {hash}, "name": {"低保户数.txt"}})
	if text := asked.Find(".notice").Text(); !strings.Contains(text, "等待决定公示") || asked.Find("a[href$='/pass']").Length() != 0 {
		t.Fatalf("%d at %s: %s", asked.Status, asked.Path, text)
	}
	head := s.As("head")
	if a := head.Submit(asked.Path+"/pass", url.Values{"passes": {"no"}}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("refused for no reason: %d", a.Status)
	}
	shown := head.Submit(asked.Path+"/pass", url.Values{"passes": {"yes"}})
	if text := shown.Find(".notice").Text(); !strings.Contains(text, "正在公示") || !strings.Contains(text, "人员head") {
		t.Errorf("%d: %s", shown.Status, text)
	}
	back := head.Submit(asked.Path+"/back", url.Values{"why": {"统计口径有误"}})
	if text := back.Find(".notice").Text(); !strings.Contains(text, "已撤下") || !strings.Contains(text, "统计口径有误") {
		t.Errorf("%d: %s", back.Status, text)
	}
	if list := head.Get(s.path + "/release"); list.Find(".list").Length() != 2 || !strings.Contains(list.Find(".list").Last().Text(), "已撤下") {
		t.Errorf("%d lists: %s", list.Find(".list").Length(), list.Find(".list").Last().Text())
	}
}
