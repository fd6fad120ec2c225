package channel_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/housetest"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func each(t *testing.T, test func(h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		test(h)
		h.home.Sound()
	})
}

// From the document to the article that everybody reads, and back.
func TestAnArticleIsPublishedAndRecalled(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Variant: publish.Variant{Author: "青川旗政务服务局", Summary: "错峰用水", Text: "# 怎么办\n请在早晚用水。\n| 时段 | 建议 |\n| --- | --- |\n| 早 | 用 |"}})
		h.phase(ref, publish.PhaseQueued)
		if !slices.Contains(h.woken, h.document+" "+ref) {
			t.Errorf("nobody was told that there is something to carry: %v", h.woken)
		}
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		all := h.platform.Published()
		if len(all) != 1 || len(h.platform.Drafts()) != 0 {
			h.Fatalf("published %+v, drafts %+v", all, h.platform.Drafts())
		}
		n := all[0].News
		if n.Title != "夏季用水请错峰" || n.Digest != "错峰用水" || n.Source != "https://zwgk.example/open/"+h.document+"?from="+ref || !strings.Contains(n.Content, ">怎么办</h3>") || !strings.Contains(n.Content, "<td") || !strings.Contains(n.Content, "索引号：") {
			t.Errorf("%+v", n)
		}
		p := h.post(ref)
		if p.Address != n.URL || p.From.String() != "2026-03-02" || p.By != "clerk" {
			t.Errorf("%+v", p)
		}
		years, err := h.Years(h.Context(), clerk, account.Place{Organ: storetest.BureauID})
		if err != nil || !slices.Contains(years, channel.Count{Channel: publish.WeChat, Year: 2026, Number: 1}) || !slices.Contains(years, channel.Count{Channel: publish.Portal, Year: 2026, Number: 1}) {
			t.Errorf("%+v, %v", years, err)
		}
		if err := h.Desk.Do(h.Context(), clerk, h.document, publish.Recall{Ref: ref}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("recalled without a word to the public: %v", err)
		}
		h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "电话有误"})
		h.phase(ref, publish.PhaseRecalling)
		if got := h.work(); !strings.Contains(got, "撤回") {
			t.Errorf("nobody looks after the recall:\n%s", got)
		}
		h.now.Advance(24 * time.Hour)
		h.carried(ref)
		h.phase(ref, publish.PhaseRecalled)
		if p := h.post(ref); p.Until.String() != "2026-03-03" || len(h.platform.Published()) != 0 {
			t.Errorf("%+v, %+v", p, h.platform.Published())
		}
		if got := h.work(); got != "" {
			t.Errorf("the recall is done and still on a list:\n%s", got)
		}
		d := h.get(h.document)
		if last := d.Notes[len(d.Notes)-1]; last.What != publish.ChannelNote || !strings.Contains(last.Text, "微信公众号：电话有误") {
			t.Errorf("%+v", d.Notes)
		}
	})
}

// What is taken down on the site goes from every channel.
func TestTakingDownRecallsEverywhere(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{})
		h.carried(ref)
		h.do(clerk, h.document, publish.AddPost{Channel: publish.Board, Place: "大厅一楼"})
		h.do(clerk, h.document, publish.TakeDown{Reasons: "有身份证号", Note: "正在核实"})
		got := h.work()
		if !strings.Contains(got, "微信公众号") || !strings.Contains(got, "从公告栏、电子屏（大厅一楼） p3撤下并登记") {
			t.Errorf("on the clerk's list:\n%s", got)
		}
		h.carried(ref)
		if len(h.platform.Published()) != 0 {
			t.Error("the article still stands")
		}
		h.do(clerk, h.document, publish.EndPost{Ref: "p3"})
		if got := h.work(); got != "" {
			t.Errorf("all is off, and still on a list:\n%s", got)
		}
		h.do(head2, h.document, publish.Retract{Note: "已撤回"})
		if err := h.Send(h.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: publish.Variant{Title: "再发"}}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("sent what is withdrawn: %v", err)
		}
	})
}

