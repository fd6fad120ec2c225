package compile

import (
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// policy is what the settings have by default.
var policy = Policy{January: 31, March: 31, Reminders: []int{15, 7, 3, 1}, JumpFactor: 2, JumpLeast: 10, Places: 2}

// lastYear gives the scene with a signed report of the year before.
func lastYear(s Scene, cells map[annual.Ref]int64, problems string) Scene {
	f := s.Figures
	f.Cells = map[annual.Ref]annual.Value{}
	for ref, v := range s.Figures.Cells {
		f.Cells[ref] = v
	}
	for ref, n := range cells {
		f.Cells[ref] = annual.Int(n)
	}
	c := written().Content
	c.Text[Problems] = problems
	s.Before = c.Compose(s.Organ.Name, 2024, f, day("2025-01-10"))
	s.Former, s.Policy = s.Before, policy
	return s
}

func TestJumpsWantAnExplanation(t *testing.T) {
	received := annual.Ref{Table: "table3", Row: "R1", Column: "C7"}
	fees := annual.Ref{Table: "table2", Row: "fees", Column: "amount"}
	for name, c := range map[string]struct {
		before, now int64
		ref         annual.Ref
		jump        bool
	}{
		"twice as many":           {10, 20, received, true},
		"not quite twice":         {11, 20, received, false},
		"few":                     {1, 3, received, false},
		"out of nothing":          {0, 10, received, true},
		"half":                    {40, 20, received, true},
		"all gone":                {12, 0, received, true},
		"money counts by 万元":      {100_000_000, 200_000_000, fees, true},
		"less than ten 万元 matter": {1_000_000, 3_000_000, fees, false},
	} {
		x := Compared{Ref: c.ref, Now: annual.Int(c.now), Before: annual.Int(c.before)}
		if policy.jumps(x) != c.jump {
			t.Errorf("%s: %v", name, !c.jump)
		}
	}
	s := lastYear(bureau(day("2026-01-12")), map[annual.Ref]int64{received: 40, {Table: "table3", Row: "R1", Column: "C1"}: 40}, "更新不够及时。")
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	if err := do(t, r, s, Start{}, written()); err != nil {
		t.Fatal(err)
	}
	find := func() []Finding {
		return slices.DeleteFunc(r.Draft.Examine(s, 2025).Findings, func(f Finding) bool { return f.Rule != Jumped })
	}
	open := find()
	if len(open) != 1 || open[0].Where.Column != "C7" || !strings.Contains(open[0].Message, "上年40，本年0") {
		t.Fatalf("%+v", open)
	}
	if err := do(t, r, s, Write{Content{Reasons: map[string]string{open[0].Key: "征地工作已经结束"}}}); err != nil {
		t.Fatal(err)
	}
	x := r.Draft.Examine(s, 2025)
	if !slices.ContainsFunc(x.Suggest(s), func(o Suggestion) bool {
		return o.Section == OnRequest && strings.Contains(o.Text, "由上年的40件变为0件，主要原因是征地工作已经结束。")
	}) {
		t.Errorf("the reason is not offered as a sentence: %+v", x.Suggest(s))
	}
	s.Figures.Cells[received] = annual.Int(90)
	if open := find(); len(open) != 1 || open[0].Reason != "" {
		t.Errorf("the figure is another, and the old reason holds: %+v", open)
	}
}

// What became of last year's problems is asked for, and printed behind the improvements.
func TestLastYearsProblems(t *testing.T) {
	s := lastYear(bureau(day("2026-01-12")), nil, "政策解读形式单一；基层查询点偏少。\n培训不够。")
	if got := s.Problems(); !slices.Equal(got, []string{"政策解读形式单一", "基层查询点偏少", "培训不够"}) && !slices.Equal(got, []string{"政策解读形式单一", "基层查询点偏少；培训不够"}) {
		t.Fatalf("%q", got)
	}
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	if err := do(t, r, s, Start{}, written()); err != nil {
		t.Fatal(err)
	}
	left := func() int {
		n := 0
		for _, f := range r.Draft.Examine(s, 2025).Findings {
			if f.Rule == unanswered {
				n++
			}
		}
		return n
	}
	before := left()
	says(t, do(t, r, s, Write{Content{Became: []Outcome{{"没有提过的问题", "办了"}}}}), "没有提出这个问题")
	if err := do(t, r, s, Write{Content{Became: []Outcome{{"政策解读形式单一", "已增加图解12件。"}, {"基层查询点偏少", ""}}}}); err != nil {
		t.Fatal(err)
	}
	if left() != before-1 || before < 2 {
		t.Errorf("%d of %d problems left", left(), before)
	}
	text := r.Draft.Compose("x", 2025, s.Figures, s.Today).Text(5)
	if !strings.Contains(text, "上年报告提出的问题，整改情况如下：“政策解读形式单一”，已增加图解12件。") {
		t.Error(text)
	}
	if err := do(t, r, s, Write{Content{Text: map[Section]string{Platform: "另一段。"}}}); err != nil || len(r.Draft.Became) != 1 {
		t.Errorf("writing elsewhere loses what became of them: %v, %+v", err, r.Draft.Became)
	}
}

// A typed number beside the name of a figure must be that figure.
func TestNumbersBesideTheirName(t *testing.T) {
	s := bureau(day("2026-01-12"))
	s.Figures.Named = append(
		s.Figures.Named,
		Figure{Name: "opinions.total", Word: Word{"意见建议", "opinions"}, Value: 19},
		Figure{Name: "wechat.posts", Word: Word{"另一个公众号发布", "posts elsewhere"}, Says: []string{"微信公众号发布"}, Value: 31},
	)
	for text, want := range map[string]string{
		"微信公众号发布各类信息226条。":          "226",
		"微信公众号发布各类信息228条。":          "",
		"微信公众号发布各类信息31条。":           "", // of two figures one is it
		"微信公众号发布{{posts.wechat}}条。": "",
		"全年共收集意见建议21条。":             "21",
		"上年共收集意见建议21条。":             "",
		"意见建议的办理情况已在2025年6月公开。":     "",
		"设立窗口12个，收集意见建议19条。":        "",
		"每季度收集意见建议3条以上。":            "",
	} {
		got := ""
		for _, f := range typed(Place{}, rule.Where{Table: "text"}, text, s.Figures) {
			if f.Rule == contradicts {
				got = f.Actual
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestSuggestionsSpeakOfWhatIsThere(t *testing.T) {
	s := bureau(day("2026-01-12"))
	s.Figures.Named = append(
		s.Figures.Named,
		Figure{Name: "opinions.total", Word: Word{"收集的意见建议", "opinions"}, Section: Proactive, Unit: "条", Value: 19},
		Figure{Name: "consultations.held", Word: Word{"意见征集", "consultations"}, Section: Proactive, Unit: "次", Value: 2},
		Figure{Name: "training.people", Word: Word{"培训", "training"}, Section: Supervision, Unit: "人次"},
		Figure{Name: "fees.demands", Word: Word{"收费通知", "fee notices"}, Section: Other},
	)
	x := Examination{Report: Content{}.Compose("x", 2025, s.Figures, s.Today)}
	all := map[Section]string{}
	for _, o := range x.Suggest(s) {
		all[o.Section] += o.Text
		if filled, unknown := s.Figures.Fill(o.Text); len(unknown) > 0 || strings.Contains(filled, "{{") {
			t.Errorf("%s: %v", o.Text, unknown)
		}
	}
	for section, want := range map[Section]string{
		Proactive: "全年共收集各类意见建议{{opinions.total}}条。全年意见征集{{consultations.held}}次。", OnRequest: "未收到政府信息公开申请", Other: "未收取信息处理费",
	} {
		if !strings.Contains(all[section], want) {
			t.Errorf("%s: %q", section, all[section])
		}
	}
	if all[Supervision] != "" {
		t.Errorf("what is nothing is offered: %s", all[Supervision])
	}
}

// 31 January 2026 is a Saturday and stays the last day; the seventh day before it is a
// Saturday as well, and told on the Friday.
func TestReminders(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]int{
		"2026-01-15": 0, "2026-01-16": 15, "2026-01-22": 15, "2026-01-23": 7, "2026-01-27": 7, "2026-01-28": 3, "2026-01-29": 3, "2026-01-30": 1, "2026-01-31": 1, "2026-02-02": 0,
	} {
		if got := policy.Reminder(cal, day(at), day("2026-01-31")); got != want {
			t.Errorf("%s: %d, want %d", at, got, want)
		}
	}
	p := policy
	p.Township, p.Field = 20, 25
	for name, want := range map[string]string{"青川旗民政局": "2026-01-31", "城关镇人民政府": "2026-01-20", "青川旗人民政府": "2026-03-31", "青川工业园区管委会": "2026-01-25"} {
		if got := p.Due(org.Node{Name: name}, 2025); got.String() != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
