package collect

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/procedure/proceduretest"
	"gongkai/internal/rule"
)

func TestTableIsSound(t *testing.T) { proceduretest.Sound(t, noticeRows.Table) }

func scene(today calendar.Date, found ...Finding) NoticeScene {
	return NoticeScene{
		Actor: "w", At: time.Date(2026, 2, 10, 9, 0, 0, 0, time.UTC), Today: today, Keeper: org.Node{ID: "county", Name: "青川旗人民政府"},
		Organ: org.Node{ID: "bureau", Name: "青川旗教育局"}, Found: found, Checked: true,
	}
}

func wrong(row, message string) Finding {
	return Finding{rule.Finding{Rule: "X1", Severity: rule.Error, Where: rule.Where{Table: "table3", Row: row, Column: "C7"}, Message: message, Expected: "3", Actual: "5", Cite: formNotice}, Inherent}
}

// What a notice says is frozen; nothing is closed in silence while something is left.
func TestLifeOfANotice(t *testing.T) {
	today := calendar.On(2026, 2, 10)
	s := scene(today, wrong("R3.7", "总计不平。"))
	says := func(err error, sentence string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%v does not say %q", err, sentence)
		}
	}
	n := &Notice{ID: "n", Organ: "bureau", Keeper: "county", Year: 2025}
	issue := Issue{Due: today.Add(14)}
	says(n.Do(issue, scene(today)), "没有发现问题")
	again, stale := s, s
	again.Another, stale.Checked = true, false
	says(n.Do(issue, again), "未销号")
	says(n.Do(issue, stale), "正在重新核对")
	says(n.Do(Issue{Due: today.Add(-1)}, s), "不能早于今天")
	if err := n.Do(issue, s); err != nil || n.Status != ToMend || !strings.Contains(n.Text, "1．总计不平。应为：3；现为：5。（国办公开办函〔2021〕30号）") || !strings.Contains(n.Text, "2026年2月24日前反馈") {
		t.Fatalf("%v, %s", err, n.Text)
	}
	text := n.Text
	says(n.Do(Close{}, s), "不能办理")
	says(n.Do(Answer{}, s), "逐条说明")
	if err := n.Do(Answer{Text: "已改正。"}, s); err != nil || n.Status != ToRecheck {
		t.Fatalf("%v, %s", err, n.Status)
	}
	says(n.Do(SendBack{Due: today.Add(20)}, s), "还要改什么")
	if err := n.Do(SendBack{Why: "总计仍然不平", Due: today.Add(20)}, s); err != nil || n.Status != ToMend || n.Rounds[0].Back == "" || n.Overdue(today.Add(20)) || !n.Overdue(today.Add(21)) {
		t.Fatalf("%v, %+v", err, n)
	}
	if err := n.Do(Answer{Text: "已改正总计。"}, s); err != nil {
		t.Fatal(err)
	}
	says(n.Do(Close{}, s), "还有 1 个没有改正")
	if err := n.Do(Close{}, scene(today.Add(3), wrong("R1", "别的问题。"))); err != nil || n.Status != Settled || n.Text != text {
		t.Errorf("%v, %s", err, n.Status)
	}
}

// A figure is set by hand only where the reader was in doubt, and what it had said stays.
func TestHandsSetOnlyWhatIsInDoubt(t *testing.T) {
	r := plain(map[string]int64{"table3/R1/C2": 4})
	ref := annual.Ref{Table: "table3", Row: "R1", Column: "C1"}
	r.Cells[ref] = annual.Value{State: annual.Doubtful, Raw: "1 2"}
	r.Doubts = []annual.Doubt{{Where: ref, Reason: "数字被空格分开", Raw: "1 2"}}
	received := Received{ID: "r", State: Counted, Read: printed(t, r)}
	d := &Desk{Clock: fixed{}}
	if _, err := received.settle(map[string]string{"table3/R1/C2": "9"}, "w", d); err == nil || len(received.Hands) != 0 {
		t.Errorf("a figure that was read is changed: %v, %+v", err, received.Hands)
	}
	for _, typed := range []string{"十二", "-1", "1.5"} {
		if _, err := received.settle(map[string]string{ref.String(): typed}, "w", d); err == nil {
			t.Errorf("%s is taken", typed)
		}
	}
	if _, err := received.settle(map[string]string{ref.String(): "12"}, "w", d); err != nil {
		t.Fatal(err)
	}
	got, err := received.Report()
	if err != nil || got.Cells[ref].N != 12 || len(got.Doubts) != 0 || len(Open(got)) != 0 || received.Hands[0].Was != "1 2" || received.Hands[0].By != "w" {
		t.Errorf("%v, %+v, %+v", err, got.Cells[ref], received.Hands)
	}
	if was, _ := (Received{Read: received.Read}).Report(); was.Cells[ref].Known() {
		t.Error("what was read is changed")
	}
}

type fixed struct{}

func (fixed) Now() time.Time { return time.Date(2026, 2, 10, 9, 0, 0, 0, time.UTC) }

// Whose report it is, is told by the name; where that is not just one, a person says it.
func TestOrganIsFoundByItsName(t *testing.T) {
	organs := []org.Node{{ID: "a", Name: "青川旗教育局"}, {ID: "b", Name: "青川旗公安局（城关）"}, {ID: "c", Name: "城关镇人民政府"}, {ID: "d", Name: "城关镇人民政府"}}
	for name, want := range map[string]string{"青川旗 教育局": "a", "青川旗公安局(城关)": "b", "教育局": "", "城关镇人民政府": "", "白云市教育局": "", "": ""} {
		got, near := Find(organs, name)
		if got != want {
			t.Errorf("%s is %q", name, got)
		}
		if wants := map[string]int{"教育局": 1, "城关镇人民政府": 2}[name]; got == "" && len(near) != wants {
			t.Errorf("%s: %d are near", name, len(near))
		}
	}
}

// A file that would take for ever is given up with a sentence; who went away is told nothing.
func TestFilesAreNotShownForEver(t *testing.T) {
	endless := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	if _, err := soon(t.Context(), time.Millisecond, endless); errs.KindOf(err) != errs.TooLarge || !strings.Contains(errs.Public(err), "下载原件") {
		t.Errorf("%v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := soon(gone, time.Hour, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
