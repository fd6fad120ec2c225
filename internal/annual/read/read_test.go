package read

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
	"gongkai/internal/doc/html"
	"gongkai/internal/doc/text"
	"gongkai/internal/errs"
	"gongkai/internal/testreports"
)

// open reads a published report with the codec of its ending.
func open(t testing.TB, name string) *annual.Report {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	codec := text.Read
	if strings.HasSuffix(name, ".html") {
		codec = html.Read
	}
	var d *doc.Doc
	if d, err = codec(data); err != nil {
		t.Fatal(err)
	}
	r, err := Report(d, filepath.Base(name))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figures is the table of what a person read.
type figures struct {
	Year   int                        `json:"year"`
	Format int                        `json:"format"`
	Table2 map[string]json.RawMessage `json:"table2"`
	Table3 map[string][]*int64        `json:"table3"`
	Table4 []*int64                   `json:"table4"`
}

var rowOf = map[string]string{
	"r1": "R1", "r2": "R2", "g": "R3.1", "p": "R3.2", "o": "R3.6", "tot": "R3.7", "fwd": "R4",
	"d1": "R3.3.1", "d2": "R3.3.2", "d3": "R3.3.3", "d4": "R3.3.4", "d5": "R3.3.5", "d6": "R3.3.6", "d7": "R3.3.7", "d8": "R3.3.8",
	"u1": "R3.4.1", "u2": "R3.4.2", "u3": "R3.4.3", "n1": "R3.5.1", "n2": "R3.5.2", "n3": "R3.5.3", "n4": "R3.5.4", "n5": "R3.5.5",
	"o1": "R3.6.1", "o2": "R3.6.2", "o3": "R3.6.3",
}

var openRowOf = map[string]string{"gz": "regulations", "gf": "normativeDocuments", "xk": "licences", "qt": "otherServices", "cf": "penalties", "qz": "coercion"}

func TestPublishedReports(t *testing.T) {
	dir := filepath.Join(testreports.Dir(t), "published")
	sheets, err := filepath.Glob(filepath.Join(dir, "figures", "*.json"))
	if err != nil || len(sheets) == 0 {
		t.Fatalf("no tables of figures in %s: %v", dir, err)
	}
	for _, sheet := range sheets {
		base := strings.TrimSuffix(filepath.Base(sheet), ".json")
		t.Run(base, func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join(dir, base+".*"))
			if err != nil || len(files) != 1 {
				t.Fatalf("found %v for %s", files, base)
			}
			compare(t, open(t, files[0]), sheet)
		})
	}
}

// compare demands that every figure a person read is there.
func compare(t *testing.T, r *annual.Report, sheet string) {
	t.Helper()
	data, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var want figures
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if r.Year != want.Year {
		t.Errorf("year %d, want %d", r.Year, want.Year)
	}
	if id := map[int]string{2019: "2019", 2021: "2021"}[want.Format]; r.Form.ID != id {
		t.Errorf("form %s, want %s", r.Form.ID, id)
	}
	for key, row := range want.Table3 {
		for i, n := range row {
			checkCell(t, r, annual.Ref{Table: "table3", Row: rowOf[key], Column: "C" + string(rune('1'+i))}, n)
		}
	}
	for i, n := range want.Table4 {
		checkCell(t, r, annual.Ref{Table: "table4", Row: [...]string{"review", "direct", "afterReview"}[i/5], Column: "C" + string(rune('1'+i%5))}, n)
	}
	for key, row := range openRowOf {
		var values []*int64
		if raw, ok := want.Table2[key]; ok {
			if err := json.Unmarshal(raw, &values); err != nil {
				t.Fatal(err)
			}
		}
		for _, b := range r.Form.Tables[0].Blocks {
			for _, fr := range b.Rows {
				for i, n := range values {
					if fr.ID == row {
						checkCell(t, r, annual.Ref{Table: "table2", Row: row, Column: b.Cols[i].ID}, n)
					}
				}
			}
		}
	}
	if want.Format == 2021 {
		got := r.Get("table2", "fees", "amount")
		fen, err := annual.ParseTenThousandYuan(strings.TrimSpace(string(want.Table2["sf"])))
		if err != nil || got.State != annual.Number || got.N != fen {
			t.Errorf("fees: read %+v, want %s", got, want.Table2["sf"])
		}
	}
	for _, d := range r.Doubts {
		t.Errorf("unexpected doubt: %s %s (%s)", d.Where, d.Reason, d.Raw)
	}
}

func checkCell(t *testing.T, r *annual.Report, ref annual.Ref, want *int64) {
	t.Helper()
	got := r.Cells[ref]
	switch {
	case want == nil && got.State != annual.Empty:
		t.Errorf("%s: read %+v, want an empty cell", ref, got)
	case want != nil && (got.State != annual.Number || got.N != *want):
		t.Errorf("%s: read %+v, want %d", ref, got, *want)
	}
}

