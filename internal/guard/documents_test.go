package guard_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/testtool"
)

//go:embed testdata/documents.txt
var documents string

// furtherDocuments have more of the numbers that look like somebody's: codes, accounts
// of organs, coordinates, telephones of offices.
//
//go:embed testdata/documents2.txt
var furtherDocuments string

// aDocument is one of the corpus: made after what counties publish, with invented
// names and numbers.
type aDocument struct {
	name, text string
	doc        *doc.Doc
}

func corpus(t *testing.T) (all []aDocument) {
	t.Helper()
	for part := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(documents)+"\n"+furtherDocuments, "=== "), "\n=== ") {
		name, text, _ := strings.Cut(part, "\n")
		d := &doc.Doc{}
		var table *doc.Table
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			if cells, ok := strings.CutPrefix(line, "|"); ok {
				if table == nil {
					table = &doc.Table{Grid: true}
				}
				row := doc.Row{Header: len(table.Rows) == 0}
				for i, c := range strings.Split(strings.TrimSuffix(strings.TrimSpace(cells), "|"), "|") {
					row.Cells = append(row.Cells, doc.Cell{Text: strings.TrimSpace(c), Col: i, ColSpan: 1, RowSpan: 1, Header: row.Header})
				}
				table.Cols = max(table.Cols, len(row.Cells))
				table.Rows = append(table.Rows, row)
				continue
			}
			if table != nil {
				d.AddTable(table)
				table = nil
			}
			for _, style := range []struct {
				mark string
				is   doc.Style
			}{{"## ", doc.Heading1}, {"# ", doc.Title}, {"> ", doc.Signature}, {"", doc.Body}} {
				if rest, ok := strings.CutPrefix(line, style.mark); ok {
					d.AddPara(style.is, rest)
					break
				}
			}
		}
		if table != nil {
			d.AddTable(table)
		}
		all = append(all, aDocument{name, text, d})
	}
	return all
}

func (a aDocument) as(t *testing.T, format doc.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, open.Write(&b, format, a.doc))
	return b.Bytes()
}

// workbook is the tables of a document.
func (a aDocument) hasTable() bool {
	return slices.ContainsFunc(a.doc.Blocks, func(b doc.Block) bool { return b.Table != nil })
}

// A hundred ordinary documents in seven forms, two of them made by LibreOffice: not
// one finding that blocks. The numbers stand in docs/guard.md.
func TestHundredOrdinaryDocuments(t *testing.T) {
	g := newGuard(t)
	all := corpus(t)
	if len(all) < 100 {
		t.Fatalf("%d documents", len(all))
	}
	type form struct {
		name string
		make func(a aDocument) []byte
	}
	converted := byOffice(t, all)
	forms := []form{
		{"text", func(a aDocument) []byte { return []byte(a.text) }},
		{"docx", func(a aDocument) []byte { return a.as(t, doc.DOCX) }},
		{"html", func(a aDocument) []byte { return a.as(t, doc.HTML) }},
		{"PDF", func(a aDocument) []byte { return a.as(t, doc.PDF) }},
		{"xlsx", func(a aDocument) []byte {
			if !a.hasTable() {
				return nil
			}
			return a.as(t, doc.XLSX)
		}},
		{"docx, LibreOffice", func(a aDocument) []byte { return converted["docx"][a.name] }},
		{"PDF, LibreOffice", func(a aDocument) []byte { return converted["pdf"][a.name] }},
	}
	table := "| form | files | findings that block | hints |\n|---|---|---|---|\n"
	for _, f := range forms {
		files, hints := 0, map[string]int{}
		for _, a := range all {
			data := f.make(a)
			if data == nil {
				continue
			}
			files++
			res := scan(t, g, a.name, data)
			if res.Blocks() || res.Unread {
				t.Errorf("%s as %s:\n%s", a.name, f.name, said(res))
			}
			for _, found := range res.Findings {
				hints[found.Rule]++
			}
		}
		table += fmt.Sprintf("| %s | %d | 0 | %s |\n", f.name, files, tally(hints))
	}
	keepTable(t, "ordinary", table)
}

func tally(hints map[string]int) string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(hints)) {
		all = append(all, fmt.Sprintf("%s × %d", id, hints[id]))
	}
	if all == nil {
		return "none"
	}
	return strings.Join(all, ", ")
}

// byOffice lets LibreOffice make docx and PDF files of all documents, in one go each.
func byOffice(t *testing.T, all []aDocument) map[string]map[string][]byte {
	t.Helper()
	office, dir := testtool.Find(t, "soffice"), t.TempDir()
	var pages []string
	for i, a := range all {
		page := filepath.Join(dir, fmt.Sprintf("%02d.html", i))
		must(t, os.WriteFile(page, a.as(t, doc.HTML), 0o600))
		pages = append(pages, page)
	}
	made := map[string]map[string][]byte{}
	for to, filter := range map[string]string{"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_web_pdf_Export"} {
		made[to] = map[string][]byte{}
		args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", filter, "--outdir", dir}, pages...)
		if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
			t.Fatalf("LibreOffice: %v: %s", err, out)
		}
		for i, a := range all {
			data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%02d.%s", i, to)))
			must(t, err)
			made[to][a.name] = data
		}
	}
	return made
}
