package letters

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/release"
	"gongkai/internal/rule"
	"gongkai/internal/web"
)

// Files are the pages about files that go out with a reply.
type Files struct {
	Kit    *web.Kit
	Office *release.Office
	Trees  org.Trees
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Routes gives the pages.
func (p Files) Routes() []web.Route {
	see, handle, decide := web.Needs(account.SeeRequests), web.Needs(account.HandleRequests), web.Needs(account.ApproveRequests, account.ClearRequests)
	inside := web.Needs(account.HandleRequests, account.ApproveRequests, account.ClearRequests, account.SignRequests)
	back := web.Needs(account.HandleRequests, account.ApproveRequests, account.ClearRequests)
	route := func(method, path string, rule web.Rule, do web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk/requests/{request}/release" + path, Frame: web.Desk, Rule: rule, Handle: do, Shows: shows}
	}
	upload := route("POST", "/new", handle, p.add, sendTemplate)
	upload.Upload = release.MaxFile + web.MaxForm
	const one = "/{released}"
	return []web.Route{
		route("GET", "", see, p.list, filesTemplate),
		route("GET", "/new", handle, p.askAdd, sendTemplate),
		upload,
		route("GET", "/redactions/docx", see, p.redactionsWord),
		route("GET", "/redactions/pdf", see, p.redactionsPortable),
		route("GET", "/show", handle, p.askOffer, sendTemplate),
		route("POST", "/show", handle, p.offer, sendTemplate),
		route("GET", one, see, p.show, fileTemplate),
		route("POST", one+"/ask", handle, p.askToShow),
		route("GET", one+"/pass", decide, p.askPass, sendTemplate),
		route("POST", one+"/pass", decide, p.pass, sendTemplate),
		route("GET", one+"/back", back, p.askBack, sendTemplate),
		route("POST", one+"/back", back, p.back, sendTemplate),
		route("GET", one+"/copy", see, p.copy),
		route("GET", one+"/original", inside, p.original),
		route("GET", one+"/pages/{page}", handle, p.page),
		route("GET", one+"/mask", handle, p.askMask, maskTemplate),
		route("POST", one+"/mask", handle, p.mask, maskTemplate),
		route("GET", one+"/waive", handle, p.askWaive, sendTemplate),
		route("POST", one+"/waive", handle, p.waive, sendTemplate),
		route("GET", one+"/agree", decide, p.askAgree, sendTemplate),
		route("POST", one+"/agree", decide, p.agree, sendTemplate),
		route("GET", one+"/remove", handle, p.askRemove, sendTemplate),
		route("POST", one+"/remove", handle, p.remove, sendTemplate),
	}
}

// filesData is the files of a request.
type filesData struct {
	Request  foi.Request
	Back     string
	List     web.List
	Open     int // findings that keep the reply
	Redacted bool
	NoAdd    string    // why a file cannot be put on the list now
	Public   *web.List // of those that are, or were, for everybody; nil where there can be none
}

var filesTemplate = web.Define[filesData]("desk/letter_files")

func filesPath(r foi.Request) string { return pathOf(r) + "/release" }

func (p Files) list(w http.ResponseWriter, r *http.Request) error {
	request, files, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	title := say.T("letters.files-of", request.Number)
	data := filesData{Request: request, Back: pathOf(request), List: web.List{
		Caption: title, Path: filesPath(request), Total: len(files), Query: paging.Query{Size: len(files) + 1}, Export: true,
		Columns: []web.Column{{Label: say.T("letters.file")}, {Label: say.T("letters.format"), Narrow: true}, {Label: say.T("letters.state")}, {Label: say.T("letters.taken-out"), Number: true}, {Label: say.T("letters.added"), Narrow: true}},
		Empty:   web.Empty{Title: say.T("letters.no-files"), Text: say.T("letters.no-files-text")},
	}}
	switch err := p.Office.MayAdd(r.Context(), web.Actor(r), request.ID); {
	case errs.KindOf(err) == errs.Conflict:
		data.NoAdd = errs.Public(err)
		data.List.Empty.Text = data.NoAdd
	case err == nil:
		add := web.Action{Label: say.T("letters.add-file"), Path: filesPath(request) + "/new", Primary: true}
		data.List.Actions, data.List.Empty.Action = []web.Action{add}, &add
	}
	if data.Public, err = p.public(r, request); err != nil {
		return err
	}
	var rows [][]string
	for _, f := range files {
		data.Open += f.Open
		data.Redacted = data.Redacted || len(f.Redactions) > 0
		state, tone := fileState(say, f)
		cells := []string{f.Name, string(f.Kind), state, say.T("letters.n-places", redacted(f.File)), clockText(f.AddedAt)}
		rows = append(rows, cells)
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: cells[0], Link: filesPath(request) + "/" + f.ID}, {Text: cells[1]}, {Text: cells[2], Badge: tone}, {Text: cells[3]}, {Text: cells[4]},
		}})
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, title, []string{say.T("letters.file"), say.T("letters.format"), say.T("letters.state"), say.T("letters.taken-out"), say.T("letters.added")}, func(yield func([]string, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		})
	}
	return filesTemplate.Show(p.Kit, w, r, title, data)
}

