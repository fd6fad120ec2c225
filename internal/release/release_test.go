package release_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
	"gongkai/internal/housetest"
	"gongkai/internal/lexicon"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/release"
	"gongkai/internal/rule"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/work"
)

// A house is a gate with the desk behind it, on a real database.
type house struct {
	*testing.T
	*release.Office
	db    *store.DB
	files store.Files
}

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	home := housetest.New(t, db, "2025-04-10")
	desk := home.Requests()
	desk.Scribe = nil // letters have tests of their own
	o := &release.Office{Store: store.Releases{DB: db}, Content: home.Files, Guard: home.Guard(), Desk: desk, Clock: home.Now, IDs: home.IDs}
	desk.Gate = o
	return &house{t, o, db, home.Files}
}

var (
	clerk    = housetest.Is(account.Clerk, storetest.BureauID)
	head     = housetest.Is(account.Head, storetest.BureauID)
	signer   = housetest.Is(account.Signer, storetest.BureauID)
	reviewer = housetest.Is(account.Reviewer, storetest.BureauID)
	watcher  = housetest.Is(account.Supervisor, storetest.CountyID)
	stranger = housetest.Is(account.Clerk, storetest.OtherID)
)

func (h *house) register() foi.Request {
	h.Helper()
	r, err := h.Desk.Register(h.Context(), clerk, foi.Intake{
		Organ: storetest.BureauID, Facts: []foi.Facts{{personal.Name: "张三", personal.IDNumber: "11010519491231002X", personal.Phone: "13800131234"}},
		Receive: foi.Receive{
			Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "2024年度低保审批台账", Form: "paper", Way: "post"}, Strict: true,
		},
	})
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func (h *house) do(actor account.Actor, id string, deeds ...foi.Deed) {
	h.Helper()
	for _, d := range deeds {
		if err := h.Desk.Do(h.Context(), actor, id, d); err != nil {
			h.Fatalf("%s: %v", d.Event(), err)
		}
	}
}

func (h *house) add(request, name string, data []byte) string {
	h.Helper()
	id, err := h.Add(h.Context(), clerk, request, name, bytes.NewReader(data))
	if err != nil {
		h.Fatal(err)
	}
	return id
}

func (h *house) one(request, id string) release.Checked {
	h.Helper()
	_, f, err := h.One(h.Context(), clerk, request, id)
	if err != nil {
		h.Fatal(err)
	}
	return f
}

