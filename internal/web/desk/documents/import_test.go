package documents_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/event"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web/desk/documents"
	"gongkai/internal/web/webtest"
)

// book makes a real workbook.
func book(t *testing.T, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// archive packs files; a name may be in any encoding.
func archive(t *testing.T, raw bool, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, NonUTF8: raw})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sent(field, name, data string) webtest.Upload {
	return webtest.Upload{Field: field, Name: name, Data: []byte(data)}
}

var oldSite = []any{"题名", "文号", "成文日期", "种类", "公开属性", "附件", "正文", "原索引号"}

// brings sends a list with its files, and lets it be looked at.
func (s *site) brings(files ...webtest.Upload) webtest.Answer {
	s.t.Helper()
	s.As("liaison").Get(root + "/import")
	waits := s.UploadAll(root+"/import", nil, files...)
	if waits.Status != 200 || waits.Header.Get("Refresh") == "" || !strings.Contains(waits.Find("[role=status]").Text(), "等待") {
		s.t.Fatalf("while it waits: %d at %s: %s", waits.Status, waits.Path, waits.Find("main").Text())
	}
	return s.worked(waits)
}

// worked lets the jobs be done, and asks for the page again.
func (s *site) worked(a webtest.Answer) webtest.Answer {
	s.t.Helper()
	s.runner.Pass(s.t.Context())
	return s.Get(a.Path)
}

func (s *site) keeps(a webtest.Answer) webtest.Answer {
	s.t.Helper()
	return s.worked(s.Again(a, url.Values{"do": {"keep"}}))
}

// drafts gives the documents of a list.
func (s *site) drafts() (all []publish.Document) {
	s.t.Helper()
	rows, err := s.desk.List(s.t.Context(), s.people["liaison"], paging.Query{Size: paging.MaxSize})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range rows.Rows {
		all = append(all, s.document(row.ID))
	}
	slices.SortFunc(all, func(a, b publish.Document) int { return strings.Compare(a.Title, b.Title) })
	return all
}

