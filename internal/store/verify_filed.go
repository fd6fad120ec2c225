package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gongkai/internal/filing"
)

// VerifyFiled compares what is added up for the annual report with the versions of the
// returns that count.
func (db *DB) VerifyFiled(ctx context.Context, report func(Finding)) error {
	ids, err := collect(ctx, db.read, scanText, "SELECT id FROM filing_return UNION SELECT return_id FROM filing_value ORDER BY 1")
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, agendasAtOnce) {
		// As of one moment: else a return that is confirmed meanwhile were a finding.
		if err := db.asOfNow(ctx, func(q querier) error { return verifyFiled(ctx, q, some, report) }); err != nil {
			return err
		}
	}
	return nil
}

func verifyFiled(ctx context.Context, q querier, ids []string, report func(Finding)) error {
	var w where
	w.in("id", keys(ids))
	returns, err := collect(ctx, q, scanReturn, "SELECT file FROM filing_return"+w.sql(), w.args...)
	if err != nil {
		return err
	}
	w = where{}
	w.in("return_id", keys(ids))
	values, err := collect(ctx, q, scanFiled, "SELECT return_id, key, n FROM filing_value"+w.sql(), w.args...)
	if err != nil {
		return err
	}
	kept := map[string]map[string]int64{}
	for _, v := range values {
		if kept[v.Return] == nil {
			kept[v.Return] = map[string]int64{}
		}
		kept[v.Return][v.Key] = v.N
	}
	for _, r := range returns {
		last, _ := r.Last()
		if !maps.Equal(last.Values, kept[r.ID]) {
			report(Finding{
				"filing", filing.Subject(r.ID).String(), fmt.Sprintf("填报 %s 计入年度报告的数与确认过的版本不符：有人绕过程序改动了数据库。", r.ID),
				fmt.Sprintf("what counts of the return %s is not what was confirmed: it was changed past the program", r.ID),
			})
		}
	}
	return nil
}
