package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/channel"
	"gongkai/internal/errs"
	"gongkai/internal/setting"
	"gongkai/internal/work"
)

// VerifyState compares records with the digest that their last event has: a row
// that was changed past the program has another, one that was removed none.
func (db *DB) VerifyState(ctx context.Context, report func(Finding)) error {
	for _, k := range db.stated() {
		ids, err := collect(ctx, db.read, scanText, `SELECT `+k.key+` FROM `+k.table+` UNION
			SELECT SUBSTR(subject, $1) FROM event WHERE state <> '' AND subject LIKE $2 ORDER BY 1`, len(k.subject)+2, k.subject+"/%")
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := db.verifyRecord(ctx, k, id, report); err != nil {
				return err
			}
		}
	}
	return nil
}

// stated is a kind of record whose events say how it stands.
type stated struct {
	table, key, subject, chinese, english string
	digest                                func(ctx context.Context, id string) (string, error)
}

func (db *DB) stated() []stated {
	return []stated{
		{"organ", "id", "organ", "机关", "organ", func(ctx context.Context, id string) (string, error) {
			o, err := Organs{db}.Organ(ctx, id)
			return o.Digest(), err
		}},
		{"person", "id", "person", "人员", "person", func(ctx context.Context, id string) (string, error) {
			p, err := People{db}.Person(ctx, id)
			return p.Digest(), err
		}},
		{"holiday_notice", "id", "holiday-notice", "放假通知", "holiday notice", func(ctx context.Context, id string) (string, error) {
			r, err := scanHoliday(db.read.QueryRowContext(ctx, "SELECT "+holidayColumns+" FROM holiday_notice WHERE id = $1", id))
			return r.Digest(), missing(err, "没有这份放假通知。")
		}},
		{"work_item", "id", work.SubjectType, "待办事项", "work item", func(ctx context.Context, id string) (string, error) {
			i, err := Work{db}.Item(ctx, id)
			return i.Digest(), err
		}},
		{"request", "id", "request", "公开申请", "request", func(ctx context.Context, id string) (string, error) {
			r, err := Requests{db}.Request(ctx, id)
			return r.Digest(), err
		}},
		{"letter", "id", "letter", "文书", "letter", func(ctx context.Context, id string) (string, error) {
			p, err := Letters{db}.Paper(ctx, id)
			return p.Digest(), err
		}},
		{"document", "id", "document", "主动公开文件", "document", func(ctx context.Context, id string) (string, error) { return Documents{db}.state(ctx, id) }},
		{"channel_account", "id", channel.SubjectType, "渠道账号", "account of a channel", func(ctx context.Context, id string) (string, error) {
			a, err := Channels{db}.Account(ctx, id)
			return a.Digest(), err
		}},
		{"report", "id", "report", "年度报告", "annual report", func(ctx context.Context, id string) (string, error) { return Reports{db}.state(ctx, id) }},
		{"consultation", "id", "consultation", "意见征集", "consultation", func(ctx context.Context, id string) (string, error) {
			c, err := Consultations{db}.Consultation(ctx, id)
			return c.Digest(), err
		}},
		{"opinion", "id", "opinion", "意见", "opinion", func(ctx context.Context, id string) (string, error) {
			o, err := Consultations{db}.Opinion(ctx, id)
			return o.Digest(), err
		}},
		{"filing_return", "id", "filing", "填报", "filed return", func(ctx context.Context, id string) (string, error) {
			r, err := Filings{db}.Return(ctx, id)
			return r.Digest(), err
		}},
		{"filing_figure", "id", "filing-figure", "填报指标", "filed figure", func(ctx context.Context, id string) (string, error) {
			f, err := Filings{db}.Figure(ctx, id)
			return f.Digest(), err
		}},
		{"received", "id", "received", "收到的年度报告", "received annual report", func(ctx context.Context, id string) (string, error) {
			r, err := Collection{db}.Received(ctx, id)
			return r.Digest(), err
		}},
		{"mending", "id", "mend", "整改通知", "notice about an annual report", func(ctx context.Context, id string) (string, error) {
			n, err := Collection{db}.Notice(ctx, id)
			return n.Digest(), err
		}},
		{"sender", "id", "sender", "报送报告的系统", "sender of reports", func(ctx context.Context, id string) (string, error) {
			one, err := Collection{db}.Sender(ctx, id)
			return one.State(), err
		}},
		{"api_client", "id", "client", "接口凭据", "API client", func(ctx context.Context, id string) (string, error) {
			c, err := Clients{db}.Client(ctx, id)
			return c.State(), err
		}},
		{"setting", "CASE organ_id WHEN '' THEN name ELSE name || '@' || organ_id END", "setting", "设置", "setting", func(ctx context.Context, id string) (string, error) {
			name, organ, _ := strings.Cut(id, "@")
			own, err := collect(ctx, db.read, scanSetting, "SELECT "+settingColumns+" FROM setting WHERE organ_id = $1 AND name = $2", organ, name)
			if err != nil || len(own) == 0 {
				return setting.State(nil), err
			}
			return setting.State(&own[0]), nil
		}},
	}
}

