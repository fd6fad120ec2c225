package ledger

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Limits of a ledger that is taken in.
const (
	maxSheet = 16 << 20 // bytes of the form with the file, or with what was read of it
	maxFile  = 8 << 20
	// shownProblems is how many problems a page shows.
	shownProblems = 500
)

// Sealer seals what was read of a file between looking at it and keeping it: the
// page carries it back, and nobody reads names in its source.
type Sealer interface {
	Seal(place string, plain []byte) ([]byte, error)
	Open(place string, sealed []byte) ([]byte, error)
}

// importData is a ledger in three steps: a file, what its columns mean, and what
// it would change.
type importData struct {
	Organ    string
	Looked   bool
	Count    int // requests that would be taken in
	Years    []importYear
	Problems []importProblem
	Total    int // problems …
	More     int // … that are not shown
	Columns  []sheet.Column
	Form     web.Form
}

// importYear is what a year of the ledger adds to table 3.
type importYear struct{ Year, Received, Ended, Over int }

type importProblem struct {
	Line         int
	Column, Text string
}

var importTemplate = web.Define[importData]("desk/ledger_import")

func (p Pages) importRoutes() []web.Route {
	handle := paged(web.Needs(account.HandleRequests))
	take := handle("POST", "/requests/import", p.takeIn, importTemplate)
	take.Upload = maxSheet
	return []web.Route{
		handle("GET", "/requests/import", p.askImport, importTemplate),
		handle("GET", "/requests/import/sheet", p.emptySheet),
		take,
	}
}

// carried is what the page carries between the steps.
type carried struct {
	Actor, Organ string
	Rows         [][]string
	Head         int
}

const carriedPlace = "ledger/import"

func (p Pages) carry(c carried) (string, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	sealed, err := p.Seals.Seal(carriedPlace+"/"+c.Actor, plain)
	return base64.StdEncoding.EncodeToString(sealed), err
}

func (p Pages) carriedBack(text, actor string) (c carried, err error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		sealed, err = p.Seals.Open(carriedPlace+"/"+actor, sealed)
	}
	if err == nil {
		err = json.Unmarshal(sealed, &c)
	}
	if err != nil {
		return c, errs.Wrap(err, errs.Invalid, "读取的内容不完整，请重新选择文件。")
	}
	return c, nil
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
	return web.Form{Submit: say.T("ledger.check"), Cancel: "/desk/requests", Upload: true, Fields: []web.Field{
		organ, {Kind: web.File, Name: "sheet", Label: say.T("ledger.file"), Hint: say.T("ledger.file-hint", foi.MaxImport), Required: true, Accept: ".xlsx,.csv"},
	}}, nil
}

func (p Pages) askImport(w http.ResponseWriter, r *http.Request) error {
	form, err := p.fileForm(r)
	if err != nil {
		return err
	}
	return importTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("ledger.import"), importData{Form: form, Columns: sheet.Columns()})
}

// emptySheet gives an empty ledger to fill in.
func (p Pages) emptySheet(w http.ResponseWriter, r *http.Request) error {
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("ledger.sheet-name"), sheet.Headings(), none)
}

func (p Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if values.Get("read") == "" {
		tree, err := p.Trees.Tree(r.Context())
		if err != nil {
			return err
		}
		if err := web.Actor(r).May(account.HandleRequests, values.Get("organ"), tree); err != nil {
			return err
		}
	}
	var c carried
	var m sheet.Mapping
	if values.Get("read") != "" {
		if c, err = p.carriedBack(values.Get("read"), web.Actor(r).ID); err == nil {
			m = mappingOf(values)
		}
	} else {
		c, m, err = p.readFile(r, values.Get("organ"))
	}
	if err != nil {
		form, formErr := p.fileForm(r)
		if form.Fill(values); formErr != nil || !form.Fail(err) {
			return cmp.Or(formErr, err)
		}
		return importTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("ledger.import"), importData{Form: form, Columns: sheet.Columns()})
	}
	return p.look(w, r, c, m, values.Get("keep") == "yes")
}

// readFile reads the file and guesses what its columns mean.
func (p Pages) readFile(r *http.Request, organ string) (c carried, m sheet.Mapping, err error) {
	rows, err := sheetRows(r)
	if err != nil {
		return c, nil, err
	}
	head, ok := sheet.FindHead(rows)
	if !ok {
		return c, nil, fileError("在前十行里没有找到表头；请下载模板，或者把“申请编号”“申请人类别”等列名写在一行里。")
	}
	if len(rows)-head.Line-1 > foi.MaxImport {
		return c, nil, fileError("一次最多导入" + strconv.Itoa(foi.MaxImport) + "件，请按年度分成几个文件。")
	}
	return carried{web.Actor(r).ID, organ, rows, head.Line}, head.Guess, nil
}

func sheetRows(r *http.Request) ([][]string, error) {
	file, header, err := r.FormFile("sheet")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, fileError("请选择要导入的台账文件（xlsx 或者 csv）。")
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	opener := open.New(open.Options{MaxBytes: maxFile})
	defer func() { _ = opener.Close() }() // only read
	rows, err := opener.Rows(r.Context(), header.Filename, data)
	if err != nil && errs.KindOf(err) != errs.Internal {
		return nil, fileError(errs.Public(err))
	}
	return rows, err
}

func fileError(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "sheet", Public: sentence}}}
}

// mappingOf reads what somebody said the columns mean; a number from 1.
func mappingOf(values url.Values) sheet.Mapping {
	m := sheet.Mapping{}
	for _, column := range sheet.Columns() {
		if n, err := strconv.Atoi(values.Get("column-" + column.Name)); err == nil && n > 0 && n <= 1000 {
			m[column.Name] = n - 1
		}
	}
	return m
}

