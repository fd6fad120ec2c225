package documents_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/publish"
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
	s.As("liaison").Get(root + "/import")
	a := s.UploadAll(root+"/import", nil, sent("sheet", "目录.xlsx", list), sent("files", "旧站.zip", archive(t, true, gbk, "收入 120 万元")))
	if a.Status != 422 || !strings.Contains(a.Find("main").Text(), "清单里没有这一列") || !strings.Contains(a.Find("main").Text(), "题名") {
		t.Fatalf("an unknown heading is not asked for: %d %s", a.Status, a.Find("main").Text())
	}
	a = s.Again(a, url.Values{"column-title": {"1"}})
	if a.Status != 200 || a.Find(".notice.green").Length() != 1 || !strings.Contains(a.Find(".notice.amber").Text(), "1处") {
		t.Fatalf("not good, or the guard says nothing: %d %s", a.Status, a.Find("main").Text())
	}
	if page := s.Get(root); page.Find("tbody tr").Length() != 0 {
		t.Error("looking has kept something")
	}
	a = s.Again(a, nil)
	links := a.Find("tbody a")
	if a.Status != 200 || links.Length() != 2 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	d := s.document(strings.TrimPrefix(links.First().AttrOr("href", ""), root+"/"))
	if d.Title != "2024年部门预算" || d.Attribute.Openness != publish.Open || d.FormedOn.String() != "2024-02-01" || len(d.Files) != 1 || d.Files[0].Name != "预算表.txt" || d.Origin.Index != "甲/2024-1" {
		t.Errorf("%+v", d)
	}
	if other := s.As("other").Get(a.Path); other.Status != 404 {
		t.Errorf("another visit sees what was made: %d", other.Status)
	}
}

// What one house exports another takes in, word for word.
func TestTheCatalogueGoesRound(t *testing.T) {
	s := start(t)
	s.drafted(url.Values{"number": {"青政服发〔2026〕7号"}, "to": {"各股室"}, "summary": {"概述"}, "keywords": {"窗口、周六"}, "theme": {""}})
	s.drafted(url.Values{"title": {"考勤安排"}, "openness": {"closed"}, "ground": {"internal"}, "reasons": {"属于内部管理"}})
	sheet := s.Get(root + "?format=catalogue").Body
	there := start(t)
	there.As("liaison").Get(root + "/import")
	a := there.UploadAll(root+"/import", nil, sent("sheet", "主动公开目录.xlsx", sheet))
	if a.Find(".notice.green").Length() != 1 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	if a = there.Again(a, nil); a.Find("tbody a").Length() != 2 {
		t.Fatalf("%d %s", a.Status, a.Find("main").Text())
	}
	if again := there.Get(root + "?format=catalogue").Body; fmt.Sprint(cellsOf(t, again)) != fmt.Sprint(cellsOf(t, sheet)) {
		t.Errorf("it does not come out as it came in:\n%v\n%v", cellsOf(t, sheet), cellsOf(t, again))
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
	list := book(t, oldSite, []any{"公告", "", "2024-02-01", "公示公告", "主动公开", "", "一段", ""})
	bomb := strings.Repeat("0", 21<<20)
	var many []string
	for i := range 3001 {
		many = append(many, fmt.Sprintf("%d.txt", i), "x")
	}
	for name, c := range map[string]struct{ sheet, files, says string }{
		"no archive":     {list, "PK nothing", "打不开"},
		"a bomb":         {list, archive(t, false, "b.txt", bomb), "太大"},
		"too many":       {list, archive(t, false, many...), "超过3000个"},
		"within another": {list, archive(t, false, "a.zip", "x"), "还有压缩包"},
		"a program":      {list, archive(t, false, "a.exe", "MZ\x90\x00\x03\x00\x00\x00\x04\x00"), "不是可以接收的类型"},
		"twice":          {list, archive(t, false, "甲/a.txt", "x", "乙/a.txt", "y"), "两个文件都叫"},
		"no list":        {"不是表", archive(t, false, "a.txt", "x"), "表"},
	} {
		s.As("liaison").Get(root + "/import")
		a := s.UploadAll(root+"/import", nil, sent("sheet", "目录.xlsx", c.sheet), sent("files", "附件.zip", c.files))
		if a.Status != 422 || !strings.Contains(a.Find("main").Text(), c.says) {
			t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
		}
	}
	s.As("liaison").Get(root + "/import")
	a := s.UploadAll(root+"/import", nil, sent("sheet", "目录.xlsx", list), sent("files", "附件.zip", archive(t, false, "../../../etc/附件.txt", "x")))
	if strings.Contains(a.Find("main").Text(), "etc") {
		t.Errorf("a path upwards: %s", a.Find("main").Text())
	}
}
