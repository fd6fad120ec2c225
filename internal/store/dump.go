package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"gongkai/internal/backup"
	"gongkai/internal/errs"
)

// dumped are the tables of a backup, in an order in which they can be put back:
// what is referred to first. Within a table the order matters where rows refer to
// rows of the same table.
var dumped = []struct{ table, order string }{
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
	{"job", "id"},
	{"job_schedule", "name"},
	{"notification", "id"},
	{"message", "id"},
	{"notify_choice", "person_id, channel"},
	{"api_client", "id"},
}

// NotDumped are the tables that a backup leaves out: sessions and answers to
// programs end with the process, and the schema's own tables are made anew.
func NotDumped() []string {
	return []string{"session", "idempotency", "migration_record", "goose_db_version"}
}

// Snapshot hands over all tables as of one moment.
func (db *DB) Snapshot(ctx context.Context, use func(schema int64, tables []backup.Table, files []string) error) error {
	schema, err := db.Schema(ctx)
	if err != nil {
		return err
	}
	if !schema.Current() {
		return errs.New(errs.Conflict, "数据库还没有升级到本程序的版本，不能备份；请先用原来的程序备份。")
	}
	options := &sql.TxOptions{ReadOnly: true}
	if db.Engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := db.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var tables []backup.Table
	for _, d := range dumped {
		columns, err := columnsOf(ctx, tx, d.table)
		if err != nil {
			return err
		}
		tables = append(tables, backup.Table{Name: d.table, Columns: columns, Rows: func(ctx context.Context, yield func([]any) error) error {
			return eachRow(ctx, tx, d.table, d.order, columns, yield)
		}})
	}
	files, err := collect(ctx, tx, scanText, "SELECT hash FROM blob ORDER BY hash")
	if err != nil {
		return err
	}
	return use(schema.Database, tables, files)
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
		return new([]byte)
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
	case *[]byte:
		if *v != nil {
			return base64.StdEncoding.EncodeToString(*v)
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

// Fill makes the tables of a backup's version, puts the rows in one transaction,
// and brings the tables up to this program's version.
func (f Filler) Fill(ctx context.Context, schema int64, put func(insert func(table string, columns []backup.Column, row []any) error) error) error {
	state, err := f.DB.Schema(ctx)
	if err != nil {
		return err
	}
	if !state.Fresh() {
		return errs.New(errs.Conflict, "数据库里已经有数据，没有恢复；请恢复到空的数据库。")
	}
	if schema > state.Program {
		return errs.New(errs.Conflict, "这份备份由更新的版本写成（数据结构第%d版，本程序只到第%d版），请使用新版本的程序恢复。", schema, state.Program)
	}
	if err := f.DB.migrate(ctx, f.Program, f.Now, func(p *goose.Provider) ([]*goose.MigrationResult, error) { return p.UpTo(ctx, schema) }); err != nil {
		return err
	}
	if err := f.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.fill(ctx, put) }); err != nil {
		return err
	}
	return f.DB.Migrate(ctx, f.Program, f.Now)
}

func (tx *Tx) fill(ctx context.Context, put func(insert func(string, []backup.Column, []any) error) error) error {
	known := map[string]bool{}
	for _, d := range dumped {
		known[d.table] = true
	}
	statements := map[string]*sql.Stmt{}
	defer func() {
		for _, s := range statements {
			s.Close()
		}
	}()
	return put(func(table string, columns []backup.Column, row []any) error {
		statement := statements[table]
		if statement == nil {
			there, err := columnsOf(ctx, tx, table)
			if err != nil || !known[table] || len(there) != len(columns) {
				return errs.Wrap(err, errs.Corrupt, "备份中的表“%s”与它的版本不符，不能恢复。", table)
			}
			marks := make([]string, len(columns))
			for i := range columns {
				marks[i] = "$" + strconv.Itoa(i+1)
			}
			if statement, err = tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+columnNames(there)+") VALUES ("+strings.Join(marks, ", ")+")"); err != nil {
				return err
			}
			statements[table] = statement
		}
		_, err := statement.ExecContext(ctx, row...)
		return err
	})
}

// TableNames gives the tables that there are.
func (db *DB) TableNames(ctx context.Context) ([]string, error) {
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
	if db.Engine == Postgres {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
	}
	return collect(ctx, db.read, scanText, query)
}
