package consult

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/procedure/proceduretest"
)

func TestTableIsSound(t *testing.T) { proceduretest.Sound(t, rows.Table) }

func TestKindsRestOnTheLaw(t *testing.T) {
	for _, s := range Sorts() {
		if err := law.CheckCitation(s.Cite); err != nil {
			t.Errorf("%s: %v", s.Kind, err)
		}
		if s.Chinese == "" || s.English == "" {
			t.Errorf("%s has no words", s.Kind)
		}
	}
	for _, all := range [][]Choice{Phases(), Channels(), Givers(), Outcomes(), Asides()} {
		seen := map[string]bool{}
		for _, c := range all {
			if c.Value == "" || c.Chinese == "" || c.English == "" || seen[c.Value] {
				t.Errorf("%+v", c)
			}
			seen[c.Value] = true
		}
	}
}

var usual = Policy{Normative: 7, Other: 7, Feedback: 15, Lead: 3}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

func date(t fataler, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The periods of 08-consultation-and-surveys.md, each from Monday, 2 March 2026 or over a
// holiday.
func TestLeastPeriods(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		kind         Kind
		policy       Policy
		opens, least string
	}{
		{"规章 drafts: 30 days", Rules, usual, "2026-03-02", "2026-04-01"},
		{"重大行政决策: 30 days", Decision, usual, "2026-03-02", "2026-04-01"},
		{"close to business (市场主体): 30 days", Business, usual, "2026-03-02", "2026-04-01"},
		{"行政规范性文件: 7 working days", Normative, usual, "2026-03-02", "2026-03-11"},
		{"行政规范性文件 over 国庆节: days of rest are not counted", Normative, usual, "2026-09-28", "2026-10-13"},
		{"30 days run through holidays", Rules, usual, "2026-09-28", "2026-10-28"},
		{"北京 policy measures: 5 working days", Other, Policy{Normative: 7, Other: 5}, "2026-03-02", "2026-03-09"},
		{"六安: a stricter setting for normative documents", Normative, Policy{Normative: 20, Other: 7}, "2026-03-02", "2026-03-30"},
	} {
		least, err := c.policy.Least(c.kind, date(t, c.opens), cal)
		if err != nil || least != date(t, c.least) {
			t.Errorf("%s: %s, want %s (%v)", c.name, least, c.least, err)
			continue
		}
		s := Scene{Policy: c.policy, Cal: cal, Today: date(t, c.opens)}
		content := good(date(t, c.opens), least)
		content.Kind = c.kind
		if why := content.missing(&s); why != "" {
			t.Errorf("%s: refused on its least day: %s", c.name, why)
		}
		content.Until = least.Add(-1)
		if content.missing(&s) == "" || !content.Short(c.policy, cal) {
			t.Errorf("%s: a day less is taken", c.name)
		}
		content.Urgent = "汛期将至，需要在主汛期前施行。"
		if why := content.missing(&s); why != "" {
			t.Errorf("%s: shorter in urgency, with an explanation: %s", c.name, why)
		}
	}
}

func good(from, until calendar.Date) Content {
	return Content{
		Title: "关于《青川旗公共停车场管理办法（征求意见稿）》公开征求意见的公告", Kind: Normative, From: from, Until: until,
		Draft: Paper{Text: "第一条　为了规范停车场管理，制定本办法。"}, Explanation: Paper{Text: "一、起草的背景和依据。"}, Contact: "政策法规股", Phone: "0478-3212345",
	}
}

// What must be published: draft, explanation, ways and period, contact.
func TestWhatMustBePublished(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	from := date(t, "2026-03-02")
	s := Scene{Policy: usual, Cal: cal, Today: from}
	for name, without := range map[string]func(*Content){
		"the draft": func(c *Content) { c.Draft = Paper{} }, "the explanation": func(c *Content) { c.Explanation = Paper{} }, "the period": func(c *Content) { c.Until = calendar.Date{} },
		"the contact": func(c *Content) { c.Contact = "" }, "the telephone": func(c *Content) { c.Phone = "" },
	} {
		c := good(from, date(t, "2026-03-11"))
		without(&c)
		if c.missing(&s) == "" {
			t.Errorf("it is published without %s", name)
		}
	}
	c := good(from, date(t, "2026-03-11"))
	c.Draft, c.Explanation = Paper{Files: []File{{"h", "稿.docx"}}}, Paper{Files: []File{{"h", "说明.pdf"}}}
	if why := c.missing(&s); why != "" {
		t.Errorf("files alone are refused: %s", why)
	}
}

