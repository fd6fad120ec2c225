package publish

import (
	"errors"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Standing is a digest of what somebody sees who opens a document to work on it: a form
// that was opened before another one changed it has another.
func (d *Document) Standing() string {
	note, conceal := "", false
	if d.Draft != nil {
		note, conceal = d.Draft.Note, d.Draft.Conceal
	}
	return event.Digest([]any{d.Content, d.Attribute, d.Grade, d.Forwards, d.Limit, note, conceal})
}

// errStale is that of a deed about something else than was seen.
var errStale = errs.New(errs.Conflict, "这份文件在您打开页面以后被别人改动过；旁边是现在的内容，请核对以后再办理。")

// Stale tells whether an error says that somebody else has changed the document
// meanwhile.
func Stale(err error) bool { return errors.Is(err, errStale) }
