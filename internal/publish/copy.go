package publish

import "slices"

// copied gives a document that can be changed without the other seeing it.
func (d Document) copied() Document {
	d.Content = d.Content.copied()
	d.Forwards, d.Limit, d.Down = copyOf(d.Forwards), copyOf(d.Limit), copyOf(d.Down)
	d.Coming = copyOf(d.Coming)
	d.Consents, d.Versions, d.Notes = slices.Clone(d.Consents), slices.Clone(d.Versions), slices.Clone(d.Notes)
	d.Posts, d.Links, d.Assessments, d.History = slices.Clone(d.Posts), slices.Clone(d.Links), slices.Clone(d.Assessments), slices.Clone(d.History)
	d.Scans, d.Maskings, d.Past = slices.Clone(d.Scans), slices.Clone(d.Maskings), slices.Clone(d.Past)
	for i := range d.Scans {
		d.Scans[i].Found = slices.Clone(d.Scans[i].Found)
	}
	if d.Draft = copyOf(d.Draft); d.Draft != nil {
		d.Draft.Hands, d.Draft.Returns = slices.Clone(d.Draft.Hands), slices.Clone(d.Draft.Returns)
		d.Draft.Rounds = slices.Clone(d.Draft.Rounds)
	}
	return d
}

func (c Content) copied() Content {
	c.Keywords, c.Files = slices.Clone(c.Keywords), slices.Clone(c.Files)
	return c
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	other := *p
	return &other
}
