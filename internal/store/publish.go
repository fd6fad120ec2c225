package store

import (
	"context"
	"encoding/json"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/publish"
	"gongkai/internal/search"
)

// Documents keeps documents of proactive publication. A document is one JSON text;
// the other columns and tables are what lists, figures and the public ask for,
// written with it.
type Documents struct{ DB *DB }

const documentColumns = `id, organ_id, section_id, index_number, number, title, status, visibility, openness, kind, subject, theme, validity, drafter, formed_on,
	published_on, due, open, tend_on, request_id, counted_kind, made, ended, issued_subject, measured, late, made_on, out_on, file`

func documentValues(d publish.Document, p publish.Policy) ([]any, error) {
	file, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	row, due := d.Row(), noDue
	if !d.Due.IsZero() {
		due = d.Due.String()
	}
	var request any
	if d.Origin.Request != "" {
		request = d.Origin.Request
	}
	tally, _ := d.Tally()
	issued, _ := d.Issuance()
	made, out := lifeOf(d)
	return []any{
		d.ID, d.Organ, d.Section, d.Index, d.Number, d.Title, string(d.Status), string(d.Visibility), string(row.Openness), string(d.Kind), d.Subject, d.Theme,
		string(row.Force), row.Drafter, dayText(d.FormedOn), dayText(d.PublishedOn), due, d.Open(), dayText(d.TendOn(p)), request,
		string(tally.Kind), tally.Made, tally.Ended, issued.Subject, issued.Measured, d.Late, made, out, string(file),
	}, nil
}

func scanDocument(row interface{ Scan(...any) error }) (d publish.Document, err error) {
	var file string
	if err := row.Scan(&file); err != nil {
		return d, err
	}
	if err := json.Unmarshal([]byte(file), &d); err != nil {
		return d, errs.Wrap(err, errs.Corrupt, "文件的记录损坏，读不出来；请从备份恢复。")
	}
	return d, nil
}

// Document gives one.
func (s Documents) Document(ctx context.Context, id string) (publish.Document, error) {
	return documentByID(ctx, s.DB.read, id, "")
}

func documentByID(ctx context.Context, q querier, id, lock string) (publish.Document, error) {
	d, err := scanDocument(q.QueryRowContext(ctx, "SELECT file FROM document WHERE id = $1"+lock, id))
	return d, missing(err, "没有这份文件。")
}

// Append keeps what happened where nothing else changes.
func (s Documents) Append(ctx context.Context, events ...event.Event) error {
	return s.DB.Append(ctx, events...)
}

// Add keeps new documents.
func (s Documents) Add(ctx context.Context, judge func(publish.Around) (publish.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		c, err := judge(tx.aroundDocument(ctx))
		if err != nil {
			return err
		}
		t := tallies{}
		for _, d := range c.Added {
			values, err := documentValues(d, c.Policy)
			if err != nil {
				return err
			}
			query, args := insertRows("document", documentColumns, [][]any{values})
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return indexTaken(err, d)
			}
			if err := tx.saveDocumentBeside(ctx, d); err != nil {
				return err
			}
			t.countDocument(d, 1)
		}
		if err := tx.writeTallies(ctx, t); err != nil {
			return err
		}
		if err := tx.keepStretch(ctx, c.Stretch); err != nil {
			return err
		}
		return tx.keepDocumentChange(ctx, c)
	})
}

// Update changes one.
func (s Documents) Update(ctx context.Context, id string, judge func(*publish.Document, publish.Around) (publish.Change, error)) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		d, err := documentByID(ctx, tx, id, tx.forUpdate())
		if err != nil {
			return err
		}
		before := d
		c, err := judge(&d, tx.aroundDocument(ctx))
		if err != nil {
			return err
		}
		if err := tx.saveDocument(ctx, before, d, c.Policy); err != nil {
			return err
		}
		return tx.keepDocumentChange(ctx, c)
	})
}

