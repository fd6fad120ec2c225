package platform_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/housetest"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/portal/platform"
	"gongkai/internal/web/webtest"
)

// quiet is a guard that finds nothing: what it finds is tested in its own package.
type quiet struct{}

func (quiet) Stamp(context.Context, string) (string, error) { return "", nil }

func (quiet) Look(context.Context, string, string, string, string) ([]publish.Found, error) {
	return nil, nil
}

// registry gives organs as they are on a day.
type registry struct{ store store.Organs }

func (r registry) Version(id string, day calendar.Date) (org.Version, bool) {
	o, err := r.store.Organ(context.Background(), id)
	if err != nil {
		return org.Version{}, false
	}
	return o.On(day)
}

// house is the platform over the little county, with the desk that publishes.
type house struct {
	*webtest.Browser
	*housetest.House
	t     *testing.T
	desk  *publish.Desk
	files store.Files
}

func open(t *testing.T, with ...func(*platform.Platform)) *house {
	t.Helper()
	db := storetest.SQLite(t)
	home := housetest.New(t, db, "2026-03-05")
	home.Reachable()
	for _, p := range []string{"clerk", "head", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, p)
	}
	h := &house{House: home, t: t, desk: home.Documents(), files: home.Files}
	h.desk.Gate = quiet{}
	kit := webtest.Kit(t, home.Now, webtest.People{})
	kit.Cache = &web.Cache{Versions: store.Changes{DB: db}, Refresh: home.Book.Forget}
	kit.Imprint = func(context.Context) web.Imprint { return web.Imprint{Code: "1508990001"} }
	kit.Site = func(context.Context) web.Site {
		return web.Site{Name: "青川旗人民政府", Domain: "zwgk.example.cn"}
	}
	pages := platform.Platform{
		Kit: kit, Documents: h.desk, Catalogue: store.Documents{DB: db}, Files: h.files, Organs: &org.Book{Store: store.Organs{DB: db}, Clock: home.Now}, Settings: home.Book,
		Registry: registry{store.Organs{DB: db}},
		Base:     "https://zwgk.example.cn",
	}
	for _, change := range with {
		change(&pages)
	}
	h.Browser = webtest.Open(t, kit, pages.Routes())
	return h
}

func is(role account.Role) account.Actor {
	return account.Actor{ID: string(role), Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: role}}}
}

var clerk, head, reviewer, signer = is(account.Clerk), is(account.Head), is(account.Reviewer), is(account.Signer)

func paper(title, text string, kind publish.Kind) publish.Paper {
	info, _ := kind.Info()
	return publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: kind, Subject: info.Subject, Keywords: []string{"印章"}}, Text: text},
		Attribute: publish.Attribute{Openness: publish.Open},
	}
}

