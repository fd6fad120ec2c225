// Package words holds the pages of the dictionary of words that must not stand in what
// leaves the house: the list of those that hold in an organ, adding, changing and
// removing them, and lists of them in and out. What holds where says package lexicon.
package words

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/guard"
	"gongkai/internal/lexicon"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/rule"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Pages are the pages of the dictionary.
type Pages struct {
	Kit    *web.Kit
	Office *lexicon.Office
	Trees  org.Trees
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// Reader reads lists.
	Reader interface {
		Rows(ctx context.Context, name string, data []byte) ([][]string, error)
	}
}

const (
	root     = "/desk/words"
	maxSheet = 8 << 20
)

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, edit := web.Needs(account.SeeWords), web.Needs(account.EditWords)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	take := page("POST", "/import", edit, p.takeIn, importTemplate)
	take.Upload = maxSheet
	return []web.Route{
		page("GET", "", see, p.list, listTemplate),
		page("GET", "/new", edit, p.askNew, editTemplate),
		page("POST", "/new", edit, p.add, editTemplate),
		page("GET", "/import", edit, p.askImport, importTemplate),
		take,
		page("GET", "/import/sheet", edit, p.emptySheet),
		page("GET", "/{word}/edit", edit, p.askEdit, editTemplate),
		page("POST", "/{word}/edit", edit, p.alter, editTemplate),
		page("GET", "/{word}/remove", edit, p.askRemove, removeTemplate),
		page("POST", "/{word}/remove", edit, p.remove, removeTemplate),
	}
}

// listData is the list, and what comes with the program.
type listData struct {
	List  web.List
	Built []builtIn
}

type builtIn struct{ Word, Instead, Severity, Note string }

var listTemplate = web.Define[listData]("desk/words")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	say, actor := p.Kit.Say(r), web.Actor(r)
	q := web.ReadList(r, []string{"word", "changed"}, []string{lexicon.FilterOrgan, lexicon.FilterSeverity})
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	fetch := func(q paging.Query) (paging.Page[lexicon.Entry], error) { return p.Office.List(r.Context(), actor, q) }
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, say.T("words.title"), append(slices.Clone(heads), "机关"), web.EveryPage(q, fetch, func(e lexicon.Entry) []string {
			severity, _ := lexicon.SeverityOf(e.Severity)
			return []string{e.Word.Word, e.Instead, severity.Listed, e.Note, tree.Name(e.Organ)}
		}))
	}
	page, err := fetch(q)
	if err != nil {
		return err
	}
	data := listData{}
	if data.List, err = p.draw(r, tree, q, page); err != nil {
		return err
	}
	built, err := guard.BuiltIn()
	if err != nil {
		return err
	}
	for _, b := range built {
		data.Built = append(data.Built, builtIn{b.Word, b.Instead, severityWord(say, b.Severity), b.Note})
	}
	return listTemplate.Show(p.Kit, w, r, say.T("words.title"), data)
}

// draw makes the list of a page of words.
func (p Pages) draw(r *http.Request, tree *org.Tree, q paging.Query, page paging.Page[lexicon.Entry]) (web.List, error) {
	say, actor := p.Kit.Say(r), web.Actor(r)
	l := web.List{
		Caption: say.T("words.title"), Path: root, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("words.search"),
		Columns: []web.Column{
			{Name: "word", Label: say.T("words.word")},
			{Label: say.T("words.instead")},
			{Label: say.T("words.severity"), Narrow: true},
			{Label: say.T("words.organ")},
			{Name: "changed", Label: say.T("words.changed"), Narrow: true},
			{Label: say.T("words.do"), Narrow: true},
		},
		Filters: []web.Filter{{Name: lexicon.FilterSeverity, Label: say.T("words.severity"), Options: severities(say)}},
		Empty:   web.Empty{Title: say.T("words.none"), Text: say.T("words.none-text")},
	}
	if organs := choice.Organs(tree, actor.Where(account.SeeWords)); len(organs) > 1 {
		l.Filters = append(l.Filters, web.Filter{Name: lexicon.FilterOrgan, Label: say.T("words.organ"), Options: organs})
	}
	if actor.Can(account.EditWords) {
		add := web.Action{Label: say.T("words.add"), Path: root + "/new", Primary: true}
		l.Actions = []web.Action{add, {Label: say.T("words.import"), Path: root + "/import"}}
		l.Empty.Action = &add
	}
	var ids []string
	for _, e := range page.Rows {
		ids = append(ids, e.By)
	}
	names, err := p.Names.Names(r.Context(), ids)
	if err != nil {
		return l, err
	}
	for _, e := range page.Rows {
		own := web.Cell{Text: say.T("words.from-above")}
		if actor.May(account.EditWords, e.Organ, tree) == nil {
			own = web.Cell{Text: say.T("words.edit"), Link: root + "/" + e.ID + "/edit"}
		}
		l.Rows = append(l.Rows, web.Row{Cells: []web.Cell{
			{Text: e.Word.Word, Note: e.Note},
			{Text: e.Instead},
			{Text: severityWord(say, e.Severity), Badge: tones[e.Severity]},
			{Text: tree.Name(e.Organ)},
			{Text: e.At.Format("2006-01-02"), Note: names[e.By]},
			own,
		}})
	}
	return l, nil
}

