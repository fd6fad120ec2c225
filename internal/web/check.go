package web

import (
	"html/template"
	"maps"
	"slices"
)

// Parsed gives a template for a test that checks it, with the name to execute in
// a frame; nil when there is none.
func (p *Pages) Parsed(name string) *template.Template { return p.all[name] }

// Names gives the names of all pages.
func (p *Pages) Names() []string { return slices.Sorted(maps.Keys(p.all)) }
