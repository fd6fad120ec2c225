package app

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/internal/accession"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/publish"
	"gongkai/internal/store"
)

// oldSite makes the catalogue of an old site: each document with a docx that is its
// text, and an attachment.
func oldSite(b *testing.B, documents int) (list, files []byte) {
	b.Helper()
	var sheet, packed bytes.Buffer
	rows, z := csv.NewWriter(&sheet), zip.NewWriter(&packed)
	put := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	rows.Write([]string{"标题", "文号", "成文日期", "种类", "公开属性", "正文文件", "附件", "索引号", "发布日期"})
	for i := range documents {
		d, name := &doc.Doc{}, fmt.Sprintf("%05d", i)
		title, number := fmt.Sprintf("关于第%d号政务服务窗口开放安排的通知", i), fmt.Sprintf("青政服发〔2019〕%d号", i+1)
		for _, line := range []string{number, title, "各股室：", strings.Repeat("为方便群众办事，现将有关安排通知如下，请遵照执行。", 20), "青川旗政务服务局", "2019年5月6日"} {
			d.AddPara(doc.Body, line)
		}
		var text bytes.Buffer
		if err := docx.Write(&text, d); err != nil {
			b.Fatal(err)
		}
		put("正文/"+name+".docx", text.Bytes())
		put("附件/"+name+"/安排表.txt", []byte(strings.Repeat("窗口 "+name+" 周六开放。\n", 200)))
		rows.Write([]string{title, number, "2019-05-06", "其他文件", "主动公开", name + ".docx", "附件/" + name + "/安排表.txt", "旧/" + name, "2019-05-10"})
	}
	rows.Flush()
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return sheet.Bytes(), packed.Bytes()
}

// Ten thousand documents with twenty thousand files: unpacked, read, looked at by the
// release guard; then kept as drafts.
func BenchmarkAccession(b *testing.B) {
	list, files := oldSite(b, publish.MaxLines)
	for b.Loop() {
		a, err := OpenDemo(b.Context(), Options{Config: configuration(b), Version: "test", Log: quiet(b)}, false)
		if err != nil {
			b.Fatal(err)
		}
		office, runner := a.accession(), a.runner()
		clerk, err := (store.People{DB: a.db}).ByLogin(b.Context(), "jingban")
		if err != nil {
			b.Fatal(err)
		}
		for runner.Pass(b.Context()) > 0 { // what the demo has left to do
		}
		listed, err := office.Files.Put(b.Context(), bytes.NewReader(list), accession.MaxList)
		if err != nil {
			b.Fatal(err)
		}
		sent, err := office.Files.Put(b.Context(), bytes.NewReader(files), accession.MaxSent)
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		id, err := office.Bring(b.Context(), clerk.Actor(), accession.Bringing{Organ: clerk.Organ, Name: "目录.csv", List: listed.Hash, Sent: []publish.File{{Hash: sent.Hash, Name: "旧站.zip"}}})
		if err != nil {
			b.Fatal(err)
		}
		runner.Pass(b.Context())
		b.ReportMetric(time.Since(began).Seconds(), "s/look")
		s, err := office.Show(b.Context(), clerk.Actor(), id)
		if err != nil || !s.Known.Found.Good() || s.Known.Found.Count != publish.MaxLines {
			b.Fatalf("%s, %d of %d bad, %s %.3v, %v", s.State, s.Known.Found.Bad, s.Known.Found.Count, s.Known.Found.Trouble, s.Known.Found.Problems, err)
		}
		began = time.Now()
		if err := office.Confirm(b.Context(), clerk.Actor(), id); err != nil {
			b.Fatal(err)
		}
		runner.Pass(b.Context())
		b.ReportMetric(time.Since(began).Seconds(), "s/keep")
		if s, err = office.Show(b.Context(), clerk.Actor(), id); err != nil || s.Kept != publish.MaxLines {
			b.Errorf("%s, %d documents, %v", s.State, s.Kept, err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
