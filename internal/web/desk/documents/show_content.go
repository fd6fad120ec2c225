package documents

import (
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/law"
	"gongkai/internal/publish"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/sheet"
)

// sheetOf sets a document for reading, in the official form.
func sheetOf(organ string, c publish.Content) sheet.View {
	v := sheet.View{Head: organ, Number: c.Number, Title: []string{c.Title}}
	add := func(class, text string) {
		v.Parts = append(v.Parts, sheet.Part{Class: class, Pieces: []sheet.Piece{{Text: text}}})
	}
	if c.To != "" {
		add("to", strings.TrimRight(c.To, "：:")+"：")
	}
	for _, b := range publish.Parse(c.Text).Blocks {
		if b.Table != nil {
			var rows [][]sheet.Cell
			for _, r := range b.Table.Rows {
				var row []sheet.Cell
				for _, cell := range r.Cells {
					one := sheet.Cell{Pieces: []sheet.Piece{{Text: cell.Text}}}
					if cell.ColSpan > 1 {
						one.ColSpan = cell.ColSpan
					}
					if cell.RowSpan > 1 {
						one.RowSpan = cell.RowSpan
					}
					row = append(row, one)
				}
				rows = append(rows, row)
			}
			v.Parts = append(v.Parts, sheet.Part{Rows: rows})
			continue
		}
		switch b.Para.Style {
		case doc.Heading1, doc.Heading2, doc.Heading3:
			add("heading", b.Para.Text)
		case doc.Signature:
			add("sign", b.Para.Text)
		case doc.Date:
			add("date", b.Para.Text)
		default:
			add("", b.Para.Text)
		}
	}
	return v
}

// record is the entry of the catalogue (条例§12.3).
func (v *view) record() []fact {
	d, say := v.document, v.say
	index := d.Index
	if index == "" {
		index = say.T("documents.no-index")
	}
	subject, cite := subjectWord(d.Subject), ""
	if s, ok := law.SubjectByID(d.Subject); ok {
		cite = s.Cite
	}
	all := []fact{
		{Label: say.T("documents.index"), Text: index},
		{Label: say.T("documents.heading"), Text: d.Title},
		{Label: say.T("documents.number"), Text: d.Number},
		{Label: say.T("documents.organ"), Text: v.tree.Name(d.Organ)},
		{Label: say.T("documents.addressee"), Text: d.To},
		{Label: say.T("documents.kind"), Text: kindWord(say, d.Kind)},
		{Label: say.T("documents.subject"), Text: subject, Cite: cite},
		{Label: say.T("documents.theme"), Text: d.Theme},
		{Label: say.T("documents.formed"), Text: course.ISO(d.FormedOn)},
		{Label: say.T("documents.published"), Text: course.ISO(d.PublishedOn)},
		{Label: say.T("documents.summary"), Text: d.Summary},
		{Label: say.T("documents.keywords"), Text: strings.Join(d.Keywords, "、")},
	}
	if f := d.Validity; f.State != "" {
		text := say.In(f.State.Words())
		if !f.On.IsZero() {
			text += " · " + course.ISO(f.On)
		}
		all = append(all, fact{Label: say.T("documents.force"), Text: text}, fact{Label: say.T("documents.term"), Text: course.ISO(f.Term)}, fact{Label: say.T("documents.force-by"), Text: f.By})
	}
	if c := d.Coming; c != nil {
		all = append(all, fact{Label: say.T("documents.force-coming"), Text: say.In(c.State.Words()) + " · " + course.ISO(c.On) + " · " + c.By})
	}
	if w := d.Forwards; w != nil {
		all = append(all, fact{Label: say.T("documents.forwards"), Text: strings.TrimSpace(w.Organ + " " + w.Number + " " + w.Title)})
	}
	if o := d.Origin; o.Request != "" {
		all = append(all, fact{Label: say.T("documents.from-request"), Text: o.Number, Cite: "条例§44", Link: "/desk/requests/" + o.Request})
	}
	if o := d.Origin; o.Address != "" {
		all = append(all, fact{Label: say.T("documents.old-address"), Text: o.Address})
	}
	return filled(all)
}

// filled leaves out what nobody filled in.
func filled(all []fact) []fact {
	var some []fact
	for _, f := range all {
		if f.Text != "" {
			some = append(some, f)
		}
	}
	return some
}

// attribute is whether it is public, and if not, why; apart from that, its grade.
func (v *view) attribute() []fact {
	a, say := v.document.Attribute, v.say
	all := []fact{{Label: say.T("documents.attribute"), Text: opennessWord(say, a.Openness), Tone: opennessTone(a.Openness)}}
	if g, ok := publish.GroundOf(a.Ground); ok {
		all = append(all, fact{Label: say.T("documents.ground"), Text: say.In(g.Word), Cite: g.Cite})
	}
	all = append(all, fact{Label: say.T("documents.basis"), Text: a.Basis}, fact{Label: say.T("documents.reasons"), Text: a.Reasons}, fact{Label: say.T("documents.grade"), Text: choice.Word(say, string(v.document.Grade), publish.Grades())})
	return filled(all)
}

