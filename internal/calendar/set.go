package calendar

// Set gives the answer for a last day that somebody sets instead of the law: the
// period for a correction (条例§30), a delayed limit (条例§35), the day that an
// order names. Nothing is counted; the limit tells who set it and why.
func (c *Calendar) Set(l Limit, from, until Date) Answer {
	return Answer{Limit: l, From: from, Plain: until, Deadline: until, Steps: []Step{
		{Kind: StepStart, From: from, To: from, Cite: l.Cite, zh: l.Start, en: l.StartEN},
		{Kind: StepDeadline, From: until, To: until, Cite: l.Cite},
	}}
}
