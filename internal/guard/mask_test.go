package guard_test

import (
	"bytes"
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc/clean"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/opc"
	"gongkai/internal/guard"
	"gongkai/internal/rule"
	"gongkai/internal/testtool"
)

// masked makes a copy that must scan clean but for hints, and open in LibreOffice.
func masked(t *testing.T, g *guard.Guard, name string, data []byte, o clean.Options) []byte {
	t.Helper()
	before := bytes.Clone(data)
	out, res, err := g.Mask(context.Background(), name, data, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, data) {
		t.Error("the original was changed")
	}
	if res.Blocks() || res.Unread {
		t.Errorf("the copy is not clean:\n%s", said(res))
	}
	return out
}

// partOf unpacks a part of an office file.
func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	p, err := opc.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	part, err := p.Raw(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(part)
}

// pdfOf lets LibreOffice open a file and print it.
func pdfOf(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	office := testtool.Find(t, "soffice")
	dir := t.TempDir()
	in := filepath.Join(dir, name)
	must(t, os.WriteFile(in, data, 0o600))
	cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", "pdf", "--outdir", dir, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, said)
	}
	out, err := os.ReadFile(strings.TrimSuffix(in, filepath.Ext(in)) + ".pdf")
	if err != nil {
		t.Fatalf("LibreOffice did not open the copy: %v", err)
	}
	return out
}

func TestMaskWord(t *testing.T) {
	g := newGuard(t)
	for name, c := range map[string]struct {
		options  clean.Options
		has, not []string
	}{
		"changes accepted": {clean.Options{}, []string{"新增"}, []string{"原拟补贴"}},
		"changes rejected": {clean.Options{Reject: true}, []string{"原拟补贴李四139****5678"}, []string{"新增"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := masked(t, g, "公示.docx", leakyWord(t), c.options)
			d, err := docx.Read(out)
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for p := range d.Paras {
				text.WriteString(p.Text + "\n")
			}
			c.has = append(c.has, "11*************716", "138 **** 5678", "公开部分", "红底白字", "文本框")
			c.not = append(c.not, "内部", "白色的字")
			for _, s := range c.has {
				if !strings.Contains(text.String(), s) {
					t.Errorf("%s is lost in %s", s, text.String())
				}
			}
			for _, s := range c.not {
				if strings.Contains(text.String(), s) {
					t.Errorf("%s is still there", s)
				}
			}
			if at := partOf(t, out, "word/header1.xml"); !strings.Contains(at, "136****5678") {
				t.Errorf("header: %s", at)
			}
			pdf := scan(t, g, "公示.pdf", pdfOf(t, "公示.docx", out))
			if finds(pdf, "G1") || finds(pdf, "G2") || pdf.Unread {
				t.Errorf("printed copy:\n%s", said(pdf))
			}
		})
	}
}

func TestMaskBook(t *testing.T) {
	g := newGuard(t)
	out := masked(t, g, "名册.xlsx", leakyBook(t), clean.Options{})
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "汇总" {
		t.Errorf("sheets %v", got)
	}
	if v, _ := f.GetCellValue("汇总", "B2"); v != "1053" {
		t.Errorf("B2 is %q", v)
	}
	for _, cell := range []string{"C30", "M5", "A40"} {
		if v, _ := f.GetCellValue("汇总", cell); v != "" {
			t.Errorf("%s still holds %q", cell, v)
		}
	}
	if len(out) > 20_000 {
		t.Errorf("the copy has %d bytes: what holds them?", len(out))
	}
	if printed := scan(t, g, "名册.pdf", pdfOf(t, "名册.xlsx", out)); printed.Count(rule.Error) > 0 {
		t.Errorf("printed copy:\n%s", said(printed))
	}
}

// Numbers in visible cells are masked as text, whichever way they are stored.
func TestMaskCells(t *testing.T) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	put(t, f, "Sheet1", 1, "姓名", "身份证号", "电话", "家庭住址", "金额")
	put(t, f, "Sheet1", 2, "张三", someID, 13812345678, "青石县红旗镇东风村3组", 100)
	put(t, f, "Sheet1", 3, "李四", otherID, "139 1234 5678", "青石县红旗镇", 200)
	must(t, f.SetCellFormula("Sheet1", "E4", "SUM(E2:E3)"))
	must(t, f.UpdateLinkedValue())
	must(t, f.SetDocProps(&excelize.DocProperties{Creator: "王五"}))
	g := newGuard(t)
	out := masked(t, g, "名单.xlsx", saved(t, f), clean.Options{})
	after, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{
		"A2": "张三", "B2": "11*************716", "C2": "138****5678", "D2": "青石县红旗镇***", "E2": "100",
		"B3": "11*************037", "C3": "139 **** 5678", "D3": "青石县红旗镇", "E3": "200",
	} {
		if v, _ := after.GetCellValue("Sheet1", cell); v != want {
			t.Errorf("%s is %q, want %q", cell, v, want)
		}
	}
	pdfOf(t, "名单.xlsx", out)
}

func TestMaskPlain(t *testing.T) {
	g := newGuard(t)
	for name, c := range map[string]struct{ in, want string }{
		"名单.txt": {"张三，" + someID + "\r\n电话：138 1234 5678\r\n", "张三，11*************716\r\n电话：138 **** 5678\r\n"},
		"名单.csv": {"姓名,身份证号,住址\n\"张,三\"," + someID + ",\"红旗镇东风村3组,南头\"\n", "姓名,身份证号,住址\n\"张,三\",11*************716,\"红旗镇***\"\n"},
	} {
		if got := string(masked(t, g, name, []byte(c.in), clean.Options{})); got != c.want {
			t.Errorf("%s became %q, want %q", name, got, c.want)
		}
	}
	if _, _, err := g.Mask(context.Background(), "压缩.zip", []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), clean.Options{}); err == nil {
		t.Error("an archive was masked")
	}
}

// The place goes out of a photo in a document; what is cropped off stays, and is
// said.
func TestMaskPhoto(t *testing.T) {
	body := para("图") + `<w:p><w:r><w:drawing><a:blip r:embed="rId1" xmlns:a="a"/><a:srcRect l="20000" xmlns:a="a"/></w:drawing></w:r></w:p>`
	out, res, err := newGuard(t).Mask(context.Background(), "图.docx", word(t, body, "word/media/image1.jpeg", string(photo(t))), clean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if finds(res, "G36") || finds(res, "G37") || finds(res, "G27") || !finds(res, "G26", "裁剪") {
		t.Errorf("findings:\n%s", said(res))
	}
	if _, _, err := image.Decode(strings.NewReader(partOf(t, out, "word/media/image1.jpeg"))); err != nil {
		t.Errorf("the picture is broken: %v", err)
	}
}
