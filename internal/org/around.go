package org

import (
	"slices"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// Around is what a change of an organ must know beside it, as the transaction
// sees it.
type Around struct {
	// Tree gives the hierarchy of today.
	Tree func() (*Tree, error)
	// Organ gives an organ, NotFound when there is none.
	Organ func(id string) (Organ, error)
	// Children gives the organs that stand directly below one on a day or later.
	Children func(id string, from calendar.Date) ([]Organ, error)
	// Holder gives the name of another organ that has a credit code on a day or
	// later; "" when there is none.
	Holder func(code, but string, from calendar.Date) (string, error)
}

// carries refuses a parent that does not live all the time from a day until
// another, zero for ever. So every organ has a living parent on every day.
func (a Around) carries(parent string, from, until calendar.Date) error {
	if parent == "" {
		return nil
	}
	p, err := a.Organ(parent)
	switch {
	case errs.KindOf(err) == errs.NotFound && err != nil:
		return errs.InField("parent", "请选择上级机关。")
	case err != nil:
		return err
	}
	ended := p.Ended()
	switch {
	case from.Before(p.Versions[0].From):
		return errs.InField("from", "上级机关%s从%s起才存在，生效日期不能更早；如果它的起始日期有误，请先更正它。", p.Last().Name, p.Versions[0].From)
	case !ended.IsZero() && (until.IsZero() || ended.Before(until)):
		return errs.InField("parent", "%s从%s起已经撤销或者合并，不能作为上级机关。", p.Last().Name, ended)
	}
	return nil
}

// noRing refuses to put an organ below itself from a day on, be it by a move of
// another organ that is ordered for later only.
func (a Around) noRing(id, parent string, from calendar.Date) error {
	ring, err := a.climbs(parent, id, from, calendar.Date{}, 0)
	if err != nil || !ring {
		return err
	}
	return errs.InField("parent", "不能划转到自己或者自己的下级机关之下。")
}

// climbs tells whether an organ stands below another at any time from a day
// until another. It goes up through the versions of those times.
func (a Around) climbs(organ, ancestor string, from, until calendar.Date, depth int) (bool, error) {
	const deepest = 100 // levels; a ring in the data ends too
	if organ == ancestor || depth > deepest {
		return true, nil
	}
	if organ == "" {
		return false, nil
	}
	o, err := a.Organ(organ)
	if err != nil {
		return false, err
	}
	for _, v := range o.Versions {
		begin, end := later(from, v.From), earlier(until, v.Until)
		if !end.IsZero() && !begin.Before(end) {
			continue
		}
		if ring, err := a.climbs(v.Parent, ancestor, begin, end, depth+1); ring || err != nil {
			return ring, err
		}
	}
	return false, nil
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// earlier gives the earlier of two ends, of which zero is never.
func earlier(a, b calendar.Date) calendar.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// free refuses to end an organ that has others below it on that day or later.
func (a Around) free(id string, from calendar.Date) error {
	children, err := a.Children(id, from)
	if err != nil || len(children) == 0 {
		return err
	}
	slices.SortFunc(children, func(a, b Organ) int { return a.Versions[0].From.Compare(b.Versions[0].From) })
	more := ""
	if len(children) > 1 {
		more = "等"
	}
	return errs.New(errs.Conflict, "从%s起还有下级机关（%s%s），请先划转或者撤销。", from, children[0].Last().Name, more)
}

// unclaimed refuses a credit code that another organ has.
func (a Around) unclaimed(v Version, id string) error {
	if v.CreditCode == "" {
		return nil
	}
	name, err := a.Holder(v.CreditCode, id, v.From)
	if err != nil || name == "" {
		return err
	}
	sentence := "统一社会信用代码“" + v.CreditCode + "”已经属于" + name + "。"
	return &errs.Error{Kind: errs.Conflict, Public: sentence, Fields: errs.Fields{{Name: "credit_code", Public: sentence}}}
}
