package documents

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// Fields of the import.
const (
	sheetField   = "sheet"
	columnField  = "column-"
	batchKey     = "document batches" // the session's: what it has brought, and what became of it
	shownOfThem  = 500                // problems, and documents, that a page shows
	maxSheetFile = 16 << 20
)

// batch is a list with its files between the steps: it lies with the files that
// people send in, and goes like them when nobody needs it any more.
type batch struct {
	Organ, Section string
	Sheet          publish.Sheet
	Files          map[string]deed.File
}

// result is what a batch became.
type result struct{ Made []madeOne }

type madeOne struct{ ID, Title, Number string }

// importData is a list in three steps: the files, what the columns mean and what is
// wrong, and what was made of it.
type importData struct {
	Looked             bool
	Organ              string
	Count, Files       int
	Problems, Warnings []lineProblem
	Total, Stopped     int // of both, also those that are not shown
	Unread             []string
	Columns            []columnHelp
	Form               *web.Form
	Made               []madeOne
	List               string // all of them, in the list of documents
}

// lineProblem is what is wrong with a line.
type lineProblem struct {
	Line         int
	Column, Text string
}

// columnHelp explains a column of the template.
type columnHelp struct {
	Heading, Hint string
	Required      bool
}

var importTemplate = web.Define[importData]("desk/document_import")

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	v := &values{deed.NewValues(r.URL.Query())}
	data := importData{Columns: columnsHelp(p.Kit.Say(r))}
	var err error
	if data.Form, err = p.importForm(r, v); err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("documents.import"), data)
}

// importForm asks for the list and its files.
func (p Pages) importForm(r *http.Request, v *values) (*web.Form, error) {
	say := p.Kit.Say(r)
	places, _, err := p.places(r, v)
	if err != nil {
		return nil, err
	}
	return &web.Form{Submit: say.T("documents.import-check"), Cancel: root, Upload: true, Fields: append(places,
		web.Field{Kind: web.File, Name: sheetField, Label: say.T("documents.import-sheet"), Hint: say.T("documents.import-sheet-hint", publish.MaxLines), Accept: ".xlsx,.csv", Required: true},
		web.Field{Kind: web.File, Name: filesField, Label: say.T("documents.import-files"), Hint: say.T("documents.import-files-hint", maxBundle>>20), Accept: ".zip," + acceptNames, Multiple: true},
	)}, nil
}

// emptySheet gives the template of the list, with a line that shows how it is meant.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	var heads, example []string
	for _, c := range publish.Columns() {
		heads, example = append(heads, c.Heading), append(example, exampleOf[c.Name])
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) { yield(example, nil) }
	return web.WriteXLSX(w, "主动公开目录导入模板", heads, rows)
}

// exampleOf fills in the line of the template.
var exampleOf = map[string]string{
	"title": "（示例，导入前请删除）关于印发政务服务窗口管理办法的通知", "number": "青政办发〔2024〕12号", "formed": "2024-03-05", "kind": "行政规范性文件", "openness": "主动公开",
	"source": "窗口管理办法.docx", "files": "附件1.xlsx；附件2.pdf", "index": "11150899MB/2024-00012", "posted": "2024-03-08", "force": "有效",
}

func (p Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	v := &values{&deed.Values{Values: typed, Files: map[string][]deed.File{}}}
	if hash := v.Text("batch"); hash != "" {
		if done := p.batches(r)[hash]; done != "" { // the button was pressed twice
			return web.Redirect(w, r, root+"/import/done?"+url.Values{"batch": {done}}.Encode())
		}
		var b batch
		if err := p.batch(r, hash, &b); err != nil {
			return err
		}
		return p.look(w, r, hash, b, mappingOf(v), v.Text("keep") == "yes")
	}
	if err := p.mayDraft(r, v); err != nil {
		return err
	}
	b, err := p.readBatch(r, v)
	if err == nil {
		var hash string
		if hash, err = p.keepBatch(r, b); err == nil {
			return p.look(w, r, hash, b, b.Sheet.Guess(), false)
		}
	}
	data := importData{Columns: columnsHelp(p.Kit.Say(r))}
	var drawing error
	if data.Form, drawing = p.importForm(r, v); drawing != nil {
		return drawing
	}
	data.Form.Fill(v.Values.Values)
	if !data.Form.Fail(err) {
		return err
	}
	return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("documents.import"), data)
}

