package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gongkai/internal/blob"
)

// VerifyState compares records with the digest that their last event has: a row
// that was changed past the program has another.
func (db *DB) VerifyState(ctx context.Context, report func(Finding)) error {
	organs, people := Organs{db}, People{db}
	checks := []struct {
		table, words, english string
		digest                func(ctx context.Context, id string) (string, error)
	}{
		{"organ", "机关", "organ", func(ctx context.Context, id string) (string, error) {
			o, err := organs.Organ(ctx, id)
			return o.Digest(), err
		}},
		{"person", "人员", "person", func(ctx context.Context, id string) (string, error) {
			p, err := people.Person(ctx, id)
			return p.Digest(), err
		}},
	}
	for _, c := range checks {
		ids, err := collect(ctx, db.read, scanText, "SELECT id FROM "+c.table+" ORDER BY id")
		if err != nil {
			return err
		}
		for _, id := range ids {
			want, err := db.lastState(ctx, c.table+"/"+id)
			if err != nil {
				return err
			}
			got, err := c.digest(ctx, id)
			if err != nil {
				return err
			}
			if want != got {
				report(Finding{
					Room: "state", ID: c.table + "/" + id,
					Chinese: fmt.Sprintf("%s记录 %s 与日志不符：有人绕过程序改动了数据库。", c.words, id),
					English: fmt.Sprintf("the record of %s %s does not agree with the log: it was changed past the program", c.english, id),
				})
			}
		}
	}
	return nil
}

// lastState gives the digest on the last event of a subject that has one.
func (db *DB) lastState(ctx context.Context, subject string) (state string, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT state FROM event WHERE subject = $1 AND state <> '' ORDER BY at DESC, id DESC LIMIT 1", subject).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return state, err
}

// VerifyFiles reads every file that the database names.
func (db *DB) VerifyFiles(ctx context.Context, files blob.Folder, report func(Finding)) error {
	hashes, err := collect(ctx, db.read, scanText, "SELECT hash FROM blob ORDER BY hash")
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		state, err := files.Check(hash)
		if err != nil {
			return err
		}
		switch state {
		case blob.Changed:
			report(Finding{"file", hash, "文件 " + hash + " 的内容被改动过。", "file " + hash + " was changed"})
		case blob.Missing:
			report(Finding{"file", hash, "文件 " + hash + " 不见了。", "file " + hash + " is missing"})
		}
	}
	return nil
}

// VerifyDatabase lets the engine check itself.
func (db *DB) VerifyDatabase(ctx context.Context, report func(Finding)) error {
	if _, err := db.Schema(ctx); err != nil {
		return err
	}
	if db.Engine != SQLite {
		return nil // PostgreSQL checks its pages by itself where checksums are on
	}
	for _, pragma := range []string{"PRAGMA quick_check", "PRAGMA foreign_key_check"} {
		rows, err := db.read.QueryContext(ctx, pragma)
		if err != nil {
			return err
		}
		err = damaged(rows, report)
		if err != nil {
			return err
		}
	}
	return nil
}

func damaged(rows *sql.Rows, report func(Finding)) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return err
		}
		text := fmt.Sprint(*values[0].(*any))
		if text != "ok" {
			report(Finding{"database", text, "数据库文件损坏：" + text + "。请从备份恢复。", "the database is damaged: " + text})
		}
	}
	return rows.Err()
}
