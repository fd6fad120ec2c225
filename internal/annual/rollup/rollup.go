// Package rollup sums the annual reports of many organs over the tree of
// organs: cell by cell, with the list of who contributed what to each cell, and
// of the reports that are missing, late or doubtful (条例§49, §50).
//
// The tree comes from a list of organs (ReadTree) or, without one, from the
// folders in which the reports lie: a sub-folder is a subordinate organ. Only a
// list knows who ought to have reported, so only with a list are reports found
// missing.
//
// Reports arrive one at a time and are not kept: a Builder remembers of each
// only the figures that are not zero, their places, and what was doubtful.
//
// What counts:
//
//   - A report counts as its organ's own contribution, beside those of the
//     organs below it. The report of a government is often already the sum of
//     them; that is never guessed. The list says so in its column 汇总, or the
//     caller with Options.GovernmentTotals. Such a stated total is compared with
//     the sum of what was reported below (K21) and not added to it; it counts
//     only if nothing below it was reported.
//   - An organ marked 不计入汇总 (vertically led organs report to their own
//     system) is left out with all below it.
//   - An empty cell or a mark counts as 0 and is noted. An empty total beside
//     figures does not: the sum of that cell is incomplete, as it is when a
//     figure could not be read with certainty.
//   - Two reports of one organ on the year count where they agree; cells in
//     which they differ are doubtful. Which is the newer is not guessed.
//   - The tables of part two of the forms of 2019 and 2021 count different
//     things: where both occur that table is refused. Where some reports have
//     （六）其他处理 in one row and some in three, only its total is summed.
//
// Start at New, then Result.
package rollup

import (
	"path"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
)

// Options are the choices of whoever sums.
type Options struct {
	// Year is the year summed; 0 takes the year of most reports.
	Year int
	// GovernmentTotals says that the report of a government that has organs below
	// it is already their sum.
	GovernmentTotals bool
	// TownshipDue is the day by which townships report, if a local notice sets
	// one: 条例§49 names none. The zero Day checks nothing.
	TownshipDue Day
}

// Day is a day of the year after the year reported on.
type Day struct{ Month, Day int }

// Builder collects reports. It is not for use by several goroutines at once.
type Builder struct {
	tree    *Tree
	options Options
	space   *space
	entries []*entry
}

// New makes a Builder over a tree; nil means the tree of the folders of the
// paths that will be given to Add.
func New(tree *Tree, options Options) *Builder {
	return &Builder{tree: tree, options: options, space: newSpace()}
}

// Add takes a report in. The name of its file says where it came from and, without a list
// of organs, where its organ stands in the tree; it should be relative to the
// folder that is summed. The report is not kept.
func (b *Builder) Add(file string, r *annual.Report) { b.AddKept(b.Keep(file, r)) }

// Kept is what a sum needs of a report. It does not change and may be added to many sums.
type Kept struct{ entry *entry }

// Keep gives what a sum needs of a report, named as for Add.
func (b *Builder) Keep(file string, r *annual.Report) Kept {
	return Kept{b.space.compact(cleanPath(file), r)}
}

// AddKept takes in a report that was kept, by this Builder or another: all number the cells
// in the same way.
func (b *Builder) AddKept(k Kept) { b.entries = append(b.entries, k.entry) }

// AddError takes in that a file could not be read.
func (b *Builder) AddError(file string, err error) {
	reason := errs.Public(err)
	b.entries = append(b.entries, &entry{path: cleanPath(file), unreadable: strings.Clone(reason)})
}

// cleanPath writes a path with slashes, whatever the system.
func cleanPath(p string) string {
	return strings.Clone(path.Clean(strings.ReplaceAll(p, `\`, "/")))
}
