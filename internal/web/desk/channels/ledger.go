package channels

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

// ledgerData is the ledger: what stood where from when to when, with its figures.
type ledgerData struct {
	Figures figures
	Screens []web.NavLink // of the organs whose documents one publishes
	List    web.List
}

// figures are the counts by channel and year, each leading to its lines.
type figures struct {
	Years []string
	Rows  []figureRow
}

type figureRow struct {
	Channel string
	Cells   []figure
}

type figure struct {
	Number int
	Path   string
	Label  string
}

var ledgerTemplate = web.Define[ledgerData]("desk/channel_ledger")

// yearsShown is how many years the figures show.
const yearsShown = 4

func (p Pages) ledger(w http.ResponseWriter, r *http.Request) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	q := web.ReadList(r, []string{"from", "until", "channel", "title"}, channel.Filters())
	if web.Format(r) == "xlsx" {
		return p.export(w, r, q)
	}
	page, err := p.Office.Ledger(ctx, actor, q)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	data := ledgerData{}
	counts, err := p.Office.Years(ctx, actor, account.Place{})
	if err != nil {
		return err
	}
	data.Figures = figuresOf(say, counts, p.Kit.Now().Year())
	data.Screens = p.screens(tree, actor)
	data.List = web.List{
		Caption: say.T("channels.ledger"), Path: root, Query: q, Total: page.Total, AtLeast: page.AtLeast, Export: true, Search: say.T("channels.search"),
		Columns: []web.Column{
			{Name: "title", Label: say.T("channels.document")},
			{Name: "channel", Label: say.T("channels.channel")},
			{Label: say.T("channels.phase"), Narrow: true},
			{Name: "from", Label: say.T("channels.from"), Narrow: true},
			{Name: "until", Label: say.T("channels.until"), Narrow: true},
			{Label: say.T("channels.sent-by"), Narrow: true},
		},
		Filters: p.filters(say, tree, actor),
		Empty:   web.Empty{Title: say.T("channels.none"), Text: say.T("channels.none-text"), Action: &web.Action{Label: say.T("nav.documents"), Path: "/desk/documents"}},
	}
	names, err := p.names(r, page.Rows)
	if err != nil {
		return err
	}
	for _, row := range page.Rows {
		data.List.Rows = append(data.List.Rows, line(say, tree, names, row))
	}
	return ledgerTemplate.Show(p.Kit, w, r, say.T("channels.ledger"), data)
}

// screensShown is how many organs' screens the ledger leads to.
const screensShown = 12

// screens leads to the screens of the organs whose documents somebody publishes.
func (p Pages) screens(tree *org.Tree, actor account.Actor) (all []web.NavLink) {
	for n := range tree.Within(actor.Where(account.PublishDocuments)) {
		if n.Nature != org.Internal && !n.Ended && len(all) < screensShown {
			all = append(all, web.NavLink{Path: channel.ScreenPath + "/" + n.ID, Label: n.Name})
		}
	}
	return all
}

func (p Pages) names(r *http.Request, rows []channel.Row) (map[string]string, error) {
	var ids []string
	for _, row := range rows {
		if row.Actor != "" {
			ids = append(ids, row.Actor)
		}
	}
	return p.Names.Names(r.Context(), ids)
}

// line draws a line of the ledger. What goes by an interface has a page of its own.
func line(say *locale.Catalogue, tree *org.Tree, names map[string]string, row channel.Row) web.Row {
	where := in(say, row.Channel.Words())
	page := documentPath(row.Document) + "#posts"
	if row.Sent {
		page = path(row.Document, row.Ref)
	}
	who := names[row.Actor]
	if row.Actor == "" {
		who = say.T("channels.by-system")
	}
	l := web.Row{Cells: []web.Cell{
		{Text: row.Title, Link: documentPath(row.Document), Note: tree.Name(row.Organ)},
		{Text: where, Link: page, Note: row.Place},
		{Text: in(say, row.Phase.Words()), Badge: tone(row.Phase)},
		{Text: days(row.From)},
		{Text: days(row.Until)},
		{Text: who},
	}}
	if row.Phase == publish.PhaseFailed {
		l.Tone = "red"
	}
	return l
}

