package documents

import (
	"io"
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/deed"
)

// newData is a new document.
type newData struct {
	Form   web.Form
	Read   string   // the document that was read; "" for none
	Issuer string   // who issued it, as it says itself
	Doubts []string // what to look at in what was read
}

var newTemplate = web.Define[newData]("desk/document_new")

// doRead is the button that reads a document in official form.
const doRead = "read"

// keyField is the key that the document will have, so that a form that is sent twice
// makes one.
const keyField = "key"

func (p Pages) askNew(w http.ResponseWriter, r *http.Request) error {
	v := &values{deed.NewValues(url.Values{})}
	for _, name := range []string{"request", "organ", "section"} {
		v.Set(name, r.URL.Query().Get(name))
	}
	v.Set(keyField, p.Desk.IDs.New())
	if v.Text("organ") != "" {
		if err := p.mayDraft(r, v); err != nil {
			return err
		}
	}
	data, err := p.newData(r, v)
	if err != nil {
		return err
	}
	return newTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("documents.new"), data)
}

func (p Pages) draft(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	v, err := p.readForm(r)
	if err != nil {
		return err
	}
	if err := p.mayDraft(r, v); err != nil {
		return err
	}
	data, wrong := newData{}, error(nil)
	if v.Get(web.DoField) == doRead {
		data, wrong = p.readSource(r, v)
	}
	drawn, err := p.newData(r, v)
	if err != nil {
		return err
	}
	data.Form = drawn.Form
	v.Fill(&data.Form)
	show := func(status int) error {
		return newTemplate.ShowStatus(p.Kit, w, r, status, say.T("documents.new"), data)
	}
	if wrong == nil && v.Get(web.DoField) != "" {
		return show(http.StatusOK)
	}
	var made publish.Document
	if err = wrong; err == nil {
		in := publish.Intake{ID: v.Text(keyField), Organ: v.Text("organ"), Section: v.Text("section"), Compose: publish.Compose{Paper: v.paper(), Origin: publish.Origin{Request: v.Text("request")}}}
		if err = v.Err(); err == nil {
			made, err = p.Desk.Draft(r.Context(), web.Actor(r), in)
		}
	}
	if err != nil {
		if !data.Form.Fail(err) {
			return err
		}
		return show(web.Status(err))
	}
	return p.Kit.Done(w, r, path(made.ID), say.T("documents.drafted", nextWords(say, made)))
}

// mayDraft judges the right before anything else is looked at.
func (p Pages) mayDraft(r *http.Request, v *values) error {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	section := v.Text("section")
	if section == "" {
		section = v.Text("organ")
	}
	if _, ok := tree.Node(section); !ok {
		return errs.New(errs.NotFound, "没有这个机关。")
	}
	return web.Actor(r).May(account.DraftDocuments, section, tree)
}

// newData draws the form.
func (p Pages) newData(r *http.Request, v *values) (newData, error) {
	say := p.Kit.Say(r)
	fields, issuer, err := p.places(r, v)
	if err != nil {
		return newData{}, err
	}
	form := web.Form{Submit: say.T("documents.save-draft"), Cancel: root, Upload: true, Fields: fields, Buttons: []web.Option{{Value: deed.More, Label: say.T("documents.update")}}}
	if request := v.Text("request"); request != "" {
		number, err := p.Desk.Sources.Answered(r.Context(), request, v.Text("organ"))
		if err != nil {
			return newData{}, err
		}
		form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: "request", Value: request}, web.Field{Kind: web.Fact, Label: say.T("documents.from-request"), Value: number + "（条例§44）"})
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.File, Name: sourceField, Label: say.T("documents.source"), Hint: say.T("documents.source-hint"), Accept: ".docx", Button: &web.Option{Value: doRead, Label: say.T("documents.read")}}, web.Field{Kind: web.Hidden, Name: keyField, Value: v.Text(keyField)})
	form.Fields = append(form.Fields, v.paperFields(say, issuer)...)
	return newData{Form: form}, nil
}

