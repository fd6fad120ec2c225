package consultations

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"gongkai/internal/consult"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// DataPath is where all consultations are as open data.
const DataPath = "/data/consultations"

// entry is a consultation as open data. Names and values stay as they are: programs of
// others read them.
type entry struct {
	ID      string `json:"id"`
	Address string `json:"url"`
	Title   string `json:"title"`
	Organ   string `json:"organ"`
	Kind    string `json:"kind"`
	State   string `json:"state"`
	From    string `json:"from"`
	Until   string `json:"until"`
	Told    string `json:"feedback"`
	// As the feedback tells; null before.
	Opinions *consult.Tally `json:"opinions"`
}

// headings are those of the csv, the Chinese names of the same.
var headings = []string{"标题", "征集机关", "事项类别", "状态", "开始日期", "截止日期", "反馈日期", "收到意见", "采纳", "部分采纳", "未采纳", "网址", "编号"}

func (e entry) cells() []string {
	counts := make([]string, 4)
	if t := e.Opinions; t != nil {
		for i, n := range []int{t.Received, t.Adopted, t.Partly, t.Declined} {
			counts[i] = strconv.Itoa(n)
		}
	}
	return slices.Concat([]string{e.Title, e.Organ, e.Kind, e.State, e.From, e.Until, e.Told}, counts, []string{e.Address, e.ID})
}

func (p Pages) entry(r *http.Request, c consult.Row, tree *org.Tree, base string) (entry, error) {
	e := entry{
		ID: c.ID, Address: base + Path + "/" + c.ID, Title: c.Title, Organ: tree.Name(c.Organ), Kind: c.Kind.Words().Chinese,
		State: c.Phase(p.Desk.Today()).Words().Chinese, From: c.From.String(), Until: c.Until.String(),
	}
	if c.Told.IsZero() {
		return e, nil
	}
	s, err := p.Desk.Public(r.Context(), c.ID)
	if err != nil {
		return e, err
	}
	if f, told := s.Told(); told {
		e.Told, e.Opinions = f.On.String(), &f.Count
	}
	return e, nil
}

// dataCSV gives all consultations as a table.
func (p Pages) dataCSV(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfConsultations); same || err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	base := web.Origin(r, p.Base)
	return web.StreamCSV(w, "consultations", headings, func(yield func([]string, error) bool) {
		for c, err := range p.every(r) {
			e := entry{}
			if err == nil {
				e, err = p.entry(r, c, tree, base)
			}
			if !yield(e.cells(), err) || err != nil {
				return
			}
		}
	})
}

// dataJSON gives all consultations as a list of objects.
func (p Pages) dataJSON(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfConsultations); same || err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	all, base := []entry{}, web.Origin(r, p.Base)
	for c, err := range p.every(r) {
		if err != nil {
			return err
		}
		e, err := p.entry(r, c, tree, base)
		if err != nil {
			return err
		}
		all = append(all, e)
	}
	web.Attach(w, "consultations.json", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(all)
}
