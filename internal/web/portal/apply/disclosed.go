package apply

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

type disclosedData struct {
	List web.List
	Of   string // narrows feeds to an organ; "" for all
}

var disclosedTemplate = web.Define[disclosedData]("portal/apply_disclosed")

// firstYear is the first in which there may be an answer.
const firstYear = 2020

// disclosed is the disclosure log (条例§44): under a title that was chosen for it,
// never with what the applicant wrote.
func (p Apply) disclosed(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfAnswers)
	say := p.say(r)
	organs, err := p.Disclosed.Organs(r.Context())
	if err != nil {
		return err
	}
	q := web.ReadList(r, nil, []string{foi.FilterOrgan, foi.FilterYear})
	if !validYear(q.Filter(foi.FilterYear)) {
		delete(q.Filters, foi.FilterYear)
	}
	organ := web.Filter{Name: foi.FilterOrgan, Label: say.T("apply.organ-column")}
	of := map[string]string{}
	for _, n := range organs {
		organ.Options, of[n.ID] = append(organ.Options, web.Option{Value: n.ID, Label: n.Name}), n.Name
	}
	year := web.Filter{Name: foi.FilterYear, Label: say.T("apply.year")}
	for y := p.today().Year(); y >= firstYear; y-- {
		year.Options = append(year.Options, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	if web.Format(r) == "xlsx" {
		return p.exportDisclosed(w, r, q, of)
	}
	page, err := p.Disclosed.List(r.Context(), q)
	if err != nil {
		return err
	}
	list := web.List{
		Caption: say.T("apply.disclosed"), Path: DisclosedPath, Query: q, Total: page.Total, AtLeast: page.AtLeast, Search: say.T("apply.disclosed-search"), Filters: []web.Filter{year, organ}, Export: true,
		Columns: []web.Column{{Label: say.T("apply.disclosed-title")}, {Label: say.T("apply.organ-column")}, {Label: say.T("apply.outcome")}, {Label: say.T("apply.answered-on"), Narrow: true}},
		Empty:   web.Empty{Title: say.T("apply.disclosed-none"), Text: say.T("apply.disclosed-none-text"), Action: &web.Action{Label: say.T("apply.begin"), Path: Path, Primary: true}},
	}
	for _, row := range page.Rows {
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{{Text: row.Title, Link: DisclosedPath + "/" + row.ID}, {Text: of[row.Organ]}, {Text: outcomeWords(row.Outcome)}, {Text: row.Ended.String()}}})
	}
	data := disclosedData{List: list}
	if organ := q.Filter(foi.FilterOrgan); of[organ] != "" {
		data.Of = "?" + url.Values{foi.FilterOrgan: {organ}}.Encode()
	}
	return disclosedTemplate.Show(p.Kit, w, r, say.T("apply.disclosed"), data)
}

func validYear(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= firstYear && n < 3000 && len(text) == 4
}

// outcomeWords gives an outcome as people say it: without the number and the
// instructions of the form.
func outcomeWords(id string) string {
	o, _ := law.OutcomeByID(id)
	label, _, _ := strings.Cut(unnumbered(o.Label), "（")
	return label
}

// unnumbered takes the number off a label of the form: （一）予以公开, 1.属于国家秘密.
func unnumbered(label string) string {
	if _, rest, ok := strings.Cut(label, "）"); ok && strings.HasPrefix(label, "（") {
		return rest
	}
	return strings.TrimLeft(label, "0123456789.")
}

func (p Apply) exportDisclosed(w http.ResponseWriter, r *http.Request, q paging.Query, of map[string]string) error {
	say := p.say(r)
	columns := []string{say.T("apply.disclosed-title"), say.T("apply.organ-column"), say.T("apply.outcome"), say.T("apply.answered-on")}
	return web.WriteXLSX(w, say.T("apply.disclosed"), columns, func(yield func([]string, error) bool) {
		for q.Page, q.Size = 1, paging.MaxSize; ; q.Page++ {
			page, err := p.Disclosed.List(r.Context(), q)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range page.Rows {
				if !yield([]string{row.Title, of[row.Organ], outcomeWords(row.Outcome), row.Ended.String()}, nil) {
					return
				}
			}
			if len(page.Rows) < paging.MaxSize || q.Offset()+len(page.Rows) >= paging.MaxRows {
				return
			}
		}
	})
}

