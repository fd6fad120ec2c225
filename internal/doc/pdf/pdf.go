// Package pdf reads PDF files with a text layer and writes PDF files in the
// official format (GB/T 9704).
//
// A PDF has no paragraphs and no tables, only glyphs and strokes at places on
// a page. The reader turns them into a document in two steps:
//
//   - Glyphs whose baselines agree make a printed line; a gap wider than about
//     a letter parts a line into pieces. A line becomes one paragraph whose
//     Spans carry the pieces with their horizontal extent in points.
//   - Strokes that cross each other make a ruled grid. A cell is a rectangle of
//     the grid that no stroke cuts, its text the glyphs whose middle lies in it.
//     A grid becomes a table with true columns and spans (Grid is true), joined
//     with the grid at the top of the next page where the columns agree. What
//     is not a clean grid is left as lines: certainty before comfort.
//
// Page numbers, running headers and slanted watermarks are taken out of the
// text and listed as notices. Kangxi radicals and compatibility ideographs,
// which many PDF makers put where ordinary characters were typed, become
// ordinary characters; nothing else is normalised.
//
// The glyphs come from PDFium running as WebAssembly inside a sandbox without
// files or network and with bounded memory and time, because the files come
// from strangers. Pictures are not read: a scan is refused with advice.
//
// Start reading at Reader.Read, then glyphs.go, line.go and grid.go; the writer
// starts at Write and its typesetting rules are in measure.go.
package pdf

import "time"

// Limits of what is read. Beyond them a file is refused with errs.TooLarge,
// except where noted.
const (
	MaxBytes         = 64 << 20         // size of a file
	MaxPages         = 1000             // pages of a document
	MaxGlyphsPerPage = 60_000           // further glyphs are left out, with a Truncated notice
	MaxPathsPerPage  = 20_000           // further drawing objects are left out, with a Truncated notice
	MaxTime          = 60 * time.Second // for one document; then the sandbox is stopped
	maxSandboxPages  = 8192             // sandbox memory in units of 64 KiB: 512 MiB
)
