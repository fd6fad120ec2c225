package xlsx

import (
	"github.com/xuri/excelize/v2"

	"gongkai/internal/doc"
)

// look is how a cell is set.
type look struct {
	font   string // "" is 宋体
	size   float64
	bold   bool
	border bool
	shade  bool
	align  doc.Align
	format string // of a number, which shrinks to its column instead of wrapping
}

// tableSize is the size of type in tables, in points.
const tableSize = 10.5

var paragraphLooks = map[doc.Style]look{
	doc.Body:      {font: "仿宋", size: 12},
	doc.Title:     {size: 18, bold: true, align: doc.Center},
	doc.Heading1:  {font: "黑体", size: 12},
	doc.Heading2:  {font: "楷体", size: 12},
	doc.Heading3:  {font: "仿宋", size: 12, bold: true},
	doc.Plain:     {font: "仿宋", size: 12, align: doc.Center},
	doc.Signature: {font: "仿宋", size: 12, align: doc.Right},
	doc.Date:      {font: "仿宋", size: 12, align: doc.Right},

	doc.Letterhead: {size: 20, bold: true, align: doc.Center},
	doc.Number:     {font: "仿宋", size: 12, align: doc.Right},
	doc.Addressee:  {font: "仿宋", size: 12},
}

// styleSheet makes each look once.
type styleSheet struct {
	f   *excelize.File
	ids map[look]int
}

func (b *styleSheet) of(l look, s *sheetWriter) int {
	if l.font == "" {
		l.font = "宋体"
	}
	if l.size == 0 {
		l.size = 12
	}
	if id, ok := b.ids[l]; ok {
		return id
	}
	vertical := "top"
	if l.border {
		vertical = "center"
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: l.font, Size: l.size, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: [...]string{"left", "center", "right"}[l.align], Vertical: vertical, WrapText: true},
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "595959", Style: 1})
		}
	}
	if l.shade {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F4F5F6"}}
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
		style.Alignment.WrapText, style.Alignment.ShrinkToFit = false, true
	}
	id, err := b.f.NewStyle(style)
	s.try(err)
	if b.ids == nil {
		b.ids = map[look]int{}
	}
	b.ids[l] = id
	return id
}
