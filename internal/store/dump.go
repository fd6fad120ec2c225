package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"gongkai/internal/backup"
	"gongkai/internal/errs"
)

// dump is a table of a backup, and the order of its rows.
type dump struct{ table, order string }

// dumped are the tables of a backup, in an order in which they can be put back:
// what is referred to first. Within a table the order matters where rows refer to
// rows of the same table. A table that a migration takes away stays here, for
// backups of older versions.
var dumped = []dump{
	{"event", "id"},
	{"log_hash", "place"},
	{"log_head", "size"},
	{"revision", "name"},
	{"organ", "length(path), id"},
	{"organ_version", "organ_id, valid_from"},
	{"person", "id"},
	{"recovery_code", "person_id, hash"},
	{"role_grant", "person_id, organ_id, role"},
	{"blob", "hash"},
	{"blob_use", "hash, subject, name"},
	{"personal", "id"},
	{"setting", "organ_id, name"},
	{"holiday_notice", "id"},
	{"work_item", "id"},
	{"figure_recount", "id"},
	{"job", "id"},
	{"job_schedule", "name"},
	{"notification", "id"},
	{"message", "id"},
	{"notify_choice", "person_id, channel"},
	{"api_client", "id"},
	{"request", "id"},
	{"request_dispute", "request_id, ref"},
	{"request_fee", "request_id"},
	{"request_tally", "organ_id, received, ended, kind, outcome"},
	{"dispute_tally", "organ_id, filed, decided, kind, result"},
	{"request_joint", "request_id, no"},
	{"request_stage", "request_id, ref, nth"},
	{"request_tally_other", "organ_id, convention, received, ended, kind, outcome"},
	{"stage_tally", "organ_id, filed, decided, kind, result"},
	{"reply_tally", "organ_id, year"},
	{"load_tally", "organ_id, status, handler, due"},
	{"request_note", "id"},
	{"request_trace", "request_id, trace"},
	{"request_gram", "organ_id, block, gram"},
	{"work_substitute", "id"},
	{"request_shelf", "person_id, request_id, act"},
	{"serial", "organ_id, series, year"},
	{"letter", "id"},
	{"letter_template", "organ_id, kind, nth"},
	{"release_file", "id"},
	{"file_check", "hash"},
	{"lexicon_word", "id"},
	{"document", "id"},
	{"document_link", "document_id, kind, target"},
	{"document_post", "document_id, ref"},
	{"document_file", "document_id, hash, name"},
	{"catalogue", "document_id"},
	{"channel_account", "id"},
	{"channel_media", "account_id, kind, hash"},
	{"document_read", "document_id, day"},
	{"document_top", "rank"},
	{"fault", "id"},
	{"fault_pass", "fault_id, n"},
	{"document_tally", "organ_id, kind, made, ended"},
	{"post_tally", "organ_id, year, channel"},
	{"issue_tally", "organ_id, year, subject"},
	{"report", "id"},
	{"report_roll", "report_id, version"},
	{"consultation", "id"},
	{"consultation_text", "consultation_id"},
	{"opinion", "id"},
	{"filing_figure", "id"},
	{"filing_return", "id"},
	{"filing_value", "return_id, key"},
	{"received", "id"},
	{"collection", "organ_id, year"},
	{"collection_sentence", "year, hash, organ_id"},
	{"mending", "id"},
	{"sender", "id"},
	{"delivery", "id"},
	{"search_state", "name"},
	{"file_text", "hash"},
	{"search_doc", "n"},
	{"search_text", "n"},
	{"search_post", "token, base"},
}

// NotDumped are the tables that a backup leaves out: sessions, drafts of the
// public, ledgers, lists and reports on their way in and answers to programs live for hours, and the schema's own tables are
// made anew.
func NotDumped() []string {
	return []string{"session", "idempotency", "migration_record", "request_draft", "request_draft_file", "request_try", "ledger_sheet", "accession", "received_batch"}
}