// What says more than the document goes nowhere before a second person has reviewed it
// (先审查、后公开); what is taken out of the document was reviewed with it.
func TestAWordingIsReviewedBeforeItIsSent(t *testing.T) {
	each(t, func(h *house) {
		send := func(v publish.Variant) string {
			if err := h.Send(h.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: v}); err != nil {
				h.Fatal(err)
			}
			d := h.get(h.document)
			return d.Posts[len(d.Posts)-1].Ref
		}
		ref := send(publish.Variant{Title: "水厂里的事", Text: "水厂设计能力每日八千吨。"})
		h.phase(ref, publish.PhaseReview)
		h.carried(ref)
		if n := h.platform.Calls("draft/add"); n != 0 {
			t.Fatalf("it went out unreviewed, %d times", n)
		}
		mark := h.post(ref).Sending.Mark()
		both := account.Actor{ID: clerk.ID, Grants: append(slices.Clone(clerk.Grants), reviewer.Grants...)}
		for name, c := range map[string]struct {
			actor account.Actor
			deed  publish.Deed
			want  errs.Kind
		}{
			"who wrote it":      {both, publish.ClearWording{Ref: ref, Mark: mark}, errs.Invalid},
			"the clerk":         {clerk, publish.ClearWording{Ref: ref, Mark: mark}, errs.Forbidden},
			"another wording":   {reviewer, publish.ClearWording{Ref: ref, Mark: "x"}, errs.Invalid},
			"without a reason":  {reviewer, publish.RefuseWording{Ref: ref, Mark: mark}, errs.Invalid},
			"a text that waits": {reviewer, publish.ClearWording{Ref: "p1", Mark: mark}, errs.Invalid},
		} {
			if err := h.Desk.Do(h.Context(), c.actor, h.document, c.deed); errs.KindOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.do(reviewer, h.document, publish.RefuseWording{Ref: ref, Mark: mark, Reasons: "设计能力不宜公开"})
		h.phase(ref, publish.PhaseFailed)
		if got := h.work(); !strings.Contains(got, "没有办成的文稿") {
			t.Errorf("nobody deals with what was sent back:\n%s", got)
		}
		if err := h.Reword(h.Context(), clerk, h.document, publish.Reword{Ref: ref, Variant: publish.Variant{Title: "水厂里的事", Text: "水厂全天供水。"}}); err != nil {
			t.Fatal(err)
		}
		h.phase(ref, publish.PhaseReview)
		h.reviewed(ref)
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "改用原文"})
		h.carried(ref)
		// The document's own words need no second review.
		own := send(publish.Variant{Title: "夏季用水的通告", Summary: "请错峰用水"})
		h.carried(own)
		h.phase(own, publish.PhaseStanding)
	})
}

// A draft lies among the drafts for a look, is changed, and let out.
func TestADraftIsLookedAtFirst(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.phase(ref, publish.PhaseDrafted)
		if got := h.work(); !strings.Contains(got, "发布或者撤回微信公众号 "+ref+"的草稿") {
			t.Errorf("nobody looks after the draft:\n%s", got)
		}
		if err := h.Reword(h.Context(), clerk, h.document, publish.Reword{Ref: ref, Variant: publish.Variant{Title: "请错峰用水"}}); err != nil {
			h.Fatal(err)
		}
		h.carried(ref)
		if d := h.platform.Drafts(); len(d) != 1 || d[0].News.Title != "夏季用水请错峰" {
			t.Errorf("new words are over there before somebody has reviewed them: %+v", d)
		}
		h.reviewed(ref)
		h.carried(ref)
		if d := h.platform.Drafts(); len(d) != 1 || d[0].News.Title != "请错峰用水" {
			t.Errorf("%+v", d)
		}
		h.do(clerk, h.document, publish.LetOut{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		if n := h.platform.Calls("draft/add"); n != 1 {
			t.Errorf("%d drafts were made", n)
		}
		if n := h.platform.Calls("material/add_material"); n != 1 {
			t.Errorf("the cover was uploaded %d times", n)
		}
	})
}