func (tx *Tx) aroundDocument(ctx context.Context) publish.Around {
	return publish.Around{
		Next: func(organ, series string, year int) (int64, error) { return tx.next(ctx, organ, series, year) },
	}
}

// keepDocumentChange keeps what comes with a change.
func (tx *Tx) keepDocumentChange(ctx context.Context, c publish.Change) error {
	if err := tx.append(ctx, c.Events); err != nil {
		return err
	}
	all := make([]agenda, len(c.Agendas))
	for i, a := range c.Agendas {
		all[i] = documentAgenda(a)
	}
	return tx.keepWork(ctx, c.Pen, all)
}

// saveDocument writes a document that has changed, and moves the counters.
func (tx *Tx) saveDocument(ctx context.Context, before, d publish.Document, p publish.Policy) error {
	values, err := documentValues(d, p)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE document SET organ_id = $1, section_id = $2, index_number = $3, number = $4, title = $5, status = $6, visibility = $7,
		openness = $8, kind = $9, subject = $10, theme = $11, validity = $12, drafter = $13, formed_on = $14, published_on = $15, due = $16, open = $17,
		tend_on = $18, request_id = $19, counted_kind = $20, made = $21, ended = $22, issued_subject = $23, measured = $24, late = $25, made_on = $26, out_on = $27, file = $28 WHERE id = $29`,
		append(values[1:], d.ID)...); err != nil {
		return indexTaken(err, d)
	}
	t := tallies{}
	t.countDocument(before, -1)
	t.countDocument(d, 1)
	if err := tx.writeTallies(ctx, t); err != nil {
		return err
	}
	if err := tx.saveDocumentBeside(ctx, d); err != nil {
		return err
	}
	if err := tx.countPublic(ctx, before, d); err != nil {
		return err
	}
	was, had := searched(before)
	if is, has := searched(d); had != has || was != is {
		v, _ := d.Shown()
		return tx.indexTexts(ctx, search.PartSize, change{d.ID, is, has, v.Files})
	}
	return nil
}

// indexTaken says that an index number was given before: by an old site, or because
// two organs have the same code.
func indexTaken(err error, d publish.Document) error {
	if !duplicate(err) {
		return err
	}
	return errs.Wrap(err, errs.Conflict, "索引号%s已经用过，不能再用（条例§12.3）；同一份文件不要重复发布；确是另一份的，请不再办理这份草稿，另行起草，不填原索引号。", d.Index)
}

// saveDocumentBeside keeps links, posts, files and the line of the catalogue.
func (tx *Tx) saveDocumentBeside(ctx context.Context, d publish.Document) error {
	for _, save := range []func(context.Context, publish.Document) error{tx.saveLinks, tx.savePosts, tx.saveFiles, tx.useOfDocument, tx.saveListed} {
		if err := save(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveLinks(ctx context.Context, d publish.Document) error {
	var rows [][]any
	for _, l := range d.Links {
		rows = append(rows, []any{d.ID, string(l.Kind), l.To})
	}
	return tx.replace(ctx, "document_link", "document_id, kind, target", d.ID, rows)
}

// savePosts writes the lines of the ledger: one for each channel and time.
func (tx *Tx) savePosts(ctx context.Context, d publish.Document) error {
	title := d.Title
	if n := len(d.Versions); n > 0 {
		title = d.Versions[n-1].Title
	}
	var rows [][]any
	for _, p := range d.Posts {
		said, busy := title, false
		if p.Sending != nil {
			said, busy = p.Sending.Title, p.Sending.Next() != publish.Rests
		}
		rows = append(rows, []any{
			d.ID, p.Ref, d.Organ, string(p.Channel), dayText(p.From), dayText(p.Until), string(p.Phase()), p.Sending != nil, busy, p.By, said, p.Place, p.Address,
		})
	}
	return tx.replace(ctx, "document_post", "document_id, ref, organ_id, channel, from_on, until_on, phase, sent, busy, actor, title, place, address", d.ID, rows)
}

// replace puts the rows of a document in place of those that it had.
func (tx *Tx) replace(ctx context.Context, table, columns, id string, rows [][]any) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE document_id = $1", id); err != nil || len(rows) == 0 {
		return err
	}
	query, args := insertRows(table, columns, rows)
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// saveFiles keeps which files belong to a document, those of former texts too, and
// which of them everybody may have.
func (tx *Tx) saveFiles(ctx context.Context, d publish.Document) error {
	shown := map[publish.File]bool{}
	for _, f := range d.Files {
		shown[f] = false
	}
	for _, v := range d.Versions {
		for _, f := range v.Files {
			shown[f] = false
		}
	}
	if v, ok := d.Shown(); ok {
		for _, f := range v.Files {
			shown[f] = true
		}
	}
	for _, f := range d.PostFiles() {
		if !shown[f] {
			shown[f] = false
		}
	}
	var rows [][]any
	for f, public := range shown {
		rows = append(rows, []any{d.ID, f.Hash, f.Name, public})
	}
	err := tx.replace(ctx, "document_file", "document_id, hash, name, public", d.ID, rows)
	if unfit(err) {
		return errs.Wrap(err, errs.Invalid, "有附件没有保存好，请重新上传。")
	}
	return err
}

// PublicFile gives the name under which everybody may have a file of a document.
func (s Documents) PublicFile(ctx context.Context, id, hash string) (name string, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT name FROM document_file WHERE document_id = $1 AND hash = $2 AND public ORDER BY name LIMIT 1", id, hash).Scan(&name)
	return name, missing(err, "没有这个附件，或者已经不公开。")
}

// Due gives documents whose publication is due.
func (s Documents) Due(ctx context.Context, after string, most int) ([]publish.Document, error) {
	return collect(ctx, s.DB.read, scanDocument, "SELECT file FROM document WHERE due <> '"+noDue+"' AND id > $1 ORDER BY id LIMIT $2", after, most)
}

// Sweep goes through those about which something may be to be done, and keeps what
// judge changes.
func (s Documents) Sweep(ctx context.Context, day calendar.Date, after string, most int, judge func(*publish.Document) (publish.Change, error)) (last string, kept int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		last, kept = "", 0
		batch, err := collect(ctx, tx, scanDocument, "SELECT file FROM document WHERE tend_on <> '' AND tend_on <= $1 AND id > $2 ORDER BY id LIMIT $3"+tx.forUpdate(), day.String(), after, most)
		if err != nil {
			return err
		}
		var all publish.Change
		for i := range batch {
			before := batch[i]
			c, err := judge(&batch[i])
			if err != nil {
				return err
			}
			if len(c.Events) > 0 {
				if err := tx.saveDocument(ctx, before, batch[i], c.Policy); err != nil {
					return err
				}
				kept++
			}
			all.Pen, all.Events, all.Agendas = c.Pen, append(all.Events, c.Events...), append(all.Agendas, c.Agendas...)
		}
		if len(batch) == most {
			last = batch[most-1].ID
		}
		return tx.keepDocumentChange(ctx, all)
	})
	return last, kept, err
}

// state is what verify compares with the log: the document, with the line that
// everybody reads of it, which follows from it.
func (s Documents) state(ctx context.Context, id string) (string, error) {
	d, err := s.Document(ctx, id)
	if err != nil {
		return "", err
	}
	want, listed := d.Listed()
	got, err := collect(ctx, s.DB.read, scanListed, "SELECT "+listedColumns+" FROM catalogue WHERE document_id = $1", id)
	if err != nil {
		return "", err
	}
	if listed != (len(got) == 1) || listed && got[0] != want {
		return event.Digest("the catalogue says something else"), nil
	}
	if ledger, err := Channels(s).agrees(ctx, d); err != nil || !ledger {
		return event.Digest("the ledger says something else"), err
	}
	return d.Digest(), nil
}
