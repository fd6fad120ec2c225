package publish_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/search"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A house is a desk with all that it needs, on a real database, with the real
// release guard.
type house struct {
	*testing.T
	*publish.Desk
	db    *store.DB
	now   *clock.Manual
	files store.Files
}

type builtIn struct{}

func (builtIn) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// gate lets the guard look at texts and files.
type gate struct {
	guard *guard.Guard
	files store.Files
}

func (g gate) Look(ctx context.Context, _, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash != "" {
		f, err := g.files.Open(hash)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		data = make([]byte, 1<<16)
		n, _ := f.Read(data)
		data = data[:n]
	} else {
		name += ".txt"
	}
	result, err := g.guard.Scan(ctx, name, data)
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: f.Place.String(), Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

func build(t *testing.T, db *store.DB, on string) *house {
	t.Helper()
	tree, now := storetest.County(t, db), clock.At(time.Date(2026, 1, 5, 9, 0, 0, 0, clock.Shanghai))
	for _, p := range []string{"clerk", "head", "reviewer", "signer"} {
		storetest.Person(t, db, p, storetest.BureauID, p)
	}
	storetest.Person(t, db, "liaison", storetest.SectionID, "liaison")
	storetest.Person(t, db, "chief", storetest.SectionID, "head")
	book := &setting.Book{Store: store.Settings{DB: db}, Trees: org.Fixed(tree), Clock: now}
	files := storetest.Files(t, db, now)
	h := &house{T: t, db: db, now: now, files: files, Desk: &publish.Desk{
		Store: store.Documents{DB: db}, Trees: org.Fixed(tree), Calendars: builtIn{}, Policies: publish.Rules{Settings: book}, Sources: store.DisclosedRequests{DB: db},
		Gate: gate{&guard.Guard{Reader: &inside.Reader{Opener: open.New(open.Options{})}}, files}, Clock: now, IDs: &ident.Ordered{Clock: now},
	}}
	storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'test', 1)", storetest.BureauID, setting.IndexCode, "11150899MB")
	h.on(on)
	return h
}

func (h *house) on(day string) {
	h.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, clock.Shanghai)
	if err != nil {
		h.Fatal(err)
	}
	h.now.Set(at.Add(9 * time.Hour))
}

func is(id string, role account.Role, organ string) account.Actor {
	return account.Actor{ID: id, Organ: organ, Grants: []account.Grant{{Organ: organ, Role: role}}}
}

var (
	clerk    = is("clerk", account.Clerk, storetest.BureauID)
	head     = is("head", account.Head, storetest.BureauID)
	reviewer = is("reviewer", account.Reviewer, storetest.BureauID)
	signer   = is("signer", account.Signer, storetest.BureauID)
	liaison  = is("liaison", account.Liaison, storetest.SectionID)
	chief    = is("chief", account.Head, storetest.SectionID)
	stranger = is("stranger", account.Clerk, storetest.OtherID)
	watcher  = is("watcher", account.Supervisor, storetest.CountyID)
)

func paper(title, text string, kind publish.Kind) publish.Paper {
	info, _ := kind.Info()
	return publish.Paper{
		Content:   publish.Content{Record: publish.Record{Title: title, Kind: kind, Subject: info.Subject}, Text: text},
		Attribute: publish.Attribute{Openness: publish.Open},
	}
}

func (h *house) draft(p publish.Paper) publish.Document {
	h.Helper()
	d, err := h.Draft(h.Context(), liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: p}})
	if err != nil {
		h.Fatal(err)
	}
	return d
}