// A draft that nobody wants any more goes, and what was never sent leaves nothing.
func TestGivingUp(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.do(clerk, h.document, publish.Recall{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseNever)
		ref = h.send(publish.Send{})
		h.do(clerk, h.document, publish.Recall{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseNever)
		if len(h.platform.Drafts()) != 0 || len(h.platform.Published()) != 0 || h.platform.Calls("draft/add") != 1 {
			t.Errorf("left: %+v", h.platform.Drafts())
		}
		years, err := h.Years(h.Context(), clerk, account.Place{})
		if err != nil || slices.ContainsFunc(years, func(c channel.Count) bool { return c.Channel == publish.WeChat }) {
			t.Errorf("counted although it never stood: %+v, %v", years, err)
		}
	})
}

// Answers that get lost, at every call of the way: whatever was done is found, and the
// article stands there once.
func TestALostAnswerPublishesNothingTwice(t *testing.T) {
	each(t, func(h *house) {
		for _, path := range []string{"stable_token", "material/add_material", "draft/batchget", "draft/add", "freepublish/submit", "freepublish/get"} {
			ref := h.send(publish.Send{})
			h.platform.Fail(lost(path))
			if path == "stable_token" {
				h.now.Advance(3 * time.Hour)
			}
			if path == "material/add_material" {
				if err := h.Store.ForgetMedia(h.Context(), channel.AccountID(storetest.BureauID, publish.WeChat)); err != nil {
					h.Fatal(err)
				}
			}
			if err := h.carry(ref); err == nil {
				t.Fatalf("%s: nobody noticed that the answer was lost", path)
			}
			for range 6 {
				h.now.Advance(5 * time.Minute)
				if h.carry(ref) == nil {
					break
				}
			}
			h.phase(ref, publish.PhaseStanding)
			if all := h.platform.Published(); len(all) != 1 || len(h.platform.Drafts()) != 0 {
				t.Errorf("%s: published %d times, %d drafts", path, len(all), len(h.platform.Drafts()))
			}
			h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "已撤回"})
			h.carried(ref)
		}
	})
}

// A process that dies between the note and the submission has submitted nothing: after
// a while the draft that is still there is submitted.
func TestADeathBeforeTheSubmission(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.do(clerk, h.document, publish.LetOut{Ref: ref})
		if err := h.Desk.Carry(h.Context(), h.document, publish.Carry{Ref: ref, Kind: publish.Carried, To: publish.AtDoor}); err != nil {
			h.Fatal(err)
		}
		if err := h.carry(ref); errs.KindOf(err) != errs.Unavailable {
			t.Errorf("submitted again at once: %v", err)
		}
		if h.platform.Calls("freepublish/submit") != 0 {
			t.Error("it was submitted before it was sure that it was not")
		}
		h.now.Advance(11 * time.Minute)
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		if n := h.platform.Calls("freepublish/submit"); n != 1 {
			t.Errorf("submitted %d times", n)
		}
	})
}

// A text that is recalled while it is carried is not submitted.
func TestWhatIsRecalledMeanwhileIsNotSubmitted(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.do(clerk, h.document, publish.LetOut{Ref: ref})
		h.do(clerk, h.document, publish.Recall{Ref: ref})
		if err := h.Desk.Carry(h.Context(), h.document, publish.Carry{Ref: ref, Kind: publish.Carried, To: publish.AtDoor}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a carrier that does not know it yet goes on: %v", err)
		}
		h.carried(ref)
		h.phase(ref, publish.PhaseNever)
	})
}

