package release

import (
	"context"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/foi"
)

// Redactions is the list of what was taken out of the files of a reply and why,
// to be printed with it (条例§36.3, 条例§37).
func (o *Office) Redactions(ctx context.Context, actor account.Actor, request string) (foi.Request, *doc.Doc, error) {
	r, files, err := o.List(ctx, actor, request)
	if err != nil {
		return r, nil, err
	}
	d := &doc.Doc{Title: "区分处理清单"}
	d.AddPara(doc.Title, "区分处理清单")
	d.AddPara(doc.Plain, r.Number)
	n := 0
	for _, f := range files {
		if len(f.Redactions) == 0 {
			continue
		}
		n++
		d.AddPara(doc.Body, strconv.Itoa(n)+"."+f.Name)
		d.AddTable(table(f.Redactions))
	}
	if n == 0 {
		d.AddPara(doc.Body, "随答复提供的文件没有删去任何内容。")
	}
	return r, d, nil
}

func table(all []Redaction) *doc.Table {
	t := &doc.Table{Cols: 5, Grid: true, Widths: []int{1, 3, 3, 4, 1}}
	add := func(header bool, cells ...string) {
		row := doc.Row{Header: header}
		for i, text := range cells {
			row.Cells = append(row.Cells, doc.Cell{Text: text, Col: i, ColSpan: 1, RowSpan: 1, Header: header})
		}
		t.Rows = append(t.Rows, row)
	}
	add(true, "序号", "删去的内容", "位置", "理由和依据", "处数")
	for i, r := range all {
		g, _ := GroundOf(r.Why)
		add(false, strconv.Itoa(i+1), r.What, r.Where, g.Chinese+"（"+g.Cite+"）", strconv.Itoa(r.Count))
	}
	return t
}