// disclosedOneData is an answer as everybody may read it.
type disclosedOneData struct {
	Article                  article
	Organ, Outcome, On, Cite string
	Places                   []string // where to get what is published already
	Parts                    []disclosedPart
	Files                    []shownFile
	Ask                      string
}

// article is what the page says of itself to those who read it by machine
// (国办发〔2017〕47号).
type article struct{ Title, PubDate, Image, Source, Keywords, Author, Description, URL string }

type disclosedPart struct{ Kind, Cite string }

var disclosedOneTemplate = web.Define[disclosedOneData]("portal/apply_disclosed_one")

func (p Apply) disclosedOne(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfAnswer(r.PathValue("disclosed")))
	request, err := p.Disclosed.Open(r.Context(), r.PathValue("disclosed"))
	if err != nil {
		return err
	}
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	say := p.say(r)
	data := disclosedOneData{Organ: tree.Name(request.Organ), Outcome: outcomeWords(request.Outcome), On: dayWords(say, request.EndedOn), Ask: Path}
	data.Article = article{
		Title: request.Title, PubDate: request.EndedOn.String() + " 00:00", Source: data.Organ, Author: data.Organ, Keywords: say.T("apply.disclosed") + "," + data.Outcome,
		Description: request.Title + " · " + data.Outcome, URL: web.Origin(r, p.Base) + DisclosedPath + "/" + request.ID,
	}
	if o, ok := law.OutcomeByID(request.Outcome); ok {
		data.Cite = o.Cite
	}
	numbers := served(request)
	if len(numbers) > 0 {
		data.Places, data.Parts = disclosedParts(say, request.Decisions[numbers[len(numbers)-1]-1])
	}
	if data.Files, err = p.shownFiles(r, request); err != nil {
		return err
	}
	return disclosedOneTemplate.Show(p.Kit, w, r, request.Title, data)
}

// disclosedParts gives what sort of reply each part got. Of what the office wrote
// only the place of something published is shown: it was written for everybody.
func disclosedParts(_ *locale.Catalogue, d foi.Decision) (places []string, parts []disclosedPart) {
	for _, item := range d.Items {
		reply, ok := item.Reply()
		if !ok {
			continue
		}
		part := disclosedPart{reply.Chinese, reply.Cite}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
		if place := item.Facts["place"]; item.Kind == "A1" && place != "" {
			places = append(places, place)
		}
	}
	return places, parts
}

// feed tells of the latest answers, of an organ or of all.
func (p Apply) feed(r *http.Request) (web.Feed, error) {
	web.Reads(r.Context(), web.OfAnswers)
	tree, err := p.Organs.Tree(r.Context())
	if err != nil {
		return web.Feed{}, err
	}
	name, of := p.Kit.Site(r.Context()).Name, web.FeedFilters(r, foi.FilterOrgan)
	q := paging.Query{Page: 1, Size: web.FeedMost, Filters: map[string]string{}}
	if organ := of.Get(foi.FilterOrgan); organ != "" {
		n, ok := tree.Node(organ)
		if !ok || n.Nature == org.Internal {
			return web.Feed{}, errs.New(errs.NotFound, "没有这个机关，请从机关名录中选择。")
		}
		name, q.Filters[foi.FilterOrgan] = n.Name, organ
	}
	page, err := p.Disclosed.List(r.Context(), q)
	f := web.Feed{Title: name + " " + p.say(r).T("apply.disclosed"), Base: web.Origin(r, p.Base), Path: DisclosedPath, Of: of, Today: p.Kit.Now()}
	for _, row := range page.Rows {
		f.Entries = append(f.Entries, web.FeedEntry{Path: DisclosedPath + "/" + row.ID, Title: row.Title, Summary: outcomeWords(row.Outcome), Author: tree.Name(row.Organ), Published: row.Ended.String(), Changed: row.Ended.String()})
	}
	return f, err
}
