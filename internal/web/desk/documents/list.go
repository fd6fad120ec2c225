package documents

import (
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
)

// listData is the list of documents.
type listData struct {
	Figures []web.Figure
	List    web.List
	MayNew  bool
	Whole   string // page of the list as a catalogue that can be taken in
	Files   string // … with its files
}

var listTemplate = web.Define[listData]("desk/document_list")

func (p Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, []string{"due", "formed", "published", "status"}, publish.Filters())
	switch web.Format(r) {
	case "xlsx":
		return p.export(w, r, q)
	case "catalogue":
		return p.exportCatalogue(w, r, q)
	case "whole":
		return p.exportWhole(w, r, q)
	}
	page, err := p.Desk.List(ctx, actor, q)
	if err != nil {
		return err
	}
	whole := r.URL.Query()
	whole.Set("format", "catalogue")
	data := listData{MayNew: actor.Can(account.DraftDocuments), Whole: root + "?" + whole.Encode()}
	whole.Set("format", "whole")
	data.Files = root + "?" + whole.Encode()
	if data.Figures, err = p.figures(r); err != nil {
		return err
	}
	if data.List, err = p.draw(r, q, page); err != nil {
		return err
	}
	data.List.Empty = web.Empty{Title: say.T("documents.none"), Text: say.T("documents.none-text")}
	if data.MayNew {
		data.List.Empty.Action = &web.Action{Label: say.T("documents.new"), Path: root + "/new", Primary: true}
	}
	return listTemplate.Show(p.Kit, w, r, say.T("documents.title"), data)
}

// figures counts what is urgent, each with the list of it.
func (p Pages) figures(r *http.Request) ([]web.Figure, error) {
	say := p.Kit.Say(r)
	return web.Figures(root, []web.Figure{
		{Label: say.T("documents.overdue"), Filter: publish.FilterDue, Value: "overdue", Tone: "red"},
		{Label: say.T("documents.soon"), Filter: publish.FilterDue, Value: "soon", Tone: "amber"},
		{Label: say.T("documents.down"), Filter: publish.FilterStatus, Value: string(publish.Suspended), Tone: "red"},
		{Label: say.T("documents.open"), Filter: publish.FilterOpen, Value: "yes", Tone: ""},
	}, func(q paging.Query) (paging.Page[publish.Row], error) {
		return p.Desk.List(r.Context(), web.Actor(r), q)
	})
}

// draw makes the list of a page of rows.
func (p Pages) draw(r *http.Request, q paging.Query, page paging.Page[publish.Row]) (web.List, error) {
	say := p.Kit.Say(r)
	l := web.List{
		Caption: say.T("documents.title"), Path: root, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("documents.search"),
		Columns: []web.Column{
			{Label: say.T("documents.document")},
			{Label: say.T("documents.attribute"), Narrow: true},
			{Name: "status", Label: say.T("documents.status"), Narrow: true},
			{Name: "due", Label: say.T("documents.left")},
			{Name: "formed", Label: say.T("documents.formed"), Narrow: true},
			{Name: "published", Label: say.T("documents.published"), Narrow: true},
		},
	}
	known, err := p.around(r)
	if err != nil {
		return l, err
	}
	l.Filters = known.filters(r, say, q)
	counted := q.Filter(publish.FilterCell) != ""
	if counted {
		l.Columns = append(l.Columns, web.Column{Label: say.T("documents.why-counted")})
	}
	for _, row := range page.Rows {
		line := known.line(say, row)
		if counted {
			line.Cells = append(line.Cells, web.Cell{Text: why(say, row)})
		}
		l.Rows = append(l.Rows, line)
	}
	return l, nil
}

// why tells why a document stands in a cell of table 2: its days, and whether it holds.
func why(say *locale.Catalogue, row publish.Row) string {
	text := say.T("documents.why-made", course.ISO(row.Formed), course.ISO(row.Published))
	for _, f := range publish.Forces() {
		if f.Value == string(row.Force) {
			text += say.T("documents.why-force", say.In(f.Word))
		}
	}
	return text
}

// around is what the lines of a list need beside their rows.
type around struct {
	cal   *calendar.Calendar
	today calendar.Date
	tree  *org.Tree
}

func (p Pages) around(r *http.Request) (around, error) {
	a := around{today: p.Desk.Today()}
	var err error
	if a.cal, err = p.Desk.Calendars.Calendar(r.Context()); err != nil {
		return a, err
	}
	a.tree, err = p.Trees.Tree(r.Context())
	return a, err
}

