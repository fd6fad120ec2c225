package channels

import (
	"context"
	"io"
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// Pages are the pages about channels.
type Pages struct {
	Kit    *web.Kit
	Office *channel.Office
	Trees  org.Trees
	Files  Files
	Names  interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
	// History gives what has happened to a document, oldest first.
	History interface {
		EventsOf(ctx context.Context, subject event.Subject) ([]event.Event, error)
	}
}

// Files keeps covers.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

const root = "/desk/channels"

// sendPath leads to the form on which a text for a channel is written.
func sendPath(document string, c publish.Channel) string {
	if c.Outside() {
		return root + "/" + document + "/send"
	}
	return root + "/" + document + "/send?channel=" + string(c)
}

// path gives the page of a text.
func path(document, ref string) string { return root + "/" + document + "/posts/" + ref }

func documentPath(id string) string { return "/desk/documents/" + id }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	see, send, clear := web.Needs(account.SeeDocuments), web.Needs(account.PublishDocuments), web.Needs(account.ClearDocuments)
	page := func(method, path string, rule web.Rule, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: root + path, Frame: web.Desk, Rule: rule, Handle: handle, Shows: shows}
	}
	upload := func(r web.Route) web.Route {
		r.Upload = maxUpload
		return r
	}
	return []web.Route{
		page("GET", "", see, p.ledger, ledgerTemplate),
		page("GET", "/{document}/send", send, p.askSend, editTemplate),
		upload(page("POST", "/{document}/send", send, p.send, editTemplate)),
		upload(page("POST", "/{document}/preview", send, p.preview, previewTemplate)),
		page("GET", "/{document}/pictures/{file}", see, p.picture),
		page("GET", "/{document}/posts/{post}", see, p.show, showTemplate),
		page("GET", "/{document}/posts/{post}/reword", send, p.askReword, editTemplate),
		upload(page("POST", "/{document}/posts/{post}/reword", send, p.reword, editTemplate)),
		page("GET", "/{document}/posts/{post}/recall", send, p.askRecall, actTemplate),
		page("POST", "/{document}/posts/{post}/recall", send, p.recall, actTemplate),
		page("GET", "/{document}/posts/{post}/review", clear, p.askReview, actTemplate),
		page("POST", "/{document}/posts/{post}/review", clear, p.review, actTemplate),
		page("GET", "/{document}/posts/{post}/publish", send, p.askLetOut, actTemplate),
		page("POST", "/{document}/posts/{post}/publish", send, p.letOut, actTemplate),
		page("POST", "/{document}/posts/{post}/again", send, p.again),
	}
}

// scene is what the pages of a text know.
type scene struct {
	r        *http.Request
	say      *locale.Catalogue
	actor    account.Actor
	tree     *org.Tree
	document publish.Document
	post     publish.Post
	channel  publish.Channel // that the text is for
	account  channel.Account // without keys; zero when there is none, or none is needed
}

// word says a thing of an article in the way of screens where the text is for them.
func (s *scene) word(article, screen string) string {
	if s.channel.Outside() {
		return s.say.T(article)
	}
	return s.say.T(screen)
}

// ready tells whether texts can be sent there.
func (s *scene) ready() bool { return !s.channel.Outside() || s.account.Open() }

// load loads the document; with a post in the address also that.
func (p Pages) load(r *http.Request, act account.Act) (*scene, error) {
	ctx := r.Context()
	s := &scene{r: r, say: p.Kit.Say(r), actor: web.Actor(r)}
	var err error
	if s.tree, err = p.Trees.Tree(ctx); err != nil {
		return s, err
	}
	if s.document, err = p.Office.Desk.Document(ctx, s.actor, r.PathValue("document")); err != nil {
		return s, err
	}
	if act != account.SeeDocuments {
		if err := s.actor.May(act, s.document.Organ, s.tree); err != nil {
			return s, err
		}
	}
	s.channel = publish.WeChat
	if r.URL.Query().Get("channel") == string(publish.Board) {
		s.channel = publish.Board
	}
	if ref := r.PathValue("post"); ref != "" {
		var ok bool
		if s.post, ok = s.document.Post(ref); !ok || s.post.Sending == nil {
			return s, errs.New(errs.NotFound, "这份文件没有这个渠道文稿。")
		}
		s.channel = s.post.Channel
	}
	if !s.channel.Outside() {
		return s, nil
	}
	if s.account, err = p.Office.Account(ctx, s.actor, s.document.Organ, publish.WeChat); err != nil && errs.KindOf(err) != errs.NotFound && errs.KindOf(err) != errs.Forbidden {
		return s, err
	}
	return s, nil
}

// picture shows a picture of a wording: an attachment, or a cover.
func (p Pages) picture(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r, account.SeeDocuments)
	if err != nil {
		return err
	}
	hash := r.PathValue("file")
	known := append(s.document.PostFiles(), s.document.Files...)
	for _, v := range s.document.Versions {
		known = append(known, v.Files...)
	}
	if s.account.Cover.Hash != "" {
		known = append(known, s.account.Cover)
	}
	if !slices.ContainsFunc(known, func(f publish.File) bool { return f.Hash == hash }) && !slices.Contains(p.brought(r), hash) {
		return errs.New(errs.NotFound, "没有这张图片。")
	}
	info, err := p.Files.Info(r.Context(), hash)
	if err != nil {
		return err
	}
	if !pictures[info.MediaType] {
		return errs.New(errs.NotFound, "这个文件不是图片。")
	}
	f, err := p.Files.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w.Header().Set("Content-Type", info.MediaType)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	_, err = io.Copy(w, f)
	return err
}

// pictures are the types of pictures that are shown here.
var pictures = map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/bmp": true}

func in(say *locale.Catalogue, w publish.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

// tone colours a phase.
func tone(p publish.Phase) string {
	switch p {
	case publish.PhaseStanding:
		return "green"
	case publish.PhaseFailed:
		return "red"
	case publish.PhaseDrafted, publish.PhaseRecalling, publish.PhaseReview:
		return "amber"
	case publish.PhaseRecalled, publish.PhaseNever:
		return "grey"
	case publish.PhaseQueued, publish.PhaseGoing:
	}
	return "blue"
}
