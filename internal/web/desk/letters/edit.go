package letters

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/sheet"
)

// editData is the text of a letter while it is changed, beside the letter.
type editData struct {
	Intro string
	Marks []mark
	Form  web.Form
	Sheet *sheet.View // nil while the text cannot be read
	Back  string
}

// mark is something that a text may hold, with what it stands for.
type mark struct{ Name, Says string }

var (
	editTemplate    = web.Define[editData]("desk/letter_edit")
	previewTemplate = web.Define[previewData]("desk/letter_preview")
	sendTemplate    = web.Define[sendData]("desk/letter_send")
	newTemplate     = web.Define[sendData]("desk/letter_new")
)

// previewData is a letter as it would be with what is typed now.
type previewData struct {
	Sheets  []sheet.View
	Lacking []string
	Wrong   string
}

func (p Letters) askEdit(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err == nil {
		err = p.mayHandle(r, request)
	}
	if err != nil {
		return err
	}
	return p.showEdit(w, r, request, l, nil, nil)
}

func (p Letters) showEdit(w http.ResponseWriter, r *http.Request, request foi.Request, l letter.Shown, typed url.Values, wrong error) error {
	if !l.MayEdit {
		return errs.New(errs.Conflict, "《%s》已经审核或者发出，文字不能再改（条例§45）。", l.Title)
	}
	say := p.Kit.Say(r)
	path := pathOf(request) + "/letters/" + l.ID
	f := web.Form{Submit: say.T("letters.save"), Cancel: path, Preview: path + "/preview", Prompt: say.T("letters.preview"), Fields: []web.Field{
		{Kind: web.TextArea, Name: "text", Label: say.T("letters.text"), Hint: say.T("letters.text-hint"), Value: l.Text(), Rows: 22, Required: true, MaxLength: letter.MaxTemplate / 3},
		{Kind: web.Hidden, Name: "version", Value: strconv.Itoa(len(l.Versions))},
	}}
	if typed != nil {
		f.Fill(typed)
	}
	if wrong != nil && !f.Fail(wrong) {
		return wrong
	}
	s := l.Sheet
	s.Text = f.Fields[0].Value
	view := sheet.Of(s)
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	data := editData{Intro: say.T("letters.edit-intro"), Form: f, Sheet: &view, Back: path}
	return editTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.edit-of", l.Title), data)
}

func (p Letters) edit(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version"))
	if err := p.Office.Edit(r.Context(), web.Actor(r), request.ID, l.ID, version, values.Get("text")); err != nil {
		return p.showEdit(w, r, request, l, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.saved"))
	return web.Redirect(w, r, pathOf(request)+"/letters/"+l.ID)
}

// preview shows the letter with the text that is typed, and what it lacks.
func (p Letters) preview(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err == nil {
		err = p.mayHandle(r, request)
	}
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	s, typed := l.Sheet, l.Paper
	s.Text = strings.TrimSpace(values.Get("text"))
	typed.Versions = []foi.PaperVersion{{Text: s.Text}}
	data := previewData{Sheets: []sheet.View{sheet.Of(s)}, Lacking: letter.Lacking(typed)}
	return previewTemplate.ShowFragment(p.Kit, w, r, l.Title, data)
}

// sendData is a short form about a letter.
type sendData struct {
	Text string
	Form web.Form
}

func (p Letters) askSend(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err == nil {
		err = p.mayHandle(r, request)
	}
	if err != nil {
		return err
	}
	return p.showSend(w, r, request, l, nil, nil)
}

func (p Letters) showSend(w http.ResponseWriter, r *http.Request, request foi.Request, l letter.Shown, typed url.Values, wrong error) error {
	say := p.Kit.Say(r)
	f := web.Form{Submit: say.T("letters.send"), Cancel: pathOf(request) + "/letters/" + l.ID, Danger: true, Fields: []web.Field{
		{Kind: web.Fact, Label: say.T("letters.to"), Value: audience(say, l.Paper)},
		{Kind: web.Date, Name: "on", Label: say.T("letters.sent-on"), Value: calendar.On(p.Kit.Now().Year(), p.Kit.Now().Month(), p.Kit.Now().Day()).String(), Required: true, Narrow: true},
		{Kind: web.Radios, Name: "way", Label: say.T("letters.way"), Hint: say.T("letters.way-hint"), Options: ways(say), Required: true},
	}}
	if typed != nil {
		f.Fill(typed)
	}
	if wrong != nil && !f.Fail(wrong) {
		return wrong
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return sendTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.send-of", l.Title), sendData{say.T("letters.send-text"), f})
}

func ways(say *locale.Catalogue) (all []web.Option) {
	for _, way := range foi.ServiceWays() {
		if way == foi.Courier {
			continue
		}
		word := way.Words().Chinese
		if say.Lang == locale.English {
			word = way.Words().English
		}
		all = append(all, web.Option{Value: string(way), Label: word})
	}
	return all
}

func (p Letters) send(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	on, err := calendar.ParseDate(values.Get("on"))
	if err == nil {
		err = p.Office.Send(r.Context(), web.Actor(r), request.ID, l.ID, on, foi.ServiceWay(values.Get("way")))
	} else {
		err = errs.AtField("on", err)
	}
	if err != nil {
		return p.showSend(w, r, request, l, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.sent"))
	return web.Redirect(w, r, pathOf(request)+"/letters/"+l.ID)
}

func (p Letters) askNew(w http.ResponseWriter, r *http.Request) error {
	request, _, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	if err := p.mayHandle(r, request); err != nil {
		return err
	}
	return p.showNew(w, r, request, nil, nil)
}

func (p Letters) showNew(w http.ResponseWriter, r *http.Request, request foi.Request, typed url.Values, wrong error) error {
	say := p.Kit.Say(r)
	var kinds []web.Option
	hints := map[string]string{"rectification": say.T("letters.new-rectification"), "transfer": say.T("letters.new-transfer"), "archive": say.T("letters.new-archive")}
	for _, kind := range letter.FreeKinds() {
		kinds = append(kinds, web.Option{Value: kind, Label: letter.TitleOf(kind), Hint: hints[kind]})
	}
	f := web.Form{Submit: say.T("letters.create"), Cancel: pathOf(request) + "/letters", Fields: []web.Field{{Kind: web.Radios, Name: "kind", Label: say.T("letters.kind"), Options: kinds, Required: true}}}
	for _, kind := range letter.FreeKinds() {
		for _, name := range letter.Asked(kind) {
			f.Fields = append(f.Fields, web.Field{Kind: web.TextArea, Name: name, Label: say.T("letters.told", name, letter.TitleOf(kind)), Rows: 2, MaxLength: foi.MaxText})
		}
	}
	if typed != nil {
		f.Fill(typed)
	}
	if wrong != nil && !f.Fail(wrong) {
		return wrong
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return newTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.write"), sendData{say.T("letters.new-text"), f})
}

func (p Letters) create(w http.ResponseWriter, r *http.Request) error {
	request, _, err := p.Office.List(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	if err := p.mayHandle(r, request); err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	told := letter.Values{}
	for _, name := range letter.Asked(values.Get("kind")) {
		told[name] = values.Get(name)
	}
	id, err := p.Office.Write(r.Context(), web.Actor(r), request.ID, values.Get("kind"), told)
	if err != nil {
		return p.showNew(w, r, request, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.created"))
	return web.Redirect(w, r, pathOf(request)+"/letters/"+id)
}