// readBatch reads the list, and keeps the files that came with it.
func (p Pages) readBatch(r *http.Request, v *values) (batch, error) {
	if _, _, err := p.places(r, v); err != nil { // fills in what was not asked
		return batch{}, err
	}
	b := batch{Organ: v.Text("organ"), Section: v.Text("section")}
	file, head, err := r.FormFile(sheetField)
	if errors.Is(err, http.ErrMissingFile) {
		return b, wrongSheet("请选择要导入的清单（xlsx 或者 csv）。")
	}
	if err != nil {
		return b, err
	}
	defer func() { _ = file.Close() }() // only read
	if head.Size > maxSheetFile {
		return b, wrongSheet("清单太大；正文请放在单独的文件里，在“正文文件”一列写文件名。")
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return b, err
	}
	d, err := p.Reader.Read(r.Context(), deed.FileName(head.Filename), data)
	if err == nil {
		b.Sheet, err = publish.FindSheet(d)
	}
	if err != nil && errs.KindOf(err) != errs.Internal {
		return b, wrongSheet(errs.Public(err))
	}
	if err != nil {
		return b, err
	}
	files := bundle{p: p, files: map[string]deed.File{}}
	if err := files.take(r.Context(), r.MultipartForm.File[filesField]); err != nil {
		return b, err
	}
	b.Files = files.files
	return b, files.wrong.Err()
}

func wrongSheet(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: sheetField, Public: sentence}}}
}

// batches gives what the session has brought, and what became of it: "" for nothing
// yet.
func (p Pages) batches(r *http.Request) map[string]string {
	all := map[string]string{}
	if err := json.Unmarshal([]byte(p.Kit.Sessions.GetString(r.Context(), batchKey)), &all); err != nil {
		return map[string]string{}
	}
	return all
}

// note keeps a batch in the session; only what it has brought is taken up again.
func (p Pages) note(r *http.Request, hash, done string) error {
	all := p.batches(r)
	all[hash] = done
	text, err := json.Marshal(all)
	p.Kit.Sessions.Put(r.Context(), batchKey, string(text))
	return err
}

func (p Pages) keepBatch(r *http.Request, what any) (string, error) {
	text, err := json.Marshal(what)
	if err != nil {
		return "", err
	}
	info, err := p.Files.Put(r.Context(), bytes.NewReader(text), maxUnpacked)
	if err != nil {
		return "", err
	}
	return info.Hash, p.note(r, info.Hash, "")
}

// batch takes up what the session has brought before.
func (p Pages) batch(r *http.Request, hash string, into any) error {
	if _, ours := p.batches(r)[hash]; !ours {
		return errs.New(errs.NotFound, "没有这次导入，或者已经过期；请重新选择文件。")
	}
	data, err := p.content(hash)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// mappingOf reads what somebody said the columns mean; a number from 1.
func mappingOf(v *values) publish.Mapping {
	m := publish.Mapping{}
	for _, c := range publish.Columns() {
		if n, err := strconv.Atoi(v.Text(columnField + c.Name)); err == nil && n > 0 && n <= 1000 {
			m[c.Name] = n - 1
		}
	}
	return m
}

// look tries the list out, and drafts its documents when it was looked at and is good.
func (p Pages) look(w http.ResponseWriter, r *http.Request, hash string, b batch, m publish.Mapping, keep bool) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	data := importData{Looked: true, Organ: tree.Name(b.Organ), Files: len(b.Files), Unread: m.Unread(b.Sheet), Columns: columnsHelp(say)}
	var taken publish.Taken
	if missing := m.Missing(); len(missing) > 0 {
		for _, c := range missing {
			taken.Problems = append(taken.Problems, publish.Problem{Column: c.Name, Text: "清单里没有这一列；请在下面选择，或者按模板补上。"})
		}
	} else {
		lines := b.Sheet.Lines(m)
		bundle, err := p.read(ctx, b.Files, lines)
		if err != nil {
			return err
		}
		if taken, err = p.Desk.Import(ctx, actor, b.Organ, b.Section, lines, bundle, !keep); err != nil {
			return err
		}
		data.Count = len(lines)
	}
	if keep && len(taken.Problems) == 0 {
		return p.kept(w, r, hash, b, taken.Made)
	}
	data.Total, data.Problems = len(taken.Problems), told(say, taken.Problems)
	data.Stopped, data.Warnings = len(taken.Warnings), told(say, taken.Warnings)
	data.Form = keepForm(say, hash, b.Sheet, m, len(taken.Problems) == 0)
	status := http.StatusOK
	if len(taken.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return importTemplate.ShowStatus(p.Kit, w, r, status, say.T("documents.import"), data)
}

// kept notes what was made of a batch, and shows it.
func (p Pages) kept(w http.ResponseWriter, r *http.Request, hash string, b batch, made []publish.Document) error {
	var all result
	for _, d := range made {
		all.Made = append(all.Made, madeOne{d.ID, d.Title, d.Number})
	}
	done, err := p.keepBatch(r, all)
	if err == nil {
		err = p.note(r, hash, done)
	}
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, root+"/import/done?"+url.Values{"batch": {done}, "organ": {b.Organ}}.Encode(), p.Kit.Say(r).T("documents.imported", len(made)))
}

