package platform

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
	"net/http"

	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// batch is how many lines are read at once.
const batch = 500

// all gives the whole catalogue, a part at a time, so that its length does not matter.
func (p Platform) all(ctx context.Context, after string) iter.Seq2[publish.Listed, error] {
	return func(yield func(publish.Listed, error) bool) {
		for {
			some, err := p.Catalogue.CatalogueAfter(ctx, after, batch)
			if err != nil {
				yield(publish.Listed{}, err)
				return
			}
			for _, l := range some {
				if after = l.ID; !yield(l, nil) {
					return
				}
			}
			if len(some) < batch {
				return
			}
		}
	}
}

// entry is a line of the catalogue as open data. Names and values stay as they are:
// programs of others read them.
type entry struct {
	ID        string `json:"id"`
	Address   string `json:"url"`
	Index     string `json:"index"`
	Title     string `json:"title"`
	Number    string `json:"number"`
	Organ     string `json:"organ"`
	Kind      string `json:"kind"`
	Subject   string `json:"subject"`
	Theme     string `json:"theme"`
	Force     string `json:"validity"`
	Formed    string `json:"formed"`
	Published string `json:"published"`
	Changed   string `json:"changed"`
	Summary   string `json:"summary"`
}

func (e entry) cells() []string {
	return []string{e.Index, e.Title, e.Number, e.Organ, e.Kind, e.Subject, e.Theme, e.Force, e.Formed, e.Published, e.Changed, e.Summary, e.Address, e.ID}
}

// names are those of the same in the order of the csv.
var names = []string{"index", "title", "number", "organ", "kind", "subject", "theme", "validity", "formed", "published", "changed", "summary", "url", "id"}

// headings are those of the csv, the Chinese names of the same.
var headings = []string{"索引号", "标题", "文号", "发布机关", "种类", "公开事项", "主题分类", "有效性", "成文日期", "发布日期", "更新日期", "内容概述", "网址", "编号"}

func entryOf(l publish.Listed, tree *org.Tree, base string) entry {
	kind, _ := l.Kind.Info()
	subject, _ := law.SubjectByID(l.Subject)
	return entry{
		l.ID, base + Path + "/" + l.ID, l.Index, l.Title, l.Number, tree.Name(l.Organ), kind.Chinese, subject.Label + subject.Text, l.Theme, l.Force.Words().Chinese,
		day(l.Formed), day(l.Published), day(l.Changed), l.Summary,
	}
}

// entries gives all of the catalogue as open data.
func (p Platform) entries(r *http.Request) (iter.Seq2[entry, error], error) {
	tree, err := p.Organs.Tree(r.Context())
	base := web.Origin(r, p.Base)
	return func(yield func(entry, error) bool) {
		for l, err := range p.all(r.Context(), "") {
			if !yield(entryOf(l, tree, base), err) || err != nil {
				return
			}
		}
	}, err
}

// dataCSV gives the whole catalogue as a table.
func (p Platform) dataCSV(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfDocuments); same || err != nil {
		return err
	}
	all, err := p.entries(r)
	if err != nil {
		return err
	}
	return web.StreamCSV(w, "catalogue", headings, func(yield func([]string, error) bool) {
		for e, err := range all {
			if !yield(e.cells(), err) || err != nil {
				return
			}
		}
	})
}

// dataJSON gives the whole catalogue as a list of objects.
func (p Platform) dataJSON(w http.ResponseWriter, r *http.Request) error {
	if same, err := p.Kit.Unchanged(w, r, web.OfDocuments); same || err != nil {
		return err
	}
	all, err := p.entries(r)
	if err != nil {
		return err
	}
	web.Attach(w, "catalogue.json", "application/json; charset=utf-8")
	return web.Streamed(w, func(out io.Writer) error {
		b := bufio.NewWriter(out)
		list, first := json.NewEncoder(b), true
		if err := b.WriteByte('['); err != nil {
			return err
		}
		for e, err := range all {
			if err != nil {
				return err
			}
			if !first {
				if err := b.WriteByte(','); err != nil {
					return err
				}
			}
			if first = false; list.Encode(e) != nil {
				return io.ErrClosedPipe
			}
		}
		if err := b.WriteByte(']'); err != nil {
			return err
		}
		return b.Flush()
	})
}
