package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestYearsOfAnOrganArePaired(t *testing.T) {
	type report struct {
		organ string
		year  int
	}
	for _, c := range []struct {
		name    string
		reports []report
		want    map[int]int
	}{
		{"in any order", []report{{"青石县教育局", 2024}, {"青石县教育局", 2023}, {"青石县教育局", 2022}}, map[int]int{0: 1, 1: 2}},
		{"not over a gap", []report{{"青石县教育局", 2024}, {"青石县教育局", 2022}}, map[int]int{}},
		{"not another organ", []report{{"青石县教育局", 2024}, {"青石县水利局", 2023}}, map[int]int{}},
		{"blanks in the name", []report{{"青石县 教育局", 2024}, {"青石县教育局", 2023}}, map[int]int{0: 1}},
		{"the region left out the year before", []report{{"洪泽区人民政府", 2023}, {"淮安市洪泽区人民政府", 2024}}, map[int]int{1: 0}},
		{"the region left out this year", []report{{"江苏省淮安市洪泽区人民政府", 2023}, {"洪泽区人民政府", 2024}}, map[int]int{1: 0}},
		{"two organs of one short name", []report{{"南昌市西湖区教育局", 2023}, {"杭州市西湖区教育局", 2023}, {"西湖区教育局", 2024}}, map[int]int{}},
		{"two organs of this year for one short name", []report{{"西湖区教育局", 2023}, {"杭州市西湖区教育局", 2024}, {"南昌市西湖区教育局", 2024}}, map[int]int{}},
		{"a city is not its district", []report{{"淮安市人民政府", 2023}, {"淮安市洪泽区人民政府", 2024}}, map[int]int{}},
		{"two files of one report", []report{{"青石县教育局", 2023}, {"青石县教育局", 2023}, {"青石县教育局", 2024}}, map[int]int{2: 0}},
		{"organ or year unknown", []report{{"", 2023}, {"", 2024}, {"青石县教育局", 0}}, map[int]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPairing()
			for i, r := range c.reports {
				p.add(i, r.organ, r.year)
			}
			if diff := cmp.Diff(c.want, p.previous()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
