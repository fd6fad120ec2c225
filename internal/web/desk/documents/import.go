package documents

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"strconv"

	"gongkai/internal/accession"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// Fields of the import.
const (
	sheetField  = "sheet"
	columnField = "column-"
)

// importData asks for a list and its files.
type importData struct {
	Columns []columnHelp
	Latest  []importLatest
	Form    *web.Form
}

// importLatest is a list that was brought before.
type importLatest struct{ At, Organ, State, Tone, Path string }

// columnHelp explains a column of the template.
type columnHelp struct {
	Heading, Hint string
	Required      bool
}

var importTemplate = web.Define[importData]("desk/document_import")

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	data, err := p.importData(r, &values{deed.NewValues(r.URL.Query())})
	if err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("documents.import"), data)
}

func (p Pages) importData(r *http.Request, v *values) (data importData, err error) {
	say := p.Kit.Say(r)
	data.Columns = columnsHelp(say)
	if data.Form, err = p.importForm(r, v); err != nil {
		return data, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return data, err
	}
	latest, err := p.Import.Latest(r.Context(), web.Actor(r))
	for _, b := range latest {
		text, tone := importState(say, b.State)
		data.Latest = append(data.Latest, importLatest{b.At.Format("2006-01-02 15:04"), tree.Name(b.Organ), text, tone, onePath + b.ID})
	}
	return data, err
}

// importState says how far a list is, with the tone of its badge.
func importState(say *locale.Catalogue, s arrival.State) (text, tone string) {
	switch s {
	case arrival.Looking:
		return say.T("documents.import-looking"), "amber"
	case arrival.Looked:
		return say.T("documents.import-looked"), "blue"
	case arrival.Keeping:
		return say.T("documents.import-keeping"), "amber"
	}
	return say.T("documents.import-kept"), "green"
}

// importForm asks for the list and its files.
func (p Pages) importForm(r *http.Request, v *values) (*web.Form, error) {
	say := p.Kit.Say(r)
	places, _, err := p.places(r, v)
	if err != nil {
		return nil, err
	}
	return &web.Form{Action: root + "/import", Submit: say.T("documents.import-check"), Cancel: root, Upload: true, Fields: append(places,
		web.Field{Kind: web.File, Name: sheetField, Label: say.T("documents.import-sheet"), Hint: say.T("documents.import-sheet-hint", publish.MaxLines), Accept: ".xlsx,.csv", Required: true},
		web.Field{Kind: web.File, Name: filesField, Label: say.T("documents.import-files"), Hint: say.T("documents.import-files-hint", accession.MaxSent>>20), Accept: ".zip," + acceptNames, Multiple: true},
	)}, nil
}

// emptySheet gives the template of the list, with a line that shows how it is meant.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	var example []string
	for _, c := range publish.Columns() {
		example = append(example, exampleOf[c.Name])
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) { yield(example, nil) }
	return web.WriteXLSX(w, "主动公开目录导入模板", headings(), rows)
}

func headings() (all []string) {
	for _, c := range publish.Columns() {
		all = append(all, c.Heading)
	}
	return all
}

// exampleOf fills in the line of the template.
var exampleOf = map[string]string{
	"title": "（示例，导入前请删除）关于印发政务服务窗口管理办法的通知", "number": "青政办发〔2024〕12号", "formed": "2024-03-05", "kind": "行政规范性文件", "openness": "主动公开",
	"source": "窗口管理办法.docx", "files": "附件1.xlsx；附件2.pdf", "index": "11150899MB/2024-00012", "posted": "2024-03-08", "force": "有效",
}

// bring takes a list and its files in as they are, and goes to the page that tells
// how far a job is with them.
func (p Pages) bring(w http.ResponseWriter, r *http.Request) error {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	v := &values{&deed.Values{Values: typed, Files: map[string][]deed.File{}}}
	if err := p.mayDraft(r, v); err != nil {
		return err
	}
	id := ""
	in, err := p.sent(r, v)
	if err == nil {
		id, err = p.Import.Bring(r.Context(), web.Actor(r), in)
	}
	if err == nil {
		return web.Redirect(w, r, onePath+id)
	}
	data, again := p.importData(r, v)
	if again != nil {
		return again
	}
	if data.Form.Fill(v.Values.Values); !data.Form.Fail(err) {
		return err
	}
	return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("documents.import"), data)
}

// sent keeps what was sent.
func (p Pages) sent(r *http.Request, v *values) (in accession.Bringing, err error) {
	if _, _, err := p.places(r, v); err != nil { // fills in what was not asked
		return in, err
	}
	in = accession.Bringing{Organ: v.Text("organ"), Section: v.Text("section")}
	_, head, err := r.FormFile(sheetField)
	switch {
	case errors.Is(err, http.ErrMissingFile):
		return in, wrongSheet("请选择要导入的清单（xlsx 或者 csv）。")
	case err != nil:
		return in, err
	case head.Size == 0:
		return in, wrongSheet("清单是空的，请重新选择。")
	}
	list, err := p.put(r, head, accession.MaxList)
	if errs.KindOf(err) == errs.TooLarge {
		return in, wrongSheet("清单太大；正文请放在单独的文件里，在“正文文件”一列写文件名。")
	}
	if err != nil {
		return in, err
	}
	in.Name, in.List = list.Name, list.Hash
	for _, head := range r.MultipartForm.File[filesField] {
		if head.Size == 0 {
			continue
		}
		f, err := p.put(r, head, accession.MaxSent)
		if err != nil {
			return in, err
		}
		in.Sent = append(in.Sent, f)
	}
	return in, nil
}

func (p Pages) put(r *http.Request, head *multipart.FileHeader, most int64) (publish.File, error) {
	content, err := head.Open()
	if err != nil {
		return publish.File{}, err
	}
	defer func() { _ = content.Close() }() // only read
	info, err := p.Files.Put(r.Context(), io.Reader(content), most)
	return publish.File{Hash: info.Hash, Name: deed.FileName(head.Filename)}, err
}

func wrongSheet(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: sheetField, Public: sentence}}}
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

// mappingOf reads what somebody said the columns mean; a number from 1.
func mappingOf(v *values) publish.Mapping {
	m := publish.Mapping{}
	for _, c := range publish.Columns() {
		if n, err := strconv.Atoi(cmp.Or(v.Text(columnField+c.Name), "0")); err == nil && n > 0 && n <= 1000 {
			m[c.Name] = n - 1
		}
	}
	return m
}
