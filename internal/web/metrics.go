package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts requests, for Prometheus. Labels are patterns of routes, never
// paths, so that no secret gets in and the series do not grow without end.
type Metrics struct {
	allowed  []netip.Prefix
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	open     prometheus.Gauge
}

// NewMetrics gives counters that only some addresses may read. What came through
// a proxy is refused, also a proxy on this machine that nobody told us of: else
// everybody would read them whom it lets through.
func NewMetrics(allowed []netip.Prefix) *Metrics {
	m := &Metrics{
		allowed: allowed, registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gongkai_request_seconds", Help: "Requests by route and class of status.",
			Buckets: []float64{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10},
		}, []string{"route", "status"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{Name: "gongkai_requests_open", Help: "Requests that are being answered."}),
	}
	m.registry.MustRegister(m.requests, m.open, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Registry lets others add their figures.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }

func (m *Metrics) begin() func(route string, status int, took time.Duration) {
	if m == nil {
		return func(string, int, time.Duration) {}
	}
	m.open.Inc()
	return func(route string, status int, took time.Duration) {
		m.open.Dec()
		m.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
	}
}

func (m *Metrics) mount(mux *http.ServeMux) {
	if m == nil {
		return
	}
	show := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	quietly(mux, "GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		from, err := netip.ParseAddrPort(r.RemoteAddr)
		for _, p := range m.allowed {
			if err == nil && p.Contains(from.Addr().Unmap()) && !forwarded(r) {
				show.ServeHTTP(w, r)
				return
			}
		}
		http.NotFound(w, r)
	})
}

func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || r.Header.Get("Via") != ""
}
