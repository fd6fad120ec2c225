package docx

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/doc"
)

// TestVisibleText holds what a person sees against what is read, one feature
// of the format a row.
func TestVisibleText(t *testing.T) {
	box := func(inner string) string {
		return `<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>` + inner + `</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>`
	}
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"runs join", `<w:p>` + r("一、总体") + r("情况") + `</w:p>`, []string{"一、总体情况"}},
		{"entities", `<w:p><w:r><w:t>A&amp;B &lt;&#x4E2D;&#22269;&gt;</w:t></w:r></w:p>`, []string{"A&B <中国>"}},
		{"CDATA", `<w:p><w:r><w:t><![CDATA[a<b]]></w:t></w:r></w:p>`, []string{"a<b"}},
		{"XML comment inside a text", `<w:p><w:r><w:t>甲<!-- x -->乙</w:t></w:r></w:p>`, []string{"甲乙"}},
		{"blanks kept only where said", `<w:p><w:r><w:t> a </w:t><w:t xml:space="preserve"> b </w:t></w:r></w:p>`, []string{"a b "}},
		{"line end in the XML is a blank", "<w:p><w:r><w:t>a\r\nb</w:t></w:r></w:p>", []string{"a b"}},
		{"tab, break, carriage return", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r></w:p>`, []string{"a\tb\nc\nd"}},
		{"tab stops are not tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>` + r("a") + `</w:p>`, []string{"a"}},
		{"page break between texts", `<w:p>` + r("a") + `<w:r><w:br w:type="page"/></w:r>` + r("b") + `</w:p>`, []string{"a\nb"}},
		{"page break at the ends", `<w:p><w:r><w:br w:type="page"/></w:r>` + r("a") + `<w:r><w:br w:type="page"/></w:r></w:p>`, []string{"a"}},
		{"non-breaking hyphen", `<w:p>` + r("-3") + `<w:r><w:noBreakHyphen/></w:r>` + r("5") + `</w:p>`, []string{"-3-5"}},
		{"soft hyphen is not printed", `<w:p>` + r("甲") + `<w:r><w:softHyphen/></w:r>` + r("乙") + `</w:p>`, []string{"甲乙"}},
		{"symbols", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="00A8"/></w:r></w:p>`, []string{"☑□"}},
		{"hyperlink, smart tag, bidi", `<w:p><w:hyperlink r:id="x">` + r("网站") + `</w:hyperlink><w:smartTag><w:bdo>` + r("日期") + `</w:bdo></w:smartTag></w:p>`, []string{"网站日期"}},
		{"content controls", `<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent><w:p><w:sdt><w:sdtContent>` + r("内") + `</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`, []string{"内"}},
		{"simple field", `<w:p><w:fldSimple w:instr=" DATE ">` + r("2025年") + `</w:fldSimple></w:p>`, []string{"2025年"}},
		{"complex field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("结果") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r("后") + `</w:p>`, []string{"结果后"}},
		{"field inside an instruction", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("条件") + `<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("结果") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, []string{"结果"}},
		{"field never closed", `<w:p>` + r("前") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>` + p("后"), []string{"前", "后"}},
		{"text box after its paragraph", `<w:p><w:r>` + box(p("框一")+p("")+p("框二")) + `</w:r>` + r("正文") + `</w:p>`, []string{"正文", "框一", "框二"}},
		{"table in a text box", `<w:p><w:r>` + box(tbl(tr(tc("甲")))) + `</w:r></w:p>`, []string{"", "▦"}},
		{"VML text box", `<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + p("框") + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`, []string{"", "框"}},
		{"one branch of alternate content", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">` + box(p("框")) + `</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("框") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"", "框"}},
		{"fallback alone", `<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>替</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"替"}},
		{"ruby", `<w:p><w:r><w:ruby><w:rt>` + r("xī") + `</w:rt><w:rubyBase>` + r("溪") + `</w:rubyBase></w:ruby></w:r></w:p>`, []string{"溪"}},
		{"formula", `<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>`, []string{"12"}},
		{"bookmarks and proofing marks", `<w:p><w:bookmarkStart w:id="0" w:name="a"/><w:proofErr w:type="x"/>` + r("a") + `<w:bookmarkEnd w:id="0"/></w:p>`, []string{"a"}},
		{"a deleted paragraph end joins", `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + r("前半") + `</w:p>` + p("后半"), []string{"前半后半"}},
		{"a deleted paragraph leaves nothing", p("甲") + `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>` + p("乙"), []string{"甲", "乙"}},
		{"old properties are not read", `<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r></w:p>`, []string{"a"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, strict := range []bool{false, true} {
				// A last paragraph keeps the document from being empty.
				d := file{body: tt.body + p("末"), strict: strict}.read(t)
				if diff := cmp.Diff(append(tt.want, "末"), texts(d)); diff != "" {
					t.Errorf("strict %v (-want +got):\n%s", strict, diff)
				}
			}
		})
	}
}

func TestNotices(t *testing.T) {
	comment := `<w:comments><w:comment w:id="7" w:author="张某"><w:p><w:r><w:annotationRef/></w:r>` + r("请核对") + `</w:p><w:p>` + r("此数") + `</w:p></w:comment><w:comment w:id="8">` + p("无处") + `</w:comment></w:comments>`
	styles := `<w:styles><w:style w:type="character" w:styleId="h"><w:name w:val="hidden"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
	for _, tt := range []struct {
		name, body string
		parts      map[string]string
		texts      []string
		want       []doc.Notice
	}{
		{
			"insertion is seen, deletion is not",
			`<w:p>` + r("共") + `<w:ins w:author="x">` + r("1") + `</w:ins><w:ins>` + r("2") + `</w:ins><w:del><w:r><w:delText>13</w:delText></w:r></w:del>` + r("件") + `</w:p>`,
			nil,
			[]string{"共12件"},
			[]doc.Notice{{Kind: doc.TrackedInsertion, Text: "12", Place: doc.Place{Para: 1}}, {Kind: doc.TrackedDeletion, Text: "13", Place: doc.Place{Para: 1}}},
		},
		{
			"moves",
			`<w:p><w:moveFrom>` + r("旧处") + `</w:moveFrom></w:p><w:p><w:moveTo>` + r("新处") + `</w:moveTo></w:p>`,
			nil,
			[]string{"", "新处"},
			[]doc.Notice{{Kind: doc.TrackedDeletion, Text: "旧处", Place: doc.Place{Para: 1}}, {Kind: doc.TrackedInsertion, Text: "新处", Place: doc.Place{Para: 2}}},
		},
		{
			"hidden text, direct and by style, and switched off",
			`<w:p>` + r("甲") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>文</w:t></w:r><w:r><w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r></w:p>`,
			map[string]string{"styles": styles},
			[]string{"甲乙"},
			[]doc.Notice{{Kind: doc.HiddenText, Text: "密文", Place: doc.Place{Para: 1}}},
		},
		{
			"comments, in place and without one",
			`<w:p><w:commentRangeStart w:id="7"/>` + r("12") + `<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>`,
			map[string]string{"comments": comment},
			[]string{"12"},
			[]doc.Notice{{Kind: doc.Comment, Text: "请核对\n此数", Place: doc.Place{Para: 1}}, {Kind: doc.Comment, Text: "无处"}},
		},
		{
			"pictures",
			`<w:p>` + r("图") + `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="公章"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="x"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing><w:pict><v:shape><v:imagedata r:id="y"/></v:shape></w:pict></w:r></w:p>`,
			nil,
			[]string{"图"},
			[]doc.Notice{{Kind: doc.PictureFound, Text: "公章", Place: doc.Place{Para: 1}}, {Kind: doc.PictureFound, Place: doc.Place{Para: 1}}},
		},
		{
			"changed rows",
			tbl(tr(tc("甲")), `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+tc("删")+tc("行")+`</w:tr>`, `<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>`+tc("新")+`</w:tr>`),
			nil,
			[]string{"▦"},
			[]doc.Notice{{Kind: doc.TrackedDeletion, Text: "删 行", Place: doc.Place{Table: 1, Row: 2}}, {Kind: doc.TrackedInsertion, Text: "新", Place: doc.Place{Table: 1, Row: 2}}},
		},
		{
			"change in a cell",
			tbl(tr(tc("甲"), `<w:tc><w:p>`+r("1")+`<w:del><w:r><w:delText>2</w:delText></w:r></w:del></w:p></w:tc>`)),
			nil,
			[]string{"▦"},
			[]doc.Notice{{Kind: doc.TrackedDeletion, Text: "2", Place: doc.Place{Table: 1, Row: 1, Col: 2}}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := file{body: tt.body, parts: tt.parts}.read(t)
			if diff := cmp.Diff(tt.texts, texts(d)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, d.Notices); diff != "" {
				t.Errorf("notices (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRolesAndPlaces(t *testing.T) {
	styles := `<w:styles>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="my"><w:name w:val="我的标题"/><w:basedOn w:val="lvl"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="层"/><w:basedOn w:val="my"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>`
	style := func(id string) string { return `<w:pStyle w:val="` + id + `"/>` }
	d := file{parts: map[string]string{"styles": styles}, body: p("题", style("t")) + p("一", style("1")) + p("（一）", style("my")) +
		p("1.", `<w:outlineLvl w:val="2"/>`) + p("文", style("1"), `<w:outlineLvl w:val="9"/>`) +
		tbl(tr(tc("x"))) + p("后") + p("", `<w:pageBreakBefore/>`)}.read(t)
	var got []doc.Para
	for para := range d.Paras {
		got = append(got, *para)
	}
	place := func(n int) doc.Place { return doc.Place{Para: n} }
	want := []doc.Para{
		{Text: "题", Style: doc.Title, Place: place(1)},
		{Text: "一", Style: doc.Heading1, Place: place(2)},
		{Text: "（一）", Style: doc.Heading2, Place: place(3)},
		{Text: "1.", Style: doc.Heading3, Place: place(4)},
		{Text: "文", Style: doc.Body, Place: place(5)},
		{Text: "后", Style: doc.Body, Place: place(6)},
		{Text: "", Style: doc.PageBreak, Place: place(7)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := firstTable(t, d).Rows[0].Cells[0].Place; got != (doc.Place{Table: 1, Row: 1, Col: 1}) {
		t.Errorf("cell at %+v", got)
	}
}
