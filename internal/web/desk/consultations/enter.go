package consultations

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// enterData is an opinion that came by letter, telephone or otherwise, on its way in.
type enterData struct {
	Path, Name string
	Form       web.Form
}

var enterTemplate = web.Define[enterData]("desk/consultation_enter")

func (p Pages) entering(r *http.Request) (consult.Bench, enterData, error) {
	b, err := p.opened(r, account.HandleConsultations)
	if err != nil {
		return b, enterData{}, err
	}
	if _, _, err := p.Desk.Check(r.Context(), web.Actor(r), b.Consultation.ID, nil); err != nil {
		return b, enterData{}, err
	}
	say, one := p.Kit.Say(r), consult.Path(b.Consultation.ID)
	channels := slices.DeleteFunc(options(say, consult.Channels()), func(o web.Option) bool { return o.Value == string(consult.Online) })
	return b, enterData{Path: one, Name: b.Consultation.Content.Title, Form: web.Form{
		Submit: say.T("consult.enter-do"), Cancel: one, Buttons: []web.Option{{Value: "another", Label: say.T("consult.enter-another")}},
		Fields: []web.Field{
			{Kind: web.Hidden, Name: "once", Value: p.Kit.IDs.New()},
			{Kind: web.Date, Name: "on", Label: say.T("consult.received-on"), Hint: say.T("consult.on-hint", iso(b.Consultation.Content.Until)), Value: iso(p.Desk.Today()), Narrow: true, Required: true},
			{Kind: web.Radios, Name: "channel", Label: say.T("consult.channel"), Options: channels, Required: true},
			{Kind: web.Radios, Name: "giver", Label: say.T("consult.giver"), Options: options(say, consult.Givers()), Required: true},
			{Name: "name", Label: say.T("consult.name"), Hint: say.T("consult.name-hint"), MaxLength: consult.MaxContact},
			{Name: "contact", Label: say.T("consult.contact-field"), Hint: say.T("consult.contact-hint", consult.Kept), MaxLength: consult.MaxContact},
			{Kind: web.TextArea, Name: "text", Label: say.T("consult.text"), Hint: say.T("consult.enter-hint"), Rows: 6, MaxLength: consult.MaxOpinion, Required: true},
		},
	}}, nil
}

func (p Pages) askEnter(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.entering(r)
	if err != nil {
		return err
	}
	return enterTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.enter"), data)
}

func (p Pages) enter(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.entering(r)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	v, say := deed.NewValues(typed), p.Kit.Say(r)
	g := consult.Given{Channel: consult.Channel(v.Get("channel")), Giver: v.Get("giver"), Text: v.Text("text"), Name: v.Text("name"), Contact: v.Text("contact"), On: v.Day("on"), Once: v.Get("once")}
	var all []consult.Opinion
	if err = v.Err(); err == nil {
		all, err = p.Desk.Enter(r.Context(), web.Actor(r), b.Consultation.ID, []consult.Given{g})
	}
	if err == nil {
		next := data.Path
		if v.Get(web.DoField) == "another" {
			next += "/enter"
		}
		return p.Kit.Done(w, r, next, say.T("consult.entered", all[0].Number))
	}
	data.Form.Fill(typed)
	if !data.Form.Fail(err) {
		return err
	}
	return enterTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("consult.enter"), data)
}

// importData is a list of opinions on its way in, with what is wrong with its lines.
type importData struct {
	Path, Name, Sheet string
	Lead              string
	Wrong             []consult.Line
	Preview           []previewLine
	Found             string // how many would be entered; "" before a list was sent
	Form              web.Form
}

type previewLine struct{ No, On, Channel, Giver, Name, Text, Late string }

var importTemplate = web.Define[importData]("desk/consultation_import")

const (
	sheetField = "sheet"
	mostShown  = 20 // lines of a preview
)

func (p Pages) importing(r *http.Request) (consult.Bench, importData, error) {
	b, data, err := p.entering(r)
	say := p.Kit.Say(r)
	return b, importData{Path: data.Path, Name: data.Name, Sheet: data.Path + "/import/sheet", Lead: say.T("consult.import-lead", consult.MaxBatch), Form: web.Form{
		Submit: say.T("consult.import-look"), Cancel: data.Path, Upload: true,
		Fields: []web.Field{{Kind: web.File, Name: sheetField, Label: say.T("consult.sheet"), Hint: say.T("consult.sheet-hint"), Accept: ".xlsx,.csv", Required: true}},
	}}, err
}

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	_, data, err := p.importing(r)
	if err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("consult.import"), data)
}

