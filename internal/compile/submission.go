package compile

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Way is how a report goes to the superior (条例§49).
type Way string

// The ways.
const (
	Within Way = "within" // the superior works with this deployment and sees it at once
	ByPost Way = "signed" // signed, to the superior's own gongkai
	ByHand Way = "hand"   // as a file or on paper; what came back is recorded
)

// Words gives the words for a way.
func (w Way) Words() Word {
	switch w {
	case Within:
		return Word{"在本系统报送", "within this system"}
	case ByPost:
		return Word{"签名后发给上级的系统", "signed, to the superior’s system"}
	case ByHand:
	}
	return Word{"以文件或者纸质报送", "as a file or on paper"}
}

// Submission is how far a version is on its way to the superior.
type Submission string

// How far it may be.
const (
	Unsent    Submission = ""
	SentOff   Submission = "sent"     // the superior's system has not answered yet
	Receipted Submission = "received" // with the superior
	NotSent   Submission = "failed"
)

// Words gives the words for it.
func (s Submission) Words() Word {
	switch s {
	case SentOff:
		return Word{"已送出", "sent"}
	case Receipted:
		return Word{"已签收", "received"}
	case NotSent:
		return Word{"失败", "failed"}
	case Unsent:
	}
	return Word{"未报送", "not submitted"}
}

// Submission tells how far the version is.
func (v Version) Submission() Submission {
	switch {
	case !v.SentOn.IsZero() && v.SentWay == ByPost && v.ReceivedOn.IsZero():
		return SentOff
	case !v.SentOn.IsZero():
		return Receipted
	case v.Failure != "":
		return NotSent
	}
	return Unsent
}

// Superior is to whom reports go.
type Superior struct {
	Name    string // of the department in charge; of the organ above where none is set
	Address string // of its own gongkai; "" where it has none
}

// Superiors tells to whom an organ submits.
type Superiors interface {
	Superior(ctx context.Context, organ string) (Superior, error)
}

// Parcel is a version on its way to the superior's system.
type Parcel struct {
	ID, Organ     string
	Year, Version int
	Address, By   string
	At            time.Time
}

// Ways gives the ways that are open to an organ, the best first.
func (s Scene) Ways() []Way {
	var all []Way
	if s.Organ.Parent != "" {
		all = append(all, Within)
	}
	if s.Superior.Address != "" {
		all = append(all, ByPost)
	}
	return append(all, ByHand)
}

// Send submits the last version to the superior (条例§49).
type Send struct {
	Way     Way
	To      string
	On      calendar.Date // of ByHand: when it was handed in; zero for today
	Receipt string        // of ByHand: the number on the slip
}

// Event is Sent.
func (Send) Event() event.Kind { return Sent }

const maxReceipt = 60

func (x Send) apply(r *Report, s *Scene) (Entry, error) {
	v := &r.Versions[len(r.Versions)-1]
	to, on, receipt := strings.TrimSpace(x.To), x.On, strings.TrimSpace(x.Receipt)
	if to == "" && x.Way != ByHand {
		to = s.Superior.Name
	}
	if on.IsZero() || x.Way != ByHand {
		on = s.Today
	}
	switch {
	case x.Way == Within && s.Organ.Parent == "":
		return Entry{}, errs.InField("way", "“%s”在本系统没有上级机关，请选择其他方式。", s.Organ.Name)
	case x.Way == ByPost && s.Superior.Address == "":
		return Entry{}, errs.InField("way", "没有设置上级主管部门的系统网址；请安全管理员在设置“报送年度报告的上级系统网址”中填写，或者选择其他方式。")
	case x.Way == ByPost && v.Submission() == SentOff:
		return Entry{}, errs.InField("way", "已经送出，正在等上级系统签收，会自动重试；等不及的，以文件或者纸质报送并登记。")
	case x.Way != Within && x.Way != ByPost && x.Way != ByHand:
		return Entry{}, errs.InField("way", "请选择怎样报送。")
	case to == "" && x.Way == ByPost:
		to = "上级主管部门"
	case to == "":
		return Entry{}, errs.InField("to", "请写明报送给哪个机关。")
	}
	switch {
	case on.After(s.Today):
		return Entry{}, errs.InField("on", "报送日期不能晚于今天。")
	case on.Before(v.SignedOn):
		return Entry{}, errs.InField("on", "报送日期不能早于签发日期%s。", v.SignedOn)
	case utf8.RuneCountInString(receipt) > maxReceipt:
		return Entry{}, errs.InField("receipt", "超过了%d个字，请缩短。", maxReceipt)
	}
	v.SentOn, v.SentTo, v.SentWay, v.Receipt, v.ReceivedOn, v.Failure = on, to, x.Way, "", calendar.Date{}, ""
	if x.Way == ByHand {
		v.Receipt = receipt
	}
	return Entry{Version: len(r.Versions), On: on}, nil
}

// Arrive notes that the superior's system has taken a version in.
type Arrive struct {
	Version int
	Receipt string // its number there
}

// Event is Arrived.
func (Arrive) Event() event.Kind { return Arrived }

func (a Arrive) apply(r *Report, s *Scene) (Entry, error) {
	v, err := r.onItsWay(a.Version)
	if err != nil {
		return Entry{}, err
	}
	v.ReceivedOn, v.Receipt = s.Today, a.Receipt
	return Entry{Version: a.Version}, nil
}

// Fail notes that the superior's system does not take a version, and why: it is to be
// sent again.
type Fail struct {
	Version int
	Why     string
}

// Event is Failed.
func (Fail) Event() event.Kind { return Failed }

func (f Fail) apply(r *Report, _ *Scene) (Entry, error) {
	v, err := r.onItsWay(f.Version)
	if err != nil {
		return Entry{}, err
	}
	v.SentOn, v.Failure = calendar.Date{}, f.Why
	return Entry{Version: f.Version}, nil
}

// onItsWay gives a version that was sent and waits for an answer.
func (r *Report) onItsWay(version int) (*Version, error) {
	if version < 1 || version > len(r.Versions) || r.Versions[version-1].Submission() != SentOff {
		return nil, errs.New(errs.Conflict, "这一版没有在等上级系统签收。")
	}
	return &r.Versions[version-1], nil
}

// Conclude notes what the superior's system said of a version that was sent to it.
func (d *Desk) Conclude(ctx context.Context, organ string, year int, deed Deed) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	n, ok := tree.Node(organ)
	if !ok {
		return errs.New(errs.NotFound, "没有这个机关。")
	}
	policy, err := d.Policies.ReportPolicy(ctx, organ)
	if err != nil {
		return err
	}
	s := Scene{Actor: event.System, At: d.Clock.Now(), Today: d.today(), Organ: n, Policy: policy, Due: policy.Due(n, year)}
	return d.Store.Update(ctx, organ, year, func(r *Report) (Change, error) {
		return d.done(r, deed, s)
	})
}
