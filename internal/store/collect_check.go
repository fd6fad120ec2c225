package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	collecting "gongkai/internal/collect"
)

// reportChanged notes that the report of an organ and a year that counts has changed:
// with it what is checked against it, which is itself, the next year's, and those of all
// above.
func (tx *Tx) reportChanged(ctx context.Context, organ string, year int) error {
	if organ == "" {
		return nil
	}
	if err := tx.revise(ctx, reportsOf(year)); err != nil {
		return err
	}
	var path string
	if err := tx.QueryRowContext(ctx, "SELECT path FROM organ WHERE id = $1", organ).Scan(&path); err != nil {
		return err
	}
	above := strings.Split(strings.TrimSuffix(path, "/"), "/")
	then, err := tx.aboveThen(ctx, organ, year)
	if err != nil {
		return err
	}
	above = append(above, then...)
	slices.Sort(above) // one order of locks
	above = slices.Compact(above)
	for _, id := range above {
		if err := tx.wantCheck(ctx, id, year); err != nil {
			return err
		}
	}
	var next int
	err = tx.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM report WHERE organ_id = $1 AND year = $2 AND versions > 0) + (SELECT COUNT(*) FROM received WHERE organ_id = $1 AND year = $2 AND state = 'counted')", organ, year+1).Scan(&next)
	if err != nil || next == 0 {
		return err
	}
	return tx.wantCheck(ctx, organ, year+1)
}

// aboveThen gives the organs that stood above one at the end of a year: its report is in
// their sums, also where it has moved since.
func (tx *Tx) aboveThen(ctx context.Context, organ string, year int) ([]string, error) {
	day := calendar.On(year, 12, 31).String()
	return collect(ctx, tx, scanText, `WITH RECURSIVE above(id) AS (
		SELECT parent_id FROM organ_version WHERE organ_id = $1 AND parent_id IS NOT NULL AND valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)
		UNION SELECT v.parent_id FROM above JOIN organ_version v ON v.organ_id = above.id WHERE v.parent_id IS NOT NULL AND v.valid_from <= $2 AND (v.valid_until IS NULL OR v.valid_until > $2))
		SELECT id FROM above`, organ, day)
}

func (tx *Tx) wantCheck(ctx context.Context, organ string, year int) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO collection (organ_id, year, wanted) VALUES ($1, $2, 1) ON CONFLICT (organ_id, year) DO UPDATE SET wanted = collection.wanted + 1", organ, year)
	return err
}

// Stale gives checks to be made anew.
func (s Collection) Stale(ctx context.Context, most int) ([]collecting.Stale, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (c collecting.Stale, err error) {
		return c, row.Scan(&c.Organ, &c.Year, &c.Wanted)
	}, "SELECT organ_id, year, wanted FROM collection WHERE wanted <> done ORDER BY year, organ_id LIMIT $1", most)
}

