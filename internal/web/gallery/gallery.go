// Package gallery shows every part that pages are put together from, with
// invented data: people who build pages look here, and the browser tests look at
// it for them (screenshots, axe-core, keyboard). It is served by the demo only.
//
// Start at Gallery.
package gallery

import (
	"html/template"
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// Path is where the page is, in the frame of the portal; DeskPath is the same in
// the frame of the desk, for those who have signed in.
const (
	Path     = "/demo/components"
	DeskPath = "/demo/components/desk"
)

// Gallery is the page of all parts.
type Gallery struct{ Kit *web.Kit }

// Routes gives the page in both frames, with its form.
func (g Gallery) Routes() []web.Route {
	at := func(method, path string, frame web.Frame, rule web.Rule, handle web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Frame: frame, Rule: rule, Handle: handle, Shows: []web.Checked{page}, Upload: 10 << 20}
	}
	return []web.Route{
		at("GET", Path, web.Portal, web.Public(), g.show),
		at("POST", Path, web.Portal, web.Public(), g.submit),
		at("GET", DeskPath, web.Desk, web.SignedIn(), g.show),
		at("POST", DeskPath, web.Desk, web.SignedIn(), g.submit),
	}
}

type data struct {
	Tabs  []web.NavLink
	Clock web.Clock
	Steps []step
	Rows  []row
	Marks []web.Piece
	QR    template.URL
	Form  web.Form
	List  web.List
	Empty web.List
}

// step is a line of the timeline.
type step struct{ Time, Text, Note, Tone string }

// row is a line of the table with sums.
type row struct {
	Name                  string
	People, Bodies, Total int
}

var page = web.Define[data]("gallery/components")

func (g Gallery) show(w http.ResponseWriter, r *http.Request) error {
	if web.Format(r) == "xlsx" {
		return g.export(w, r)
	}
	return g.page(w, r, http.StatusOK, g.form(r))
}

func (g Gallery) page(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	say := g.Kit.Say(r)
	code, err := web.QR("https://www.example.cn/log/receipt/01JD0000000000000000000000")
	if err != nil {
		return err
	}
	return page.ShowStatus(g.Kit, w, r, status, say.T("gallery.title"), data{
		Tabs:  []web.NavLink{{Path: Path, Label: say.T("frame.platform"), Here: r.URL.Path == Path}, {Path: DeskPath, Label: say.T("frame.desk"), Here: r.URL.Path == DeskPath}},
		Clock: clock(),
		Steps: []step{
			{"2026-09-22 09:12", say.T("gallery.step-received"), "条例§31.2", "green"},
			{"2026-09-24 16:40", say.T("gallery.step-asked"), "条例§32", "amber"},
			{"2026-10-13 10:03", say.T("gallery.step-answered"), "", ""},
			{"2026-11-06", say.T("gallery.step-due"), "条例§33.2", "todo"},
		},
		Rows:  []row{{say.T("gallery.row-new"), 41, 6, 47}, {say.T("gallery.row-carried"), 3, 0, 3}},
		Marks: web.Mark(say.T("gallery.sample"), web.Terms(say.T("gallery.sample-word"))),
		QR:    code,
		Form:  form,
		List:  g.list(r),
		Empty: web.List{
			Caption: say.T("gallery.empty"), Path: r.URL.Path, Columns: g.columns(r),
			Empty: web.Empty{Title: say.T("gallery.none"), Text: say.T("gallery.none-text"), Action: &web.Action{Label: say.T("gallery.add"), Path: r.URL.Path, Primary: true}},
		},
	})
}

// form has every kind of field.
func (g Gallery) form(r *http.Request) web.Form {
	say := g.Kit.Say(r)
	options := []web.Option{
		{Value: "mail", Label: say.T("gallery.by-mail"), Hint: say.T("gallery.by-mail-hint")},
		{Value: "post", Label: say.T("gallery.by-post")},
		{Value: "here", Label: say.T("gallery.in-person")},
	}
	return web.Form{
		Submit: say.T("gallery.send"), Cancel: r.URL.Path, Upload: true,
		Fields: []web.Field{
			{Name: "name", Label: say.T("gallery.name"), Hint: say.T("gallery.name-hint"), Required: true, Autocomplete: "name", MaxLength: 40},
			{Kind: web.Tel, Name: "phone", Label: say.T("gallery.phone"), Hint: say.T("gallery.phone-hint"), Required: true, Narrow: true, Autocomplete: "tel"},
			{Kind: web.Email, Name: "email", Label: say.T("gallery.email"), Autocomplete: "email"},
			{Kind: web.Section, Name: "how", Label: say.T("gallery.how")},
			{Kind: web.Radios, Name: "way", Label: say.T("gallery.way"), Options: options, Value: "mail", Required: true},
			{Kind: web.Checks, Name: "forms", Label: say.T("gallery.forms"), Options: options[:2]},
			{Kind: web.Select, Name: "organ", Label: say.T("gallery.organ"), Options: []web.Option{{Value: "1", Label: "青川旗政务服务局"}, {Value: "2", Label: "青川旗民政局"}}},
			{Kind: web.Date, Name: "day", Label: say.T("gallery.day"), Narrow: true, Value: "2026-11-22"},
			{Kind: web.Number, Name: "pages", Label: say.T("gallery.pages"), Narrow: true},
			{Kind: web.TimeOfDay, Name: "time", Label: say.T("gallery.time"), Narrow: true},
			{Kind: web.Password, Name: "password", Label: say.T("gallery.password"), Autocomplete: "off"},
			{Kind: web.TextArea, Name: "text", Label: say.T("gallery.text"), Hint: say.T("gallery.text-hint"), Rows: 4, Required: true},
			{Kind: web.File, Name: "file", Label: say.T("gallery.file"), Hint: say.T("gallery.file-hint"), Accept: ".pdf,.jpg,.png"},
			{Kind: web.Check, Name: "agree", Label: say.T("gallery.agree")},
			{Kind: web.Fact, Name: "number", Label: say.T("gallery.number"), Value: "〔2026〕第41号"},
		},
	}
}

// submit keeps nothing: it shows what is wrong, or that all is right.
func (g Gallery) submit(w http.ResponseWriter, r *http.Request) error {
	values, err := g.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	form := g.form(r)
	form.Fill(values)
	var f errs.Fields
	if strings.TrimSpace(values.Get("name")) == "" {
		f.Add("name", "请填写姓名。")
	}
	if n := len(strings.TrimSpace(values.Get("phone"))); n < 7 || n > 20 {
		f.Add("phone", "电话号码的位数不对，请检查，如 0478-3212345 或 13800000000。")
	}
	if strings.TrimSpace(values.Get("text")) == "" {
		f.Add("text", "请写明需要的信息的名称、文号或者其他特征（条例§29.2）。")
	}
	if err := f.Err(); form.Fail(err) {
		return g.page(w, r, web.Status(err), form)
	}
	return web.Redirect(w, r, r.URL.Path+"#list")
}