// How a consultation stands is told by its days alone.
func TestPhasesFollowTheDays(t *testing.T) {
	row := Row{Status: Approved, From: date(t, "2026-03-02"), Until: date(t, "2026-03-11"), Due: date(t, "2026-04-01")}
	for _, c := range []struct {
		day    string
		want   Phase
		left   int
		public bool
	}{
		{"2026-03-01", Waiting, 0, false},
		{"2026-03-02", Open, 10, true},
		{"2026-03-11", Open, 1, true},
		{"2026-03-12", Ended, 0, true},
		{"2026-04-01", Ended, 0, true},
		{"2026-04-02", Overdue, 0, true},
	} {
		day := date(t, c.day)
		if got := row.Phase(day); got != c.want || row.DaysLeft(day) != c.left || row.Public(day) != c.public {
			t.Errorf("%s: %s with %d days left, public %t", c.day, got, row.DaysLeft(day), row.Public(day))
		}
	}
	row.Status = Drafting
	if row.Public(date(t, "2026-03-05")) {
		t.Error("a draft is public")
	}
	row.Status, row.EndedOn = Withdrawn, date(t, "2026-03-01")
	if row.Public(date(t, "2026-03-05")) {
		t.Error("what was withdrawn before it opened becomes public")
	}
	row.EndedOn = date(t, "2026-03-04")
	if !row.Public(date(t, "2026-03-05")) || row.Phase(date(t, "2026-03-05")) != Stopped {
		t.Error("what was withdrawn vanishes")
	}
}

// deeds gives a deed for every row, as somebody would do it on a day.
func deeds(t *rapid.T, kind event.Kind, today calendar.Date) Deed {
	until := today.Add(rapid.IntRange(5, 20).Draw(t, "until"))
	switch kind {
	case Begun:
		return Begin{good(today.Add(rapid.IntRange(0, 5).Draw(t, "from")), until.Add(10))}
	case Edited:
		return Edit{good(today.Add(rapid.IntRange(0, 5).Draw(t, "from")), until.Add(10))}
	case Submitted:
		return Submit{}
	case GaveUp:
		return GiveUp{"不再制定。"}
	case TakenBack:
		return TakeBack{}
	case ReturnedByHead:
		return SendBack{"请补充依据。"}
	case Agreed:
		return Approve{}
	case Recalled:
		return Recall{"条文有误。"}
	case Extended:
		return Extend{until, "应企业要求延长。"}
	case CalledOff:
		return CallOff{"上位法即将修订。"}
	case FeedbackWritten:
		return Write{"反馈如下。"}
	case FeedbackSubmitted:
		return SubmitFeedback{}
	case FeedbackTakenBack:
		return TakeFeedbackBack{}
	case FeedbackReturned:
		return SendFeedbackBack{"请写明理由。"}
	case FeedbackPublished:
		return Publish{}
	case CorrectionBegun:
		return Correct{"漏计一条。"}
	case FinalLinked:
		return LinkFinal{"document"}
	}
	t.Fatalf("no deed for %s", kind)
	return nil
}

