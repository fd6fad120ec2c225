package cli

import (
	"cmp"
	"fmt"

	server "gongkai/internal/app"
	"gongkai/internal/config"
	"gongkai/internal/seal"
)

// keysCmd is gongkai keys: the key file.
type keysCmd struct {
	Show   keysShowCmd   `cmd:"" help:"cmd.keys.show"`
	Rotate keysRotateCmd `cmd:"" help:"cmd.keys.rotate"`
	Reseal keysResealCmd `cmd:"" help:"cmd.keys.reseal"`
	Retire keysRetireCmd `cmd:"" help:"cmd.keys.retire"`
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
	Algorithm string `default:"" enum:",aes-256-gcm,sm4-gcm" help:"flag.keys.algorithm"`
}

// Run rotates; a server that runs meanwhile finds the new key by itself.
func (c *keysRotateCmd) Run(a *app) error {
	return c.beside(a, func(cfg config.Config, s *server.App) error {
		n, err := s.RotateKeys(a.ctx, seal.Algorithm(cmp.Or(c.Algorithm, cfg.Seal)))
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("keys.rotated", n, cfg.Keys))
		return nil
	})
}

// keysResealCmd seals anew what an older key has sealed, where a rotation was
// broken off.
type keysResealCmd struct{ place }

// Run says how much it was.
func (c *keysResealCmd) Run(a *app) error {
	return c.beside(a, func(_ config.Config, s *server.App) error {
		n, err := s.ResealAll(a.ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("keys.resealed", n))
		return nil
	})
}

// keysRetireCmd takes keys out of the file that nothing needs any more.
type keysRetireCmd struct{ place }

// Run names them.
func (c *keysRetireCmd) Run(a *app) error {
	return c.beside(a, func(cfg config.Config, s *server.App) error {
		gone, err := s.RetireKeys(a.ctx)
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			fmt.Fprintln(a.stdout, a.say.T("keys.none-retired"))
			return nil
		}
		for _, k := range gone {
			fmt.Fprintln(a.stdout, a.say.T("keys.retired", k.ID, k.Algorithm))
		}
		fmt.Fprintln(a.stdout, a.say.T("keys.retired-backups", cfg.Keys))
		return nil
	})
}
