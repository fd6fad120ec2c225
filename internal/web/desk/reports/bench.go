package reports

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// benchData is a report on one screen.
type benchData struct {
	Path, Status, Tone string
	Left               string // of the days to the last one
	Next               string
	First              *link
	Acts               []link
	Blocked            []link
	Steps              []step
	Return, Why        string
	Findings           findings
	Errors, Open       int
	Draft              bool
	Parts              []part
	Since              []drift
	Changed            []string // conventions that are others now than when it was signed
	Versions           []version
	Formats            []web.Action
	Figures            []figure // with what they count; of what is worked on
	Compare            string   // path
	Elsewhere          *elsewhere
	Over               bool // nothing is left to do
	Jumps              int
}

type link struct{ Label, Path, Cite, Why string }

type step struct {
	Label, On string
	State     string // done, now
}

// findings is what the checker says, as the part "findings" draws it.
type findings struct {
	All   []finding
	Clean string // when there is nothing
}

// finding is one thing, with where to mend it.
type finding struct {
	Severity, Tone, Message, Fix string
	Compared                     string // what was expected, what stands there, by which norm
	Reason                       string // why it does not matter
	Path                         string // to the place where it is mended
}

// part is one of the six parts, with the opening.
type part struct {
	ID      string // of the table; "" for none
	Heading string
	Paras   []string
	Tables  []printed.Table
	Path    string // to where it is written
}

type drift struct{ Name, Signed, Now, Path string }

type version struct {
	Label, By, On, Published, Why, Hash string
	Sent                                submission
	Document                            string // key of the one that publishes it
	Formats                             []web.Action
	Records                             int
	Roll                                string   // page of the records; "" where none were kept
	Counted                             []string // the conventions by which it was counted
}

var benchTemplate = web.Define[benchData]("desk/report_bench")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	v := view{p: p, say: say, b: b, path: path(b.Report.Organ, b.Report.Year)}
	data := benchData{
		Path: v.path, Draft: b.Report.Draft != nil,
		Steps: v.steps(), Findings: v.findings(), Errors: len(b.Examined.Errors()), Open: len(b.Examined.Open()), Parts: v.parts(), Since: v.since(),
	}
	if v.stands, err = p.Collected.Standing(r.Context(), web.Actor(r), account.SeeReports, b.Report.Organ, b.Report.Year); err != nil {
		return err
	}
	data.Status, data.Tone = in(say, v.stands.Stage.Words()), toneOf(v.stands.Stage)
	data.Elsewhere = v.elsewhere(web.Actor(r))
	last, _ := b.Report.Last()
	data.Over = data.Elsewhere != nil || b.Report.Draft == nil && !v.published().IsZero() && last.Submission() == compile.Receipted
	if d := b.Report.Draft; d != nil {
		data.Return, data.Why = d.Return, d.Why
	}
	data.First, data.Acts, data.Blocked = v.acts()
	if data.Versions, err = v.versions(r); err != nil {
		return err
	}
	if data.Changed, err = v.changed(r); err != nil {
		return err
	}
	data.Formats = formats(say, v.path, 0)
	data.Compare = v.path + "/compare"
	for _, c := range b.Examined.Compare(b.Scene) {
		if c.Jump {
			data.Jumps++
		}
	}
	for _, one := range b.Scene.Figures.Named {
		data.Figures = append(data.Figures, figure{"{{" + one.Name + "}}", in(say, one.Word), one.Text(), cases(one.Cases), in(say, one.Meaning)})
	}
	return benchTemplate.Show(p.Kit, w, r, title(say, b), data)
}

// published gives the day on which the last version became public.
func (v view) published() calendar.Date {
	if n := len(v.b.Published); n > 0 {
		return v.b.Published[n-1]
	}
	return calendar.Date{}
}

// elsewhere tells how a report that was not begun here reached the superior or the public;
// nil where it did not.
func (v view) elsewhere(actor account.Actor) *elsewhere {
	row := v.stands
	if v.b.Report.Status != compile.New || row.Stage == collect.Nothing {
		return nil
	}
	if row.Received == "" {
		return &elsewhere{Text: v.say.T("reports.published-otherwise", iso(row.PublishedOn))}
	}
	one := &elsewhere{Text: v.say.T("reports.came-otherwise", in(v.say, row.Stage.Words()), iso(row.Arrived))}
	if actor.Can(account.WatchReports) {
		one.Path = "/desk/collected/" + row.Organ + "/" + strconv.Itoa(row.Year)
	}
	return one
}

