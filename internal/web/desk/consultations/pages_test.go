package consultations_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/doc/open"
	"gongkai/internal/housetest"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/desk/consultations"
	portal "gongkai/internal/web/portal/consultations"
	"gongkai/internal/web/webtest"
)

const root = "/desk/consultations"

// site is the pages of the office and those of everybody, on a real database.
type site struct {
	*webtest.Browser
	*housetest.House
	t *testing.T
}

// start begins on Monday, 2 March 2026.
func start(t *testing.T) *site {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-02")
	people := webtest.People(home.People(map[string]account.Grant{
		"clerk": {Organ: storetest.BureauID, Role: account.Clerk}, "head": {Organ: storetest.BureauID, Role: account.Head}, "signer": {Organ: storetest.BureauID, Role: account.Signer},
		"other": {Organ: storetest.OtherID, Role: account.Clerk}, "watcher": {Organ: storetest.CountyID, Role: account.Supervisor},
	}))
	opener := open.New(open.Options{})
	t.Cleanup(func() { _ = opener.Close() })
	kit, desk := webtest.Kit(t, home.Now, people), home.Consultations()
	office := consultations.Pages{Kit: kit, Desk: desk, Trees: home.Trees, Files: home.Files, Names: store.People{DB: db}, Reader: opener}
	public := portal.Pages{Kit: kit, Desk: desk, Trees: home.Trees, Files: home.Files, IDs: home.IDs}
	return &site{webtest.Open(t, kit, append(public.Routes(), office.Routes()...)), home, t}
}

func text(a webtest.Answer) string {
	return strings.Join(strings.Fields(a.Find("main").Text()+a.Find(".toast").Text()), " ")
}

func written() url.Values {
	return url.Values{
		"title": {"关于《停车场管理办法（征求意见稿）》公开征求意见的公告"}, "kind": {"normative"}, "from": {"2026-03-02"}, "until": {"2026-03-11"},
		"draft": {"第一条　为了规范停车场管理，制定本办法。"}, "explanation": {"一、起草的背景和依据。"}, "email": {"zqyj@example.cn"}, "contact": {"政策法规股"}, "phone": {"0478-3212345"},
	}
}

// submitted drafts a consultation with a file and hands it to the head; it gives its page.
func (s *site) submitted() string {
	s.t.Helper()
	a := s.As("clerk").UploadAll(root+"/new", written(), webtest.Upload{Field: "draft-files", Name: "征求意见稿.txt", Data: []byte("第一条")})
	if a.Status != 200 || a.Find(`a[href*="/files/"]`).Length() != 1 {
		s.t.Fatalf("not drafted: %d %s", a.Status, text(a))
	}
	page := a.Path
	a = s.Submit(page+"/submit", nil)
	if a.Status == 422 { // the release guard has found the address of the office
		if !strings.Contains(text(a), "放行检查") || a.Find("#f-excuse").Length() != 1 {
			s.t.Fatalf("%d %s", a.Status, text(a))
		}
		a = s.Submit(page+"/submit", url.Values{"excuse": {"本机关的办公邮箱。"}})
	}
	if !strings.Contains(text(a), "待审核") {
		s.t.Fatalf("not submitted: %d %s", a.Status, text(a))
	}
	return page
}

// opened gives the page of one that is open.
func (s *site) opened() string {
	s.t.Helper()
	page := s.submitted()
	if a := s.As("head").Submit(page+"/approve", nil); !strings.Contains(text(a), "正在征求意见") {
		s.t.Fatalf("not open: %d %s", a.Status, text(a))
	}
	return page
}

// said gives an opinion as everybody does, and gives its number.
func (s *site) said(page, words string) string {
	s.t.Helper()
	a := s.As("").Submit(strings.TrimPrefix(page, "/desk")+"/opinion", url.Values{"text": {words}, "giver": {"person"}, "name": {"钱多多"}, "contact": {"13900000077"}})
	number := strings.TrimSpace(a.Find(".receipt .no").Text())
	if a.Status != 200 || !strings.HasPrefix(number, "YJ") {
		s.t.Fatalf("not received: %d %s", a.Status, text(a))
	}
	return number
}

