package app

import (
	"context"
	"path/filepath"

	"gongkai/internal/calendar"
	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/lexicon"
	"gongkai/internal/release"
	"gongkai/internal/store"
)

// gate is what files pass that go out with a reply. Old office files are converted
// where LibreOffice is installed; else they are refused, and with them their gap.
func (a *App) gate(o Options, r *rooms) (*release.Office, error) {
	options := open.Options{CacheDir: filepath.Join(o.Config.Data, "cache")}
	if convert, ok := open.LibreOffice(); ok {
		options.Convert = convert
	}
	a.opener = open.New(options)
	all := watch{Guard: &guard.Guard{Reader: &inside.Reader{Opener: a.opener}}, organs: store.Organs{DB: a.db}, today: r.requests.Today, words: &lexicon.Shelf{Office: r.lexicon}}
	return &release.Office{
		Store: store.Releases{DB: a.db}, Content: a.files(o.Clock), Guard: all, Keeping: all.in,
		Desk: r.requests, Clock: o.Clock, IDs: r.ids,
	}, nil
}

// watch is the guard that knows what the organs of the register publish of
// themselves: it is no finding.
type watch struct {
	*guard.Guard
	organs store.Organs
	today  func() calendar.Date
	words  *lexicon.Shelf
	organ  string // whose dictionary it takes; "" for that of the program
}

// in gives the guard with the words that an organ and those above it keep.
func (w watch) in(organ string) release.Guard {
	w.organ = organ
	return w
}

func (w watch) knowing(ctx context.Context) (*guard.Guard, error) {
	nodes, err := w.organs.NodesOn(ctx, w.today())
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, n := range nodes {
		ids = append(ids, n.ID)
	}
	contacts, err := w.organs.Contacts(ctx, w.today(), ids)
	if err != nil {
		return nil, err
	}
	var values []string
	for _, c := range contacts {
		values = append(values, c.Address, c.Phone, c.Fax, c.Email)
	}
	g := *w.Guard
	if g.Words, err = w.words.Words(ctx, w.organ); err != nil {
		return nil, err
	}
	g.Allowed = guard.Published(values...)
	return &g, nil
}

// Stamp tells the dictionary of the organ from another.
func (w watch) Stamp(ctx context.Context) (string, error) {
	words, err := w.words.Words(ctx, w.organ)
	return words.Stamp(), err
}

// Scan looks through a file.
func (w watch) Scan(ctx context.Context, name string, data []byte) (*guard.Result, error) {
	g, err := w.knowing(ctx)
	if err != nil {
		return nil, err
	}
	return g.Scan(ctx, name, data)
}

// Spots lists what can be taken out of a file.
func (w watch) Spots(ctx context.Context, name string, data []byte) ([]guard.Spot, error) {
	g, err := w.knowing(ctx)
	if err != nil {
		return nil, err
	}
	return g.Spots(ctx, name, data)
}

// Redact takes pieces out of a file.
func (w watch) Redact(ctx context.Context, name string, data []byte, m guard.Marks) ([]byte, *guard.Result, []int, error) {
	g, err := w.knowing(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	return g.Redact(ctx, name, data, m)
}