func (h *house) do(actor account.Actor, id string, deeds ...publish.Deed) {
	h.Helper()
	for _, d := range deeds {
		if err := h.Do(h.Context(), actor, id, d); err != nil {
			h.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (h *house) get(id string) publish.Document {
	h.Helper()
	d, err := h.Store.Document(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	return d
}

func (h *house) sign(id string) {
	h.Helper()
	h.do(liaison, id, publish.Submit{})
	h.do(chief, id, publish.Pass{})
	h.clear(id)
	h.do(head, id, publish.Check{})
	h.do(signer, id, publish.Sign{})
}

func (h *house) clear(id string) {
	h.Helper()
	d := h.get(id)
	var c publish.Clear
	for _, p := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: p.Name, Verdict: publish.MayOpen})
	}
	h.do(reviewer, id, c)
}

// list gives the titles of somebody's open work.
func (h *house) list(role account.Role, organ, person string) []string {
	h.Helper()
	scope := work.Scope{Person: person, Roles: []account.Grant{{Organ: organ, Role: role}}}
	page, err := (store.Work{DB: h.db}).List(h.Context(), scope, work.Query{Today: h.Today(), Soon: h.Today()})
	if err != nil {
		h.Fatal(err)
	}
	var all []string
	for _, i := range page.Rows {
		all = append(all, i.Title+" "+i.Due.String())
	}
	return all
}

func (h *house) verified() {
	h.Helper()
	for _, check := range []func(context.Context, func(store.Finding)) error{h.db.VerifyState, h.db.VerifyTallies, h.db.VerifyDatabase} {
		if err := check(h.Context(), func(f store.Finding) {
			if ours(f) {
				h.Errorf("verify: %s", f.English)
			}
		}); err != nil {
			h.Fatal(err)
		}
	}
}

// ours tells findings about documents and work from those about the little county,
// which was written past all rules.
func ours(f store.Finding) bool {
	for _, other := range []string{"organ/", "person/", "setting/"} {
		if strings.HasPrefix(f.ID, other) {
			return false
		}
	}
	return true
}

func TestALifeAtTheDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		p := paper("关于规范村级印章管理的通知", "各苏木镇人民政府：\n现通知如下。", publish.NormativeDoc)
		in := publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: p}}
		if _, err := h.Draft(ctx, stranger, in); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another organ's clerk drafts: %v", err)
		}
		in.Organ = storetest.SectionID
		if _, err := h.Draft(ctx, liaison, in); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a section issues in its own name: %v", err)
		}
		in.Organ = storetest.OtherID
		if _, err := h.Draft(ctx, liaison, in); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a section drafts for a bureau that is not above it: %v", err)
		}
		d := h.draft(p)
		for who, may := range map[*account.Actor]bool{&stranger: false, &watcher: true, &chief: true, &clerk: true} {
			if _, err := h.Document(ctx, *who, d.ID); (err == nil) != may || !may && errs.KindOf(err) != errs.Forbidden {
				t.Errorf("%s sees it: %v", who.ID, err)
			}
		}
		h.do(liaison, d.ID, publish.Submit{})
		if err := h.Do(ctx, head, d.ID, publish.Pass{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("the office passes for the section: %v", err)
		}
		h.do(chief, d.ID, publish.Pass{})
		h.clear(d.ID)
		h.do(head, d.ID, publish.Check{})
		h.do(signer, d.ID, publish.Sign{Number: "青政服发〔2026〕5号"})
		if _, err := h.Notice(ctx, d.ID); errs.KindOf(err) != errs.NotFound {
			t.Errorf("everybody sees what is not published: %v", err)
		}
		h.on("2026-03-05")
		h.do(clerk, d.ID, publish.Issue{})
		n, err := h.Notice(ctx, d.ID)
		if err != nil || n.Index != "11150899MB/2026-00001" || n.Number != "青政服发〔2026〕5号" || n.Gone || n.PublishedOn != calendar.On(2026, 3, 5) {
			t.Errorf("%+v, %v", n, err)
		}
		h.do(clerk, d.ID, publish.AddPost{Channel: publish.WeChat})

		other := h.draft(paper("《通知》解读", "为什么制定。", publish.Interpretation))
		h.do(clerk, other.ID, publish.AddLink{Link: publish.Link{Kind: publish.Explains, To: d.ID}})
		if err := h.Do(ctx, clerk, other.ID, publish.AddLink{Link: publish.Link{Kind: publish.Explains, To: "nowhere"}}); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("a link into nowhere: %v", err)
		}
		near, err := h.Store.Linked(ctx, d.ID)
		if err != nil || len(near) != 1 || near[0].ID != other.ID || near[0].Kind != publish.Explains {
			t.Errorf("who explains it: %+v, %v", near, err)
		}
		f, err := h.Store.Count(ctx, account.Place{Organ: storetest.CountyID, Below: true}, 2026)
		if err != nil || f.Table2[publish.Cell{Kind: publish.NormativeDoc, Cell: publish.CellMade}] != 1 || f.Posts[publish.WeChat] != 1 || f.Posts[publish.Portal] != 1 || f.Issued["20-1"] != 1 || f.Timely != 1 {
			t.Errorf("%+v, %v", f, err)
		}
		if g, err := h.Count(ctx, watcher, account.Place{Organ: storetest.CountyID, Below: true}, 2026); err != nil || g.Issued["20-1"] != 1 {
			t.Errorf("the supervisor's figures: %+v, %v", g, err)
		}
		if _, err := h.Count(ctx, head, account.Place{Organ: storetest.CountyID, Below: true}, 2026); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a bureau counts the county: %v", err)
		}
		h.verified()
	})
}