// What is typed wrongly is said beside it and kept, with the files that came.
func TestWhatIsTypedIsKept(t *testing.T) {
	s := start(t)
	v := written()
	v.Set("title", "")
	v.Set("until", "2026-02-01")
	v.Set("email", "没有")
	a := s.As("clerk").UploadAll(root+"/new", v, webtest.Upload{Field: "draft-files", Name: "稿.txt", Data: []byte("第一条")})
	if a.Status != 422 || a.Find(".field.wrong").Length() != 3 || a.Find("#f-draft").Text() != v.Get("draft") || a.Find("[name=kept-draft-files]").Length() != 1 {
		t.Fatalf("%d, %d wrong: %s", a.Status, a.Find(".field.wrong").Length(), text(a))
	}
	if a := s.UploadAll(root+"/new", written(), webtest.Upload{Field: "draft-files", Name: "稿.exe", Data: []byte("MZ\x90\x00\x03")}); a.Status != 422 || !strings.Contains(text(a), "不是可以接收的类型") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	page := s.submitted()
	if a := s.Get(page + "/edit"); a.Status != 409 {
		t.Errorf("what the head reads is changed: %d", a.Status)
	}
	if a := s.As("head").Submit(page+"/return", url.Values{"reasons": {" "}}); a.Status != 422 {
		t.Errorf("sent back without reasons: %d", a.Status)
	}
	if a := s.Submit(page+"/return", url.Values{"reasons": {"请补充依据"}}); !strings.Contains(text(a), "请补充依据") {
		t.Error(text(a))
	}
	short := written()
	short.Set("until", "2026-03-05")
	s.As("clerk").Submit(page+"/edit", short)
	if a := s.Get(page + "/submit"); a.Status != 409 || !strings.Contains(text(a), "期限太短") || !strings.Contains(text(a), "2026-03-11") {
		t.Errorf("%d %s", a.Status, text(a))
	}
}

