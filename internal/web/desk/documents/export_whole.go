package documents

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// maxWhole is how many bytes of files an archive takes that leaves the house.
const maxWhole = 2 << 30

// exportCatalogue gives the documents of the list whole, as the template has them, so
// that another house can take them in. A text for which a cell is too small is named
// only: the archive has it.
func (p Pages) exportCatalogue(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	rows := func(yield func([]string, error) bool) {
		n := 0
		p.eachWhole(r, q, func(d publish.Document, err error) bool {
			if n++; err != nil {
				return yield(nil, err)
			}
			line := publish.LineOf(d)
			if name := publish.LongName(d.Text, n); name != "" {
				line.Cells["text"] = name
			}
			return yield(cellsOf(line), nil)
		})
	}
	return web.WriteXLSX(w, p.Kit.Say(r).T("documents.catalogue"), headings(), rows)
}

func cellsOf(l publish.Line) (all []string) {
	for _, c := range publish.Columns() {
		all = append(all, l.Cells[c.Name])
	}
	return all
}

// eachWhole goes through the documents of a list.
func (p Pages) eachWhole(r *http.Request, q paging.Query, use func(publish.Document, error) bool) {
	fetch := func(q paging.Query) (paging.Page[publish.Row], error) {
		return p.Desk.List(r.Context(), web.Actor(r), q)
	}
	for id, err := range web.EveryPage(q, fetch, func(row publish.Row) []string { return []string{row.ID} }) {
		var d publish.Document
		if err == nil {
			d, err = p.Desk.Document(r.Context(), web.Actor(r), id[0])
		}
		if !use(d, err) || err != nil {
			return
		}
	}
}

// exportWhole gives an archive: the catalogue, and beside it the files that it names.
// It is sent as it is made, so it says in itself where it ends early.
func (p Pages) exportWhole(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	page, err := p.Desk.List(r.Context(), web.Actor(r), q)
	switch {
	case err != nil:
		return err
	case page.Total > publish.MaxLines:
		return errs.New(errs.TooLarge, "符合条件的文件有%d份，一个压缩包最多%d份；请先用筛选条件（如年份、机关）分几次导出。", page.Total, publish.MaxLines)
	}
	if err := p.Desk.GivenOut(r.Context(), web.Actor(r), page.Total); err != nil {
		return err
	}
	name := p.Kit.Say(r).T("documents.catalogue")
	web.Attach(w, name+".zip", "application/zip")
	a := archive{zip: zip.NewWriter(w), open: p.Files.Open}
	p.eachWhole(r, q, a.take)
	if a.err == nil {
		a.err = a.end(name)
	}
	if a.err != nil { // half an archive must not look like a whole one
		p.Kit.Log.ErrorContext(r.Context(), "archive of documents", "error", a.err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// archive is an archive of documents while it is sent.
type archive struct {
	zip   *zip.Writer
	open  func(hash string) (io.ReadSeekCloser, error)
	rows  [][]string
	bytes int64
	left  int // documents that were left out because there was no room
	err   error
}

// take puts a document into it.
func (a *archive) take(d publish.Document, err error) bool {
	if a.err = err; err != nil {
		return false
	}
	if a.bytes >= maxWhole {
		a.left++
		return true
	}
	n := len(a.rows) + 1
	line := publish.LineOf(d)
	if name := publish.LongName(d.Text, n); name != "" {
		line.Cells["text"] = name
		a.err = a.put(name, strings.NewReader(d.Text))
	}
	var names []string
	for _, f := range d.Files {
		name := fmt.Sprintf("附件/%04d/%s", n, f.Name)
		names = append(names, name)
		if a.err == nil {
			a.err = a.copy(name, f.Hash)
		}
	}
	line.Cells["files"] = strings.Join(names, "\n")
	a.rows = append(a.rows, cellsOf(line))
	return a.err == nil
}

func (a *archive) copy(name, hash string) error {
	f, err := a.open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	return a.put(name, f)
}

func (a *archive) put(name string, from io.Reader) error {
	to, err := a.zip.Create(name)
	if err != nil {
		return err
	}
	n, err := io.Copy(to, from)
	a.bytes += n
	return err
}

// end puts the catalogue in, and what is missing where something is.
func (a *archive) end(name string) error {
	if a.left > 0 {
		says := fmt.Sprintf("压缩包已满（%d GB），还有%d份文件没有放入。请回到列表，用筛选条件（如年份、机关）分几次导出。\n", maxWhole>>30, a.left)
		if err := a.put("！没有导出完整.txt", strings.NewReader(says)); err != nil {
			return err
		}
	}
	to, err := a.zip.Create(name + ".xlsx")
	if err != nil {
		return err
	}
	rows := func(yield func([]string, error) bool) {
		for _, row := range a.rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	if err := web.PutXLSX(to, headings(), rows); err != nil {
		return err
	}
	return a.zip.Close()
}
