package ledger

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/arrival"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/takeover"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// maxSheet is how many bytes the form with the file may have.
const maxSheet = 9 << 20

const (
	importPath = "/desk/requests/import"
	onePath    = "/desk/imports/" // and the key of a ledger
)

// importData asks for a ledger.
type importData struct {
	Columns []sheet.Column
	Latest  []importLatest
	Form    web.Form
}

// importLatest is a ledger that was brought before.
type importLatest struct{ At, Organ, State, Tone, Path string }

var importTemplate = web.Define[importData]("desk/ledger_import")

func (p Pages) importRoutes() []web.Route {
	handle := paged(web.Needs(account.HandleRequests))
	bring := handle("POST", "/requests/import", p.bring, importTemplate)
	bring.Upload = maxSheet
	return []web.Route{
		handle("GET", "/requests/import", p.askImport, importTemplate),
		handle("GET", "/requests/import/sheet", p.emptySheet),
		bring,
		handle("GET", "/imports/{ledger}", p.showImport, importOneTemplate),
		handle("POST", "/imports/{ledger}", p.actImport),
	}
}

func (p Pages) fileForm(r *http.Request) (web.Form, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return web.Form{}, err
	}
	organs := choice.Organs(tree, web.Actor(r).Where(account.HandleRequests))
	organ := web.Field{Kind: web.Select, Name: "organ", Label: say.T("ledger.organ"), Options: organs, Required: true}
	if len(organs) > 0 {
		organ.Value = cmp.Or(r.URL.Query().Get("organ"), organs[0].Value)
	}
	return web.Form{Action: importPath, Submit: say.T("ledger.check"), Cancel: "/desk/requests", Upload: true, Fields: []web.Field{
		organ, {Kind: web.File, Name: "sheet", Label: say.T("ledger.file"), Hint: say.T("ledger.file-hint", foi.MaxImport), Required: true, Accept: ".xlsx,.csv"},
	}}, nil
}

func (p Pages) importData(r *http.Request) (data importData, err error) {
	say := p.Kit.Say(r)
	data.Columns = sheet.Columns()
	if data.Form, err = p.fileForm(r); err != nil {
		return data, err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return data, err
	}
	latest, err := p.Takeover.Latest(r.Context(), web.Actor(r))
	for _, l := range latest {
		text, tone := importState(say.T, l.State)
		data.Latest = append(data.Latest, importLatest{l.At.Format("2006-01-02 15:04"), tree.Name(l.Organ), text, tone, onePath + l.ID})
	}
	return data, err
}

// importState says how far a ledger is, with the tone of its badge.
func importState(t func(string, ...any) string, s arrival.State) (text, tone string) {
	switch s {
	case arrival.Looking:
		return t("takeover.looking"), "amber"
	case arrival.Looked:
		return t("takeover.looked"), "blue"
	case arrival.Keeping:
		return t("takeover.keeping"), "amber"
	}
	return t("takeover.kept"), "green"
}

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	data, err := p.importData(r)
	if err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("ledger.import"), data)
}

// emptySheet gives an empty ledger to fill in.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("ledger.sheet-name"), sheet.Headings(), none)
}

// bring takes a file in, and goes to the page that tells how far it is.
func (p Pages) bring(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, actor, organ := r.Context(), web.Actor(r), values.Get("organ")
	if err := p.Takeover.MayBring(ctx, actor, organ); err != nil {
		return err
	}
	name, file, err := sheetFile(r)
	id := ""
	if err == nil {
		id, err = p.Takeover.Bring(ctx, actor, organ, name, file)
	}
	if err == nil {
		http.Redirect(w, r, onePath+id, http.StatusSeeOther)
		return nil
	}
	data, again := p.importData(r)
	if data.Form.Fill(values); again != nil || !data.Form.Fail(err) {
		return cmp.Or(again, err)
	}
	return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.Kit.Say(r).T("ledger.import"), data)
}

func sheetFile(r *http.Request) (name string, data []byte, err error) {
	file, header, err := r.FormFile("sheet")
	if errors.Is(err, http.ErrMissingFile) {
		return "", nil, fileError("请选择要导入的台账文件（xlsx 或者 csv）。")
	}
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = file.Close() }() // only read
	if data, err = io.ReadAll(io.LimitReader(file, takeover.MaxFile+1)); err != nil {
		return "", nil, err
	}
	switch {
	case len(data) == 0:
		return "", nil, fileError("文件是空的，请重新选择。")
	case len(data) > takeover.MaxFile:
		return "", nil, fileError("文件超过" + strconv.Itoa(takeover.MaxFile>>20) + " MB，请按年度分成几个文件。")
	}
	return header.Filename, data, nil
}

func fileError(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "sheet", Public: sentence}}}
}
