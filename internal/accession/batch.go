package accession

import (
	"slices"

	"gongkai/internal/arrival"
	"gongkai/internal/job"
	"gongkai/internal/publish"
)

// Kinds of the jobs.
const (
	LookKind job.Kind = "accession.look"
	KeepKind job.Kind = "accession.keep"
)

// Batch is a list on its way in.
type Batch struct {
	arrival.Ticket
	Section string            // that drafts, in the organ's name
	Content string            // hash of what is known of it
	Done    int               // lines behind which everything is settled
	Kept    int               // documents
	Late    []publish.Problem // of lines that were good when they were looked at
}

// Content is what is known of a list.
type Content struct {
	Name     string                  // of the file
	List     string                  // hash of it
	Sent     []publish.File          // what came with it: files, and archives of files
	Unpacked bool                    // Files and Unfit are filled
	Files    map[string]publish.File // by their paths
	Unfit    map[string]string       // by their paths, with the reason
	Sheet    publish.Sheet
	Mapping  publish.Mapping
	Found    Found
}

// Found is what a look has found.
type Found struct {
	Trouble  string   // why the list cannot be taken in at all; "" when it can
	Missing  []string // names of columns that must be there
	Problems []publish.Problem
	Warnings []publish.Problem
	Count    int // lines
	Bad      int // … with a problem
}

// Good tells that nothing is wrong.
func (f Found) Good() bool { return f.Usable() && f.Bad == 0 }

// Usable tells that there are lines with which nothing is wrong.
func (f Found) Usable() bool { return f.Trouble == "" && len(f.Missing) == 0 && f.Count > f.Bad }

// Refusal is a line that was not taken in, with all that is wrong with it.
type Refusal struct {
	Line     int
	Problems []publish.Problem
	Cells    []string // as the list has them
}

// Refused gives the lines of problems, in the order of the list.
func Refused(sheet publish.Sheet, problems ...[]publish.Problem) []Refusal {
	of := map[int][]publish.Problem{}
	for _, some := range problems {
		for _, p := range some {
			of[p.Line] = append(of[p.Line], p)
		}
	}
	var all []Refusal
	for _, row := range sheet.Rows {
		if found := of[row.Number]; len(found) > 0 {
			all = append(all, Refusal{row.Number, found, slices.Clone(row.Cells)})
		}
	}
	return all
}

// lines counts the lines of problems.
func linesOf(problems []publish.Problem) map[int]bool {
	lines := map[int]bool{}
	for _, p := range problems {
		lines[p.Line] = true
	}
	return lines
}
