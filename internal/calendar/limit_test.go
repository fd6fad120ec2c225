package calendar

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/errs"
	"gongkai/internal/law"
)

func limit(t testing.TB, id string) Limit {
	t.Helper()
	l, ok := LimitByID(id)
	if !ok {
		t.Fatalf("no limit %s", id)
	}
	return l
}

// pauses reads "2025-09-24 2025-10-13" pairs.
func pauses(t testing.TB, pairs ...string) []Pause {
	t.Helper()
	var all []Pause
	for _, p := range pairs {
		from, to, _ := strings.Cut(p, " ")
		all = append(all, Pause{date(t, from), date(t, to)})
	}
	return all
}

func reckon(t testing.TB, id, from string, extend int, pairs ...string) Answer {
	t.Helper()
	a, err := built(t).Reckon(Query{Limit: limit(t, id), From: date(t, from), Pauses: pauses(t, pairs...), Extend: extend})
	if err != nil {
		t.Fatalf("%s from %s: %v", id, from, err)
	}
	return a
}

func TestReplyLimits(t *testing.T) {
	for _, r := range []struct{ name, from, seven, fifteen, twenty, forty string }{
		{"D1", "2023-01-09", "2023-01-18", "2023-02-02", "2023-02-09", "2023-03-09"},
		{"D2", "2023-01-18", "2023-02-01", "2023-02-13", "2023-02-20", "2023-03-20"},
		{"D3", "2023-04-21", "2023-05-04", "2023-05-15", "2023-05-22", "2023-06-19"},
		{"D4", "2023-09-15", "2023-09-26", "2023-10-12", "2023-10-19", "2023-11-16"},
		{"D5", "2023-12-29", "2024-01-10", "2024-01-22", "2024-01-29", "2024-02-29"},
		{"D6", "2024-01-22", "2024-01-31", "2024-02-09", "2024-02-22", "2024-03-21"},
		{"D7", "2024-02-08", "2024-02-23", "2024-03-06", "2024-03-13", ""},
		{"D8", "2024-04-15", "2024-04-24", "2024-05-08", "2024-05-14", "2024-06-12"},
		{"D9", "2024-09-10", "2024-09-20", "2024-10-08", "2024-10-14", "2024-11-11"},
		{"D10", "2024-12-30", "2025-01-09", "2025-01-21", "2025-01-27", "2025-03-03"},
		{"D11", "2025-01-13", "2025-01-22", "2025-02-08", "2025-02-14", "2025-03-14"},
		{"D12", "2025-01-20", "2025-02-05", "2025-02-14", "2025-02-21", "2025-03-21"},
		{"D13", "2025-04-10", "", "", "2025-05-12", ""},
		{"D14", "2025-04-25", "2025-05-08", "2025-05-20", "2025-05-27", "2025-06-25"},
		{"D15", "2025-09-20", "2025-09-29", "2025-10-16", "2025-10-23", "2025-11-20"},
		{"D16", "2025-12-15", "2025-12-24", "2026-01-06", "2026-01-13", "2026-02-10"},
		{"D17", "2026-01-28", "2026-02-06", "2026-02-25", "2026-03-03", "2026-03-31"},
		{"D18", "2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"},
		{"D19", "2026-04-11", "2026-04-21", "2026-05-06", "2026-05-12", "2026-06-09"},
		{"D20", "2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"},
		{"D21", "2026-10-08", "2026-10-16", "2026-10-28", "2026-11-04", "2026-12-02"},
	} {
		for _, x := range []struct {
			id     string
			extend int
			want   string
		}{{"correction-notice", 0, r.seven}, {"third-party", 0, r.fifteen}, {"joint-maker", 0, r.fifteen}, {"reply", 0, r.twenty}, {"reply", 20, r.forty}} {
			if x.want == "" {
				continue
			}
			if got := reckon(t, x.id, r.from, x.extend).Deadline.String(); got != x.want {
				t.Errorf("%s %s from %s, extended by %d: %s, want %s", r.name, x.id, r.from, x.extend, got, x.want)
			}
		}
	}
}