// emptySheet gives a list to fill in, with a line that shows how it is meant.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.opened(r, account.HandleConsultations); err != nil {
		return err
	}
	return web.WriteXLSX(w, p.Kit.Say(r).T("consult.import"), consult.Columns(), func(yield func([]string, error) bool) {
		yield([]string{"# 示例：2026-03-02", "信函", "个人", "", "", "建议第三条增加……"}, nil)
	})
}

// takeIn shows what would be entered of a list, and enters it once that was seen: all of
// it or nothing.
func (p Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	b, data, err := p.importing(r)
	if err != nil {
		return err
	}
	taker := p.taker(sheetField)
	taker.Types, taker.Named, taker.Most = []string{"application/zip", "text/plain; charset=utf-8"}, "xlsx 或者 csv", 1
	v, err := taker.Read(r)
	if err != nil {
		return err
	}
	say, actor := p.Kit.Say(r), web.Actor(r)
	given, where, err := p.readSheet(r, b, v, &data)
	if err == nil && len(data.Wrong) == 0 && v.Get(web.DoField) == "enter" {
		var all []consult.Opinion
		if all, err = p.Desk.Enter(r.Context(), actor, b.Consultation.ID, given); err == nil {
			return p.Kit.Done(w, r, data.Path, say.T("consult.imported", len(all)))
		}
	}
	v.Fill(&data.Form)
	if err != nil {
		if len(errs.FieldsOf(err)) == 0 && errs.KindOf(err) != errs.Internal {
			err = errs.AtField(sheetField, err)
		}
		if !data.Form.Fail(err) {
			return err
		}
		return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("consult.import"), data)
	}
	p.preview(r, b, given, where, &data)
	if len(data.Wrong) == 0 {
		data.Form.Buttons = []web.Option{{Value: "enter", Label: say.T("consult.import-do", len(given))}}
	}
	return importTemplate.Show(p.Kit, w, r, say.T("consult.import"), data)
}

// readSheet reads the list that was sent, and says what is wrong with its lines.
func (p Pages) readSheet(r *http.Request, b consult.Bench, v *deed.Values, data *importData) ([]consult.Given, []int, error) {
	if err := v.Err(); err != nil {
		return nil, nil, err
	}
	if len(v.Files[sheetField]) == 0 {
		return nil, nil, errs.New(errs.Invalid, "请选择意见的列表（xlsx 或者 csv）。")
	}
	file := v.Files[sheetField][0]
	content, err := p.Files.Open(file.Hash)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = content.Close() }() // only read
	sheet, err := io.ReadAll(content)
	if err != nil {
		return nil, nil, err
	}
	if len(bytes.TrimSpace(sheet)) == 0 {
		return nil, nil, errs.New(errs.Invalid, "文件“%s”是空的。", file.Name)
	}
	rows, err := p.Reader.Rows(r.Context(), file.Name, sheet)
	if err != nil {
		return nil, nil, err
	}
	given, where, wrong, err := consult.ReadSheet(rows)
	if err != nil {
		return nil, nil, err
	}
	_, problems, err := p.Desk.Check(r.Context(), web.Actor(r), b.Consultation.ID, given)
	if err != nil {
		return nil, nil, err
	}
	for _, one := range problems {
		says := ""
		for _, f := range errs.FieldsOf(one.Err) {
			says += f.Public
		}
		wrong = append(wrong, consult.Line{No: where[one.At], Says: says})
	}
	if len(given)+len(wrong) == 0 {
		return nil, nil, errs.New(errs.Invalid, "表里没有意见；第一行是列名，从第二行起每行一条。")
	}
	slices.SortFunc(wrong, func(a, b consult.Line) int { return a.No - b.No })
	data.Wrong = wrong
	return given, where, nil
}

func (p Pages) preview(r *http.Request, b consult.Bench, given []consult.Given, where []int, data *importData) {
	say := p.Kit.Say(r)
	data.Found = say.T("consult.import-found", len(given))
	for i, g := range given {
		if i == mostShown {
			break
		}
		line := previewLine{
			No: fmt.Sprint(where[i]), On: iso(g.On), Channel: say.In(consult.Wording(string(g.Channel), consult.Channels())), Giver: say.In(consult.Wording(g.Giver, consult.Givers())),
			Name: g.Name, Text: cut(g.Text),
		}
		if g.On.After(b.Consultation.Content.Until) {
			line.Late = say.T("consult.late")
		}
		data.Preview = append(data.Preview, line)
	}
}
