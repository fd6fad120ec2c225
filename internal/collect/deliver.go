package collect

import (
	"context"
	"errors"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Delivery is a version of a report on its way to the superior's gongkai.
type Delivery struct {
	ID, Organ string
	Year      int
	Version   int // of the report, from 1
	State     DeliveryState
	Address   string // of the superior's site
	Answer    string // the number by which the superior has it, else why it did not get through last
	By        string
	At        time.Time // asked for; the time of sending, however often it is tried
	EndedAt   time.Time
}

// DeliveryState is how far a delivery is.
type DeliveryState string

// The states.
const (
	UnderWay   DeliveryState = "under-way"
	Arrived    DeliveryState = "arrived"
	Refused    DeliveryState = "refused"
	Superseded DeliveryState = "withdrawn" // it was submitted in another way meanwhile
)

// Words gives the words for a state.
func (s DeliveryState) Words() Word {
	switch s {
	case Arrived:
		return Word{"已签收", "received"}
	case Refused:
		return Word{"失败", "failed"}
	case Superseded:
		return Word{"改用其他方式", "submitted otherwise"}
	case UnderWay:
	}
	return Word{"已送出", "sent"}
}

// What happens to deliveries.
const (
	DeliveryArrived event.Kind = "delivery.arrived"
	DeliveryRefused event.Kind = "delivery.refused"
)

// DeliverySubject names a delivery in the log.
func DeliverySubject(id string) event.Subject { return event.Subject{Type: "delivery", ID: id} }

// Courier carries an envelope to a site.
type Courier interface {
	// Receiver gives the name of the key of a site.
	Receiver(ctx context.Context, address string) (string, error)
	// Carry gives the number by which the site has what was sent. Its error is Unavailable
	// where it may be tried again; any other is a refusal, with the site's own words.
	Carry(ctx context.Context, address string, e Envelope) (receipt string, err error)
}

// Outbox is how reports leave for the superior's gongkai, after the act 报送 has put them
// there.
type Outbox struct {
	Desk    *Desk
	Signer  func() (note.Signer, error)
	Courier Courier
	Reports *compile.Desk
	// Print makes the files that go along.
	Print func(r *annual.Report) ([]Enclosed, error)
}

// patience is how long something is tried before whoever sent it is told that it failed.
const patience = 3 * 24 * time.Hour

// Carry sends what is under way. One that does not get through now is tried again; that
// it arrives twice does no harm.
func (o Outbox) Carry(ctx context.Context) (int, error) {
	all, err := o.Desk.Store.UnderWay(ctx)
	if err != nil {
		return 0, err
	}
	done := 0
	var last error
	for _, d := range all {
		if err := o.carry(ctx, d); err != nil { // one that fails holds up no other
			last = err
			continue
		}
		done++
	}
	return done, last
}

func (o Outbox) carry(ctx context.Context, d Delivery) error {
	report, err := o.Reports.Store.Report(ctx, d.Organ, d.Year)
	if err != nil {
		return err
	}
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	n, _ := tree.Node(d.Organ)
	e, err := o.envelope(ctx, d, n, report.Versions[d.Version-1])
	if err == nil {
		var receipt string
		if receipt, err = o.Courier.Carry(ctx, d.Address, e); err == nil {
			d.State, d.Answer = Arrived, receipt
			return o.end(ctx, d, e.Hash(), DeliveryArrived, compile.Arrive{Version: d.Version, Receipt: receipt})
		}
	}
	d.Answer = errs.Public(err)
	if errs.KindOf(err) == errs.Unavailable && o.Desk.Clock.Now().Sub(d.At) < patience {
		return errors.Join(err, o.Desk.Store.TriedDelivery(ctx, d))
	}
	if k := errs.KindOf(err); k != errs.Unavailable && k != errs.Conflict {
		return err
	}
	d.State = Refused
	return o.end(ctx, d, e.Hash(), DeliveryRefused, compile.Fail{Version: d.Version, Why: d.Answer})
}

// end notes how a delivery ended, with the report first: interrupted between the two it
// is carried once more, which changes nothing.
func (o Outbox) end(ctx context.Context, d Delivery, bundle string, kind event.Kind, deed compile.Deed) error {
	d.EndedAt = o.Desk.Clock.Now()
	if err := o.Reports.Conclude(ctx, d.Organ, d.Year, deed); err != nil && errs.KindOf(err) != errs.Conflict {
		return err
	}
	happened := o.Desk.pen(event.System).Write(d.Organ, DeliverySubject(d.ID), kind, map[string]any{"year": d.Year, "version": d.Version, "bundle": bundle})
	return o.Desk.Store.EndDelivery(ctx, d, e1(happened))
}

// envelope makes what is sent. Tried again it is the same, byte for byte.
func (o Outbox) envelope(ctx context.Context, d Delivery, n org.Node, v compile.Version) (Envelope, error) {
	to, err := o.Courier.Receiver(ctx, d.Address)
	if err != nil {
		return Envelope{}, err
	}
	r, err := v.Report()
	if err != nil {
		return Envelope{}, err
	}
	files, err := o.Print(r)
	if err != nil {
		return Envelope{}, err
	}
	signer, err := o.Signer()
	if err != nil {
		return Envelope{}, err
	}
	return Bundle{To: to, SentAt: d.At, Organ: n.Name, CreditCode: n.CreditCode, Year: d.Year, Edition: d.Version, Report: []byte(v.Printed), Files: files}.Seal(signer)
}

// Deliveries gives how the versions of a report went to the superior's system, the newest
// first.
func (d *Desk) Deliveries(ctx context.Context, actor account.Actor, organ string, year int) ([]Delivery, error) {
	if _, err := d.sees(ctx, actor, account.SeeReports, organ, year); err != nil {
		return nil, err
	}
	return d.Store.Deliveries(ctx, organ, year)
}
