package app

import (
	"context"
	"errors"
	"os"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/world"
)

// OpenDemo opens gongkai with the invented county; it is made where there is
// nothing yet. With reset everything in the folder of the demo is thrown away
// first. Passwords of the demo are worth nothing: anybody may be anybody there.
func OpenDemo(ctx context.Context, o Options, reset bool) (*App, error) {
	if err := ownFolder(o.Config.Data, reset); err != nil {
		return nil, err
	}
	o.Hasher, o.demo = account.NewQuickHasher(), world.Logins()
	made, err := makeWorld(ctx, o)
	if err != nil || !made {
		return nil, err
	}
	return Open(ctx, o)
}

// demoMark stands in a folder that the demo made, and that it may empty.
const demoMark = "DEMO"

// ownFolder makes sure that the demo works in a folder of its own.
func ownFolder(folder string, reset bool) error {
	mark := folder + "/" + demoMark
	_, err := os.Stat(mark)
	if err == nil && reset {
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	if entries, readErr := os.ReadDir(folder); readErr == nil && len(entries) > 0 && err != nil {
		return errs.New(errs.Conflict, "目录 %s 里有别的内容，不是演示数据；请用 --dir 换一个目录。", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.WriteFile(mark, []byte("gongkai demo --reset empties this folder\n"), 0o600)
}

// makeWorld builds the county in an empty database, on a clock that runs through
// its year.
func makeWorld(ctx context.Context, o Options) (made bool, err error) {
	c := clock.At(world.Begin)
	o.Clock, o.demo = c, nil
	a, err := Open(ctx, o)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if open, err := a.Founding.Open(ctx); err != nil || !open {
		return true, err
	}
	if _, err := world.Build(ctx, a.rooms.offices(), c); err != nil {
		return false, err
	}
	_, err = a.rooms.sequencer.Once(ctx)
	return true, err
}

func (r *rooms) offices() world.Offices {
	return world.Offices{Organs: r.organs, People: r.people, Contact: func(ctx context.Context, p account.Person, kind, plain string) error {
		return r.vault.PutOwn(ctx, p.Actor(), kind, plain)
	}}
}
