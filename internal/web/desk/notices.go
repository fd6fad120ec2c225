package desk

import (
	"net/http"

	"gongkai/internal/notify"
	"gongkai/internal/web"
)

// Notices are the pages about what people are told, and how they want to be
// told (me_notices.go): for officers and administrators.
type Notices struct {
	Kit    *web.Kit
	Office *notify.Office
}

// Routes gives the pages.
func (p Notices) Routes() []web.Route {
	page := func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/desk" + path, Frame: web.Desk, Rule: web.SignedIn(), Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "/notices", p.list, noticesTemplate),
		page("POST", "/notices", p.readAll),
		page("GET", "/notices/{told}", p.open),
		page("GET", "/me/notices", p.askChoices, meNoticesTemplate),
		page("POST", "/me/notices", p.choose, meNoticesTemplate),
	}
}

type noticesData struct {
	Unread int
	List   web.List
}

var noticesTemplate = web.Define[noticesData]("desk/notices")

func (p Notices) list(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, nil, []string{notify.FilterUnread})
	page, err := p.Office.Mine(ctx, actor, q)
	if err != nil {
		return err
	}
	var data noticesData
	if data.Unread, err = p.Office.Unread(ctx, actor); err != nil {
		return err
	}
	data.List = web.List{
		Caption: say.T("notice.title"), Path: "/desk/notices", Query: q, Total: page.Total, AtLeast: page.AtLeast,
		Columns: []web.Column{{Label: say.T("notice.what")}, {Label: say.T("notice.state"), Narrow: true}, {Label: say.T("notice.at"), Narrow: true}},
		Filters: []web.Filter{{Name: notify.FilterUnread, Label: say.T("notice.state"), Options: []web.Option{{Value: "yes", Label: say.T("notice.unread")}}}},
		Empty:   web.Empty{Title: say.T("notice.none"), Text: say.T("notice.none-text")},
	}
	english := say.Lang == "en"
	for _, n := range page.Rows {
		state, tone := say.T("notice.read"), "grey"
		switch {
		case n.ReadAt.IsZero() && n.Urgent:
			state, tone = say.T("notice.urgent"), "red"
		case n.ReadAt.IsZero():
			state, tone = say.T("notice.unread"), "blue"
		}
		row := web.Row{Cells: []web.Cell{{Text: n.Title, Note: notify.WordsFor(n.Kind).In(english)}, {Text: state, Badge: tone}, {Text: clockText(n.At)}}}
		if n.Title == "" {
			row.Cells[0] = web.Cell{Text: n.Say(english)}
		}
		row.Cells[0].Link = "/desk/notices/" + n.ID
		if !n.ReadAt.IsZero() {
			row.Tone = "grey"
		}
		data.List.Rows = append(data.List.Rows, row)
	}
	return noticesTemplate.Show(p.Kit, w, r, say.T("notice.title"), data)
}

// open goes on to what a notice is about, which marks it read.
func (p Notices) open(w http.ResponseWriter, r *http.Request) error {
	n, err := p.Office.Open(r.Context(), web.Actor(r), r.PathValue("told"))
	if err != nil {
		return err
	}
	if n.Link == "" {
		return web.Redirect(w, r, "/desk/notices")
	}
	return web.Redirect(w, r, n.Link)
}

func (p Notices) readAll(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	if err := p.Office.ReadAll(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/desk/notices", p.Kit.Say(r).T("notice.read-done"))
}
