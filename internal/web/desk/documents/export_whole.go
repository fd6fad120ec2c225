package documents

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// maxWhole is how many bytes of files an archive takes that leaves the house: larger ones
// are cut off on their way, and a browser does not take them up again.
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

// volume is what one archive of a list holds.
type volume struct {
	First, Count int // documents; the first of the list is 1
	Bytes        int64
}

// parts divides a list into archives that are not larger than they may be, as far as no
// single document is.
func (p Pages) parts(r *http.Request, q paging.Query) (all []volume, err error) {
	most, n := p.MaxWhole, 0
	if most == 0 {
		most = maxWhole
	}
	p.eachWhole(r, q, func(d publish.Document, failed error) bool {
		if err = failed; err != nil {
			return false
		}
		n++
		size := int64(len(d.Text))
		for _, f := range d.Files {
			info, failed := p.Files.Info(r.Context(), f.Hash)
			if err = failed; err != nil {
				return false
			}
			size += info.Size
		}
		if last := len(all) - 1; last >= 0 && all[last].Bytes+size <= most {
			all[last].Count++
			all[last].Bytes += size
			return true
		}
		all = append(all, volume{n, 1, size})
		return true
	})
	return all, err
}

// partsData are the archives of a list that is too large for one.
type partsData struct {
	Lead, Back string
	Parts      []web.Action
}

var partsTemplate = web.Define[partsData]("desk/document_parts")

// exportWhole gives an archive: the catalogue, and beside it the files that it names. A
// list that is too large for one is given in parts, from a page that says so.
func (p Pages) exportWhole(w http.ResponseWriter, r *http.Request, q paging.Query) error {
	page, err := p.Desk.List(r.Context(), web.Actor(r), q)
	switch {
	case err != nil:
		return err
	case page.Total > publish.MaxLines:
		return errs.New(errs.TooLarge, "符合条件的文件有%d份，一次最多导出%d份；请先用筛选条件（如年份、机关）分几次导出。", page.Total, publish.MaxLines)
	}
	parts, err := p.parts(r, q)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.URL.Query().Get("part"))
	if err != nil && len(parts) > 1 {
		return p.showParts(w, r, parts)
	}
	if err != nil {
		n = 1
	}
	if len(parts) > 0 && (n < 1 || n > len(parts)) {
		return errs.New(errs.NotFound, "没有第%d部分，列表可能已经变化；请返回列表重新导出。", n)
	}
	one, name := volume{}, p.Kit.Say(r).T("documents.catalogue")
	if len(parts) > 0 {
		one = parts[n-1]
	}
	if err := p.Desk.GivenOut(r.Context(), web.Actor(r), one.Count); err != nil {
		return err
	}
	if len(parts) > 1 {
		name += "-" + strconv.Itoa(n)
	}
	return p.sendPart(w, r, q, one, name)
}

// showParts shows the archives from which one chooses.
func (p Pages) showParts(w http.ResponseWriter, r *http.Request, parts []volume) error {
	say := p.Kit.Say(r)
	again := r.URL.Query()
	again.Del("format")
	data := partsData{Back: root + "?" + again.Encode()}
	total := volume{}
	again.Set("format", "whole")
	for i, one := range parts {
		total.Count, total.Bytes = total.Count+one.Count, total.Bytes+one.Bytes
		again.Set("part", strconv.Itoa(i+1))
		data.Parts = append(data.Parts, web.Action{Label: say.T("documents.export-part", i+1, one.First, one.First+one.Count-1, sizeWords(one.Bytes)), Path: root + "?" + again.Encode()})
	}
	data.Lead = say.T("documents.export-parts-lead", total.Count, sizeWords(total.Bytes), len(parts))
	return partsTemplate.Show(p.Kit, w, r, say.T("documents.export-parts"), data)
}

// sizeWords gives a size as people read it.
func sizeWords(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", (n+1023)/1024)
}

// sendPart sends an archive as it is made.
func (p Pages) sendPart(w http.ResponseWriter, r *http.Request, q paging.Query, one volume, name string) error {
	web.Attach(w, name+".zip", "application/zip")
	a := archive{zip: zip.NewWriter(w), open: p.Files.Open}
	n := 0
	p.eachWhole(r, q, func(d publish.Document, err error) bool {
		if n++; err == nil && n < one.First {
			return true
		}
		if n >= one.First+one.Count {
			return false
		}
		return a.take(d, err)
	})
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
	zip  *zip.Writer
	open func(hash string) (io.ReadSeekCloser, error)
	rows [][]string
	err  error
}

// take puts a document into it.
func (a *archive) take(d publish.Document, err error) bool {
	if a.err = err; err != nil {
		return false
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
	_, err = io.Copy(to, from)
	return err
}

// end puts the catalogue in.
func (a *archive) end(name string) error {
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