// line draws a document in a list.
func (a around) line(say *locale.Catalogue, row publish.Row) web.Row {
	text, tone := a.standing(say, row)
	note := kindWord(say, row.Kind)
	if row.Number != "" {
		note = row.Number + " · " + note
	}
	line := web.Row{Cells: []web.Cell{
		{Text: row.Title, Link: path(row.ID), Note: note + " · " + a.tree.Name(row.Section)},
		{Text: opennessWord(say, row.Openness), Badge: opennessTone(row.Openness)},
		{Text: statusWord(say, row.Status), Badge: statusTone(row.Status)},
		{Text: text, Badge: tone},
		{Text: course.ISO(row.Formed)},
		{Text: course.ISO(row.Published), Note: row.Index},
	}}
	if tone == "red" || tone == "amber" {
		line.Tone = tone
	}
	return line
}

// standing tells how much time the publication has.
func (a around) standing(say *locale.Catalogue, row publish.Row) (text, tone string) {
	if row.Due.IsZero() {
		return "", ""
	}
	return course.Standing(say, a.cal, a.today, row.Due)
}

// filters gives the ways to narrow the list. Those by which a figure of table 2 or a
// request leads here are shown when they are in use.
func (a around) filters(r *http.Request, say *locale.Catalogue, q paging.Query) []web.Filter {
	all := []web.Filter{
		{Name: publish.FilterStatus, Label: say.T("documents.status"), Options: statusOptions(say)},
		{Name: publish.FilterDue, Label: say.T("documents.left"), Options: []web.Option{{Value: "overdue", Label: say.T("documents.overdue")}, {Value: "soon", Label: say.T("documents.soon")}}},
		{Name: publish.FilterOpen, Label: say.T("documents.progress"), Options: []web.Option{{Value: "yes", Label: say.T("documents.open")}, {Value: "no", Label: say.T("documents.over")}}},
		{Name: publish.FilterOpenness, Label: say.T("documents.attribute"), Options: choice.Of(say, publish.Opennesses())},
		{Name: publish.FilterKind, Label: say.T("documents.kind"), Options: kindOptions(say), More: true},
		{Name: publish.FilterSubject, Label: say.T("documents.subject"), Options: subjectOptions(law.Subjects(law.CityOrCounty)), More: true},
		{Name: publish.FilterTheme, Label: say.T("documents.theme"), Options: themeOptions(), More: true},
		{Name: publish.FilterForce, Label: say.T("documents.force"), Options: choice.Of(say, publish.Forces()), More: true},
	}
	if organs := choice.Organs(a.tree, web.Actor(r).Where(account.SeeDocuments)); len(organs) > 1 {
		all = append(all, web.Filter{Name: publish.FilterOrgan, Label: say.T("documents.organ"), Options: organs, More: true}, web.Filter{Name: publish.FilterBelow, Label: say.T("documents.below"), Options: organs, More: true})
	}
	all = append(all, web.Filter{Kind: web.Date, Name: publish.FilterFrom, Label: say.T("documents.from"), More: true}, web.Filter{Kind: web.Date, Name: publish.FilterUntil, Label: say.T("documents.until"), More: true})
	if q.Filter(publish.FilterYear) != "" {
		all = append(all, web.Filter{Kind: web.Text, Name: publish.FilterYear, Label: say.T("documents.year")},
			web.Filter{Name: publish.FilterCell, Label: say.T("documents.cell"), Options: []web.Option{{Value: "made", Label: say.T("documents.cell-made")}, {Value: "repealed", Label: say.T("documents.cell-repealed")}, {Value: "in-force", Label: say.T("documents.cell-in-force")}}},
			web.Filter{Name: publish.FilterPost, Label: say.T("documents.channel"), Options: choice.Of(say, publish.Channels())})
	}
	if request := q.Filter(publish.FilterRequest); request != "" {
		all = append(all, web.Filter{Name: publish.FilterRequest, Label: say.T("documents.from-request"), Options: []web.Option{{Value: request, Label: say.T("documents.this-request")}}})
	}
	return all
}

func statusOptions(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, s := range publish.Statuses() {
		if s != publish.New {
			all = append(all, web.Option{Value: string(s), Label: statusWord(say, s)})
		}
	}
	return all
}

func kindOptions(say *locale.Catalogue) []web.Option {
	var all []web.Option
	for _, k := range publish.Kinds() {
		all = append(all, web.Option{Value: string(k.Kind), Label: say.In(k.Word)})
	}
	return all
}

// subjectOptions are what organs must publish, in few words.
func subjectOptions(subjects []law.Subject) []web.Option {
	const most = 40
	var all []web.Option
	for _, s := range subjects {
		text := []rune(s.Label + s.Text)
		if len(text) > most {
			text = append(text[:most:most], '…')
		}
		all = append(all, web.Option{Value: s.ID, Label: string(text) + "（" + s.Cite + "）"})
	}
	return all
}

func themeOptions() []web.Option {
	var all []web.Option
	for i, t := range law.Themes() {
		all = append(all, web.Option{Value: t, Label: strconv.Itoa(i+1) + " " + t})
	}
	return all
}
