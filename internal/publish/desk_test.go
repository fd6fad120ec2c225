package publish_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

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
		h.home.On("2026-03-05")
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
		h.home.Sound()
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
		h.home.Sound()
		storetest.Exec(t, db, "UPDATE catalogue SET title = '别的' WHERE document_id = $1", d.ID)
		storetest.Exec(t, db, "UPDATE document_tally SET n = n + 1")
		var found []string
		for _, check := range []func(context.Context, func(store.Finding)) error{db.VerifyState, db.VerifyTallies} {
			if err := check(ctx, func(f store.Finding) {
				if housetest.Ours(f) {
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
