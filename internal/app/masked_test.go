package app

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/publish"
)

// A list with ID numbers and a hidden sheet, and a text with a mobile number, are
// kept in the house. One click each makes the copies that are published; the
// originals stay inside, are seen on record, and go when their time is over. No
// night's tidying takes an attachment away.
func TestOneClickMasksWhatIsToBePublic(t *testing.T) {
	a := openSite(t)
	documents, ctx, files := a.rooms.documents, t.Context(), a.files(a.rooms.clock)
	f := excelize.NewFile()
	for cell, value := range map[string]string{"A1": "姓名", "B1": "身份证号", "A2": "王某", "B2": "11010519491231002X"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("底稿"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetSheetVisible("底稿", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	info, err := files.Put(ctx, &b, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	who := func(login string) account.Actor { return a.people[login].Actor() }
	p := publish.Paper{Attribute: publish.Attribute{Openness: publish.Open}, Content: publish.Content{
		Record: publish.Record{Title: "救助对象公示", Kind: "notice", Subject: "20-11"}, Text: "经办人手机13800138000。\n见附件。", Files: []publish.File{{Hash: info.Hash, Name: "名单.xlsx"}},
	}}
	d, err := documents.Draft(ctx, who("jingban2"), publish.Intake{Organ: a.people["jingban2"].Organ, Compose: publish.Compose{Paper: p}})
	if err != nil {
		t.Fatal(err)
	}
	var c publish.Clear
	for _, part := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: part.Name, Verdict: publish.MayOpen})
	}
	if err := documents.Do(ctx, who("jingban2"), d.ID, publish.Submit{}); err == nil || !strings.Contains(err.Error(), "请一键去标识化") {
		t.Errorf("the drafter is not told: %v", err)
	}
	for _, step := range []struct {
		login string
		deed  publish.Deed
	}{{"jingban2", publish.Submit{Seen: true}}, {"baomi", c}, {"fuzeren", publish.Check{}}, {"qianfa", publish.Sign{}}} {
		if err := documents.Do(ctx, who(step.login), d.ID, step.deed); err != nil {
			t.Fatalf("%s: %v", step.deed.Event(), err)
		}
	}
	if err := documents.Do(ctx, who("jingban"), d.ID, publish.Issue{}); errs.KindOf(err) != errs.Conflict {
		t.Fatalf("published with an ID number: %v", err)
	}
	if err := documents.Mask(ctx, who("qianfa"), d.ID, "名单.xlsx"); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("the signer masks: %v", err)
	}
	for _, part := range []string{"名单.xlsx", publish.TextPart} {
		if err := documents.Mask(ctx, who("jingban"), d.ID, part); err != nil {
			t.Fatalf("%s: %v", part, err)
		}
	}
	if err := documents.Do(ctx, who("jingban"), d.ID, publish.Issue{}); err != nil {
		t.Fatal(err)
	}
	if d, err = documents.Store.Document(ctx, d.ID); err != nil {
		t.Fatal(err)
	}
	shown, ok := d.Shown()
	if !ok || strings.Contains(shown.Text, "13800138000") || !strings.Contains(shown.Text, "138****8000") || shown.Files[0].Hash == info.Hash || len(d.Maskings) != 2 {
		t.Fatalf("public is %+v, %+v", shown.Content, d.Maskings)
	}
	copied, err := files.Read(shown.Files[0].Hash)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(copied))
	if err != nil {
		t.Fatal(err)
	}
	if rows, _ := book.GetRows("Sheet1"); len(book.GetSheetList()) != 1 || rows[1][1] != "11*************02X" {
		t.Errorf("%v %v", book.GetSheetList(), rows)
	}

	before := len(eventsOf(t, a, d.ID))
	if m, err := documents.Original(ctx, who("jingban"), d.ID, info.Hash); err != nil || m.Part != "名单.xlsx" {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := documents.Original(ctx, who("qianfa"), d.ID, info.Hash); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("the signer has the original: %v", err)
	}
	if n := len(eventsOf(t, a, d.ID)); n != before+1 {
		t.Errorf("%d events of one look", n-before)
	}

	year := documents.Today().Year()
	later := files
	at := func(y int, m time.Month, day int) {
		later.Clock = clock.At(time.Date(y, m, day, 3, 0, 0, 0, clock.Shanghai))
	}
	at(year+1, 1, 1)
	if _, err := later.Tidy(ctx); err != nil {
		t.Error(err)
	}
	if _, err := files.Read(shown.Files[0].Hash); err != nil {
		t.Errorf("the tidying took a public attachment: %v", err)
	}
	if _, err := files.Read(info.Hash); err != nil {
		t.Errorf("… or an original: %v", err)
	}
	at(year+11, 1, 1)
	if _, err := later.Erase(ctx, &ident.Ordered{Clock: later.Clock}); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Read(info.Hash); err == nil {
		t.Error("an original is kept for ever")
	}
	if _, err := files.Read(shown.Files[0].Hash); err != nil {
		t.Errorf("the copy went with it: %v", err)
	}
	if d, err = documents.Store.Document(ctx, d.ID); err != nil || d.Maskings[0].Gone != calendar.On(year+11, 1, 1) {
		t.Errorf("%+v, %v", d.Maskings, err)
	}
}

func eventsOf(t *testing.T, a *site, id string) []string {
	t.Helper()
	events, err := a.db.EventsOf(t.Context(), publish.Subject(id))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range events {
		if strings.Contains(string(e.Data), "名单") {
			t.Errorf("%s names the file: %s", e.Kind, e.Data)
		}
		all = append(all, string(e.Kind))
	}
	return all
}