// Snapshot hands over all tables as of one moment, those of an older version as
// they are.
func (db *DB) Snapshot(ctx context.Context, use func(schema int64, tables []backup.Table, files []string) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.Engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := db.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	schema, err := db.Engine.schema(ctx, tx)
	if err != nil {
		return err
	}
	there, err := db.Engine.tableNames(ctx, tx)
	if err != nil {
		return err
	}
	var tables []backup.Table
	for _, d := range dumped {
		if !slices.Contains(there, d.table) {
			continue
		}
		columns, err := columnsOf(ctx, tx, d.table)
		if err != nil {
			return err
		}
		tables = append(tables, backup.Table{Name: d.table, Columns: columns, Rows: func(ctx context.Context, yield func([]any) error) error {
			return eachRow(ctx, tx, d.table, d.order, columns, yield)
		}})
	}
	var files []string
	if slices.Contains(there, "blob") {
		if files, err = filesIn(ctx, tx); err != nil {
			return err
		}
	}
	return use(schema.Database, tables, files)
}

// filesIn names the files that are there; an older version of the tables knows
// none that were erased.
func filesIn(ctx context.Context, tx querier) ([]string, error) {
	columns, err := columnsOf(ctx, tx, "blob")
	if err != nil {
		return nil, err
	}
	query := "SELECT hash FROM blob"
	if slices.ContainsFunc(columns, func(c backup.Column) bool { return c.Name == "erased_at" }) {
		query += " WHERE erased_at = 0"
	}
	return collect(ctx, tx, scanText, query+" ORDER BY hash")
}

// Files names the files that are not erased.
func (db *DB) Files(ctx context.Context) ([]string, error) {
	return collect(ctx, db.read, scanText, "SELECT hash FROM blob WHERE erased_at = 0 ORDER BY hash")
}

// HasFile tells whether the database still names a file that is not erased.
func (db *DB) HasFile(ctx context.Context, hash string) (bool, error) {
	there, err := collect(ctx, db.read, scanText, "SELECT hash FROM blob WHERE hash = $1 AND erased_at = 0", hash)
	return len(there) > 0, err
}

// columnsOf asks the database which columns a table has.
func columnsOf(ctx context.Context, q querier, table string) ([]backup.Column, error) {
	rows, err := q.QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	var columns []backup.Column
	for _, t := range types {
		kind := backup.Text
		switch t.DatabaseTypeName() {
		case "BIGINT", "INT8":
			kind = backup.Integer
		case "BOOLEAN", "BOOL":
			kind = backup.Boolean
		case "BYTEA":
			kind = backup.Bytes
		}
		columns = append(columns, backup.Column{Name: t.Name(), Kind: kind})
	}
	return columns, rows.Err()
}

