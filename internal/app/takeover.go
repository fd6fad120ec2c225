package app

import (
	"context"

	"gongkai/internal/accession"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/store"
	"gongkai/internal/takeover"
)

// takeover takes ledgers of requests over.
func (a *App) takeover() takeover.Office {
	r := a.rooms
	return takeover.Office{
		Store: store.Ledgers{DB: a.db}, Desk: r.requests, Trees: r.book, Queue: r.queue, Seals: a.keys, Read: sheetRows, People: store.People{DB: a.db}, Clock: r.clock, IDs: r.ids,
	}
}

// accession takes catalogues of old sites in.
func (a *App) accession() accession.Office {
	r := a.rooms
	return accession.Office{
		Store: store.Accessions{DB: a.db}, Desk: r.documents, Trees: r.book, Queue: r.queue, Files: a.files(r.clock), Reader: a.opener, People: store.People{DB: a.db}, Clock: r.clock, IDs: r.ids,
	}
}

// sheetRows reads the rows of a spreadsheet.
func sheetRows(ctx context.Context, name string, data []byte) ([][]string, error) {
	opener := open.New(open.Options{MaxBytes: takeover.MaxFile})
	defer func() { _ = opener.Close() }() // only read
	rows, err := opener.Rows(ctx, name, data)
	if err != nil && errs.KindOf(err) != errs.Internal {
		err = errs.Wrap(err, errs.Invalid, "%s", errs.Public(err))
	}
	return rows, err
}
