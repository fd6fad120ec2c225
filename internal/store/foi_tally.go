package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gongkai/internal/foi"
)

// tallyKey is a row of a counter: which counter, and of what.
type tallyKey struct {
	table      string
	organ      string
	from, to   int // years; 0 for not yet
	kind, what string
	due        string
}

// tallyCount is what is added to it.
type tallyCount struct{ n, late, days int }

// tallies are the changes of counters that one transaction makes.
type tallies map[tallyKey]tallyCount

// The counters, by their tables.
const (
	requestTally = "request_tally"
	disputeTally = "dispute_tally"
	replyTally   = "reply_tally"
	loadTally    = "load_tally"
	otherTally   = "request_tally_other" // the convention stands as due
	stageTally   = "stage_tally"
)

// count adds a request to the counters, or with -1 takes it out of them.
func (t tallies) count(r foi.Request, by int) {
	if one, ok := r.Tally(); ok {
		t.add(tallyKey{table: requestTally, organ: r.Organ, from: one.Received.Year(), to: yearOrNone(one.Ended.Year(), one.Ended.IsZero()), kind: one.Column, what: one.Outcome}, tallyCount{n: by})
		if r.Replied() {
			late := 0
			if r.Late > 0 {
				late = by
			}
			t.add(tallyKey{table: replyTally, organ: r.Organ, from: r.EndedOn.Year()}, tallyCount{by, late, by * r.Took})
		}
	}
	if r.Open() {
		t.add(tallyKey{table: loadTally, organ: r.Organ, kind: string(r.Status), what: r.Handler, due: dueText(r)}, tallyCount{n: by})
	}
	for _, x := range r.Disputes {
		t.dispute(disputeTally, r.Organ, x, by)
		for _, stage := range x.Stages(true) {
			t.dispute(stageTally, r.Organ, stage, by)
		}
	}
	t.countOther(r, by)
}

func (t tallies) dispute(table, organ string, x foi.Dispute, by int) {
	t.add(tallyKey{table: table, organ: organ, from: x.FiledOn.Year(), to: yearOrNone(x.DecidedOn.Year(), x.DecidedOn.IsZero()), kind: string(x.Kind), what: string(x.Result)}, tallyCount{n: by})
}

func yearOrNone(year int, none bool) int {
	if none {
		return 0
	}
	return year
}

func (t tallies) add(k tallyKey, c tallyCount) {
	was := t[k]
	t[k] = tallyCount{was.n + c.n, was.late + c.late, was.days + c.days}
}

// keepTallies writes the changes, with those of new requests. Rows are locked in
// one order, so that two transactions never wait for each other.
func (tx *Tx) keepTallies(ctx context.Context, t tallies, added []foi.Request) error {
	for _, r := range added {
		t.count(r, 1)
	}
	return tx.writeTallies(ctx, t)
}

