package holiday

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongkai/internal/calendar"
)

var dates = cmpopts.EquateComparable(calendar.Date{})

func notice(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNoticesReadAsTheBuiltInYears reads the notices of the built-in years and
// compares every day of the calendar.
func TestNoticesReadAsTheBuiltInYears(t *testing.T) {
	built, err := calendar.Built()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"国办发明电〔2019〕3号": "2019-labour"}
	for _, y := range built {
		for _, n := range y.Notices {
			name, ok := texts[n.Number]
			if !ok {
				if name = n.Holidays[0].Off[0].To.String()[:4]; n.Issued.String() > name {
					continue // a change of a running year whose text only extends a holiday
				}
			}
			t.Run(name, func(t *testing.T) {
				got := Read(notice(t, name))
				if got.Year != y.Year || got.Notice.Number != n.Number || got.Notice.Issued != n.Issued {
					t.Errorf("year %d, %s of %s; want %d, %s of %s", got.Year, got.Notice.Number, got.Notice.Issued, y.Year, n.Number, n.Issued)
				}
				for _, d := range got.Doubts {
					if !strings.Contains(d.Text, "鼓励") {
						t.Errorf("doubt: %s: %s", d.Where, d.Text)
					}
				}
				for i, h := range got.Notice.Holidays {
					if i >= len(n.Holidays) || h.Name != n.Holidays[i].Name {
						t.Fatalf("holiday %d is %s", i, h.Name)
					}
					if diff := cmp.Diff(workdays(n.Holidays[i], y.Year), workdays(h, y.Year)); diff != "" {
						t.Errorf("%s: %s", h.Name, diff)
					}
				}
				if len(got.Notice.Holidays) != len(n.Holidays) {
					t.Errorf("%d holidays, want %d", len(got.Notice.Holidays), len(n.Holidays))
				}
			})
		}
	}
}

// workdays gives what a holiday changes of the plain weeks: “与周末连休” names no
// weekend, which is off by itself. Make-up days before the data begins are left
// out of the data.
func workdays(h calendar.Holiday, year int) map[string]bool {
	days := map[string]bool{}
	for _, d := range daysOf(h.Off) {
		if w := d.Weekday(); w >= 1 && w <= 5 {
			days[d.String()] = false
		}
	}
	for _, d := range h.Work {
		if year != 2019 || d.Year() >= 2019 {
			days[d.String()] = true
		}
	}
	return days
}

func TestNoticeAsItComes(t *testing.T) {
	want := Read(notice(t, "2026")).Notice
	plain := notice(t, "2026")
	for name, text := range map[string]string{
		"wrapped in the middle of dates":  strings.ReplaceAll(plain, "月", "月\n "),
		"one line":                        strings.ReplaceAll(plain, "\n", ""),
		"half-width signs":                strings.NewReplacer("（", "(", "）", ")", "〔", "[", "〕", "]").Replace(plain),
		"full-width digits":               strings.NewReplacer("1", "１", "2", "２", "5", "５", "6", "６").Replace(plain),
		"星期 for 周":                        strings.ReplaceAll(plain, "、周", "、星期"),
		"with the table of the web page":  "索引号：000014349/2025-00087\n主题分类：综合政务\n发文机关：国务院办公厅\n成文日期：2025年11月04日\n发布日期：2025年11月04日\n" + plain + "\n（此件公开发布）\n责任编辑：某某",
		"every month and every year told": strings.NewReplacer("至3日", "至2026年1月3日", "一、元旦：1月", "一、元旦：2026年1月").Replace(plain),
	} {
		if diff := cmp.Diff(want, Read(text).Notice, dates); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestDoubtsAreTold(t *testing.T) {
	plain := notice(t, "2026")
	for _, c := range []struct{ name, from, to, want string }{
		{"weekday", "4月4日（周六）", "4月4日（周五）", "通知写 2026-04-04 是星期五，日历上是星期六"},
		{"count", "共9天", "共8天", "通知写明共8天，读到的是9天"},
		{"make-up day in the week", "5月9日（周六）上班", "5月8日（周五）上班", "上班日 2026-05-08 是星期五，不是周末"},
		{"make-up day inside a holiday", "5月9日（周六）上班", "10月4日（周日）上班", "写明上班，但在国庆节的假期里"},
		{"no such day", "4月4日（周六）至6日（周一）放假，共3天", "4月31日放假", "“4月31日”不是日历上的日子"},
		{"missing holiday", "　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n", "", "没有读到清明节的安排"},
		{"no number", "国办发明电〔2025〕7号", "", "没有找到发文字号"},
		{"a sentence of another kind", "1月4日（周日）上班。", "1月4日（周日）另行通知。", "不知道是放假还是上班"},
		{"only encouraged", "三、清明节", "鼓励各单位安排职工在2月24日休息。三、清明节", "只是鼓励休息，没有算作放假"},
		{"extended", "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。", "二、春节：延长假期至2月25日。", "延长了原来的假期"},
		{"two holidays on one day", "六、中秋节：9月25日（周五）至27日（周日）放假，共3天", "六、中秋节：9月30日（周三）至10月2日（周五）放假，共3天", "同时在中秋节的假期里"},
		{"not a notice at all", plain, "关于召开会议的通知", "没有读到任何放假安排"},
	} {
		text := strings.Replace(plain, c.from, c.to, 1)
		var all []string
		for _, d := range Read(text).Doubts {
			all = append(all, d.Where+"："+d.Text)
		}
		if !strings.Contains(strings.Join(all, "\n"), c.want) {
			t.Errorf("%s: %q not in %q", c.name, c.want, all)
		}
	}
}

func TestDecemberOfTheYearBefore(t *testing.T) {
	r := Read("国务院办公厅关于2028年部分节假日安排的通知。一、元旦：12月31日（周五）至1月2日（周日）放假调休，共3天。")
	if got := Say(r.Notice.Holidays[0].Off); got != "12月31日至1月2日" || r.Notice.Holidays[0].Off[0].From.String() != "2027-12-31" {
		t.Errorf("%+v", r)
	}
}

func TestRegionalNotice(t *testing.T) {
	r := Read("内蒙古自治区人民政府办公厅关于2026年那达慕放假安排的通知\n内政办发〔2026〕5号\n一、那达慕：7月18日至19日放假，共2天。\n内蒙古自治区人民政府办公厅\n2026年6月1日")
	if len(r.Notice.Holidays) != 1 || r.Notice.Holidays[0].Name != "那达慕" || r.Notice.Number != "内政办发〔2026〕5号" || r.Year != 2026 || len(r.Doubts) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestDraftKeepsWhatWasRead(t *testing.T) {
	r := Read(notice(t, "2023"))
	back, err := DraftOf(r.Year, "", r.Notice, "").Record()
	if err != nil || cmp.Diff(r.Notice.Holidays, back.Notice.Holidays, dates) != "" {
		t.Errorf("%v %s", err, cmp.Diff(r.Notice.Holidays, back.Notice.Holidays, dates))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
	f.Add("关于2027年放假安排的通知 元旦：9999年12月31日至1日放假")
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(text)
		for _, h := range r.Notice.Holidays {
			for _, d := range append(daysOf(h.Off), h.Work...) {
				if d.IsZero() {
					t.Error("a day that is none")
				}
			}
		}
	})
}