// view is what the parts of the page are made from.
type view struct {
	p      Pages
	say    *locale.Catalogue
	b      compile.Bench
	path   string
	stands collect.Row // as the lists have it
}

// elsewhere is where a report came from that was not made here.
type elsewhere struct{ Text, Path string }

// acts gives what may be done now: the act that leads on, the others, and those
// against which something speaks.
func (v view) acts() (first *link, all, blocked []link) {
	for _, o := range v.b.Options {
		f, short := formOf(o.Event)
		one := link{Label: in(v.say, compile.Word{Chinese: o.Act.Chinese, English: o.Act.Do}), Path: v.path + "/edit", Cite: o.Cite}
		if short {
			one.Path = v.path + "/" + f.slug
		}
		switch {
		case o.Why != nil:
			one.Why = errs.Public(o.Why)
			blocked = append(blocked, one)
		case first == nil && short && !f.back && (o.Event != compile.Begun || v.stands.Stage == collect.Nothing):
			first = &one
		default:
			all = append(all, one)
		}
	}
	if first == nil && v.b.Report.Draft != nil && len(all) > 0 { // it must be written first
		first, all = &all[0], all[1:]
	}
	return first, all, blocked
}

// steps are the way of a report, with the days on which they were gone.
func (v view) steps() []step {
	order := []struct {
		at    compile.Status
		by    event.Kind
		label string
	}{
		{compile.Compiling, compile.Submitted, v.say.T("reports.step-compile")},
		{compile.Reviewing, compile.Passed, v.say.T("reports.step-review")},
		{compile.Signing, compile.Signed, v.say.T("reports.step-sign")},
	}
	here := slices.Index(compile.Statuses(), v.b.Report.Status)
	var all []step
	for i, o := range order {
		s := step{Label: o.label}
		switch at := i + 1; { // the first status is before the way begins
		case here == at:
			s.State = "now"
		case here > at:
			s.State, s.On = "done", v.on(o.by)
		}
		all = append(all, s)
	}
	publication := step{Label: v.say.T("reports.step-publish")}
	if v.b.Report.Status == compile.Frozen {
		publication.State = "now"
		if on := v.b.Published[len(v.b.Published)-1]; !on.IsZero() {
			publication.State, publication.On = "done", on.String()
		}
	}
	all = append(all, publication)
	last, signed := v.b.Report.Last()
	if !signed || v.b.Report.Draft != nil {
		return append(all, step{Label: v.say.T("reports.step-send")})
	}
	sending := step{Label: v.say.T("reports.step-send"), State: "now"}
	if last.Submission() == compile.Receipted {
		sending.State, sending.On = "done", last.SentOn.String()
	}
	return append(all, sending)
}

// on gives the day on which something happened last.
func (v view) on(kind event.Kind) (day string) {
	for _, e := range v.b.Report.History {
		if e.Event == kind {
			day = e.On.String()
		}
	}
	return day
}

func (v view) findings() findings {
	all := findings{Clean: v.say.T("reports.clean")}
	for _, f := range v.b.Examined.Findings {
		all.All = append(all.All, v.finding(f))
	}
	return all
}

func (v view) finding(f compile.Finding) finding {
	one := finding{
		Tone: map[rule.Severity]string{rule.Error: "red", rule.Warning: "amber"}[f.Severity], Message: f.Message, Fix: f.Fix,
		Severity: severity(v.say, f.Severity), Compared: f.Cite,
	}
	if f.Expected != "" {
		one.Compared = v.say.T("reports.compared", f.Expected, f.Actual, f.Cite)
	}
	if f.Reason != "" {
		one.Reason = v.say.T("reports.reason-given", f.Reason)
	}
	switch {
	case f.Cases.List != "":
		one.Path = cases(f.Cases)
	case f.Section != "":
		one.Path = v.path + "/edit#f-text-" + string(f.Section)
	case f.Where.Table != "" && f.Where.Table != "text":
		one.Path = v.cellPath(annual.Ref{Table: f.Where.Table, Row: f.Where.Row, Column: f.Where.Column})
	}
	return one
}

