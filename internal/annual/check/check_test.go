package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/law"
	"gongkai/internal/rule"
)

// Every rule can be explained to a person and cites a norm that law knows.
func TestRulesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Title == "" || r.TitleEN == "" || r.Severity == "" || r.Check == nil {
			t.Errorf("%s is incomplete", r.ID)
		}
		if err := law.CheckCitation(r.Cite); err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
	var want []string
	for n := 1; n <= 26; n++ {
		want = append(want, fmt.Sprintf("K%d", n))
	}
	for _, id := range append(want, "X1", "X2", "X3", "X4", "X5", "X6", "X7", "Y1", "Y2", "Y3", "Y4", "Y5") {
		if _, ok := RuleByID(id); !ok {
			t.Errorf("there is no rule %s", id)
		}
	}
	if _, ok := RuleByID("K99"); ok {
		t.Error("K99 found")
	}
}

// The JSON of a result is read by other programs: names and empty lists stay.
func TestResultJSON(t *testing.T) {
	r := zeros("甲市人民政府", 2024)
	row(r, "table4", "review", 1)
	res := CheckWith(relations(), &Input{Report: r})
	res.Findings[0].Also, res.Findings[0].Cells, res.Findings[0].Fix = nil, nil, ""
	got, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"file":"甲市人民政府.docx","organ":"甲市人民政府","year":2024,"findings":[` +
		`{"rule":"Y1","severity":"error","where":{"table":"table4","row":"review","column":"C5"},"place":{},` +
		`"message":"“行政复议”四种情形之和为1，“总计”填的是0，相差1。","expected":"1+0+0+0 = 1","actual":"0","cite":"国办公开办函〔2021〕30号"}],` +
		`"notAssessable":[],"doubts":[]}`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	got, _ = json.Marshal(CheckWith(relations(), &Input{Report: zeros("甲市人民政府", 2024)}))
	if !strings.Contains(string(got), `"findings":[],"notAssessable":[],"doubts":[]`) {
		t.Errorf("got %s", got)
	}
}

func TestFindingsAreInOrder(t *testing.T) {
	findings := []rule.Finding{
		{Rule: "i", Severity: rule.Info},
		{Rule: "5", Severity: rule.Error, Where: rule.Where{Table: "table4", Row: "review", Column: "C5"}},
		{Rule: "4", Severity: rule.Error, Where: rule.Where{Table: "table3", Row: "R4", Column: "C7"}},
		{Rule: "w", Severity: rule.Warning},
		{Rule: "3", Severity: rule.Error, Where: rule.Where{Table: "table3", Row: "R1", Column: "C7"}},
		{Rule: "2", Severity: rule.Error, Where: rule.Where{Table: "table2", Row: "fees", Column: "amount"}},
		{Rule: "6", Severity: rule.Error, Where: rule.Where{Table: "text", Row: "六"}},
		{Rule: "1", Severity: rule.Error, Where: rule.Where{Table: "text", Row: "一"}},
		{Rule: "0", Severity: rule.Error},
	}
	sortFindings(zeros("甲县教育局", 2024), findings)
	var got string
	for _, f := range findings {
		got += f.Rule
	}
	if got != "0123456wi" {
		t.Error(got)
	}
}

// The 2019 form is judged by its own notice.
func TestCitesTheEditionOfTheYear(t *testing.T) {
	r := &annual.Report{Year: 2020, Form: annual.FormByID("2019")}
	row(r, "table4", "review", 1, 0, 0, 0, 0)
	f := apply(ruleY1(), &Input{Report: r}).Findings
	if len(f) != 1 || f[0].Cite != "国办公开办函〔2019〕60号" {
		t.Error(f)
	}
}

// The model report has nothing but zeros: no number rule has a word to say.
func TestV1(t *testing.T) {
	res := CheckWith(numberRules(), &Input{Report: zeros("乌拉特前旗政务服务局", 2023)})
	if len(res.Findings) > 0 || len(res.NotAssessable) > 0 {
		t.Error(res)
	}
	if !slices.Equal([]int{res.Count(rule.Error), res.Count(rule.Warning)}, []int{0, 0}) {
		t.Error("counts")
	}
}
