package publish

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
)

// notice is an invented document with every element of GB/T 9704.
func notice() *doc.Doc {
	d := &doc.Doc{}
	for _, p := range []doc.Para{
		{Style: doc.Plain, Text: "000012"},
		{Style: doc.Plain, Text: "特急"},
		{Style: doc.Letterhead, Text: "青川旗人民政府办公室文件"},
		{Style: doc.Number, Text: "青政办发〔2026〕12号"},
		{Style: doc.Title, Text: "青川旗人民政府办公室关于印发"},
		{Style: doc.Title, Text: "青川旗村级印章管理办法的通知"},
		{Style: doc.Addressee, Text: "各苏木镇人民政府，旗直各部门："},
		{Text: "《青川旗村级印章管理办法》已经旗人民政府同意，现印发给你们，请认真贯彻执行。"},
		{Text: "一、总体要求"},
		{Text: "（一）谁用印、谁登记。各嘎查村应当建立用印登记簿。"},
		{Text: "（二）保管责任"},
		{Text: "印章由专人保管。"},
		{Text: "附件：1．用印登记簿"},
		{Style: doc.Signature, Text: "青川旗人民政府办公室"},
		{Style: doc.Date, Text: "2026年3月5日"},
		{Text: "（此件公开发布）"},
		{Text: "附件1"},
	} {
		d.AddPara(p.Style, p.Text)
	}
	d.AddTable(&doc.Table{Grid: true, Cols: 2, Rows: []doc.Row{
		{Header: true, Cells: []doc.Cell{{Text: "日期", Col: 0, ColSpan: 1, RowSpan: 1}, {Text: "事由", Col: 1, ColSpan: 1, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "", Col: 0, ColSpan: 1, RowSpan: 1}, {Text: "证明|介绍信", Col: 1, ColSpan: 1, RowSpan: 1}}},
	}})
	d.AddPara(doc.Plain, "抄送：旗委办公室，旗人大常委会办公室。")
	d.AddPara(doc.Plain, "青川旗人民政府办公室　　　　2026年3月6日印发")
	return d
}

// The elements come back from a real docx file.
func TestOfficialDocumentsAreRead(t *testing.T) {
	var file bytes.Buffer
	if err := docx.Write(&file, notice()); err != nil {
		t.Fatal(err)
	}
	d, err := docx.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r := ReadOfficial(d)
	for what, pair := range map[string][2]string{
		"title":    {r.Title, "青川旗人民政府办公室关于印发青川旗村级印章管理办法的通知"},
		"number":   {r.Number, "青政办发〔2026〕12号"},
		"issuer":   {r.Issuer, "青川旗人民政府办公室"},
		"to":       {r.To, "各苏木镇人民政府，旗直各部门"},
		"formed":   {r.FormedOn.String(), "2026-03-05"},
		"openness": {string(r.Attribute.Openness), string(Open)},
		"text": {r.Text, `《青川旗村级印章管理办法》已经旗人民政府同意，现印发给你们，请认真贯彻执行。
# 一、总体要求
（一）谁用印、谁登记。各嘎查村应当建立用印登记簿。
## （二）保管责任
印章由专人保管。
附件：1．用印登记簿
> 青川旗人民政府办公室
> 2026年3月5日
附件1
| 日期 | 事由 |
| --- | --- |
|  | 证明\|介绍信 |`},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s:\n%s\nwant:\n%s", what, pair[0], pair[1])
		}
	}
	if r.At["number"].Para == 0 || r.At["formed"].Para == 0 {
		t.Errorf("nobody sees where it stands: %+v", r.At)
	}
	if len(r.Doubts) != 1 || r.Doubts[0].Field != "kind" {
		t.Errorf("doubts: %+v", r.Doubts)
	}
}

func TestWhatIsDoubtfulIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		lines  []string
		check  func(Reading) bool
		doubts string // fields
	}{
		"square brackets and a padded serial": {
			[]string{"青政发[2026]第005号", "关于表彰的决定", "各部门：", "内容。", "青川旗人民政府", "2026年1月9日", "（此件依申请公开）"},
			func(r Reading) bool {
				return r.Number == "青政发[2026]第005号" && r.Attribute.Openness == OnRequest
			}, "number number kind",
		},
		"a date in Chinese numerals": {
			[]string{"关于放假的通告", "内容。", "青川旗人民政府", "二〇二六年十二月二十一日"},
			func(r Reading) bool { return r.FormedOn == calendar.On(2026, 12, 21) && r.Kind == "notice" }, "number openness",
		},
		"a secret": {
			[]string{"秘密★1年", "青政发〔2026〕7号", "关于某事的报告", "内容不得读入。", "青川旗人民政府", "2026年1月9日", "（此件不予公开）"},
			func(r Reading) bool { return r.Grade == Confidential && r.Text == "" && r.Attribute.Openness == Closed }, "grade kind",
		},
		"an attachment with a date of its own": {
			[]string{"关于印发工作方案的通知", "现印发给你们。", "青川旗人民政府", "2026年1月9日", "附件", "工作方案", "2025年12月30日"},
			func(r Reading) bool {
				return r.FormedOn == calendar.On(2026, 1, 9) && strings.Contains(r.Text, "2025年12月30日")
			}, "formed kind number openness",
		},
		"no document at all": {[]string{"你好。"}, func(r Reading) bool { return r.Number == "" && r.FormedOn.IsZero() }, "title formed kind number openness"},
		"nothing":            {nil, func(r Reading) bool { return r.Title == "" && r.Text == "" }, "title formed kind number openness"},
		"not the 30th of February": {
			[]string{"关于某事的通知", "内容。", "2026年2月30日"}, func(r Reading) bool { return r.FormedOn.IsZero() }, "formed kind number openness",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := &doc.Doc{}
			for _, l := range c.lines {
				d.AddPara(doc.Body, l)
			}
			r := ReadOfficial(d)
			var fields []string
			for _, d := range r.Doubts {
				fields = append(fields, d.Field)
			}
			if got := strings.Join(fields, " "); got != c.doubts || !c.check(r) {
				t.Errorf("doubts %q, want %q; read %+v", got, c.doubts, r)
			}
		})
	}
}

// Whatever is typed, or read from a file, is written so that it reads as the same.
func TestTextsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙#> |\\-\n\t:n　\u200B")), 0, 60, -1).Draw(t, "text")
		once := Tidy(text)
		if twice := Tidy(once); twice != once {
			t.Fatalf("%q is tidied to %q, and that to %q", text, once, twice)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		d := &doc.Doc{}
		word := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙#>|\\- n")), 1, 8, -1)
		for range rapid.IntRange(1, 6).Draw(t, "blocks") {
			if rapid.Bool().Draw(t, "table") {
				table := &doc.Table{Grid: true, Cols: 2}
				for range rapid.IntRange(1, 3).Draw(t, "rows") {
					table.Rows = append(table.Rows, doc.Row{Cells: []doc.Cell{
						{Text: cellText(word.Draw(t, "a")), Col: 0, ColSpan: 1, RowSpan: 1}, {Text: "乙" + cellText(word.Draw(t, "b")), Col: 1, ColSpan: 1, RowSpan: 1},
					}})
				}
				d.AddTable(table)
				d.AddPara(doc.Body, "隔开")
				continue
			}
			style := rapid.SampledFrom([]doc.Style{doc.Body, doc.Heading1, doc.Heading2, doc.Heading3, doc.Signature}).Draw(t, "style")
			d.AddPara(style, "文"+trim(word.Draw(t, "text")))
		}
		if once, twice := Print(d), Print(Parse(Print(d))); once != twice {
			t.Fatalf("%q comes back as %q", once, twice)
		}
		for i, b := range Parse(Print(d)).Blocks {
			want := d.Blocks[i]
			if (b.Para == nil) != (want.Para == nil) || b.Para != nil && (b.Para.Style != want.Para.Style || b.Para.Text != want.Para.Text) {
				t.Fatalf("block %d is %+v, want %+v", i, b.Para, want.Para)
			}
			if b.Table != nil && b.Table.Rows[0].Cells[0].Text != want.Table.Rows[0].Cells[0].Text {
				t.Fatalf("cell %q, want %q", b.Table.Rows[0].Cells[0].Text, want.Table.Rows[0].Cells[0].Text)
			}
		}
	})
}

func FuzzReadOfficial(f *testing.F) {
	f.Add("青政办发〔2026〕12号\n关于印发办法的通知\n各部门：\n内容。\n青川旗人民政府\n2026年3月5日\n（此件公开发布）")
	f.Fuzz(func(t *testing.T, text string) {
		d := &doc.Doc{}
		for l := range strings.SplitSeq(text, "\n") {
			d.AddPara(doc.Body, l)
		}
		if r := ReadOfficial(d); Tidy(r.Text) != r.Text {
			t.Errorf("%q is not as Print writes it", r.Text)
		}
	})
}
