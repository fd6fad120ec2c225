package law

// ApplicantKind is a column of table 3: who asks.
type ApplicantKind struct {
	ID    string // C1 … C6
	Group string // 法人或其他组织, "" for natural persons
	Label string // as the form prints it
}

// ApplicantKinds gives the six kinds in the order of the form. The column C7,
// 总计, is no kind of applicant. A lawyer who acts for a person is counted where
// the person is counted, not under 法律服务机构.
func ApplicantKinds() []ApplicantKind {
	const organisations = "法人或其他组织"
	return []ApplicantKind{
		{"C1", "", "自然人"},
		{"C2", organisations, "商业企业"},
		{"C3", organisations, "科研机构"},
		{"C4", organisations, "社会公益组织"},
		{"C5", organisations, "法律服务机构"},
		{"C6", organisations, "其他"},
	}
}
