package collect

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/org"
)

// plain makes a report with every cell 0 but some of table 3.
func plain(figures map[string]int64) *annual.Report {
	r := &annual.Report{Form: annual.FormFor(2025), Year: 2025}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(figures[ref.String()]))
	}
	return r
}

func printed(t interface{ Fatal(...any) }, r *annual.Report) string {
	raw, err := r.JSON(false)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// The sum at any organ is what one gets by adding, cell by cell, the reports of all that
// report at and below it: those of governments with others below only compare, those led
// from above are left out with all below them, and two organs of one name stay two.
func TestSumIsTheNaiveSum(t *testing.T) {
	var known knownReports // of all counties: what one leaves behind must not be in the sum of another
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "organs")
		nodes := []org.Node{{ID: "o0", Path: "o0/", Name: "青川旗人民政府", Nature: org.Administrative}}
		for i := 1; i < n; i++ {
			parent := nodes[rapid.IntRange(0, i-1).Draw(t, "parent")]
			name := rapid.SampledFrom([]string{"城关镇人民政府", "教育局", fmt.Sprintf("第%d局", i)}).Draw(t, "name")
			nature := rapid.SampledFrom([]org.Nature{org.Administrative, org.Administrative, org.Administrative, org.Internal}).Draw(t, "nature")
			nodes = append(nodes, org.Node{ID: fmt.Sprintf("o%d", i), Parent: parent.ID, Path: parent.Path + fmt.Sprintf("o%d/", i), Name: name, Nature: nature})
		}
		tree := org.NewTree(nodes)
		var led []string
		values := map[string]map[string]int64{}
		var all []Counting
		cells := []string{"table3/R1/C1", "table3/R1/C7", "table3/R3.1/C1", "table4/review/C5", "table2/fees/amount"}
		for i, node := range nodes {
			if i > 0 && node.Nature != org.Internal && rapid.IntRange(0, 9).Draw(t, "led") == 0 {
				led = append(led, node.ID)
			}
			if node.Nature == org.Internal || rapid.IntRange(0, 3).Draw(t, "missing") == 0 {
				continue
			}
			figures := map[string]int64{}
			for _, c := range cells {
				figures[c] = rapid.Int64Range(0, 1000).Draw(t, c)
			}
			values[node.ID] = figures
			all = append(all, Counting{Organ: node.ID, Way: rapid.SampledFrom([]Way{Here, ByFile, ByAPI}).Draw(t, "way"), Printed: printed(t, plain(figures))})
		}
		top := nodes[rapid.IntRange(0, n-1).Draw(t, "top")]
		if top.Nature == org.Internal {
			return
		}
		sum, err := add(tree, top.ID, 2025, led, &known, func(each func(Counting) error) error {
			for _, c := range all {
				if tree.Below(c.Organ, top.ID) {
					if err := each(c); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		report := sum.Report()
		for _, c := range cells {
			ref := RefOf(c)
			want := naive(tree, top.ID, top.ID, led, values, c)
			if got := report.Cells[ref].N; got != want && len(values) > 0 {
				t.Fatalf("%s at %s: %d, added one by one %d", c, top.Name, got, want)
			}
		}
	})
}

// naive adds as somebody would by hand.
func naive(tree *org.Tree, id, top string, led []string, values map[string]map[string]int64, cell string) int64 {
	n, _ := tree.Node(id)
	if id != top && contains(led, id) {
		return 0
	}
	var sum int64
	below := false
	for _, child := range tree.Subtree(id) {
		if child.Parent != id {
			continue
		}
		sum += naive(tree, child.ID, top, led, values, cell)
		below = below || reports(tree, child.ID, led, values)
	}
	own, has := values[id]
	if stated := below && org.KindOf(n.Name).Government(); has && !stated {
		sum += own[cell]
	}
	return sum
}

// reports tells whether anything at or below an organ counts.
func reports(tree *org.Tree, id string, led []string, values map[string]map[string]int64) bool {
	if contains(led, id) {
		return false
	}
	if _, has := values[id]; has {
		return true
	}
	for _, child := range tree.Children(id) {
		if reports(tree, child.ID, led, values) {
			return true
		}
	}
	return false
}

func contains(all []string, id string) bool {
	for _, one := range all {
		if one == id {
			return true
		}
	}
	return false
}
