package cli

// checkJSON writes the results as one JSON array. An element is a check.Result,
// or {"file","error":{"kind","message"}} for a file that could not be read.
type checkJSON struct{ list jsonList }

func (w *checkJSON) add(c *checked) error {
	if c.err != nil {
		return w.list.add(failureOf(c.file, c.err))
	}
	return w.list.add(c.result)
}

func (w *checkJSON) end(*tally) error { return w.list.end() }
