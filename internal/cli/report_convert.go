package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
)

// reportConvertCmd is gongkai report convert: a report in the prescribed form
// as another file.
type reportConvertCmd struct {
	In    string `arg:"" name:"IN" help:"arg.convert.in"`
	Out   string `arg:"" name:"OUT" help:"arg.convert.out"`
	Force bool   `short:"f" help:"flag.force"`
}

// Run reads IN, writes OUT in the format of its extension, and says what could
// not be read with certainty, because OUT prints it as it stood.
func (c *reportConvertCmd) Run(a *app) error {
	encode, err := encoder(c.Out)
	if err != nil {
		return err
	}
	if err := mayWrite(c.Out, c.Force); err != nil {
		return err
	}
	r := a.newReader()
	defer r.close()
	report, err := r.report(a.ctx, input{path: c.In})
	if err != nil {
		return err
	}
	if err := replaceFile(c.Out, func(f *os.File) error { return encode(f, report) }); err != nil {
		return err
	}
	if n := len(report.Doubts); n > 0 {
		fmt.Fprintln(a.stderr, a.say.T("convert.doubts", n))
	}
	fmt.Fprintln(a.stderr, a.say.T("written", c.Out))
	return nil
}

// encoder gives the function that writes a report in the format that the
// file's extension names.
func encoder(path string) (func(*os.File, *annual.Report) error, error) {
	var format doc.Format
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".json":
		return writeReportJSON, nil
	case ".docx":
		format = doc.DOCX
	case ".html", ".htm":
		format = doc.HTML
	case ".pdf":
		format = doc.PDF
	case ".xlsx":
		format = doc.XLSX
	default:
		return nil, errs.New(errs.Unsupported, "不能写成“%s”这种文件，请把输出文件名的后缀改为 docx、html、pdf、xlsx 或 json。", filepath.Base(path))
	}
	return func(f *os.File, r *annual.Report) error { return open.Write(f, format, write.Document(r)) }, nil
}

func writeReportJSON(f *os.File, r *annual.Report) error {
	text, err := r.JSON(false)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	list := jsonList{w: &b, single: true}
	if err := list.add(rawJSON(text)); err != nil {
		return err
	}
	if err := list.end(); err != nil {
		return err
	}
	_, err = b.WriteTo(f)
	return err
}
