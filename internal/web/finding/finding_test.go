package finding

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/doc"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
)

// report makes a report of an invented organ in which every cell is 0 and the
// text is as it ought to be.
func report(organ string, year int) *annual.Report {
	r := &annual.Report{File: "收件/" + organ + ".docx", Organ: organ, Year: year, Form: annual.FormFor(year)}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(0))
	}
	text := [6]string{
		"（一）主动公开。全年发布信息120条。\n（二）依申请公开。全年收到申请54件。", "", "", "",
		"存在的问题：培训不够。改进情况：每季度培训一次。", "本年度未收取信息处理费。",
	}
	r.Paras = append(r.Paras, annual.Para{Kind: annual.TitlePara, Text: organ + "政府信息公开工作年度报告"})
	for i, h := range r.Form.Headings {
		r.Paras = append(r.Paras, annual.Para{Part: i + 1, Kind: annual.HeadingPara, Text: h})
		for line := range strings.SplitSeq(text[i], "\n") {
			r.Paras = append(r.Paras, annual.Para{Part: i + 1, Text: line, Place: doc.Place{Para: 10 + i}})
		}
	}
	return r
}

func set(r *annual.Report, table, row string, values ...int64) {
	for i, c := range []string{"C1", "C2", "C3", "C4", "C5", "C6", "C7"}[:len(values)] {
		r.Set(table, row, c, annual.Int(values[i]))
	}
}

// faulty breaks the balance of a column, a row sum and a total of table 4, and
// has an empty total and a doubtful cell.
func faulty() *annual.Report {
	r := report("青石县行政审批局", 2024)
	set(r, "table3", "R1", 48, 3, 0, 0, 1, 1, 53)
	set(r, "table3", "R2", 3001, 0, 0, 0, 0, 0, 3001)
	set(r, "table3", "R3.1", 40, 2, 0, 0, 1, 1, 45)
	set(r, "table3", "R3.3.4", 3000, 0, 0, 0, 0, 0, 3000)
	set(r, "table3", "R3.7", 3040, 2, 0, 0, 1, 1, 3044)
	set(r, "table3", "R4", 8, 1, 0, 0, 0, 0, 9)
	set(r, "table4", "review", 10, 1, 0, 0, 0)
	set(r, "table4", "direct", 1, 0, 0, 0, 1)
	r.Set("table4", "afterReview", "C5", annual.Value{State: annual.Empty})
	r.Set("table4", "afterReview", "C1", annual.Int(2))
	r.Set("table2", "normativeDocuments", "made", annual.Value{State: annual.Doubtful, Raw: "1 2"})
	r.Set("table2", "coercion", "decisions", annual.Value{State: annual.Mark, Raw: "/"})
	r.Doubts = []annual.Doubt{{
		Where:  annual.Ref{Table: "table2", Row: "normativeDocuments", Column: "made"},
		Reason: "数字中间有空格，不能确定是一个数还是两个数。", Raw: "1 2", Place: doc.Place{Page: 2, Table: 1, Row: 3, Col: 2},
	}}
	return r
}

// samples are the pages of the tests and screenshots: a faulty report, an old
// form with hints, a clean one, and a file that could not be read.
func samples() ([]Line, []Page) {
	old := report("临泽市教育局", 2019)
	delete(old.Cells, annual.Ref{Table: "table2", Row: "procurement", Column: "items"})
	reports := []*annual.Report{faulty(), old, report("云溪区卫生健康委员会", 2024)}
	var lines []Line
	var pages []Page
	for i, r := range reports {
		res := check.Check(&check.Input{Report: r})
		if i == 2 {
			res = &check.Result{File: r.File, Organ: r.Organ, Year: r.Year}
		}
		line := LineOf(i+1, res)
		line.Shown = true
		lines = append(lines, line)
		pages = append(pages, Page{Number: i + 1, Report: r, Result: res})
	}
	return append(lines, Line{Number: 4, File: "收件/扫描件.pdf", Failure: "这份 PDF 只有图片，没有文字，读不了；请索取电子版。"}), pages
}