var tones = map[rule.Severity]string{rule.Error: "red", rule.Warning: "amber", rule.Info: "blue"}

func severityWord(say *locale.Catalogue, s rule.Severity) string {
	c, _ := lexicon.SeverityOf(s)
	short, _, _ := strings.Cut(strings.ReplaceAll(say.In(c.Word), ": ", "："), "：")
	return short
}

func severities(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, c := range lexicon.Severities() {
		all = append(all, web.Option{Value: string(c.Value), Label: say.In(c.Word)})
	}
	return all
}

// editData is a word that is added or changed.
type editData struct {
	Form   web.Form
	Remove string // page on which it is removed; "" for a new one
}

var editTemplate = web.Define[editData]("desk/word_edit")

// form asks for a word.
func form(say *locale.Catalogue, submit string, w guard.Word) web.Form {
	return web.Form{Submit: submit, Cancel: root, Fields: []web.Field{
		{Name: "word", Label: say.T("words.word"), Hint: say.T("words.word-hint"), Value: w.Word, MaxLength: lexicon.MaxWord, Required: true},
		{Name: "instead", Label: say.T("words.instead"), Hint: say.T("words.instead-hint"), Value: w.Instead, MaxLength: lexicon.MaxWord},
		{Kind: web.Radios, Name: "severity", Label: say.T("words.severity"), Options: severities(say), Value: string(w.Severity), Required: true},
		{Name: "note", Label: say.T("words.note"), Hint: say.T("words.note-hint"), Value: w.Note, MaxLength: lexicon.MaxNote},
	}}
}

func wordOf(values url.Values) guard.Word {
	return guard.Word{Word: values.Get("word"), Instead: values.Get("instead"), Severity: rule.Severity(values.Get("severity")), Note: values.Get("note")}
}

// organField asks for the organ; the only one is not asked for.
func (p Pages) organField(r *http.Request) (web.Field, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Field{}, err
	}
	organs := choice.Organs(tree, web.Actor(r).Where(account.EditWords))
	if len(organs) == 1 {
		return web.Field{Kind: web.Hidden, Name: "organ", Value: organs[0].Value}, nil
	}
	say := p.Kit.Say(r)
	return web.Field{Kind: web.Select, Name: "organ", Label: say.T("words.organ"), Hint: say.T("words.organ-hint"), Options: organs, Required: true}, nil
}

func (p Pages) newForm(r *http.Request) (web.Form, error) {
	say := p.Kit.Say(r)
	f := form(say, say.T("words.save"), guard.Word{Severity: rule.Error})
	organ, err := p.organField(r)
	f.Fields = append([]web.Field{organ}, f.Fields...)
	return f, err
}

func (p Pages) askNew(w http.ResponseWriter, r *http.Request) error {
	f, err := p.newForm(r)
	if err != nil {
		return err
	}
	return editTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("words.add"), editData{Form: f})
}

func (p Pages) add(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	word := wordOf(values)
	if err = p.Office.Add(r.Context(), web.Actor(r), values.Get("organ"), word); err == nil {
		return p.Kit.Done(w, r, root, p.Kit.Say(r).T("words.added", word.Word))
	}
	f, drawing := p.newForm(r)
	if f.Fill(values); drawing != nil || !f.Fail(err) {
		return errors.Join(drawing, err)
	}
	return editTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("words.add"), editData{Form: f})
}

func (p Pages) askEdit(w http.ResponseWriter, r *http.Request) error {
	e, err := p.Office.Entry(r.Context(), web.Actor(r), r.PathValue("word"))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return editTemplate.Show(p.Kit, w, r, e.Word.Word, editData{form(say, say.T("words.save"), e.Word), root + "/" + e.ID + "/remove"})
}

