package foi

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
)

func TestLikeness(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		near       bool
	}{
		{"the same in other words", "申请公开青川旗河湾镇红星村2023年征地补偿款发放明细", "请公开：青川旗河湾镇红星村２０２３年征地补偿款的发放明细。", true},
		{"another year", "青川旗河湾镇红星村2023年征地补偿款发放明细", "青川旗河湾镇红星村2024年征地补偿款发放明细", false},
		{"another document", "青政发〔2023〕5号文件及附件", "青政发〔2023〕6号文件及附件", false},
		{"the same document, asked for at length", "青政发〔2023〕5号", "本人希望获取旗政府2023年印发的青政发[2023]05号文件全文，用电子文件提供", true},
		{"another village", "河湾镇红星村征地补偿安置方案", "河湾镇东风村宅基地审批台账", false},
		{"nothing", "", "", false},
	} {
		l := Compare(c.a, c.b)
		if l.Near() != c.near {
			t.Errorf("%s: %+v", c.name, l)
		}
		back := Compare(c.b, c.a)
		if back.Score != l.Score {
			t.Errorf("%s: %d one way, %d the other", c.name, l.Score, back.Score)
		}
	}
	l := Compare("河湾镇红星村征地补偿安置方案公告", "红星村征地补偿安置方案听证笔录")
	if !slices.Equal(l.Phrases, []string{"红星村征地补偿安置方案"}) {
		t.Errorf("shared %q", l.Phrases)
	}
	if l := Compare("青政发〔2023〕5号", "根据青政发【2023】第5号"); !slices.Equal(l.Numbers, []string{"青政发〔2023〕5号"}) {
		t.Errorf("numbers %q", l.Numbers)
	}
}

func TestLikenessProperties(t *testing.T) {
	text := rapid.StringMatching(`[甲乙丙丁戊己庚辛壬癸子丑寅卯0-9〔〕号]{0,60}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		l := Compare(a, b)
		if l.Score < 0 || l.Score > 100 {
			t.Fatalf("%d", l.Score)
		}
		if self := Compare(a, a); len(plainText(a)) > 1 && self.Score != 100 {
			t.Fatalf("unlike itself: %+v", self)
		}
		if !slices.Equal(Traces(a), Traces(a)) {
			t.Fatal("traces change")
		}
	})
}

// Texts that are near-equal find each other by their traces, and few others do.
func TestTracesFindNearEquals(t *testing.T) {
	places := []string{"红星村", "东风村", "向阳村", "前进村", "团结村", "河湾镇", "临河镇", "青山镇"}
	things := []string{"征地补偿安置方案", "宅基地审批台账", "低保发放名单", "危房改造验收报告", "农业补贴发放明细", "环境影响评价批复", "招标投标文件", "规划许可证"}
	var texts []string
	for _, p := range places {
		for _, x := range things {
			texts = append(texts, "申请公开"+p+x+"及相关附件、审批过程材料")
		}
	}
	missed, near, strangers := 0, 0, 0
	for _, a := range texts {
		variant := strings.Replace(a, "及相关附件", "，附件一并提供", 1)
		for _, b := range texts {
			met := meet(Traces(variant), Traces(b))
			switch like := Compare(variant, b); {
			case like.Near():
				near++
				if !met {
					missed++
				}
			case like.Score < 25 && met:
				strangers++
			}
		}
	}
	if near < len(texts) || missed*20 > near || strangers*20 > len(texts)*len(texts) {
		t.Errorf("%d near-equal pairs, %d missed, %d strangers met", near, missed, strangers)
	}
}

func meet(a, b []int64) bool {
	return slices.ContainsFunc(a, func(x int64) bool { return slices.Contains(b, x) })
}

func TestLedger(t *testing.T) {
	var rows []Row
	for i := range 41 {
		rows = append(rows, Row{ID: fmt.Sprintf("%03d", i), Received: calendar.On(2025, 5, 1+i%30)})
	}
	for i := range 10 {
		rows = append(rows, Row{ID: fmt.Sprintf("june%d", i), Received: calendar.On(2025, 6, 1)})
	}
	rows = append(rows, Row{ID: "unconfirmed"})
	months, err := Ledger(rows)
	if err != nil || len(months) != 2 {
		t.Fatalf("%d months, %v", len(months), err)
	}
	if june := months[0]; june.Fee.Fen != 0 || len(june.Entries) != 10 {
		t.Errorf("M10: %d fen for %d", june.Fee.Fen, len(june.Entries))
	}
	may := months[1]
	if last := may.Entries[40]; may.Fee.Fen != 430000 || last.Rank != 41 || last.Fen != 30000 {
		t.Errorf("M7: %d fen, the last %+v", may.Fee.Fen, last)
	}
}

func TestWhatKinSay(t *testing.T) {
	alike, unlike := Likeness{Score: 90}, Likeness{Score: 10}
	kin := []Kin{
		{Row: Row{ID: "1", Received: calendar.On(2025, 5, 20), Ended: calendar.On(2025, 6, 1), Outcome: "R3.1"}, SameApplicant: true, Likeness: alike},
		{Row: Row{ID: "2", Received: calendar.On(2025, 4, 1), Ended: calendar.On(2025, 5, 1), Outcome: "R3.4.1"}, SameApplicant: true, Likeness: alike},
		{Row: Row{ID: "3", Received: calendar.On(2024, 12, 1), Outcome: "R3.1"}, SameApplicant: true, Likeness: unlike},
		{Row: Row{ID: "4", Received: calendar.On(2023, 12, 1), Outcome: "R3.1"}, SameApplicant: true, Likeness: alike},
		{Row: Row{ID: "5", Received: calendar.On(2025, 5, 2), Outcome: "R3.2"}, Likeness: alike},
		{Row: Row{ID: "6", Received: calendar.On(2025, 5, 2), Outcome: "R3.4.1"}, Likeness: alike},
	}
	if got, want := FrequencyOf(kin, calendar.On(2025, 6, 10)), (Frequency{2, 3, 4, 2}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if e := Earlier(kin); len(e) != 3 || e[0].ID != "1" {
		t.Errorf("earlier replies: %+v", e)
	}
	if n, worth := WorthPublishing(kin, true); n != 1 || !worth {
		t.Errorf("Z10: %d others, %v", n, worth)
	}
	if _, worth := WorthPublishing(kin, false); worth {
		t.Error("Z10: refused here, and yet to be published")
	}
}
