package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/audit"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// reading is an office with a few events: of lina and wang in the bureau, of
// another lina in another bureau, and of the system.
type reading struct {
	*logbook
	audit.Office
	root, bureau, clerk account.Actor
}

func newReading(t *testing.T, db *store.DB) reading {
	t.Helper()
	b := newLogbook(t, db)
	tree := storetest.County(t, db)
	storetest.Person(t, db, "lina", storetest.BureauID)
	storetest.Person(t, db, "wang", storetest.SectionID)
	storetest.Person(t, db, "lina2", storetest.OtherID)
	storetest.Exec(t, db, "UPDATE person SET name = '李娜' WHERE id IN ('lina', 'lina2')")
	kinds := append(account.EventKinds(), event.Meaning{Kind: "personal.revealed", Chinese: "查看完整个人信息", English: "personal data revealed"})
	kinds = append(kinds, audit.EventKinds()...)
	r := reading{logbook: b, Office: audit.Office{
		Store: store.Audit{DB: db}, Trees: still{tree}, Clock: b.clock, IDs: ident.Random{Clock: b.clock}, Kinds: kinds,
	}}
	auditor := func(id, organ string) account.Actor {
		return account.Actor{ID: id, Grants: []account.Grant{{Organ: organ, Role: account.AuditAdmin}}}
	}
	r.root, r.bureau = auditor("a1", storetest.CountyID), auditor("a2", storetest.BureauID)
	r.clerk = account.Actor{ID: "c", Grants: []account.Grant{{Organ: storetest.CountyID, Role: account.Clerk}}}
	for i, e := range []struct{ actor, organ, subject, kind string }{
		{"lina", storetest.BureauID, "person/lina", "session.started"},
		{"lina", storetest.BureauID, "person/wang", "role.granted"},
		{"wang", storetest.SectionID, "person/zhao", "personal.revealed"},
		{"lina2", storetest.OtherID, "person/lina2", "session.started"},
		{event.Public, "", "person/unknown", "session.refused"},
		{event.System, storetest.CountyID, "organ/county", "organ.renamed"},
	} {
		kind, key, _ := strings.Cut(e.subject, "/")
		pen := event.Pen{Actor: e.actor, At: b.clock.Now().Add(time.Duration(i) * time.Hour), IDs: b.ids}
		if err := db.Append(context.Background(), pen.Write(e.organ, event.Subject{Type: kind, ID: key}, event.Kind(e.kind), nil)); err != nil {
			t.Fatal(err)
		}
	}
	b.sequence(t)
	b.clock.Advance(24 * time.Hour)
	return r
}

// numbers gives the events of a list by their keys' last digit.
func numbers(lines []audit.Line) string {
	var all []string
	for _, l := range lines {
		all = append(all, strings.TrimLeft(l.ID, "0"))
	}
	return strings.Join(all, " ")
}

func TestAuditorFindsWhatIsLookedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := newReading(t, db)
		at := func(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, clock.Shanghai) }
		for _, c := range []struct {
			name  string
			actor account.Actor
			query audit.Query
			want  string
		}{
			{"everything", r.root, audit.Query{}, "6 5 4 3 2 1"},
			{"below the bureau", r.bureau, audit.Query{}, "3 2 1"},
			{"an organ with what is below", r.root, audit.Query{Organ: storetest.BureauID}, "3 2 1"},
			{"an organ at the bottom", r.root, audit.Query{Organ: storetest.SectionID}, "3"},
			{"a period", r.root, audit.Query{From: at(10), To: at(13)}, "4 3 2"},
			{"a kind", r.root, audit.Query{Kind: "session.started"}, "4 1"},
			{"a kind below the bureau", r.bureau, audit.Query{Kind: "session.started"}, "1"},
			{"personal data", r.root, audit.Query{Personal: true}, "3"},
			{"an actor by login", r.root, audit.Query{Actor: "lina"}, "2 1"},
			{"actors of the same name", r.root, audit.Query{Actor: "李娜"}, "4 2 1"},
			{"actors of the same name, below the bureau", r.bureau, audit.Query{Actor: "李娜"}, "2 1"},
			{"an actor and a kind", r.root, audit.Query{Actor: "李娜", Kind: "role.granted"}, "2"},
			{"the system", r.root, audit.Query{Actor: "系统"}, "6"},
			{"the public", r.root, audit.Query{Actor: "public"}, "5"},
			{"nobody", r.root, audit.Query{Actor: "张三"}, ""},
			{"a wildcard", r.root, audit.Query{Actor: "%"}, ""},
			{"a subject", r.root, audit.Query{Subject: "person/wang"}, "2"},
			{"a subject by its key alone", r.root, audit.Query{Subject: "wang"}, "2"},
			{"words of a kind", r.root, audit.Query{Words: "登录"}, "5 4 1"},
			{"words in English", r.root, audit.Query{Words: "Granted"}, "2"},
			{"a name among the words", r.root, audit.Query{Words: "李娜"}, "4 2 1"},
			{"the key of an event", r.root, audit.Query{Words: id(3)}, "3"},
			{"the key of another organ's event", r.bureau, audit.Query{Words: id(4)}, ""},
			{"words that mean nothing", r.root, audit.Query{Words: "没有这回事"}, ""},
			{"all of it together", r.root, audit.Query{From: at(9), To: at(23), Organ: storetest.BureauID, Kind: "role.granted", Actor: "李娜", Subject: "person/wang", Words: "授予"}, "2"},
		} {
			page, err := r.List(t.Context(), c.actor, c.query, paging.Query{})
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if got := numbers(page.Rows); got != c.want || page.Total != len(page.Rows) {
				t.Errorf("%s: got %q (%d), want %q", c.name, got, page.Total, c.want)
			}
			lines, err := r.Export(t.Context(), c.actor, c.query)
			if err != nil {
				t.Fatal(err)
			}
			var exported []audit.Line
			for l, err := range lines {
				if err != nil {
					t.Fatal(err)
				}
				if l.Kind != "log.exported" {
					exported = append(exported, l)
				}
			}
			if got := numbers(exported); got != c.want {
				t.Errorf("%s: exported %q, want %q", c.name, got, c.want)
			}
			storetest.Exec(t, db, "DELETE FROM event WHERE kind = 'log.exported'") // it would be in the next list
		}
		page, err := r.List(t.Context(), r.root, audit.Query{}, paging.Query{Sort: "at", Page: 2, Size: 4})
		if err != nil || numbers(page.Rows) != "5 6" || page.Total != 6 {
			t.Errorf("oldest first, second page: %q, %v", numbers(page.Rows), err)
		}
		if l := page.Rows[1]; l.Place != 5 {
			t.Errorf("%+v", l)
		}
		page, err = r.List(t.Context(), r.root, audit.Query{Actor: "wang"}, paging.Query{})
		if err != nil || page.Rows[0].Who != "人员wang" || !page.Rows[0].Personal() {
			t.Errorf("%+v, %v", page.Rows, err)
		}
	})
}

func TestWhoMayReadTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, r := t.Context(), newReading(t, db)
		for _, c := range []struct {
			name  string
			actor account.Actor
			organ string
			want  errs.Kind
		}{
			{"a clerk", r.clerk, "", errs.Forbidden},
			{"the public", account.Actor{}, "", errs.Unauthenticated},
			{"another organ", r.bureau, storetest.OtherID, errs.Forbidden},
			{"the organ above", r.bureau, storetest.CountyID, errs.Forbidden},
		} {
			if _, err := r.List(ctx, c.actor, audit.Query{Organ: c.organ}, paging.Query{}); errs.KindOf(err) != c.want {
				t.Errorf("%s: list: %v", c.name, err)
			}
			if _, err := r.Export(ctx, c.actor, audit.Query{Organ: c.organ}); errs.KindOf(err) != c.want {
				t.Errorf("%s: export: %v", c.name, err)
			}
		}
		for _, c := range []struct {
			name  string
			actor account.Actor
			event int
			want  errs.Kind
		}{
			{"a clerk", r.clerk, 1, errs.Forbidden},
			{"the public", account.Actor{}, 1, errs.Unauthenticated},
			{"another organ's", r.bureau, 4, errs.NotFound},
			{"one that belongs to no organ", r.bureau, 5, errs.NotFound},
			{"none", r.root, 99, errs.NotFound},
		} {
			if _, err := r.Event(ctx, c.actor, id(c.event)); errs.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		for actor, event := range map[*account.Actor]int{&r.root: 5, &r.bureau: 3} {
			if l, err := r.Event(ctx, *actor, id(event)); err != nil || l.ID != id(event) {
				t.Errorf("%s: %v", actor.ID, err)
			}
		}
		if _, err := r.List(ctx, r.root, audit.Query{From: r.clock.Now(), To: r.clock.Now()}, paging.Query{}); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a period that ends before it begins: %v", err)
		}
	})
}

func TestAnExportIsAnEvent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, r := t.Context(), newReading(t, db)
		if _, err := r.Export(ctx, r.bureau, audit.Query{Words: "李娜", Kind: "role.granted"}); err != nil {
			t.Fatal(err)
		}
		events, err := db.EventsOf(ctx, event.Subject{Type: "log", ID: storetest.BureauID})
		if err != nil || len(events) != 1 {
			t.Fatal(events, err)
		}
		e := events[0]
		if e.Actor != "a2" || e.Organ != storetest.BureauID || string(e.Data) != `{"kind":"role.granted","narrowed":true}` {
			t.Errorf("%+v %s", e, e.Data)
		}
	})
}

// An export goes through more than one chunk without losing or repeating lines,
// also where many events have the same time.
func TestExportOfManyLines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := newReading(t, db)
		if err := db.Append(t.Context(), r.some(2500)...); err != nil {
			t.Fatal(err)
		}
		r.clock.Advance(time.Hour)
		for name, q := range map[string]audit.Query{"all": {}, "by subject": {Subject: "organ/bureau"}, "by organ": {Organ: storetest.BureauID}} {
			lines, err := r.Export(t.Context(), r.root, q)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			var order []string
			for l, err := range lines {
				if err != nil {
					t.Fatal(err)
				}
				seen[l.ID] = true
				order = append(order, fmt.Sprint(l.At.UnixMicro(), l.ID))
			}
			want := map[string]int{"all": 2506, "by subject": 2500, "by organ": 2503}[name]
			if len(seen) < want || len(seen) != len(order) || !slices.IsSortedFunc(order, func(a, b string) int { return strings.Compare(b, a) }) {
				t.Errorf("%s: %d lines, %d of them different", name, len(order), len(seen))
			}
		}
	})
}