// What everybody may read is found by its words: not before it is published, by the
// new words after a correction, and not when it is down.
func TestWhatIsPublicIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		found := func(typed string) int {
			t.Helper()
			r, err := (search.Finder{Index: store.Search{DB: db}, Today: h.now.Now()}).Find(t.Context(), search.Parse(typed), search.Filter{}, 1, 10)
			if err != nil {
				t.Fatal(err)
			}
			return r.Total
		}
		want := func(typed string, n int) {
			t.Helper()
			if got := found(typed); got != n {
				t.Errorf("%s finds %d, want %d", typed, got, n)
			}
		}
		p := paper("关于规范村级印章管理的通知", "各苏木镇应当建立登记簿。", publish.NormativeDoc)
		p.Number = "青政服发〔2026〕5号"
		d := h.draft(p)
		h.sign(d.ID)
		want("印章", 0)
		h.do(clerk, d.ID, publish.Issue{})
		for _, typed := range []string{"印章", "章", "“登记簿”", "青政服发(2026)5号", "規範 登記簿"} {
			want(typed, 1)
		}
		h.do(liaison, d.ID, publish.Revise{Why: "用词", Note: "“登记簿”更正为“台账”。"})
		p.FormedOn, p.Text = h.get(d.ID).FormedOn, "各苏木镇应当建立台账。"
		h.do(liaison, d.ID, publish.Edit{Paper: p})
		want("“台账”", 0)
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		want("“台账”", 1)
		want("“登记簿”", 0)
		h.do(clerk, d.ID, publish.TakeDown{Reasons: "x", Note: "核实中"})
		want("印章", 0)
	})
}

func TestTheGuardBlocksAndTheBlockIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		const id = "11010519491231002X"
		d := h.draft(paper("临时救助公示", "救助对象身份证号"+id+"。", "livelihood"))
		h.sign(d.ID)
		err := h.Do(ctx, clerk, d.ID, publish.Issue{})
		if errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "条例§15") || strings.Contains(err.Error(), id) {
			t.Fatalf("an ID number goes out, or stands in the refusal: %v", err)
		}
		if got := h.get(d.ID); len(got.Holding()) == 0 || got.Index != "" {
			t.Errorf("nobody knows afterwards: %+v", got.Scans)
		}
		if n, err := (store.Documents{DB: db}).Count(ctx, account.Place{Organ: storetest.BureauID}, 2026); err != nil || len(n.Issued) != 0 {
			t.Errorf("counted: %+v, %v", n, err)
		}
		h.do(clerk, d.ID, publish.SendBack{Reasons: "隐去身份证号"})
		h.do(liaison, d.ID, publish.Edit{Paper: paper("临时救助公示", "救助对象身份证号11*************02X。", "livelihood")})
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if got := h.get(d.ID); got.Index != "11150899MB/2026-00001" {
			t.Errorf("the refusal took a number: %s", got.Index)
		}
		h.verified()
	})
}

