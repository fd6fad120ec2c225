package rollup_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
	"gongkai/internal/annual/rollup"
)

// many gives n reports of n organs in ten folders; figures repeat.
func many(n int, add func(string, *annual.Report)) {
	form := annual.FormByID("2021")
	var patterns []*annual.Report
	for i := range 20 {
		patterns = append(patterns, annualtest.GenFor("某局", form, 2023, false).Example(i))
	}
	for i := range n {
		r := *patterns[i%len(patterns)]
		r.Organ = fmt.Sprintf("第%d局", i)
		add(fmt.Sprintf("报送/第%d县/%d.docx", i%10, i), &r)
	}
}

func benchmarkSum(b *testing.B, n int) {
	for b.Loop() {
		builder := rollup.New(nil, rollup.Options{})
		many(n, builder.Add)
		if r := builder.Result(); r.Summed != n {
			b.Fatal(r.Summed)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

func BenchmarkSum1000(b *testing.B)  { benchmarkSum(b, 1_000) }
func BenchmarkSum10000(b *testing.B) { benchmarkSum(b, 10_000) }

// BenchmarkHeld10000 measures what a Builder keeps of each report.
func BenchmarkHeld10000(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		builder := rollup.New(nil, rollup.Options{})
		many(10_000, builder.Add)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/10_000, "held-B/report")
		runtime.KeepAlive(builder)
	}
}

func BenchmarkOutput10000(b *testing.B) {
	builder := rollup.New(nil, rollup.Options{})
	many(10_000, builder.Add)
	r := builder.Result()
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			if err := r.WriteJSON(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("xlsx", func(b *testing.B) {
		for b.Loop() {
			if err := r.WriteWorkbook(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}
