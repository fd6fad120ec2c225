package limits

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/calendar"
)

func built(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is what another program reads from a line.
type answer struct {
	Deadline string `json:"deadline"`
	Fen      *int64 `json:"fen"`
	Error    string `json:"error"`
	Steps    []struct {
		From  any    `json:"from"`
		To    any    `json:"to"`
		Count int    `json:"count"`
		Kind  string `json:"kind"`
		Price int64  `json:"price"`
		Fen   int64  `json:"fen"`
		What  string `json:"what"`
		Cite  string `json:"cite"`
	} `json:"steps"`
}

func answers(t testing.TB, out string) []answer {
	t.Helper()
	var all []answer
	for line := range strings.Lines(out) {
		var a answer
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&a); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, a)
	}
	return all
}

func deadlines(t testing.TB, in string) []answer {
	t.Helper()
	var out bytes.Buffer
	if err := Deadlines(t.Context(), strings.NewReader(in), &out, built(t)); err != nil {
		t.Fatal(err)
	}
	return answers(t, out.String())
}

func fees(t testing.TB, in string) []answer {
	t.Helper()
	var out bytes.Buffer
	if err := Fees(t.Context(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	return answers(t, out.String())
}

const exampleDeadline = `{"limit":"reply","from":"2025-09-22","pauses":[{"from":"2025-09-24","to":"2025-10-13"},{"from":"2025-09-29","to":"2025-10-16"}],"extend":0}`

func TestDeadlineLines(t *testing.T) {
	for _, r := range []struct{ name, line, want string }{
		{"P10", exampleDeadline, "2025-11-11"},
		{"P12", `{"limit":"reply","from":"2024-03-04","pauses":[{"from":"2024-03-08","to":"2024-03-22"}],"extend":20}`, "2024-05-15"},
		{"D13", `{"from":"2025-04-10","limit":"reply"}`, "2025-05-12"},
		{"D13 with spaces", ` { "from" : "2025-04-10" , "limit" : "reply" , "pauses" : [ ] , "extend" : 0 , "region":"" } `, "2025-05-12"},
		{"D13 with escapes", `{"\u0066rom":"2025\u002d04-10","limit":"re\u0070ly"}`, "2025-05-12"},
		{"P4", `{"limit":"correction-notice","from":"2024-03-01"}`, "2024-03-12"},
		{"P8", `{"limit":"third-party","from":"2025-03-12"}`, "2025-04-02"},
		{"D11", `{"limit":"joint-maker","from":"2025-01-13"}`, "2025-02-08"},
		{"Q3", `{"limit":"publication","from":"2025-01-27"}`, "2025-03-03"},
		{"M20", `{"limit":"fee-payment","from":"2026-09-21"}`, "2026-10-26"},
		{"Q12", `{"limit":"reconsideration","from":"2025-08-04"}`, "2025-10-09"},
		{"Q19", `{"limit":"suit","from":"2025-08-15"}`, "2026-02-24"},
		{"Q21", `{"limit":"suit-after-reconsideration","from":"2026-02-06"}`, "2026-02-24"},
		{"Q8", `{"limit":"annual-report-department","from":"2025-12-31"}`, "2026-01-31"},
	} {
		got := deadlines(t, r.line+"\n")
		if len(got) != 1 || got[0].Deadline != r.want || got[0].Error != "" || len(got[0].Steps) < 2 {
			t.Errorf("%s: %+v, want %s", r.name, got, r.want)
		}
	}
}

func TestFeeLines(t *testing.T) {
	for _, r := range []struct {
		name, line string
		fen        int64
	}{
		{"M7", `{"method":"pieces","count":41}`, 430000},
		{"M12", `{"method":"pages","count":68}`, 38000},
		{"M1", `{"count":10,"method":"pieces"}`, 0},
		{"none", `{"method":"pages","count":0}`, 0},
		{"M15", `{"method":"pages","count":1000}`, 3470000},
		{"M17", `{"method":"pages","count":500,"published":true}`, 0},
	} {
		got := fees(t, r.line)
		if len(got) != 1 || got[0].Error != "" || got[0].Fen == nil || *got[0].Fen != r.fen || len(got[0].Steps) == 0 {
			t.Errorf("%s: %+v, want %d", r.name, got, r.fen)
		}
	}
}

func TestWrongDeadlineLines(t *testing.T) {
	for line, says := range map[string]string{
		`hello`:                                 "不是正确的 JSON",
		`{"limit":"reply"`:                      "不是正确的 JSON",
		exampleDeadline + `{}`:                  "不是正确的 JSON",
		`[]`:                                    "JSON 对象",
		`null`:                                  "JSON 对象",
		`"reply"`:                               "JSON 对象",
		`{}`:                                    "缺少“limit”",
		`{"limit":null,"from":null}`:            "缺少“limit”",
		`{"limit":"answer"}`:                    "没有名为“answer”的期限",
		`{"limit":"reply"}`:                     "缺少“from”",
		`{"limit":7,"from":"x"}`:                "“limit”",
		`{"limit":"reply","from":1}`:            "“from”",
		`{"limit":"reply","from":"x"}`:          "日期“x”",
		`{"limit":"reply","from":"2025-02-29"}`: "2025-02-29",
		`{"limit":"reply","from":"2018-12-28"}`: "没有2018年的放假安排",
		`{"limit":"reply","from":"2026-12-10"}`: "没有2027年的放假安排",
		`{"limit":"reply","from":"2025-04-10","until":"x"}`:                                              "不认识字段“until”",
		`{"limit":"reply","From":"2025-04-10"}`:                                                          "不认识字段“From”",
		`{"limit":"reply","from":"2025-04-10","from":"2025-04-11"}`:                                      "写了两次",
		`{"limit":"reply","from":"2025-04-10","extend":21}`:                                              "不得超过 20",
		`{"limit":"reply","from":"2025-04-10","extend":-1}`:                                              "负数",
		`{"limit":"reply","from":"2025-04-10","extend":1.5}`:                                             "“extend”",
		`{"limit":"reply","from":"2025-04-10","extend":"3"}`:                                             "“extend”",
		`{"limit":"suit","from":"2025-04-10","extend":3}`:                                                "不能延长",
		`{"limit":"suit","from":"2025-04-10","pauses":[{"from":"2025-04-11","to":"2025-04-12"}]}`:        "停算",
		`{"limit":"reply","from":"2025-04-10","pauses":{}}`:                                              "“pauses”",
		`{"limit":"reply","from":"2025-04-10","pauses":[null]}`:                                          "缺少发函日",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-11"}]}`:                         "缺少发函日",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-11","to":"2025-04-12","x":1}]}`: "不认识字段“x”",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-12","to":"2025-04-11"}]}`:       "早于发函日",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-09","to":"2025-04-11"}]}`:       "早于收到申请之日",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-06-09","to":"2025-06-11"}]}`:       "期限届满日",
		`{"limit":"reply","from":"2025-04-10","region":"某地"}`:                                            "没有“某地”的地方放假安排",
		strings.Repeat("[", 100000):                                                                      "不是正确的 JSON",
		`{"limit":"` + strings.Repeat("长", 5000) + `"}`:                                                  "没有名为",
		`{"limit":"reply","from":"2025-04-10","pauses":[` + strings.Repeat(`{"from":"2025-04-11","to":"2025-04-11"},`, 1000) + `{"from":"2025-04-11","to":"2025-04-11"}]}`: "太多",
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-11","to":"2025-04-12","to":"2025-04-13"}]}`:                                                       "写了两次",
		`{"limit":"reply","from":"2025-04-10","x":[[[[]]]]}`:                                                                                                               "不认识字段“x”",
	} {
		got := deadlines(t, line)
		if len(got) != 1 || !strings.Contains(got[0].Error, says) || got[0].Deadline != "" {
			t.Errorf("%.80s: %+v, want %q", line, got, says)
		}
		if len(got) == 1 && len([]rune(got[0].Error)) > 600 {
			t.Errorf("%.80s: the message has %d characters", line, len([]rune(got[0].Error)))
		}
	}
}