// imported shows what was made of a list.
func (p Pages) imported(w http.ResponseWriter, r *http.Request) error {
	var all result
	if err := p.batch(r, r.URL.Query().Get("batch"), &all); err != nil {
		return err
	}
	data := importData{Count: len(all.Made), Made: all.Made[:min(len(all.Made), shownOfThem)]}
	for i := range data.Made {
		data.Made[i].ID = path(data.Made[i].ID)
	}
	data.List = root + "?" + url.Values{publish.FilterStatus: {string(publish.Drafting)}, publish.FilterOrgan: {r.URL.Query().Get("organ")}}.Encode()
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("documents.import-done"), data)
}

// told puts the first problems into the order of the lines, under the headings of the
// template.
func told(say *locale.Catalogue, problems []publish.Problem) []lineProblem {
	slices.SortStableFunc(problems, func(a, b publish.Problem) int { return cmp.Compare(a.Line, b.Line) })
	var all []lineProblem
	for _, one := range problems[:min(len(problems), shownOfThem)] {
		all = append(all, lineProblem{one.Line, headingOf(say, one.Column), one.Text})
	}
	return all
}

func headingOf(say *locale.Catalogue, column string) string {
	for _, c := range publish.Columns() {
		if c.Name == column {
			return say.In(publish.Word{Chinese: c.Heading, English: c.English})
		}
	}
	return ""
}

func columnsHelp(say *locale.Catalogue) []columnHelp {
	var all []columnHelp
	for _, c := range publish.Columns() {
		heading := c.Heading
		if say.Lang == locale.English {
			heading += " (" + c.English + ")"
		}
		all = append(all, columnHelp{heading, c.Hint, c.Required})
	}
	return all
}

// keepForm asks what the columns mean; when all is good it keeps the list.
func keepForm(say *locale.Catalogue, hash string, s publish.Sheet, m publish.Mapping, good bool) *web.Form {
	form := &web.Form{Submit: say.T("documents.import-again"), Cancel: root + "/import", Fields: []web.Field{{Kind: web.Hidden, Name: "batch", Value: hash}}}
	if good {
		form.Submit = say.T("documents.import-keep")
		form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: "keep", Value: "yes"})
		for name, at := range m {
			form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: columnField + name, Value: strconv.Itoa(at + 1)})
		}
		return form
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Section, Label: say.T("documents.import-mapping"), Hint: say.T("documents.import-mapping-hint")})
	for _, c := range publish.Columns() {
		f := web.Field{Kind: web.Select, Name: columnField + c.Name, Label: headingOf(say, c.Name), Required: c.Required, Beside: true, Options: []web.Option{{Label: say.T("documents.import-no-column")}}}
		for i, h := range s.Headings {
			if h != "" {
				f.Options = append(f.Options, web.Option{Value: strconv.Itoa(i + 1), Label: h})
			}
		}
		if at, ok := m[c.Name]; ok {
			f.Value = strconv.Itoa(at + 1)
		}
		form.Fields = append(form.Fields, f)
	}
	return form
}

// exportCatalogue gives the documents of the list whole, as the template has them, so
// that another house can take them in.
func (p Pages) exportCatalogue(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	var heads []string
	for _, c := range publish.Columns() {
		heads = append(heads, c.Heading)
	}
	whole := func(yield func([]string, error) bool) {
		fetch := func(q paging.Query) (paging.Page[publish.Row], error) {
			return p.Desk.List(r.Context(), web.Actor(r), q)
		}
		for id, err := range web.EveryPage(q, fetch, func(row publish.Row) []string { return []string{row.ID} }) {
			var d publish.Document
			if err == nil {
				d, err = p.Desk.Document(r.Context(), web.Actor(r), id[0])
			}
			var cells []string
			line := publish.LineOf(d)
			for _, c := range publish.Columns() {
				cells = append(cells, line.Cells[c.Name])
			}
			if !yield(cells, err) || err != nil {
				return
			}
		}
	}
	return web.WriteXLSX(w, p.Kit.Say(r).T("documents.catalogue"), heads, whole)
}
