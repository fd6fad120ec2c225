package compile

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/org"
	"gongkai/internal/procedure/proceduretest"
)

func TestTableIsSound(t *testing.T) { proceduretest.Sound(t, rows.Table, Arrived, Failed) }

// bureau is the scene of a bureau like that of the model report: nobody asked for
// anything, 228 posts.
func bureau(today calendar.Date) Scene {
	f := Figures{Cells: map[annual.Ref]annual.Value{}, Named: []Figure{
		{Name: "requests.received", Word: Word{"新收申请", "requests received"}},
		{Name: "requests.carried-in", Word: Word{"上年结转", "carried in"}},
		{Name: "requests.concluded", Word: Word{"办结申请", "requests concluded"}},
		{Name: "requests.granted", Word: Word{"予以公开", "granted"}},
		{Name: "requests.granted-in-part", Word: Word{"部分公开", "granted in part"}},
		{Name: "requests.carried-over", Word: Word{"结转下年", "carried over"}},
		{Name: "posts.wechat", Word: Word{"微信公众号发布", "posts on WeChat"}, Value: 228},
		{Name: "fees.received", Word: Word{"信息处理费", "fees"}, Money: true},
	}}
	r := annual.Report{Form: annual.FormFor(2025)}
	for _, ref := range r.Refs() {
		f.Cells[ref] = annual.Int(0)
	}
	for _, ref := range FiledCells(annual.FormFor(2025)) {
		delete(f.Cells, ref)
	}
	return Scene{
		Actor: "clerk", At: time.Date(2026, 1, 12, 9, 0, 0, 0, time.UTC), Today: today, Figures: f,
		Organ:   org.Node{ID: "bureau", Name: "青川旗政务服务局"},
		Contact: Contact{Site: "青川旗人民政府网站（http://zwgk.example.cn）", Phone: "0478-3267955"},
	}
}

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// written is what people add to what the form says already.
func written() Write {
	zero := Filed{Source: "审批管理股年度统计"}
	return Write{Content{
		Text: map[Section]string{
			General:      "2025年，我局将政务公开与全旗政府的工作要求相结合，稳步提升公开质效。",
			Proactive:    "依托政务服务大厅开展问卷调查，微信公众号发布各类信息{{posts.wechat}}条。",
			Management:   "落实公开属性源头认定机制，起草文件时即认定公开属性。",
			Platform:     "以旗政府网站、政务服务大厅为主要公开平台，及时、准确、规范地发布信息。",
			Supervision:  "成立由主要领导任组长的领导小组，对网上公开信息实行监测，纳入绩效考核。",
			Problems:     "政策法规培训相对偏少，公开渠道多样化有待拓宽。",
			Improvements: "每季度组织一次培训；在大厅增设查询终端。",
		},
		Filed: map[string]Filed{"table2/licences/decisions": zero, "table2/penalties/decisions": zero, "table2/coercion/decisions": zero, "table2/fees/amount": zero},
	}}
}

