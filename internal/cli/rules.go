package cli

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"gongkai/internal/annual/check"
	"gongkai/internal/guard"
	"gongkai/internal/locale"
	"gongkai/internal/rule"
)

// rulesCmd is gongkai rules: what the report check and the release guard look at.
type rulesCmd struct {
	JSON bool `name:"json" help:"flag.json"`
}

// ruleJSON is a rule as a machine reads it.
type ruleJSON struct {
	ID       string   `json:"id"`
	Also     []string `json:"also"`
	Title    string   `json:"title"`
	TitleEN  string   `json:"titleEN"`
	Severity string   `json:"severity"`
	Cite     string   `json:"cite"`
	Since    int      `json:"since,omitempty"`
	Until    int      `json:"until,omitempty"`
}

// describe makes rules readable.
func describe[T any](rules []rule.Rule[T]) (all []ruleJSON) {
	for _, r := range rules {
		also := r.Also
		if also == nil {
			also = []string{}
		}
		all = append(all, ruleJSON{r.ID, also, r.Title, r.TitleEN, string(r.Severity), r.Cite, r.Since, r.Until})
	}
	return all
}

// allRules are those of the report check and those of the release guard.
func allRules() []ruleJSON { return append(describe(check.Rules()), describe(guard.Rules())...) }

// Run lists the rules in the order in which they are applied.
func (c *rulesCmd) Run(a *app) error {
	if c.JSON {
		list := jsonList{w: a.stdout}
		for _, r := range allRules() {
			if err := list.add(r); err != nil {
				return err
			}
		}
		return list.end()
	}
	tw := table.NewWriter()
	tw.SetStyle(table.StyleLight)
	tw.Style().Format.Header = text.FormatDefault
	tw.AppendHeader(table.Row{a.say.T("rules.id"), a.say.T("rules.severity"), a.say.T("rules.title"), a.say.T("rules.years"), a.say.T("rules.cite")})
	tw.SetColumnConfigs([]table.ColumnConfig{{Number: 3, WidthMax: 64}, {Number: 5, WidthMax: 28}})
	for _, r := range allRules() {
		title := r.Title
		if a.say.Lang == locale.English && r.TitleEN != "" {
			title = r.TitleEN
		}
		id := strings.Join(append([]string{r.ID}, r.Also...), " ")
		tw.AppendRow(table.Row{id, a.say.T(lookOf(rule.Severity(r.Severity)).key), title, years(r.Since, r.Until), r.Cite})
	}
	_, err := fmt.Fprintln(a.stdout, tw.Render())
	return err
}

func years(since, until int) string {
	switch {
	case since == 0 && until == 0:
		return ""
	case until == 0:
		return fmt.Sprintf("%d–", since)
	case since == 0:
		return fmt.Sprintf("–%d", until)
	}
	return fmt.Sprintf("%d–%d", since, until)
}
