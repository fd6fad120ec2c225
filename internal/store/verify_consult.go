package store

import (
	"context"
	"fmt"
	"strings"

	"gongkai/internal/consult"
)

// verifyConsultations tells the consultations that no search finds as they are, and those
// of which it says something else.
func (db *DB) verifyConsultations(ctx context.Context, report func(Finding)) error {
	return each(func(after *consultationText) (some []consultationText, err error) {
		last := ""
		if after != nil {
			last = after.c.ID
		}
		err = db.asOfNow(ctx, func(tx querier) error {
			some, err = collect(ctx, tx, scanConsultationText, fmt.Sprintf(`SELECT c.file, COALESCE(t.joined, ''), COALESCE(t.body, '') FROM consultation c
				LEFT JOIN consultation_text t ON t.consultation_id = c.id WHERE c.id > $1 ORDER BY c.id LIMIT %d`, textsAtOnce), last)
			return err
		})
		return some, err
	}, func(t consultationText) {
		if t.agrees() {
			return
		}
		report(Finding{
			"state", "consultation_text/" + t.c.ID, fmt.Sprintf("意见征集 %s 的检索记录与内容不符，检索时可能找不到：有人绕过程序改动了数据库。", t.c.ID),
			fmt.Sprintf("what the search knows of consultation %s does not agree with it: the database was changed past the program", t.c.ID),
		})
	})
}

// consultationText is a consultation with what it is found by.
type consultationText struct {
	c            consult.Consultation
	joined, body string
}

func scanConsultationText(row interface{ Scan(...any) error }) (t consultationText, err error) {
	var joined, body string
	t.c, err = scanConsultation(scanner(func(to ...any) error { return row.Scan(append(to, &joined, &body)...) }))
	t.joined, t.body = joined, body
	return t, err
}

// scanner is a row of which somebody else reads the beginning.
type scanner func(...any) error

func (s scanner) Scan(to ...any) error { return s(to...) }

// agrees tells whether it is found by what it says. What its files say stands behind it;
// that may have become known later.
func (t consultationText) agrees() bool {
	own := saysItself(t.c)
	return (t.body == own || strings.HasPrefix(t.body, own+"\n")) && t.joined == joinedOf(t.c, t.body)
}
