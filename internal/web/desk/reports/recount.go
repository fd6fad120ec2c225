package reports

import (
	"net/http"

	"gongkai/internal/annual"
	"gongkai/internal/compile"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// recountData is what the nights found that count all figures anew.
type recountData struct {
	Nights []night
	Wrong  []mismatch // of the last night
	Last   string
}

type night struct {
	At, Years, Tone, Says string
	Organs, Records       int
	Cells                 int
}

type mismatch struct {
	Organ, Cell, Path string
	Year              int
	Kept, Real        int64
}

var recountTemplate = web.Define[recountData]("desk/report_recount")

// nightsShown is how many nights the page tells of.
const nightsShown = 30

func (p Pages) recount(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	all, err := p.Desk.Recounted(r.Context(), web.Actor(r), nightsShown)
	if err != nil {
		return err
	}
	var data recountData
	for i, one := range all {
		n := night{At: one.At.In(p.Kit.Now().Location()).Format("2006-01-02 15:04"), Years: say.T("reports.recount-years", one.First, one.Last), Tone: "green", Says: say.T("reports.recount-same"), Organs: one.Organs, Records: one.Records, Cells: one.Cells}
		if len(one.Wrong) > 0 {
			n.Tone, n.Says = "red", say.T("reports.recount-wrong", len(one.Wrong))
		}
		data.Nights = append(data.Nights, n)
		if i > 0 {
			continue
		}
		data.Last = n.At
		for _, m := range one.Wrong {
			data.Wrong = append(data.Wrong, mismatch{Organ: tree.Name(m.Organ), Cell: nameOf(say, m), Path: path(m.Organ, m.Year), Year: m.Year, Kept: m.Kept, Real: m.Real})
		}
	}
	return recountTemplate.Show(p.Kit, w, r, say.T("reports.recount"), data)
}

// nameOf gives what a figure is called that is kept otherwise than it counts, with the
// convention where that is not the default.
func nameOf(say *locale.Catalogue, m compile.Mismatch) string {
	name := m.Cell
	if ref, ok := m.Ref(); ok && annual.FormFor(m.Year) != nil {
		name = (&annual.Report{Form: annual.FormFor(m.Year)}).CellName(ref)
	}
	if m.Counting != "" {
		name += " · " + say.T("reports.counting", m.Counting)
	}
	return name
}
