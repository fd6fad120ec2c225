package reports

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// recordsData are the records that a signed version counts.
type recordsData struct {
	Label     string // of the version
	Stays     int
	Gone      int
	Came      int
	Back      string
	List      web.List
	AllStands bool
}

var recordsTemplate = web.Define[recordsData]("desk/report_records")

// Names of what the page is asked for.
const (
	askVersion, askCell, askStill = "version", "cell", "still"
)

// recordsPath gives the page of the records that a version counts, or with a cell those of
// a figure.
func recordsPath(path string, version int, cell string) string {
	q := url.Values{askVersion: {strconv.Itoa(version)}}
	if cell != "" {
		q.Set(askCell, cell)
	}
	return path + "/records?" + q.Encode()
}

func (p Pages) records(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, nil, []string{askVersion, askCell, askStill})
	version := len(b.Report.Versions)
	if n, err := strconv.Atoi(q.Filter(askVersion)); err == nil {
		version = n
	}
	if version < 1 || version > len(b.Report.Versions) {
		return errs.New(errs.NotFound, "这份报告没有这一版；还没有签发的，请点报告里的数字查看所计的记录。")
	}
	all, err := p.Desk.Records(r.Context(), web.Actor(r), b.Report.Organ, b.Report.Year, version)
	if err != nil {
		return err
	}
	name := cellNames(say, b)
	shown := slices.DeleteFunc(slices.Clone(all), func(l compile.Line) bool {
		return q.Filter(askCell) != "" && !within(l.Cell, q.Filter(askCell)) || q.Filter(askStill) != "" && string(l.Still) != q.Filter(askStill) ||
			q.Words != "" && !strings.Contains(strings.ToLower(l.Name), strings.ToLower(q.Words))
	})
	if web.Format(r) == "xlsx" {
		return exportRecords(w, say, title(say, b), shown, name)
	}
	data := recordsData{Label: say.T("reports.version", version), Back: path(b.Report.Organ, b.Report.Year)}
	for _, l := range all {
		switch l.Still {
		case compile.Stays:
			data.Stays++
		case compile.Gone:
			data.Gone++
		case compile.Came:
			data.Came++
		}
	}
	data.AllStands = data.Gone+data.Came == 0
	data.List = recordList(say, q, data.Back+"/records", all, shown, name)
	return recordsTemplate.Show(p.Kit, w, r, say.T("reports.records-of", title(say, b)), data)
}

// cellNames gives how cells and figures are called.
func cellNames(say *locale.Catalogue, b compile.Bench) func(cell string) string {
	form := &annual.Report{Form: annual.FormFor(b.Report.Year)}
	return func(cell string) string {
		if ref, ok := (compile.Mismatch{Cell: cell}).Ref(); ok {
			return form.CellName(ref)
		}
		if f, ok := b.Scene.Figures.Find(cell); ok {
			return in(say, f.Word)
		}
		return cell
	}
}

// within tells whether a record counts in a cell, or a figure, that is asked for.
func within(cell, asked string) bool {
	one, ok := (compile.Mismatch{Cell: cell}).Ref()
	of, also := (compile.Mismatch{Cell: asked}).Ref()
	return cell == asked || ok && also && compute.Within(one, of)
}

// recordList draws records with where they count and how they stand now.
func recordList(say *locale.Catalogue, q paging.Query, path string, all, shown []compile.Line, name func(string) string) web.List {
	l := web.List{
		Caption: say.T("reports.records"), Path: path, Query: q, Total: len(shown), Search: say.T("reports.record-search"), Export: true,
		Columns: []web.Column{{Label: say.T("reports.record")}, {Label: say.T("reports.counts-in")}, {Label: say.T("reports.adds"), Number: true}, {Label: say.T("reports.stands-now"), Narrow: true}},
		Filters: []web.Filter{{Name: askCell, Label: say.T("reports.counts-in")}, {Name: askStill, Label: say.T("reports.stands-now")}},
		Empty:   web.Empty{Title: say.T("reports.no-records"), Text: say.T("reports.no-records-text")},
	}
	counts := map[string]int{}
	for _, one := range all {
		if counts[one.Cell] == 0 {
			l.Filters[0].Options = append(l.Filters[0].Options, web.Option{Value: one.Cell})
		}
		counts[one.Cell]++
	}
	if asked := q.Filter(askCell); asked != "" && counts[asked] == 0 {
		l.Filters[0].Options = append(l.Filters[0].Options, web.Option{Value: asked})
		counts[asked] = len(shown)
	}
	for i, o := range l.Filters[0].Options {
		l.Filters[0].Options[i].Label = fmt.Sprintf("%s（%d）", name(o.Value), counts[o.Value])
	}
	for _, s := range compile.Stills() {
		l.Filters[1].Options = append(l.Filters[1].Options, web.Option{Value: s.Value, Label: in(say, s.Word)})
	}
	from, until := pageOf(q, len(shown))
	for _, one := range shown[from:until] {
		row := web.Row{Cells: []web.Cell{
			{Text: cmp.Or(one.Name, one.ID), Link: recordPath(one.Counted)},
			{Text: name(one.Cell)},
			{Text: strconv.FormatInt(one.Adds(), 10)},
			{Text: in(say, stillWord(one.Still)), Badge: stillTones[one.Still]},
		}}
		l.Rows = append(l.Rows, row)
	}
	return l
}

var stillTones = map[compile.Still]string{compile.Stays: "green", compile.Gone: "red", compile.Came: "amber"}

func stillWord(s compile.Still) compile.Word {
	for _, c := range compile.Stills() {
		if c.Value == string(s) {
			return c.Word
		}
	}
	return compile.Word{}
}

// recordPath gives the page of a record.
func recordPath(c compile.Counted) string {
	list := lists[c.List]
	if c.List == compile.Disputes {
		list = lists[compile.Requests] // a dispute stands on the page of its request
	}
	return list + "/" + c.ID
}

func exportRecords(w http.ResponseWriter, say *locale.Catalogue, name string, shown []compile.Line, cell func(string) string) error {
	heads := []string{say.T("reports.record"), say.T("reports.counts-in"), say.T("reports.adds"), say.T("reports.stands-now"), "ID"}
	return web.WriteXLSX(w, name+" "+say.T("reports.records"), heads, func(yield func([]string, error) bool) {
		for _, l := range shown {
			if !yield([]string{cmp.Or(l.Name, l.ID), cell(l.Cell), strconv.FormatInt(l.Adds(), 10), in(say, stillWord(l.Still)), l.ID}, nil) {
				return
			}
		}
	})
}
