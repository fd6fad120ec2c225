package text

import (
	"bytes"
	"io"
	"strings"

	"gongkai/internal/doc"
)

// Write writes a document as markdown that also reads well as plain text:
// headings behind #, paragraphs a line each, tables as rows between bars in
// which a merged cell stands once and is empty where it goes on.
func Write(w io.Writer, d *doc.Doc) error {
	var b bytes.Buffer
	for i, block := range d.Blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		switch {
		case block.Para != nil:
			writePara(&b, block.Para)
		case block.Table != nil:
			writeTable(&b, block.Table)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

var marksOfStyle = map[doc.Style]string{doc.Title: "# ", doc.Heading1: "## ", doc.Heading2: "### ", doc.Heading3: "#### "}

func writePara(b *bytes.Buffer, p *doc.Para) {
	if p.Text == "" {
		return
	}
	b.WriteString(marksOfStyle[p.Style])
	b.WriteString(strings.ReplaceAll(p.Text, "\n", "  \n"))
	b.WriteByte('\n')
}

func writeTable(b *bytes.Buffer, t *doc.Table) {
	for n, r := range t.Rows {
		cells := make([]string, t.Cols)
		for _, c := range r.Cells {
			if c.Col >= t.Cols {
				continue
			}
			text := strings.ReplaceAll(strings.ReplaceAll(c.Text, "|", `\|`), "\n", "<br>")
			cells[c.Col] = text
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		if n == 0 {
			b.WriteString("|" + strings.Repeat("---|", t.Cols) + "\n")
		}
	}
}
