package world

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/consult"
	"gongkai/internal/fault"
	"gongkai/internal/filing"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/letter"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/setting"
	"gongkai/internal/work"
)

// Begin is the morning on which the county starts to work with gongkai.
var Begin = time.Date(2026, 1, 5, 8, 30, 0, 0, clock.Shanghai)

// Offices are the use cases by which the county comes to life. They must run on
// the clock that Build is given.
type Offices struct {
	Organs *org.Office
	People *account.Office
	// Contact keeps how to reach somebody; nil where that is not kept.
	Contact func(ctx context.Context, person account.Person, kind, plain string) error
	// Settle lets an organ decide what it may; nil where nothing is decided.
	Settle func(ctx context.Context, administrator account.Actor, organ, name string, value ...string) error
	// Work is what the county has to do, as of Now; nil for none.
	Work *work.Office
	// Requests are those that come in until Now; nil for none.
	Requests *foi.Desk
	// Files keeps what proves that a reply has reached somebody.
	Files interface {
		Keep(ctx context.Context, r io.Reader, most int64) (hash string, err error)
	}
	Letters *letter.Office // nil where none are written
	// Documents are those that are drafted and published until Now; nil for none.
	Documents *publish.Desk
	// Reports are those that are compiled on Now; nil for none.
	Reports *compile.Desk
	// Collect gathers the reports of all; nil where nobody does.
	Collect *collect.Desk
	// Channels brings documents into the official account; nil where there is none.
	Channels *channel.Office
	Now      time.Time
	// Told lets people be told of what has happened; nil where they are not.
	Told    func(ctx context.Context) error
	Notices *notify.Office
	Faults  *fault.Office  // nil where visitors report none
	Filings *filing.Office // nil where sections file nothing
	// Consults are the consultations; nil for none.
	Consults *consult.Desk
}

// World is the county as it was built: keys by the names that people use.
type World struct {
	Organs map[string]string         // by full name; sections of two organs by name alone
	People map[string]account.Person // by login
}

// Build makes the county in an empty database, and leaves the clock where the
// last of it happened.
func Build(ctx context.Context, o Offices, c *clock.Manual) (*World, error) {
	c.Set(Begin)
	w := &World{Organs: map[string]string{}, People: map[string]account.Person{}}
	if err := w.organs(ctx, o, c); err != nil {
		return nil, fmt.Errorf("organs: %w", err)
	}
	if err := w.people(ctx, o, c); err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	if err := w.settle(ctx, o); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	if err := w.account(ctx, o); err != nil {
		return nil, fmt.Errorf("official account: %w", err)
	}
	if err := w.work(ctx, o, c); err != nil {
		return nil, fmt.Errorf("work: %w", err)
	}
	if err := w.compile(ctx, o, c); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return w, nil
}

// organs makes the county government, and the others below it as the list that
// a county would import.
func (w *World) organs(ctx context.Context, o Offices, c *clock.Manual) error {
	root, err := o.Organs.Found(ctx, org.Version{
		From: calendar.On(2020, time.January, 1), Name: countyName, Short: "旗政府", Nature: org.Administrative, Level: org.County, Region: Region,
		Contact: org.Contact{
			Office: "旗人民政府办公室政务公开科", Address: "青川旗青川镇政府路1号", Postcode: "015000", Phone: "0478-0000000",
			Email: "zwgk@example.cn", Hours: "周一至周五 8:30—12:00，14:30—17:30", Website: "https://www.example.cn",
		},
	})
	if err != nil {
		return err
	}
	c.Advance(10 * time.Minute)
	founder := account.Actor{ID: "system", Grants: []account.Grant{{Organ: root, Role: account.SystemAdmin}}}
	var lines []org.Line
	for i, b := range bodies() {
		lines = append(lines, org.Line{Number: i + 2, Cells: map[org.Column]string{
			org.NameColumn: b.name, org.ParentColumn: b.parent, org.NatureColumn: b.nature.Words().Chinese, org.LevelColumn: b.level.Words().Chinese,
			org.RegionColumn: Region, org.FromColumn: "2020-01-01", org.OfficeColumn: officeOf(b), org.AddressColumn: fmt.Sprintf("青川旗青川镇团结路%d号", 2*i+3),
			org.PostcodeColumn: "015000", org.PhoneColumn: fmt.Sprintf("0478-%07d", 11+i*7), org.HoursColumn: "周一至周五 8:30—12:00，14:30—17:30",
		}})
	}
	taken, err := o.Organs.Import(ctx, founder, lines, false)
	if err != nil {
		return err
	}
	if len(taken.Problems) > 0 {
		return fmt.Errorf("line %d: %s", taken.Problems[0].Line, taken.Problems[0].Text)
	}
	tree, err := o.Organs.Book.Tree(ctx)
	if err != nil {
		return err
	}
	for _, n := range tree.Subtree(root) {
		w.Organs[n.Name] = n.ID
	}
	return nil
}

