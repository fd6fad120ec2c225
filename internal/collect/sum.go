package collect

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// Source is whose report a name in a sum stands for, and how it came.
type Source struct {
	Organ, Name string
	Way         Way
	Received    string // key of what was received; "" for what was signed here
}

// Sum is the sum of the reports at and below an organ.
type Sum struct {
	*rollup.Result
	sources map[string]Source
}

// Source gives whose report a name in the sum stands for; Way is "" where none counts.
func (s *Sum) Source(name string) Source { return s.sources[name] }

// Ways counts the reports in the sum by the way in which they came.
func (s *Sum) Ways() map[Way]int {
	all := map[Way]int{}
	for _, one := range s.sources {
		if one.Way != "" {
			all[one.Way]++
		}
	}
	return all
}

// Counting is a report that counts, as the store hands it out.
type Counting struct {
	Organ, Received string
	Way             Way
	Printed         string // annual.Report.JSON
	Arrived         calendar.Date
}

// report reads it.
func (c Counting) report(name string) (*annual.Report, error) {
	r := &annual.Report{}
	if err := r.UnmarshalJSON([]byte(c.Printed)); err != nil {
		return nil, err
	}
	r.Organ = name
	return r, nil
}

// Sum adds up what counts at and below an organ: what was signed here and what was
// received. Organs led from above are left out with all below them (条例§3). The report
// of a government that has others below is already their sum; it is compared, not added.
func (d *Desk) Sum(ctx context.Context, actor account.Actor, organ string, year int) (*Sum, error) {
	if _, err := d.sees(ctx, actor, account.WatchReports, organ, year); err != nil {
		return nil, err
	}
	return d.sum(ctx, organ, year)
}

// sum adds up by the hierarchy of the year.
func (d *Desk) sum(ctx context.Context, organ string, year int) (*Sum, error) {
	tree, _, err := d.Trees.TreeOfYear(ctx, year)
	if err != nil {
		return nil, err
	}
	if _, ok := tree.Node(organ); !ok {
		return nil, errs.New(errs.NotFound, "%d年还没有这个机关，或者当年已经撤销，没有汇总；如果它的起始日期有误，请在“机关”中更正。", year)
	}
	changes, err := d.Store.Changes(ctx, year)
	if err != nil {
		return nil, err
	}
	return d.sums.of(sumKey{tree, organ, year, changes}, func() (*Sum, error) {
		led, err := d.Store.LedFromAbove(ctx, calendar.On(year, 12, 31))
		if err != nil {
			return nil, err
		}
		s, err := add(tree, organ, year, led, &d.reports, func(each func(Counting) error) error {
			return d.Store.EachCounting(ctx, idsOf(Expected(tree, organ)), year, each)
		})
		if err != nil {
			return nil, err
		}
		return s, d.outside(ctx, s, tree, organ, year)
	})
}

func idsOf(nodes []org.Node) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	return ids
}

// outside says whose reports are left out of a sum because the organ was not there at the
// end of the year, though it is below today.
func (d *Desk) outside(ctx context.Context, s *Sum, then *org.Tree, organ string, year int) error {
	tree, err := d.Trees.Tree(ctx)
	if err != nil || tree == then {
		return err
	}
	var newer []string
	for _, n := range Expected(tree, organ) {
		if _, there := then.Node(n.ID); !there {
			newer = append(newer, n.ID)
		}
	}
	return d.Store.EachCounting(ctx, newer, year, func(c Counting) error {
		s.Issues = append(s.Issues, rollup.Issue{Kind: rollup.Unmatched, Organ: tree.Name(c.Organ), Message: fmt.Sprintf("有%d年的报告，但是按机关名录当年末还没有这个机关，没有计入；如果它的起始日期有误，请在“机关”中更正。", year)})
		return nil
	})
}

// add adds up what walk hands out.
func add(tree *org.Tree, organ string, year int, led []string, known *knownReports, walk func(each func(Counting) error) error) (*Sum, error) {
	names := uniqueNames(tree, organ)
	list, err := organList(tree, organ, led, names)
	if err != nil {
		return nil, err
	}
	s := &Sum{sources: map[string]Source{}}
	for id, name := range names {
		s.sources[name] = Source{Organ: id, Name: tree.Name(id)}
	}
	b := rollup.New(list, rollup.Options{Year: year})
	err = walk(func(c Counting) error {
		name, ok := names[c.Organ]
		if !ok {
			return nil
		}
		s.sources[name] = Source{c.Organ, tree.Name(c.Organ), c.Way, c.Received}
		kept, err := known.of(name, year, c.Printed, func() (rollup.Kept, error) {
			r, err := c.report(name)
			if err != nil {
				return rollup.Kept{}, err
			}
			r.Year = year
			return b.Keep(name, r), nil
		})
		if err != nil {
			return err
		}
		b.AddKept(kept)
		return nil
	})
	s.Result = b.Result()
	return s, err
}

// uniqueNames gives what each organ is called in a sum: by its name, or by its way from
// the top where others at or below the organ have the same.
func uniqueNames(tree *org.Tree, organ string) map[string]string {
	count := map[string]int{}
	organs := Expected(tree, organ)
	for _, n := range organs {
		count[fold(n.Name)]++
	}
	names, taken := map[string]string{}, map[string]int{}
	for _, n := range organs {
		name := n.Name
		if count[fold(name)] > 1 {
			name = tree.Route(n.ID)
		}
		if taken[fold(name)]++; taken[fold(name)] > 1 { // sisters of one name
			name += "（" + strconv.Itoa(taken[fold(name)]) + "）"
		}
		names[n.ID] = name
	}
	return names
}

// organList is the part of the tree that reports, as the sum reads lists of organs.
func organList(tree *org.Tree, organ string, led []string, names map[string]string) (*rollup.Tree, error) {
	organs := Expected(tree, organ)
	has := map[string]bool{}
	for _, n := range organs {
		has[reporting(tree, n.Parent)] = true
	}
	yes := map[bool]string{true: "是", false: "否"}
	lines := [][]string{{"机关名称", "上级机关", "不计入汇总", "汇总"}}
	for _, n := range organs {
		above := ""
		if n.ID != organ {
			above = names[reporting(tree, n.Parent)]
		}
		lines = append(lines, []string{names[n.ID], above, yes[n.ID != organ && slices.Contains(led, n.ID)], yes[has[n.ID] && org.KindOf(n.Name).Government()]})
	}
	var text bytes.Buffer
	out := csv.NewWriter(&text)
	if err := out.WriteAll(lines); err != nil {
		return nil, err
	}
	return rollup.ReadTree(&text)
}

// reporting gives the next organ upwards that reports for itself.
func reporting(tree *org.Tree, id string) string {
	for {
		n, ok := tree.Node(id)
		if !ok || n.Nature != org.Internal && !n.Ended {
			return id
		}
		id = n.Parent
	}
}
