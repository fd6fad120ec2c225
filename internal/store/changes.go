package store

import (
	"context"
	"strconv"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
	"gongkai/internal/release"
)

// Changes counts changes of what processes keep: every one in the transaction of the
// change itself.
type Changes struct{ DB *DB }

// Changes tells how often each of some things has changed; 0 for never.
func (s Changes) Changes(ctx context.Context, of []string) (map[string]int64, error) {
	w := &where{}
	w.in("name", keys(of))
	type line struct {
		name string
		n    int64
	}
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) { return l, row.Scan(&l.name, &l.n) }, "SELECT name, n FROM revision"+w.sql(), w.args...)
	all := make(map[string]int64, len(of))
	for _, name := range of {
		all[name] = 0
	}
	for _, l := range lines {
		all[l.name] = l.n
	}
	return all, err
}

// Names under which what everybody sees counts its changes: of all documents, of those
// of an organ, of what is read most, of what documents are found by, of answers that
// everybody may read.
const (
	changedPublic = "public"
	changedTop    = "top"
	changedSearch = "search"
	changedShown  = "shown"
)

// shownOf is what everybody sees of a request in the disclosure log and on its page; "" while
// it is not there.
func shownOf(r foi.Request) string {
	if r.Visibility != foi.Public {
		return ""
	}
	return event.Digest([]any{r.Organ, r.Title, r.Outcome, r.EndedOn, r.Status, r.Decisions, r.Services, r.Handed()})
}

// countShown counts that everybody sees something else of a request; it is called before
// the request is saved.
func (tx *Tx) countShown(ctx context.Context, r foi.Request) error {
	before, err := collect(ctx, tx, scanRequest, "SELECT file FROM request WHERE id = $1 AND visibility = $2", r.ID, string(foi.Public))
	if err != nil {
		return err
	}
	was := ""
	if len(before) == 1 {
		was = shownOf(before[0])
	}
	if was == shownOf(r) {
		return nil
	}
	return tx.answerChanged(ctx, r.ID)
}

// answerChanged counts that everybody sees something else of a request.
func (tx *Tx) answerChanged(ctx context.Context, id string) error {
	if err := tx.revise(ctx, changedShown); err != nil {
		return err
	}
	return tx.revise(ctx, changedShown+"/"+id)
}

// countFiles counts that everybody sees something else of the files of a request, which is
// so for those in the log alone.
func (tx *Tx) countFiles(ctx context.Context, r foi.Request, before, now []release.File) error {
	if r.Visibility != foi.Public || event.Digest(before) == event.Digest(now) {
		return nil
	}
	return tx.answerChanged(ctx, r.ID)
}

// countChecked counts the same where a file is judged anew, or is gone.
func (tx *Tx) countChecked(ctx context.Context, hash string) error {
	shown, err := collect(ctx, tx, scanText, "SELECT r.id FROM blob_use u JOIN request r ON u.subject = $2 || r.id WHERE u.hash = $1 AND u.subject LIKE $3 AND r.visibility = 'public'",
		hash, releasesOfRequest, releasesOfRequest+"%")
	if err != nil {
		return err
	}
	for _, id := range shown {
		if err := tx.answerChanged(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// face is what everybody sees of a document: here, on the pages of others, on screens.
type face struct {
	Notice publish.Notice
	Links  []publish.Link
	Slides []publish.Slide
}

func faceOf(d publish.Document) string {
	n, shown := d.Notice()
	if !shown {
		return ""
	}
	return event.Digest(face{n, d.Links, d.Slides(calendar.Date{})})
}

// countPublic counts that everybody sees something else of a document now: in its organ,
// and in those of documents that it names or that name it.
func (tx *Tx) countPublic(ctx context.Context, before, d publish.Document) error {
	if faceOf(before) == faceOf(d) {
		return nil
	}
	named := []string{d.ID}
	for _, one := range []publish.Document{before, d} {
		for _, l := range one.Links {
			named = append(named, l.To)
		}
	}
	w := &where{}
	w.in("id", keys(named))
	organs, err := collect(ctx, tx, scanText, "SELECT organ_id FROM document"+w.sql()+" UNION SELECT d.organ_id FROM document_link l JOIN document d ON d.id = l.document_id WHERE l.target = $"+strconv.Itoa(len(w.args)+1)+" ORDER BY 1", w.with(d.ID)...)
	if err != nil {
		return err
	}
	if err := tx.revise(ctx, changedPublic); err != nil {
		return err
	}
	for _, organ := range organs {
		if err := tx.revise(ctx, changedPublic+"/"+organ); err != nil {
			return err
		}
	}
	return nil
}
