package course

import (
	"strconv"

	"gongkai/internal/calendar"
	"gongkai/internal/locale"
	"gongkai/internal/work"
)

// Left puts the time that is left until a last day into words.
func Left(say *locale.Catalogue, l work.Left, due calendar.Date) string {
	day := dayWord(say, due)
	switch {
	case l.Late && l.Known && l.Days == 1:
		return say.T("work.late-one")
	case l.Late && l.Known && l.Days > 0:
		return say.T("work.late-days", l.Days)
	case l.Late:
		return say.T("work.late", day)
	case !l.Known:
		return say.T("work.until", day)
	case l.Days == 0:
		return say.T("work.today", day)
	case l.Days == 1:
		return say.T("work.left-one", day)
	}
	return say.T("work.left-days", l.Days, day)
}

// dayWord gives a day without its year, as 11月25日.
func dayWord(say *locale.Catalogue, d calendar.Date) string {
	_, month, day := d.Civil()
	if say.Lang == locale.English {
		return strconv.Itoa(day) + " " + month.String()
	}
	return strconv.Itoa(int(month)) + "月" + strconv.Itoa(day) + "日"
}

// Line is a line of why the last day is that day.
type Line struct{ Days, Text, Cite string }

// Lines puts an explanation into the page's language.
func Lines(say *locale.Catalogue, steps []calendar.Step) []Line {
	var all []Line
	for _, s := range steps {
		line := Line{Days: s.From.String(), Text: s.Chinese(), Cite: s.Cite}
		if s.To != s.From {
			line.Days += " – " + s.To.String()
		}
		if say.Lang == locale.English {
			line.Text = s.English()
		}
		all = append(all, line)
	}
	return all
}
