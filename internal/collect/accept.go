package collect

import (
	"bytes"
	"context"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// Accepted is what the sender of a bundle is told.
type Accepted struct {
	Received string // key
	Organ    string // name here
	Year     int
	Version  int
	Again    bool // it had come before; nothing was changed
}

// Accept takes in a report that another gongkai sent. Its signature must be that of a
// registered sender, who may send for the organ. The same bundle again changes nothing
// and is answered the same; an older one than what came last is refused.
func (d *Desk) Accept(ctx context.Context, e Envelope) (a Accepted, err error) {
	b, sender, err := d.unseal(ctx, e)
	if err != nil {
		return a, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return a, err
	}
	organ, err := d.sentFor(ctx, tree, sender, b)
	if err != nil {
		return a, err
	}
	if err := d.inTime(ctx, sender, b); err != nil {
		return a, err
	}
	before, err := d.Store.Of(ctx, organ, b.Year)
	if err != nil {
		return a, err
	}
	a = Accepted{Organ: tree.Name(organ), Year: b.Year}
	for _, r := range before {
		if r.Bundle == e.Hash() || r.Way == ByAPI && r.SentAt.Equal(b.SentAt) && r.Read == string(b.Report) {
			a.Received, a.Version, a.Again = r.ID, r.Version, true
			return a, nil
		}
		if r.Way == ByAPI && !b.SentAt.After(r.left()) {
			return a, errs.New(errs.Conflict, "“%s”%d年的报告已经收到更新的一份（%s 发出），这份较早，没有接收。", a.Organ, b.Year, d.local(r.left()))
		}
	}
	if knownYear(b.Year, d.Today()) != nil || b.Year >= d.Today().Year() {
		return a, errs.New(errs.Invalid, "%d年还没有结束，或者没有规定的报告格式，没有接收。", b.Year)
	}
	r, err := d.unpack(ctx, b)
	if err != nil {
		return a, err
	}
	r.Organ, r.Year, r.Keeper, r.Sender, r.Bundle, r.By = organ, b.Year, sender.Organ, sender.ID, e.Hash(), sender.ID
	if err := d.take(ctx, &r, tree, nil); err != nil {
		return a, err
	}
	a.Received, a.Version = r.ID, r.Version
	if err := d.Store.SenderUsed(ctx, sender.ID, d.Clock.Now()); err != nil {
		return a, err
	}
	return a, d.wake(ctx)
}

// inTime refuses what a sender says to have sent later than now: what it sends after its
// clock was set right would count as older.
func (d *Desk) inTime(ctx context.Context, s Sender, b Bundle) error {
	ahead, err := d.Policies.SenderAhead(ctx, s.Organ)
	if err != nil {
		return err
	}
	now := d.Clock.Now()
	if !b.SentAt.After(now.Add(ahead)) {
		return nil
	}
	return errs.New(errs.Invalid, "报送包写的发出时间是 %s，比本系统的时间（%s）晚，没有接收；请校准发送方服务器的时钟，再重新报送。", d.local(b.SentAt), d.local(now))
}

func (d *Desk) local(t time.Time) string {
	return t.In(d.Clock.Now().Location()).Format("2006-01-02 15:04:05")
}

// left is when a bundle left its sender: not after it arrived, whatever the sender's clock
// said.
func (r Received) left() time.Time {
	if r.SentAt.After(r.At) {
		return r.At
	}
	return r.SentAt
}

// unseal checks the signature and tells who signed.
func (d *Desk) unseal(ctx context.Context, e Envelope) (Bundle, Sender, error) {
	senders, err := d.Store.LiveSenders(ctx)
	if err != nil {
		return Bundle{}, Sender{}, err
	}
	var keys []note.Verifier
	byKey := map[uint32]Sender{}
	for _, s := range senders {
		v, err := note.NewVerifier(s.Key)
		if err != nil {
			return Bundle{}, Sender{}, err
		}
		keys = append(keys, v)
		byKey[v.KeyHash()] = s
	}
	b, by, err := e.Open(keys, d.Name)
	if err != nil {
		return b, Sender{}, err
	}
	return b, byKey[by.KeyHash()], nil
}

// sentFor tells whose report it is, among the organs for which the sender may send: by its
// credit code, else by its name.
func (d *Desk) sentFor(ctx context.Context, tree *org.Tree, s Sender, b Bundle) (string, error) {
	then, _, err := d.Trees.TreeOfYear(ctx, b.Year)
	if err != nil {
		return "", err
	}
	for _, n := range Expected(then, s.Organ) {
		if b.CreditCode != "" && n.CreditCode == b.CreditCode {
			return n.ID, nil
		}
	}
	if id, _, err := d.find(ctx, tree, s.Organ, b.Organ, b.Year); id != "" || err != nil {
		return id, err
	}
	return "", errs.New(errs.Forbidden, "发送方“%s”不能报送“%s”的报告：它不在“%s”及其下级的名录中，或者名称不一致。", s.Name, b.Organ, tree.Name(s.Organ))
}

// unpack makes a received report of a bundle, its files kept.
func (d *Desk) unpack(ctx context.Context, b Bundle) (r Received, err error) {
	report := &annual.Report{}
	if err := report.UnmarshalJSON(b.Report); err != nil {
		return r, err
	}
	if report.Year != b.Year {
		return r, errs.New(errs.Invalid, "报送包写的是%d年，报告是%d年的，没有接收。", b.Year, report.Year)
	}
	r = Received{ID: d.IDs.New(), State: Waiting, Way: ByAPI, At: d.Clock.Now(), On: d.Today(), Named: report.Organ, Read: string(b.Report), SentAt: b.SentAt}
	for _, f := range b.Files {
		info, err := d.Files.Put(ctx, bytes.NewReader(f.Content), MaxFile)
		if err != nil {
			return r, err
		}
		r.Files = append(r.Files, File{info.Hash, f.Name})
	}
	return r, nil
}
