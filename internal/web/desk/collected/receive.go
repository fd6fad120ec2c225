package collected

import (
	"io"
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// receiveData is the page on which files are brought, and what became of them.
type receiveData struct {
	Form     web.Form
	Outcomes *outcomes // of files that were read at once; nil for none
	Latest   []latest
}

// outcomes are what became of files, with the words of their table.
type outcomes struct {
	Caption, File, Organ, Outcome string
	All                           []outcome
}

// outcome is what became of a file.
type outcome struct {
	Name, Organ, Path, Text, Tone string
	Says                          string // in a word
}

func outcomesOf(say *locale.Catalogue, caption string, all []outcome) *outcomes {
	if len(all) == 0 {
		return nil
	}
	return &outcomes{caption, say.T("collected.file"), say.T("reports.organ"), say.T("collected.outcome"), all}
}

var receiveTemplate = web.Define[receiveData]("desk/collected_receive")

func (p Pages) receiveForm(r *http.Request) (web.Form, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	f := web.Form{Upload: true, Submit: say.T("collected.receive"), Cancel: Path}
	places := web.Actor(r).Where(account.CollectReports)
	keeper := web.Field{Kind: web.Select, Name: "organ", Label: say.T("collected.keeper"), Required: true}
	for _, place := range places {
		keeper.Options = append(keeper.Options, web.Option{Value: place.Organ, Label: tree.Name(place.Organ)})
	}
	if len(places) == 1 {
		keeper = web.Field{Kind: web.Hidden, Name: "organ", Value: places[0].Organ}
	}
	f.Fields = []web.Field{keeper, {Kind: web.File, Name: "files", Label: say.T("collected.files"), Hint: say.T("collected.files-hint"), Accept: ".docx,.doc,.wps,.pdf,.html,.htm,.mht,.xlsx,.txt,.zip", Multiple: true, Required: true}}
	return f, nil
}

func (p Pages) askReceive(w http.ResponseWriter, r *http.Request) error {
	f, err := p.receiveForm(r)
	if err != nil {
		return err
	}
	data := receiveData{Form: f}
	if data.Latest, err = p.latest(r); err != nil {
		return err
	}
	return receiveTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("collected.receive-title"), data)
}

// receive takes files in. Many are left to a job; a single small one is read at once.
func (p Pages) receive(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	f, err := p.receiveForm(r)
	if err != nil {
		return err
	}
	data := receiveData{Form: f}
	data.Form.Fill(typed)
	papers, err := papersOf(r, "files")
	if err == nil && len(papers) == 0 {
		err = &errs.Error{Kind: errs.Invalid, Public: "请选择文件。", Fields: errs.Fields{{Name: "files", Public: "请选择文件。"}}}
	}
	if judged := p.may(r, typed.Get("organ")); judged != nil {
		return judged
	}
	if err == nil && collect.Many(papers) {
		id, failed := p.Desk.Bring(r.Context(), actor, typed.Get("organ"), papers)
		if err = failed; err == nil {
			return web.Redirect(w, r, batchPath+id)
		}
	}
	var all []collect.Outcome
	if err == nil {
		all, err = p.Desk.Receive(r.Context(), actor, typed.Get("organ"), papers)
	}
	if err != nil {
		if !data.Form.Fail(err) {
			return err
		}
		return receiveTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("collected.receive-title"), data)
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	var lines []outcome
	taken := 0
	for _, o := range all {
		fate := collect.Fate{Name: o.Name, Received: o.Report.ID, Organ: o.Report.Organ, Year: o.Report.Year, Version: o.Report.Version, Doubts: o.Doubts, Why: o.Report.Why}
		if o.Err != nil {
			fate = collect.Fate{Name: o.Name, Why: errs.Public(o.Err)}
		} else {
			taken++
		}
		lines = append(lines, outcomeOf(say, tree, fate))
	}
	data.Outcomes = outcomesOf(say, say.T("collected.outcomes", taken, len(lines)), lines)
	return receiveTemplate.Show(p.Kit, w, r, say.T("collected.receive-title"), data)
}

// may judges the right to receive for an organ before anything was read.
func (p Pages) may(r *http.Request, organ string) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	return web.Actor(r).May(account.CollectReports, organ, tree)
}

// papersOf reads the files of a field.
func papersOf(r *http.Request, field string) ([]collect.Paper, error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	var all []collect.Paper
	for _, head := range r.MultipartForm.File[field] {
		if head.Size == 0 && head.Filename == "" {
			continue
		}
		f, err := head.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(f)
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return nil, err
		}
		all = append(all, collect.Paper{Name: fileName(head.Filename), Data: data})
	}
	return all, nil
}

// waitingData are files whose organ or year must be said.
type waitingData struct{ List web.List }

var waitingTemplate = web.Define[waitingData]("desk/collected_waiting")

func (p Pages) waiting(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	q := web.ReadList(r, nil, nil)
	fetch := func(q paging.Query) (paging.Page[collect.Received], error) {
		return p.Desk.Waiting(r.Context(), web.Actor(r), q)
	}
	heads := []string{say.T("collected.file"), say.T("collected.named"), say.T("reports.year"), say.T("collected.arrived"), say.T("collected.why-waits")}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("collected.waiting"), heads, web.EveryPage(q, fetch, func(f collect.Received) []string {
			return []string{fileOf(f), f.Named, yearText(f.Year), f.On.String(), f.Why}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	l := web.List{
		Caption: say.T("collected.waiting"), Path: waitingPath, Query: q, Total: page.Total, AtLeast: page.AtLeast, Search: say.T("collected.file"), Export: true,
		Empty: web.Empty{Title: say.T("collected.none-waits"), Text: say.T("collected.none-waits-text"), Action: &web.Action{Label: say.T("collected.receive"), Path: receivePath}},
	}
	for _, h := range heads {
		l.Columns = append(l.Columns, web.Column{Label: h})
	}
	for _, f := range page.Rows {
		l.Rows = append(l.Rows, web.Row{Tone: "amber", Cells: []web.Cell{{Text: fileOf(f), Link: receivedPath + f.ID}, {Text: f.Named}, {Text: yearText(f.Year)}, {Text: f.On.String()}, {Text: f.Why}}})
	}
	return waitingTemplate.Show(p.Kit, w, r, say.T("collected.waiting"), waitingData{l})
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return count(year)
}

func fileOf(r collect.Received) string {
	if len(r.Files) == 0 {
		return ""
	}
	return r.Files[0].Name
}

// organs are those to choose from, those that may be meant first.
func (p Pages) organs(r *http.Request, near []web.Option) ([]web.Option, error) {
	tree, err := p.Trees.Tree(r.Context())
	return append(near, choice.Organs(tree, web.Actor(r).Where(account.CollectReports))...), err
}