func redacted(f release.File) (n int) {
	for _, x := range f.Redactions {
		n += x.Count
	}
	return n
}

// fileState tells whether a file may go out.
func fileState(say *locale.Catalogue, f release.Checked) (text, tone string) {
	if f.Open > 0 {
		return say.T("letters.open", f.Open), "red"
	}
	return say.T("letters.may-go"), "green"
}

// handles tells with nil whether the person handles the requests of the organ.
func (p Files) handles(r *http.Request, request foi.Request) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	return web.Actor(r).May(account.HandleRequests, request.Organ, tree)
}

// fileData is one file with what was found in it.
type fileData struct {
	File      release.Checked
	Path      string
	Back      string
	State     string
	Tone      string
	Findings  []foundRow
	Cuts      []cutRow
	MayMask   bool
	MayWaive  bool
	MayAgree  bool
	MayRemove bool
	Inside    bool // may have the original
	Waiting   bool // somebody must decide
	Showing   *showing
}

// foundRow is a finding as the page has it.
type foundRow struct {
	Severity, Tone             string
	Message, Place, Actual     string
	Fix, Cite, Inside, Waiver  string
	Passed, Asked, Information bool
}

// cutRow is what was taken out.
type cutRow struct {
	What, Where, Why string
	Count            int
}

var fileTemplate = web.Define[fileData]("desk/letter_file")

