package cli

import (
	"cmp"
	"fmt"
	"path/filepath"

	server "gongkai/internal/app"
)

// demoCmd is gongkai demo: the product with an invented county, in a folder of
// its own.
type demoCmd struct {
	Dir    string            `placeholder:"DIR" help:"flag.demo.dir"`
	Listen string            `placeholder:"ADDR" help:"flag.listen"`
	Set    map[string]string `placeholder:"NAME=VALUE" help:"flag.set"`
	Reset  bool              `help:"flag.demo.reset"`
}

// Run makes the county where there is none yet, and serves it.
func (c *demoCmd) Run(a *app) error {
	dir := cmp.Or(c.Dir, c.Set["data"], filepath.Join("gongkai-data", "demo"))
	told := map[string]string{"data": dir, "log-level": cmp.Or(c.Set["log-level"], "warn")}
	if c.Listen != "" {
		told["listen"] = c.Listen
	}
	// What a real deployment on this machine has in its configuration is not the
	// demo's to use.
	for _, own := range []string{"database", "keys", "backups", "theme"} {
		told[own] = c.Set[own]
	}
	cfg, err := place{Set: c.Set}.load(a, told)
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