func TestWrongFeeLines(t *testing.T) {
	for name, r := range map[string]struct{ line, says string }{
		"M16 both methods":   {`{"method":"pieces","count":41,"pages":68}`, "不认识字段“pages”"},
		"M16 method twice":   {`{"method":"pieces","method":"pages","count":41}`, "写了两次"},
		"M16 list":           {`{"method":["pieces","pages"],"count":41}`, "“method”"},
		"M16 joined":         {`{"method":"pieces,pages","count":41}`, "二者择一"},
		"M17 pieces":         {`{"method":"pieces","count":41,"published":true}`, "只用于按量"},
		"unknown method":     {`{"method":"weight","count":41}`, "没有这种计收方式"},
		"no method":          {`{"count":41}`, "缺少“method”"},
		"no count":           {`{"method":"pages"}`, "缺少“count”"},
		"empty count":        {`{"method":"pages","count":null}`, "缺少“count”"},
		"negative":           {`{"method":"pages","count":-3}`, "负数"},
		"fraction":           {`{"method":"pages","count":41.5}`, "“count”"},
		"fraction of zero":   {`{"method":"pages","count":41.0}`, "“count”"},
		"text":               {`{"method":"pages","count":"41"}`, "“count”"},
		"overflow":           {`{"method":"pages","count":99999999999999999999}`, "“count”"},
		"beyond the maximum": {`{"method":"pieces","count":9223372036854775807}`, "过大"},
	} {
		got := fees(t, r.line)
		if len(got) != 1 || !strings.Contains(got[0].Error, r.says) || got[0].Fen != nil {
			t.Errorf("%s: %+v, want %q", name, got, r.says)
		}
	}
}

