package consult

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/personal"
)

// MaxOpinion is how long an opinion may be, in characters.
const MaxOpinion = 5_000

// MaxGist is how long the words may be in which the feedback tells what opinions said.
const MaxGist = 500

// Channel is how an opinion came.
type Channel string

// Online is the only channel that people use without the clerk.
const Online Channel = "online"

// Channels gives the channels.
func Channels() []Choice {
	return []Choice{
		{Value: string(Online), Word: Word{Chinese: "网上", English: "online"}},
		{Value: "letter", Word: Word{Chinese: "信函", English: "letter"}},
		{Value: "email", Word: Word{Chinese: "电子邮件", English: "e-mail"}},
		{Value: "fax", Word: Word{Chinese: "传真", English: "fax"}},
		{Value: "phone", Word: Word{Chinese: "电话", English: "telephone"}},
		{Value: "hall", Word: Word{Chinese: "现场", English: "in person"}},
		{Value: "meeting", Word: Word{Chinese: "座谈会、听证会、论证会", English: "meeting or hearing"}},
	}
}

// Givers gives who gives opinions.
func Givers() []Choice {
	return []Choice{
		{Value: "person", Word: Word{Chinese: "个人", English: "a person"}},
		{Value: "business", Word: Word{Chinese: "企业", English: "a business"}},
		{Value: "organisation", Word: Word{Chinese: "社会组织", English: "an organisation"}},
		{Value: "other", Word: Word{Chinese: "其他", English: "somebody else"}},
	}
}

// Outcome is what became of an opinion.
type Outcome string

// The outcomes.
const (
	Adopted  Outcome = "adopted"
	Partly   Outcome = "partly"
	Declined Outcome = "declined"
)

// Outcomes gives the outcomes.
func Outcomes() []Choice {
	return []Choice{
		{Value: string(Adopted), Word: Word{Chinese: "采纳", English: "adopted"}},
		{Value: string(Partly), Word: Word{Chinese: "部分采纳", English: "adopted in part"}},
		{Value: string(Declined), Word: Word{Chinese: "未采纳", English: "not adopted"}},
	}
}

// Asides gives why an opinion is not counted.
func Asides() []Choice {
	return []Choice{
		{Value: "blank", Word: Word{Chinese: "没有实际内容", English: "without content"}},
		{Value: "duplicate", Word: Word{Chinese: "同一人重复提交", English: "sent twice by the same person"}},
		{Value: "spam", Word: Word{Chinese: "广告等无关内容", English: "spam"}},
	}
}

// Wording gives the words for a value of a list.
func Wording(value string, from []Choice) Word {
	for _, c := range from {
		if c.Value == value {
			return c.Word
		}
	}
	return Word{}
}

func chosen(value string, from []Choice) bool { return Wording(value, from) != Word{} }

// Opinion is what somebody says about a draft.
type Opinion struct {
	ID           string
	Consultation string
	Organ        string
	Number       string // that whoever gave it has
	Channel      Channel
	Giver        string
	Text         string
	Named        bool // a name or a contact is in the vault
	On           calendar.Date
	At           time.Time // it was sent or entered
	EnteredBy    string    // "" for online
	Outcome      Outcome   // "" while it is not answered
	Gist         string    // what it says, in the words of the office: the feedback tells it
	Reason       string
	Group        string // those that were answered together
	Aside        string // why it is not counted; "" when it is
	AsideReason  string
	HandledBy    string
	HandledOn    calendar.Date
}

// OpinionSubject names an opinion in the log, and its data in the vault.
func OpinionSubject(id string) event.Subject { return event.Subject{Type: opinionType, ID: id} }

const opinionType = "opinion"

// Digest is what verify compares with the record.
func (o Opinion) Digest() string {
	return event.Digest([]any{
		o.ID, o.Consultation, o.Organ, o.Number, o.Channel, o.Giver, o.Text, o.Named, o.On, o.At.UnixMilli(), o.EnteredBy,
		o.Outcome, o.Gist, o.Reason, o.Group, o.Aside, o.AsideReason, o.HandledBy, o.HandledOn,
	})
}

// Counts tells whether it is counted.
func (o Opinion) Counts() bool { return o.Aside == "" }

// Late tells whether it came after the last day.
func (o Opinion) Late(until calendar.Date) bool { return o.On.After(until) }

// Tally is how many opinions there are, and what became of those that count.
type Tally struct {
	Received   int `json:"received"` // those that count
	Adopted    int `json:"adopted"`
	Partly     int `json:"partly"`
	Declined   int `json:"declined"`
	Unanswered int `json:"unanswered,omitempty"`
	Aside      int `json:"aside,omitempty"` // not counted, in none of the others
}

// Sum counts opinions.
func Sum(all []Opinion) (t Tally) {
	for _, o := range all {
		t.Add(o.Outcome, o.Aside, 1)
	}
	return t
}

// Add counts n opinions of one sort.
func (t *Tally) Add(outcome Outcome, aside string, n int) {
	if aside != "" {
		t.Aside += n
		return
	}
	t.Received += n
	switch outcome {
	case Adopted:
		t.Adopted += n
	case Partly:
		t.Partly += n
	case Declined:
		t.Declined += n
	default:
		t.Unanswered += n
	}
}

// Given is an opinion as somebody gives it, or the clerk enters it.
type Given struct {
	Channel Channel
	Giver   string
	Text    string
	Name    string
	Contact string
	On      calendar.Date // day on which it came; zero for today
	Once    string        // of the form: sent twice, it is one opinion
}

func (g Given) tidy() Given {
	g.Text, g.Name, g.Contact = strings.TrimSpace(g.Text), strings.TrimSpace(g.Name), strings.TrimSpace(g.Contact)
	return g
}

// check tells what is wrong with an opinion of a consultation that began on a day.
func (g Given) check(from, today calendar.Date) error {
	var wrong errs.Fields
	switch n := utf8.RuneCountInString(g.Text); {
	case n < 2:
		wrong.Add("text", "请写明您的意见或者建议。")
	case n > MaxOpinion:
		wrong.Add("text", "超过了%d个字，请缩短，或者分几次提出。", MaxOpinion)
	}
	if !chosen(g.Giver, Givers()) {
		wrong.Add("giver", "请选择由谁提出。")
	}
	if !chosen(string(g.Channel), Channels()) {
		wrong.Add("channel", "请选择意见从哪里来。")
	}
	if utf8.RuneCountInString(g.Name) > MaxContact {
		wrong.Add("name", "姓名或者名称太长，不超过%d个字。", MaxContact)
	}
	if g.Contact != "" {
		if err := contactKind(g.Contact).Check(contactKind(g.Contact).Normal(g.Contact)); err != nil {
			wrong.Add("contact", "%s", errs.Public(err))
		}
	}
	switch {
	case g.On.Before(from):
		wrong.Add("on", "收到日期早于开始征求意见的%s，请核对。", from)
	case g.On.After(today):
		wrong.Add("on", "收到日期还没有到，请核对。")
	}
	return wrong.Err()
}

// contactKind tells what sort of contact somebody left: an e-mail address has its sign,
// a telephone number begins with a digit and is one, all else is an address.
func contactKind(contact string) personal.Kind {
	switch {
	case strings.Contains(contact, "@"):
		return personal.Email
	case strings.Trim(contact, "+0123456789 -—()（）") == "":
		return personal.Phone
	}
	return personal.Address
}

// receipt gives the number that a receipt shows, out of a key that nobody can guess.
func receipt(id string) string { return "YJ" + id[len(id)-12:] }

func itoa(n int) string { return strconv.Itoa(n) }
