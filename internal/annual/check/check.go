// Package check applies the rules of law and arithmetic to an annual report on
// government information disclosure (政府信息公开工作年度报告, 条例§49–50).
//
// Two families of rules stand here, one rule a file, each beside its good and
// bad examples. The number rules look at the three tables: do columns and rows
// add up (X1–X3, Y1–Y3), does the carry-over agree with the year before (X4),
// is every cell a plain figure (K7), does a government's report equal the sum
// of its organs (K21). The text rules look at what is written around them.
//
// An empty cell among the operands of a relation counts as 0, as published
// reports use it. A relation whose total is empty, or in which a cell could not
// be read with certainty, is not assessable: it is listed as such and is never
// a violation. A rule says nothing rather than guess: where it depends on what
// the organ is and the name does not tell, it stays silent or hints.
//
// Nothing here opens files, asks for the time or changes a report. Start at
// Check; Rules is the whole list; assess in relation.go is the arithmetic.
package check

import (
	"cmp"
	"slices"
	"time"

	"gongkai/internal/annual"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// Input is a report with what is known around it. Only Report is required.
type Input struct {
	Report   *annual.Report
	Previous *annual.Report // the same organ's report on the year before

	// Children are the reports that a government's report sums up; Own is that
	// of its own office, where it is not among them. Nil where not known.
	Children []*annual.Report
	Own      *annual.Report

	// Neighbours are other organs' reports on the same year, to find copied text.
	Neighbours []*annual.Report

	Kind      org.Kind  // what the organ is; org.UnknownKind: told from its name
	Submitted time.Time // the day it reached the competent department; zero: not known
	Published time.Time // the day it was made public; zero: not known
	Due       time.Time // a day set by local notice, for organs for which 条例§49 names none

	prose *prose // the report's text made ready for the text rules, once; see text
}

// Rule is a check over a report.
type Rule = rule.Rule[*Input]

// Rules gives all rules, in the order in which they are applied.
func Rules() []Rule { return append(numberRules(), textRules()...) }

// RuleByID finds a rule by its id or by one of its other ids; ok is false if
// there is none.
func RuleByID(id string) (r Rule, ok bool) {
	for _, r := range Rules() {
		if r.ID == id || slices.Contains(r.Also, id) {
			return r, true
		}
	}
	return Rule{}, false
}

func numberRules() []Rule {
	return []Rule{
		ruleX1(), ruleX2(), ruleX3(), ruleX4(), ruleX6(), ruleX7(),
		ruleY1(), ruleY2(), ruleY3(), ruleY5(),
		ruleK07(), ruleK08(), ruleK14(), ruleK19(), ruleK20(), ruleK21(), ruleK22(),
	}
}

// Result is what the rules say about one report. Its JSON is stable; the lists
// are never null.
type Result struct {
	File          string               `json:"file"`
	Organ         string               `json:"organ"`
	Year          int                  `json:"year"`
	Findings      []rule.Finding       `json:"findings"` // gravest first, then in the order of the form
	NotAssessable []rule.NotAssessable `json:"notAssessable"`
	Doubts        []annual.Doubt       `json:"doubts"`
}

// Count tells how many findings of a severity there are.
func (r *Result) Count(s rule.Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// Check applies all rules that hold for the report's year.
func Check(in *Input) *Result { return CheckWith(Rules(), in) }

// CheckWith applies the given rules; whoever checks many reports makes the
// list once.
func CheckWith(rules []Rule, in *Input) *Result {
	r := in.Report
	v := rule.Run(rules, in, r.Year)
	sortFindings(r, v.Findings)
	res := &Result{
		File: r.File, Organ: r.Organ, Year: r.Year,
		Findings: v.Findings, NotAssessable: v.NotAssessable, Doubts: r.Doubts,
	}
	if res.Findings == nil {
		res.Findings = []rule.Finding{}
	}
	if res.NotAssessable == nil {
		res.NotAssessable = []rule.NotAssessable{}
	}
	if res.Doubts == nil {
		res.Doubts = []annual.Doubt{}
	}
	return res
}

// sortFindings puts the gravest first, then in the order in which a reader
// meets the places in the form.
func sortFindings(r *annual.Report, findings []rule.Finding) {
	if len(findings) < 2 {
		return
	}
	order := formOrder(r)
	slices.SortStableFunc(findings, func(a, b rule.Finding) int {
		return cmp.Or(
			cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)),
			cmp.Compare(order.of(a.Where), order.of(b.Where)))
	})
}

func severityRank(s rule.Severity) int {
	return slices.Index([]rule.Severity{rule.Error, rule.Warning, rule.Info}, s)
}

// kind is the kind of the organ that reports: as given, else from its name.
func (in *Input) kind() org.Kind {
	if in.Kind != org.UnknownKind {
		return in.Kind
	}
	return org.KindOf(in.Report.Organ)
}
