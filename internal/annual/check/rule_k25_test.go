package check

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

func TestK25(t *testing.T) {
	picture := []doc.Notice{{Kind: doc.PictureFound}}
	whole := zeros("青河县水务局", 2023)
	whole.Notices = picture
	lost := zeros("青河县水务局", 2023)
	lost.Notices = picture
	for ref := range lost.Cells {
		if ref.Table != table2 {
			delete(lost.Cells, ref)
		}
	}
	plain := &annual.Report{Form: annual.FormFor(2023), Year: 2023}
	testText(t, ruleK25(), []textCase{
		{"a picture beside whole tables", whole, nil},
		{"ERR-6 tables 3 and 4 lost", lost, []string{"warning table3 图片", "warning table4 图片"}},
		{"no picture", plain, nil},
	})
}