func eachRow(ctx context.Context, q querier, table, order string, columns []backup.Column, yield func([]any) error) error {
	rows, err := q.QueryContext(ctx, "SELECT "+columnNames(columns)+" FROM "+table+" ORDER BY "+order)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row, places := make([]any, len(columns)), make([]any, len(columns))
		for i, c := range columns {
			places[i] = placeFor(c.Kind)
		}
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i := range places {
			row[i] = plain(places[i])
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

func columnNames(columns []backup.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

func placeFor(kind backup.Kind) any {
	switch kind {
	case backup.Integer:
		return new(sql.Null[int64])
	case backup.Boolean:
		return new(sql.Null[bool])
	case backup.Bytes:
		return new(sql.Null[[]byte])
	}
	return new(sql.Null[string])
}

// plain gives a scanned value as JSON has it.
func plain(place any) any {
	switch v := place.(type) {
	case *sql.Null[int64]:
		return valueOrNil(v)
	case *sql.Null[bool]:
		return valueOrNil(v)
	case *sql.Null[string]:
		return valueOrNil(v)
	case *sql.Null[[]byte]: // an empty one is none that is missing
		if v.Valid {
			return base64.StdEncoding.EncodeToString(v.V)
		}
	}
	return nil
}

func valueOrNil[T any](v *sql.Null[T]) any {
	if !v.Valid {
		return nil
	}
	return v.V
}

// Filler puts a backup into an empty database.
type Filler struct {
	DB      *DB
	Program string // version of this program, for the record of migrations
	Now     time.Time
}

// Fill makes the tables of a backup's version, puts the rows in, and brings the
// tables up to this program's version: wholly or not at all.
func (f Filler) Fill(ctx context.Context, schema int64, put func(insert func(table string, columns []backup.Column, row []any) error) error) error {
	state, err := f.DB.Schema(ctx)
	if err != nil {
		return err
	}
	if schema > state.Program || schema < 1 {
		return errs.New(errs.Conflict, "这份备份由更新的版本写成（数据结构第%d版，本程序只到第%d版），请使用新版本的程序恢复。", schema, state.Program).
			InEnglish("this backup was written by a newer version (its tables are version %d, this program knows %d): restore it with that", schema, state.Program)
	}
	return f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.lockSchema(ctx); err != nil {
			return err
		}
		if state, err := tx.engine.schema(ctx, tx); err != nil || !state.Fresh() {
			return errs.Wrap(err, errs.Conflict, "数据库里已经有数据，没有恢复；请恢复到空的数据库。").
				InEnglish("the database has data already, so nothing was restored: name an empty one")
		}
		if err := tx.migrate(ctx, schema, f.Program, f.Now); err != nil {
			return err
		}
		if err := tx.fill(ctx, put); err != nil {
			return err
		}
		return tx.migrate(ctx, state.Program, f.Program, f.Now)
	})
}

// fill puts rows into the tables.
func (tx *Tx) fill(ctx context.Context, put func(insert func(string, []backup.Column, []any) error) error) error {
	f := &filling{tx: tx}
	if err := put(func(table string, columns []backup.Column, row []any) error { return f.add(ctx, table, columns, row) }); err != nil {
		return err
	}
	return f.flush(ctx)
}

// filling collects the rows of a table, to put many in with one statement.
type filling struct {
	tx      *Tx
	table   string
	columns string
	rows    [][]any
}

const fillRows = 100

func (f *filling) add(ctx context.Context, table string, columns []backup.Column, row []any) error {
	if table != f.table || columnNames(columns) != f.columns {
		if err := f.flush(ctx); err != nil {
			return err
		}
		if err := f.tx.fits(ctx, table, columns); err != nil {
			return err
		}
		f.table, f.columns = table, columnNames(columns)
	}
	if table == "request_gram" && slices.Contains(row, nil) {
		return nil // an emptied row, as versions before wrote it: it says nothing
	}
	if f.rows = append(f.rows, row); len(f.rows) < fillRows {
		return nil
	}
	return f.flush(ctx)
}

func (f *filling) flush(ctx context.Context) error {
	if len(f.rows) == 0 {
		return nil
	}
	query, args := insertRows(f.table, f.columns, f.rows)
	f.rows = f.rows[:0]
	_, err := f.tx.ExecContext(ctx, query, args...)
	if unfit(err) {
		return unfitTable(err, f.table)
	}
	return err
}

// fits compares a table of an archive with that of the database. Names come from
// whoever wrote the archive, so only those that the database has get through.
func (tx *Tx) fits(ctx context.Context, table string, columns []backup.Column) error {
	if !slices.ContainsFunc(dumped, func(d dump) bool { return d.table == table }) {
		return unfitTable(nil, table)
	}
	there, err := columnsOf(ctx, tx, table)
	if err != nil || len(there) != len(columns) {
		return unfitTable(err, table)
	}
	for _, c := range columns {
		if !slices.Contains(there, c) {
			return unfitTable(nil, table)
		}
	}
	return nil
}

func unfitTable(cause error, table string) error {
	return errs.Wrap(cause, errs.Corrupt, "备份中的表“%s”与它的版本不符，不能恢复。", table).
		InEnglish("table %q of the backup does not fit its version", table)
}
