package app

import (
	"context"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/seal"
)

// sealer is a room that keeps something sealed. Each of them stands in sealers,
// so that nothing is forgotten when keys change.
type sealer interface {
	// Reseal seals anew what another key than the active one has sealed.
	Reseal(ctx context.Context) (int, error)
	// Sealed goes through everything that is sealed.
	Sealed(ctx context.Context, look func(place string, sealed []byte) error) error
}

func (a *App) sealers() []sealer { return append(a.values(), a.files(a.rooms.clock)) }

// values are the rooms that keep sealed values; files are sealed by a key of their
// own each, and read as a whole when they are verified.
func (a *App) values() []sealer {
	return []sealer{a.rooms.vault, a.rooms.people, a.rooms.shelf, a.rooms.channels}
}

// RotateKeys adds a key and seals everything anew with it; it gives the number.
// Broken off, it is done by ResealAll.
func (a *App) RotateKeys(ctx context.Context, algorithm seal.Algorithm) (int, error) {
	root, err := a.root(ctx)
	if err != nil {
		return 0, err
	}
	if err := a.keys.Rotate(algorithm, a.rooms.clock.Now()); err != nil {
		return 0, err
	}
	if err := a.recordKey(ctx, root, "key.added", a.keys.Active()); err != nil {
		return 0, err
	}
	return a.ResealAll(ctx)
}

// ResealAll seals everything anew that an older key has sealed, and gives the
// number.
func (a *App) ResealAll(ctx context.Context) (total int, err error) {
	for _, s := range a.sealers() {
		n, err := s.Reseal(ctx)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// RetireKeys takes the keys out of the file that nothing needs any more, and
// gives them. What a backup of before holds cannot be read without them.
func (a *App) RetireKeys(ctx context.Context) ([]seal.Info, error) {
	root, err := a.root(ctx)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for _, s := range a.sealers() {
		if err := s.Sealed(ctx, func(_ string, sealed []byte) error {
			used[a.keys.KeyOf(sealed)] = true
			return nil
		}); err != nil {
			return nil, err
		}
	}
	gone, err := a.keys.Retire(used, a.rooms.clock.Now())
	if err != nil {
		return nil, err
	}
	for _, key := range gone {
		if err := a.recordKey(ctx, root, "key.retired", key); err != nil {
			return gone, err
		}
	}
	return gone, nil
}

// root gives the organ at the top, whose business the keys are.
func (a *App) root(ctx context.Context) (string, error) {
	roots, _, err := a.rooms.book.Roots(ctx)
	if err == nil && len(roots) == 0 {
		err = errs.New(errs.Conflict, "系统还没有初始化。")
	}
	if err != nil {
		return "", err
	}
	return roots[0], nil
}

// recordKey tells the log that the key file has changed.
func (a *App) recordKey(ctx context.Context, organ string, kind event.Kind, key seal.Info) error {
	pen := event.Pen{Actor: event.System, At: a.rooms.clock.Now(), IDs: a.rooms.ids}
	return a.db.Append(ctx, pen.Write(organ, event.Subject{Type: "key", ID: key.ID}, kind, map[string]string{"algorithm": string(key.Algorithm)}))
}