func officeOf(b body) string {
	if b.nature == org.Internal {
		return ""
	}
	return "办公室（政务公开）"
}

// people invites everybody; each accepts with a password that nobody knows.
func (w *World) people(ctx context.Context, o Offices, c *clock.Manual) error {
	var founders []account.Founder
	for _, r := range residents() {
		if r.organ == countyName && administers(r.roles[0]) {
			founders = append(founders, account.Founder{Draft: w.draft(r), Roles: r.roles})
		}
	}
	invitations, err := o.People.Found(ctx, founders)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		if err := w.accept(ctx, o, c, i); err != nil {
			return err
		}
	}
	system, security := w.People["xitong"].Actor(), w.People["anquan"].Actor()
	for _, r := range residents() {
		if _, known := w.People[r.login]; known {
			continue
		}
		c.Advance(3 * time.Minute)
		person, secret, err := o.People.Invite(ctx, system, w.draft(r))
		if err != nil {
			return fmt.Errorf("%s: %w", r.login, err)
		}
		for _, role := range r.roles {
			if err := o.People.Grant(ctx, security, person.ID, account.Grant{Organ: person.Organ, Role: role}, "到岗，按岗位职责授予"); err != nil {
				return fmt.Errorf("%s: %w", r.login, err)
			}
		}
		if err := w.accept(ctx, o, c, account.Invitation{Person: person, Secret: secret}); err != nil {
			return err
		}
	}
	return w.contacts(ctx, o)
}

func (w *World) draft(r resident) account.Draft {
	return account.Draft{Organ: w.Organs[r.organ], Login: r.login, Name: r.name, Title: r.title}
}

func (w *World) accept(ctx context.Context, o Offices, c *clock.Manual, i account.Invitation) error {
	c.Advance(2 * time.Minute)
	if _, err := o.People.Accept(ctx, i.Secret, password()); err != nil {
		return fmt.Errorf("%s: %w", i.Person.Login, err)
	}
	person, err := o.People.Own(ctx, i.Person.Actor())
	w.People[person.Login] = person
	return err
}

// password gives one that nobody knows. It is parted by a sign that no keyboard
// has beside another, because by chance a secret can have four characters in a
// row that the policy refuses.
func password() string {
	parted := "Aa1"
	for chars := range slices.Chunk([]byte(ident.Secret()), 3) {
		parted += "·" + string(chars)
	}
	return parted
}

func (w *World) contacts(ctx context.Context, o Offices) error {
	if o.Contact == nil {
		return nil
	}
	for _, r := range residents() {
		for kind, plain := range map[string]string{"phone": r.phone, "email": r.email} {
			if err := o.Contact(ctx, w.People[r.login], kind, plain); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle lets the county say what its organs have decided, before anything
// comes in.
func (w *World) settle(ctx context.Context, o Offices) error {
	if o.Settle == nil {
		return nil
	}
	administrator := w.People["xitong"].Actor()
	for _, d := range decided() {
		organ := setting.Whole
		if d.organ != "" {
			organ = w.Organs[d.organ]
		}
		if err := o.Settle(ctx, administrator, organ, d.name, d.value); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
	}
	return nil
}

func administers(role account.Role) bool {
	info, _ := role.Info()
	return info.Administrator
}

// Logins gives who can be entered as in the demo, in the order in which they are
// offered.
func Logins() []string {
	var logins []string
	for _, r := range residents() {
		logins = append(logins, r.login)
	}
	return logins
}
