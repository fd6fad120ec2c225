package collected

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/check"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
	"gongkai/internal/web"
	webfinding "gongkai/internal/web/finding"
	"gongkai/internal/web/printed"
)

// caseData is all that is known of the report of an organ on a year.
type caseData struct {
	Path, Way, Arrived, Due string
	Late                    string // in words; "" when it is not
	Tone                    string
	Checked                 string // when it was checked last
	Fresh                   bool
	Here                    string // path of the workbench; "" where it was not compiled here
	Issue                   string // path; "" when nothing can be issued
	Groups                  []group
	Received                []version
	Notices                 []sent
	Tables                  []printed.Table
	Parts                   []part
	Trend                   string
}

// group are findings of one sort.
type group struct {
	Title string
	All   []finding
	Clean string // what the part says of none
}

// finding is what is wrong with a report, as a list of findings draws it.
type finding struct {
	Severity, Tone, Message, Fix string
	Compared, Reason             string
	Path                         string
}

type version struct{ Label, Path, State, Tone, On, File string }

type sent struct{ Number, Path, Status, Tone, Due string }

type part struct {
	Heading string
	Paras   []string
}

var caseTemplate = web.Define[caseData]("desk/collected_case")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	y, err := year(r)
	if err != nil {
		return err
	}
	ctx, say, actor := r.Context(), p.Kit.Say(r), web.Actor(r)
	c, err := p.Desk.Open(ctx, actor, r.PathValue("organ"), y)
	if err != nil {
		return err
	}
	d := caseData{Path: casePath(c.Organ.ID, y), Way: in(say, c.Stage.Words()), Tone: tone(c.Stage), Arrived: iso(c.Arrived), Due: iso(c.Due), Fresh: c.Found.Fresh, Groups: groups(say, c.Found.Findings, counts(c)), Trend: trendPath + c.Organ.ID}
	today := p.Desk.Today()
	switch {
	case c.Arrived.IsZero() && today.After(c.Due):
		d.Late = in(say, collect.Absence.Words())
	case !c.Arrived.IsZero() && c.Arrived.After(c.Due):
		d.Late = in(say, collect.Delay.Words())
	}
	if !c.Found.At.IsZero() {
		d.Checked = c.Found.At.Format("2006-01-02 15:04")
	}
	if len(c.Received) == 0 || c.Way == collect.Here {
		d.Here = "/desk/reports/" + c.Organ.ID + "/" + strconv.Itoa(y)
	}
	for _, v := range c.Received {
		d.Received = append(d.Received, version{
			say.T("collected.version", v.Year, v.Version), receivedPath + v.ID, in(say, v.State.Words()), map[collect.State]string{collect.Counted: "green"}[v.State], v.On.String(), fileOf(v),
		})
	}
	open := false
	for _, n := range c.Notices {
		open = open || n.Open()
		d.Notices = append(d.Notices, sent{n.Number, noticesPath + "/" + n.ID, in(say, n.Status.Words()), noticeTone(n, p.Desk), n.Due.String()})
	}
	if !open && len(d.Groups) > 0 && actor.Can(account.CollectReports) {
		d.Issue = d.Path + "/notice"
	}
	if c.Report != nil {
		d.Tables = tables(c.Report, wrongCells(c.Found.Findings))
		d.Parts = partsOf(c.Report)
	}
	return caseTemplate.Show(p.Kit, w, r, say.T("collected.report-of", c.Organ.Name, y), d)
}

// partsOf gives the text of a report.
func partsOf(r *annual.Report) []part {
	var all []part
	for i := range 7 {
		one := part{}
		if i > 0 {
			one.Heading = r.Form.Headings[i-1]
		}
		for _, para := range r.Paras {
			if para.Part == i && (para.Kind == annual.BodyPara || para.Kind == annual.SubheadingPara) {
				one.Paras = append(one.Paras, para.Text)
			}
		}
		if len(one.Paras) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// wrongCells are the cells that findings are about.
func wrongCells(all []collect.Finding) map[annual.Ref]bool {
	wrong := map[annual.Ref]bool{}
	for _, f := range all {
		if f.Severity == rule.Info {
			continue
		}
		for _, c := range append(slices.Clone(f.Cells), f.Where) {
			wrong[annual.Ref(c)] = true
		}
	}
	return wrong
}

// groups sorts findings for people to go through, with links to the file that they were
// found in; "" for none.
func groups(say *locale.Catalogue, found []collect.Finding, file string) []group {
	var all []group
	for _, s := range collect.Sorts() {
		g := group{Title: in(say, s.Word)}
		for _, f := range found {
			if f.Sort == s.Sort {
				g.All = append(g.All, drawn(say, f, file))
			}
		}
		if len(g.All) > 0 {
			all = append(all, g)
		}
	}
	return all
}

func drawn(say *locale.Catalogue, f collect.Finding, file string) finding {
	one := finding{
		Tone: map[rule.Severity]string{rule.Error: "red", rule.Warning: "amber"}[f.Severity], Message: f.Message, Fix: f.Fix, Compared: f.Cite,
		Severity: severity(say, f.Severity),
	}
	if f.Expected != "" {
		one.Compared = say.T("reports.compared", f.Expected, f.Actual, f.Cite)
	}
	if at := f.Place.String(); at != "" {
		one.Reason = say.T("collected.at", at)
	}
	switch at := spot(f.Place); {
	case file != "" && at != "":
		one.Path = file + "#" + at
	case f.Where.Table != "" && f.Where.Table != "text":
		one.Path = "#" + f.Where.Table
	}
	return one
}

func severity(say *locale.Catalogue, s rule.Severity) string {
	switch s {
	case rule.Error:
		return say.T("reports.severity-error")
	case rule.Warning:
		return say.T("reports.severity-warning")
	case rule.Info:
	}
	return say.T("reports.severity-info")
}

// marked hands out the report with what was found as one page to send on.
func (p Pages) marked(w http.ResponseWriter, r *http.Request) error {
	y, err := year(r)
	if err != nil {
		return err
	}
	c, err := p.Desk.Open(r.Context(), web.Actor(r), r.PathValue("organ"), y)
	if err != nil {
		return err
	}
	return handPage(w, p.Kit.Say(r), c.Report, c.Found.Findings, c.Organ.Name, y)
}

// handPage writes the page of a check.
func handPage(w http.ResponseWriter, say *locale.Catalogue, report *annual.Report, found []collect.Finding, organ string, y int) error {
	if report == nil {
		return errs.New(errs.NotFound, "没有收到%s%d年的报告。", organ, y)
	}
	report.File, report.Organ, report.Year = organ+strconv.Itoa(y)+"年", organ, y
	result := &check.Result{File: report.File, Organ: organ, Year: y, Doubts: report.Doubts, Findings: []rule.Finding{}, NotAssessable: []rule.NotAssessable{}}
	for _, f := range found {
		if f.Sort != collect.Doubted {
			result.Findings = append(result.Findings, f.Finding)
		}
	}
	line := webfinding.LineOf(1, result)
	line.Shown = true
	var b bytes.Buffer
	if err := webfinding.Write(&b, say.Lang, []webfinding.Line{line}, slices.Values([]webfinding.Page{{Number: 1, Report: report, Result: result}})); err != nil {
		return err
	}
	web.Attach(w, organ+strconv.Itoa(y)+"年年度报告检查.html", "text/html; charset=utf-8")
	_, err := b.WriteTo(w)
	return err
}
