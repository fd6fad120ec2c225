package ledger

import (
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/job"
	"gongkai/internal/locale"
	"gongkai/internal/takeover"
	"gongkai/internal/web"
)

// importOne is a ledger on its way in: how far a job is with it, what is wrong with it,
// what it would change, or what became of it.
type importOne struct {
	Organ, Name, State, Tone string
	Busy                     bool
	Doing                    string // what is done with it now
	Done, Total              int
	Failed                   string // why the job waits or was given up
	Trouble                  string
	Count                    int // requests that would be kept, or were
	Years                    []takeover.Year
	Problems                 []importProblem
	Wrong                    int // problems …
	More                     int // … that are not listed
	Kept                     bool
	List, Figures            string // where the requests are
	Form                     *web.Form
	GiveUp                   *web.Form
}

type importProblem struct {
	Line         int
	Column, Text string
}

var importOneTemplate = web.Define[importOne]("desk/ledger_import_one")

// refreshAfter is after how many seconds a page that waits is asked for again, also
// without a script.
const refreshAfter = "2"

func (p Pages) showImport(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Takeover.Show(r.Context(), web.Actor(r), r.PathValue("ledger"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	data := importOne{Organ: tree.Name(s.Organ), Name: s.Name}
	data.State, data.Tone = importState(say.T, s.State)
	path := onePath + s.ID
	switch s.State {
	case arrival.Kept:
		data.Kept, data.Count = true, s.Kept
		data.List = "/desk/requests?" + url.Values{foi.FilterOrgan: {s.Organ}, "sort": {"received"}, "desc": {"1"}}.Encode()
		data.Figures = "/desk/requests/figures?" + url.Values{"organ": {s.Organ}}.Encode()
	case arrival.Looked:
		data.looked(say, s, path)
	default:
		data.wait(say, s, path)
	}
	if data.Busy {
		w.Header().Set("Refresh", refreshAfter)
	}
	return importOneTemplate.Show(p.Kit, w, r, say.T("ledger.import"), data)
}

// wait tells how far a job is.
func (d *importOne) wait(say *locale.Catalogue, s takeover.Standing, path string) {
	d.Doing, d.Done, d.Total = say.T("takeover.looking-text"), s.Job.Done, s.Job.Total
	if s.State == arrival.Keeping {
		d.Doing = say.T("takeover.keeping-text")
	}
	d.Failed = s.Job.Error
	if d.Busy = s.Job.Unfinished(); !d.Busy {
		d.Form = form(path, "again", say.T("takeover.again"))
		d.GiveUp = form(path, "give-up", say.T("takeover.give-up"))
	}
	if s.Job.State == job.Waiting && s.Job.Attempts == 0 {
		d.Doing = say.T("takeover.waiting")
	}
}

func form(path, do, submit string) *web.Form {
	return &web.Form{Action: path, Submit: submit, Fields: []web.Field{{Kind: web.Hidden, Name: "do", Value: do}}}
}

// looked tells what a look has found, and offers what comes next.
func (d *importOne) looked(say *locale.Catalogue, s takeover.Standing, path string) {
	d.GiveUp = form(path, "give-up", say.T("takeover.give-up"))
	d.Count, d.Years, d.Trouble = s.Found.Count, s.Found.Years, s.Found.Trouble
	if d.Trouble != "" {
		return
	}
	for _, heading := range s.Found.Missing {
		d.Problems = append(d.Problems, importProblem{s.Head + 1, "", say.T("ledger.column-missing", heading)})
	}
	for _, one := range s.Found.Problems {
		column, _ := sheet.Find(one.Column)
		d.Problems = append(d.Problems, importProblem{one.Line, column.Heading, one.Text})
	}
	if d.Wrong = s.Found.Total + len(s.Found.Missing); d.Wrong == 0 && d.Count == 0 {
		d.Problems, d.Wrong = []importProblem{{s.Head + 1, "", say.T("ledger.no-lines")}}, 1
	}
	d.More = d.Wrong - len(d.Problems)
	if s.Found.Good() {
		d.Form = form(path, "keep", say.T("ledger.keep"))
		return
	}
	d.Form = form(path, "columns", say.T("ledger.check-again"))
	d.Form.Fields = append(d.Form.Fields, web.Field{Kind: web.Section, Label: say.T("ledger.mapping")})
	for _, column := range sheet.Columns() {
		d.Form.Fields = append(d.Form.Fields, mappingField(say, column, s.Headings(), s.Mapping))
	}
}

func mappingField(say *locale.Catalogue, column sheet.Column, headings []string, m sheet.Mapping) web.Field {
	label := column.Heading
	if say.Lang == locale.English {
		label = column.English
	}
	at, ok := m[column.Name]
	f := web.Field{Kind: web.Select, Name: "column-" + column.Name, Label: label, Hint: column.Hint, Required: column.Required, Beside: true, Options: []web.Option{{Label: say.T("ledger.no-column"), Chosen: !ok}}}
	for i, h := range headings {
		if h != "" {
			f.Options = append(f.Options, web.Option{Value: strconv.Itoa(i + 1), Label: h, Chosen: ok && at == i})
		}
	}
	if ok {
		f.Value = strconv.Itoa(at + 1)
	}
	return f
}

// mappingOf reads what somebody said the columns mean; a number from 1.
func mappingOf(values url.Values) sheet.Mapping {
	m := sheet.Mapping{}
	for _, column := range sheet.Columns() {
		if n, err := strconv.Atoi(values.Get("column-" + column.Name)); err == nil && n > 0 && n <= 1000 {
			m[column.Name] = n - 1
		}
	}
	return m
}

// actImport does what is asked with a ledger. Whatever another press has done already
// stands on its page.
func (p Pages) actImport(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, actor, id := r.Context(), web.Actor(r), r.PathValue("ledger")
	if _, err := p.Takeover.Show(ctx, actor, id); err != nil {
		return err
	}
	switch values.Get("do") {
	case "columns":
		err = p.Takeover.Look(ctx, actor, id, mappingOf(values))
	case "keep":
		err = p.Takeover.Confirm(ctx, actor, id)
	case "again":
		err = p.Takeover.Again(ctx, actor, id)
	case "give-up":
		if err = p.Takeover.GiveUp(ctx, actor, id); err == nil {
			return p.Kit.Done(w, r, importPath, p.Kit.Say(r).T("takeover.given-up"))
		}
	default:
		err = errs.New(errs.Invalid, "不知道要做什么，请从页面上的按钮选择。")
	}
	if err != nil && errs.KindOf(err) != errs.Conflict {
		return err
	}
	http.Redirect(w, r, onePath+id, http.StatusSeeOther)
	return nil
}
