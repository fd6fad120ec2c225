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
	return c.beside(a, func(cfg config.Config, s *server.App) error {
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
	return c.beside(a, func(_ config.Config, s *server.App) error {
		p, err := s.People.RescueUnlock(a.ctx, c.Login, c.Factor)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, a.say.T("user.unlocked", p.Name, p.Login))
		return nil
	})
}

// with opens the deployment for one act, and begins it where there is none.
func (p place) with(a *app, act func(config.Config, *server.App) error) error {
	return p.open(a, server.Options{}, act)
}

// beside opens the deployment for one act beside its server: it must be there.
func (p place) beside(a *app, act func(config.Config, *server.App) error) error {
	return p.open(a, server.Options{Existing: true}, act)
}

func (p place) open(a *app, o server.Options, act func(config.Config, *server.App) error) (err error) {
	if o.Config, err = p.load(a, nil); err != nil {
		return err
	}
	o.Version, o.Log = Version, a.logger(o.Config)
	s, err := server.Open(a.ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return act(o.Config, s)
}