func (h *house) do(actor account.Actor, id string, deeds ...publish.Deed) {
	h.t.Helper()
	for _, d := range deeds {
		if err := h.desk.Do(h.t.Context(), actor, id, d); err != nil {
			h.t.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (h *house) draft(p publish.Paper) string {
	h.t.Helper()
	d, err := h.desk.Draft(h.t.Context(), clerk, publish.Intake{Organ: storetest.BureauID, Section: storetest.BureauID, Compose: publish.Compose{Paper: p}})
	if err != nil {
		h.t.Fatal(err)
	}
	return d.ID
}

// issue takes a draft through the house.
func (h *house) issue(id string) {
	h.t.Helper()
	h.do(clerk, id, publish.Submit{})
	d, err := h.desk.Store.Document(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	if d.Status == publish.Passing {
		h.do(head, id, publish.Pass{})
	}
	var c publish.Clear
	for _, p := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.MayOpen})
	}
	h.do(reviewer, id, c)
	h.do(head, id, publish.Check{})
	h.do(signer, id, publish.Sign{})
	h.do(clerk, id, publish.Issue{})
}

func (h *house) publish(p publish.Paper) string {
	h.t.Helper()
	id := h.draft(p)
	h.issue(id)
	return id
}

func (h *house) has(path, where string, texts ...string) webtest.Answer {
	h.t.Helper()
	a := h.Get(path)
	said := a.Find(where).Text()
	for _, text := range texts {
		if !strings.Contains(said, text) {
			h.t.Errorf("%s does not say %q in %s: %s", path, text, where, said)
		}
	}
	return a
}

const seals = "各苏木镇人民政府：\n# 一、总则\n现通知如下。\n| 项目 | 数量 |\n| --- | --- |\n| 印章 | 12 |\n> 青川旗政务服务局"

func TestOnlyWhatIsPublishedIsRead(t *testing.T) {
	h := open(t)
	inside := h.draft(paper("还没有发布的通知", "内部。", publish.OtherDocument))
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	list := h.has("/open", ".list", "关于规范村级印章管理的通知", "11150899MB/2026-00001", "2026-03-05", "有效")
	if strings.Contains(list.Body, "还没有发布") {
		t.Error("the catalogue lists a draft")
	}
	for _, path := range []string{"/open/" + inside, "/open/" + inside + "/download?format=docx", "/open/none", "/open?organ=none"} {
		if a := h.Get(path); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	page := h.has("/open/"+id, "main", "11150899MB/2026-00001", "行政规范性文件", "（一）行政法规、规章和规范性文件", "现通知如下。", "印章")
	if page.Find("article.document h2").Text() != "一、总则" || page.Find("article.document th").Length() != 2 || page.Find("article.document .sign").Text() != "青川旗政务服务局" {
		t.Errorf("the text is not set: %s", page.Find("article.document").Text())
	}
	if !strings.HasPrefix(page.Find(".share img").AttrOr("src", ""), "data:image/png") || !strings.Contains(page.Find(".share").Text(), "https://zwgk.example.cn/open/"+id) {
		t.Error("there is nothing to share it by")
	}
}

// The columns stand in the order of 国办公开办函〔2019〕61号, the entry of requests
// beside them.
func TestTheColumnsOfThePlatform(t *testing.T) {
	h := open(t)
	h.publish(paper("政府信息公开工作制度", "第一条 本制度适用于本机关。", publish.DisclosureRules))
	var columns []string
	for _, e := range h.Get("/open").Find(".tabs a").EachIter() {
		columns = append(columns, e.Text())
	}
	if got := strings.Join(columns, " "); got != "政府信息公开指南 政府信息公开制度 法定主动公开内容 政府信息公开年报 依申请公开" {
		t.Error(got)
	}
	if n := h.Get("/open").Find(".tree ul:not(.beside) a").Length(); n != 1+15+7 {
		t.Errorf("the tree of a county has %d lines", n)
	}
	h.has("/open/system", "main", "政府信息公开工作制度", "中华人民共和国政府信息公开条例")
	h.has("/open/guide?organ="+storetest.BureauID, "main", "政务公开股", "青川镇政府路1号", "0478-3212345", "20个工作日", "不收取费用", "行政复议", "机构代码/年份-流水号", "条例§12.2")
}

func TestTheListIsNarrowed(t *testing.T) {
	h := open(t)
	h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	h.publish(paper("部门预算", "收入和支出。", "budget"))
	for query, want := range map[string]int{
		"": 2, "kind=budget": 1, "subject=20-7": 1, "subject=20-9": 0, "year=2026": 2, "year=2025": 0, publish.FilterForce + "=in-force": 1, "q=印章": 1,
		"organ=" + storetest.BureauID: 2, "organ=" + storetest.OtherID: 0, "kind=x": 0, "year=x": 0,
	} {
		if n := h.Get("/open?" + query).Find(".list tbody tr").Length(); n != want {
			t.Errorf("%s lists %d", query, n)
		}
	}
	if first := h.Get("/open?sort=index").Find(".list tbody tr").First().Text(); !strings.Contains(first, "印章") {
		t.Errorf("by index number, the first is %s", first)
	}
	if a := h.Get("/open?format=xlsx"); !strings.Contains(a.Header.Get("Content-Type"), "spreadsheet") {
		t.Errorf("the list is no sheet: %s", a.Header.Get("Content-Type"))
	}
}

// Every page has the tags of the site and of one column, a document those of the
// article too (国办发〔2017〕47号).
func TestEveryPageHasTheTagsOfGovernmentSites(t *testing.T) {
	h := open(t)
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	for path, columns := range map[string][2]string{
		"/open": {"法定主动公开内容", "信息公开目录"}, "/open/guide": {"政府信息公开指南", "信息公开指南"}, "/open/system": {"政府信息公开制度", "信息公开制度"}, "/open/" + id: {"法定主动公开内容", "信息公开目录"},
	} {
		a := h.Get(path)
		want := map[string]string{"SiteName": "青川旗人民政府", "SiteDomain": "zwgk.example.cn", "SiteIDCode": "1508990001", "ColumnName": columns[0], "ColumnType": columns[1]}
		if strings.HasSuffix(path, id) {
			for name, value := range map[string]string{
				"ArticleTitle": "关于规范村级印章管理的通知", "PubDate": "2026-03-05 09:00", "ContentSource": "青川旗政务服务局", "Author": "青川旗政务服务局", "Keywords": "印章",
				"Url": "https://zwgk.example.cn/open/" + id,
			} {
				want[name] = value
			}
			if d := a.Find(`meta[name="Description"]`).AttrOr("content", ""); !strings.HasPrefix(d, "各苏木镇人民政府") {
				t.Errorf("the description is %q", d)
			}
		} else if a.Find(`meta[name="ArticleTitle"]`).Length() != 0 {
			t.Errorf("%s says that it is an article", path)
		}
		for name, value := range want {
			e := a.Find(`meta[name="` + name + `"]`)
			if e.Length() != 1 || e.AttrOr("content", "") != value {
				t.Errorf("%s has %d %s: %q, want %q", path, e.Length(), name, e.AttrOr("content", ""), value)
			}
		}
		for _, name := range []string{"ColumnDescription", "ColumnKeywords"} {
			if a.Find(`meta[name="`+name+`"]`).AttrOr("content", "") == "" {
				t.Errorf("%s has no %s", path, name)
			}
		}
	}
}

// A document that was taken down shows why, and nothing else; its files are not to be
// had any more.
func TestWhatWasTakenDownShowsItsNoteAndNothingElse(t *testing.T) {
	h := open(t)
	info, err := h.files.Put(t.Context(), strings.NewReader("附表"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	p := paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc)
	p.Files = []publish.File{{Hash: info.Hash, Name: "附表.txt"}}
	id := h.publish(p)
	path := "/open/" + id + "/" + info.Hash
	page := h.has("/open/"+id, "main", "附表.txt", "TXT", "1 KB")
	if page.Find(`a[href="`+path+`"]`).Length() != 1 {
		t.Error("the attachment cannot be reached")
	}
	a := h.Get(path)
	if a.Body != "附表" || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %s %v", a.Status, a.Body, a.Header)
	}
	h.do(clerk, id, publish.TakeDown{Reasons: "数据有误", Note: "因内容需要核实，暂时撤下。"})
	gone := h.has("/open/"+id, "main", "已经撤下", "因内容需要核实，暂时撤下。")
	if gone.Status != http.StatusGone {
		t.Errorf("it is answered with %d", gone.Status)
	}
	for _, secret := range []string{"现通知如下", "附表.txt", "数据有误", "11150899MB/2026-00001", info.Hash} {
		if strings.Contains(gone.Body, secret) {
			t.Errorf("it still tells %s", secret)
		}
	}
	for _, at := range []string{path, "/open/" + id + "/download?format=docx"} {
		if a := h.Get(at); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", at, a.Status)
		}
	}
	for _, at := range []string{"/open", "/open/feed", "/open/feed.json", "/data/catalogue.csv", "/data/catalogue.json", "/sitemap.xml"} {
		if strings.Contains(h.Get(at).Body, id) {
			t.Errorf("%s still leads there", at)
		}
	}
}

// A document and its interpretation lead to each other, as soon as both are public.
func TestDocumentAndInterpretationLeadToEachOther(t *testing.T) {
	h := open(t)
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	explained := h.draft(paper("《通知》解读", "为什么制定。", publish.Interpretation))
	h.do(clerk, explained, publish.AddLink{Link: publish.Link{Kind: publish.Explains, To: id}})
	if strings.Contains(h.Get("/open/"+id).Body, "《通知》解读") {
		t.Error("a draft is told of")
	}
	h.issue(explained)
	h.has("/open/"+id, "main", "政策解读：《通知》解读")
	h.has("/open/"+explained, "main", "解读的文件：关于规范村级印章管理的通知")
	h.do(head, id, publish.SetValidity{State: publish.Repealed, By: "青政服发〔2026〕20号", Instead: explained})
	h.has("/open/"+id, ".notice", "废止", "现行文件", "《通知》解读")
	h.has("/open/"+id, "#notes, .timeline", "有效性变更为“废止”，依据：青政服发〔2026〕20号。")
}

func TestADocumentIsTakenAway(t *testing.T) {
	h := open(t)
	id := h.publish(paper("关于规范村级印章管理的通知", seals, publish.NormativeDoc))
	word := h.Get("/open/" + id + "/download?format=docx")
	book, err := zip.NewReader(strings.NewReader(word.Body), int64(len(word.Body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := book.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if _, err := text.ReadFrom(f); err != nil || !strings.Contains(text.String(), "现通知如下。") {
		t.Errorf("the file does not have the text: %v", err)
	}
	if a := h.Get("/open/" + id + "/download?format=pdf"); !strings.HasPrefix(a.Body, "%PDF-") {
		t.Errorf("%d: %.20s", a.Status, a.Body)
	}
	if a := h.Get("/open/" + id + "/download?format=exe"); a.Status != http.StatusNotFound {
		t.Errorf("a format that is none: %d", a.Status)
	}
}

// Programs get all of it, in forms that their readers take.
func TestTheCatalogueIsOpenData(t *testing.T) {
	h := open(t)
	id := h.publish(paper("=关于印章的通知", seals, publish.NormativeDoc))
	at := "https://zwgk.example.cn/open/" + id
	var all []map[string]string
	if err := json.Unmarshal([]byte(h.Get("/data/catalogue.json").Body), &all); err != nil || len(all) != 1 || all[0]["url"] != at || all[0]["validity"] != "有效" || all[0]["published"] != "2026-03-05" {
		t.Errorf("%v, %v", all, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.Get("/data/catalogue.csv").Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "11150899MB/2026-00001" || rows[1][1] != "'=关于印章的通知" {
		t.Errorf("%v, %v", rows, err)
	}
	var feed struct {
		Entries []struct {
			ID     string `xml:"id"`
			Title  string `xml:"title"`
			Author string `xml:"author>name"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(h.Get("/open/feed").Body), &feed); err != nil || len(feed.Entries) != 1 || feed.Entries[0].ID != at || feed.Entries[0].Author != "青川旗政务服务局" {
		t.Errorf("%+v, %v", feed, err)
	}
	var items struct{ Items []struct{ URL string } }
	if err := json.Unmarshal([]byte(h.Get("/open/feed.json").Body), &items); err != nil || len(items.Items) != 1 || items.Items[0].URL != at {
		t.Errorf("%+v, %v", items, err)
	}
	var places struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			Changed string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(h.Get("/sitemap.xml").Body), &places); err != nil || len(places.URLs) < 2 || places.URLs[len(places.URLs)-1].Loc != at || places.URLs[len(places.URLs)-1].Changed != "2026-03-05" {
		t.Errorf("%+v, %v", places, err)
	}
}

// A site with more addresses than a map may have lists maps, which have each address
// once, and none is empty.
func TestTheMapOfALargeSiteIsParted(t *testing.T) {
	const most = 30
	h := open(t, func(p *platform.Platform) { p.MapMost = most })
	type site struct {
		XMLName xml.Name
		Maps    []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	read := func(at string) (s site) {
		t.Helper()
		a := h.Get(at)
		if err := xml.Unmarshal([]byte(a.Body), &s); err != nil || a.Status != 200 {
			t.Fatalf("%s: %d, %v", at, a.Status, err)
		}
		return s
	}
	fixed := len(read("/sitemap.xml").URLs)
	want := map[string]bool{}
	for i := range 2*most + 1 - fixed { // the last map begins with the last document
		id := h.draft(paper(fmt.Sprintf("公告%02d", i), "内容。", "notice"))
		h.issue(id)
		want["https://zwgk.example.cn/open/"+id] = true
		all, maps := map[string]int{}, 0
		index := read("/sitemap.xml")
		if fixed+i+1 <= most {
			index.Maps = append(index.Maps, struct {
				Loc string `xml:"loc"`
			}{"https://zwgk.example.cn/sitemap.xml"})
		}
		for _, m := range index.Maps {
			part := read(strings.TrimPrefix(m.Loc, "https://zwgk.example.cn"))
			if maps++; len(part.URLs) == 0 || len(part.URLs) > most || len(part.Maps) != 0 {
				t.Errorf("with %d documents %s has %d addresses", i+1, m.Loc, len(part.URLs))
			}
			for _, u := range part.URLs {
				all[u.Loc]++
			}
		}
		if maps != (fixed+i)/most+1 {
			t.Errorf("%d addresses are in %d maps", fixed+i+1, maps)
		}
		for at := range want {
			if all[at] != 1 {
				t.Errorf("with %d documents %s is there %d times", i+1, at, all[at])
			}
		}
	}
}
