package store

import (
	"context"
	"slices"

	"gongkai/internal/search"
)

// tokensAtOnce is how many lists one change tidies: what is published waits for it.
const tokensAtOnce = 20

// Tidy puts parts of lists together that have become small because documents went, so that
// a search reads fewer of them. What is found stays the same. It gives how many parts there
// are less, and runs every night.
func (s Search) Tidy(ctx context.Context) (total int, err error) {
	size := s.PartSize
	if size == 0 {
		size = search.PartSize
	}
	tokens, err := s.scattered(ctx, size)
	if err != nil {
		return 0, err
	}
	for some := range slices.Chunk(tokens, tokensAtOnce) {
		merged := 0
		if err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) (err error) {
			merged, err = tx.mergeParts(ctx, some, size)
			return err
		}); err != nil {
			return total, err
		}
		total += merged
	}
	return total, nil
}

// roomy is how many postings two parts may have together to become one: some room is left,
// so that what comes next does not split it again.
func roomy(partSize int) int { return partSize * 3 / 4 }

// scattered gives the tokens of which two neighbouring parts are small. A posting takes two
// bytes at least, so that their length tells it.
func (s Search) scattered(ctx context.Context, partSize int) (tokens []string, err error) {
	rows, err := s.DB.read.QueryContext(ctx, "SELECT token, LENGTH(docs) FROM search_post ORDER BY token, base")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	last, before := "", 0
	for rows.Next() {
		token, length := "", 0
		if err := rows.Scan(&token, &length); err != nil {
			return nil, err
		}
		if n := len(tokens); token == last && before+length <= 2*roomy(partSize) && (n == 0 || tokens[n-1] != token) {
			tokens = append(tokens, token)
		}
		last, before = token, length
	}
	return tokens, rows.Err()
}

// mergeParts puts neighbouring parts of some lists together and gives how many are gone.
func (tx *Tx) mergeParts(ctx context.Context, tokens []string, partSize int) (gone int, err error) {
	if _, err := tx.lastListed(ctx); err != nil {
		return 0, err
	}
	for _, token := range tokens {
		parts, err := collect(ctx, tx, scanPart, selectPart+" WHERE token = $1 ORDER BY base", token)
		if err != nil {
			return 0, err
		}
		kept := merged(parts, partSize)
		if len(kept) == len(parts) {
			continue
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM search_post WHERE token = $1", token); err != nil {
			return 0, err
		}
		var all [][]any
		for _, p := range kept {
			all = append(all, []any{p.Token, p.Base, p.Total, search.Pack(p.Base, p.Docs)})
		}
		for some := range slices.Chunk(all, fewRows) {
			query, args := insertRows("search_post", "token, base, total, docs", some)
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return 0, err
			}
		}
		gone += len(parts) - len(kept)
	}
	return gone, nil
}

// merged gives the parts of a list with small neighbours made one.
func merged(parts []search.Part, partSize int) (all []search.Part) {
	for _, p := range parts {
		n := len(all) - 1
		if n < 0 || len(all[n].Docs)+len(p.Docs) > roomy(partSize) {
			all = append(all, p)
			continue
		}
		all[n].Docs, all[n].Total = append(all[n].Docs, p.Docs...), p.Total
	}
	return all
}
