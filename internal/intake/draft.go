package intake

import (
	"strings"
	"time"

	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/personal"
)

// Life is how long a draft waits after it was last touched.
const Life = 2 * time.Hour

// Limits of a draft.
const (
	MaxFile  = 10 << 20 // bytes
	MaxFiles = 6
	MaxJoint = 10
	maxLine  = 200 // characters
)

// Draft is a request while it is filled in.
type Draft struct {
	Organ  string `json:"organ,omitempty"`
	Who    Person `json:"who"`
	Reach  Reach  `json:"reach"`
	Others Others `json:"others"`
	Ask    foi.Ask

	Files []File `json:"files,omitempty"`
	// Seen tells that what was disclosed before was shown.
	Seen bool `json:"seen,omitempty"`
}

// Person is who asks: a natural person or an organisation.
type Person struct {
	Kind         string `json:"kind,omitempty"` // C1 … C6
	Name         string `json:"name,omitempty"` // of the person; of an organisation who is to be called
	IDNumber     string `json:"idNumber,omitempty"`
	Paper        string `json:"paper,omitempty"` // another identity paper, and its number
	PaperNumber  string `json:"paperNumber,omitempty"`
	Organisation string `json:"organisation,omitempty"`
	CreditCode   string `json:"creditCode,omitempty"`
	Phone        string `json:"phone,omitempty"` // of one who joins in, or acts for the applicant
}

// Reach is how to reach the applicant.
type Reach struct {
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
	Address string `json:"address,omitempty"`
}

// Others are those who join in and who acts for the applicant.
type Others struct {
	Told  bool     `json:"told,omitempty"` // the page was answered
	Joins bool     `json:"joins,omitempty"`
	Acts  bool     `json:"acts,omitempty"`
	Joint []Person `json:"joint,omitempty"`
	Agent Person   `json:"agent"`
}

// File is a file of a draft.
type File struct {
	No   int    `json:"no"`
	Name string `json:"name"`
	What string `json:"what"` // as of foi.File
	Type string `json:"type"` // media type by its content
	Size int64  `json:"size"`
}

// The step of a draft that is still to be filled in, by the name of its page.
const (
	StepOrgan   = "organ"
	StepKind    = "kind"
	StepWho     = "who"
	StepContact = "contact"
	StepOthers  = "others"
	StepJoint   = "joint"
	StepAgent   = "agent"
	StepWhat    = "what"
	StepHow     = "how"
	StepCheck   = "check"
)

// Next gives the first page that is not answered yet, StepCheck when all are.
func (d Draft) Next() string {
	switch {
	case d.Organ == "":
		return StepOrgan
	case d.Who.Kind == "":
		return StepKind
	case d.Who.Check("") != nil:
		return StepWho
	case d.Reach.Check() != nil:
		return StepContact
	case !d.Others.Told:
		return StepOthers
	case d.Others.Joins && len(d.Others.Joint) == 0:
		return StepJoint
	case d.Others.Acts && (d.Others.Agent.Check(agentPrefix) != nil || !d.has("authority")):
		return StepAgent
	case strings.TrimSpace(d.Ask.Text) == "":
		return StepWhat
	case d.Ask.Form == "" || d.Ask.Way == "":
		return StepHow
	}
	return StepCheck
}

func (d Draft) has(what string) bool {
	for _, f := range d.Files {
		if f.What == what {
			return true
		}
	}
	return false
}

// Of gives the files of a sort.
func (d Draft) Of(what string) []File {
	var some []File
	for _, f := range d.Files {
		if f.What == what {
			some = append(some, f)
		}
	}
	return some
}

// Natural tells whether a natural person asks.
func (p Person) Natural() bool { return p.Kind == law.ApplicantKinds()[0].ID }

// party gives the person as a request has it, and what is sealed of them.
func (p Person) party(role foi.Role) (foi.Party, foi.Facts) {
	party, facts := foi.Party{Role: role, Kind: p.Kind}, foi.Facts{personal.Name: p.Name, personal.Phone: p.Phone}
	if p.Natural() {
		facts[personal.IDNumber] = p.IDNumber
	} else {
		party.Organisation, party.CreditCode = p.Organisation, p.CreditCode
	}
	if p.PaperNumber != "" {
		facts[personal.Other] = strings.TrimSpace(p.Paper + " " + p.PaperNumber)
	}
	return party, facts
}

// intake gives the draft as the office receives it, without its files.
func (d Draft) intake() foi.Intake {
	in := foi.Intake{Organ: d.Organ}
	party, facts := d.Who.party(foi.IsApplicant)
	facts[personal.Phone], facts[personal.Email], facts[personal.Address] = d.Reach.Phone, d.Reach.Email, d.Reach.Address
	add := func(p foi.Party, f foi.Facts) {
		in.Receive.Parties, in.Facts = append(in.Receive.Parties, p), append(in.Facts, f)
	}
	add(party, facts)
	if d.Others.Joins {
		for _, p := range d.Others.Joint {
			add(p.party(foi.JoinsIn))
		}
	}
	if d.Others.Acts {
		add(d.Others.Agent.party(foi.IsAgent))
	}
	in.Receive.Ask = d.Ask
	return in
}
