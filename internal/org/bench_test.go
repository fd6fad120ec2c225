package org_test

import (
	"fmt"
	"testing"

	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/store/storetest"
)

// A list of organs is imported, and a page of the list shown, in deployments of
// several thousand.
func BenchmarkOrgans(b *testing.B) {
	for _, n := range []int{300, 3_000, 20_000} {
		lines := make([]org.Line, n)
		for i := range lines {
			parent := "青川旗人民政府"
			if i >= n/10 {
				parent = fmt.Sprintf("第%d局", i%(n/10))
			}
			lines[i] = line(i+2, "机关名称", fmt.Sprintf("第%d局", i), "上级机关", parent, "电话", "0478-3212345")
		}
		o := open(b, storetest.SQLite(b))
		b.Run(fmt.Sprintf("import/%d", n), func(b *testing.B) {
			for b.Loop() { // the first time they are made, then compared
				if taken, err := o.Import(b.Context(), o.all, lines, false); err != nil || len(taken.Problems) > 0 {
					b.Fatal(taken.Problems, err)
				}
			}
		})
		b.Run(fmt.Sprintf("below/%d", n), func(b *testing.B) {
			tree, err := o.Book.Tree(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			organs := tree.Subtree(storetest.CountyID)
			for b.Loop() {
				if !tree.Below(organs[len(organs)-1].ID, storetest.CountyID) {
					b.Fatal("not below")
				}
			}
		})
		b.Run(fmt.Sprintf("page/%d", n), func(b *testing.B) {
			for b.Loop() {
				page, err := o.List(b.Context(), o.all, paging.Query{Words: "9局", Page: 1})
				if err != nil || len(page.Rows) == 0 {
					b.Fatal(page.Total, err)
				}
			}
		})
	}
}