func TestAnOldSiteComesInWholly(t *testing.T) {
	s := start(t)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("旧站/预算表.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := book(t, oldSite,
		[]any{"2024年部门预算", "", "2024-02-01", "预决算", "主动公开", "预算表.txt", "", "甲/2024-1"},
		[]any{"窗口公告", "青政服发〔2024〕3号", "2024-03-01", "公示公告", "主动公开", "", "联系人手机13800138000。", "甲/2024-2"},
	)
	a := s.brings(sent("sheet", "目录.xlsx", list), sent("files", "旧站.zip", archive(t, true, gbk, "收入 120 万元")))
	if !strings.Contains(a.Find("main").Text(), "清单里没有这一列") || !strings.Contains(a.Find("main").Text(), "题名") {
		t.Fatalf("an unknown heading is not asked for: %d %s", a.Status, a.Find("main").Text())
	}
	columns := url.Values{"do": {"columns"}}
	a.Find("main select").Each(func(_ int, f *goquery.Selection) {
		columns.Set(f.AttrOr("name", ""), f.Find("option[selected]").AttrOr("value", ""))
	})
	columns.Set("column-title", "1")
	a = s.worked(s.Again(a, columns))
	if a.Find(".notice.green").Length() != 1 || !strings.Contains(a.Find(".notice.amber").Text(), "1处") {
		t.Fatalf("not good, or the guard says nothing: %d %s", a.Status, a.Find("main").Text())
	}
	if len(s.drafts()) != 0 {
		t.Error("looking has kept something")
	}
	// The button is pressed twice, and a second visit of the same person sees it, too.
	s.Again(a, url.Values{"do": {"keep"}})
	a = s.keeps(a)
	if a.Status != 200 || !strings.Contains(a.Find(".notice.green").Text(), "2份") || a.Header.Get("Refresh") != "" {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	all := s.drafts()
	if len(all) != 2 {
		t.Fatalf("%d documents", len(all))
	}
	if d := all[0]; d.Title != "2024年部门预算" || d.Attribute.Openness != publish.Open || d.FormedOn.String() != "2024-02-01" || len(d.Files) != 1 || d.Files[0].Name != "预算表.txt" || d.Origin.Index != "甲/2024-1" || d.Origin.Import == "" {
		t.Errorf("%+v", d)
	}
	if page := s.As("liaison").Get(root + "/import"); page.Find("tbody a[href='"+a.Path+"']").Length() != 1 {
		t.Error("the result is not found again")
	}
	if other := s.As("other").Get(a.Path); other.Status != 404 {
		t.Errorf("somebody else sees what was made: %d", other.Status)
	}
}

// Lines that are good come in, the others go out as a list that says what to do; when
// that is corrected it comes in, too.
func TestRefusedLinesAreCorrectedAndComeIn(t *testing.T) {
	s := start(t)
	heads := append([]any{"标题"}, oldSite[1:]...)
	list := book(t, heads,
		[]any{"好的公告", "青政服发〔2024〕1号", "2024-02-01", "公示公告", "主动公开", "", "一段。", ""},
		[]any{"坏的公告", "青政服发〔2024〕1号", "昨天", "公示公告", "主动公开", "没有.pdf", "一段。", ""},
	)
	a := s.brings(sent("sheet", "目录.xlsx", list))
	if text := a.Find("main").Text(); !strings.Contains(text, "与第2行相同") || !strings.Contains(text, "不是日期") || !strings.Contains(text, "没有上传附件") || !strings.Contains(text, "只导入没有问题的1份") {
		t.Fatalf("%s", text)
	}
	a = s.keeps(a)
	if text := a.Find("main").Text(); !strings.Contains(text, "已导入1份") || !strings.Contains(text, "有1行没有导入") {
		t.Fatalf("%s", text)
	}
	refused := cellsOf(t, s.Get(a.Path+"/refused").Body)
	if len(refused) != 2 || refused[1][0] != "3" || !strings.Contains(refused[1][1], "附件：没有上传附件") || refused[1][2] != "坏的公告" {
		t.Fatalf("%q", refused)
	}
	refused[1][3], refused[1][4], refused[1][7] = "青政服发〔2024〕2号", "2024-02-02", ""
	var rows [][]any
	for _, r := range refused {
		var row []any
		for _, cell := range r {
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	a = s.keeps(s.brings(sent("sheet", "改正.xlsx", book(t, rows...))))
	if text := a.Find("main").Text(); !strings.Contains(text, "已导入1份") || len(s.drafts()) != 2 {
		t.Errorf("%s", text)
	}
	if a = s.keeps(s.brings(sent("sheet", "目录.csv", "标题,成文日期,种类,公开属性,正文\n逗号公告,2024-02-03,公示公告,主动公开,一段。\n"))); !strings.Contains(a.Find("main").Text(), "已导入1份") {
		t.Errorf("a csv: %s", a.Find("main").Text())
	}
	// What is in the house already does not come in again.
	if a = s.brings(sent("sheet", "目录.xlsx", list)); !strings.Contains(a.Find("main").Text(), "已经登记过") || a.Find("main form button").Length() == 0 || strings.Contains(a.Find("main").Text(), "只导入") {
		t.Errorf("%s", a.Find("main").Text())
	}
}

// A process that is killed in the middle is no harm: the next goes on, nothing comes
// twice. And what somebody else registered meanwhile is refused, not doubled.
func TestAnImportGoesOnWhereItStopped(t *testing.T) {
	s := start(t)
	heads := append([]any{"标题"}, oldSite[1:]...)
	rows := [][]any{heads}
	for i := range 450 {
		rows = append(rows, []any{fmt.Sprintf("公告%03d", i), fmt.Sprintf("青政服发〔2024〕%d号", i+1), "2024-02-01", "公示公告", "主动公开", "", "一段。", ""})
	}
	a := s.brings(sent("sheet", "目录.xlsx", book(t, rows...)))
	s.drafted(url.Values{"number": {"青政服发〔2024〕450号"}})
	s.As("liaison").Again(s.Get(a.Path), url.Values{"do": {"keep"}})
	real, calls := s.desk.Store, 0
	s.desk.Store = failing{real, func() error {
		if calls++; calls == 2 {
			return errors.New("the power is off")
		}
		return nil
	}}
	s.runner.Pass(t.Context())
	if a = s.Get(a.Path); !strings.Contains(a.Find("[role=status]").Text(), "200 / 450") {
		t.Errorf("how far it is: %s", a.Find("main").Text())
	}
	s.now.Advance(time.Hour)
	a = s.worked(a)
	if text := a.Find("main").Text(); !strings.Contains(text, "已导入449份") || !strings.Contains(text, "有1行没有导入") || !strings.Contains(text, "451") {
		t.Errorf("%s", text)
	}
	seen := map[string]bool{}
	for q := (paging.Query{Page: 1, Size: paging.MaxSize}); ; q.Page++ {
		page, err := s.desk.List(t.Context(), s.people["liaison"], q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			if seen[row.Number] {
				t.Errorf("%s came twice", row.Number)
			}
			seen[row.Number] = true
		}
		if len(page.Rows) < q.Size {
			break
		}
	}
	if len(seen) != 450 {
		t.Errorf("%d documents", len(seen))
	}
}

// failing is a store whose changes fail when they are told to.
type failing struct {
	publish.Store
	fails func() error
}

func (f failing) Add(ctx context.Context, judge func(publish.Around) (publish.Change, error)) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Store.Add(ctx, judge)
}

// What one house exports another takes in, word for word.
func TestTheCatalogueGoesRound(t *testing.T) {
	s := start(t)
	s.drafted(url.Values{"number": {"青政服发〔2026〕7号"}, "to": {"各股室"}, "summary": {"概述"}, "keywords": {"窗口、周六"}, "theme": {""}})
	s.drafted(url.Values{"title": {"考勤安排"}, "openness": {"closed"}, "ground": {"internal"}, "reasons": {"属于内部管理"}})
	sheet := s.Get(root + "?format=catalogue").Body
	there := start(t)
	a := there.brings(sent("sheet", "主动公开目录.xlsx", sheet))
	if a.Find(".notice.green").Length() != 1 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	if there.keeps(a); len(there.drafts()) != 2 {
		t.Fatalf("%d documents", len(there.drafts()))
	}
	if again := there.Get(root + "?format=catalogue").Body; fmt.Sprint(cellsOf(t, again)) != fmt.Sprint(cellsOf(t, sheet)) {
		t.Errorf("it does not come out as it came in:\n%v\n%v", cellsOf(t, sheet), cellsOf(t, again))
	}
}

// With its files, too: those of one name, names with the signs that part names, and a
// text that no cell holds.
func TestTheWholeGoesRoundWithItsFiles(t *testing.T) {
	s := start(t)
	long := strings.TrimSpace(strings.Repeat("周六开放，办理全部事项。\n", 4000))
	for i, c := range []struct{ title, text, name, data string }{
		{"甲公告", long, "附件1、名单；附表.txt", "甲的名单"}, {"乙公告", "短文。", "附件1、名单；附表.txt", "乙的名单"},
	} {
		s.As("liaison").Get(root + "/new")
		v := paper(url.Values{"title": {c.title}, "text": {c.text}, "number": {fmt.Sprintf("青政服发〔2026〕%d号", i+1)}})
		if a := s.UploadAll(root+"/new", v, sent("files", c.name, c.data)); a.Status != 200 || a.Find(".toast").Length() != 1 {
			t.Fatalf("not drafted: %d %s", a.Status, a.Find("main").Text())
		}
	}
	packed := s.Get(root + "?format=whole")
	z, err := zip.NewReader(strings.NewReader(packed.Body), int64(len(packed.Body)))
	if err != nil {
		t.Fatal(err)
	}
	sheet := ""
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".xlsx") {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			sheet = string(data)
		}
	}
	there := start(t)
	// Without the archive the long text is missing, and no name of a file becomes a text.
	if a := there.brings(sent("sheet", "目录.xlsx", sheet)); !strings.Contains(a.Find("main").Text(), "没有上传正文“正文/") || !strings.Contains(a.Find("main").Text(), "没有上传附件") {
		t.Errorf("%s", a.Find("main").Text())
	}
	a := there.brings(sent("sheet", "目录.xlsx", sheet), sent("files", "目录.zip", packed.Body))
	if a.Find(".notice.green").Length() != 1 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	there.keeps(a)
	from, to := s.drafts(), there.drafts()
	if len(to) != 2 {
		t.Fatalf("%d documents", len(to))
	}
	for i := range to {
		if event.Digest(from[i].Content) != event.Digest(to[i].Content) {
			t.Errorf("%s does not come out as it went in: %d and %d characters, %v and %v", to[i].Title, len(from[i].Text), len(to[i].Text), from[i].Files, to[i].Files)
		}
	}
}

