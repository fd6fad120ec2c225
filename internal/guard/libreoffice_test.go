package guard_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc/clean"
	"gongkai/internal/testtool"
)

const odf = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"`

const flatText = `<?xml version="1.0" encoding="UTF-8"?><office:document ` + odf + ` office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><meta:initial-creator>王五</meta:initial-creator><dc:creator>赵六</dc:creator></office:meta>
<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style></office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>王五</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info><text:p>删去的13912345678</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>王五</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p>张三，身份证号110101199003070716，<text:change-start text:change-id="c2"/>新增的话<text:change-end text:change-id="c2"/>。<text:change text:change-id="c1"/></text:p>
<text:p>公开<text:span text:style-name="T1">暗语</text:span><text:span text:style-name="T2">白字</text:span><office:annotation><dc:creator>赵六</dc:creator><dc:date>2025-01-01T00:00:00</dc:date><text:p>再核一下</text:p></office:annotation></text:p>
<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell><table:table-cell><text:p>联系电话</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>李四</text:p></table:table-cell><table:table-cell><text:p>138 1234 5678</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document>`

const flatSheet = `<?xml version="1.0" encoding="UTF-8"?><office:document ` + odf + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles><style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="公开"><table:table-row><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>手机</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><dc:creator>赵六</dc:creator><text:p>批一句</text:p></office:annotation><text:p>李四</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="13812345678"><text:p>13812345678</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>藏起的行</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="底稿" table:style-name="off"><table:table-row><table:table-cell office:value-type="string"><text:p>410381199001011230</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>`

// byLibreOffice lets LibreOffice make a file of a flat document.
func byLibreOffice(t *testing.T, flat, extension, to string) []byte {
	t.Helper()
	office := testtool.Find(t, "soffice")
	dir := t.TempDir()
	in := filepath.Join(dir, "a."+extension)
	must(t, os.WriteFile(in, []byte(flat), 0o600))
	cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", to, "--outdir", dir, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, said)
	}
	out, err := os.ReadFile(filepath.Join(dir, "a."+to))
	must(t, err)
	return out
}

// Files that a real program made are read, masked, and opened by it again.
func TestLibreOfficeFiles(t *testing.T) {
	g := newGuard(t)
	for _, c := range []struct {
		flat, extension, to string
		want                [][]string
		kept                string
	}{
		{flatText, "fodt", "docx", [][]string{
			{"G1", "11*************716"}, {"G2", "“联系电话”列"}, {"G23", "赵六", "再核一下"}, {"G24", "王五", "手机号码 1 个"}, {"G25", "暗语"}, {"G25", "白字"}, {"G27", "lastModifiedBy", "赵六"},
		}, "新增的话"},
		{flatSheet, "fods", "xlsx", [][]string{
			{"G2", "“手机”列"}, {"G20", "底稿", "居民身份证号码 1 个"}, {"G21", "藏起的行"}, {"G23", "批一句"},
		}, "李四"},
	} {
		t.Run(c.to, func(t *testing.T) {
			made := byLibreOffice(t, c.flat, c.extension, c.to)
			res := scan(t, g, "a."+c.to, made)
			for _, want := range c.want {
				if !finds(res, want[0], want[1:]...) {
					t.Errorf("%q is missing:\n%s", want, said(res))
				}
			}
			out := masked(t, g, "a."+c.to, made, clean.Options{})
			printed := scan(t, g, "a.pdf", pdfOf(t, "a."+c.to, out))
			if finds(printed, "G1") || finds(printed, "G2") || printed.Unread {
				t.Errorf("printed copy:\n%s", said(printed))
			}
			if c.to == "docx" && !strings.Contains(partOf(t, out, "word/document.xml"), c.kept) {
				t.Errorf("%s is lost", c.kept)
			}
		})
	}
}
