package filing

import (
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/procedure/proceduretest"
	"gongkai/internal/rule"
)

func TestTableIsSound(t *testing.T) { proceduretest.Sound(t, rows.Table) }

// The standard set can be taken as it is: names, words and sources hold.
func TestStandardSetIsSound(t *testing.T) {
	var all []Figure
	for i, f := range Standard() {
		f.ID, f.Organ, f.Section, f.From, f.Nth = f.Name, "bureau", "bureau", calendar.On(2026, 1, 1), i
		if err := f.check(all); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Cite != "" {
			if err := law.CheckCitation(f.Cite); err != nil {
				t.Error(err)
			}
		}
		all = append(all, f)
	}
	cells := 0
	for _, f := range all {
		if _, ok := f.Cell(annual.FormFor(2026)); ok {
			cells++
		}
	}
	if cells != 4 {
		t.Errorf("%d of the four cells that no record has are filled", cells)
	}
}

func TestPeriods(t *testing.T) {
	for text, want := range map[string]struct{ first, last, before, year string }{
		"2026-01": {"2026-01-01", "2026-01-31", "2025-12", "2025-01"},
		"2024-02": {"2024-02-01", "2024-02-29", "2024-01", "2023-02"},
		"2026-Q1": {"2026-01-01", "2026-03-31", "2025-Q4", "2025-Q1"},
		"2026-Q4": {"2026-10-01", "2026-12-31", "2026-Q3", "2025-Q4"},
		"2026":    {"2026-01-01", "2026-12-31", "2025", "2025"},
	} {
		p, err := ParsePeriod(text)
		if err != nil || p.First().String() != want.first || p.Last().String() != want.last || p.Before().String() != want.before || p.LastYear().String() != want.year {
			t.Errorf("%s: %+v %v: %s to %s, before it %s, a year before %s", text, p, err, p.First(), p.Last(), p.Before(), p.LastYear())
		}
	}
	for _, text := range []string{"", "2026-13", "2026-0", "2026-1", "2026-Q5", "2026-Q0", "x", "2026-11-01", "-1"} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is taken for %+v", text, p)
		}
	}
}

// What was typed is a number or says why it is none.
func TestNumbersAsTheyAreTyped(t *testing.T) {
	count, money := Field{Figure: Figure{Unit: Count}}, Field{Figure: Figure{Unit: Money}, Money: true}
	for _, c := range []struct {
		field Field
		typed string
		n     int64
		told  bool
		wrong string
	}{
		{count, "15", 15, true, ""},
		{count, " 1,234 ", 1234, true, ""},
		{count, "１６５０", 1650, true, ""},
		{count, "12.0", 12, true, ""},
		{count, "", 0, false, ""},
		{count, "12.5", 0, true, "不是整数"},
		{count, "-3", 0, true, "负数"},
		{count, "-", 0, true, "没有的填 0"},
		{count, "无", 0, true, "没有的填 0"},
		{count, "9999999999999999999", 0, true, "不是数"},
		{money, "12.5", 12_500_000, true, ""},
		{money, "0.003", 3_000, true, ""},
		{money, "0.0000001", 0, true, "六位小数"},
		{money, "-1", 0, true, "负数"},
		{money, "九万", 0, true, "不是金额"},
	} {
		n, told, err := c.field.Parse(c.typed)
		if n != c.n || told != c.told || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%q: %d %v %v", c.typed, n, told, err)
		}
	}
}

// bureau is the scene of a month in a bureau: opinions, those in writing and by
// questionnaire, and charges.
func bureau(actor string) Scene {
	figure := func(name, chinese string, unit Unit) Figure {
		return Figure{ID: name, Organ: "bureau", Name: name, Word: Word{Chinese: chinese, English: name}, Unit: unit, Every: Monthly, Section: "section", Role: account.Liaison, From: calendar.On(2026, 1, 1)}
	}
	all, written, asked := figure("opinions.all", "意见建议", Count), figure("opinions.written", "书面", Count), figure("opinions.asked", "问卷", Count)
	all.Parts, all.Most = []string{"opinions.written", "opinions.asked"}, 500
	return Scene{
		Actor: actor, At: time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC), Today: calendar.On(2026, 3, 31), Period: Period{2026, Monthly, 3}, Organ: org.Node{ID: "bureau", Name: "政务服务局"},
		Section: org.Node{ID: "section", Name: "审批管理股"}, Figures: []Figure{all, written, asked, figure("fees.amount", "收费", Money)}, Jump: 3,
		Before:   map[string]int64{"opinions.all": 12, "opinions.written": 4, "opinions.asked": 8, "fees.amount": 10_000_000},
		LastYear: map[string]int64{"opinions.all": 10, "opinions.written": 5, "opinions.asked": 5, "fees.amount": 9_000_000},
		Due:      calendar.On(2026, 4, 7), Lead: 3, Judge: account.Place{Organ: "section"},
	}
}