// What is too large for one archive comes in parts: a page says so and what to do, each part
// is whole in itself, and together they are all.
func TestAnArchiveThatIsTooLargeComesInParts(t *testing.T) {
	s := startWith(t, func(p *documents.Pages) { p.MaxWhole = 5000 })
	for i := range 5 {
		s.As("liaison").Get(root + "/new")
		v := paper(url.Values{"title": {fmt.Sprintf("公告%d", i)}, "text": {"短文。"}, "number": {fmt.Sprintf("青政服发〔2026〕%d号", i+1)}})
		if a := s.UploadAll(root+"/new", v, sent("files", fmt.Sprintf("附件%d.txt", i), strings.Repeat("名单。", 200))); a.Status != 200 {
			t.Fatalf("not drafted: %d %s", a.Status, a.Find("main").Text())
		}
	}
	page := s.Get(root + "?format=whole&q=" + url.QueryEscape("公告"))
	if page.Status != 200 || !strings.Contains(page.Find("main .lead").Text(), "共 9 KB，一个压缩包放不下，分成 3 部分") || !strings.Contains(page.Find("main .lead").Text(), "缩小范围") {
		t.Fatalf("%d %s", page.Status, page.Find("main").Text())
	}
	held := map[string]int{}
	page.Find("main ol a").Each(func(_ int, link *goquery.Selection) {
		packed := s.Get(link.AttrOr("href", ""))
		z, err := zip.NewReader(strings.NewReader(packed.Body), int64(len(packed.Body)))
		if err != nil {
			t.Fatal(err)
		}
		files := 0
		for _, f := range z.File {
			if strings.HasPrefix(f.Name, "附件/") {
				files++
				held[f.Name[strings.LastIndex(f.Name, "/")+1:]]++
			}
		}
		if files == 0 || files > 2 || z.File[len(z.File)-1].Name == "" {
			t.Errorf("%s has %d files", link.Text(), files)
		}
	})
	if len(held) != 5 {
		t.Errorf("%v", held)
	}
	if a := s.Get(root + "?format=whole&part=4&q=" + url.QueryEscape("公告")); a.Status != 404 || !strings.Contains(a.Find("main").Text(), "重新导出") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
	if a := s.Get(page.Find("main .button").AttrOr("href", "")); a.Status != 200 || a.Find("tbody tr").Length() != 5 {
		t.Errorf("the way back leads elsewhere: %d", a.Status)
	}
	if a := s.Get(root + "?format=whole&q=" + url.QueryEscape("公告1")); a.Status != 200 || a.Header.Get("Content-Type") != "application/zip" {
		t.Errorf("what is narrowed comes at once: %d", a.Status)
	}
}

