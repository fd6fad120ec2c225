package read

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/doc/text"
)

// A column that was too narrow breaks figures over two printed lines: what
// stands on one of them is never taken for the whole.
func TestBrokenFigures(t *testing.T) {
	d, err := text.Read([]byte(`          青石县2019年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
  一、本年新收政府信息公开申请数量          12      0      0      0      0     0     12

  （一）予以公开                      1017      0      0      0      0     0   1017
                                 4                                          4

  （六）其他处理                       2      0      0      0      0     0      2
                               1905   2000   1322   2481   2005  1058   4024
  （七）总计                          3   0132     06      9   4389     7   1186

  四、结转下年度继续办理                   0      0      0      0      0     0      0
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(d, "县.txt")
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[annual.Ref]annual.State{
		{Table: "table3", Row: "R1", Column: "C1"}:   annual.Number,
		{Table: "table3", Row: "R3.1", Column: "C1"}: annual.Doubtful,
		{Table: "table3", Row: "R3.1", Column: "C2"}: annual.Number,
		{Table: "table3", Row: "R3.1", Column: "C7"}: annual.Doubtful,
		{Table: "table3", Row: "R3.7", Column: "C1"}: annual.Doubtful,
		{Table: "table3", Row: "R3.7", Column: "C5"}: annual.Doubtful,
		{Table: "table3", Row: "R4", Column: "C7"}:   annual.Number,
	} {
		if got := r.Cells[ref]; got.State != want {
			t.Errorf("%s: %+v, want state %d", ref, got, want)
		}
	}
}
