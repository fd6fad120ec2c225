package reports

import (
	"net/http"
	"slices"

	"gongkai/internal/compile"
	"gongkai/internal/web"
)

// compareData is a report beside that of the year before.
type compareData struct {
	Path        string
	Source      string // where the figures of last year come from
	Rule        string // when a change is a jump
	Jumps, Many string // addresses of jumps only and of all
	Only        bool   // jumps only
	Rows        []compareRow
	Export      string
}

type compareRow struct {
	Name, Now, Before, Change, Why string
	Path                           string // to what is counted
	Jump                           bool
}

var compareTemplate = web.Define[compareData]("desk/report_compare")

func (p Pages) compare(w http.ResponseWriter, r *http.Request) error {
	b, err := p.open(r)
	if err != nil {
		return err
	}
	say, here := p.Kit.Say(r), path(b.Report.Organ, b.Report.Year)
	only := r.URL.Query().Get("jumps") == "1"
	var rows []compareRow
	for _, c := range b.Examined.Compare(b.Scene) {
		d, _ := c.Change()
		if only && !c.Jump || !c.Jump && d == 0 && c.Now.N == 0 {
			continue
		}
		one := compareRow{Name: c.Name, Why: c.Why, Path: cases(b.Scene.Figures.Cases[c.Ref]), Jump: c.Jump}
		one.Now, one.Before, one.Change = c.Print()
		rows = append(rows, one)
	}
	slices.SortStableFunc(rows, func(a, b compareRow) int {
		switch {
		case a.Jump == b.Jump:
			return 0
		case a.Jump:
			return -1
		}
		return 1
	})
	heads := []string{say.T("reports.cell"), say.T("reports.this-year"), say.T("reports.before"), say.T("reports.change"), say.T("reports.why-jump")}
	name := say.T("reports.compare-of", b.Scene.Organ.Name, b.Report.Year)
	if web.Format(r) == "xlsx" {
		return web.WriteXLSX(w, name, heads, func(yield func([]string, error) bool) {
			for _, one := range rows {
				if !yield([]string{one.Name, one.Now, one.Before, one.Change, one.Why}, nil) {
					return
				}
			}
		})
	}
	data := compareData{
		Path: here, Rule: say.T("reports.compare-rule", b.Scene.Policy.JumpFactor, b.Scene.Policy.JumpFactor, b.Scene.Policy.JumpLeast),
		Jumps: here + "/compare?jumps=1", Many: here + "/compare", Only: only, Rows: rows, Export: here + "/compare?format=xlsx", Source: source(say.T, b),
	}
	if only {
		data.Export += "&jumps=1"
	}
	return compareTemplate.Show(p.Kit, w, r, name, data)
}

// source tells where last year's figures come from.
func source(say func(string, ...any) string, b compile.Bench) string {
	key := "reports.compare-none"
	switch {
	case b.Scene.Before != nil:
		key = "reports.compare-signed"
	case b.Scene.Former != nil:
		key = "reports.compare-counted"
	}
	return say(key, b.Report.Year-1)
}
