// Package board holds the full-screen pages that hang in a hall: what an organ has put on
// its screens, slide by slide. A screen opens its address once and needs nobody: it asks
// for what is new, plays on when the network is cut, and says nothing of it. Without
// scripts the page is a list to read. Start at Board.
package board

import (
	"context"
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/slide"
)

// Board are the pages.
type Board struct {
	Kit     *web.Kit
	Organs  org.Trees
	Screens Screens
	Base    string // address of the site, without a slash at the end; "" for that of the visit
}

// Screens gives what stands on the screens of an organ.
type Screens interface {
	Screen(ctx context.Context, organ string) ([]publish.Slide, error)
	// WithScreens gives the organs that have anything on their screens.
	WithScreens(ctx context.Context) ([]string, error)
	// Source is the address of the original of a text.
	Source(document, ref string) string
}

// Path is where the screens are, without the organ.
const Path = "/board"

// Routes gives the pages.
func (b Board) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: Path, Frame: web.Portal, Rule: web.Public(), Handle: b.screens, Shows: []web.Checked{screensTemplate}, Cached: true},
		{Method: "GET", Path: Path + "/{organ}", Frame: web.Board, Rule: web.Public(), Handle: b.screen, Shows: []web.Checked{screenTemplate}, Cached: true},
	}
}

// screenData is what a screen shows.
type screenData struct {
	Mark   string // changes with what is shown
	Slides []slide.View
}

var (
	screenTemplate  = web.Define[screenData]("board/screen")
	screensTemplate = web.Define[[]web.NavLink]("board/screens")
)

func (b Board) screen(w http.ResponseWriter, r *http.Request) error {
	ctx, say := r.Context(), b.Kit.Say(r)
	tree, err := b.Organs.Tree(ctx)
	if err != nil {
		return err
	}
	n, ok := tree.Node(r.PathValue("organ"))
	if !ok || n.Nature == org.Internal {
		return errs.New(errs.NotFound, "没有这个机关的电子屏，请核对网址。")
	}
	web.Reads(ctx, web.OfOrgan(n.ID))
	all, err := b.Screens.Screen(ctx, n.ID)
	if err != nil {
		return err
	}
	data := screenData{Mark: event.Digest(all)}
	for _, s := range all {
		views, err := slide.Of(say, s, b.Screens.Source(s.Document, s.Ref), func(hash string) string { return "/open/" + s.Document + "/" + hash })
		if err != nil {
			return err
		}
		data.Slides = append(data.Slides, views...)
	}
	if len(data.Slides) == 0 {
		nothing, err := b.nothing(r, n)
		if err != nil {
			return err
		}
		data.Slides = []slide.View{nothing}
	}
	return screenTemplate.Show(b.Kit, w, r, n.Name, data)
}

// screens leads to the screens of all organs: an address that is short enough for the
// remote control of a television.
func (b Board) screens(w http.ResponseWriter, r *http.Request) error {
	tree, err := b.Organs.Tree(r.Context())
	if err != nil {
		return err
	}
	web.Reads(r.Context(), web.OfDocuments)
	organs, err := b.Screens.WithScreens(r.Context())
	if err != nil {
		return err
	}
	var all []web.NavLink
	for _, id := range organs {
		all = append(all, web.NavLink{Path: Path + "/" + id, Label: tree.Name(id)})
	}
	return screensTemplate.Show(b.Kit, w, r, b.Kit.Say(r).T("board.screens"), all)
}

// nothing is what hangs in the hall while there is nothing to show: where everybody reads
// what the organ has published.
func (b Board) nothing(r *http.Request, n org.Node) (slide.View, error) {
	say := b.Kit.Say(r)
	code, err := web.QR(web.Origin(r, b.Base) + "/organs/" + n.ID)
	return slide.View{
		Key: "nothing", Title: say.T("board.nothing"), Code: code, Scan: say.T("board.scan-site"), Blocks: []slide.Block{{Text: say.T("board.nothing-text", n.Name)}},
	}, err
}
