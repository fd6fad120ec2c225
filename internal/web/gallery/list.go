package gallery

import (
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/paging"
	"gongkai/internal/web"
)

// request is a line of the list.
type request struct {
	number, title, organ, due, tone string
	left                            int
}

var organs = []string{"青川旗政务服务局", "青川旗民政局", "青川旗自然资源局", "城关镇人民政府"}

// requests gives invented rows, always the same.
func requests() []request {
	subjects := []string{"征地补偿安置方案", "低保资金发放名册", "道路改造工程招标文件", "学校食堂检查记录", "草原补奖资金分配表", "信访事项办理结果"}
	all := make([]request, 87)
	for i := range all {
		all[i] = request{
			number: fmt.Sprintf("〔2026〕第%d号", i+1), title: subjects[i%len(subjects)], organ: organs[i*7%len(organs)],
			due: fmt.Sprintf("2026-%02d-%02d", 11+i%2, 1+i*5%28), left: i*5%23 - 2,
		}
		switch left := all[i].left; {
		case left < 0:
			all[i].tone = "red"
		case left <= 3:
			all[i].tone = "amber"
		default:
			all[i].tone = "green"
		}
	}
	return all
}

func ask(r *http.Request) (paging.Query, []request) {
	q := web.ReadList(r, []string{"number", "due"}, []string{"organ", "tone"})
	var found []request
	for _, one := range requests() {
		if (q.Words == "" || strings.Contains(one.number+one.title+one.organ, q.Words)) &&
			(q.Filter("organ") == "" || q.Filter("organ") == one.organ) && (q.Filter("tone") == "" || q.Filter("tone") == one.tone) {
			found = append(found, one)
		}
	}
	if q.Sort == "due" {
		slices.SortStableFunc(found, func(a, b request) int { return strings.Compare(a.due, b.due) })
	}
	if q.Desc {
		slices.Reverse(found)
	}
	return q, found
}

func (g Gallery) columns(r *http.Request) []web.Column {
	say := g.Kit.Say(r)
	return []web.Column{
		{Name: "number", Label: say.T("gallery.number"), Narrow: true},
		{Label: say.T("gallery.subject")},
		{Label: say.T("gallery.organ")},
		{Name: "due", Label: say.T("gallery.due"), Narrow: true},
		{Label: say.T("gallery.left"), Number: true},
		{Label: say.T("gallery.state"), Narrow: true},
	}
}

func (g Gallery) list(r *http.Request) web.List {
	say := g.Kit.Say(r)
	q, found := ask(r)
	states := map[string]string{"red": say.T("gallery.overdue"), "amber": say.T("gallery.soon"), "green": say.T("gallery.running")}
	list := web.List{
		Caption: say.T("gallery.list"), Path: r.URL.Path, Query: q, Total: len(found), Columns: g.columns(r), Search: say.T("gallery.search"), Export: true,
		Filters: []web.Filter{
			{Name: "organ", Label: say.T("gallery.organ")},
			{Name: "tone", Label: say.T("gallery.state"), Options: []web.Option{{Value: "red", Label: states["red"]}, {Value: "amber", Label: states["amber"]}, {Value: "green", Label: states["green"]}}},
		},
		Actions: []web.Action{{Label: say.T("gallery.add"), Path: r.URL.Path, Primary: true}},
		Empty:   web.Empty{Title: say.T("gallery.none"), Text: say.T("gallery.none-text")},
	}
	for _, name := range organs {
		list.Filters[0].Options = append(list.Filters[0].Options, web.Option{Value: name, Label: name})
	}
	from := min(q.Offset(), len(found))
	for _, one := range found[from:min(from+q.Limit(), len(found))] {
		list.Rows = append(list.Rows, web.Row{Tone: one.tone, Cells: []web.Cell{
			{Text: one.number, Link: r.URL.Path}, {Text: one.title}, {Text: one.organ}, {Text: one.due}, {Text: fmt.Sprint(one.left)}, {Text: states[one.tone], Badge: one.tone},
		}})
	}
	return list
}

func (g Gallery) export(w http.ResponseWriter, r *http.Request) error {
	_, found := ask(r)
	var heads []string
	for _, c := range g.columns(r)[:5] {
		heads = append(heads, c.Label)
	}
	var rows iter.Seq2[[]string, error] = func(yield func([]string, error) bool) {
		for _, one := range found {
			if !yield([]string{one.number, one.title, one.organ, one.due, fmt.Sprint(one.left)}, nil) {
				return
			}
		}
	}
	return web.WriteXLSX(w, g.Kit.Say(r).T("gallery.list"), heads, rows)
}
