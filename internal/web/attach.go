package web

import (
	"mime"
	"net/http"
	"path"
	"strings"
)

// officeTypes tell what a zip package is that an office program made. Its bytes say
// only that it is a package.
var officeTypes = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".ofd":  "application/ofd",
}

// Attach names the file that an answer is, and how its bytes are to be read. It is
// saved, never opened on the site.
func Attach(w http.ResponseWriter, name, mediaType string) {
	if office, ok := officeTypes[strings.ToLower(path.Ext(name))]; ok && mediaType == "application/zip" {
		mediaType = office // phones open by it, not by the name
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	if w.Header().Get("ETag") == "" { // what is known again is asked for again
		w.Header().Set("Cache-Control", "no-store")
	}
}
