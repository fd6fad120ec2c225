package portal

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// LogStore reads the provable log.
type LogStore interface {
	Latest(ctx context.Context) (event.Head, error)
	Head(ctx context.Context, size int64) (event.Head, error)
	Heads(ctx context.Context, q paging.Query) (paging.Page[event.Head], error)
	Receipt(ctx context.Context, id string) (event.Receipt, error)
	Consistency(ctx context.Context, from, to int64) (event.Consistency, error)
	Continues(ctx context.Context, kept event.Head) (bool, error)
}

// Log is the public side of the provable log: its heads, receipts, proofs, and
// the page that checks them. Nothing here needs a right: a head says how many
// events there are and nothing of them, and a receipt is given to who knows the
// event's key, which nobody can guess.
type Log struct {
	Kit   *web.Kit
	Store LogStore
	Trees org.Trees
	Kinds []event.Meaning // of all rooms
	Keys  note.Verifiers
	Key   string // the public key as note.NewVerifier reads it, shown for offline checks
}

// Routes gives the pages.
func (p Log) Routes() []web.Route {
	get := func(path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: "GET", Path: path, Frame: web.Portal, Rule: web.Public(), Handle: handle, Shows: shows}
	}
	return []web.Route{
		get("/log", p.log, logTemplate),
		get("/log/latest", p.latest),
		get("/log/heads/{size}", p.head),
		get("/log/key", p.key),
		get("/log/proof", p.proof),
		get("/log/receipt/{event}", p.receipt, logReceiptTemplate),
		get("/log/check", p.ask, logCheckTemplate),
		{Method: "POST", Path: "/log/check", Frame: web.Portal, Rule: web.Public(), Handle: p.check, Shows: []web.Checked{logCheckTemplate}, Upload: maxUpload},
	}
}

// logData is what everybody sees of the log.
type logData struct {
	Latest *event.Head // nil while the log is empty
	Key    string
	List   web.List
}

var logTemplate = web.Define[logData]("portal/log")

func (p Log) log(w http.ResponseWriter, r *http.Request) error {
	say, q := p.Kit.Say(r), web.ReadList(r, nil, nil)
	page, err := p.Store.Heads(r.Context(), q)
	if err != nil {
		return err
	}
	data := logData{Key: p.Key, List: web.List{
		Caption: say.T("log.heads"), Path: "/log", Query: q, Total: page.Total, AtLeast: page.AtLeast,
		Columns: []web.Column{
			{Label: say.T("log.at"), Narrow: true},
			{Label: say.T("log.size"), Number: true},
			{Label: say.T("log.root")},
			{Label: say.T("log.files"), Narrow: true},
		},
		Empty: web.Empty{Title: say.T("log.none"), Text: say.T("log.none-text")},
	}}
	latest, err := p.Store.Latest(r.Context())
	switch {
	case err == nil:
		data.Latest = &latest
	case errs.KindOf(err) != errs.NotFound:
		return err
	}
	for _, h := range page.Rows {
		proof := web.Cell{Text: say.T("log.newest")}
		if h.Size != latest.Size {
			proof = web.Cell{Text: say.T("log.consistency"), Link: fmt.Sprintf("/log/proof?from=%d&to=%d", h.Size, latest.Size)}
		}
		data.List.Rows = append(data.List.Rows, web.Row{Cells: []web.Cell{
			{Text: h.At.Format("2006-01-02 15:04:05"), Link: fmt.Sprintf("/log/heads/%d", h.Size)}, {Text: strconv.FormatInt(h.Size, 10)}, {Text: h.Root.String()}, proof,
		}})
	}
	return logTemplate.Show(p.Kit, w, r, say.T("log.title"), data)
}

// latest gives the newest head as it was signed.
func (p Log) latest(w http.ResponseWriter, r *http.Request) error {
	head, err := p.Store.Latest(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-cache")
	return plain(w, head.Note)
}

// head gives the head of a size as it was signed.
func (p Log) head(w http.ResponseWriter, r *http.Request) error {
	size, err := readSize("size", r.PathValue("size"))
	if err != nil {
		return err
	}
	head, err := p.Store.Head(r.Context(), size)
	if err != nil {
		return err
	}
	return plain(w, head.Note)
}

// key gives the public key, for checks on another machine.
func (p Log) key(w http.ResponseWriter, _ *http.Request) error { return plain(w, p.Key+"\n") }

func plain(w http.ResponseWriter, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(text))
	return err
}

// proof gives the proof that one head's log is the beginning of another's.
func (p Log) proof(w http.ResponseWriter, r *http.Request) error {
	from, err := readSize("from", r.URL.Query().Get("from"))
	if err != nil {
		return err
	}
	to, err := readSize("to", r.URL.Query().Get("to"))
	if err != nil {
		return err
	}
	c, err := p.Store.Consistency(r.Context(), from, to)
	if err != nil {
		return err
	}
	web.Attach(w, fmt.Sprintf("log-%d-%d.json", from, to), "application/json")
	_, err = w.Write(c.JSON())
	return err
}

func readSize(name, text string) (int64, error) {
	size, err := strconv.ParseInt(text, 10, 64)
	if err != nil || size < 1 {
		return 0, errs.New(errs.Invalid, "%s 应为签名摘要的条数，如 120。", name)
	}
	return size, nil
}