func (tx *Tx) writeTallies(ctx context.Context, t tallies) error {
	var keys []tallyKey
	for k, c := range t {
		if c != (tallyCount{}) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b tallyKey) int {
		return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.organ, b.organ), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.kind, b.kind), cmp.Compare(a.what, b.what), cmp.Compare(a.due, b.due))
	})
	for _, k := range keys {
		if err := tx.keepTally(ctx, k, t[k]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) keepTally(ctx context.Context, k tallyKey, c tallyCount) error {
	var err error
	switch k.table {
	case replyTally:
		_, err = tx.ExecContext(ctx, `INSERT INTO reply_tally (organ_id, year, n, late, days) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organ_id, year)
			DO UPDATE SET n = reply_tally.n + excluded.n, late = reply_tally.late + excluded.late, days = reply_tally.days + excluded.days`, k.organ, k.from, c.n, c.late, c.days)
	case disputeTally, stageTally:
		_, err = tx.ExecContext(ctx, "INSERT INTO "+k.table+` (organ_id, filed, decided, kind, result, n) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (organ_id, filed, decided, kind, result) DO UPDATE SET n = `+k.table+".n + excluded.n", k.organ, k.from, k.to, k.kind, k.what, c.n)
	case otherTally:
		_, err = tx.ExecContext(ctx, `INSERT INTO request_tally_other (organ_id, convention, received, ended, kind, outcome, n) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (organ_id, convention, received, ended, kind, outcome) DO UPDATE SET n = request_tally_other.n + excluded.n`, k.organ, k.due, k.from, k.to, k.kind, k.what, c.n)
	case loadTally:
		return tx.keepLoad(ctx, k, c.n)
	case documentTally, postTally, issueTally:
		return tx.keepDocumentTally(ctx, k, c)
	default:
		_, err = tx.ExecContext(ctx, `INSERT INTO request_tally (organ_id, received, ended, kind, outcome, n) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (organ_id, received, ended, kind, outcome) DO UPDATE SET n = request_tally.n + excluded.n`, k.organ, k.from, k.to, k.kind, k.what, c.n)
	}
	return err
}

// keepLoad counts open requests. A row in which none is left goes, or the days of all
// years would stand there.
func (tx *Tx) keepLoad(ctx context.Context, k tallyKey, n int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO load_tally (organ_id, status, handler, due, n) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (organ_id, status, handler, due) DO UPDATE SET n = load_tally.n + excluded.n`, k.organ, k.kind, k.what, k.due, n)
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM load_tally WHERE organ_id = $1 AND status = $2 AND handler = $3 AND due = $4 AND n = 0", k.organ, k.kind, k.what, k.due)
	return err
}

// counters says how each counter follows from the records.
var counters = []struct{ table, keys, recount string }{
	{requestTally, "organ_id || '/' || received || '/' || ended || '/' || kind || '/' || outcome", `SELECT organ_id || '/' || CAST(SUBSTR(received_on, 1, 4) AS BIGINT) || '/' ||
		CASE WHEN ended_on = '' THEN 0 ELSE CAST(SUBSTR(ended_on, 1, 4) AS BIGINT) END || '/' || kind || '/' || ended AS k, COUNT(*) AS n FROM request WHERE received_on <> '' GROUP BY 1`},
	{disputeTally, "organ_id || '/' || filed || '/' || decided || '/' || kind || '/' || result", `SELECT organ_id || '/' || CAST(SUBSTR(filed_on, 1, 4) AS BIGINT) || '/' ||
		CASE WHEN decided_on = '' THEN 0 ELSE CAST(SUBSTR(decided_on, 1, 4) AS BIGINT) END || '/' || kind || '/' || result AS k, COUNT(*) AS n FROM request_dispute GROUP BY 1`},
	{stageTally, "organ_id || '/' || filed || '/' || decided || '/' || kind || '/' || result", `SELECT organ_id || '/' || CAST(SUBSTR(filed_on, 1, 4) AS BIGINT) || '/' ||
		CASE WHEN decided_on = '' THEN 0 ELSE CAST(SUBSTR(decided_on, 1, 4) AS BIGINT) END || '/' || kind || '/' || result AS k, COUNT(*) AS n FROM request_stage GROUP BY 1`},
	{otherTally, "organ_id || '/' || convention || '/' || received || '/' || ended || '/' || kind || '/' || outcome", `SELECT organ_id || '/' || convention || '/' || CAST(SUBSTR(received_on, 1, 4) AS BIGINT) || '/' ||
		CASE WHEN ended_on = '' THEN 0 ELSE CAST(SUBSTR(ended_on, 1, 4) AS BIGINT) END || '/' || kind || '/' || outcome AS k, SUM(by_n) AS n FROM (
			SELECT organ_id, 'each' AS convention, received_on, ended_on, joint_kind AS kind, ended AS outcome, 1 AS by_n FROM request_joint JOIN request ON id = request_id
			UNION ALL SELECT organ_id, 'each.first', received_on, ended_on, joint_kind, ended_first, 1 FROM request_joint JOIN request ON id = request_id
			UNION ALL SELECT organ_id, convention, received_on, ended_on, kind, ended_first, 1 FROM request CROSS JOIN (SELECT 'first' AS convention UNION ALL SELECT 'each.first') AS c1 WHERE ended <> ended_first
			UNION ALL SELECT organ_id, convention, received_on, ended_on, kind, ended, -1 FROM request CROSS JOIN (SELECT 'first' AS convention UNION ALL SELECT 'each.first') AS c2 WHERE ended <> ended_first
		) AS others WHERE received_on <> '' GROUP BY 1 HAVING SUM(by_n) <> 0`},
	{replyTally, "organ_id || '/' || year || '/' || late || '/' || days", `SELECT organ_id || '/' || CAST(SUBSTR(ended_on, 1, 4) AS BIGINT) || '/' || SUM(CASE WHEN late > 0 THEN 1 ELSE 0 END) || '/' || SUM(took) AS k, COUNT(*) AS n
		FROM request WHERE replied AND received_on <> '' GROUP BY organ_id, SUBSTR(ended_on, 1, 4)`},
	{loadTally, "organ_id || '/' || status || '/' || handler || '/' || due", "SELECT organ_id || '/' || status || '/' || handler || '/' || due AS k, COUNT(*) AS n FROM request WHERE open GROUP BY 1"},
	{documentTally, "organ_id || '/' || kind || '/' || made || '/' || ended", `SELECT organ_id || '/' || counted_kind || '/' || made || '/' || ended AS k, COUNT(*) AS n FROM document WHERE made <> 0 GROUP BY 1`},
	{postTally, "organ_id || '/' || year || '/' || channel", `SELECT organ_id || '/' || CAST(SUBSTR(from_on, 1, 4) AS BIGINT) || '/' || channel AS k, COUNT(*) AS n FROM document_post WHERE from_on <> '' GROUP BY 1`},
	{issueTally, "organ_id || '/' || year || '/' || subject || '/' || late || '/' || measured", `SELECT organ_id || '/' || CAST(SUBSTR(published_on, 1, 4) AS BIGINT) || '/' || issued_subject || '/' || SUM(CASE WHEN late > 0 THEN 1 ELSE 0 END) || '/' || SUM(CASE WHEN measured THEN 1 ELSE 0 END) AS k, COUNT(*) AS n
		FROM document WHERE published_on <> '' GROUP BY organ_id, SUBSTR(published_on, 1, 4), issued_subject`},
}

// VerifyTallies counts all requests again and tells every counter that says
// something else.
func (db *DB) VerifyTallies(ctx context.Context, report func(Finding)) error {
	type difference struct {
		key        string
		kept, real int
	}
	for _, c := range counters {
		wrong, err := collect(ctx, db.read, func(row interface{ Scan(...any) error }) (d difference, err error) {
			err = row.Scan(&d.key, &d.kept, &d.real)
			return d, err
		}, `SELECT k, SUM(kept), SUM(real_n) FROM (SELECT `+c.keys+` AS k, n AS kept, 0 AS real_n FROM `+c.table+` WHERE n <> 0
			UNION ALL SELECT k, 0, n FROM (`+c.recount+`) AS counted) AS both_sides GROUP BY k HAVING SUM(kept) <> SUM(real_n) ORDER BY k`)
		if err != nil {
			return err
		}
		for _, d := range wrong {
			report(Finding{
				"state", c.table + "/" + d.key, fmt.Sprintf("统计数 %s/%s 是%d，逐件清点是%d：有人绕过程序改动了数据库，年度报告的数字不可靠。", c.table, d.key, d.kept, d.real),
				fmt.Sprintf("the counter %s/%s says %d, counting gives %d: the database was changed past the program", c.table, d.key, d.kept, d.real),
			})
		}
	}
	return nil
}
