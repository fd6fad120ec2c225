package reports

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/annual/write"
	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// sumData is the sum of the reports of an organ and all below it.
type sumData struct {
	Name          string
	Year, Summed  int
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
type contribution struct{ Organ, Path, Value string }

var sumTemplate = web.Define[sumData]("desk/report_sum")

// sum adds up what was signed below an organ: each cell leads to the reports that it
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
	result, err := p.added(r, tree, organ, year)
	if err != nil {
		return err
	}
	if format := web.Format(r); format != "" {
		return writeSum(w, result, tree.Name(organ), format)
	}
	say, here := p.Kit.Say(r), root+"/"+organ+"/"+strconv.Itoa(year)+"/sum"
	data := sumData{Name: tree.Name(organ), Year: year, Summed: result.Summed, Back: root + "?year=" + strconv.Itoa(year)}
	ids := map[string]string{}
	for _, n := range tree.Subtree(organ) {
		ids[n.Name] = n.ID
	}
	to := func(name string) string {
		if id := ids[name]; id != "" {
			return path(id, year)
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
			data.Contributions = append(data.Contributions, contribution{c.Organ, to(c.Organ), c.Value})
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

// added adds the reports up over the organs as they stand in the tree.
func (p Pages) added(r *http.Request, tree *org.Tree, organ string, year int) (*rollup.Result, error) {
	led, err := p.Desk.Store.LedFromAbove(r.Context(), calendar.On(year, 12, 31))
	if err != nil {
		return nil, err
	}
	list, err := organList(tree, organ, led)
	if err != nil {
		return nil, err
	}
	b := rollup.New(list, rollup.Options{Year: year})
	err = p.Desk.EachSigned(r.Context(), web.Actor(r), organ, year, func(name string, report *annual.Report) error {
		b.Add(name, report)
		return nil
	})
	return b.Result(), err
}

// organList is the part of the tree that reports, as the sum reads lists of organs:
// sections have no report, and organs led from above report there.
func organList(tree *org.Tree, organ string, led []string) (*rollup.Tree, error) {
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	yes := map[bool]string{true: "是", false: "否"}
	lines := [][]string{{"机关名称", "上级机关", "不计入汇总"}}
	for _, n := range tree.Subtree(organ) {
		if n.Nature == org.Internal || n.Ended {
			continue
		}
		above := ""
		if n.ID != organ {
			above = tree.Name(reporting(tree, n.Parent))
		}
		lines = append(lines, []string{n.Name, above, yes[slices.Contains(led, n.ID)]})
	}
	if err := out.WriteAll(lines); err != nil {
		return nil, err
	}
	return rollup.ReadTree(&text)
}

// reporting gives the next organ upwards that reports for itself.
func reporting(tree *org.Tree, id string) string {
	for n, ok := tree.Node(id); ok; n, ok = tree.Node(n.Parent) {
		if n.Nature != org.Internal {
			return n.ID
		}
	}
	return id
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
