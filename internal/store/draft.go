package store

import (
	"context"
	"errors"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
)

// Drafts keeps requests while the public fills them in, and counts tries.
type Drafts struct{ DB *DB }

func scanDraft(row interface{ Scan(...any) error }) (k intake.Kept, err error) {
	err = row.Scan(&k.ID, &k.Sealed, &k.Request)
	return k, err
}

// Draft gives a draft whose time is not over.
func (s Drafts) Draft(ctx context.Context, id string, now time.Time) (intake.Kept, error) {
	k, err := scanDraft(s.DB.read.QueryRowContext(ctx, "SELECT id, sealed, request_id FROM request_draft WHERE id = $1 AND expires_at > $2", id, micros(now)))
	return k, missing(err, "填写的内容已经过期，请重新开始。")
}

// KeepDraft keeps a draft until a time.
func (s Drafts) KeepDraft(ctx context.Context, k intake.Kept, now, until time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error { return tx.keepDraft(ctx, k, now, until) })
}

func (tx *Tx) keepDraft(ctx context.Context, k intake.Kept, now, until time.Time) error {
	n, err := tx.exec(ctx, `INSERT INTO request_draft (id, sealed, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at
		WHERE request_draft.request_id = '' AND request_draft.expires_at > $4`, k.ID, k.Sealed, micros(until), micros(now))
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "这件申请已经提交，不能再改；需要补充的，请另行提交或者与受理机关联系。")
	}
	return err
}

// KeepDraftFile keeps a draft with one of its files, or without it.
func (s Drafts) KeepDraftFile(ctx context.Context, k intake.Kept, now, until time.Time, no int, sealed []byte) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if err := tx.keepDraft(ctx, k, now, until); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM request_draft_file WHERE draft_id = $1 AND no = $2", k.ID, no); err != nil || sealed == nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO request_draft_file (draft_id, no, sealed) VALUES ($1, $2, $3)", k.ID, no, sealed)
		return err
	})
}

// DraftFile gives a file of a draft.
func (s Drafts) DraftFile(ctx context.Context, id string, no int) (sealed []byte, err error) {
	err = s.DB.read.QueryRowContext(ctx, "SELECT sealed FROM request_draft_file WHERE draft_id = $1 AND no = $2", id, no).Scan(&sealed)
	return sealed, missing(err, "没有这个文件，请重新上传。")
}

// DropDraft throws a draft away that became no request.
func (s Drafts) DropDraft(ctx context.Context, id string) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM request_draft_file WHERE draft_id = $1", id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM request_draft WHERE id = $1", id)
		return err
	})
}

// becomes notes that a draft became a request, once, and empties it.
func (tx *Tx) becomes(ctx context.Context, id, request string) error {
	n, err := tx.exec(ctx, "UPDATE request_draft SET request_id = $1, sealed = $2 WHERE id = $3 AND request_id = ''", request, []byte{}, id)
	if err == nil && n == 0 {
		return errs.New(errs.Conflict, "这件申请已经提交。")
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM request_draft_file WHERE draft_id = $1", id)
	}
	return err
}

// errUsed undoes what was counted before a limit was found to be used up.
var errUsed = errors.New("limit used up")

// Try counts a try under every limit, or none when one is used up.
func (s Drafts) Try(ctx context.Context, now time.Time, limits []intake.Limit) (used *intake.Limit, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		used = nil
		for _, l := range limits {
			var tries int
			err := tx.QueryRowContext(ctx, `INSERT INTO request_try (what, who, since, ends, tries) VALUES ($1, $2, $3, $4, 1)
				ON CONFLICT (what, who, since) DO UPDATE SET tries = request_try.tries + 1 RETURNING tries`,
				l.What, l.Who, micros(l.Since(now)), micros(l.Since(now).Add(l.Per))).Scan(&tries)
			if err != nil {
				return err
			}
			if tries > l.Most {
				used = &l
				return errUsed
			}
		}
		return nil
	})
	if errors.Is(err, errUsed) {
		err = nil
	}
	return used, err
}

// Forgive takes a try back.
func (s Drafts) Forgive(ctx context.Context, now time.Time, limits []intake.Limit) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, l := range limits {
			if _, err := tx.ExecContext(ctx, "UPDATE request_try SET tries = tries - 1 WHERE what = $1 AND who = $2 AND since = $3 AND tries > 0",
				l.What, l.Who, micros(l.Since(now))); err != nil {
				return err
			}
		}
		return nil
	})
}

// Forget drops drafts and tries whose time is over.
func (s Drafts) Forget(ctx context.Context, now time.Time) error {
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		for _, query := range []string{
			"DELETE FROM request_draft_file WHERE draft_id IN (SELECT id FROM request_draft WHERE expires_at <= $1)",
			"DELETE FROM request_draft WHERE expires_at <= $1",
			"DELETE FROM request_try WHERE ends <= $1",
		} {
			if _, err := tx.ExecContext(ctx, query, micros(now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Numbered gives the request of an organ with a number.
func (s Drafts) Numbered(ctx context.Context, organ, number string) (foi.Request, error) {
	r, err := scanRequest(s.DB.read.QueryRowContext(ctx, "SELECT file FROM request WHERE organ_id = $1 AND number = $2", organ, number))
	return r, missing(err, "没有这件申请。")
}
