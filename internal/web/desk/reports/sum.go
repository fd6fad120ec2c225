package reports

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/annual/write"
	"gongkai/internal/collect"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// sumData is the sum of the reports of an organ and all below it.
type sumData struct {
	Name          string
	Year, Summed  int
	AsOf          string // the day whose hierarchy it goes by; "" for today's
	Ways          []byWay
	Issues        []issue
	Tables        []printed.Table
	Cell          string // whose contributions are listed; "" for none
	Total         string
	Contributions []contribution
	Formats       []web.Action
	Back          string
}

type issue struct{ Organ, Path, Text, Cite string }

// contribution is what one report brings to a cell.
type contribution struct{ Organ, Path, Way, Value string }

// byWay is how many reports came in one way.
type byWay struct {
	Label  string
	Number int
}

var sumTemplate = web.Define[sumData]("desk/report_sum")

// sum adds up what was signed here and what was received, below an organ: each cell leads to the reports that it
// adds up, and from there to the cases.
func (p Pages) sum(w http.ResponseWriter, r *http.Request) error {
	organ := r.PathValue("organ")
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil || annual.FormFor(year) == nil {
		return errs.New(errs.NotFound, "没有这个年份的报告格式。")
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	if _, ok := tree.Node(organ); !ok {
		return errs.New(errs.NotFound, "没有这个机关。")
	}
	if err := web.Actor(r).May(account.WatchReports, organ, tree); err != nil {
		return err
	}
	added, err := p.Collected.Sum(r.Context(), web.Actor(r), organ, year)
	if err != nil {
		return err
	}
	result := added.Result
	if format := web.Format(r); format != "" {
		return writeSum(w, result, tree.Name(organ), format)
	}
	say, here := p.Kit.Say(r), root+"/"+organ+"/"+strconv.Itoa(year)+"/sum"
	data := sumData{Name: tree.Name(organ), Year: year, Summed: result.Summed, Back: root + "?year=" + strconv.Itoa(year)}
	asOf, err := p.Collected.AsOf(r.Context(), year)
	if err != nil {
		return err
	}
	if !asOf.IsZero() {
		data.AsOf = asOf.String()
	}
	for _, way := range []collect.Way{collect.Here, collect.ByFile, collect.ByAPI} {
		if n := added.Ways()[way]; n > 0 {
			data.Ways = append(data.Ways, byWay{in(say, way.Words()), n})
		}
	}
	to := func(name string) string {
		switch s := added.Source(name); {
		case s.Way == collect.Here || s.Way == "" && s.Organ != "":
			return path(s.Organ, year)
		case s.Organ != "":
			return "/desk/collected/" + s.Organ + "/" + strconv.Itoa(year)
		}
		return ""
	}
	for _, i := range result.Issues {
		data.Issues = append(data.Issues, issue{i.Organ, to(i.Organ), i.Message, i.Cite})
	}
	report := result.Report()
	for i := range 3 {
		t := printed.Draw(report.Form.Headings[i+1], report, i, func(ref annual.Ref, c *printed.Cell) {
			if report.Cells[ref].N > 0 {
				c.Link = here + "?" + url.Values{"cell": {ref.String()}}.Encode() + "#cell"
			}
		})
		data.Tables = append(data.Tables, t)
	}
	if cell, ok := cellOf(result, r.URL.Query().Get("cell")); ok {
		data.Cell, data.Total = cell.Label, cell.Print()
		for c := range result.Contributions(result.Root, cell) {
			data.Contributions = append(data.Contributions, contribution{c.Organ, to(c.Organ), in(say, added.Source(c.Organ).Way.Words()), c.Value})
		}
	}
	for _, format := range []string{"docx", "xlsx", "json"} {
		data.Formats = append(data.Formats, web.Action{Label: strings.ToUpper(format), Path: here + "?format=" + format})
	}
	return sumTemplate.Show(p.Kit, w, r, say.T("reports.sum-of", data.Name, year), data)
}

func cellOf(result *rollup.Result, name string) (rollup.Cell, bool) {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) != 3 {
		return rollup.Cell{}, false
	}
	return result.Cell(result.Root, parts[0], parts[1], parts[2])
}

func writeSum(w http.ResponseWriter, result *rollup.Result, name, format string) error {
	var out bytes.Buffer
	var err error
	switch format {
	case "docx":
		err = open.Write(&out, doc.DOCX, write.Document(result.Report()))
	case "xlsx":
		err = result.WriteWorkbook(&out)
	case "json":
		err = result.WriteJSON(&out)
	default:
		return errs.New(errs.Unsupported, "汇总没有“%s”格式；可以下载 docx、xlsx 或者 json。", format)
	}
	if err != nil {
		return err
	}
	web.Attach(w, name+strconv.Itoa(result.Year)+"年年度报告汇总."+format, media[format])
	_, err = out.WriteTo(w)
	return err
}
