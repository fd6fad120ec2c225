package admin

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// maxSheet is how many bytes a list of people may have.
const maxSheet = 8 << 20

// peopleImport takes in a list of people, or of roles, after a look at it. Who
// keeps people takes in people; who grants roles, the roles of the same list.
type peopleImport struct {
	Roles    bool // it is about roles
	Looked   bool // a list was looked at
	Count    int  // people or roles that would be new
	Problems []account.Problem
	Form     web.Form
}

// peopleImported shows the invitations of a list, this once.
type peopleImported struct{ Slips []personInvited }

var (
	peopleImportTemplate   = web.Define[peopleImport]("admin/people_import")
	peopleImportedTemplate = web.Define[peopleImported]("admin/people_imported")
)

func (p People) importRoutes(page pager) []web.Route {
	rule := web.Needs(account.EditPeople, account.GrantRoles)
	upload := page("POST", "/import", rule, p.takeIn, peopleImportedTemplate)
	upload.Upload = maxSheet
	return []web.Route{
		page("GET", "/import", rule, p.askImport, peopleImportTemplate),
		page("GET", "/import/sheet", rule, p.sheet),
		upload,
	}
}

// importsRoles tells which half of the list the actor takes in.
func importsRoles(actor account.Actor) (bool, error) {
	switch {
	case actor.Can(account.EditPeople):
		return false, nil
	case actor.Can(account.GrantRoles):
		return true, nil
	}
	return false, actor.May(account.EditPeople, "", nowhere{})
}

type nowhere struct{}

func (nowhere) Below(string, string) bool { return false }

func (p People) importForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("people.import-go"), Cancel: "/admin/people", Upload: true, Fields: []web.Field{
		{Kind: web.File, Name: "sheet", Label: say.T("people.sheet"), Hint: say.T("people.sheet-hint"), Required: true, Accept: ".xlsx,.csv"},
		{Kind: web.Check, Name: "keep", Label: say.T("people.import-keep"), Hint: say.T("people.import-keep-hint")},
	}}
}

func (p People) askImport(w http.ResponseWriter, r *http.Request) error {
	roles, err := importsRoles(web.Actor(r))
	if err != nil {
		return err
	}
	return peopleImportTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.import"), peopleImport{Roles: roles, Form: p.importForm(r)})
}

// sheet gives an empty list to fill in.
func (p People) sheet(w http.ResponseWriter, r *http.Request) error {
	var none iter.Seq2[[]string, error] = func(func([]string, error) bool) {}
	return web.WriteXLSX(w, p.Kit.Say(r).T("people.import"), sheetColumns(), none)
}

// sheetColumns are the columns of the list, in this order or by these names.
func sheetColumns() []string { return []string{"登录名", "姓名", "职务", "机关", "角色"} }

func (p People) takeIn(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.Actor(r)
	roles, err := importsRoles(actor)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data, dry := peopleImport{Roles: roles, Form: p.importForm(r), Looked: true}, values.Get("keep") == ""
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	entries, problems, err := readSheet(r, tree)
	dry = dry || len(problems) > 0
	var made []account.Invitation
	if err == nil && roles {
		data.Count, data.Problems, err = p.Office.GrantAll(ctx, actor, entries, dry)
	} else if err == nil {
		made, data.Problems, err = p.Office.Join(ctx, actor, entries, dry)
		data.Count = len(made)
	}
	say := p.Kit.Say(r)
	if err != nil {
		if data.Looked = false; data.Form.Fail(err) {
			return peopleImportTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.import"), data)
		}
		return err
	}
	data.Problems = append(problems, data.Problems...)
	switch {
	case dry || len(data.Problems) > 0:
		data.Form.Fill(values)
		return peopleImportTemplate.Show(p.Kit, w, r, say.T("people.import"), data)
	case roles:
		return p.Kit.Done(w, r, "/admin/people", say.T("people.roles-imported", data.Count))
	}
	return p.slips(w, r, made, tree)
}

// slips shows the invitations to be printed and cut.
func (p People) slips(w http.ResponseWriter, r *http.Request, made []account.Invitation, tree *org.Tree) error {
	var data peopleImported
	for _, i := range made {
		link := p.base(r) + i.Path()
		qr, err := web.QR(link)
		if err != nil {
			return err
		}
		data.Slips = append(data.Slips, personInvited{
			Site: p.site(r), Organ: tree.Name(i.Person.Organ), Name: i.Person.Name, Login: i.Person.Login, Link: link, QR: qr, Until: i.Person.InviteUntil,
		})
	}
	w.Header().Set("Cache-Control", "no-store")
	return peopleImportedTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.invitations"), data)
}

