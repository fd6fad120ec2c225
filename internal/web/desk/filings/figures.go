package filings

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/filing"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// figuresData is the list of what is filed.
type figuresData struct {
	Form *web.Form // to choose the organ
	List web.List
}

// figureData is a form about a figure, or about all of them.
type figureData struct {
	Text string
	Form web.Form
	End  string // page on which it is ended; "" for none
}

var (
	figuresTemplate = web.Define[figuresData]("desk/filing_figures")
	figureTemplate  = web.Define[figureData]("desk/filing_figure")
)

func (p Pages) figures(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	q := web.ReadList(r, []string{"name", "section"}, []string{"every", "section", "organ"})
	at, tree, err := p.read(r, account.SeeFilings)
	if err != nil {
		return err
	}
	all, err := p.Office.List(r.Context(), web.Actor(r), at.organ)
	if err != nil {
		return err
	}
	chosen := chosenFigures(all, q, tree)
	if web.Format(r) == "xlsx" {
		columns := []string{say.T("filings.figure"), filing.SheetName, say.T("filings.meaning"), say.T("filings.cite"), say.T("filings.unit"), say.T("filings.every"), say.T("filings.fold"), say.T("filings.section"), say.T("filings.by"), say.T("filings.from"), say.T("filings.until")}
		return web.WriteXLSX(w, say.T("filings.list-of", tree.Name(at.organ)), columns, func(yield func([]string, error) bool) {
			for _, f := range chosen {
				if !yield([]string{say.In(f.Word), f.Name, f.Meaning, f.Cite, choice.Word(say, string(f.Unit), filing.Units()), choice.Word(say, string(f.Every), filing.Rhythms()), fold(say, f), tree.Name(f.Section), role(say, f.Role), iso(f.From), iso(f.Until)}, nil) {
					return
				}
			}
		})
	}
	data := figuresData{List: p.drawFigures(r, at, tree, q, chosen)}
	if len(at.organs) > 1 {
		data.Form = &web.Form{Get: true, Submit: say.T("filings.look"), Fields: []web.Field{{Kind: web.Select, Name: "organ", Label: say.T("filings.organ"), Options: at.organs, Value: at.organ, Required: true}}}
	}
	return figuresTemplate.Show(p.Kit, w, r, say.T("filings.list-of", tree.Name(at.organ)), data)
}

func chosenFigures(all []filing.Figure, q paging.Query, tree *org.Tree) []filing.Figure {
	var some []filing.Figure
	for _, f := range all {
		words := f.Name + " " + f.Chinese + " " + strings.ToLower(f.English) + " " + tree.Name(f.Section)
		if !strings.Contains(words, strings.ToLower(strings.TrimSpace(q.Words))) {
			continue
		}
		if every := q.Filter("every"); every != "" && every != string(f.Every) {
			continue
		}
		if section := q.Filter("section"); section != "" && section != f.Section {
			continue
		}
		some = append(some, f)
	}
	return some
}

func (p Pages) drawFigures(r *http.Request, at place, tree *org.Tree, q paging.Query, all []filing.Figure) web.List {
	say := p.Kit.Say(r)
	here := "?" + url.Values{"organ": {at.organ}}.Encode()
	l := web.List{
		Caption: say.T("filings.list"), Path: list, Query: q, Total: len(all), Export: true, Search: say.T("filings.search"),
		Columns: []web.Column{
			{Label: say.T("filings.figure")},
			{Label: say.T("filings.meaning")},
			{Label: say.T("filings.every"), Narrow: true},
			{Label: say.T("filings.section")},
			{Label: say.T("filings.from"), Narrow: true},
		},
		Filters: []web.Filter{{Name: "every", Label: say.T("filings.every"), Options: choice.Of(say, filing.Rhythms())}, {Name: "section", Label: say.T("filings.section"), Options: sections(tree, at.organ)}},
		Empty:   web.Empty{Title: say.T("filings.none"), Text: say.T("filings.none-text")},
	}
	keeps := p.may(r, account.KeepFigures, at.organ) == nil
	if keeps {
		standard := web.Action{Label: say.T("filings.standard"), Path: list + "/standard" + here}
		l.Actions = []web.Action{{Label: say.T("filings.add"), Path: list + "/new" + here, Primary: true}, standard}
		l.Empty.Action = &standard
	}
	from := min(q.Offset(), len(all))
	for _, f := range all[from:min(from+q.Limit(), len(all))] {
		name := web.Cell{Text: say.In(f.Word), Note: f.Name}
		if keeps {
			name.Link = list + "/edit/" + f.ID
		}
		span := web.Cell{Text: iso(f.From)}
		tone := ""
		if !f.Until.IsZero() {
			span.Note, tone = say.T("filings.ended", f.Until), "grey"
		}
		l.Rows = append(l.Rows, web.Row{Tone: tone, Cells: []web.Cell{
			name, {Text: f.Meaning, Note: f.Cite}, {Text: choice.Word(say, string(f.Every), filing.Rhythms()), Note: fold(say, f)}, {Text: tree.Name(f.Section), Note: role(say, f.Role)}, span,
		}})
	}
	return l
}

