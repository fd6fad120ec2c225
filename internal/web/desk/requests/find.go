package requests

import (
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
	"gongkai/internal/web"
)

// findData asks by which datum of a person to look, and shows what was found. The
// datum never stands in an address.
type findData struct {
	Form  web.Form
	Asked bool
	List  web.List
}

var findTemplate = web.Define[findData]("desk/request_find")

func (p Pages) findForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("requests.find"), Cancel: root, Fields: []web.Field{
		{Kind: web.Radios, Name: "kind", Label: say.T("requests.find-by"), Required: true, Value: string(personal.IDNumber), Options: []web.Option{
			{Value: string(personal.IDNumber), Label: say.T("requests.id-number")},
			{Value: string(personal.Phone), Label: say.T("requests.phone")},
			{Value: string(personal.Email), Label: say.T("requests.email")},
			{Value: string(personal.Other), Label: say.T("requests.other-id")},
		}},
		{Name: "value", Label: say.T("requests.find-value"), Hint: say.T("requests.find-hint"), Required: true, MaxLength: 100, Autocomplete: "off"},
	}}
}

func (p Pages) askFind(w http.ResponseWriter, r *http.Request) error {
	return findTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("requests.find-title"), findData{Form: p.findForm(r)})
}

func (p Pages) find(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data := findData{Form: p.findForm(r)}
	data.Form.Fill(values)
	rows, err := p.found(r, personal.Kind(values.Get("kind")), values.Get("value"))
	if err != nil {
		if !data.Form.Fail(err) {
			return err
		}
		return findTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("requests.find-title"), data)
	}
	known, err := p.around(r, rows)
	if err != nil {
		return err
	}
	data.Asked = true
	data.List = web.List{
		Caption: say.T("requests.found"), Path: root + "/find", Total: len(rows),
		Columns: []web.Column{
			{Label: say.T("requests.number")},
			{Label: say.T("requests.applicant")},
			{Label: say.T("requests.status"), Narrow: true},
			{Label: say.T("requests.left")},
			{Label: say.T("requests.received"), Narrow: true},
			{Label: say.T("requests.handler")},
		},
		Empty: web.Empty{Title: say.T("requests.found-none"), Text: say.T("requests.found-none-text")},
	}
	for _, row := range rows {
		data.List.Rows = append(data.List.Rows, known.line(say, row))
	}
	return findTemplate.Show(p.Kit, w, r, say.T("requests.find-title"), data)
}

// found looks for the requests of somebody; each search is on record.
func (p Pages) found(r *http.Request, kind personal.Kind, value string) ([]foi.Row, error) {
	value = kind.Normal(value)
	if strings.TrimSpace(value) == "" {
		err := &errs.Error{Kind: errs.Invalid, Public: "请填写要查找的号码或者地址。"}
		err.Fields.Add("value", "请填写要查找的号码或者地址。")
		return nil, err
	}
	return p.Desk.FindByPerson(r.Context(), web.Actor(r), kind, value)
}
