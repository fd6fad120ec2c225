package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gongkai/internal/cli"
)

// BenchmarkCheckDirectory reads and checks a directory of reports, as gongkai
// report check does: the figure to watch is reports/s. With -cpu 1,2 it tells
// what a second core gives.
func BenchmarkCheckDirectory(b *testing.B) {
	const reports = 200
	for _, format := range []string{"docx", "html", "pdf", "txt", "xlsx"} {
		b.Run(format, func(b *testing.B) {
			dir := b.TempDir()
			env := func(name string) string {
				if name == "GONGKAI_CACHE" {
					return filepath.Join(os.TempDir(), "gongkai-test-cache")
				}
				return ""
			}
			var out bytes.Buffer
			first := filepath.Join("..", "..", "testdata", model)
			if format != "txt" {
				made := filepath.Join(dir, "0."+format)
				if code := cli.Run(b.Context(), []string{"report", "convert", first, made}, env, nil, &out, &out); code != 0 {
					b.Fatal(out.String())
				}
				first = made
			}
			data, err := os.ReadFile(first)
			if err != nil {
				b.Fatal(err)
			}
			for i := 1; i < reports; i++ {
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.%s", i, format)), data, 0o600); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				out.Reset()
				if code := cli.Run(b.Context(), []string{"report", "check", "--format", "json", dir}, env, nil, &out, &out); code == 2 {
					b.Fatal(out.String()[:500])
				}
			}
			b.ReportMetric(float64(reports*b.N)/b.Elapsed().Seconds(), "reports/s")
		})
	}
}