func fold(say *locale.Catalogue, f filing.Figure) string {
	if f.Stock || f.Unit.Sheet() {
		return say.T("filings.stands")
	}
	return say.T("filings.summed")
}

func sections(tree *org.Tree, organ string) []web.Option {
	var all []web.Option
	for _, n := range filing.Sections(tree, organ) {
		all = append(all, web.Option{Value: n.ID, Label: n.Name})
	}
	return all
}

func filers(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, r := range filing.Filers() {
		all = append(all, web.Option{Value: string(r), Label: role(say, r)})
	}
	return all
}

// figureForm asks what exactly is filed.
func figureForm(say *locale.Catalogue, tree *org.Tree, f filing.Figure, submit string) web.Form {
	field := filing.Field{Figure: f, Money: f.Unit == filing.Money}
	bound := func(n int64) string {
		if n == 0 {
			return ""
		}
		return field.Print(n)
	}
	how := "sum"
	if f.Stock {
		how = "last"
	}
	return web.Form{Submit: submit, Cancel: list + "?" + url.Values{"organ": {f.Organ}}.Encode(), Fields: []web.Field{
		{Kind: web.Hidden, Name: "organ", Value: f.Organ},
		{Name: "chinese", Label: say.T("filings.chinese"), Value: f.Chinese, MaxLength: filing.MaxLabel, Required: true},
		{Name: "english", Label: say.T("filings.english"), Value: f.English, MaxLength: filing.MaxLabel, Required: true},
		{Name: "name", Label: say.T("filings.name"), Hint: say.T("filings.name-hint"), Value: f.Name, MaxLength: filing.MaxName, Required: true},
		{Kind: web.TextArea, Name: "meaning", Label: say.T("filings.meaning"), Hint: say.T("filings.meaning-hint"), Value: f.Meaning, Rows: 3, MaxLength: filing.MaxMeaning, Required: true},
		{Name: "cite", Label: say.T("filings.cite"), Hint: say.T("filings.cite-hint"), Value: f.Cite, MaxLength: 100},
		{Kind: web.Select, Name: "unit", Label: say.T("filings.unit"), Options: choice.Of(say, filing.Units()), Value: string(f.Unit), Required: true},
		{Kind: web.Radios, Name: "every", Label: say.T("filings.every"), Options: choice.Of(say, filing.Rhythms()), Value: string(f.Every), Required: true},
		{Kind: web.Radios, Name: "fold", Label: say.T("filings.fold"), Options: []web.Option{{Value: "sum", Label: say.T("filings.summed"), Hint: say.T("filings.summed-hint")}, {Value: "last", Label: say.T("filings.stands"), Hint: say.T("filings.stands-hint")}}, Value: how, Required: true},
		{Kind: web.Select, Name: "section", Label: say.T("filings.section"), Options: sections(tree, f.Organ), Value: f.Section, Required: true},
		{Kind: web.Select, Name: "role", Label: say.T("filings.by"), Hint: say.T("filings.by-hint"), Options: filers(say), Value: string(f.Role), Required: true},
		{Kind: web.Date, Name: "from", Label: say.T("filings.from"), Hint: say.T("filings.from-hint"), Value: iso(f.From), Required: true, Narrow: true},
		{Name: "least", Label: say.T("filings.least"), Hint: say.T("filings.bounds-hint"), Value: bound(f.Least), InputMode: "decimal", Narrow: true, MaxLength: 20},
		{Name: "most", Label: say.T("filings.most"), Value: bound(f.Most), InputMode: "decimal", Narrow: true, MaxLength: 20},
		{Name: "parts", Label: say.T("filings.parts"), Hint: say.T("filings.parts-hint"), Value: strings.Join(f.Parts, " "), MaxLength: 400},
	}}
}

