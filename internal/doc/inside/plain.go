package inside

import (
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/csv"
	"gongkai/internal/doc/text"
	"gongkai/internal/errs"
)

// MaxLines bounds the lines of a text.
const MaxLines = 2_000_000

// readPlain reads a text.
func readPlain(data []byte, name string, f *File) error {
	blocks, err := PlainBlocks(data, name)
	f.add(Layer{Kind: Shown, Blocks: blocks})
	return err
}

// PlainBlocks reads a text line by line, or as one table where its lines are
// values between commas, semicolons or tabs.
func PlainBlocks(data []byte, name string) ([]doc.Block, error) {
	printed, _, err := text.Decode(data)
	if err != nil {
		return nil, err
	}
	if looksLikeList(printed, name) {
		if rows, err := csv.Read(data); err == nil {
			return []doc.Block{{Table: listTable(rows)}}, nil
		}
	}
	var blocks []doc.Block
	line := 0
	for one := range strings.SplitSeq(printed, "\n") {
		if line++; line > MaxLines {
			return nil, errs.New(errs.TooLarge, "文本超过 %d 行，未读取；请分成几个文件。", MaxLines)
		}
		blocks = append(blocks, paragraphs(doc.Place{Line: line}, strings.TrimRight(one, "\r"))...)
	}
	return blocks, nil
}

// fewestColumns is how many values the first lines of a list have at least
// where its name does not say that it is one.
const fewestColumns = 3

// looksLikeList tells a list by its name, or by first lines of equal length.
func looksLikeList(printed, name string) bool {
	if ext := strings.ToLower(name); strings.HasSuffix(ext, ".csv") || strings.HasSuffix(ext, ".tsv") {
		return true
	}
	lines := strings.SplitN(printed, "\n", 5)
	if len(lines) < 3 {
		return false
	}
	for _, sep := range []string{",", "\t", ";"} {
		n := strings.Count(lines[0], sep)
		if n+1 >= fewestColumns && strings.Count(lines[1], sep) == n && strings.Count(lines[2], sep) == n {
			return true
		}
	}
	return false
}

func listTable(rows [][]string) *doc.Table {
	t := &doc.Table{}
	for i, values := range rows {
		if len(values) == 0 {
			continue
		}
		row := doc.Row{Place: doc.Place{Line: i + 1}}
		for x, v := range values {
			if !blank(v) {
				row.Cells = append(row.Cells, doc.Cell{Text: v, Col: x, ColSpan: 1, RowSpan: 1, Place: doc.Place{Line: i + 1, Col: x + 1}})
			}
		}
		t.Rows = append(t.Rows, row)
		t.Cols = max(t.Cols, len(values))
	}
	return t
}
