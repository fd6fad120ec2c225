package reports

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// editData is the report while it is written, beside what the checker says of it and
// the figures that it can name.
type editData struct {
	Form     web.Form
	Figures  []figure
	Findings findings
	Back     string
}

// figure is a token of a text, with what it stands for now.
type figure struct{ Token, Says, Value, Path, Meaning string }

// previewData is what the checker says of what is typed now, and how the texts read.
type previewData struct {
	Findings findings
	Reads    []web.Reading
}

var (
	editTemplate    = web.Define[editData]("desk/report_edit")
	previewTemplate = web.Define[previewData]("desk/report_preview")
)

func (p Pages) askEdit(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	return p.showEdit(w, r, b, nil, nil)
}

func (p Pages) showEdit(w http.ResponseWriter, r *http.Request, b compile.Bench, typed url.Values, wrong error) error {
	if _, err := compile.RowOf(b.Report.Status, compile.Edited, account.CompileReports); err != nil {
		return err
	}
	v := view{p: p, say: p.Kit.Say(r), b: b, path: path(b.Report.Organ, b.Report.Year)}
	f := web.Form{Submit: v.say.T("reports.save"), Cancel: v.path, Preview: v.path + "/preview", Prompt: v.say.T("reports.check"), Fields: v.fields()}
	status := http.StatusOK
	if typed != nil {
		f.Fill(typed)
	}
	if wrong != nil {
		if !f.Fail(wrong) {
			return wrong
		}
		status = web.Status(wrong)
	}
	data := editData{Form: f, Findings: v.findings(), Back: v.path}
	for _, one := range b.Scene.Figures.Named {
		data.Figures = append(data.Figures, figure{"{{" + one.Name + "}}", in(v.say, one.Word), one.Text(), cases(one.Cases), in(v.say, one.Meaning)})
	}
	return editTemplate.ShowStatus(p.Kit, w, r, status, v.say.T("reports.edit-of", b.Scene.Organ.Name, b.Report.Year), data)
}

// fields ask for every section, for the figures that are filed, and for the reasons of
// warnings.
func (v view) fields() []web.Field {
	c, form := v.b.Report.Draft.Content, v.b.Examined.Report.Form
	offers := map[compile.Section][]string{}
	for _, s := range v.b.Examined.Suggest(v.b.Scene) {
		offers[s.Section] = append(offers[s.Section], s.Text)
	}
	var all []web.Field
	last := -1
	for _, s := range compile.Sections() {
		if s.Part != last {
			last = s.Part
			heading := v.say.T("reports.opening")
			if last > 0 {
				heading = form.Headings[last-1]
			}
			if last == 5 {
				all = append(all, v.filedFields()...)
			}
			all = append(all, web.Field{Kind: web.Section, Label: heading})
			if last == 5 {
				all = append(all, v.problemFields()...)
			}
		}
		all = append(all, web.Field{
			Kind: web.TextArea, Name: "text-" + string(s.Section), Label: in(v.say, s.Word), Hint: v.hint(s), Value: c.Text[s.Section], Rows: rows(c.Text[s.Section]), MaxLength: compile.MaxText,
			Wanted: s.Required() || s.Section == compile.Opening, Offers: offers[s.Section], Reads: v.reads(s.Section, c.Text[s.Section]),
		})
	}
	var reasons []web.Field
	for _, f := range v.b.Examined.Findings {
		if f.Severity == "warning" {
			reasons = append(reasons, web.Field{Name: "reason-" + f.Key, Label: v.say.T("reports.reason"), Hint: f.Message, Value: f.Reason, MaxLength: compile.MaxReason, Wanted: true})
		}
	}
	if len(reasons) > 0 {
		all = append(all, web.Field{Kind: web.Section, Label: v.say.T("reports.warnings"), Hint: v.say.T("reports.warnings-hint")})
	}
	return append(all, reasons...)
}

// reads shows a text with its tokens as it will be printed; nothing where there are none.
func (v view) reads(s compile.Section, text string) *web.Reading {
	r := &web.Reading{Field: "text-" + string(s)}
	tokens := 0
	for _, p := range v.b.Scene.Figures.Pieces(text) {
		one := web.Token{Text: p.Text}
		if p.Token {
			tokens++
			one.Name, one.Says, one.Wrong = "{{"+p.Name+"}}", in(v.say, p.Figure.Word), !p.Known
			if !p.Known {
				one.Says = v.say.T("reports.no-such-figure")
			}
		}
		r.Parts = append(r.Parts, one)
	}
	if tokens == 0 {
		r.Parts = nil
	}
	return r
}

// problemFields ask what became of each problem that last year's report told of.
func (v view) problemFields() []web.Field {
	problems := v.b.Scene.Problems()
	if len(problems) == 0 {
		return nil
	}
	all := []web.Field{{Kind: web.Fact, Label: v.say.T("reports.last-problems"), Value: v.say.T("reports.last-problems-hint", v.b.Report.Year-1)}}
	for i, p := range problems {
		one := web.Field{Kind: web.TextArea, Name: "became-" + strconv.Itoa(i), Label: v.say.T("reports.became", p), Rows: 2, MaxLength: compile.MaxReason, Wanted: true}
		for _, o := range v.b.Report.Draft.Became {
			if o.Problem == p {
				one.Value = o.Became
			}
		}
		all = append(all, one)
	}
	return all
}

