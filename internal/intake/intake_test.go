package intake_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/intake"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func counter(t *testing.T, db *store.DB) (*intake.Counter, *clock.Manual) {
	t.Helper()
	home := housetest.New(t, db, "2026-09-22")
	return &intake.Counter{
		Store: store.Drafts{DB: db}, Desk: home.Requests(), Trees: home.Trees, Seals: home.Keys, Vault: home.Vault, Files: home.Files, Clock: home.Now,
	}, home.Now
}

func draft() intake.Draft {
	return intake.Draft{
		Organ: storetest.BureauID, Who: intake.Person{Kind: "C1", Name: "张三", IDNumber: "11010519491231002X"}.Plain(), Reach: intake.Reach{Phone: "13800131234"},
		Others: intake.Others{Told: true}, Ask: foi.Ask{Text: "2024年度低保审批台账", Form: "electronic", Way: "web"},
	}
}

const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// Many presses of the button at once are one request, on both engines.
func TestADraftBecomesOneRequest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, now := counter(t, db)
		d := draft()
		secret, err := c.Begin(t.Context(), "203.0.113.7", d)
		if err == nil {
			err = c.Attach(t.Context(), "203.0.113.7", secret, &d, `C:\照片\身份证.pdf`, "identity", strings.NewReader(pdf))
		}
		if err != nil {
			t.Fatal(err)
		}
		if raw := storetest.Text(t, db, "SELECT sealed FROM request_draft") + storetest.Text(t, db, "SELECT sealed FROM request_draft_file"); strings.Contains(raw, "张三") || strings.Contains(raw, "%PDF") {
			t.Error("the draft lies about readable")
		}
		var ids [8]string
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				id, err := c.Submit(t.Context(), "203.0.113.7", secret)
				if ids[i] = id; err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Errorf("requests %q", ids)
				break
			}
		}
		r, err := c.Desk.Store.Request(t.Context(), ids[0])
		if err != nil || len(r.Files) != 1 || r.Files[0].Name != "身份证.pdf" || r.Files[0].What != "identity" {
			t.Errorf("%+v, %v", r.Files, err)
		}
		if left := storetest.Text(t, db, "SELECT * FROM request_draft_file"); left != "" {
			t.Error("a file of the draft is left")
		}
		if kept := storetest.Text(t, db, "SELECT hash FROM blob"); strings.TrimSpace(kept) != r.Files[0].Hash {
			t.Errorf("backups know of %q", kept)
		}
		if err := c.Keep(t.Context(), secret, d); errs.KindOf(err) != errs.Conflict {
			t.Errorf("it can be changed afterwards: %v", err)
		}
		now.Advance(intake.Life + time.Minute)
		if err := c.Store.Forget(t.Context(), now.Now()); err != nil {
			t.Fatal(err)
		}
		if left := storetest.Text(t, db, "SELECT id FROM request_draft"); left != "" {
			t.Errorf("drafts left: %s", left)
		}
	})
}

func TestTriesOfAPeriod(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, now := counter(t, db)
		few, many := intake.Limit{What: "few", Who: "a", Most: 2, Per: time.Hour}, intake.Limit{What: "many", Who: "a", Most: 3, Per: 24 * time.Hour}
		try := func(want string) {
			t.Helper()
			used, err := c.Store.Try(t.Context(), now.Now(), []intake.Limit{many, few})
			switch {
			case err != nil:
				t.Fatal(err)
			case want == "" && used != nil, want != "" && (used == nil || used.What != want):
				t.Errorf("used up: %+v, want %q", used, want)
			}
		}
		try("")
		try("")
		try("few")
		try("few") // what was refused is not counted
		if err := c.Store.Forgive(t.Context(), now.Now(), []intake.Limit{few}); err != nil {
			t.Fatal(err)
		}
		try("")
		now.Advance(time.Hour)
		try("many")
	})
}

func TestTrackingComparesWithoutRevealing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, _ := counter(t, db)
		secret, err := c.Begin(t.Context(), "203.0.113.7", draft())
		if err != nil {
			t.Fatal(err)
		}
		id, err := c.Submit(t.Context(), "203.0.113.7", secret)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range []struct {
			organ, number, proof string
			ok                   bool
		}{
			{storetest.BureauID, "依申请〔2026〕1号", "1234", true},
			{storetest.BureauID, " 依申请 [２０２６] 1号", "002x", true},
			{storetest.BureauID, "依申请〔2026〕1号", strings.ToLower(c.TrackCode(id)), true},
			{storetest.OtherID, "依申请〔2026〕1号", "1234", false},
			{storetest.BureauID, "依申请〔2026〕2号", "1234", false},
			{storetest.BureauID, "依申请〔2026〕1号", "234", false},
			{storetest.BureauID, "依申请〔2026〕1号", "31234", false},
			{storetest.BureauID, "依申请〔2026〕1号", c.TrackCode(""), false},
			{"", "", c.TrackCode(""), false},
		} {
			got, err := c.Track(t.Context(), "203.0.113."+string(rune('1'+i)), k.organ, k.number, k.proof)
			if ok := err == nil && got == id; ok != k.ok || !ok && errs.KindOf(err) != errs.NotFound {
				t.Errorf("%+v: %q, %v", k, got, err)
			}
		}
		events, err := db.EventsOf(t.Context(), foi.Subject(id))
		looks := 0
		for _, e := range events {
			if e.Kind == intake.Tracked && e.Actor == event.Public {
				looks++
			}
			if e.Kind == "personal.revealed" {
				t.Error("something was revealed")
			}
		}
		if err != nil || looks != 3 {
			t.Errorf("%d looks on record, %v", looks, err)
		}
	})
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"身份证.png": "身份证.png", `C:\Users\x\a.pdf`: "a.pdf", "../../etc/passwd": "passwd", "": "文件", "a\x00b\n.png": "ab.png", `<img src=x>.png`: "img src=x.png",
		strings.Repeat("长", 200) + ".pdf": strings.Repeat("长", 76) + ".pdf", "\u202egnp.exe": "gnp.exe",
	} {
		if got := intake.FileName(name); got != want {
			t.Errorf("%q gives %q", name, got)
		}
	}
}

func TestNextPage(t *testing.T) {
	d := draft()
	if d.Next() != intake.StepCheck {
		t.Errorf("a whole draft wants %s", d.Next())
	}
	for want, change := range map[string]func(*intake.Draft){
		intake.StepOrgan: func(d *intake.Draft) { d.Organ = "" }, intake.StepKind: func(d *intake.Draft) { d.Who.Kind = "" },
		intake.StepWho: func(d *intake.Draft) { d.Who.IDNumber = "1" }, intake.StepContact: func(d *intake.Draft) { d.Reach = intake.Reach{} },
		intake.StepOthers: func(d *intake.Draft) { d.Others.Told = false }, intake.StepJoint: func(d *intake.Draft) { d.Others.Joins = true },
		intake.StepAgent: func(d *intake.Draft) { d.Others.Acts = true }, intake.StepWhat: func(d *intake.Draft) { d.Ask.Text = " " }, intake.StepHow: func(d *intake.Draft) { d.Ask.Way = "" },
	} {
		d := draft()
		change(&d)
		if d.Next() != want {
			t.Errorf("%s: the next page is %s", want, d.Next())
		}
	}
}
