package store

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// VerifyLog makes the whole log again out of the event rows, compares it with
// the stored hashes and the signed heads, and reports what differs: events that
// were changed, moved, removed or slipped in, hashes and heads that were
// changed. It reads everything once, in order, and keeps almost nothing of it.
//
// It sees what was done to everything that a head was signed for. Who holds the
// signing key and rewrites the whole log is found by the heads that others have
// kept (Continues, event.VerifyConsistency).
func (db *DB) VerifyLog(ctx context.Context, keys note.Verifiers, report func(Finding)) error {
	// What is sequenced from now on is left to the next time.
	var size int64
	if err := db.read.QueryRowContext(ctx, newestSize).Scan(&size); err != nil {
		return err
	}
	v := &logVerifier{db: db, keys: keys, report: report, rows: &event.Log{}, stored: &event.Log{}}
	events, stopEvents := cursor(db.placedFrom(ctx))
	defer stopEvents()
	hashes, stopHashes := cursor(db.hashesFrom(ctx))
	defer stopHashes()
	v.events, v.hashes = events, hashes
	for head, err := range db.headsUpTo(ctx, size) {
		if err == nil {
			err = v.upTo(head)
		}
		if errors.Is(err, errCut) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return v.beyond(ctx)
}

const newestSize = "SELECT COALESCE(MAX(size), 0) FROM log_head"

// errCut ends verification: from here on nothing can be computed.
var errCut = errors.New("store: the log is cut off")

// logVerifier goes through the log once. Two logs grow beside each other: one of
// the event rows, one of the stored hashes. Where they differ, the next head
// tells which of them was changed.
type logVerifier struct {
	db           *DB
	keys         note.Verifiers
	report       func(Finding)
	events       *stream[placed]
	hashes       *stream[hashRow]
	rows, stored *event.Log
	apart        []apart
	adrift       bool // a head did not fit; later ones cannot be judged by their root
}

// apart is an event whose row and stored hash differ.
type apart struct {
	index int64
	id    string
}

// maxApart bounds how many differences wait for the next head to be judged.
const maxApart = 10_000

// upTo goes on to where a head was signed, and judges what came since the last.
func (v *logVerifier) upTo(row headRow) error {
	for v.rows.Size() < row.size {
		if err := v.leaf(v.rows.Size(), row.size); err != nil {
			return err
		}
	}
	head, ok := v.open(row)
	switch {
	case !ok:
		v.judge("事件与日志的散列值不符，二者之一被改动过", "the event and the hash of the log differ; one of them was changed")
	case v.stored.Root() == head.Root:
		v.judge("事件的内容或者位置被改动过，与签名摘要不符", "the event or its place was changed; it does not fit the signed head")
		v.rows = v.stored.Clone()
	case v.rows.Root() == head.Root:
		for _, a := range v.apart {
			v.find("log", fmt.Sprint(tlog.StoredHashIndex(0, a.index)),
				fmt.Sprintf("日志第%d条（事件 %s）的散列值被改动过；事件本身与签名摘要相符。", a.index, a.id),
				fmt.Sprintf("the stored hash of entry %d (event %s) was changed; the event itself fits the signed head", a.index, a.id))
		}
		v.stored = v.rows.Clone()
	default:
		v.judge("事件与日志的散列值不符，签名摘要与二者都不符", "the event and the hash of the log differ, and the signed head fits neither")
		if !v.adrift {
			v.find("head", fmt.Sprint(row.size),
				fmt.Sprintf("签名摘要（%d条）与日志不符：在它之前的日志被改写过，或者它不是这个日志的延续。", row.size),
				fmt.Sprintf("the head of size %d does not fit the log: what is before it was rewritten, or it does not extend this log", row.size))
		}
		v.adrift = true
	}
	v.apart = v.apart[:0]
	return nil
}

// judge reports the events that differ.
func (v *logVerifier) judge(chinese, english string) {
	for _, a := range v.apart {
		v.find("event", a.id, fmt.Sprintf("日志第%d条（事件 %s）：%s。", a.index, a.id, chinese), fmt.Sprintf("entry %d (event %s): %s", a.index, a.id, english))
	}
}

// open checks a head's signature, and that its columns say what its note says.
func (v *logVerifier) open(row headRow) (event.Head, bool) {
	head, err := event.OpenHead(row.note, v.keys)
	id := fmt.Sprint(row.size)
	if err != nil {
		v.find("head", id, fmt.Sprintf("签名摘要（%d条）不成立：%s", row.size, errs.Public(err)), fmt.Sprintf("the head of size %d does not verify: %v", row.size, errors.Unwrap(err)))
		return head, false
	}
	if head.Size != row.size || head.Root.String() != row.root || micros(head.At) != row.at {
		v.find("head", id, fmt.Sprintf("签名摘要（%d条）的列与它签名的内容不同，被改动过。", row.size),
			fmt.Sprintf("the columns of the head of size %d differ from what it signs; they were changed", row.size))
	}
	return head, head.Size == row.size
}

// leaf goes on by one entry.
func (v *logVerifier) leaf(index, size int64) error {
	if err := v.slipped(index); err != nil {
		return err
	}
	e, there, err := v.events.take(func(p placed) bool { return *p.seq == index })
	if err != nil {
		return err
	}
	place := tlog.StoredHashIndex(0, index)
	stored, hashed, err := v.hash(place)
	if err != nil {
		return err
	}
	own := stored
	if there {
		own = event.LeafHash(e.Event)
	}
	switch {
	case !there && !hashed:
		v.find("log", fmt.Sprint(index), fmt.Sprintf("日志从第%d条起被截短：签名摘要载有%d条，事件和散列值都已不在。", index, size),
			fmt.Sprintf("the log is cut off at entry %d: its head counts %d, but events and hashes are gone", index, size))
		return errCut
	case !there:
		v.find("event", fmt.Sprint(index), fmt.Sprintf("日志第%d条的事件被删除。", index), fmt.Sprintf("the event of entry %d was removed", index))
	case !hashed:
		v.find("log", fmt.Sprint(place), fmt.Sprintf("日志第%d条（事件 %s）的散列值被删除。", index, e.ID), fmt.Sprintf("the hash of entry %d (event %s) was removed", index, e.ID))
		stored = own
	case own != stored:
		if len(v.apart) == maxApart {
			v.judge("事件与日志的散列值不符，二者之一被改动过", "the event and the hash of the log differ; one of them was changed")
			v.apart = v.apart[:0]
		}
		v.apart = append(v.apart, apart{index, e.ID})
	}
	return v.grow(place, own, stored)
}

// grow adds an entry to both logs and compares the hashes of the subtrees that
// it completes with those stored.
func (v *logVerifier) grow(place int64, own, stored tlog.Hash) error {
	byRow, byHash := v.rows.Add(own), v.stored.Add(stored)
	for i := 1; i < len(byRow); i++ {
		at := place + int64(i)
		found, there, err := v.hash(at)
		if err != nil {
			return err
		}
		if !there || found != byRow[i] && found != byHash[i] {
			v.find("log", fmt.Sprint(at), fmt.Sprintf("日志第%d号散列值被改动或者删除。", at), fmt.Sprintf("the stored hash at %d was changed or removed", at))
		}
	}
	return nil
}

// hash takes the stored hash of a place. Those before it belong nowhere; the
// places of a log have no gaps, so there are none but with a negative number.
func (v *logVerifier) hash(place int64) (tlog.Hash, bool, error) {
	for {
		early, there, err := v.hashes.take(func(r hashRow) bool { return r.place < place })
		if err != nil {
			return tlog.Hash{}, false, err
		}
		if !there {
			break
		}
		v.surplus(early.place)
	}
	r, there, err := v.hashes.take(func(r hashRow) bool { return r.place == place })
	return r.hash, there && !r.broken, err
}

func (v *logVerifier) surplus(place int64) {
	v.find("log", fmt.Sprint(place), fmt.Sprintf("日志中多出第%d号散列值，不在任何签名摘要之内。", place), fmt.Sprintf("there is a hash at %d that no head covers", place))
}

// slipped reports events whose place is before where the log is.
func (v *logVerifier) slipped(index int64) error {
	for {
		e, there, err := v.events.take(func(p placed) bool { return *p.seq < index })
		if err != nil || !there {
			return err
		}
		v.inserted(e.ID, *e.seq)
	}
}

func (v *logVerifier) inserted(id string, seq int64) {
	v.find("event", id, fmt.Sprintf("事件 %s 占着日志第%d条的位置，但不在任何签名摘要之内：是绕过系统加进去的，或者最新的签名摘要被删除。", id, seq),
		fmt.Sprintf("event %s claims entry %d, which no head covers: it was slipped in, or the newest head was removed", id, seq))
}

// beyond reports what lies behind the newest head. One statement sees rows and
// heads of the same moment, so that what is just being sequenced is no finding.
func (v *logVerifier) beyond(ctx context.Context) error {
	extra, err := collect(ctx, v.db.read, scanPlaced, "SELECT "+placedColumns+" FROM event WHERE seq >= ("+newestSize+") ORDER BY seq LIMIT 1000")
	if err != nil {
		return err
	}
	for _, e := range extra {
		v.inserted(e.ID, *e.seq)
	}
	more, err := collect(ctx, v.db.read, scanHash, "SELECT place, hash FROM log_hash WHERE place >= $1 ORDER BY place LIMIT 1000", tlog.StoredHashCount(v.rows.Size()))
	if err != nil || len(more) == 0 {
		return err
	}
	var size int64
	if err := v.db.read.QueryRowContext(ctx, newestSize).Scan(&size); err != nil || size > v.rows.Size() {
		return err // it grew meanwhile
	}
	for _, r := range more {
		v.surplus(r.place)
	}
	return nil
}

func (v *logVerifier) find(room, id, chinese, english string) {
	v.report(Finding{Room: room, ID: id, Chinese: chinese, English: english})
}
