package annual_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// sameReport compares what the JSON promises to keep: not places, and of the
// text only what the caller compares by parts.
func sameReport(a, b *annual.Report) string {
	return cmp.Diff(a, b,
		cmpopts.IgnoreFields(annual.Report{}, "Format", "Notices", "Paras", "Form"),
		cmpopts.IgnoreFields(annual.Value{}, "Place"),
		cmpopts.EquateEmpty(),
	)
}

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		report := annualtest.Messy().Draw(t, "report")
		data, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		var back annual.Report
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := sameReport(report, &back); diff != "" {
			t.Fatalf("the report changed on its way through JSON (-was +is):\n%s", diff)
		}
		if back.Form != report.Form {
			t.Fatalf("form %s became %s", report.Form.ID, back.Form.ID)
		}
		for part := 0; part <= 6; part++ {
			if got, want := back.Text(part), report.Text(part); got != want {
				t.Fatalf("text of part %d:\n%s\nwant\n%s", part, got, want)
			}
		}
		for _, kind := range []annual.PartKind{annual.TitlePara, annual.SignaturePara, annual.DatePara, annual.HeadingPara} {
			if got, want := back.Lines(kind), report.Lines(kind); got != want {
				t.Fatalf("lines of kind %d: %q, want %q", kind, got, want)
			}
		}
		again, err := json.Marshal(&back)
		if err != nil || string(again) != string(data) {
			t.Fatalf("written twice, the JSON differs: %v\n%s\n%s", err, data, again)
		}
	})
}

func TestJSONTellsNullsApart(t *testing.T) {
	r := &annual.Report{File: "a.docx", Organ: "青石县教育局", Year: 2023, Form: annual.FormByID("2021")}
	r.Set("table2", "regulations", "made", annual.Value{State: annual.Empty})
	r.Set("table2", "regulations", "repealed", annual.Value{State: annual.Doubtful, Raw: "0 00"})
	r.Set("table2", "normativeDocuments", "made", annual.Value{State: annual.Mark, Raw: "/"})
	r.Set("table2", "normativeDocuments", "repealed", annual.Value{State: annual.Number, N: 22, Raw: "２２", Note: "其中修订16件"})
	r.Set("table2", "fees", "amount", annual.Value{State: annual.Number, N: 3000, Raw: "0.0030", Place: doc.Place{Page: 2, Table: 1, Row: 12, Col: 2}})
	r.Paras = []annual.Para{{Kind: annual.TitlePara, Text: "青石县教育局2023年"}, {Kind: annual.TitlePara, Text: "政府信息公开工作年度报告"}}
	r.Doubts = []annual.Doubt{{Where: annual.Ref{Table: "table2", Row: "regulations", Column: "repealed"}, Reason: "数字连在一起。", Raw: "0 00"}}
	data, err := r.JSON(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"title":"青石县教育局2023年\n政府信息公开工作年度报告"`,
		`"regulations":{"made":null,"repealed":null,"inForce":null}`,
		`"normativeDocuments":{"made":"/","repealed":22,"inForce":null}`,
		`"fees":{"amount":"0.003"}`,
		`"notes":{"table2/normativeDocuments/repealed":"其中修订16件"}`,
		`{"table":"table2","row":"regulations","column":"inForce"}`,
		`{"table":"table3","row":"R1"}`,
		`"table2/fees/amount":{"page":2,"table":1,"row":12,"column":2}`,
		`"raw":"0 00"`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the JSON has no %s:\n%s", want, data)
		}
	}
	var back annual.Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	want := map[string]annual.State{"made": annual.Empty, "repealed": annual.Doubtful, "inForce": annual.Absent}
	for column, state := range want {
		if got := back.Get("table2", "regulations", column).State; got != state {
			t.Errorf("%s is in state %d, want %d", column, got, state)
		}
	}
}

// Written with its places, a report tells afterwards where each of its lines and figures
// stands.
func TestJSONKeepsPlaces(t *testing.T) {
	r := &annual.Report{Year: 2023, Form: annual.FormByID("2021")}
	for i, p := range []annual.Para{
		{Kind: annual.TitlePara, Text: "青石县教育局"},
		{Text: "本报告\n由教育局编制。"},
		{Part: 1, Kind: annual.HeadingPara, Text: "一、总体情况"},
		{Part: 1, Kind: annual.SubheadingPara, Text: "（一）主动公开"},
		{Part: 1, Text: "公开56条。"},
		{Part: 2, Kind: annual.HeadingPara, Text: "二、主动公开政府信息情况"},
		{Part: 6, Text: "没有收费。"},
		{Part: 6, Kind: annual.SignaturePara, Text: "青石县教育局"},
		{Part: 6, Kind: annual.DatePara, Text: "2024年1月20日"},
	} {
		p.Place = doc.Place{Page: 1, Line: i + 1}
		r.Paras = append(r.Paras, p)
	}
	r.Set("table2", "fees", "amount", annual.Value{State: annual.Empty, Place: doc.Place{Page: 2, Line: 5}})
	data, err := r.JSON(true)
	if err != nil {
		t.Fatal(err)
	}
	var back annual.Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, p := range back.Paras {
		at[p.Text] = p.Place.Line
	}
	for text, line := range map[string]int{"由教育局编制。": 2, "一、总体情况": 3, "公开56条。": 5, "没有收费。": 7, "2024年1月20日": 9} {
		if at[text] != line {
			t.Errorf("%s stands on line %d, not %d", text, line, at[text])
		}
	}
	if got := back.Get("table2", "fees", "amount").Place; got != (doc.Place{Page: 2, Line: 5}) {
		t.Errorf("%+v", got)
	}
}

func TestJSONRefusesWhatItDoesNotKnow(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"no JSON", `{`, ""},
		{"another form", `{"form":"2008"}`, "不是已知的报告格式"},
		{"no table", `{"form":"2021"}`, "缺少 table2"},
		{"seven sections", `{"form":"2021","sections":[{},{},{},{},{},{},{}]}`, "至多为六个"},
		{"too few values", `{"form":"2021","table2":{},"table3":{"R1":[1,2]},"table4":{}}`, "应有 7 个数"},
		{"a fraction of a request", `{"form":"2021","table2":{},"table3":{"R1":[1.5,0,0,0,0,0,0]},"table4":{}}`, "第 1 个值"},
		{"beyond 64 bits", `{"form":"2021","table2":{},"table3":{"R1":[99999999999999999999,0,0,0,0,0,0]},"table4":{}}`, "第 1 个值"},
		{"true is no figure", `{"form":"2021","table2":{"fees":{"amount":true}},"table3":{},"table4":{}}`, "第 1 个值"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r annual.Report
			err := json.Unmarshal([]byte(tt.data), &r)
			if err == nil {
				t.Fatal("it was taken")
			}
			if tt.want != "" && (errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), tt.want)) {
				t.Errorf("said %q, want a sentence with %q", errs.Public(err), tt.want)
			}
		})
	}
}
