package cli

import (
	"fmt"
	"path/filepath"

	server "gongkai/internal/app"
)

// demoCmd is gongkai demo: the product with an invented county, in a folder of
// its own.
type demoCmd struct {
	Dir    string `placeholder:"DIR" help:"flag.demo.dir"`
	Listen string `placeholder:"ADDR" help:"flag.listen"`
	Reset  bool   `help:"flag.demo.reset"`
}

// Run makes the county where there is none yet, and serves it.
func (c *demoCmd) Run(a *app) error {
	dir := c.Dir
	if dir == "" {
		dir = filepath.Join("gongkai-data", "demo")
	}
	told := map[string]string{"data": dir, "log-level": "warn"}
	if c.Listen != "" {
		told["listen"] = c.Listen
	}
	cfg, err := place{}.load(a, told)
	if err != nil {
		return err
	}
	s, err := server.OpenDemo(a.ctx, server.Options{Config: cfg, Version: Version, Log: a.logger(cfg)}, c.Reset)
	if err != nil {
		return err
	}
	return a.serve(s, func(address string) {
		fmt.Fprintln(a.stdout, a.say.T("demo.ready", address, address+"/demo", dir))
	})
}
