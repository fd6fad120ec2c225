package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func pen() event.Pen {
	return event.Pen{Actor: event.System, At: clock.System{}.Now(), IDs: ident.Random{Clock: clock.System{}}}
}

func TestWriteKeepsAllOrNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, subject := context.Background(), event.Subject{Type: "thing", ID: "1"}
		refused := errors.New("refused")
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				err := db.Append(ctx, pen().Write("", subject, "thing.done", map[string]int{"n": i}))
				if err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
					e := pen().Write("", subject, "thing.undone", nil)
					if _, err := tx.ExecContext(ctx, "INSERT INTO event (id, at, actor, organ, subject, kind, data) VALUES ($1, 1, '', '', $2, 'x', '{}')", e.ID, subject.String()); err != nil {
						return err
					}
					if i%2 == 0 {
						panic("a bug in one change")
					}
					return refused
				})
				if err == nil || (i%2 == 1 && !errors.Is(err, refused)) {
					t.Errorf("got %v", err)
				}
			})
		}
		wg.Wait()
		events, err := db.EventsOf(ctx, subject)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) != 200 {
			t.Errorf("%d events, want the 200 that were acknowledged and none that was refused", len(events))
		}
	})
}

func TestEventComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		e := pen().Write("O1", event.Subject{Type: "person", ID: "P/1"}, "person.named", map[string]string{"name": "张三"})
		e.State = strings.Repeat("ab", 32)
		if err := db.Append(ctx, e); err != nil {
			t.Fatal(err)
		}
		got, err := db.EventsOf(ctx, e.Subject)
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		if fmt.Sprint(got[0]) != fmt.Sprint(e) {
			t.Errorf("got %v\nwant %v", got[0], e)
		}
	})
}

func TestCloseRefusesWhatComesLater(t *testing.T) {
	db := storetest.SQLite(t)
	db.Close()
	if err := db.Append(context.Background(), pen().Write("", event.Subject{}, "x", nil)); err == nil {
		t.Error("a closed database took a write")
	}
}
