// Package apply holds the pages on which the public asks for information, page
// by page (条例§29), follows its request, answers as a third party (条例§32), and
// reads what was disclosed to others (条例§44). All of them work without scripts.
//
// A page of the wizard is a step (step.go): what it asks, and how the answer goes
// into the draft. The draft and whom somebody is let in as stand in the session
// (visit.go).
//
// Start at Apply.
package apply

import (
	"context"
	"io"

	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/release"
	"gongkai/internal/web"
)

// Calendars hands out the calendar in force.
type Calendars interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Log proves what is in the public log.
type Log interface {
	// Receipt gives Unavailable while the event waits for its place.
	Receipt(ctx context.Context, id string) (event.Receipt, error)
}

// History gives what happened.
type History interface {
	EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
}

// Files gives what is released.
type Files interface {
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Shown gives the files of a request in the log that were passed for everybody.
type Shown interface {
	OnShow(ctx context.Context, r foi.Request) ([]release.File, error)
}

// Vault shows personal data masked.
type Vault interface {
	Masked(ctx context.Context, owner event.Subject) ([]personal.Shown, error)
}

// Letters gives the letters of a request that went to its applicant.
type Letters interface {
	OfApplicant(ctx context.Context, request string) ([]foi.Paper, error)
	// FileOfApplicant gives one of them as docx or pdf; NotFound for any other.
	FileOfApplicant(ctx context.Context, request, id, format string) (name string, data []byte, err error)
}

// Disclosed is the disclosure log.
type Disclosed interface {
	Organs(ctx context.Context) ([]org.Node, error)
	List(ctx context.Context, q paging.Query) (paging.Page[foi.Row], error)
	Near(ctx context.Context, text string) ([]foi.Row, error)
	Open(ctx context.Context, id string) (foi.Request, error)
}

// Apply are the pages.
type Apply struct {
	Kit       *web.Kit
	Counter   *intake.Counter
	Desk      *foi.Desk
	Requests  foi.Store
	Disclosed Disclosed
	Organs    *org.Book
	Registry  foi.Organs
	Calendars Calendars
	Log       Log
	History   History
	Files     Files
	Shown     Shown
	Vault     Vault
	Letters   Letters
	Base      string // address of the site, as https://zwgk.example.cn; "" for that of the visit
}

// Paths that others lead to.
const (
	Path          = "/request"
	DisclosedPath = "/disclosed"
)

// upload is the most bytes of a form with a file: the file and a little more.
const upload = intake.MaxFile + 1<<20

// Routes gives the pages.
func (p Apply) Routes() []web.Route {
	route := func(method, path string, most int64, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows, Upload: most}
	}
	routes := append(web.FeedRoutes(DisclosedPath+"/feed", p.feed),
		route("GET", Path, 0, p.start, startTemplate),
		route("POST", Path, 0, p.begin),
		route("GET", Path+"/receipt", 0, p.receipt, receiptTemplate),
		route("GET", Path+"/track", 0, p.askTrack, trackTemplate),
		route("POST", Path+"/track", 0, p.track, trackTemplate),
		route("POST", Path+"/leave", 0, p.leave),
		route("GET", Path+"/mine", 0, p.mine, mineTemplate),
		route("GET", Path+"/mine/letter/{letter}", 0, p.letter),
		route("GET", Path+"/mine/file/{file}", 0, p.file),
		route("GET", Path+"/opinion", 0, p.askOpinion, trackTemplate),
		route("POST", Path+"/opinion", 0, p.openOpinion, trackTemplate),
		route("GET", Path+"/opinion/answer", 0, p.askAnswer, opinionTemplate),
		route("POST", Path+"/opinion/answer", upload, p.answerOpinion, opinionTemplate),
		web.Route{Method: "GET", Path: DisclosedPath, Frame: web.Portal, Rule: web.Public(), Handle: p.disclosed, Shows: []web.Checked{disclosedTemplate}, Cached: true, Asked: true},
		route("POST", nearPath, 0, p.showNear, nearTemplate),
		web.Route{Method: "GET", Path: DisclosedPath + "/{disclosed}", Frame: web.Portal, Rule: web.Public(), Handle: p.disclosedOne, Shows: []web.Checked{disclosedOneTemplate}, Cached: true},
		route("GET", DisclosedPath+"/{disclosed}/files/{file}", 0, p.disclosedFile),
		route("GET", Path+"/check", 0, p.askCheck, checkTemplate),
		route("POST", Path+"/check", 0, p.submit, checkTemplate),
		route("POST", Path+"/remove", 0, p.remove),
	)
	for _, s := range p.steps() {
		most := int64(0)
		if s.upload {
			most = upload
		}
		routes = append(routes,
			route("GET", s.path(), 0, p.ask(s), stepTemplate),
			route("POST", s.path(), most, p.answer(s), stepTemplate),
		)
	}
	for _, a := range acts() {
		most := int64(0)
		if a.upload {
			most = upload
		}
		routes = append(routes,
			route("GET", a.path(), 0, p.askAct(a), actTemplate),
			route("POST", a.path(), most, p.act(a), actTemplate),
		)
	}
	return routes
}
