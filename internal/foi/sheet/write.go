package sheet

import (
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// Headings gives the first line of a ledger that goes out, and of the template.
func Headings() []string {
	var all []string
	for _, c := range Columns() {
		all = append(all, c.Heading)
	}
	return all
}

// Row gives a request as a line of the ledger. people names handlers.
func Row(e foi.Exported, people map[string]string) []string {
	told := cells(e, people)
	var row []string
	for _, c := range Columns() {
		row = append(row, told[c.Name])
	}
	return row
}

func cells(e foi.Exported, people map[string]string) map[string]string {
	p := e.Applicant()
	info, _ := e.Channel.Info()
	told := map[string]string{
		number: e.Number, channel: info.Chinese, arrived: day(e.ArrivedOn), received: day(e.ReceivedOn), kind: kindLabel(p.Kind), organisation: p.Organisation, credit: p.CreditCode,
		text: e.Ask.Text, form: wordOf(e.Ask.Form, foi.Forms()), way: wordOf(e.Ask.Way, foi.Ways()), handler: people[e.Handler], due: day(e.LastDay), step: e.Status.Words().Chinese,
	}
	for column, k := range personalKinds {
		told[column] = e.Facts[k]
	}
	if o, ok := law.OutcomeByID(e.Ended); ok {
		told[outcome], told[ended] = label(o), day(e.EndedOn)
		if len(e.Decisions) > 0 {
			told[reply] = e.Decisions[0].Number
		}
		if len(e.Services) > 0 {
			told[service] = e.Services[0].Way.Words().Chinese
		}
	}
	disputes(e.Disputes, told)
	return told
}

func disputes(of []foi.Dispute, told map[string]string) {
	parts := map[string][]string{}
	for _, x := range of {
		parts[disputeKind] = append(parts[disputeKind], wordOf(string(x.Kind), foi.DisputeKinds()))
		parts[disputeBody] = append(parts[disputeBody], x.Body)
		parts[caseNo] = append(parts[caseNo], x.Number)
		parts[filed] = append(parts[filed], day(x.FiledOn))
		parts[decided] = append(parts[decided], day(x.DecidedOn))
		parts[result] = append(parts[result], wordOf(string(x.Result), foi.Results()))
	}
	for column, words := range parts {
		if told[column] = strings.Join(words, "；"); strings.Trim(told[column], "；") == "" {
			told[column] = ""
		}
	}
}

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func wordOf(value string, from []foi.Choice) string {
	for _, c := range from {
		if c.Value == value {
			return c.Chinese
		}
	}
	return ""
}
