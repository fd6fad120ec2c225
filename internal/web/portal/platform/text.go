package platform

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
)

// block is a piece of a text as a page sets it: a paragraph or heading, or a table.
type block struct {
	Class string // h1, h2, h3, sign, or "" for a paragraph
	Text  string
	Rows  []doc.Row
}

// blocks sets a text.
func blocks(text string) []block {
	class := map[doc.Style]string{doc.Heading1: "h1", doc.Heading2: "h2", doc.Heading3: "h3", doc.Signature: "sign", doc.Date: "sign"}
	var all []block
	for _, b := range publish.Parse(text).Blocks {
		if b.Table != nil {
			all = append(all, block{Rows: b.Table.Rows})
			continue
		}
		all = append(all, block{Class: class[b.Para.Style], Text: b.Para.Text})
	}
	return all
}

// day writes a day as tables have it, "" for none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// dayWords writes a day as text has it: 2026年11月22日.
func dayWords(say *locale.Catalogue, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Civil()
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if say.Lang == locale.English {
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}
