package foi

// Handed gives the files that went out with the last reply that was served and did
// not come back.
func (r Request) Handed() []File {
	last := 0
	for _, s := range r.Services {
		if !s.Failed {
			last = max(last, s.Decision)
		}
	}
	if last == 0 || last > len(r.Decisions) {
		return nil
	}
	return r.Decisions[last-1].released()
}
