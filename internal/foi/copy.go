package foi

import "slices"

// copied gives a request that can be changed without the other seeing it.
func (r Request) copied() Request {
	r.Contacts, r.Parties, r.Files = slices.Clone(r.Contacts), slices.Clone(r.Parties), slices.Clone(r.Files)
	r.Consultations, r.Searches = slices.Clone(r.Consultations), slices.Clone(r.Searches)
	r.Decisions, r.Services, r.Disputes = slices.Clone(r.Decisions), slices.Clone(r.Services), slices.Clone(r.Disputes)
	r.Parts, r.History = slices.Clone(r.Parts), slices.Clone(r.History)
	r.Correction, r.Extension, r.Reasons, r.Fee = copyOf(r.Correction), copyOf(r.Extension), copyOf(r.Reasons), copyOf(r.Fee)
	r.Ending = copyOf(r.Ending)
	if r.Draft = copyOf(r.Draft); r.Draft != nil {
		r.Draft.Returns = slices.Clone(r.Draft.Returns)
	}
	return r
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	other := *p
	return &other
}