// Everybody reads a draft from its first day on, gives an opinion without a script, and
// reads with its number what became of it once the feedback is public.
func TestEverybodyIsAskedAndTold(t *testing.T) {
	s := start(t)
	page := s.submitted()
	public := strings.TrimPrefix(page, "/desk")
	if a := s.As("").Get(public); a.Status != 404 {
		t.Errorf("everybody reads what is not approved: %d", a.Status)
	}
	if a := s.As("head").Get(page + "/approve"); a.Find("main form").Length() != 1 {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	s.Submit(page+"/approve", nil)
	a := s.As("").Get(portal.Path)
	if got := text(a); a.Find(`.list a[href="`+public+`"]`).Length() != 1 || !strings.Contains(got, "正在征求意见") || !strings.Contains(got, "还有10天") {
		t.Errorf("%s", got)
	}
	a = s.Get(public)
	for _, want := range []string{"2026年3月2日至2026年3月11日", "第一条", "起草的背景", "zqyj@example.cn", "政策法规股 0478-3212345", "市县法治政府建设示范指标体系"} {
		if !strings.Contains(text(a), want) {
			t.Errorf("everybody is not told %s: %s", want, text(a))
		}
	}
	if f := s.Get(a.Find(`a[href*="/files/"]`).AttrOr("href", "")); f.Body != "第一条" || !strings.Contains(f.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %q", f.Status, f.Body)
	}
	if f := s.Get(public + "/files/" + strings.Repeat("0", 64)); f.Status != 404 {
		t.Errorf("%d", f.Status)
	}
	if a := s.Submit(public+"/opinion", url.Values{"text": {""}, "name": {"钱多多"}}); a.Status != 422 || a.Find(".field.wrong").Length() != 2 || a.Find("#f-name").AttrOr("value", "") != "钱多多" {
		t.Errorf("%d %s", a.Status, text(a))
	}
	number := s.said(page, "第一条写得太短。")
	for _, path := range []string{public, portal.Path, portal.FollowPath + "?number=" + number} {
		if a := s.As("").Get(path); strings.Contains(a.Body, "钱多多") || strings.Contains(a.Body, "13900000077") || path != portal.FollowPath+"?number="+number && strings.Contains(a.Body, "太短") {
			t.Errorf("%s shows who gave it, or what it says", path)
		}
	}
	if a := s.Get(portal.FollowPath + "?number=YJ000000000000"); a.Status != 404 {
		t.Errorf("%d", a.Status)
	}
	s.On("2026-03-12")
	if a := s.Post(public+"/opinion", url.Values{"text": {"半夜写完的意见"}, "giver": {"person"}}); a.Status != 409 || !strings.Contains(text(a), "半夜写完的意见") {
		t.Errorf("what was typed over the last midnight is lost: %d %s", a.Status, text(a))
	}
	if a := s.Get(public + "/opinion"); !strings.Contains(text(a), "现在不接收网上意见") || a.Find("main form").Length() != 0 {
		t.Errorf("%d %s", a.Status, text(a))
	}
	a = s.As("clerk").Get(page)
	if next := a.Find("a[data-next]"); next.AttrOr("href", "") != page+"/handle" {
		t.Errorf("the next step is %s: %s", next.Text(), text(a))
	}
	a = s.Get(page + "/handle")
	id := a.Find("[name=opinions]").AttrOr("value", "")
	if a := s.Submit(page+"/handle", url.Values{"opinions": {id}, "outcome": {"declined"}, "gist": {"补充第一条"}}); a.Status != 422 || a.Find("#f-gist").Text() != "补充第一条" || a.Find("[name=opinions][checked]").Length() != 1 {
		t.Errorf("declined without a reason: %d %s", a.Status, text(a))
	}
	if a := s.Submit(page+"/handle", url.Values{"opinions": {id}, "outcome": {"declined"}, "gist": {"补充第一条"}, "reason": {"第一条已经完整。"}}); a.Path != page {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if a := s.As("").Get(portal.FollowPath + "?number=" + number); strings.Contains(text(a), "未采纳") {
		t.Error("the answer is told before the feedback")
	}
	s.As("clerk").Submit(page+"/feedback", url.Values{"text": {"现将采纳情况反馈如下。"}})
	if a := s.Submit(page+"/submit-feedback", nil); !strings.Contains(text(a), "反馈待审核") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if a := s.Get(page + "/publish"); a.Status != 403 {
		t.Errorf("the clerk publishes: %d", a.Status)
	}
	s.As("head").Submit(page+"/publish", nil)
	a = s.As("").Get(public)
	if got := text(a); !strings.Contains(got, "共收到意见1条，其中未采纳1条") || !strings.Contains(got, "补充第一条") || !strings.Contains(got, "第一条已经完整") {
		t.Errorf("%s", got)
	}
	s.corrected(page, id)
	if a := s.As("").Get(portal.FollowPath + "?number=" + strings.ToLower(number)); !strings.Contains(text(a), "部分采纳") || !strings.Contains(text(a), "另补一款") {
		t.Errorf("%s", text(a))
	}
}

// corrected lets the office correct what it told; the former stands until then, and stays.
func (s *site) corrected(page, id string) {
	s.t.Helper()
	public := strings.TrimPrefix(page, "/desk")
	s.As("clerk").Submit(page+"/correct", url.Values{"why": {"第一条的结果写错了。"}})
	if a := s.As("").Get(public); !strings.Contains(text(a), "其中未采纳1条") || !strings.Contains(text(a), "反馈正在更正") {
		s.t.Errorf("what was told is gone while it is corrected: %s", text(a))
	}
	s.As("clerk").Submit(page+"/handle?opinion="+id, url.Values{"opinions": {id}, "outcome": {"partly"}, "gist": {"补充第一条"}, "reason": {"第一条已经完整，另补一款。"}})
	s.Submit(page+"/submit-feedback", nil)
	s.As("head").Submit(page+"/publish", nil)
	a := s.As("").Get(public)
	if got := text(a); !strings.Contains(got, "其中部分采纳1条") || !strings.Contains(got, "第一条的结果写错了") || !strings.Contains(strings.Join(strings.Fields(a.Find("details").Text()), " "), "其中未采纳1条") {
		s.t.Errorf("%s", got)
	}
}

// Opinions that came otherwise are entered; a list is looked at first, wrong lines are
// named, and all of it or nothing is entered.
func TestOpinionsAreEntered(t *testing.T) {
	s := start(t)
	page := s.opened()
	s.As("clerk")
	if a := s.Submit(page+"/enter", url.Values{"on": {"2026-02-01"}, "channel": {"letter"}, "giver": {"person"}, "text": {"太贵"}}); a.Status != 422 || a.Find("#f-text").Text() != "太贵" || !strings.Contains(text(a), "早于开始") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	if a := s.Submit(page+"/enter", url.Values{"on": {"2026-03-02"}, "channel": {"letter"}, "giver": {"person"}, "text": {"停车太贵"}, "_do": {"another"}}); a.Path != page+"/enter" || !strings.Contains(text(a), "编号 YJ") {
		t.Errorf("%s %s", a.Path, text(a))
	}
	sheet := func(rows ...[]any) []byte {
		t.Helper()
		f := excelize.NewFile()
		for i, row := range append([][]any{{"收到日期", "渠道", "身份", "姓名或者名称", "联系方式", "意见内容"}}, rows...) {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	a := s.Upload(page+"/import", "sheet", "意见.xlsx", sheet([]any{"2026-03-02", "信函", "个人", "", "", "建议一"}, []any{"昨天", "信函", "个人", "", "", "建议二"}, []any{"2026-03-02", "飞鸽", "个人", "", "", "建议三"}, []any{"2026-03-02", "电话", "个人", "", "12", "建议四"}), nil)
	if got := text(a); !strings.Contains(got, "第 3 行：收到日期“昨天”不是日期") || !strings.Contains(got, "第 4 行：请选择意见从哪里来") || !strings.Contains(got, "第 5 行：") || a.Find("button[name=_do]").Length() != 0 {
		t.Errorf("%d %s", a.Status, got)
	}
	if a := s.Upload(page+"/import", "sheet", "意见.xlsx", sheet(), nil); a.Status != 422 {
		t.Errorf("an empty list: %d", a.Status)
	}
	a = s.Upload(page+"/import", "sheet", "意见.xlsx", sheet([]any{"2026-03-02", "信函", "个人", "钱多多", "13900000077", "建议一"}, []any{"2026-03-02", "座谈会、听证会、论证会", "企业", "", "", "建议二"}), nil)
	if !strings.Contains(text(a), "读到 2 条意见") || a.Find("button[name=_do][value=enter]").Length() != 1 {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if b := s.Get("/desk/opinions"); !strings.Contains(text(b), "共 1 条") {
		t.Errorf("a look enters them: %s", text(b))
	}
	kept := a.Find("[name=kept-sheet]").AttrOr("value", "")
	a = s.UploadAll(page+"/import", url.Values{"kept-sheet": {kept}, "_do": {"enter"}})
	if a.Path != page || !strings.Contains(text(a), "登记了 2 条意见") {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if b := s.Get("/desk/opinions?q=建议"); !strings.Contains(text(b), "共 2 条") || strings.Contains(b.Body, "钱多多") {
		t.Errorf("%s", text(b))
	}
	if b := s.Get(page + "/import/sheet"); b.Status != 200 || !strings.Contains(b.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("%d", b.Status)
	}
}

// Names are masked in the ledger and in what is taken away; whole for a reason, to those
// who may.
func TestNamesLeaveForAReason(t *testing.T) {
	s := start(t)
	page := s.opened()
	number := s.said(page, "夜间应当免费停车。")
	rows := func(a webtest.Answer) string {
		t.Helper()
		f, err := excelize.OpenReader(strings.NewReader(a.Body))
		if err != nil {
			t.Fatalf("%d %v", a.Status, err)
		}
		all, err := f.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, row := range all {
			b.WriteString(strings.Join(row, "|") + "\n")
		}
		return b.String()
	}
	s.As("clerk")
	if got := rows(s.Get("/desk/opinions?format=xlsx")); !strings.Contains(got, number) || !strings.Contains(got, "钱**") || strings.Contains(got, "13900000077") {
		t.Error(got)
	}
	ledger := s.Get("/desk/opinions")
	token := ledger.Find("input[name=_form]").AttrOr("value", "")
	if a := s.Post("/desk/opinions/named", url.Values{"_form": {token}, "reason": {"短"}}); a.Status != 422 {
		t.Errorf("without a reason: %d", a.Status)
	}
	if got := rows(s.Post("/desk/opinions/named", url.Values{"_form": {token}, "reason": {"逐一电话回访，核实意见"}})); !strings.Contains(got, "钱多多|13900000077") {
		t.Error(got)
	}
	one := ledger.Find(".list tbody a").AttrOr("href", "")
	a := s.Get(one)
	if strings.Contains(a.Body, "13900000077") || !strings.Contains(text(a), "139****0077") {
		t.Error(text(a))
	}
	datum := a.Find("input[name=datum]").Last().AttrOr("value", "")
	a = s.Post(one+"/reveal", url.Values{"_form": {token}, "datum": {datum}, "reason": {"逐一电话回访，核实意见"}})
	if !strings.Contains(text(a), "13900000077") && !strings.Contains(text(a), "钱多多") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	if a := s.Submit(page+"/aside?opinion="+one[strings.LastIndex(one, "/")+1:], url.Values{"opinions": {one[strings.LastIndex(one, "/")+1:]}, "aside": {"duplicate"}, "reason": {"同一人提交两次"}}); a.Path != page {
		t.Fatalf("%d %s", a.Status, text(a))
	}
	if a := s.Get(one); !strings.Contains(text(a), "不计入") || a.Find(`form[action$="/restore"]`).Length() != 1 {
		t.Error(text(a))
	}
	if a := s.Post(one+"/restore", url.Values{"_form": {token}}); !strings.Contains(text(a), "恢复计入") {
		t.Errorf("%d %s", a.Status, text(a))
	}
	for who, want := range map[string]int{"signer": 200, "watcher": 200, "other": 403, "head": 200} {
		if a := s.As(who).Get(one); a.Status != want {
			t.Errorf("%s: %d", who, a.Status)
		}
		if a := s.Get(page); a.Status != want {
			t.Errorf("%s: %d", who, a.Status)
		}
	}
	if a := s.As("signer").Get("/desk/opinions"); a.Find(`form[action^="/desk/opinions/named"]`).Length() != 0 {
		t.Error("a signer is offered the names")
	}
}

// A period that is extended, and a consultation that is withdrawn, say why to everybody.
func TestWhatChangesIsSaid(t *testing.T) {
	s := start(t)
	page := s.opened()
	public := strings.TrimPrefix(page, "/desk")
	if a := s.As("head").Submit(page+"/extend", url.Values{"until": {"2026-03-01"}, "note": {"应企业要求"}}); a.Status != 422 || a.Find("#f-note").Text() != "应企业要求" {
		t.Errorf("%d %s", a.Status, text(a))
	}
	if a := s.Submit(page+"/extend", url.Values{"until": {"2026-03-20"}, "note": {"联系王先生，电话13900000077"}}); a.Status != 422 || !strings.Contains(text(a), "放行检查") {
		t.Errorf("a note passes the release guard: %d %s", a.Status, text(a))
	}
	s.Submit(page+"/extend", url.Values{"until": {"2026-03-20"}, "note": {"应企业要求延长。"}})
	if a := s.As("").Get(public); !strings.Contains(text(a), "延长到2026年3月20日。应企业要求延长。") || !strings.Contains(text(a), "还有19天") {
		t.Errorf("%s", text(a))
	}
	if a := s.As("clerk").Get(page + "/withdraw"); a.Status != 403 {
		t.Errorf("%d", a.Status)
	}
	s.As("head").Submit(page+"/withdraw", url.Values{"note": {"上位法即将修订，停止征求意见。"}})
	a := s.As("").Get(public)
	if got := text(a); !strings.Contains(got, "已停止") || !strings.Contains(got, "上位法即将修订") || a.Find(`a[href$="/opinion"].primary`).Length() != 0 {
		t.Errorf("%d %s", a.Status, got)
	}
	if a := s.Get(portal.Path + "?phase=stopped"); !strings.Contains(text(a), "共 1 条") {
		t.Error("what was withdrawn is not listed")
	}
	if a := s.Get(portal.Path + "?phase=open"); strings.Contains(text(a), "停车场") {
		t.Error("what was withdrawn is listed as open")
	}
}

// The rules by which consultations go are read off the table, for those who ask why.
func TestTheRulesAreShown(t *testing.T) {
	s := start(t)
	a := s.As("clerk").Get(root)
	if n := a.Find("details table tbody tr").Length(); n < 15 || !strings.Contains(text(a), "优化营商环境条例§62") {
		t.Errorf("%d rows: %s", n, text(a))
	}
	if a := s.As("signer").Get(root); a.Find(`a[href="`+root+`/new"]`).Length() != 0 {
		t.Error("a signer is offered to draft")
	}
	if a := s.As("clerk").Get(root + "?format=xlsx"); a.Status != 200 {
		t.Errorf("%d", a.Status)
	}
}
