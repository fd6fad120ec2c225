package app

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/web"
	"gongkai/internal/web/gallery"
	"gongkai/internal/wechat/double"
	"gongkai/internal/world"
)

// standIn is the double of the platform: in the demo it is a server of its own on this machine, so
// that articles go the whole way without a network. What it keeps lies in a file of
// the demo.
type standIn struct {
	*double.WeChat
	address string
	server  *http.Server
}

// platformFile is where the platform keeps what it has.
const platformFile = "wechat.json"

// demoTakes is how many calls later a publication is done, so that one sees it wait.
const demoTakes = 2

// openPlatform begins to serve.
func openPlatform(ctx context.Context, c config.Config) (*standIn, error) {
	site := siteOf(c)
	p := &standIn{WeChat: &double.WeChat{Clock: clock.System{}, Takes: demoTakes, Site: func(article string) string { return site + "/demo/wechat/" + article }}}
	file := filepath.Join(c.Data, platformFile)
	kept, err := os.ReadFile(file)
	switch {
	case err == nil:
		if err := p.Load(kept); err != nil {
			return nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	p.Keep = func(state []byte) { _ = os.WriteFile(file, state, 0o600) } // the demo goes on without it
	p.Open(world.WeChatApp, world.WeChatSecret)
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p.address = "http://" + listener.Addr().String()
	p.server = &http.Server{Handler: p.WeChat, ReadHeaderTimeout: headerTimeout}
	go func() { _ = p.server.Serve(listener) }() // ends with close
	return p, nil
}

func (p *standIn) close() error { return p.server.Close() }

func (p *standIn) setClock(c clock.Clock) { p.Set(c) }

// siteOf tells how people reach the site of the demo.
func siteOf(c config.Config) string {
	if c.BaseURL != "" {
		return c.BaseURL
	}
	return "http://" + c.Listen
}

// site tells how people reach the site; "" when only requests tell.
func (o Options) site() string {
	if o.platform != nil {
		return siteOf(o.Config)
	}
	return o.Config.BaseURL
}

// pages show what was published.
func (p *standIn) pages(kit *web.Kit) gallery.WeChat {
	read := func(a double.Article) gallery.Article {
		n := a.News
		return gallery.Article{ID: a.ID, Title: n.Title, Author: n.Author, Digest: n.Digest, HTML: n.Content, Cover: n.Thumb, At: a.At, Deleted: n.Deleted, Source: n.Source}
	}
	return gallery.WeChat{
		Kit: kit, Picture: p.Picture,
		Published: func() (all []gallery.Article) {
			for _, a := range p.Published() {
				all = append(all, read(a))
			}
			return all
		},
		Read: func(id string) (gallery.Article, bool) {
			a, ok := p.Read(id)
			return read(a), ok
		},
	}
}
