package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"gongkai/internal/compile"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/publish"
)

// Take reads the records of an organ one by one and gives those that count in a year, by
// the conventions of the organ, with what the counters have otherwise.
func (s Recounts) Take(ctx context.Context, organ string, year int, c foi.Conventions) (roll compile.Roll, wrong []compile.Mismatch, err error) {
	add := func(cell string, list compile.List, id, name string, n int) {
		one := compile.Counted{Cell: cell, List: list, ID: id, Name: name}
		if n != 1 {
			one.N = int64(n)
		}
		roll = append(roll, one)
	}
	if err := eachRecord(ctx, s.DB, "request", organ, scanRequest, func(r foi.Request) {
		for cell, n := range foi.CountTable3(year, r.Tallies(c)) {
			add(cellOf3(cell), compile.Requests, r.ID, r.Number, n)
		}
		for at, n := range foi.CountTable4(year, r.Disputes, c) {
			add(cellOf4(at.Kind, at.Result), compile.Disputes, r.ID, r.Number, n)
		}
	}); err != nil {
		return nil, nil, err
	}
	if err := eachRecord(ctx, s.DB, "document", organ, scanDocument, func(d publish.Document) {
		t := tallied{n: map[figureKey]int64{}, years: []int{year}}
		t.document(d)
		for k, n := range t.n {
			add(k.cell, compile.Documents, d.ID, d.Title, int(n))
		}
	}); err != nil {
		return nil, nil, err
	}
	if wrong, err = s.against(ctx, roll, organ, year, c); err != nil {
		return nil, nil, err
	}
	others, err := s.others(ctx, organ, year)
	roll = append(roll, others...)
	roll.Order()
	return roll, wrong, err
}

// against holds what was counted one by one against the counters.
func (s Recounts) against(ctx context.Context, roll compile.Roll, organ string, year int, c foi.Conventions) (wrong []compile.Mismatch, err error) {
	counted := map[string]int64{}
	for _, one := range roll {
		counted[one.Cell] += one.Adds()
	}
	three, four, err := s.keptRequests(ctx, organ, year, c)
	if err != nil {
		return nil, err
	}
	documents, err := s.keptDocuments(ctx, organ, year)
	for _, kept := range []map[string]int64{three, four, documents} {
		for cell, n := range kept {
			if counted[cell] != n {
				wrong = append(wrong, compile.Mismatch{Organ: organ, Year: year, Cell: cell, Kept: n, Real: counted[cell]})
			}
			delete(counted, cell)
		}
	}
	for cell, n := range counted {
		wrong = append(wrong, compile.Mismatch{Organ: organ, Year: year, Cell: cell, Real: n})
	}
	return wrong, err
}

// others gives what counts of consultations, opinions, and returns of sections: figures
// that are counted from their rows whenever they are asked for.
func (s Recounts) others(ctx context.Context, organ string, year int) (roll compile.Roll, err error) {
	first, last := fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-12-31", year)
	for _, q := range []struct {
		list  compile.List
		query string // cell, id, name, n
		args  []any
	}{
		{compile.Consultations, "SELECT 'consultations.held', id, title, 1 FROM consultation WHERE organ_id = $1 AND " + heldCondition + " AND opens >= $2 AND opens <= $3", []any{organ, first, last}},
		{compile.Opinions, "SELECT 'opinions.ledger', id, number, 1 FROM opinion WHERE organ_id = $1 AND aside = '' AND received_on >= $2 AND received_on <= $3", []any{organ, first, last}},
		{compile.Opinions, "SELECT 'opinions.' || outcome, id, number, 1 FROM opinion WHERE organ_id = $1 AND aside = '' AND outcome <> '' AND received_on >= $2 AND received_on <= $3", []any{organ, first, last}},
		{compile.Fees, "SELECT 'fees.demands', f.request_id, MAX(r.number), COUNT(*)" + feeFrom + " WHERE f.organ_id = $1 AND f.issued_on >= $2 AND f.issued_on <= $3 GROUP BY f.request_id", []any{organ, first, last}},
		{compile.Fees, "SELECT 'fees.received', f.request_id, MAX(r.number), SUM(f.fen)" + feeFrom + " WHERE f.organ_id = $1 AND f.issued_on >= $2 AND f.issued_on <= $3 AND f.state = $4 GROUP BY f.request_id", []any{organ, first, last, string(foi.FeeIsPaid)}},
		{compile.Filings, "SELECT key, return_id, '', n FROM filing_value WHERE organ_id = $1 AND year = $2 AND n <> 0", []any{organ, year}},
	} {
		some, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (one compile.Counted, err error) {
			one.List = q.list
			return one, row.Scan(&one.Cell, &one.ID, &one.Name, &one.N)
		}, q.query, q.args...)
		if err != nil {
			return nil, err
		}
		for _, one := range some {
			if one.N == 1 {
				one.N = 0
			}
			roll = append(roll, one)
		}
	}
	return roll, nil
}

// Roll gives the records that a version of a report counts, as they were frozen.
func (s Recounts) Roll(ctx context.Context, report string, version int) (compile.Roll, error) {
	var kept []byte
	err := s.DB.read.QueryRowContext(ctx, "SELECT roll FROM report_roll WHERE report_id = $1 AND version = $2", report, version).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.New(errs.NotFound, "这一版签发时没有保存计入的记录。")
	}
	if err != nil {
		return nil, err
	}
	var roll compile.Roll
	if err := json.Unmarshal(kept, &roll); err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "保存的记录清单损坏，读不出来；请从备份恢复。")
	}
	return roll, nil
}

// keepRoll keeps what a signature freezes.
func (tx *Tx) keepRoll(ctx context.Context, report string, version int, roll []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO report_roll (report_id, version, roll) VALUES ($1, $2, $3)", report, version, roll)
	return err
}

// state gives what a report is compared by. One whose rolls are not those that were signed
// compares with nothing.
func (s Reports) state(ctx context.Context, id string) (string, error) {
	r, err := s.byID(ctx, id)
	if err != nil {
		return "", err
	}
	for i, v := range r.Versions {
		if v.Roll == "" {
			continue
		}
		var kept []byte
		err := s.DB.read.QueryRowContext(ctx, "SELECT roll FROM report_roll WHERE report_id = $1 AND version = $2", id, i+1).Scan(&kept)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return "", err
		}
		if sum := sha256.Sum256(kept); hex.EncodeToString(sum[:]) != v.Roll {
			return "roll of version " + fmt.Sprint(i+1), nil
		}
	}
	return r.Digest(), nil
}
