package consult

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Sizes of what is written.
const (
	MaxTitle   = 120
	MaxText    = 60_000 // of a draft, of an explanation
	MaxReason  = 2_000  // of reasons and notes
	MaxContact = 120
	MaxFiles   = 10 // of a draft, of an explanation
)

// File is a file that everybody may have once the consultation is open.
type File struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
}

// Paper is a text, files, or both.
type Paper struct {
	Text  string `json:"text,omitempty"`
	Files []File `json:"files,omitempty"`
}

func (p Paper) empty() bool { return p.Text == "" && len(p.Files) == 0 }

// Content is what everybody will read.
type Content struct {
	Title       string        `json:"title"`
	Kind        Kind          `json:"kind"`
	From        calendar.Date `json:"from,omitzero"`  // first day
	Until       calendar.Date `json:"until,omitzero"` // last day, included
	Urgent      string        `json:"urgent,omitempty"`
	Draft       Paper         `json:"draft"`
	Explanation Paper         `json:"explanation"`
	Email       string        `json:"email,omitempty"`
	Address     string        `json:"address,omitempty"`
	Fax         string        `json:"fax,omitempty"`
	Contact     string        `json:"contact"` // who answers questions
	Phone       string        `json:"phone"`
	Past        bool          `json:"past,omitempty"` // it was held elsewhere and is entered afterwards
}

// Note is what everybody is told about a consultation that has changed.
type Note struct {
	On   calendar.Date `json:"on"`
	Text string        `json:"text"`
}

// Consultation is a draft on which everybody is asked.
type Consultation struct {
	ID         string        `json:"id"`
	Organ      string        `json:"organ"`
	Status     Status        `json:"status"`
	Content    Content       `json:"content"`
	Hands      []string      `json:"hands,omitempty"` // who wrote it
	Back       string        `json:"back,omitempty"`  // why it was sent back
	Excuse     string        `json:"excuse,omitempty"`
	ApprovedOn calendar.Date `json:"approvedOn,omitzero"`
	ApprovedBy string        `json:"approvedBy,omitempty"`
	Notes      []Note        `json:"notes,omitempty"`
	EndedOn    calendar.Date `json:"endedOn,omitzero"` // withdrawn or given up
	Draft      *Feedback     `json:"draft,omitempty"`  // feedback that is not public yet
	Feedback   []Feedback    `json:"feedback,omitempty"`
	Final      string        `json:"final,omitempty"` // the document that was published in the end
	History    []Entry       `json:"history,omitempty"`
}

// Subject names a consultation in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "consultation", ID: id} }

// Digest is what verify compares with the record.
func (c Consultation) Digest() string { return event.Digest(c) }

// Told gives the feedback that everybody reads; false when there is none.
func (c Consultation) Told() (Feedback, bool) {
	if len(c.Feedback) == 0 {
		return Feedback{}, false
	}
	return c.Feedback[len(c.Feedback)-1], true
}

// Files gives all files of a consultation.
func (c Consultation) Files() []File {
	return append(slices.Clone(c.Content.Draft.Files), c.Content.Explanation.Files...)
}

// Scene is what surrounds a deed.
type Scene struct {
	Actor  string
	At     time.Time
	Today  calendar.Date
	Organ  org.Node
	Policy Policy
	Cal    *calendar.Calendar
	Ledger []Opinion // of the consultation
	Found  []Found   // by the release guard, in what the deed makes public
}

// tidy takes away blanks around what was typed.
func (c Content) tidy() Content {
	for _, text := range []*string{&c.Title, &c.Urgent, &c.Draft.Text, &c.Explanation.Text, &c.Email, &c.Address, &c.Fax, &c.Contact, &c.Phone} {
		*text = strings.TrimSpace(*text)
	}
	return c
}

// check tells what cannot be kept. What is only missing is said when it is submitted.
func (c Content) check() error {
	var wrong errs.Fields
	for _, f := range []struct {
		name, text string
		most       int
	}{
		{"title", c.Title, MaxTitle},
		{"urgent", c.Urgent, MaxReason},
		{"draft", c.Draft.Text, MaxText},
		{"explanation", c.Explanation.Text, MaxText},
		{"email", c.Email, MaxContact},
		{"address", c.Address, MaxContact},
		{"fax", c.Fax, MaxContact},
		{"contact", c.Contact, MaxContact},
		{"phone", c.Phone, MaxContact},
	} {
		if utf8.RuneCountInString(f.text) > f.most {
			wrong.Add(f.name, "超过了%d个字，请缩短；长的内容可以作为附件上传。", f.most)
		}
	}
	if c.Title == "" {
		wrong.Add("title", "请填写标题，如“关于《……办法（征求意见稿）》公开征求意见的公告”。")
	}
	if _, ok := SortOf(c.Kind); !ok {
		wrong.Add("kind", "请选择征求意见的事项属于哪一类；期限按类别计算。")
	}
	if c.Email != "" && !strings.Contains(c.Email, "@") {
		wrong.Add("email", "电子邮箱不正确，请写成 name@example.cn 这样的形式。")
	}
	for name, p := range map[string]Paper{"draft-files": c.Draft, "explanation-files": c.Explanation} {
		if len(p.Files) > MaxFiles {
			wrong.Add(name, "文件太多，最多%d个。", MaxFiles)
		}
	}
	if !c.From.IsZero() && !c.Until.IsZero() && c.Until.Before(c.From) {
		wrong.Add("until", "截止日期早于开始日期，请核对。")
	}
	return wrong.Err()
}

// missing tells what the law wants before everybody is asked; "" for nothing.
func (c Content) missing(s *Scene) string {
	switch {
	case c.From.IsZero() || c.Until.IsZero():
		return "还没有填写开始日期和截止日期"
	case c.Draft.empty():
		return "还没有征求意见稿的正文或者附件"
	case c.Explanation.empty():
		return "还没有起草说明的正文或者附件"
	case c.Contact == "" || c.Phone == "":
		return "还没有填写联系人和联系电话"
	}
	least, err := s.Policy.Least(c.Kind, c.From, s.Cal)
	switch {
	case err != nil:
		return strings.TrimRight(errs.Public(err), "。")
	case c.Until.Before(least) && c.Urgent == "":
		return "期限太短：" + s.Policy.Period(c.Kind).Chinese + "，最早到" + least.String() + "截止；因情况紧急需要缩短的，请填写理由，理由会公布"
	}
	return ""
}

// Short tells that a consultation is shorter than the least period.
func (c Content) Short(p Policy, cal *calendar.Calendar) bool {
	least, err := p.Least(c.Kind, c.From, cal)
	return err == nil && c.Until.Before(least)
}