func (v view) hint(s compile.Place) string {
	if s.Lead == "" {
		return s.Cite
	}
	return v.say.T("reports.lead-is", s.Lead, s.Cite)
}

// rows is how high a field must be for its text.
func rows(text string) int { return min(max(3, len([]rune(text))/45+strings.Count(text, "\n")+2), 16) }

// filedFields ask for the cells of table 2 that no record of the house has.
func (v view) filedFields() []web.Field {
	all := []web.Field{{Kind: web.Section, Label: v.say.T("reports.filed"), Hint: v.say.T("reports.filed-hint")}}
	for _, ref := range compile.FiledCells(v.b.Examined.Report.Form) {
		filed, has := v.b.Report.Draft.Filed[ref.String()]
		if counted, known := v.b.Scene.Figures.Cells[ref]; known && !has {
			unit := annual.Count
			if ref.Column == "amount" {
				unit = annual.TenThousandYuan
			}
			all = append(all, web.Field{Kind: web.Fact, Label: printed.Name(v.b.Examined.Report, ref), Value: v.say.T("reports.filed-by-sections", counted.Print(unit))})
			continue
		}
		value, mode := "", "numeric"
		switch {
		case has && ref.Column == "amount":
			value = annual.FormatTenThousandYuan(filed.Value)
		case has:
			value = strconv.FormatInt(filed.Value, 10)
		}
		if ref.Column == "amount" {
			mode = "decimal"
		}
		hint := ""
		if before := v.b.Scene.Before; before != nil && before.Cells[ref].Known() {
			unit := annual.Count
			if ref.Column == "amount" {
				unit = annual.TenThousandYuan
			}
			hint = v.say.T("reports.last-year", before.Cells[ref].Print(unit))
		}
		all = append(all,
			web.Field{Name: "filed-" + ref.String(), Label: printed.Name(v.b.Examined.Report, ref), Hint: hint, Value: value, InputMode: mode, MaxLength: 20, Beside: true, Wanted: true},
			web.Field{Name: "source-" + ref.String(), Label: v.say.T("reports.source"), Value: filed.Source, MaxLength: compile.MaxReason, Beside: true})
	}
	return all
}

// written reads what was typed.
func written(b compile.Bench, typed url.Values) (compile.Write, error) {
	c := compile.Content{Text: map[compile.Section]string{}, Filed: map[string]compile.Filed{}, Reasons: map[string]string{}}
	var wrong errs.Fields
	told := map[int]compile.Outcome{}
	for name := range typed {
		kind, rest, _ := strings.Cut(name, "-")
		switch value := strings.TrimSpace(typed.Get(name)); kind {
		case "text":
			c.Text[compile.Section(rest)] = value
		case "reason":
			c.Reasons[rest] = value
		case "became":
			problems := b.Scene.Problems()
			if i, err := strconv.Atoi(rest); err == nil && i >= 0 && i < len(problems) {
				told[i] = compile.Outcome{Problem: problems[i], Became: value}
			}
		case "filed":
			i := slices.IndexFunc(compile.FiledCells(b.Examined.Report.Form), func(ref annual.Ref) bool { return ref.String() == rest })
			if value == "" || i < 0 {
				continue
			}
			n, err := number(value, strings.HasSuffix(rest, "/amount"))
			if err != nil {
				wrong.Add(name, "%s", errs.Public(err))
				continue
			}
			c.Filed[rest] = compile.Filed{Value: n, Source: strings.TrimSpace(typed.Get("source-" + rest))}
		}
	}
	for _, i := range slices.Sorted(maps.Keys(told)) {
		c.Became = append(c.Became, told[i])
	}
	return compile.Write{Content: c}, wrong.Err()
}

func number(value string, money bool) (int64, error) {
	if money {
		n, err := annual.ParseTenThousandYuan(value)
		if err != nil {
			return 0, errs.New(errs.Invalid, "请填写金额，单位万元，最多六位小数，如 12.5；没有的填 0。")
		}
		return n, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		return 0, errs.New(errs.Invalid, "请填写整数，如 15；没有的填 0。")
	}
	return n, nil
}

func (p Pages) edit(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	deed, err := written(b, typed)
	if err == nil {
		err = p.Desk.Do(r.Context(), web.Actor(r), b.Report.Organ, b.Report.Year, deed)
	}
	if err != nil {
		return p.showEdit(w, r, b, typed, err)
	}
	return p.Kit.Done(w, r, path(b.Report.Organ, b.Report.Year), p.Kit.Say(r).T("reports.saved"))
}

// preview checks what is typed, as one types.
func (p Pages) preview(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	if _, err := compile.RowOf(b.Report.Status, compile.Edited, account.CompileReports); err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	deed, err := written(b, typed)
	if err == nil {
		_, err = b.Report.Do(deed, b.Scene)
	}
	if err != nil && errs.KindOf(err) != errs.Invalid {
		return err
	}
	b.Examined = b.Report.Draft.Examine(b.Scene, b.Report.Year)
	v := view{p: p, say: say, b: b, path: path(b.Report.Organ, b.Report.Year)}
	data := previewData{Findings: v.findings()}
	for _, s := range compile.Sections() {
		data.Reads = append(data.Reads, *v.reads(s.Section, b.Report.Draft.Text[s.Section]))
	}
	return previewTemplate.ShowFragment(p.Kit, w, r, title(say, b), data)
}
