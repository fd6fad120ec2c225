package store_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"gongkai/internal/event"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What a vandal does to the tables is found and named. The log has 40 events
// under heads of 10, 20, 30 and 40; the key of entry i is id(i+1).
func TestVerifyLogFindsVandals(t *testing.T) {
	all := func(room string, ids ...string) (found []string) {
		for _, id := range ids {
			found = append(found, room+" "+id)
		}
		return found
	}
	for _, c := range []struct {
		name   string
		vandal func(t *testing.T, b *logbook)
		want   []string
	}{
		{"nobody", func(*testing.T, *logbook) {}, nil},
		{"data of an event changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET data = '{"n":99}' WHERE id = $1`, id(13))
		}, all("event", id(13))},
		{"time of an event changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET at = at + 1 WHERE id = $1`, id(1))
		}, all("event", id(1))},
		{"state of an event changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET state = 'ff' WHERE id = $1`, id(40))
		}, all("event", id(40))},
		{"two events changed, in different heads", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET actor = 'x' WHERE id IN ($1, $2)`, id(5), id(35))
		}, all("event", id(5), id(35))},
		{"event removed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM event WHERE id = $1`, id(13))
		}, all("event", "12")},
		{"event replaced by another", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM event WHERE id = $1`, id(13))
			storetest.Exec(t, b.Log.DB, `INSERT INTO event (id, at, actor, organ, subject, kind, data, seq) VALUES ('FORGED', 1, 'a', 'o', 's/1', 'k', '{}', 12)`)
		}, all("event", "FORGED")},
		{"places swapped", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET seq = 1000 WHERE id = $1`, id(3))
			storetest.Exec(t, b.Log.DB, `UPDATE event SET seq = 2 WHERE id = $1`, id(24))
			storetest.Exec(t, b.Log.DB, `UPDATE event SET seq = 23 WHERE id = $1`, id(3))
		}, all("event", id(24), id(3))},
		{"stored hash of an event changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE log_hash SET hash = $1 WHERE place = $2`, make([]byte, 32), tlog.StoredHashIndex(0, 12))
		}, all("log", fmt.Sprint(tlog.StoredHashIndex(0, 12)))},
		{"stored hash of a subtree changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE log_hash SET hash = $1 WHERE place = $2`, make([]byte, 32), tlog.StoredHashIndex(3, 1))
		}, all("log", fmt.Sprint(tlog.StoredHashIndex(3, 1)))},
		{"stored hash too short", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE log_hash SET hash = $1 WHERE place = $2`, []byte{1}, tlog.StoredHashIndex(0, 12))
		}, all("log", fmt.Sprint(tlog.StoredHashIndex(0, 12)))},
		{"stored hash removed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM log_hash WHERE place = $1`, tlog.StoredHashIndex(0, 12))
		}, all("log", fmt.Sprint(tlog.StoredHashIndex(0, 12)))},
		{"event and its hash changed together", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE event SET actor = 'p1' || '' , organ = 'other' WHERE id = $1`, id(13))
			e := b.one(t, id(13))
			hash := event.LeafHash(e)
			storetest.Exec(t, b.Log.DB, `UPDATE log_hash SET hash = $1 WHERE place = $2`, hash[:], tlog.StoredHashIndex(0, 12))
		}, append(all("log", fmt.Sprint(tlog.StoredHashIndex(2, 3)), fmt.Sprint(tlog.StoredHashIndex(1, 6)), fmt.Sprint(tlog.StoredHashIndex(3, 1)), fmt.Sprint(tlog.StoredHashIndex(4, 0)), fmt.Sprint(tlog.StoredHashIndex(5, 0))), all("head", "20")...)},
		{"head changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE log_head SET note = REPLACE(note, '20', '21') WHERE size = 20`)
		}, all("head", "20")},
		{"root column of a head changed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `UPDATE log_head SET root = 'x' WHERE size = 20`)
		}, all("head", "20")},
		{"head of another log, rightly signed", func(t *testing.T, b *logbook) {
			other := &event.Log{}
			for range 20 {
				other.Add(tlog.Hash{7})
			}
			head, err := event.SignHead(other, b.clock.Now(), b.Signer)
			if err != nil {
				t.Fatal(err)
			}
			storetest.Exec(t, b.Log.DB, `UPDATE log_head SET note = $1, root = $2 WHERE size = 20`, head.Note, head.Root.String())
		}, all("head", "20")},
		{"last events removed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM event WHERE seq >= 38`)
		}, all("event", "38", "39")},
		{"last events removed with their hashes", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM event WHERE seq >= 38`)
			storetest.Exec(t, b.Log.DB, `DELETE FROM log_hash WHERE place >= $1`, tlog.StoredHashCount(38))
		}, all("log", "38")},
		{"event slipped in behind", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `INSERT INTO event (id, at, actor, organ, subject, kind, data, seq) VALUES ('FORGED', 1, 'a', 'o', 's/1', 'k', '{}', 40)`)
		}, all("event", "FORGED")},
		{"event slipped in before", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `INSERT INTO event (id, at, actor, organ, subject, kind, data, seq) VALUES ('FORGED', 1, 'a', 'o', 's/1', 'k', '{}', -1)`)
		}, all("event", "FORGED")},
		{"newest head removed", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `DELETE FROM log_head WHERE size = 40`)
		}, nil}, // see below: named are its events and hashes
		{"hash slipped in", func(t *testing.T, b *logbook) {
			storetest.Exec(t, b.Log.DB, `INSERT INTO log_hash (place, hash) VALUES (5000, $1), (-3, $2)`, make([]byte, 32), make([]byte, 32))
		}, all("log", "-3", "5000")},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				b := newLogbook(t, db)
				for range 4 {
					b.write(t, 10)
				}
				c.vandal(t, b)
				var got []string
				for _, f := range b.findings(t) {
					if f.Chinese == "" || f.English == "" {
						t.Errorf("a finding without words: %+v", f)
					}
					got = append(got, f.Room+" "+f.ID)
				}
				if c.name == "newest head removed" {
					if len(got) < 10 || got[0] != "event "+id(31) {
						t.Errorf("got %q", got)
					}
					return
				}
				slices.Sort(got)
				slices.Sort(c.want)
				if !slices.Equal(got, c.want) {
					t.Errorf("\n got %q\nwant %q", got, c.want)
				}
			})
		})
	}
}

// one gives an event as it stands.
func (b *logbook) one(t *testing.T, id string) event.Event {
	t.Helper()
	events, err := b.Log.DB.EventsOf(t.Context(), event.Subject{Type: "organ", ID: "bureau"})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(events, func(e event.Event) bool { return e.ID == id })
	if i < 0 {
		t.Fatal("no event", id)
	}
	return events[i]
}

func TestHeadsOfAnotherKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newLogbook(t, db)
		b.write(t, 3)
		b.keys = newLogbook(t, db).keys
		if f := b.findings(t); len(f) != 1 || f[0].Room != "head" {
			t.Errorf("%+v", f)
		}
	})
}
