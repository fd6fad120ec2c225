package account

import (
	"context"
	"slices"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/paging"
)

// Person is somebody who works with gongkai.
type Person struct {
	ID     string
	Organ  string // where the person belongs
	Login  string // lower case, unique
	Name   string
	Title  string // 职务
	Lang   string // "" for the site's
	Active bool   // false once the person has left

	Hash       string // of the password, argon2id; "" while there is none
	HashedAt   time.Time
	Past       []string // hashes of passwords before, newest first
	MustChange bool     // at the next sign-in

	Known   Lock // for browsers in which the person has signed in before
	Strange Lock // for all others

	Factor     []byte   // sealed TOTP secret; nil without
	FactorStep int64    // the last time step that was used
	Recovery   []string // digests of recovery codes that are left

	InviteDigest string // of the open invitation's secret; "" for none
	InviteUntil  time.Time

	External  string // issuer and subject at the identity provider; "" for none
	CreatedAt time.Time
	LeftAt    time.Time

	Grants []Grant
}

// State is where a person's account stands.
type State string

// The states.
const (
	Active  State = "active"
	Invited State = "invited" // has not set a password yet
	Locked  State = "locked"
	Left    State = "left"
)

// State tells where the account stands.
func (p Person) State(now time.Time) State {
	switch {
	case !p.Active:
		return Left
	case p.Known.Shut(now) || p.Strange.Shut(now):
		return Locked
	case p.Hash == "" && p.External == "":
		return Invited
	}
	return Active
}

// Administers tells whether the person is one of the three administrators.
func (p Person) Administers() bool {
	return slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role.administers() })
}

// Has tells whether the person holds a role somewhere.
func (p Person) Has(role Role) bool {
	return slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role == role })
}

// Actor gives the person as one who acts.
func (p Person) Actor() Actor {
	return Actor{ID: p.ID, Name: p.Name, Organ: p.Organ, Grants: p.Grants}
}

// digest is what verify compares with the record: everything that decides what
// somebody may do and how somebody gets in. Counters and times of sign-ins are
// not in it.
func (p Person) digest() string {
	recovery := slices.Sorted(slices.Values(p.Recovery))
	grants := slices.Clone(p.Grants)
	slices.SortFunc(grants, func(a, b Grant) int { return compare(a.Organ+string(a.Role), b.Organ+string(b.Role)) })
	return event.Digest(struct {
		ID, Organ, Login, Name, Title string
		Active                        bool
		Hash, External, Invitation    string
		Factor                        []byte
		Recovery                      []string
		Grants                        []Grant
	}{p.ID, p.Organ, p.Login, p.Name, p.Title, p.Active, p.Hash, p.External, p.InviteDigest, p.Factor, recovery, grants})
}

// Digest is the digest of a person as stored, for verify.
func (p Person) Digest() string { return p.digest() }

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func subject(person string) event.Subject { return event.Subject{Type: "person", ID: person} }

// Filters of the list of people.
const (
	FilterOrgan = "organ" // this organ and below
	FilterRole  = "role"
	FilterState = "state"
)

// Store keeps people.
type Store interface {
	Person(ctx context.Context, id string) (Person, error)
	// ByLogin, ByInvite and ByExternal give NotFound when there is none.
	ByLogin(ctx context.Context, login string) (Person, error)
	ByInvite(ctx context.Context, digest string) (Person, error)
	ByExternal(ctx context.Context, external string) (Person, error)
	// Add keeps new people, all or none.
	Add(ctx context.Context, newcomers []Newcomer) error
	// Record keeps events that change nobody's record.
	Record(ctx context.Context, events ...event.Event) error
	// Names gives the names of people by key; who is not known is left out.
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// Update loads a person, lets judge change it, and saves it with its grants.
	Update(ctx context.Context, id string, judge Judge) error
	// UpdateAll is Update for several people, all or none. start is called before
	// the first, check after the last; what check returns undoes all.
	UpdateAll(ctx context.Context, ids []string, start func(), judge Judge, check func() error) error
	// WithFactor gives the keys of people with a second factor, in order and after
	// one, at most so many.
	WithFactor(ctx context.Context, after string, most int) ([]string, error)
	List(ctx context.Context, places []Place, q paging.Query, now time.Time) (paging.Page[Person], error)
	// After gives at most n people of the same list behind one, by name; nil for
	// the first.
	After(ctx context.Context, places []Place, q paging.Query, now time.Time, than *Person, n int) ([]Person, error)
	// Empty tells whether there is nobody at all.
	Empty(ctx context.Context) (bool, error)
	// EndSessions ends a person's sessions but one; "" ends all.
	EndSessions(ctx context.Context, person, except string) error
	Sessions(ctx context.Context, person string) ([]Session, error)
}

// Judge changes a person and says what has happened. admins are the grants of
// administrators' roles of the people in office, how many hold each; nil where
// the person holds none.
type Judge func(p *Person, admins map[Grant]int) ([]event.Event, error)

// Newcomer is somebody new, with what is recorded of it.
type Newcomer struct {
	Person Person
	Events []event.Event
}

// Session is one browser in which a person has signed in.
type Session struct {
	ID        string // digest of its token
	Address   string
	Agent     string
	CreatedAt time.Time
	SeenAt    time.Time
}

var errNoPerson = errs.New(errs.NotFound, "没有这个人。")
