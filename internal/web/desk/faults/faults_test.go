package faults_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/fault"
	"gongkai/internal/housetest"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/faults"
	portal "gongkai/internal/web/portal/faults"
	"gongkai/internal/web/webtest"
)

// site is the pages of the visitor and those of the office, on a real database.
type site struct {
	*webtest.Browser
	t *testing.T
}

// start begins on Thursday, 5 March 2026.
func start(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-05")
	home.Set(setting.Whole, setting.FaultOrgan, home.Tree.Name(storetest.BureauID))
	people := webtest.People(home.People(map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "liaison": {Organ: storetest.BureauID, Role: account.Liaison}, "other": {Organ: storetest.OtherID, Role: account.Clerk}, "signer": {Organ: storetest.BureauID, Role: account.Signer},
	}))
	office := &fault.Office{
		Store: store.Faults{DB: db}, Trees: home.Trees, Settings: home.Book, Calendars: housetest.BuiltIn{}, Vault: home.Vault, Clock: home.Now, IDs: home.IDs,
		Pace: func(context.Context, string) error { return nil },
	}
	kit := webtest.Kit(t, home.Now, people)
	mark := portal.Faults{Kit: kit, Office: office, National: func(context.Context) string { return "https://zfwzzc.example/" }}
	answer := faults.Pages{Kit: kit, Office: office, Names: store.People{DB: db}}
	return &site{webtest.Open(t, kit, append(mark.Routes(), answer.Routes()...)), t}
}

func text(a webtest.Answer, selector string) string {
	return strings.Join(strings.Fields(a.Find(selector).Text()), " ")
}

var good = url.Values{"page": {"/open/guide"}, "kind": {"wording"}, "text": {"“公倾”应为“公顷”。"}, "contact": {"13900000077"}}

// reported marks a fault as a visitor, and gives its number.
func (s *site) reported() string {
	s.t.Helper()
	a := s.As("").Submit(portal.Path, good)
	number := strings.TrimSpace(a.Find("dl.facts dd strong").First().Text())
	if a.Status != 200 || a.Find(".notice.green").Length() != 1 || !strings.HasPrefix(number, "ZC") {
		s.t.Fatalf("not reported: %d %s", a.Status, text(a, "main"))
	}
	return number
}

// sends fills in one of the forms of a page, whoever is there.
func (s *site) sends(page, act string, typed url.Values) webtest.Answer {
	s.t.Helper()
	token := s.Get(page).Find("form[action='"+page+"/"+act+"'] input[name=_form]").AttrOr("value", "")
	if token == "" {
		s.t.Fatalf("%s has no form for %s", page, act)
	}
	typed.Set("_form", token)
	return s.Post(page+"/"+act, typed)
}

func TestWhatAVisitorTypesWronglyIsSaidBesideIt(t *testing.T) {
	s := start(t)
	a := s.As("").Get(portal.Path + "?page=/open/guide")
	if a.Find("#f-page").AttrOr("value", "") != "/open/guide" || a.Find("a[href='https://zfwzzc.example/']").Length() != 1 {
		t.Errorf("the page does not come along, or the national platform is missing: %s", text(a, "main"))
	}
	for field, wrong := range map[string]url.Values{
		"page": {"page": {"//evil.example/x"}}, "kind": {"kind": {""}}, "text": {"text": {"错"}}, "contact": {"contact": {"12"}},
	} {
		v := url.Values{}
		for name, value := range good {
			v[name] = value
		}
		for name, value := range wrong {
			v[name] = value
		}
		a := s.Submit(portal.Path, v)
		if a.Status != 422 || a.Find(".field.wrong").Length() != 1 || a.Find(".field.wrong [name="+field+"]").Length() == 0 {
			t.Errorf("%s: %d %s", field, a.Status, text(a, ".summary"))
		}
		if kept := a.Find("#f-text").Text(); field != "text" && kept != good.Get("text") {
			t.Errorf("%s: what was typed is lost: %q", field, kept)
		}
	}
}

