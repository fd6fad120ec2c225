package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/publish"
)

// Unsent is how long a file may wait for the form that it was sent with.
const Unsent = 48 * time.Hour

// erasedAtOnce is how many requests are looked up at a time.
const erasedAtOnce = 200

// Erase erases the papers of requests, and what stayed inside of them and of
// documents, whose time is over (个人信息保护法§19, §47), and gives the number of records.
// It runs every night.
func (f Files) Erase(ctx context.Context, ids ident.Source) (total int, err error) {
	now := f.Clock.Now()
	today := calendar.On(now.Year(), now.Month(), now.Day())
	for {
		due, err := collect(ctx, f.DB.read, scanText, "SELECT DISTINCT subject FROM blob_use WHERE erase_after <> '' AND erase_after < $1 ORDER BY subject LIMIT $2", today.String(), erasedAtOnce)
		if err != nil || len(due) == 0 {
			return total, err
		}
		for _, subject := range due {
			if err := f.eraseOf(ctx, subject, today, event.Pen{Actor: event.System, At: now, IDs: ids}); err != nil {
				return total, err
			}
			total++
		}
	}
}

// eraseOf erases what is due of one request, or of the files that went out with its
// reply. What another record refers to stays on the disk for it.
func (f Files) eraseOf(ctx context.Context, subject string, today calendar.Date, pen event.Pen) error {
	return f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if id, ok := strings.CutPrefix(subject, publish.Subject("").String()); ok {
			hashes, err := tx.eraseMasked(ctx, id, today, pen)
			return errors.Join(err, f.emptyAll(ctx, tx, hashes))
		}
		request, isRelease := strings.CutPrefix(subject, releasesOfRequest)
		r, err := requestByID(ctx, tx, strings.TrimPrefix(request, foi.Subject("").String()), tx.forUpdate())
		if err != nil {
			return err
		}
		names, err := collect(ctx, tx, scanText, "SELECT DISTINCT name FROM blob_use WHERE subject = $1 AND erase_after <> '' AND erase_after < $2", subject, today.String())
		if err != nil || len(names) == 0 {
			return err // it was opened again in this moment
		}
		var hashes []string
		if isRelease {
			hashes, err = tx.eraseOriginals(ctx, r, today, pen)
		} else {
			hashes, err = tx.erasePapers(ctx, r, names, today, pen)
		}
		if err != nil {
			return err
		}
		return f.emptyAll(ctx, tx, hashes)
	})
}

func (f Files) emptyAll(ctx context.Context, tx *Tx, hashes []string) error {
	for _, hash := range hashes {
		if err := f.empty(ctx, tx, hash); err != nil {
			return err
		}
	}
	return nil
}

// eraseMasked takes the originals of masked parts off the record of a document.
func (tx *Tx) eraseMasked(ctx context.Context, id string, today calendar.Date, pen event.Pen) ([]string, error) {
	d, err := documentByID(ctx, tx, id, tx.forUpdate())
	if err != nil {
		return nil, err
	}
	hashes := d.EraseOriginals(today)
	if len(hashes) == 0 {
		return nil, tx.useOfDocument(ctx, d)
	}
	file, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE document SET file = $1 WHERE id = $2", string(file), d.ID); err != nil {
		return nil, err
	}
	return hashes, errors.Join(tx.useOfDocument(ctx, d), tx.append(ctx, []event.Event{d.OriginalsGone(pen, hashes)}))
}

// erasePapers takes those files of a request off its record that are due by what they
// are for.
func (tx *Tx) erasePapers(ctx context.Context, r foi.Request, names []string, today calendar.Date, pen event.Pen) (hashes []string, err error) {
	gone := map[event.Kind][]string{}
	if slices.Contains(names, usePaper) {
		gone[foi.PapersErased] = r.ErasePapers(today)
	}
	if slices.Contains(names, useInside) {
		gone[foi.OwnErased] = r.EraseEvidence(today)
	}
	if err := tx.saveRequest(ctx, r); err != nil {
		return nil, err
	}
	for _, kind := range []event.Kind{foi.PapersErased, foi.OwnErased} {
		if len(gone[kind]) == 0 {
			continue
		}
		if err := tx.append(ctx, []event.Event{r.Gone(pen, kind, gone[kind])}); err != nil {
			return nil, err
		}
		hashes = append(hashes, gone[kind]...)
	}
	return hashes, nil
}