func filled(values ...int64) Content {
	c := Content{Values: map[string]int64{}}
	for i, key := range []string{"opinions.all", "opinions.written", "opinions.asked", "fees.amount"} {
		if i < len(values) {
			c.Values[key] = values[i]
		}
	}
	return c
}

func TestWhatSpeaksAgainstFigures(t *testing.T) {
	s := bureau("a")
	for name, c := range map[string]struct {
		content  Content
		severity rule.Severity
		says     string
	}{
		"as always":                     {filled(13, 5, 8, 9_500_000), "", ""},
		"one is missing":                {filled(13, 5, 8), rule.Error, "“收费”没有填写"},
		"the total is not its parts":    {filled(14, 5, 8, 9_500_000), rule.Error, "之和是13"},
		"more than three times":         {filled(40, 32, 8, 9_500_000), rule.Warning, "上期是12"},
		"less than a third":             {filled(3, 1, 2, 9_500_000), rule.Warning, "“意见建议”为3，上期是12"},
		"beyond its bounds":             {filled(501, 5, 496, 9_500_000), rule.Warning, "合理范围（0至500）"},
		"money in another unit":         {filled(13, 5, 8, 95_000_000_000), rule.Warning, "“收费”为95000"},
		"nothing happened, all at once": {Content{Nil: true}, rule.Warning, "“意见建议”为0，上期是12"},
	} {
		t.Run(name, func(t *testing.T) {
			all := c.content.Examine(s)
			if c.says == "" {
				if len(all) > 0 {
					t.Errorf("%+v", all)
				}
				return
			}
			for _, f := range all {
				if f.Severity == c.severity && strings.Contains(f.Message, c.says) {
					return
				}
			}
			t.Errorf("%q is not said: %+v", c.says, all)
		})
	}
	s.Jump = 0
	if all := filled(400, 392, 8, 9_500_000).Examine(s); len(all) > 0 {
		t.Errorf("nobody wants to hear of jumps: %+v", all)
	}
}

// Whole tables are judged by the rules of the checker.
func TestSheetsAreJudgedByTheChecker(t *testing.T) {
	s := bureau("a")
	s.Period = Period{2026, Yearly, 1}
	s.Before, s.LastYear = nil, nil
	s.Figures = []Figure{{Name: "sheet.requests", Unit: Table3, Every: Yearly}, {Name: "sheet.disputes", Unit: Table4, Every: Yearly}}
	c := Content{Values: map[string]int64{}}
	for _, f := range Fields(s.Figures, s.Period) {
		c.Values[f.Key] = 0
	}
	if all := (Content{}).Examine(s); len(all) != 2 || !strings.Contains(all[0].Message, "有175格没有填写") {
		t.Errorf("what is empty is told cell by cell: %d, %+v", len(all), all[0])
	}
	if len(c.Values) != 25*7+15 {
		t.Fatalf("%d cells are asked for", len(c.Values))
	}
	if all := c.Examine(s); len(all) > 0 {
		t.Fatalf("a year without requests: %+v", all)
	}
	c.Values["table3/R1/C1"] = 3
	rules := map[string]bool{}
	for _, f := range c.Examine(s) {
		if f.Severity != rule.Error || !strings.HasPrefix(f.Field, "table3/") {
			t.Errorf("%+v", f)
		}
		rules[f.Field] = true
	}
	if len(rules) < 2 { // the column does not balance, the row does not add up
		t.Errorf("%v", rules)
	}
	for _, key := range []string{"table3/R1/C7", "table3/R4/C1", "table3/R4/C7"} {
		c.Values[key] = 3
	}
	if all := c.Examine(s); len(all) > 0 {
		t.Errorf("%+v", all)
	}
	s.Before = map[string]int64{}
	for key := range c.Values {
		s.Before[key] = 0
	}
	s.Before["table3/R4/C1"], s.Before["table3/R4/C7"] = 2, 2
	if all := c.Examine(s); len(all) == 0 {
		t.Error("what the year before carried over is not carried in, and nobody says so")
	}
}

func do(t *testing.T, r *Return, s Scene, deeds ...Deed) error {
	t.Helper()
	for i, deed := range deeds {
		if _, err := r.Do(deed, s); err != nil {
			if i < len(deeds)-1 {
				t.Fatalf("%s: %v", deed.Event(), err)
			}
			return err
		}
	}
	return nil
}

func says(t *testing.T, err error, sentence string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), sentence) {
		t.Errorf("%v does not say %q", err, sentence)
	}
}