// Whatever is done in whatever order, a refusal changes nothing, nothing that everybody
// read vanishes, nobody approves what they wrote, nothing is open without having been
// approved, and counts add up.
func TestAnyWayThroughTheTable(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	taken := map[event.Kind]bool{}
	walk := func(t *rapid.T) {
		c := Consultation{ID: "c", Organ: "bureau"}
		today := date(t, "2026-03-02")
		var ledger []Opinion
		for range rapid.IntRange(20, 80).Draw(t, "steps") {
			today = today.Add(rapid.SampledFrom([]int{0, 0, 0, 0, 1, 25}).Draw(t, "days"))
			if c.Takes(today) {
				ledger = append(ledger, anyOpinion(t, len(ledger), today))
			}
			s := Scene{At: time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai), Today: today, Organ: org.Node{ID: "bureau"}, Policy: usual, Cal: cal, Ledger: ledger}
			var all []event.Kind
			for _, row := range rows.From(c.Status) {
				if ends := row.Event == GaveUp || row.Event == CalledOff; !ends || rapid.IntRange(0, 9).Draw(t, "ends") == 0 {
					all = append(all, row.Event)
				}
			}
			if len(rows.From(c.Status)) == 0 {
				break
			}
			if len(all) == 0 {
				continue
			}
			kind := rapid.SampledFrom(all).Draw(t, "event")
			actor := "clerk"
			if rows.Nearest(c.Status, kind).Right == account.ApproveConsultations && rapid.IntRange(0, 5).Draw(t, "same") > 0 {
				actor = "head"
			}
			s.Actor = actor
			before, digest := c.copied(), c.Digest()
			if _, err := c.Do(deeds(t, kind, today), s); err != nil {
				if c.Digest() != digest {
					t.Fatalf("%s was refused and changed the record", kind)
				}
				if k := errs.KindOf(err); k != errs.Conflict && k != errs.Invalid {
					t.Fatalf("%s: %v", kind, err)
				}
				continue
			}
			taken[kind] = true
			sound(t, before, c, kind, actor, ledger, today)
		}
	}
	for rounds := 0; rounds < 20 && len(taken) < len(Acts()); rounds++ {
		rapid.Check(t, walk)
	}
	for _, a := range Acts() {
		if !taken[a.Event] {
			t.Errorf("no walk came through %s", a.Event)
		}
	}
}

func sound(t *rapid.T, before, c Consultation, kind event.Kind, actor string, ledger []Opinion, today calendar.Date) {
	switch {
	case len(c.History) != len(before.History)+1, len(c.Feedback) < len(before.Feedback), len(c.Notes) < len(before.Notes):
		t.Fatalf("%s: something that happened or was told vanished", kind)
	case kind == Agreed && fmt.Sprint(before.Hands) != "[]" && before.Hands[0] == actor:
		t.Fatal("somebody approves what they wrote")
	case kind == FeedbackPublished && c.Feedback[len(c.Feedback)-1].Hands[0] == actor:
		t.Fatal("somebody publishes the feedback that they wrote")
	case c.row(calendar.Date{}).Public(today) && c.ApprovedOn.IsZero():
		t.Fatalf("%s: public without approval", kind)
	case before.row(calendar.Date{}).Public(today) && !c.row(calendar.Date{}).Public(today):
		t.Fatalf("%s: what everybody read is gone", kind)
	}
	if f, ok := c.Told(); ok && kind == FeedbackPublished {
		n := 0
		for _, g := range f.Groups {
			n += g.N
			if g.Outcome != Adopted && g.Reason == "" {
				t.Fatal("a refusal without a reason")
			}
		}
		if k := f.Count; n != k.Received || k.Received != k.Adopted+k.Partly+k.Declined || k.Unanswered != 0 {
			t.Fatalf("the feedback counts %+v, its groups %d", k, n)
		}
	}
	if k := Sum(ledger); k.Received+k.Aside != len(ledger) || k.Received != k.Adopted+k.Partly+k.Declined+k.Unanswered {
		t.Fatalf("%+v of %d", k, len(ledger))
	}
}

func anyOpinion(t *rapid.T, n int, on calendar.Date) Opinion {
	o := Opinion{ID: fmt.Sprint(n), On: on, Outcome: rapid.SampledFrom([]Outcome{Adopted, Partly, Declined}).Draw(t, "outcome"), Gist: rapid.SampledFrom([]string{"降低收费", "延长时间"}).Draw(t, "gist")}
	if o.Outcome != Adopted {
		o.Reason = "与上位法不一致。"
	}
	if rapid.IntRange(0, 4).Draw(t, "aside") == 0 {
		o.Aside, o.Outcome = "spam", ""
	}
	return o
}
