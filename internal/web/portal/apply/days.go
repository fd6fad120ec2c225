package apply

import (
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/locale"
)

func (p Apply) today() calendar.Date { return calendar.On(p.Kit.Now().Date()) }

// dayWords writes a day as text has it: 2026年11月22日.
func dayWords(say *locale.Catalogue, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Civil()
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if english(say) {
		return at.Format("2 January 2006")
	}
	return at.Format("2006年1月2日")
}