func draw(t *testing.T, lang locale.Lang) *goquery.Document {
	t.Helper()
	lines, pages := samples()
	var b bytes.Buffer
	if err := Write(&b, lang, lines, slices.Values(pages)); err != nil {
		t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheSummaryHasALineForEveryFile(t *testing.T) {
	d := draw(t, locale.Chinese)
	rows := d.Find("table.summary tbody tr")
	if rows.Length() != 4 {
		t.Fatalf("%d lines for 4 files", rows.Length())
	}
	for i, want := range []string{"青石县行政审批局", "临泽市教育局", "云溪区卫生健康委员会", "只有图片"} {
		if got := rows.Eq(i).Text(); !strings.Contains(got, want) {
			t.Errorf("line %d: %q lacks %q", i+1, got, want)
		}
	}
	if got := rows.Eq(2).Text(); !strings.Contains(got, "未发现问题") {
		t.Errorf("the clean report is not called clean: %q", got)
	}
}

func TestAWrongCellIsMarkedAndLeadsToItsFindingAndBack(t *testing.T) {
	d := draw(t, locale.Chinese)
	marks := d.Find("td.v a.mark")
	if marks.Length() == 0 {
		t.Fatal("no cell is marked")
	}
	marks.Each(func(_ int, m *goquery.Selection) {
		href, _ := m.Attr("href")
		target := d.Find(href)
		if target.Length() != 1 || !target.HasClass("finding") {
			t.Fatalf("mark leads to %s: %d elements", href, target.Length())
		}
		if back, _ := target.Find(".back a").Attr("href"); d.Find(back).Length() != 1 {
			t.Errorf("finding %s leads back to %q, which is not there", href, back)
		}
	})
	// Y1: 10+1+0+0 = 11, the total says 0.
	cell := d.Find("#r1-table4-review-C5")
	if !cell.HasClass("error") || !strings.Contains(cell.Text(), "错误") {
		t.Errorf("the total of reviews is not marked in colour and words: %s", cell.Text())
	}
	href, _ := cell.Find("a").Attr("href")
	if text := d.Find(href).Text(); !strings.Contains(text, "= 11") {
		t.Errorf("the finding does not show the arithmetic: %s", text)
	}
}

func TestAllFiguresOfTheFormAreShown(t *testing.T) {
	d := draw(t, locale.Chinese)
	_, pages := samples()
	for _, p := range pages {
		article := d.Find("#" + strings.Split(anchor(p.Number, ""), "-")[0])
		if got, want := article.Find("td.v").Length(), len(p.Report.Refs()); got != want {
			t.Errorf("%s: %d cells, the form has %d", p.Report.Organ, got, want)
		}
		article.Find("table.form").Each(func(_ int, table *goquery.Selection) { rectangular(t, p.Report.Organ, table) })
	}
}

// rectangular fails if the cells of a table with their spans do not fill whole
// rows.
func rectangular(t *testing.T, name string, table *goquery.Selection) {
	t.Helper()
	var widths []int
	table.Find("tr").Each(func(i int, tr *goquery.Selection) {
		for len(widths) <= i {
			widths = append(widths, 0)
		}
		tr.Children().Each(func(_ int, c *goquery.Selection) {
			for k := range span(c, "rowspan") {
				for len(widths) <= i+k {
					widths = append(widths, 0)
				}
				widths[i+k] += span(c, "colspan")
			}
		})
	})
	for i, w := range widths {
		if w != widths[0] {
			t.Errorf("%s: row %d is %d columns wide, the first %d", name, i+1, w, widths[0])
		}
	}
}

func span(c *goquery.Selection, attr string) int {
	n := 0
	for _, digit := range c.AttrOr(attr, "1") {
		n = 10*n + int(digit-'0')
	}
	return n
}

func TestEmptyDoubtfulAndMarksAreToldApart(t *testing.T) {
	d := draw(t, locale.Chinese)
	if c := d.Find("#r1 td.v.is-empty"); c.Length() != 1 || !strings.Contains(c.Text(), "空") {
		t.Errorf("empty cell: %q", c.Text())
	}
	if c := d.Find("#r1 td.v.is-doubtful"); c.Length() != 1 || !strings.Contains(c.Text(), "1 2") {
		t.Errorf("doubtful cell: %q", c.Text())
	}
	if c := d.Find("#r1 td.v.is-mark"); !strings.Contains(c.Text(), "/") {
		t.Errorf("cell with a mark: %q", c.Text())
	}
	if !strings.Contains(d.Find("#r1").Text(), "数字中间有空格") {
		t.Error("the reason of the doubt is not shown")
	}
}

func TestThePageNeedsNothingElse(t *testing.T) {
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		d := draw(t, lang)
		if n := d.Find("script, link, img, iframe, object, [onclick]").Length(); n > 0 {
			t.Errorf("%s: %d elements that load or run something", lang, n)
		}
		html, _ := d.Html()
		for _, bad := range []string{"http://", "https://", "url(", "@import", "ZgotmplZ"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s: the page contains %q", lang, bad)
			}
		}
		d.Find("style").Remove()
		if key := regexp.MustCompile(`(finding|severity|organ)\.[a-z]+`).FindString(d.Text()); key != "" {
			t.Errorf("%s: the key %s was not translated", lang, key)
		}
	}
}

func TestWhatStandsInAReportIsNeverMarkup(t *testing.T) {
	r := report("<script>alert(1)</script>", 2024)
	r.Set("table3", "R1", "C1", annual.Value{State: annual.Mark, Raw: "<b onclick=x>1</b>"})
	res := &check.Result{File: r.File, Organ: r.Organ, Findings: []rule.Finding{{Rule: "K7", Severity: rule.Error, Message: "<img src=x>"}}}
	var b bytes.Buffer
	if err := Write(&b, locale.Chinese, []Line{LineOf(1, res)}, slices.Values([]Page{{1, r, res}})); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script>alert", "<b onclick", "<img"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("%s came through", bad)
		}
	}
}

func TestEveryTemplateIsExecuted(t *testing.T) {
	page, err := parse(locale.Load(locale.Chinese))
	if err != nil {
		t.Fatal(err)
	}
	// A template that is defined but drawn nowhere is left over.
	source, err := files.ReadFile("page.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, tmpl := range page.Templates() {
		if name := tmpl.Name(); name != "page.tmpl" && !strings.Contains(string(source), `{{template "`+name+`"`) {
			t.Errorf("template %s is drawn nowhere", name)
		}
	}
	d := draw(t, locale.English)
	for _, part := range []string{".badge.error", ".badge.clean", "article.report", "table.form", "td.v", "li.finding", "ul.plain li"} {
		if d.Find(part).Length() == 0 {
			t.Errorf("nothing on the page of the samples is %s", part)
		}
	}
}