// What the platform refuses is told to a person, with what to do; they mend it.
func TestRefusalsAreTold(t *testing.T) {
	cases := map[string]struct {
		path   string
		code   int
		status int
		says   string
	}{
		"address":    {"stable_token", 40164, 0, "白名单"},
		"secret":     {"stable_token", 40125, 0, "重新填写"},
		"permission": {"draft/add", 48001, 0, "认证"},
		"check":      {"freepublish/submit", 53503, 0, "发布检查"},
		"page":       {"freepublish/submit", 53504, 0, "网页上处理"},
		"by hand":    {"freepublish/submit", 53505, 0, "手动保存"},
		"original":   {"freepublish/submit", 0, 2, "原创"},
		"plain":      {"freepublish/submit", 0, 3, "没有发布成功"},
		"audit":      {"freepublish/submit", 0, 4, "审核不通过"},
		"title":      {"draft/add", 45003, 0, "标题太长"},
		"unknown":    {"draft/add", 61501, 0, "错误码61501"},
	}
	each(t, func(h *house) {
		for name, c := range cases {
			ref := h.send(publish.Send{})
			if c.path == "stable_token" {
				h.now.Advance(3 * time.Hour)
			}
			h.platform.Fail(fault(c.path, c.code, c.status, 1))
			h.carried(ref)
			h.phase(ref, publish.PhaseFailed)
			if x := h.post(ref).Sending; !strings.Contains(x.Trouble.Says, c.says) || strings.Contains(x.Trouble.Says, secret) {
				t.Errorf("%s: %+v", name, x.Trouble)
			}
			if got := h.work(); !strings.Contains(got, "没有办成") {
				t.Errorf("%s: nobody must deal with it:\n%s", name, got)
			}
			h.do(clerk, h.document, publish.Resend{Ref: ref})
			h.carried(ref)
			h.phase(ref, publish.PhaseStanding)
			if len(h.platform.Published()) != 1 {
				t.Errorf("%s: %d articles", name, len(h.platform.Published()))
			}
			if got := h.work(); got != "" {
				t.Errorf("%s: mended, and still on a list:\n%s", name, got)
			}
			h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "已撤回"})
			h.carried(ref)
		}
	})
}

// Quota and haste pass by themselves; after the last attempt a person knows.
func TestPassingProblemsAreTriedAgain(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{})
		for _, path := range []string{"draft/add", "freepublish/submit"} {
			h.platform.Fail(fault(path, 45009, 0, 1))
			if err := h.carry(ref); err == nil {
				t.Errorf("%s: no error for the queue", path)
			}
			h.phase(ref, publish.PhaseQueued)
		}
		h.platform.Fail(fault("", -1, 0, 1))
		if err := h.Carry(h.Context(), channel.Errand{Document: h.document, Ref: ref}, true); err != nil {
			h.Fatal(err)
		}
		h.phase(ref, publish.PhaseFailed)
		h.do(clerk, h.document, publish.Resend{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
	})
}

// What people do over there is seen: a draft that was deleted is made anew, one that
// was published stands, an article that was deleted is gone.
func TestPeopleAtThePlatform(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.platform.DropDrafts()
		h.do(clerk, h.document, publish.LetOut{Ref: ref})
		_ = h.carry(ref)
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		h.platform.DropPublished()
		h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "已撤回"})
		h.carried(ref)
		h.phase(ref, publish.PhaseRecalled)

		ref = h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.platform.PublishDrafts()
		h.do(clerk, h.document, publish.Recall{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseRecalled)
		if len(h.platform.Published()) != 0 {
			t.Error("what somebody published over there still stands")
		}
	})
}

// A token that has run out, or that another program has replaced, is fetched anew.
func TestTokens(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		if n := h.platform.Calls("stable_token"); n != 1 {
			t.Errorf("%d tokens for one way", n)
		}
		h.platform.EndTokens()
		h.do(clerk, h.document, publish.LetOut{Ref: ref})
		h.carried(ref)
		h.phase(ref, publish.PhaseStanding)
		h.now.Advance(3 * time.Hour)
		h.do(clerk, h.document, publish.Recall{Ref: ref, Note: "已撤回"})
		h.carried(ref)
		h.phase(ref, publish.PhaseRecalled)
	})
}

// Nothing of anybody gets out with a wording, and nothing that is too long.
func TestWhatIsNotSent(t *testing.T) {
	each(t, func(h *house) {
		for name, c := range map[string]struct {
			in    publish.Variant
			field string
		}{
			"an ID number":                 {publish.Variant{Title: "公示", Text: "张三，身份证号 11010519491231002X"}, "text"},
			"a long title":                 {publish.Variant{Title: strings.Repeat("长", 65)}, "title"},
			"no title":                     {publish.Variant{}, "title"},
			"a long digest":                {publish.Variant{Title: "公示", Summary: strings.Repeat("长", 121)}, "summary"},
			"a long text":                  {publish.Variant{Title: "公示", Text: strings.Repeat("长"+"\n", 9000)}, "text"},
			"a picture that is not public": {publish.Variant{Title: "公示", Pictures: []publish.File{h.cover}}, "pictures"},
		} {
			err := h.Send(h.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: c.in})
			if fields := errs.FieldsOf(err); len(fields) == 0 || fields[0].Name != c.field {
				t.Errorf("%s: %v (%v)", name, err, fields)
			}
		}
		if err := h.Send(h.Context(), stranger, h.document, publish.Send{Channel: publish.WeChat, Variant: publish.Variant{Title: "x"}}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another organ's clerk sends: %v", err)
		}
		h.send(publish.Send{})
		if err := h.Send(h.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: publish.Variant{Title: "x"}}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("sent twice: %v", err)
		}
	})
}

