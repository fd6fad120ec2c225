package locale

// In gives words that come in both languages in that of the page.
func (c *Catalogue) In(w struct{ Chinese, English string }) string {
	if c.Lang == English {
		return w.English
	}
	return w.Chinese
}
