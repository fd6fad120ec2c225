package portal

import (
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/web"
)

// logReceipt is a receipt in words.
type logReceipt struct {
	Proven  proven
	Path    string // of the file
	Receipt event.Receipt
}

// proven is what a receipt proves, as a page says it.
type proven struct {
	Event event.Event
	What  string // words for the kind
	Organ string
	Index int64
	Head  event.Head
}

var logReceiptTemplate = web.Define[logReceipt]("portal/log_receipt")

// receipt shows the receipt of an event, with ?format=json the file itself.
func (p Log) receipt(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("event")
	if !ident.Valid(id) {
		return errs.New(errs.NotFound, "没有这条记录，请检查编号：应为26位数字和大写字母。")
	}
	receipt, err := p.Store.Receipt(r.Context(), id)
	if err != nil {
		return err
	}
	if web.Format(r) == "json" {
		web.Attach(w, "receipt-"+id+".json", "application/json")
		_, err := w.Write(receipt.JSON())
		return err
	}
	// What is shown is what the file proves, not what a table says.
	shown, err := event.VerifyReceipt(receipt.JSON(), p.Keys)
	if err != nil {
		return err
	}
	words, err := p.words(r, shown)
	if err != nil {
		return err
	}
	web.Private(w)
	return logReceiptTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("log.receipt"), logReceipt{words, "/log/receipt/" + id + "?format=json", receipt})
}

func (p Log) words(r *http.Request, shown event.Proven) (proven, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return proven{}, err
	}
	out := proven{Event: shown.Event, What: string(shown.Event.Kind), Organ: tree.Name(shown.Event.Organ), Index: shown.Index, Head: shown.Head}
	for _, m := range p.Kinds {
		if m.Kind == shown.Event.Kind {
			out.What = m.Chinese
			if p.Kit.Say(r).Lang == "en" {
				out.What = m.English
			}
		}
	}
	return out, nil
}
