package documents

import (
	"strconv"
	"strings"

	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// load puts a document into the form.
func (v *values) load(p publish.Paper) {
	for name, value := range map[string]string{
		"openness": string(p.Attribute.Openness), "ground": p.Attribute.Ground, "basis": p.Attribute.Basis, "reasons": p.Attribute.Reasons, "grade": string(p.Grade),
		"title": p.Title, "number": p.Number, "to": p.To, "kind": string(p.Kind), "subject": p.Subject, "theme": p.Theme, "formed": course.ISO(p.FormedOn),
		"summary": p.Summary, "keywords": strings.Join(p.Keywords, "、"), "text": p.Text,
	} {
		v.Set(name, value)
	}
	if w := p.Forwards; w != nil {
		v.Set("forwards", w.Title)
		v.Set("forwards-number", w.Number)
		v.Set("forwards-organ", w.Organ)
		v.Set("forwards-openness", string(w.Openness))
	}
	if l := p.Limit; l != nil {
		v.Set("limit", strconv.Itoa(l.Days))
		v.Set("limit-basis", l.Basis)
		if l.Calendar {
			v.Set("limit-unit", "days")
		}
	}
	for _, f := range p.Files {
		v.Keep(filesField, deed.File{Hash: f.Hash, Name: f.Name})
	}
}

// paper reads a document from the form.
func (v *values) paper() publish.Paper {
	p := publish.Paper{
		Attribute: publish.Attribute{Openness: publish.Openness(v.Text("openness")), Ground: v.Text("ground"), Basis: v.Text("basis"), Reasons: v.Text("reasons")},
		Grade:     publish.Grade(v.Text("grade")),
		Content: publish.Content{
			Record: publish.Record{
				Title: v.Text("title"), Number: v.Text("number"), To: v.Text("to"), Kind: publish.Kind(v.Text("kind")), Subject: v.Text("subject"), Theme: v.Text("theme"),
				FormedOn: v.DayOrNone("formed"), Summary: v.Text("summary"),
				Keywords: strings.FieldsFunc(v.Text("keywords"), func(r rune) bool { return strings.ContainsRune("、,，;； 　\n", r) }),
			},
			Text: v.Get("text"), Files: v.attached(),
		},
	}
	if v.Text("forwards")+v.Text("forwards-number")+v.Text("forwards-organ") != "" {
		p.Forwards = &publish.Source{Title: v.Text("forwards"), Number: v.Text("forwards-number"), Organ: v.Text("forwards-organ"), Openness: publish.Openness(v.Text("forwards-openness"))}
	}
	if v.Text("limit")+v.Text("limit-basis") != "" {
		p.Limit = &publish.Limit{Days: v.Number("limit"), Calendar: v.Text("limit-unit") == "days", Basis: v.Text("limit-basis")}
	}
	return p
}

// paperFields ask for a document: the attribute first, for nothing is possible
// without it.
func (v *values) paperFields(say *locale.Catalogue, issuer org.Node) []web.Field {
	if info, ok := publish.Kind(v.Text("kind")).Info(); ok && v.Text("subject") == "" {
		v.Set("subject", info.Subject)
	}
	fields := v.attributeFields(say)
	fields = append(fields, v.recordFields(say, issuer)...)
	fields = append(
		fields,
		web.Field{Kind: web.Section, Label: say.T("documents.content")},
		web.Field{Kind: web.TextArea, Name: "text", Label: say.T("documents.text"), Hint: say.T("documents.text-hint"), Rows: 16, MaxLength: publish.MaxBody},
		web.Field{Kind: web.File, Name: filesField, Label: say.T("documents.files"), Hint: say.T("documents.files-hint"), Accept: acceptNames, Multiple: true},
		web.Field{Kind: web.Section, Label: say.T("documents.forwards"), Hint: say.T("documents.forwards-hint")},
		web.Field{Name: "forwards", Label: say.T("documents.forwards-title"), MaxLength: publish.MaxTitle},
		web.Field{Name: "forwards-organ", Label: say.T("documents.forwards-organ"), MaxLength: 100, Beside: true},
		web.Field{Name: "forwards-number", Label: say.T("documents.forwards-number"), MaxLength: publish.MaxNumber, Beside: true},
		web.Field{Kind: web.Select, Name: "forwards-openness", Label: say.T("documents.forwards-openness"), Options: append([]web.Option{{Label: say.T("documents.forwards-none")}}, choice.Of(say, publish.Opennesses())...), Beside: true, Updates: true},
		web.Field{Kind: web.Section, Label: say.T("documents.limit-special"), Hint: say.T("documents.limit-special-hint")},
		web.Field{Name: "limit", Label: say.T("documents.limit-days"), InputMode: "numeric", MaxLength: 3, Beside: true},
		web.Field{Kind: web.Select, Name: "limit-unit", Label: say.T("documents.limit-unit"), Options: []web.Option{{Value: "workdays", Label: say.T("documents.workdays")}, {Value: "days", Label: say.T("documents.days")}}, Beside: true},
		web.Field{Name: "limit-basis", Label: say.T("documents.limit-basis"), MaxLength: 200, Beside: true},
	)
	for i := range fields {
		if value := v.Get(fields[i].Name); fields[i].Name != "" && value != "" {
			fields[i].Value = value
		}
	}
	return fields
}

// attributeFields ask whether the document is public, and if not, why; apart from
// that, whether it is a secret.
func (v *values) attributeFields(say *locale.Catalogue) []web.Field {
	if original := v.Text("forwards-openness"); original != "" && v.Text("openness") == "" {
		v.Set("openness", original) // what is passed on has the attribute of the original
	}
	fields := []web.Field{
		{Kind: web.Section, Label: say.T("documents.attribute"), Hint: say.T("documents.attribute-hint")},
		{Kind: web.Select, Name: "openness", Label: say.T("documents.attribute"), Options: choose(say, choice.Of(say, publish.Opennesses())), Required: true, Updates: true},
	}
	openness := publish.Openness(v.Text("openness"))
	if openness == publish.Closed {
		var grounds []web.Option
		for _, g := range publish.Grounds() {
			grounds = append(grounds, web.Option{Value: g.Value, Label: say.In(g.Word) + "（" + g.Cite + "）"})
		}
		fields = append(fields,
			web.Field{Kind: web.Select, Name: "ground", Label: say.T("documents.ground"), Options: choose(say, grounds), Required: true},
			web.Field{Name: "basis", Label: say.T("documents.basis"), Hint: say.T("documents.basis-hint"), MaxLength: 300})
	}
	if openness == publish.Closed || openness == publish.OnRequest {
		fields = append(fields, textField("reasons", say.T("documents.reasons"), say.T("documents.reasons-hint"), true))
	}
	return append(fields, web.Field{Kind: web.Select, Name: "grade", Label: say.T("documents.grade"), Hint: say.T("documents.grade-hint"), Options: choice.Of(say, publish.Grades()), Narrow: true})
}

// recordFields ask for the entry of the catalogue.
func (v *values) recordFields(say *locale.Catalogue, issuer org.Node) []web.Field {
	var subjects []law.Subject
	for _, id := range publish.LevelOf(issuer).Subjects {
		if s, ok := law.SubjectByID(id); ok {
			subjects = append(subjects, s)
		}
	}
	return []web.Field{
		{Kind: web.Section, Label: say.T("documents.record"), Hint: say.T("documents.record-hint")},
		{Name: "title", Label: say.T("documents.heading"), MaxLength: publish.MaxTitle, Required: true},
		{Name: "number", Label: say.T("documents.number"), Hint: say.T("documents.number-hint"), MaxLength: publish.MaxNumber, Beside: true},
		{Kind: web.Date, Name: "formed", Label: say.T("documents.formed"), Hint: say.T("documents.formed-hint"), Beside: true},
		{Name: "to", Label: say.T("documents.addressee"), Hint: say.T("documents.addressee-hint"), MaxLength: 200, Beside: true},
		{Kind: web.Select, Name: "kind", Label: say.T("documents.kind"), Options: choose(say, kindOptions(say)), Required: true, Updates: true},
		{Kind: web.Select, Name: "subject", Label: say.T("documents.subject"), Hint: say.T("documents.subject-hint"), Options: choose(say, subjectOptions(subjects)), Required: true},
		{Kind: web.Select, Name: "theme", Label: say.T("documents.theme"), Options: choose(say, themeOptions())},
		{Kind: web.TextArea, Name: "summary", Label: say.T("documents.summary"), Rows: 3, MaxLength: publish.MaxSummary},
		{Name: "keywords", Label: say.T("documents.keywords"), Hint: say.T("documents.keywords-hint"), MaxLength: 300},
	}
}

// editFields show the draft as it is, to be changed.
func editFields(s *scene, v *values) ([]web.Field, error) {
	d := s.document
	if v.First {
		v.loadDraft(d)
	}
	issuer, _ := s.tree.Node(d.Organ)
	fields := v.paperFields(s.say, issuer)
	if d.Draft != nil && d.Draft.From != publish.New {
		note := textField("note", s.say.T("documents.note-revise"), s.say.T("documents.note-revise-hint"), false)
		note.Value = v.Text("note")
		fields = append([]web.Field{note}, fields...)
	}
	return fields, nil
}
