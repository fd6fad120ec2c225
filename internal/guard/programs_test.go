package guard_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	pdftypes "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/testtool"
)

var update = flag.Bool("update", false, "write the tables of docs/guard.md anew")

// made is what one program put into one file: what each leak is, the rule that has
// to find it, and words that the finding has to hold.
type made struct {
	program, file string
	make          func(t *testing.T) []byte
	leaks         []leak
}

type leak struct {
	what, rule string
	words      []string
}

const leakyPage = `<!DOCTYPE html><meta charset="utf-8"><body style="font-family:serif"><p>联系人手机13812345678</p><p style="color:#fff">白字13712345678</p>
<p style="position:relative">遮住的13612345678<span style="position:absolute;inset:0;background:#000"></span></p><p style="font-size:1px">极小的字</p>`

func programs() []made {
	return []made{
		{"LibreOffice Writer", "docx", func(t *testing.T) []byte { return byLibreOffice(t, flatText, "fodt", "docx") }, []leak{
			{"ID number in the text", "G1", []string{"11*************716"}},
			{"column of telephone numbers in a table", "G2", []string{"“联系电话”列"}},
			{"comment", "G23", []string{"赵六", "再核一下"}},
			{"tracked deletion with a mobile number", "G24", []string{"王五", "手机号码 1 个"}},
			{"hidden text", "G25", []string{"暗语"}},
			{"white text", "G25", []string{"白字"}},
			{"name of the author", "G27", []string{"赵六"}},
		}},
		{"LibreOffice Calc", "xlsx", func(t *testing.T) []byte { return byLibreOffice(t, flatSheet, "fods", "xlsx") }, []leak{
			{"column of mobile numbers", "G2", []string{"“手机”列"}},
			{"hidden sheet with an ID number", "G20", []string{"底稿", "居民身份证号码 1 个"}},
			{"hidden row", "G21", []string{"藏起的行"}},
			{"note on a cell", "G23", []string{"批一句"}},
		}},
		{"by hand", "pptx", func(t *testing.T) []byte { return leakySlides(t) }, []leak{
			{"mobile number on a slide", "G2", []string{"138****5678"}},
			{"speaker's notes with an ID number", "G32", []string{"备注", "居民身份证号码 1 个"}},
			{"hidden slide", "G32", []string{"隐藏的幻灯片"}},
			{"text beside the slide", "G32", []string{"页外的话"}},
			{"comment", "G23", []string{"这页要不要删"}},
		}},
		{"LibreOffice Writer", "PDF", func(t *testing.T) []byte { return byLibreOffice(t, flatText, "fodt", "pdf") }, []leak{
			{"ID number in the text", "G1", []string{"11*************716"}},
			{"white text", "G25", []string{"白字"}},
		}},
		{"Chromium", "PDF", func(t *testing.T) []byte { return printed(t, leakyPage) }, []leak{
			{"mobile number in the text", "G2", []string{"138****5678"}},
			{"white text", "G25", []string{"手机号码 1 个"}},
			{"text under a black box", "G26", []string{"色块", "手机号码 1 个"}},
		}},
		{"excelize", "xlsx", func(t *testing.T) []byte { return leakyBook(t) }, []leak{
			{"hidden sheet behind a pivot table", "G20", []string{"“明细”被隐藏", "居民身份证号码 9483 个"}},
			{"pivot cache with its records", "G22", []string{"9483 条记录"}},
			{"hidden row", "G21", []string{"隐藏的行"}},
			{"hidden column", "G21", []string{"隐藏的列"}},
			{"comment", "G23", []string{"王五", "再核一下"}},
			{"white text", "G25", []string{"白字136****5678"}},
			{"author", "G27", []string{"王五"}},
			{"defined name", "G30", []string{"人员"}},
		}},
		{"excelize", "xlsx", veryHidden, []leak{
			{"very hidden sheet", "G20", []string{"深度隐藏", "银行"}},
			{"column headed 家庭住址", "G8", []string{"“家庭住址”列"}},
			{"photo with its place in a cell", "G36", []string{"北纬"}},
		}},
		{"pdfcpu", "PDF", func(t *testing.T) []byte {
			return byPdfcpu(t, func(in *bytes.Reader, out *bytes.Buffer) error {
				list := filepath.Join(t.TempDir(), "list.txt")
				must(t, os.WriteFile(list, []byte("张三 "+someID), 0o600))
				return api.AddAttachments(in, out, []string{list}, false, nil)
			})
		}, []leak{{"attachment with an ID number", "G28", []string{"list.txt"}}, {"… read as a file of its own", "G1", []string{"11*************716"}}}},
		{"pdfcpu", "PDF", func(t *testing.T) []byte {
			return byPdfcpu(t, func(in *bytes.Reader, out *bytes.Buffer) error {
				return api.AddProperties(in, out, map[string]string{"Author": "wangwu"}, nil)
			})
		}, []leak{{"author among the properties", "G27", []string{"wangwu"}}}},
		{"pdfcpu", "PDF", func(t *testing.T) []byte {
			return byPdfcpu(t, func(in *bytes.Reader, out *bytes.Buffer) error {
				note := model.NewTextAnnotation(*pdftypes.NewRectangle(100, 100, 130, 130), 0, "ask 13712345678", "n1", "", 0, nil, "wangwu", nil, nil, "", "", 0, 0, 0, false, "Note")
				return api.AddAnnotations(in, out, []string{"1"}, note, nil)
			})
		}, []leak{{"note with a mobile number", "G23", []string{"wangwu", "手机号码 1 个"}}}},
		{"pdfcpu", "PDF", func(t *testing.T) []byte {
			return byPdfcpu(t, func(in *bytes.Reader, out *bytes.Buffer) error {
				return api.Encrypt(in, out, model.NewAESConfiguration("user", "owner", 256))
			})
		}, []leak{{"password: nothing can be read", "G50", []string{"密码"}}}},
		{"Go archive/zip", "zip", func(t *testing.T) []byte {
			inner := packed(t, "名单.xlsx", string(leakyBook(t)), "说明.txt", "联系人手机13812345678")
			return packed(t, "附件/内层.zip", string(inner))
		}, []leak{
			{"hidden sheet in a workbook in a zip in a zip", "G20", []string{"内层.zip", "名单.xlsx"}},
			{"text file in it", "G2", []string{"说明.txt", "138****5678"}},
		}},
		{"image/jpeg with Exif", "jpeg", func(t *testing.T) []byte { return photo(t) }, []leak{
			{"place where the photo was taken", "G36", []string{"东经108°"}},
			{"name of the author", "G27", []string{"王五"}},
			{"thumbnail", "G37", nil},
			{"text in the picture: said to be unread", "G52", []string{"没有识别"}},
		}},
	}
}