func TestAttachmentsArePublicOnlyWhileTheDocumentIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		info, err := h.files.Put(ctx, strings.NewReader("附件的内容。"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		p := paper("公告", "见附件。", "notice")
		p.Files = []publish.File{{Hash: info.Hash, Name: "附件.txt"}}
		bad := p
		bad.Files = []publish.File{{Hash: strings.Repeat("0", 64), Name: "没有.txt"}}
		if _, err := h.Draft(ctx, liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: bad}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a file that is not there: %v", err)
		}
		d := h.draft(p)
		s := store.Documents{DB: db}
		public := func() bool { _, err := s.PublicFile(ctx, d.ID, info.Hash); return err == nil }
		if public() {
			t.Error("the file of a draft is public")
		}
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if !public() {
			t.Error("the file of a public document is not")
		}
		h.do(clerk, d.ID, publish.TakeDown{Reasons: "有误", Note: "核实中"})
		if public() {
			t.Error("the document is down and its file is not")
		}
		page, err := s.Catalogue(ctx, account.Place{}, paging.Query{})
		if err != nil || len(page.Rows) != 0 {
			t.Errorf("the catalogue still lists it: %+v, %v", page, err)
		}
		h.do(head, d.ID, publish.Restore{Note: "经核实无误。"})
		if page, err = s.Catalogue(ctx, account.Place{}, paging.Query{}); err != nil || len(page.Rows) != 1 {
			t.Errorf("restored, and not listed: %+v, %v", page, err)
		}
		h.verified()
	})
}

func TestSomebodyHasItOnTheirList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		p := paper("2026年统计公报", "内容。", "statistics")
		p.FormedOn = calendar.On(2026, 2, 11)
		d := h.draft(p)
		want := func(role account.Role, organ, person, title, due string) {
			t.Helper()
			if got := h.list(role, organ, person); !slices.Contains(got, title+" "+due) {
				t.Errorf("%s has %q, want %s %s", person, got, title, due)
			}
		}
		want(account.Liaison, storetest.SectionID, "liaison", "修改并提交文件：2026年统计公报", "2026-03-05")
		h.do(liaison, d.ID, publish.Submit{})
		want(account.Head, storetest.SectionID, "chief", "审核本股室拟稿：2026年统计公报", "2026-03-05")
		if got := h.list(account.Liaison, storetest.SectionID, "liaison"); len(got) != 0 {
			t.Errorf("done, and still on the list: %q", got)
		}
		h.on("2026-03-09")
		h.do(chief, d.ID, publish.Pass{})
		want(account.Reviewer, storetest.BureauID, "reviewer", "逐项保密审查：2026年统计公报", "2026-03-12")
		h.clear(d.ID)
		h.do(head, d.ID, publish.Check{})
		h.do(signer, d.ID, publish.Sign{})
		want(account.Clerk, storetest.BureauID, "clerk", "发布文件：2026年统计公报", h.get(d.ID).Due.String())
		h.do(clerk, d.ID, publish.Issue{})
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("published, and still on the list: %q", got)
		}

		// A normative document comes back with the years, and lapses by itself.
		d = h.draft(paper("管理办法", "内容。", publish.NormativeDoc))
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		h.do(head, d.ID, publish.SetValidity{State: publish.InForce, Term: calendar.On(2026, 8, 31)})
		h.tend("2026-07-01", 0)
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("too early: %q", got)
		}
		h.tend("2026-08-03", 0)
		want(account.Clerk, storetest.BureauID, "clerk", "有效期将届满，报请延续、修改或者失效：管理办法", "2026-08-31")
		h.tend("2026-09-01", 1)
		if v := h.get(d.ID).Validity; v.State != publish.Lapsed {
			t.Errorf("%+v", v)
		}
		if got := h.list(account.Clerk, storetest.BureauID, "clerk"); len(got) != 0 {
			t.Errorf("lapsed, and still on the list: %q", got)
		}
		h.verified()
	})
}

func (h *house) tend(day string, changed int) {
	h.Helper()
	h.on(day)
	if n, err := h.Tend(h.Context()); err != nil || n != changed {
		h.Errorf("on %s %d changed, want %d: %v", day, n, changed, err)
	}
}

