package letters

import (
	"context"
	"mime"
	"net/http"
	"strconv"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// Letters are the pages about the letters of a request, and about templates.
type Letters struct {
	Kit    *web.Kit
	Office *letter.Office
	Trees  org.Trees
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Routes gives the pages.
func (p Letters) Routes() []web.Route {
	see, handle, edit := web.Needs(account.SeeRequests), web.Needs(account.HandleRequests), web.Needs(account.EditLetters)
	page := func(method, path string, rule web.Rule, do web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk" + path, Frame: web.Desk, Rule: rule, Handle: do, Shows: shows}
	}
	const of, one, kind = "/requests/{request}/letters", "/requests/{request}/letters/{letter}", "/letters/{kind}"
	return []web.Route{
		page("GET", of, see, p.list, listTemplate),
		page("GET", of+"/new", handle, p.askNew, newTemplate),
		page("POST", of+"/new", handle, p.create, newTemplate),
		page("GET", one, see, p.show, showTemplate),
		page("GET", one+"/docx", see, p.word),
		page("GET", one+"/pdf", see, p.portable),
		page("GET", one+"/versions", see, p.versions, versionsTemplate),
		page("GET", one+"/edit", handle, p.askEdit, editTemplate),
		page("POST", one+"/edit", handle, p.edit, editTemplate),
		page("POST", one+"/preview", handle, p.preview, previewTemplate),
		page("POST", one+"/redraw", handle, p.redraw),
		page("POST", one+"/restore", handle, p.restore),
		page("GET", one+"/send", handle, p.askSend, sendTemplate),
		page("POST", one+"/send", handle, p.send, sendTemplate),
		page("GET", one+"/void", handle, p.askVoid, sendTemplate),
		page("POST", one+"/void", handle, p.void, sendTemplate),
		page("GET", "/letters", see, p.templates, templatesTemplate),
		page("GET", "/letters/register", see, p.register, registerTemplate),
		page("GET", kind, see, p.template, templateTemplate),
		page("GET", kind+"/edit", edit, p.askTemplate, editTemplate),
		page("POST", kind+"/edit", edit, p.saveTemplate, editTemplate),
		page("POST", kind+"/preview", edit, p.previewTemplate, previewTemplate),
		page("GET", kind+"/reset", edit, p.askReset, sendTemplate),
		page("POST", kind+"/reset", edit, p.reset, sendTemplate),
		page("POST", kind+"/restore", edit, p.restoreTemplate),
	}
}

// listData is the letters of a request.
type listData struct {
	Request foi.Request
	Back    string // the request's page
	List    web.List
}

var listTemplate = web.Define[listData]("desk/letter_list")

func (p Letters) list(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	request, papers, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	path := pathOf(request)
	title := say.T("letters.of", request.Number)
	if web.Format(r) == "xlsx" {
		return p.export(w, r, title, papers)
	}
	l := web.List{
		Caption: title, Path: path + "/letters", Total: len(papers), Query: paging.Query{Size: len(papers) + 1}, Export: true,
		Columns: []web.Column{{Label: say.T("letters.letter")}, {Label: say.T("letters.to"), Narrow: true}, {Label: say.T("letters.number")}, {Label: say.T("letters.on"), Narrow: true}, {Label: say.T("letters.state")}},
		Empty:   web.Empty{Title: say.T("letters.none"), Text: say.T("letters.none-text")},
	}
	if p.mayHandle(r, request) == nil {
		l.Actions = []web.Action{{Label: say.T("letters.write"), Path: path + "/letters/new"}}
	}
	for _, paper := range papers {
		note, void := noteOf(say, paper, request), paper.State == foi.PaperVoid
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: paper.Title, Link: path + "/letters/" + paper.ID, Note: note, Struck: void},
			{Text: audience(say, paper)},
			{Text: paper.Number, Struck: void},
			{Text: paper.On.String()},
			{Text: stateWord(say, paper), Badge: tone(paper.State)},
		}})
	}
	return listTemplate.Show(p.Kit, w, r, title, listData{request, path, l})
}

func (p Letters) export(w http.ResponseWriter, r *http.Request, title string, papers []foi.Paper) error {
	say := p.Kit.Say(r)
	heads := []string{say.T("letters.letter"), say.T("letters.to"), say.T("letters.number"), say.T("letters.on"), say.T("letters.state"), say.T("letters.sent-on"), say.T("letters.void-why")}
	return web.WriteXLSX(w, title, heads, func(yield func([]string, error) bool) {
		for _, l := range papers {
			if !yield([]string{l.Title, audience(say, l), l.Number, l.On.String(), stateWord(say, l), l.SentOn.String(), say.In(letter.VoidWord(l))}, nil) {
				return
			}
		}
	})
}

// pathOf is the page of a request.
func pathOf(r foi.Request) string { return "/desk/requests/" + r.ID }

func audience(say *locale.Catalogue, p foi.Paper) string {
	switch letter.AudienceOf(p.Kind) {
	case letter.ToConsulted:
		if p.To != "" {
			return p.To
		}
		return say.T("letters.third")
	case letter.ToNobody:
		return say.T("letters.inside")
	}
	return say.T("letters.applicant")
}

func stateWord(say *locale.Catalogue, p foi.Paper) string {
	s := p.State
	if p.Reply() && s == foi.PaperDraft {
		return say.T("letters.under-review")
	}
	return say.In(s.Words())
}

// noteOf says under a letter what keeps it, or why it is void.
func noteOf(say *locale.Catalogue, p foi.Paper, r foi.Request) string {
	lacking := len(letter.Lacking(p))
	switch moot := say.In(letter.MootWord(p, r)); {
	case p.State == foi.PaperVoid:
		return say.In(letter.VoidWord(p))
	case moot != "":
		return say.T("letters.moot-note", moot)
	case lacking > 0 && p.State == foi.PaperDraft:
		return say.T("letters.lacks", lacking)
	}
	return ""
}

func tone(s foi.PaperState) string {
	return map[foi.PaperState]string{foi.PaperDraft: "amber", foi.PaperFinal: "blue", foi.PaperSent: "green", foi.PaperVoid: "grey"}[s]
}

// who names those who wrote something; what is no person is the program.
func (p Letters) who(r *http.Request, ids []string) (func(id string) string, error) {
	names, err := p.Names.Names(r.Context(), ids)
	say := p.Kit.Say(r)
	return func(id string) string {
		switch name, ok := names[id]; {
		case ok:
			return name
		case id == event.Public:
			return say.T("letters.applicant")
		}
		return say.T("letters.program")
	}, err
}

func clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Shanghai).Format("2006-01-02 15:04")
}

func (p Letters) word(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, letter.Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
}

func (p Letters) portable(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, letter.Portable, "application/pdf")
}

func (p Letters) file(w http.ResponseWriter, r *http.Request, format, media string) error {
	name, data, err := p.Office.File(r.Context(), web.Actor(r), r.PathValue("request"), r.PathValue("letter"), format)
	if err != nil {
		return err
	}
	return attach(w, name, media, data)
}

// attach sends a file to be kept.
func attach(w http.ResponseWriter, name, media string, data []byte) error {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, err := w.Write(data)
	return err
}

// mayHandle tells with nil whether the person handles the requests of the organ.
func (p Letters) mayHandle(r *http.Request, request foi.Request) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	return web.Actor(r).May(account.HandleRequests, request.Organ, tree)
}