// do does deeds one after the other and gives the error of the last.
func do(t *testing.T, r *Report, s Scene, deeds ...Deed) error {
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

// From the first draft to the correction of what was published.
func TestLifeOfAReport(t *testing.T) {
	s := bureau(day("2026-01-12"))
	head, signer := s, s
	head.Actor, signer.Actor = "head", "signer"
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	says(t, do(t, r, s, Start{}, Submit{}), "检查有")
	if err := do(t, r, s, written()); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Draft.Examine(s, 2025).Findings {
		if f.Severity != "info" {
			t.Errorf("%s %s %+v: %s", f.Rule, f.Severity, f.Where, f.Message)
		}
	}
	if err := do(t, r, s, Submit{}); err != nil {
		t.Fatal(err)
	}
	says(t, do(t, r, s, Pass{}), "由您编写")
	says(t, do(t, r, head, SendBack{By: ReturnedByHead}), "请写明为什么退回")
	if err := do(t, r, head, SendBack{By: ReturnedByHead, Reasons: "改进情况写具体些"}); err != nil || r.Status != Compiling || r.Draft.Return == "" {
		t.Fatalf("%v, %+v", err, r)
	}
	early := signer
	early.Today = day("2025-12-30")
	says(t, do(t, r, early, Sign{}), "不能办理")
	if err := do(t, r, s, Submit{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, r, head, Pass{}); err != nil {
		t.Fatal(err)
	}
	says(t, do(t, r, early, Sign{}), "还没有结束")
	if err := do(t, r, signer, Sign{}); err != nil {
		t.Fatal(err)
	}
	first, _ := r.Last()
	if !first.Genuine() || !strings.Contains(first.Printed, "发布各类信息228条") || strings.Contains(first.Printed, "{{") || r.History[len(r.History)-1].Hash != first.Hash {
		t.Errorf("signed: %+v", first)
	}
	says(t, do(t, r, s, written()), "不能办理")
	if err := do(t, r, s, Issue{Document: "d1"}, Send{Way: ByHand, To: "青川旗人民政府办公室"}); err != nil {
		t.Fatal(err)
	}
	says(t, do(t, r, s, Send{Way: ByHand, To: "青川旗人民政府办公室"}), "已经在2026-01-12报送")

	// A request that was registered late is shown, never slipped in.
	late := s.Figures
	late.Cells = map[annual.Ref]annual.Value{{Table: "table3", Row: "R1", Column: "C1"}: annual.Int(1)}
	drift, err := r.Versions[0].drift(late)
	if err != nil || len(drift) != 1 || drift[0].Signed != 0 || drift[0].Now != 1 {
		t.Errorf("%+v, %v", drift, err)
	}
	says(t, do(t, r, s, Correct{}), "请写明更正什么")
	if err := do(t, r, s, Correct{Why: "漏计申请1件。"}, Drop{}); err != nil || r.Status != Frozen || r.Draft != nil {
		t.Fatalf("%v, %s", err, r.Status)
	}
	if err := do(t, r, s, Correct{Why: "漏计申请1件。"}, Submit{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, r, head, Pass{}); err != nil {
		t.Fatal(err)
	}
	if err := do(t, r, signer, Sign{}, Issue{Document: "d1"}); err != nil {
		t.Fatal(err)
	}
	if all := r.Versions; len(all) != 2 || all[1].Why != "漏计申请1件。" || all[0].Hash != first.Hash || !all[0].Genuine() {
		t.Errorf("%+v", all)
	}
}

// What is wrong is told where it stands, and a reason falls with what it was about.
func TestFindings(t *testing.T) {
	s := bureau(day("2026-01-12"))
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	if err := do(t, r, s, Start{}, written()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		section Section
		text    string
		rule    string
	}{
		"a name of which there is no figure": {Platform, "网站发布{{posts.website}}条。", unknownName},
		"a number that equals a figure":      {Platform, "微信公众号发布228条信息。", typedFigure},
		"a year is no figure":                {Platform, "2025年12月28日起改版。", ""},
		"nothing written":                    {Supervision, "", notWritten},
		"another number than the table's":    {OnRequest, "2025年，新收政府信息公开申请3件，办结3件。", "K15"},
	} {
		t.Run(name, func(t *testing.T) {
			next := r.copied()
			if err := do(t, &next, s, Write{Content{Text: map[Section]string{c.section: c.text}}}); err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range next.Draft.Examine(s, 2025).Findings {
				found = found || f.Rule == c.rule && (f.Section == c.section || f.Where.Table == "table3")
				if f.Section == c.section && c.rule == "" {
					t.Errorf("%s: %s", f.Rule, f.Message)
				}
			}
			if found != (c.rule != "") {
				t.Errorf("%s is not found at %s: %+v", c.rule, c.section, next.Draft.Examine(s, 2025).Findings)
			}
		})
	}
	says(t, do(t, r, s, Write{Content{Filed: map[string]Filed{"table3/R1/C1": {Value: 3}}}}), "由台账统计")
	says(t, do(t, r, s, Write{Content{Filed: map[string]Filed{"table2/fees/amount": {Value: -1}}}}), "0 或者更大")
	says(t, do(t, r, s, Write{Content{Text: map[Section]string{"7": "x"}}}), "没有“7”")
	says(t, do(t, r, s, Write{Content{Text: map[Section]string{Other: strings.Repeat("长", MaxText+1)}}}), "缩短")
}

// A late report is signed with the reason; it is not kept from being signed.
func TestLateReport(t *testing.T) {
	s := bureau(day("2026-02-09"))
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	says(t, do(t, r, s, Start{}, written(), Submit{}), "没有写明理由")
	open := r.Draft.Examine(s, 2025).Open()
	if len(open) != 1 || open[0].Rule != lateness {
		t.Fatalf("%+v", open)
	}
	if err := do(t, r, s, Write{Content{Reasons: map[string]string{open[0].Key: "机构改革，2月初移交。"}}}, Submit{}); err != nil {
		t.Fatal(err)
	}
}

// Rights are judged by the row, for the organ.
func TestOptions(t *testing.T) {
	s := bureau(day("2026-01-12"))
	r := &Report{ID: "r1", Organ: "bureau", Year: 2025}
	clerk := account.Actor{ID: "clerk", Grants: []account.Grant{{Organ: "bureau", Role: account.Clerk}}}
	other := account.Actor{ID: "x", Grants: []account.Grant{{Organ: "elsewhere", Role: account.Clerk}}}
	if all := r.Options(clerk, flat{}, s); len(all) != 1 || all[0].Event != Begun || all[0].Why != nil {
		t.Errorf("%+v", all)
	}
	if all := r.Options(other, flat{}, s); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

type flat struct{}

func (flat) Below(string, string) bool { return false }

// A text is shown with its tokens apart: what they stand for, and those that stand for
// nothing; together the pieces are what is printed.
func TestTokensOfAText(t *testing.T) {
	f := Figures{Named: []Figure{{Name: "requests.received", Word: Word{Chinese: "新收申请"}, Value: 35}}}
	got := f.Pieces("新收{{requests.received}}件，{{ requests.received }}；{{nothing}}{{}}。")
	want := []Piece{
		{Text: "新收"},
		{Text: "35", Token: true, Name: "requests.received", Figure: f.Named[0], Known: true},
		{Text: "件，"},
		{Text: "35", Token: true, Name: "requests.received", Figure: f.Named[0], Known: true},
		{Text: "；"},
		{Text: "{{nothing}}", Token: true, Name: "nothing"},
		{Text: "{{}}", Token: true},
		{Text: "。"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if text, unknown := f.Fill("新收{{requests.received}}件，{{nothing}}{{}}。"); text != "新收35件，{{nothing}}{{}}。" || !slices.Equal(unknown, []string{"nothing", ""}) {
		t.Errorf("%s, %q", text, unknown)
	}
}