func TestANewHolidayMovesTheLimit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		p := paper("公告", "内容。", "notice")
		p.FormedOn = calendar.On(2026, 3, 2)
		d := h.draft(p)
		other, err := (builtIn{}).Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		years, err := calendar.Built()
		if err != nil {
			t.Fatal(err)
		}
		for i := range years {
			if years[i].Year == 2026 {
				off := calendar.Holiday{Name: "那达慕", Off: []calendar.Span{{From: calendar.On(2026, 3, 16), To: calendar.On(2026, 3, 16)}}}
				years[i].Notices = append(years[i].Notices, calendar.Notice{Number: "x", Issued: calendar.On(2026, 3, 1), Source: "x", Holidays: []calendar.Holiday{off}})
			}
		}
		next, err := calendar.New(years, other.Settings())
		if err != nil {
			t.Fatal(err)
		}
		m := publish.Mover{Desk: h.Desk}
		moves, err := m.Preview(ctx, next)
		if err != nil || len(moves) != 1 || moves[0].To != calendar.On(2026, 3, 31) {
			t.Fatalf("%+v, %v", moves, err)
		}
		pen := event.Pen{Actor: event.System, At: h.now.Now(), IDs: h.IDs}
		for i, want := range []int{1, 0} {
			if n, err := m.Apply(ctx, pen, next); err != nil || n != want {
				t.Errorf("time %d: %d moved, %v", i, n, err)
			}
		}
		if got := h.get(d.ID).Due; got != calendar.On(2026, 3, 31) {
			t.Errorf("due %s", got)
		}
	})
}

func TestAnIndexNumberIsNeverGivenTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		issue := func(index string) error {
			p := paper("公告", "内容。", "notice")
			d, err := h.Draft(ctx, liaison, publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID, Compose: publish.Compose{Paper: p, Origin: publish.Origin{Index: index}}})
			if err != nil {
				t.Fatal(err)
			}
			h.sign(d.ID)
			return h.Do(ctx, clerk, d.ID, publish.Issue{})
		}
		for _, index := range []string{"", "0142768-8/2021-00185", ""} {
			if err := issue(index); err != nil {
				t.Fatal(err)
			}
		}
		if err := issue("0142768-8/2021-00185"); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "已经用过") {
			t.Errorf("a number of the old site twice: %v", err)
		}
		storetest.Exec(t, db, "UPDATE setting SET value = '' WHERE name = $1", setting.IndexCode)
		h.Policies = publish.Rules{Settings: &setting.Book{Store: store.Settings{DB: db}, Trees: h.Trees, Clock: h.now}}
		if err := issue(""); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "机构代码") {
			t.Errorf("an organ without a code: %v", err)
		}
		page, err := h.Store.List(ctx, []account.Place{{Organ: storetest.SectionID}}, paging.Query{Sort: "index", Filters: map[string]string{publish.FilterStatus: string(publish.Published)}}, h.Today())
		var got []string
		for _, r := range page.Rows {
			got = append(got, r.Index)
		}
		if want := []string{"0142768-8/2021-00185", "11150899MB/2026-00001", "11150899MB/2026-00002"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestADisclosedRequestBecomesADocument(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		cal, _ := calendar.Default()
		keep := func(id, kind string) {
			r := foi.Request{ID: id, Organ: storetest.BureauID}
			item := foi.Item{Kind: kind, Facts: map[string]string{"place": "附后", "reasons": "不属于本机关职责"}}
			for i, d := range []foi.Deed{
				foi.Receive{Number: "依申请〔2026〕" + id + "号", Channel: foi.InPerson, On: h.Today(), Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "低保标准", Form: "paper", Way: "post"}},
				foi.Submit{Decision: foi.Decision{Items: []foi.Item{item}}},
				foi.Approve{},
				foi.Sign{Number: "1"},
				foi.Serve{Way: foi.Direct},
			} {
				if _, err := r.Do(d, foi.Scene{Actor: fmt.Sprint(i), Today: h.Today(), Calendar: cal}); err != nil {
					t.Fatal(err)
				}
			}
			if err := (store.Requests{DB: db}).Add(ctx, func(foi.Around) (foi.Change, error) { return foi.Change{Added: []foi.Request{r}}, nil }); err != nil {
				t.Fatal(err)
			}
		}
		keep("1", "A2")
		keep("2", "D1b")
		in := publish.Intake{Organ: storetest.BureauID, Compose: publish.Compose{Paper: paper("低保标准", "每月……", "livelihood"), Origin: publish.Origin{Request: "2"}}}
		if _, err := h.Draft(ctx, clerk, in); errs.KindOf(err) != errs.Conflict || !strings.Contains(err.Error(), "条例§44") {
			t.Errorf("what was not disclosed becomes public: %v", err)
		}
		in.Origin.Request = "3"
		if _, err := h.Draft(ctx, clerk, in); errs.KindOf(err) != errs.NotFound {
			t.Errorf("a request that is not there: %v", err)
		}
		in.Origin.Request = "1"
		d, err := h.Draft(ctx, clerk, in)
		if err != nil || d.Origin.Number != "依申请〔2026〕1号" || d.Due != calendar.On(2026, 3, 30) {
			t.Errorf("%+v due %s, %v", d.Origin, d.Due, err)
		}
		page, err := h.List(ctx, clerk, paging.Query{Filters: map[string]string{publish.FilterRequest: "1"}})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != d.ID {
			t.Errorf("the request does not find its document: %+v, %v", page, err)
		}
	})
}

