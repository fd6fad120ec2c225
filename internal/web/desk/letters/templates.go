package letters

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/sheet"
)

// templatesData is the templates of an organ.
type templatesData struct {
	Organ string
	List  web.List
}

var templatesTemplate = web.Define[templatesData]("desk/letter_templates")

// organ gives the organ whose templates are looked at: the one that is named, else
// one whose templates the person may change, else one whose requests they see.
func (p Letters) organ(r *http.Request) (string, *org.Tree, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return "", nil, err
	}
	organ := r.URL.Query().Get("organ")
	for _, act := range []account.Act{account.EditLetters, account.HandleRequests, account.SeeRequests} {
		if places := web.Actor(r).Where(act); organ == "" && len(places) > 0 {
			organ = places[0].Organ
		}
	}
	if _, ok := tree.Node(organ); !ok {
		return "", nil, errs.New(errs.NotFound, "没有这个机关。")
	}
	return organ, tree, nil
}

func (p Letters) templates(w http.ResponseWriter, r *http.Request) error {
	organ, tree, err := p.organ(r)
	if err != nil {
		return err
	}
	held, err := p.Office.Templates(r.Context(), web.Actor(r), organ)
	if err != nil {
		return err
	}
	var ids []string
	for _, h := range held {
		ids = append(ids, h.Saved.By)
	}
	who, err := p.who(r, ids)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	q := web.ReadList(r, nil, []string{"from", "organ"})
	l := web.List{
		Caption: say.T("letters.templates"), Path: "/desk/letters", Query: q, Search: say.T("letters.search"), Export: true,
		Columns: []web.Column{{Label: say.T("letters.kind")}, {Label: say.T("letters.basis")}, {Label: say.T("letters.from")}, {Label: say.T("letters.changed")}},
		Filters: []web.Filter{{Name: "organ", Label: say.T("letters.organ"), Options: choice.Organs(tree, web.Actor(r).Where(account.SeeRequests))}, {Name: "from", Label: say.T("letters.from"), Options: []web.Option{{Value: "own", Label: say.T("letters.own")}, {Value: "above", Label: say.T("letters.above")}, {Value: "built-in", Label: say.T("letters.built-in")}}}},
	}
	var rows [][]string
	for _, h := range held {
		from, key := origin(say, tree, h)
		src := letter.SourceOf(h.Text)
		if f := q.Filter("from"); f != "" && f != key || !contains(q.Words, h.Title, src.Cite) {
			continue
		}
		variant := letter.Variant(h.Kind).Chinese
		if say.Lang == locale.English {
			variant = letter.Variant(h.Kind).English
		}
		changed := ""
		if h.Saved.Nth > 0 {
			changed = who(h.Saved.By) + " " + clockText(h.Saved.At)
		}
		rows = append(rows, []string{strings.TrimSpace(h.Title + " " + variant), src.Cite, from, changed})
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{{Text: h.Title, Link: templatePath(h.Kind, organ), Note: variant}, {Text: src.Cite}, {Text: from, Badge: map[string]string{"own": "blue", "above": "grey"}[key]}, {Text: changed}}})
	}
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("letters.templates"), []string{say.T("letters.kind"), say.T("letters.basis"), say.T("letters.from"), say.T("letters.changed")}, func(yield func([]string, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		})
	}
	l.Total, l.Query.Size, l.Query.Page = len(l.Rows), len(l.Rows)+1, 1 // the whole list, whatever page is asked for
	return templatesTemplate.Show(p.Kit, w, r, say.T("letters.templates"), templatesData{tree.Name(organ), l})
}

func templatePath(kind, organ string) string {
	return "/desk/letters/" + kind + "?" + url.Values{"organ": {organ}}.Encode()
}

// origin tells whose text holds.
func origin(say *locale.Catalogue, tree *org.Tree, h letter.Held) (text, key string) {
	switch {
	case h.Own:
		return say.T("letters.own"), "own"
	case h.From != "":
		return tree.Name(h.From), "above"
	}
	return say.T("letters.built-in"), "built-in"
}

// templateData is one template.
type templateData struct {
	Held     letter.Held
	Source   letter.Source
	Organ    string
	From     string
	Path     string // with a slash behind
	Query    string // that names the organ
	Back     string
	Elements []string
	Marks    []mark
	Sheet    *sheet.View
	Wrong    string
	History  []templateVersion
	Last     int
	MayEdit  bool
}

// templateVersion is a text that the organ gave the template.
type templateVersion struct {
	Nth        int
	Who, When  string
	Reset      bool
	Here       bool
	Difference [][]letter.Change
}

var templateTemplate = web.Define[templateData]("desk/letter_template")

