package filing

import (
	"strconv"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
)

// Field is one number that a return asks for: a figure, or a cell of a sheet.
type Field struct {
	Key    string // the figure's name, or the cell as annual.Ref has it
	Figure Figure
	Label  Word
	Ref    annual.Ref // of a cell of a sheet; zero else
	Money  bool
}

// Fields gives what is asked for, in the order of the figures and of the form.
func Fields(figures []Figure, p Period) []Field {
	var all []Field
	for _, f := range figures {
		if !f.Unit.Sheet() {
			all = append(all, Field{Key: f.Name, Figure: f, Label: f.Word, Money: f.Unit == Money})
			continue
		}
		form := annual.FormFor(p.Year)
		if form == nil {
			continue
		}
		for _, ref := range (&annual.Report{Form: form}).Refs() {
			if ref.Table == string(f.Unit) {
				label := form.Label(ref)
				all = append(all, Field{Key: ref.String(), Figure: f, Label: Word{Chinese: label, English: label}, Ref: ref})
			}
		}
	}
	return all
}

// Print gives a number as it is typed: 万元 for money.
func (f Field) Print(n int64) string {
	if f.Money {
		return annual.FormatTenThousandYuan(n)
	}
	return strconv.FormatInt(n, 10)
}

// tidy takes away what people and spreadsheets put around digits.
var tidy = strings.NewReplacer(" ", "", "\u00a0", "", "　", "", ",", "", "，", "", "０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "．", ".", "－", "-")

// Parse reads a number as it was typed; told is false for an empty field.
func (f Field) Parse(typed string) (n int64, told bool, err error) {
	text := tidy.Replace(strings.TrimSpace(typed))
	if text == "" {
		return 0, false, nil
	}
	if strings.HasPrefix(text, "-") && len(text) > 1 {
		return 0, true, errs.New(errs.Invalid, "不能是负数；更正以前的数据请在那一期办理更正。")
	}
	if f.Money {
		if n, err = annual.ParseTenThousandYuan(text); err != nil || n > MaxFigure {
			return 0, true, errs.New(errs.Invalid, "“%s”不是金额：单位万元，最多六位小数（到分），如 12.5；没有的填 0。", short(typed))
		}
		return n, true, nil
	}
	whole, fraction, _ := strings.Cut(text, ".") // spreadsheets write 12 as 12.0
	n, err = strconv.ParseInt(whole, 10, 64)
	switch {
	case err == nil && strings.Trim(fraction, "0") != "":
		return 0, true, errs.New(errs.Invalid, "“%s”不是整数：件数、条数、人次不能有小数。", short(typed))
	case err != nil || n < 0 || n > MaxFigure:
		return 0, true, errs.New(errs.Invalid, "“%s”不是数：请填写整数，如 15；没有的填 0。", short(typed))
	}
	return n, true, nil
}

func short(text string) string {
	const most = 20
	if runes := []rune(strings.TrimSpace(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return strings.TrimSpace(text)
}

// Read reads all that was typed, by key. What cannot be read is told beside its field.
func Read(fields []Field, typed func(key string) string) (map[string]int64, errs.Fields) {
	values := map[string]int64{}
	var wrong errs.Fields
	for _, f := range fields {
		n, told, err := f.Parse(typed(f.Key))
		switch {
		case err != nil:
			wrong.Add(f.Key, "%s", errs.Public(err))
		case told:
			values[f.Key] = n
		}
	}
	return values, wrong
}
