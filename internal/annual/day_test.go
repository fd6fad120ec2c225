package annual_test

import (
	"testing"
	"time"

	"gongkai/internal/annual"
)

func TestParseDay(t *testing.T) {
	for s, want := range map[string]string{
		"2024年1月10日": "2024-01-10", "二〇二四年一月十日": "2024-01-10", "二○二四年十二月三十一日": "2024-12-31",
		"2024-01-10": "2024-01-10", "2024.1.9": "2024-01-09", "２０２４年１月５日": "2024-01-05",
		"二〇二四年一月二十日": "2024-01-20", "2024 年 1 月 10 日": "2024-01-10", "20231月1日": "", "十十年": "",
	} {
		got := ""
		if d, ok := annual.ParseDay(s); ok {
			got = d.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
}
