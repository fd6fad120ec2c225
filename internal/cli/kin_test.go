package cli

import (
	"testing"

	"gongkai/internal/annual"
)

// K17: of many reports only the one with the same sentences is compared.
func TestNeighbourSharesSentences(t *testing.T) {
	const copied = "一是主动公开的内容不够全面，更新不够及时。二是业务培训次数偏少，人员流动较快。下一步将健全内容更新机制，明确责任分工和完成时限。"
	texts := []struct {
		organ string
		year  int
		text  string
	}{
		{"青石县教育局", 2024, copied},
		{"青石县水利局", 2024, "一是解读材料形式单一，群众不易看懂。二是栏目检索不便，查找费时。下一步将增加图解视频，优化检索功能。"},
		{"青石县民政局", 2024, copied},
		{"青石县民政局", 2023, copied},
		{"青石县教育局", 2023, copied},
	}
	k := newKin(nil, len(texts))
	for i, x := range texts {
		r := &annual.Report{Paras: []annual.Para{{Part: 5, Text: x.text}}}
		k.add(i, x.organ, x.year, sentencesOf(r))
	}
	for file, want := range []int{2, -1, 0, 4, 3} {
		if got := k.neighbour(file); got != want {
			t.Errorf("neighbour of %s %d: %d, want %d", texts[file].organ, texts[file].year, got, want)
		}
	}
}