// Pictures come from the attachments that everybody may have, and are uploaded once.
func TestPictures(t *testing.T) {
	each(t, func(h *house) {
		shown := h.picture("现场.png", 40)
		h.document = h.publish("关于道路施工的通告", "现场如图。", shown)
		ref := h.send(publish.Send{Variant: publish.Variant{Title: "道路施工", Pictures: []publish.File{shown}}})
		h.carried(ref)
		all := h.platform.Published()
		if len(all) != 1 || !strings.Contains(all[0].News.Content, `<img src="http://mmbiz.example/IMG`) {
			t.Errorf("%+v", all)
		}
	})
}

// A correction reaches what is not out yet, and what is out is known to be old.
func TestCorrections(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{Draft: true})
		h.carried(ref)
		h.do(liaison, h.document, publish.Revise{Why: "有误", Note: "时间改为六月"})
		d := h.get(h.document)
		text := d.Content
		text.Text = "全旗居民：\n六月起请错峰用水。"
		h.do(liaison, h.document, publish.Edit{Paper: publish.Paper{Content: text, Attribute: d.Attribute}})
		h.do(liaison, h.document, publish.Submit{})
		h.do(chief, h.document, publish.Pass{})
		h.clear(h.document)
		h.do(head, h.document, publish.Check{})
		h.do(signer, h.document, publish.Sign{})
		h.do(clerk, h.document, publish.Issue{})
		h.carried(ref)
		if drafts := h.platform.Drafts(); len(drafts) != 1 || !strings.Contains(drafts[0].News.Content, "六月起") {
			t.Errorf("%+v", drafts)
		}
	})
}

// The secret is sealed, in no event, and given to nobody.
func TestSecrets(t *testing.T) {
	each(t, func(h *house) {
		if err := h.Set(h.Context(), clerk, channel.Setting{Organ: storetest.BureauID, Channel: publish.WeChat, Name: "x"}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a clerk sets an account: %v", err)
		}
		a, err := h.Account(h.Context(), system, storetest.BureauID, publish.WeChat)
		if err != nil || a.Sealed != nil || a.Tail != "cdef" || !a.Open() {
			t.Errorf("%+v, %v", a, err)
		}
		events, err := h.db.EventsOf(h.Context(), event.Subject{Type: channel.SubjectType, ID: a.ID})
		if err != nil || len(events) != 1 {
			h.Fatalf("%+v, %v", events, err)
		}
		if data := string(events[0].Data); strings.Contains(data, secret) || strings.Contains(data, app) {
			t.Errorf("the log knows it: %s", data)
		}
		kept, err := h.Store.Account(h.Context(), a.ID)
		if err != nil || strings.Contains(string(kept.Sealed), secret[:8]) {
			t.Errorf("it lies open: %v", err)
		}
		if err := h.Set(h.Context(), system, channel.Setting{Organ: storetest.BureauID, Channel: publish.WeChat, Name: "青川发布"}); err != nil {
			t.Errorf("the name cannot be changed without the secret: %v", err)
		}
		if err := h.Try(h.Context(), system, storetest.BureauID, publish.WeChat); err != nil {
			t.Errorf("with the secret of before: %v", err)
		}
		h.platform.EndTokens()
		h.platform.Fail(fault("stable_token", 40164, 0, 1))
		if err := h.Try(h.Context(), system, storetest.BureauID, publish.WeChat); errs.KindOf(err) != errs.Conflict || !strings.Contains(errs.Public(err), "白名单") {
			t.Errorf("from an address that is not let in: %v", err)
		}
		if err := h.End(h.Context(), system, storetest.BureauID, publish.WeChat); err != nil {
			t.Error(err)
		}
		if err := h.Send(h.Context(), clerk, h.document, publish.Send{Channel: publish.WeChat, Variant: publish.Variant{Title: "x"}}); errs.KindOf(err) != errs.Conflict {
			t.Errorf("sent without an account: %v", err)
		}
	})
}

