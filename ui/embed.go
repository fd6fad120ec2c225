// Package ui holds what browsers get: templates by audience, style and scripts.
package ui

import "embed"

// Templates are the pages: templates/<audience>/<page>.html, the frames around
// them in templates/frame, what they share in templates/part.
//
//go:embed templates
var Templates embed.FS

// Static are style, scripts and pictures, served below /static/.
//
//go:embed static
var Static embed.FS