// look tries the ledger out, and keeps it when it was looked at and is good.
func (p Pages) look(w http.ResponseWriter, r *http.Request, c carried, m sheet.Mapping, keep bool) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	if err := actor.May(account.HandleRequests, c.Organ, tree); err != nil {
		return err
	}
	handlers, err := p.handlers(r, c.Organ)
	if err != nil {
		return err
	}
	data := importData{Organ: tree.Name(c.Organ), Looked: true, Columns: sheet.Columns()}
	var lines []foi.PastLine
	var problems []foi.Problem
	missing := m.Missing()
	if len(missing) == 0 {
		lines, problems = sheet.Read(c.Rows, c.Head, m, handlers)
		more, err := p.Desk.Import(ctx, actor, c.Organ, lines, !keep || len(problems) > 0)
		if err != nil {
			return err
		}
		problems = append(problems, more...)
	}
	for _, heading := range missing {
		problems = append(problems, foi.Problem{Line: c.Head + 1, Text: say.T("ledger.column-missing", heading)})
	}
	if len(problems) == 0 && len(lines) == 0 {
		problems = append(problems, foi.Problem{Line: c.Head + 1, Text: say.T("ledger.no-lines")})
	}
	if keep && len(problems) == 0 {
		return p.Kit.Done(w, r, "/desk/requests?"+url.Values{foi.FilterOrgan: {c.Organ}, "sort": {"received"}, "desc": {"1"}}.Encode(), say.T("ledger.imported", len(lines)))
	}
	data.tell(problems)
	data.Count, data.Years = len(lines), years(lines)
	if data.Form, err = p.keepForm(say, c, m, len(problems) == 0); err != nil {
		return err
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return importTemplate.ShowStatus(p.Kit, w, r, status, say.T("ledger.import"), data)
}

// handlers gives those who handle requests there, by name.
func (p Pages) handlers(r *http.Request, organ string) (map[string]string, error) {
	ids, err := p.Desk.Clerks(r.Context(), web.Actor(r), organ)
	if err != nil {
		return nil, err
	}
	names, err := p.Names.Names(r.Context(), ids)
	byName := map[string]string{}
	for _, id := range ids {
		byName[names[id]] = id
	}
	return byName, err
}

func (d *importData) tell(problems []foi.Problem) {
	slices.SortStableFunc(problems, func(a, b foi.Problem) int { return cmp.Compare(a.Line, b.Line) })
	for _, one := range problems[:min(len(problems), shownProblems)] {
		column, _ := sheet.Find(one.Column)
		d.Problems = append(d.Problems, importProblem{one.Line, column.Heading, one.Text})
	}
	d.Total, d.More = len(problems), max(0, len(problems)-shownProblems)
}

// years tells what the ledger adds to each year of table 3.
func years(lines []foi.PastLine) []importYear {
	all := map[int]*importYear{}
	of := func(year int) *importYear {
		if all[year] == nil {
			all[year] = &importYear{Year: year}
		}
		return all[year]
	}
	first, last := 9999, 0
	for _, l := range lines {
		received := l.Past.Received.Year()
		if l.Past.Received.IsZero() {
			received = l.Past.Arrived.Year()
		}
		of(received).Received++
		first, last = min(first, received), max(last, received)
		if !l.Past.Ended.IsZero() {
			of(l.Past.Ended.Year()).Ended++
			last = max(last, l.Past.Ended.Year())
		}
	}
	var rows []importYear
	over := 0
	for y := first; y <= last; y++ {
		row := *of(y)
		over += row.Received - row.Ended
		row.Over = over
		rows = append(rows, row)
	}
	return rows
}

// keepForm asks what the columns mean; when all is good it keeps the ledger.
func (p Pages) keepForm(say *locale.Catalogue, c carried, m sheet.Mapping, good bool) (web.Form, error) {
	read, err := p.carry(c)
	if err != nil {
		return web.Form{}, err
	}
	form := web.Form{Submit: say.T("ledger.check-again"), Cancel: "/desk/requests/import", Upload: true, Fields: []web.Field{{Kind: web.Hidden, Name: "read", Value: read}}}
	if good {
		form.Submit = say.T("ledger.keep")
		form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: "keep", Value: "yes"})
		for _, column := range sheet.Columns() {
			if at, ok := m[column.Name]; ok {
				form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: "column-" + column.Name, Value: strconv.Itoa(at + 1)})
			}
		}
		return form, nil
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Section, Label: say.T("ledger.mapping")})
	for _, column := range sheet.Columns() {
		form.Fields = append(form.Fields, mappingField(say, column, c.Rows[c.Head], m))
	}
	return form, nil
}

func mappingField(say *locale.Catalogue, column sheet.Column, headings []string, m sheet.Mapping) web.Field {
	label := column.Heading
	if say.Lang == locale.English {
		label = column.English
	}
	at, ok := m[column.Name]
	f := web.Field{Kind: web.Select, Name: "column-" + column.Name, Label: label, Hint: column.Hint, Required: column.Required, Beside: true, Options: []web.Option{{Label: say.T("ledger.no-column"), Chosen: !ok}}}
	for i, h := range headings {
		if h != "" {
			f.Options = append(f.Options, web.Option{Value: strconv.Itoa(i + 1), Label: h, Chosen: ok && at == i})
		}
	}
	if ok {
		f.Value = strconv.Itoa(at + 1)
	}
	return f
}