// Exactly one line out for each line in that is not empty, in the same order.
func TestLinesAnswerInOrder(t *testing.T) {
	in := "\ufeff" + exampleDeadline + "\r\n\n   \n{bad\n" + `{"limit":"reply","from":"2025-04-10"}`
	got := deadlines(t, in)
	if len(got) != 3 || got[0].Deadline != "2025-11-11" || got[1].Error == "" || got[2].Deadline != "2025-05-12" {
		t.Errorf("%+v", got)
	}
	if got := deadlines(t, ""); got != nil {
		t.Errorf("nothing in, %v out", got)
	}
}

func TestLongLines(t *testing.T) {
	pad := func(n int) string { return exampleDeadline + strings.Repeat(" ", n-len(exampleDeadline)) }
	got := deadlines(t, pad(MaxLine)+"\n"+pad(MaxLine+2)+"\n"+pad(5<<20)+"\n"+exampleDeadline+"\n"+strings.Repeat("x", 3<<20))
	if len(got) != 5 {
		t.Fatalf("%d answers, want 5", len(got))
	}
	for i, tooLong := range []bool{false, true, true, false, true} {
		if strings.Contains(got[i].Error, "1 MiB") != tooLong {
			t.Errorf("line %d: %+v", i+1, got[i])
		}
	}
}