func (p Letters) template(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	organ, tree, err := p.organ(r)
	if err != nil {
		return err
	}
	kind := r.PathValue("kind")
	held, history, err := p.Office.Template(ctx, actor, organ, kind)
	if err != nil {
		return err
	}
	from, _ := origin(say, tree, held)
	data := templateData{
		Held: held, Source: letter.SourceOf(held.Text), Organ: tree.Name(organ), From: from, Path: "/desk/letters/" + kind + "/", Query: "?" + url.Values{"organ": {organ}}.Encode(),
		Back: "/desk/letters?" + url.Values{"organ": {organ}}.Encode(), Elements: elements(kind), Marks: marksIn(say, held.Text), MayEdit: p.Office.MayTemplates(ctx, actor, organ) == nil,
	}
	if len(history) > 0 {
		data.Last = history[0].Nth
	}
	sample, err := p.Office.Sample(ctx, actor, organ, kind, held.Text)
	if err != nil {
		data.Wrong = errs.Public(err)
	} else {
		view := sheet.Of(sample)
		data.Sheet = &view
	}
	if data.History, err = p.history(r, kind, history); err != nil {
		return err
	}
	return templateTemplate.Show(p.Kit, w, r, held.Title, data)
}

func (p Letters) history(r *http.Request, kind string, history []letter.Saved) ([]templateVersion, error) {
	var ids []string
	for _, s := range history {
		ids = append(ids, s.By)
	}
	who, err := p.who(r, ids)
	if err != nil {
		return nil, err
	}
	builtIn, err := letter.BuiltIn(kind)
	if err != nil {
		return nil, err
	}
	var all []templateVersion
	for i, s := range history {
		v := templateVersion{Nth: s.Nth, Who: who(s.By), When: clockText(s.At), Reset: s.Text == "", Here: i == 0 && s.Text != ""}
		before := builtIn
		if i+1 < len(history) && history[i+1].Text != "" {
			before = history[i+1].Text
		}
		if !v.Reset {
			v.Difference = changedOnly(letter.Compare(before, s.Text))
		}
		all = append(all, v)
	}
	return all, nil
}

// changedOnly leaves out lines that stayed.
func changedOnly(lines [][]letter.Change) (all [][]letter.Change) {
	for _, l := range lines {
		if len(l) != 1 || l[0].Added || l[0].Removed {
			all = append(all, l)
		}
	}
	return all
}

// elements names what the law wants a kind of letter to say.
func elements(kind string) (all []string) {
	for _, e := range letter.Elements(kind) {
		all = append(all, e.Chinese)
	}
	return all
}

// marksIn explains the placeholders; those that the template has come first.
func marksIn(say *locale.Catalogue, text string) (all []mark) {
	var others []mark
	for _, e := range letter.Explained() {
		m := mark{"{" + e.Name + "}", e.Says}
		if say.Lang == locale.English {
			m.Says = e.English
		}
		if contains(m.Name, text) {
			all = append(all, m)
		} else {
			others = append(others, m)
		}
	}
	return append(all, others...)
}

func (p Letters) askTemplate(w http.ResponseWriter, r *http.Request) error {
	organ, _, err := p.organ(r)
	if err == nil {
		err = p.Office.MayTemplates(r.Context(), web.Actor(r), organ)
	}
	if err != nil {
		return err
	}
	return p.showTemplateForm(w, r, organ, nil, nil)
}