// places asks which section drafts, and in whose name; what is the only choice is not
// asked.
func (p Pages) places(r *http.Request, v *values) ([]web.Field, org.Node, error) {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return nil, org.Node{}, err
	}
	sections := choice.Organs(tree, web.Actor(r).Where(account.DraftDocuments))
	issuers := issuersOf(tree, sections)
	if len(sections) == 0 || len(issuers) == 0 {
		return nil, org.Node{}, errs.New(errs.Forbidden, "您起草的部门不属于任何能够发文的机关；请系统管理员核对机关设置。")
	}
	var fields []web.Field
	for _, one := range []struct {
		name, label, hint string
		all               []web.Option
	}{{"section", say.T("documents.section"), "", sections}, {"organ", say.T("documents.organ"), say.T("documents.organ-hint"), issuers}} {
		if v.Text(one.name) == "" {
			v.Set(one.name, one.all[0].Value)
		}
		if !slices.ContainsFunc(one.all, func(o web.Option) bool { return o.Value == v.Text(one.name) }) {
			return nil, org.Node{}, errs.New(errs.NotFound, "不能为这个机关起草文件；只能为本机关或者上级机关起草。")
		}
		if len(one.all) == 1 {
			fields = append(fields, web.Field{Kind: web.Hidden, Name: one.name, Value: one.all[0].Value})
			continue
		}
		fields = append(fields, web.Field{Kind: web.Select, Name: one.name, Label: one.label, Hint: one.hint, Options: one.all, Value: v.Text(one.name), Required: true})
	}
	issuer, _ := tree.Node(v.Text("organ"))
	return fields, issuer, nil
}

// issuersOf gives the organs in whose name some sections can draft, the nearest
// first: themselves, and those above.
func issuersOf(tree *org.Tree, sections []web.Option) []web.Option {
	var all []web.Option
	for _, s := range sections {
		for n, ok := tree.Node(s.Value); ok; n, ok = tree.Node(n.Parent) {
			known := slices.ContainsFunc(all, func(o web.Option) bool { return o.Value == n.ID })
			if n.Nature != org.Internal && !n.Ended && !known {
				all = append(all, web.Option{Value: n.ID, Label: n.Name})
			}
		}
	}
	return all
}

// readSource reads a document in official form into the form, for a person to
// confirm.
func (p Pages) readSource(r *http.Request, v *values) (newData, error) {
	data := newData{}
	wrong := func(sentence string) (newData, error) {
		return data, &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: sourceField, Public: sentence}}}
	}
	if r.MultipartForm == nil || len(r.MultipartForm.File[sourceField]) == 0 || r.MultipartForm.File[sourceField][0].Size == 0 {
		return wrong("请先选择要读取的 docx 文件。")
	}
	head := r.MultipartForm.File[sourceField][0]
	if head.Size > deed.MaxFile {
		return wrong("文件太大，不能读取；请把附件另行上传。")
	}
	content, err := head.Open()
	if err != nil {
		return data, err
	}
	defer func() { _ = content.Close() }()
	bytes, err := io.ReadAll(content)
	if err != nil {
		return data, err
	}
	d, err := p.Reader.Read(r.Context(), deed.FileName(head.Filename), bytes)
	switch errs.KindOf(err) {
	case errs.Invalid, errs.TooLarge, errs.Unsupported, errs.Corrupt, errs.Encrypted, errs.Picture:
		return wrong(errs.Public(err))
	}
	if err != nil {
		return data, err
	}
	found := publish.ReadOfficial(d)
	if found.Grade.Secret() {
		found.Text = "" // what is secret must not be taken in
	}
	found.Files = nil
	found.Summary, found.Keywords = v.Text("summary"), nil
	keywords := v.Text("keywords")
	v.load(found.Paper)
	v.Set("keywords", keywords)
	data.Read, data.Issuer = deed.FileName(head.Filename), found.Issuer
	for _, doubt := range found.Doubts {
		data.Doubts = append(data.Doubts, doubt.Says)
	}
	return data, nil
}
