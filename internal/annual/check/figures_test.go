package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/testreports"
)

// The published reports stand beside the repository; their figures were read
// by a person. Row keys: r1 一, r2 二, g （一）, p （二）, d1–8 （三）, u1–3 （四）,
// n1–5 （五）, o1–3 （六） (o: one single row), tot （七）, fwd 四.
var figureRows = map[string]string{
	"r1": "R1", "r2": "R2", "g": "R3.1", "p": "R3.2",
	"d1": "R3.3.1", "d2": "R3.3.2", "d3": "R3.3.3", "d4": "R3.3.4", "d5": "R3.3.5", "d6": "R3.3.6", "d7": "R3.3.7", "d8": "R3.3.8",
	"u1": "R3.4.1", "u2": "R3.4.2", "u3": "R3.4.3",
	"n1": "R3.5.1", "n2": "R3.5.2", "n3": "R3.5.3", "n4": "R3.5.4", "n5": "R3.5.5",
	"o1": "R3.6.1", "o2": "R3.6.2", "o3": "R3.6.3", "o": "R3.6", "tot": "R3.7", "fwd": "R4",
}

var figureItems = map[string]string{
	"gz": "regulations", "gf": "normativeDocuments", "xk": "licences", "qt": "otherServices",
	"cf": "penalties", "qz": "coercion", "sf": "fees",
}

type figures struct {
	File   string
	Year   int
	Agency string
	Format int
	Table2 map[string]json.RawMessage
	Table3 map[string][]*int64
	Table4 []*int64
}

// published gives the report whose figures stand under the name.
func published(t testing.TB, name string) *annual.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testreports.Published(t), "figures", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var f figures
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	form := annual.FormByID("2021")
	if f.Format == 2019 {
		form = annual.FormByID("2019")
	}
	r := &annual.Report{File: f.File, Organ: f.Agency, Year: f.Year, Form: form}
	for key, row := range f.Table3 {
		for i, n := range row {
			r.Set("table3", figureRows[key], allColumns[i], figure(n))
		}
	}
	for i, n := range f.Table4 {
		r.Set("table4", []string{"review", "direct", "afterReview"}[i/5], allColumns[i%5], figure(n))
	}
	setTable2(t, r, f.Table2)
	return r
}

func figure(n *int64) annual.Value {
	if n == nil {
		return annual.Value{State: annual.Empty}
	}
	return annual.Int(*n)
}

func setTable2(t testing.TB, r *annual.Report, rows map[string]json.RawMessage) {
	t.Helper()
	for _, b := range r.Form.Tables[0].Blocks {
		for _, row := range b.Rows {
			for key, id := range figureItems {
				if id != row.ID || rows[key] == nil {
					continue
				}
				raw := strings.Trim(string(rows[key]), "[] \n")
				for i, s := range strings.Split(raw, ",") {
					r.Set("table2", row.ID, b.Cols[i].ID, item(t, strings.TrimSpace(s), row.Unit))
				}
			}
		}
	}
	if raw := rows["cg"]; raw != nil {
		r.Set("table2", "procurement", "items", annual.Value{State: annual.Mark, Raw: "6"})
		r.Set("table2", "procurement", "amount", annual.Value{State: annual.Mark, Raw: "251000元"})
	}
}

func item(t testing.TB, s string, unit annual.Unit) annual.Value {
	t.Helper()
	if s == "null" {
		return annual.Value{State: annual.Empty}
	}
	if unit == annual.TenThousandYuan {
		n, err := annual.ParseTenThousandYuan(s)
		if err != nil {
			t.Fatal(err)
		}
		return annual.Value{State: annual.Number, N: n, Raw: s}
	}
	var n int64
	if err := json.Unmarshal([]byte(s), &n); err != nil {
		t.Fatal(err)
	}
	return annual.Int(n)
}
