package annual_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/annual"
)

func TestMoneyIsKeptToTheFen(t *testing.T) {
	tests := []struct {
		name  string
		fen   int64
		long  string
		short string
	}{
		{"V18 12,345.67 yuan", 1_234_567, "1.234567", "1.23"},
		{"V19 30 yuan", 3_000, "0.003", "0.003"},
		{"one fen", 1, "0.000001", "0.000001"},
		{"nothing", 0, "0", "0"},
		{"whole 万元", 316_441 * annual.FenPerTenThousandYuan, "316441", "316441"},
		{"trailing zero", 18_871_000, "18.871", "18.87"},
		{"rounds up", 1_995_000, "1.995", "2"},
		{"refund", -1_234_567, "-1.234567", "-1.23"},
		{"largest", math.MaxInt64, "9223372036854.775807", "9223372036854.77"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := annual.FormatTenThousandYuan(tt.fen); got != tt.long {
				t.Errorf("in the form %q, want %q", got, tt.long)
			}
			if got := annual.ShortTenThousandYuan(tt.fen); got != tt.short {
				t.Errorf("in running text %q, want %q", got, tt.short)
			}
			back, err := annual.ParseTenThousandYuan(tt.long)
			if err != nil || back != tt.fen {
				t.Errorf("read back %d, %v; want %d", back, err, tt.fen)
			}
		})
	}
}

func TestMoneyReadsWhatIsPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "fen")
		if got, err := annual.ParseTenThousandYuan(annual.FormatTenThousandYuan(fen)); err != nil || got != fen {
			t.Fatalf("%d became %d, %v", fen, got, err)
		}
		if fen != 0 && annual.ShortTenThousandYuan(fen) == "0" {
			t.Fatalf("%d fen print as nothing", fen)
		}
	})
}

func TestMoneyRefusesWhatItCannotHold(t *testing.T) {
	for _, s := range []string{"", "-", ".5", "1.2345678", "1e3", "+5", "--5", "1,000", "１", "9223372036855", "5元", "1.2.3"} {
		if n, err := annual.ParseTenThousandYuan(s); err == nil {
			t.Errorf("%q was read as %d fen", s, n)
		}
	}
}

func TestPrintKeepsWhatIsNoFigure(t *testing.T) {
	tests := []struct {
		name string
		v    annual.Value
		unit annual.Unit
		want string
	}{
		{"figure without separators", annual.Int(11398889), annual.Count, "11398889"},
		{"decrease", annual.Int(-15), annual.Change, "-15"},
		{"money", annual.Value{State: annual.Number, N: 3000}, annual.TenThousandYuan, "0.003"},
		{"empty is not zero", annual.Value{State: annual.Empty}, annual.Count, ""},
		{"mark", annual.Value{State: annual.Mark, Raw: "/"}, annual.Count, "/"},
		{"doubtful as it stood", annual.Value{State: annual.Doubtful, Raw: "0 00"}, annual.Count, "0 00"},
		{"absent", annual.Value{}, annual.Count, ""},
	}
	for _, tt := range tests {
		if got := tt.v.Print(tt.unit); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
