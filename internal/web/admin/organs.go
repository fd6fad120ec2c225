package admin

import (
	"context"
	"net/http"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// Organs are the pages about organs: who sees them is told by SeeOrgans, who
// changes them by EditOrgans, and org.Office judges both again for each organ.
type Organs struct {
	Kit    *web.Kit
	Office *org.Office
	// History gives what has happened to an organ, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
	Meanings []event.Meaning // words for what has happened, of all rooms
}

// Routes gives the pages.
func (p Organs) Routes() []web.Route {
	see, edit := web.Needs(account.SeeOrgans), web.Needs(account.EditOrgans)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/organs" + path, Frame: web.Admin, Rule: rule, Handle: handle, Shows: shows}
	}
	upload := page("POST", "/import", edit, p.takeIn)
	upload.Upload = maxSheet
	return []web.Route{
		page("GET", "", see, p.list, organsTemplate),
		page("GET", "/new", edit, p.askNew, organFormTemplate),
		page("POST", "/new", edit, p.create),
		page("GET", "/import", edit, p.askImport, organsImportTemplate),
		page("GET", "/import/sheet", edit, p.sheet),
		upload,
		page("GET", "/{organ}", see, p.show, organTemplate),
		page("GET", "/{organ}/{act}", edit, p.askChange, organChangeTemplate),
		page("POST", "/{organ}/{act}", edit, p.change),
	}
}

type organsData struct{ List web.List }

var organsTemplate = web.Define[organsData]("admin/organs")

func (p Organs) list(w http.ResponseWriter, r *http.Request) error {
	q := web.ReadList(r, []string{"name", "region"}, []string{org.FilterBelow, org.FilterNature, org.FilterLevel, org.FilterEnded})
	if format := web.Format(r); format != "" {
		return p.export(w, r, q, format)
	}
	page, err := p.Office.List(r.Context(), web.Actor(r), q)
	if err != nil {
		return err
	}
	tree, err := p.Office.Book.Tree(r.Context())
	if err != nil {
		return err
	}
	say, actor := p.Kit.Say(r), web.Actor(r)
	list := web.List{
		Caption: say.T("organ.title"), Path: "/admin/organs", Query: q, Total: page.Total, Search: say.T("organ.search"), Export: true,
		Columns: []web.Column{
			{Name: "name", Label: say.T("organ.name")},
			{Label: say.T("organ.parent")},
			{Label: say.T("organ.nature"), Narrow: true},
			{Label: say.T("organ.level"), Narrow: true},
			{Name: "region", Label: say.T("organ.region"), Narrow: true},
		},
		Filters: []web.Filter{
			{Name: org.FilterBelow, Label: say.T("organ.below"), Options: choice.Parents(tree, actor.Where(account.SeeOrgans))},
			{Name: org.FilterNature, Label: say.T("organ.nature"), Options: natureOptions(say)},
			{Name: org.FilterLevel, Label: say.T("organ.level"), Options: levelOptions(say)},
			{Name: org.FilterEnded, Label: say.T("organ.state"), Options: []web.Option{{Value: "no", Label: say.T("organ.lives")}, {Value: "yes", Label: say.T("organ.ended")}}},
		},
		Empty: web.Empty{Title: say.T("organ.none"), Text: say.T("organ.none-text")},
	}
	if actor.Can(account.EditOrgans) {
		list.Actions = []web.Action{
			{Label: say.T("organ.new"), Path: "/admin/organs/new", Primary: true}, {Label: say.T("organ.import"), Path: "/admin/organs/import"},
		}
	}
	for _, n := range page.Rows {
		list.Rows = append(list.Rows, organRow(say, n, tree))
	}
	return organsTemplate.Show(p.Kit, w, r, say.T("organ.title"), organsData{list})
}

func organRow(say *locale.Catalogue, n org.Node, tree *org.Tree) web.Row {
	row := web.Row{Cells: []web.Cell{
		{Text: n.Name, Link: "/admin/organs/" + n.ID, Note: n.CreditCode},
		{Text: tree.Name(n.Parent)},
		{Text: word(say, n.Nature.Words())},
		{Text: word(say, n.Level.Words())},
		{Text: n.Region},
	}}
	if n.Ended {
		row.Tone, row.Cells[0].Note = "grey", say.T("organ.ended")
	}
	return row
}

func word(say *locale.Catalogue, w org.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

func natureOptions(say *locale.Catalogue) []web.Option {
	var options []web.Option
	for _, n := range org.Natures() {
		options = append(options, web.Option{Value: string(n), Label: word(say, n.Words())})
	}
	return options
}

func levelOptions(say *locale.Catalogue) []web.Option {
	var options []web.Option
	for _, l := range org.Levels() {
		options = append(options, web.Option{Value: string(l), Label: word(say, l.Words())})
	}
	return options
}

// organData is an organ with its life.
type organData struct {
	Organ    org.Organ
	Now      org.Version
	Parent   string
	Nature   string
	Level    string
	Ended    bool
	Children []org.Node
	Versions []organVersion
	History  []organEvent
	May      bool // change it
	// MayCorrect is so also for an organ that has ended: its history may have errors.
	MayCorrect bool
	Names      map[string]string // of successors and parents, by key
}

type organVersion struct {
	org.Version
	Above string
}

type organEvent struct{ At, What string }

var organTemplate = web.Define[organData]("admin/organ")

func (p Organs) show(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	organ, err := p.Office.Organ(ctx, actor, r.PathValue("organ"))
	if err != nil {
		return err
	}
	tree, err := p.Office.Book.Tree(ctx)
	if err != nil {
		return err
	}
	events, err := p.History.EventsOf(ctx, event.Subject{Type: "organ", ID: organ.ID})
	if err != nil {
		return err
	}
	now, lives := organ.On(p.Office.Today())
	if !lives {
		now = organ.Last()
	}
	may := actor.May(account.EditOrgans, organ.ID, tree) == nil
	data := organData{
		Organ: organ, Now: now, Parent: tree.Name(now.Parent), Nature: word(say, now.Nature.Words()), Level: word(say, now.Level.Words()),
		Ended: !lives, May: lives && may, MayCorrect: may, Names: map[string]string{now.Successor: tree.Name(now.Successor)},
	}
	for _, child := range tree.Children(organ.ID) {
		if !child.Ended {
			data.Children = append(data.Children, child)
		}
	}
	for _, v := range organ.Versions {
		data.Versions = append(data.Versions, organVersion{v, tree.Name(v.Parent)})
	}
	for _, e := range events {
		data.History = append(data.History, organEvent{e.At.Format("2006-01-02 15:04"), meaning(say, p.Meanings, e.Kind)})
	}
	return organTemplate.Show(p.Kit, w, r, now.Name, data)
}

// meaning gives the words for what has happened.
func meaning(say *locale.Catalogue, kinds []event.Meaning, kind event.Kind) string {
	for _, m := range kinds {
		if m.Kind == kind && say.Lang == locale.English {
			return m.English
		} else if m.Kind == kind {
			return m.Chinese
		}
	}
	return strings.ReplaceAll(string(kind), ".", " ")
}
