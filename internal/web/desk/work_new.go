package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/work"
)

// workNewData is work as it is handed out: first which organ, then what, and
// before it is done the last day with its explanation.
type workNewData struct {
	Organs *web.Form // asks for the organ, where there are several
	Organ  string
	Form   *web.Form
	Due    string // the last day that is to be confirmed; "" before it is asked
	Left   string
	Steps  []course.Line
}

var workNewTemplate = web.Define[workNewData]("desk/work_new")

func (p Work) askNew(w http.ResponseWriter, r *http.Request) error {
	data, err := p.newData(r, r.URL.Query().Get("organ"))
	if err != nil {
		return err
	}
	return workNewTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("work.assign"), data)
}

// assign shows the last day first, and hands the work out when the form comes
// back with the day that was shown.
func (p Work) assign(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data, err := p.newData(r, values.Get("organ"))
	if err != nil {
		return err
	}
	if data.Form == nil {
		return workNewTemplate.ShowStatus(p.Kit, w, r, http.StatusUnprocessableEntity, say.T("work.assign"), data)
	}
	data.Form.Fill(values)
	seen := field(data.Form, "seen")
	seen.Value = ""
	draft, err := readDraft(values)
	var preview work.Preview
	if err == nil {
		preview, err = p.Office.Preview(r.Context(), web.Actor(r), draft)
	}
	if err == nil && preview.Due.String() == values.Get("seen") {
		i, err := p.Office.Assign(r.Context(), web.Actor(r), draft)
		if err != nil {
			return err
		}
		return p.Kit.Done(w, r, "/desk/work/"+i.ID, say.T("work.assigned", i.Due.String()))
	}
	if err != nil {
		if data.Form.Fail(err) {
			return workNewTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("work.assign"), data)
		}
		return err
	}
	cal, err := p.Office.CalendarOf(r.Context(), values.Get("organ"))
	if err != nil {
		return err
	}
	seen.Value, data.Due = preview.Due.String(), preview.Due.String()
	data.Left = course.Left(say, work.Until(cal, p.Office.Today(), preview.Due, 0), preview.Due)
	data.Steps = course.Lines(say, preview.Steps)
	data.Form.Submit = say.T("work.confirm")
	return workNewTemplate.Show(p.Kit, w, r, say.T("work.assign"), data)
}

func field(f *web.Form, name string) *web.Field {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return &f.Fields[i]
		}
	}
	return &web.Field{}
}

// readDraft reads the form; what is no number or day is told beside its field.
func readDraft(v url.Values) (work.Draft, error) {
	d := work.Draft{Organ: v.Get("organ"), Title: v.Get("title"), Note: v.Get("note"), Task: work.Task(v.Get("task"))}
	var f errs.Fields
	var err error
	if d.For, err = work.ParseHolder(v.Get("for")); err != nil {
		f.Add("for", "%s", errs.Public(err))
	}
	if text := strings.TrimSpace(v.Get("workdays")); text != "" {
		if d.Workdays, err = strconv.Atoi(text); err != nil || d.Workdays == 0 {
			f.Add("workdays", "工作日数请写1到%d之间的整数。", work.MaxWorkdays)
		}
	}
	if text := strings.TrimSpace(v.Get("due")); text != "" {
		if d.Due, err = calendar.ParseDate(text); err != nil {
			f.Add("due", "%s", errs.Public(err))
		}
	}
	return d, f.Err()
}

func (p Work) newData(r *http.Request, organ string) (workNewData, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return workNewData{}, err
	}
	options := choice.Organs(tree, web.Actor(r).Where(account.AssignWork))
	if organ == "" && len(options) == 1 {
		organ = options[0].Value
	}
	var data workNewData
	if len(options) > 1 {
		data.Organs = &web.Form{Get: true, Submit: say.T("work.choose"), Fields: []web.Field{
			{Kind: web.Select, Name: "organ", Label: say.T("work.organ"), Hint: say.T("work.organ-hint"), Options: options, Value: organ, Required: true},
		}}
	}
	if organ == "" {
		return data, nil
	}
	if err := p.Office.MayAssign(r.Context(), web.Actor(r), organ); err != nil {
		return data, err
	}
	colleagues, err := p.Office.Colleagues(r.Context(), web.Actor(r), organ)
	if err != nil {
		return data, err
	}
	data.Organ = tree.Name(organ)
	if len(colleagues) == 0 {
		return data, nil
	}
	data.Form = &web.Form{Submit: say.T("work.preview"), Cancel: "/desk/work", Action: "/desk/work/new", Fields: []web.Field{
		{Kind: web.Hidden, Name: "organ", Value: organ},
		{Kind: web.Hidden, Name: "seen"},
		{Name: "title", Label: say.T("work.what"), Hint: say.T("work.what-hint"), Required: true, MaxLength: work.MaxTitle},
		{Kind: web.Select, Name: "task", Label: say.T("work.task"), Options: taskOptions(say), Value: string(work.Request), Required: true},
		{Kind: web.Select, Name: "for", Label: say.T("work.for"), Hint: say.T("work.for-hint"), Options: holderOptions(say, colleagues), Required: true},
		{Kind: web.Number, Name: "workdays", Label: say.T("work.workdays"), Hint: say.T("work.workdays-hint"), Narrow: true},
		{Kind: web.Date, Name: "due", Label: say.T("work.due"), Hint: say.T("work.due-hint"), Narrow: true},
		{Kind: web.TextArea, Name: "note", Label: say.T("work.note"), Rows: 4, MaxLength: work.MaxNote},
	}}
	return data, nil
}