// What real programs put into files is found. The table stands in docs/guard.md.
func TestFilesOfPrograms(t *testing.T) {
	g := newGuard(t)
	table := "| program | file | what was put in | found by | severity |\n|---|---|---|---|---|\n"
	for _, m := range programs() {
		res := scan(t, g, "文件."+strings.ToLower(m.file), m.make(t))
		for _, l := range m.leaks {
			if !finds(res, l.rule, l.words...) {
				t.Errorf("%s, %s: %s is not found by %s %q:\n%s", m.program, m.file, l.what, l.rule, l.words, said(res))
				continue
			}
			severity := ""
			for _, f := range res.Findings {
				if one := (guard.Result{Findings: []guard.Finding{f}}); severity == "" && finds(&one, l.rule, l.words...) {
					severity = string(f.Severity)
				}
			}
			table += fmt.Sprintf("| %s | %s | %s | %s | %s |\n", m.program, m.file, l.what, l.rule, severity)
		}
		if len(m.leaks) > 0 && !res.Blocks() {
			t.Errorf("%s, %s passes:\n%s", m.program, m.file, said(res))
		}
	}
	keepTable(t, "cases", table)
}

// keepTable compares a table with that of the guide, or writes it there.
func keepTable(t *testing.T, name, table string) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", "guard.md")
	data, err := os.ReadFile(path)
	must(t, err)
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, _ := strings.Cut(string(data), begin)
	was, after, ok := strings.Cut(rest, end)
	switch {
	case !ok:
		t.Fatalf("docs/guard.md has no place for the table of %s", name)
	case was == table || t.Failed():
	case *update:
		must(t, os.WriteFile(path, []byte(before+begin+table+end+after), 0o600))
	default:
		t.Errorf("docs/guard.md has another table of %s; refresh it with go test ./internal/guard -run '%s' -update:\n%s", name, t.Name(), table)
	}
}

func veryHidden(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	put(t, f, "Sheet1", 1, "姓名", "家庭住址")
	put(t, f, "Sheet1", 2, "李四", "云山县青石镇石桥村三组12号")
	must(t, f.AddPictureFromBytes("Sheet1", "D2", &excelize.Picture{Extension: ".jpg", File: photo(t)}))
	_, err := f.NewSheet("底账")
	must(t, err)
	put(t, f, "底账", 1, "姓名", "银行卡号")
	put(t, f, "底账", 2, "李四", "6222021234567890128")
	must(t, f.SetSheetVisible("底账", false, true))
	return saved(t, f)
}

func byPdfcpu(t *testing.T, change func(in *bytes.Reader, out *bytes.Buffer) error) []byte {
	t.Helper()
	api.DisableConfigDir()
	d := &doc.Doc{}
	d.AddPara(doc.Body, "公开的内容。")
	var plain, out bytes.Buffer
	must(t, open.Write(&plain, doc.PDF, d))
	must(t, change(bytes.NewReader(plain.Bytes()), &out))
	return out.Bytes()
}

// printed lets Chromium print a page.
func printed(t *testing.T, page string) []byte {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "a.html"), filepath.Join(dir, "a.pdf")
	must(t, os.WriteFile(in, []byte(page), 0o600))
	cmd := exec.Command(testtool.Find(t, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(dir, "profile"), "--print-to-pdf="+out, "file://"+in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("Chromium: %v: %s", err, said)
	}
	data, err := os.ReadFile(out)
	must(t, err)
	return data
}
