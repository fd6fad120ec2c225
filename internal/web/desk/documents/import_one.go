package documents

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/accession"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

const (
	onePath     = root + "/import/of/" // and the key of a list
	shownOfThem = 500                  // lines that a page shows; the spreadsheet has all

	// refreshAfter is after how many seconds a page that waits is asked for again,
	// also without a script.
	refreshAfter = "2"
)

// importOne is a list on its way in: how far a job is with it, what is wrong with it,
// or what became of it.
type importOne struct {
	Organ, Name, State, Tone string
	Busy                     bool
	Doing                    string // what is done with it now
	Total                    int
	Done                     int
	Progress                 string
	Failed                   string // why the job waits or was given up
	Trouble                  string
	Count, Bad, Files        int // lines, those with a problem, and files
	Problems, Warnings       []lineProblem
	Wrong, Stopped           int // of both, also those that are not shown
	Unread                   []string
	Unfit                    []lineProblem // files that were not taken
	Refused                  string        // the refused lines as a spreadsheet
	Finished                 bool
	Kept                     int
	List                     string // where the documents are
	Form                     *web.Form
	Columns                  *web.Form // what the columns mean
	GiveUp                   *web.Form
}

// lineProblem is what is wrong with a line, or with a file.
type lineProblem struct {
	Line         int
	Column, Text string
}

var importOneTemplate = web.Define[importOne]("desk/document_import_one")

