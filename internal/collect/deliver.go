package collect

import (
	"context"
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
	Answer    string // what the superior's system said last
	By        string
	At        time.Time // asked for; the time of sending, however often it is tried
	EndedAt   time.Time
}

// DeliveryState is how far a delivery is.
type DeliveryState string

// The states.
const (
	UnderWay DeliveryState = "under-way"
	Arrived  DeliveryState = "arrived"
	Refused  DeliveryState = "refused"
)

// Words gives the words for a state.
func (s DeliveryState) Words() Word {
	switch s {
	case Arrived:
		return Word{"已送达", "arrived"}
	case Refused:
		return Word{"被拒收", "refused"}
	case UnderWay:
	}
	return Word{"报送中", "under way"}
}

// What happens to deliveries.
const (
	DeliveryAsked   event.Kind = "delivery.asked"
	DeliveryArrived event.Kind = "delivery.arrived"
	DeliveryRefused event.Kind = "delivery.refused"
)

// DeliverySubject names a delivery in the log.
func DeliverySubject(id string) event.Subject { return event.Subject{Type: "delivery", ID: id} }

// Superior is where reports go.
type Superior struct{ Name, Address string }

// Courier carries an envelope to a site.
type Courier interface {
	// Receiver gives the name of the key of a site.
	Receiver(ctx context.Context, address string) (string, error)
	// Carry gives what the site answered. Its error is Unavailable where it may be tried
	// again; any other is a refusal, with the site's own words.
	Carry(ctx context.Context, address string, e Envelope) (answer string, err error)
}

// Outbox is how reports leave for the superior's gongkai.
type Outbox struct {
	Desk     *Desk
	Signer   func() (note.Signer, error)
	Courier  Courier
	Superior func(ctx context.Context, organ string) (Superior, error)
	Report   func(ctx context.Context, organ string, year int) (compile.Report, error)
	// Print makes the files that go along.
	Print func(r *annual.Report) ([]Enclosed, error)
	// Sent records the submission with the report itself.
	Sent func(ctx context.Context, person, organ string, year int, to string) error
	Wake func(ctx context.Context) error
}

// Ready is what the page of a delivery shows.
type Ready struct {
	Organ    org.Node
	Superior Superior
	Version  int // that would go; 0 while none is signed
	Past     []Delivery
	Why      error // what speaks against it; nil for nothing
}

// Ready tells whether a report can be sent.
func (o Outbox) Ready(ctx context.Context, actor account.Actor, organ string, year int) (r Ready, err error) {
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return r, err
	}
	if err := o.Desk.sees(actor, account.PublishReports, organ, year, tree); err != nil {
		return r, err
	}
	r.Organ, _ = tree.Node(organ)
	if r.Superior, err = o.Superior(ctx, organ); err != nil {
		return r, err
	}
	if r.Past, err = o.Desk.Store.Deliveries(ctx, organ, year); err != nil {
		return r, err
	}
	report, err := o.Report(ctx, organ, year)
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return r, err
	}
	r.Version = len(report.Versions)
	switch {
	case r.Superior.Address == "":
		r.Why = errs.New(errs.Conflict, "没有设置上级主管部门的系统网址；请安全管理员在设置“报送年度报告的上级系统网址”中填写。")
	case r.Version == 0 || report.Status != compile.Frozen:
		r.Why = errs.New(errs.Conflict, "报告还没有签发，或者正在更正，签发以后才能报送（条例§49）。")
	case len(r.Past) > 0 && r.Past[0].Version == r.Version && r.Past[0].State == Arrived:
		r.Why = errs.New(errs.Conflict, "这一版已经送达。")
	case len(r.Past) > 0 && r.Past[0].State == UnderWay:
		r.Why = errs.New(errs.Conflict, "正在报送，请稍后刷新页面查看结果。")
	}
	return r, nil
}

// Ask lets the version that stands be sent.
func (o Outbox) Ask(ctx context.Context, actor account.Actor, organ string, year int) error {
	r, err := o.Ready(ctx, actor, organ, year)
	if err != nil {
		return err
	}
	if r.Why != nil {
		return r.Why
	}
	d := Delivery{ID: o.Desk.IDs.New(), Organ: organ, Year: year, Version: r.Version, State: UnderWay, Address: r.Superior.Address, By: actor.ID, At: o.Desk.Clock.Now()}
	e := o.Desk.pen(actor.ID).Write(organ, DeliverySubject(d.ID), DeliveryAsked, map[string]any{"year": year, "version": d.Version, "address": d.Address})
	if err := o.Desk.Store.AddDelivery(ctx, d, e1(e)); err != nil {
		return err
	}
	return o.Wake(ctx)
}

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
		err := o.carry(ctx, d)
		switch {
		case err == nil:
			done++
		case errs.KindOf(err) == errs.Unavailable:
			last = err
		default:
			return done, err
		}
	}
	return done, last
}

func (o Outbox) carry(ctx context.Context, d Delivery) error {
	report, err := o.Report(ctx, d.Organ, d.Year)
	if err != nil {
		return err
	}
	tree, err := o.Desk.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	n, _ := tree.Node(d.Organ)
	e, err := o.envelope(ctx, d, n, report.Versions[d.Version-1])
	if err != nil {
		return err
	}
	answer, err := o.Courier.Carry(ctx, d.Address, e)
	if errs.KindOf(err) == errs.Unavailable {
		return err
	}
	d.State, d.Answer, d.EndedAt = Arrived, answer, o.Desk.Clock.Now()
	kind := DeliveryArrived
	if err != nil {
		d.State, d.Answer, kind = Refused, errs.Public(err), DeliveryRefused
	}
	happened := o.Desk.pen(event.System).Write(d.Organ, DeliverySubject(d.ID), kind, map[string]any{"year": d.Year, "version": d.Version, "bundle": e.Hash()})
	if err := o.Desk.Store.EndDelivery(ctx, d, e1(happened)); err != nil || d.State != Arrived {
		return err
	}
	superior, err := o.Superior(ctx, d.Organ)
	if err != nil {
		return err
	}
	return o.Sent(ctx, d.By, d.Organ, d.Year, superior.Name)
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
