package portal_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web"
	"gongkai/internal/web/portal"
	"gongkai/internal/web/webtest"
	"gongkai/ui"
)

type built struct{}

func (built) Calendar(context.Context) (*calendar.Calendar, error) { return calendar.Default() }

// BenchmarkDeadlinePage reckons a last day with its steps and draws the page.
func BenchmarkDeadlinePage(b *testing.B) {
	now := clock.System{}
	db := storetest.SQLite(b)
	storetest.County(b, db)
	kit := webtest.Kit(b, now, webtest.People{})
	routes := portal.Portal{Kit: kit, Organs: &org.Book{Store: store.Organs{DB: db}, Clock: now}, Calendars: built{}}.Routes()
	static, err := web.NewAssets(ui.Static, "static")
	if err != nil {
		b.Fatal(err)
	}
	handler, err := kit.Handler(routes, web.Options{Static: static})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/deadline?limit=reply&from=2026-09-21&pauses=2026-09-24..2026-10-13", nil))
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