func (p Files) show(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.load(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	data := fileData{File: f, Path: filesPath(request) + "/" + f.ID, Back: filesPath(request)}
	data.State, data.Tone = fileState(say, f)
	if data.Findings, err = p.found(r, f); err != nil {
		return err
	}
	for _, x := range f.Redactions {
		g, _ := release.GroundOf(x.Why)
		data.Cuts = append(data.Cuts, cutRow{x.What, x.Where, groundWord(say, g), x.Count})
	}
	for _, found := range data.Findings {
		data.Waiting = data.Waiting || found.Asked && !found.Passed
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	may := func(act account.Act) bool { return web.Actor(r).May(act, request.Organ, tree) == nil }
	changeable := request.Status == foi.Handling || request.Status == foi.Lapsed
	if f.Show != nil {
		changeable = f.Show.Step() == release.Prepared
		if data.Showing, err = p.showingOf(r, f, may); err != nil {
			return err
		}
	}
	changes := changeable && may(account.HandleRequests)
	data.MayRemove = changes && f.Show == nil // else it is given up, which is on record
	data.MayMask = changes && f.Maskable
	data.MayWaive = changes && f.Open > 0
	data.MayAgree = data.Waiting && (may(account.ApproveRequests) || may(account.ClearRequests))
	data.Inside = f.OriginalGone.IsZero() && (may(account.HandleRequests) || may(account.ApproveRequests) || may(account.ClearRequests) || may(account.SignRequests))
	return fileTemplate.Show(p.Kit, w, r, f.Name, data)
}

func (p Files) load(r *http.Request) (foi.Request, release.Checked, error) {
	return p.Office.One(r.Context(), web.Actor(r), r.PathValue("request"), r.PathValue("released"))
}

// found puts findings into words.
func (p Files) found(r *http.Request, f release.Checked) ([]foundRow, error) {
	say := p.Kit.Say(r)
	var ids []string
	for _, w := range f.Waivers {
		ids = append(ids, w.By, w.AgreedBy)
	}
	names, err := p.Names.Names(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var all []foundRow
	for _, x := range f.Findings {
		row := foundRow{Message: x.Message, Place: x.Place.String(), Actual: x.Actual, Fix: x.Fix, Cite: x.Cite, Inside: x.Inside, Passed: x.Passed()}
		row.Severity, row.Tone = severity(say, x.Severity)
		row.Information = !x.Blocks
		if w := x.Waiver; w != nil {
			row.Asked = true
			row.Waiver = say.T("letters.waiver-asked", names[w.By], w.Reason)
			if w.AgreedBy != "" {
				row.Waiver = say.T("letters.waiver-agreed", names[w.By], w.Reason, names[w.AgreedBy], clockText(w.AgreedAt))
			}
		}
		all = append(all, row)
	}
	return all, nil
}

func severity(say *locale.Catalogue, s rule.Severity) (text, tone string) {
	switch s {
	case rule.Error:
		return say.T("letters.must-not"), "red"
	case rule.Warning:
		return say.T("letters.must-look"), "amber"
	case rule.Info:
	}
	return say.T("letters.hint"), "grey"
}

func groundWord(say *locale.Catalogue, g release.Ground) string {
	if say.Lang == locale.English {
		return g.English + " (" + g.Cite + ")"
	}
	return g.Chinese + "（" + g.Cite + "）"
}

func (p Files) copy(w http.ResponseWriter, r *http.Request) error     { return p.bytes(w, r, false) }
func (p Files) original(w http.ResponseWriter, r *http.Request) error { return p.bytes(w, r, true) }

func (p Files) bytes(w http.ResponseWriter, r *http.Request, original bool) error {
	name, data, err := p.Office.Bytes(r.Context(), web.Actor(r), r.PathValue("request"), r.PathValue("released"), original)
	if err != nil {
		return err
	}
	return attach(w, name, "application/octet-stream", data) // opened by nobody's browser
}

func (p Files) redactionsWord(w http.ResponseWriter, r *http.Request) error {
	return p.redactions(w, r, letter.Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
}

func (p Files) redactionsPortable(w http.ResponseWriter, r *http.Request) error {
	return p.redactions(w, r, letter.Portable, "application/pdf")
}

func (p Files) redactions(w http.ResponseWriter, r *http.Request, format, media string) error {
	request, d, err := p.Office.Redactions(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	data, err := letter.Bytes(d, format)
	if err != nil {
		return err
	}
	return attach(w, d.Title+" "+request.Number+"."+format, media, data)
}

// form shows a short form again with what is wrong.
func (p Files) form(w http.ResponseWriter, r *http.Request, title, text string, f web.Form, typed url.Values, wrong error) error {
	if typed != nil {
		f.Fill(typed)
	}
	status := http.StatusOK
	if wrong != nil {
		if !f.Fail(wrong) {
			return wrong
		}
		status = http.StatusUnprocessableEntity
	}
	return sendTemplate.ShowStatus(p.Kit, w, r, status, title, sendData{text, f})
}

func (p Files) askAdd(w http.ResponseWriter, r *http.Request) error { return p.showAdd(w, r, nil) }

func (p Files) showAdd(w http.ResponseWriter, r *http.Request, wrong error) error {
	request, _, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err == nil {
		err = p.Office.MayAdd(r.Context(), web.Actor(r), request.ID)
	}
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.form(w, r, say.T("letters.add-file"), say.T("letters.add-text"), web.Form{
		Submit: say.T("letters.upload"), Cancel: filesPath(request), Upload: true,
		Fields: []web.Field{{Kind: web.File, Name: "file", Label: say.T("letters.file"), Hint: say.T("letters.file-hint", release.MaxFile>>20), Required: true}},
	}, nil, wrong)
}

func (p Files) add(w http.ResponseWriter, r *http.Request) error {
	request, _, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err == nil {
		err = p.handles(r, request)
	}
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	file, head, err := r.FormFile("file")
	if err != nil {
		sentence := "请选择文件。"
		return p.showAdd(w, r, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "file", Public: sentence}}})
	}
	defer func() { _ = file.Close() }()
	id, err := p.Office.Add(r.Context(), web.Actor(r), request.ID, head.Filename, file)
	if err != nil {
		return p.showAdd(w, r, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.file-added"))
	return web.Redirect(w, r, filesPath(request)+"/"+id)
}