// book is a workbook with an ID number in a sheet that is seen, and names in one
// that is not.
func book(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	for cell, value := range map[string]string{"A1": "姓名", "B1": "身份证号", "C1": "金额", "A2": "王某", "B2": "11010519491231002X", "C2": "1200"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("底稿"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("底稿", "A1", "王某的开户行和账号"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("底稿", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var given = foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "随本答复书附后"}}}}

func TestAHiddenSheetOrAnIDNumberIsNotSigned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register()
		id := h.add(r.ID, "台账.xlsx", book(t))
		before := h.one(r.ID, id)
		var said []string
		for _, f := range before.Findings {
			said = append(said, f.Message)
		}
		if all := strings.Join(said, " "); before.Open < 2 || !strings.Contains(all, "身份证") || !strings.Contains(all, "底稿") {
			t.Errorf("found: %s", all)
		}
		if strings.Contains(strings.Join(said, " "), "11010519491231002X") {
			t.Error("a finding spreads what it warns of")
		}
		err := h.Desk.Do(ctx, clerk, r.ID, foi.Submit{Decision: given})
		if errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "台账.xlsx") || !strings.Contains(errs.Public(err), "条例§15") {
			t.Errorf("submitted all the same: %v", err)
		}

		spots, err := h.Spots(ctx, clerk, r.ID, id)
		if err != nil || len(spots) != 1 {
			t.Fatalf("%+v, %v", spots, err)
		}
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1, Why: "privacy"}, {Words: "没有的字", Why: "privacy"}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("words that are not there: %v", err)
		}
		if err := h.Mask(ctx, clerk, r.ID, id, []release.Cut{{Spot: 1, Why: "privacy"}, {Words: "王某", Why: "privacy"}}); err != nil {
			t.Fatal(err)
		}
		after := h.one(r.ID, id)
		if after.Open != 0 || after.Hash == before.Hash || after.Original != before.Hash || len(after.Redactions) != 2 {
			t.Errorf("%+v", after)
		}
		_, copied, err := h.Bytes(ctx, watcher, r.ID, id, false)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(copied))
		if err != nil {
			t.Fatal(err)
		}
		if rows, _ := f.GetRows("Sheet1"); len(f.GetSheetList()) != 1 || rows[1][0] == "王某" || rows[1][1] == "11010519491231002X" || rows[1][2] != "1200" {
			t.Errorf("%v: %v", f.GetSheetList(), rows)
		}
		if _, _, err := h.Bytes(ctx, watcher, r.ID, id, true); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a supervisor has the original: %v", err)
		}

		h.do(clerk, r.ID, foi.Submit{Decision: given})
		h.do(head, r.ID, foi.Approve{})
		h.do(signer, r.ID, foi.Sign{})
		got, err := h.Desk.Request(ctx, clerk, r.ID)
		if files := got.Decisions[0].Items[0].Files; err != nil || len(files) != 1 || files[0].Hash != after.Hash || files[0].Name != "台账.xlsx" {
			t.Errorf("%+v, %v", files, err)
		}
		events, err := db.EventsOf(ctx, foi.Subject(r.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			for _, secret := range []string{"11010519491231002X", "王某", "台账"} {
				if strings.Contains(string(e.Data), secret) {
					t.Errorf("event %s tells %s", e.Kind, secret)
				}
			}
		}
		if err := db.VerifyState(ctx, func(f store.Finding) {
			if strings.HasPrefix(f.ID, "request/") {
				t.Errorf("%+v", f)
			}
		}); err != nil {
			t.Error(err)
		}
	})
}

// A reply that was on its way before a file was looked through stops at the signer.
// A word that comes into the dictionary holds for files that were looked through
// before it and have not gone out yet.
func TestANewWordHoldsForAFileThatWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		words := &lexicon.Office{Store: store.Lexicon{DB: db}, Trees: h.Desk.Trees, Clock: h.Clock, IDs: h.IDs}
		shelf, plain := &lexicon.Shelf{Office: words}, h.Guard.(*guard.Guard)
		h.Keeping = func(organ string) release.Guard {
			w, err := shelf.Words(ctx, organ)
			if err != nil {
				t.Error(err)
			}
			g := *plain
			g.Words = w
			return &g
		}
		r := h.register()
		id := h.add(r.ID, "通知.txt", []byte("青石镇的安排。"))
		goes := []foi.File{{Hash: h.one(r.ID, id).Hash, Name: "通知.txt"}}
		if why, err := h.Against(ctx, r.ID, goes); err != nil || why != "" {
			t.Fatalf("%s, %v", why, err)
		}
		if err := words.Add(ctx, clerk, storetest.BureauID, guard.Word{Word: "青石镇", Instead: "青石街道", Severity: rule.Error}); err != nil {
			t.Fatal(err)
		}
		if why, err := h.Against(ctx, r.ID, goes); err != nil || !strings.Contains(why, "还有1个") || h.one(r.ID, id).Open != 1 {
			t.Errorf("the new word does not hold: %s, %v", why, err)
		}
	})
}