func (p Pages) alter(w http.ResponseWriter, r *http.Request) error {
	e, err := p.Office.Entry(r.Context(), web.Actor(r), r.PathValue("word"))
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say, word := p.Kit.Say(r), wordOf(values)
	if err = p.Office.Alter(r.Context(), web.Actor(r), e.ID, word); err == nil {
		return p.Kit.Done(w, r, root, say.T("words.altered", word.Word))
	}
	f := form(say, say.T("words.save"), word)
	if f.Fill(values); !f.Fail(err) {
		return err
	}
	return editTemplate.ShowStatus(p.Kit, w, r, web.Status(err), e.Word.Word, editData{f, root + "/" + e.ID + "/remove"})
}

// removeData asks once before a word is taken out.
type removeData struct {
	Word, Note string
	Form       web.Form
}

var removeTemplate = web.Define[removeData]("desk/word_remove")

func (p Pages) askRemove(w http.ResponseWriter, r *http.Request) error {
	e, err := p.Office.Entry(r.Context(), web.Actor(r), r.PathValue("word"))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return removeTemplate.Show(p.Kit, w, r, say.T("words.remove"), removeData{e.Word.Word, e.Note, web.Form{Submit: say.T("words.remove"), Cancel: root, Danger: true}})
}

func (p Pages) remove(w http.ResponseWriter, r *http.Request) error {
	e, err := p.Office.Entry(r.Context(), web.Actor(r), r.PathValue("word"))
	if err != nil {
		return err
	}
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.Remove(r.Context(), web.Actor(r), e.ID); err != nil {
		return err
	}
	return p.Kit.Done(w, r, root, p.Kit.Say(r).T("words.removed", e.Word.Word))
}

// importData is a list that is taken in.
type importData struct{ Form web.Form }

var importTemplate = web.Define[importData]("desk/word_import")

// heads are those of lists, in and out.
var heads = []string{"词", "应为", "级别", "说明"}

func (p Pages) importForm(r *http.Request) (web.Form, error) {
	say := p.Kit.Say(r)
	organ, err := p.organField(r)
	return web.Form{Submit: say.T("words.import"), Cancel: root, Upload: true, Fields: []web.Field{
		organ, {Kind: web.File, Name: "sheet", Label: say.T("words.sheet"), Hint: say.T("words.sheet-hint", lexicon.MaxEntries), Accept: ".xlsx,.csv", Required: true},
	}}, err
}

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	f, err := p.importForm(r)
	if err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("words.import"), importData{f})
}

// emptySheet gives a list to fill in, with a line that shows how it is meant.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		yield([]string{"# 示例：青石镇", "青石街道", "错误", "2023年已改设街道"}, nil)
	}
	return web.WriteXLSX(w, p.Kit.Say(r).T("words.title"), heads, rows)
}

func (p Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say, organ := p.Kit.Say(r), values.Get("organ")
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	if err := web.Actor(r).May(account.EditWords, organ, tree); err != nil {
		return err
	}
	var taken lexicon.Taken
	list, err := p.read(r)
	if err == nil {
		taken, err = p.Office.Import(r.Context(), web.Actor(r), organ, list)
	}
	if err == nil {
		return p.Kit.Done(w, r, root, say.T("words.imported", taken.New, taken.Changed, taken.Same))
	}
	f, drawing := p.importForm(r)
	if f.Fill(values); drawing != nil || !f.Fail(err) {
		return errors.Join(drawing, err)
	}
	return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("words.import"), importData{f})
}

// read reads the list that was sent.
func (p Pages) read(r *http.Request) ([]guard.Word, error) {
	wrong := func(sentence string) error {
		return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "sheet", Public: sentence}}}
	}
	file, head, err := r.FormFile("sheet")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, wrong("请选择词表（xlsx 或者 csv）。")
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	rows, err := p.Reader.Rows(r.Context(), head.Filename, data)
	var list []guard.Word
	if err == nil {
		list, err = guard.ReadWords(rows)
	}
	switch {
	case err != nil && errs.KindOf(err) != errs.Internal:
		return nil, wrong(errs.Public(err))
	case err == nil && len(list) == 0:
		return nil, wrong("词表里没有词；第一行是列名，从第二行起每行一个词。")
	}
	return list, err
}
