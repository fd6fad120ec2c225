package foi_test

import (
	"context"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// withFestival is the calendar with a region whose 15 April 2025 is a day of rest.
type withFestival struct{}

const steppe = "内蒙古自治区"

func (withFestival) Calendar(context.Context) (*calendar.Calendar, error) {
	c, err := calendar.Default()
	if err != nil {
		return nil, err
	}
	d := calendar.On(2025, 4, 15)
	return c.WithRegion(calendar.Region{Name: steppe, Number: "内政办发〔2025〕1号", Holidays: []calendar.Holiday{{Name: "那达慕", Off: []calendar.Span{{From: d, To: d}}, Work: []calendar.Date{}}}})
}

// An organ in a region with days of its own has them in its limits, and so have those
// below; another organ has not. What is open already moves in the night after.
func TestTheDaysOfTheRegionCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-04-10"), t.Context()
		h.Calendars = withFestival{}
		due := func(id string) string {
			t.Helper()
			r, err := h.Store.Request(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return r.Due.String()
		}
		before := h.register("甲镇补贴发放明细", zhang)
		if due(before.ID) != "2025-05-12" {
			t.Fatalf("without a region: %s", due(before.ID))
		}
		storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, $3, 'x', 1)", storetest.CountyID, setting.CalendarRegion, steppe)
		storetest.Exec(t, db, "INSERT INTO setting (organ_id, name, value, changed_by, changed_at) VALUES ($1, $2, '', 'x', 1)", storetest.OtherID, setting.CalendarRegion)
		storetest.Exec(t, db, "INSERT INTO revision (name, n) VALUES ('setting', 99) ON CONFLICT (name) DO UPDATE SET n = 99")
		book := &setting.Book{Store: store.Settings{DB: db}, Trees: h.Trees, Clock: h.now}
		for organ, want := range map[string]string{storetest.BureauID: steppe, storetest.SectionID: steppe, storetest.OtherID: ""} {
			if got, err := book.Text(ctx, organ, setting.CalendarRegion); err != nil || got != want {
				t.Errorf("%s counts by %q, %v", organ, got, err)
			}
		}
		h.home.On("2025-04-11")
		in := intake("乙镇补贴发放明细", zhang)
		in.Receive.On = calendar.On(2025, 4, 10)
		after, err := h.Register(ctx, clerk, in)
		if err != nil || due(after.ID) != "2025-05-13" {
			t.Errorf("with the region: %s, %v", due(after.ID), err)
		}
		in.Organ = storetest.OtherID
		if elsewhere, err := h.Register(ctx, stranger, in); err != nil || due(elsewhere.ID) != "2025-05-12" {
			t.Errorf("in another organ: %s, %v", due(elsewhere.ID), err)
		}
		if n, err := h.Tend(ctx); err != nil || n != 1 || due(before.ID) != "2025-05-13" {
			t.Errorf("in the night %d moved, to %s, %v", n, due(before.ID), err)
		}
		cal, err := h.CalendarOf(ctx, storetest.BureauID)
		if err != nil {
			t.Fatal(err)
		}
		if works, err := cal.IsWorkday(calendar.On(2025, 4, 15)); err != nil || works {
			t.Errorf("pages count the festival as a working day: %v, %v", works, err)
		}
	})
}