func TestDeadlines(t *testing.T) {
	for _, r := range []struct {
		name, limit, from string
		extend            int
		pauses            []string
		want              string
		excluded          int
		plain             string
	}{
		{name: "P1", limit: "reply", from: "2025-04-10", want: "2025-05-12"},
		{name: "P2", limit: "reply", from: "2025-04-10", want: "2025-05-12"},
		{name: "P3", limit: "reply", from: "2025-09-20", want: "2025-10-23"},
		{name: "P4 notice", limit: "correction-notice", from: "2024-03-01", want: "2024-03-12"},
		{name: "P4 reply", limit: "reply", from: "2024-03-20", want: "2024-04-18"},
		{name: "P7", limit: "reply", from: "2025-03-03", pauses: []string{"2025-03-10 2025-03-26"}, want: "2025-04-17", excluded: 12, plain: "2025-03-31"},
		{name: "P8", limit: "third-party", from: "2025-03-12", want: "2025-04-02"},
		{name: "P9", limit: "reply", from: "2026-02-02", pauses: []string{"2026-02-09 2026-03-10"}, want: "2026-03-31", excluded: 17, plain: "2026-03-06"},
		{name: "P10", limit: "reply", from: "2025-09-22", pauses: []string{"2025-09-24 2025-10-13", "2025-09-29 2025-10-16"}, want: "2025-11-11", excluded: 12, plain: "2025-10-24"},
		{name: "P10 told in the other order", limit: "reply", from: "2025-09-22", pauses: []string{"2025-09-29 2025-10-16", "2025-09-24 2025-10-13"}, want: "2025-11-11", excluded: 12, plain: "2025-10-24"},
		{name: "P11", limit: "reply", from: "2024-03-04", pauses: []string{"2024-03-08 2024-03-22"}, want: "2024-04-16", excluded: 10, plain: "2024-04-01"},
		{name: "P12 by 20", limit: "reply", from: "2024-03-04", extend: 20, pauses: []string{"2024-03-08 2024-03-22"}, want: "2024-05-15", excluded: 10},
		{name: "P12 by 10", limit: "reply", from: "2024-03-04", extend: 10, pauses: []string{"2024-03-08 2024-03-22"}, want: "2024-04-29", excluded: 10},
		{name: "a pause in the time gained by another", limit: "reply", from: "2025-03-03", pauses: []string{"2025-03-10 2025-03-26", "2025-04-07 2025-04-10"}, want: "2025-04-22", excluded: 15},
		{name: "a pause in the extension", limit: "reply", from: "2025-04-10", extend: 5, pauses: []string{"2025-05-15 2025-05-16"}, want: "2025-05-20", excluded: 1},
		{name: "a letter on the last day moves nothing", limit: "reply", from: "2025-04-10", pauses: []string{"2025-05-12 2025-05-20"}, want: "2025-05-12"},
		{name: "a letter answered on its day moves nothing", limit: "reply", from: "2025-04-10", pauses: []string{"2025-04-15 2025-04-15"}, want: "2025-05-12"},
		{name: "a pause of nothing but rest days", limit: "reply", from: "2025-04-10", pauses: []string{"2025-04-30 2025-05-05"}, want: "2025-05-12"},
		{name: "a letter on the day of receipt", limit: "reply", from: "2025-04-10", pauses: []string{"2025-04-10 2025-04-11"}, want: "2025-05-13", excluded: 1},
		{name: "pauses that touch", limit: "reply", from: "2025-03-03", pauses: []string{"2025-03-10 2025-03-14", "2025-03-14 2025-03-26"}, want: "2025-04-17", excluded: 12},

		{name: "Q1", limit: "publication", from: "2023-09-28", want: "2023-11-01"},
		{name: "Q2", limit: "publication", from: "2024-12-31", want: "2025-02-05"},
		{name: "Q3", limit: "publication", from: "2025-01-27", want: "2025-03-03"},
		{name: "Q4", limit: "publication", from: "2026-02-13", want: "2026-03-19"},
		{name: "Q5", limit: "annual-report-department", from: "2023-12-31", want: "2024-01-31"},
		{name: "Q6", limit: "annual-report-department", from: "2024-06-01", want: "2025-01-31"},
		{name: "Q7", limit: "annual-report-government", from: "2024-01-01", want: "2025-03-31"},
		{name: "Q8", limit: "annual-report-department", from: "2025-05-05", want: "2026-01-31"},
		{name: "Q8 for the last year with data", limit: "annual-report-department", from: "2026-05-05", want: "2027-01-31"},
		{name: "Q9", limit: "reconsideration", from: "2024-01-15", want: "2024-03-15"},
		{name: "Q10", limit: "reconsideration", from: "2024-08-02", want: "2024-10-08", plain: "2024-10-01"},
		{name: "Q11", limit: "reconsideration", from: "2025-03-06", want: "2025-05-06", plain: "2025-05-05"},
		{name: "Q12", limit: "reconsideration", from: "2025-08-04", want: "2025-10-09", plain: "2025-10-03"},
		{name: "Q13", limit: "reconsideration", from: "2025-12-03", want: "2026-02-02", plain: "2026-02-01"},
		{name: "Q14", limit: "reconsideration", from: "2026-04-22", want: "2026-06-22", plain: "2026-06-21"},
		{name: "Q15", limit: "suit", from: "2024-08-31", want: "2025-02-28"},
		{name: "Q16", limit: "suit", from: "2025-03-20", want: "2025-09-22", plain: "2025-09-20"},
		{name: "Q17", limit: "suit", from: "2025-04-03", want: "2025-10-09", plain: "2025-10-03"},
		{name: "Q18", limit: "suit", from: "2025-08-14", want: "2026-02-14"},
		{name: "Q19", limit: "suit", from: "2025-08-15", want: "2026-02-24", plain: "2026-02-15"},
		{name: "Q20", limit: "suit-after-reconsideration", from: "2025-09-20", want: "2025-10-09", plain: "2025-10-05"},
		{name: "Q21", limit: "suit-after-reconsideration", from: "2026-02-06", want: "2026-02-24", plain: "2026-02-21"},
		{name: "Q22 simple", limit: "review-answer-simple", from: "2024-09-26", want: "2024-10-09"},
		{name: "Q22 ordinary", limit: "review-answer", from: "2024-09-26", want: "2024-10-15"},
		{name: "Q23 simple", limit: "review-answer-simple", from: "2026-02-11", want: "2026-02-25"},
		{name: "Q23 ordinary", limit: "review-answer", from: "2026-02-11", want: "2026-03-03"},
		{name: "Q29", limit: "consultation-normative", from: "2025-09-26", want: "2025-10-13"},
		{name: "Q30", limit: "consultation-rules", from: "2025-07-01", want: "2025-07-31"},
		{name: "T16", limit: "suit-no-reply", from: "2025-05-12", want: "2025-11-12"},

		{name: "M18", limit: "fee-payment", from: "2025-06-05", want: "2025-07-03"},
		{name: "M19", limit: "reply", from: "2025-06-18", want: "2025-07-16"},
		{name: "M20", limit: "fee-payment", from: "2026-09-21", want: "2026-10-26"},
	} {
		a := reckon(t, r.limit, r.from, r.extend, r.pauses...)
		if a.Deadline.String() != r.want || a.Excluded != r.excluded {
			t.Errorf("%s: %s, %d excluded; want %s, %d", r.name, a.Deadline, a.Excluded, r.want, r.excluded)
		}
		if r.plain != "" && a.Plain.String() != r.plain {
			t.Errorf("%s: plain %s, want %s", r.name, a.Plain, r.plain)
		}
	}
}

