package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"testing"

	"gongkai/internal/doc/markup"
)

// BenchmarkRead reads a report as Write makes it and the same report as
// LibreOffice saves it (testdata/libreoffice.docx).
func BenchmarkRead(b *testing.B) {
	saved, err := os.ReadFile("testdata/libreoffice.docx")
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range []struct {
		name string
		data []byte
	}{{"own", written(b, sampleReport())}, {"libreoffice", saved}} {
		b.Run(file.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(file.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWrite writes the same report.
func BenchmarkWrite(b *testing.B) {
	d := sampleReport()
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScan compares the scanner with encoding/xml and shows what
// unpacking alone costs.
func BenchmarkScan(b *testing.B) {
	data, err := os.ReadFile("testdata/libreoffice.docx")
	if err != nil {
		b.Fatal(err)
	}
	p, err := openParts(data)
	if err != nil {
		b.Fatal(err)
	}
	part, err := p.read("word/document.xml", MaxDocumentBytes)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("unpack", func(b *testing.B) {
		b.SetBytes(int64(len(part)))
		for b.Loop() {
			if _, err := p.read("word/document.xml", MaxDocumentBytes); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("scanner", func(b *testing.B) {
		b.SetBytes(int64(len(part)))
		for b.Loop() {
			s := markup.NewScanner(part)
			for s.Next() != markup.EOF {
			}
			if s.Err != nil {
				b.Fatal(s.Err)
			}
		}
	})
	b.Run("encoding-xml", func(b *testing.B) {
		b.SetBytes(int64(len(part)))
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(part))
			for {
				if _, err := d.RawToken(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