func (db *DB) verifyRecord(ctx context.Context, k stated, id string, report func(Finding)) error {
	for {
		want, err := db.lastState(ctx, k.subject+"/"+id)
		if err != nil {
			return err
		}
		got, err := k.digest(ctx, id)
		gone := errs.KindOf(err) == errs.NotFound
		if err != nil && !gone {
			return err
		}
		if !gone && got == want {
			return nil
		}
		if again, err := db.lastState(ctx, k.subject+"/"+id); err != nil || again != want {
			if err != nil {
				return err
			}
			continue // it was changed meanwhile, by the program
		}
		f := Finding{
			"state", k.subject + "/" + id, fmt.Sprintf("%s记录 %s 与日志不符：有人绕过程序改动了数据库。", k.chinese, id),
			fmt.Sprintf("the record of %s %s does not agree with the log: it was changed past the program", k.english, id),
		}
		if gone {
			f.Chinese = fmt.Sprintf("%s记录 %s 不见了：有人绕过程序从数据库中删除了它。", k.chinese, id)
			f.English = fmt.Sprintf("the record of %s %s is gone: it was removed past the program", k.english, id)
		}
		report(f)
		return nil
	}
}

// lastState gives the digest on the last event of a subject that has one. What
// came later is told by the place in the log, for clocks are set back.
func (db *DB) lastState(ctx context.Context, subject string) (state string, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT state FROM event WHERE subject = $1 AND state <> '' ORDER BY seq IS NULL DESC, seq DESC, id DESC LIMIT 1", subject).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return state, err
}

// VerifyFiles opens and reads every file that the database names, except those
// that were erased on schedule.
func (db *DB) VerifyFiles(ctx context.Context, files blob.Folder, report func(Finding)) error {
	hashes, err := db.Files(ctx)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return err
		}
		state, why := files.Check(hash)
		if state == blob.Whole {
			continue
		}
		if there, err := db.HasFile(ctx, hash); err != nil || !there {
			if err != nil {
				return err
			}
			continue // it was erased meanwhile, by the program
		}
		report(fileFinding(hash, state, why))
	}
	return nil
}

func fileFinding(hash string, state blob.State, why error) Finding {
	switch state {
	case blob.Missing:
		return Finding{"file", hash, "文件 " + hash + " 不见了。", "file " + hash + " is missing"}
	case blob.Unreadable:
		return Finding{"file", hash, fmt.Sprintf("文件 %s 读不出来：%v。请检查磁盘和权限。", hash, why), fmt.Sprintf("file %s cannot be read: %v", hash, why)}
	}
	return Finding{
		"file", hash, "文件 " + hash + " 不能解开：内容被改动过，或者密钥文件不对。",
		"file " + hash + " does not open: it was changed, or the key file is another one",
	}
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