func (p Pages) showImport(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Import.Show(r.Context(), web.Actor(r), r.PathValue("batch"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	say, at := p.Kit.Say(r), onePath+s.ID
	data := importOne{Organ: tree.Name(s.Organ), Name: s.Known.Name}
	data.State, data.Tone = importState(say, s.State)
	switch s.State {
	case arrival.Kept:
		data.finished(say, s, at)
	case arrival.Looked:
		data.looked(say, s, at)
	default:
		data.wait(say, s, at)
	}
	if data.Busy {
		w.Header().Set("Refresh", refreshAfter)
	}
	return importOneTemplate.Show(p.Kit, w, r, say.T("documents.import"), data)
}

// wait tells how far a job is.
func (d *importOne) wait(say *locale.Catalogue, s accession.Standing, at string) {
	d.Doing, d.Done, d.Total = say.T("documents.import-looking-text"), s.Job.Done, s.Job.Total
	d.Progress = say.T("documents.import-looking-progress", d.Done, d.Total)
	if s.State == arrival.Keeping {
		d.Doing, d.Done, d.Total = say.T("documents.import-keeping-text"), s.Done, s.Known.Found.Count
		d.Progress = say.T("documents.import-progress", d.Done, d.Total)
	}
	d.Failed = s.Job.Error
	if d.Busy = s.Job.Unfinished(); !d.Busy {
		d.Form = button(at, "again", say.T("takeover.again"))
		d.GiveUp = button(at, "give-up", say.T("documents.import-give-up"))
	}
	if s.Job.State == job.Waiting && s.Job.Attempts == 0 {
		d.Doing = say.T("takeover.waiting")
	}
}

func button(at, do, submit string) *web.Form {
	return &web.Form{Action: at, Submit: submit, Fields: []web.Field{{Kind: web.Hidden, Name: "do", Value: do}}}
}

// looked tells what a look has found, and offers what comes next.
func (d *importOne) looked(say *locale.Catalogue, s accession.Standing, at string) {
	found := s.Known.Found
	d.GiveUp = button(at, "give-up", say.T("documents.import-give-up"))
	if d.Trouble = found.Trouble; d.Trouble != "" {
		return
	}
	d.Count, d.Bad, d.Files, d.Unread = found.Count, found.Bad, len(s.Known.Files), s.Known.Mapping.Unread(s.Known.Sheet)
	for _, name := range found.Missing {
		d.Problems = append(d.Problems, lineProblem{0, headingOf(say, name), "清单里没有这一列；请在下面选择，或者按模板补上。"})
	}
	d.Problems = append(d.Problems, told(say, found.Problems)...)
	d.Wrong, d.Stopped = len(found.Problems)+len(found.Missing), len(found.Warnings)
	d.Warnings, d.Unfit = told(say, found.Warnings), unfit(s.Known.Unfit)
	if found.Bad > 0 {
		d.Refused = at + "/refused"
	}
	if found.Usable() {
		d.Form = button(at, "keep", say.T("documents.import-keep", found.Count))
		if found.Bad > 0 {
			d.Form.Submit = say.T("documents.import-keep-good", found.Count-found.Bad)
		}
	}
	if !found.Good() {
		d.Columns = columnsForm(say, at, s.Known.Sheet, s.Known.Mapping)
	}
}

// finished tells what became of a list.
func (d *importOne) finished(say *locale.Catalogue, s accession.Standing, at string) {
	d.Finished, d.Kept, d.Count = true, s.Kept, s.Known.Found.Count
	d.List = root + "?" + url.Values{publish.FilterStatus: {string(publish.Drafting)}, publish.FilterOrgan: {s.Organ}}.Encode()
	refused := append(slices.Clone(s.Known.Found.Problems), s.Late...)
	d.Problems, d.Wrong = told(say, refused), len(refused)
	if d.Bad = len(accession.Refused(s.Known.Sheet, refused)); d.Bad > 0 {
		d.Refused = at + "/refused"
	}
}

// told puts the first problems into the order of the lines, under the headings of the
// template.
func told(say *locale.Catalogue, problems []publish.Problem) []lineProblem {
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(a, b publish.Problem) int { return cmp.Compare(a.Line, b.Line) })
	var all []lineProblem
	for _, one := range sorted[:min(len(sorted), shownOfThem)] {
		all = append(all, lineProblem{one.Line, headingOf(say, one.Column), one.Text})
	}
	return all
}

func unfit(files map[string]string) []lineProblem {
	var all []lineProblem
	for name, why := range files {
		all = append(all, lineProblem{0, name, why})
	}
	slices.SortFunc(all, func(a, b lineProblem) int { return strings.Compare(a.Column, b.Column) })
	return all
}

// columnsForm asks what the columns mean.
func columnsForm(say *locale.Catalogue, at string, s publish.Sheet, m publish.Mapping) *web.Form {
	form := button(at, "columns", say.T("documents.import-again"))
	form.Fields = append(form.Fields, web.Field{Kind: web.Section, Label: say.T("documents.import-mapping"), Hint: say.T("documents.import-mapping-hint")})
	for _, c := range publish.Columns() {
		f := web.Field{Kind: web.Select, Name: columnField + c.Name, Label: headingOf(say, c.Name), Required: c.Required, Beside: true, Options: []web.Option{{Label: say.T("documents.import-no-column")}}}
		for i, h := range s.Headings {
			if h != "" {
				f.Options = append(f.Options, web.Option{Value: strconv.Itoa(i + 1), Label: h})
			}
		}
		if place, ok := m[c.Name]; ok {
			f.Value = strconv.Itoa(place + 1)
		}
		form.Fields = append(form.Fields, f)
	}
	return form
}

// actImport does what is asked with a list. Whatever another press has done already
// stands on its page.
func (p Pages) actImport(w http.ResponseWriter, r *http.Request) error {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, actor, id := r.Context(), web.Actor(r), r.PathValue("batch")
	if _, err := p.Import.Show(ctx, actor, id); err != nil {
		return err
	}
	switch typed.Get("do") {
	case "columns":
		err = p.Import.Look(ctx, actor, id, mappingOf(&values{&deed.Values{Values: typed}}))
	case "keep":
		err = p.Import.Confirm(ctx, actor, id)
	case "again":
		err = p.Import.Again(ctx, actor, id)
	case "give-up":
		if err = p.Import.GiveUp(ctx, actor, id); err == nil {
			return p.Kit.Done(w, r, root+"/import", p.Kit.Say(r).T("documents.import-given-up"))
		}
	default:
		err = errs.New(errs.Invalid, "不知道要做什么，请从页面上的按钮选择。")
	}
	if err != nil && errs.KindOf(err) != errs.Conflict {
		return err
	}
	return web.Redirect(w, r, onePath+id)
}

// refusedSheet gives the refused lines as the list has them, each with what is wrong,
// so that they can be corrected there and brought again.
func (p Pages) refusedSheet(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Import.Show(r.Context(), web.Actor(r), r.PathValue("batch"))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	heads := append([]string{say.T("documents.import-line"), say.T("documents.import-problem")}, s.Known.Sheet.Headings...)
	rows := func(yield func([]string, error) bool) {
		for _, one := range accession.Refused(s.Known.Sheet, s.Known.Found.Problems, s.Late) {
			var wrong []string
			for _, problem := range one.Problems {
				wrong = append(wrong, strings.TrimPrefix(headingOf(say, problem.Column)+"："+problem.Text, "："))
			}
			if !yield(append([]string{strconv.Itoa(one.Line), strings.Join(wrong, "\n")}, one.Cells...), nil) {
				return
			}
		}
	}
	return web.WriteXLSX(w, say.T("documents.import-refused"), heads, rows)
}
