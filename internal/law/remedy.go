package law

import "time"

// RemedyOn gives the remedy that a decision of the given day must name. Before
// 2024-01-01 reconsideration did not have to come first (行政复议法§23.1).
func (o Outcome) RemedyOn(year int, month time.Month, day int) Remedy {
	before := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Before(time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC))
	if o.Remedy == ReviewFirst && before {
		return EitherRemedy
	}
	return o.Remedy
}

// Cite gives the articles behind the remedy; empty for none.
func (r Remedy) Cite() string {
	switch r {
	case ReviewFirst:
		return "行政复议法§23.1"
	case EitherRemedy:
		return "条例§51"
	default:
		return ""
	}
}

// Text gives the sentence of a letter that tells the applicant the remedies.
// reviewer is the organ of reconsideration, court the people's court that may be
// seized. It is empty for NoRemedy.
func (r Remedy) Text(reviewer, court string) string {
	switch r {
	case ReviewFirst:
		return "如对本决定不服，应当先自收到本决定书之日起六十日内向" + reviewer + "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向" + court + "提起行政诉讼。"
	case EitherRemedy:
		return "如对本决定不服，可以自收到本决定书之日起六十日内向" + reviewer + "申请行政复议，也可以自收到本决定书之日起六个月内依法向" + court + "提起行政诉讼。"
	default:
		return ""
	}
}

// Respondent is what kind of organ made the decision that is attacked.
type Respondent int

const (
	// LocalDepartment — a department of a local government at county level or above.
	LocalDepartment Respondent = iota
	// LocalGovernment — a local government below the province.
	LocalGovernment
	// ProvincialGovernment — a province, autonomous region or municipality.
	ProvincialGovernment
	// VerticalOrgan — customs, finance, foreign exchange and others led
	// vertically, tax authorities, state security.
	VerticalOrgan
	// StateCouncilDepartment — a department of the State Council.
	StateCouncilDepartment
	// JusticeDepartment — the local justice department that acts as the office of
	// reconsideration.
	JusticeDepartment
	// AuthorisedOrganisation — an organisation authorised by law and run by a
	// local government or its department.
	AuthorisedOrganisation
)

// Reviewer tells who reconsiders decisions of a kind of organ.
type Reviewer struct {
	Organ  string // 本级人民政府 …
	Choice string // the other organ that the applicant may choose; usually empty
	Cite   string
}

// ReviewerOf gives the organ of reconsideration under the law in force since
// 2024-01-01.
func ReviewerOf(r Respondent) Reviewer {
	switch r {
	case LocalGovernment:
		return Reviewer{"上一级人民政府", "", "行政复议法§24.1.2"}
	case ProvincialGovernment:
		return Reviewer{"本级人民政府", "", "行政复议法§24.2"}
	case VerticalOrgan:
		return Reviewer{"上一级主管部门", "", "行政复议法§27"}
	case StateCouncilDepartment:
		return Reviewer{"本部门", "", "行政复议法§25.1"}
	case JusticeDepartment:
		return Reviewer{"本级人民政府", "上一级司法行政部门", "行政复议法§28"}
	case AuthorisedOrganisation:
		return Reviewer{"管理该组织的人民政府或者管理该组织的部门的本级人民政府", "", "行政复议法§24.1.4"}
	default:
		return Reviewer{"本级人民政府", "", "行政复议法§24.1.1"}
	}
}