// The model report is the case of this project: every figure is 0, every part is
// there, with the residue and the numbering that it was published with.
func TestModelReport(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "2023-wulate-qianqi*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	r := open(t, files[0])
	if r.Organ != "乌拉特前旗政务服务局" || r.Year != 2023 || r.Form.ID != "2021" {
		t.Errorf("%s %d %s", r.Organ, r.Year, r.Form.ID)
	}
	for _, ref := range r.Refs() {
		if v := r.Cells[ref]; v.State != annual.Number || v.N != 0 || v.Place.Line == 0 {
			t.Errorf("%s: %+v", ref, v)
		}
	}
	if len(r.Doubts) != 0 {
		t.Errorf("doubts: %v", r.Doubts)
	}
	for part, want := range []string{1: "1、 总体情况", 2: "二、主动公开政府信息情况", 5: "5、 存在的主要问题及改进情况", 6: "六、其他需要报告的事项"} {
		if want != "" && r.Heading(part) != want {
			t.Errorf("heading of part %d: %q", part, r.Heading(part))
		}
	}
	if !strings.Contains(r.Text(1), "[bookmark: _GoBack]（一）主动公开情况") || r.Text(3) != "" {
		t.Errorf("text:\n%s\n%s", r.Text(1), r.Text(3))
	}
	if r.Find(annual.SignaturePara) != "乌拉特前旗政务服务局" || r.Find(annual.DatePara) != "2024年1月10日" {
		t.Errorf("signed %q on %q", r.Find(annual.SignaturePara), r.Find(annual.DatePara))
	}
}

// Text that is no report is refused; a report without tables says so.
func TestWithoutTables(t *testing.T) {
	d, err := text.Read([]byte("关于开展春季植树活动的通知\n各科室：定于三月十二日开展活动。"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Report(d, "通知.txt"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a notice was read as a report: %v", err)
	}
	d, err = text.Read([]byte("金山镇2022年政府信息公开工作年度报告\n一、总体情况\n好。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的问题及改进措施\n六、其他需要报告的事项\n无。"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(d, "镇.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Doubts) != 3 {
		t.Errorf("three tables are missing, doubts: %v", r.Doubts)
	}
}

// Labels in other words than the form's, and rows that the form does not have
// (ERR-2, ERR-5, 武汉 2020).
func TestWording(t *testing.T) {
	d, err := text.Read([]byte(`某镇2023年政府信息公开工作年度报告
二、主动公开政府信息情况
| 第二十条第（一）项 | | | |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件 |
| 规章 | 0 | 0 | 0 |
| 规范性文件 | 0 | 0 | 0 |
| 其他主动公开文件 | 1 | 2 | 3 |
| 第二十条第（五）项 | | | |
| 信息内容 | 本年处理决定数量 | | |
| 行政许可 | 1 | | |
| 第二十条第（六）项 | | | |
| 信息内容 | 本年处理决定数量 | | |
| 行政处罚 | 1 | | |
| 行政强制 | 1 | | |
| 第二十条第（八）项 | | | |
| 信息内容 | 本年收费金额（单位：万元） | | |
| 行政事业性收费 | 1.5 | | |
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(d, "镇.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range r.Labels {
		got = append(got, l.Where.String()+" "+l.Printed)
	}
	want := []string{"table2/normativeDocuments/ 规范性文件", "table2/regulations/inForce 现行有效件", "table2// 其他主动公开文件"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("labels %q, want %q", got, want)
	}
	if v := r.Get("table2", "fees", "amount"); v.N != 1_500_000 {
		t.Errorf("fees %+v", v)
	}
}

// A report whose part two has no heading (打浦桥), or whose heading a page cut
// off: the header of the table tells where it begins.
func TestHeadingAbsent(t *testing.T) {
	d, err := text.Read([]byte(`某街道2022年政府信息公开工作年度报告
一、总体情况
2022年，街道主动公开信息5条，作出行政处罚3件。
第二十条第（五）项
信息内容  本年处理决定数量
行政许可  12
第二十条第（六）项
信息内容  本年处理决定数量
行政处罚  3
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量  1  0  0  0  0  0  1
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(d, "街道.txt")
	if err != nil {
		t.Fatal(err)
	}
	for row, want := range map[string]int64{"licences": 12, "penalties": 3} {
		if v := r.Get("table2", row, "decisions"); v.N != want {
			t.Errorf("%s: %+v", row, v)
		}
	}
	if r.Text(1) != "2022年，街道主动公开信息5条，作出行政处罚3件。" {
		t.Errorf("text %q", r.Text(1))
	}
}