func TestReckonRefuses(t *testing.T) {
	c := built(t)
	for _, r := range []struct {
		name, limit, from string
		extend            int
		pauses            []Pause
		says              string
	}{
		{name: "P15", limit: "reply", from: "2025-04-10", extend: 21, says: "不得超过 20 个工作日"},
		{name: "P14: two of 20 are one of 40", limit: "reply", from: "2025-04-10", extend: 40, says: "不得超过 20 个工作日"},
		{name: "negative extension", limit: "reply", from: "2025-04-10", extend: -1, says: "不能是负数"},
		{name: "publication is not extended", limit: "publication", from: "2025-04-10", extend: 5, says: "不能延长"},
		{name: "suit is not paused", limit: "suit", from: "2025-04-10", pauses: pauses(t, "2025-04-11 2025-04-12"), says: "不因征求意见而停算"},
		{name: "turned pause", limit: "reply", from: "2025-04-10", pauses: pauses(t, "2025-04-16 2025-04-15"), says: "早于发函日"},
		{name: "pause before receipt", limit: "reply", from: "2025-04-10", pauses: pauses(t, "2025-04-09 2025-04-15"), says: "早于收到申请之日"},
		{name: "pause after the end", limit: "reply", from: "2025-04-10", pauses: pauses(t, "2025-05-13 2025-05-20"), says: "已在期限届满日"},
		{name: "pause without an end", limit: "reply", from: "2025-04-10", pauses: []Pause{{From: date(t, "2025-04-11")}}, says: "缺少"},
		{name: "no start", limit: "reply", says: "没有给出起算日"},
		{name: "too many pauses", limit: "reply", from: "2025-04-10", pauses: make([]Pause, MaxPauses+1), says: "太多"},
	} {
		q := Query{Limit: limit(t, r.limit), Extend: r.extend, Pauses: r.pauses}
		if r.from != "" {
			q.From = date(t, r.from)
		}
		_, err := c.Reckon(q)
		if k := errs.KindOf(err); k != errs.Invalid && k != errs.TooLarge {
			t.Errorf("%s: %v, want a refusal", r.name, err)
		} else if !strings.Contains(errs.Public(err), r.says) {
			t.Errorf("%s says %q, want %q in it", r.name, errs.Public(err), r.says)
		}
	}
	_, err := c.Reckon(Query{Limit: limit(t, "reply"), From: date(t, "2026-11-20"), Pauses: pauses(t, "2026-11-25 2027-01-04")})
	if !errors.Is(err, ErrNoCalendar) {
		t.Errorf("a pause into a year without data: %v", err)
	}
	if _, err := c.Reckon(Query{From: date(t, "2026-11-20")}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("no limit: %v", err)
	}
}

