package account

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"gongkai/internal/errs"
)

// Lock counts wrong passwords and codes of somebody, and shuts when there were
// too many (GB/T 22239-2019 8.1.4.1).
//
// A person has two of them. A single one would let any outsider who knows the
// logins, which are no secret in an office, keep every clerk out for ever with
// five wrong words in a quarter of an hour. So guesses from browsers in which the
// person has signed in before, which prove it by a mark, are counted apart from
// those of all other browsers: strangers shut out strangers, and the clerk goes
// on working in the browser she always uses. Guessing gets no easier: a stranger
// has as few tries as ever, and while a lock is shut the right password is
// answered like a wrong one, so that trying on behind it tells nothing.
type Lock struct {
	Failures int // since the last right one
	Until    time.Time
}

// Shut tells whether nobody gets past.
func (l Lock) Shut(now time.Time) bool { return now.Before(l.Until) }

// fail counts a failure and tells whether it shut the lock.
func (l *Lock) fail(now time.Time, p Policy) bool {
	l.Failures++
	if l.Failures < p.Failures {
		return false
	}
	*l = Lock{Until: now.Add(p.Lock)}
	return true
}

// lock gives the one that counts for a browser.
func (p *Person) lock(known bool) *Lock {
	if known {
		return &p.Known
	}
	return &p.Strange
}

// unlock opens both.
func (p *Person) unlock() { p.Known, p.Strange = Lock{}, Lock{} }

func errLocked(l Lock) error {
	return errs.New(errs.TooMany, "因多次输入错误已锁定，%s后可以再试；也可以请安全管理员解锁。", l.Until.Format("15:04"))
}

var markText = base64.RawURLEncoding

// A browser carries the marks of the last few people who have signed in there.
// A mark lets nobody in: it only says whose guesses are counted apart.
const (
	MarkLife  = 180 * 24 * time.Hour // of a mark that is not renewed by signing in again
	maxMarks  = 5
	markPlace = "browser/"
	markSep   = "."
	mostMarks = 2000 // characters of what a browser carries
)

// Mark gives what a browser carries once somebody has signed in there: a new
// mark of the person before those of others that it carried.
func (o *Office) Mark(id, carried string) (string, error) {
	made := binary.BigEndian.AppendUint64(nil, uint64(o.Clock.Now().Unix()))
	sealed, err := o.Sealer.Seal(markPlace+id, made)
	if err != nil {
		return "", err
	}
	marks := []string{markText.EncodeToString(sealed)}
	for _, mark := range marksIn(carried) {
		if _, own := o.marked(mark, id); !own && len(marks) < maxMarks {
			marks = append(marks, mark)
		}
	}
	return strings.Join(marks, markSep), nil
}

// knows tells whether a browser carries a mark of the person that is still good.
func (o *Office) knows(carried, id string) bool {
	for _, mark := range marksIn(carried) {
		if made, own := o.marked(mark, id); own && o.Clock.Now().Before(made.Add(MarkLife)) {
			return true
		}
	}
	return false
}

func marksIn(carried string) []string {
	if carried == "" || len(carried) > mostMarks {
		return nil
	}
	marks := strings.SplitN(carried, markSep, maxMarks+1)
	return marks[:min(len(marks), maxMarks)]
}

// marked tells whether a mark is the person's, and when it was made.
func (o *Office) marked(mark, id string) (time.Time, bool) {
	sealed, err := markText.DecodeString(mark)
	if err != nil {
		return time.Time{}, false
	}
	made, err := o.Sealer.Open(markPlace+id, sealed)
	if err != nil || len(made) != 8 {
		return time.Time{}, false
	}
	return time.Unix(int64(binary.BigEndian.Uint64(made)), 0), true
}
