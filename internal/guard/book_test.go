package guard_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// smallBook is a workbook with one ID number.
func smallBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	put(t, f, "Sheet1", 1, "姓名", "身份证号")
	put(t, f, "Sheet1", 2, "张三", "410381199001011230")
	return saved(t, f)
}

func put(t testing.TB, f *excelize.File, sheet string, row int, values ...any) {
	t.Helper()
	if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &values); err != nil {
		t.Fatal(err)
	}
}

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// id makes the ID number of nobody with a right check character.
func id(n int) string {
	s := fmt.Sprintf("110101%04d%02d%02d%03d", 1960+n%40, 1+n%12, 1+n%28, n%1000)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

const officers = 9483

// leakyBook is the case that everybody remembers: a small table to be public,
// made by a pivot over a hidden sheet of thousands of people, and what else
// Excel leaves in a file.
func leakyBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	must(t, f.SetSheetName("Sheet1", "汇总"))
	_, err := f.NewSheet("明细")
	must(t, err)
	put(t, f, "明细", 1, "姓名", "身份证号", "单位", "电话")
	for i := range officers {
		put(t, f, "明细", i+2, fmt.Sprintf("某%d", i), id(i), fmt.Sprintf("派出所%d", i%9), 13800000000+i)
	}
	put(t, f, "汇总", 1, "单位", "人数")
	for i := range 9 {
		put(t, f, "汇总", i+2, fmt.Sprintf("派出所%d", i), officers/9)
	}
	must(t, f.AddPivotTable(&excelize.PivotTableOptions{
		DataRange: fmt.Sprintf("明细!A1:D%d", officers+1), PivotTableRange: "汇总!E2:G20",
		Rows: []excelize.PivotTableField{{Data: "单位"}}, Data: []excelize.PivotTableField{{Data: "姓名", Subtotal: "Count"}},
	}))
	must(t, f.SetSheetVisible("明细", false))
	put(t, f, "汇总", 30, "备注", "隐藏行", "13712345678")
	must(t, f.SetRowVisible("汇总", 30, false))
	must(t, f.SetCellValue("汇总", "M5", "隐藏列"))
	must(t, f.SetColVisible("汇总", "M", false))
	must(t, f.AddComment("汇总", excelize.Comment{Cell: "A2", Author: "王五", Text: "再核一下"}))
	must(t, f.SetDefinedName(&excelize.DefinedName{Name: "人员", RefersTo: "明细!$A$1:$D$9484"}))
	white, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
	must(t, err)
	put(t, f, "汇总", 40, "白字13612345678")
	must(t, f.SetCellStyle("汇总", "A40", "A40", white))
	must(t, f.SetDocProps(&excelize.DocProperties{Creator: "王五", LastModifiedBy: "赵六"}))
	return withRecords(t, saved(t, f))
}

// withRecords adds what excelize leaves to Excel: the records of the pivot cache.
func withRecords(t testing.TB, book []byte) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for i := range officers {
		fmt.Fprintf(&b, `<r><s v="某%d"/><s v="%s"/><s v="派出所%d"/><n v="%d"/></r>`, i, id(i), i%9, 13800000000+i)
	}
	b.WriteString(`</pivotCacheRecords>`)
	return added(t, book,
		"xl/pivotCache/pivotCacheRecords1.xml", b.String(),
		"xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", rels("pivotCacheRecords", "pivotCacheRecords1.xml"))
}

func TestBookLeaks(t *testing.T) {
	res := scan(t, newGuard(t), "名册.xlsx", leakyBook(t))
	for _, want := range [][]string{
		{"G20", "“明细”被隐藏", "9484 行", "居民身份证号码 9483 个", "手机号码 9483 个", "姓名、身份证号、单位、电话"},
		{"G22", "（明细）", "9483 条记录", "居民身份证号码 9483 个"},
		{"G21", "隐藏的行", "手机号码 1 个"},
		{"G21", "隐藏的列", "隐藏列"},
		{"G23", "王五", "再核一下"},
		{"G25", "白字136****5678"},
		{"G27", "creator", "王五"},
		{"G30", "人员"},
	} {
		if !finds(res, want[0], want[1:]...) {
			t.Errorf("%s with %q is missing", want[0], want[1:])
		}
	}
	if t.Failed() {
		t.Log("\n" + said(res))
	}
}

// What Excel leaves of its own accord is no fault.
func TestBookClean(t *testing.T) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i := range 200 {
		put(t, f, "Sheet1", i+1, fmt.Sprintf("项目%d", i), 13812345678.5+float64(i), "2306-150823-04-01-123456", "91150823MA0N12345X")
	}
	white, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}}})
	must(t, err)
	must(t, f.SetCellStyle("Sheet1", "A1", "D1", white))
	must(t, f.AutoFilter("Sheet1", "A1:D200", nil))
	must(t, f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "Sheet1!$1:$1", Scope: "Sheet1"}))
	must(t, f.SetDocProps(&excelize.DocProperties{Creator: "Administrator"}))
	if res := scan(t, newGuard(t), "清单.xlsx", saved(t, f)); res.Blocks() || res.Unread {
		t.Errorf("findings:\n%s", said(res))
	}
}
