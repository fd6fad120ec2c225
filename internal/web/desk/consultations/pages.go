// Package consultations holds the pages on which the office asks everybody about drafts:
// the list, a consultation with what may be done, the ledger of opinions, and the answer
// to each.
//
// What may be done, by whom and under which article is read from the table of package
// consult. Start at Pages.
package consultations

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// Pages are the pages about consultations.
type Pages struct {
	Kit   *web.Kit
	Desk  *consult.Desk
	Trees org.Trees
	Files deed.Files
	Names interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// Reader reads lists of opinions.
	Reader interface {
		Rows(ctx context.Context, name string, data []byte) ([][]string, error)
	}
}

// Where the lists are, and what everybody sees.
const (
	root       = "/desk/consultations"
	ledgerPath = "/desk/opinions"
	publicPath = "/consultations"
)

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, handle := web.Needs(account.SeeConsultations), web.Needs(account.HandleConsultations)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	both := func(path string, rule web.Rule, ask, do web.Handler, upload bool, shows ...web.Checked) []web.Route {
		post := page("POST", path, rule, do, shows...)
		if upload {
			post.Upload = deed.MaxUpload
		}
		return []web.Route{page("GET", path, rule, ask, shows...), post}
	}
	one, opinion := root+"/{consultation}", ledgerPath+"/{opinion}"
	all := []web.Route{
		page("GET", root, see, p.list, listTemplate),
		page("GET", one, see, p.show, showTemplate),
		page("GET", one+"/files/{file}", see, p.file),
		page("GET", one+"/import/sheet", handle, p.emptySheet),
		page("GET", ledgerPath, see, p.ledger, ledgerTemplate),
		page("POST", ledgerPath+"/named", web.Needs(account.RevealPersonal), p.named, ledgerTemplate),
		page("GET", opinion, see, p.opinion, opinionTemplate),
		page("POST", opinion+"/reveal", web.Needs(account.RevealPersonal), p.reveal, opinionTemplate),
		page("POST", opinion+"/restore", handle, p.restore),
	}
	all = append(all, both(root+"/new", handle, p.askNew, p.add, true, editTemplate)...)
	all = append(all, both(one+"/edit", handle, p.askEdit, p.edit, true, editTemplate)...)
	all = append(all, both(one+"/feedback", handle, p.askFeedback, p.feedback, false, feedbackTemplate)...)
	all = append(all, both(one+"/enter", handle, p.askEnter, p.enter, false, enterTemplate)...)
	all = append(all, both(one+"/import", handle, p.askImport, p.takeIn, true, importTemplate)...)
	all = append(all, both(one+"/handle", handle, p.askHandle, p.handle, false, handleTemplate)...)
	all = append(all, both(one+"/aside", handle, p.askAside, p.aside, false, handleTemplate)...)
	for _, f := range forms() {
		all = append(all, both(one+"/"+f.slug, web.Needs(f.right),
			func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, f) },
			func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, f) }, false, actTemplate)...)
	}
	return all
}

// open opens the consultation of the address.
func (p Pages) open(r *http.Request) (consult.Bench, error) {
	return p.Desk.Open(r.Context(), web.Actor(r), r.PathValue("consultation"))
}

// opened opens it for somebody who has a right over it.
func (p Pages) opened(r *http.Request, act account.Act) (consult.Bench, error) {
	b, err := p.open(r)
	if err != nil {
		return b, err
	}
	return b, p.Desk.May(r.Context(), web.Actor(r), act, b.Consultation.ID)
}

// file hands out a file of a consultation, also before everybody may read it.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	for _, f := range b.Consultation.Files() {
		if f.Hash == r.PathValue("file") {
			return p.taker("").Hand(w, r, deed.File{Hash: f.Hash, Name: f.Name})
		}
	}
	return errs.New(errs.NotFound, "这次意见征集没有这个文件。")
}

// taker takes in files: PDF, pictures, office files (which are zip archives), text.
func (p Pages) taker(only string) deed.Papers {
	return deed.Papers{
		Kit: p.Kit, Files: p.Files, Key: "consultation files sent", Only: only, Single: true, Most: consult.MaxFiles,
		Types: []string{"application/pdf", "image/jpeg", "image/png", "application/zip", "text/plain; charset=utf-8"}, Named: "PDF、JPG、PNG、TXT，或者 docx、xlsx 文件",
	}
}

func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// day gives a day as texts tell it.
func day(say *locale.Catalogue, d calendar.Date) string {
	if say.Lang == locale.English || d.IsZero() {
		return iso(d)
	}
	year, month, n := d.Civil()
	return strconv.Itoa(year) + "年" + strconv.Itoa(int(month)) + "月" + strconv.Itoa(n) + "日"
}

var tones = map[consult.Phase]string{
	consult.Preparing: "grey", consult.Waiting: "blue", consult.Open: "green", consult.Ended: "amber", consult.Overdue: "red",
	consult.Told: "blue", consult.Stopped: "grey", consult.GivenUp: "grey",
}

// state says how a consultation stands, with its tone: in the house by its status, else
// by its days.
func (p Pages) state(say *locale.Catalogue, c consult.Row) (text, tone string) {
	phase := c.Phase(p.Desk.Today())
	switch {
	case phase == consult.Preparing:
		text = say.In(c.Status.Words())
		if c.Status == consult.Approving {
			return text, "amber"
		}
		return text, tones[phase]
	case c.Status == consult.Answering:
		text = say.In(phase.Words()) + " · " + say.In(c.Status.Words())
	default:
		text = say.In(phase.Words())
	}
	return text, tones[phase]
}

// left tells how much time is left: until the last day, or until the feedback is due.
func (p Pages) left(say *locale.Catalogue, c consult.Row, cal *calendar.Calendar) string {
	today := p.Desk.Today()
	switch c.Phase(today) {
	case consult.Open:
		if n := c.DaysLeft(today); n > 1 {
			return say.T("consult.days-left", n)
		}
		return say.T("consult.last-day")
	case consult.Ended:
		if n, err := cal.WorkdaysBetween(today, c.Due); err == nil {
			return say.T("consult.due-in", c.Due.String(), n)
		}
		return say.T("consult.due-on", c.Due.String())
	case consult.Overdue:
		return say.T("consult.was-due", c.Due.String())
	case consult.Waiting:
		return say.T("consult.opens-on", c.From.String())
	case consult.Preparing, consult.Told, consult.Stopped, consult.GivenUp:
	}
	return ""
}

func options(say *locale.Catalogue, from []consult.Choice) []web.Option {
	var all []web.Option
	for _, c := range from {
		all = append(all, web.Option{Value: c.Value, Label: say.In(c.Word)})
	}
	return all
}