// The ledger tells what stood where on a day, and what the program has to do.
func TestTheLedger(t *testing.T) {
	each(t, func(h *house) {
		ref := h.send(publish.Send{})
		busy := func() (all []channel.Errand) {
			if _, err := h.Busy(h.Context(), func(e channel.Errand) error { all = append(all, e); return nil }); err != nil {
				h.Fatal(err)
			}
			return all
		}
		if got := busy(); len(got) != 1 || got[0].Ref != ref {
			t.Errorf("to carry: %+v", got)
		}
		h.carried(ref)
		if got := busy(); len(got) != 0 {
			t.Errorf("still to carry: %+v", got)
		}
		h.do(clerk, h.document, publish.AddPost{Channel: publish.Weibo, Address: "https://weibo.example/1", Proof: &h.cover})
		h.now.Advance(48 * time.Hour)
		h.do(clerk, h.document, publish.EndPost{Ref: "p3"})
		rows := func(filters map[string]string, words string) (all []string) {
			page, err := h.Ledger(h.Context(), clerk, paging.Query{Filters: filters, Words: words})
			if err != nil || page.Total != len(page.Rows) {
				h.Fatalf("%+v, %v", page, err)
			}
			for _, r := range page.Rows {
				all = append(all, string(r.Channel)+" "+string(r.Phase))
			}
			slices.Sort(all)
			return all
		}
		for _, c := range []struct {
			filters map[string]string
			words   string
			want    string
		}{
			{nil, "", "portal published, wechat published, weibo recalled"},
			{map[string]string{channel.FilterOn: "2026-03-03"}, "", "portal published, wechat published, weibo recalled"},
			{map[string]string{channel.FilterOn: "2026-03-04"}, "", "portal published, wechat published"},
			{map[string]string{channel.FilterOn: "2026-03-01"}, "", ""},
			{map[string]string{channel.FilterYear: "2026", channel.FilterChannel: "wechat"}, "", "wechat published"},
			{map[string]string{channel.FilterPhase: "recalled"}, "", "weibo recalled"},
			{nil, "请错峰", "wechat published"},
		} {
			if got := strings.Join(rows(c.filters, c.words), ", "); got != c.want {
				t.Errorf("%v %q: %s, want %s", c.filters, c.words, got, c.want)
			}
		}
		for _, c := range []struct {
			who   account.Actor
			where account.Place
			kind  errs.Kind
		}{{stranger, account.Place{Organ: storetest.BureauID}, errs.Forbidden}, {clerk, account.Place{Organ: storetest.CountyID, Below: true}, errs.Forbidden}, {clerk, account.Place{Organ: storetest.BureauID, Below: true}, errs.Forbidden}} {
			if _, err := h.Years(h.Context(), c.who, c.where); errs.KindOf(err) != c.kind {
				t.Errorf("%s counts in %+v: %v", c.who.ID, c.where, err)
			}
		}
		watcher := housetest.As("watcher", account.Supervisor, storetest.CountyID)
		if years, err := h.Years(h.Context(), watcher, account.Place{Organ: storetest.CountyID, Below: true}); err != nil || len(years) != 3 {
			t.Errorf("the supervisor counts %+v, %v", years, err)
		}
		page, err := h.Ledger(h.Context(), stranger, paging.Query{})
		if err != nil || page.Total != 0 {
			t.Errorf("another organ sees it: %+v, %v", page, err)
		}
		// Files of documents and accounts stay while they are needed.
		h.now.Advance(72 * time.Hour)
		if n, err := h.files.Tidy(h.Context()); err != nil || n != 0 {
			t.Errorf("%d files were tidied away: %v", n, err)
		}
		if _, err := h.Files.Read(h.cover.Hash); err != nil {
			t.Error(err)
		}
	})
}
