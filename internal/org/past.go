package org

import (
	"context"

	"gongkai/internal/calendar"
)

// pastTree is the hierarchy of a year, with what it was read from.
type pastTree struct {
	tree     *Tree
	day      calendar.Date
	revision int64
	today    calendar.Date
}

// keptYears is how many trees of years are kept in memory.
const keptYears = 12

// TreeOfYear gives the hierarchy at the end of a year, by which the reports on that year
// are expected and added up, and its day. The day is zero, and the tree that of today,
// where nothing has changed since; so it is in the running year. Of the years before the
// records of organs begin it is that at the end of the first: that they were entered later
// does not mean that there were no organs.
func (b *Book) TreeOfYear(ctx context.Context, year int) (*Tree, calendar.Date, error) {
	tree, err := b.Tree(ctx)
	if err != nil {
		return nil, calendar.Date{}, err
	}
	today := dayOf(b.Clock.Now())
	b.mu.Lock()
	kept, revision := b.past[year], b.revision
	b.mu.Unlock()
	if kept.tree != nil && kept.revision == revision && kept.today == today {
		return kept.tree, kept.day, nil
	}
	kept = pastTree{tree: tree, revision: revision, today: today}
	if kept.day, err = b.endOf(ctx, year, today); err != nil {
		return nil, calendar.Date{}, err
	}
	if !kept.day.IsZero() {
		if kept.tree, err = b.TreeOn(ctx, kept.day); err != nil {
			return nil, calendar.Date{}, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.past == nil || len(b.past) >= keptYears {
		b.past = map[int]pastTree{}
	}
	b.past[year] = kept
	return kept.tree, kept.day, nil
}

// endOf gives the day whose tree is that of a year; zero for today's.
func (b *Book) endOf(ctx context.Context, year int, today calendar.Date) (calendar.Date, error) {
	begun, err := b.Store.Begun(ctx)
	if err != nil {
		return calendar.Date{}, err
	}
	if !begun.IsZero() {
		year = max(year, begun.Year())
	}
	day := calendar.On(year, 12, 31)
	if !day.Before(today) {
		return calendar.Date{}, nil
	}
	changed, err := b.Store.ChangedBetween(ctx, day, today)
	if err != nil || !changed {
		return calendar.Date{}, err
	}
	return day, nil
}

// TreeOfYear gives the same.
func (f FixedTree) TreeOfYear(context.Context, int) (*Tree, calendar.Date, error) {
	return f.tree, calendar.Date{}, nil
}
