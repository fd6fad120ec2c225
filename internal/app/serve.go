package app

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"gongkai/internal/errs"
)

// Times of the server. Reading is bounded so that slow senders hold nothing;
// writing is not, because backups and exports are long.
const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	maxHeader       = 64 << 10
	shutdownTimeout = 25 * time.Second
)

// Listen takes the address that the configuration names.
func (a *App) Listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", a.Config.Listen)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "地址 %s 不能监听：可能已被别的程序占用，或者没有权限；请换一个端口。", a.Config.Listen).
			InEnglish("cannot listen at %s: another program may use it, or the right is missing; choose another port", a.Config.Listen)
	}
	if !a.Config.TLS() {
		return listener, nil
	}
	certificate := &certificate{cert: a.Config.TLSCert, key: a.Config.TLSKey, log: a.Log}
	if _, err := certificate.get(nil); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return tls.NewListener(listener, &tls.Config{
		GetCertificate: certificate.get, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
	}), nil
}

// Serve answers on a listener, and does the jobs if it is told to, until the
// context ends. Then it takes no new requests, finishes those that run, and
// gives unfinished jobs back.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: a.Handler, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog:    slog.NewLogLogger(a.Log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() { a.background(background) })
	failed := make(chan error, 1)
	wg.Go(func() { failed <- server.Serve(listener) })

	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = a.stop(server)
	}
	stop()
	wg.Wait()
	return err
}

// stop lets the requests that run finish. Who is not done in time is cut off,
// before the database closes.
func (a *App) stop(server *http.Server) error {
	a.Log.Info("stopping")
	patience, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		a.Log.Warn("requests were cut off", "after", shutdownTimeout)
		return server.Close()
	}
	return err
}

// certificate reads its files again when they change, so that a renewed
// certificate needs no restart.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	checked time.Time
	changed time.Time
	loaded  *tls.Certificate
}

// recheck is how often the files are looked at.
const recheck = time.Minute

func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loaded != nil && time.Since(c.checked) < recheck {
		return c.loaded, nil
	}
	c.checked = time.Now()
	info, err := os.Stat(c.cert)
	if err == nil && c.loaded != nil && info.ModTime().Equal(c.changed) {
		return c.loaded, nil
	}
	fresh, err := tls.LoadX509KeyPair(c.cert, c.key)
	switch {
	case err == nil:
		c.loaded, c.changed = &fresh, info.ModTime()
	case c.loaded == nil:
		return nil, errs.Wrap(err, errs.Invalid, "TLS 证书或私钥不能使用，请检查 %s 和 %s 是否为配对的 PEM 文件。", c.cert, c.key).
			InEnglish("certificate or key cannot be used: check that %s and %s are PEM files that belong together", c.cert, c.key)
	default: // the old one serves on
		c.log.Error("new certificate cannot be used", "error", err)
	}
	return c.loaded, nil
}
