package foi

import "gongkai/internal/calendar"

// FeeMethod is how the processing fee is reckoned (国办函〔2020〕109号§3).
type FeeMethod string

const (
	// ByPieces counts an applicant's requests to one organ in a calendar month.
	ByPieces FeeMethod = "pieces"
	// ByPages counts the pages of one request: A4, one side.
	ByPages FeeMethod = "pages"
)

// Tariff is the price list of one method. The price applies to the part of the
// count that lies inside a band (超额累进). Behind the last band, if it has an
// end, the price grows by Add fen for every further Every units.
type Tariff struct {
	Method FeeMethod
	Unit   string
	UnitEN string
	Bands  []FeeBand
	Every  int64
	Add    int64
	Cite   string
}

// FeeBand is a row of ranks at one price.
type FeeBand struct {
	From int64 // rank of the first
	To   int64 // rank of the last; 0: no end
	Fen  int64 // for each
}

// Tariffs gives the price lists of 国办函〔2020〕109号.
func Tariffs() []Tariff {
	const yuan = 100
	return []Tariff{
		{
			Method: ByPieces, Unit: "件", UnitEN: "piece", Cite: "国办函〔2020〕109号§4",
			Bands: []FeeBand{{1, 10, 0}, {11, 30, 100 * yuan}},
			Every: 10, Add: 100 * yuan,
		},
		{
			Method: ByPages, Unit: "页", UnitEN: "page", Cite: "国办函〔2020〕109号§5",
			Bands: []FeeBand{{1, 30, 0}, {31, 100, 10 * yuan}, {101, 200, 20 * yuan}, {201, 0, 40 * yuan}},
		},
	}
}

// TariffOf finds the price list of a method.
func TariffOf(method FeeMethod) (Tariff, bool) {
	for _, t := range Tariffs() {
		if t.Method == method {
			return t, true
		}
	}
	return Tariff{}, false
}

// band gives the i-th band, growing ones included.
func (t Tariff) band(i int) FeeBand {
	if i < len(t.Bands) {
		return t.Bands[i]
	}
	last := t.Bands[len(t.Bands)-1]
	k := int64(i - len(t.Bands))
	from := last.To + 1 + k*t.Every
	return FeeBand{from, from + t.Every - 1, last.Fen + t.Add*(k+1)}
}

// growing sums up the growing bands from the i-th to the one that holds count.
func (t Tariff) growing(i int, count int64) FeeStep {
	first := t.band(i)
	whole := (count - first.From + 1) / t.Every // bands that are full
	rest := (count - first.From + 1) % t.Every
	s := FeeStep{From: first.From, To: count, Count: count - first.From + 1, Price: first.Fen, Cite: t.Cite, unit: t.Unit, unitEN: t.UnitEN, every: t.Every}
	s.Fen = t.Every * (whole*first.Fen + t.Add*(whole*(whole-1)/2))
	s.Fen += rest * (first.Fen + whole*t.Add)
	s.Top = first.Fen + (whole-1)*t.Add
	if rest > 0 {
		s.Top += t.Add
	}
	if s.Top == s.Price {
		s.Top = 0
	}
	return s
}

// MonthFee is the fee by pieces of one calendar month.
type MonthFee struct {
	Month calendar.Date // its first day
	Fee   Fee
}

// ChargeMonths gives the fee by pieces of an applicant whose requests an organ
// received on the given days: the count begins anew with every calendar month
// (国办函〔2020〕109号§4). Months are in the order of their first request.
func ChargeMonths(received []calendar.Date) ([]MonthFee, error) {
	counts := map[calendar.Date]int64{}
	var months []calendar.Date
	for _, d := range received {
		year, month, _ := d.Civil()
		first := calendar.On(year, month, 1)
		if counts[first] == 0 {
			months = append(months, first)
		}
		counts[first]++
	}
	var fees []MonthFee
	for _, m := range months {
		f, err := Charge(ByPieces, counts[m])
		if err != nil {
			return nil, err
		}
		fees = append(fees, MonthFee{m, f})
	}
	return fees, nil
}
