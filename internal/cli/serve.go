package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"strconv"

	server "gongkai/internal/app"
	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

// place is where a command finds its deployment: the flags that serve, demo,
// init, backup and others share.
type place struct {
	Config   string            `placeholder:"FILE" help:"flag.config"`
	Data     string            `placeholder:"DIR" help:"flag.data"`
	Database string            `placeholder:"URL" help:"flag.database"`
	Set      map[string]string `placeholder:"NAME=VALUE" help:"flag.set"`
}

// load puts the configuration together; told goes before all.
func (p place) load(a *app, told map[string]string) (config.Config, error) {
	all := map[string]string{}
	for name, value := range p.Set {
		all[name] = value
	}
	for name, value := range map[string]string{"data": p.Data, "database": p.Database} {
		if value != "" {
			all[name] = value
		}
	}
	for name, value := range told {
		all[name] = value
	}
	file, err := p.file(a)
	if err != nil {
		return config.Config{}, err
	}
	return config.Load(all, a.env, file)
}

// file reads the configuration file that is named, or /etc/gongkai/gongkai.conf
// where there is one.
func (p place) file(a *app) (map[string]string, error) {
	const usual = "/etc/gongkai/gongkai.conf"
	name := p.Config
	if name == "" {
		name = a.env("GONGKAI_CONFIG")
	}
	f, err := os.Open(cmp.Or(name, usual))
	if name == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)) {
		return nil, nil
	}
	if err != nil {
		return nil, errs.Wrap(err, errs.NotFound, "配置文件 %s 打不开。", cmp.Or(name, usual)).InEnglish("the configuration %s cannot be opened", cmp.Or(name, usual))
	}
	defer f.Close()
	return config.ReadFile(f)
}

// logger writes what the program does to standard error.
func (a *app) logger(c config.Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // config allows only levels
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}

// serveCmd is gongkai serve: the server.
type serveCmd struct {
	place
	Listen string `placeholder:"ADDR" help:"flag.listen"`
	Jobs   *bool  `negatable:"" help:"flag.jobs"`
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(a *app) error {
	told := map[string]string{}
	if c.Listen != "" {
		told["listen"] = c.Listen
	}
	if c.Jobs != nil {
		told["jobs"] = strconv.FormatBool(*c.Jobs)
	}
	cfg, err := c.load(a, told)
	if err != nil {
		return err
	}
	s, err := server.Open(a.ctx, server.Options{Config: cfg, Version: Version, Log: a.logger(cfg), Limits: web.DefaultLimits()})
	if err != nil {
		return err
	}
	return a.serve(s, func(address string) {
		fmt.Fprintln(a.stdout, a.say.T("serve.ready", address))
		if secret := s.SetupSecret(); secret != "" {
			fmt.Fprintln(a.stdout, a.say.T("serve.setup", address+"/setup?secret="+secret))
		}
	})
}

// serve listens, says where, and serves until it is interrupted.
func (a *app) serve(s *server.App, ready func(address string)) (err error) {
	defer func() { err = errors.Join(err, s.Close()) }()
	listener, err := s.Listen(a.ctx)
	if err != nil {
		return err
	}
	ready(reachable(s.Config, listener.Addr()))
	return s.Serve(a.ctx, listener)
}

// reachable gives the address to type into a browser.
func reachable(c config.Config, addr net.Addr) string {
	if c.BaseURL != "" {
		return c.BaseURL
	}
	scheme := "http"
	if c.TLS() {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err != nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// workCmd is gongkai work: the jobs without the pages, beside other processes
// on PostgreSQL.
type workCmd struct{ place }

// Run does jobs until it is interrupted.
func (c *workCmd) Run(a *app) (err error) {
	cfg, err := c.load(a, map[string]string{"jobs": "true"})
	if err != nil {
		return err
	}
	s, err := server.Open(a.ctx, server.Options{Config: cfg, Version: Version, Log: a.logger(cfg)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.Work(a.ctx)
	return nil
}