// figureOf reads a figure off the form.
func figureOf(f filing.Figure, v url.Values) (filing.Figure, error) {
	f.Name, f.Word = v.Get("name"), filing.Word{Chinese: v.Get("chinese"), English: v.Get("english")}
	f.Meaning, f.Cite, f.Unit, f.Every = v.Get("meaning"), v.Get("cite"), filing.Unit(v.Get("unit")), filing.Every(v.Get("every"))
	f.Stock, f.Section, f.Role = v.Get("fold") == "last", v.Get("section"), account.Role(v.Get("role"))
	f.Parts = strings.FieldsFunc(v.Get("parts"), func(c rune) bool { return strings.ContainsRune(" ,，、\n", c) })
	var wrong errs.Fields
	day, err := calendar.ParseDate(strings.TrimSpace(v.Get("from")))
	if err != nil {
		wrong.Add("from", "%s", errs.Public(err))
	}
	f.From = day
	field := filing.Field{Figure: f, Money: f.Unit == filing.Money}
	for name, into := range map[string]*int64{"least": &f.Least, "most": &f.Most} {
		if *into, _, err = field.Parse(v.Get(name)); err != nil {
			wrong.Add(name, "%s", errs.Public(err))
		}
	}
	return f, wrong.Err()
}

// fresh is a figure that is about to be added to the list of an organ.
func (p Pages) fresh(r *http.Request) (filing.Figure, *org.Tree, error) {
	at, tree, err := p.read(r, account.KeepFigures)
	if err != nil {
		return filing.Figure{}, nil, err
	}
	return filing.Figure{
		Organ: at.organ, Section: at.organ, Unit: filing.Count, Every: filing.Monthly, Role: account.Liaison, From: calendar.On(p.Kit.Now().Year(), 1, 1),
	}, tree, p.may(r, account.KeepFigures, at.organ)
}