// consents are the answers of other organs.
func (v *view) consents() []fact {
	var all []fact
	for _, c := range v.document.Consents {
		f := fact{Label: c.Organ, Text: v.say.T("documents.waiting", course.ISO(c.AskedOn)), Tone: "amber", Cite: choice.Word(v.say, string(c.Kind), publish.ConsentKinds())}
		switch {
		case c.AnsweredOn.IsZero():
		case c.Agrees:
			f.Text, f.Tone = v.say.T("documents.agreed-on", course.ISO(c.AnsweredOn)), "green"
		case c.Settled != "":
			f.Text, f.Tone = v.say.T("documents.settled", course.ISO(c.AnsweredOn), c.Note, c.Settled), ""
		default:
			f.Text, f.Tone = v.say.T("documents.objected", course.ISO(c.AnsweredOn), c.Note), ""
		}
		all = append(all, f)
	}
	if x := v.document.Draft; x != nil && x.Referral != nil {
		f := fact{Label: x.Referral.Body, Text: v.say.T("documents.waiting", course.ISO(x.Referral.On)), Tone: "amber", Cite: "条例§17.3"}
		switch {
		case x.Referral.AnsweredOn.IsZero():
		case x.Referral.May:
			f.Text, f.Tone = v.say.T("documents.may-open"), "green"
		default:
			f.Text, f.Tone = v.say.T("documents.must-keep"), "red"
		}
		all = append(all, f)
	}
	return all
}

// attachment is a file with the page that hands it out.
type attachment struct{ Name, Path string }

func (v *view) attachments(files []publish.File) []attachment {
	var all []attachment
	for _, f := range files {
		all = append(all, attachment{f.Name, path(v.document.ID) + "/files/" + f.Hash})
	}
	return all
}

// part is a piece of the document with what the reviewer and the guard say of it.
type part struct {
	Name, Path           string
	Verdict, VerdictTone string
	Note                 string
	Scanned, ScannedTone string
	Findings             []finding
	Key                  string // by which it is masked with one click; "" for not at all
	Was                  []original
}

// original is what a part was before it was masked.
type original struct{ Path, Text string }

// finding is what the guard found, and who says that it does not matter.
type finding struct{ Says, Place, State, Tone string }

func (v *view) parts() []part {
	d := v.document
	var all []part
	for _, p := range d.Parts() {
		one := part{Name: v.say.In(p.Words())}
		if p.Hash != "" {
			one.Name, one.Path = p.Name, path(d.ID)+"/files/"+p.Hash
		}
		one.Verdict, one.VerdictTone, one.Note = v.verdict(p)
		one.Scanned, one.ScannedTone = v.say.T("documents.not-scanned"), "grey"
		for _, s := range d.Scans {
			if s.Part != p.Name || s.Digest != p.Digest {
				continue
			}
			one.Scanned, one.ScannedTone = v.say.T("documents.scan-clean"), "green"
			if d.Open() && s.Words != v.words {
				one.Scanned, one.ScannedTone = v.say.T("documents.scan-old"), "amber"
			}
			for _, f := range s.Found {
				found := v.finding(f)
				one.Findings = append(one.Findings, found)
				if f.Holds() {
					one.Scanned, one.ScannedTone = v.say.T("documents.scan-holds"), "red"
				}
			}
		}
		if v.mask != "" && slices.ContainsFunc(d.ToMask(), func(m publish.Part) bool { return m.Name == p.Name }) {
			one.Key = p.Name
		}
		for _, m := range d.Maskings {
			if m.Part != p.Name {
				continue
			}
			was := original{Text: v.say.T("documents.masked-by", course.ISO(m.On), v.names[m.By])}
			if v.mayOpen && m.Gone.IsZero() {
				was.Path = path(d.ID) + "/originals/" + m.Original
			}
			one.Was = append(one.Was, was)
		}
		all = append(all, one)
	}
	return all
}

// verdict tells what the reviewer said of a part as it is now.
func (v *view) verdict(p publish.Part) (text, tone, note string) {
	if x := v.document.Draft; x != nil && x.Clearance != nil {
		for _, a := range x.Clearance.Items {
			if a.Part != p.Name {
				continue
			}
			if a.Digest != p.Digest {
				return v.say.T("documents.changed-since"), "amber", ""
			}
			tone = "grey"
			if a.Verdict == publish.MayOpen {
				tone = "green"
			}
			return choice.Word(v.say, string(a.Verdict), publish.Verdicts()), tone, a.Note
		}
	}
	return v.say.T("documents.not-cleared"), "grey", ""
}

func (v *view) finding(f publish.Found) finding {
	one := finding{Says: f.Says, Place: f.Place}
	switch x := f.Excuse; {
	case !f.Blocks:
		one.State, one.Tone = v.say.T("documents.finding-hint"), "blue"
	case x == nil:
		one.State, one.Tone = v.say.T("documents.finding-blocks"), "red"
	case x.ConfirmedBy == "":
		one.State, one.Tone = v.say.T("documents.finding-waits", v.names[x.By], x.Reasons), "amber"
	default:
		one.State, one.Tone = v.say.T("documents.finding-overruled", v.names[x.By], v.names[x.ConfirmedBy], x.Reasons), "green"
	}
	return one
}

// version is a text as it was published.
type version struct {
	From, Until, Note, By, Title string
	Concealed                    string // why the public does not read it; "" when it does
	Sheet                        sheet.View
	Files                        []attachment
	Last                         bool
}

func (v *view) versions() []version {
	var all []version
	organ := v.tree.Name(v.document.Organ)
	for i, x := range v.document.Versions {
		concealed := ""
		if x.Concealed {
			concealed = v.say.T("documents.concealed", x.Hidden)
		}
		all = append(all, version{
			Concealed: concealed,
			From:      course.ISO(x.From), Until: course.ISO(x.Until), Note: x.Note, By: v.names[x.By], Title: x.Title, Sheet: sheetOf(organ, x.Content), Files: v.attachments(x.Files),
			Last: i == len(v.document.Versions)-1,
		})
	}
	return all
}