func days(d interface {
	IsZero() bool
	String() string
},
) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (p Pages) filters(say *locale.Catalogue, tree *org.Tree, actor account.Actor) []web.Filter {
	words := func(from []publish.Choice) (all []web.Option) {
		for _, c := range from {
			all = append(all, web.Option{Value: c.Value, Label: in(say, c.Word)})
		}
		return all
	}
	years := web.Filter{Name: channel.FilterYear, Label: say.T("channels.year")}
	for n := range 10 {
		y := strconv.Itoa(p.Kit.Now().Year() - n)
		years.Options = append(years.Options, web.Option{Value: y, Label: y})
	}
	all := []web.Filter{
		{Name: channel.FilterChannel, Label: say.T("channels.channel"), Options: words(publish.Channels())},
		{Name: channel.FilterPhase, Label: say.T("channels.phase"), Options: words(publish.Phases())},
		years,
		{Kind: web.Date, Name: channel.FilterOn, Label: say.T("channels.stood-on"), More: true},
		{Kind: web.Date, Name: channel.FilterFrom, Label: say.T("channels.began-from"), More: true},
		{Kind: web.Date, Name: channel.FilterUntil, Label: say.T("channels.began-until"), More: true},
	}
	if organs := choice.Organs(tree, actor.Where(account.SeeDocuments)); len(organs) > 1 {
		all = append(all, web.Filter{Name: channel.FilterOrgan, Label: say.T("channels.organ"), Options: organs, More: true}, web.Filter{Name: channel.FilterBelow, Label: say.T("channels.below"), Options: organs, More: true})
	}
	return all
}

// figuresOf puts the counts into a table: channels down, years across.
func figuresOf(say *locale.Catalogue, counts []channel.Count, now int) figures {
	var f figures
	for n := range yearsShown {
		f.Years = append(f.Years, strconv.Itoa(now-n))
	}
	for _, c := range publish.Channels() {
		row := figureRow{Channel: in(say, c.Word)}
		any := false
		for n := range yearsShown {
			year := now - n
			i := slices.IndexFunc(counts, func(x channel.Count) bool { return string(x.Channel) == c.Value && x.Year == year })
			one := figure{}
			if i >= 0 {
				any = true
				one = figure{counts[i].Number, root + "?" + url.Values{channel.FilterChannel: {c.Value}, channel.FilterYear: {strconv.Itoa(year)}}.Encode(), say.T("channels.figure", in(say, c.Word), strconv.Itoa(year))}
			}
			row.Cells = append(row.Cells, one)
		}
		if any {
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}

// export answers with all that the ledger would show.
func (p Pages) export(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	say := p.Kit.Say(r)
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	names := map[string]string{}
	fetch := func(q paging.Query) (paging.Page[channel.Row], error) {
		page, err := p.Office.Ledger(r.Context(), web.Actor(r), q)
		if err == nil {
			names, err = p.names(r, page.Rows)
		}
		return page, err
	}
	return web.WriteXLSX(w, say.T("channels.ledger"), []string{
		say.T("channels.document"), say.T("channels.organ"), say.T("channels.channel"), say.T("channels.phase"), say.T("channels.from"), say.T("channels.until"),
		say.T("channels.sent-by"), say.T("channels.place"), say.T("channels.address"),
	}, web.EveryPage(q, fetch, func(row channel.Row) []string {
		return []string{
			row.Title, tree.Name(row.Organ), in(say, row.Channel.Words()), in(say, row.Phase.Words()), days(row.From), days(row.Until), names[row.Actor], row.Place, row.Address,
		}
	}))
}