func (p Letters) showTemplateForm(w http.ResponseWriter, r *http.Request, organ string, typed url.Values, wrong error) error {
	say, kind := p.Kit.Say(r), r.PathValue("kind")
	held, history, err := p.Office.Template(r.Context(), web.Actor(r), organ, kind)
	if err != nil {
		return err
	}
	nth := 0
	if len(history) > 0 {
		nth = history[0].Nth
	}
	src := letter.SourceOf(held.Text)
	back, query := templatePath(kind, organ), "?"+url.Values{"organ": {organ}}.Encode()
	f := web.Form{
		Action: "/desk/letters/" + kind + "/edit" + query, Submit: say.T("letters.save-template"), Cancel: back, Preview: "/desk/letters/" + kind + "/preview" + query, Prompt: say.T("letters.preview"),
		Fields: []web.Field{
			{Name: "title", Label: say.T("letters.title"), Value: src.Title, Required: true, MaxLength: 40},
			{Name: "cite", Label: say.T("letters.basis"), Hint: say.T("letters.basis-hint"), Value: src.Cite, Required: true, MaxLength: 200},
			{Kind: web.TextArea, Name: "text", Label: say.T("letters.text"), Hint: say.T("letters.template-hint"), Value: src.Body, Rows: 20, Required: true},
			{Kind: web.Hidden, Name: "nth", Value: strconv.Itoa(nth)},
		},
	}
	if typed != nil {
		f.Fill(typed)
	}
	if wrong != nil && !f.Fail(wrong) {
		return wrong
	}
	data := editData{Intro: say.T("letters.template-intro"), Marks: marksIn(say, held.Text), Form: f, Back: back}
	if sample, err := p.Office.Sample(r.Context(), web.Actor(r), organ, kind, sourceIn(f, held.Text)); err == nil {
		view := sheet.Of(sample)
		data.Sheet = &view
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return editTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.edit-of", held.Title), data)
}

// sourceIn gives the template that a form makes of one.
func sourceIn(f web.Form, text string) string {
	src := letter.SourceOf(text)
	src.Title, src.Cite, src.Body = f.Fields[0].Value, f.Fields[1].Value, f.Fields[2].Value
	return src.Text()
}

// typedTemplate is the text that was typed.
func (p Letters) typedTemplate(r *http.Request, organ string, values url.Values) (string, error) {
	held, _, err := p.Office.Template(r.Context(), web.Actor(r), organ, r.PathValue("kind"))
	src := letter.SourceOf(held.Text)
	src.Title, src.Cite, src.Body = values.Get("title"), values.Get("cite"), values.Get("text")
	return src.Text(), err
}

func (p Letters) saveTemplate(w http.ResponseWriter, r *http.Request) error {
	organ, values, err := p.changing(r)
	if err != nil {
		return err
	}
	text, err := p.typedTemplate(r, organ, values)
	if err != nil {
		return err
	}
	nth, _ := strconv.Atoi(values.Get("nth"))
	kind := r.PathValue("kind")
	if err := p.Office.SaveTemplate(r.Context(), web.Actor(r), organ, kind, text, nth); err != nil {
		return p.showTemplateForm(w, r, organ, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.template-saved"))
	return web.Redirect(w, r, templatePath(kind, organ))
}

// changing reads the form of somebody who may change the organ's templates.
func (p Letters) changing(r *http.Request) (string, url.Values, error) {
	organ, _, err := p.organ(r)
	if err == nil {
		err = p.Office.MayTemplates(r.Context(), web.Actor(r), organ)
	}
	if err != nil {
		return organ, nil, err
	}
	values, err := p.Kit.ReadForm(r)
	return organ, values, err
}

func (p Letters) previewTemplate(w http.ResponseWriter, r *http.Request) error {
	organ, values, err := p.changing(r)
	if err != nil {
		return err
	}
	text, err := p.typedTemplate(r, organ, values)
	if err != nil {
		return err
	}
	var data previewData
	sample, err := p.Office.Sample(r.Context(), web.Actor(r), organ, r.PathValue("kind"), text)
	switch {
	case err == nil:
		data.Sheets = []sheet.View{sheet.Of(sample)}
	case errs.KindOf(err) == errs.Invalid:
		data.Wrong = errs.Public(err)
	default:
		return err
	}
	return previewTemplate.ShowFragment(p.Kit, w, r, p.Kit.Say(r).T("letters.preview"), data)
}

func (p Letters) askReset(w http.ResponseWriter, r *http.Request) error {
	organ, _, err := p.organ(r)
	if err == nil {
		err = p.Office.MayTemplates(r.Context(), web.Actor(r), organ)
	}
	if err != nil {
		return err
	}
	say, kind := p.Kit.Say(r), r.PathValue("kind")
	held, history, err := p.Office.Template(r.Context(), web.Actor(r), organ, kind)
	if err != nil {
		return err
	}
	if !held.Own {
		return errs.New(errs.Conflict, "本机关没有改过这份模板。")
	}
	f := web.Form{Action: "/desk/letters/" + kind + "/reset?" + url.Values{"organ": {organ}}.Encode(), Submit: say.T("letters.reset"), Cancel: templatePath(kind, organ), Danger: true, Fields: []web.Field{
		{Kind: web.Fact, Label: say.T("letters.kind"), Value: held.Title}, {Kind: web.Hidden, Name: "nth", Value: strconv.Itoa(history[0].Nth)},
	}}
	return sendTemplate.Show(p.Kit, w, r, say.T("letters.reset"), sendData{say.T("letters.reset-text"), f})
}

func (p Letters) reset(w http.ResponseWriter, r *http.Request) error {
	organ, values, err := p.changing(r)
	if err != nil {
		return err
	}
	nth, _ := strconv.Atoi(values.Get("nth"))
	if err := p.Office.ResetTemplate(r.Context(), web.Actor(r), organ, r.PathValue("kind"), nth); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.was-reset"))
	return web.Redirect(w, r, templatePath(r.PathValue("kind"), organ))
}

func (p Letters) restoreTemplate(w http.ResponseWriter, r *http.Request) error {
	organ, values, err := p.changing(r)
	if err != nil {
		return err
	}
	nth, _ := strconv.Atoi(values.Get("nth"))
	earlier, _ := strconv.Atoi(values.Get("earlier"))
	if err := p.Office.RestoreTemplate(r.Context(), web.Actor(r), organ, r.PathValue("kind"), earlier, nth); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.restored", earlier))
	return web.Redirect(w, r, templatePath(r.PathValue("kind"), organ))
}

// contains tells whether all of what is searched for stands in one of some texts.
func contains(words string, in ...string) bool {
	for _, text := range in {
		if strings.Contains(text, strings.TrimSpace(words)) {
			return true
		}
	}
	return false
}
