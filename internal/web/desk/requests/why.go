package requests

import (
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/paging"
)

// why tells why a request stands in the cell of table 3 that the list is asked for:
// its days, the outcome that counts, and the kind of its first applicant.
func why(say *locale.Catalogue, q paging.Query, row foi.Row) string {
	span, ok := calendar.ParseSpan(q.Filter(foi.FilterYear))
	if !ok || row.Received.IsZero() {
		return ""
	}
	ended := !row.Ended.IsZero() && !row.Ended.After(span.To)
	text := say.T("requests.why-received", row.Received.String())
	if row.Received.Before(span.From) {
		text = say.T("requests.why-carried-in", row.Received.String())
	}
	switch cell := q.Filter(foi.FilterRow); {
	case cell == foi.RowReceived || cell == foi.RowCarriedIn:
	case ended:
		text += say.T("requests.why-ended", row.Ended.String(), outcomeLabel(row.Counted))
	default:
		text += say.T("requests.why-open", span.To.String())
	}
	if foi.ParseConventions(q.Filter(foi.FilterCounting)).Each {
		return text + say.T("requests.why-each")
	}
	return text + say.T("requests.why-column", kindWord(row.Kind))
}
