// Package rule is the shape of a statutory check: one rule, one file, with its
// id, title, citation and the years it holds for. Rules never change what they
// read. What a rule finds is a Finding: what stands there, what was expected
// with the arithmetic, by which norm, and how to mend it.
package rule

import "gongkai/internal/doc"

// Severity tells how sure and how grave a finding is.
type Severity string

// The severities. An Error breaks a norm or an arithmetic relation, a Warning
// very probably is a mistake, an Info is a hint that a person should look at.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Rule is one check over a subject of type T.
type Rule[T any] struct {
	ID       string   // X1, K7 …, stable for ever
	Also     []string // other ids under which the norm texts list the same check
	Title    string   // Chinese, what the rule demands
	TitleEN  string
	Severity Severity // the gravest severity that it reports
	Cite     string   // the norm: 条例§50, 国办公开办函〔2021〕30号 …
	Since    int      // first year of a report that it applies to; 0: all
	Until    int      // last year; 0: no end
	Check    func(T, *Verdict)
}

// Applies tells whether the rule holds for a report on the given year; a
// report without a known year is checked by every rule.
func (r Rule[T]) Applies(year int) bool {
	if year == 0 {
		return true
	}
	return (r.Since == 0 || year >= r.Since) && (r.Until == 0 || year <= r.Until)
}

// Where is the place in the form that a finding is about. All fields may be
// empty: a finding about the whole report has none.
type Where struct {
	Table  string `json:"table,omitempty"`  // table2, table3, table4, text
	Row    string `json:"row,omitempty"`    // R3.1, regulations, review; for text the section 一…六
	Column string `json:"column,omitempty"` // C1…C7, made, decisions
}

// Finding is what a rule has to say about one place.
type Finding struct {
	Rule     string    `json:"rule"`
	Also     []string  `json:"also,omitempty"`
	Severity Severity  `json:"severity"`
	Where    Where     `json:"where"`
	Cells    []Where   `json:"cells,omitempty"` // every cell of the relation
	Place    doc.Place `json:"place"`           // in the file
	Message  string    `json:"message"`         // Chinese: what is wrong
	Expected string    `json:"expected"`        // with the arithmetic: "3001+53 = 3054"
	Actual   string    `json:"actual"`
	Cite     string    `json:"cite"`
	Fix      string    `json:"fix,omitempty"` // Chinese: what to do
}

// NotAssessable says that a rule could not be applied somewhere, and why: an
// empty total or a doubtful cell is no violation.
type NotAssessable struct {
	Rule   string  `json:"rule"`
	Where  Where   `json:"where"`
	Cells  []Where `json:"cells,omitempty"`
	Reason string  `json:"reason"`
}

// Verdict collects what the rules say about one subject.
type Verdict struct {
	Findings      []Finding
	NotAssessable []NotAssessable

	id, cite string
	also     []string
	severity Severity
}

// Run applies the rules that hold for the year to the subject, in their order.
func Run[T any](rules []Rule[T], subject T, year int) *Verdict {
	v := &Verdict{}
	for _, r := range rules {
		if !r.Applies(year) {
			continue
		}
		v.id, v.also, v.cite, v.severity = r.ID, r.Also, r.Cite, r.Severity
		r.Check(subject, v)
	}
	return v
}

// Find adds a finding. Rule, Also, Cite and Severity default to those of the
// rule that is running.
func (v *Verdict) Find(f Finding) {
	if f.Rule == "" {
		f.Rule, f.Also = v.id, v.also
	}
	if f.Cite == "" {
		f.Cite = v.cite
	}
	if f.Severity == "" {
		f.Severity = v.severity
	}
	v.Findings = append(v.Findings, f)
}

// Skip records that the running rule could not be applied at a place.
func (v *Verdict) Skip(n NotAssessable) {
	if n.Rule == "" {
		n.Rule = v.id
	}
	v.NotAssessable = append(v.NotAssessable, n)
}