// KeepCheck keeps what a check has found. Where the report is another than when it was
// checked last, those that share text with it, or did, are checked anew.
func (s Collection) KeepCheck(ctx context.Context, c collecting.Checked) error {
	findings, err := json.Marshal(c.Findings)
	if err != nil {
		return err
	}
	if c.Findings == nil {
		findings = []byte("[]")
	}
	errors, warnings, doubts := c.Count()
	figures, err := figuresText(c.Figures)
	if err != nil {
		return err
	}
	sum, err := figuresText(c.Sum)
	if err != nil {
		return err
	}
	var f collecting.Figures
	if c.Figures != nil {
		f = *c.Figures
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
		var mark string
		if err := tx.QueryRowContext(ctx, "SELECT mark FROM collection WHERE organ_id = $1 AND year = $2"+tx.forUpdate(), c.Organ, c.Year).Scan(&mark); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE collection SET done = $1, mark = $2, checked_at = $3, errors = $4, warnings = $5, doubts = $6, findings = $7, figures = $8, sum = $9, summed = $10,
			received = $11, concluded = $12, disclosed = $13, reviews = $14, corrected = $15, due = CASE WHEN $16 = '' THEN due ELSE $16 END WHERE organ_id = $17 AND year = $18`,
			c.Wanted, c.Mark, micros(c.At), errors, warnings, doubts, string(findings), figures, sum, c.Summed,
			known(f.Received), known(f.Concluded), known(f.Disclosed()), known(f.Reviews), known(f.Corrected), dayText(c.Due), c.Organ, c.Year); err != nil {
			return err
		}
		if mark == c.Mark {
			return nil
		}
		if err := tx.revise(ctx, changedCompared); err != nil {
			return err
		}
		return tx.keepSentences(ctx, c)
	})
}

func figuresText(f *collecting.Figures) (string, error) {
	if f == nil {
		return "", nil
	}
	raw, err := json.Marshal(f)
	return string(raw), err
}

func known(f collecting.Figure) int64 {
	if !f.Known {
		return -1
	}
	return f.N
}

// keepSentences keeps the sentences of a report in place of those it had.
func (tx *Tx) keepSentences(ctx context.Context, c collecting.Checked) error {
	before, err := collect(ctx, tx, scanText, "SELECT hash FROM collection_sentence WHERE organ_id = $1 AND year = $2", c.Organ, c.Year)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM collection_sentence WHERE organ_id = $1 AND year = $2", c.Organ, c.Year); err != nil {
		return err
	}
	for _, hash := range c.Sentences {
		if err := tx.repeat(ctx, "INSERT INTO collection_sentence (year, hash, organ_id) VALUES ($1, $2, $3)", c.Year, hash, c.Organ); err != nil {
			return err
		}
	}
	partners := map[string]bool{}
	for _, hashes := range [][]string{before, c.Sentences} {
		same, err := sharing(ctx, tx, c.Year, hashes, c.Organ)
		if err != nil {
			return err
		}
		for _, id := range same {
			partners[id] = true
		}
	}
	var all []string
	for id := range partners {
		all = append(all, id)
	}
	slices.Sort(all)
	for _, id := range all {
		if err := tx.wantCheck(ctx, id, c.Year); err != nil {
			return err
		}
	}
	return nil
}

// Limits of what is compared: a sentence of more organs is a phrase of the trade, and
// fewer than so many common ones say nothing.
const (
	mostSharing = 64
	leastShared = 2
	mostAlike   = 3
)

// Sharing gives the organs whose reports share most of some sentences.
func (s Collection) Sharing(ctx context.Context, year int, sentences []string, but string) ([]string, error) {
	return sharing(ctx, s.DB.read, year, sentences, but)
}

func sharing(ctx context.Context, q querier, year int, sentences []string, but string) ([]string, error) {
	if len(sentences) < leastShared {
		return nil, nil
	}
	const most = 500 // sentences, more than any report has in earnest
	sentences = sentences[:min(len(sentences), most)]
	w := &where{}
	w.add("year = ?", year)
	w.in("hash", keys(sentences))
	type line struct{ hash, organ string }
	lines, err := collect(ctx, q, func(row interface{ Scan(...any) error }) (l line, err error) { return l, row.Scan(&l.hash, &l.organ) }, "SELECT hash, organ_id FROM collection_sentence"+w.sql()+" ORDER BY hash, organ_id", w.args...)
	if err != nil {
		return nil, err
	}
	spread := map[string]int{}
	for _, l := range lines {
		spread[l.hash]++
	}
	shared := map[string]int{}
	for _, l := range lines {
		if l.organ != but && spread[l.hash] <= mostSharing {
			shared[l.organ]++
		}
	}
	var all []string
	for id, n := range shared {
		if n >= leastShared && 2*n >= len(sentences) {
			all = append(all, id)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if shared[a] != shared[b] {
			return shared[b] - shared[a]
		}
		return strings.Compare(a, b)
	})
	return all[:min(len(all), mostAlike)], nil
}

// Found gives what was found of an organ and a year.
func (s Collection) Found(ctx context.Context, organ string, year int) (f collecting.Found, err error) {
	all, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (f collecting.Found, err error) {
		var at, wanted, done int64
		var findings, due string
		if err := row.Scan(&findings, &at, &wanted, &done, &due); err != nil {
			return f, err
		}
		f.At, f.Fresh = moment(at), wanted == done
		if err := json.Unmarshal([]byte(findings), &f.Findings); err != nil {
			return f, err
		}
		return f, f.Due.UnmarshalText([]byte(due))
	}, "SELECT findings, checked_at, wanted, done, due FROM collection WHERE organ_id = $1 AND year = $2", organ, year)
	return first(all), err
}

// Years gives the figures of the checked years of an organ, and of the sums at it.
func (s Collection) Years(ctx context.Context, organ string) ([]collecting.YearFigures, error) {
	return collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (y collecting.YearFigures, err error) {
		var own, sum string
		if err := row.Scan(&y.Year, &own, &sum, &y.Summed); err != nil {
			return y, err
		}
		if own != "" {
			y.Own = &collecting.Figures{}
			if err := json.Unmarshal([]byte(own), y.Own); err != nil {
				return y, err
			}
		}
		if sum != "" {
			y.Sum = &collecting.Figures{}
			err = json.Unmarshal([]byte(sum), y.Sum)
		}
		return y, err
	}, "SELECT year, figures, sum, summed FROM collection WHERE organ_id = $1 AND (figures <> '' OR summed > 0) ORDER BY year", organ)
}

// SetDue keeps the last days of organs for a year.
func (s Collection) SetDue(ctx context.Context, year int, due map[string]calendar.Date) error {
	have := map[string]string{}
	type line struct{ organ, due string }
	lines, err := collect(ctx, s.DB.read, func(row interface{ Scan(...any) error }) (l line, err error) { return l, row.Scan(&l.organ, &l.due) }, "SELECT organ_id, due FROM collection WHERE year = $1", year)
	if err != nil {
		return err
	}
	for _, l := range lines {
		have[l.organ] = l.due
	}
	var changed []string
	for organ, day := range due {
		if have[organ] != day.String() {
			changed = append(changed, organ)
		}
	}
	slices.Sort(changed)
	const atOnce = 500
	for some := range slices.Chunk(changed, atOnce) {
		if err := s.DB.Write(ctx, func(ctx context.Context, tx *Tx) error {
			for _, organ := range some {
				if err := tx.repeat(ctx, "INSERT INTO collection (organ_id, year, due) VALUES ($1, $2, $3) ON CONFLICT (organ_id, year) DO UPDATE SET due = excluded.due", organ, year, due[organ].String()); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