func (p Pages) askNew(w http.ResponseWriter, r *http.Request) error {
	f, tree, err := p.fresh(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return figureTemplate.Show(p.Kit, w, r, say.T("filings.add"), figureData{Form: figureForm(say, tree, f, say.T("filings.save"))})
}

func (p Pages) add(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	f, tree, err := p.fresh(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.set(w, r, f, figureData{Form: figureForm(say, tree, f, say.T("filings.save"))}, say.T("filings.add"), values)
}

// set keeps a figure as it was typed, or shows the form again.
func (p Pages) set(w http.ResponseWriter, r *http.Request, f filing.Figure, data figureData, title string, values url.Values) error {
	f, err := figureOf(f, values)
	if err == nil {
		err = p.Office.Set(r.Context(), web.Actor(r), f)
	}
	if err == nil {
		return p.Kit.Done(w, r, list+"?"+url.Values{"organ": {f.Organ}}.Encode(), p.Kit.Say(r).T("filings.figure-saved", f.Chinese))
	}
	data.Form.Fill(values)
	if !data.Form.Fail(err) {
		return err
	}
	return figureTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, data)
}

func (p Pages) known(r *http.Request) (filing.Figure, *org.Tree, error) {
	f, err := p.Office.Figure(r.Context(), web.Actor(r), r.PathValue("figure"))
	if err != nil {
		return f, nil, err
	}
	tree, err := p.Trees.Tree(r.Context())
	return f, tree, err
}

func (p Pages) alterData(say *locale.Catalogue, tree *org.Tree, f filing.Figure) figureData {
	d := figureData{Text: say.T("filings.alter-text"), Form: figureForm(say, tree, f, say.T("filings.save"))}
	if f.Until.IsZero() {
		d.End = list + "/end/" + f.ID
	}
	return d
}

func (p Pages) askAlter(w http.ResponseWriter, r *http.Request) error {
	f, tree, err := p.known(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return figureTemplate.Show(p.Kit, w, r, say.In(f.Word), p.alterData(say, tree, f))
}

func (p Pages) alter(w http.ResponseWriter, r *http.Request) error {
	f, tree, err := p.known(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	return p.set(w, r, f, p.alterData(say, tree, f), say.In(f.Word), values)
}

func (p Pages) endData(r *http.Request, f filing.Figure) figureData {
	say, now := p.Kit.Say(r), p.Kit.Now()
	return figureData{Text: say.T("filings.end-text", say.In(f.Word)), Form: web.Form{Submit: say.T("filings.end"), Cancel: list + "/edit/" + f.ID, Danger: true, Fields: []web.Field{
		{Kind: web.Date, Name: "until", Label: say.T("filings.until"), Hint: say.T("filings.until-hint"), Value: calendar.On(now.Date()).String(), Required: true, Narrow: true},
	}}}
}

func (p Pages) askEnd(w http.ResponseWriter, r *http.Request) error {
	f, _, err := p.known(r)
	if err != nil {
		return err
	}
	return figureTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("filings.end"), p.endData(r, f))
}

func (p Pages) end(w http.ResponseWriter, r *http.Request) error {
	f, _, err := p.known(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	until, err := calendar.ParseDate(strings.TrimSpace(values.Get("until")))
	if err != nil {
		err = errs.AtField("until", err)
	} else {
		err = p.Office.End(r.Context(), web.Actor(r), f.ID, until)
	}
	if err == nil {
		return p.Kit.Done(w, r, list+"?"+url.Values{"organ": {f.Organ}}.Encode(), say.T("filings.figure-ended", say.In(f.Word), until))
	}
	data := p.endData(r, f)
	data.Form.Fill(values)
	if !data.Form.Fail(err) {
		return err
	}
	return figureTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("filings.end"), data)
}

func (p Pages) standardData(r *http.Request) (figureData, string, error) {
	f, tree, err := p.fresh(r)
	if err != nil {
		return figureData{}, "", err
	}
	say := p.Kit.Say(r)
	form := web.Form{Submit: say.T("filings.standard"), Cancel: list + "?" + url.Values{"organ": {f.Organ}}.Encode(), Fields: []web.Field{
		{Kind: web.Hidden, Name: "organ", Value: f.Organ},
		{Kind: web.Date, Name: "from", Label: say.T("filings.from"), Hint: say.T("filings.from-hint"), Value: iso(f.From), Required: true, Narrow: true},
	}}
	for _, who := range filing.Filers() {
		var names []string
		for _, s := range filing.Standard() {
			if s.Role == who {
				names = append(names, say.In(s.Word))
			}
		}
		form.Fields = append(form.Fields, web.Field{Kind: web.Select, Name: "section-" + string(who), Label: say.T("filings.standard-section", role(say, who)), Hint: strings.Join(names, say.T("filings.and")), Options: sections(tree, f.Organ), Value: f.Organ, Required: true})
	}
	return figureData{Text: say.T("filings.standard-text", strconv.Itoa(len(filing.Standard()))), Form: form}, f.Organ, nil
}

func (p Pages) askStandard(w http.ResponseWriter, r *http.Request) error {
	data, _, err := p.standardData(r)
	if err != nil {
		return err
	}
	return figureTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("filings.standard"), data)
}

func (p Pages) standard(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	data, organ, err := p.standardData(r)
	if err != nil {
		return err
	}
	say, n := p.Kit.Say(r), 0
	from, err := calendar.ParseDate(strings.TrimSpace(values.Get("from")))
	if err != nil {
		err = errs.AtField("from", err)
	} else {
		sections := map[account.Role]string{}
		for _, who := range filing.Filers() {
			sections[who] = values.Get("section-" + string(who))
		}
		n, err = p.Office.Standard(r.Context(), web.Actor(r), organ, from, sections)
	}
	if err == nil {
		return p.Kit.Done(w, r, list+"?"+url.Values{"organ": {organ}}.Encode(), say.T("filings.standard-added", n))
	}
	data.Form.Fill(values)
	if !data.Form.Fail(err) {
		return err
	}
	return figureTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("filings.standard"), data)
}