func TestAFaultIsFollowedByItsNumber(t *testing.T) {
	s := start(t)
	number := s.reported()
	a := s.As("").Get(portal.FollowPath + "?number=" + strings.ToLower(number))
	if got := text(a, "dl.facts"); !strings.Contains(got, "2026-03-10") || !strings.Contains(got, "青川旗政务服务局") || strings.Contains(a.Body, "13900000077") {
		t.Errorf("%s", got)
	}
	if a := s.Get(portal.FollowPath + "?number=ZC000000000000"); a.Status != 404 || !strings.Contains(text(a, "main"), "没有这个编号") {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}
	page := s.As("clerk").Get(faults.Path).Find("tbody a").First().AttrOr("href", "")
	if a := s.Get(page); strings.Contains(a.Body, "13900000077") || !strings.Contains(text(a, "dl.facts"), "139****0077") {
		t.Errorf("the visitor's telephone: %s", text(a, "dl.facts"))
	}
	if a := s.sends(page, "close", url.Values{"outcome": {""}, "answer": {"改"}}); a.Status != 422 || a.Find(".field.wrong").Length() != 2 {
		t.Errorf("an answer without an outcome: %d %s", a.Status, text(a, ".summary"))
	}
	a = s.sends(page, "close", url.Values{"outcome": {"corrected"}, "answer": {"已将“公倾”改正为“公顷”。"}})
	if a.Status != 200 || a.Path != faults.Path || a.Find(".toast").Length() != 1 {
		t.Fatalf("%d %s", a.Status, text(a, "main"))
	}
	a = s.As("").Get(portal.FollowPath + "?number=" + number)
	if got := text(a, "dl.facts"); !strings.Contains(got, "已经改正") || !strings.Contains(got, "公顷") {
		t.Errorf("the visitor does not read the answer: %s", got)
	}
	for person, status := range map[string]int{"liaison": 200, "signer": 403, "other": 403} {
		if a := s.As(person).Get(page); a.Status != status {
			t.Errorf("%s: %d", person, a.Status)
		}
	}
	if a := s.As("liaison").Get(page); a.Find("form").Length() > 1 && a.Find("form[action$='/close']").Length() != 0 {
		t.Error("a liaison is offered to answer")
	}
}

func TestAFaultGoesToWhomItConcerns(t *testing.T) {
	s := start(t)
	number := s.reported()
	page := s.As("clerk").Get(faults.Path).Find("tbody a").First().AttrOr("href", "")
	a := s.Get(page)
	if form := a.Find("form[action$='/pass']"); form.Length() != 1 || !strings.Contains(text(a, "details"), "2026-03-10") {
		t.Fatalf("%s", text(a, "main"))
	}
	if a := s.sends(page, "pass", url.Values{"to": {storetest.OtherID}, "reason": {""}}); a.Status != 422 || a.Find(".field.wrong #f-reason").Length() != 1 || a.Find("#f-to option[selected]").AttrOr("value", "") != storetest.OtherID {
		t.Errorf("%d %s", a.Status, text(a, ".summary"))
	}
	a = s.sends(page, "pass", url.Values{"to": {storetest.OtherID}, "reason": {"该栏目由该机关维护"}})
	if a.Status != 200 || a.Path != faults.Path || !strings.Contains(text(a, ".toast"), "期限不变") {
		t.Fatalf("%d at %s: %s", a.Status, a.Path, text(a, "main"))
	}
	if a := s.Get(page); a.Status != 403 {
		t.Errorf("who passed it on still has it: %d", a.Status)
	}
	if a := s.As("other").Get(page); !strings.Contains(text(a, ".timeline"), "该栏目由该机关维护") || !strings.Contains(text(a, ".timeline"), "人员clerk") || a.Find("form[action$='/close']").Length() != 1 {
		t.Errorf("%d %s", a.Status, text(a, "main"))
	}
	a = s.As("").Get(portal.FollowPath + "?number=" + number)
	if got := text(a, "dl.facts"); !strings.Contains(got, "2026-03-05：青川旗政务服务局转给") || strings.Contains(a.Body, "该栏目由该机关维护") || strings.Contains(a.Body, "人员clerk") {
		t.Errorf("the visitor does not see who has it, or sees too much: %s", got)
	}
}
