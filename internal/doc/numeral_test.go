package doc

import "testing"

func TestNumerals(t *testing.T) {
	for n, want := range map[int]string{0: "〇", 1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一百零五", 110: "一百一十", 1001: "一千零一", 9999: "九千九百九十九", 10000: "10000", -1: "-1"} {
		if got := PlainNumerals().Count(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 1994: "MCMXCIV", 3999: "MMMCMXCIX", 0: "0", 4000: "4000"} {
		if got := Roman(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}
