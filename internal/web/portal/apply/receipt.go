package apply

import (
	"html/template"
	"net/http"
	"net/url"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// receiptData is what the applicant takes along: number, code, last day, proof.
type receiptData struct {
	New      bool // handed in just now
	Number   string
	Organ    string
	Who      string
	Text     string
	Form     string
	Way      string
	Arrived  string
	Received string // "" as long as it is not settled (条例§31)
	Last     string
	Steps    []course.Line
	Code     string
	QR       template.URL
	Site     string // address of the page on which it is followed
	Proof    *proof
	Event    string
	Letters  []letterLine
	Files    []string
}

// proof is the place of the receipt in the public log.
type proof struct {
	Index int64
	Size  int64
	Root  string
	Path  string
}

var receiptTemplate = web.Define[receiptData]("portal/apply_receipt")

func (p Apply) receipt(w http.ResponseWriter, r *http.Request) error {
	web.Private(w)
	request, ok, err := p.mineRequest(r)
	if err != nil {
		return err
	}
	if !ok {
		return p.handedInBefore(w, r)
	}
	say, ctx := p.say(r), r.Context()
	tree, err := p.Organs.Tree(ctx)
	if err != nil {
		return err
	}
	masked, err := p.nameOf(r, request.Applicant())
	if err != nil {
		return err
	}
	data := receiptData{
		Number: request.Number, Organ: tree.Name(request.Organ), Who: masked, Text: request.Ask.Text,
		Form: choiceWords(say, foi.Forms(), request.Ask.Form), Way: choiceWords(say, foi.Ways(), request.Ask.Way),
		Arrived: dayWords(say, request.ArrivedOn), Received: dayWords(say, request.ReceivedOn), Code: p.Counter.TrackCode(request.ID), Site: web.Origin(r, p.Base) + Path + "/track",
		New: r.URL.Query().Has("new"),
	}
	for _, f := range request.Files {
		if !f.Erased.IsZero() {
			f.Name = word(say, foi.ErasedName())
		}
		if f.What == "identity" || f.What == "authority" {
			data.Files = append(data.Files, f.Name)
		}
	}
	if data.QR, err = web.QR(p.trackLink(r, request)); err != nil {
		return err
	}
	if err := p.receiptDays(r, request, &data); err != nil {
		return err
	}
	if data.Event, data.Proof, err = p.proof(r, request); err != nil {
		return err
	}
	all, err := p.letters(r, request)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Kind == string(foi.ReceiptLetter) {
			data.Letters = []letterLine{l} // the latest knows most
		}
	}
	return receiptTemplate.Show(p.Kit, w, r, say.T("apply.receipt"), data)
}

// handedInBefore lets whoever still has the draft in to what it became.
func (p Apply) handedInBefore(w http.ResponseWriter, r *http.Request) error {
	t, err := p.draft(r)
	if err != nil {
		return err
	}
	if t.request == "" {
		return web.Redirect(w, r, Path+"/track")
	}
	if err := p.let(r, mineKey, t.request); err != nil {
		return err
	}
	return web.Redirect(w, r, Path+"/receipt")
}

func (p Apply) receiptDays(r *http.Request, request foi.Request, data *receiptData) error {
	cal, err := p.Desk.CalendarOf(r.Context(), request.Organ)
	if err != nil {
		return err
	}
	c, err := request.Clock(cal, p.today())
	if err != nil || c.Answer.Deadline.IsZero() {
		return unlessBeyond(err)
	}
	data.Last, data.Steps = dayWords(p.say(r), c.Answer.Deadline), course.Lines(p.say(r), c.Answer.Steps)
	return nil
}

// trackLink leads to the page on which the request is followed.
func (p Apply) trackLink(r *http.Request, request foi.Request) string {
	return web.Origin(r, p.Base) + Path + "/track?" + url.Values{"organ": {request.Organ}, "number": {request.Number}}.Encode()
}

// proof gives the event of the receipt and its place in the log, nil while it
// waits for one.
func (p Apply) proof(r *http.Request, request foi.Request) (id string, found *proof, err error) {
	events, err := p.History.EventsOf(r.Context(), foi.Subject(request.ID))
	if err != nil {
		return "", nil, err
	}
	for _, e := range events {
		if e.Kind == foi.Arrived || e.Kind == foi.Received {
			id = e.ID
			break
		}
	}
	if id == "" {
		return "", nil, nil
	}
	receipt, err := p.Log.Receipt(r.Context(), id)
	if errs.KindOf(err) == errs.Unavailable {
		return id, nil, nil
	}
	if err != nil {
		return id, nil, err
	}
	head, _ := event.ParseHead(receipt.Head)
	return id, &proof{receipt.Index, head.Size, head.Root.String(), "/log/receipt/" + id}, nil
}

// nameOf gives who somebody is as it may be shown: an organisation by name, a
// person masked.
func (p Apply) nameOf(r *http.Request, party foi.Party) (string, error) {
	if party.Organisation != "" {
		return party.Organisation, nil
	}
	return p.maskedOf(r, party, "name")
}
