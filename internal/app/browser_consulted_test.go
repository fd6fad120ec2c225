package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/clock"
)

// TestBrowserConsultation lets a consultation live in Chromium: drafted, approved, opened by
// its day on the front page, answered to from telephones, ended, and told of.
func TestBrowserConsultation(t *testing.T) {
	browser := browserFolder(t)
	c := clock.At(time.Date(2026, 3, 5, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	file := filepath.Join(t.TempDir(), "预约流程.txt")
	if err := os.WriteFile(file, []byte("预约流程：取号、确认、到场签到。"), 0o600); err != nil {
		t.Fatal(err)
	}
	turning := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, err := time.Parse(time.RFC3339, r.URL.Query().Get("at"))
		if err == nil {
			c.Set(at.In(clock.Shanghai))
			_, err = s.rooms.consults.Tend(r.Context()) // as every night
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	t.Cleanup(turning.Close)
	question, err := json.Marshal(map[string]any{
		"base": s.URL, "clock": turning.URL, "shots": os.Getenv("GONGKAI_SHOTS"), "life": "consult", "facts": map[string]string{"file": file, "says": "到场签到"},
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "consult.mjs", question)
}
