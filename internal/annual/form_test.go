package annual_test

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/law"
)

func TestFormOfAYear(t *testing.T) {
	tests := []struct {
		year int
		want string
	}{{2018, ""}, {2019, "2019"}, {2020, "2019"}, {2021, "2021"}, {2025, "2021"}, {2040, "2021"}}
	for _, tt := range tests {
		got := ""
		if form := annual.FormFor(tt.year); form != nil {
			got = form.ID
		}
		if got != tt.want {
			t.Errorf("%d: form %q, want %q", tt.year, got, tt.want)
		}
	}
	if annual.FormByID("2008") != nil {
		t.Error("there was no uniform form before 2019")
	}
}

// The counts are those of K8: seven columns by 25 rows, fifteen cells, four blocks.
func TestFormsHaveThePrescribedCells(t *testing.T) {
	tests := []struct {
		form                            string
		blocks, table2, rows3, cells3or int
	}{
		{"2021", 4, 10, 25, 7 * 25},
		{"2019", 5, 2*3 + 2*3 + 2*3 + 2 + 2, 23, 7 * 23},
	}
	for _, tt := range tests {
		r := &annual.Report{Form: annual.FormByID(tt.form)}
		counts := map[string]int{}
		seen := map[annual.Ref]bool{}
		for _, ref := range r.Refs() {
			counts[ref.Table]++
			if seen[ref] {
				t.Errorf("form %s has %s twice", tt.form, ref)
			}
			seen[ref] = true
		}
		if got := len(r.Form.Tables[0].Blocks); got != tt.blocks {
			t.Errorf("form %s: %d blocks in table 2, want %d", tt.form, got, tt.blocks)
		}
		if counts["table2"] != tt.table2 || counts["table3"] != tt.cells3or || counts["table4"] != 15 {
			t.Errorf("form %s: cells %v, want %d, %d, 15", tt.form, counts, tt.table2, tt.cells3or)
		}
	}
}

func TestResultRowsFollowTheVariant(t *testing.T) {
	r := &annual.Report{Form: annual.FormByID("2021")}
	if got := len(r.ResultRows()); got != len(law.Outcomes()) {
		t.Errorf("%d result rows, want the 21 outcomes", got)
	}
	r.Set("table3", "R3.6", "C7", annual.Int(0)) // as both Hongze reports print it
	if got := len(r.ResultRows()); got != 19 {
		t.Errorf("%d result rows with （六） as one row, want 19", got)
	}
	old := &annual.Report{Form: annual.FormByID("2019")}
	if !old.SingleOther() {
		t.Error("the form of 2019 prints （六） as one row, also where the source lost it")
	}
	old.Set("table3", "R3.6.1", "C7", annual.Int(0))
	if old.SingleOther() {
		t.Error("a report of 2019 that prints three rows has three rows")
	}
}

func TestLabelsNameACellAsAPersonWould(t *testing.T) {
	tests := []struct {
		form string
		ref  annual.Ref
		want string
	}{
		{"2021", annual.Ref{Table: "table2", Row: "normativeDocuments", Column: "made"}, "行政规范性文件 / 本年制发件数"},
		{"2021", annual.Ref{Table: "table3", Row: "R1", Column: "C7"}, "一、本年新收政府信息公开申请数量 / 总计"},
		{"2021", annual.Ref{Table: "table3", Row: "R3.3.1", Column: "C2"}, "三、本年度办理结果 （三）不予公开 1.属于国家秘密 / 法人或其他组织：商业企业"},
		{"2021", annual.Ref{Table: "table3", Row: "R3.6", Column: "C1"}, "三、本年度办理结果 （六）其他处理 / 自然人"},
		{"2019", annual.Ref{Table: "table3", Row: "R3.6.3", Column: "C1"}, "三、本年度办理结果 （六）其他处理 3.其他 / 自然人"},
		{"2021", annual.Ref{Table: "table4", Row: "afterReview", Column: "C4"}, "复议后起诉 / 尚未审结"},
		{"2021", annual.Ref{Table: "table2", Row: "fees"}, "行政事业性收费"},
		{"2021", annual.Ref{Table: "table2", Row: "procurement", Column: "items"}, "table2/procurement/items"},
	}
	for _, tt := range tests {
		if got := annual.FormByID(tt.form).Label(tt.ref); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.form, tt.ref, got, tt.want)
		}
	}
}

func TestSubheadingStandsAlone(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"（一）主动公开方面", 2},
		{"(二)依申请公开", 2},
		{"1.存在的问题", 3},
		{"2、改进情况", 3},
		{"（一）主动公开情况。依托政务服务大厅开展问卷调查。", 0},
		{"（五）监督保障，包括考核", 0},
		{"1.5倍", 0},
		{"2023年度工作", 0},
		{"（此件公开发布）", 0},
		{"（一）", 0},
		{"一、总体情况", 0},
	}
	for _, tt := range tests {
		if got := annual.SubheadingLevel(tt.text); got != tt.want {
			t.Errorf("%q: level %d, want %d", tt.text, got, tt.want)
		}
	}
}
