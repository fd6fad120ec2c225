package publish

import (
	"context"
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Former is a text that stood where another stands now.
type Former struct {
	No          int // from 1
	Title       string
	From, Until calendar.Date
	Note        string // what was different in what came after it
	Readable    bool   // everybody may still read it
}

// formers gives the former texts. One that was taken down is not read by anybody any
// more, whatever came after it: it may have said what must not be said. A text that
// was restored makes those before it readable as they were.
func (d Document) formers() []Former {
	readable := d.readable()
	var all []Former
	for i, v := range d.Versions[:max(len(d.Versions)-1, 0)] {
		all = append(all, Former{No: i + 1, Title: v.Title, From: v.From, Until: v.Until, Note: d.Versions[i+1].Note, Readable: i < len(readable) && readable[i] && !v.Concealed})
	}
	return all
}

// readable tells which versions everybody may read, by what happened to them.
func (d Document) readable() []bool {
	var now, before []bool
	for _, e := range d.History {
		switch e.Event {
		case Issued:
			now = append(now, true)
		case TakenDown:
			before = slices.Clone(now)
			now = make([]bool, len(now))
		case Restored:
			now = slices.Concat(before, []bool{true})
		}
	}
	return now
}

// Former gives a text that everybody could read before the one that holds now.
func (d Document) Former(no int) (Former, Version, error) {
	gone := errs.New(errs.NotFound, "没有这个以前的文本，或者已经不公开。")
	if d.Visibility != Public {
		return Former{}, Version{}, gone
	}
	all := d.formers()
	if no < 1 || no > len(all) || !all[no-1].Readable {
		return Former{}, Version{}, gone
	}
	v := d.Versions[no-1]
	v.By, v.Clearance = "", nil
	return all[no-1], v, nil
}

// Former gives a former text of a document, as everybody may read it.
func (d *Desk) Former(ctx context.Context, id string, no int) (Former, Version, error) {
	doc, err := d.Store.Document(ctx, id)
	if err != nil {
		return Former{}, Version{}, err
	}
	return doc.Former(no)
}
