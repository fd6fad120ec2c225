// Package accession takes in what an old site has published (旧站移交): a list of
// documents with their files is looked at line by line, and what nothing is wrong with
// becomes drafts, on the word of whoever brought it.
//
// Ten thousand lines with their files take longer than a page may: so two jobs do the
// work, Look and Keep, which tell how far they are and may be broken off and begun
// again. Keep goes stretch by stretch, and a stretch moves the list on in the change
// that keeps its documents (publish.Stretch), so that no line becomes two documents,
// however often the button is pressed or the machine falls over. What is refused is
// told with line, column and what to do, as a page and as a list to correct.
//
// What it refuses to do: to keep a line with which something is wrong, to publish
// anything, and to show a list to anybody but who brought it. Start at Office.
package accession
