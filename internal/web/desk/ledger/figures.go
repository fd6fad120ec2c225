package ledger

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/compute"
	"gongkai/internal/annual/write"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// figuresData is tables 3 and 4 of a year, every figure with the cases behind it.
type figuresData struct {
	Form     web.Form
	Place    string
	Year     int
	Basis    string // the notice that prescribes the form
	Table3   printed.Table
	Table4   printed.Table
	Breaks   []string // what does not add up
	Carried  string   // how the carry-over compares with the year before
	Formats  []web.Action
	Any      bool // there is a figure other than 0
	Running  bool // the year is not over
	MayBring bool // former years can be imported
	Posts    []posted
}

var figuresTemplate = web.Define[figuresData]("desk/ledger_figures")

func (p Pages) figures(w http.ResponseWriter, r *http.Request) error {
	say, today := p.Kit.Say(r), p.Desk.Today()
	where, err := p.place(r, account.SeeRequests)
	if err != nil {
		return err
	}
	year := asked(r, "year", today.Year(), compute.FirstYear, today.Year())
	report, before, err := p.computed(r, where, year)
	if err != nil {
		return err
	}
	switch format := web.Format(r); format {
	case "":
	case "json":
		return writeJSON(w, report)
	case "docx", "xlsx":
		return writeFigures(w, say, report, doc.Format(format))
	default:
		return errs.New(errs.Unsupported, "统计表没有“%s”格式；可以下载 docx、xlsx 或者 json。", format)
	}
	link := func(ref annual.Ref) string {
		filters := where.filters(compute.Cases(ref, strconv.Itoa(year)))
		if ref.Table == "table4" {
			return strings.Replace(requestsPath(filters), "/desk/requests", "/desk/disputes", 1)
		}
		return requestsPath(filters)
	}
	data := figuresData{
		Form: where.form(say, yearField(say, compute.FirstYear, today.Year(), year)), Place: where.Name, Year: year, Basis: report.Form.Basis,
		Table3: linked(say.T("ledger.table3"), report, 1, link), Table4: linked(say.T("ledger.table4"), report, 2, link), Running: year == today.Year(), MayBring: web.Actor(r).Can(account.HandleRequests),
	}
	data.Breaks, data.Carried = footing(say, before, report)
	for _, v := range report.Cells {
		data.Any = data.Any || v.N != 0
	}
	if data.Posts, err = p.posts(r, where, year); err != nil {
		return err
	}
	for _, format := range []string{"docx", "xlsx", "json"} {
		q := url.Values{"year": {strconv.Itoa(year)}, "organ": {where.Organ}, "format": {format}}
		if where.Place.Below {
			q.Set("below", "1")
		}
		data.Formats = append(data.Formats, web.Action{Label: strings.ToUpper(format), Path: "/desk/requests/figures?" + q.Encode()})
	}
	return figuresTemplate.Show(p.Kit, w, r, say.T("ledger.figures"), data)
}

// computed gives the report of a year, and that of the year before.
func (p Pages) computed(r *http.Request, where where, year int) (report, before *annual.Report, err error) {
	for y, into := range map[int]**annual.Report{year: &report, year - 1: &before} {
		t3, t4, err := p.Desk.Count(r.Context(), web.Actor(r), where.Place, y)
		if err != nil {
			return nil, nil, err
		}
		*into = compute.Report(where.Name, max(y, compute.FirstYear), t3, t4)
	}
	return report, before, nil
}

// footing tells what does not add up, and how many were carried over.
func footing(say *locale.Catalogue, before, report *annual.Report) (breaks []string, carried string) {
	name := func(column string) string { return columnName(report.Form, column) }
	for _, b := range compute.Balance(report) {
		breaks = append(breaks, say.T("ledger.unbalanced", name(b.Column), b.Want, b.Got))
	}
	different := compute.Carried(before, report)
	for _, b := range different {
		breaks = append(breaks, say.T("ledger.carry-differs", name(b.Column), report.Year-1, b.Want, b.Got))
	}
	if len(different) == 0 {
		carried = say.T("ledger.carry-agrees", report.Year-1, report.Get("table3", "R2", "C7").N)
	}
	return breaks, carried
}

func columnName(form *annual.Form, column string) string {
	for _, c := range form.Tables[1].Blocks[0].Cols {
		if c.ID == column {
			return c.Label
		}
	}
	return column
}

// linked draws a table of which each figure leads to its cases.
func linked(caption string, r *annual.Report, i int, link func(annual.Ref) string) printed.Table {
	return printed.Draw(caption, r, i, func(ref annual.Ref, c *printed.Cell) {
		if r.Cells[ref].N > 0 {
			c.Link = link(ref)
		}
	})
}

func writeJSON(w http.ResponseWriter, r *annual.Report) error {
	text, err := r.JSON(false)
	if err != nil {
		return err
	}
	web.Attach(w, fileName(r)+".json", "application/json; charset=utf-8")
	_, err = w.Write(text)
	return err
}

func fileName(r *annual.Report) string {
	return fmt.Sprintf("%s%d年依申请公开统计表", r.Organ, r.Year)
}

// writeFigures gives the two tables as a document.
func writeFigures(w http.ResponseWriter, say *locale.Catalogue, r *annual.Report, format doc.Format) error {
	d := &doc.Doc{Format: format, Title: fileName(r)}
	para := func(text string, style doc.Style) {
		d.Blocks = append(d.Blocks, doc.Block{Para: &doc.Para{Text: text, Style: style}})
	}
	para(fileName(r), doc.Title)
	para(say.T("ledger.form-of", r.Form.Basis), doc.Plain)
	for i := 1; i <= 2; i++ {
		para(r.Form.Headings[i+1], doc.Heading1)
		d.Blocks = append(d.Blocks, doc.Block{Table: write.Table(r, i)})
	}
	var b bytes.Buffer
	if err := open.Write(&b, format, d); err != nil {
		return err
	}
	media := map[doc.Format]string{
		doc.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		doc.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}
	web.Attach(w, fileName(r)+"."+string(format), media[format])
	_, err := b.WriteTo(w)
	return err
}