// eraseOriginals takes the originals of files off the record from which the copies
// were made that went out.
func (tx *Tx) eraseOriginals(ctx context.Context, r foi.Request, today calendar.Date, pen event.Pen) (hashes []string, err error) {
	files, err := releasesOf(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	var events []event.Event
	for i := range files {
		if files[i].EraseOriginal(today) {
			hashes = append(hashes, files[i].Original)
			events = append(events, files[i].OriginalErased(pen))
		}
	}
	if err := tx.saveReleases(ctx, r.ID, files); err != nil {
		return nil, err
	}
	if r.Visibility == foi.Public && len(hashes) > 0 {
		if err := tx.answerChanged(ctx, r.ID); err != nil {
			return nil, err
		}
	}
	return hashes, tx.append(ctx, events)
}

// empty takes a content off the disk that no record refers to, and leaves its row.
// One that was just sent in is left alone: a form may be on its way with it.
func (f Files) empty(ctx context.Context, tx *Tx, hash string) error {
	if err := tx.holdFile(ctx, hash); err != nil {
		return err
	}
	now := f.Clock.Now()
	n, err := tx.exec(ctx, `UPDATE blob SET erased_at = $1 WHERE hash = $2 AND erased_at = 0 AND created_at < $3
		AND NOT EXISTS (SELECT 1 FROM blob_use WHERE blob_use.hash = blob.hash)`, micros(now), hash, micros(now.Add(-Unsent)))
	if err != nil || n == 0 {
		return err
	}
	return f.gone(ctx, tx, hash)
}

// gone takes away a content and what was found in it.
func (f Files) gone(ctx context.Context, tx *Tx, hash string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM file_check WHERE hash = $1", hash); err != nil {
		return err
	}
	if err := tx.countChecked(ctx, hash); err != nil {
		return err
	}
	return f.Folder.Remove(hash)
}

// holdFile keeps others from referring to a file until the end of the transaction.
func (tx *Tx) holdFile(ctx context.Context, hash string) error {
	_, err := collect(ctx, tx, scanText, "SELECT hash FROM blob WHERE hash = $1"+tx.forUpdate(), hash)
	return err
}

// Tidy takes off what no record refers to: files of forms that were never sent, and
// such as were left when a process was killed. It gives their number, and runs
// every night.
func (f Files) Tidy(ctx context.Context) (total int, err error) {
	before := f.Clock.Now().Add(-Unsent)
	hashes, err := collect(ctx, f.DB.read, scanText, `SELECT hash FROM blob WHERE erased_at = 0 AND created_at < $1
		AND NOT EXISTS (SELECT 1 FROM blob_use WHERE blob_use.hash = blob.hash) ORDER BY hash`, micros(before))
	if err != nil {
		return 0, err
	}
	strays, err := f.strays(ctx, before)
	if err != nil {
		return 0, err
	}
	for _, hash := range append(hashes, strays...) {
		did, err := f.drop(ctx, hash, before)
		if err != nil {
			return total, err
		}
		if did {
			total++
		}
	}
	return total, nil
}

// strays gives the files in the folder that are not to be there.
func (f Files) strays(ctx context.Context, before time.Time) (strays []string, err error) {
	lying, err := f.Folder.Older(before)
	if err != nil {
		return nil, err
	}
	for _, hash := range lying {
		there, err := f.DB.HasFile(ctx, hash)
		if err != nil {
			return nil, err
		}
		if !there {
			strays = append(strays, hash)
		}
	}
	return strays, nil
}

// drop takes off one file, unless somebody needs it now. One that has no row gets
// it for the moment, so that nobody else keeps the same content meanwhile.
func (f Files) drop(ctx context.Context, hash string, before time.Time) (did bool, err error) {
	err = f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		did = false
		if _, err := tx.ExecContext(ctx, "INSERT INTO blob (hash, size, media_type, created_at) VALUES ($1, 0, '', 0) ON CONFLICT (hash) DO NOTHING", hash); err != nil {
			return err
		}
		if err := tx.holdFile(ctx, hash); err != nil {
			return err
		}
		var erased int64
		if err := tx.QueryRowContext(ctx, "SELECT erased_at FROM blob WHERE hash = $1", hash).Scan(&erased); err != nil {
			return missing(err, "没有这个文件。")
		}
		if erased == 0 {
			n, err := tx.exec(ctx, "DELETE FROM blob WHERE hash = $1 AND created_at < $2 AND NOT EXISTS (SELECT 1 FROM blob_use WHERE blob_use.hash = blob.hash)", hash, micros(before))
			if err != nil || n == 0 {
				return err
			}
		}
		did = true
		return f.gone(ctx, tx, hash)
	})
	if errs.KindOf(err) == errs.NotFound { // another process was quicker
		err = nil
	}
	return did, err
}
