package store

import (
	"context"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
	"gongkai/internal/release"
)

// What a record needs a file for: a paper holds data of those who sent it and goes
// with these; what stays inside, such as the original of a file out of which pieces
// were taken, has a time of its own; a record stays as long as what it belongs to.
const (
	usePaper  = "paper"
	useInside = "inside"
	useRecord = "record"
)

type fileUse struct{ hash, name string }

// useOfRequest notes which files a request refers to.
func (tx *Tx) useOfRequest(ctx context.Context, r foi.Request) error {
	want := map[fileUse]bool{}
	for _, f := range r.Papers() {
		want[fileUse{f.Hash, usePaper}] = true
	}
	for _, f := range r.Evidence() {
		want[fileUse{f.Hash, useInside}] = true
	}
	for _, f := range r.Records() {
		want[fileUse{f.Hash, useRecord}] = true
	}
	until, err := tx.papersUntil(ctx, r)
	if err != nil {
		return err
	}
	return tx.use(ctx, foi.Subject(r.ID).String(), want, map[string]string{usePaper: until})
}

// papersUntil gives the last day of papers that come when a request is closed:
// that of the personal data beside them.
func (tx *Tx) papersUntil(ctx context.Context, r foi.Request) (until string, err error) {
	if r.Status != foi.Closed && r.Status != foi.InArchive {
		return "", nil
	}
	for _, p := range r.Parties {
		var last string
		if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(erase_after), '') FROM personal WHERE owner = $1", p.Owner).Scan(&last); err != nil {
			return "", err
		}
		until = max(until, last)
	}
	return until, nil
}

// releasesOfRequest is before the key of a request whose files go out with a reply.
const releasesOfRequest = "release/"

// useOfReleases notes which files are on their way out with a reply.
func (tx *Tx) useOfReleases(ctx context.Context, request string, files []release.File) error {
	want := map[fileUse]bool{}
	for _, f := range files {
		want[fileUse{f.Hash, useRecord}] = true
		switch {
		case f.StaysInside():
			want[fileUse{f.Original, useInside}] = true
		case f.OriginalGone.IsZero():
			want[fileUse{f.Original, useRecord}] = true
		}
	}
	return tx.use(ctx, releasesOfRequest+request, want, nil)
}

// useOfDocument notes which files a document refers to: what is drafted, what was
// published, what a revision came from, and what parts were before they were masked.
func (tx *Tx) useOfDocument(ctx context.Context, d publish.Document) error {
	want := map[fileUse]bool{}
	contents := []publish.Content{d.Content}
	for _, v := range d.Versions {
		contents = append(contents, v.Content)
	}
	if d.Draft != nil && d.Draft.Was != nil {
		contents = append(contents, d.Draft.Was.Content)
	}
	for _, c := range contents {
		for _, f := range c.Files {
			want[fileUse{f.Hash, useRecord}] = true
		}
	}
	for _, f := range d.PostFiles() {
		want[fileUse{f.Hash, useRecord}] = true
	}
	for _, m := range d.Maskings {
		if m.Gone.IsZero() {
			want[fileUse{m.Original, useInside}] = true
		}
	}
	subject := publish.Subject(d.ID).String()
	if err := tx.use(ctx, subject, want, nil); err != nil {
		return err
	}
	for _, m := range d.Maskings { // in order: of two with one content the later holds
		if _, err := tx.ExecContext(ctx, "UPDATE blob_use SET erase_after = $1 WHERE subject = $2 AND hash = $3 AND name = $4", dayText(m.Until), subject, m.Original, useInside); err != nil {
			return err
		}
	}
	return nil
}

// use makes the uses of a subject those that are wanted; those that stay keep their
// last day.
func (tx *Tx) use(ctx context.Context, subject string, want map[fileUse]bool, until map[string]string) error {
	have, err := collect(ctx, tx, func(row interface{ Scan(...any) error }) (u fileUse, err error) {
		return u, row.Scan(&u.hash, &u.name)
	}, "SELECT hash, name FROM blob_use WHERE subject = $1", subject)
	if err != nil {
		return err
	}
	for _, u := range have {
		if want[u] {
			delete(want, u)
			continue
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM blob_use WHERE hash = $1 AND subject = $2 AND name = $3", u.hash, subject, u.name); err != nil {
			return err
		}
	}
	for u := range want {
		if _, err := tx.ExecContext(ctx, "INSERT INTO blob_use (hash, subject, name, erase_after) SELECT hash, $1, $2, $3 FROM blob WHERE hash = $4", subject, u.name, until[u.name], u.hash); err != nil {
			return err
		}
	}
	return nil
}

// keepPapersUntil sets when the papers of a request are erased.
func (tx *Tx) keepPapersUntil(ctx context.Context, r foi.Request, until calendar.Date) error {
	_, err := tx.ExecContext(ctx, "UPDATE blob_use SET erase_after = $1 WHERE subject = $2 AND name = $3", dayText(until), foi.Subject(r.ID).String(), usePaper)
	return err
}

// keepInsideUntil sets when the papers of a request that stay inside are erased.
func (tx *Tx) keepInsideUntil(ctx context.Context, r foi.Request, until calendar.Date) error {
	_, err := tx.ExecContext(ctx, "UPDATE blob_use SET erase_after = $1 WHERE subject IN ($2, $3) AND name = $4", dayText(until), foi.Subject(r.ID).String(), releasesOfRequest+r.ID, useInside)
	return err
}
