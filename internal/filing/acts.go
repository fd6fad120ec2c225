package filing

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Limits of what is written.
const (
	MaxText  = 500 // characters of a source, a remark, a reason
	MaxFiles = 10  // papers of a return
)

// Fill writes figures into a return. What is not named stays, unless the whole form was
// sent; the papers are those that come with it. With 零报告 all that is added up is 0,
// and what stands stays as it was.
type Fill struct {
	Content
	Whole bool // what is not named is empty
}

// Event is Edited.
func (Fill) Event() event.Kind { return Edited }

func (f Fill) apply(r *Return, s *Scene) (Entry, error) {
	if r.Draft == nil {
		r.Draft = &Draft{}
	}
	c := &r.Draft.Content
	if f.Whole {
		c.Values = r.unasked(s)
	}
	var wrong errs.Fields
	for _, field := range Fields(s.Figures, s.Period) {
		n, told := f.Values[field.Key]
		switch {
		case !told:
			continue
		case n < 0 || n > MaxFigure:
			wrong.Add(field.Key, "请填写 0 或者更大的数，不超过一万亿。")
		}
		put(&c.Values, field.Key, n)
	}
	c.Values = AddUp(Fields(s.Figures, s.Period), c.Values)
	if f.Source = strings.TrimSpace(f.Source); utf8.RuneCountInString(f.Source) > MaxText {
		wrong.Add("source", "数据来源超过了%d个字，请缩短。", MaxText)
	}
	for key, remark := range f.Remarks {
		if remark = strings.TrimSpace(remark); utf8.RuneCountInString(remark) > MaxText {
			wrong.Add("remark-"+key, "说明超过了%d个字，请缩短。", MaxText)
		}
		put(&c.Remarks, key, remark)
	}
	if len(f.Files) > MaxFiles {
		wrong.Add("files", "文件太多，最多%d个；请合并成一个 PDF 再上传。", MaxFiles)
	}
	if err := wrong.Err(); err != nil {
		return Entry{}, err
	}
	if c.Nil, c.Source, c.Files = f.Nil, f.Source, f.Files; c.Nil {
		c.Values = r.unasked(s)
		for key, n := range s.nothing() {
			put(&c.Values, key, n)
		}
	}
	c.keepRemarks(*s)
	if !slices.Contains(r.Draft.Hands, s.Actor) {
		r.Draft.Hands = append(r.Draft.Hands, s.Actor)
	}
	return Entry{Nil: c.Nil}, nil
}

// unasked gives what was confirmed of figures that the return asks for no more: it stays
// in every version, for it counts.
func (r Return) unasked(s *Scene) map[string]int64 {
	last, _ := r.Last()
	all := maps.Clone(last.Values)
	for _, f := range Fields(s.Figures, s.Period) {
		delete(all, f.Key)
	}
	return all
}

// keepRemarks lets a remark fall with what it was about.
func (c *Content) keepRemarks(s Scene) {
	kept := map[string]string{}
	for _, f := range c.Examine(s) {
		if remark := c.Remarks[f.Key]; remark != "" {
			kept[f.Key] = remark
		}
	}
	c.Remarks = kept
}

// nothing gives the figures of a period in which nothing happened.
func (s Scene) nothing() map[string]int64 {
	all := map[string]int64{}
	for _, f := range Fields(s.Figures, s.Period) {
		all[f.Key] = 0
		if f.Figure.Stock {
			all[f.Key] = s.Before[f.Key]
		}
	}
	return all
}

func put[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}

// Submit hands the return to whoever confirms it.
type Submit struct{}

// Event is Filed.
func (Submit) Event() event.Kind { return Filed }

func (Submit) apply(r *Return, s *Scene) (Entry, error) {
	r.Draft.Back = ""
	if !slices.Contains(r.Draft.Hands, s.Actor) {
		r.Draft.Hands = append(r.Draft.Hands, s.Actor)
	}
	return Entry{Nil: r.Draft.Nil}, nil
}

// TakeBack takes back what waits to be confirmed, to change it.
type TakeBack struct{}

// Event is Withdrawn.
func (TakeBack) Event() event.Kind { return Withdrawn }

func (TakeBack) apply(*Return, *Scene) (Entry, error) { return Entry{}, nil }

// SendBack gives the return back to the section.
type SendBack struct{ Reasons string }

// Event is Returned.
func (SendBack) Event() event.Kind { return Returned }

func (b SendBack) apply(r *Return, _ *Scene) (Entry, error) {
	why, err := reason("reasons", b.Reasons, "请写明为什么退回、要改什么。")
	r.Draft.Back = why
	return Entry{}, err
}

// Confirm makes what was filed count.
type Confirm struct{}

// Event is Agreed.
func (Confirm) Event() event.Kind { return Agreed }

func (Confirm) apply(r *Return, s *Scene) (Entry, error) {
	d, values := r.Draft, r.unasked(s)
	for _, f := range Fields(s.Figures, s.Period) { // a figure may have ended since it was filled in
		if n, told := d.Values[f.Key]; told {
			put(&values, f.Key, n)
		}
	}
	d.Values = values
	v := Version{Content: d.Content, FiledBy: d.Hands, ConfirmedBy: s.Actor, ConfirmedOn: s.Today, Why: d.Why}
	var err error
	if v.Hash, err = v.hash(); err != nil {
		return Entry{}, err
	}
	r.Versions, r.Draft = append(r.Versions, v), nil
	return Entry{Version: len(r.Versions), Hash: v.Hash, Nil: v.Nil}, nil
}

// Correct begins a new version of what was confirmed: it counts until the new one is
// confirmed, and both are kept.
type Correct struct{ Why string }

// Event is CorrectionBegun.
func (Correct) Event() event.Kind { return CorrectionBegun }

func (c Correct) apply(r *Return, _ *Scene) (Entry, error) {
	why, err := reason("why", c.Why, "请写明更正什么、为什么；两个版本都会保留。")
	if err != nil {
		return Entry{}, err
	}
	last, _ := r.Last()
	r.Draft = &Draft{Content: last.cloned(), Why: why}
	return Entry{Version: len(r.Versions) + 1}, nil
}

// Drop gives a correction up.
type Drop struct{}

// Event is Dropped.
func (Drop) Event() event.Kind { return Dropped }

func (Drop) apply(r *Return, _ *Scene) (Entry, error) {
	r.Draft = nil
	return Entry{}, nil
}

func reason(field, text, ask string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", errs.InField(field, "%s", ask)
	case utf8.RuneCountInString(text) > MaxText:
		return "", errs.InField(field, "超过了%d个字，请缩短。", MaxText)
	}
	return text, nil
}
