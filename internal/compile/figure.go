package compile

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
)

// Figure is a number that texts can name: {{requests.received}}.
type Figure struct {
	Name string `json:"name"`
	Word
	Meaning Word     `json:"-"` // what exactly is counted, and what is not
	Task    Word     `json:"-"` // of the house, whose records are counted
	Section Section  `json:"-"` // in which texts tell of it; "" for none
	Unit    string   `json:"-"` // behind the number in a Chinese sentence
	Says    []string `json:"-"` // how Chinese texts name it; its Word if empty
	Value   int64    `json:"value"`
	Money   bool     `json:"money,omitempty"`  // fen, told in 万元
	Places  int      `json:"places,omitempty"` // decimals of money in texts; 0 for the usual two
	Cases   Cases    `json:"-"`                // what it counts
}

// Cases is the list in which one finds what a figure counts.
type Cases struct {
	List    List // "" when there is none
	Filters map[string]string
}

// List is a list of the house.
type List string

// The lists.
const (
	Requests  List = "requests"
	Documents List = "documents"
	Fees      List = "fees"
	Filings   List = "filings" // what sections filed
	Disputes  List = "disputes"

	Consultations List = "consultations"
	Opinions      List = "opinions"
	Parts         List = "figures" // of a figure that is a sum of others
)

// Text gives the figure as a sentence tells it.
func (f Figure) Text() string {
	if f.Money {
		return annual.RoundTenThousandYuan(f.Value, f.Places)
	}
	return strconv.FormatInt(f.Value, 10)
}

// Figures are what the records say of an organ and a year.
type Figures struct {
	Cells map[annual.Ref]annual.Value // of tables 2 to 4
	Cases map[annual.Ref]Cases        // what the cells count
	Named []Figure
	Lacks []Lack // what speaks against them, as the records themselves know

	Places int      // decimals of money in table 2; 0 for all
	Across []Across // periods that are left out
}

// Across is a period for which figures are filed and that lies across the edge of the days
// that are counted: what of it is in them nobody knows.
type Across struct {
	Period  Word
	Figures []Word
}

// asPrinted gives a cell as the report prints it: money with the decimals of the organ.
func (f Figures) asPrinted(ref annual.Ref, v annual.Value) annual.Value {
	if f.Places == 0 || unitOf(ref) != annual.TenThousandYuan || !v.Known() {
		return v
	}
	v.N = annual.RoundFen(v.N, f.Places)
	v.Raw = annual.FormatTenThousandYuan(v.N)
	return v
}

// Find gives a figure by its name.
func (f Figures) Find(name string) (Figure, bool) {
	for _, one := range f.Named {
		if one.Name == name {
			return one, true
		}
	}
	return Figure{}, false
}

// Source counts the figures of one task, of a year or of any days. Each task registers its
// own.
type Source interface {
	Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (Figures, error)
	Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (Figures, error)
}

// filedCells are the cells of table 2 that no record of ours has: decisions and
// money, not documents.
var filedCells = []annual.Ref{
	{Table: "table2", Row: "licences", Column: "decisions"},
	{Table: "table2", Row: "penalties", Column: "decisions"},
	{Table: "table2", Row: "coercion", Column: "decisions"},
	{Table: "table2", Row: "fees", Column: "amount"},
}

// FiledCells gives the cells that are filed by hand in the form of a year.
func FiledCells(form *annual.Form) []annual.Ref {
	var all []annual.Ref
	for _, b := range form.Tables[0].Blocks {
		for _, row := range b.Rows {
			for _, ref := range filedCells {
				if row.ID == ref.Row && len(b.Cols) == 1 && b.Cols[0].ID == ref.Column {
					all = append(all, ref)
				}
			}
		}
	}
	return all
}
