package app

import (
	"context"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"gongkai/internal/accession"
	"gongkai/internal/account"
	"gongkai/internal/audit"
	"gongkai/internal/backup"
	"gongkai/internal/channel"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/compile"
	"gongkai/internal/consult"
	"gongkai/internal/event"
	"gongkai/internal/fault"
	"gongkai/internal/filing"
	"gongkai/internal/foi"
	"gongkai/internal/founding"
	"gongkai/internal/holiday"
	"gongkai/internal/ident"
	"gongkai/internal/intake"
	"gongkai/internal/job"
	"gongkai/internal/letter"
	"gongkai/internal/lexicon"
	"gongkai/internal/notify"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/publish"
	"gongkai/internal/release"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/takeover"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// rooms are the use cases, each with what it needs of the others.
type rooms struct {
	clock     clock.Clock
	ids       ident.Source
	book      *org.Book
	organs    *org.Office
	people    *account.Office
	founding  *founding.Office
	vault     *personal.Vault
	clients   client.Office
	answers   store.Answers
	audit     audit.Office
	log       store.Log
	sessions  *scs.SessionManager
	sequencer *store.Sequencer
	settings  *setting.Book
	setters   *setting.Office
	queue     job.Queue
	calendar  *holiday.Keeper
	work      *work.Office
	notify    *notify.Office
	requests  *foi.Desk
	shelf     *foi.Shelf
	counter   *intake.Counter
	letters   *letter.Office
	release   *release.Office
	documents *publish.Desk
	channels  *channel.Office
	lexicon   *lexicon.Office
	faults    *fault.Office
	reports   *compile.Desk
	filings   *filing.Office
	collect   *collect.Desk
	consults  *consult.Desk
	kinds     []event.Meaning
}

// issuer is what authenticator apps show beside the login.
const issuer = "gongkai 公开"

// refusal is how long a refused sign-in takes at least: longer than argon2id and
// a change of the database together.
const refusal = 400 * time.Millisecond

func (a *App) build(o Options) (*rooms, error) {
	r := &rooms{clock: o.Clock, ids: &ident.Ordered{Clock: o.Clock}, log: store.Log{DB: a.db}, kinds: kinds()}
	organs := store.Organs{DB: a.db}
	r.book = &org.Book{Store: organs, Clock: o.Clock}
	r.organs = &org.Office{Store: organs, Book: r.book, Clock: o.Clock, IDs: r.ids}
	r.settings = &setting.Book{Store: store.Settings{DB: a.db}, Trees: r.book, Clock: o.Clock}
	r.setters = &setting.Office{Book: r.settings, Store: store.Settings{DB: a.db}, Trees: r.book, Clock: o.Clock, IDs: r.ids}
	r.queue = job.Queue{Store: store.Jobs{DB: a.db}, Clock: o.Clock, IDs: r.ids}
	r.work = &work.Office{Store: store.Work{DB: a.db}, Organs: r.book, Clock: o.Clock, IDs: r.ids, Warn: func(ctx context.Context, organ string) (int, error) {
		return r.settings.Int(ctx, organ, setting.WorkWarnDays)
	}, Early: func(ctx context.Context, organ string) (int, error) {
		return r.settings.Int(ctx, organ, setting.WorkEarlyDays)
	}, Region: func(ctx context.Context, organ string) (string, error) {
		return r.settings.Text(ctx, organ, setting.CalendarRegion)
	}}
	r.calendar = &holiday.Keeper{Store: store.Holidays{DB: a.db}, Trees: r.book, Clock: o.Clock, IDs: r.ids}
	r.work.Calendars = r.calendar
	r.setters.Known = map[string]func(context.Context) ([]string, error){setting.CalendarRegion: r.regions}
	r.people = &account.Office{
		Store: store.People{DB: a.db}, Organs: r.book, Policies: r.settings, Hasher: o.Hasher, Sealer: a.keys,
		Clock: o.Clock, IDs: r.ids, Issuer: issuer,
	}
	r.founding = &founding.Office{Organs: r.organs, Trees: r.book, People: r.people}
	r.vault = &personal.Vault{Store: store.Personal{DB: a.db}, Seals: a.keys, Organs: r.book, Clock: o.Clock, IDs: r.ids, Leavers: func(ctx context.Context) (time.Duration, error) {
		return r.settings.Duration(ctx, setting.Whole, setting.LeaverDays)
	}}
	r.requests = &foi.Desk{
		Store: store.Requests{DB: a.db}, Trees: r.book, Calendars: r.calendar, Policies: foi.Rules{Settings: r.settings}, Vault: r.vault, Clock: o.Clock, IDs: r.ids,
	}
	r.shelf = &foi.Shelf{Store: store.Shelf{DB: a.db}, Desk: r.requests, Seals: a.keys, Clock: o.Clock}
	r.work.Substitutes, r.requests.Stands = store.Work{DB: a.db}, r.standsIn
	r.counter = a.counterOf(r)
	scribe := letter.Scribe{Trees: r.book, Organs: organs, Templates: store.Letters{DB: a.db}, IDs: r.ids, Online: a.online(r)}
	r.requests.Scribe = scribe
	r.letters = &letter.Office{Store: store.Letters{DB: a.db}, Desk: r.requests, Scribe: scribe, Vault: r.vault, Clock: o.Clock, IDs: r.ids}
	r.lexicon = &lexicon.Office{Store: store.Lexicon{DB: a.db}, Trees: r.book, Clock: o.Clock, IDs: r.ids}
	gate, err := a.gate(o, r)
	if err != nil {
		return nil, err
	}
	r.release, r.requests.Gate = gate, gate
	r.documents = a.publication(o, r)
	r.channels = a.channels(o, r)
	r.faults = a.faultOffice(r)
	r.filings = a.filing(r)
	r.consults = a.consulting(r)
	r.reports = a.compiling(o, r)
	r.collect = a.collecting(o, r)
	r.notify = a.notices(r)
	r.clients = client.Office{Store: store.Clients{DB: a.db}, Trees: r.book, Clock: o.Clock, IDs: r.ids}
	r.answers = store.Answers{DB: a.db, Clock: o.Clock}
	r.audit = audit.Office{Store: store.Audit{DB: a.db}, Trees: r.book, Clock: o.Clock, IDs: r.ids, Kinds: r.kinds}

	r.calendar.Movers, r.calendar.Later = r.movers(), r.moveLater

	// The account's policy rules how long a session lives; these are bounds.
	const life = 24 * time.Hour
	r.sessions = web.NewSessions(store.Sessions{DB: a.db, Clock: o.Clock}, a.secure(), life, life)

	signer, err := a.keys.LogSigner()
	if err != nil {
		return nil, err
	}
	r.sequencer = &store.Sequencer{DB: a.db, Signer: signer, Clock: o.Clock, Log: a.Log, Every: func(ctx context.Context) (time.Duration, error) {
		return r.settings.Duration(ctx, setting.Whole, setting.LogBatchSeconds)
	}}
	return r, nil
}

// secure tells whether people reach the site by TLS, ours or a proxy's.
func (a *App) secure() bool {
	return a.Config.TLS() || strings.HasPrefix(a.Config.BaseURL, "https://")
}

func (a *App) backupOffice() backup.Office {
	return backup.Office{Shelf: a.Backups, Roots: a.rooms.book, Append: a.db.Append, Clock: a.rooms.clock, IDs: a.rooms.ids}
}

// kinds gives the words for everything that happens, of all rooms.
func kinds() []event.Meaning {
	var all []event.Meaning
	for _, room := range [][]event.Meaning{org.EventKinds(), account.EventKinds(), personal.EventKinds(), client.EventKinds(), audit.EventKinds(), backup.EventKinds(), setting.EventKinds(), job.EventKinds(), holiday.EventKinds(), work.EventKinds(), notify.EventKinds(), foi.EventKinds(), letter.EventKinds(), release.EventKinds(), publish.EventKinds(), lexicon.EventKinds(), fault.EventKinds(), consult.EventKinds(), compile.EventKinds(), filing.EventKinds(), collect.EventKinds(), channel.EventKinds(), takeover.EventKinds(), accession.EventKinds()} {
		all = append(all, room...)
	}
	return all
}

// movers gives the rooms with open deadlines, which a holiday notice moves. They
// count by the calendar themselves, so they are built before it knows them.
func (r *rooms) movers() []holiday.Mover {
	return []holiday.Mover{work.Mover{Office: r.work}, foi.Mover{Desk: r.requests}, publish.Mover{Desk: r.documents}}
}

// standsIn gives for whom somebody stands in today in an organ.
func (r *rooms) standsIn(ctx context.Context, actor, organ string) (all []string, err error) {
	away, err := r.work.StandsFor(ctx, actor)
	for _, a := range away {
		if a.Organ == organ {
			all = append(all, a.Person)
		}
	}
	return all, err
}
