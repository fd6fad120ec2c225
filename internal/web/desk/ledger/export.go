package ledger

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual/compute"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// exportData asks which ledger goes out.
type exportData struct {
	Form     web.Form
	MayBring bool
}

var exportTemplate = web.Define[exportData]("desk/ledger_export")

func (p Pages) exportRoutes() []web.Route {
	see := paged(web.Needs(account.SeeRequests))
	return []web.Route{
		see("GET", "/requests/ledger", p.askExport, exportTemplate),
		see("POST", "/requests/ledger", p.export, exportTemplate),
	}
}

func (p Pages) exportForm(r *http.Request) (web.Form, error) {
	say, today, actor := p.Kit.Say(r), p.Desk.Today(), web.Actor(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	year := yearField(say, compute.FirstYear, today.Year(), today.Year())
	year.Beside = false
	year.Options = append(year.Options, web.Option{Value: "0", Label: say.T("ledger.all-years")})
	form := web.Form{Submit: say.T("ledger.export"), Cancel: "/desk/requests", Fields: []web.Field{
		{Kind: web.Select, Name: "organ", Label: say.T("ledger.organ"), Options: choice.Organs(tree, actor.Where(account.SeeRequests)), Value: r.URL.Query().Get("organ"), Required: true}, year,
	}}
	if actor.Can(account.RevealPersonal) {
		form.Fields = append(form.Fields,
			web.Field{Kind: web.Check, Name: "whole", Label: say.T("ledger.whole"), Hint: say.T("ledger.whole-hint")},
			web.Field{Name: "reason", Label: say.T("ledger.reason"), Hint: say.T("ledger.reason-hint"), MaxLength: 200},
		)
	}
	return form, nil
}

func (p Pages) askExport(w http.ResponseWriter, r *http.Request) error {
	form, err := p.exportForm(r)
	if err != nil {
		return err
	}
	return exportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("ledger.export-ledger"), exportData{form, web.Actor(r).Can(account.HandleRequests)})
}

// export sends the ledger in the columns in which it comes in.
func (p Pages) export(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	reason := ""
	if values.Get("whole") != "" {
		if reason = strings.TrimSpace(values.Get("reason")); reason == "" {
			reason = " " // what is no reason is refused below
		}
	}
	name, err := p.sendLedger(w, r, values.Get("organ"), year(values.Get("year")), reason)
	if err == nil {
		return nil
	}
	form, formErr := p.exportForm(r)
	if form.Fill(values); formErr != nil || !form.Fail(err) {
		return err
	}
	return exportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), name, exportData{form, web.Actor(r).Can(account.HandleRequests)})
}

func (p Pages) sendLedger(w http.ResponseWriter, r *http.Request, organ string, year int, reason string) (title string, err error) {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	title = say.T("ledger.export-ledger")
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return title, err
	}
	people := map[string]string{"": ""}
	rows := func(yield func([]string, error) bool) {
		stopped := false
		err := p.Desk.Export(ctx, actor, organ, year, reason, p.Opens, func(e foi.Exported) error {
			if err := p.know(r, people, e.Handler); err != nil {
				return err
			}
			if stopped = !yield(sheet.Row(e, people), nil); stopped {
				return errStop
			}
			return nil
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
	return title, web.WriteXLSX(w, say.T("ledger.sheet-of", tree.Name(organ)), sheet.Headings(), rows)
}

// errStop ends a walk whose reader has gone away.
var errStop = errors.New("ledger: nobody reads on")

// year reads a year off a form; 0 is all of them.
func year(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// know looks up a handler's name, each once.
func (p Pages) know(r *http.Request, people map[string]string, id string) error {
	if _, known := people[id]; known {
		return nil
	}
	names, err := p.Names.Names(r.Context(), []string{id})
	people[id] = names[id]
	return err
}
