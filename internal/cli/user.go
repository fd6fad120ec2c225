package cli

import (
	"errors"
	"fmt"

	server "gongkai/internal/app"
	"gongkai/internal/config"
)

// userCmd is gongkai user: a way back in from the machine itself, where no
// administrator can sign in any more.
type userCmd struct {
	Invite userInviteCmd `cmd:"" help:"cmd.user.invite"`
	Unlock userUnlockCmd `cmd:"" help:"cmd.user.unlock"`
}

// userInviteCmd makes a new invitation, by which a new password is chosen.
type userInviteCmd struct {
	place
	Login string `arg:"" help:"arg.login"`
}

// Run prints the invitation.
func (c *userInviteCmd) Run(a *app) error {
	return c.with(a, func(cfg config.Config, s *server.App) error {
		i, err := s.People.Rescue(a.ctx, c.Login)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("user.invited", i.Person.Name, i.Person.Login, site(cfg)+i.Path()))
		return nil
	})
}

// userUnlockCmd takes a lock off, and with --factor the second factor too.
type userUnlockCmd struct {
	place
	Login  string `arg:"" help:"arg.login"`
	Factor bool   `help:"flag.user.factor"`
}

// Run says what was done.
func (c *userUnlockCmd) Run(a *app) error {
	return c.with(a, func(_ config.Config, s *server.App) error {
		p, err := s.People.RescueUnlock(a.ctx, c.Login, c.Factor)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("user.unlocked", p.Name, p.Login))
		return nil
	})
}

// with opens the deployment for one act.
func (p place) with(a *app, act func(config.Config, *server.App) error) (err error) {
	cfg, err := p.load(a, nil)
	if err != nil {
		return err
	}
	s, err := server.Open(a.ctx, server.Options{Config: cfg, Version: Version, Log: a.logger(cfg)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return act(cfg, s)
}
