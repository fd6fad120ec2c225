package foi

import (
	"fmt"

	"gongkai/internal/calendar"
)

// RandomDeed makes up something that may happen to a request, for walks that go
// through the desk and the database.
func RandomDeed(r Request, cal *calendar.Calendar, today calendar.Date, pick func(n int) int) (Deed, bool) {
	w := walker{cal: cal, pick: pick, today: today, r: r, taken: map[step]bool{}}
	kind, ok := w.choose(Scene{Actor: "somebody", Today: today, Calendar: cal})
	if !ok || kind == LimitMoved {
		return nil, false
	}
	d := w.deed(kind)
	if reassign, ok := d.(Reassign); ok {
		reassign.To = fmt.Sprintf("P%s", reassign.To)
		d = reassign
	}
	if search, ok := d.(AskSearch); ok {
		search.What = "查找"
		d = search
	}
	return d, true
}
