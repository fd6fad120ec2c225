// Package diff tells what changed between two annual reports: cell by cell in
// the tables, sentence by sentence in the text.
//
// Two versions of the same report (same year) are compared for what was edited.
// Reports on two years are compared for how the figures moved; there the
// relations that tie one year to the next are shown too: what was carried over
// (四 of the older year, 二 of the newer) and the stock of rules and normative
// documents. They are shown, not judged: internal/annual/check does that.
//
// Nothing is guessed: a figure that could not be read is compared as it stood,
// and tables of different forms that cannot be compared are named in Notes.
// The cost is bounded whatever the texts are; see budget in sentences.go.
//
// Start at Compare.
package diff

import (
	"fmt"

	"gongkai/internal/annual"
)

// Mode tells what two reports are to each other.
type Mode string

// The modes.
const (
	Versions Mode = "versions" // two versions of the report on one year
	Years    Mode = "years"    // reports on two years
)

// Diff is what changed from the old report to the new one. Its JSON is stable.
type Diff struct {
	Mode      Mode       `json:"mode"`
	Old       Side       `json:"old"`
	New       Side       `json:"new"`
	Cells     []Cell     `json:"cells"`     // changed cells only, in the order of the form
	Unchanged int        `json:"unchanged"` // cells that are the same in both
	Sections  []Section  `json:"text"`      // sections with changes only
	Relations []Relation `json:"relations"` // between two years; empty between versions
	Notes     []string   `json:"notes"`     // Chinese sentences: what could not be compared
}

// Side names one of the two reports.
type Side struct {
	File  string `json:"file"`
	Organ string `json:"organ"`
	Year  int    `json:"year"`
	Form  string `json:"form"`
}

// Compare tells what changed from a to b. Reports on different years are
// compared as years, with a as the old side even if it is the later one.
func Compare(a, b *annual.Report) *Diff {
	d := &Diff{
		Mode: Versions, Old: side(a), New: side(b),
		Cells: []Cell{}, Sections: []Section{}, Relations: []Relation{}, Notes: []string{},
	}
	if a.Year != b.Year && a.Year != 0 && b.Year != 0 {
		d.Mode = Years
	}
	if a.Organ != b.Organ && a.Organ != "" && b.Organ != "" {
		d.note("两份报告的机关不同：“%s”与“%s”。", a.Organ, b.Organ)
	}
	if a.Year == 0 || b.Year == 0 {
		d.note("至少一份报告没有读出年度，按同一报告的两个版本比较。")
	}
	d.compareCells(a, b)
	d.compareText(a, b)
	if d.Mode == Years {
		d.relate(a, b)
	}
	return d
}

// Same tells whether nothing changed.
func (d *Diff) Same() bool { return len(d.Cells) == 0 && len(d.Sections) == 0 }

func (d *Diff) note(format string, args ...any) {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
}

func side(r *annual.Report) Side {
	return Side{File: r.File, Organ: r.Organ, Year: r.Year, Form: r.Form.ID}
}