// cellPath leads to a cell: where it is typed, else to the table as it is printed; of a row
// or column to its table.
func (v view) cellPath(ref annual.Ref) string {
	form := v.b.Examined.Report.Form
	if _, counted := v.b.Scene.Figures.Cells[ref]; !counted && slices.Contains(compile.FiledCells(form), ref) {
		return v.path + "/edit#f-filed-" + ref.String()
	}
	if _, known := v.b.Examined.Report.Cells[ref]; !known {
		return v.path + "#" + ref.Table
	}
	return v.path + "#" + printed.ID(ref)
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

// parts draws the report as it would be printed, each figure a link.
func (v view) parts() []part {
	r := v.b.Examined.Report
	wrong := map[annual.Ref]bool{}
	compared := map[annual.Ref]compile.Compared{}
	for _, c := range v.b.Examined.Compare(v.b.Scene) {
		compared[c.Ref] = c
	}
	for _, f := range v.b.Examined.Findings {
		if f.Rule == compile.Jumped { // marked by itself
			continue
		}
		for _, c := range append(f.Cells, f.Where) {
			wrong[annual.Ref{Table: c.Table, Row: c.Row, Column: c.Column}] = true
		}
	}
	all := []part{{Heading: v.say.T("reports.opening"), Path: "#f-text-opening"}}
	for i := 1; i <= 6; i++ {
		one := part{Heading: r.Form.Headings[i-1], ID: r.Form.Tables[min(max(i-2, 0), 2)].ID}
		if i < 2 || i > 4 {
			one.ID = ""
		}
		for _, s := range compile.Sections() {
			if s.Part == i {
				one.Path = "#f-text-" + string(s.Section)
				break
			}
		}
		if filed := compile.FiledCells(r.Form); i == 2 && len(filed) > 0 { // before 2021 the form had none
			one.Path = "#f-filed-" + filed[0].String()
		}
		if t := i - 2; t >= 0 && t < 3 {
			drawn := printed.Draw(r.Form.Headings[i-1], r, t, func(ref annual.Ref, c *printed.Cell) {
				if r.Cells[ref].N > 0 {
					c.Link = cmp.Or(v.frozen(ref), cases(v.b.Scene.Figures.Cases[ref]))
				}
				if before, ok := compared[ref]; ok {
					_, was, change := before.Print()
					c.Hint = v.say.T("reports.cell-before", was, change)
					if before.Jump {
						c.Mark = "jump"
					}
				}
				if wrong[ref] {
					c.Mark = "wrong"
				}
			})
			drawn.Quiet = true
			one.Tables = []printed.Table{drawn}
		}
		all = append(all, one)
	}
	for _, p := range r.Paras {
		if p.Kind == annual.BodyPara || p.Kind == annual.SubheadingPara {
			all[p.Part].Paras = append(all[p.Part].Paras, p.Text)
		}
	}
	for i := range all {
		if v.b.Report.Draft == nil || all[i].Path == "" {
			all[i].Path = ""
			continue
		}
		all[i].Path = v.path + "/edit" + all[i].Path
	}
	return all
}

func (v view) since() []drift {
	var all []drift
	for _, d := range v.b.Since {
		all = append(all, drift{
			printed.Name(v.b.Examined.Report, d.Ref), strconv.FormatInt(d.Signed, 10), strconv.FormatInt(d.Now, 10), cmp.Or(v.frozen(d.Ref), cases(v.b.Scene.Figures.Cases[d.Ref])),
		})
	}
	return all
}

// roll gives the page of the records that a version counts, or those of a cell; "" for a
// version of which none were kept.
func (v view) roll(version int, cell string) string {
	if version < 1 || v.b.Report.Versions[version-1].Roll == "" {
		return ""
	}
	return recordsPath(v.path, version, cell)
}

// frozen gives the page of the records behind a cell of a signed report; "" while it is
// worked on.
func (v view) frozen(ref annual.Ref) string {
	if v.b.Report.Draft != nil {
		return ""
	}
	return v.roll(len(v.b.Report.Versions), ref.String())
}

func (v view) versions(r *http.Request) ([]version, error) {
	var ids []string
	for _, one := range v.b.Report.Versions {
		ids = append(ids, one.SignedBy)
	}
	names, err := v.p.Names.Names(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	deliveries, err := v.deliveries(r)
	if err != nil {
		return nil, err
	}
	var all []version
	for i, one := range v.b.Report.Versions {
		counted, err := v.counted(r, one.Conventions)
		if err != nil {
			return nil, err
		}
		all = append([]version{{
			Label: v.say.T("reports.version", i+1), By: names[one.SignedBy], On: one.SignedOn.String(), Published: iso(v.b.Published[i]), Document: one.Document, Sent: v.submission(one, i+1, deliveries), Why: one.Why, Hash: one.Hash,
			Formats: formats(v.say, v.path, i+1), Counted: counted, Records: one.Records, Roll: v.roll(i+1, ""),
		}}, all...)
	}
	return all, nil
}

func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
