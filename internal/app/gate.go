package app

import (
	"path/filepath"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/release"
	"gongkai/internal/store"
)

// gate is what files pass that go out with a reply. Old office files are converted
// where LibreOffice is installed; else they are refused, and with them their gap.
func (a *App) gate(o Options, r *rooms) (*release.Office, error) {
	words, err := guard.NewWords(nil)
	if err != nil {
		return nil, err
	}
	options := open.Options{CacheDir: filepath.Join(o.Config.Data, "cache")}
	if convert, ok := open.LibreOffice(); ok {
		options.Convert = convert
	}
	a.opener = open.New(options)
	return &release.Office{
		Store: store.Releases{DB: a.db}, Content: a.files(o.Clock), Guard: &guard.Guard{Reader: &inside.Reader{Opener: a.opener}, Words: words},
		Desk: r.requests, Clock: o.Clock, IDs: r.ids,
	}, nil
}