// A program that asks line by line gets its answer before it asks on, also when
// it has already written the beginning of its next line.
func TestInteractive(t *testing.T) {
	cal := built(t)
	question, ask := io.Pipe()
	reply, answer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := Deadlines(context.Background(), question, answer, cal)
		answer.Close()
		done <- err
	}()
	in := bufio.NewReader(reply)
	rest := ""
	for i := range 3 {
		next := exampleDeadline + "\n" + exampleDeadline[:10*i]
		if _, err := io.WriteString(ask, next[len(rest):]); err != nil {
			t.Fatal(err)
		}
		rest = exampleDeadline[:10*i]
		line, err := in.ReadString('\n')
		if err != nil || !strings.Contains(line, "2025-11-11") {
			t.Fatalf("%q, %v", line, err)
		}
	}
	ask.Close()
	if _, err := io.ReadAll(in); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestBatchStops(t *testing.T) {
	cal := built(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Deadlines(ctx, strings.NewReader(exampleDeadline), io.Discard, cal); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	broken := errors.New("the disk is gone")
	if err := Deadlines(t.Context(), io.MultiReader(strings.NewReader(exampleDeadline), errReader{broken}), io.Discard, cal); !errors.Is(err, broken) {
		t.Errorf("broken input: %v", err)
	}
	if err := Fees(t.Context(), strings.NewReader(`{"method":"pages","count":1}`), errWriter{broken}); !errors.Is(err, broken) {
		t.Errorf("broken output: %v", err)
	}
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }

type errWriter struct{ err error }

func (e errWriter) Write([]byte) (int, error) { return 0, e.err }

func TestText(t *testing.T) {
	a, err := Deadline(DeadlineQuery{Limit: "reply", From: "2025-09-22", Pauses: []Pause{{"2025-09-24", "2025-10-13"}, {"2025-09-29", "2025-10-16"}}}, built(t))
	if err != nil {
		t.Fatal(err)
	}
	want := `答复申请：最后一日为2025年11月11日（周二）

  2025-09-22 周一                          收到申请（或者补正的申请）之日，当日不计入，期限自次日起算（民法典§201.1）
  2025-09-23 周二 – 2025-09-24 周三     2  计入 2 个工作日，累计 2 个（条例§33.2）
  2025-09-25 周四 – 2025-10-16 周四    12  征求第三方或者其他机关意见的时间，剔除 12 个工作日，不计入期限（条例§33.3）
  2025-10-17 周五 – 2025-11-11 周二    18  计入 18 个工作日（其间周末 8 天不计），累计 20 个（条例§33.2）
  2025-11-11 周二                      20  第 20 个工作日，期限届满（条例§33.2）
`
	if diff := cmp.Diff(want, a.Text(false)); diff != "" {
		t.Error(diff)
	}
	want = `Reply to the request: last day 2025-11-11 (Tuesday)

  2025-09-22 Mon                         receipt of the request, or of the corrected request: this day is not counted, the limit runs from the next [民法典§201.1]
  2025-09-23 Tue – 2025-09-24 Wed     2  2 working days counted, 2 so far [条例§33.2]
  2025-09-25 Thu – 2025-10-16 Thu    12  consulting third parties or other organs: 12 working days taken out [条例§33.3]
  2025-10-17 Fri – 2025-11-11 Tue    18  18 working days counted (8 days of weekend not), 20 so far [条例§33.2]
  2025-11-11 Tue                     20  working day 20: the limit ends [条例§33.2]
`
	if diff := cmp.Diff(want, a.Text(true)); diff != "" {
		t.Error(diff)
	}
	count := int64(41)
	f, err := Fee(FeeQuery{Method: "pieces", Count: &count})
	if err != nil {
		t.Fatal(err)
	}
	want = `应收信息处理费 4300 元

     0  第 1–10 件，免费（国办函〔2020〕109号§4）
  2000  第 11–30 件，20 件 × 100 元 = 2000 元（国办函〔2020〕109号§4）
  2000  第 31–40 件，10 件 × 200 元 = 2000 元（国办函〔2020〕109号§4）
   300  第 41 件，1 件 × 300 元 = 300 元（国办函〔2020〕109号§4）
  4300  合计 41 件，应收 4300 元（国办函〔2020〕109号§4）
`
	if diff := cmp.Diff(want, f.Text(false)); diff != "" {
		t.Error(diff)
	}
}

func TestMarshal(t *testing.T) {
	a, err := Deadline(DeadlineQuery{Limit: "suit", From: "2025-08-14"}, built(t))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"deadline":"2026-02-14","steps":[` +
		`{"from":"2025-08-14","to":"2025-08-14","count":0,"kind":"start","what":"知道或者应当知道行政行为之日，当日不计入，期限自次日起算","cite":"民法典§201.1"},` +
		`{"from":"2025-08-15","to":"2026-02-14","count":184,"kind":"run","what":"按月计算 6 个月，到期月的对应日为 2026-02-14","cite":"行政诉讼法§46.1、民法典§202"},` +
		`{"from":"2026-02-14","to":"2026-02-14","count":0,"kind":"no-roll-over","what":"最后一日虽在周末，但系春节调休上班日，不顺延","cite":"国办发明电〔2025〕7号"},` +
		`{"from":"2026-02-14","to":"2026-02-14","count":0,"kind":"deadline","what":"期限届满之日","cite":"行政诉讼法§46.1"}]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Error(diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		exampleDeadline, `{"method":"pieces","count":41}`, "{}\n\n{bad\n", `{"limit":"reply","from":"2026-12-10"}`,
		`{"limit":"reply","from":"2025-04-10","pauses":[{"from":"2025-04-11","to":"2025-04-12"}]`, `{"a\`, `{"\"":1,"\u0000":[{"x":{}}]}`, "\xff\n\x00",
	} {
		f.Add([]byte(s))
	}
	cal, err := calendar.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		lines := 0
		for line := range bytes.Lines(in) {
			if len(bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))) > 0 {
				lines++
			}
		}
		for name, run := range map[string]func(w io.Writer) error{
			"deadlines": func(w io.Writer) error { return Deadlines(t.Context(), bytes.NewReader(in), w, cal) },
			"fees":      func(w io.Writer) error { return Fees(t.Context(), bytes.NewReader(in), w) },
		} {
			var out bytes.Buffer
			if err := run(&out); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := len(answers(t, out.String())); got != lines {
				t.Fatalf("%s: %d answers to %d lines", name, got, lines)
			}
		}
	})
}

func BenchmarkDeadlines(b *testing.B) {
	cal := built(b)
	for name, line := range map[string]string{
		"two-pauses": exampleDeadline,
		"extended":   `{"limit":"reply","from":"2024-03-04","pauses":[{"from":"2024-03-08","to":"2024-03-22"}],"extend":20}`,
		"plain":      `{"limit":"reply","from":"2025-04-10"}`,
	} {
		b.Run(name, func(b *testing.B) {
			const lines = 1000
			in := strings.Repeat(line+"\n", lines)
			b.ReportAllocs()
			for b.Loop() {
				if err := Deadlines(b.Context(), strings.NewReader(in), io.Discard, cal); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*lines)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}

func BenchmarkFees(b *testing.B) {
	const lines = 1000
	in := strings.Repeat(fmt.Sprintln(`{"method":"pieces","count":41}`), lines)
	for b.Loop() {
		if err := Fees(b.Context(), strings.NewReader(in), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*lines)/b.Elapsed().Seconds(), "lines/s")
}