// From the first figure to the correction of what was confirmed.
func TestLifeOfAReturn(t *testing.T) {
	filer, head := bureau("filer"), bureau("head")
	r := &Return{ID: "section.liaison.2026-03", Organ: "bureau", Key: Key{"section", account.Liaison, filer.Period}}
	says(t, do(t, r, filer, Submit{}), "不能办理")
	says(t, do(t, r, filer, Fill{Content: filled(-1)}), "0 或者更大")
	says(t, do(t, r, filer, Fill{Content: filled(13, 5)}, Submit{}), "没有填写")
	early := filer
	early.Today = calendar.On(2026, 3, 30)
	says(t, do(t, r, early, Submit{}), "还会变化")
	jump := filled(40, 32, 8, 9_500_000)
	says(t, do(t, r, filer, Fill{Content: jump}, Submit{}), "没有说明原因")
	jump.Remarks = map[string]string{}
	for _, f := range r.Draft.Examine(filer) {
		jump.Remarks[f.Key] = "三月开展问卷调查"
	}
	if err := do(t, r, filer, Fill{Content: jump}, Submit{}); err != nil || r.Status != Submitted {
		t.Fatalf("%v %s", err, r.Status)
	}
	says(t, do(t, r, filer, Confirm{}), "由您填报")
	says(t, do(t, r, head, SendBack{}), "请写明为什么退回")
	if err := do(t, r, head, SendBack{"核对问卷份数"}); err != nil || r.Status != Drafting || r.Draft.Back == "" {
		t.Fatalf("%v %+v", err, r)
	}
	if err := do(t, r, filer, Fill{Content: filled(14, 6, 8, 9_500_000)}); err != nil || len(r.Draft.Remarks) != 0 {
		t.Fatalf("a remark stays though what it was about is gone: %v %+v", err, r.Draft.Remarks)
	}
	if err := do(t, r, filer, Submit{}, TakeBack{}, Submit{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, r, head, Confirm{}); err != nil || r.Status != Confirmed {
		t.Fatalf("%v %s", err, r.Status)
	}
	first, _ := r.Last()
	if !first.Genuine() || first.Values["opinions.all"] != 14 || r.History[len(r.History)-1].Hash != first.Hash {
		t.Errorf("%+v", first)
	}
	says(t, do(t, r, filer, Correct{}), "请写明更正什么")
	if err := do(t, r, filer, Correct{"漏计1条"}, Drop{}); err != nil || r.Status != Confirmed || r.Draft != nil {
		t.Fatalf("%v %+v", err, r)
	}
	if err := do(t, r, filer, Correct{"漏计1条"}, Fill{Content: filled(15, 7, 8, 9_500_000)}, Submit{}); err != nil {
		t.Fatal(err)
	}
	if last, _ := r.Last(); last.Values["opinions.all"] != 14 {
		t.Error("a correction counts before anybody has confirmed it")
	}
	if err := do(t, r, head, Confirm{}); err != nil {
		t.Fatal(err)
	}
	if len(r.Versions) != 2 || r.Versions[0].Hash != first.Hash || !r.Versions[0].Genuine() || r.Versions[1].Why != "漏计1条" || r.Versions[1].Values["opinions.all"] != 15 {
		t.Errorf("%+v", r.Versions)
	}
}

// 零报告 is one tick: what is added up is 0, what stands stays.
func TestNothingHappened(t *testing.T) {
	s := bureau("filer")
	s.Before = map[string]int64{"services.items": 1650}
	s.Figures = append(s.Figures, Figure{Name: "services.items", Stock: true, Unit: Count, Every: Monthly})
	r := &Return{ID: "x", Key: Key{"section", account.Liaison, s.Period}}
	s.LastYear = nil
	if err := do(t, r, s, Fill{Content: Content{Nil: true}}, Submit{}); err != nil {
		t.Fatal(err)
	}
	if v := r.Draft.Values; len(v) != 5 || v["opinions.all"] != 0 || v["services.items"] != 1650 {
		t.Errorf("%v", v)
	}
	says(t, do(t, &Return{}, s, Fill{Content: filled(1)}, Drop{}), "没有确认过")
}

func TestFold(t *testing.T) {
	figures := []Figure{{Name: "a.b", Nth: 1}, {Name: "c.d", Nth: 2, Stock: true}}
	march, may := Period{2026, Monthly, 3}, Period{2026, Monthly, 5}
	all := Fold(figures, []Value{
		{"s.liaison.2026-05", may, "c.d", 7},
		{"s.liaison.2026-03", march, "c.d", 9},
		{"s.liaison.2026-03", march, "a.b", 1},
		{"s.liaison.2026-05", may, "a.b", 2},
		{"s.liaison.2026-05", may, "gone.away", 100},
	})
	if len(all) != 2 || all[0].N != 3 || all[0].Returns != 2 || all[1].N != 7 {
		t.Errorf("%+v", all)
	}
	if all := Fold(figures, nil); len(all) != 0 {
		t.Errorf("what nobody filed is 0: %+v", all)
	}
}
