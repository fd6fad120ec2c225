package web

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Health are the questions of /readyz, by name. /healthz only says that the
// process lives.
type Health map[string]func(ctx context.Context) error

// patience is how long a question may take.
const patience = 3 * time.Second

func (h Health) mount(mux *http.ServeMux, log *slog.Logger) {
	quietly(mux, "GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "ok\n") })
	quietly(mux, "GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		var missing string
		for _, name := range slices.Sorted(maps.Keys(h)) {
			if err := h[name](ctx); err != nil {
				log.WarnContext(ctx, "not ready", "name", name, "error", err)
				missing += name + " is not ready\n"
			}
		}
		if missing != "" {
			answer(w, http.StatusServiceUnavailable, missing)
			return
		}
		answer(w, http.StatusOK, "ready\n")
	})
}

// answer writes a few words for machines. Whether they arrive is theirs to know.
func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}
