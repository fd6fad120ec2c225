package rollup_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gongkai/internal/annual/rollup"
	"gongkai/internal/errs"
)

const county = `机关名称,上级机关,层级/类型,统一社会信用代码,不计入汇总,汇总
青石县人民政府,,县级政府,11150800MB1234567X,,是
青石县人民政府办公室,青石县人民政府,部门,,,
青石县教育局,青石县人民政府,部门,,否,
青石县税务局,青石县人民政府,部门,,是,
白水镇人民政府,青石县人民政府,乡镇,,,
`

// outline prints a tree as name(child child …).
func outline(organs []*rollup.Organ) string {
	var parts []string
	for _, o := range organs {
		s := o.Name + ":" + string(o.Kind)
		if o.Excluded {
			s += "-"
		}
		if o.Stated {
			s += "="
		}
		if len(o.Children) > 0 {
			s += "(" + outline(o.Children) + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

const countyOutline = "青石县人民政府:government=(青石县人民政府办公室:department 青石县教育局:department 青石县税务局:department- 白水镇人民政府:township)"

func TestReadTree(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(county)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(county, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, text string }{
		{"UTF-8", county},
		{"UTF-8 with a mark", "\ufeff" + county},
		{"GB18030", gb},
		{"UTF-16 with tabs, as Excel saves Unicode text", utf16},
		{"semicolons and blank lines", strings.ReplaceAll(county, ",", ";") + "\n;;;\n"},
		{"Windows lines", strings.ReplaceAll(county, "\n", "\r\n")},
		{"other headings", strings.Replace(county, "机关名称,上级机关,层级/类型", "* 单位名称 ,上级单位,机关类型", 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, err := rollup.ReadTree(strings.NewReader(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(tree.Roots); got != countyOutline {
				t.Errorf("%s\nwant %s", got, countyOutline)
			}
		})
	}
}

func TestReadTreeNamesEveryWrongLine(t *testing.T) {
	const head = "机关名称,上级机关,不计入汇总,统一社会信用代码\n"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{"机关名录是空的"}},
		{"no name column", "甲,乙\n1,2\n", []string{"没有“机关名称”一列", "甲、乙"}},
		{"duplicate", head + "甲局,\n乙局,\n甲 局,\n", []string{"第4行：机关“甲 局”与第2行重复"}},
		{"unknown parent", head + "甲局,县政府\n", []string{"第2行：“甲局”的上级机关“县政府”不在名录中"}},
		{"own parent", head + "甲局,甲局\n", []string{"第2行：“甲局”把自己写成了上级机关"}},
		{"circle", head + "甲,乙\n乙,丙\n丙,甲\n丁,甲\n", []string{"1 处错误", "上下级关系成了环：甲 → 乙 → 丙 → 甲"}},
		{"no name", head + ",甲\n", []string{"第2行：缺少机关名称"}},
		{"flag", head + "甲局,,也许\n", []string{"第2行：“不计入汇总”一列的“也许”看不明白"}},
		{"code twice", head + "甲局,,,X1\n乙局,,,x1\n", []string{"第3行：“乙局”的统一社会信用代码与第2行“甲局”相同"}},
		{"several", head + "甲局,无此机关\n,乙\n甲局,\n", []string{"3 处错误", "第2行", "第3行", "第4行"}},
		{"neither UTF-8 nor GB18030", head + "\xff\xff\n", []string{"编码无法识别"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rollup.ReadTree(strings.NewReader(tt.text))
			if err == nil || errs.KindOf(err) != errs.Invalid {
				t.Fatalf("%v", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(errs.Public(err), want) {
					t.Errorf("no %q in %q", want, errs.Public(err))
				}
			}
		})
	}
}

func TestReadTreeNamesAtMostTwentyLines(t *testing.T) {
	_, err := rollup.ReadTree(strings.NewReader("机关名称,上级机关\n" + strings.Repeat(",甲\n", 500)))
	if got := errs.Public(err); strings.Count(got, "\n") != 21 || !strings.Contains(got, "另有 480 处") {
		t.Errorf("%s", got)
	}
}

func TestReadTreeRefusesTooMuch(t *testing.T) {
	_, err := rollup.ReadTree(strings.NewReader(strings.Repeat("甲", rollup.MaxListBytes)))
	if errs.KindOf(err) != errs.TooLarge {
		t.Errorf("%v", err)
	}
}

func FuzzReadTree(f *testing.F) {
	f.Add([]byte(county))
	f.Add([]byte("机关名称;上级机关\n甲;乙\n乙;甲\n"))
	f.Add([]byte("\xff\xfe\x3a\x67"))
	f.Add([]byte("机关名称,上级机关\n\"甲\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, err := rollup.ReadTree(strings.NewReader(string(data)))
		if err == nil {
			rollup.New(tree, rollup.Options{Year: 2023}).Result()
		}
	})
}

func TestKindByName(t *testing.T) {
	names := map[string]rollup.Kind{
		"宿迁市":           rollup.Government,
		"淮安市洪泽区人民政府":    rollup.Government,
		"上海市人民政府办公厅":    rollup.Department,
		"乌拉特前旗政务服务局":    rollup.Department,
		"景德镇市人民政府":      rollup.Government,
		"白水镇人民政府":       rollup.Township,
		"打浦桥街道办事处":      rollup.Township,
		"巴音苏木人民政府":      rollup.Township,
		"青石县经济技术开发区":    rollup.Department,
		"青石县城镇建设管理局":    rollup.Department,
		"青石县卫生健康委员会":    rollup.Department,
		"青石县街道社区管理服务中心": rollup.Department,
	}
	for name, want := range names {
		tree, err := rollup.ReadTree(strings.NewReader("名称\n" + name + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := tree.Roots[0].Kind; got != want {
			t.Errorf("%s is a %s, want %s", name, got, want)
		}
	}
}