// The acts of P6, P17, P18, Q5, Q6, Q7 and M21, each against its last day.
func TestLate(t *testing.T) {
	c := built(t)
	for _, r := range []struct {
		name, deadline, acted string
		want                  int
	}{
		{"P6", "2024-03-12", "2024-03-13", 1},
		{"P17", "2025-05-12", "2025-05-12", 0},
		{"P18", "2025-05-12", "2025-05-13", 1},
		{"late on a Sunday", "2025-05-16", "2025-05-18", 1},
		{"Q5", "2024-01-31", "2024-01-10", 0},
		{"Q6", "2025-01-31", "2025-02-05", 1},
		{"Q7 in time", "2025-03-31", "2025-03-31", 0},
		{"Q7 late", "2025-03-31", "2025-04-01", 1},
		{"M21", "2026-10-26", "2026-10-27", 1},
	} {
		got, err := c.Late(date(t, r.deadline), date(t, r.acted))
		if err != nil || got != r.want {
			t.Errorf("%s: late by %d, %v; want %d", r.name, got, err, r.want)
		}
	}
}

func TestCheckExtension(t *testing.T) {
	c := built(t)
	deadline := date(t, "2024-04-16")
	for _, r := range []struct {
		name, decided string
		before, more  int
		says          string
	}{
		{"P12", "2024-04-16", 0, 20, ""},
		{"P13", "2024-04-17", 0, 10, "已过"},
		{"P14", "2024-04-10", 10, 10, "已经延长过"},
		{"P15", "2024-04-10", 0, 21, "不得超过 20"},
		{"nothing", "2024-04-10", 0, 0, "至少"},
	} {
		err := c.CheckExtension(deadline, date(t, r.decided), r.before, r.more)
		if (err == nil) != (r.says == "") || err != nil && !strings.Contains(errs.Public(err), r.says) {
			t.Errorf("%s: %v, want %q", r.name, err, r.says)
		}
	}
}