func cellsOf(t *testing.T, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(sheet))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Archives that mean no good, and lists that are none, keep nothing.
func TestHostileBundlesAreRefused(t *testing.T) {
	s := start(t)
	list := book(t, append([]any{"标题"}, oldSite[1:]...), []any{"公告", "", "2024-02-01", "公示公告", "主动公开", "a.txt；a.exe；b.txt；a.zip", "一段", ""})
	var many []string
	for i := range 30_001 {
		many = append(many, fmt.Sprintf("%d.txt", i), "x")
	}
	for name, c := range map[string]struct{ sheet, files, says string }{
		"no archive":     {list, "PK nothing", "打不开"},
		"a bomb":         {list, archive(t, false, "b.txt", strings.Repeat("0", 21<<20)), "太大"},
		"too many":       {list, archive(t, false, many...), "超过30000个"},
		"within another": {list, archive(t, false, "a.zip", "x"), "还有压缩包"},
		"a program":      {list, archive(t, false, "a.exe", "MZ\x90\x00\x03\x00\x00\x00\x04\x00"), "不是可以接收的类型"},
		"twice":          {list, archive(t, false, "甲/a.txt", "x", "乙/a.txt", "y"), "个文件都叫"},
		"empty":          {list, archive(t, false, "a.txt", ""), "是空的"},
		"no list":        {"不是表", archive(t, false, "a.txt", "x"), "表"},
	} {
		a := s.brings(sent("sheet", "目录.xlsx", c.sheet), sent("files", "附件.zip", c.files))
		if !strings.Contains(a.Find("main").Text(), c.says) || a.Find("main input[value=keep]").Length() != 0 {
			t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
		}
	}
	a := s.brings(sent("sheet", "目录.xlsx", list), sent("files", "附件.zip", archive(t, false, "../../../etc/附件.txt", "x")))
	if strings.Contains(a.Find("main").Text(), "..") {
		t.Errorf("a path upwards: %s", a.Find("main").Text())
	}
	s.As("liaison").Get(root + "/import")
	if a := s.UploadAll(root+"/import", nil, sent("files", "附件.zip", "x")); a.Status != 422 || !strings.Contains(a.Find("main").Text(), "请选择要导入的清单") {
		t.Errorf("no list at all: %d %s", a.Status, a.Find("main").Text())
	}
}
