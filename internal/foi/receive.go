package foi

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// MaxText is how many characters a text of a request may have.
const MaxText = 20_000

// Receive registers a request. What an applicant leaves out on the portal is
// asked for at once; a letter is registered as it is and corrected afterwards
// (条例§30). By a channel that must be confirmed the request waits, unless the
// applicant confirms on the day itself.
type Receive struct {
	Number    string
	Channel   Channel
	On        calendar.Date // handed in, signed for, or lying in the box
	Confirmed calendar.Date // by both sides; zero for not yet
	Parties   []Party
	Ask       Ask
	Files     []File
	Strict    bool // everything that 条例§29 wants must be there
}

// Event is Arrived as long as the day of receipt is not settled.
func (d Receive) Event() event.Kind {
	if info, _ := d.Channel.Info(); info.Confirm && d.Confirmed.IsZero() {
		return Arrived
	}
	return Received
}

func (d Receive) apply(r *Request, _ *Scene) (Entry, error) {
	info, ok := d.Channel.Info()
	if !ok {
		return Entry{}, errs.InField("channel", "请选择申请的收到方式。")
	}
	r.Number, r.Channel, r.ArrivedOn, r.Ask, r.Files = d.Number, d.Channel, d.On, d.Ask, d.Files
	for _, p := range d.Parties {
		r.join(p)
	}
	if err := d.check(*r); err != nil {
		return Entry{}, err
	}
	e := Entry{On: d.On, Code: string(d.Channel)}
	if info.Confirm {
		if d.Confirmed.IsZero() {
			return e, nil
		}
		e.On = d.Confirmed
	}
	r.ReceivedOn = e.On
	return e, nil
}

func (d Receive) check(r Request) error {
	var f errs.Fields
	if d.On.IsZero() {
		f.Add("on", "请填写申请到达的日期。")
	}
	if len(d.Parties) == 0 || d.Parties[0].Role != IsApplicant {
		f.Add("kind", "请填写申请人。")
	}
	if len([]rune(d.Ask.Text)) > MaxText {
		f.Add("text", "描述太长，不超过%d个字；可以写在附件里。", MaxText)
	}
	if d.Strict {
		f = append(f, r.Missing()...)
	}
	return f.Err()
}

// Missing gives what 条例§29 wants of a request and is not there: what has to be
// corrected (条例§30).
func (r Request) Missing() errs.Fields {
	f := r.Applicant().Missing()
	if strings.TrimSpace(r.Ask.Text) == "" {
		f.Add("text", "请写明申请公开的政府信息的名称、文号，或者便于行政机关查询的其他特征（条例§29.2.2）。")
	}
	if !chosen(r.Ask.Form, Forms()) {
		f.Add("form", "请选择政府信息的形式（条例§29.2.3）。")
	}
	if !chosen(r.Ask.Way, Ways()) {
		f.Add("way", "请选择获取政府信息的方式（条例§29.2.3）。")
	}
	for _, p := range r.Parties {
		if p.Role == IsAgent && !r.hasFile("authority") {
			f.Add("authority", "委托他人代为申请的，请附授权委托书。")
		}
	}
	return f
}

func (r Request) hasFile(what string) bool {
	for _, file := range r.Files {
		if file.What == what {
			return true
		}
	}
	return false
}

// Contact is a try to reach the applicant, or the confirmation itself.
type Contact struct {
	On      calendar.Date `json:"on"`
	How     string        `json:"how"`
	Reached bool          `json:"reached"`
}

// TryContact notes that the applicant could not be reached: the request stays
// registered, and its limit begins when contact is made (国办公开办函〔2015〕207号).
type TryContact struct {
	On  calendar.Date
	How string // telephone, letter …
}

// Event is ContactTried.
func (TryContact) Event() event.Kind { return ContactTried }

func (d TryContact) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	r.Contacts = append(r.Contacts, Contact{on, d.How, false})
	return Entry{On: on}, nil
}

// Confirm settles the day of receipt.
type Confirm struct {
	On  calendar.Date
	How string
}

// Event is Confirmed.
func (Confirm) Event() event.Kind { return Confirmed }

func (d Confirm) apply(r *Request, s *Scene) (Entry, error) {
	on := s.day(d.On)
	r.Contacts = append(r.Contacts, Contact{on, d.How, true})
	r.ReceivedOn = on
	return Entry{On: on}, nil
}

// day gives a day that was told, today when none was.
func (s *Scene) day(told calendar.Date) calendar.Date {
	if told.IsZero() {
		return s.Today
	}
	return told
}