func TestAVandalIsNoticed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		d := h.draft(paper("公告", "内容。", publish.NormativeDoc))
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		h.verified()
		storetest.Exec(t, db, "UPDATE catalogue SET title = '别的' WHERE document_id = $1", d.ID)
		storetest.Exec(t, db, "UPDATE document_tally SET n = n + 1")
		var found []string
		for _, check := range []func(context.Context, func(store.Finding)) error{db.VerifyState, db.VerifyTallies} {
			if err := check(ctx, func(f store.Finding) {
				if ours(f) {
					found = append(found, f.English)
				}
			}); err != nil {
				t.Fatal(err)
			}
		}
		if len(found) != 2 {
			t.Errorf("found %q", found)
		}
	})
}

func TestCountsAreThoseOfTheDocuments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		var tallies []publish.Tally
		for i := range 12 {
			p := paper(fmt.Sprintf("办法之%d", i), "内容。", []publish.Kind{publish.NormativeDoc, publish.OtherDocument}[i%4/3])
			p.FormedOn = calendar.On(2022+i%5, 1, 4)
			d := h.draft(p)
			h.sign(d.ID)
			h.do(clerk, d.ID, publish.Issue{})
			if i%3 == 0 {
				h.do(head, d.ID, publish.SetValidity{State: publish.Repealed, By: "清理决定", On: calendar.On(2026, 1, 5)})
			}
			got := h.get(d.ID)
			if tally, ok := got.Tally(); ok {
				tallies = append(tallies, tally)
			}
		}
		for year := 2021; year <= 2027; year++ {
			want := publish.CountTable2(year, tallies)
			f, err := h.Store.Count(ctx, account.Place{Organ: storetest.BureauID}, year)
			if err != nil || fmt.Sprint(f.Table2) != fmt.Sprint(want) {
				t.Errorf("%d: %v, want %v, %v", year, f.Table2, want, err)
			}
			for cell, n := range want {
				page, err := h.Store.List(ctx, []account.Place{{Organ: storetest.BureauID}}, paging.Query{Filters: map[string]string{
					publish.FilterYear: fmt.Sprint(year), publish.FilterCell: cell.Cell, publish.FilterKind: string(cell.Kind),
				}}, h.Today())
				if err != nil || page.Total != n {
					t.Errorf("%d %v: the figure is %d, the list behind it has %d, %v", year, cell, n, page.Total, err)
				}
			}
		}
		h.verified()
	})
}

// The catalogue is read a part at a time, each line once, whatever a part holds.
func TestTheWholeCatalogueIsReadInParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		var want []string
		for _, title := range []string{"第一份通知", "第二份通知", "第三份通知"} {
			d := h.draft(paper(title, "内容。", publish.OtherDocument))
			h.sign(d.ID)
			h.do(clerk, d.ID, publish.Issue{})
			want = append(want, title)
		}
		h.draft(paper("草稿", "内容。", publish.OtherDocument))
		for most := 1; most <= 4; most++ {
			var got []string
			after := ""
			for {
				some, err := store.Documents{DB: db}.CatalogueAfter(t.Context(), after, most)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range some {
					got, after = append(got, l.Title), l.ID
				}
				if len(some) < most {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d at a time: %v", most, got)
			}
		}
	})
}
