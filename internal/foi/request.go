package foi

import (
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Request is a request with all that became of it.
type Request struct {
	ID     string `json:"id"`
	Organ  string `json:"organ"`
	Number string `json:"number"` // 依申请〔2026〕12号

	Status     Status     `json:"status"`
	Outcome    string     `json:"outcome,omitempty"` // row of table 3; "" as long as nothing is decided
	Visibility Visibility `json:"visibility,omitempty"`
	Handler    string     `json:"handler,omitempty"` // key of the person; "" for whoever is there

	Channel    Channel       `json:"channel"`
	ArrivedOn  calendar.Date `json:"arrivedOn"`           // it lay on the desk, or stood in the system
	ReceivedOn calendar.Date `json:"receivedOn,omitzero"` // by law (条例§31)
	Contacts   []Contact     `json:"contacts,omitempty"`  // with the applicant, before it was confirmed

	Parties []Party `json:"parties"` // the applicant first, then those who join, agents, third parties
	Ask     Ask     `json:"ask"`
	Files   []File  `json:"files,omitempty"` // what came with it

	Correction    *Correction    `json:"correction,omitempty"`
	Consultations []Consultation `json:"consultations,omitempty"`
	Searches      []Search       `json:"searches,omitempty"`
	Extension     *Extension     `json:"extension,omitempty"`
	Reasons       *Reasons       `json:"reasons,omitempty"`
	Fee           *Demand        `json:"fee,omitempty"`
	Lapse         Lapse          `json:"lapse,omitempty"`

	Draft     *Draft        `json:"draft,omitempty"`     // the reply while it is made
	Decisions []Decision    `json:"decisions,omitempty"` // as signed; a second one after an order
	Services  []Delivery    `json:"services,omitempty"`
	EndedOn   calendar.Date `json:"endedOn,omitzero"` // the first time: table 3 counts this one
	Ended     string        `json:"ended,omitempty"`  // the outcome of then
	Took      int           `json:"took,omitempty"`   // working days from receipt to then
	Late      int           `json:"late,omitempty"`   // … of them behind the last day
	Ending    *Ending       `json:"ending,omitempty"` // without a reply, as it is proposed
	Disputes  []Dispute     `json:"disputes,omitempty"`

	Title    string        `json:"title,omitempty"`   // in the disclosure log, nothing personal in it
	Proposed calendar.Date `json:"proposed,omitzero"` // for publication (条例§44)
	Settled  *Settled      `json:"settled,omitempty"` // what became of that

	Whole string   `json:"whole,omitempty"` // the request that this is a part of
	Parts []string `json:"parts,omitempty"` // the requests that this was split into

	History []Entry       `json:"history"`
	Due     calendar.Date `json:"due,omitzero"` // last day of the reply; zero while none can be named
}

// Visibility is who may see a request beside those who handle it.
type Visibility string

// The visibilities.
const (
	Inside Visibility = ""       // the office and the applicant
	Public Visibility = "public" // the disclosure log, without anything personal
)

// Ask is what is asked for (条例§29.2). What for is not asked.
type Ask struct {
	Text string `json:"text"` // name, document number or another feature
	Form string `json:"form"` // of the information: see Forms
	Way  string `json:"way"`  // of obtaining it: see Ways
}

// Forms gives the forms in which information can be asked for (条例§29.2.3, 条例§40).
func Forms() []Choice {
	return []Choice{
		{"paper", Word{"纸质", "paper"}}, {"electronic", Word{"电子文件", "electronic file"}}, {"inspection", Word{"现场查阅、抄录", "inspection on site"}},
	}
}

// Ways gives the ways of obtaining it.
func Ways() []Choice {
	return []Choice{
		{"collect", Word{"当面领取", "collect"}},
		{"post", Word{"邮寄", "post"}},
		{"web", Word{"网上获取", "download"}},
		{"email", Word{"电子邮件", "e-mail"}},
		{"fax", Word{"传真", "fax"}},
	}
}

// File is a file that belongs to a request.
type File struct {
	Hash string `json:"hash"` // of its content, by which blob keeps it
	Name string `json:"name"`
	What string `json:"what"` // scan, identity, authority, opinion, correction, released, evidence
	// Erased is the day on which the content was erased; its name went with it.
	Erased calendar.Date `json:"erased,omitzero"`
}

// Subject names a request in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "request", ID: id} }

// Digest is what verify compares with the record.
func (r Request) Digest() string { return event.Digest(r) }

// Applicant gives the one in whose column the request is counted.
func (r Request) Applicant() Party {
	if len(r.Parties) == 0 {
		return Party{}
	}
	return r.Parties[0]
}

// Headline is the first words of what is asked, for lists.
func (r Request) Headline() string {
	const most = 40
	text := []rune(strings.Join(strings.Fields(r.Ask.Text), " "))
	if len(text) <= most {
		return string(text)
	}
	return string(text[:most]) + "…"
}

// Open tells whether something is still to be done with the request itself.
func (r Request) Open() bool { return slices.Contains(open, r.Status) }

// Decision gives the last decision that was signed.
func (r Request) Decision() (Decision, bool) {
	if len(r.Decisions) == 0 {
		return Decision{}, false
	}
	return r.Decisions[len(r.Decisions)-1], true
}
