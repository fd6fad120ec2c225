package foi

import (
	"strconv"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/personal"
)

// Party is somebody who takes part in a request. Of a person nothing stands
// here but the keys of what personal keeps.
type Party struct {
	No           int                      `json:"no"`
	Owner        string                   `json:"owner"` // under which personal keeps their data
	Role         Role                     `json:"role"`
	Kind         string                   `json:"kind"`                   // C1 … C6 of table 3
	Organisation string                   `json:"organisation,omitempty"` // name; "" of a person
	CreditCode   string                   `json:"creditCode,omitempty"`
	Data         map[personal.Kind]string `json:"data,omitempty"` // key of the datum
}

// Role is what somebody is in a request.
type Role string

// The roles.
const (
	IsApplicant  Role = "applicant"
	JoinsIn      Role = "joint"
	IsAgent      Role = "agent"
	IsThirdParty Role = "third-party"
)

// ownerOf gives under which subject personal keeps the data of the n-th party. A
// part of a request that was split refers to the data of the whole.
func (r Request) ownerOf(no int) event.Subject {
	if no == 1 {
		return Subject(r.ID)
	}
	return event.Subject{Type: "request-party", ID: r.ID + "." + strconv.Itoa(no)}
}

// RequestOf gives the request that personal data belong to.
func RequestOf(owner event.Subject) (id string, ok bool) {
	if owner.Type != "request" && owner.Type != "request-party" {
		return "", false
	}
	id, _, _ = strings.Cut(owner.ID, ".")
	return id, true
}

// Natural tells whether the party is a natural person.
func (p Party) Natural() bool { return p.Kind == natural }

const natural = "C1"

// Missing gives what 条例§29.2.1 wants to know of an applicant and is not there:
// name, proof of identity, contact.
func (p Party) Missing() errs.Fields {
	var f errs.Fields
	if !knownKind(p.Kind) {
		f.Add("kind", "请选择申请人类别。")
	}
	if p.Natural() && !p.has(personal.Name) {
		f.Add("name", "请填写姓名（条例§29.2.1）。")
	}
	if !p.Natural() && p.Organisation == "" {
		f.Add("organisation", "请填写单位名称（条例§29.2.1）。")
	}
	if p.Natural() && !p.has(personal.IDNumber, personal.Other) {
		f.Add("id-number", "请填写身份证明：公民身份号码，或者其他证件的名称和号码（条例§29.2.1）。")
	}
	if !p.Natural() && p.CreditCode == "" && !p.has(personal.Other) {
		f.Add("credit_code", "请填写统一社会信用代码，或者其他登记证件的名称和号码（条例§29.2.1）。")
	}
	if !p.has(personal.Phone, personal.Email, personal.Address) {
		f.Add("phone", "请至少填写一种联系方式：电话、电子邮箱或者通信地址（条例§29.2.1）。")
	}
	return f
}

func (p Party) has(kinds ...personal.Kind) bool {
	for _, k := range kinds {
		if p.Data[k] != "" {
			return true
		}
	}
	return false
}

func knownKind(id string) bool {
	for _, k := range law.ApplicantKinds() {
		if k.ID == id {
			return true
		}
	}
	return false
}

// join adds a party and gives its number.
func (r *Request) join(p Party) int {
	p.No = len(r.Parties) + 1
	p.Owner = r.ownerOf(p.No).String()
	r.Parties = append(r.Parties, p)
	return p.No
}

// Party gives a party by its number.
func (r Request) Party(no int) (Party, bool) {
	if no < 1 || no > len(r.Parties) {
		return Party{}, false
	}
	return r.Parties[no-1], true
}
