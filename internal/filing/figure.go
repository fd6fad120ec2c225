package filing

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

type (
	// Word is something in words.
	Word = procedure.Word
	// Choice is a value of a list.
	Choice = procedure.Choice
)

// Unit is what a figure counts in.
type Unit string

// The units. A sheet is a whole table of the report, filed where requests are kept
// elsewhere.
const (
	Count  Unit = "count"
	Money  Unit = "money" // kept in fen, filed in 万元
	Table3 Unit = "table3"
	Table4 Unit = "table4"
)

// Units gives the units.
func Units() []Choice {
	return []Choice{
		{Value: string(Count), Word: Word{Chinese: "件、条、次、人等（整数）", English: "a number of things"}},
		{Value: string(Money), Word: Word{Chinese: "万元", English: "10,000 yuan"}},
		{Value: string(Table3), Word: Word{Chinese: "整张表三（申请在别处登记的机关）", English: "the whole of table 3, where requests are kept elsewhere"}},
		{Value: string(Table4), Word: Word{Chinese: "整张表四（申请在别处登记的机关）", English: "the whole of table 4, where requests are kept elsewhere"}},
	}
}

// Sheet tells whether it is a whole table.
func (u Unit) Sheet() bool { return u == Table3 || u == Table4 }

// Sizes of what is written.
const (
	MaxName    = 40
	MaxLabel   = 60
	MaxMeaning = 500
	MaxFigure  = 1_000_000_000_000
)

// Figure is something that a section files.
type Figure struct {
	ID    string `json:"id"`
	Organ string `json:"organ"`
	Name  string `json:"name"` // as texts of the report call it: {{opinions.collected}}
	Word
	Meaning string        `json:"meaning"`        // what exactly counts
	Cite    string        `json:"cite,omitempty"` // by which article or source
	Unit    Unit          `json:"unit"`
	Every   Every         `json:"every"`
	Stock   bool          `json:"stock,omitempty"`  // the last stands; else periods are added up
	Section string        `json:"section"`          // key of the section that files it, or of the organ itself
	Role    account.Role  `json:"role"`             // on whose list it stands there
	Least   int64         `json:"least,omitempty"`  // what is less is asked about
	Most    int64         `json:"most,omitempty"`   // what is more is asked about; 0 for no bound
	Parts   []string      `json:"parts,omitempty"`  // names of those that it is the sum of
	From    calendar.Date `json:"from"`             // first day that is filed
	Until   calendar.Date `json:"until,omitzero"`   // last day; zero while it is filed
	Nth     int           `json:"nth"`              // its place in forms
	Former  []Home        `json:"former,omitempty"` // who filed it before, the oldest first
}

// Home is who filed a figure until a day.
type Home struct {
	Section string        `json:"section"`
	Role    account.Role  `json:"role"`
	Until   calendar.Date `json:"until"`
}

// home gives who files the figure for a period: one that is over stays where it was
// filed.
func (f Figure) home(p Period) (section string, role account.Role) {
	for _, h := range f.Former {
		if !p.Last().After(h.Until) {
			return h.Section, h.Role
		}
	}
	return f.Section, f.Role
}

// FigureSubject names a figure in the log.
func FigureSubject(id string) event.Subject { return event.Subject{Type: figureType, ID: id} }

const figureType = "filing-figure"

// Digest is what verify compares with the record.
func (f Figure) Digest() string { return event.Digest(f) }

// Asked tells whether the figure is filed for a period.
func (f Figure) Asked(p Period) bool {
	return f.Every == p.Every && !f.From.After(p.Last()) && (f.Until.IsZero() || !f.Until.Before(p.First()))
}

// key is what the keys of its numbers begin with.
func (f Figure) key() string {
	if f.Unit.Sheet() {
		return string(f.Unit)
	}
	return f.Name
}

// Cell gives the cell of table 2 that the figure fills in the form of a year; false
// for a figure that texts alone speak of.
func (f Figure) Cell(form *annual.Form) (annual.Ref, bool) {
	row, column, _ := strings.Cut(f.Name, ".")
	ref := annual.Ref{Table: "table2", Row: row, Column: column}
	_, _, _, ok := form.Cell(ref)
	return ref, ok && !f.Unit.Sheet()
}

