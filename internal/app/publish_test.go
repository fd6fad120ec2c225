package app

import (
	"bytes"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/guard"
	"gongkai/internal/law"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/rule"
	"gongkai/internal/search"
	"gongkai/internal/store"
)

// The demo county has documents in every status and for every item of 条例§20, what
// everybody sees of them is what was cleared, and their figures are theirs.
func TestTheCountyPublishes(t *testing.T) {
	a := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	documents, ctx := a.rooms.documents, t.Context()
	places := []account.Place{{Organ: a.people["zhuguan"].Organ, Below: true}}
	page, err := documents.Store.List(ctx, places, paging.Query{Size: paging.MaxSize}, documents.Today())
	if err != nil {
		t.Fatal(err)
	}
	statuses, subjects, converted, tallies := map[publish.Status]int{}, map[string]int{}, 0, []publish.Tally{}
	year := documents.Today().Year()
	posts := map[publish.Channel]int{}
	for _, row := range page.Rows {
		d, err := documents.Store.Document(ctx, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		statuses[d.Status]++
		if d.Visibility == publish.Public {
			subjects[d.Subject]++
		}
		if d.Origin.Request != "" {
			converted++
		}
		if tally, ok := d.Tally(); ok {
			tallies = append(tallies, tally)
		}
		for _, p := range d.Posts {
			if p.From.Year() == year {
				posts[p.Channel]++
			}
		}
	}
	for _, s := range publish.Statuses() {
		if s != publish.New && statuses[s] == 0 {
			t.Errorf("no document is %q", s)
		}
	}
	for _, s := range law.Subjects("")[:14] {
		if subjects[s.ID] == 0 {
			t.Errorf("nothing is public about %s", s.Text)
		}
	}
	if len(page.Rows) < 40 || converted != 1 {
		t.Errorf("%d documents, %d converted", len(page.Rows), converted)
	}
	f, err := documents.Store.Count(ctx, places[0], year)
	if err != nil {
		t.Fatal(err)
	}
	want := publish.CountTable2(year, tallies)
	if len(f.Table2) == 0 || len(f.Table2) != len(want) {
		t.Errorf("table 2 is %v, want %v", f.Table2, want)
	}
	for cell, n := range want {
		if f.Table2[cell] != n {
			t.Errorf("%v: %d, want %d", cell, f.Table2[cell], n)
		}
	}
	for channel, n := range posts {
		if f.Posts[channel] != n {
			t.Errorf("%s: %d, want %d", channel, f.Posts[channel], n)
		}
	}
	if err := a.db.VerifyTallies(ctx, func(f store.Finding) { t.Error(f.English) }); err != nil {
		t.Error(err)
	}
	if err := a.db.VerifyState(ctx, func(f store.Finding) { t.Error(f.English) }); err != nil {
		t.Error(err)
	}
}

// The release guard keeps a document with a telephone number in the house.
func TestTheCountysGuardSays(t *testing.T) {
	a := openSite(t)
	found, err := a.rooms.documents.Gate.Look(t.Context(), "", "正文", "经办人手机号13800138000。", "")
	if err != nil || len(found) == 0 || !found[0].Blocks {
		t.Errorf("%+v, %v", found, err)
	}
	if found, err = a.rooms.documents.Gate.Look(t.Context(), "", "正文", "没有什么。", ""); err != nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
	// What an organ keeps in its dictionary holds there, for texts and for files.
	clerk := a.people["jingban2"].Actor()
	if err := a.rooms.lexicon.Add(t.Context(), clerk, a.people["jingban2"].Organ, guard.Word{Word: "青石镇", Instead: "青石街道", Severity: rule.Error}); err != nil {
		t.Fatal(err)
	}
	if found, err = a.rooms.documents.Gate.Look(t.Context(), a.people["jingban2"].Organ, "正文", "青石镇办事处。", ""); err != nil || len(found) != 1 || !found[0].Blocks {
		t.Errorf("a word of the dictionary: %+v, %v", found, err)
	}
	if found, err = a.rooms.documents.Gate.Look(t.Context(), "", "正文", "青石镇办事处。", ""); err != nil || len(found) != 0 {
		t.Errorf("where nobody keeps it: %+v, %v", found, err)
	}
	if _, err = a.rooms.documents.Gate.Look(t.Context(), "", "附件", "", "0000000000000000000000000000000000000000000000000000000000000000"); err == nil {
		t.Error("a file that is gone passes")
	}
}

// What an attachment says is found, and only while it is public; so is what the
// county has published.
func TestAttachmentsAreFound(t *testing.T) {
	a := openSite(t)
	documents, ctx := a.rooms.documents, t.Context()
	var b bytes.Buffer
	inner := &doc.Doc{}
	inner.AddPara(doc.Body, "独角鲸保护区巡护日志")
	if err := docx.Write(&b, inner); err != nil {
		t.Fatal(err)
	}
	info, err := a.files(a.rooms.clock).Put(ctx, &b, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	who := func(login string) account.Actor { return a.people[login].Actor() }
	p := publish.Paper{Attribute: publish.Attribute{Openness: publish.Open}, Content: publish.Content{
		Record: publish.Record{Title: "巡护情况公告", Kind: "notice", Subject: "20-15"}, Text: "见附件。", Files: []publish.File{{Hash: info.Hash, Name: "日志.docx"}},
	}}
	d, err := documents.Draft(ctx, who("jingban2"), publish.Intake{Organ: a.people["jingban2"].Organ, Compose: publish.Compose{Paper: p}})
	if err != nil {
		t.Fatal(err)
	}
	found := func(typed string) int {
		t.Helper()
		r, err := search.Finder{Index: store.Search{DB: a.db}, Today: a.rooms.clock.Now()}.Find(ctx, search.Parse(typed), search.Filter{}, 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		return r.Total
	}
	var c publish.Clear
	for _, part := range d.Parts() {
		c.Items = append(c.Items, publish.Answer{Part: part.Name, Verdict: publish.MayOpen})
	}
	for _, step := range []struct {
		login string
		deed  publish.Deed
	}{{"jingban2", publish.Submit{}}, {"baomi", c}, {"fuzeren", publish.Check{}}, {"qianfa", publish.Sign{}}, {"jingban", publish.Issue{}}} {
		if n := found("“独角鲸”"); n != 0 {
			t.Errorf("before %s %d find it", step.deed.Event(), n)
		}
		if err := documents.Do(ctx, who(step.login), d.ID, step.deed); err != nil {
			t.Fatalf("%s: %v", step.deed.Event(), err)
		}
	}
	if n := found("“独角鲸”"); n != 1 {
		t.Errorf("%d find what the attachment says", n)
	}
	if n := found("一窗受理"); n < 2 {
		t.Errorf("%d documents of the county on 一窗受理", n)
	}
}
