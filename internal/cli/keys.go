package cli

import (
	"fmt"

	server "gongkai/internal/app"
	"gongkai/internal/clock"
	"gongkai/internal/config"
	"gongkai/internal/seal"
)

// keysCmd is gongkai keys: the key file.
type keysCmd struct {
	Show   keysShowCmd   `cmd:"" help:"cmd.keys.show"`
	Rotate keysRotateCmd `cmd:"" help:"cmd.keys.rotate"`
}

// keysShowCmd lists the keys, never their secrets.
type keysShowCmd struct{ place }

// Run prints them.
func (c *keysShowCmd) Run(a *app) error {
	cfg, err := c.load(a, nil)
	if err != nil {
		return err
	}
	keys, err := seal.Load(cfg.Keys)
	if err != nil {
		return err
	}
	for _, k := range keys.List() {
		state := a.say.T("keys.old")
		if k.Active {
			state = a.say.T("keys.active")
		}
		fmt.Fprintf(a.stdout, "%-14s %-12s %s  %s\n", k.ID, k.Algorithm, k.Made, state)
	}
	fmt.Fprintln(a.stdout, a.say.T("keys.log", keys.PublicKey()))
	return nil
}

// keysRotateCmd adds a key and seals everything anew with it.
type keysRotateCmd struct {
	place
	Algorithm string `default:"aes-256-gcm" enum:"aes-256-gcm,sm4-gcm" help:"flag.keys.algorithm"`
}

// Run rotates; a server that runs meanwhile finds the new key by itself.
func (c *keysRotateCmd) Run(a *app) error {
	return c.with(a, func(cfg config.Config, s *server.App) error {
		n, err := s.RotateKeys(a.ctx, seal.Algorithm(c.Algorithm), clock.System{}.Now())
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("keys.rotated", n, cfg.Keys))
		return nil
	})
}