func TestAFileThatWasNotLookedThroughIsNotSigned(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register()
	h.Desk.Gate = nil
	hash, err := h.files.Keep(ctx, bytes.NewReader(book(t)), release.MaxFile)
	if err != nil {
		t.Fatal(err)
	}
	d := foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "附后"}, Files: []foi.File{{Hash: hash, Name: "台账.xlsx", What: "released"}}}}}
	h.do(clerk, r.ID, foi.Submit{Decision: d})
	h.Desk.Gate = h.Office
	for _, deed := range []foi.Deed{foi.Approve{}, foi.Refer{}} {
		if err := h.Desk.Do(ctx, head, r.ID, deed); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "没有经过文件检查") {
			t.Errorf("%s: %v", deed.Event(), err)
		}
	}
	options, err := h.Desk.Options(ctx, head, got(t, h, r.ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range options {
		if o.Event == foi.Approved && o.Why == nil {
			t.Error("the button says that it can be approved")
		}
	}

	// The clerk gets it back; the file that the reply names is looked through.
	h.do(head, r.ID, foi.SendBack{Reasons: "文件没有检查"})
	if err := h.Desk.Do(ctx, clerk, r.ID, foi.Submit{Decision: d}); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "没有处理") {
		t.Errorf("%v", err)
	}
	_, files, err := h.List(ctx, clerk, r.ID)
	if err != nil || len(files) != 1 || files[0].Open == 0 {
		t.Fatalf("%+v, %v", files, err)
	}
	if err := h.Mask(ctx, clerk, r.ID, files[0].ID, []release.Cut{{Spot: 1, Why: "privacy"}}); err != nil {
		t.Fatal(err)
	}
	h.do(clerk, r.ID, foi.Submit{Decision: d}) // still names the original
	if made := got(t, h, r.ID).Draft.Items[0].Files; len(made) != 1 || made[0].Hash == hash {
		t.Errorf("the original goes out: %+v", made)
	}
	h.do(head, r.ID, foi.Approve{})
}

func got(t *testing.T, h *house, id string) foi.Request {
	t.Helper()
	r, err := h.Desk.Request(t.Context(), clerk, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// decides counts the items of work about a file, in a state: one for each role that
// may decide, due on the next working day.
func (h *house) decides(file string, state work.State, want int) {
	h.Helper()
	page, err := store.Work{DB: h.db}.List(h.Context(), work.Scope{Places: []account.Place{{Organ: storetest.BureauID}}}, work.Query{
		Query: paging.Query{Size: paging.MaxSize, Filters: map[string]string{work.FilterState: string(state)}},
	})
	if err != nil {
		h.Fatal(err)
	}
	holders := map[string]bool{}
	for _, i := range page.Rows {
		if i.Subject.ID != file {
			continue
		}
		holders[i.For.String()] = true
		if i.Due != calendar.On(2025, 4, 11) || !strings.HasSuffix(i.Link, "/release/"+file) {
			h.Errorf("%s until %s (%s)", i.Title, i.Due, i.Link)
		}
	}
	if len(holders) != want || want > 0 && (!holders["role/head"] || !holders["role/reviewer"]) {
		h.Errorf("%s work of %v, want %d", state, holders, want)
	}
}

// What was asked about a file needs no answer when the file goes, or the request
// is over.
func TestAQuestionAboutAFileEndsWithIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		for _, role := range []account.Role{account.Head, account.Reviewer} {
			storetest.Person(t, db, string(role), storetest.BureauID, string(role))
		}
		r := h.register()
		ask := func(name string) string {
			id := h.add(r.ID, name, []byte(name+"联系人手机13800131234。"))
			if err := h.Waive(ctx, clerk, r.ID, id, []string{h.one(r.ID, id).Findings[0].Key}, "经核对为公示的值班电话"); err != nil {
				t.Fatal(err)
			}
			h.decides(id, work.Open, 2)
			return id
		}
		gone, left := ask("甲.txt"), ask("乙.txt")
		if err := h.Remove(ctx, clerk, r.ID, gone); err != nil {
			t.Fatal(err)
		}
		h.decides(gone, work.Open, 0)
		h.decides(gone, work.Withdrawn, 2)
		h.decides(left, work.Open, 2)
		if err := h.Desk.ByApplicant(ctx, r.ID, foi.Withdraw{}); err != nil {
			t.Fatal(err)
		}
		h.decides(left, work.Open, 0)
	})
}

func TestAFindingPassesByTwoPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db), t.Context()
		r := h.register()
		for _, role := range []account.Role{account.Head, account.Reviewer} {
			storetest.Person(t, db, string(role), storetest.BureauID, string(role))
		}
		id := h.add(r.ID, "公示.txt", []byte("联系人手机13800131234。"))
		f := h.one(r.ID, id)
		if f.Open == 0 {
			t.Fatal("a mobile number is nothing")
		}
		keys := []string{f.Findings[0].Key}
		if err := h.Waive(ctx, clerk, r.ID, id, keys, " "); errs.KindOf(err) != errs.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := h.Waive(ctx, stranger, r.ID, id, keys, "经核对为公示的值班电话"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger asks: %v", err)
		}
		if err := h.Waive(ctx, clerk, r.ID, id, keys, "经核对为公示的值班电话"); err != nil {
			t.Fatal(err)
		}
		if h.one(r.ID, id).Open == 0 {
			t.Error("asking is enough")
		}
		h.decides(id, work.Open, 2) // on the next working day: 2025-04-11 (a convention)
		both := clerk
		both.Grants = append(both.Grants[:1:1], account.Grant{Organ: storetest.BureauID, Role: account.Head})
		if err := h.Agree(ctx, both, r.ID, id, true); errs.KindOf(err) != errs.Conflict {
			t.Errorf("who asked agrees: %v", err)
		}
		if err := h.Agree(ctx, signer, r.ID, id, true); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a signer agrees: %v", err)
		}
		if err := h.Agree(ctx, reviewer, r.ID, id, false); err != nil {
			t.Fatal(err)
		}
		h.decides(id, work.Open, 0)
		h.decides(id, work.Done, 2)
		if err := h.Agree(ctx, reviewer, r.ID, id, true); errs.KindOf(err) != errs.Conflict {
			t.Errorf("nothing was asked: %v", err)
		}
		if err := h.Waive(ctx, clerk, r.ID, id, keys, "经核对为公示的值班电话"); err != nil {
			t.Fatal(err)
		}
		if err := h.Agree(ctx, reviewer, r.ID, id, true); err != nil {
			t.Fatal(err)
		}
		if h.one(r.ID, id).Open != 0 {
			t.Error("it does not pass")
		}
		h.decides(id, work.Open, 0)
		h.do(clerk, r.ID, foi.Submit{Decision: given})
		if err := h.Remove(ctx, clerk, r.ID, id); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a file is taken away after it was submitted: %v", err)
		}
		h.do(head, r.ID, foi.Approve{})
	})
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	h, ctx := build(t, storetest.SQLite(t)), t.Context()
	r := h.register()
	for name, data := range map[string][]byte{"空.txt": nil, "程序.exe": []byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), "": []byte("x")} {
		if _, err := h.Add(ctx, clerk, r.ID, name, bytes.NewReader(data)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Add(ctx, stranger, r.ID, "x.txt", strings.NewReader("x")); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a stranger uploads: %v", err)
	}
	id := h.add(r.ID, `C:\work\明细.txt`, []byte("公开的明细"))
	if f := h.one(r.ID, id); f.Name != "明细.txt" || f.Open != 0 {
		t.Errorf("%+v", f)
	}
	if _, err := h.Add(ctx, clerk, r.ID, "又一次.txt", strings.NewReader("公开的明细")); errs.KindOf(err) != errs.Invalid {
		t.Errorf("twice: %v", err)
	}
	_, d, err := h.Redactions(ctx, clerk, r.ID)
	if err != nil || len(d.Blocks) != 3 {
		t.Errorf("%+v, %v", d, err)
	}
}
