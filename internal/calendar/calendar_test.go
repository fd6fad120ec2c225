package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/errs"
	"gongkai/internal/law"
)

func built(t testing.TB) *Calendar {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestIsWorkday(t *testing.T) {
	c := built(t)
	for _, r := range []struct {
		name, date string
		want       bool
	}{
		{"C1", "2023-06-25", true},
		{"C2", "2024-02-09", true},
		{"C3", "2024-02-18", true},
		{"C4", "2024-10-12", true},
		{"C5", "2025-01-26", true},
		{"C6", "2025-01-28", false},
		{"C7", "2025-03-08", false},
		{"C8", "2025-05-03", false},
		{"C9", "2025-10-08", false},
		{"C10", "2025-10-11", true},
		{"C11", "2026-01-02", false},
		{"C12", "2026-01-04", true},
		{"C13", "2026-02-14", true},
		{"C14", "2026-02-23", false},
		{"C15", "2026-06-01", true},
		{"Labour Day 2019 as moved by 国办发明电〔2019〕3号", "2019-05-02", false},
		{"make-up of the moved Labour Day", "2019-05-05", true},
		{"make-up day lost by the extension of 2020", "2020-02-01", false},
		{"last day of the extension of 2020", "2020-01-31", false},
		{"work resumed", "2020-02-03", true},
		{"make-up day before the festival stays", "2020-01-19", true},
		{"the holiday of 2023 begins in 2022", "2022-12-31", false},
	} {
		got, err := c.IsWorkday(date(t, r.date))
		if err != nil || got != r.want {
			t.Errorf("%s: IsWorkday(%s) = %v, %v; want %v", r.name, r.date, got, err, r.want)
		}
	}
}

// C16 and the sums by month guard every day of the data.
func TestWorkingDaysPerMonth(t *testing.T) {
	c := built(t)
	for year, want := range map[int][13]int{
		2019: {250, 22, 17, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22},
		2020: {249, 17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23},
		2021: {250, 20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23},
		2022: {249, 21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22},
		2023: {249, 18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21},
		2024: {251, 22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22},
		2025: {248, 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {248, 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	} {
		var got [13]int
		for d := On(year, 1, 1); d.Year() == year; d = d.Add(1) {
			works, err := c.IsWorkday(d)
			if err != nil {
				t.Fatal(err)
			}
			if _, month, _ := d.Civil(); works {
				got[0]++
				got[month]++
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("C16 %d (year, then months): %s", year, diff)
		}
	}
}

func TestYearWithoutData(t *testing.T) {
	c := built(t)
	reply, _ := LimitByID("reply")
	_, day := c.Day(date(t, "2018-12-31"))
	_, work := c.IsWorkday(date(t, "2027-01-01"))
	_, add := c.AddWorkdays(date(t, "2026-12-20"), 20)
	_, back := c.AddWorkdays(date(t, "2019-01-04"), -20)
	_, between := c.WorkdaysBetween(date(t, "2026-12-20"), date(t, "2027-02-01"))
	_, reckon := c.Reckon(Query{Limit: reply, From: date(t, "2026-12-15")})
	_, early := c.Reckon(Query{Limit: reply, From: date(t, "2018-12-15")})
	suit, _ := LimitByID("suit")
	_, months := c.Reckon(Query{Limit: suit, From: date(t, "2026-09-01")})
	for name, err := range map[string]error{"Day": day, "IsWorkday": work, "AddWorkdays": add, "counting back": back, "WorkdaysBetween": between, "Reckon": reckon, "Reckon early": early, "months": months} {
		if !errors.Is(err, ErrNoCalendar) || errs.KindOf(err) != errs.NotFound {
			t.Errorf("C17 %s: %v, want ErrNoCalendar", name, err)
		}
		if p := errs.Public(err); !strings.Contains(p, "放假安排") || !strings.Contains(p, "年") {
			t.Errorf("C17 %s says %q", name, p)
		}
	}
}

func TestBuiltDataIsCited(t *testing.T) {
	years, err := Built()
	if err != nil {
		t.Fatal(err)
	}
	if len(years) != 8 || years[0].Year != 2019 {
		t.Fatalf("%d years built in", len(years))
	}
	for _, y := range years {
		for _, n := range y.Notices {
			if err := law.CheckCitation(n.Number); err != nil {
				t.Error(err)
			}
		}
	}
	for _, l := range Limits() {
		for _, cite := range []string{l.Cite, l.CountCite, l.RollCite, l.EffectCite} {
			if cite == "" {
				continue
			}
			if err := law.CheckCitation(cite); err != nil {
				t.Errorf("%s: %v", l.ID, err)
			}
		}
	}
}

func TestReadYearRefuses(t *testing.T) {
	const notice = `"number":"国办发明电〔2026〕9号","issued":"2026-11-01","numberVerified":false,"daysVerified":false,"source":"x"`
	for name, s := range map[string]string{
		"nothing":           ``,
		"no JSON":           `hello`,
		"unknown field":     `{"year":2027,"version":1,"notices":[],"x":1}`,
		"no notice":         `{"year":2027,"version":1,"notices":[]}`,
		"wrong date":        `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","off":[{"from":"2027-02-30","to":"2027-03-01"}]}]}]}`,
		"turned span":       `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","off":[{"from":"2027-01-03","to":"2027-01-01"}]}]}]}`,
		"endless span":      `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","off":[{"from":"2027-01-03","to":"2027-12-01"}]}]}]}`,
		"other year":        `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","off":[{"from":"2029-01-01","to":"2029-01-01"}]}]}]}`,
		"make-up on Monday": `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","work":["2027-01-04"]}]}]}`,
		"off and worked":    `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦","off":[{"from":"2027-01-01","to":"2027-01-03"}],"work":["2027-01-02"]}]}]}`,
		"text behind":       `{"year":2027,"notices":[{` + notice + `,"holidays":[{"name":"元旦"}]}]} x`,
		"too large":         strings.Repeat(" ", MaxYearBytes+1),
	} {
		if _, err := ReadYear(strings.NewReader(s)); err == nil {
			t.Errorf("%s was taken", name)
		} else if k := errs.KindOf(err); k == errs.Internal {
			t.Errorf("%s: no public sentence: %v", name, err)
		}
	}
}

func TestYearsFollowEachOther(t *testing.T) {
	years, err := Built()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(append(years[:2:2], years[4]), DefaultSettings()); err == nil {
		t.Error("a gap was taken")
	}
	if _, err := New(nil, DefaultSettings()); err == nil {
		t.Error("no year at all was taken")
	}
	y, err := ReadYear(strings.NewReader(`{"year":2027,"version":1,"notices":[{"number":"某号","issued":"2026-11-01","numberVerified":false,"daysVerified":false,"source":"test","holidays":[{"name":"元旦","off":[{"from":"2027-01-01","to":"2027-01-03"}],"work":[]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(append(years, y), DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	if d, err := c.AddWorkdays(date(t, "2026-12-31"), 1); err != nil || d != date(t, "2027-01-04") {
		t.Errorf("first working day of 2027 is %v, %v", d, err)
	}
}

func TestRegion(t *testing.T) {
	naadam := Region{Name: "内蒙古自治区", Number: "地方通知", Holidays: []Holiday{{Name: "那达慕", Off: []Span{{date(t, "2025-07-24"), date(t, "2025-07-25")}}}}}
	c, err := built(t).WithRegion(naadam)
	if err != nil {
		t.Fatal(err)
	}
	reply, _ := LimitByID("reply")
	q := Query{Limit: reply, From: date(t, "2025-07-01")}
	national, err := c.Reckon(q)
	if err != nil {
		t.Fatal(err)
	}
	local, err := c.In("内蒙古自治区")
	if err != nil {
		t.Fatal(err)
	}
	there, err := local.Reckon(q)
	if err != nil {
		t.Fatal(err)
	}
	if national.Deadline != date(t, "2025-07-29") || there.Deadline != date(t, "2025-07-31") {
		t.Errorf("national %s, local %s", national.Deadline, there.Deadline)
	}
	if _, err := c.In("无此地"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("unknown region: %v", err)
	}
}

func TestDates(t *testing.T) {
	for d, day := On(1, 1, 1), time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2101; d, day = d.Add(97), day.AddDate(0, 0, 97) {
		if d.String() != day.Format(time.DateOnly) || d.Weekday() != day.Weekday() {
			t.Fatalf("%s %s, want %s %s", d, d.Weekday(), day.Format(time.DateOnly), day.Weekday())
		}
		back, err := ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("%s does not read back: %v", d, err)
		}
	}
	for _, s := range []string{"", "2025-2-3", "2025-02-29", "2025/02/03", "2025-13-01", "2025-00-10", "2025-01-00", "0000-01-01", "２025-01-01", "2025-01-01T00:00:00Z", " 2025-01-01", "20250101", strings.Repeat("9", 1000)} {
		if _, err := ParseDate(s); errs.KindOf(err) != errs.Invalid {
			t.Errorf("ParseDate(%q): %v", s, err)
		}
	}
	for _, r := range []struct {
		from string
		n    int
		to   string
		fits bool
	}{
		{"2024-08-31", 6, "2025-02-28", false},
		{"2023-08-31", 6, "2024-02-29", false},
		{"2025-03-20", 6, "2025-09-20", true},
		{"2024-02-29", 12, "2025-02-28", false},
		{"2025-07-31", 6, "2026-01-31", true},
	} {
		got, fits := date(t, r.from).AddMonths(r.n)
		if got != date(t, r.to) || fits != r.fits {
			t.Errorf("%s + %d months = %s (%v), want %s (%v)", r.from, r.n, got, fits, r.to, r.fits)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"year":2027,"version":1,"notices":[{"number":"x","issued":"2026-11-01","numberVerified":false,"daysVerified":false,"source":"","holidays":[{"name":"元旦","off":[{"from":"2027-01-01","to":"2027-01-03"}],"work":["2027-01-09"]}]}]}`,
		`{"year":99999}`, `{}`, `[`, `{"year":2027,"notices":[{"holidays":[{}]}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		y, err := ReadYear(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		if c, err := New([]Year{y}, DefaultSettings()); err == nil {
			_, _ = c.AddWorkdays(On(y.Year, 6, 1), 20)
		}
	})
}
