package setting

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Store keeps what has been set.
type Store interface {
	// Revision tells how often anything was set.
	Revision(ctx context.Context) (int64, error)
	// All gives everything that is set.
	All(ctx context.Context) ([]Own, error)
	// Update changes one value. The function gets all that is set, which nobody
	// else changes meanwhile, and gives the new value, nil for none, with what
	// happened.
	Update(ctx context.Context, organ, name string, judge func(all []Own) (*Own, []event.Event, error)) error
}

// Book answers what holds in an organ. It keeps the settings in memory and reads
// them again only when they have changed: by this process at once, by another
// within the second.
type Book struct {
	Store Store
	Trees org.Trees
	Clock clock.Clock

	mu       sync.Mutex
	set      own
	revision int64
	looked   time.Time
}

// glance is how long the settings are taken for current without asking.
const glance = time.Second

func (b *Book) current(ctx context.Context) (own, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.Clock.Now()
	if b.set != nil && now.Sub(b.looked) < glance && !now.Before(b.looked) {
		return b.set, nil
	}
	revision, err := b.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	if b.set == nil || revision != b.revision {
		all, err := b.Store.All(ctx)
		if err != nil {
			return nil, err
		}
		b.set, b.revision = arrange(all), revision
	}
	b.looked = now
	return b.set, nil
}

// Forget makes the next look ask the database.
func (b *Book) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looked = time.Time{}
}

// Value gives what holds in an organ, and where it comes from. Whole asks for
// the deployment. A name that is not in the table is a bug.
func (b *Book) Value(ctx context.Context, organ, name string) (Value, error) {
	d, ok := Find(name)
	if !ok {
		return Value{}, fmt.Errorf("there is no setting %q", name)
	}
	set, err := b.current(ctx)
	if err != nil {
		return Value{}, err
	}
	tree, err := b.Trees.Tree(ctx)
	if err != nil {
		return Value{}, err
	}
	return set.resolve(d, organ, tree), nil
}

// Values gives all that holds in an organ, in the order of the table.
func (b *Book) Values(ctx context.Context, organ string) ([]Value, error) {
	set, err := b.current(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := b.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []Value
	for _, d := range Definitions() {
		all = append(all, set.resolve(d, organ, tree))
	}
	return all, nil
}

// Text gives a setting as it is stored: of Text, Choice and TimeOfDay.
func (b *Book) Text(ctx context.Context, organ, name string) (string, error) {
	v, err := b.of(ctx, organ, name, Text, Choice, TimeOfDay)
	return v.Value, err
}

// Int gives a number, in the unit of its definition.
func (b *Book) Int(ctx context.Context, organ, name string) (int, error) {
	v, err := b.of(ctx, organ, name, Int)
	return number(v.Value), err
}

// Bool gives a yes or no.
func (b *Book) Bool(ctx context.Context, organ, name string) (bool, error) {
	v, err := b.of(ctx, organ, name, Bool)
	return v.Value == "true", err
}

// Duration gives a length of time.
func (b *Book) Duration(ctx context.Context, organ, name string) (time.Duration, error) {
	v, err := b.of(ctx, organ, name, Duration)
	return time.Duration(number(v.Value)) * v.Step, err
}

// Choices gives what is chosen, in the order of the options.
func (b *Book) Choices(ctx context.Context, organ, name string) ([]string, error) {
	v, err := b.of(ctx, organ, name, Choices)
	return strings.Fields(v.Value), err
}

// of gives a value of one of some kinds. To ask for another kind than the table
// has is a bug; the zero of it, taken for a value, might do harm.
func (b *Book) of(ctx context.Context, organ, name string, kinds ...Kind) (Value, error) {
	v, err := b.Value(ctx, organ, name)
	if err == nil && !slices.Contains(kinds, v.Kind) {
		err = fmt.Errorf("setting %s is of kind %s", name, v.Kind)
	}
	return v, err
}

// Policy gives how the people of an organ prove who they are.
func (b *Book) Policy(ctx context.Context, organ string) (account.Policy, error) {
	set, err := b.current(ctx)
	if err != nil {
		return account.Policy{}, err
	}
	tree, err := b.Trees.Tree(ctx)
	if err != nil {
		return account.Policy{}, err
	}
	text := func(name string) string { return set.resolve(byName[name], organ, tree).Value }
	whole := func(name string) int { return number(text(name)) }
	span := func(name string) time.Duration { return time.Duration(whole(name)) * byName[name].Step }
	p := account.Policy{
		Length: whole(PasswordLength), Classes: whole(PasswordClasses), Days: whole(PasswordDays), History: whole(PasswordHistory),
		Failures: whole(LockFailures), Lock: span(LockMinutes),
		Idle: span(SessionIdle), Life: span(SessionLife), Sessions: whole(SessionCount),
		Invite: span(InviteDays),
	}
	for _, role := range strings.Fields(text(FactorRoles)) {
		p.FactorRoles = append(p.FactorRoles, account.Role(role))
	}
	return p, nil
}