func TestRemindersOfAnnualReport(t *testing.T) {
	days, err := built(t).Reminders(date(t, "2026-01-31"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range days {
		got = append(got, d.String())
	}
	if diff := cmp.Diff([]string{"2026-01-09", "2026-01-21", "2026-01-27", "2026-01-29", "2026-01-30"}, got); diff != "" {
		t.Errorf("Q8: %s", diff)
	}
}

// P8 and P9: a silent third party ends the pause with its 15 working days; the
// day of receipt of the letter is not the day it was sent.
func TestConsultationPause(t *testing.T) {
	c := built(t)
	for _, r := range []struct {
		name string
		k    Consultation
		to   string
		open bool
	}{
		{"P7 answered", Consultation{Sent: date(t, "2025-03-10"), Received: date(t, "2025-03-12"), Answered: date(t, "2025-03-26")}, "2025-03-26", false},
		{"P8 silent", Consultation{Sent: date(t, "2025-03-10"), Received: date(t, "2025-03-12")}, "2025-04-02", false},
		{"P9 silent over the festival", Consultation{Sent: date(t, "2026-02-09"), Received: date(t, "2026-02-11")}, "2026-03-10", false},
		{"answered too late", Consultation{Sent: date(t, "2025-03-10"), Received: date(t, "2025-03-12"), Answered: date(t, "2025-05-26")}, "2025-04-02", false},
		{"withdrawn", Consultation{Sent: date(t, "2025-03-10"), Received: date(t, "2025-03-12"), Withdrawn: date(t, "2025-03-14")}, "2025-03-14", false},
		{"not yet received", Consultation{Sent: date(t, "2025-03-10")}, "", true},
	} {
		p, open, err := c.Pause(r.k)
		if err != nil || p.To.String() != r.to || open != r.open || p.From != r.k.Sent {
			t.Errorf("%s: %v, open %v, %v; want to %s", r.name, p, open, err, r.to)
		}
	}
}

// P16: the explanation says what silence means.
func TestSilence(t *testing.T) {
	for id, says := range map[string]string{"joint-maker": "视为同意公开", "third-party": "不视为同意"} {
		steps := reckon(t, id, "2025-03-12", 0).Steps
		if last := steps[len(steps)-1]; last.Kind != StepEffect || !strings.Contains(last.Chinese(), says) {
			t.Errorf("P16 %s: the last step is %s %q", id, last.Kind, last.Chinese())
		}
	}
}

func TestExplanation(t *testing.T) {
	var got []string
	for _, s := range reckon(t, "reply", "2024-03-04", 20, "2024-03-08 2024-03-22").Steps {
		got = append(got, s.From.String()+" "+s.To.String()+" "+string(s.Kind)+" "+s.Chinese()+" "+s.Cite)
	}
	want := []string{
		"2024-03-04 2024-03-04 start 收到申请（或者补正的申请）之日，当日不计入，期限自次日起算 民法典§201.1",
		"2024-03-05 2024-03-08 counted 计入 4 个工作日，累计 4 个 条例§33.2",
		"2024-03-09 2024-03-22 pause 征求第三方或者其他机关意见的时间，剔除 10 个工作日，不计入期限 条例§33.3",
		"2024-03-23 2024-04-03 counted 计入 8 个工作日（其间周末 4 天不计），累计 12 个 条例§33.2",
		"2024-04-04 2024-04-06 holiday 清明节放假 3 天，不计入 国办发明电〔2023〕7号",
		"2024-04-07 2024-04-07 make-up 清明节调休上班，计入 1 个工作日，累计 13 个 国办发明电〔2023〕7号",
		"2024-04-08 2024-04-16 counted 计入 7 个工作日（其间周末 2 天不计），累计 20 个 条例§33.2",
		"2024-04-16 2024-04-16 extension 原期限于此日届满；经政府信息公开工作机构负责人同意并告知申请人，延长 20 个工作日 条例§33.2",
		"2024-04-17 2024-04-27 counted 计入 8 个工作日（其间周末 3 天不计），累计 28 个 条例§33.2",
		"2024-04-28 2024-04-28 make-up 劳动节调休上班，计入 1 个工作日，累计 29 个 国办发明电〔2023〕7号",
		"2024-04-29 2024-04-30 counted 计入 2 个工作日，累计 31 个 条例§33.2",
		"2024-05-01 2024-05-05 holiday 劳动节放假 5 天，不计入 国办发明电〔2023〕7号",
		"2024-05-06 2024-05-10 counted 计入 5 个工作日，累计 36 个 条例§33.2",
		"2024-05-11 2024-05-11 make-up 劳动节调休上班，计入 1 个工作日，累计 37 个 国办发明电〔2023〕7号",
		"2024-05-12 2024-05-15 counted 计入 3 个工作日（其间周末 1 天不计），累计 40 个 条例§33.2",
		"2024-05-15 2024-05-15 deadline 第 40 个工作日，期限届满 条例§33.2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every step of every limit has a sentence in both languages and a known norm.
func TestStepsAreCited(t *testing.T) {
	c := built(t)
	for _, l := range Limits() {
		for d := date(t, "2024-01-01"); d.Year() == 2024; d = d.Add(5) {
			a, err := c.Reckon(Query{Limit: l, From: d})
			if err != nil {
				t.Fatalf("%s from %s: %v", l.ID, d, err)
			}
			for _, s := range a.Steps {
				if err := law.CheckCitation(s.Cite); err != nil {
					t.Fatalf("%s from %s, %s: %v", l.ID, d, s.Kind, err)
				}
				if s.Chinese() == "" || s.English() == "" || s.From.IsZero() || s.To.Before(s.From) {
					t.Fatalf("%s from %s: the step %s says nothing or has turned dates", l.ID, d, s.Kind)
				}
			}
		}
	}
}

func TestSettings(t *testing.T) {
	base := built(t)
	two := []string{"2025-09-24 2025-10-13", "2025-09-29 2025-10-16"}
	for _, r := range []struct {
		name   string
		set    func(*Settings)
		limit  string
		from   string
		pauses []string
		want   string
	}{
		{"P10 added up", func(s *Settings) { s.AddParallelPauses = true }, "reply", "2025-09-22", two, "2025-11-18"},
		{"sending day excluded", func(s *Settings) { s.PauseCountsSendingDay = true }, "reply", "2025-03-03", []string{"2025-03-10 2025-03-26"}, "2025-04-18"},
		{"answer day counted", func(s *Settings) { s.PauseLeavesAnswerDay = true }, "reply", "2025-03-03", []string{"2025-03-10 2025-03-26"}, "2025-04-16"},
		{"Q18 rolled", func(s *Settings) { s.RollMakeUpDay = true }, "suit", "2025-08-14", nil, "2026-02-24"},
		{"Q5 without the day itself", func(s *Settings) { s.BeforeExcludesDay = true }, "annual-report-department", "2023-12-31", nil, "2024-01-30"},
	} {
		s := DefaultSettings()
		r.set(&s)
		a, err := base.WithSettings(s).Reckon(Query{Limit: limit(t, r.limit), From: date(t, r.from), Pauses: pauses(t, r.pauses...)})
		if err != nil || a.Deadline.String() != r.want {
			t.Errorf("%s: %s, %v; want %s", r.name, a.Deadline, err, r.want)
		}
	}
}
