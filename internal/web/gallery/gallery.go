// Package gallery shows every part that pages are put together from, with
// invented data: people who build pages look here, and the browser tests look at
// it for them (screenshots, axe-core, keyboard). It is served by the demo only.
//
// Start at Gallery.
package gallery

import (
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// Path is where the page is.
const Path = "/demo/components"

// Gallery is the page of all parts.
type Gallery struct{ Kit *web.Kit }

// Routes gives the page in the frame of the desk, and its form.
func (g Gallery) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: Path, Frame: web.Portal, Rule: web.Public(), Handle: g.show, Shows: []web.Checked{template}},
		{Method: "POST", Path: Path, Frame: web.Portal, Rule: web.Public(), Handle: g.submit, Shows: []web.Checked{template}},
	}
}

type data struct {
	Form  web.Form
	List  web.List
	Empty web.List
	Steps []step
}

// step is a line of the timeline.
type step struct{ Time, Text, Note string }

var template = web.Define[data]("gallery/components")

func (g Gallery) show(w http.ResponseWriter, r *http.Request) error {
	if web.Format(r) == "xlsx" {
		return g.export(w, r)
	}
	return g.page(w, r, http.StatusOK, g.form(r))
}

func (g Gallery) page(w http.ResponseWriter, r *http.Request, status int, form web.Form) error {
	say := g.Kit.Say(r)
	steps := []step{
		{"2026-11-02 09:12", say.T("gallery.step-received"), "条例§31.2"},
		{"2026-11-05 16:40", say.T("gallery.step-asked"), "条例§32"},
		{"2026-11-19 10:03", say.T("gallery.step-answered"), ""},
	}
	none := web.List{
		Caption: say.T("gallery.empty"), Path: Path, Columns: g.columns(r),
		Empty: web.Empty{Title: say.T("gallery.none"), Text: say.T("gallery.none-text"), Action: &web.Action{Label: say.T("gallery.add"), Path: Path, Primary: true}},
	}
	return template.ShowStatus(g.Kit, w, r, status, say.T("gallery.title"), data{form, g.list(r), none, steps})
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
		Submit: say.T("gallery.send"), Cancel: Path, Upload: true,
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
	return web.Redirect(w, r, Path+"#list")
}

// request is a line of the list.
type request struct {
	number, title, organ, due, tone string
	left                            int
}

var organs = []string{"青川旗政务服务局", "青川旗民政局", "青川旗自然资源局", "城关镇人民政府"}

// requests gives invented rows, always the same.
func requests() []request {
	subjects := []string{"征地补偿安置方案", "低保资金发放名册", "道路改造工程招标文件", "学校食堂检查记录", "草原补奖资金分配表", "信访事项办理结果"}
	all := make([]request, 87)
	for i := range all {
		all[i] = request{
			number: fmt.Sprintf("〔2026〕第%d号", i+1), title: subjects[i%len(subjects)], organ: organs[i*7%len(organs)],
			due: fmt.Sprintf("2026-%02d-%02d", 11+i%2, 1+i*5%28), left: i*5%23 - 2,
		}
		switch left := all[i].left; {
		case left < 0:
			all[i].tone = "red"
		case left <= 3:
			all[i].tone = "amber"
		default:
			all[i].tone = "green"
		}
	}
	return all
}

func ask(r *http.Request) (paging.Query, []request) {
	q := web.ReadList(r, []string{"number", "due"}, []string{"organ", "tone"})
	var found []request
	for _, one := range requests() {
		if (q.Words == "" || strings.Contains(one.number+one.title+one.organ, q.Words)) &&
			(q.Filter("organ") == "" || q.Filter("organ") == one.organ) && (q.Filter("tone") == "" || q.Filter("tone") == one.tone) {
			found = append(found, one)
		}
	}
	if q.Sort == "due" {
		slices.SortStableFunc(found, func(a, b request) int { return strings.Compare(a.due, b.due) })
	}
	if q.Desc {
		slices.Reverse(found)
	}
	return q, found
}

func (g Gallery) columns(r *http.Request) []web.Column {
	say := g.Kit.Say(r)
	return []web.Column{
		{Name: "number", Label: say.T("gallery.number"), Narrow: true},
		{Label: say.T("gallery.subject")},
		{Label: say.T("gallery.organ")},
		{Name: "due", Label: say.T("gallery.due"), Narrow: true},
		{Label: say.T("gallery.left"), Number: true},
		{Label: say.T("gallery.state"), Narrow: true},
	}
}

func (g Gallery) list(r *http.Request) web.List {
	say := g.Kit.Say(r)
	q, found := ask(r)
	states := map[string]string{"red": say.T("gallery.overdue"), "amber": say.T("gallery.soon"), "green": say.T("gallery.running")}
	list := web.List{
		Caption: say.T("gallery.list"), Path: Path, Query: q, Total: len(found), Columns: g.columns(r), Search: say.T("gallery.search"), Export: true,
		Filters: []web.Filter{
			{Name: "organ", Label: say.T("gallery.organ")},
			{Name: "tone", Label: say.T("gallery.state"), Options: []web.Option{{Value: "red", Label: states["red"]}, {Value: "amber", Label: states["amber"]}, {Value: "green", Label: states["green"]}}},
		},
		Actions: []web.Action{{Label: say.T("gallery.add"), Path: Path, Primary: true}},
		Empty:   web.Empty{Title: say.T("gallery.none"), Text: say.T("gallery.none-text")},
	}
	for _, name := range organs {
		list.Filters[0].Options = append(list.Filters[0].Options, web.Option{Value: name, Label: name})
	}
	from := min(q.Offset(), len(found))
	for _, one := range found[from:min(from+q.Limit(), len(found))] {
		list.Rows = append(list.Rows, web.Row{Tone: one.tone, Cells: []web.Cell{
			{Text: one.number, Link: Path}, {Text: one.title}, {Text: one.organ}, {Text: one.due}, {Text: fmt.Sprint(one.left)}, {Text: states[one.tone], Badge: one.tone},
		}})
	}
	return list
}

func (g Gallery) export(w http.ResponseWriter, r *http.Request) error {
	_, found := ask(r)
	var heads []string
	for _, c := range g.columns(r)[:5] {
		heads = append(heads, c.Label)
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		for _, one := range found {
			if !yield([]string{one.number, one.title, one.organ, one.due, fmt.Sprint(one.left)}, nil) {
				return
			}
		}
	}
	return web.WriteXLSX(w, g.Kit.Say(r).T("gallery.list"), heads, rows)
}
