package annual_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// schema compiles one of docs/*.schema.json.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	for _, file := range []string{"report", "check", "rollup"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "docs", file+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("urn:gongkai:"+file, parsed); err != nil {
			t.Fatal(err)
		}
	}
	compiled, err := c.Compile("urn:gongkai:" + name)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(s *jsonschema.Schema, data []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	return s.Validate(value)
}

func TestReportsFollowTheirSchema(t *testing.T) {
	s := schema(t, "report")
	rapid.Check(t, func(t *rapid.T) {
		report := annualtest.Messy().Draw(t, "report")
		data, err := report.JSON(rapid.Bool().Draw(t, "places"))
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(s, data); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
	})
}

func TestSchemaRefusesWhatIsNoReport(t *testing.T) {
	s := schema(t, "report")
	good, err := annualtest.GenFor("青石县教育局", annual.FormByID("2021"), 2023, false).Example(1).JSON(false)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(s, good); err != nil {
		t.Fatal(err)
	}
	breaks := map[string]func(map[string]any){
		"the other form's table": func(m map[string]any) { m["form"] = "2019" },
		"six values":             func(m map[string]any) { m["table3"].(map[string]any)["R1"] = []any{1, 2, 3, 4, 5, 6} },
		"a fraction":             func(m map[string]any) { m["table3"].(map[string]any)["R1"] = []any{1.5, 0, 0, 0, 0, 0, 0} },
		"money as a number":      func(m map[string]any) { m["table2"].(map[string]any)["fees"] = map[string]any{"amount": 1.2} },
		"no row R4":              func(m map[string]any) { delete(m["table3"].(map[string]any), "R4") },
		"both ways of （六）":       func(m map[string]any) { m["table3"].(map[string]any)["R3.6"] = []any{0, 0, 0, 0, 0, 0, 0} },
		"five sections":          func(m map[string]any) { m["sections"] = m["sections"].([]any)[:5] },
		"a doubt without reason": func(m map[string]any) {
			m["doubts"] = []any{map[string]any{"where": map[string]any{"table": "table2"}, "place": map[string]any{}}}
		},
	}
	for name, spoil := range breaks {
		var m map[string]any
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		spoil(m)
		bad, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if validate(s, bad) == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// The check's own tests make whole results; here the types that it writes.
func TestFindingsFollowTheirSchema(t *testing.T) {
	s := schema(t, "check")
	result := []map[string]any{{
		"file": "a.docx", "organ": "青石县教育局", "year": 2023,
		"findings": []rule.Finding{{
			Rule: "X1", Also: []string{"K9"}, Severity: rule.Error,
			Where: rule.Where{Table: "table3", Row: "R1", Column: "C7"}, Cells: []rule.Where{{Table: "table3", Row: "R4", Column: "C7"}},
			Place: doc.Place{Page: 2, Table: 2, Row: 4, Col: 10}, Message: "第一项加第二项不等于第三项加第四项。",
			Expected: "3001+53 = 3054", Actual: "3055", Cite: "国办公开办函〔2021〕30号", Fix: "核对总计。",
		}},
		"notAssessable": []rule.NotAssessable{{Rule: "X1", Where: rule.Where{Table: "table3"}, Reason: "总计为空。"}},
		"doubts":        []annual.Doubt{{Where: annual.Ref{Table: "table3", Row: "R1"}, Reason: "数字连在一起。", Raw: "0 00", Inferred: []string{"0", "0", "0"}}},
	}}
	data, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(s, data); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
	if validate(s, []byte(strings.Replace(string(data), `"severity":"error"`, `"severity":"fatal"`, 1))) == nil {
		t.Error("an unknown severity passes")
	}
}

func TestSumsFollowTheirSchema(t *testing.T) {
	s := schema(t, "rollup")
	rapid.Check(t, func(t *rapid.T) {
		b := rollup.New(nil, rollup.Options{GovernmentTotals: rapid.Bool().Draw(t, "government totals")})
		for i := range rapid.IntRange(0, 5).Draw(t, "reports") {
			b.Add(strings.Repeat("下级/", i%3)+string(rune('a'+i))+".docx", annualtest.Messy().Draw(t, "report"))
		}
		b.AddError("下级/扫描件.pdf", errs.New(errs.Picture, "文件只有图片，没有文字。"))
		data, err := b.Result().JSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(s, data); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
	})
}
