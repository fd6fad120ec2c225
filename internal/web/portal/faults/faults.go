// Package faults holds the pages of 我为政府网站找错: a visitor marks a fault on a page of
// the site and follows what becomes of it by its number. They work without scripts.
//
// Start at Faults.
package faults

import (
	"context"
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/fault"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Paths that others lead to.
const (
	Path       = "/fault"
	FollowPath = "/fault/follow"
)

// Office takes faults and tells what became of them.
type Office interface {
	Report(ctx context.Context, address string, r fault.Report) (fault.Fault, error)
	Follow(ctx context.Context, number string) (fault.Fault, error)
	Way(ctx context.Context, f fault.Fault) ([]fault.Pass, error)
	Tree(ctx context.Context) (*org.Tree, error)
}

// Faults are the pages.
type Faults struct {
	Kit    *web.Kit
	Office Office
	// National is the address where the national platform takes faults of this site; ""
	// for none.
	National func(ctx context.Context) string
}

// Routes gives the pages.
func (p Faults) Routes() []web.Route {
	route := func(method, path string, handle web.Handler, shows web.Checked) web.Route {
		return web.Route{Method: method, Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: []web.Checked{shows}}
	}
	return []web.Route{
		route("GET", Path, p.ask, reportTemplate),
		route("POST", Path, p.report, reportTemplate),
		route("GET", FollowPath, p.follow, followTemplate),
	}
}

// reportData is the form, and the way to the answer of a fault that was reported.
type reportData struct {
	Form, Follow web.Form
	National     string
}

var reportTemplate = web.Define[reportData]("portal/fault_report")

func (p Faults) data(r *http.Request) reportData {
	say := p.Kit.Say(r)
	kinds := web.Field{Kind: web.Radios, Name: "kind", Label: say.T("fault.kind"), Required: true}
	for _, k := range fault.Kinds() {
		kinds.Options = append(kinds.Options, web.Option{Value: k.Value, Label: word(say, k.Word)})
	}
	d := reportData{
		Form: web.Form{Action: Path, Submit: say.T("fault.submit"), Fields: []web.Field{
			{Name: "page", Label: say.T("fault.page"), Hint: say.T("fault.page-hint"), Required: true, MaxLength: fault.MaxPage, Value: r.URL.Query().Get("page")},
			kinds,
			{Kind: web.TextArea, Name: "text", Label: say.T("fault.text"), Hint: say.T("fault.text-hint"), Required: true, MaxLength: fault.MaxText, Rows: 4},
			{Name: "contact", Label: say.T("fault.contact"), Hint: say.T("fault.contact-hint"), MaxLength: 100, Autocomplete: "tel"},
		}},
		Follow: p.followForm(r),
	}
	if p.National != nil {
		d.National = p.National(r.Context())
	}
	return d
}

func word(say *locale.Catalogue, w fault.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

func (p Faults) ask(w http.ResponseWriter, r *http.Request) error {
	return reportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("fault.title"), p.data(r))
}

func (p Faults) report(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	f, err := p.Office.Report(r.Context(), p.Kit.Address(r), fault.Report{Page: values.Get("page"), Kind: values.Get("kind"), Text: values.Get("text"), Contact: values.Get("contact")})
	if err == nil {
		return web.Redirect(w, r, FollowPath+"?"+url.Values{"number": {f.Number}, "new": {"1"}}.Encode())
	}
	data := p.data(r)
	data.Form.Fill(values)
	if !data.Form.Fail(err) {
		return err
	}
	return reportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("fault.title"), data)
}

// followData is what became of a fault.
type followData struct {
	New                            bool
	Number, Page, Kind, Text, On   string
	Due, Outcome, Answer, ClosedOn string
	Organ                          string // that has it
	Way                            []string
	Form                           web.Form
}

var followTemplate = web.Define[followData]("portal/fault_follow")

func (p Faults) followForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Get: true, Action: FollowPath, Submit: say.T("fault.follow"), Fields: []web.Field{
		{Name: "number", Label: say.T("fault.number"), Hint: say.T("fault.number-hint"), Value: r.URL.Query().Get("number"), Required: true, MaxLength: 20, Narrow: true, Autocomplete: "off"},
	}}
}

// follow shows a fault to whoever has its number, which nobody can guess.
func (p Faults) follow(w http.ResponseWriter, r *http.Request) error {
	say, data, status := p.Kit.Say(r), followData{Form: p.followForm(r)}, http.StatusOK
	web.Private(w)
	if number := r.URL.Query().Get("number"); number != "" {
		f, err := p.Office.Follow(r.Context(), number)
		switch {
		case errs.KindOf(err) == errs.NotFound:
			data.Form.Fields[0].Error, status = errs.Public(err), http.StatusNotFound
		case err != nil:
			return err
		default:
			data.Number, data.Page, data.Text, data.On, data.New = f.Number, f.Page, f.Text, f.ReceivedOn.String(), r.URL.Query().Has("new")
			data.Kind, data.Due = word(say, fault.Wording(f.Kind, fault.Kinds())), f.Due.String()
			if err := p.who(r, f, &data); err != nil {
				return err
			}
			if !f.Open() {
				data.Outcome, data.Answer, data.ClosedOn = word(say, fault.Wording(string(f.Outcome), fault.Outcomes())), f.Answer, f.ClosedOn.String()
			}
		}
	}
	return followTemplate.ShowStatus(p.Kit, w, r, status, say.T("fault.follow-title"), data)
}

// who tells which organ has a fault, and how it came there; why is for the house.
func (p Faults) who(r *http.Request, f fault.Fault, data *followData) error {
	tree, err := p.Office.Tree(r.Context())
	if err != nil {
		return err
	}
	data.Organ = tree.Name(f.Organ)
	passes, err := p.Office.Way(r.Context(), f)
	for _, one := range passes {
		data.Way = append(data.Way, p.Kit.Say(r).T("fault.way-public", one.On.String(), tree.Name(one.From), tree.Name(one.To)))
	}
	return err
}