// Filers are those on whose lists figures may stand.
func Filers() []account.Role {
	return []account.Role{account.Liaison, account.Clerk, account.HallManager}
}

// counted are names of figures that the house counts by itself, by what they begin
// with: two numbers of one name would contradict each other.
var counted = []string{"requests.", "disputes.", "documents.", "posts.", "fees.demands", "fees.received", "regulations.", "normativeDocuments.", "consultations.", "opinions.total", "opinions.ledger", "opinions.adopted", "opinions.partly", "opinions.declined", "opinions.by-"}

var nameForm = regexp.MustCompile(`^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)+$`)

// check tells what is wrong with a figure beside the others of its organ.
func (f Figure) check(others []Figure) error {
	var wrong errs.Fields
	same := func(o Figure) bool { return o.Name == f.Name && o.ID != f.ID }
	twice := func(o Figure) bool { return f.Unit.Sheet() && o.Unit == f.Unit && o.ID != f.ID }
	switch {
	case !nameForm.MatchString(f.Name) || len(f.Name) > MaxName:
		wrong.Add("name", "请用英文小写字母和点填写名称，如 training.sessions，不超过%d个字符。", MaxName)
	case slices.ContainsFunc(counted, func(begin string) bool { return strings.HasPrefix(f.Name, begin) }):
		wrong.Add("name", "“%s”由台账统计，不需要填报；请换一个名称。", f.Name)
	case slices.ContainsFunc(others, same):
		wrong.Add("name", "已经有名称为“%s”的指标。", f.Name)
	}
	for field, text := range map[string]string{"chinese": f.Chinese, "english": f.English} {
		if n := utf8.RuneCountInString(text); n == 0 || n > MaxLabel {
			wrong.Add(field, "请填写指标的名字，不超过%d个字。", MaxLabel)
		}
	}
	if n := utf8.RuneCountInString(f.Meaning); n < 4 || n > MaxMeaning {
		wrong.Add("meaning", "请写明什么计入、什么不计入，4至%d个字；填报的人照此计数。", MaxMeaning)
	}
	if _, ok := procedure.WordOf(string(f.Unit), Units()); !ok {
		wrong.Add("unit", "请选择单位。")
	}
	if slices.ContainsFunc(others, twice) {
		wrong.Add("unit", "这张表已经在列表里：一个机关的一张表只能由一处填报。")
	}
	switch {
	case f.Every.months() == 0:
		wrong.Add("every", "请选择多久填报一次。")
	case f.Unit.Sheet() && f.Every != Yearly:
		wrong.Add("every", "整张表按年填报，各期不能相加（上年结转和结转下年是时点数）。")
	}
	if !slices.Contains(Filers(), f.Role) {
		wrong.Add("role", "请选择由谁填报。")
	}
	if f.Section == "" {
		wrong.Add("section", "请选择由哪个内设机构填报。")
	}
	if f.From.IsZero() {
		wrong.Add("from", "请填写从哪一天起填报，如 2026-01-01。")
	}
	if f.Least < 0 || f.Most < 0 || f.Most > 0 && f.Most < f.Least {
		wrong.Add("most", "合理范围的上限不能小于下限；没有上限的留空。")
	}
	wrong = append(wrong, f.checkParts(others)...)
	return wrong.Err()
}

// checkParts wants the parts of a sum in the same return as the sum.
func (f Figure) checkParts(others []Figure) (wrong errs.Fields) {
	for _, name := range f.Parts {
		i := slices.IndexFunc(others, func(o Figure) bool { return o.Name == name && o.ID != f.ID })
		switch {
		case i < 0:
			wrong.Add("parts", "没有名称为“%s”的指标。", name)
		case others[i].Section != f.Section || others[i].Role != f.Role || others[i].Every != f.Every || others[i].Unit != f.Unit:
			wrong.Add("parts", "“%s”和它的合计要由同一处、按同样的频次和单位填报，才能核对。", name)
		}
	}
	return wrong
}

// fixed tells whether what may not change, once something was filed, is the same.
func (f Figure) fixed(was Figure) bool {
	return f.Name == was.Name && f.Unit == was.Unit && f.Every == was.Every && f.Stock == was.Stock
}