// readSheet reads the list that was sent. What is wrong with single lines is
// told with their numbers.
func readSheet(r *http.Request, tree *org.Tree) ([]account.Entry, []account.Problem, error) {
	file, header, err := r.FormFile("sheet")
	if err != nil {
		return nil, nil, sheetError("请选择要导入的表格文件（xlsx）。")
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, nil, err
	}
	table, err := firstTable(r.Context(), header.Filename, data)
	if err != nil {
		return nil, nil, err
	}
	columns, err := columnsOf(table.Rows[0])
	if err != nil {
		return nil, nil, err
	}
	organs := organsByName(tree)
	var (
		entries  []account.Entry
		problems []account.Problem
	)
	for i, row := range table.Rows[1:] {
		cells := map[string]string{}
		for _, c := range row.Cells {
			if name, ok := columns[c.Col]; ok {
				cells[name] = strings.TrimSpace(c.Text)
			}
		}
		if strings.Join([]string{cells["登录名"], cells["姓名"], cells["机关"]}, "") == "" {
			continue
		}
		entry, problem := readEntry(i+2, cells, organs)
		if problem != "" {
			problems = append(problems, account.Problem{Line: entry.Line, Text: problem})
			continue
		}
		entries = append(entries, entry)
	}
	if len(entries) == 0 && len(problems) > 0 {
		return nil, nil, sheetError(fmt.Sprintf("第%d行：%s", problems[0].Line, problems[0].Text))
	}
	return entries, problems, nil
}

func sheetError(sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: "sheet", Public: sentence}}}
}

func firstTable(ctx context.Context, name string, data []byte) (*doc.Table, error) {
	opener := open.New(open.Options{MaxBytes: maxSheet})
	defer func() { _ = opener.Close() }() // only read
	d, err := opener.Read(ctx, name, data)
	if err != nil {
		return nil, err
	}
	for table := range d.Tables {
		if len(table.Rows) > 0 {
			return table, nil
		}
	}
	return nil, sheetError("文件中没有表格。")
}

// columnsOf finds the columns by their names.
func columnsOf(head doc.Row) (map[int]string, error) {
	columns, found := map[int]string{}, map[string]bool{}
	for _, c := range head.Cells {
		for _, name := range sheetColumns() {
			if strings.TrimSpace(c.Text) == name {
				columns[c.Col], found[name] = name, true
			}
		}
	}
	for _, name := range []string{"登录名", "姓名", "机关"} {
		if !found[name] {
			return nil, sheetError("第一行缺少“" + name + "”列；列名依次为：" + strings.Join(sheetColumns(), "、") + "。")
		}
	}
	return columns, nil
}

// organsByName finds organs by name; a name that two organs have finds none.
func organsByName(tree *org.Tree) map[string]string {
	ids := map[string]string{}
	for _, root := range tree.Children("") {
		for _, n := range tree.Subtree(root.ID) {
			if n.Ended {
				continue
			}
			if _, twice := ids[n.Name]; twice {
				ids[n.Name] = ""
				continue
			}
			ids[n.Name] = n.ID
		}
	}
	return ids
}

func readEntry(line int, cells map[string]string, organs map[string]string) (account.Entry, string) {
	entry := account.Entry{Line: line, Draft: account.Draft{Login: cells["登录名"], Name: cells["姓名"], Title: cells["职务"]}}
	id, known := organs[cells["机关"]]
	switch {
	case !known:
		return entry, "没有名为“" + cells["机关"] + "”的机关，请写全称。"
	case id == "":
		return entry, "名为“" + cells["机关"] + "”的机关有两个以上，请在页面上逐个办理。"
	}
	entry.Organ = id
	for name := range strings.FieldsFuncSeq(cells["角色"], func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		role, ok := account.RoleNamed(name)
		if !ok {
			return entry, "没有“" + strings.TrimSpace(name) + "”这个角色。"
		}
		entry.Roles = append(entry.Roles, role)
	}
	return entry, ""
}
