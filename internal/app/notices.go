package app

import (
	"context"
	"net/http"
	"slices"
	"time"

	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/job"
	"gongkai/internal/mail"
	"gongkai/internal/notify"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/web"
	"gongkai/internal/work"
)

// notices puts together who is told what.
func (a *App) notices(r *rooms) *notify.Office {
	return &notify.Office{
		Store: store.Notify{DB: a.db}, Addresses: r.vault, Senders: senders(a.Config), Default: r.usualChoice,
		Sources: []notify.Source{r.tellOfWork, r.tellOfRequests, r.tellOfFilings}, Roots: r.book, Clock: r.clock, IDs: r.ids, Base: a.Config.BaseURL, Wake: r.wake,
		Site: func(ctx context.Context) string { return a.site(false)(ctx).Name },
	}
}

// senders gives the channels that are configured.
func senders(c config.Config) map[notify.Channel]notify.Sender {
	all := map[notify.Channel]notify.Sender{}
	if m := c.Mail; m.Host != "" {
		all[notify.Mail] = carrier{mail.SMTP{Host: m.Host, Port: m.Port, TLS: m.TLS, User: m.User, Password: m.Password, From: m.From}.Send}
	}
	if c.SMS.URL != "" {
		all[notify.SMS] = carrier{mail.Gateway{URL: c.SMS.URL, Secret: c.SMS.Secret}.Send}
	}
	return all
}

// carrier hands letters to a way out of the house.
type carrier struct {
	send func(context.Context, mail.Message) error
}

// Send hands over one letter.
func (c carrier) Send(ctx context.Context, l notify.Letter) error {
	return c.send(ctx, mail.Message(l))
}

// usualChoice is how people of an organ get messages who chose nothing.
func (r *rooms) usualChoice(ctx context.Context, organ string, channel notify.Channel) (c notify.Choice, err error) {
	enabled := setting.NotifyMail
	if channel == notify.SMS {
		enabled = setting.NotifySMS
	}
	for name, into := range map[string]*bool{enabled: &c.Enabled, setting.NotifyWake: &c.Wake, setting.NotifyDigest: &c.Daily} {
		if *into, err = r.settings.Bool(ctx, organ, name); err != nil {
			return c, err
		}
	}
	for name, into := range map[string]*notify.Clock{setting.NotifyQuietFrom: &c.QuietFrom, setting.NotifyQuietUntil: &c.QuietUntil} {
		text, err := r.settings.Text(ctx, organ, name)
		if err != nil {
			return c, err
		}
		if *into, err = notify.ParseClock(text); err != nil {
			return c, err
		}
	}
	hour, err := r.settings.Int(ctx, organ, setting.NotifyDigestHour)
	c.Digest = notify.Clock(hour * 60)
	return c, err
}

// tellOfWork tells of what happens to work.
func (r *rooms) tellOfWork(ctx context.Context, e event.Event) ([]notify.Notice, error) {
	telling, ok, err := r.work.Concerned(ctx, e)
	if err != nil || !ok {
		return nil, err
	}
	if about, err := r.saidAlready(ctx, e, telling); err != nil || about {
		return nil, err
	}
	var all []notify.Notice
	for _, person := range telling.People {
		all = append(all, notify.Notice{
			Person: person, Organ: e.Organ, Kind: string(e.Kind), Once: "event/" + e.ID, Title: telling.Item.Title, Link: telling.Item.Path(), At: e.At,
		})
	}
	return all, nil
}

// saidAlready tells that people are told of the same by what happened to the
// request: only that one's work was handed over to a colleague is news beside it.
func (r *rooms) saidAlready(ctx context.Context, e event.Event, t work.Telling) (bool, error) {
	if t.Item.Subject.Type != "request" {
		return false, nil
	}
	if e.Kind != "work.passed" {
		return true, nil
	}
	request, err := r.requests.Store.Request(ctx, t.Item.Subject.ID)
	return request.Handler == t.Item.For.Person, err
}

