package calendar

import "fmt"

// walked tells the days of a limit in working days, one step for each row of
// days of the same sort.
func (c *Calendar) walked(q Query, a Answer, blocks []Span, extra int) []Step {
	w := walker{c: c, limit: &q.Limit, blocks: blocks, steps: make([]Step, 0, 16)}
	w.add(Step{Kind: StepStart, From: q.From, To: q.From, Cite: q.Limit.CountCite, zh: q.Limit.Start, en: q.Limit.StartEN})
	for d := q.From.Add(1); !d.After(a.Deadline); d = d.Add(1) {
		counted := w.total
		w.day(d)
		if q.Extend > 0 && w.total == q.Limit.N+extra && counted < w.total {
			w.add(Step{Kind: StepExtension, From: d, To: d, Count: q.Extend, Cite: q.Limit.Cite})
			w.open = false
		}
	}
	if extra > 0 {
		w.add(Step{Kind: StepParallel, From: a.Deadline, To: a.Deadline, Count: extra, Cite: pauseCite})
	}
	for _, b := range blocks {
		if b.From.After(a.Deadline) {
			w.add(Step{Kind: StepIdlePause, From: b.From, To: b.To, Cite: pauseCite})
		}
	}
	w.add(Step{Kind: StepDeadline, From: a.Deadline, To: a.Deadline, Count: w.total - extra, Cite: q.Limit.Cite})
	return w.effect(q.Limit, a.Deadline)
}

const pauseCite = "条例§33.3"

// walker gathers days into steps.
type walker struct {
	c      *Calendar
	limit  *Limit
	blocks []Span
	block  int // the first block that may still lie ahead
	steps  []Step
	open   bool // the last step may grow
	total  int
}

func (w *walker) add(s Step) { w.steps = append(w.steps, s) }

func (w *walker) day(d Date) {
	i := d.Sub(w.c.first)
	kind, name := w.c.kinds[i], w.c.names[i]
	for w.block < len(w.blocks) && w.blocks[w.block].To.Before(d) {
		w.block++
	}
	if w.block < len(w.blocks) && w.blocks[w.block].holds(d) {
		s := w.grow(StepPause, d, pauseCite, "")
		if kind.Works() {
			s.Count++
		}
		return
	}
	if kind.Works() {
		w.total++
	}
	known := w.c.known[name]
	switch kind {
	case Off:
		w.grow(StepHoliday, d, known.number, known.Name).Count++
	case MakeUp:
		s := w.grow(StepMakeUp, d, known.number, known.Name)
		s.Count, s.total = s.Count+1, int32(w.total)
	case Weekend:
		s := w.plain(d)
		s.rest++
		if s.Kind == StepWeekend {
			s.Count++
		}
	default:
		s := w.plain(d)
		if s.Kind == StepWeekend {
			s.Kind, s.Count = StepCounted, 0
		}
		s.Count, s.total = s.Count+1, int32(w.total)
	}
}

// plain gives the step of ordinary weeks. It is a weekend until the first
// working day falls into it.
func (w *walker) plain(d Date) *Step {
	last := &w.steps[len(w.steps)-1]
	if w.open && last.Kind == StepCounted {
		last.To = d
		return last
	}
	return w.grow(StepWeekend, d, w.limit.Cite, "")
}

// grow lengthens the last step if it is of the same sort, else begins another.
func (w *walker) grow(kind StepKind, d Date, cite, name string) *Step {
	last := &w.steps[len(w.steps)-1]
	if w.open && last.Kind == kind && last.zh == name && last.To.Add(1) == d && (kind != StepPause || w.blocks[w.block].From != d) {
		last.To = d
		return last
	}
	w.open = true
	w.add(Step{Kind: kind, From: d, To: d, Cite: cite, zh: name})
	return &w.steps[len(w.steps)-1]
}

func (w *walker) effect(l Limit, d Date) []Step {
	if l.Effect != "" {
		w.add(Step{Kind: StepEffect, From: d, To: d, Cite: l.EffectCite, zh: l.Effect, en: l.EffectEN})
	}
	return w.steps
}

// ranThrough tells the days of a limit in calendar days or months.
func (c *Calendar) ranThrough(q Query, a Answer, last Day, exact bool) []Step {
	steps := []Step{
		{Kind: StepStart, From: q.From, To: q.From, Cite: "民法典§201.1", zh: q.Limit.Start, en: q.Limit.StartEN},
		{Kind: StepRun, From: q.From.Add(1), To: a.Plain, Count: a.Plain.Sub(q.From), Cite: q.Limit.Cite, total: int32(q.Limit.N), exact: exact, unit: q.Limit.Unit},
	}
	if q.Limit.Unit == Months {
		steps[1].Cite += "、" + q.Limit.CountCite
	}
	switch {
	case a.Deadline != a.Plain:
		steps = append(steps, Step{Kind: StepRollOver, From: a.Plain, To: a.Deadline.Add(-1), Count: a.Deadline.Sub(a.Plain), Cite: rollCite(q.Limit, last), zh: restName(last)})
	case last.Kind == MakeUp:
		steps = append(steps, Step{
			Kind: StepNoRoll, From: a.Plain, To: a.Plain, Cite: last.Cite,
			zh: fmt.Sprintf("最后一日虽在周末，但系%s调休上班日，不顺延", last.Holiday),
			en: "the last day is a weekend day that is worked: no roll-over",
		})
	}
	steps = append(steps, Step{Kind: StepDeadline, From: a.Deadline, To: a.Deadline, Cite: q.Limit.Cite})
	w := walker{steps: steps}
	return w.effect(q.Limit, a.Deadline)
}

func rollCite(l Limit, last Day) string {
	if last.Cite == "" {
		return l.RollCite
	}
	return l.RollCite + "、" + last.Cite
}

// restName names the day of rest that a last day falls on.
func restName(d Day) string {
	switch d.Kind {
	case Off:
		return d.Holiday + "放假"
	case MakeUp:
		return d.Holiday + "调休的周末"
	default:
		return "周末"
	}
}
