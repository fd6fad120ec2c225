package platform

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// documentData is a document as everybody reads it: its record, its text, what
// belongs to it. Of one that was taken down only the note is left.
type documentData struct {
	Tags     tags
	Gone     []note // why it is not here any more; nil while it is
	Record   []fact
	Force    web.Cell
	Instead  *companion
	Blocks   []block
	Files    []attachment
	Beside   []companion
	Notes    []note
	Former   []former
	Download string // path, to which the format is added
	Sheet    bool   // it consists of tables, and is had as a spreadsheet too
	Address  string
	Short    string // address by the index number
	QR       template.URL
}

type fact struct {
	Label, Text string
	Wide        bool
}

type note struct{ On, Text string }

type companion struct{ How, Title, Path, Note string }

// former is a text that stood here before.
type former struct{ From, Until, Note, Path string }

var documentTemplate = web.Define[documentData]("portal/platform_document")

func (p Platform) document(w http.ResponseWriter, r *http.Request) error {
	n, err := p.Documents.Notice(r.Context(), r.PathValue("published"))
	if err != nil {
		return err
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	data := documentData{Tags: column(say, say.T("platform.catalogue"), "信息公开目录")}
	if n.Gone {
		data.Gone = goneNotes(say, n)
		return documentTemplate.ShowStatus(p.Kit, w, r, http.StatusGone, n.Title, data)
	}
	makers := append([]string{tree.Name(n.Organ)}, n.Partners...)
	data.Tags.Article = p.article(r, n, strings.Join(makers, "、"))
	data.Record, data.Force = record(say, n, makers), force(say, n.Validity.State)
	data.Blocks, data.Notes = blocks(n.Text), notes(say, n.Notes)
	data.Download, data.Address = Path+"/"+n.ID+"/download?format=", web.Origin(r, p.Base)+Path+"/"+n.ID
	data.Short = short(web.Origin(r, p.Base), n.Index)
	if data.Files, err = p.attachments(r, n); err != nil {
		return err
	}
	data.Sheet = n.Kind == publish.AnnualReport
	if err := p.companions(r, n, &data); err != nil {
		return err
	}
	data.Former = formers(n)
	if data.QR, err = web.QR(data.Address); err != nil {
		return err
	}
	p.Kit.CountRead(r, n.ID)
	return documentTemplate.Show(p.Kit, w, r, n.Title, data)
}

// goneNotes gives what was told when the document was taken down last.
func goneNotes(say *locale.Catalogue, n publish.Notice) []note {
	var all []publish.Note
	for _, one := range n.Notes {
		switch one.What {
		case publish.Return:
			all = nil
		case publish.Removal:
			all = append(all, one)
		}
	}
	return notes(say, all)
}

func notes(say *locale.Catalogue, all []publish.Note) []note {
	told := []note{}
	for _, n := range all {
		told = append(told, note{dayWords(say, n.On), n.Text})
	}
	return told
}

// record is the entry of the catalogue (条例§12.3).
func record(say *locale.Catalogue, n publish.Notice, makers []string) []fact {
	subject := ""
	if s, ok := law.SubjectByID(n.Subject); ok {
		subject = s.Label + s.Text
	}
	kind, _ := n.Kind.Info()
	facts := []fact{
		{say.T("platform.index"), n.Index, false},
		{say.T("platform.kind"), words(say, kind.Word), false},
		{say.T("platform.maker"), strings.Join(makers, "、"), false},
		{say.T("platform.formed"), day(n.FormedOn), false},
		{say.T("platform.number"), n.Number, false},
		{say.T("platform.published"), day(n.PublishedOn), false},
		{say.T("platform.theme"), n.Theme, false},
		{say.T("platform.keywords"), strings.Join(n.Keywords, "、"), false},
		{say.T("platform.document"), n.Title, true},
		{say.T("platform.subject"), subject, true},
	}
	if n.Forwards != nil {
		facts = append(facts, fact{say.T("platform.forwards"), strings.TrimSpace(n.Forwards.Organ + " " + n.Forwards.Number + " " + n.Forwards.Title), true})
	}
	facts = append(facts, fact{say.T("platform.summary"), n.Summary, true})
	if n.Validity.State != "" {
		facts = append(facts, fact{say.T("platform.force"), validity(say, n.Validity), true})
	}
	return evenly(slices.DeleteFunc(facts, func(f fact) bool { return f.Text == "" }))
}

// evenly widens the last of an odd number of narrow facts, which stand in pairs.
func evenly(facts []fact) []fact {
	last, n := -1, 0
	for i, f := range facts {
		if !f.Wide {
			last, n = i, n+1
		}
	}
	if n%2 == 1 {
		facts[last].Wide = true
	}
	return facts
}

// validity says whether the document holds, since when, until when and by what.
func validity(say *locale.Catalogue, v publish.Validity) string {
	parts := []string{words(say, v.State.Words())}
	for _, d := range []struct {
		text string
		day  calendar.Date
	}{{say.T("platform.since", dayWords(say, v.On)), v.On}, {say.T("platform.term", dayWords(say, v.Term)), v.Term}} {
		if !d.day.IsZero() {
			parts = append(parts, d.text)
		}
	}
	if v.By != "" {
		parts = append(parts, say.T("platform.by", v.By))
	}
	return strings.Join(parts, say.T("platform.comma"))
}

func (p Platform) companions(r *http.Request, n publish.Notice, data *documentData) error {
	say := p.Kit.Say(r)
	all, instead, err := p.Documents.Companions(r.Context(), n.ID)
	if err != nil {
		return err
	}
	web.Reads(r.Context(), web.OfOrgan(n.Organ))
	switch {
	case instead != nil:
		web.Reads(r.Context(), web.OfOrgan(instead.Organ))
	case n.Validity.Instead != "": // it may be public some day
		web.Reads(r.Context(), web.OfDocuments)
	}
	for _, c := range all {
		web.Reads(r.Context(), web.OfOrgan(c.Organ))
	}
	if instead != nil {
		data.Instead = &companion{Title: instead.Title, Path: Path + "/" + instead.ID, Note: instead.Number}
	}
	for _, c := range all {
		data.Beside = append(data.Beside, companion{relation(say, c), c.Title, Path + "/" + c.ID, strings.TrimSpace(c.Number + " " + day(c.Published))})
	}
	return nil
}

// relation says what another document is to this one.
func relation(say *locale.Catalogue, c publish.Companion) string {
	switch {
	case c.Link == publish.Explains && c.Back:
		return say.T("platform.interpretation")
	case c.Link == publish.Explains:
		return say.T("platform.interpreted")
	case c.Link == publish.Amends && c.Back:
		return say.T("platform.amended-by")
	case c.Link == publish.Amends:
		return say.T("platform.amends")
	case c.Link == publish.Ends && c.Back:
		return say.T("platform.repealed-by")
	case c.Link == publish.Ends:
		return say.T("platform.repeals")
	}
	return say.T("platform.related")
}