// tellOfRequests tells of what happens to requests.
func (r *rooms) tellOfRequests(ctx context.Context, e event.Event) ([]notify.Notice, error) {
	telling, ok, err := r.requests.Concerned(ctx, e)
	if err != nil || !ok {
		return nil, err
	}
	var all []notify.Notice
	for _, person := range telling.People {
		all = append(all, notify.Notice{
			Person: person, Organ: telling.Organ, Kind: string(e.Kind), Once: "event/" + e.ID, Title: telling.Number, Link: "/desk/requests/" + telling.Request, At: e.At,
		})
	}
	return all, nil
}

// upwards tells whom else a reminder concerns: of what is due about a request its
// head when the time gets short, and the supervisors when it is over.
func (r *rooms) upwards(ctx context.Context, m work.Reminder) ([]string, error) {
	if m.Item.Subject.Type != "request" {
		return nil, nil
	}
	early, err := r.settings.Int(ctx, m.Item.Organ, setting.RequestHead)
	if err != nil {
		return nil, err
	}
	late, err := r.settings.Int(ctx, m.Item.Organ, setting.RequestAbove)
	if err != nil {
		return nil, err
	}
	heads, supervisors, err := r.requests.Above(ctx, m.Item.Organ)
	switch {
	case err != nil:
		return nil, err
	case m.Left.Late && m.Left.Days >= late:
		return append(heads, supervisors...), nil
	case m.Left.Late, m.Left.Days <= early:
		return heads, nil
	}
	return nil, nil
}

// remind tells of what is due and overdue.
func (a *App) remind(ctx context.Context) error {
	r := a.rooms
	return r.work.Remind(ctx, func(ctx context.Context, reminders []work.Reminder) error {
		var all []notify.Notice
		for _, m := range reminders {
			n := notify.Notice{Organ: m.Item.Organ, Kind: notify.WorkDue, Once: m.Once, Title: m.Item.Title, Link: m.Item.Path(), Urgent: m.Left.Days <= 1}
			if m.Left.Late {
				n.Kind, n.Urgent = notify.WorkOverdue, true
			}
			above, err := r.upwards(ctx, m)
			if err != nil {
				return err
			}
			for _, person := range slices.Compact(slices.Sorted(slices.Values(append(above, m.People...)))) {
				n.Person = person
				all = append(all, n)
			}
		}
		return r.notify.Tell(ctx, all)
	})
}

// unread counts what stands beside the bell. A page does not fail with it.
func (a *App) unread(r *http.Request) int {
	n, err := a.rooms.notify.Unread(r.Context(), web.Actor(r))
	if err != nil {
		a.Log.ErrorContext(r.Context(), "unread messages", "error", err)
	}
	return n
}

const sendMessages job.Kind = "message.send"

// wake lets a job send what is due at a moment. What is due until the same full
// minute shares one; should one of them just miss it, the regular job finds it.
func (r *rooms) wake(ctx context.Context, at time.Time) error {
	if at.After(r.clock.Now()) {
		at = at.Add(time.Minute - time.Microsecond).Truncate(time.Minute)
	}
	_, err := r.queue.Add(ctx, sendMessages, nil, job.Options{RunAt: at, Single: "message/" + at.Format("2006-01-02T15:04")})
	return err
}

func (a *App) forgetNotices(ctx context.Context) error {
	keep, err := a.rooms.settings.Duration(ctx, setting.Whole, setting.NotifyKeepDays)
	if err != nil {
		return err
	}
	_, err = a.rooms.notify.Forget(ctx, a.rooms.clock.Now().Add(-keep))
	return err
}

// watchEvery is how often new events are looked for.
const watchEvery = 2 * time.Second

// watch tells people of what happens, until the context ends.
func (a *App) watch(ctx context.Context) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := a.readOn(ctx); err != nil && ctx.Err() == nil && errs.KindOf(err) != errs.Conflict { // another process reads
			a.Log.ErrorContext(ctx, "events not read for notices", "error", err)
		}
	}
}

// readOn reads all events that there are.
func (a *App) readOn(ctx context.Context) error {
	for {
		if n, err := a.rooms.notify.Watch(ctx); err != nil || n == 0 {
			return err
		}
	}
}
