package calendar

import "testing"

func TestSpan(t *testing.T) {
	for text, want := range map[string]string{
		"2025": "2025", "2025-01-01..2025-12-31": "2025", "2025-01-01..2025-03-31": "2025-01-01..2025-03-31", "2025-06-30..2025-06-30": "2025-06-30..2025-06-30",
		"2025-03-31..2025-01-01": "", "25": "", "": "", "2025-02-30..2025-03-01": "", "0000": "", "' OR 1": "",
	} {
		s, ok := ParseSpan(text)
		if ok != (want != "") || ok && s.String() != want {
			t.Errorf("%q: %v, %v", text, s, ok)
		}
	}
	if s, _ := ParseSpan("2025-01-01..2025-03-31"); s.Year() != 0 || s.From != On(2025, 1, 1) || s.To != On(2025, 3, 31) {
		t.Error(s)
	}
}
