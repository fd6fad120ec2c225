package open

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/testtool"
)

func opener(t *testing.T, options Options) *Opener {
	t.Helper()
	options.CacheDir = filepath.Join(os.TempDir(), "gongkai-test-pdf-cache")
	o := New(options)
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

func sample() *doc.Doc {
	d := &doc.Doc{}
	d.AddPara(doc.Title, "青河县水务局2025年政府信息公开工作年度报告")
	d.AddPara(doc.Body, "全年公开信息1286条。")
	d.AddTable(&doc.Table{Cols: 2, Grid: true, Rows: []doc.Row{
		{Cells: []doc.Cell{{Text: "信息内容", ColSpan: 1, RowSpan: 1}, {Text: "本年处理决定数量", Col: 1, ColSpan: 1, RowSpan: 1}}},
		{Cells: []doc.Cell{{Text: "行政许可", ColSpan: 1, RowSpan: 1}, {Text: "376", Col: 1, ColSpan: 1, RowSpan: 1}}},
	}})
	return d
}

// everything is the visible text of a document without blanks.
func everything(d *doc.Doc) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text)
			continue
		}
		for _, row := range block.Table.Rows {
			for _, c := range row.Cells {
				b.WriteString(c.Text)
			}
		}
	}
	return strings.NewReplacer(" ", "", "\n", "", "|", "").Replace(b.String())
}

// A file is read by its bytes: every format under a wrong name.
func TestEveryFormatIsReadUnderAnyName(t *testing.T) {
	o := opener(t, Options{})
	for _, format := range []doc.Format{doc.DOCX, doc.HTML, doc.PDF, doc.XLSX, doc.Text, doc.Markdown} {
		t.Run(string(format), func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, format, sample()); err != nil {
				t.Fatal(err)
			}
			d, err := o.Read(context.Background(), "报告.doc", b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"全年公开信息1286条", "行政许可", "376"} {
				if !strings.Contains(everything(d), want) {
					t.Errorf("%q is missing in %q", want, everything(d))
				}
			}
		})
	}
}

func TestReadRefusesWithAdvice(t *testing.T) {
	o := opener(t, Options{MaxBytes: 1000})
	old := string(oleMagic) + string(utf16le("WordDocument"))
	cases := map[string]struct {
		data string
		want errs.Kind
		says string
	}{
		"empty":       {"", errs.Invalid, "空"},
		"too large":   {strings.Repeat("公", 400), errs.TooLarge, "上限"},
		"old Word":    {old, errs.Unsupported, "另存为 docx"},
		"password":    {string(oleMagic) + string(utf16le("EncryptedPackage")), errs.Encrypted, "密码"},
		"OFD":         {"PK\x03\x04OFD.xml", errs.Unsupported, "OFD"},
		"picture":     {"\x89PNG\r\n\x1a\n", errs.Picture, "OCR"},
		"archive":     {"PK\x03\x04a.txt", errs.Unsupported, "解压"},
		"json":        {"{}", errs.Unsupported, "JSON"},
		"binary":      {"\x7fELF\x02\x00\x00\x00\x01\x02\x03\x00", errs.Unsupported, "无法识别"},
		"rtf":         {`{\rtf1 x}`, errs.Unsupported, "RTF"},
		"broken docx": {"PK\x03\x04word/document.xml", errs.Corrupt, ""},
		"broken pdf":  {"%PDF-1.7 nothing", errs.Corrupt, "损坏"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := o.Read(context.Background(), "报告.docx", []byte(c.data))
			if errs.KindOf(err) != c.want || !strings.Contains(errs.Public(err), c.says) {
				t.Errorf("error %v of kind %v, want %v with %q", err, errs.KindOf(err), c.want, c.says)
			}
		})
	}
}

func TestReadUsesTheConverter(t *testing.T) {
	old := append(bytes.Clone(oleMagic), utf16le("WordDocument")...)
	var made bytes.Buffer
	if err := Write(&made, doc.DOCX, sample()); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("no")
	cases := map[string]struct {
		answer []byte
		err    error
		want   errs.Kind
		ok     bool
	}{
		"docx comes out":   {answer: made.Bytes(), ok: true},
		"text comes out":   {answer: []byte("一"), want: errs.Corrupt},
		"itself comes out": {answer: old, want: errs.Corrupt},
		"it fails":         {err: failed, want: errs.Internal},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			asked := ""
			o := opener(t, Options{Convert: func(_ context.Context, name string, _ []byte) ([]byte, error) {
				asked = name
				return c.answer, c.err
			}})
			_, err := o.Read(context.Background(), "folder/年报.wps", old)
			if asked != "年报.doc" {
				t.Errorf("converter was asked for %q, want 年报.doc", asked)
			}
			if (err == nil) != c.ok || err != nil && errs.KindOf(err) != c.want {
				t.Errorf("error %v of kind %v, want %v", err, errs.KindOf(err), c.want)
			}
		})
	}
}

func TestLibreOfficeConvertsOldFiles(t *testing.T) {
	testtool.Find(t, "soffice")
	convert, ok := LibreOffice()
	if !ok {
		t.Fatal("LibreOffice is on this machine and was not found")
	}
	o := opener(t, Options{Convert: convert})
	rtf := `{\rtf1\ansi\ansicpg936 {\b \u24180?\u24230?\u25253?\u21578?}\par 1286\par}`
	d, err := o.Read(context.Background(), "年报.doc", []byte(rtf))
	if err != nil {
		t.Fatal(err)
	}
	if got := everything(d); got != "年度报告1286" {
		t.Errorf("read %q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := o.Read(ctx, "年报.doc", []byte(rtf)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	if err := Write(&bytes.Buffer{}, "ofd", sample()); errs.KindOf(err) != errs.Unsupported {
		t.Errorf("error %v", err)
	}
}
